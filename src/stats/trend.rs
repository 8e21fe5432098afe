//! Whether a series rises or falls, and by how much.

use super::interval::{Interval, Z, two_sided};

/// A Mann–Kendall test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kendall {
    /// The number of pairs that rise less that of pairs that fall.
    pub s: f64,
    /// Its variance without a trend, ties heeded.
    pub variance: f64,
    /// It standardised, drawn by 1 towards 0.
    pub z: f64,
    /// The two-sided probability of a `z` at least as large.
    pub p: f64,
    /// S divided by the number of pairs: −1 … 1.
    pub tau: f64,
}

impl Kendall {
    fn of(s: f64, variance: f64, pairs: f64) -> Option<Kendall> {
        (variance > 0.0).then(|| {
            let z = if s == 0.0 { 0.0 } else { (s - s.signum()) / variance.sqrt() };
            Kendall { s, variance, z, p: two_sided(z), tau: s / pairs }
        })
    }
}

/// The test for a monotone trend: Mann, H. B. (1945), "Nonparametric Tests Against Trend", *Econometrica* 13(3); the variance with ties of
/// Kendall, M. G. (1975), *Rank Correlation Methods*. It takes the values for independent of each other; if each is like the one before,
/// p is too small (see [`autocorrelation`]). `None` where all are equal, or with fewer than three.
pub fn mann_kendall(values: &[f64]) -> Option<Kendall> {
    let (s, variance, pairs) = kendall_sums(values);
    (values.len() >= 3).then(|| Kendall::of(s, variance, pairs)).flatten()
}

/// The test with seasons apart: Hirsch, R. M., Slack, J. R. & Smith, R. A. (1982), "Techniques of Trend Analysis for Monthly Water Quality
/// Data", *Water Resources Research* 18(1). Each of `seasons` holds its values, one a cycle, in order. `None` where all values of each
/// season are equal, or no season has three.
pub fn seasonal_kendall(seasons: &[Vec<f64>]) -> Option<Kendall> {
    let sums = seasons.iter().map(|s| kendall_sums(s)).fold((0.0, 0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
    seasons.iter().any(|s| s.len() >= 3).then(|| Kendall::of(sums.0, sums.1, sums.2)).flatten()
}

/// S, its variance, and the number of pairs.
fn kendall_sums(values: &[f64]) -> (f64, f64, f64) {
    let n = values.len() as f64;
    let mut s = 0.0;
    for (i, x) in values.iter().enumerate() {
        for y in &values[i + 1..] {
            s += f64::from(i8::from(y > x) - i8::from(y < x));
        }
    }
    let tied: f64 = ties(values).into_iter().map(untied).sum();
    (s, (untied(n) - tied) / 18.0, n * (n - 1.0) / 2.0)
}

/// 18 times the variance of S of `n` values without ties, or what a group of `n` equal ones takes from it.
fn untied(n: f64) -> f64 {
    n * (n - 1.0) * (2.0 * n + 5.0)
}

/// The slopes of all pairs at different times.
fn slopes(points: &[(f64, f64)]) -> impl Iterator<Item = f64> {
    let pairs = points.iter().enumerate().flat_map(|(i, first)| points[i + 1..].iter().map(move |second| (first, second)));
    pairs.filter(|((t, _), (u, _))| t != u).map(|((t, x), (u, y))| (y - x) / (u - t))
}

/// How many values there are of each.
fn ties(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a == b).map(|group| group.len() as f64).collect()
}

/// How fast a series rises.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// By how much in one unit of time, in the middle of all pairs.
    pub slope: f64,
    /// Its 95 % interval.
    pub interval: Interval,
}

/// The median slope of all pairs of values at `times`, with its interval: Sen, P. K. (1968), "Estimates of the Regression Coefficient Based
/// on Kendall's Tau", *Journal of the American Statistical Association* 63(324); Theil, H. (1950). `None` with fewer than two times.
pub fn theil_sen(times: &[f64], values: &[f64]) -> Option<Slope> {
    let points: Vec<(f64, f64)> = times.iter().copied().zip(values.iter().copied()).collect();
    let mut slopes: Vec<f64> = slopes(&points).collect();
    slopes.sort_by(f64::total_cmp);
    let slope = median(&slopes)?;
    let tied: f64 = ties(times).into_iter().chain(ties(values)).map(untied).sum();
    let sigma = ((untied(points.len() as f64) - tied) / 18.0).max(0.0).sqrt();
    let pairs = slopes.len() as f64;
    let rank = |r: f64| r.round_ties_even().clamp(0.0, pairs - 1.0) as usize;
    let low = rank((pairs - Z * sigma) / 2.0 - 1.0);
    let high = rank((pairs + Z * sigma) / 2.0);
    Some(Slope { slope, interval: Interval { low: slopes[low], high: slopes[high] } })
}

/// The median slope of all pairs within seasons, a cycle: Hirsch, Slack & Smith (1982). Each of `seasons` holds (cycle, value).
pub fn seasonal_slope(seasons: &[Vec<(f64, f64)>]) -> Option<f64> {
    let mut slopes: Vec<f64> = seasons.iter().flat_map(|season| slopes(season)).collect();
    slopes.sort_by(f64::total_cmp);
    median(&slopes)
}

fn median(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    Some(if sorted.len() % 2 == 1 { upper } else { (sorted[middle - 1] + upper) / 2.0 })
}

/// The correlation of each value with the next: Box, G. E. P. & Jenkins, G. M. (1976), *Time Series Analysis*, section 2.1.5. `None` where
/// all are equal.
pub fn autocorrelation(values: &[f64]) -> Option<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let spread: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
    let along: f64 = values.windows(2).map(|w| (w[0] - mean) * (w[1] - mean)).sum();
    (spread > 0.0).then(|| along / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_trend_to_test() {
        assert_eq!(mann_kendall(&[]), None);
        assert_eq!(mann_kendall(&[1.0, 2.0]), None);
        assert_eq!(mann_kendall(&[3.0; 9]), None);
        assert_eq!(seasonal_kendall(&[vec![1.0], vec![2.0, 2.0]]), None);
        assert_eq!(theil_sen(&[1.0], &[1.0]), None);
        assert_eq!(theil_sen(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(theil_sen(&[1.0, 2.0], &[1.0, 3.0]).unwrap().slope, 2.0);
        assert_eq!(autocorrelation(&[1.0; 8]), None);
        assert_eq!(seasonal_slope(&[vec![(0.0, 1.0)], vec![(0.0, 1.0), (1.0, 4.0)]]), Some(3.0));
    }
}
