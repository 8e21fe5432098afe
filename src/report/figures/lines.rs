//! Rates over time.

use polars::prelude::DataFrame;

use super::super::keys::Key;
use super::{Frame, Rows};
use crate::analysis::{Dimension, periods_from};
use crate::chart::{Panel, Point, Series, Trend, thousands};
use crate::error::Result;

/// The rates of the commonest formulas over time, of the answer `series`.
pub(in super::super) fn lines(series: &DataFrame, by: Dimension, apart: Option<bool>, frame: &Frame<'_>) -> Result<Trend> {
    let period = by.name();
    let rows = Rows::of(series, &["formula", "label", period], &["occurrences", "documents", "exposure"], &["rate", "rate_low", "rate_high"])?;
    let periods = periods_from(by, (0..rows.language.len()).map(|i| rows.text(period, i)));
    let mut panels = Vec::new();
    for (language, own) in rows.by_language() {
        let place = |i: usize| periods.binary_search_by(|p| p.as_str().cmp(rows.text(period, i))).ok();
        let mut exposure = vec![0; periods.len()];
        own.iter().filter_map(|i| Some((place(*i)?, rows.number("exposure", *i)))).for_each(|(p, n)| exposure[p] = n);
        let line = |(formula, n): &(&str, u64)| {
            let mut points = vec![None; periods.len()];
            let mut fallback = *formula;
            for i in own.iter().copied().filter(|i| rows.text("formula", *i) == *formula) {
                fallback = rows.text("label", i);
                let Some((place, value)) = place(i).zip(rows.real("rate", i)) else { continue };
                points[place] = Some(Point {
                    value,
                    low: rows.real("rate_low", i),
                    high: rows.real("rate_high", i),
                    link: frame.keys.link(&[(Key::Formula, formula), (Key::Language, language), (Key::Period, &periods[place])], || {
                        let found = frame.in_documents(rows.number("occurrences", i), rows.number("documents", i));
                        format!("{}, {}: {found}", frame.label(formula, language, rows.text("label", i)), periods[place])
                    }),
                });
            }
            Series { label: format!("{} ({})", frame.label(formula, language, fallback), thousands(*n)), points }
        };
        panels.push(Panel {
            title: frame.per_unit(language),
            exposure_words: frame.text_read(&exposure, language),
            series: rows.commonest("formula", &own, frame.top).iter().map(line).collect(),
            exposure,
        });
    }
    let words = frame.words;
    let title = words.fill("chart.trend", &[("period", words.value(period))]);
    let mut drawn =
        Trend { periods, panels, apart, own_scales: format!("{}{}", words.say("mark.semicolon"), words.say("chart.own_scales")), ..Trend::default() };
    let bands = if drawn.has_bands() { words.say("chart.bands") } else { "" };
    let said = [&frame.undated(), words.say("chart.in_brackets"), bands, words.say("chart.gaps")].map(str::to_owned);
    drawn.caption = frame.caption(title, &said);
    Ok(drawn)
}
