//! `tifa hits`: every occurrence.

use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{QueryArgs, Words};
use crate::analysis::selected_hits;
use crate::error::Result;

/// The arguments of `tifa hits`.
#[derive(Debug, Args)]
pub(super) struct HitsArgs {
    #[command(flatten)]
    query: QueryArgs,
}

pub(super) fn run(args: &HitsArgs, global: &Global) -> Result<ExitCode> {
    args.query.answer(Words::Shown, global, selected_hits)
}
