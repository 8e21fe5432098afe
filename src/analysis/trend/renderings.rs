//! In which words a formula is said, and how that changes.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::analysis::dimension::Dimension;
use crate::analysis::filter::Filter;
use crate::error::Result;
use crate::scan::Scan;
use crate::stats::wilson_interval;
use crate::table::{Columns, numbers, texts};

/// How often each wording occurs, by period.
type Periods<'a> = BTreeMap<&'a str, BTreeMap<&'a str, f64>>;

struct Row {
    formula: String,
    label: String,
    language: String,
    period: String,
    rendering: String,
    occurrences: f64,
    of: f64,
}

/// The share of each wording in the occurrences of its formula, by period: the answer `renderings`. Text without a date as exact as the period
/// is left out. A wording that a formula has in some period is there with 0 in every other in which the formula occurs.
///
/// # Errors
/// A filter with an unknown value.
pub fn renderings(scan: &Scan, period: Dimension, filter: &Filter) -> Result<DataFrame> {
    let columns = ["formula", "label", "language", "period", "rendering"];
    let wording = col("text").str().to_lowercase().alias("rendering");
    let hits = filter.select(scan, true)?.hits.with_columns([wording, period.expr().alias("period")]).filter(col("period").neq(lit("")));
    let counts = hits.group_by(columns.map(col)).agg([len().cast(DataType::Int64).alias("occurrences")]);
    let counts = counts.sort(columns, SortMultipleOptions::default()).collect()?;
    let [formulas, labels, languages, periods, wordings] = columns.map(|c| texts(&counts, c));
    let (formulas, labels, languages, periods, wordings) = (formulas?, labels?, languages?, periods?, wordings?);
    // Of each formula in a language: by period and wording, how often.
    let mut all: BTreeMap<(&str, &str, &str), Periods<'_>> = BTreeMap::new();
    for (i, n) in numbers(&counts, "occurrences")?.into_iter().enumerate() {
        let found = all.entry((&formulas[i], &labels[i], &languages[i])).or_default();
        *found.entry(&periods[i]).or_default().entry(&wordings[i]).or_default() += n as f64;
    }
    let mut rows = Vec::new();
    for ((formula, label, language), periods) in &all {
        let mut wordings: Vec<&str> = periods.values().flat_map(|w| w.keys().copied()).collect();
        wordings.sort_unstable();
        wordings.dedup();
        for (period, found) in periods {
            let of = found.values().sum();
            rows.extend(wordings.iter().map(|wording| Row {
                formula: (*formula).to_owned(),
                label: (*label).to_owned(),
                language: (*language).to_owned(),
                period: (*period).to_owned(),
                rendering: (*wording).to_owned(),
                occurrences: found.get(wording).copied().unwrap_or(0.0),
                of,
            }));
        }
    }
    Columns::of(&rows)
        .text("formula", |r| &r.formula)
        .text("label", |r| &r.label)
        .text("language", |r| &r.language)
        .text(period.name(), |r| &r.period)
        .text("rendering", |r| &r.rendering)
        .number("occurrences", |r| Some(r.occurrences))
        .number("of_occurrences", |r| Some(r.of))
        .real("share", |r| Some(r.occurrences / r.of))
        .real("share_low", |r| wilson_interval(r.occurrences, r.of).map(|i| i.low))
        .real("share_high", |r| wilson_interval(r.occurrences, r.of).map(|i| i.high))
        .frame()
}
