//! What a check of a lexicon finds, and the table of it.

use polars::prelude::*;

use crate::error::{Fault, Result};
use crate::lexicon::{Formula, Variant};
use crate::table::{date_column, text_column};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The lexicon is wrong.
    Error,
    /// It is probably not what was meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Level {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }
}

/// One thing that a check has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub level: Level,
    /// What kind of thing it is, in a word or two.
    pub kind: &'static str,
    /// The file and line it is about.
    pub file: String,
    /// See `file`.
    pub line: usize,
    /// The formula it is about; empty if none.
    pub formula: String,
    /// The variant it is about; empty if none.
    pub variant: String,
    /// What it is, and what to do.
    pub message: String,
    /// What was seen in a corpus.
    pub seen: Option<Seen>,
}

/// Words seen in a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// The words, as they stand in the first place.
    pub text: String,
    /// How often.
    pub occurrences: u64,
    /// In how many documents.
    pub documents: u64,
    /// On which days, first and last, of those known.
    pub first: Option<chrono::NaiveDate>,
    /// See `first`.
    pub last: Option<chrono::NaiveDate>,
    /// A few of the places, each with the words around it.
    pub contexts: Vec<String>,
}

impl Finding {
    /// A finding about a formula as a whole.
    pub(super) fn of(formula: &Formula, level: Level, kind: &'static str, message: String) -> Finding {
        let (file, line) = (formula.file.clone(), formula.line);
        Finding { level, kind, file, line, formula: formula.id.clone(), variant: String::new(), message, seen: None }
    }

    /// A finding about one of its variants.
    pub(super) fn of_variant(formula: &Formula, variant: &Variant, level: Level, kind: &'static str, message: String) -> Finding {
        Finding { line: variant.line, variant: variant.pattern.clone(), ..Finding::of(formula, level, kind, message) }
    }

    /// A finding from what the parser says.
    pub(super) fn of_fault(fault: Fault) -> Finding {
        let Fault { file, line, message } = fault;
        Finding { level: Level::Error, kind: "format", file, line, formula: String::new(), variant: String::new(), message, seen: None }
    }

    /// `file:line`, where it is about one.
    pub fn place(&self) -> String {
        if self.line == 0 { self.file.clone() } else { format!("{}:{}", self.file, self.line) }
    }
}

/// The findings as a table.
///
/// Columns: `level, kind, place, formula, variant, message, found, occurrences, documents, first, last, contexts`; the last six for
/// what was seen in a corpus.
///
/// # Errors
/// None that is known.
pub fn findings_table(findings: &[Finding]) -> Result<DataFrame> {
    let text = |name: &str, get: &dyn Fn(&Finding) -> String| {
        let values: Vec<String> = findings.iter().map(get).collect();
        text_column(name, values.iter().map(String::as_str))
    };
    let seen = |get: fn(&Seen) -> String| move |f: &Finding| f.seen.as_ref().map_or_else(String::new, get);
    let number = |name: &str, get: fn(&Seen) -> u64| Column::new(name.into(), findings.iter().map(|f| f.seen.as_ref().map(get)).collect::<Vec<_>>());
    let date = |name: &str, get: fn(&Seen) -> Option<chrono::NaiveDate>| date_column(name, findings.iter().map(|f| f.seen.as_ref().and_then(get)));
    Ok(DataFrame::new_infer_height(vec![
        text("level", &|f| f.level.name().to_owned()),
        text("kind", &|f| f.kind.to_owned()),
        text("place", &Finding::place),
        text("formula", &|f| f.formula.clone()),
        text("variant", &|f| f.variant.clone()),
        text("message", &|f| f.message.clone()),
        text("found", &seen(|s| s.text.clone())),
        number("occurrences", |s| s.occurrences),
        number("documents", |s| s.documents),
        date("first", |s| s.first),
        date("last", |s| s.last),
        text("contexts", &seen(|s| s.contexts.join("|"))),
    ])?)
}
