//! `tifa compare`: two groups of text, or many speakers, held against each other.

use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::{QueryArgs, SubjectArg, Words, columns_of};
use super::output::Shown;
use super::terminal::{self, Names};
use crate::analysis::{Comparison, Dimension, Group, PRIOR, compare, distances, profiles};
use crate::error::Result;
use crate::stats::PERMUTATIONS;

/// The arguments of `tifa compare`.
#[derive(Debug, Args)]
#[command(after_long_help = columns_of(&["comparison", "profiles", "distances"]))]
pub(super) struct CompareArgs {
    /// The first group: COLUMN=VALUE, several values with commas, several conditions with semicolons.
    #[arg(long, value_name = "GROUP", required_unless_present_any = ["profiles", "distances"])]
    a: Option<String>,
    /// The second group, alike [default: the rest].
    #[arg(long, value_name = "GROUP", requires = "a")]
    b: Option<String>,
    /// Compare formulas or themes.
    #[arg(long, value_name = "WHAT", default_value = "formula")]
    by: SubjectArg,
    /// Hold these fixed, and show the Mantel–Haenszel rate ratio beside the plain one: voice,source,quarter.
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', requires = "a")]
    strata: Vec<String>,
    /// How heavy the prior of the log-odds is, in words or characters of pooled text.
    #[arg(long, value_name = "WORDS", default_value_t = PRIOR, requires = "a")]
    prior: f64,
    /// How often documents are shuffled for p: at least 99, and 9999 to be cited; more where a table has hundreds of rows.
    #[arg(long, value_name = "N", default_value_t = PERMUTATIONS, requires = "a")]
    permutations: usize,
    /// Instead of two groups: all values of a column (speaker, side, source, year …), each with what it says more and less than
    /// all together.
    #[arg(long, value_name = "COLUMN", conflicts_with = "a")]
    profiles: Option<String>,
    /// Instead: how far apart the profiles of the values of a column are.
    #[arg(long, value_name = "COLUMN", conflicts_with_all = ["a", "profiles"])]
    distances: Option<String>,
    #[command(flatten)]
    query: QueryArgs,
}

pub(super) fn run(args: &CompareArgs, global: &Global) -> Result<ExitCode> {
    let by = args.by.dimension();
    if let Some(each) = &args.profiles {
        let each = Dimension::of_text(each)?;
        return args.query.answer(Words::LeftOut, global, |scan, filter| {
            let table = profiles(scan, each, by, filter)?;
            Ok(Shown::with(table, move |table, screen| terminal::profiles(table, each.name(), screen)))
        });
    }
    if let Some(each) = &args.distances {
        let each = Dimension::of_text(each)?;
        let empty = "fewer than two of them have ten occurrences, below which profiles are not compared";
        return args.query.answer_or(Words::LeftOut, global, empty, |scan, filter| {
            let table = distances(scan, each, by, filter)?;
            Ok(Shown::with(table, move |table, screen| terminal::distances(table, each.name(), screen)))
        });
    }
    let a: Group = args.a.as_deref().unwrap_or_default().parse()?;
    let b = args.b.as_deref().map(str::parse).transpose()?;
    let strata = args.strata.iter().map(|s| Dimension::of_text(s.trim())).collect::<Result<_>>()?;
    let comparison = Comparison { by, strata, prior: args.prior, permutations: args.permutations, ..Comparison::of(a, b) };
    comparison.check()?;
    let names = Names { a: comparison.a.to_string(), b: comparison.second() };
    args.query.answer(Words::LeftOut, global, |scan, filter| {
        let table = compare(scan, &comparison, filter)?;
        Ok(Shown::with(table, move |table, screen| terminal::comparison(table, &names, screen)))
    })
}
