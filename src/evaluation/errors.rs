//! The list of everything that is not as the gold standard has it.

use polars::prelude::*;

use super::found::Found;
use super::gold::GoldRow;
use crate::error::Result;
use crate::table::text_column;

/// One thing that is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mistake {
    pub document: String,
    pub start: Option<usize>,
    pub end: Option<usize>,
    /// `missed`, `extra`, `speaker`, `voice`, `uncovered`, `published`, `event_date`, `title`, `coders` or `gold`.
    pub kind: &'static str,
    pub text: String,
    pub formula: String,
    pub want: String,
    pub got: String,
    pub want_voice: String,
    pub got_voice: String,
    pub evidence: String,
}

impl Mistake {
    /// What a gold row wants, and what was found.
    pub fn at(row: &GoldRow, document: &str, kind: &'static str, got: Option<&Found>) -> Mistake {
        let of = |get: fn(&Found) -> &String| got.map_or_else(String::new, |f| get(f).clone());
        Mistake {
            document: document.to_owned(),
            start: Some(row.start),
            end: Some(row.end),
            kind,
            text: row.text.clone(),
            formula: row.formula.clone(),
            want: row.speaker.clone(),
            got: of(|f| &f.speaker),
            want_voice: row.voice.name().to_owned(),
            got_voice: of(|f| &f.voice),
            evidence: of(|f| &f.evidence),
        }
    }
}

/// The table of mistakes, by document and place.
pub(super) fn table(mut mistakes: Vec<Mistake>) -> Result<DataFrame> {
    mistakes.sort();
    let text = |name: &str, get: fn(&Mistake) -> &str| text_column(name, mistakes.iter().map(get));
    let number = |name: &str, get: fn(&Mistake) -> Option<usize>| {
        let values: Vec<Option<i64>> = mistakes.iter().map(|m| get(m).and_then(|n| i64::try_from(n).ok())).collect();
        Column::new(name.into(), values)
    };
    Ok(DataFrame::new(
        mistakes.len(),
        vec![
            text("kind", |m| m.kind),
            text("document", |m| &m.document),
            number("start", |m| m.start),
            number("end", |m| m.end),
            text("text", |m| &m.text),
            text("formula", |m| &m.formula),
            text("want", |m| &m.want),
            text("got", |m| &m.got),
            text("want_voice", |m| &m.want_voice),
            text("got_voice", |m| &m.got_voice),
            text("evidence", |m| &m.evidence),
        ],
    )?)
}
