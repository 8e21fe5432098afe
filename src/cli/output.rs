//! How tables leave the program: to a file, a pipe or a terminal.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use polars::prelude::*;

use super::terminal::{Screen, fitted};
use crate::error::{Error, Result};
use crate::table::{Format, to_bytes, write_whole};

/// The decimals of rates and of shares on the terminal.
const RATE_DECIMALS: usize = 2;
const SHARE_DECIMALS: usize = 3;

/// Where a table goes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// How to write it; `table` is made for reading, and on a terminal leaves out what does not fit [default: by the ending of -o; else table on a
    /// terminal, csv in a pipe].
    #[arg(long, value_name = "FORMAT")]
    format: Option<OutputFormat>,
    /// The file to write.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// A table, and how a person is to see it.
pub(super) struct Shown {
    pub table: DataFrame,
    view: View,
}

type View = Box<dyn FnOnce(&DataFrame, &Screen) -> Result<String>>;

impl Shown {
    /// A table with a view of its own.
    pub fn with(table: DataFrame, view: impl FnOnce(&DataFrame, &Screen) -> Result<String> + 'static) -> Shown {
        Shown { table, view: Box::new(view) }
    }
}

/// A table as it is, in columns.
impl From<DataFrame> for Shown {
    fn from(table: DataFrame) -> Shown {
        Shown::with(table, |table, screen| fitted(table, RATE_DECIMALS, screen))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    Csv,
    Jsonl,
    Parquet,
    Table,
}

impl OutputArgs {
    /// Refuses a file that cannot be written, before there is work to lose.
    pub fn check(&self) -> Result<()> {
        let Some(path) = &self.output else { return Ok(()) };
        if path.is_dir() {
            return Err(Error::Usage(format!("{}: is a folder; give -o a file in it", path.display())));
        }
        match path.parent().filter(|p| !p.as_os_str().is_empty() && !p.is_dir()) {
            Some(folder) => Err(Error::Usage(format!("{}: there is no folder {}; make it, or give another file", path.display(), folder.display()))),
            None => Ok(()),
        }
    }

    /// Writes a table to the file asked for, or prints it.
    pub fn write(&self, shown: impl Into<Shown>) -> Result<()> {
        self.check()?;
        write_table(shown.into(), self.output.as_deref(), self.chosen())
    }

    /// As [`OutputArgs::write`], with shares as they are usual: to three decimals.
    pub fn write_shares(&self, frame: &DataFrame) -> Result<()> {
        self.write(Shown::with(frame.clone(), |frame, screen| fitted(frame, SHARE_DECIMALS, screen)))
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
    write_table(frame.clone().into(), Some(file), OutputFormat::suiting(Some(file)))
}

/// Prints `frame` for a person to read.
pub(super) fn print_table(frame: &DataFrame) -> Result<()> {
    write_table(frame.clone().into(), None, OutputFormat::Table)
}

fn write_table(shown: Shown, file: Option<&Path>, format: OutputFormat) -> Result<()> {
    let bytes = match format {
        OutputFormat::Csv => to_bytes(&shown.table, Format::Csv)?,
        OutputFormat::Jsonl => to_bytes(&shown.table, Format::Jsonl)?,
        OutputFormat::Parquet => to_bytes(&shown.table, Format::Parquet)?,
        OutputFormat::Table => {
            let screen = if file.is_some() { Screen::default() } else { Screen::of_stdout() };
            let text = (shown.view)(&shown.table, &screen)?;
            if file.is_none() {
                return print_styled(&text);
            }
            anstream::adapter::strip_str(&text).to_string().into_bytes()
        }
    };
    match file {
        Some(path) => write_whole(path, &bytes),
        None => print(&bytes),
    }
}

/// Writes to standard output; a reader that has gone away (`| head`) is no error.
pub(super) fn print(bytes: &[u8]) -> Result<()> {
    written(std::io::stdout().lock().write_all(bytes))
}

/// As [`print`], with colours where they are wanted.
pub(super) fn print_styled(text: &str) -> Result<()> {
    written(anstream::stdout().lock().write_all(text.as_bytes()))
}

fn written(done: std::io::Result<()>) -> Result<()> {
    match done {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::io("standard output", e)),
        _ => Ok(()),
    }
}

/// A cell as text.
pub(super) fn cell(column: &Column, row: usize, decimals: usize) -> Result<String> {
    let value = column.get(row)?;
    Ok(match value {
        AnyValue::Null => String::new(),
        AnyValue::Float64(x) => format!("{x:.decimals$}"),
        other => other.str_value().to_string(),
    })
}
