//! `tifa kwic`: the sentences behind the numbers.

use std::process::ExitCode;

use clap::Args;

use super::common::{QueryArgs, Words};
use super::output::Shown;
use super::{Global, terminal};
use crate::analysis::concordance;
use crate::error::Result;

/// The arguments of `tifa kwic`.
#[derive(Debug, Args)]
pub(super) struct KwicArgs {
    #[command(flatten)]
    query: QueryArgs,
}

pub(super) fn run(args: &KwicArgs, global: &Global) -> Result<ExitCode> {
    args.query.answer(Words::Shown, global, |scan, filter| Ok(Shown::with(concordance(scan, filter)?, terminal::lines)))
}
