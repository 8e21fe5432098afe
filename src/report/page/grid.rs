//! Tables on the page: sorted and filtered where a script may run, whole where none may.

use std::collections::BTreeMap;

use maud::{Markup, html};
use polars::prelude::{DataFrame, SortMultipleOptions};

use crate::chart::thousands;
use crate::error::Result;
use crate::report::figures::Frame;
use crate::report::words::Ui;
use crate::table::{Answer, shown, texts};

/// So many rows of one table are shown; the rest is in the CSV file.
const ROWS: usize = 400;

/// How wide a column of sentences is at least.
const WIDE: &str = "min-width:min(17rem,60vw)";

/// A table of the page.
pub(super) struct Grid<'a> {
    pub frame: &'a DataFrame,
    pub caption: String,
    /// Its file in `tables/`.
    pub file: &'a str,
    pub columns: &'a [&'a str],
    /// What the cells of a column ask for, row by row.
    pub links: BTreeMap<&'a str, Vec<Option<String>>>,
}

/// The same rows from the most frequent on, language by language.
pub(super) fn ranked(frame: &DataFrame) -> Result<DataFrame> {
    let options = SortMultipleOptions::default().with_order_descending_multi([true, false]).with_maintain_order(true);
    Ok(frame.sort(["occurrences", "language"], options)?)
}

impl Grid<'_> {
    pub fn markup(&self, words: &Frame<'_>) -> Result<Markup> {
        let cells: Vec<Vec<String>> = self.columns.iter().map(|c| self.column(c, words)).collect::<Result<_>>()?;
        let kinds: Vec<Kind> = self.columns.iter().map(|c| Kind::of(self.frame, c)).collect();
        let height = self.frame.height();
        let w = words.words;
        Ok(html! {
            div.scroll tabindex="0" role="region" aria-label=(self.caption) {
                table.data {
                    caption { (self.caption) }
                    thead { tr { @for (column, kind) in self.columns.iter().zip(&kinds) { th.number[*kind == Kind::Number] scope="col" title=[self.meaning(column, words)] { (w.column(column)) } } } }
                    tbody {
                        @for row in 0..height.min(ROWS) {
                            tr {
                                @for ((column, kind), name) in cells.iter().zip(&kinds).zip(self.columns) {
                                    td.number[*kind == Kind::Number].day[*kind == Kind::Day].words[matches!(*name, "label" | "title" | "theme" | "note" | "candidate" | "nearest" | "context")] style=[(*name == "context").then_some(WIDE)] { (self.cell(name, row, &column[row], words)) }
                                }
                            }
                        }
                    }
                }
            }
            p.note {
                @if height > ROWS { (w.fill("page.rows_of", &[("k", &thousands(ROWS as u64)), ("n", &thousands(height as u64))])) " " }
                (w.say("page.also_in")) " " code { "tables/" (self.file) }
            }
        })
    }

    /// What a column means, where the reader's language is that of `docs/columns.md`.
    fn meaning(&self, column: &str, words: &Frame<'_>) -> Option<&'static str> {
        let stem = self.file.trim_end_matches(".csv");
        let name = if stem.starts_with("counts_by") {
            "counts"
        } else if stem.starts_with("comparison_") {
            "comparison"
        } else {
            stem
        };
        let answer = Answer::named(name).filter(|_| words.words.ui == Ui::En)?;
        answer.columns.iter().find(|c| c.name == column).map(|c| c.meaning)
    }

    fn cell(&self, name: &str, row: usize, text: &str, words: &Frame<'_>) -> Markup {
        let query = self.links.get(name).and_then(|l| l.get(row)).and_then(Option::as_ref);
        html! {
            @match query {
                Some(keys) if !text.is_empty() && words.keys.count(keys) > 0 => a href={ "#" (target(keys)) } data-k=(keys) data-n=(words.keys.count(keys)) { (text) },
                _ => (text),
            }
        }
    }

    fn column(&self, name: &str, words: &Frame<'_>) -> Result<Vec<String>> {
        let column = self.frame.column(name)?;
        if column.dtype().is_float() {
            return shown(column);
        }
        let own = texts(self.frame, name)?;
        Ok(match name {
            "label" if self.frame.column("formula").is_ok() => {
                let formulas = texts(self.frame, "formula")?;
                let languages = texts(self.frame, "language")?;
                own.iter().zip(formulas).zip(languages).map(|((l, f), language)| words.label(&f, &language, l)).collect()
            }
            "theme" => own.iter().map(|id| words.theme_with_outer(id)).collect(),
            _ if column.dtype().is_primitive_numeric() => own.iter().map(|n| n.parse().map_or_else(|_| n.clone(), thousands)).collect(),
            _ => own.iter().map(|v| words.words.cell(name, v)).collect(),
        })
    }
}

/// Where a number leads without a script: to the sentences of its formula.
fn target(keys: &str) -> String {
    keys.split(' ').find(|k| k.starts_with('f')).map_or_else(|| "sentences".to_owned(), |k| format!("sentences-{k}"))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    /// Not to be broken.
    Day,
}

impl Kind {
    fn of(frame: &DataFrame, name: &str) -> Kind {
        if frame.column(name).is_ok_and(|c| c.dtype().is_primitive_numeric()) {
            Kind::Number
        } else if matches!(name, "published" | "event_date" | "date" | "first" | "last" | "first_seen" | "last_seen") {
            Kind::Day
        } else {
            Kind::Text
        }
    }
}
