//! Parquet (crate `polars-io`).

use std::borrow::Cow;
use std::io::Cursor;

use polars_io::SerReader;
use polars_io::prelude::ParquetReader;

use crate::corpus::tabular::{Row, Table};

/// The table in a Parquet file.
///
/// # Errors
/// It is damaged.
pub fn table(bytes: Vec<u8>) -> Result<Table<'static>, String> {
    // The crate panics at types of columns that a build does not know.
    let unknown = |_| Err("has columns of a type that is not read; save it as CSV".into());
    std::panic::catch_unwind(|| read(bytes)).unwrap_or_else(unknown)
}

fn read(bytes: Vec<u8>) -> Result<Table<'static>, String> {
    let frame = ParquetReader::new(Cursor::new(bytes)).finish().map_err(|e| format!("is a damaged Parquet file: {e}"))?;
    let columns = frame.get_column_names().iter().map(ToString::to_string).collect();
    let cell = |column: usize, row: usize| {
        let value = frame.columns().get(column).and_then(|c| c.get(row).ok());
        value.filter(|v| !v.is_null()).map_or_else(String::new, |v| v.str_value().to_string())
    };
    let rows = (0..frame.height()).map(|row| Row::new(row + 1, (0..frame.width()).map(|c| (c, Cow::Owned(cell(c, row)))))).collect();
    Ok(Table { columns, rows, ..Table::default() })
}
