//! Columns of a table as plain values.

use polars::prelude::*;

use crate::error::Result;

/// A column as text; empty cells as empty text.
///
/// # Errors
/// There is no such column, or it holds something else.
pub fn texts(frame: &DataFrame, name: &str) -> Result<Vec<String>> {
    let column = frame.column(name)?.cast(&DataType::String)?;
    Ok(column.str()?.iter().map(|v| v.unwrap_or("").to_owned()).collect())
}

/// A column of whole numbers; empty cells as 0.
///
/// # Errors
/// There is no such column, or it holds something else.
pub fn numbers(frame: &DataFrame, name: &str) -> Result<Vec<u64>> {
    let column = frame.column(name)?.cast(&DataType::Int64)?;
    Ok(column.i64()?.iter().map(|v| v.and_then(|v| u64::try_from(v).ok()).unwrap_or(0)).collect())
}

/// A column of rates.
///
/// # Errors
/// There is no such column, or it holds something else.
pub fn rates(frame: &DataFrame, name: &str) -> Result<Vec<Option<f64>>> {
    let column = frame.column(name)?.cast(&DataType::Float64)?;
    Ok(column.f64()?.iter().collect())
}
