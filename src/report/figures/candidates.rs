//! Recurrent strings that no lexicon holds.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::DataFrame;

use super::{Frame, Rows};
use crate::chart::{Bar, BarBlock, BarPanel, Bars, Caption, thousands};
use crate::error::Result;
use crate::table::{numbers, texts};

/// Of the answer `candidates`, language by language: a bar each, as long as the number of its documents, and beside it its rate in each year. `searched` is the
/// text of each document, `by_year` that of each year.
pub(in super::super) fn candidates(table: &DataFrame, searched: &DataFrame, by_year: &DataFrame, frame: &Frame<'_>) -> Result<Bars> {
    let w = frame.words;
    let rows = Rows::of(table, &["candidate", "nearest", "first", "last", "years"], &["occurrences", "documents"], &[])?;
    let (text, years_of) = (Text::of(searched, "document")?, Text::of(by_year, "year")?);
    let bar = |i: usize, text_of_years: &[(i32, u64)]| Bar {
        label: rows.text("candidate", i).to_owned(),
        value: rows.number("documents", i) as f64,
        text: [thousands(rows.number("documents", i)), thousands(rows.number("occurrences", i)), years(rows.text("first", i), rows.text("last", i))]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        strong: rows.text("nearest", i).is_empty(),
        times: rates_of(rows.text("years", i), text_of_years),
        link: None,
    };
    let block = |own: &[usize]| {
        let language = rows.language[own[0]].as_str();
        let (n, documents) = text.in_language(language);
        let size = [("n", thousands(n)), ("unit", frame.unit(language).to_owned()), ("documents", w.count(documents, "n_documents"))];
        let title = w.fill("chart.searched", &size.each_ref().map(|(name, value)| (*name, value.as_str())));
        let text_of_years = years_of.by_year(language);
        let times = text_of_years.first().zip(text_of_years.last()).map(|(first, last)| [first.0.to_string(), last.0.to_string()]);
        BarBlock {
            title: w.fill("chart.candidates_in", &[("language", w.language(language))]),
            panels: vec![BarPanel { title, rows: own.iter().map(|i| bar(*i, &text_of_years)).collect(), times }],
        }
    };
    let all: Vec<usize> = (0..rows.language.len()).collect();
    let blocks: Vec<BarBlock> = all.chunk_by(|a, b| rows.language[*a] == rows.language[*b]).map(block).collect();
    let timed = blocks.iter().flat_map(|b| &b.panels).any(|p| p.times.is_some());
    let said = [w.say("chart.candidates_say"), if timed { w.say("chart.candidates_years") } else { "" }];
    let caption = Caption {
        title: w.say("chart.candidates").to_owned(),
        subtitle: said.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(w.say("mark.semicolon")),
        note: frame.note.clone(),
        empty: w.say("chart.no_candidates").to_owned(),
    };
    Ok(Bars { caption, blocks, own_scales: String::new() })
}

/// The rate in each year: occurrences (`2019=4|2020=11`) over text, nothing where there is no text.
fn rates_of(years: &str, text: &[(i32, u64)]) -> Vec<Option<f64>> {
    let found: BTreeMap<i32, u64> =
        years.split('|').filter_map(|part| part.split_once('=')).filter_map(|(y, n)| Some((y.parse().ok()?, n.parse().ok()?))).collect();
    let rate = |(year, size): &(i32, u64)| (*size > 0).then(|| found.get(year).copied().unwrap_or(0) as f64 / *size as f64);
    text.iter().map(rate).collect()
}

/// From the year of the first day to that of the last.
fn years(first: &str, last: &str) -> String {
    let year = |day: &str| day.split('-').next().unwrap_or("").to_owned();
    let (first, last) = (year(first), year(last));
    if first == last { first } else { format!("{first}–{last}") }
}

/// How much text there is of each unit: a document, a year.
struct Text {
    units: Vec<String>,
    languages: Vec<String>,
    exposure: Vec<u64>,
}

impl Text {
    fn of(counts: &DataFrame, unit: &str) -> Result<Text> {
        Ok(Text { units: texts(counts, unit)?, languages: texts(counts, "language")?, exposure: numbers(counts, "exposure")? })
    }

    /// The units that have text in a language.
    fn own<'a>(&'a self, language: &'a str) -> impl Iterator<Item = (&'a str, u64)> {
        let all = self.units.iter().zip(&self.languages).zip(&self.exposure);
        all.filter(move |((_, own), size)| *own == language && **size > 0).map(|((unit, _), size)| (unit.as_str(), *size))
    }

    /// How much in a language, and in how many units.
    fn in_language(&self, language: &str) -> (u64, u64) {
        let units: BTreeSet<&str> = self.own(language).map(|(unit, _)| unit).collect();
        (self.own(language).map(|(_, size)| size).sum(), units.len() as u64)
    }

    /// How much in each year from the first to the last; of a single year nothing.
    fn by_year(&self, language: &str) -> Vec<(i32, u64)> {
        let mut found: BTreeMap<i32, u64> = BTreeMap::new();
        for (year, size) in self.own(language).filter_map(|(year, size)| Some((year.parse::<i32>().ok()?, size))) {
            *found.entry(year).or_default() += size;
        }
        let ends = found.keys().next().zip(found.keys().next_back()).filter(|(first, last)| first < last);
        ends.into_iter().flat_map(|(first, last)| *first..=*last).map(|year| (year, found.get(&year).copied().unwrap_or(0))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_said_once() {
        assert_eq!([years("2019-03-05", "2024-01-09"), years("2019-03-05", "2019-04-01"), years("", "")], ["2019–2024", "2019", ""]);
    }

    #[test]
    fn years_without_text_have_no_rate() {
        let text = |rows: &[(&str, &str, u64)]| Text {
            units: rows.iter().map(|r| r.0.to_owned()).collect(),
            languages: rows.iter().map(|r| r.1.to_owned()).collect(),
            exposure: rows.iter().map(|r| r.2).collect(),
        };
        let some = text(&[("2019", "en", 100), ("2021", "en", 50), ("2020", "zh", 9), ("", "en", 7), ("2023", "en", 0)]);
        let years = some.by_year("en");
        assert_eq!(years, [(2019, 100), (2020, 0), (2021, 50)]);
        assert_eq!(rates_of("2019=4|2030=1", &years), [Some(0.04), None, Some(0.0)]);
        assert_eq!((some.by_year("zh"), some.in_language("en")), (Vec::new(), (157, 3)));
    }
}
