//! `tifa adopt`: who takes up a formula of another side.

use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{QueryArgs, columns_of, plural_of};
use crate::analysis::{adopt, echo};
use crate::error::Result;

/// Of formulas whose originator's side is known: which speakers of other sides use them, since when, and in what way. What only the
/// originator's side (or a third) reports of a speaker is called attributed: it is that source's word, not an adoption.
#[derive(Debug, Args)]
#[command(after_long_help = columns_of(&["adoption", "echo"]))]
pub(super) struct AdoptArgs {
    /// The side of formulas without a known originator: CN, US … [default: they are left out].
    #[arg(long, value_name = "SIDE")]
    origin: Option<String>,
    /// Instead: meeting by meeting, whether the other side takes up what the originator's side says.
    #[arg(long)]
    echo: bool,
    #[command(flatten)]
    query: QueryArgs,
}

pub(super) fn run(args: &AdoptArgs, global: &Global) -> Result<ExitCode> {
    let origin = args.origin.as_ref().map(|o| o.to_uppercase());
    args.query.answer(global, |scan, filter| {
        if args.echo {
            return echo(scan, origin.as_deref(), filter);
        }
        let found = adopt(scan, origin.as_deref(), filter)?;
        if !global.quiet {
            if found.without_origin > 0 {
                anstream::eprintln!(
                    "tifa: {} of formulas without a known originator left out; --origin SIDE takes them in",
                    plural_of(found.without_origin, "occurrence")
                );
            }
            if found.without_side > 0 {
                anstream::eprintln!("tifa: {} left out, as the speaker's side is not known", plural_of(found.without_side, "occurrence"));
            }
        }
        Ok(found.table)
    })
}
