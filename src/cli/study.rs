//! `tifa study`: studies to be written.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::Global;
use super::common::{Inputs, finished, said, say_problems};
use super::output::print;
use super::progress::Bar;
use crate::error::{Error, Result};
use crate::study::{StudyFile, new_study, place_for};
use crate::table::write_whole;

/// A study is a file, study.toml, that says what is asked of which corpus; `tifa report` answers it.
#[derive(Debug, Args)]
pub(super) struct StudyArgs {
    #[command(subcommand)]
    command: StudyCommand,
}

#[derive(Debug, Subcommand)]
enum StudyCommand {
    /// A study.toml for a corpus: what is in it, and a first question to it, with comments.
    ///
    /// It suggests a period and, where two speakers (or sides, or sources) have documents enough, a comparison, and lists the values that one
    /// could filter by. `tifa report` runs it as it stands; change it to what you want to know.
    New(NewArgs),
}

#[derive(Debug, Args)]
struct NewArgs {
    #[command(flatten)]
    inputs: Inputs,
    /// The file to write, NAME/study.toml; its folder is made where it is not there. It is never overwritten [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &StudyArgs, global: &Global) -> Result<ExitCode> {
    match &args.command {
        StudyCommand::New(args) => new(args, global),
    }
}

fn new(args: &NewArgs, global: &Global) -> Result<ExitCode> {
    let inputs = &args.inputs;
    let file = args.output.as_deref().map(|to| place_for(to, &inputs.input)).transpose()?;
    let asked = StudyFile {
        corpus: inputs.input.clone(),
        reading: inputs.reading.spec(),
        lexicons: global.lexicon.clone(),
        no_builtin: global.no_builtin,
        corrections: inputs.corrections.clone(),
        ..StudyFile::default()
    };
    let (text, scan) = new_study(&asked, file.as_deref(), &Bar::new(global))?;
    say_problems(&scan, global)?;
    match &file {
        Some(file) => {
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
            }
            write_whole(file, text.as_bytes())?;
            if !global.quiet {
                let file = file.display();
                say!("tifa: {} → {file}; look it over, then `tifa report {file}`", said(&scan));
            }
        }
        None => print(text.as_bytes())?,
    }
    Ok(finished(&scan, global))
}
