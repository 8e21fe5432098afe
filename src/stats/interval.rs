//! Intervals in closed form. All are of 95 %.

use statrs::distribution::{ContinuousCDF, Gamma, Normal};

/// The normal quantile of 0.975.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// A range that an estimate may lie in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The probability below `z` of the standard normal distribution.
pub(super) fn normal_cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// The quantile `p` (between 0 and 1) of the standard normal distribution.
pub(super) fn normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(p)
}

/// The probability of a standard normal value at least as far from 0 as `z`.
pub(super) fn two_sided(z: f64) -> f64 {
    (2.0 * normal_cdf(-z.abs())).min(1.0)
}

/// The score interval of a share, `successes` out of `trials`: Wilson, E. B. (1927), "Probable Inference, the Law of Succession,
/// and Statistical Inference", *Journal of the American Statistical Association* 22(158). `None` without trials.
pub fn wilson_interval(successes: f64, trials: f64) -> Option<Interval> {
    if trials <= 0.0 {
        return None;
    }
    let (share, z2) = (successes / trials, Z * Z);
    let middle = share + z2 / (2.0 * trials);
    let half = Z * (share * (1.0 - share) / trials + z2 / (4.0 * trials * trials)).max(0.0).sqrt();
    let scale = 1.0 + z2 / trials;
    let low = if successes <= 0.0 { 0.0 } else { (middle - half) / scale };
    let high = if successes >= trials { 1.0 } else { (middle + half) / scale };
    Some(Interval { low, high })
}

/// The exact interval of the mean of a Poisson distribution of which `count` was drawn: Garwood, F. (1936), "Fiducial Limits for
/// the Poisson Distribution", *Biometrika* 28(3/4). It holds for occurrences that are independent of each other; those of a formula
/// come in clusters, so that it is too narrow for them.
pub fn poisson_interval(count: f64) -> Interval {
    // χ²(p; 2k) / 2 is the quantile of the gamma distribution of shape k.
    let quantile = |shape: f64, p: f64| Gamma::new(shape, 1.0).map_or(0.0, |g| g.inverse_cdf(p));
    let low = if count > 0.0 { quantile(count, 0.025) } else { 0.0 };
    Interval { low, high: quantile(count + 1.0, 0.975) }
}

/// The interval of a count that came in `clusters` clusters (documents): the exact one of their number, as far as they are independent of
/// each other, times the mean count in them. With one a cluster it is [`poisson_interval`]. Used where clusters are too few to be resampled.
pub fn clustered_interval(count: f64, clusters: f64) -> Interval {
    let (interval, each) = (poisson_interval(clusters), if clusters > 0.0 { count / clusters } else { 1.0 });
    Interval { low: interval.low * each, high: interval.high * each }
}

/// The score interval of the ratio of two Poisson rates, `a` occurrences in `c` of exposure to `b` in `d`: Gu, K., Ng, H. K. T., Tang,
/// M. L. & Schucany, W. R. (2008), "Testing the Ratio of Two Poisson Rates", *Biometrical Journal* 50(2). The limits are the ratios ρ
/// with (a − bρc/d)² = z² (a + b) ρc/d. Without occurrences in `b` there is no upper limit; `None` without any, or without exposure.
pub fn rate_ratio_interval(a: f64, c: f64, b: f64, d: f64) -> Option<(f64, Option<f64>)> {
    if a + b <= 0.0 || c <= 0.0 || d <= 0.0 {
        return None;
    }
    let (z2, scale) = (Z * Z, d / c);
    if b <= 0.0 {
        return Some((a / z2 * scale, None));
    }
    let middle = 2.0 * a * b + z2 * (a + b);
    let root = (middle * middle - 4.0 * a * a * b * b).max(0.0).sqrt();
    // The smaller root by way of the larger: their product is (a/b)², and nothing cancels.
    let high = (middle + root) / (2.0 * b * b);
    Some((a * a / (b * b * high) * scale, Some(high * scale)))
}
