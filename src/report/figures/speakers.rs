//! Who uses which formula.

use std::collections::HashMap;

use polars::prelude::DataFrame;

use super::super::keys::Key;
use super::{Frame, Rows};
use crate::analysis::{Dimension, NARRATION, UNATTRIBUTED};
use crate::chart::{Block, Cell, Heatmap, Row};
use crate::error::Result;
use crate::stats::{average_linkage, jensen_shannon};

/// The rates of the commonest formulas of the speakers (or sides, sources …: `each`) who use most of them, of the answer `profiles`; like
/// stands beside like, both ways.
pub(in super::super) fn speakers(profiles: &DataFrame, each: Dimension, frame: &Frame<'_>) -> Result<Heatmap> {
    let who = each.name();
    let rows = Rows::of(profiles, &[who, "formula", "label"], &["occurrences", "documents", "exposure", "order"], &["rate"])?;
    let words = frame.words;
    let mut blocks = Vec::new();
    for (language, own) in rows.by_language() {
        let own: Vec<usize> = own.into_iter().filter(|i| !matches!(rows.text(who, *i), "" | NARRATION | UNATTRIBUTED)).collect();
        let mut columns: Vec<&str> = rows.commonest(who, &own, frame.top).into_iter().map(|(s, _)| s).collect();
        let formulas: Vec<&str> = rows.commonest("formula", &own, frame.top * 3 / 2 + 3).into_iter().map(|(f, _)| f).collect();
        if columns.is_empty() {
            continue;
        }
        let cells: HashMap<(&str, &str), usize> = own.iter().map(|i| ((rows.text("formula", *i), rows.text(who, *i)), *i)).collect();
        let at = |formula: &str, column: &str| cells.get(&(formula, column)).copied();
        // Those with too little to be likened to others have no place, and stand last.
        let place = |column: &str| own.iter().find(|i| rows.text(who, **i) == column).map_or(0, |i| rows.number("order", *i));
        columns.sort_by_key(|c| if place(c) == 0 { u64::MAX } else { place(c) });
        let formulas = alike(&formulas, |formula| columns.iter().map(|c| at(formula, c).and_then(|i| rows.real("rate", i)).unwrap_or(0.0)).collect());
        let highest = own.iter().filter(|i| columns.contains(&rows.text(who, **i)) && formulas.contains(&rows.text("formula", **i)));
        let highest = highest.filter_map(|i| rows.real("rate", *i)).fold(0.0, f64::max);
        let cell = |formula: &str, column: &str| {
            let Some((i, rate)) = at(formula, column).and_then(|i| Some((i, rows.real("rate", i)?))) else {
                return Cell { text: "–".into(), share: None, link: None };
            };
            let keys = [(Key::Formula, formula), (Key::Language, language), (Key::Speaker, column)];
            let link = (each == Dimension::Column("speaker")).then(|| {
                frame.keys.link(&keys, || {
                    let found = frame.in_documents(rows.number("occurrences", i), rows.number("documents", i));
                    format!("{column}, {}: {found}", frame.label(formula, language, rows.text("label", i)))
                })
            });
            let text = match rows.number("occurrences", i) {
                0 => String::new(),
                n => n.to_string(),
            };
            Cell { text, share: Some(if highest > 0.0 { rate / highest } else { 0.0 }), link: link.flatten() }
        };
        let line = |formula: &&str| {
            let fallback = own.iter().find(|i| rows.text("formula", **i) == *formula).map_or("", |i| rows.text("label", *i));
            Row { label: frame.label(formula, language, fallback), cells: columns.iter().map(|c| cell(formula, c)).collect() }
        };
        blocks.push(Block {
            title: words.fill("chart.per_unit_of", &[("language", words.language(language)), ("unit", frame.unit(language)), ("who", words.value(who))]),
            scale: words.fill("chart.strongest", &[("rate", &format!("{highest:.1}"))]),
            rows: formulas.iter().map(line).collect(),
            columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        });
    }
    let title = words.fill("chart.speakers", &[("who", words.value(who))]);
    Ok(Heatmap { caption: frame.caption(title, &[words.say("chart.speakers_say").to_owned()]), blocks })
}

/// Formulas in an order in which those that the same people use stand together.
fn alike<'f>(formulas: &[&'f str], profile: impl Fn(&str) -> Vec<f64>) -> Vec<&'f str> {
    let profiles: Vec<Vec<f64>> = formulas.iter().map(|f| profile(f)).collect();
    let distances: Vec<Vec<f64>> = profiles.iter().map(|p| profiles.iter().map(|q| jensen_shannon(p, q).unwrap_or(1.0)).collect()).collect();
    average_linkage(&distances).places.into_iter().map(|i| formulas[i]).collect()
}
