//! The ratio of two groups' rates with voice, source, time … held fixed.

use std::collections::BTreeMap;

use crate::analysis::tally::Cell;
use crate::stats::{Interval, Pair, accelerated, mantel_haenszel, resample};

/// A rate ratio over strata.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stratified {
    /// In how many strata both groups have text.
    pub strata: f64,
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
    let shared = pairs.iter().filter(|s| s.c > 0.0 && s.d > 0.0).count() as f64;
    let plain: Vec<Option<_>> = uses.iter().map(|u| mantel_haenszel(&with(pairs.clone(), u, &whole))).collect();
    let mut values: Vec<Vec<f64>> = vec![Vec::new(); subjects.len()];
    if !few {
        let present = present(&text, documents);
        resample(present.len(), |drawn| {
            let mut times = vec![0.0; documents];
            present.iter().zip(drawn).for_each(|(document, n)| times[*document] = *n);
            let pairs = exposures(strata.len(), &text, &times);
            for (uses, values) in uses.iter().zip(&mut values) {
                values.extend(mantel_haenszel(&with(pairs.clone(), uses, &times)).map(|r| r.ratio));
            }
        });
    }
    let of = |(plain, values): (Option<crate::stats::RateRatio>, Vec<f64>)| Stratified {
        strata: shared,
        ratio: plain.map(|r| r.ratio),
        interval: plain.and_then(|r| if few { Some(r.interval) } else { accelerated(values, r.ratio, &[]) }),
    };
    plain.into_iter().zip(values).map(of).collect()
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
