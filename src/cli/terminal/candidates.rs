//! `tifa discover`: a line a candidate.

use polars::prelude::DataFrame;

use super::grid::{Cell, Column, grid};
use super::number::whole;
use super::rows::{more, note, number_columns, text_columns};
use super::{FAINT, STRONG, Screen};
use crate::error::Result;
use crate::table::texts;

/// A candidate is cut where it is longer.
const LONGEST: usize = 60;

/// The answer `candidates`: with the change, where there is one, and the nearest known formula.
///
/// # Errors
/// A table of another shape.
pub fn candidates(frame: &DataFrame, screen: &Screen) -> Result<String> {
    if frame.height() == 0 {
        return Ok(String::new());
    }
    let [candidates, languages, first, last, nearest] = text_columns(frame, ["candidate", "language", "first", "last", "nearest"])?;
    let [ranks, occurrences, documents, speakers, scores] = number_columns(frame, ["rank", "occurrences", "documents", "speakers", "score"])?;
    let rows = screen.rows(frame.height(), 3);
    let numbers = |values: &[Option<f64>]| values.iter().take(rows).map(|v| v.map_or_else(String::new, whole)).collect::<Vec<_>>();
    let faint = |values: &[String]| values.iter().take(rows).map(|v| Cell::new(v, FAINT)).collect::<Vec<_>>();
    let mut columns = vec![
        Column::right("", numbers(&ranks)),
        Column::left("", faint(&languages)),
        Column::left("candidate", candidates.iter().take(rows).map(|c| Cell::new(c, STRONG))),
        Column::right("times", numbers(&occurrences)),
        Column::right("documents", numbers(&documents)),
        Column::right("speakers", numbers(&speakers)),
        Column::left("first", first.iter().take(rows)),
        Column::left("last", last.iter().take(rows)),
        Column::right("score", scores.iter().take(rows).map(|s| s.map_or_else(String::new, |s| format!("{s:.1}")))),
    ];
    columns[2].cut(LONGEST.min(screen.columns() / 2));
    if let Ok(changes) = texts(frame, "change") {
        columns.push(Column::left("change", changes.iter().take(rows)));
    }
    columns.push(Column::left("near", faint(&nearest)));
    let head = "Recurrent strings that no lexicon holds, most like a formula first: candidates, to be judged by a reader.";
    Ok(note(head, screen) + &grid(&columns) + &more(frame.height(), rows))
}
