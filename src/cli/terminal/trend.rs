//! `tifa trend`: a line a formula, with its rates as a sparkline; and what else it shows, in the columns that one reads.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use polars::prelude::DataFrame;

use super::fit::narrowed;
use super::grid::{Cell, Column, grid, width, width_of};
use super::number::{decimals, probability, rate, signed, whole};
use super::rows::{labels, more, note, number_columns, period_of, text_columns};
use super::sparkline::{GAP, ZERO, merged, sparkline, step};
use super::{STRONG, Screen};
use crate::analysis::{Dimension, periods_from};
use crate::error::Result;
use crate::table::texts;

/// A series is drawn at least so wide, even if its label is cut for it.
const LEAST_LINE: usize = 12;
/// Of labels, so much always stands.
const LEAST_LABEL: usize = 18;
/// From here on a trend is called one.
const SURE: f64 = 0.05;

/// A formula (or theme) in one language.
#[derive(Default)]
struct Line {
    label: String,
    language: String,
    occurrences: f64,
    documents: f64,
    status: String,
    /// By period of the axis: occurrences and exposure.
    parts: Vec<Option<(f64, f64)>>,
    /// The highest rate, and its period.
    best: Option<(f64, String)>,
}

/// The answer `series`, with what `presence` says of each.
///
/// # Errors
/// Tables of another shape.
pub fn series(frame: &DataFrame, presence: &DataFrame, screen: &Screen) -> Result<String> {
    let Some(period) = period_of(frame).filter(|_| frame.height() > 0) else { return Ok(String::new()) };
    let named = texts(frame, period.name())?;
    let axis = periods_from(period, named.iter().map(String::as_str));
    let mut all = read(frame, presence, period, &axis)?;
    all.sort_by(|a, b| b.occurrences.total_cmp(&a.occurrences).then_with(|| (&a.label, &a.language).cmp(&(&b.label, &b.language))));
    let shown = screen.rows(all.len(), 6);
    let lines = &all[..shown];
    let mut columns = vec![Column::left(subject_name(frame), lines.iter().map(|l| Cell::new(&l.label, STRONG)))];
    if all.iter().any(|l| l.language != all[0].language) {
        columns.push(Column::left("", lines.iter().map(|l| &l.language)));
    }
    columns.push(Column::right("n", lines.iter().map(|l| whole(l.occurrences))));
    columns.push(Column::right("docs", lines.iter().map(|l| whole(l.documents))));
    let mut behind = vec![
        Column::right("highest", lines.iter().map(|l| rate(l.best.as_ref().map(|b| b.0)))),
        Column::left("in", lines.iter().map(|l| l.best.as_ref().map_or("", |b| b.1.as_str()))),
        Column::left("status", lines.iter().map(|l| l.status.as_str())),
    ];
    let taken = |columns: &[Column], behind: &[Column]| width_of(columns) + width_of(behind) + 3;
    let wanted = axis.len().min(LEAST_LINE.max(screen.columns() / 3));
    let excess = (taken(&columns, &behind) + wanted).saturating_sub(screen.columns());
    let label = columns[0].width().saturating_sub(excess).max(LEAST_LABEL);
    columns[0].cut(label);
    while !behind.is_empty() && taken(&columns, &behind) + wanted.min(LEAST_LINE) > screen.columns() {
        behind.pop();
    }
    let room = screen.columns().saturating_sub(taken(&columns, &behind)).max(wanted.min(LEAST_LINE));
    let step = step(axis.len(), room);
    let drawn = |line: &Line| {
        let rates = merged(&line.parts, step);
        let top = rates.iter().flatten().fold(0.0, |a: f64, b| a.max(*b));
        sparkline(rates, top)
    };
    columns.push(Column::left(&span_over(&axis, axis.len().div_ceil(step)), lines.iter().map(drawn)));
    columns.extend(behind);
    let mut out = head(frame, period, &axis, step, screen)?;
    out.push_str(&grid(&columns));
    out.push_str(&more(all.len(), shown));
    Ok(out)
}

fn subject_name(frame: &DataFrame) -> &'static str {
    if frame.column("theme").is_ok() { "theme" } else { "formula" }
}

/// The lines, with their points at their places of the axis.
fn read(frame: &DataFrame, presence: &DataFrame, period: Dimension, axis: &[String]) -> Result<Vec<Line>> {
    let subject = subject_name(frame);
    let [ids, languages, periods] = text_columns(frame, [subject, "language", period.name()])?;
    let [occurrences, exposure, rates] = number_columns(frame, ["occurrences", "exposure", "rate"])?;
    let places: HashMap<&str, usize> = axis.iter().enumerate().map(|(i, p)| (p.as_str(), i)).collect();
    let [whose, in_language, status] = text_columns(presence, [subject, "language", "status"])?;
    let [all, documents] = number_columns(presence, ["occurrences", "documents"])?;
    let labels = labels(presence)?;
    let mut lines: Vec<Line> = Vec::new();
    let mut numbers: HashMap<(&str, &str), usize> = HashMap::new();
    for i in 0..presence.height() {
        numbers.insert((&whose[i], &in_language[i]), i);
        lines.push(Line {
            label: labels[i].clone(),
            language: in_language[i].clone(),
            occurrences: all[i].unwrap_or(0.0),
            documents: documents[i].unwrap_or(0.0),
            status: status[i].clone(),
            parts: vec![None; axis.len()],
            best: None,
        });
    }
    for i in 0..frame.height() {
        let (Some(number), Some(place)) = (numbers.get(&(ids[i].as_str(), languages[i].as_str())), places.get(periods[i].as_str())) else { continue };
        let line = &mut lines[*number];
        line.parts[*place] = occurrences[i].zip(exposure[i]);
        if let Some(rate) = rates[i].filter(|r| *r > line.best.as_ref().map_or(0.0, |b| b.0)) {
            line.best = Some((rate, periods[i].clone()));
        }
    }
    Ok(lines)
}

/// What the marks mean.
fn head(frame: &DataFrame, period: Dimension, axis: &[String], step: usize, screen: &Screen) -> Result<String> {
    let name = period.name();
    let [languages, units] = text_columns(frame, ["language", "unit"])?;
    let mut measured: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (language, unit) in languages.iter().zip(&units) {
        measured.entry(unit).or_default().insert(language);
    }
    let measured: Vec<String> = measured.into_iter().map(|(unit, of)| format!("{unit} ({})", of.into_iter().collect::<Vec<_>>().join(", "))).collect();
    let (first, last) = (axis.first().map_or("", String::as_str), axis.last().map_or("", String::as_str));
    let span = if first == last { format!("{first}, one {name}") } else { format!("{first} to {last}, by {name}") };
    let one = if step > 1 { format!("a mark is {step} {name}s, ") } else { String::new() };
    let first = note(&format!("Occurrences per 10,000 {}, {span}.", measured.join(" or ")), screen);
    Ok(format!("{first}{}\n", note(&format!("Each line to its own highest rate: {one}{ZERO} is none, {GAP} no text."), screen)))
}

/// The first and last period, over the ends of the lines if they are wide enough for that.
fn span_over(axis: &[String], wide: usize) -> String {
    let (Some(first), Some(last)) = (axis.first(), axis.last()) else { return String::new() };
    let between = wide.saturating_sub(width(first) + width(last));
    if between == 0 { "rate".to_owned() } else { format!("{first}{:between$}{last}", "") }
}

/// The answer `trend`: `--show summary`.
///
/// # Errors
/// A table of another shape.
pub fn summary(frame: &DataFrame, screen: &Screen) -> Result<String> {
    let [languages, status, changes, first, last, notes] = text_columns(frame, ["language", "status", "changes", "first_seen", "last_seen", "note"])?;
    let [occurrences, documents, tau, q, slope] = number_columns(frame, ["occurrences", "documents", "tau", "q", "slope"])?;
    let labels = labels(frame)?;
    let rows = by_occurrences(&occurrences);
    let shown = screen.rows(rows.len(), 5);
    let each = |get: &dyn Fn(usize) -> String| -> Vec<String> { rows[..shown].iter().map(|i| get(*i)).collect() };
    let trend = |i: usize| match (q[i], tau[i]) {
        (None, _) => String::new(),
        (Some(q), Some(tau)) if q < SURE => (if tau > 0.0 { "rises" } else { "falls" }).to_owned(),
        _ => "none sure".to_owned(),
    };
    let period = frame.column("period").ok().and_then(|c| c.get(0).ok().map(|v| v.str_value().to_string())).unwrap_or_default();
    let columns = vec![
        Column::left(subject_name(frame), rows[..shown].iter().map(|i| Cell::new(&labels[*i], STRONG))),
        Column::left("", each(&|i| languages[i].clone())),
        Column::right("n", each(&|i| whole(occurrences[i].unwrap_or(0.0)))),
        Column::right("docs", each(&|i| whole(documents[i].unwrap_or(0.0)))),
        Column::left("trend", each(&trend)),
        Column::right(&format!("per {period}"), each(&|i| signed(slope[i]))),
        Column::right("q", each(&|i| probability(q[i]))),
        Column::left("changes", each(&|i| changes[i].replace('|', " "))),
        Column::left("status", each(&|i| status[i].clone())),
        Column::left("first seen", each(&|i| first[i].clone())),
        Column::left("last seen", each(&|i| last[i].clone())),
        Column::left("note", each(&|i| notes[i].replace('|', ", "))),
    ];
    let out = format!("{}\n", note("A trend rises or falls where q < 0.05; changes: periods that begin with another rate.", screen));
    Ok(out + &narrowed(columns, &[vec!["note"], vec!["first seen"], vec!["changes"], vec!["last seen"]], screen) + &more(rows.len(), shown))
}

/// The answer `changes`: `--show changes`.
///
/// # Errors
/// A table of another shape.
pub fn changes(frame: &DataFrame, screen: &Screen) -> Result<String> {
    let Some(period) = period_of(frame).filter(|_| frame.height() > 0) else { return Ok(String::new()) };
    let [languages, periods] = text_columns(frame, ["language", period.name()])?;
    let [before, after, n_before, n_after, q] = number_columns(frame, ["rate_before", "rate_after", "occurrences_before", "occurrences_after", "change_q"])?;
    let labels = labels(frame)?;
    let shown = screen.rows(frame.height(), 5);
    let each = |get: &dyn Fn(usize) -> String| -> Vec<String> { (0..shown).map(get).collect() };
    let times = |i: usize| match (before[i], after[i]) {
        (Some(b), Some(a)) if b > 0.0 && a > 0.0 => format!("×{}", decimals(a / b, 1)),
        (Some(b), Some(_)) => (if b > 0.0 { "to none" } else { "from none" }).to_owned(),
        _ => String::new(),
    };
    let columns = vec![
        Column::left(subject_name(frame), labels[..shown].iter().map(|l| Cell::new(l, STRONG))),
        Column::left("", each(&|i| languages[i].clone())),
        Column::left("from", each(&|i| periods[i].clone())),
        Column::right("before", each(&|i| rate(before[i]))),
        Column::right("after", each(&|i| rate(after[i]))),
        Column::right("", each(&times)),
        Column::right("n before", each(&|i| whole(n_before[i].unwrap_or(0.0)))),
        Column::right("n after", each(&|i| whole(n_after[i].unwrap_or(0.0)))),
        Column::right("q", each(&|i| probability(q[i]))),
    ];
    let out = format!("{}\n", note("Rates are occurrences per 10,000 words or characters, up to the next change before and after.", screen));
    Ok(out + &narrowed(columns, &[vec!["n before", "n after"]], screen) + &more(frame.height(), shown))
}

/// The numbers of the rows, the most frequent first.
fn by_occurrences(occurrences: &[Option<f64>]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..occurrences.len()).collect();
    rows.sort_by(|a, b| occurrences[*b].unwrap_or(0.0).total_cmp(&occurrences[*a].unwrap_or(0.0)));
    rows
}
