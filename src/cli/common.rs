//! What the commands share: inputs, filters, and how tables leave the program.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use polars::prelude::*;

use super::Global;
use crate::analysis::{DateBasis, Filter, FilterSpec, Nested, Translations};
use crate::corpus::{Field, Problem, ReadingSpec, is_loss};
use crate::error::{Error, Result};
use crate::lexicon::Lexicons;
use crate::scan::{Corrections, Scan};
use crate::table::{Format, to_bytes, write_whole};

/// More problems than this are only counted on the terminal.
const SHOWN_PROBLEMS: usize = 10;
/// The decimals of rates and of shares on the terminal.
const RATE_DECIMALS: usize = 2;
const SHARE_DECIMALS: usize = 3;

/// Files, folders, or one scan folder.
#[derive(Debug, Clone, Args)]
pub(super) struct Inputs {
    /// Files and folders to read, `-` for JSON lines on standard input, or one folder that `scan` or `report` has written.
    #[arg(required = true, value_name = "INPUT")]
    pub input: Vec<PathBuf>,
    /// A file of corrections to who speaks where (docs/evaluation.md).
    #[arg(long, value_name = "FILE")]
    pub corrections: Option<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// How files are read, beside what they show by themselves.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Reading (docs/formats.md)")]
pub(super) struct ReadingArgs {
    /// The column of tables that holds something, as FIELD=NAME: text=full_text. Fields: text, date, event_date, year, title,
    /// speaker, author, source, country, url, language, id.
    #[arg(long, value_name = "FIELD=NAME", value_parser = column)]
    column: Vec<(Field, String)>,
    /// Join the rows of a table with the same value in this column to one document.
    #[arg(long, value_name = "COLUMN")]
    group_by: Option<String>,
    /// What names of files say: '{country}_{session}_{year}'.
    #[arg(long, value_name = "PATTERN")]
    path_pattern: Option<String>,
    /// Split files into documents: at '###' (headings of that level), date (lines that are a date), formfeed, or 'regex:PATTERN'.
    #[arg(long, value_name = "WHERE")]
    split: Option<String>,
    /// Read every document as one of this kind: readout, transcript, address, statement, letter, joint, article, digest.
    #[arg(long, value_name = "GENRE")]
    read_as: Option<String>,
}

fn column(text: &str) -> std::result::Result<(Field, String), String> {
    let (field, name) = text.split_once('=').ok_or("write FIELD=NAME, as in text=full_text")?;
    Ok((field.trim().parse::<Field>().map_err(|e| e.to_string())?, name.trim().to_owned()))
}

impl ReadingArgs {
    /// As it is written down in a study.
    pub fn spec(&self) -> ReadingSpec {
        ReadingSpec {
            columns: self.column.iter().cloned().collect(),
            group_by: self.group_by.clone(),
            path_pattern: self.path_pattern.clone(),
            split: self.split.clone(),
            genre: self.read_as.clone(),
        }
    }
}

/// Filters of every query.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Filters (several values: separated by commas)")]
pub(super) struct FilterArgs {
    /// From this day on (2023, 2023-05 or 2023-05-17).
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Up to this day.
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Speakers, by any form of their names: Wang Yi, 王毅.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    speaker: Vec<String>,
    /// Sides of speakers: CN, US, UN …
    #[arg(long, value_name = "SIDE", value_delimiter = ',')]
    side: Vec<String>,
    /// Sources of documents: CN-MFA, XINHUA …
    #[arg(long, value_name = "SOURCE", value_delimiter = ',')]
    source: Vec<String>,
    /// Languages: en, zh.
    #[arg(long, value_name = "LANG", value_delimiter = ',')]
    language: Vec<String>,
    /// Voices [default: all but title, question and boilerplate].
    #[arg(long, value_name = "VOICE", value_delimiter = ',')]
    voice: Vec<String>,
    /// Kinds of documents: readout, transcript, address …
    #[arg(long, value_name = "GENRE", value_delimiter = ',')]
    genre: Vec<String>,
    /// Formulas, by id.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    formula: Vec<String>,
    /// Themes, by id.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    theme: Vec<String>,
    /// The weakest evidence for a speaker that counts: label, byline, metadata, cue, pronoun, carried, continued.
    #[arg(long, value_name = "EVIDENCE")]
    min_evidence: Option<String>,
    /// Whether copies of other documents count: drop or keep.
    #[arg(long, value_name = "WHAT", default_value = "drop")]
    duplicates: Duplicates,
    /// Of documents in two languages on one event: keep both, or only the first.
    #[arg(long, value_name = "WHAT", default_value = "keep")]
    translations: TranslationsArg,
    /// Which date counts: of the event (else of publication), or published (else of the event).
    #[arg(long, value_name = "WHICH", default_value = "event")]
    date: DateArg,
    /// What becomes of occurrences inside longer ones: only the outer one counts, or all do.
    #[arg(long, value_name = "WHAT", default_value = "outer")]
    nested: NestedArg,
    /// Count a formula also for those of which it is a species (never twice for one stretch of text).
    #[arg(long)]
    roll_up: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum NestedArg {
    #[default]
    Outer,
    All,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum TranslationsArg {
    #[default]
    Keep,
    First,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum DateArg {
    #[default]
    Event,
    Published,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Duplicates {
    #[default]
    Drop,
    Keep,
}

impl FilterArgs {
    pub fn filter(&self) -> Result<Filter> {
        let spec = FilterSpec {
            since: self.since.clone(),
            until: self.until.clone(),
            speaker: self.speaker.clone(),
            side: self.side.clone(),
            source: self.source.clone(),
            language: self.language.clone(),
            voice: self.voice.clone(),
            genre: self.genre.clone(),
            formula: self.formula.clone(),
            theme: self.theme.clone(),
            min_evidence: self.min_evidence.clone(),
            keep_duplicates: self.duplicates == Duplicates::Keep,
            translations: if self.translations == TranslationsArg::First { Translations::First } else { Translations::Keep },
            date: if self.date == DateArg::Published { DateBasis::Published } else { DateBasis::Event },
            nested: if self.nested == NestedArg::All { Nested::All } else { Nested::Outer },
            roll_up: self.roll_up,
        };
        spec.filter()
    }
}

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

fn cell(column: &Column, row: usize, decimals: usize) -> Result<String> {
    let value = column.get(row)?;
    Ok(match value {
        AnyValue::Null => String::new(),
        AnyValue::Float64(x) => format!("{x:.decimals$}"),
        other => other.str_value().to_string(),
    })
}

/// What every query takes: inputs, filters, and where the table goes.
#[derive(Debug, Clone, Args)]
pub(super) struct QueryArgs {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl QueryArgs {
    /// Asks a question of the inputs and writes the answer.
    pub fn answer(&self, global: &Global, ask: impl FnOnce(&Scan, &Filter) -> Result<DataFrame>) -> Result<ExitCode> {
        let filter = self.filter.filter()?;
        let scan = scan(&self.inputs, global)?;
        let table = ask(&scan, &filter)?;
        if table.height() == 0 && !global.quiet {
            anstream::eprintln!(
                "tifa: nothing found; check ids with `tifa lexicon list`, widen the filters, or see with `tifa inspect FILE` how a file was read"
            );
        }
        self.output.write(&table)?;
        Ok(finished(&scan, global))
    }
}

/// The scan of the inputs: made now, or read from a folder that holds one.
pub(super) fn scan(inputs: &Inputs, global: &Global) -> Result<Scan> {
    let corrections = inputs.corrections.as_deref().map(Corrections::load).transpose()?.unwrap_or_default();
    let chosen = !global.lexicon.is_empty() || global.no_builtin;
    let scan = Scan::open(&inputs.input, inputs.reading.spec().reading()?, &lexicons(global)?, chosen, &corrections)?;
    say_problems(&scan, global)?;
    Ok(scan)
}

/// The lexicons that the options ask for.
pub(super) fn lexicons(global: &Global) -> Result<Lexicons> {
    Lexicons::load(&global.lexicon, global.no_builtin)
}

/// Says on standard error what could not be read.
pub(super) fn say_problems(scan: &Scan, global: &Global) -> Result<()> {
    let count = scan.problems.height();
    if count == 0 || global.quiet {
        return Ok(());
    }
    for row in 0..count.min(SHOWN_PROBLEMS) {
        let text = |name: &str| -> Result<String> { cell(scan.problems.column(name)?, row, 0) };
        let record = text("record")?;
        let place = if record.is_empty() { text("path")? } else { format!("{}#{record}", text("path")?) };
        anstream::eprintln!("tifa: {place}: {}", text("message")?);
    }
    let kinds = scan.problems.column("kind")?;
    let lost = (0..count).map(|row| cell(kinds, row, 0)).collect::<Result<Vec<String>>>()?.iter().filter(|k| is_loss(k)).count();
    let noted = count - lost;
    let more = count.saturating_sub(SHOWN_PROBLEMS);
    let hidden = if more > 0 { format!(" ({more} not shown)") } else { String::new() };
    let lost = if lost == 0 {
        String::new()
    } else {
        format!("{} could not be read; ", plural_of(lost, "file or record").replace("file or records", "files or records"))
    };
    let noted = if noted == 0 { String::new() } else { format!("{} with what was read; ", plural_of(noted, "problem")) };
    anstream::eprintln!("tifa: {lost}{noted}{} read{hidden}", plural_of(scan.documents.height(), "document"));
    Ok(())
}

/// Says on standard error what is wrong with something else than what was read.
pub(super) fn say_list(problems: &[Problem], of_what: &str, global: &Global) {
    if problems.is_empty() || global.quiet {
        return;
    }
    for p in problems.iter().take(SHOWN_PROBLEMS) {
        let place = if p.record.is_empty() { p.path.clone() } else { format!("{}#{}", p.path, p.record) };
        anstream::eprintln!("tifa: {place}: {}", p.message);
    }
    let more = problems.len().saturating_sub(SHOWN_PROBLEMS);
    let hidden = if more > 0 { format!(" ({more} not shown)") } else { String::new() };
    anstream::eprintln!("tifa: {} {of_what}{hidden}", plural_of(problems.len(), "problem"));
}

/// How much was read and found, with and without copies.
pub(super) fn said(scan: &Scan) -> String {
    let counts = &scan.manifest.counts;
    let copies = match counts.duplicates {
        0 => String::new(),
        n => format!(" ({} without the {})", counts.documents - n, plural_of_copies(n)),
    };
    let hits = match counts.hits_in_duplicates {
        0 => String::new(),
        n => format!(" ({} without copies)", counts.hits - n),
    };
    let translations = match counts.translations {
        0 => String::new(),
        n => format!(", {n} of an event that another one tells in another language"),
    };
    format!("{}{copies}{translations}, {}{hits}", plural_of(counts.documents, "document"), plural_of(counts.hits, "hit"))
}

fn plural_of_copies(n: usize) -> String {
    if n == 1 { "1 copy".to_owned() } else { format!("{n} copies") }
}

/// `1 document`, `2 documents`.
pub(super) fn plural_of(count: usize, noun: &str) -> String {
    format!("{count} {}", plural(count, noun))
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

/// What the program exits with after a finished run.
pub(super) fn finished(scan: &Scan, global: &Global) -> ExitCode {
    ExitCode::from(u8::from(global.strict && scan.problems.height() > 0))
}
