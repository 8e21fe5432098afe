//! The ratio of two rates with what else differs held fixed.

use super::interval::{Interval, Z};
use super::keyness::Pair;

/// A ratio of rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateRatio {
    /// The first rate divided by the second.
    pub ratio: f64,
    /// Its 95 % interval if occurrences are independent of each other.
    pub interval: Interval,
}

/// The rate ratio common to all strata: Mantel, N. & Haenszel, W. (1959), for exposure instead of trials as in Rothman, K. J. & Greenland,
/// S. (1998), *Modern Epidemiology*, chapter 15; the variance of Greenland, S. & Robins, J. M. (1985), "Estimation of a Common Effect
/// Parameter from Sparse Follow-up Data", *Biometrics* 41(1). Strata in which one group has no exposure say nothing and are left out.
/// `None` if no stratum is left, or one of the groups has no occurrence in them.
pub fn mantel_haenszel(strata: &[Pair]) -> Option<RateRatio> {
    let (mut first, mut second, mut spread) = (0.0, 0.0, 0.0);
    for Pair { a, c, b, d } in strata.iter().filter(|s| s.c > 0.0 && s.d > 0.0) {
        let all = c + d;
        first += a * d / all;
        second += b * c / all;
        spread += (a + b) * c * d / (all * all);
    }
    (first > 0.0 && second > 0.0).then(|| {
        let (ratio, half) = (first / second, Z * (spread / (first * second)).sqrt());
        RateRatio { ratio, interval: Interval { low: ratio * (-half).exp(), high: ratio * half.exp() } }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stratum_is_the_plain_ratio_and_lone_groups_say_nothing() {
        let pair = Pair { a: 60.0, c: 10_000.0, b: 30.0, d: 20_000.0 };
        let lone = Pair { a: 500.0, c: 10.0, b: 0.0, d: 0.0 };
        assert!((mantel_haenszel(&[pair, lone]).unwrap().ratio - 4.0).abs() < 1e-12);
        assert_eq!(mantel_haenszel(&[lone]), None);
        assert_eq!(mantel_haenszel(&[]), None);
        assert_eq!(mantel_haenszel(&[Pair { a: 0.0, ..pair }]), None);
    }
}
