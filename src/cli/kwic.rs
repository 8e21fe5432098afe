//! `tifa kwic`: the sentences behind the numbers.

use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{FilterArgs, Inputs, OutputArgs, finished, say_if_empty, scan};
use crate::analysis::concordance;
use crate::error::Result;

/// Columns: formula, date, speaker, voice, evidence, stance, document, start and end (bytes into the text that `tifa text`
/// prints), the words before, the formula as it stands, the words after.
#[derive(Debug, Args)]
pub(super) struct KwicArgs {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &KwicArgs, global: &Global) -> Result<ExitCode> {
    let filter = args.filter.filter()?;
    let scan = scan(&args.inputs.input, global)?;
    let table = concordance(&scan, &filter)?;
    say_if_empty(&table, global);
    args.output.write(&table)?;
    Ok(finished(&scan, global))
}
