//! Themes over time.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::DataFrame;

use super::super::keys::Key;
use super::{Frame, Rows, largest};
use crate::analysis::{Dimension, periods_from};
use crate::chart::{Layer, Stack, StackPanel};
use crate::error::Result;

/// Rates are per so many words or characters.
const PER: f64 = 10_000.0;
/// So many themes have a colour beside that of the others.
const THEMES: usize = 6;

/// The rates of the commonest themes over time: the occurrences of `evidence` in the text of `counts`, which are by period alone. An occurrence of
/// several themes is an equal part of each, so that the whole is the rate of all formulas.
pub(in super::super) fn themes(evidence: &DataFrame, counts: &DataFrame, period: Dimension, frame: &Frame<'_>) -> Result<Stack> {
    let name = period.name();
    let text = Rows::of(counts, &[name], &["occurrences", "exposure"], &[])?;
    let found = Rows::of(evidence, &["theme", "period", "once"], &[], &[])?;
    let periods = periods_from(period, (0..text.language.len()).map(|i| text.text(name, i)));
    let place = |p: &str| periods.binary_search_by(|x| x.as_str().cmp(p)).ok();
    // A theme has the same colour in every language.
    let mut colours: Vec<String> = Vec::new();
    let mut panels = Vec::new();
    for (language, own) in text.by_language() {
        let mut exposure = vec![0; periods.len()];
        own.iter().filter_map(|i| Some((place(text.text(name, *i))?, *i))).for_each(|(p, i)| exposure[p] = text.number("exposure", i));
        let mut parts: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for i in (0..found.language.len()).filter(|i| found.language[*i] == language && !found.text("once", *i).is_empty()) {
            let Some(place) = place(found.text("period", i)) else { continue };
            let themes: BTreeSet<&str> = found.text("theme", i).split('|').map(|t| t.split('/').next().unwrap_or(t)).collect();
            for theme in &themes {
                parts.entry(theme).or_insert_with(|| vec![0.0; periods.len()])[place] += 1.0 / themes.len() as f64;
            }
        }
        let rate = |values: &[f64]| values.iter().zip(&exposure).map(|(v, e)| if *e > 0 { v * PER / *e as f64 } else { 0.0 }).collect::<Vec<f64>>();
        // In sixtieths, which are whole for up to six themes.
        let sums = largest(parts.keys().copied(), parts.values().map(|v| (v.iter().sum::<f64>() * 60.0).round() as u64), frame.top.min(THEMES));
        let shown: Vec<&str> = sums.iter().map(|(t, _)| *t).collect();
        for theme in &shown {
            if !colours.contains(&(*theme).to_owned()) {
                colours.push((*theme).to_owned());
            }
        }
        let colour = |theme: &str| colours.iter().position(|c| c == theme);
        let mut layers: Vec<Layer> =
            shown.iter().map(|theme| Layer { colour: colour(theme), ..layer(theme, &rate(&parts[theme]), language, &periods, frame) }).collect();
        let mut rest = vec![0.0; periods.len()];
        parts.iter().filter(|(t, _)| !shown.contains(t)).for_each(|(_, values)| rest.iter_mut().zip(values).for_each(|(r, v)| *r += v));
        if rest.iter().any(|r| *r > 0.0) {
            layers.push(Layer { colour: None, label: frame.words.say("chart.other_themes").to_owned(), values: rate(&rest), links: Vec::new() });
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
    Layer { links: periods.iter().map(link).collect(), values: values.to_vec(), label, colour: None }
}
