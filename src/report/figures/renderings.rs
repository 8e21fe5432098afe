//! In which words a formula is said, over time.

use polars::prelude::DataFrame;

use super::super::keys::Key;
use super::{Frame, Rows};
use crate::analysis::{Dimension, periods_from};
use crate::chart::{Caption, Layer, Link, Stack, StackPanel};
use crate::error::Result;

/// A formula is shown if other wordings than its commonest have so many occurrences …
const SECOND: u64 = 3;
/// … and at most so many wordings of it are told apart.
const WORDINGS: usize = 6;
/// So many formulas have a panel, unless more are asked for.
const PANELS: usize = 4;

/// The shares of the wordings of formulas, of the answer `renderings`: of those with the most occurrences of other wordings than the commonest.
pub(in super::super) fn renderings(table: &DataFrame, period: Dimension, frame: &Frame<'_>) -> Result<Stack> {
    let name = period.name();
    let rows = Rows::of(table, &["formula", "label", "rendering", name], &["occurrences", "of_occurrences"], &[])?;
    let periods = periods_from(period, (0..rows.language.len()).map(|i| rows.text(name, i)));
    let mut panels: Vec<(u64, StackPanel)> = Vec::new();
    for (language, own) in rows.by_language() {
        for (formula, all) in rows.commonest("formula", &own, usize::MAX) {
            let of_it: Vec<usize> = own.iter().copied().filter(|i| rows.text("formula", *i) == formula).collect();
            let wordings = rows.commonest("rendering", &of_it, usize::MAX);
            let others: u64 = wordings.iter().skip(1).map(|(_, n)| n).sum();
            if others >= SECOND {
                let asked = Panel { rows: &rows, of_it: &of_it, formula, language, all };
                panels.push((others, asked.of(&wordings, name, &periods, frame)));
            }
        }
    }
    panels.sort_by_key(|(others, _)| std::cmp::Reverse(*others));
    panels.truncate(frame.top.min(PANELS));
    let title = frame.words.fill("chart.renderings", &[("period", frame.words.value(name))]);
    let empty = frame.words.say("chart.no_renderings").to_owned();
    let caption = Caption { empty, ..frame.caption(title, &[frame.words.say("chart.renderings_say").to_owned()]) };
    Ok(Stack { caption, periods, panels: panels.into_iter().map(|(_, panel)| panel).collect(), shares: true })
}

struct Panel<'a> {
    rows: &'a Rows,
    of_it: &'a [usize],
    formula: &'a str,
    language: &'a str,
    all: u64,
}

impl Panel<'_> {
    fn of(&self, wordings: &[(&str, u64)], name: &str, periods: &[String], frame: &Frame<'_>) -> StackPanel {
        let place = |i: usize| periods.binary_search_by(|p| p.as_str().cmp(self.rows.text(name, i))).ok();
        let mut totals = vec![0; periods.len()];
        self.of_it.iter().filter_map(|i| Some((place(*i)?, self.rows.number("of_occurrences", *i)))).for_each(|(p, n)| totals[p] = n);
        let shares = |is: &dyn Fn(&str) -> bool| {
            let mut counts = vec![0.0; periods.len()];
            for i in self.of_it.iter().copied().filter(|i| is(self.rows.text("rendering", *i))) {
                if let Some(p) = place(i) {
                    counts[p] += self.rows.number("occurrences", i) as f64;
                }
            }
            counts.iter().zip(&totals).map(|(n, of)| if *of > 0 { n / *of as f64 } else { 0.0 }).collect::<Vec<f64>>()
        };
        // One more than fits is shown rather than summed up as the rest.
        let shown = if wordings.len() <= WORDINGS { wordings.len() } else { WORDINGS - 1 };
        let link = |wording: &str, period: &String| {
            let keys = [(Key::Formula, self.formula), (Key::Language, self.language), (Key::Period, period.as_str()), (Key::Rendering, wording)];
            frame.keys.link(&keys, || format!("{wording}, {period}")).unwrap_or_default()
        };
        let links = |wording: &str| periods.iter().map(|period| link(wording, period)).collect::<Vec<Link>>();
        let mut layers: Vec<Layer> = wordings[..shown]
            .iter()
            .enumerate()
            .map(|(i, (wording, n))| Layer { colour: Some(i), label: format!("{wording} ({n})"), values: shares(&|w| w == *wording), links: links(wording) })
            .collect();
        if let Some(rest) = wordings.get(shown..).filter(|r| !r.is_empty()) {
            let n: u64 = rest.iter().map(|(_, n)| n).sum();
            let label = frame.words.fill("chart.other_wordings", &[("k", &rest.len().to_string()), ("n", &n.to_string())]);
            layers.push(Layer { colour: None, label, values: shares(&|w| rest.iter().any(|(r, _)| *r == w)), links: Vec::new() });
        }
        let fallback = self.of_it.first().map_or("", |i| self.rows.text("label", *i));
        let title = format!("{} ({})", frame.label(self.formula, self.language, fallback), frame.words.count(self.all, "n_occurrences"));
        StackPanel { title, layers, totals, words: frame.words.say("chart.occurrences_strip").to_owned() }
    }
}
