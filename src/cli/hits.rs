//! `tifa hits`: every occurrence.

use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{QueryArgs, Words, finished_with};
use crate::analysis::{hits_head, list_hits, selected_hits};
use crate::error::Result;
use crate::table::Spool;

/// The arguments of `tifa hits`.
#[derive(Debug, Args)]
pub(super) struct HitsArgs {
    #[command(flatten)]
    query: QueryArgs,
}

pub(super) fn run(args: &HitsArgs, global: &Global) -> Result<ExitCode> {
    let query = &args.query;
    if query.output.is_csv()
        && let Some(asking) = query.asking(Words::Shown, global)?
    {
        let mut spool = Spool::in_folder(&query.output.folder());
        let asked = list_hits(asking.inputs, &asking.how, &asking.lexicons, &asking.bar, &asking.filter, &mut spool)?;
        let ranges = spool.ranges(|n| !asking.filter.leaves_out(&asked, n));
        drop(asking);
        query.say_of(&asked, ranges.is_empty(), global)?;
        query.output.write_csv(&hits_head(), spool, &ranges)?;
        return Ok(finished_with(asked.problems.height(), global));
    }
    query.answer(Words::Shown, global, selected_hits)
}
