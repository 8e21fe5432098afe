//! `tifa report`: a finished report.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{ReadingArgs, finished, said, say_absent, say_problems};
use super::progress::Bar;
use crate::error::{Error, Result};
use crate::study::{Anew, Earlier, Study};

/// Leaves index.html (one self-contained page), tables/*.csv, tables.xlsx, charts/*.svg and *.png, and run.json in a folder:
/// beside the study.toml of a study, or in --out.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// A study.toml (or its folder); or files and folders to read; or one scan folder.
    #[arg(required_unless_present = "from", value_name = "STUDY|INPUT")]
    input: Vec<PathBuf>,
    /// Repeat the report of this run.json, into its folder unless --out says otherwise, and say on standard error what differs: version,
    /// lexicons, inputs, options, counts, tables. The exit code does not depend on that. INPUT, --lexicon and the like take the place of what
    /// the run had; they are needed where run.json keeps only a name, because a path was absolute.
    #[arg(long, value_name = "RUN.JSON")]
    from: Option<PathBuf>,
    /// A file of corrections to who speaks where (docs/evaluation.md) [default: the corrections.csv beside a study.toml].
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// The language of the page's own words: en or zh [default: what the study says, else en].
    #[arg(long, value_name = "LANG", value_parser = ["en", "zh"])]
    ui: Option<String>,
    /// Look for recurrent strings that no lexicon holds, and show so many of each language, at most 40 [default: what the study says, else 0].
    #[arg(long, value_name = "N")]
    discover: Option<usize>,
    /// The folder to write; a new or empty one, or one that tifa wrote.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &ReportArgs, global: &Global) -> Result<ExitCode> {
    let earlier = args.from.as_deref().map(Earlier::load).transpose()?;
    let mut study = match &earlier {
        Some(earlier) => again(earlier, args, global)?,
        None => asked(args, global)?,
    };
    study.file.ui = args.ui.clone().or(study.file.ui);
    study.file.discover = args.discover.unwrap_or(study.file.discover);
    let scan = study.run(&Bar::new(global), |scan, filter| say_absent(scan, filter, global))?;
    say_problems(&scan, global)?;
    if !global.quiet {
        if let Some(earlier) = &earlier {
            earlier.differences(&study.out)?.iter().for_each(|line| say!("tifa: {line}"));
        }
        say!("tifa: {} → {}", said(&scan), study.out.join("index.html").display());
    }
    Ok(finished(&scan, global))
}

/// The study that is asked for by a study.toml or by inputs.
fn asked(args: &ReportArgs, global: &Global) -> Result<Study> {
    let mut study = Study::asked(&args.input, args.out.clone())?;
    study.file.lexicons.extend(global.lexicon.iter().cloned());
    study.file.reading.overlay(args.reading.spec());
    study.file.no_builtin |= global.no_builtin;
    study.file.corrections = args.corrections.clone().or(study.file.corrections);
    Ok(study)
}

/// The study of an earlier run.
fn again(earlier: &Earlier, args: &ReportArgs, global: &Global) -> Result<Study> {
    if let Some(file) = Study::file_in(&args.input) {
        let message = "is a study, and --from repeats the one that run.json holds; leave one of the two out, or give the corpus";
        return Err(Error::Usage(format!("{}: {message}", file.display())));
    }
    earlier.study(Anew {
        corpus: args.input.clone(),
        reading: args.reading.spec(),
        lexicons: global.lexicon.clone(),
        no_builtin: global.no_builtin,
        corrections: args.corrections.clone(),
        out: args.out.clone(),
    })
}
