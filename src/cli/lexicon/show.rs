//! `tifa lexicon show`: all that is known of one formula.

use std::fmt::Write as _;
use std::process::ExitCode;

use anstyle::Style;
use clap::Args;

use crate::cli::Global;
use crate::cli::common::lexicons;
use crate::cli::output::print_styled;
use crate::error::Result;
use crate::lexicon::{Formula, Lexicons};
use crate::text::Language;

/// Its labels, themes, relatives, first use with source, variants with their periods, and examples.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The formula's id.
    #[arg(value_name = "ID", required = true)]
    id: Vec<String>,
}

const FAINT: Style = Style::new().dimmed();

pub(super) fn run(args: &ShowArgs, global: &Global) -> Result<ExitCode> {
    let lexicons = lexicons(global)?;
    let mut pages = Vec::new();
    for id in &args.id {
        pages.push(page(&lexicons, lexicons.named(id)?));
    }
    print_styled(&pages.join("\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn page(lexicons: &Lexicons, formula: &Formula) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "{FAINT}{name:<11}{FAINT:#} {value}");
        }
    };
    line("formula", &formula.id);
    line("lexicon", &format!("{}, {}:{}", formula.lexicon, formula.file, formula.line));
    for (language, label) in &formula.label {
        line(&format!("label {}", language.code()), label);
    }
    let themes: Vec<String> = formula.themes.iter().map(|t| format!("{t} ({})", lexicons.theme(t).label_in(Language::En))).collect();
    line("themes", &themes.join(", "));
    line("species of", &lexicons.ancestors(&formula.id).join(", of "));
    line("species", &lexicons.formulas().filter(|f| f.parent.as_ref() == Some(&formula.id)).map(|f| f.id.as_str()).collect::<Vec<_>>().join(", "));
    line("originator", &formula.originator);
    if let Some(first) = &formula.first_use {
        line("first use", &format!("{}, {}", first.date, first.occasion));
        let source = first.source.clone().unwrap_or_default();
        let parts = [source.title, source.publisher, source.date, source.url];
        line("source", &parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", "));
    }
    line("note", &formula.note);
    for variant in &formula.variants {
        line(variant.language.map_or("acronym", Language::code), &variant.with_facts(&variant.pattern));
    }
    for pattern in &formula.not {
        line("not", pattern);
    }
    let forms: usize = formula.wordings.iter().map(|w| w.forms.len()).sum();
    line("wordings", &format!("{}, {forms} with what is the same by rule", formula.wordings.len()));
    formula.example.values().for_each(|e| line("counts", e));
    formula.counterexample.values().for_each(|e| line("does not", e));
    out
}
