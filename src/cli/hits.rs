//! `tifa hits`: every occurrence.

use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{FilterArgs, Inputs, OutputArgs, query};
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
    query(&args.inputs, &args.filter, &args.output, global, selected_hits)
}
