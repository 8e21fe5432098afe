//! How tables leave the program: to a file, a pipe or a terminal.

use std::io::{IsTerminal, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use polars::prelude::*;

use super::terminal::{Screen, fitted};
use crate::error::{Error, Result};
use crate::table::{Format, Spool, to_bytes, too_large, write_whole, write_with};

/// Where a table goes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// How to write it; `table` is made for reading, and on a terminal leaves out what does not fit [default: by the ending of -o; else table on a
    /// terminal, csv in a pipe].
    #[arg(long, value_name = "FORMAT")]
    format: Option<OutputFormat>,
    /// The file to write; .csv, .json, .jsonl, .md, .tex, .xlsx and .parquet say how.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write CSV that Excel opens as it should: marked as UTF-8, and with an apostrophe before text that it would run as a formula.
    #[arg(long)]
    excel: bool,
}

/// Refuses a place where no file can be.
pub(super) fn check_place(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Err(Error::Usage(format!("{}: is a folder; give -o a file in it", path.display())));
    }
    match path.parent().filter(|p| !p.as_os_str().is_empty() && !p.is_dir()) {
        Some(folder) => Err(Error::Usage(format!("{}: there is no folder {}; make it, or give another file", path.display(), folder.display()))),
        None => Ok(()),
    }
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
        Shown::with(table, fitted)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// Comma-separated values.
    Csv,
    /// An array of objects.
    Json,
    /// One object a line.
    Jsonl,
    /// A pipe table, with rounded numbers.
    Markdown,
    /// A tabular with booktabs rules, with rounded numbers.
    Latex,
    /// An Excel workbook.
    Xlsx,
    /// Parquet.
    Parquet,
    /// Aligned columns, with rounded numbers.
    Table,
}

impl OutputArgs {
    /// Refuses what cannot be done, before there is work to lose.
    pub fn check(&self) -> Result<()> {
        self.chosen()?;
        let Some(path) = &self.output else { return Ok(()) };
        check_place(path)?;
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        match ending.filter(|_| self.format.is_none()).map(|e| Format::of_ending(&e)) {
            Some(Err(e)) => Err(Error::Usage(format!("{}: {e}, or give --format", path.display()))),
            _ => Ok(()),
        }
    }

    /// Writes a table to the file asked for, or prints it.
    pub fn write(&self, shown: impl Into<Shown>) -> Result<()> {
        self.check()?;
        write_table(shown.into(), self.output.as_deref(), self.chosen()?)
    }

    /// Writes another table, to `file`, in the format that its ending asks for.
    pub fn write_beside(&self, frame: &DataFrame, file: &Path) -> Result<()> {
        let format = match suiting(Some(file)) {
            Format::Csv if self.excel => Format::ExcelCsv,
            format => format,
        };
        write_table(frame.clone().into(), Some(file), Chosen::File(format))
    }

    /// Whether the table is printed for a person to read.
    pub fn is_for_reading(&self) -> bool {
        self.output.is_none() && self.chosen().is_ok_and(|chosen| chosen == Chosen::Aligned)
    }

    /// Whether it is written as plain CSV.
    pub fn is_csv(&self) -> bool {
        self.chosen().is_ok_and(|chosen| chosen == Chosen::File(Format::Csv))
    }

    /// The folder into which its file goes, else that of temporary files.
    pub fn folder(&self) -> PathBuf {
        let file = self.output.as_deref().filter(|path| path.is_file() || !path.exists());
        let folder = file.and_then(Path::parent).map(|f| if f.as_os_str().is_empty() { Path::new(".") } else { f });
        folder.filter(|f| f.is_dir()).map_or_else(std::env::temp_dir, Path::to_owned)
    }

    /// Writes the parts of `rows` that stand at `ranges`, after `head`.
    pub fn write_csv(&self, head: &[u8], rows: Spool, ranges: &[Range<u64>]) -> Result<()> {
        match &self.output {
            Some(path) => write_with(path, |file| file.write_all(head).and_then(|()| rows.write(ranges, file))),
            None => {
                let mut out = std::io::stdout().lock();
                ended(out.write_all(head).and_then(|()| rows.write(ranges, &mut out)).and_then(|()| out.flush()))
            }
        }
    }

    /// The format asked for, or the one that suits where the table goes.
    fn chosen(&self) -> Result<Chosen> {
        let is_terminal = self.output.is_none() && std::io::stdout().is_terminal();
        choose(self.format, self.output.as_deref(), self.excel, is_terminal)
    }
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chosen {
    Aligned,
    File(Format),
}

impl From<OutputFormat> for Chosen {
    fn from(format: OutputFormat) -> Self {
        Chosen::File(match format {
            OutputFormat::Table => return Chosen::Aligned,
            OutputFormat::Csv => Format::Csv,
            OutputFormat::Json => Format::Json,
            OutputFormat::Jsonl => Format::Jsonl,
            OutputFormat::Markdown => Format::Markdown,
            OutputFormat::Latex => Format::Latex,
            OutputFormat::Xlsx => Format::Xlsx,
            OutputFormat::Parquet => Format::Parquet,
        })
    }
}

/// The format that the ending of a file asks for.
fn suiting(file: Option<&Path>) -> Format {
    let ending = file.and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
    ending.and_then(|e| Format::of_ending(&e).ok()).unwrap_or(Format::Csv)
}

/// What comes of the options; `is_terminal` says that the table is printed on one.
fn choose(format: Option<OutputFormat>, file: Option<&Path>, excel: bool, is_terminal: bool) -> Result<Chosen> {
    let chosen = match format {
        Some(format) => format.into(),
        None if is_terminal && !excel => Chosen::Aligned,
        None => Chosen::File(suiting(file)),
    };
    match chosen {
        Chosen::File(Format::Csv) if excel => Ok(Chosen::File(Format::ExcelCsv)),
        _ if excel => Err(Error::Usage("--excel: is for csv; leave it out, or add --format csv".into())),
        Chosen::File(format) if format.is_binary() && is_terminal => {
            let ending = format.ending();
            Err(Error::Usage(format!("--format {ending}: is nothing to read on a terminal; give -o FILE.{ending}, or pipe it")))
        }
        chosen => Ok(chosen),
    }
}

/// Prints `frame` for a person to read.
pub(super) fn print_table(frame: &DataFrame) -> Result<()> {
    write_table(frame.clone().into(), None, Chosen::Aligned)
}

fn write_table(shown: Shown, file: Option<&Path>, format: Chosen) -> Result<()> {
    let bytes = match format {
        Chosen::File(format) => to_bytes(&shown.table, format)?,
        Chosen::Aligned => {
            let screen = if file.is_some() { Screen::default() } else { Screen::of_stdout() };
            let text = (shown.view)(&shown.table, &screen)?;
            if file.is_none() {
                return print_styled(&text);
            }
            anstream::adapter::strip_str(&text).to_string().into_bytes()
        }
    };
    if format == Chosen::File(Format::Xlsx)
        && let Some(cut) = too_large(&shown.table)?
    {
        say!("tifa: {cut}");
    }
    match file {
        Some(path) => write_whole(path, &bytes),
        None => print(&bytes),
    }
}

/// Writes to standard output; a reader that has gone away (`| head`) is no error.
pub(super) fn print(bytes: &[u8]) -> Result<()> {
    write_to(std::io::stdout().lock(), bytes)
}

/// As [`print`], with colours where they are wanted.
pub(super) fn print_styled(text: &str) -> Result<()> {
    write_to(anstream::stdout().lock(), text.as_bytes())
}

fn write_to(mut out: impl Write, bytes: &[u8]) -> Result<()> {
    ended(out.write_all(bytes).and_then(|()| out.flush()))
}

fn ended(written: std::io::Result<()>) -> Result<()> {
    match written {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::io("standard output", e)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_option_ending_and_place() {
        use OutputFormat as F;
        for (format, file, excel, is_terminal, want) in [
            (None, None, false, true, Some(Chosen::Aligned)),
            (None, None, false, false, Some(Chosen::File(Format::Csv))),
            (None, None, true, true, Some(Chosen::File(Format::ExcelCsv))),
            (None, Some("a.csv"), true, false, Some(Chosen::File(Format::ExcelCsv))),
            (None, Some("a.txt"), false, false, Some(Chosen::File(Format::Csv))),
            (None, Some("a.JSON"), false, false, Some(Chosen::File(Format::Json))),
            (None, Some("a.ndjson"), false, false, Some(Chosen::File(Format::Jsonl))),
            (None, Some("a.md"), false, false, Some(Chosen::File(Format::Markdown))),
            (None, Some("a.tex"), false, false, Some(Chosen::File(Format::Latex))),
            (None, Some("a.xlsx"), false, false, Some(Chosen::File(Format::Xlsx))),
            (Some(F::Csv), Some("a.xlsx"), true, false, Some(Chosen::File(Format::ExcelCsv))),
            (Some(F::Table), Some("a.txt"), false, false, Some(Chosen::Aligned)),
            (Some(F::Xlsx), None, false, false, Some(Chosen::File(Format::Xlsx))),
            (Some(F::Xlsx), None, false, true, None),
            (Some(F::Parquet), None, false, true, None),
            (Some(F::Latex), None, false, true, Some(Chosen::File(Format::Latex))),
            (Some(F::Table), None, true, true, None),
            (None, Some("a.parquet"), true, false, None),
        ] {
            let got = choose(format, file.map(Path::new), excel, is_terminal).ok();
            assert_eq!(got, want, "{format:?} {file:?} {excel} {is_terminal}");
        }
    }
}
