//! The command line: arguments to library calls to printing. The only place that writes to the terminal.
//!
//! One file a command; what they share is in `common` (inputs, filters) and `output` (tables).

/// Says something to the user on standard error. A reader that has gone away, or a full disk, is no reason to stop.
macro_rules! say {
    ($($words:tt)*) => {{
        let _ = std::io::Write::write_fmt(&mut anstream::stderr().lock(), format_args!("{}\n", format_args!($($words)*)));
    }};
}

mod adopt;
mod annotate;
mod asking;
mod chart;
mod common;
mod compare;
mod completions;
mod cooccur;
mod count;
mod discover;
mod disperse;
mod eval;
mod explain;
mod hits;
mod inspect;
mod kwic;
mod lexicon;
mod merge;
mod output;
mod progress;
mod report;
mod scan;
mod study;
mod terminal;
mod text;
mod trend;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::error::Result;

/// Who used which political formula when.
///
/// Finds set formulations (提法) such as "true multilateralism" or "community with a shared future for mankind" in readouts,
/// press conferences, speeches and statements, in English and Chinese; says who said each, when, and how often per 10,000 words
/// of what that person said.
#[derive(Debug, Parser)]
#[command(name = "tifa", version, arg_required_else_help = true, subcommand_required = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Global {
    /// Say nothing but errors and the output itself.
    #[arg(long, global = true)]
    quiet: bool,
    /// How many threads read and search, at most 256; the result does not depend on it [default: one a core].
    #[arg(long, global = true, value_name = "N")]
    threads: Option<usize>,
    /// A lexicon to use; one of the same name as a built-in replaces it. May be given several times.
    #[arg(long, global = true, value_name = "FILE")]
    lexicon: Vec<std::path::PathBuf>,
    /// Use no built-in lexicon.
    #[arg(long, global = true)]
    no_builtin: bool,
    /// Exit with 1 if there were problems with the input.
    #[arg(long, global = true)]
    strict: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read, attribute and search a corpus, and write its tables into a folder.
    Scan(scan::ScanArgs),
    /// Join scans, of parts of a corpus or of several, to one.
    Merge(merge::MergeArgs),
    /// A finished report with tables, charts and a page, of a study or of any input.
    Report(report::ReportArgs),
    /// Studies to be written: a study.toml for a corpus, with what is in it.
    Study(study::StudyArgs),
    /// Every occurrence of every formula, with speaker, date, voice and evidence.
    ///
    /// One row an occurrence; `docs/columns.md` defines the columns. An occurrence inside a longer formula is not listed.
    Hits(hits::HitsArgs),
    /// Occurrences, documents, exposure and rate, by whatever you like.
    ///
    /// Languages are never pooled. Speech without a speaker is `(unattributed)`, the reporter `(narration)`.
    Count(count::CountArgs),
    /// The sentences behind the numbers, lined up at the formula.
    ///
    /// Columns: formula, date, speaker, voice, evidence, stance, document, start and end (bytes into the text that `tifa text`
    /// prints), the words before, the formula as it stands, the words after.
    Kwic(kwic::KwicArgs),
    /// Two groups of text (speakers, sides, years …) held against each other, or many speakers' profiles.
    ///
    /// A group is COLUMN=VALUE, several values separated by commas, several conditions by semicolons: "speaker=NAME",
    /// "side=US,GB;year=2024", "since=2023-07". Columns: what `count --by` takes, and since, until. Documents are the units of
    /// inference: intervals resample them, p shuffles them. Languages are compared each by itself. docs/methods.md says which
    /// figure answers which question.
    Compare(compare::CompareArgs),
    /// How use changes over time: rates with intervals, trends, change points, first and last seen, wordings.
    ///
    /// A period without text is a gap, not a zero. What comes before the corpus is not known: the first use in it is no first use.
    /// docs/methods.md says which figure answers which question.
    Trend(trend::TrendArgs),
    /// How evenly each formula is spread over documents or time.
    ///
    /// A formula of few documents, or of one month, is that document's phrase or that month's. DP compares where it stands with where the
    /// text is.
    Disperse(disperse::DisperseArgs),
    /// Which formulas stand together in documents, paragraphs or sentences.
    ///
    /// A unit counts once for a formula, however often it stands there. Pairs come from the most closely bound to those that avoid each
    /// other (by G², with the sign of the association).
    Cooccur(cooccur::CooccurArgs),
    /// Who takes up a formula of another side, since when, and in whose report.
    ///
    /// Of formulas whose originator's side is known: which speakers of other sides use them, since when, and in what way. What only the
    /// originator's side (or a third) reports of a speaker is called attributed: it is that source's word, not an adoption. Use is not
    /// endorsement: to name a formula is to use it.
    Adopt(adopt::AdoptArgs),
    /// Formulas that no lexicon holds yet: recurrent fixed strings, ranked by what makes a formula.
    ///
    /// English strings of 2 to 12 words and Chinese ones of 3 to 20 characters that recur in several documents, less what only occurs inside
    /// longer ones, names, titles, places, dates and stock sentences. What the lexicons hold is left out. `--since` divides the period: what
    /// is new, rising, falling or gone since that day. The list is one of candidates: a reader judges. docs/methods.md says how the
    /// score is made.
    Discover(discover::DiscoverArgs),
    /// One chart, as SVG or PNG.
    ///
    /// Every chart says what is measured, in which unit, and of how much text. Filters and inputs are those of the other commands.
    Chart(chart::ChartArgs),
    /// How often tifa is wrong: what it finds, held against what readers say.
    Eval(eval::EvalArgs),
    /// Sheets for readers to fill in, with a sample of what is found, against which `eval` holds it.
    Annotate(annotate::AnnotateArgs),
    /// The text of a file, to which all offsets refer.
    Text(text::TextArgs),
    /// How a file was read: dates and why, who speaks where and why, formulas marked.
    Inspect(inspect::InspectArgs),
    /// Why the words at an offset were given to their speaker, or to nobody, and why a formula matched there or did not.
    Explain(explain::ExplainArgs),
    /// What the lexicons hold, whether they are sound, and how to make one's own.
    Lexicon(lexicon::LexiconArgs),
    /// A script with which a shell completes commands and options at the tab key.
    Completions(completions::CompletionsArgs),
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            say!("tifa: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode> {
    let global = cli.global;
    if let Some(threads) = global.threads {
        // Fails only if a pool is there already, and none is.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.clamp(1, 256)).build_global();
    }
    match cli.command {
        Command::Scan(args) => scan::run(&args, &global),
        Command::Merge(args) => merge::run(&args, &global),
        Command::Report(args) => report::run(&args, &global),
        Command::Study(args) => study::run(&args, &global),
        Command::Hits(args) => hits::run(&args, &global),
        Command::Count(args) => count::run(&args, &global),
        Command::Kwic(args) => kwic::run(&args, &global),
        Command::Compare(args) => compare::run(&args, &global),
        Command::Trend(args) => trend::run(&args, &global),
        Command::Disperse(args) => disperse::run(&args, &global),
        Command::Cooccur(args) => cooccur::run(&args, &global),
        Command::Adopt(args) => adopt::run(&args, &global),
        Command::Discover(args) => discover::run(&args, &global),
        Command::Chart(args) => chart::run(&args, &global),
        Command::Eval(args) => eval::run(&args, &global),
        Command::Annotate(args) => annotate::run(&args, &global),
        Command::Text(args) => text::run(&args),
        Command::Inspect(args) => inspect::run(&args, &global),
        Command::Explain(args) => explain::run(&args, &global),
        Command::Lexicon(args) => lexicon::run(&args, &global),
        Command::Completions(args) => completions::run(&args),
    }
}
