//! `tifa scan`: a corpus into a folder of tables.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::Global;
use super::common::{Inputs, ShardArg, finished_with, lexicons, said_of, say_problems_of};
use super::progress::Bar;
use crate::error::Result;
use crate::scan::{Again, Scan, Written};
use crate::table::Format;
use crate::text::plural_of;

/// The folder gets `documents`, `segments`, `hits` and `problems` as .parquet and .csv, a run.json that says what they were made
/// from, and a state.jsonl with the files that were read. Every other command takes that folder in place of the files, and is then
/// done at once.
///
/// Into a folder that it has scanned before, only new and changed files are read; the tables are those of a new scan. With other
/// lexicons or options, or another build of tifa, everything is read again.
#[derive(Debug, Args)]
pub(super) struct ScanArgs {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    shard: ShardArg,
    /// Read everything, whatever was read before.
    #[arg(long)]
    fresh: bool,
    #[command(flatten)]
    out: FolderArgs,
}

/// Where tables go.
#[derive(Debug, Args)]
pub(super) struct FolderArgs {
    /// The folder to write; a new or empty one, or one that tifa wrote.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// `parquet` leaves the CSV out.
    #[arg(long, value_name = "FORMAT")]
    format: Option<ScanFormat>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ScanFormat {
    Parquet,
    Csv,
}

impl FolderArgs {
    pub fn formats(&self) -> &[Format] {
        match self.format {
            None => &[Format::Parquet, Format::Csv],
            Some(ScanFormat::Parquet) => &[Format::Parquet],
            Some(ScanFormat::Csv) => &[Format::Csv],
        }
    }
}

pub(super) fn run(args: &ScanArgs, global: &Global) -> Result<ExitCode> {
    let how = args.inputs.how(args.shard)?;
    let folder = &args.out.out;
    crate::table::check_folder(folder)?;
    let written = Scan::into_folder(&args.inputs.input, &how, &lexicons(global)?, folder, args.out.formats(), args.fresh, &Bar::new(global))?;
    if !global.quiet {
        match &written.again {
            Again::First => {}
            Again::Kept { read, kept, dropped } => {
                say!("tifa: {} read, {kept} kept as they were, {dropped} no longer there", plural_of(*read, "file"));
            }
            Again::Nothing(why) => say!("tifa: {}: everything is read again: {why}", folder.display()),
        }
    }
    done(&written, folder, global)
}

/// Says what was written.
pub(super) fn done(written: &Written, folder: &Path, global: &Global) -> Result<ExitCode> {
    let problems = written.problems.height();
    say_problems_of(&written.problems, written.manifest.counts.documents, global)?;
    if !global.quiet {
        say!("tifa: {}, {} → {}", said_of(&written.manifest), plural_of(problems, "problem"), folder.display());
    }
    Ok(finished_with(problems, global))
}
