//! `tifa cooccur`: which formulas stand together.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::Global;
use super::common::{QueryArgs, Words, columns_of};
use crate::analysis::{Cooccurrence, Measure, Within};
use crate::error::Result;

/// The arguments of `tifa cooccur`.
#[derive(Debug, Args)]
#[command(after_long_help = columns_of(&["cooccurrence"]))]
pub(super) struct CooccurArgs {
    /// In the same document, paragraph or sentence.
    #[arg(long, value_name = "UNIT", default_value = "document")]
    within: WithinArg,
    /// Pairs, one a row, or a square of the commonest formulas.
    #[arg(long, value_name = "WHAT", default_value = "pairs")]
    show: Show,
    /// Only pairs that are together in at least so many units; 0 shows all pairs.
    #[arg(long, value_name = "N", default_value_t = 2)]
    least: usize,
    /// What the square shows.
    #[arg(long, value_name = "WHAT", default_value = "together")]
    measure: MeasureArg,
    /// Of how many formulas the square is.
    #[arg(long, value_name = "N", default_value_t = 30)]
    top: usize,
    #[command(flatten)]
    query: QueryArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Show {
    Pairs,
    Matrix,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WithinArg {
    Document,
    Paragraph,
    Sentence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MeasureArg {
    Together,
    Npmi,
    Lift,
    G2,
}

pub(super) fn run(args: &CooccurArgs, global: &Global) -> Result<ExitCode> {
    let within = match args.within {
        WithinArg::Document => Within::Document,
        WithinArg::Paragraph => Within::Paragraph,
        WithinArg::Sentence => Within::Sentence,
    };
    let measure = match args.measure {
        MeasureArg::Together => Measure::Together,
        MeasureArg::Npmi => Measure::Npmi,
        MeasureArg::Lift => Measure::Lift,
        MeasureArg::G2 => Measure::G2,
    };
    let empty = "no two formulas stand together so often; with --formula name both, with --least 1 see them all";
    args.query.answer_or(Words::LeftOut, global, empty, |scan, filter| {
        let found = Cooccurrence::of(scan, within, filter)?;
        match args.show {
            Show::Pairs => found.pairs(args.least),
            Show::Matrix => found.matrix(measure, args.top),
        }
    })
}
