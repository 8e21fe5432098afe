//! `tifa lexicon`: what the lexicons hold.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use polars::prelude::*;

use super::Global;
use super::common::{OutputArgs, lexicons};
use crate::error::Result;
use crate::lexicon::{Formula, Lexicons};
use crate::table::text_column;
use crate::text::Language;

/// The built-in lexicons, and those given with --lexicon.
#[derive(Debug, Args)]
pub(super) struct LexiconArgs {
    #[command(subcommand)]
    command: LexiconCommand,
}

#[derive(Debug, Subcommand)]
enum LexiconCommand {
    /// All formulas: id, lexicon, labels, themes, parent, patterns in each language.
    List(ListArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &LexiconArgs, global: &Global) -> Result<ExitCode> {
    let LexiconCommand::List(list) = &args.command;
    list.output.write(&formulas(&lexicons(global)?)?)?;
    Ok(ExitCode::SUCCESS)
}

fn formulas(lexicons: &Lexicons) -> Result<DataFrame> {
    let text = |name: &str, get: &dyn Fn(&Formula) -> String| {
        let values: Vec<String> = lexicons.formulas().map(get).collect();
        text_column(name, values.iter().map(String::as_str))
    };
    let label = |language: Language| move |f: &Formula| f.label.get(&language).cloned().unwrap_or_default();
    let patterns = |language: Language| move |f: &Formula| f.patterns.get(&language).map_or_else(String::new, |p| p.join("|"));
    let acronyms = |f: &Formula| f.wordings.iter().filter(|w| w.acronym).map(|w| w.literal.as_str()).collect::<Vec<_>>().join("|");
    Ok(DataFrame::new_infer_height(vec![
        text("formula", &|f| f.id.clone()),
        text("lexicon", &|f| f.lexicon.clone()),
        text("label_en", &label(Language::En)),
        text("label_zh", &label(Language::Zh)),
        text("theme", &|f| f.themes.join("|")),
        text("parent", &|f| f.parent.clone().unwrap_or_default()),
        text("en", &patterns(Language::En)),
        text("zh", &patterns(Language::Zh)),
        text("acronyms", &acronyms),
        text("note", &|f| f.note.clone()),
    ])?)
}
