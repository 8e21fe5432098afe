//! What a document says by itself to a question that names nobody and nothing: whether its segments and hits count, under which date,
//! and by which values. Of the whole it takes only which documents are copies or translations.
//!
//! [`super::Filter::select`] says the same of tables; a test holds both against each other.

use chrono::{Datelike, NaiveDate};

use super::dimension::{Dimension, NARRATION, UNATTRIBUTED};
use super::facts::coarseness;
use super::families::Nested;
use super::filter::{DateBasis, Filter};
use crate::attribution::{Segment, Voice};
use crate::matcher::Hit;
use crate::scan::{Asked, Scanned};

impl Filter {
    /// Whether it asks for nobody and nothing that would have to be looked for in all documents.
    pub fn names_nothing(&self) -> bool {
        let lists = [&self.speakers, &self.sides, &self.sources, &self.languages, &self.voices, &self.genres, &self.formulas, &self.themes];
        lists.iter().all(|list| list.is_empty()) && self.since.is_none() && self.until.is_none() && self.min_evidence.is_none() && !self.roll_up
    }

    /// Whether it depends on copies or translations.
    pub(super) fn asks_for_copies(&self) -> bool {
        !self.keep_duplicates || self.first_of_translations
    }

    /// Whether it leaves out a document, by its number.
    pub fn leaves_out(&self, asked: &Asked, document: usize) -> bool {
        (!self.keep_duplicates && asked.is_copy(document)) || (self.first_of_translations && asked.is_translation(document))
    }

    /// Whether it leaves a segment, if it names nothing.
    pub(super) fn has_voice(segment: &Segment) -> bool {
        segment.voice.counted_by_default()
    }

    /// Whether it leaves a hit of a segment that it leaves.
    pub(super) fn has_hit(&self, hit: &Hit) -> bool {
        self.nested == Nested::All || hit.within.is_none()
    }
}

/// The dates of a document.
pub(super) struct Dates<'a> {
    own: Option<NaiveDate>,
    counted: Option<NaiveDate>,
    coarse: Option<&'a str>,
}

impl<'a> Dates<'a> {
    pub fn of(read: &'a Scanned, basis: DateBasis) -> Dates<'a> {
        let (event, published) = (read.document.event_date.as_ref().map(|d| d.date), read.document.published.as_ref().map(|d| d.date));
        let counted = if basis == DateBasis::Event { event.or(published) } else { published.or(event) };
        Dates { own: read.document.date(), counted, coarse: coarseness(&read.evidence, basis) }
    }

    /// The date of a segment that counts, and `year` or `month` where no more is known. A part with a day of its own has that day.
    pub fn of_segment(&self, segment: &Segment) -> (Option<NaiveDate>, Option<&'a str>) {
        if segment.date == self.own { (self.counted, self.coarse) } else { (segment.date, None) }
    }
}

/// The value of a segment in a dimension that is not of formulas; empty where there is none.
pub(super) fn value(by: Dimension, read: &Scanned, segment: &Segment, dates: &Dates<'_>) -> String {
    let (date, coarse) = dates.of_segment(segment);
    let known = |unknown: &[&str]| date.filter(|_| coarse.is_none_or(|c| !unknown.contains(&c)));
    let formatted = |date: Option<NaiveDate>, format: &str| date.map_or_else(String::new, |d| d.format(format).to_string());
    match by {
        Dimension::Day => formatted(known(&["year", "month"]), "%Y-%m-%d"),
        Dimension::Week => formatted(known(&["year", "month"]), "%G-W%V"),
        Dimension::Month => formatted(known(&["year"]), "%Y-%m"),
        Dimension::Quarter => known(&["year"]).map_or_else(String::new, |d| format!("{}-Q{}", d.format("%Y"), d.quarter())),
        Dimension::Year => formatted(date, "%Y"),
        Dimension::Column(name) => column(name, read, segment).to_owned(),
        Dimension::Formula | Dimension::Theme | Dimension::Lexicon => String::new(),
    }
}

fn column<'a>(name: &str, read: &'a Scanned, segment: &'a Segment) -> &'a str {
    match name {
        "speaker" => speaker(segment),
        "role" => &segment.speaker.role,
        "side" => &segment.speaker.side,
        "source" => &read.document.origin.source,
        "source_side" => &read.document.origin.side,
        "language" => segment.language.code(),
        "voice" => segment.voice.name(),
        "genre" => read.genre,
        "evidence" => segment.evidence.map_or("", crate::attribution::Evidence::name),
        "document" => &read.document.id,
        _ => "",
    }
}

/// The speaker as tables by speaker show him.
fn speaker(segment: &Segment) -> &str {
    match segment.voice {
        _ if !segment.speaker.name.is_empty() => &segment.speaker.name,
        Voice::Narration | Voice::Title | Voice::Boilerplate => NARRATION,
        _ => UNATTRIBUTED,
    }
}
