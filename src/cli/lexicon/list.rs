//! `tifa lexicon list`: all formulas.

use std::process::ExitCode;

use clap::Args;

use crate::cli::Global;
use crate::cli::common::lexicons;
use crate::cli::output::OutputArgs;
use crate::curation::formulas;
use crate::error::Result;

/// One row a formula: `formula, lexicon, label_en, label_zh, theme, parent, originator, first_use, en, zh, acronyms, not, note`.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &ListArgs, global: &Global) -> Result<ExitCode> {
    args.output.write(formulas(&lexicons(global)?)?)?;
    Ok(ExitCode::SUCCESS)
}
