//! How far coders agree beyond chance.

use std::collections::BTreeMap;

/// Krippendorff's α for nominal data, with any number of coders and values missing anywhere: Krippendorff, K. (2011), *Computing
/// Krippendorff's Alpha-Reliability*, Annenberg School for Communication, University of Pennsylvania.
///
/// Each of `units` is the values that it was given, one a coder who coded it; a unit with fewer than two is left out, as nothing
/// can be held against it. 1 is agreement, 0 what chance would give. Yields α and the number of units that it rests on; α is
/// `None` where all values are the same (or there are none): then there is nothing to tell apart, and agreement shows nothing.
pub fn nominal_alpha<T: Ord>(units: &[Vec<T>]) -> (Option<f64>, usize) {
    let pairable: Vec<&Vec<T>> = units.iter().filter(|u| u.len() >= 2).collect();
    let mut totals: BTreeMap<&T, u64> = BTreeMap::new();
    // Observed disagreement: the ordered pairs of different values within units, each unit's divided by its values less one.
    let mut observed = 0.0;
    for unit in &pairable {
        let mut counts: BTreeMap<&T, u64> = BTreeMap::new();
        for value in *unit {
            *counts.entry(value).or_default() += 1;
            *totals.entry(value).or_default() += 1;
        }
        observed += different_pairs(counts.values()) / (number(unit.len() as u64) - 1.0);
    }
    let all = number(totals.values().sum());
    let expected = different_pairs(totals.values());
    let alpha = (expected > 0.0).then(|| 1.0 - (all - 1.0) * observed / expected);
    (alpha, pairable.len())
}

/// How many ordered pairs of different values there are among values with these counts.
fn different_pairs<'a>(counts: impl Iterator<Item = &'a u64>) -> f64 {
    let (sum, squares) = counts.fold((0.0, 0.0), |(sum, squares), &n| (sum + number(n), squares + number(n) * number(n)));
    sum * sum - squares
}

#[allow(clippy::cast_precision_loss, reason = "counts of codings are far below 2^53")]
fn number(n: u64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Units from one row a coder; `.` is missing.
    fn units(coders: &[&str]) -> Vec<Vec<char>> {
        let rows: Vec<Vec<char>> = coders.iter().map(|c| c.chars().filter(|c| !c.is_whitespace()).collect()).collect();
        (0..rows[0].len()).map(|i| rows.iter().map(|r| r[i]).filter(|c| *c != '.').collect()).collect()
    }

    /// Krippendorff (2011), section A (two observers, binary, α = 0.095), B (two observers, nominal, α = 0.692) and C (four
    /// observers, missing data, nominal, α = 0.743).
    #[test]
    fn published_examples() {
        for (coders, alpha, count) in [
            (&["0100000000", "1110010010"][..], 0.095, 10),
            (&["a a b b d c c c e d d a", "b a b b b c c c e d d d"], 0.692, 12),
            (&["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."], 0.743, 11),
        ] {
            let (found, n) = nominal_alpha(&units(coders));
            assert!((found.unwrap() - alpha).abs() < 0.0005, "{found:?} {alpha}");
            assert_eq!(n, count);
        }
    }

    #[test]
    fn ends_of_the_scale() {
        assert_eq!(nominal_alpha(&units(&["abab", "abab"])), (Some(1.0), 4));
        assert!(nominal_alpha(&units(&["ab", "ba"])).0.unwrap() < 0.0);
        assert_eq!(nominal_alpha(&units(&["aaa", "aaa"])), (None, 3));
        assert_eq!(nominal_alpha::<char>(&[vec!['a'], vec![]]), (None, 0));
    }
}
