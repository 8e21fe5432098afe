//! `tifa lexicon list`: all formulas.

use std::process::ExitCode;

use clap::Args;
use polars::prelude::*;

use crate::cli::Global;
use crate::cli::common::lexicons;
use crate::cli::output::OutputArgs;
use crate::error::Result;
use crate::lexicon::{Formula, Lexicons, Variant};
use crate::table::text_column;
use crate::text::Language;

/// One row a formula: `formula, lexicon, label_en, label_zh, theme, parent, originator, first_use, en, zh, acronyms, not, note`.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &ListArgs, global: &Global) -> Result<ExitCode> {
    args.output.write(table(&lexicons(global)?)?)?;
    Ok(ExitCode::SUCCESS)
}

fn table(lexicons: &Lexicons) -> Result<DataFrame> {
    let text = |name: &str, get: &dyn Fn(&Formula) -> String| {
        let values: Vec<String> = lexicons.formulas().map(get).collect();
        text_column(name, values.iter().map(String::as_str))
    };
    let label = |language: Language| move |f: &Formula| f.label.get(&language).cloned().unwrap_or_default();
    let joined = |variants: &mut dyn Iterator<Item = &Variant>| variants.map(|v| v.pattern.as_str()).collect::<Vec<_>>().join("|");
    let patterns = |language: Language| move |f: &Formula| joined(&mut f.patterns(language));
    Ok(DataFrame::new_infer_height(vec![
        text("formula", &|f| f.id.clone()),
        text("lexicon", &|f| f.lexicon.clone()),
        text("label_en", &label(Language::En)),
        text("label_zh", &label(Language::Zh)),
        text("theme", &|f| f.themes.join("|")),
        text("parent", &|f| f.parent.clone().unwrap_or_default()),
        text("originator", &|f| f.originator.clone()),
        text("first_use", &|f| f.first_use.as_ref().map_or_else(String::new, |u| u.date.clone())),
        text("en", &patterns(Language::En)),
        text("zh", &patterns(Language::Zh)),
        text("acronyms", &|f| joined(&mut f.acronyms())),
        text("not", &|f| f.not.join("|")),
        text("note", &|f| f.note.clone()),
    ])?)
}
