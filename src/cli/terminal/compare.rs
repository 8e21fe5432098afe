//! `tifa compare`: a line a formula, with the log ratio and its interval as a bar; profiles and distances in the columns that one reads.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use polars::prelude::DataFrame;

use super::bar::{axis, interval_bar};
use super::fit::narrowed;
use super::grid::{Cell, Column, grid, styled, width_of};
use super::number::{probability, rate, share, signed, whole};
use super::rows::{labels, more, note, number_columns, text_columns};
use super::{STRONG, Screen};
use crate::error::Result;

/// Differences are coloured where q is below.
const SURE: f64 = 0.05;
const OF_A: Style = AnsiColor::Green.on_default();
const OF_B: Style = AnsiColor::Magenta.on_default();
/// How wide bars are, if there is room.
const WIDEST_BAR: usize = 41;
const NARROWEST_BAR: usize = 11;
/// Labels are cut until bars are so wide.
const WANTED_BAR: usize = 17;
/// Of labels, so much always stands.
const LEAST_LABEL: usize = 20;
/// No axis is longer: a rate 64 times as high.
const LONGEST_AXIS: f64 = 6.0;

/// What the two groups are called.
#[derive(Debug, Clone)]
pub struct Names {
    /// The first.
    pub a: String,
    /// The second.
    pub b: String,
}

/// A formula (or theme) in one language; `[a, b]`.
struct Line {
    label: String,
    language: String,
    rates: [Option<f64>; 2],
    counts: [f64; 2],
    ratio: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    z: f64,
    q: Option<f64>,
    note: String,
}

impl Line {
    fn is_sure(&self) -> bool {
        self.q.is_some_and(|q| q < SURE)
    }

    fn style(&self) -> Style {
        let more_in_a = self.rates[0] > self.rates[1];
        if self.is_sure() { (if more_in_a { OF_A } else { OF_B }).bold() } else { Style::new() }
    }

    /// The log ratio where both use it. Where one does not, it is made from half an occurrence, and may point the wrong way.
    fn point(&self) -> Option<f64> {
        self.ratio.filter(|_| self.counts.iter().all(|n| *n > 0.0))
    }

    fn ratio(&self) -> String {
        match self.counts {
            [n, _] if n <= 0.0 => "none in a".to_owned(),
            [_, n] if n <= 0.0 => "none in b".to_owned(),
            _ => signed(self.ratio),
        }
    }
}

/// The answer `comparison`: the clearest differences first.
///
/// # Errors
/// A table of another shape.
pub fn comparison(frame: &DataFrame, names: &Names, screen: &Screen) -> Result<String> {
    if frame.height() == 0 {
        return Ok(String::new());
    }
    let mut all = read(frame)?;
    let q = |l: &Line| l.q.unwrap_or(f64::INFINITY);
    all.sort_by(|x, y| q(x).total_cmp(&q(y)).then(y.z.abs().total_cmp(&x.z.abs())));
    let head = head(frame, names, screen)?;
    let shown = screen.rows(all.len(), head.lines().count() + 4);
    let mut out = head;
    out.push_str(&table(&all[..shown], &all, screen));
    out.push_str(&more(all.len(), shown));
    Ok(out)
}

fn table(lines: &[Line], all: &[Line], screen: &Screen) -> String {
    let counted = |of: usize| lines.iter().map(move |l| format!("{} ({})", rate(l.rates[of]), whole(l.counts[of])));
    let mut columns = vec![Column::left("", lines.iter().map(|l| Cell::new(&l.label, l.style())))];
    if all.iter().any(|l| l.language != all[0].language) {
        columns.push(Column::left("", lines.iter().map(|l| &l.language)));
    }
    columns.push(Column::right("a (n)", counted(0)));
    columns.push(Column::right("b (n)", counted(1)));
    let end = |x: Option<f64>| x.map_or_else(|| "…".to_owned(), |x| super::number::decimals(x, 2));
    let mut behind = vec![
        Column::right("log ratio", lines.iter().map(|l| Cell::new(l.ratio(), l.style()))),
        Column::left("95 %", lines.iter().map(|l| format!("[{}, {}]", end(l.low), end(l.high)))),
        Column::right("q", lines.iter().map(|l| probability(l.q))),
    ];
    let notes = Column::left("note", lines.iter().map(|l| l.note.replace('|', ", ")));
    let taken = |columns: &[Column], behind: &[Column]| width_of(columns) + width_of(behind) + 3;
    let excess = (taken(&columns, &behind) + WANTED_BAR).saturating_sub(screen.columns());
    let label = columns[0].width().saturating_sub(excess).max(LEAST_LABEL);
    columns[0].cut(label);
    if taken(&columns, &behind) + NARROWEST_BAR > screen.columns() {
        // The bar shows it.
        behind.remove(1);
    }
    let wide = screen.columns().saturating_sub(taken(&columns, &behind)).clamp(NARROWEST_BAR, WIDEST_BAR);
    let scale = scale(lines);
    let bar = |l: &Line| Cell { text: interval_bar(wide, scale, l.point(), l.low, l.high).trim_end().to_owned(), style: l.style() };
    columns.push(Column::left(&axis(wide, scale), lines.iter().map(bar)));
    columns.extend(behind);
    if !notes.is_empty() && width_of(&columns) + 2 + notes.width() <= screen.columns() {
        columns.push(notes);
    }
    grid(&columns)
}

/// How far the axis goes: a little farther than the ratios do.
fn scale(lines: &[Line]) -> f64 {
    let most = lines.iter().filter_map(Line::point).fold(0.0, |most: f64, r| most.max(r.abs()));
    (most * 1.15).ceil().clamp(1.0, LONGEST_AXIS)
}

fn read(frame: &DataFrame) -> Result<Vec<Line>> {
    let [languages, notes] = text_columns(frame, ["language", "note"])?;
    let [n_a, n_b, rate_a, rate_b] = number_columns(frame, ["occurrences_a", "occurrences_b", "rate_a", "rate_b"])?;
    let [ratio, low, high, z, q] = number_columns(frame, ["log_ratio", "log_ratio_low", "log_ratio_high", "z", "q"])?;
    let line = |(i, label): (usize, String)| Line {
        label,
        language: languages[i].clone(),
        rates: [rate_a[i], rate_b[i]],
        counts: [n_a[i].unwrap_or(0.0), n_b[i].unwrap_or(0.0)],
        ratio: ratio[i],
        low: low[i],
        high: high[i],
        z: z[i].unwrap_or(0.0),
        q: q[i],
        note: notes[i].clone(),
    };
    Ok(labels(frame)?.into_iter().enumerate().map(line).collect())
}

/// The groups with their text, in what else they differ, and how to read the bars.
fn head(frame: &DataFrame, names: &Names, screen: &Screen) -> Result<String> {
    let [languages, units, differs] = text_columns(frame, ["language", "unit", "differs"])?;
    let [documents_a, documents_b] = number_columns(frame, ["of_documents_a", "of_documents_b"])?;
    let [exposure_a, exposure_b] = number_columns(frame, ["exposure_a", "exposure_b"])?;
    let mut out = String::new();
    // Rows come by language.
    let firsts: Vec<usize> = (0..frame.height()).filter(|i| *i == 0 || languages[*i] != languages[i - 1]).collect();
    for (letter, name, style, documents, exposure) in [("a", &names.a, OF_A, &documents_a, &exposure_a), ("b", &names.b, OF_B, &documents_b, &exposure_b)] {
        let of = |i: &usize| {
            let (documents, text) = (documents[*i].unwrap_or(0.0), exposure[*i].unwrap_or(0.0));
            let noun = if documents > 1.0 { "documents" } else { "document" };
            format!("{}: {} {noun}, {} {}", languages[*i], whole(documents), whole(text), units[*i])
        };
        let text = firsts.iter().map(of).collect::<Vec<_>>().join("; ");
        let _ = writeln!(out, " {}  {}  {text}", styled(letter, style.bold()), styled(&super::grid::printable(name), STRONG));
    }
    let other: Vec<String> =
        firsts.iter().filter(|i| !differs[**i].is_empty()).map(|i| format!("{} ({})", differs[*i].replace('|', ", "), languages[*i])).collect();
    if !other.is_empty() {
        let _ = writeln!(out, " They also differ in {}; --strata holds such things fixed.", other.join("; "));
    }
    let read = "Rates per 10,000. Right of 0 is more in a, left of it more in b; +1 is twice as often, +2 four times. Coloured where q < 0.05.";
    Ok(format!("{out}{}\n", note(read, screen)))
}

/// The answer `profiles`: what each says more and less than all together, by speaker (or what `each` is), the most striking first.
///
/// # Errors
/// A table of another shape.
pub fn profiles(frame: &DataFrame, each: &str, screen: &Screen) -> Result<String> {
    let [who, languages, notes] = text_columns(frame, [each, "language", "note"])?;
    let [occurrences, rates, expected, residual] = number_columns(frame, ["occurrences", "rate", "expected", "residual"])?;
    let labels = labels(frame)?;
    let mut rows: Vec<usize> = (0..frame.height()).collect();
    // Where a row has a note, its residual means little.
    let size = |i: usize| residual[i].map_or(0.0, f64::abs);
    rows.sort_by(|x, y| notes[*x].is_empty().cmp(&notes[*y].is_empty()).reverse().then(size(*y).total_cmp(&size(*x))));
    let shown = screen.rows(rows.len(), 5);
    let column = |get: &dyn Fn(usize) -> String| -> Vec<String> { rows[..shown].iter().map(|i| get(*i)).collect() };
    let columns = vec![
        Column::left(each, rows[..shown].iter().map(|i| Cell::new(&who[*i], STRONG))),
        Column::left("", column(&|i| labels[i].clone())),
        Column::left("", column(&|i| languages[i].clone())),
        Column::right("n", column(&|i| whole(occurrences[i].unwrap_or(0.0)))),
        Column::right("expected", column(&|i| expected[i].map_or_else(String::new, |x| super::number::decimals(x, 1)))),
        Column::right("rate", column(&|i| rate(rates[i]))),
        Column::right("residual", column(&|i| signed(residual[i]))),
        Column::left("note", column(&|i| notes[i].clone())),
    ];
    let head = "What each says more (+) and less (−) than all together would lead one to expect; the residual ranks and does not test.";
    Ok(format!("{}\n", note(head, screen)) + &narrowed(columns, &[vec!["note"], vec!["rate"]], screen) + &more(rows.len(), shown))
}

/// The answer `distances`: the most alike first.
///
/// # Errors
/// A table of another shape.
pub fn distances(frame: &DataFrame, each: &str, screen: &Screen) -> Result<String> {
    let [first, second] = [format!("{each}_a"), format!("{each}_b")];
    let [one, other, languages] = text_columns(frame, [first.as_str(), second.as_str(), "language"])?;
    let [n_one, n_other, distance] = number_columns(frame, ["occurrences_a", "occurrences_b", "distance"])?;
    let mut rows: Vec<usize> = (0..frame.height()).collect();
    rows.sort_by(|x, y| distance[*x].unwrap_or(1.0).total_cmp(&distance[*y].unwrap_or(1.0)));
    let shown = screen.rows(rows.len(), 5);
    let column = |get: &dyn Fn(usize) -> String| -> Vec<String> { rows[..shown].iter().map(|i| get(*i)).collect() };
    let bar = |i: usize| "█".repeat((distance[i].unwrap_or(0.0) * 20.0).round() as usize);
    let columns = vec![
        Column::left(each, column(&|i| one[i].clone())),
        Column::left("", column(&|i| other[i].clone())),
        Column::left("", column(&|i| languages[i].clone())),
        Column::right("n", column(&|i| whole(n_one[i].unwrap_or(0.0)))),
        Column::right("n", column(&|i| whole(n_other[i].unwrap_or(0.0)))),
        Column::right("distance", column(&|i| share(distance[i]))),
        Column::left("0 alike, 1 nothing in common", column(&bar)),
    ];
    Ok(narrowed(columns, &[vec!["n"]], screen) + &more(rows.len(), shown))
}
