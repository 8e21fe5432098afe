//! The report's tables as one workbook, with a sheet that says what they are and what they were made from.

use std::borrow::Cow;

use polars::prelude::{BooleanChunked, DataFrame};

use super::Settings;
use crate::error::Result;
use crate::scan::Manifest;
use crate::table::{Columns, Page, about, numbers, sheet_names, too_large, workbook};

/// The name of the first sheet.
const ABOUT: &str = "About";
/// A table of more rows than this, most of which say that somebody does not use a formula, has only the others in the workbook.
const LARGE: usize = 20_000;

/// A row of the first sheet.
struct Fact {
    what: &'static str,
    name: String,
    value: String,
}

/// The workbook of `tables`, each with its name.
pub(super) fn workbook_of(tables: &[(String, DataFrame)], manifest: &Manifest, settings: &Settings) -> Result<Vec<u8>> {
    let names = sheet_names(std::iter::once(ABOUT).chain(tables.iter().map(|(name, _)| name.as_str())));
    let mut facts = origin(manifest, settings);
    let mut shown = Vec::new();
    for (sheet, (name, table)) in names.iter().skip(1).zip(tables) {
        let part = with_occurrences(table, LARGE)?;
        facts.push(Fact { what: "sheet", name: sheet.clone(), value: contents(name, table, &part)? });
        shown.push(part);
    }
    let first = Columns::of(&facts).text("about", |f| f.what).text("name", |f| &f.name).text("value", |f| &f.value).frame()?;
    let tables = std::iter::once(&first).chain(shown.iter().map(AsRef::as_ref));
    let pages: Vec<Page<'_>> = names.into_iter().zip(tables).enumerate().map(|(i, (name, table))| Page { name, table, wraps: i == 0 }).collect();
    workbook(&pages)
}

/// The table, without rows of no occurrence if it has more rows than `large`.
fn with_occurrences(table: &DataFrame, large: usize) -> Result<Cow<'_, DataFrame>> {
    if table.height() <= large || table.column("occurrences").is_err() {
        return Ok(Cow::Borrowed(table));
    }
    let mask: BooleanChunked = numbers(table, "occurrences")?.into_iter().map(|n| Some(n > 0)).collect();
    Ok(Cow::Owned(table.filter(&mask)?))
}

/// What the sheet of the table `name` is, and how much of that stands on it.
fn contents(name: &str, table: &DataFrame, part: &DataFrame) -> Result<String> {
    let rows = if part.height() == 1 { "1 row".to_owned() } else { format!("{} rows", part.height()) };
    let left_out = table.height() - part.height();
    let rows = if left_out > 0 { format!("{rows}; {left_out} without an occurrence are left out") } else { rows };
    let parts = [about(name).map(str::to_owned), Some(rows), too_large(part)?, Some(format!("All of it: tables/{name}.csv"))];
    Ok(parts.into_iter().flatten().collect::<Vec<_>>().join(". "))
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

#[cfg(test)]
mod tests {
    use polars::prelude::Column;

    use super::*;

    #[test]
    fn of_a_large_table_there_is_what_occurs() {
        let table = DataFrame::new_infer_height(vec![Column::new("occurrences".into(), vec![Some(0_i64), Some(2), None])]).unwrap();
        assert_eq!(with_occurrences(&table, 3).unwrap().height(), 3);
        let part = with_occurrences(&table, 2).unwrap();
        assert_eq!(part.height(), 1);
        let said = contents("counts_by_speaker", &table, &part).unwrap();
        assert!(said.contains("`count`") && said.ends_with(". 1 row; 2 without an occurrence are left out. All of it: tables/counts_by_speaker.csv"), "{said}");
        let other = DataFrame::new_infer_height(vec![Column::new("x".into(), vec![0_i64, 0])]).unwrap();
        assert_eq!(with_occurrences(&other, 1).unwrap().height(), 2);
    }
}
