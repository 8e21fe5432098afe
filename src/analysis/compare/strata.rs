//! The ratio of two groups' rates with voice, source, time … held fixed.

use std::collections::BTreeMap;

use crate::analysis::tally::Cell;
use crate::stats::{Interval, Pair, accelerated, mantel_haenszel, resample};

/// A rate ratio over strata.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stratified {
    /// In how many strata both groups have text.
    pub strata: f64,
    /// Occurrences in these strata.
    pub a: f64,
    pub b: f64,
    pub ratio: Option<f64>,
    pub interval: Option<Interval>,
}

/// One document's text or occurrences in one stratum.
struct Piece {
    document: usize,
    stratum: usize,
    first: bool,
    n: f64,
}

/// The Mantel–Haenszel ratios of `subjects`. A cell's key is `a` or `b` and then its stratum. With `few` documents the intervals are those
/// of independent occurrences, else by resampling documents.
pub(super) fn stratified(cells: &[(&[String], &Cell)], subjects: &[usize], few: bool) -> Vec<Stratified> {
    let mut strata: BTreeMap<&[String], usize> = BTreeMap::new();
    for (key, _) in cells {
        let next = strata.len();
        strata.entry(&key[1..]).or_insert(next);
    }
    let pieces = |of: &dyn Fn(&Cell) -> Vec<(usize, f64)>| -> Vec<Piece> {
        let piece = |(key, cell): &(&[String], &Cell)| {
            let (stratum, first) = (strata[&key[1..]], key[0] == "a");
            of(cell).into_iter().map(move |(document, n)| Piece { document, stratum, first, n }).collect::<Vec<_>>()
        };
        cells.iter().flat_map(piece).collect()
    };
    let text = pieces(&|cell| cell.text.clone());
    let uses: Vec<Vec<Piece>> = subjects.iter().map(|s| pieces(&|cell| cell.uses_of(*s).to_vec())).collect();
    let documents = text.iter().map(|p| p.document + 1).max().unwrap_or(0);
    let whole = vec![1.0; documents];
    let pairs = exposures(strata.len(), &text, &whole);
    let shared = both(&pairs).count() as f64;
    let plain: Vec<Option<_>> = uses.iter().map(|u| mantel_haenszel(&with(pairs.clone(), u, &whole))).collect();
    let mut values: Vec<Vec<f64>> = vec![Vec::new(); subjects.len()];
    if !few {
        let present = present(&text, documents);
        resample(present.len(), |drawn| {
            let mut times = vec![0.0; documents];
            present.iter().zip(drawn).for_each(|(document, n)| times[*document] = *n);
            let pairs = exposures(strata.len(), &text, &times);
            for (uses, values) in uses.iter().zip(&mut values) {
                values.extend(drawn_ratio(&with(pairs.clone(), uses, &times)));
            }
        });
    }
    let of = |(i, values): (usize, Vec<f64>)| {
        let (a, b) = both(&with(pairs.clone(), &uses[i], &whole)).fold((0.0, 0.0), |s, p| (s.0 + p.a, s.1 + p.b));
        let plain = plain[i];
        let interval = plain.and_then(|r| if few { Some(r.interval) } else { accelerated(values, r.ratio, &[]) });
        Stratified { strata: shared, a, b, ratio: plain.map(|r| r.ratio), interval }
    };
    values.into_iter().enumerate().map(of).collect()
}

/// The strata in which both groups have text.
fn both(pairs: &[Pair]) -> impl Iterator<Item = &Pair> {
    pairs.iter().filter(|p| p.c > 0.0 && p.d > 0.0)
}

/// The ratio of a draw; one without an occurrence in one group is nothing or without bound, and has to count as such.
fn drawn_ratio(pairs: &[Pair]) -> Option<f64> {
    let (a, b) = both(pairs).fold((0.0, 0.0), |s, p| (s.0 + p.a, s.1 + p.b));
    match (a > 0.0, b > 0.0) {
        (true, true) => mantel_haenszel(pairs).map(|r| r.ratio),
        (true, false) => Some(f64::INFINITY),
        (false, true) => Some(0.0),
        (false, false) => None,
    }
}

fn present(text: &[Piece], documents: usize) -> Vec<usize> {
    let mut there = vec![false; documents];
    text.iter().for_each(|p| there[p.document] = true);
    (0..documents).filter(|d| there[*d]).collect()
}

fn exposures(strata: usize, text: &[Piece], times: &[f64]) -> Vec<Pair> {
    let mut pairs = vec![Pair { a: 0.0, c: 0.0, b: 0.0, d: 0.0 }; strata];
    for piece in text {
        let pair = &mut pairs[piece.stratum];
        *(if piece.first { &mut pair.c } else { &mut pair.d }) += piece.n * times[piece.document];
    }
    pairs
}

fn with(mut pairs: Vec<Pair>, uses: &[Piece], times: &[f64]) -> Vec<Pair> {
    for piece in uses {
        let pair = &mut pairs[piece.stratum];
        *(if piece.first { &mut pair.a } else { &mut pair.b }) += piece.n * times[piece.document];
    }
    pairs
}
