//! How tables leave the program: to a file, a pipe or a terminal.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use polars::prelude::*;

use crate::error::{Error, Result};
use crate::table::{Format, to_bytes, write_whole};

/// The decimals of rates and of shares on the terminal.
const RATE_DECIMALS: usize = 2;
const SHARE_DECIMALS: usize = 3;

/// Where a table goes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// How to write the table [default: by the ending of -o; else aligned on a terminal, csv in a pipe].
    #[arg(long, value_name = "FORMAT")]
    format: Option<OutputFormat>,
    /// The file to write.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    Csv,
    Jsonl,
    Parquet,
    Table,
}

impl OutputArgs {
    /// Writes `frame` to the file asked for, or prints it.
    pub fn write(&self, frame: &DataFrame) -> Result<()> {
        write_table(frame, self.output.as_deref(), self.chosen(), RATE_DECIMALS)
    }

    /// As [`OutputArgs::write`], with shares as they are usual: to three decimals.
    pub fn write_shares(&self, frame: &DataFrame) -> Result<()> {
        write_table(frame, self.output.as_deref(), self.chosen(), SHARE_DECIMALS)
    }

    /// Whether the table is printed for a person to read.
    pub fn is_for_reading(&self) -> bool {
        self.output.is_none() && self.chosen() == OutputFormat::Table
    }

    /// The format asked for, or the one that suits where the table goes.
    fn chosen(&self) -> OutputFormat {
        self.format.unwrap_or_else(|| OutputFormat::suiting(self.output.as_deref()))
    }
}

impl OutputFormat {
    fn suiting(file: Option<&Path>) -> OutputFormat {
        let ending = file.and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("jsonl" | "ndjson") => OutputFormat::Jsonl,
            Some("parquet") => OutputFormat::Parquet,
            None if file.is_none() && std::io::stdout().is_terminal() => OutputFormat::Table,
            _ => OutputFormat::Csv,
        }
    }
}

/// Writes `frame` to `file` in the format that its ending asks for.
pub(super) fn write_file(frame: &DataFrame, file: &Path) -> Result<()> {
    write_table(frame, Some(file), OutputFormat::suiting(Some(file)), RATE_DECIMALS)
}

/// Prints `frame` for a person to read.
pub(super) fn print_table(frame: &DataFrame) -> Result<()> {
    write_table(frame, None, OutputFormat::Table, RATE_DECIMALS)
}

fn write_table(frame: &DataFrame, file: Option<&Path>, format: OutputFormat, decimals: usize) -> Result<()> {
    let bytes = match format {
        OutputFormat::Csv => to_bytes(frame, Format::Csv)?,
        OutputFormat::Jsonl => to_bytes(frame, Format::Jsonl)?,
        OutputFormat::Parquet => to_bytes(frame, Format::Parquet)?,
        OutputFormat::Table => aligned(frame, decimals)?.into_bytes(),
    };
    match file {
        Some(path) => {
            if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty() && !p.is_dir()) {
                return Err(Error::Usage(format!("{}: there is no folder {}", path.display(), folder.display())));
            }
            write_whole(path, &bytes)
        }
        None => print(&bytes),
    }
}

/// Writes to standard output; a reader that has gone away (`| head`) is no error.
pub(super) fn print(bytes: &[u8]) -> Result<()> {
    match std::io::stdout().lock().write_all(bytes) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::io("standard output", e)),
        _ => Ok(()),
    }
}

/// A table in columns, numbers to the right.
fn aligned(frame: &DataFrame, decimals: usize) -> Result<String> {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(frame.get_column_names().iter().map(|n| n.as_str()));
    for row in 0..frame.height() {
        let cells: Vec<String> = frame.columns().iter().map(|c| cell(c, row, decimals)).collect::<Result<_>>()?;
        table.add_row(cells);
    }
    for (i, column) in frame.columns().iter().enumerate() {
        let right = column.dtype().is_numeric() || column.name() == "left";
        if let (true, Some(column)) = (right, table.column_mut(i)) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    Ok(format!("{}\n", table.trim_fmt()))
}

pub(super) fn cell(column: &Column, row: usize, decimals: usize) -> Result<String> {
    let value = column.get(row)?;
    Ok(match value {
        AnyValue::Null => String::new(),
        AnyValue::Float64(x) => format!("{x:.decimals$}"),
        other => other.str_value().to_string(),
    })
}
