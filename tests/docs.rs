//! Pages that are made from the code are current. `TIFA_UPDATE=1 cargo test docs` writes them.

use std::fmt::Write;

use tifa::table::{Kind, TABLES};

use crate::project;

#[test]
fn columns() {
    let mut page = String::from(
        "# Columns\n\nMade from `src/table/mod.rs`. Empty cells are empty; several values in a cell are joined with `|`; every table is sorted.\n",
    );
    for (table, columns) in TABLES {
        let _ = write!(page, "\n## {table}\n\n| column | holds | meaning |\n| --- | --- | --- |\n");
        for column in columns {
            let kind = match column.kind {
                Kind::Text => "text",
                Kind::Date => "day",
                Kind::Number => "number",
            };
            let _ = writeln!(page, "| `{}` | {kind} | {} |", column.name, column.meaning.replace('|', "\\|"));
        }
    }
    page.push_str("\n## counts\n\nWhat `tifa count` prints, and the `counts_by_….csv` of a report: the columns counted by (a formula with its `label`), then\n\n| column | holds | meaning |\n| --- | --- | --- |\n");
    for (name, kind, meaning) in [
        ("language", "text", "en, zh or und; languages are never pooled"),
        ("occurrences", "number", "how often; a zero where there is text and no occurrence"),
        ("documents", "number", "documents with at least one occurrence"),
        ("exposure", "number", "the text in the same cell, with the same filters"),
        ("unit", "text", "what exposure is counted in: words of spaced scripts, Han characters of Chinese"),
        ("rate", "number", "occurrences per 10,000 of exposure; empty without exposure"),
    ] {
        let _ = writeln!(page, "| `{name}` | {kind} | {meaning} |");
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
