//! `tifa annotate`: sheets for readers to fill in.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{ReadingArgs, lexicons, say_list};
use crate::error::{Error, Result};
use crate::evaluation::{Unit, items, sheets};
use crate::text::plural_of;

/// A sample from every kind of document, language and voice, without what tifa says of it: coder-1.tsv and so on, with instructions
/// (README.txt). `tifa eval --gold` reads them when they are filled in.
#[derive(Debug, Args)]
pub(super) struct AnnotateArgs {
    /// Files and folders to read.
    #[arg(required = true, value_name = "INPUT")]
    input: Vec<PathBuf>,
    /// How many rows a sheet has, if there are as many.
    #[arg(long, value_name = "N", default_value_t = 200)]
    sample: usize,
    /// How many coders get a sheet.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=99))]
    coders: u8,
    /// Sample sentences in place of occurrences of formulas.
    #[arg(long)]
    sentences: bool,
    /// Another seed gives another sample.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The folder to write; a new or empty one.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &AnnotateArgs, global: &Global) -> Result<ExitCode> {
    // What coders have filled in is never written over.
    if std::fs::read_dir(&args.out).is_ok_and(|mut files| files.next().is_some()) {
        return Err(Error::Usage(format!("{}: holds files, perhaps sheets that are filled in; give --out a new or empty folder", args.out.display())));
    }
    let (unit, noun) = if args.sentences { (Unit::Sentences, "sentence") } else { (Unit::Occurrences, "occurrence") };
    let (items, problems) = items(&args.input, args.reading.spec().reading()?, &lexicons(global)?, unit)?;
    say_list(&problems, "with the input", global);
    if items.is_empty() {
        return Err(Error::Usage(format!("there is no {noun} in the input to ask about; `tifa inspect FILE` shows how a file was read")));
    }
    let sheets = sheets(&items, args.sample, usize::from(args.coders), args.seed);
    if sheets.drawn == 0 {
        return Err(Error::Usage("--sample 0: give a number of rows".into()));
    }
    sheets.output.write(&args.out, &[])?;
    if !global.quiet {
        let (all, documents) = (plural_of(items.len(), noun), plural_of(sheets.documents, "document"));
        let coders = plural_of(usize::from(args.coders), "sheet");
        say!("tifa: {} of {all}, from {documents} and {} strata → {coders} in {}", sheets.drawn, sheets.strata, args.out.display());
    }
    Ok(ExitCode::from(u8::from(global.strict && !problems.is_empty())))
}
