//! How often: occurrences, documents, exposure, rate and share, by whatever is asked.
//!
//! Exposure is the text in the same cells and with the same filters as the count: words of spaced scripts, Han characters of
//! Chinese. Languages are never pooled: `language` is always among the columns.

use polars::prelude::*;
use rayon::prelude::*;

use super::dimension::Dimension;
use super::filter::Filter;
use super::measure::{Measure, measures};
use super::tally::{Tally, unit};
use crate::error::{Error, Result};
use crate::scan::Scan;
use crate::table::Columns;

struct Row {
    /// In the order of the columns counted by, a formula with its label, then the language if it is not among them.
    key: Vec<String>,
    language: String,
    measure: Measure,
}

/// Counts what `filter` leaves of `scan`, by `by` and, always, by language.
///
/// The columns are those of `by` (a formula with its `label`), `language`, and what [`crate::table::answers`] says of `counts`. A cell without an
/// occurrence is there with 0 where there is exposure, for each formula that occurs at all in that language.
///
/// # Errors
/// A filter with an unknown value.
pub fn count(scan: &Scan, by: &[Dimension], filter: &Filter) -> Result<DataFrame> {
    let counted = Counted::by(by)?;
    let tally = Tally::of(scan, filter, counted.keys.iter().map(|d| d.expr()).collect(), &counted.subjects)?;
    table(&tally, &counted)
}

const LANGUAGE: Dimension = Dimension::Column("language");

/// What is counted by.
pub(super) struct Counted<'a> {
    by: &'a [Dimension],
    /// Of it, what is of the text, without the language, which is always apart.
    pub keys: Vec<Dimension>,
    /// Of it, what is of formulas.
    pub subjects: Vec<Dimension>,
}

impl Counted<'_> {
    pub fn by(by: &[Dimension]) -> Result<Counted<'_>> {
        if let Some(twice) = by.iter().enumerate().find_map(|(i, d)| by[..i].contains(d).then(|| d.name())) {
            return Err(Error::Usage(format!("--by names {twice} twice")));
        }
        let keys = by.iter().copied().filter(|d| !d.is_of_formula() && *d != LANGUAGE).collect();
        // The formula first: by it, a label is told.
        let mut subjects: Vec<Dimension> = by.iter().copied().filter(|d| d.is_of_formula()).collect();
        subjects.sort_by_key(|d| *d != Dimension::Formula);
        Ok(Counted { by, keys, subjects })
    }
}

/// The table of counts.
pub(super) fn table(tally: &Tally, counted: &Counted<'_>) -> Result<DataFrame> {
    let Counted { by, keys, subjects } = counted;
    let mut rows: Vec<Row> = Vec::new();
    for (code, cells) in tally.by_language() {
        // Without a formula to count by, whatever occurs counts as one.
        let seen = if subjects.is_empty() { (0..tally.subjects.len().max(1)).collect() } else { tally.occurring(&cells) };
        let cells: Vec<_> = cells.into_iter().filter(|(_, cell)| !cell.text.is_empty()).collect();
        let measured: Vec<Vec<Measure>> = cells.par_iter().map(|(_, cell)| measures(cell, &seen)).collect();
        for ((values, _), measured) in cells.iter().zip(measured) {
            for (subject, measure) in seen.iter().zip(measured) {
                let mut key = Vec::new();
                for dimension in *by {
                    let subject = || &tally.subjects[*subject];
                    key.push(match subjects.iter().position(|d| d == dimension) {
                        Some(place) => subject().values[place].clone(),
                        None if *dimension == LANGUAGE => code.to_owned(),
                        None => keys.iter().position(|d| d == dimension).map_or_else(String::new, |place| values[place].clone()),
                    });
                    if *dimension == Dimension::Formula {
                        key.push(subject().label.clone());
                    }
                }
                if !by.contains(&LANGUAGE) {
                    key.push(code.to_owned());
                }
                rows.push(Row { key, language: code.to_owned(), measure });
            }
        }
    }
    rows.sort_by(|a, b| a.key.cmp(&b.key));
    let mut names: Vec<&str> = Vec::new();
    for dimension in *by {
        names.push(dimension.name());
        if *dimension == Dimension::Formula {
            names.push("label");
        }
    }
    if !by.contains(&LANGUAGE) {
        names.push("language");
    }
    let mut columns = Columns::of(&rows);
    for (place, name) in names.into_iter().enumerate() {
        columns = columns.text(name, |r| &r.key[place]);
    }
    with_measures(columns, |r| Some(&r.measure), |r| &r.language).frame()
}

/// The columns of a measure; empty cells where there is none.
pub(super) fn with_measures<'a, R>(columns: Columns<'a, R>, measure: fn(&'a R) -> Option<&'a Measure>, language: fn(&'a R) -> &'a str) -> Columns<'a, R> {
    let of = move |get: fn(&Measure) -> Option<f64>| move |r: &'a R| measure(r).and_then(get);
    columns
        .number("occurrences", of(|m| Some(m.occurrences)))
        .number("documents", of(|m| Some(m.documents as f64)))
        .number("exposure", move |r| Some(measure(r).map_or(0.0, |m| m.exposure)))
        .text("unit", move |r| unit(language(r)))
        .real("rate", of(|m| m.rate))
        .real("rate_low", of(|m| m.interval.map(|i| i.low)))
        .real("rate_high", of(|m| m.interval.map(|i| i.high)))
        .text("interval", move |r| measure(r).map_or("", |m| m.method))
        .number("of_documents", move |r| Some(measure(r).map_or(0.0, |m| m.of_documents as f64)))
        .real("share", of(|m| m.share))
        .real("share_low", of(|m| m.share_interval.map(|i| i.low)))
        .real("share_high", of(|m| m.share_interval.map(|i| i.high)))
}
