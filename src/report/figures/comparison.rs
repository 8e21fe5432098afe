//! How two groups differ.

use polars::prelude::DataFrame;

use super::super::NamedComparison;
use super::super::keys::Key;
use super::{Frame, Rows};
use crate::chart::{IntervalBlock, IntervalRow, Intervals, thousands};
use crate::error::Result;

/// Below this, a difference is drawn as clear.
const CLEAR: f64 = 0.05;
/// So many rows for each one asked for.
const ROWS: usize = 4;

/// The log ratios of a comparison with their intervals: of each language the rows that are least by chance, sorted by the ratio.
pub(in super::super) fn comparison(table: &DataFrame, named: &NamedComparison, frame: &Frame<'_>) -> Result<Intervals> {
    let numbers = ["occurrences_a", "occurrences_b", "of_documents_a", "of_documents_b", "exposure_a", "exposure_b"];
    let reals = ["rate_a", "rate_b", "log_ratio", "log_ratio_low", "log_ratio_high", "p", "q", "g2"];
    let rows = Rows::of(table, &["formula", "label"], &numbers, &reals)?;
    let words = frame.words;
    let a = named.comparison.a.to_string();
    let b = named.comparison.b.as_ref().map_or_else(|| words.say("page.the_rest").to_owned(), ToString::to_string);
    let side = |name: &str, i: usize| {
        let rate = rows.real(if name == "a" { "rate_a" } else { "rate_b" }, i).unwrap_or(0.0);
        format!("{} · {rate:.1}", rows.number(if name == "a" { "occurrences_a" } else { "occurrences_b" }, i))
    };
    let size = |language: &str, i: usize| {
        let of = |documents, exposure| {
            let n = words.count(rows.number(documents, i), "n_documents");
            words.fill("chart.group_size", &[("documents", &n), ("exposure", &thousands(rows.number(exposure, i))), ("unit", frame.unit(language))])
        };
        let (a, b) = (of("of_documents_a", "exposure_a"), of("of_documents_b", "exposure_b"));
        words.fill("chart.groups", &[("language", words.language(language)), ("a", &a), ("b", &b)])
    };
    let mut languages: Vec<&str> = rows.language.iter().map(String::as_str).collect();
    languages.dedup();
    let block = |language: &str| {
        let mut own: Vec<usize> = (0..rows.language.len()).filter(|i| rows.language[*i] == language && rows.real("log_ratio", *i).is_some()).collect();
        let chance = |i: usize| rows.real("p", i).unwrap_or(1.0);
        let weight = |i: usize| rows.real("g2", i).unwrap_or(0.0);
        own.sort_by(|x, y| chance(*x).total_cmp(&chance(*y)).then(weight(*y).total_cmp(&weight(*x))).then(x.cmp(y)));
        own.truncate(frame.top * ROWS);
        let ratio = |i: usize| rows.real("log_ratio", i).unwrap_or(0.0);
        own.sort_by(|x, y| ratio(*y).total_cmp(&ratio(*x)).then(x.cmp(y)));
        let row = |i: usize| {
            let formula = rows.text("formula", i);
            let label = frame.label(formula, language, rows.text("label", i));
            let q = rows.real("q", i).map_or_else(String::new, |q| format!(", q {q:.3}"));
            let counts = [rows.number("occurrences_a", i), rows.number("occurrences_b", i)];
            let more = if counts[0] == 0 || (counts[1] > 0 && ratio(i) < 0.0) { "b" } else { "a" };
            IntervalRow {
                // Where one has none, the ratio is made from half an occurrence, and may point the wrong way: there is only the interval.
                value: if counts.contains(&0) { f64::NAN } else { ratio(i) },
                low: rows.real("log_ratio_low", i),
                high: rows.real("log_ratio_high", i),
                before: side("b", i),
                after: side("a", i),
                clear: rows.real("q", i).is_some_and(|q| q < CLEAR),
                link: frame.keys.link(&[(Key::Formula, formula), (Key::Language, language), (Key::Group, &format!("{} {more}", named.name))], || {
                    format!("{label}: a {}, b {}{q}", rows.number("occurrences_a", i), rows.number("occurrences_b", i))
                }),
                label,
            }
        };
        IntervalBlock {
            title: own.first().map_or_else(String::new, |i| size(language, *i)),
            left: words.fill("chart.more_often", &[("group", &b)]),
            right: words.fill("chart.more_often", &[("group", &a)]),
            axis: words.say("chart.log_ratio").to_owned(),
            before: "b".to_owned(),
            after: "a".to_owned(),
            rows: own.into_iter().map(row).collect(),
        }
    };
    let title = words.fill("chart.comparison", &[("a", &a), ("b", &b)]);
    Ok(Intervals { caption: frame.caption(title, &[words.say("chart.comparison_say").to_owned()]), blocks: languages.into_iter().map(block).collect() })
}
