//! How two groups differ in one formula: occurrences against exposure.

/// Occurrences and exposure of two groups. Occurrences are no more than exposure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Occurrences in the first group.
    pub a: f64,
    /// Its exposure.
    pub c: f64,
    /// Occurrences in the second group.
    pub b: f64,
    /// Its exposure.
    pub d: f64,
}

impl Pair {
    /// The log-likelihood ratio G² of the table of four cells (a, c − a; b, d − b), against the same rate in both groups: Dunning, T.
    /// (1993), "Accurate Methods for the Statistics of Surprise and Coincidence", *Computational Linguistics* 19(1). (Rayson & Garside
    /// 2000 use the two cells of occurrences only, which yields slightly less.) It takes each word for an independent draw, which words
    /// of one document are not: it ranks, it does not test. 0 without exposure in one group.
    pub fn g2(&self) -> f64 {
        let Pair { a, c, b, d } = *self;
        let all = c + d;
        if c <= 0.0 || d <= 0.0 {
            return 0.0;
        }
        let cell = |observed: f64, expected: f64| if observed > 0.0 { observed * (observed / expected).ln() } else { 0.0 };
        let (hits, rest) = (a + b, all - a - b);
        let sum = cell(a, c * hits / all) + cell(b, d * hits / all) + cell(c - a, c * rest / all) + cell(d - b, d * rest / all);
        (2.0 * sum).max(0.0)
    }

    /// Whether one of the groups has no occurrence: then [`Pair::log_ratio`] rests on half an occurrence put there.
    pub fn has_zero(&self) -> bool {
        self.a <= 0.0 || self.b <= 0.0
    }

    /// The binary logarithm of the ratio of the rates: Hardie, A. (2014), *Log Ratio – an informal introduction*, CASS, Lancaster. 1 is
    /// twice as often in the first group. A zero counts as half an occurrence. `None` without exposure or any occurrence.
    pub fn log_ratio(&self) -> Option<f64> {
        let Pair { a, c, b, d } = *self;
        let at_least = |n: f64| if n > 0.0 { n } else { 0.5 };
        (a + b > 0.0 && c > 0.0 && d > 0.0).then(|| ((at_least(a) / c) / (at_least(b) / d)).log2())
    }

    /// %DIFF, by how many per cent the first rate is above the second: Gabrielatos, C. & Marchi, A. (2011), "Keyness: Matching metrics
    /// to definitions", Corpus Linguistics in the South 1. `None` where the second is zero.
    pub fn percent_difference(&self) -> Option<f64> {
        let Pair { a, c, b, d } = *self;
        (b > 0.0 && c > 0.0 && d > 0.0).then(|| 100.0 * ((a / c) / (b / d) - 1.0))
    }
}

/// A weighted log-odds ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogOdds {
    /// The difference of the log-odds (natural logarithms), drawn towards 0 by the prior.
    pub delta: f64,
    /// It divided by its standard deviation.
    pub z: f64,
}

/// The log-odds ratio with an informative Dirichlet prior: Monroe, B. L., Colaresi, M. P. & Quinn, K. M. (2008), "Fightin' Words",
/// *Political Analysis* 16(4), equations 15, 20 and 22. Of `y1` occurrences among `n1` tokens and `y2` among `n2`; the prior puts `alpha`
/// pseudo-occurrences among `alpha0` pseudo-tokens into each. `None` where that leaves nothing on one side.
pub fn log_odds(y1: f64, n1: f64, y2: f64, n2: f64, alpha: f64, alpha0: f64) -> Option<LogOdds> {
    let odds = |y: f64, n: f64| (y + alpha) / (n + alpha0 - y - alpha);
    let (first, second) = (odds(y1, n1), odds(y2, n2));
    let defined = |o: f64| o.is_finite() && o > 0.0;
    (defined(first) && defined(second)).then(|| {
        let delta = first.ln() - second.ln();
        LogOdds { delta, z: delta / (1.0 / (y1 + alpha) + 1.0 / (y2 + alpha)).sqrt() }
    })
}

/// The adjusted residual of `observed` occurrences, of `hits` in all, in `exposure` of `whole`: (O − E) / √(E (1 − row share) (1 − column
/// share)), about standard normal if occurrences were independent: Haberman, S. J. (1973), "The Analysis of Residuals in Cross-Classified
/// Tables", *Biometrics* 29(1). `None` where nothing can differ.
pub fn adjusted_residual(observed: f64, exposure: f64, hits: f64, whole: f64) -> Option<f64> {
    let expected = exposure * hits / whole;
    let variance = expected * (1.0 - exposure / whole) * (1.0 - hits / whole);
    (variance.is_finite() && variance > 1e-12).then(|| (observed - expected) / variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_is_undefined_unsaid() {
        let pair = |a, c, b, d| Pair { a, c, b, d };
        assert_eq!(pair(0.0, 0.0, 3.0, 10.0).g2(), 0.0);
        assert_eq!(pair(0.0, 100.0, 0.0, 100.0).log_ratio(), None);
        assert_eq!(pair(1.0, 0.0, 1.0, 100.0).log_ratio(), None);
        assert_eq!(pair(2.0, 100.0, 0.0, 100.0).log_ratio(), Some(2.0));
        assert_eq!(pair(2.0, 100.0, 0.0, 100.0).percent_difference(), None);
        assert_eq!(log_odds(0.0, 100.0, 0.0, 100.0, 0.0, 10.0), None);
        assert_eq!(adjusted_residual(3.0, 10.0, 3.0, 10.0), None);
    }

    proptest! {
        #[test]
        fn g2_is_positive_and_the_same_from_both_sides(a in 0_u32..500, b in 0_u32..500, c in 500_u32..100_000, d in 500_u32..100_000) {
            let pair = Pair { a: a.into(), c: c.into(), b: b.into(), d: d.into() };
            let turned = Pair { a: pair.b, c: pair.d, b: pair.a, d: pair.c };
            prop_assert!(pair.g2() >= 0.0 && pair.g2().is_finite());
            prop_assert!((pair.g2() - turned.g2()).abs() < 1e-6);
            prop_assert!(pair.log_ratio().is_none_or(|x| (x + turned.log_ratio().unwrap()).abs() < 1e-9));
        }

        /// Twice the text with twice the occurrences is the same rate, and twice the evidence.
        #[test]
        fn rates_scale(a in 1_u32..500, b in 1_u32..500, c in 500_u32..100_000, d in 500_u32..100_000) {
            let one = Pair { a: a.into(), c: c.into(), b: b.into(), d: d.into() };
            let two = Pair { a: 2.0 * one.a, c: 2.0 * one.c, b: 2.0 * one.b, d: 2.0 * one.d };
            prop_assert!((one.log_ratio().unwrap() - two.log_ratio().unwrap()).abs() < 1e-9);
            prop_assert!((2.0 * one.g2() - two.g2()).abs() < 1e-6 * (1.0 + two.g2()));
        }
    }
}
