use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::Global;
use crate::error::Result;
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    input: Vec<PathBuf>,
}
pub(super) fn run(_args: &ReportArgs, _global: &Global) -> Result<ExitCode> {
    todo!()
}
