//! Which segments and hits an analysis looks at.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use polars::prelude::*;

use super::dimension::{NARRATION, UNATTRIBUTED};
use super::facts;
use super::families::{Nested, counted};
use crate::attribution::{Evidence, Voice};
use crate::corpus::Genre;
use crate::error::{Error, Result};
use crate::people::{People, name_key};
use crate::scan::Scan;
use crate::text::{nearest, none_of};

/// Of speakers who share a name, so many are named.
const SHOWN_NAMES: usize = 5;
/// Shorter parts of names are too like each other.
const SHORTEST_NAME: usize = 4;

/// A selection. An empty list selects everything; values of one list are alternatives, lists hold together.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// From this day on.
    pub since: Option<NaiveDate>,
    /// Up to this day.
    pub until: Option<NaiveDate>,
    /// Speakers, by any form of their names.
    pub speakers: Vec<String>,
    /// Sides of speakers.
    pub sides: Vec<String>,
    /// Sources.
    pub sources: Vec<String>,
    /// Languages of paragraphs.
    pub languages: Vec<String>,
    /// Voices; empty selects those that are counted by default.
    pub voices: Vec<String>,
    /// Genres.
    pub genres: Vec<String>,
    /// Formulas.
    pub formulas: Vec<String>,
    /// Themes.
    pub themes: Vec<String>,
    /// The weakest evidence for a speaker that still counts; words with weaker evidence, or without a speaker, are left out.
    pub min_evidence: Option<String>,
    /// Whether copies of other documents are kept.
    pub keep_duplicates: bool,
    /// Whether of documents in several languages on one event only the first counts.
    pub first_of_translations: bool,
    /// Which date counts.
    pub date: DateBasis,
    /// What becomes of hits inside longer ones.
    pub nested: Nested,
    /// Whether a formula also counts for those of which it is a species.
    pub roll_up: bool,
}

/// Which date of a document tallies use. A part of a log with a day of its own has that day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateBasis {
    /// When the words were said, else the day of publication.
    #[default]
    Event,
    /// The day of publication, else when the words were said.
    Published,
}

/// What becomes of documents that are translations of others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Translations {
    /// All count.
    #[default]
    Keep,
    /// Of those on one event, the first counts.
    First,
}

/// A filter as it is written down: on the command line and in a `study.toml`. Dates may be years or months.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FilterSpec {
    /// From this day, month or year on.
    pub since: Option<String>,
    /// Up to this day, month or year.
    pub until: Option<String>,
    /// See [`Filter::speakers`].
    pub speaker: Vec<String>,
    /// See [`Filter::sides`].
    pub side: Vec<String>,
    /// See [`Filter::sources`].
    pub source: Vec<String>,
    /// See [`Filter::languages`].
    pub language: Vec<String>,
    /// See [`Filter::voices`].
    pub voice: Vec<String>,
    /// See [`Filter::genres`].
    pub genre: Vec<String>,
    /// See [`Filter::formulas`].
    pub formula: Vec<String>,
    /// See [`Filter::themes`].
    pub theme: Vec<String>,
    /// See [`Filter::min_evidence`].
    pub min_evidence: Option<String>,
    /// See [`Filter::keep_duplicates`].
    pub keep_duplicates: bool,
    /// See [`Filter::first_of_translations`].
    pub translations: Translations,
    /// See [`Filter::date`].
    pub date: DateBasis,
    /// See [`Filter::nested`].
    pub nested: Nested,
    /// See [`Filter::roll_up`].
    pub roll_up: bool,
}

impl FilterSpec {
    /// The filter it describes.
    ///
    /// # Errors
    /// A date that is none; a value that is not on its list.
    pub fn filter(self) -> Result<Filter> {
        let day = |text: &Option<String>, last| text.as_deref().map(|t| parse_day(t, last)).transpose();
        let upper = |list: Vec<String>| list.into_iter().map(|v| v.to_uppercase()).collect();
        let lower = |list: Vec<String>| list.into_iter().map(|v| v.to_lowercase()).collect();
        let filter = Filter {
            since: day(&self.since, false)?,
            until: day(&self.until, true)?,
            speakers: self.speaker,
            sides: upper(self.side),
            sources: upper(self.source),
            languages: lower(self.language),
            voices: lower(self.voice),
            genres: lower(self.genre),
            formulas: self.formula,
            themes: self.theme,
            min_evidence: self.min_evidence.map(|e| e.to_lowercase()),
            keep_duplicates: self.keep_duplicates,
            first_of_translations: self.translations == Translations::First,
            date: self.date,
            nested: self.nested,
            roll_up: self.roll_up,
        };
        filter.check()?;
        Ok(filter)
    }
}

/// The segments and hits that a filter selects, with what the analyses need beside their own columns.
pub(crate) struct Selected {
    /// Segments with `source`, `source_side`, `genre` and `exposure`.
    pub segments: LazyFrame,
    /// Counted hits.
    pub hits: LazyFrame,
}

impl Filter {
    /// Checks the values that come from a fixed list.
    ///
    /// # Errors
    /// A value that is not on its list, with the list.
    pub fn check(&self) -> Result<()> {
        let voices: Vec<&str> = Voice::ALL.iter().map(|v| v.name()).collect();
        let evidence: Vec<&str> = Evidence::ALL.iter().map(|e| e.name()).collect();
        let genres: Vec<&str> = Genre::ALL.iter().map(|g| g.name()).collect();
        one_of("--voice", &self.voices, &voices)?;
        one_of("--genre", &self.genres, &genres)?;
        one_of("--language", &self.languages, &["en", "zh", "und"])?;
        one_of("--min-evidence", self.min_evidence.as_slice(), &evidence)
    }

    /// The same, whoever speaks in whatever voice and source.
    pub(super) fn of_anybody(&self) -> Filter {
        Filter { speakers: Vec::new(), sides: Vec::new(), sources: Vec::new(), voices: Vec::new(), min_evidence: None, ..self.clone() }
    }

    /// What the filter leaves of `scan`. With `by_formula` a hit stands under each formula for which it counts, otherwise once.
    pub(crate) fn select(&self, scan: &Scan, by_formula: bool) -> Result<Selected> {
        self.check()?;
        let facts = facts::of_documents(&scan.documents, self)?.lazy();
        let own = |columns: &[&str]| facts.clone().select(columns.iter().map(|c| col(*c)).collect::<Vec<_>>());
        let joined =
            |frame: &DataFrame, documents: LazyFrame| frame.clone().lazy().join(documents, [col("document")], [col("document")], JoinArgs::new(JoinType::Left));
        let segments = joined(&scan.segments, facts.clone());
        let hits = joined(&counted(scan, self, by_formula)?, own(&["document", "left_out", "document_date", "tally_date", "coarse"]));
        let [segments, hits] = [segments, hits].map(facts::with_dates);
        let speakers = if self.speakers.is_empty() { None } else { Some(speakers_named(scan, &self.speakers)?) };
        let exposure = when(col("language").eq(lit("zh"))).then(col("characters")).otherwise(col("words")).alias("exposure");
        let selected_hits = self.shared(hits, speakers.as_deref());
        Ok(Selected { segments: self.shared(segments, speakers.as_deref()).with_column(exposure), hits: selected_hits })
    }

    /// The conditions that hold for segments and hits alike.
    fn shared(&self, frame: LazyFrame, speakers: Option<&[String]>) -> LazyFrame {
        let mut frame = frame;
        if let Some(weakest) = &self.min_evidence {
            let enough: Vec<String> =
                Evidence::ALL.iter().map(|e| e.name()).take_while(|e| e != weakest).chain([weakest.as_str()]).map(str::to_owned).collect();
            frame = any_of(frame, "evidence", &enough);
        }
        frame = frame.filter(col("left_out").not());
        if let Some(since) = self.since {
            frame = frame.filter(col("date").gt_eq(lit(since)));
        }
        if let Some(until) = self.until {
            frame = frame.filter(col("date").lt_eq(lit(until)));
        }
        if let Some(speakers) = speakers {
            let named = speakers.iter().map(|s| speaker_expr().eq(lit(s.clone()))).reduce(Expr::or);
            frame = frame.filter(named.unwrap_or_else(|| lit(false)));
        }
        let default: Vec<String> = Voice::ALL.iter().filter(|v| v.counted_by_default()).map(|v| v.name().to_owned()).collect();
        frame = any_of(frame, "voice", if self.voices.is_empty() { &default } else { &self.voices });
        frame = any_of(frame, "side", &self.sides);
        frame = any_in(frame, &upper(col("source")), &self.sources);
        frame = any_of(frame, "language", &self.languages);
        any_of(frame, "genre", &self.genres)
    }
}

/// The speakers of the scan whom `wanted` names, in whatever form: several joined by `&` if one of them is meant.
///
/// # Errors
/// Not a table of segments.
pub fn speakers_named(scan: &Scan, wanted: &[String]) -> Result<Vec<String>> {
    let people = People::builtin();
    let canonical = |name: &str| people.person(name).map_or_else(|| name_key(name), |p| name_key(&p.name));
    let all = scan.segments.column("speaker")?.unique()?;
    let names: Vec<&str> = all.str()?.iter().flatten().chain([NARRATION, UNATTRIBUTED]).collect();
    let mut meant: Vec<String> = Vec::new();
    for wanted in wanted {
        let key = canonical(wanted);
        let is = |name: &&&str| name.split(" & ").any(|part| canonical(part) == key) || **name == wanted;
        let by_name: Vec<&&str> = names.iter().filter(is).collect();
        // A surname is enough where only one speaker has it.
        let surname = |name: &&&str| people.person(name).is_some_and(|p| p.goes_by(wanted)) || name_key(name).rsplit(' ').next() == Some(&key);
        let by_surname: Vec<&&str> = names.iter().filter(surname).collect();
        let found = if by_name.is_empty() && by_surname.len() == 1 { by_surname } else { by_name };
        meant.extend(found.into_iter().map(|n| (*n).to_owned()));
    }
    Ok(meant)
}

/// What to try where nobody is called `name`: names like it, or those who share it, else where all of them stand.
///
/// # Errors
/// Not a table of segments.
pub fn speaker_hint(scan: &Scan, name: &str) -> Result<String> {
    let people = People::builtin();
    let all = scan.segments.column("speaker")?.unique()?;
    let speakers: BTreeSet<&str> = all.str()?.iter().flatten().flat_map(|s| s.split(" & ")).collect();
    let key = name_key(name);
    let sharing: Vec<&str> = speakers.iter().copied().filter(|s| !key.is_empty() && name_key(s).split(' ').any(|word| word == key)).take(SHOWN_NAMES).collect();
    // A speaker may be meant by any form of the name, and by a part of it.
    let mut forms: Vec<(&str, &str)> = Vec::new();
    for speaker in &speakers {
        for form in std::iter::once(*speaker).chain(people.person(speaker).into_iter().flat_map(|p| p.forms().map(String::as_str))) {
            forms.push((form, speaker));
            forms.extend(form.split(' ').filter(|w| w.chars().count() >= SHORTEST_NAME).map(|w| (w, *speaker)));
        }
    }
    let near = nearest(name, forms.iter().map(|(form, _)| *form)).and_then(|near| forms.iter().find(|(form, _)| *form == near)).map(|(_, speaker)| *speaker);
    let meant = if sharing.is_empty() { near.into_iter().collect() } else { sharing };
    Ok(if meant.is_empty() { "; `tifa count INPUT --by speaker` says who does".to_owned() } else { format!("; did you mean {}?", meant.join(" or ")) })
}

/// The speaker as tables by speaker show him.
pub(crate) fn speaker_expr() -> Expr {
    let nobody = ["narration", "title", "boilerplate"].into_iter().map(|v| col("voice").eq(lit(v))).reduce(Expr::or).unwrap_or_else(|| lit(false));
    let absent = when(nobody).then(lit(NARRATION)).otherwise(lit(UNATTRIBUTED));
    when(col("speaker").is_null()).then(absent).otherwise(col("speaker"))
}

fn any_of(frame: LazyFrame, column: &str, values: &[String]) -> LazyFrame {
    any_in(frame, &col(column), values)
}

/// Ids in the case in which they are asked for: those that the corpus itself gives may have small letters.
pub(super) fn upper(ids: Expr) -> Expr {
    ids.str().to_uppercase()
}

fn any_in(frame: LazyFrame, cell: &Expr, values: &[String]) -> LazyFrame {
    match values.iter().map(|v| cell.clone().eq(lit(v.clone()))).reduce(Expr::or) {
        Some(condition) => frame.filter(condition),
        None => frame,
    }
}

fn one_of(option: &str, values: &[String], known: &[&str]) -> Result<()> {
    match values.iter().find(|v| !known.contains(&v.as_str())) {
        Some(v) => Err(Error::Usage(format!("{option} {v}: {}", none_of(v, known)))),
        None => Ok(()),
    }
}

/// A day given as `2023`, `2023-05` or `2023-05-17`: the first day meant, or the last.
///
/// # Errors
/// Anything else.
pub fn parse_day(text: &str, last: bool) -> Result<NaiveDate> {
    let wrong = || Error::Usage(format!("`{text}` is no date; give 2023, 2023-05 or 2023-05-17"));
    let parts: Vec<u32> = text.split('-').map(str::parse).collect::<std::result::Result<_, _>>().map_err(|_| wrong())?;
    let day = |y: u32, m: u32, d: u32| NaiveDate::from_ymd_opt(i32::try_from(y).ok()?, m, d);
    let found = match (parts.as_slice(), last) {
        ([y], false) => day(*y, 1, 1),
        ([y], true) => day(*y, 12, 31),
        ([y, m], false) => day(*y, *m, 1),
        ([y, m], true) => day(*y, *m, 1).and_then(|d| if d.month() == 12 { day(*y, 12, 31) } else { day(*y, *m + 1, 1)?.pred_opt() }),
        ([y, m, d], _) => day(*y, *m, *d),
        _ => None,
    };
    found.ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for (text, last, want) in [
            ("2023", false, "2023-01-01"),
            ("2023", true, "2023-12-31"),
            ("2024-02", true, "2024-02-29"),
            ("2023-12", true, "2023-12-31"),
            ("2023-05-17", true, "2023-05-17"),
        ] {
            assert_eq!(parse_day(text, last).unwrap().to_string(), want);
        }
        assert!(parse_day("2023-13", false).is_err() && parse_day("May", true).is_err());
    }

    #[test]
    fn values_off_the_list_are_refused_with_the_list() {
        let filter = Filter { voices: vec!["sung".into()], ..Filter::default() };
        assert!(filter.check().unwrap_err().to_string().contains("--voice sung: not one of spoken, reported"));
    }
}
