//! `tifa count`: how often, by whatever one likes.

use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{QueryArgs, Words, columns_of, finished_with};
use crate::analysis::{Dimension, count, count_read};
use crate::error::Result;

/// The arguments of `tifa count`.
#[derive(Debug, Args)]
#[command(after_long_help = columns_of(&["counts"]))]
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
    if let Some(asking) = args.query.asking(Words::LeftOut, global)? {
        let (table, asked) = count_read(asking.inputs, &asking.how, &asking.lexicons, &asking.bar, &by, &asking.filter)?;
        drop(asking);
        args.query.say_of(&asked, table.height() == 0, global)?;
        args.query.output.write(table)?;
        return Ok(finished_with(asked.problems.height(), global));
    }
    args.query.answer(Words::LeftOut, global, |scan, filter| count(scan, &by, filter))
}
