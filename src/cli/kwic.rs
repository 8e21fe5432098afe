//! `tifa kwic`: the sentences behind the numbers.

use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::QueryArgs;
use crate::analysis::concordance;
use crate::error::Result;

/// Columns: formula, date, speaker, voice, evidence, stance, document, start and end (bytes into the text that `tifa text`
/// prints), the words before, the formula as it stands, the words after.
#[derive(Debug, Args)]
pub(super) struct KwicArgs {
    #[command(flatten)]
    query: QueryArgs,
}

pub(super) fn run(args: &KwicArgs, global: &Global) -> Result<ExitCode> {
    args.query.answer(global, concordance)
}
