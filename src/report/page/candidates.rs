//! The section on what no lexicon holds.

use std::collections::BTreeMap;

use maud::{Markup, html};
use polars::prelude::DataFrame;

use super::Page;
use super::grid::Grid;
use super::sentences::{begun, ended, gap};
use crate::discover::Wanted;
use crate::error::Result;
use crate::table::{Columns, numbers, texts};

const COLUMNS: [&str; 9] = ["candidate", "language", "occurrences", "documents", "speakers", "first", "last", "nearest", "context"];

/// A candidate as the page shows it.
struct Row {
    /// The columns that are shown as they are.
    plain: [String; 4],
    counts: [u64; 3],
    nearest: String,
    context: String,
}

impl Page<'_> {
    /// Candidates for the lexicons, where they were asked for.
    pub(super) fn candidates(&self) -> Result<Option<Markup>> {
        if self.settings.discover == 0 {
            return Ok(None);
        }
        let w = self.frame.words;
        let Some(table) = self.tables.candidates()? else {
            return Ok(Some(html! { p { (w.say("page.candidates_texts")) } }));
        };
        let least = Wanted::default();
        let least = [("n", least.occurrences.to_string()), ("documents", least.documents.to_string())];
        let least = least.each_ref().map(|(name, value)| (*name, value.as_str()));
        if table.height() == 0 {
            return Ok(Some(html! { p { (w.fill("page.candidates_none", &least)) } }));
        }
        let (filter, shown) = (&self.settings.filter, self.shown_candidates(&table)?);
        let grid =
            Grid { frame: &shown, caption: w.say("page.candidates_table").to_owned(), file: "candidates.csv", columns: &COLUMNS, links: BTreeMap::new() };
        Ok(Some(html! {
            p { (w.fill("page.candidates_are", &least))
                @if !filter.formulas.is_empty() || !filter.themes.is_empty() { " " (w.say("page.candidates_all")) }
                @if let Some(n) = self.tables.raised() { " " (w.fill("page.candidates_raised", &[("n", &n.to_string())])) } }
            (self.chart("candidates"))
            (grid.markup(self.frame)?)
            p.note { (w.say("page.candidates_lexicon")) " " code { (self.as_lexicon()) } }
        }))
    }

    /// The columns of the answer `candidates` that tell what one is, with what is known about it in words.
    fn shown_candidates(&self, table: &DataFrame) -> Result<DataFrame> {
        let plain = ["candidate", "language", "first", "last"].map(|name| texts(table, name));
        let counts = ["occurrences", "documents", "speakers"].map(|name| numbers(table, name));
        let ([candidates, languages, first, last], [occurrences, documents, speakers]) = (plain, counts);
        let plain = [candidates?, languages?, first?, last?];
        let counts = [occurrences?, documents?, speakers?];
        let (nearest, differences, contexts) = (texts(table, "nearest")?, texts(table, "difference")?, texts(table, "contexts")?);
        let row = |i: usize| Row {
            plain: plain.each_ref().map(|column| column[i].clone()),
            counts: counts.each_ref().map(|column| column[i]),
            nearest: self.near(&nearest[i], &plain[1][i], &differences[i]),
            context: self.context(contexts[i].split('|').next().unwrap_or("")),
        };
        let rows: Vec<Row> = (0..table.height()).map(row).collect();
        Columns::of(&rows)
            .text("candidate", |r| &r.plain[0])
            .text("language", |r| &r.plain[1])
            .number("occurrences", |r| Some(r.counts[0] as f64))
            .number("documents", |r| Some(r.counts[1] as f64))
            .number("speakers", |r| Some(r.counts[2] as f64))
            .text("first", |r| &r.plain[2])
            .text("last", |r| &r.plain[3])
            .text("nearest", |r| &r.nearest)
            .text("context", |r| &r.context)
            .frame()
    }

    /// The formula that a candidate is near to, and in what it differs.
    fn near(&self, formula: &str, language: &str, difference: &str) -> String {
        if formula.is_empty() {
            return String::new();
        }
        let w = self.frame.words;
        // As `matcher::deviation` says it, which is in English.
        let parts: Vec<&str> = difference.split('`').collect();
        let said = match parts.as_slice() {
            ["with ", text, " for ", other, ""] => w.fill("page.instead", &[("text", text), ("other", other)]),
            ["with ", text, " added"] => w.fill("page.added", &[("text", text)]),
            ["without ", text, ""] => w.fill("page.missing", &[("text", text)]),
            _ => difference.to_owned(),
        };
        let label = self.frame.label(formula, language, formula);
        if said.is_empty() { label } else { format!("{label}{}{said}", w.say("mark.colon")) }
    }

    /// A place with the words around it: the day, the speaker and the rest, in the words of the page.
    fn context(&self, text: &str) -> String {
        let w = self.frame.words;
        let Some((day, rest)) = text.split_once(", ") else { return text.to_owned() };
        let Some((speaker, rest)) = rest.split_once(": ") else { return text.to_owned() };
        let day = if day == "undated" { w.say("page.undated") } else { day };
        format!(
            "{day} · {} · {}",
            w.value(speaker),
            rest.split_once(": ").map_or_else(|| rest.to_owned(), |(place, words)| format!("{place}: {}", whole(words)))
        )
    }
}

/// The words around a place and its own, which stand in brackets: whole, and with the blanks they had.
fn whole(words: &str) -> String {
    let Some(((left, text), right)) = words.split_once('[').and_then(|(left, rest)| Some((left, rest.split_once(']')?))).map(|(l, (t, r))| ((l, t), r)) else {
        return words.to_owned();
    };
    let (left, right) = (begun(left.trim()), ended(right.trim()));
    let edge = |before: &str, after: &str| gap(before.chars().next_back(), after.chars().next());
    format!("{left}{}[{text}]{}{right}", edge(&left, text), edge(text, &right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_a_place_are_whole() {
        let long = "ns desire a real and lasting [peaceful coexistence] . Let me recall the example of the harbours. Paragraph 5 of Artic";
        assert_eq!(whole(long), "ns desire a real and lasting [peaceful coexistence]. Let me recall the example of the harbours. Paragraph 5 of …");
        assert_eq!((whole("双方要 [团结合作] ，共克时艰。"), whole("no brackets")), ("双方要[团结合作]，共克时艰。".into(), "no brackets".into()));
    }
}
