//! The formats in which a table leaves the program.

mod cells;
mod csv;
mod json;
mod latex;
mod markdown;

pub use cells::CsvCells;
pub(super) use csv::rows as csv_rows;

use polars::prelude::*;
use polars_io::prelude::ParquetWriter;

use super::workbook;
use crate::error::{Error, Result};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated, UTF-8, with a header.
    Csv,
    /// The same for spreadsheets: with a byte-order mark, and with an apostrophe before text that they would run as a formula.
    ExcelCsv,
    /// An array of JSON objects.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// A pipe table; numbers rounded.
    Markdown,
    /// A `tabular` with the rules of booktabs; numbers rounded.
    Latex,
    /// A workbook of one sheet.
    Xlsx,
    /// Parquet.
    Parquet,
}

impl Format {
    /// The endings of files that say how a table is written, in small letters. Text is CSV.
    pub const ENDINGS: [(&str, Format); 9] = [
        ("csv", Format::Csv),
        ("txt", Format::Csv),
        ("json", Format::Json),
        ("jsonl", Format::Jsonl),
        ("ndjson", Format::Jsonl),
        ("md", Format::Markdown),
        ("tex", Format::Latex),
        ("xlsx", Format::Xlsx),
        ("parquet", Format::Parquet),
    ];

    /// The format of files with this ending.
    ///
    /// # Errors
    /// There is none; the message names all endings.
    pub fn of_ending(ending: &str) -> Result<Format> {
        let found = Format::ENDINGS.iter().find(|(e, _)| *e == ending);
        let endings = || Format::ENDINGS.map(|(e, _)| e).join(", ");
        found.map(|(_, format)| *format).ok_or_else(|| Error::Usage(format!("no table is written as .{ending}; take {}", endings())))
    }

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv | Format::ExcelCsv => "csv",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Markdown => "md",
            Format::Latex => "tex",
            Format::Xlsx => "xlsx",
            Format::Parquet => "parquet",
        }
    }

    /// Whether it is no text, and nothing for a terminal.
    pub fn is_binary(self) -> bool {
        matches!(self, Format::Xlsx | Format::Parquet)
    }
}

/// The bytes of `frame` in `format`.
///
/// # Errors
/// What polars cannot write; for a workbook, more columns than a sheet takes.
pub fn to_bytes(frame: &DataFrame, format: Format) -> Result<Vec<u8>> {
    match format {
        Format::Csv => csv::plain(frame),
        Format::ExcelCsv => csv::guarded(frame),
        Format::Json => json::array(frame),
        Format::Jsonl => json::lines(frame),
        Format::Markdown => markdown::table(frame).map(String::into_bytes),
        Format::Latex => latex::table(frame).map(String::into_bytes),
        Format::Xlsx => workbook::single(frame),
        Format::Parquet => parquet(frame),
    }
}

fn parquet(frame: &DataFrame) -> Result<Vec<u8>> {
    let (mut bytes, mut frame) = (Vec::new(), frame.clone());
    frame.rechunk_mut();
    ParquetWriter::new(&mut bytes).finish(&mut frame)?;
    Ok(bytes)
}
