//! `tifa lexicon`: what the lexicons hold, whether they are sound, and how to make one's own.

mod check;
mod diff;
mod expand;
mod export;
mod import;
mod list;
mod show;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::Global;
use super::common::ReadingArgs;
use crate::error::Result;

/// The built-in lexicons, and those given with --lexicon.
#[derive(Debug, Args)]
pub(super) struct LexiconArgs {
    #[command(subcommand)]
    command: LexiconCommand,
}

#[derive(Debug, Subcommand)]
enum LexiconCommand {
    /// All formulas: labels, themes, parent, originator, first use, patterns.
    List(list::ListArgs),
    /// All that is known of one formula.
    Show(show::ShowArgs),
    /// Whether lexicons are sound; with --on, what of them a corpus has, and near variants.
    Check(check::CheckArgs),
    /// Every wording that a formula stands for.
    Expand(expand::ExpandArgs),
    /// What changed between two lexicons or two runs, and what that does to the counts.
    Diff(diff::DiffArgs),
    /// A lexicon from a dictionary of quanteda or LIWC, or from a table.
    Import(import::ImportArgs),
    /// The lexicons for other programs, or as a codebook.
    Export(export::ExportArgs),
}

/// A corpus beside the lexicons.
#[derive(Debug, Args)]
struct Corpus {
    /// A corpus to hold the lexicons against, or to count in. May be given several times.
    #[arg(long, value_name = "INPUT")]
    on: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &LexiconArgs, global: &Global) -> Result<ExitCode> {
    match &args.command {
        LexiconCommand::List(args) => list::run(args, global),
        LexiconCommand::Show(args) => show::run(args, global),
        LexiconCommand::Check(args) => check::run(args, global),
        LexiconCommand::Expand(args) => expand::run(args, global),
        LexiconCommand::Diff(args) => diff::run(args, global),
        LexiconCommand::Import(args) => import::run(args, global),
        LexiconCommand::Export(args) => export::run(args, global),
    }
}
