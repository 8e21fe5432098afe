//! What a lexicon holds, as plain data.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::coordination::Slot;
use crate::text::Language;

/// A named, versioned list of formulas.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Its name; a user's file of the same name replaces a built-in.
    pub name: String,
    /// Its version, as the file says.
    pub version: String,
    /// One line on what it holds.
    pub description: String,
    /// SHA-256 of the file, in hexadecimal.
    pub hash: String,
    /// The formulas in the order of the file.
    pub formulas: Vec<Formula>,
    /// The themes that it describes.
    pub themes: Vec<Theme>,
}

/// One set formulation in all its wordings.
#[derive(Debug, Clone, Default)]
pub struct Formula {
    /// Unique over all lexicons of a run.
    pub id: String,
    /// The name of its lexicon.
    pub lexicon: String,
    /// What to call it, by language.
    pub label: BTreeMap<Language, String>,
    /// Ids of the themes it belongs to; the first is the main one. A theme `a/b` stands after `a`, in which it lies.
    pub themes: Vec<String>,
    /// The formula of which it is a species.
    pub parent: Option<String>,
    /// The person or body that coined it, or first used it as a formula.
    pub originator: String,
    /// The side of the originator, several joined by `|`; empty for a person of the registry, who has one, and where none is clear.
    pub side: String,
    /// Its first documented use.
    pub first_use: Option<FirstUse>,
    /// It takes the place of the formula of the same id in another lexicon.
    pub overrides: bool,
    /// On its sense, where that needs a word.
    pub note: String,
    /// The variants as written: of each language in the order of the file, then the acronyms.
    pub variants: Vec<Variant>,
    /// The literals that the variants stand for.
    pub wordings: Vec<Wording>,
    /// The parts of its wordings that can stand in a list with those of other formulas.
    pub(super) slots: Vec<Slot>,
    /// The patterns of `not`, as written.
    pub not: Vec<String>,
    /// The literals of those patterns, in all forms: a match inside one does not count.
    pub exceptions: Vec<String>,
    /// Sentences that hold the formula, by language.
    pub example: BTreeMap<Language, String>,
    /// Sentences that nearly hold it, by language.
    pub counterexample: BTreeMap<Language, String>,
    /// The file and the line where it begins.
    pub file: String,
    /// See `file`.
    pub line: usize,
}

/// A pattern with what is known of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variant {
    /// The language under which it stands; none for an acronym.
    pub language: Option<Language>,
    /// The pattern as written.
    pub pattern: String,
    /// From when it was the usual rendering: a year, month or day.
    pub since: String,
    /// Until when.
    pub until: String,
    /// It counts only where the document also has one of these patterns.
    pub needs: Vec<String>,
    /// Its line.
    pub line: usize,
}

impl Variant {
    /// Whether it is an acronym: case-sensitive.
    pub fn is_acronym(&self) -> bool {
        self.language.is_none()
    }

    /// When it was in use, for people: `since 2017`, `until 2017`, `2013 to 2017`; empty if nothing is known.
    pub fn period(&self) -> String {
        match (self.since.as_str(), self.until.as_str()) {
            ("", "") => String::new(),
            (since, "") => format!("since {since}"),
            ("", until) => format!("until {until}"),
            (since, until) => format!("{since} to {until}"),
        }
    }

    /// The pattern, written as `shown`, with its period and what it needs in brackets.
    pub fn with_facts(&self, shown: &str) -> String {
        let needs = if self.needs.is_empty() { String::new() } else { format!("where the document has {}", self.needs.join(" or ")) };
        let facts: Vec<String> = [self.period(), needs].into_iter().filter(|f| !f.is_empty()).collect();
        if facts.is_empty() { shown.to_owned() } else { format!("{shown} ({})", facts.join("; ")) }
    }
}

/// One wording of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The wording as tables show it: as the pattern gives it.
    pub literal: String,
    /// The index of its variant in [`Formula::variants`].
    pub variant: usize,
    /// All that is looked for: the wording and what is the same by rule.
    pub forms: Vec<String>,
    /// A case-sensitive acronym, which counts only where the document also has one of `needs` or, if it names none, another
    /// wording of the formula that counts there.
    pub acronym: bool,
    /// It counts only where the document also has one of these literals.
    pub needs: Arc<[String]>,
    /// It names other formulas too: a list like "the Global Development and Security Initiatives".
    pub coordinated: bool,
}

/// When, where and by whose account a formula was first used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FirstUse {
    /// A year, month or day: `2013`, `2013-03`, `2013-03-23`.
    pub date: String,
    /// The speech, meeting or text.
    pub occasion: String,
    /// Where that can be read.
    pub source: Option<Source>,
}

/// A published source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When: a year, month or day.
    pub date: String,
    /// Where it is on the web, if it is.
    pub url: String,
}

/// A group of formulas. The theme `a/b` lies in the theme `a`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Its id, as formulas name it.
    pub id: String,
    /// What to call it, by language.
    pub label: BTreeMap<Language, String>,
    /// The file and line that describe it; line 0 if none does.
    pub file: String,
    /// See `file`.
    pub line: usize,
}

impl Formula {
    /// The label in `language`, or in another one, or the id.
    pub fn label_in(&self, language: Language) -> &str {
        label_of(&self.label, language, &self.id)
    }

    /// The patterns under `language`.
    pub fn patterns(&self, language: Language) -> impl Iterator<Item = &Variant> {
        self.variants.iter().filter(move |v| v.language == Some(language))
    }

    /// The languages in which it has variants.
    pub fn languages(&self) -> BTreeSet<Language> {
        self.variants.iter().filter_map(|v| v.language).collect()
    }

    /// The acronyms.
    pub fn acronyms(&self) -> impl Iterator<Item = &Variant> {
        self.variants.iter().filter(|v| v.is_acronym())
    }
}

impl Theme {
    /// The label in `language`, or in another one, or the id.
    pub fn label_in(&self, language: Language) -> &str {
        label_of(&self.label, language, &self.id)
    }

    /// The theme in which it lies.
    pub fn parent(&self) -> Option<&str> {
        self.id.rsplit_once('/').map(|(parent, _)| parent)
    }
}

fn label_of<'a>(labels: &'a BTreeMap<Language, String>, language: Language, id: &'a str) -> &'a str {
    labels.get(&language).or_else(|| labels.values().next()).map_or(id, String::as_str)
}
