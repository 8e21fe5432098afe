//! How evenly each formula is spread over documents, or over time.

use std::collections::HashMap;

use polars::prelude::*;

use super::dimension::Dimension;
use super::filter::Filter;
use super::measure::FEW_OCCURRENCES;
use super::tally::{Keyed, Tally, unit};
use crate::error::{Error, Result};
use crate::scan::Scan;
use crate::stats::{Dispersion, dispersion};
use crate::table::Columns;

struct Row {
    subject: (String, String),
    language: String,
    over: &'static str,
    parts: usize,
    occurrences: f64,
    exposure: f64,
    found: Option<Dispersion>,
}

/// What text is divided into: documents or periods, by name.
///
/// # Errors
/// A name that is neither; one that stands twice.
pub fn parts(names: &[impl AsRef<str>]) -> Result<Vec<Dimension>> {
    let part = |name: &str| match name.parse() {
        Ok(dimension @ Dimension::Column("document")) => Ok(dimension),
        Ok(dimension) if dimension.is_period() => Ok(dimension),
        _ => Err(Error::Usage(format!("--over {name}: not one of document, day, week, month, quarter, year"))),
    };
    let over: Vec<Dimension> = names.iter().map(|n| part(n.as_ref().trim())).collect::<Result<_>>()?;
    match (1..over.len()).find(|i| over[..*i].contains(&over[*i])) {
        Some(twice) => Err(Error::Usage(format!("--over names {} twice", over[twice].name()))),
        None => Ok(over),
    }
}

/// The dispersion of what `by` tells apart over each of `over`: documents, or periods of time (text without a date as exact is left out
/// there). The columns are those of the answer `dispersion`.
///
/// # Errors
/// A filter with an unknown value.
pub fn disperse(scan: &Scan, over: &[Dimension], by: Dimension, filter: &Filter) -> Result<DataFrame> {
    let mut rows: Vec<Row> = Vec::new();
    for dimension in over {
        let tally = Tally::of(scan, filter, vec![dimension.expr()], &[by])?;
        for (language, cells) in tally.by_language() {
            let cells: Keyed<'_> = cells.into_iter().filter(|(key, cell)| !key[0].is_empty() && !cell.text.is_empty()).collect();
            let sizes: Vec<f64> = cells.iter().map(|(_, cell)| cell.exposure()).collect();
            for subject in tally.occurring(&cells) {
                let counts: Vec<f64> = cells.iter().map(|(_, cell)| cell.occurrences(subject)).collect();
                let what = &tally.subjects[subject];
                rows.push(Row {
                    subject: (what.id().to_owned(), what.label.clone()),
                    language: language.to_owned(),
                    over: dimension.name(),
                    parts: cells.len(),
                    occurrences: counts.iter().sum(),
                    exposure: sizes.iter().sum(),
                    found: dispersion(&counts, &sizes),
                });
            }
        }
    }
    let place: HashMap<&str, usize> = over.iter().enumerate().map(|(i, d)| (d.name(), i)).collect();
    rows.sort_by(|x, y| (&x.subject, &x.language, place[x.over]).cmp(&(&y.subject, &y.language, place[y.over])));
    let mut columns = Columns::of(&rows).text(by.name(), |r| &r.subject.0);
    if by == Dimension::Formula {
        columns = columns.text("label", |r| &r.subject.1);
    }
    columns
        .text("language", |r| &r.language)
        .text("over", |r| r.over)
        .number("parts", |r| Some(r.parts as f64))
        .number("range", |r| Some(r.found.map_or_else(|| if r.occurrences > 0.0 { 1.0 } else { 0.0 }, |d| d.range as f64)))
        .number("occurrences", |r| Some(r.occurrences))
        .number("exposure", |r| Some(r.exposure))
        .text("unit", |r| unit(&r.language))
        .real("dp", |r| r.found.map(|d| d.dp))
        .real("dp_norm", |r| r.found.map(|d| d.normed))
        .text("note", |r| match (r.parts < 2, r.occurrences < FEW_OCCURRENCES.max(r.parts as f64)) {
            (true, _) => "one part",
            (false, true) => "few occurrences",
            (false, false) => "",
        })
        .frame()
}
