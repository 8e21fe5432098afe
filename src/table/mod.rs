//! Tables: their columns in one place, and how they are written.
//!
//! An empty cell is a null. Every table is sorted before it gets here, so that the same input gives the same bytes.

mod answers;
mod cells;
mod columns;
mod format;
mod guard;
mod output;
mod proposals;
mod sheet;
mod shown;
mod spool;
mod stream;
mod workbook;

pub use answers::{Answer, answers};
pub use cells::{numbers, rates, texts};
pub use columns::Columns;
pub use format::{CsvCells, Format, to_bytes};
pub use output::{Output, Staging, check_folder, create, write_whole, write_with};
pub use sheet::{Sheet, SheetRow};
pub use shown::{is_right_aligned, shown, shown_number};
pub use spool::Spool;
pub use stream::{TableReader, TableWriter};
pub use workbook::{Page, sheet_names, too_large, workbook};

use std::io::BufReader;
use std::path::Path;

use polars::prelude::*;
use polars_io::SerReader;
use polars_io::prelude::{CsvReadOptions, ParquetReader};

use crate::error::{Error, Result};

/// A column: its name, what it holds, and what it means.
#[derive(Debug, Clone, Copy)]
pub struct ColumnSpec {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means.
    pub meaning: &'static str,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text; empty cells are nulls.
    Text,
    /// A day.
    Date,
    /// A whole number.
    Number,
    /// A number with decimals.
    Real,
}

impl Kind {
    /// What documentation calls it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Date => "day",
            Kind::Number => "number",
            Kind::Real => "decimal",
        }
    }

    fn dtype(self) -> DataType {
        match self {
            Kind::Text => DataType::String,
            Kind::Date => DataType::Date,
            Kind::Number => DataType::Int64,
            Kind::Real => DataType::Float64,
        }
    }
}

const fn text(name: &'static str, meaning: &'static str) -> ColumnSpec {
    ColumnSpec { name, kind: Kind::Text, meaning }
}
const fn date(name: &'static str, meaning: &'static str) -> ColumnSpec {
    ColumnSpec { name, kind: Kind::Date, meaning }
}
const fn number(name: &'static str, meaning: &'static str) -> ColumnSpec {
    ColumnSpec { name, kind: Kind::Number, meaning }
}

/// The columns of `documents`, one row a document.
pub const DOCUMENTS: &[ColumnSpec] = &[
    text("document", "id: the path, with #record where a file holds several documents"),
    text("path", "the file, relative to the input given"),
    text("record", "which document of the file; empty where there is one"),
    text("title", "the title, without Markdown signs"),
    date("published", "the document's own date"),
    date("event_date", "the day on which the words were said"),
    date("date", "event_date, else published"),
    text("date_evidence", "the rules that found the dates; (year only) or (month only) where no more is known: the date is then the first of the period"),
    text("source", "id of the body or medium that issued the document"),
    text("source_side", "its side"),
    text("url", "where it was found on the web"),
    text("language", "the languages of its paragraphs, the commonest first, joined with |"),
    text("genre", "readout, transcript, address, statement, letter, joint, article or digest"),
    number("bytes", "size of the text in bytes"),
    number("words", "words of its spaced text, boilerplate left out"),
    number("characters", "Han characters of its Chinese text, boilerplate left out"),
    text("signature", "hash of its words, MinHash of its shingles, and marks (people, states, days, numbers) of its title and text"),
    text("duplicate_of", "the document of which it is a copy or nearly one: the first by date, path and record"),
    text("translation_of", "the document of the same event in another language that comes before it"),
];

/// The columns of `segments`, one row a stretch of text in one voice.
pub const SEGMENTS: &[ColumnSpec] = &[
    text("document", "the document"),
    number("segment", "number of the segment in its document, from 1"),
    date("date", "the day of its part of the document, else of the document"),
    text("language", "en, zh or und"),
    text("speaker", "canonical name of the outermost voice below the narrator; empty when there is none"),
    text("role", "the speaker's office, as far as it is known"),
    text("side", "the speaker's state or organisation"),
    text("voice", "spoken, reported, quoted, question, document, joint, narration, title or boilerplate"),
    text("evidence", "why the speaker is who it is: label, byline, metadata, cue, pronoun, carried or continued"),
    number("start", "byte offset into the document's text"),
    number("end", "byte offset of the end"),
    number("words", "UAX #29 words with a letter or digit, Chinese left out"),
    number("characters", "Han characters"),
    number("paragraph", "number of the paragraph, heading or line in its document, from 1"),
    number("first_sentence", "number of its first sentence in its paragraph, from 1"),
    number("last_sentence", "number of its last sentence, with which the next segment may begin"),
];

/// The columns of `hits`, one row an occurrence of a formula.
pub const HITS: &[ColumnSpec] = &[
    text("document", "the document"),
    text("path", "the file, relative to the input given"),
    text("record", "which document of the file"),
    number("segment", "number of the segment in its document"),
    number("paragraph", "number of the paragraph, heading or line in its document, from 1"),
    number("sentence", "number of the sentence in its paragraph, from 1"),
    date("date", "the day of its part of the document, else of the document"),
    date("event_date", "the document's event date"),
    date("published", "the document's own date"),
    text("source", "id of the body or medium that issued the document"),
    text("source_side", "its side"),
    text("genre", "kind of document"),
    text("language", "language of the paragraph"),
    text("speaker", "who says it; empty when nobody does or nothing shows who"),
    text("role", "the speaker's office, as far as it is known"),
    text("side", "the speaker's state or organisation"),
    text("voice", "in what way it is said"),
    text("evidence", "why the speaker is who it is"),
    text("stance", "distanced (so-called …) or refused (oppose …); else empty"),
    text("lexicon", "name of the lexicon"),
    text("formula", "id of the formula"),
    text("label", "its label"),
    text("theme", "its themes, joined with |"),
    text("variant", "the wording of the lexicon that matched"),
    text("text", "the words as they stand in the document"),
    number("start", "byte offset into the document's text"),
    number("end", "byte offset of the end"),
    text("within", "id of the longer formula in which it lies; such a hit is not counted"),
    text("left", "the words before it"),
    text("right", "the words after it"),
];

/// The columns of `problems`, one row a file, record or cell that could not be read as it should.
pub const PROBLEMS: &[ColumnSpec] = &[
    text("path", "the file, relative to the input given"),
    text("record", "which document of the file"),
    text(
        "kind",
        "not read: unreadable, format, binary, archive, columns, record or empty; read, but: encoding, mojibake, date or metadata; a line of corrections that does not fit: correction",
    ),
    text("message", "what is wrong, and what to do"),
];

/// What a table is, and what one row of it is: a table of a scan or of a report, or an answer.
pub fn about(name: &str) -> Option<&'static str> {
    Some(match name {
        "documents" => "The documents read, one row a document",
        "segments" => "The text of the documents by who speaks, one row a stretch of text in one voice",
        "hits" => "What was found, one row an occurrence of a formula",
        "problems" => "What could not be read as it should, one row a file, record or cell",
        _ if name.starts_with("counts_by_") => return about("counts"),
        _ if name.starts_with("comparison_") => return about("comparison"),
        _ => return Answer::named(name).map(|a| a.about),
    })
}

/// The tables of a scan and their columns.
pub const TABLES: [(&str, &[ColumnSpec]); 4] = [("documents", DOCUMENTS), ("segments", SEGMENTS), ("hits", HITS), ("problems", PROBLEMS)];

/// A column of text; empty strings become empty cells.
pub fn text_column<'a>(name: &str, values: impl Iterator<Item = &'a str>) -> Column {
    let values: Vec<Option<&str>> = values.map(|v| (!v.is_empty()).then_some(v)).collect();
    Column::new(name.into(), values)
}

/// A column of whole numbers.
pub fn number_column(name: &str, values: impl Iterator<Item = usize>) -> Column {
    let values: Vec<i64> = values.map(|v| i64::try_from(v).unwrap_or(i64::MAX)).collect();
    Column::new(name.into(), values)
}

/// A day as tables have it: how many days it is after the first of 1970.
pub(crate) fn day_number(day: chrono::NaiveDate) -> Option<i32> {
    i32::try_from((day - chrono::NaiveDate::default()).num_days()).ok()
}

/// A column of days.
pub fn date_column(name: &str, values: impl Iterator<Item = Option<chrono::NaiveDate>>) -> Column {
    let days: Vec<Option<i32>> = values.map(|d| d.and_then(day_number)).collect();
    Int32Chunked::new(name.into(), days).into_date().into_series().into_column()
}

/// The columns of a table, as polars has them.
fn schema_of(specs: &[ColumnSpec]) -> Schema {
    specs.iter().map(|s| Field::new(s.name.into(), s.kind.dtype())).collect()
}

/// A table without rows.
pub fn empty(specs: &[ColumnSpec]) -> DataFrame {
    DataFrame::empty_with_schema(&schema_of(specs))
}

/// Reads the table `name` with the columns `specs` from `folder`: `name.parquet`, else `name.csv`.
///
/// # Errors
/// There is no such file, it cannot be read, or a column is missing.
pub fn read(folder: &Path, name: &str, specs: &[ColumnSpec]) -> Result<DataFrame> {
    let parquet = folder.join(format!("{name}.parquet"));
    let path = if parquet.is_file() { parquet } else { folder.join(format!("{name}.csv")) };
    let file = std::fs::File::open(&path).map_err(|e| Error::io(&path, e))?;
    let frame = if path.extension().is_some_and(|e| e == "parquet") {
        let mut reader = ParquetReader::new(file);
        let schema = reader.schema()?;
        // Columns that are not asked for are not read.
        let names = specs.iter().filter(|s| schema.contains(s.name)).map(|s| s.name.to_owned()).collect();
        reader.with_columns(Some(names)).finish()?
    } else {
        let schema = schema_of(specs);
        let options = CsvReadOptions::default().with_has_header(true).with_infer_schema_length(Some(0)).with_schema_overwrite(Some(schema.into()));
        options.into_reader_with_file_handle(BufReader::new(file)).finish()?
    };
    let names: Vec<&str> = specs.iter().map(|s| s.name).collect();
    frame.select(names.iter().copied()).map_err(|e| Error::Usage(format!("{}: {e}; scan the corpus again", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> DataFrame {
        DataFrame::new_infer_height(vec![
            text_column("path", ["a,b.txt", "c\"d\n.txt"].into_iter()),
            text_column("record", ["", "1"].into_iter()),
            text_column("kind", ["empty", "=cmd"].into_iter()),
            text_column("message", ["人类", ""].into_iter()),
        ])
        .unwrap()
    }

    #[test]
    fn every_format_reads_back() {
        let dir = tempfile::tempdir().unwrap();
        for (format, file) in [(Format::Csv, "p.csv"), (Format::Parquet, "q.parquet")] {
            write_whole(&dir.path().join(file), &to_bytes(&sample(), format).unwrap()).unwrap();
            let back = read(dir.path(), &file[..1], PROBLEMS).unwrap();
            assert!(back.equals_missing(&sample()), "{back:?}");
        }
        let lines = String::from_utf8(to_bytes(&sample(), Format::Jsonl).unwrap()).unwrap();
        assert_eq!(lines.lines().count(), 2);
    }

    #[test]
    fn days() {
        let day = |s: &str| s.parse().ok();
        let column = date_column("d", [day("2024-02-29"), None, day("1246-01-01")].into_iter());
        let frame = DataFrame::new_infer_height(vec![column]).unwrap();
        let csv = to_bytes(&frame, Format::Csv).unwrap();
        assert_eq!(String::from_utf8(csv).unwrap(), "d\n2024-02-29\n\n1246-01-01\n");
    }
}
