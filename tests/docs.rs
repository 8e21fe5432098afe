//! Pages that are made from the code are current. `TIFA_UPDATE=1 cargo test docs` writes them.

use std::fmt::Write;

use tifa::table::{ColumnSpec, TABLES, about, answers};

use crate::project;

fn rows(columns: &[ColumnSpec]) -> String {
    let mut rows = String::from("\n| column | holds | meaning |\n| --- | --- | --- |\n");
    for column in columns {
        let _ = writeln!(rows, "| `{}` | {} | {} |", column.name, column.kind.name(), column.meaning.replace('|', "\\|"));
    }
    rows
}

#[test]
fn columns() {
    let mut page = String::from(
        "# Columns\n\nMade from `src/table/`. Empty cells are empty; several values in a cell are joined with `|`; every table is sorted.\n\n\
             Tables are written as `--format` or the ending of `-o` says. **csv** (UTF-8, numbers to four decimals, smaller ones as 1.234e-5), **json** (an array of objects), **jsonl**\n\
             (an object a line) and **parquet** are for programs; json, jsonl and parquet do not round. **markdown** (`.md`) and **latex** (`.tex`, a `tabular` with booktabs rules; its first lines\n\
             say which packages it takes) are for papers: rates have two decimals, shares and the like three, probabilities three or `<0.001`. **xlsx** is an Excel workbook: numbers are not rounded but shown so, days\n\
             are days (before 1900-03-01 text), text is never a formula or a link; a cell longer than 32,767 characters and rows beyond 1,048,576 are cut, and a second sheet says so. **table** is what a terminal shows.\n\
             A report has its tables as CSV in `tables/` and, the segments left out, as sheets of `tables.xlsx`.\n\n\
             `--excel` writes CSV that Excel opens as it should: with a byte-order mark, and with an apostrophe before text (never before numbers) that begins as a formula does, which is not in the document.\n\
             Excel takes the semicolon for the separator where the comma is the decimal sign; xlsx opens everywhere.\n",
    );
    for (table, columns) in TABLES {
        let _ = writeln!(page, "\n## {table}\n\n{}.", about(table).unwrap());
        page.push_str(&rows(columns));
    }
    for answer in answers() {
        let _ = writeln!(page, "\n## {}\n\n{}.", answer.name, answer.about);
        page.push_str(&rows(&answer.columns));
    }
    let path = project("docs/columns.md");
    if std::env::var_os("TIFA_UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap_or_default() == page, "docs/columns.md is not current: TIFA_UPDATE=1 cargo test docs");
}

/// The codebook is what the lexicons say.
#[test]
fn codebook() {
    let lexicons = tifa::lexicon::Lexicons::load(&[""; 0], false).unwrap();
    let folder = project("docs/codebook");
    let pages = tifa::lexicon::codebook(&lexicons, &|_| true);
    let update = std::env::var_os("TIFA_UPDATE").is_some();
    if update {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
    }
    for (name, page) in &pages {
        if update {
            std::fs::write(folder.join(name), page).unwrap();
        }
        let kept = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(kept == *page, "docs/codebook/{name} is not current: TIFA_UPDATE=1 cargo test docs");
    }
    let kept = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(kept, pages.len(), "docs/codebook has pages that no theme has");
}
