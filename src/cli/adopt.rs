//! `tifa adopt`: who takes up a formula of another side.

use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{QueryArgs, Words, columns_of};
use crate::analysis::{adopt, echo};
use crate::error::Result;
use crate::text::plural_of;

/// The arguments of `tifa adopt`.
#[derive(Debug, Args)]
#[command(after_long_help = columns_of(&["adoption", "echo"]))]
pub(super) struct AdoptArgs {
    /// The side of formulas without a known originator, as an id or a name: CN, US, China … [default: they are left out].
    #[arg(long, value_name = "SIDE")]
    origin: Option<String>,
    /// Instead: meeting by meeting (readouts and transcripts in which two sides have words), whether the other side takes up what the
    /// originator's side says.
    #[arg(long)]
    echo: bool,
    #[command(flatten)]
    query: QueryArgs,
}

pub(super) fn run(args: &AdoptArgs, global: &Global) -> Result<ExitCode> {
    let origin = &args.origin;
    let empty = if args.echo {
        "there is no meeting (a readout or transcript in which two sides have words) in which the originator's side of a formula uses it"
    } else {
        "nobody of another side uses a formula of which the originator is known"
    };
    args.query.answer_or(Words::LeftOut, global, empty, |scan, filter| {
        if args.echo {
            return echo(scan, origin.as_deref(), filter);
        }
        let found = adopt(scan, origin.as_deref(), filter)?;
        for (count, which) in found.left_out.iter().filter(|(count, _)| *count > 0 && !global.quiet) {
            say!("tifa: {} left out, {which}", plural_of(*count, "occurrence"));
        }
        Ok(found.table)
    })
}
