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

/// How tables are written.
const FORMATS: &str = "\
## Formats

A table is written as `--format` says, else as the ending of `-o` does.

| format | ending | what |
| --- | --- | --- |
| `csv` | `.csv` | UTF-8; numbers to four decimals, those that would vanish as 1.234e-5 |
| `csv` with `--excel` | `.csv` | the same for spreadsheets: with a byte-order mark, and with an apostrophe before text that begins as a formula does, which they would run; never before numbers |
| `json`, `jsonl` | `.json`, `.jsonl` | an array of objects; an object a line; numbers in full, empty cells null |
| `parquet` | `.parquet` | numbers in full, days as days |
| `xlsx` | `.xlsx` | an Excel workbook: numbers in full, shown rounded; days as days, those before 1900-03-01 as text; text is never a formula or a link |
| `markdown` | `.md` | a pipe table, numbers rounded |
| `latex` | `.tex` | a `tabular` with the rules of booktabs, numbers rounded; its first lines say which packages it takes |
| `table` | | what a terminal shows |

Rounded: rates to two decimals, shares, slopes and measures that lie between −1 and 1 to three, probabilities to three or as `<0.001`.

A sheet has room for 1,048,576 rows, and a cell for 32,767 characters. What is beyond is cut; the program says so, and so does a second sheet. Where
the comma is the decimal sign, Excel expects semicolons in CSV and puts everything into one column: take xlsx there.

The `tables.xlsx` of a report has its tables but the segments, a sheet each. Of a table of more than 20,000 rows it has those with an occurrence; all of
it is in `tables/`. The first sheet says what the others are and what they were made from.
";

#[test]
fn columns() {
    let mut page = format!(
        "# Columns\n\nMade from `src/table/`. Empty cells are empty; several values in a cell are joined with `|`; every table is sorted.\n\n{FORMATS}"
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
