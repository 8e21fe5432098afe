//! `tifa count`: how often, by whatever one likes.

use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::QueryArgs;
use crate::analysis::{Dimension, count};
use crate::error::Result;

/// Columns: those of --by (a formula with its label), language; occurrences; documents with at least one; exposure, the
/// amount of text in the same cell: words of spaced scripts, Han characters of Chinese; unit, which of the two; rate,
/// occurrences per 10,000 of exposure. Languages are never pooled. Speech without a speaker is `(unattributed)`, the
/// reporter `(narration)`.
#[derive(Debug, Args)]
pub(super) struct CountArgs {
    /// What to count by: day, week, month, quarter, year, speaker, side, role, source, source_side, language, voice, genre,
    /// evidence, document, formula, theme, lexicon.
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', default_value = "formula")]
    by: Vec<String>,
    #[command(flatten)]
    query: QueryArgs,
}

pub(super) fn run(args: &CountArgs, global: &Global) -> Result<ExitCode> {
    let by: Vec<Dimension> = args.by.iter().map(|b| b.trim().parse()).collect::<Result<_>>()?;
    args.query.answer(global, |scan, filter| count(scan, &by, filter))
}
