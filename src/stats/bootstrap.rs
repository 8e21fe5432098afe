//! Intervals by resampling.

/// How often [`bootstrap`] draws anew: what Efron & Tibshirani (1993) recommend at least for percentile intervals.
pub const RESAMPLES: usize = 1000;

/// Every interval draws the same numbers.
const SEED: u64 = 1993;

/// A range that an estimate may lie in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The 95 % percentile interval of a statistic of `count` independent clusters (documents, say), by drawing `count` of them with
/// replacement, [`RESAMPLES`] times: Efron, B. & Tibshirani, R. J. (1993), *An Introduction to the Bootstrap*, chapter 13; that
/// clusters are drawn whole, as what is within one is not independent: Davison, A. C. & Hinkley, D. V. (1997), *Bootstrap Methods
/// and their Application*, section 3.8.
///
/// `statistic` gets the numbers (from 0) of the clusters drawn; a draw on which it is not defined (`None`) is left out. The draws
/// are the same in every run. `None` with fewer than two clusters, which say nothing of how clusters differ, and where the statistic is
/// never defined.
pub fn bootstrap(count: usize, mut statistic: impl FnMut(&[usize]) -> Option<f64>) -> Option<Interval> {
    if count < 2 {
        return None;
    }
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut drawn = vec![0; count];
    let mut values: Vec<f64> = Vec::with_capacity(RESAMPLES);
    for _ in 0..RESAMPLES {
        drawn.fill_with(|| random.usize(..count));
        values.extend(statistic(&drawn));
    }
    values.sort_by(f64::total_cmp);
    Some(Interval { low: *values.get(rank(values.len(), 0.025))?, high: *values.get(rank(values.len(), 0.975))? })
}

/// Where the quantile `p` stands among `count` sorted values: the least one that at least that share does not exceed (definition 1 of
/// Hyndman, R. J. & Fan, Y. (1996), "Sample Quantiles in Statistical Packages", *The American Statistician* 50(4)).
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts of resamples are small")]
fn rank(count: usize, p: f64) -> usize {
    ((count as f64 * p).ceil() as usize).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::cast_precision_loss, reason = "small numbers")]
    fn mean(values: &[f64]) -> impl Fn(&[usize]) -> Option<f64> {
        move |drawn| Some(drawn.iter().map(|&i| values[i]).sum::<f64>() / drawn.len() as f64)
    }

    /// Of a share, the percentile interval comes near to the normal approximation: 0.3 ± 1.96 √(0.3 · 0.7 / 400) = 0.255 … 0.345.
    #[test]
    fn of_a_share_as_theory_says() {
        let values: Vec<f64> = (0..400).map(|i| f64::from(u8::from(i % 10 < 3))).collect();
        let interval = bootstrap(values.len(), mean(&values)).unwrap();
        assert!((interval.low - 0.255).abs() < 0.01 && (interval.high - 0.345).abs() < 0.01, "{interval:?}");
        assert_eq!(bootstrap(values.len(), mean(&values)), Some(interval));
    }

    /// The mouse data of Efron & Tibshirani (1993, table 2.1), treatment group: mean 86.86, standard error 25.24,
    /// or 23.36 with the divisor n, to which the bootstrap tends.
    #[test]
    fn of_the_mouse_data() {
        let interval = bootstrap(7, mean(&[94.0, 197.0, 16.0, 38.0, 99.0, 141.0, 23.0])).unwrap();
        assert!((interval.low - (86.86 - 1.96 * 23.4)).abs() < 8.0 && (interval.high - (86.86 + 1.96 * 23.4)).abs() < 8.0, "{interval:?}");
    }

    #[test]
    fn what_has_none() {
        assert_eq!(bootstrap(0, |_| Some(1.0)), None);
        assert_eq!(bootstrap(1, |_| Some(1.0)), None);
        assert_eq!(bootstrap(5, |_| None), None);
        assert_eq!(bootstrap(2, |_| Some(0.5)), Some(Interval { low: 0.5, high: 0.5 }));
    }

    #[test]
    fn ranks() {
        assert_eq!((rank(1000, 0.025), rank(1000, 0.975), rank(1, 0.025), rank(0, 0.975)), (24, 974, 0, 0));
    }
}
