//! Which formulas stand together.

use std::collections::BTreeMap;

use polars::prelude::DataFrame;

use super::{Frame, Rows};
use crate::chart::{Block, Cell, Heatmap, Row};
use crate::error::Result;
use crate::stats::average_linkage;

/// Of the answer `cooccurrence`, within units of one kind: the formulas with most company, each with each; those that keep company stand side by
/// side.
pub(in super::super) fn together(pairs: &DataFrame, within: &'static str, frame: &Frame<'_>) -> Result<Heatmap> {
    let columns = ["formula_a", "label_a", "formula_b", "label_b", "within"];
    let rows = Rows::of(pairs, &columns, &["together", "units_a", "units_b", "units"], &["npmi"])?;
    let words = frame.words;
    let mut blocks = Vec::new();
    // One scale for all languages.
    let strongest =
        (0..rows.language.len()).filter(|i| rows.text("within", *i) == within).filter_map(|i| rows.real("npmi", i)).map(f64::abs).fold(0.0, f64::max);
    let mut languages: Vec<&str> = rows.language.iter().map(String::as_str).collect();
    languages.sort_unstable();
    languages.dedup();
    for language in languages {
        let own: Vec<usize> = (0..rows.language.len()).filter(|i| rows.language[*i] == language && rows.text("within", *i) == within).collect();
        let ends = own.iter().flat_map(|i| [("formula_a", "label_a", *i), ("formula_b", "label_b", *i)]);
        let labels: BTreeMap<&str, &str> = ends.clone().map(|(f, l, i)| (rows.text(f, i), rows.text(l, i))).collect();
        let company = super::largest(ends.clone().map(|(f, _, i)| rows.text(f, i)), ends.map(|(_, _, i)| rows.number("together", i)), frame.top * 2);
        let found: BTreeMap<(&str, &str), usize> = own.iter().map(|i| ((rows.text("formula_a", *i), rows.text("formula_b", *i)), *i)).collect();
        let at = |a: &str, b: &str| found.get(&(a, b)).or_else(|| found.get(&(b, a))).copied();
        let bound = |a: &str, b: &str| at(a, b).and_then(|i| rows.real("npmi", i)).unwrap_or(-1.0);
        let formulas: Vec<&str> = company.iter().map(|(f, _)| *f).collect();
        let distances: Vec<Vec<f64>> =
            formulas.iter().map(|a| formulas.iter().map(|b| if a == b { 0.0 } else { (1.0 - bound(a, b)) / 2.0 }).collect()).collect();
        let formulas: Vec<&str> = average_linkage(&distances).places.into_iter().map(|i| formulas[i]).collect();
        let share = |i: usize| rows.real("npmi", i).map(|x| if strongest > 0.0 { x / strongest } else { 0.0 });
        let cell = |a: &str, b: &str| match at(a, b) {
            Some(i) => Cell { text: rows.number("together", i).to_string(), share: share(i), link: None },
            None => Cell { text: if a == b { "·".to_owned() } else { String::new() }, share: (a != b).then_some(0.0), link: None },
        };
        // Columns bear the numbers of the rows.
        let line = |(n, formula): (usize, &&str)| Row {
            label: format!("{} {}", n + 1, frame.label(formula, language, labels.get(formula).copied().unwrap_or(formula))),
            cells: formulas.iter().map(|other| cell(formula, other)).collect(),
        };
        let units = own.first().map_or(0, |i| rows.number("units", *i));
        if formulas.len() > 1 {
            let title = [("language", words.language(language)), ("within", words.value(within)), ("n", &units.to_string())];
            blocks.push(Block {
                title: words.fill("chart.together_in", &title),
                scale: words.fill("chart.npmi", &[("npmi", &format!("{strongest:.2}"))]),
                columns: (1..=formulas.len()).map(|n| n.to_string()).collect(),
                rows: formulas.iter().enumerate().map(line).collect(),
            });
        }
    }
    Ok(Heatmap { caption: frame.caption(words.say("chart.together").to_owned(), &[words.say("chart.together_say").to_owned()]), blocks })
}
