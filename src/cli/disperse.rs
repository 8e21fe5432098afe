//! `tifa disperse`: how evenly formulas are spread.

use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{QueryArgs, SubjectArg, Words, columns_of};
use crate::analysis::{disperse, parts};
use crate::error::Result;

/// The arguments of `tifa disperse`.
#[derive(Debug, Args)]
#[command(after_long_help = columns_of(&["dispersion"]))]
pub(super) struct DisperseArgs {
    /// What to divide the text into: document, day, week, month, quarter, year.
    #[arg(long, value_name = "PARTS", value_delimiter = ',', default_value = "document")]
    over: Vec<String>,
    /// Of formulas or themes.
    #[arg(long, value_name = "WHAT", default_value = "formula")]
    by: SubjectArg,
    #[command(flatten)]
    query: QueryArgs,
}

pub(super) fn run(args: &DisperseArgs, global: &Global) -> Result<ExitCode> {
    let over = parts(&args.over)?;
    let empty = "no formula occurs in text with a date as exact as the parts";
    args.query.answer_or(Words::LeftOut, global, empty, |scan, filter| disperse(scan, &over, args.by.dimension(), filter))
}
