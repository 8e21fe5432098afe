//! `tifa trend --show renderings`: under each formula a line a wording, with its share by period.

use std::collections::HashMap;
use std::fmt::Write as _;

use polars::prelude::DataFrame;

use super::grid::{Column, grid, printable, styled, width_of};
use super::number::{share, whole};
use super::rows::{labels, more, note, number_columns, period_of, text_columns};
use super::sparkline::{GAP, ZERO, merged, sparkline, step};
use super::{FAINT, STRONG, Screen};
use crate::analysis::{Dimension, periods_from};
use crate::error::Result;

/// A wording is cut where it is longer.
const LONGEST_WORDING: usize = 48;
const LEAST_LINE: usize = 12;

/// A wording of a formula in one language, with the numbers of its rows.
struct Wording {
    formula: (String, String),
    name: String,
    rows: Vec<usize>,
}

/// The answer `renderings`: the most frequent formula first, and of it the most frequent wording.
///
/// # Errors
/// A table of another shape.
pub fn renderings(frame: &DataFrame, screen: &Screen) -> Result<String> {
    let Some(period) = period_of(frame).filter(|_| frame.height() > 0) else { return Ok(String::new()) };
    let [languages, periods, names] = text_columns(frame, ["language", period.name(), "rendering"])?;
    let [occurrences, of] = number_columns(frame, ["occurrences", "of_occurrences"])?;
    let labels = labels(frame)?;
    let axis = periods_from(period, periods.iter().map(String::as_str));
    let places: HashMap<&str, usize> = axis.iter().enumerate().map(|(i, p)| (p.as_str(), i)).collect();
    let count = |w: &Wording| w.rows.iter().filter_map(|i| occurrences[*i]).sum::<f64>();
    let formulas = by_formula(&labels, &languages, &names, count);
    let mut out = note(&head(period, &axis), screen);
    // A formula takes two lines beside its wordings.
    let lines: usize = formulas.iter().map(|f| f.len() + 2).sum();
    let mut room = screen.rows(lines, 4);
    for (i, wordings) in formulas.iter().enumerate() {
        if wordings.len() + 2 > room && i > 0 {
            out.push_str(&more(formulas.len(), i));
            break;
        }
        room = room.saturating_sub(wordings.len() + 2);
        let all: f64 = wordings.iter().map(count).sum();
        let (label, language) = &wordings[0].formula;
        let _ = writeln!(out, "\n {} {}", styled(&printable(label), STRONG), styled(&format!("{language}  {}", whole(all)), FAINT));
        let mut columns = vec![
            Column::left("", wordings.iter().map(|w| format!("  {}", w.name))),
            Column::right("", wordings.iter().map(|w| whole(count(w)))),
            Column::right("", wordings.iter().map(|w| share(Some(count(w) / all.max(1.0))))),
        ];
        columns[0].cut(LONGEST_WORDING.min(screen.columns() / 2));
        let step = step(axis.len(), screen.columns().saturating_sub(width_of(&columns) + 2).max(LEAST_LINE));
        let drawn = wordings.iter().map(|w| {
            let mut parts = vec![None; axis.len()];
            w.rows.iter().filter_map(|i| Some((places.get(periods[*i].as_str())?, i))).for_each(|(place, i)| parts[*place] = occurrences[*i].zip(of[*i]));
            sparkline(merged(&parts, step), 1.0)
        });
        columns.push(Column::left("", drawn.collect::<Vec<_>>()));
        // The line of names would be blank.
        out.push_str(grid(&columns).split_once('\n').map_or("", |(_, rows)| rows));
    }
    Ok(out)
}

fn head(period: Dimension, axis: &[String]) -> String {
    let (first, last) = (axis.first().map_or("", String::as_str), axis.last().map_or("", String::as_str));
    format!("Shares of each wording, {first} to {last}, by {}: █ is all, {ZERO} none, {GAP} the formula does not occur.", period.name())
}

/// The wordings by formula and language, the most frequent first.
fn by_formula(labels: &[String], languages: &[String], names: &[String], count: impl Fn(&Wording) -> f64) -> Vec<Vec<Wording>> {
    let mut wordings: Vec<Wording> = Vec::new();
    let mut numbers: HashMap<(&str, &str, &str), usize> = HashMap::new();
    for i in 0..names.len() {
        let number = *numbers.entry((&labels[i], &languages[i], &names[i])).or_insert_with(|| {
            wordings.push(Wording { formula: (labels[i].clone(), languages[i].clone()), name: names[i].clone(), rows: Vec::new() });
            wordings.len() - 1
        });
        wordings[number].rows.push(i);
    }
    let mut formulas: Vec<Vec<Wording>> = Vec::new();
    for wording in wordings {
        match formulas.iter_mut().find(|f| f[0].formula == wording.formula) {
            Some(formula) => formula.push(wording),
            None => formulas.push(vec![wording]),
        }
    }
    let whole = |f: &Vec<Wording>| f.iter().map(&count).sum::<f64>();
    formulas.iter_mut().for_each(|f| f.sort_by(|x, y| count(y).total_cmp(&count(x))));
    formulas.sort_by(|x, y| whole(y).total_cmp(&whole(x)));
    formulas
}
