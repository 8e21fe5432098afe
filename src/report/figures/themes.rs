//! Themes over time.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::DataFrame;

use super::super::keys::Key;
use super::{Frame, Rows, largest};
use crate::analysis::Dimension;
use crate::chart::{Layer, Stack, StackPanel};
use crate::error::Result;
use crate::scan::Scan;
use crate::table::texts;

/// So many rates are out of …
const PER: f64 = 10_000.0;

/// The rates of the commonest themes over time, from `counts`, which are by period and formula. An occurrence of several themes is an equal part
/// of each, so that the whole is the rate of all formulas.
pub(in super::super) fn themes(counts: &DataFrame, scan: &Scan, period: Dimension, frame: &Frame<'_>) -> Result<Stack> {
    let of_formula = themes_of(scan)?;
    let name = period.name();
    let rows = Rows::of(counts, &["formula", name], &["occurrences", "exposure"], &[])?;
    let periods = super::periods_of(scan, period, (0..rows.language.len()).map(|i| rows.text(name, i).to_owned()))?;
    let nothing = BTreeSet::from([String::new()]);
    let mut panels = Vec::new();
    for (language, own) in rows.by_language() {
        let mut exposure = vec![0; periods.len()];
        let mut parts: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for i in own {
            let Ok(place) = periods.binary_search_by(|p| p.as_str().cmp(rows.text(name, i))) else { continue };
            exposure[place] = rows.number("exposure", i);
            let themes = of_formula.get(rows.text("formula", i)).unwrap_or(&nothing);
            for theme in themes {
                let part = rows.number("occurrences", i) as f64 / themes.len() as f64;
                parts.entry(theme).or_insert_with(|| vec![0.0; periods.len()])[place] += part;
            }
        }
        let rate = |values: &[f64]| values.iter().zip(&exposure).map(|(v, e)| if *e > 0 { v * PER / *e as f64 } else { 0.0 }).collect::<Vec<f64>>();
        // Sixths of an occurrence are the finest parts that whole numbers have to keep in order.
        let sums = largest(parts.keys().copied(), parts.values().map(|v| (v.iter().sum::<f64>() * 60.0).round() as u64), frame.top.min(6));
        let shown: Vec<&str> = sums.iter().map(|(t, _)| *t).collect();
        let mut layers: Vec<Layer> = shown.iter().map(|theme| layer(theme, &rate(&parts[theme]), language, &periods, frame)).collect();
        let mut rest = vec![0.0; periods.len()];
        parts.iter().filter(|(t, _)| !shown.contains(t)).for_each(|(_, values)| rest.iter_mut().zip(values).for_each(|(r, v)| *r += v));
        if rest.iter().any(|r| *r > 0.0) {
            layers.push(Layer { label: frame.words.say("chart.other_themes").to_owned(), values: rate(&rest), links: Vec::new() });
        }
        let words = frame.text_read(&exposure, language);
        panels.push(StackPanel { title: frame.per_unit(language), layers, totals: exposure, words });
    }
    let title = frame.words.fill("chart.themes", &[("period", frame.words.value(name))]);
    let said = [frame.undated(), frame.words.say("chart.theme_parts").to_owned(), frame.words.say("chart.gaps").to_owned()];
    Ok(Stack { caption: frame.caption(title, &said), periods, panels, shares: false })
}

fn layer(theme: &str, values: &[f64], language: &str, periods: &[String], frame: &Frame<'_>) -> Layer {
    let label = if theme.is_empty() { frame.words.say("chart.no_theme").to_owned() } else { frame.theme(theme) };
    let link = |period: &String| {
        let keys = [(Key::Theme, theme), (Key::Language, language), (Key::Period, period.as_str())];
        frame.keys.link(&keys, || format!("{label}, {period}")).unwrap_or_default()
    };
    Layer { links: periods.iter().map(link).collect(), values: values.to_vec(), label }
}

/// The outermost themes of each formula that occurs.
fn themes_of(scan: &Scan) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (formula, themes) in texts(&scan.hits, "formula")?.into_iter().zip(texts(&scan.hits, "theme")?) {
        let outer = themes.split('|').map(|t| t.split('/').next().unwrap_or(t).to_owned());
        found.entry(formula).or_default().extend(outer);
    }
    Ok(found)
}
