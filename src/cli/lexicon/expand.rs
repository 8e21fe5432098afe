//! `tifa lexicon expand`: every wording that a formula stands for.

use std::process::ExitCode;

use clap::Args;
use polars::prelude::*;

use crate::cli::Global;
use crate::cli::common::lexicons;
use crate::cli::output::OutputArgs;
use crate::error::Result;
use crate::lexicon::{Formula, Variant, Wording};
use crate::table::text_column;
use crate::text::Language;

/// One row a form: `formula, language, pattern, wording, form, kind, since, until, needs`. A `form` is what is looked for: the wording, or what is
/// the same by rule (docs/lexicon.md). Hyphen and blank are one, and case does not matter, save in acronyms.
#[derive(Debug, Args)]
pub(super) struct ExpandArgs {
    /// The formula's id.
    #[arg(value_name = "ID", required = true)]
    id: Vec<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// A formula, its variant, the wording, and a form of it.
type Row<'l> = (&'l Formula, &'l Variant, &'l Wording, &'l str);

pub(super) fn run(args: &ExpandArgs, global: &Global) -> Result<ExitCode> {
    let lexicons = lexicons(global)?;
    let mut rows: Vec<Row<'_>> = Vec::new();
    for id in &args.id {
        let formula = lexicons.named(id)?;
        let forms = formula.wordings.iter().flat_map(|w| w.forms.iter().map(move |form| (formula, &formula.variants[w.variant], w, form.as_str())));
        rows.extend(forms);
    }
    let needs: Vec<String> = rows.iter().map(|r| r.1.needs.join("|")).collect();
    let text = |name: &str, get: for<'r> fn(&'r Row<'_>) -> &'r str| text_column(name, rows.iter().map(get));
    let table = DataFrame::new_infer_height(vec![
        text("formula", |r| &r.0.id),
        text("language", |r| r.1.language.map_or("", Language::code)),
        text("pattern", |r| &r.1.pattern),
        text("wording", |r| &r.2.literal),
        text("form", |r| r.3),
        text("kind", |r| kind(r.2)),
        text("since", |r| &r.1.since),
        text("until", |r| &r.1.until),
        text_column("needs", needs.iter().map(String::as_str)),
    ])?;
    args.output.write(table)?;
    Ok(ExitCode::SUCCESS)
}

fn kind(wording: &Wording) -> &'static str {
    match (wording.acronym, wording.coordinated) {
        (true, _) => "acronym",
        (_, true) => "list",
        _ => "variant",
    }
}
