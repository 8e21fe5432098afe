//! English and Chinese renderings of one formula: candidates that come in the same documents and their translations, or on the same days.

use rustc_hash::FxHashMap;

use super::run::Entry;
use super::selection::{Selection, Unit};
use crate::text::Language;

/// Pairs that share fewer units are chance.
const LEAST_SHARED: usize = 3;
/// As are those less alike.
const LEAST_DICE: f64 = 0.3;

/// The rendering of a candidate in the other language.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Partner {
    /// Its number among the entries.
    pub entry: usize,
    /// In how many units with text in both languages both occur: documents with their translation, or all others of a day.
    pub shared: usize,
    /// Dice's coefficient: twice that, over the sum of the units in which each does.
    pub dice: f64,
    /// The log-likelihood ratio G² of their coming in the same units.
    pub g2: f64,
}

/// Finds for each entry the one in the other language that is nearest to it, and to which it is nearest.
pub(super) fn pair(entries: &mut [Entry], selection: &Selection) {
    let units = |e: &Entry| {
        let mut own: Vec<Unit> = e.uses.in_documents.iter().filter_map(|d| selection.unit_of(*d)).collect();
        own.sort_unstable();
        own.dedup();
        own
    };
    let of: Vec<Vec<Unit>> = entries.iter().map(units).collect();
    let is_zh: Vec<bool> = entries.iter().map(|e| e.language() == Language::Zh).collect();
    let mut by_unit: FxHashMap<Unit, Vec<usize>> = FxHashMap::default();
    for (number, own) in of.iter().enumerate().filter(|(n, _)| is_zh[*n]) {
        own.iter().for_each(|unit| by_unit.entry(*unit).or_default().push(number));
    }
    let mut best: FxHashMap<usize, Partner> = FxHashMap::default();
    for (number, own) in of.iter().enumerate().filter(|(n, _)| !is_zh[*n]) {
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        own.iter().flat_map(|unit| by_unit.get(unit).into_iter().flatten()).for_each(|zh| *shared.entry(*zh).or_default() += 1);
        for (zh, shared) in shared {
            let dice = 2.0 * shared as f64 / (own.len() + of[zh].len()) as f64;
            if shared < LEAST_SHARED || dice < LEAST_DICE {
                continue;
            }
            let pair =
                crate::stats::Pair { a: shared as f64, c: own.len() as f64, b: (of[zh].len() - shared) as f64, d: (selection.shared_units - own.len()) as f64 };
            for (from, to) in [(number, zh), (zh, number)] {
                let found = Partner { entry: to, shared, dice, g2: pair.g2() };
                let better = |old: &Partner| (dice, old.entry) > (old.dice, to);
                if best.get(&from).is_none_or(better) {
                    best.insert(from, found);
                }
            }
        }
    }
    for (number, partner) in &best {
        if best.get(&partner.entry).is_some_and(|back| back.entry == *number) {
            entries[*number].partner = Some(*partner);
        }
    }
}
