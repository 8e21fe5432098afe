//! From counts to what the charts draw.

use std::collections::BTreeMap;

use polars::prelude::DataFrame;

use super::{Counts, Settings};
use crate::analysis::{NARRATION, UNATTRIBUTED, periods, span};
use crate::chart::{Block, Heatmap, Panel, Row, Series, Trend};
use crate::error::Result;
use crate::lexicon::Lexicons;
use crate::scan::Scan;
use crate::table::{numbers, rates, texts};
use crate::text::Language;

/// The labels of formulas in a language.
fn label(lexicons: &Lexicons, formula: &str, language: &str, fallback: &str) -> String {
    let language = if language == "zh" { Language::Zh } else { Language::En };
    lexicons.formula(formula).map_or_else(|| fallback.to_owned(), |f| f.label_in(language).to_owned())
}

fn language_name(code: &str) -> &'static str {
    match code {
        "en" => "English",
        "zh" => "Chinese",
        _ => "Other languages",
    }
}

/// The sums of `values` by key, the largest first, at most `top` of them, none of them 0.
fn largest(keys: &[String], values: &[u64], top: usize) -> Vec<(String, u64)> {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for (key, value) in keys.iter().zip(values) {
        *sums.entry(key).or_default() += value;
    }
    let mut sums: Vec<(String, u64)> = sums.into_iter().filter(|(_, n)| *n > 0).map(|(k, n)| (k.to_owned(), n)).collect();
    sums.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sums.truncate(top);
    sums
}

/// One language's rows of a table of counts by something and formula.
struct Rows {
    keys: Vec<String>,
    formulas: Vec<String>,
    labels: Vec<String>,
    occurrences: Vec<u64>,
    exposure: Vec<u64>,
    rates: Vec<Option<f64>>,
    unit: String,
}

fn rows_of(frame: &DataFrame, key: &str, language: &str) -> Result<Rows> {
    let languages = texts(frame, "language")?;
    let own: Vec<usize> = (0..languages.len()).filter(|i| languages[*i] == language).collect();
    let text = |name: &str| -> Result<Vec<String>> {
        let all = texts(frame, name)?;
        Ok(own.iter().map(|i| all[*i].clone()).collect())
    };
    let number = |name: &str| -> Result<Vec<u64>> {
        let all = numbers(frame, name)?;
        Ok(own.iter().map(|i| all[*i]).collect())
    };
    let all_rates = rates(frame, "rate")?;
    Ok(Rows {
        keys: text(key)?,
        formulas: text("formula")?,
        labels: text("label")?,
        occurrences: number("occurrences")?,
        exposure: number("exposure")?,
        rates: own.iter().map(|i| all_rates[*i]).collect(),
        unit: text("unit")?.first().cloned().unwrap_or_default(),
    })
}

/// Languages in which something was found, the fullest first.
fn languages(frame: &DataFrame) -> Result<Vec<String>> {
    Ok(largest(&texts(frame, "language")?, &numbers(frame, "occurrences")?, 3).into_iter().map(|(l, _)| l).collect())
}

/// The rates of the commonest formulas over time.
pub(super) fn trend_of(scan: &Scan, counts: &Counts, lexicons: &Lexicons, settings: &Settings) -> Result<Trend> {
    let period = counts.period.name();
    let table = &counts.by_date;
    let dated: Vec<String> = texts(table, period)?.into_iter().filter(|p| !p.is_empty()).collect();
    let (first, last) = (dated.iter().min().cloned().unwrap_or_default(), dated.iter().max().cloned().unwrap_or_default());
    let all = span(&scan.documents)?.map_or_else(Vec::new, |(a, b)| periods(counts.period, a, b));
    // Days of parts may lie outside the documents' own dates.
    let mut all: Vec<String> = all.into_iter().chain(dated).filter(|p| *p >= first && *p <= last).collect();
    all.sort();
    all.dedup();
    let mut panels = Vec::new();
    for language in languages(table)? {
        let rows = rows_of(table, period, &language)?;
        let at = |p: &str| all.binary_search_by(|x| x.as_str().cmp(p)).ok();
        let mut exposure = vec![0; all.len()];
        for (key, n) in rows.keys.iter().zip(&rows.exposure) {
            if let Some(i) = at(key) {
                exposure[i] = *n;
            }
        }
        let series = largest(&rows.formulas, &rows.occurrences, settings.top.min(7)).into_iter().map(|(formula, occurrences)| {
            let mut rates = vec![None; all.len()];
            let mut name = formula.clone();
            for i in (0..rows.keys.len()).filter(|i| rows.formulas[*i] == formula) {
                name.clone_from(&rows.labels[i]);
                if let Some(p) = at(&rows.keys[i]) {
                    rates[p] = rows.rates[i];
                }
            }
            Series { label: label(lexicons, &formula, &language, &name), occurrences, rates }
        });
        panels.push(Panel { title: language_name(&language).to_owned(), unit: rows.unit.clone(), series: series.collect(), exposure });
    }
    let documents = counts.document_count()?;
    let undated: u64 = texts(table, period)?.iter().zip(numbers(table, "occurrences")?).filter(|(p, _)| p.is_empty()).map(|(_, n)| n).sum();
    let undated = if undated > 0 { format!(" ({undated} of them undated and not drawn)") } else { String::new() };
    let total: u64 = numbers(table, "occurrences")?.iter().sum();
    Ok(Trend {
        title: format!("How often the commonest formulas are used, by {period}"),
        subtitle: format!("{documents} documents, {total} occurrences of all formulas{undated}; in brackets: occurrences of the formula; gaps: no text"),
        periods: all,
        panels,
    })
}

/// The rates of the commonest formulas of the speakers who use most of them.
pub(super) fn speakers_of(counts: &Counts, lexicons: &Lexicons, settings: &Settings) -> Result<Heatmap> {
    let table = &counts.by_speaker;
    let mut blocks = Vec::new();
    for language in languages(table)? {
        let rows = rows_of(table, "speaker", &language)?;
        let named = |i: &usize| rows.keys[*i] != NARRATION && rows.keys[*i] != UNATTRIBUTED;
        let own: Vec<usize> = (0..rows.keys.len()).filter(named).collect();
        let pick = |values: &[String]| own.iter().map(|i| values[*i].clone()).collect::<Vec<_>>();
        let occurrences: Vec<u64> = own.iter().map(|i| rows.occurrences[*i]).collect();
        let speakers = largest(&pick(&rows.keys), &occurrences, settings.top);
        let formulas = largest(&pick(&rows.formulas), &occurrences, settings.top + 4);
        if speakers.is_empty() {
            continue;
        }
        let cell = |formula: &str, speaker: &str| {
            let i = *own.iter().find(|i| rows.formulas[**i] == formula && rows.keys[**i] == speaker)?;
            Some((rows.occurrences[i], rows.rates[i]?))
        };
        let lines = formulas.iter().map(|(formula, _)| {
            let fallback = rows.formulas.iter().position(|f| f == formula).map_or("", |i| rows.labels[i].as_str());
            let cells = speakers.iter().map(|(speaker, _)| cell(formula, speaker)).collect();
            Row { label: label(lexicons, formula, &language, fallback), cells }
        });
        blocks.push(Block {
            title: format!("{} – per 10,000 {} of the speaker", language_name(&language), rows.unit),
            columns: speakers.iter().map(|(s, _)| s.clone()).collect(),
            rows: lines.collect(),
        });
    }
    Ok(Heatmap {
        title: "Who uses which formula".to_owned(),
        subtitle: "darker: more often per 10,000 words or characters of that speaker; number: occurrences; –: no text of the speaker in that language"
            .to_owned(),
        blocks,
    })
}
