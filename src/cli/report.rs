//! `tifa report`: a finished report.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{ReadingArgs, finished, said, say_problems};
use super::progress::Bar;
use crate::error::{Error, Result};
use crate::study::Study;

/// Leaves index.html (one self-contained page), tables/*.csv, charts/*.svg and *.png, and run.json in a folder: beside the
/// study.toml of a study, or in --out.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// A study.toml (or its folder); or files and folders to read; or one scan folder.
    #[arg(required = true, value_name = "STUDY|INPUT")]
    input: Vec<PathBuf>,
    /// A file of corrections to who speaks where (docs/evaluation.md) [default: the corrections.csv beside a study.toml].
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// The folder to write; a new or empty one, or one that tifa wrote.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &ReportArgs, global: &Global) -> Result<ExitCode> {
    let mut study = match (study_file(&args.input), &args.out) {
        (Some(file), out) => {
            let mut study = Study::load(&file)?;
            if let Some(out) = out {
                study.out.clone_from(out);
            }
            study
        }
        (None, Some(out)) => Study::of(args.input.clone(), out.clone()),
        (None, None) => return Err(Error::Usage("where to? give --out DIR for the report, or a study.toml in place of the input".into())),
    };
    study.lexicons.extend(global.lexicon.iter().cloned());
    study.reading.overlay(args.reading.spec());
    study.no_builtin |= global.no_builtin;
    study.corrections = args.corrections.clone().or(study.corrections);
    let scan = study.run(&Bar::new(global))?;
    say_problems(&scan, global)?;
    if !global.quiet {
        anstream::eprintln!("tifa: {} → {}", said(&scan), study.out.join("index.html").display());
    }
    Ok(finished(&scan, global))
}

/// The study that the arguments name, if they name one.
fn study_file(input: &[PathBuf]) -> Option<PathBuf> {
    let [one] = input else { return None };
    let inside = one.join("study.toml");
    if inside.is_file() {
        return Some(inside);
    }
    (one.extension().is_some_and(|e| e == "toml")).then(|| one.clone())
}
