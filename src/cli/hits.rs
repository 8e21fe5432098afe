//! `tifa hits`: every occurrence.

use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{FilterArgs, Inputs, OutputArgs, finished, say_if_empty, scan};
use crate::analysis::selected_hits;
use crate::error::Result;

/// One row an occurrence; `docs/columns.md` defines the columns. An occurrence inside a longer formula is not listed.
#[derive(Debug, Args)]
pub(super) struct HitsArgs {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &HitsArgs, global: &Global) -> Result<ExitCode> {
    let filter = args.filter.filter()?;
    let scan = scan(&args.inputs.input, global)?;
    let table = selected_hits(&scan, &filter)?;
    say_if_empty(&table, global);
    args.output.write(&table)?;
    Ok(finished(&scan, global))
}
