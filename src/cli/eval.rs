//! `tifa eval`: how often tifa is wrong.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{Inputs, finished, say_list, scan};
use super::output::{OutputArgs, print, print_table};
use crate::corpus::STDIN;
use crate::error::{Error, Result};
use crate::evaluation::{Evaluation, Gold, Texts, evaluate};
use crate::scan::Scan;

/// Columns: measure, what it is broken down by and the value, n, the estimate and its 95 % interval (bootstrap over documents).
/// docs/evaluation.md defines the measures and the formats.
#[derive(Debug, Args)]
pub(super) struct EvalArgs {
    /// What readers say of occurrences (file, start, end, text, formula, lang, speaker, voice) or of sentences (the same without
    /// a formula), tab-separated; or coders' sheets of `tifa annotate`, filled in. May be given several times.
    #[arg(long, value_name = "FILE")]
    gold: Vec<PathBuf>,
    /// What readers say of documents (file, published, event_date, title; `-` must be empty, an empty cell is not checked).
    #[arg(long, value_name = "FILE")]
    gold_documents: Vec<PathBuf>,
    /// The gold has every occurrence of its formulas in its documents: what else is found is wrong (precision).
    #[arg(long)]
    exhaustive: bool,
    /// A file for the list of everything that is wrong, in the format of its ending.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &EvalArgs, global: &Global) -> Result<ExitCode> {
    if args.gold.is_empty() && args.gold_documents.is_empty() {
        return Err(Error::Usage("against what? give --gold FILE or --gold-documents FILE; `tifa annotate` makes sheets to fill in".into()));
    }
    args.output.check()?;
    let gold = Gold::load(&args.gold, &args.gold_documents)?;
    let scan = scan(&args.inputs, global)?;
    let texts = texts(&args.inputs, &gold)?;
    if texts.is_none() && !global.quiet {
        say!("tifa: the input holds no texts that could be read again, so it is not checked that the gold's words stand where it says");
    }
    let evaluation = evaluate(&scan, texts.as_ref(), gold, args.exhaustive)?;
    say(&evaluation, global);
    args.output.write(evaluation.figures.clone())?;
    match &args.errors {
        Some(file) => args.output.write_beside(&evaluation.errors, file)?,
        None if args.output.is_for_reading() && evaluation.errors.height() > 0 => {
            print(b"\n")?;
            print_table(&evaluation.errors)?;
        }
        None => {}
    }
    Ok(if global.strict && !evaluation.problems.is_empty() { ExitCode::from(1) } else { finished(&scan, global) })
}

/// The texts of the gold's documents; a scan folder and standard input do not give them (again).
fn texts(inputs: &Inputs, gold: &Gold) -> Result<Option<Texts>> {
    if inputs.input.iter().any(|i| Scan::is_in(i) || i == Path::new(STDIN)) {
        return Ok(None);
    }
    // A record may be named, and a name may hold the sign that separates it.
    let forms = gold.rows.iter().flat_map(|r| [r.file.as_str(), r.file.split('#').next().unwrap_or("")]);
    let files: HashSet<&str> = forms.map(|f| f.rsplit('/').next().unwrap_or(f)).collect();
    let wanted = |path: &str| files.contains(path.rsplit('/').next().unwrap_or(path));
    Texts::read(&inputs.input, inputs.reading.spec().reading()?, wanted).map(Some)
}

/// Says what is to be said of the gold.
fn say(evaluation: &Evaluation, global: &Global) {
    if !global.quiet {
        evaluation.notes.iter().for_each(|note| say!("tifa: {note}"));
    }
    say_list(&evaluation.problems, "with the gold standard", global);
}
