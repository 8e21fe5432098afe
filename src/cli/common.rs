//! What the commands share: inputs, filters, and what they say of problems.

use std::path::PathBuf;
use std::process::ExitCode;

use super::Global;
use super::output::{OutputArgs, Shown};
use super::progress::Bar;
use crate::analysis::{self, DateBasis, Dimension, Filter, FilterSpec, Nested, Translations};
use crate::corpus::{Field, Problem, ReadingSpec, is_loss};
use crate::error::Result;
use crate::lexicon::Lexicons;
use crate::scan::{Corrections, How, Manifest, Scan, Shard};
use crate::table::{Answer, texts};
use crate::text::plural_of;
use clap::{Args, ValueEnum};
use polars::prelude::DataFrame;

/// What is said of an answer without rows.
pub(super) const NOTHING: &str = "nothing found; widen the filters, or see with `tifa inspect FILE` how a file was read";
/// More problems than this are only counted on the terminal.
const SHOWN_PROBLEMS: usize = 10;

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

impl Inputs {
    /// How they are scanned.
    pub fn how(&self, shard: ShardArg) -> Result<How> {
        let corrections = self.corrections.as_deref().map(Corrections::load).transpose()?.unwrap_or_default();
        Ok(How { reading: self.reading.spec().reading()?, corrections, shard: shard.shard, words: true })
    }
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
    /// Do not read texts for who speaks: counting alone, and several times as fast. Only speakers that the input gives are known.
    #[arg(long)]
    no_attribution: bool,
    /// Refuse texts, and records of tables, that are larger: 64M, 1G [default: 64M].
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_document: Option<u64>,
}

/// `64M`: a number of bytes, with K, M or G for so many times 1024.
fn size(text: &str) -> std::result::Result<u64, String> {
    let upper = text.trim().to_uppercase();
    let digits = upper.trim_end_matches("IB").trim_end_matches('B');
    let (digits, times) = match digits.strip_suffix(['K', 'M', 'G']) {
        Some(rest) => (rest, 1_u64 << (10 * (1 + "KMG".find(&digits[rest.len()..]).unwrap_or(0)))),
        None => (digits, 1),
    };
    let bytes = digits.trim().parse::<u64>().ok().and_then(|n| n.checked_mul(times)).filter(|n| *n > 0);
    bytes.ok_or_else(|| "write a size as 64M or 1G".to_owned())
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
            no_attribution: self.no_attribution,
            max_document: self.max_document,
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

/// What analyses tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SubjectArg {
    Formula,
    Theme,
}

impl SubjectArg {
    pub fn dimension(self) -> Dimension {
        match self {
            SubjectArg::Formula => Dimension::Formula,
            SubjectArg::Theme => Dimension::Theme,
        }
    }
}

/// Which part of the inputs is meant.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(super) struct ShardArg {
    /// Only a part of the input, as 1/8, 2/8 … 8/8: which documents those are is told by the names of files (in files of 1 MiB and more, of
    /// documents). `tifa merge` joins the scans of all parts.
    #[arg(long, value_name = "I/N", value_parser = shard, help_heading = "Reading (docs/formats.md)")]
    pub shard: Option<Shard>,
}

fn shard(text: &str) -> std::result::Result<Shard, String> {
    text.parse::<Shard>().map_err(|_| "write which part of how many, as 1/8, 2/8 … 8/8".to_owned())
}

/// Whether a question asks for the words that were found, which take much room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    Shown,
    LeftOut,
}

/// What every query takes: inputs, filters, and where the table goes.
#[derive(Debug, Clone, Args)]
pub(super) struct QueryArgs {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub shard: ShardArg,
    #[command(flatten)]
    pub filter: FilterArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

impl QueryArgs {
    /// Asks a question of the inputs and writes the answer.
    pub fn answer<S: Into<Shown>>(&self, words: Words, global: &Global, ask: impl FnOnce(&Scan, &Filter) -> Result<S>) -> Result<ExitCode> {
        self.answer_or(words, global, NOTHING, ask)
    }

    /// As [`QueryArgs::answer`]; an answer without rows means `empty`.
    pub fn answer_or<S: Into<Shown>>(&self, words: Words, global: &Global, empty: &str, ask: impl FnOnce(&Scan, &Filter) -> Result<S>) -> Result<ExitCode> {
        self.output.check()?;
        let filter = self.filter.filter()?;
        let scan = scan_part(&self.inputs, self.shard, words, global)?;
        say_absent(&scan, &filter, global)?;
        let shown: Shown = ask(&scan, &filter)?.into();
        if shown.table.height() == 0 && !global.quiet {
            say!("tifa: {}", analysis::why_empty(&scan, &filter)?.unwrap_or_else(|| empty.to_owned()));
        }
        self.output.write(shown)?;
        Ok(finished(&scan, global))
    }
}

/// What the columns of the answers `names` mean, for the end of `--help`.
pub(super) fn columns_of(names: &[&str]) -> String {
    let answers: Vec<String> = names.iter().filter_map(|n| Answer::named(n)).map(|a| a.help()).collect();
    format!("Columns. {}", answers.join("\n\n"))
}

/// The scan of the inputs: made now, or read from a folder that holds one.
pub(super) fn scan(inputs: &Inputs, global: &Global) -> Result<Scan> {
    scan_part(inputs, ShardArg::default(), Words::Shown, global)
}

fn scan_part(inputs: &Inputs, shard: ShardArg, words: Words, global: &Global) -> Result<Scan> {
    let how = How { words: words == Words::Shown, ..inputs.how(shard)? };
    let chosen = !global.lexicon.is_empty() || global.no_builtin;
    let scan = Scan::open(&inputs.input, &how, || lexicons(global), chosen, &Bar::new(global))?;
    say_problems(&scan, global)?;
    Ok(scan)
}

/// Refuses formulas and themes that are nowhere, and says which other values of the filter nothing here has.
pub(super) fn say_absent(scan: &Scan, filter: &Filter, global: &Global) -> Result<()> {
    let notes = analysis::absent(scan, filter, || lexicons(global))?;
    if !global.quiet {
        notes.iter().for_each(|note| say!("tifa: {note}"));
    }
    Ok(())
}

/// The lexicons that the options ask for.
pub(super) fn lexicons(global: &Global) -> Result<Lexicons> {
    Lexicons::load(&global.lexicon, global.no_builtin)
}

/// Says on standard error what could not be read.
pub(super) fn say_problems(scan: &Scan, global: &Global) -> Result<()> {
    say_problems_of(&scan.problems, scan.documents.height(), global)
}

/// As [`say_problems`], of a scan with so many documents.
pub(super) fn say_problems_of(problems: &DataFrame, documents: usize, global: &Global) -> Result<()> {
    let count = problems.height();
    if count == 0 || global.quiet {
        return Ok(());
    }
    let (paths, records) = (texts(problems, "path")?, texts(problems, "record")?);
    for (row, message) in texts(problems, "message")?.iter().enumerate().take(SHOWN_PROBLEMS) {
        let place = if records[row].is_empty() { paths[row].clone() } else { format!("{}#{}", paths[row], records[row]) };
        say!("tifa: {place}: {message}");
    }
    let lost = texts(problems, "kind")?.iter().filter(|k| is_loss(k)).count();
    let noted = count - lost;
    let more = count.saturating_sub(SHOWN_PROBLEMS);
    let hidden = if more > 0 { format!(" ({more} not shown)") } else { String::new() };
    let lost = if lost == 0 {
        String::new()
    } else {
        format!("{} could not be read; ", plural_of(lost, "file or record").replace("file or records", "files or records"))
    };
    let noted = if noted == 0 { String::new() } else { format!("{} with what was read; ", plural_of(noted, "problem")) };
    say!("tifa: {lost}{noted}{} read{hidden}", plural_of(documents, "document"));
    Ok(())
}

/// Says on standard error what is wrong with something else than what was read.
pub(super) fn say_list(problems: &[Problem], of_what: &str, global: &Global) {
    if problems.is_empty() || global.quiet {
        return;
    }
    for p in problems.iter().take(SHOWN_PROBLEMS) {
        let place = if p.record.is_empty() { p.path.clone() } else { format!("{}#{}", p.path, p.record) };
        say!("tifa: {place}: {}", p.message);
    }
    let more = problems.len().saturating_sub(SHOWN_PROBLEMS);
    let hidden = if more > 0 { format!(" ({more} not shown)") } else { String::new() };
    say!("tifa: {} {of_what}{hidden}", plural_of(problems.len(), "problem"));
}

/// How much was read and found, with and without copies.
pub(super) fn said(scan: &Scan) -> String {
    said_of(&scan.manifest)
}

/// As [`said`], of a scan that is not in memory.
pub(super) fn said_of(manifest: &Manifest) -> String {
    let counts = &manifest.counts;
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

/// What the program exits with after a finished run.
pub(super) fn finished(scan: &Scan, global: &Global) -> ExitCode {
    finished_with(scan.problems.height(), global)
}

/// As [`finished`], with so many problems.
pub(super) fn finished_with(problems: usize, global: &Global) -> ExitCode {
    ExitCode::from(u8::from(global.strict && problems > 0))
}
