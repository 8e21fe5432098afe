//! Tests by shuffling documents between two groups.

use rayon::prelude::*;

use super::keyness::Pair;

/// How often documents are shuffled.
pub const PERMUTATIONS: usize = 9_999;

/// They are shuffled in so many runs, each with a seed of its own, so that the result does not depend on the number of threads.
const RUNS: usize = 33;

/// A document with its text in each of two groups; with text in both, what it holds is of one piece all the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Exposure in the first group.
    pub c: f64,
    /// Exposure in the second group.
    pub d: f64,
}

impl Unit {
    fn is_in_both(&self) -> bool {
        self.c > 0.0 && self.d > 0.0
    }
}

/// For each series, how likely its G² or a larger one is if documents belong to the groups by chance. Documents with text in one group
/// are dealt anew, each group keeping its number of documents; what a document with text in both has there is swapped or not. Each of
/// `series` lists (unit, occurrences in the first group, in the second). p = (1 + shuffles at least as extreme) / (1 + `permutations`):
/// Phipson, B. & Smyth, G. K. (2010), "Permutation P-values Should Never Be Zero", *Statistical Applications in Genetics and Molecular
/// Biology* 9(1). Documents as the unit: Lijffijt, J. et al. (2016), "Significance testing of word frequencies in corpora", *Literary and
/// Linguistic Computing* 31(2).
///
/// What was observed is held against the shuffles with half an occurrence moved towards no difference: Yates, F. (1934), "Contingency
/// tables involving small numbers and the χ² test", *Supplement to the Journal of the Royal Statistical Society* 1(2). Without that,
/// where a formula occurs a few times, many shuffles have the same occurrences and the lengths of the texts alone would say which of them
/// is the more extreme.
pub fn permutation_tests(units: &[Unit], series: &[Vec<(usize, f64, f64)>], permutations: usize) -> Vec<f64> {
    let observed: Vec<f64> = pairs_of(units, series, &vec![false; units.len()]).into_iter().map(|pair| nearer(pair).g2()).collect();
    let runs: Vec<Vec<usize>> = (0..RUNS)
        .into_par_iter()
        .map(|run| {
            let share = permutations / RUNS + usize::from(run < permutations % RUNS);
            let mut extreme = vec![0; series.len()];
            let mut shuffle = Shuffle::new(units, run as u64);
            for _ in 0..share {
                for (i, pair) in pairs_of(units, series, shuffle.next()).into_iter().enumerate() {
                    extreme[i] += usize::from(pair.g2() >= observed[i] - 1e-9);
                }
            }
            extreme
        })
        .collect();
    let sum = |i: usize| runs.iter().map(|r| r[i]).sum::<usize>();
    (0..series.len()).map(|i| (1.0 + sum(i) as f64) / (1.0 + permutations as f64)).collect()
}

/// The pair with half an occurrence moved from the group that has more than its share to the other, and no further than to equal rates.
fn nearer(pair: Pair) -> Pair {
    let Pair { a, c, b, d } = pair;
    if c <= 0.0 || d <= 0.0 {
        return pair;
    }
    let above = a - (a + b) * c / (c + d);
    let moved = above.clamp(-0.5, 0.5);
    Pair { a: a - moved, b: b + moved, ..pair }
}

/// Each series where the units marked in `swapped` have changed sides.
fn pairs_of(units: &[Unit], series: &[Vec<(usize, f64, f64)>], swapped: &[bool]) -> Vec<Pair> {
    let (mut c, mut d) = (0.0, 0.0);
    for (unit, swapped) in units.iter().zip(swapped) {
        let (first, second) = if *swapped { (unit.d, unit.c) } else { (unit.c, unit.d) };
        c += first;
        d += second;
    }
    let of = |counts: &Vec<(usize, f64, f64)>| {
        let (mut a, mut b) = (0.0, 0.0);
        for (unit, first, second) in counts {
            let (first, second) = if swapped[*unit] { (second, first) } else { (first, second) };
            a += first;
            b += second;
        }
        Pair { a, c, b, d }
    };
    series.iter().map(of).collect()
}

/// Draws which units change sides.
struct Shuffle {
    random: fastrand::Rng,
    /// The units with text in one group, and whether that is the first one.
    single: Vec<(usize, bool)>,
    dealt: Vec<bool>,
    both: Vec<usize>,
    swapped: Vec<bool>,
}

impl Shuffle {
    fn new(units: &[Unit], seed: u64) -> Self {
        let single: Vec<(usize, bool)> = units.iter().enumerate().filter(|(_, u)| !u.is_in_both()).map(|(i, u)| (i, u.c > 0.0)).collect();
        let both = units.iter().enumerate().filter(|(_, u)| u.is_in_both()).map(|(i, _)| i).collect();
        let dealt = single.iter().map(|(_, first)| *first).collect();
        Shuffle { random: fastrand::Rng::with_seed(seed), single, dealt, both, swapped: vec![false; units.len()] }
    }

    fn next(&mut self) -> &[bool] {
        self.random.shuffle(&mut self.dealt);
        for ((unit, own), dealt) in self.single.iter().zip(&self.dealt) {
            self.swapped[*unit] = own != dealt;
        }
        for unit in &self.both {
            self.swapped[*unit] = self.random.bool();
        }
        &self.swapped
    }
}

/// In how many ways the units can be dealt; the smallest possible p is about its inverse.
pub fn relabellings(units: &[Unit]) -> f64 {
    let both = units.iter().filter(|u| u.is_in_both()).count();
    let single = units.len() - both;
    let first = units.iter().filter(|u| !u.is_in_both() && u.c > 0.0).count();
    let choose = (0..first.min(single - first)).fold(1.0, |ways, i| ways * (single - i) as f64 / (i as f64 + 1.0));
    choose * 2.0_f64.powi(both.min(1000) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_deal() {
        let (first, second, both) = (Unit { c: 1.0, d: 0.0 }, Unit { c: 0.0, d: 1.0 }, Unit { c: 1.0, d: 1.0 });
        assert_eq!(relabellings(&[first, first, second, second]), 6.0);
        assert_eq!(relabellings(&[first, second, both, both]), 8.0);
        assert_eq!(relabellings(&[]), 1.0);
    }

    /// The texts of the first group are longer on the whole: that is no evidence about a formula that occurs once.
    #[test]
    fn the_lengths_of_texts_do_not_decide_where_occurrences_are_few() {
        let unit = |i: usize| if i < 30 { Unit { c: 1_000.0 + 10.0 * i as f64, d: 0.0 } } else { Unit { c: 0.0, d: 700.0 + 10.0 * (i - 30) as f64 } };
        let units: Vec<Unit> = (0..60).map(unit).collect();
        let first = |n: usize| (0..n).map(|i| (5 * i, 1.0, 0.0)).collect::<Vec<_>>();
        let second = |n: usize| (0..n).map(|i| (30 + 5 * i, 0.0, 1.0)).collect::<Vec<_>>();
        let p = permutation_tests(&units, &[first(1), second(1), first(3), second(3), first(6), second(6)], 1999);
        assert_eq!(p[..2], [1.0, 1.0]);
        // Dealt by themselves: 2 (30 · 29 · 28) / (60 · 59 · 58) and 2 (30 … 25) / (60 … 55).
        for (p, dealt) in p[2..].iter().zip([0.237, 0.237, 0.0237, 0.0237]) {
            assert!(*p > dealt / 2.2 && *p < dealt * 1.5, "{p} {dealt}");
        }
    }

    #[test]
    fn no_series_and_no_documents() {
        assert!(permutation_tests(&[Unit { c: 1.0, d: 0.0 }], &[], 99).is_empty());
        assert_eq!(permutation_tests(&[], &[vec![]], 99), [1.0]);
    }
}
