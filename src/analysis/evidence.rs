//! What stands behind the tables of a report: each occurrence that they count, with the cell of each table in which it counts.

use std::collections::{HashMap, HashSet};

use polars::prelude::*;

use super::adopt::{Adopter, Place, adopters};
use super::compare::Comparison;
use super::dimension::{Dimension, date_text};
use super::filter::Filter;
use crate::error::Result;
use crate::scan::Scan;
use crate::table::{numbers, text_column, texts};

/// The occurrences that `filter` leaves of `scan`, by formula, then date, document and place: a row for each formula for which it counts. The
/// columns of `hits`, with the date as exactly as it is known and the speaker as tables show him, and
///
/// - `period`: in which of `period` it counts,
/// - `tier`, `adopter`, `adopter_side`: of the table `adoption`, where it counts there,
/// - `once`: `1` in the row with which it counts in tables that are not by formula,
/// - `in_NAME`: `a`, `b`, or nothing, for each of `comparisons`.
///
/// # Errors
/// A filter with an unknown value; groups that cannot be told.
pub fn evidence(scan: &Scan, filter: &Filter, period: Dimension, comparisons: &[(&str, &Comparison)]) -> Result<DataFrame> {
    let kept = ["document", "formula", "label", "language", "theme", "side", "source", "voice", "evidence", "stance", "start", "end", "left", "text", "right"];
    let mut columns: Vec<Expr> = kept.map(col).to_vec();
    columns.extend([date_text().alias("date"), Dimension::Column("speaker").expr(), period.expr().alias("period")]);
    for (name, comparison) in comparisons {
        columns.push(comparison.sides(scan)?.alias(format!("in_{name}")));
    }
    let order = ["formula", "date", "document", "start"].map(col);
    let sorted = SortMultipleOptions::default().with_maintain_order(true);
    let mut frame = filter.select(scan, true)?.hits.select(columns).sort_by_exprs(&order, sorted).collect()?;
    let adopters = if scan.manifest.origins.is_some() { adopters(scan, filter)? } else { HashMap::new() };
    let (documents, formulas, starts) = (texts(&frame, "document")?, texts(&frame, "formula")?, numbers(&frame, "start")?);
    let keys = documents.into_iter().zip(formulas).zip(starts);
    let once = places(&filter.select(scan, false)?.hits.collect()?)?;
    let keys: Vec<Place> = keys.map(|((d, f), s)| (d, f, s)).collect();
    let nobody = Adopter::default();
    let found: Vec<&Adopter> = keys.iter().map(|key| adopters.get(key).unwrap_or(&nobody)).collect();
    frame.with_column(text_column("tier", found.iter().map(|f| f.tier)))?;
    frame.with_column(text_column("adopter", found.iter().map(|f| f.speaker.as_str())))?;
    frame.with_column(text_column("adopter_side", found.iter().map(|f| f.side.as_str())))?;
    frame.with_column(text_column("once", keys.iter().map(|key| if once.contains(key) { "1" } else { "" })))?;
    Ok(frame)
}

/// The places of hits.
fn places(hits: &DataFrame) -> Result<HashSet<Place>> {
    let keys = texts(hits, "document")?.into_iter().zip(texts(hits, "formula")?).zip(numbers(hits, "start")?);
    Ok(keys.map(|((d, f), s)| (d, f, s)).collect())
}
