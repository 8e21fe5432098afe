//! `tifa merge`: scans joined to one.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::scan::{FolderArgs, done};
use crate::error::Result;

/// The tables are those of a scan of all files together: copies and translations are looked for in the whole. The scans must have been
/// made with the same lexicons and version of tifa, of different files, or of all parts (`--shard`) of the same ones.
#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// Folders that `tifa scan --out` has written.
    #[arg(required = true, value_name = "DIR")]
    scan: Vec<PathBuf>,
    #[command(flatten)]
    out: FolderArgs,
}

pub(super) fn run(args: &MergeArgs, global: &Global) -> Result<ExitCode> {
    let written = crate::scan::merge(&args.scan, &args.out.out, args.out.formats())?;
    done(&written, &args.out.out, global)
}
