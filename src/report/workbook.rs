//! The report's tables as one workbook, with a sheet that says what they are and what they were made from.

use polars::prelude::DataFrame;

use super::Settings;
use crate::error::Result;
use crate::scan::Manifest;
use crate::table::{Columns, Page, about, sheet_names, too_large, workbook};

/// The name of the first sheet.
const ABOUT: &str = "About";

/// A row of the first sheet.
struct Fact {
    what: &'static str,
    name: String,
    value: String,
}

/// The workbook of `tables`, each with its name.
pub(super) fn workbook_of(tables: &[(&str, &DataFrame)], manifest: &Manifest, settings: &Settings) -> Result<Vec<u8>> {
    let names = sheet_names(std::iter::once(ABOUT).chain(tables.iter().map(|(name, _)| *name)));
    let mut facts = origin(manifest, settings);
    for (sheet, (name, table)) in names.iter().skip(1).zip(tables) {
        let rows = if table.height() == 1 { "1 row".to_owned() } else { format!("{} rows", table.height()) };
        let parts = [about(name).map(str::to_owned), (sheet != name).then(|| format!("tables/{name}.csv")), Some(rows), too_large(table)?];
        facts.push(Fact { what: "sheet", name: sheet.clone(), value: parts.into_iter().flatten().collect::<Vec<_>>().join(". ") });
    }
    let first = Columns::of(&facts).text("about", |f| f.what).text("name", |f| &f.name).text("value", |f| &f.value).frame()?;
    let mut names = names.into_iter();
    let mut page = |table, wraps| Page { name: names.next().unwrap_or_default(), table, wraps };
    let mut pages = vec![page(&first, true)];
    pages.extend(tables.iter().map(|(_, table)| page(table, false)));
    workbook(&pages)
}

/// What the tables were made from.
fn origin(manifest: &Manifest, settings: &Settings) -> Vec<Fact> {
    let fact = |what, name: &str, value: String| Fact { what, name: name.to_owned(), value };
    let mut facts = vec![fact("study", "title", settings.title.clone())];
    if !settings.description.is_empty() {
        facts.push(fact("study", "description", settings.description.clone()));
    }
    facts.push(fact("program", &manifest.program, manifest.version.clone()));
    for lexicon in &manifest.lexicons {
        facts.push(fact("lexicon", &lexicon.name, format!("{}, {} formulas, SHA-256 {}", lexicon.version, lexicon.formulas, lexicon.hash)));
    }
    facts.extend(manifest.inputs.iter().map(|input| fact("input", input, String::new())));
    facts.push(fact("inputs", "files", manifest.files.to_string()));
    facts.push(fact("inputs", "SHA-256", manifest.inputs_hash.clone()));
    for option in &manifest.options {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        facts.push(fact("option", name, value.to_owned()));
    }
    facts.push(fact("meaning", "columns", "docs/columns.md of the program says what each column means".to_owned()));
    facts
}
