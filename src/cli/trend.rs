//! `tifa trend`: how use changes over time.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::common::{QueryArgs, SubjectArg, Words, columns_of};
use super::output::Shown;
use super::{Global, terminal};
use crate::analysis::{Dimension, Trends, period_for, renderings};
use crate::error::{Error, Result};

/// The arguments of `tifa trend`.
#[derive(Debug, Args)]
#[command(after_long_help = columns_of(&["series", "trend", "changes", "renderings"]))]
pub(super) struct TrendArgs {
    /// What to print.
    #[arg(long, value_name = "WHAT", default_value = "series")]
    show: Show,
    /// The length of periods: day, week, month, quarter, year [default: what suits the corpus].
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// Of formulas or themes.
    #[arg(long, value_name = "WHAT", default_value = "formula")]
    by: SubjectArg,
    /// Test trends month by month (or quarter by quarter) over the years, for what has seasons.
    #[arg(long)]
    seasonal: bool,
    #[command(flatten)]
    query: QueryArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Show {
    /// Rate and share by period.
    Series,
    /// One row a formula: trend, changes, first and last seen.
    Summary,
    /// One row a change point.
    Changes,
    /// The share of each wording of a formula by period.
    Renderings,
}

pub(super) fn run(args: &TrendArgs, global: &Global) -> Result<ExitCode> {
    let asked = args.period.as_deref().map(Dimension::period).transpose()?;
    if args.show == Show::Renderings && args.by == SubjectArg::Theme {
        return Err(Error::Usage("--show renderings: of formulas only; leave out --by theme".into()));
    }
    if args.seasonal && args.show != Show::Summary {
        return Err(Error::Usage("--seasonal: is of the tests of --show summary; add that".into()));
    }
    let empty = match args.show {
        Show::Changes => "no series has a change point; `--show summary` says how likely the order of each is by chance",
        _ => "no formula occurs in text with a date as exact as the period; --period year takes the least",
    };
    let words = if args.show == Show::Renderings { Words::Shown } else { Words::LeftOut };
    args.query.answer_or(words, global, empty, |scan, filter| {
        let period = period_for(scan, asked)?;
        if args.show == Show::Renderings {
            return Ok(Shown::with(renderings(scan, period, filter)?, terminal::renderings));
        }
        let trends = Trends::of(scan, period, args.by.dimension(), args.seasonal, filter)?;
        Ok(match args.show {
            Show::Summary => Shown::with(trends.summary()?, terminal::summary),
            Show::Changes => Shown::with(trends.changes()?, terminal::changes),
            _ => Shown::with(trends.series(&[])?, move |table, screen| terminal::series(table, &trends.presence()?, screen)),
        })
    })
}
