//! Profiles: what each of many speakers (or sides, sources, years …) says more and less than all do, and who is like whom.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::analysis::dimension::{Dimension, NARRATION, UNATTRIBUTED};
use crate::analysis::filter::Filter;
use crate::analysis::measure::{FEW_OCCURRENCES, PER};
use crate::analysis::tally::{Cell, Tally, unit};
use crate::error::Result;
use crate::scan::Scan;
use crate::stats::{adjusted_residual, average_linkage, jensen_shannon};
use crate::table::Columns;

/// Below so many a residual is far from normal: the usual rule for tables of counts (Cochran 1954).
const FEW_EXPECTED: f64 = 5.0;

/// Whose profile a cell is, and what it holds.
type Profile<'a> = (&'a [String], &'a Cell);

struct Row<'a> {
    who: &'a str,
    subject: usize,
    language: &'a str,
    occurrences: f64,
    documents: usize,
    exposure: f64,
    expected: f64,
    residual: Option<f64>,
    order: Option<f64>,
}

/// How often each value of `each` uses what `by` tells apart, and how far that is from what the pooled rate leads one to expect. The
/// columns are those of the answer `profiles`.
///
/// # Errors
/// A filter with an unknown value.
pub fn profiles(scan: &Scan, each: Dimension, by: Dimension, filter: &Filter) -> Result<DataFrame> {
    let tally = Tally::of(scan, filter, vec![each.expr()], &[by])?;
    let mut rows = Vec::new();
    for (language, cells) in tally.by_language() {
        let seen = tally.occurring(&cells);
        let orders = Like::of(&cells, &seen);
        let whole: f64 = cells.iter().map(|(_, c)| c.exposure()).sum();
        let hits: BTreeMap<usize, f64> = seen.iter().map(|s| (*s, cells.iter().map(|(_, c)| c.occurrences(*s)).sum())).collect();
        for (key, cell) in cells.iter().filter(|(_, cell)| !cell.text.is_empty()) {
            let (exposure, order) = (cell.exposure(), orders.place(&key[0]));
            for subject in &seen {
                let occurrences = cell.occurrences(*subject);
                rows.push(Row {
                    who: &key[0],
                    subject: *subject,
                    language,
                    occurrences,
                    documents: cell.uses_of(*subject).len(),
                    exposure,
                    expected: exposure * hits[subject] / whole,
                    residual: adjusted_residual(occurrences, exposure, hits[subject], whole),
                    order,
                });
            }
        }
    }
    rows.sort_by(|x, y| (x.who, x.subject, x.language).cmp(&(y.who, y.subject, y.language)));
    let subject = |r: &Row<'_>| &tally.subjects[r.subject];
    let mut columns = Columns::of(&rows).text(each.name(), |r| r.who).text(by.name(), |r| subject(r).id());
    if by == Dimension::Formula {
        columns = columns.text("label", |r| &subject(r).label);
    }
    columns
        .text("language", |r| r.language)
        .number("occurrences", |r| Some(r.occurrences))
        .number("documents", |r| Some(r.documents as f64))
        .number("exposure", |r| Some(r.exposure))
        .text("unit", |r| unit(r.language))
        .real("rate", |r| (r.exposure > 0.0).then(|| r.occurrences * PER / r.exposure))
        .real("expected", |r| Some(r.expected))
        .real("residual", |r| r.residual)
        .number("order", |r| r.order)
        .text("note", |r| match (r.residual, r.expected < FEW_EXPECTED) {
            (None, _) => "nothing to compare with",
            (_, true) => "few expected",
            _ => "",
        })
        .frame()
}

struct Distance<'a> {
    first: usize,
    second: usize,
    language: &'a str,
    like: usize,
}

/// How far the profiles of the values of `each` are apart, in what `by` tells apart. The columns are those of the answer `distances`.
///
/// # Errors
/// A filter with an unknown value.
pub fn distances(scan: &Scan, each: Dimension, by: Dimension, filter: &Filter) -> Result<DataFrame> {
    let tally = Tally::of(scan, filter, vec![each.expr()], &[by])?;
    let languages = tally.by_language();
    let likes: Vec<Like<'_>> = languages.iter().map(|(_, cells)| Like::of(cells, &tally.occurring(cells))).collect();
    let mut rows = Vec::new();
    for (like, (language, _)) in languages.iter().enumerate() {
        let count = likes[like].who.len();
        rows.extend((0..count).flat_map(|first| (first + 1..count).map(move |second| Distance { first, second, language, like })));
    }
    let like = |r: &Distance<'_>| &likes[r.like];
    Columns::of(&rows)
        .text(&format!("{}_a", each.name()), |r| like(r).who[r.first])
        .text(&format!("{}_b", each.name()), |r| like(r).who[r.second])
        .text("language", |r| r.language)
        .number("occurrences_a", |r| Some(like(r).occurrences[r.first]))
        .number("occurrences_b", |r| Some(like(r).occurrences[r.second]))
        .real("distance", |r| Some(like(r).distances[r.first][r.second]))
        .number("order_a", |r| like(r).place(like(r).who[r.first]))
        .number("order_b", |r| like(r).place(like(r).who[r.second]))
        .frame()
}

/// The profiles of one language that hold enough to be compared, how far apart they are, and an order of likeness.
struct Like<'a> {
    who: Vec<&'a str>,
    occurrences: Vec<f64>,
    distances: Vec<Vec<f64>>,
    /// Where each stands, from 1.
    places: Vec<usize>,
}

impl<'a> Like<'a> {
    fn of(cells: &[Profile<'a>], subjects: &[usize]) -> Like<'a> {
        let counts = |cell: &Cell| -> Vec<f64> { subjects.iter().map(|s| cell.occurrences(*s)).collect() };
        let named = |key: &str| !key.is_empty() && key != NARRATION && key != UNATTRIBUTED;
        let all: Vec<(&str, Vec<f64>)> = cells.iter().filter(|(key, _)| named(&key[0])).map(|(key, cell)| (key[0].as_str(), counts(cell))).collect();
        let enough: Vec<(&str, Vec<f64>)> = all.into_iter().filter(|(_, c)| c.iter().sum::<f64>() >= FEW_OCCURRENCES).collect();
        let distance = |p: &[f64], q: &[f64]| jensen_shannon(p, q).unwrap_or(1.0);
        let distances: Vec<Vec<f64>> = enough.iter().map(|(_, p)| enough.iter().map(|(_, q)| distance(p, q)).collect()).collect();
        let mut places = vec![0; enough.len()];
        for (place, i) in average_linkage(&distances).places.into_iter().enumerate() {
            places[i] = place + 1;
        }
        Like { occurrences: enough.iter().map(|(_, c)| c.iter().sum()).collect(), who: enough.iter().map(|(who, _)| *who).collect(), distances, places }
    }

    fn place(&self, who: &str) -> Option<f64> {
        self.who.iter().position(|w| *w == who).map(|i| self.places[i] as f64)
    }
}
