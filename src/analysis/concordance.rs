//! Keyword in context: the words around each occurrence, with who says them and where they stand.

use polars::prelude::*;

use super::filter::Filter;
use crate::error::Result;
use crate::scan::Scan;

/// The occurrences that `filter` leaves of `scan`, by formula, then date, document and place.
///
/// Columns: `formula, date, speaker, voice, evidence, stance, document, start, end, left, text, right`.
///
/// # Errors
/// A filter with an unknown value.
pub fn concordance(scan: &Scan, filter: &Filter) -> Result<DataFrame> {
    let columns = ["formula", "date", "speaker", "voice", "evidence", "stance", "document", "start", "end", "left", "text", "right"];
    let order = ["formula", "date", "document", "start"].map(col);
    let sorted = filter.select(scan, false)?.hits.sort_by_exprs(&order, SortMultipleOptions::default().with_maintain_order(true).with_nulls_last(true));
    Ok(sorted.select(columns.map(col)).collect()?)
}

/// The hits that `filter` leaves of `scan`, in the order of the documents, with all the columns that they have there; those within
/// longer ones are left out.
///
/// # Errors
/// A filter with an unknown value.
pub fn selected_hits(scan: &Scan, filter: &Filter) -> Result<DataFrame> {
    let has = |name: &str| scan.hits.schema().contains(name);
    let columns: Vec<Expr> = crate::table::HITS.iter().filter(|c| has(c.name)).map(|c| col(c.name)).collect();
    Ok(filter.select(scan, false)?.hits.select(columns).collect()?)
}
