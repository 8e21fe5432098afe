//! How two groups differ.

use polars::prelude::DataFrame;

use super::super::NamedComparison;
use super::super::keys::Key;
use super::{Frame, Rows};
use crate::chart::{Caption, IntervalBlock, IntervalRow, Intervals, thousands};
use crate::error::Result;

/// Below this, a difference is drawn as clear.
const CLEAR: f64 = 0.05;
/// So many rows for each one asked for.
const ROWS: usize = 4;

/// Whether a difference is clear of chance: its q is low, and its interval does not hold 0. Of rare formulas p alone can be low because the texts of
/// the groups differ in length.
pub(in super::super) fn is_clear(q: Option<f64>, low: Option<f64>, high: Option<f64>) -> bool {
    q.is_some_and(|q| q < CLEAR) && (low.is_some_and(|l| l > 0.0) || high.is_some_and(|h| h < 0.0))
}

/// What a group is called: a single value by itself.
pub(in super::super) fn named_group(group: &str) -> String {
    match group.split_once('=') {
        Some((column, value)) if !group.contains(';') && !matches!(column.trim(), "since" | "until") => value.trim().to_owned(),
        _ => group.to_owned(),
    }
}

/// The log ratios of a comparison with their intervals: of each language the rows that are least by chance, sorted by the ratio.
pub(in super::super) fn comparison(table: &DataFrame, named: &NamedComparison, frame: &Frame<'_>) -> Result<Intervals> {
    let numbers = ["occurrences_a", "occurrences_b", "of_documents_a", "of_documents_b", "exposure_a", "exposure_b"];
    let reals = ["rate_a", "rate_b", "log_ratio", "log_ratio_low", "log_ratio_high", "p", "q", "g2"];
    let rows = Rows::of(table, &["formula", "label"], &numbers, &reals)?;
    let words = frame.words;
    let a = named_group(&named.comparison.a.to_string());
    let b = named.comparison.b.as_ref().map_or_else(|| words.say("page.the_rest").to_owned(), |b| named_group(&b.to_string()));
    let side = |name: &str, i: usize| {
        let rate = rows.real(if name == "a" { "rate_a" } else { "rate_b" }, i).unwrap_or(0.0);
        format!("{} · {rate:.1}", rows.number(if name == "a" { "occurrences_a" } else { "occurrences_b" }, i))
    };
    let mut languages: Vec<&str> = rows.language.iter().map(String::as_str).collect();
    languages.dedup();
    let block = |language: &str| {
        let mut own: Vec<usize> = (0..rows.language.len()).filter(|i| rows.language[*i] == language && rows.real("log_ratio", *i).is_some()).collect();
        let chance = |i: usize| rows.real("p", i).unwrap_or(1.0);
        let weight = |i: usize| rows.real("g2", i).unwrap_or(0.0);
        own.sort_by(|x, y| chance(*x).total_cmp(&chance(*y)).then(weight(*y).total_cmp(&weight(*x))).then(x.cmp(y)));
        own.truncate(frame.top * ROWS);
        let is_open = |i: usize| rows.number("occurrences_a", i) == 0 || rows.number("occurrences_b", i) == 0;
        let value = |i: usize| value(&rows, i);
        own.sort_by(|x, y| value(*y).total_cmp(&value(*x)).then(x.cmp(y)));
        let row = |i: usize| {
            let formula = rows.text("formula", i);
            let label = frame.label(formula, language, rows.text("label", i));
            let q = rows.real("q", i).map_or_else(String::new, |q| format!(", q {q:.3}"));
            let more = if rows.number("occurrences_a", i) == 0 || (!is_open(i) && value(i) < 0.0) { "b" } else { "a" };
            IntervalRow {
                value: value(i),
                open: is_open(i),
                low: rows.real("log_ratio_low", i),
                high: rows.real("log_ratio_high", i),
                before: side("b", i),
                after: side("a", i),
                clear: is_clear(rows.real("q", i), rows.real("log_ratio_low", i), rows.real("log_ratio_high", i)),
                link: frame.keys.link(&[(Key::Formula, formula), (Key::Language, language), (Key::Group, &format!("{} {more}", named.name))], || {
                    format!("{label}: a {}, b {}{q}", rows.number("occurrences_a", i), rows.number("occurrences_b", i))
                }),
                label,
            }
        };
        IntervalBlock {
            title: own.first().map_or_else(String::new, |i| size(&rows, language, *i, frame)),
            left: words.fill("chart.more_often", &[("group", &b)]),
            right: words.fill("chart.more_often", &[("group", &a)]),
            axis: words.say("chart.log_ratio").to_owned(),
            before: b.clone(),
            after: a.clone(),
            rows: own.into_iter().map(row).collect(),
        }
    };
    let title = words.fill("chart.comparison", &[("a", &a), ("b", &b)]);
    let blocks: Vec<IntervalBlock> = languages.into_iter().map(block).collect();
    let shown: usize = blocks.iter().map(|b| b.rows.len()).sum();
    let of = [("k", thousands(shown as u64)), ("n", words.count(rows.language.len() as u64, "n_formulas"))];
    let of: Vec<(&str, &str)> = of.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let said = [words.fill("chart.comparison_of", &of), words.say("chart.comparison_say").to_owned()];
    Ok(Intervals { caption: Caption { subtitle: said.join(words.say("mark.semicolon")), ..frame.caption(title, &[]) }, blocks })
}

/// Where a row is drawn: at its log ratio. Where one group has none, that is made from half an occurrence and may point the wrong way: then at the end
/// of the interval.
fn value(rows: &Rows, i: usize) -> f64 {
    let ratio = rows.real("log_ratio", i).unwrap_or(0.0);
    match (rows.number("occurrences_a", i), rows.number("occurrences_b", i)) {
        (0, _) => rows.real("log_ratio_high", i).unwrap_or(ratio),
        (_, 0) => rows.real("log_ratio_low", i).unwrap_or(ratio),
        _ => ratio,
    }
}

/// How much text the groups have in a language.
fn size(rows: &Rows, language: &str, i: usize, frame: &Frame<'_>) -> String {
    let words = frame.words;
    let of = |documents, exposure| {
        let n = words.count(rows.number(documents, i), "n_documents");
        words.fill("chart.group_size", &[("documents", &n), ("exposure", &thousands(rows.number(exposure, i))), ("unit", frame.unit(language))])
    };
    let (a, b) = (of("of_documents_a", "exposure_a"), of("of_documents_b", "exposure_b"));
    words.fill("chart.groups", &[("language", words.language(language)), ("a", &a), ("b", &b)])
}
