//! Rows of a table as plain values, and what all views say at their ends.

use polars::prelude::DataFrame;

use super::grid::{styled, wrapped};
use super::{FAINT, Screen};
use crate::analysis::Dimension;
use crate::error::Result;
use crate::table::{rates, texts};

/// The names of the periods: the column, and what its values are.
pub fn period_of(frame: &DataFrame) -> Option<Dimension> {
    frame.get_column_names().iter().find_map(|name| Dimension::period(name).ok())
}

/// What rows are called: labels, or the ids where there are none.
pub fn labels(frame: &DataFrame) -> Result<Vec<String>> {
    let subject = if frame.column("formula").is_ok() { "formula" } else { "theme" };
    let ids = texts(frame, subject)?;
    if frame.column("label").is_err() {
        return Ok(ids);
    }
    Ok(texts(frame, "label")?.into_iter().zip(ids).map(|(label, id)| if label.is_empty() { id } else { label }).collect())
}

/// Several columns of text.
pub fn text_columns<const N: usize>(frame: &DataFrame, names: [&str; N]) -> Result<[Vec<String>; N]> {
    let mut columns = names.map(|_| Vec::new());
    for (column, name) in columns.iter_mut().zip(names) {
        *column = texts(frame, name)?;
    }
    Ok(columns)
}

/// Several columns of numbers.
pub fn number_columns<const N: usize>(frame: &DataFrame, names: [&str; N]) -> Result<[Vec<Option<f64>>; N]> {
    let mut columns = names.map(|_| Vec::new());
    for (column, name) in columns.iter_mut().zip(names) {
        *column = rates(frame, name)?;
    }
    Ok(columns)
}

/// Text above a table that says how to read it.
pub fn note(text: &str, screen: &Screen) -> String {
    wrapped(text, screen.columns(), FAINT)
}

/// Says how many rows are not shown, and how to see them.
pub fn more(all: usize, shown: usize) -> String {
    if shown == all {
        return String::new();
    }
    let left = all - shown;
    format!("{}\n", styled(&format!(" … and {} more; --format csv has all", super::number::whole(left as f64)), FAINT))
}
