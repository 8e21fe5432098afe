//! From tables to what the charts draw: which rows, in which order, and all the words.

mod adoption;
pub(super) mod alt;
mod candidates;
mod comparison;
mod dispersion;
mod lines;
mod profiles;
mod renderings;
mod speakers;
mod themes;
mod together;

pub(super) use adoption::adoption;
pub(super) use candidates::candidates;
pub(super) use comparison::{comparison, is_clear, named_group};
pub(super) use dispersion::dispersion;
pub(super) use lines::lines;
pub(super) use profiles::profiles;
pub(super) use renderings::renderings;
pub(super) use speakers::speakers;
pub(super) use themes::themes;
pub(super) use together::together;

use std::collections::BTreeMap;

use polars::prelude::DataFrame;

use super::keys::Keys;
use super::words::Words;
use crate::chart::{Caption, thousands};
use crate::error::Result;
use crate::lexicon::Lexicons;
use crate::scan::Manifest;
use crate::table::{numbers, rates, texts};
use crate::text::Language;

/// More languages than this are not drawn, nor those with less than this share of the occurrences.
const LANGUAGES: usize = 3;
const LEAST_SHARE: f64 = 0.01;

/// What every figure needs beside its table.
pub(super) struct Frame<'a> {
    pub words: &'a Words,
    pub lexicons: &'a Lexicons,
    pub keys: &'a Keys,
    /// How many lines, rows or columns at most.
    pub top: usize,
    /// What was counted: said in every chart.
    pub counted: Counted,
    pub note: String,
}

/// How much was counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counted {
    pub documents: u64,
    pub occurrences: u64,
    /// Of them, those without a date.
    pub undated: u64,
}

impl Frame<'_> {
    /// A title, and under it how much was counted and what else there is to say.
    pub fn caption(&self, title: String, more: &[String]) -> Caption {
        let counted = [self.words.count(self.counted.documents, "n_documents"), self.words.count(self.counted.occurrences, "n_occurrences")];
        let said: Vec<String> = counted.into_iter().chain(more.iter().filter(|m| !m.is_empty()).cloned()).collect();
        Caption { title, subtitle: said.join(self.words.say("mark.semicolon")), note: self.note.clone(), empty: self.words.say("chart.nothing").to_owned() }
    }

    /// What a formula is called in text of a language: its label there, with that in the language of the reader behind it.
    pub fn label(&self, formula: &str, language: &str, fallback: &str) -> String {
        let Some(known) = self.lexicons.formula(formula) else { return fallback.to_owned() };
        let own = known.label_in(of_code(language));
        let read = known.label_in(self.words.ui.language());
        if own == read { own.to_owned() } else { format!("{own} · {read}") }
    }

    /// What a theme is called.
    pub fn theme(&self, id: &str) -> String {
        self.lexicons.theme(id).label_in(self.words.ui.language()).to_owned()
    }

    /// A language, and that a rate is per 10,000 of its unit.
    pub fn per_unit(&self, language: &str) -> String {
        self.words.fill("chart.per_unit", &[("language", self.words.language(language)), ("unit", self.unit(language))])
    }

    /// What a theme is called, an inner one behind that in which it lies.
    pub fn theme_with_outer(&self, id: &str) -> String {
        let outer = id.rsplit_once('/').map_or_else(String::new, |(outer, _)| format!("{}{}", self.theme(outer), self.words.say("mark.colon")));
        format!("{outer}{}", self.theme(id))
    }

    /// Words or characters.
    pub fn unit(&self, language: &str) -> &str {
        self.words.say(if language == "zh" { "unit.characters" } else { "unit.words" })
    }

    /// How much text there was.
    pub fn text_read(&self, exposure: &[u64], language: &str) -> String {
        self.words.fill("chart.text_read", &[("n", &thousands(exposure.iter().sum())), ("unit", self.unit(language))])
    }

    /// That some are undated and not drawn.
    pub fn undated(&self) -> String {
        if self.counted.undated == 0 { String::new() } else { self.words.fill("chart.undated", &[("n", &thousands(self.counted.undated))]) }
    }

    /// Occurrences in documents.
    pub fn in_documents(&self, occurrences: u64, documents: u64) -> String {
        let (n, d) = (self.words.count(occurrences, "n_times"), self.words.count(documents, "n_documents"));
        self.words.fill("chart.in_documents", &[("n", &n), ("documents", &d)])
    }
}

/// What a chart was made with: program, lexicons, inputs.
pub(super) fn made_with(manifest: &Manifest) -> String {
    let lexicons: Vec<String> = manifest.lexicons.iter().map(|l| format!("{} {}", l.name, l.version)).collect();
    format!("{} {} · {} · {}", manifest.program, manifest.version, lexicons.join(", "), manifest.inputs.join(", "))
}

fn of_code(language: &str) -> Language {
    if language == "zh" { Language::Zh } else { Language::En }
}

/// The sums of `values` by key, the largest first, at most `top` of them, none of them 0.
pub(super) fn largest<'k>(keys: impl Iterator<Item = &'k str>, values: impl Iterator<Item = u64>, top: usize) -> Vec<(&'k str, u64)> {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for (key, value) in keys.zip(values) {
        *sums.entry(key).or_default() += value;
    }
    let mut sums: Vec<(&str, u64)> = sums.into_iter().filter(|(_, n)| *n > 0).collect();
    sums.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    sums.truncate(top);
    sums
}

/// A table as plain columns, and which of its rows are of each language.
pub(super) struct Rows {
    texts: BTreeMap<&'static str, Vec<String>>,
    numbers: BTreeMap<&'static str, Vec<u64>>,
    reals: BTreeMap<&'static str, Vec<Option<f64>>>,
    pub language: Vec<String>,
}

impl Rows {
    pub fn of(frame: &DataFrame, text: &[&'static str], number: &[&'static str], real: &[&'static str]) -> Result<Rows> {
        Ok(Rows {
            texts: text.iter().map(|n| Ok((*n, texts(frame, n)?))).collect::<Result<_>>()?,
            numbers: number.iter().map(|n| Ok((*n, numbers(frame, n)?))).collect::<Result<_>>()?,
            reals: real.iter().map(|n| Ok((*n, rates(frame, n)?))).collect::<Result<_>>()?,
            language: texts(frame, "language")?,
        })
    }

    pub fn text(&self, name: &str, row: usize) -> &str {
        self.texts.get(name).and_then(|c| c.get(row)).map_or("", String::as_str)
    }

    pub fn number(&self, name: &str, row: usize) -> u64 {
        self.numbers.get(name).and_then(|c| c.get(row)).copied().unwrap_or(0)
    }

    pub fn real(&self, name: &str, row: usize) -> Option<f64> {
        self.reals.get(name).and_then(|c| c.get(row)).copied().flatten()
    }

    /// The languages, the one with most `occurrences` first, each with its rows.
    pub fn by_language(&self) -> Vec<(&str, Vec<usize>)> {
        let all = 0..self.language.len();
        let found = largest(self.language.iter().map(String::as_str), all.clone().map(|i| self.number("occurrences", i)), LANGUAGES);
        let total: u64 = found.iter().map(|(_, n)| n).sum();
        found
            .into_iter()
            .filter(|(_, n)| *n as f64 >= LEAST_SHARE * total as f64)
            .map(|(l, _)| (l, all.clone().filter(|i| self.language[*i] == l).collect()))
            .collect()
    }

    /// The values of a column of these rows with most occurrences.
    pub fn commonest(&self, column: &str, rows: &[usize], top: usize) -> Vec<(&str, u64)> {
        largest(rows.iter().map(|i| self.text(column, *i)), rows.iter().map(|i| self.number("occurrences", *i)), top)
    }
}
