//! `tifa scan`: a corpus into a folder of tables.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::Global;
use super::common::{Inputs, finished, plural_of, said, scan};
use crate::error::Result;
use crate::table::Format;

/// The folder gets `documents`, `segments`, `hits` and `problems` as .parquet and .csv, and a run.json that says what they
/// were made from. Every other command takes that folder in place of the files, and is then done at once.
#[derive(Debug, Args)]
pub(super) struct ScanArgs {
    #[command(flatten)]
    inputs: Inputs,
    /// The folder to write; a new or empty one, or one that tifa wrote.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// `parquet` leaves the CSV out.
    #[arg(long, value_name = "FORMAT")]
    format: Option<ScanFormat>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ScanFormat {
    Parquet,
    Csv,
}

pub(super) fn run(args: &ScanArgs, global: &Global) -> Result<ExitCode> {
    crate::table::check_folder(&args.out)?;
    let scan = scan(&args.inputs, global)?;
    let formats: &[Format] = match args.format {
        None => &[Format::Parquet, Format::Csv],
        Some(ScanFormat::Parquet) => &[Format::Parquet],
        Some(ScanFormat::Csv) => &[Format::Csv],
    };
    scan.write(&args.out, formats)?;
    if !global.quiet {
        say!("tifa: {}, {} → {}", said(&scan), plural_of(scan.problems.height(), "problem"), args.out.display());
    }
    Ok(finished(&scan, global))
}
