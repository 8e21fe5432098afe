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

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::analysis::{count, count_read, hits_head, list_hits, selected_hits};
    use crate::corpus::Reading;
    use crate::lexicon::Lexicons;
    use crate::scan::{How, Scan};
    use crate::table::{Format, Spool, to_bytes};

    /// The test corpus, with a copy of one of its documents and dates of which only the year or month is known.
    fn corpus(dir: &Path) -> Vec<PathBuf> {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
        std::fs::copy(corpus.join("2019-03-05-port-selin-readout.txt"), dir.join("2019-03-06-again.txt")).unwrap();
        let lines = [
            r#"{"date": "2021", "speaker": "Wang Yi", "text": "We build a community with a shared future for mankind, “=win, win” and the Belt and Road."}"#,
            r#"{"date": "2022-03", "source": "un", "text": "I oppose the Belt and Road Initiative.\n\nQ: What of the Global Security Initiative?\n\nA: 构建人类命运共同体。"}"#,
            r#"{"text": "Nothing is known of the Global Development Initiative."}"#,
        ];
        std::fs::write(dir.join("some.jsonl"), lines.join("\n")).unwrap();
        vec![corpus, dir.to_owned()]
    }

    #[test]
    fn documents_say_by_themselves_what_tables_say() {
        let dir = tempfile::tempdir().unwrap();
        let inputs = corpus(dir.path());
        let lexicons = Lexicons::load(&[""; 0], false).unwrap();
        let scan = Scan::of(&inputs, Reading::default(), &lexicons).unwrap();
        let filters = [
            Filter::default(),
            Filter { keep_duplicates: true, nested: Nested::All, date: DateBasis::Published, ..Filter::default() },
            Filter { first_of_translations: true, ..Filter::default() },
        ];
        let csv = |table| String::from_utf8(to_bytes(&table, Format::Csv).unwrap()).unwrap();
        for filter in &filters {
            assert!(filter.names_nothing());
            for by in [
                "formula",
                "theme",
                "lexicon",
                "day",
                "week",
                "month",
                "quarter",
                "year",
                "speaker",
                "side",
                "role",
                "source",
                "source_side",
                "language",
                "voice",
                "genre",
                "evidence",
                "document",
                "formula,speaker,year",
                "theme,formula",
                "lexicon,theme,language",
                "document,theme",
            ] {
                let by: Vec<Dimension> = by.split(',').map(|b| b.parse().unwrap()).collect();
                let (read, _) = count_read(&inputs, &How::default(), &lexicons, &(), &by, filter).unwrap();
                assert_eq!(csv(read), csv(count(&scan, &by, filter).unwrap()), "{by:?} {filter:?}");
            }
            let mut spool = Spool::in_folder(dir.path());
            let asked = list_hits(&inputs, &How::default(), &lexicons, &(), filter, &mut spool).unwrap();
            let mut bytes = hits_head();
            let ranges = spool.ranges(|n| !filter.leaves_out(&asked, n));
            spool.write(&ranges, &mut bytes).unwrap();
            assert_eq!(String::from_utf8(bytes).unwrap(), csv(selected_hits(&scan, filter).unwrap()), "{filter:?}");
            assert_eq!((asked.documents, asked.hits), (scan.documents.height(), scan.hits.height()));
        }
    }
}
