//! Intervals by resampling whole clusters (documents, say): what is within one is not independent.

use super::interval::{Interval, normal_cdf, normal_quantile};

/// How often clusters are drawn anew: as in Efron & Tibshirani (1993), chapter 14.
pub const RESAMPLES: usize = 2000;

/// Every interval draws the same numbers.
const SEED: u64 = 1993;

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
    let mut values: Vec<f64> = Vec::with_capacity(RESAMPLES);
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut drawn = vec![0; count];
    for _ in 0..RESAMPLES {
        drawn.fill_with(|| random.usize(..count));
        values.extend(statistic(&drawn));
    }
    values.sort_by(f64::total_cmp);
    Some(Interval { low: *values.get(rank(values.len(), 0.025))?, high: *values.get(rank(values.len(), 0.975))? })
}

/// Draws `count` clusters with replacement, [`RESAMPLES`] times; `each` gets how often each of them was drawn. The draws are the same in
/// every run.
pub fn resample(count: usize, mut each: impl FnMut(&[f64])) {
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut times = vec![0.0; count];
    for _ in 0..RESAMPLES {
        times.fill(0.0);
        for _ in 0..count {
            times[random.usize(..count)] += 1.0;
        }
        each(&times);
    }
}

/// The 95 % bias-corrected and accelerated interval: Efron & Tibshirani (1993), section 14.3. Of the `values` of resamples, the
/// `estimate` and the `influence` of each cluster on it (its empirical influence values, up to a common factor), which takes the
/// place of their jackknife. `None` without values.
pub fn accelerated(mut values: Vec<f64>, estimate: f64, influence: &[f64]) -> Option<Interval> {
    if values.is_empty() {
        return None;
    }
    let count = values.len() as f64;
    let (below, equal) = values.iter().fold((0_usize, 0_usize), |(b, e), v| (b + usize::from(*v < estimate), e + usize::from(*v <= estimate)));
    let share = (below + equal) as f64 / (2.0 * count);
    let bias = normal_quantile(share.clamp(0.5 / count, 1.0 - 0.5 / count));
    let (squares, cubes) = influence.iter().fold((0.0, 0.0), |(s, c), x| (s + x * x, c + x * x * x));
    let acceleration = if squares > 0.0 { cubes / (6.0 * squares.powf(1.5)) } else { 0.0 };
    let mut end = |p: f64| {
        let z = bias + normal_quantile(p);
        let moved = normal_cdf(bias + z / (1.0 - acceleration * z));
        let place = rank(values.len(), moved);
        // Two places of the sorted values are asked for: no need to sort them all.
        (place < values.len()).then(|| *values.select_nth_unstable_by(place, f64::total_cmp).1)
    };
    Some(Interval { low: end(0.025)?, high: end(0.975)? })
}

/// The [`accelerated`] intervals of rates: of each of `series`, the sum of its counts (cluster, count) to that of `exposure`. All series
/// share the draws. `None` for a series without counts.
pub fn bootstrap_rates(exposure: &[f64], series: &[Vec<(usize, f64)>]) -> Vec<Option<Interval>> {
    let mut values: Vec<Vec<f64>> = series.iter().map(|_| Vec::with_capacity(RESAMPLES)).collect();
    let counts: Vec<Counts> = series.iter().map(|counts| Counts::of(counts)).collect();
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut times = vec![Times::default(); exposure.len()];
    for _ in 0..RESAMPLES / LANES {
        times.fill(Times::default());
        let mut draw = |lane: usize| {
            let n = &mut times[random.usize(..exposure.len())][lane];
            *n = n.saturating_add(1);
        };
        (0..LANES).for_each(|lane| exposure.iter().for_each(|_| draw(lane)));
        let mut whole = [0.0; LANES];
        exposure.iter().zip(&times).for_each(|(e, n)| whole.iter_mut().zip(n).for_each(|(sum, n)| *sum += e * f64::from(*n)));
        for (counts, values) in counts.iter().zip(&mut values) {
            let sums = counts.sums(&times);
            values.extend(sums.iter().zip(&whole).filter(|(_, whole)| **whole > 0.0).map(|(sum, whole)| sum / whole));
        }
    }
    let whole: f64 = exposure.iter().sum();
    let of = |(counts, values): (&Vec<(usize, f64)>, Vec<f64>)| {
        let rate = counts.iter().map(|(_, k)| k).sum::<f64>() / whole;
        let mut influence: Vec<f64> = exposure.iter().map(|e| -rate * e).collect();
        counts.iter().for_each(|(i, k)| influence[*i] += k);
        accelerated(values, rate, &influence).filter(|_| rate > 0.0)
    };
    series.iter().zip(values).map(of).collect()
}

/// So many resamples are summed up side by side: thousands of sums are what intervals cost.
const LANES: usize = 8;

const _: () = assert!(RESAMPLES.is_multiple_of(LANES));

/// How often a cluster was drawn in each of some resamples: once on average, and never near to the largest number.
type Times = [u16; LANES];

/// Counts of clusters; mostly one.
struct Counts {
    ones: Vec<usize>,
    more: Vec<(usize, f64)>,
}

impl Counts {
    #[allow(clippy::float_cmp, reason = "counts are whole numbers")]
    fn of(counts: &[(usize, f64)]) -> Counts {
        let more = counts.iter().copied().filter(|(_, k)| *k != 1.0).collect();
        Counts { ones: counts.iter().filter(|(_, k)| *k == 1.0).map(|(i, _)| *i).collect(), more }
    }

    /// Their sums, each as often as its cluster was drawn. Exact for whole numbers, in whatever order they are added up.
    fn sums(&self, times: &[Times]) -> [f64; LANES] {
        let mut ones = [0_u32; LANES];
        self.ones.iter().for_each(|i| ones.iter_mut().zip(&times[*i]).for_each(|(sum, n)| *sum += u32::from(*n)));
        let mut sums = ones.map(f64::from);
        self.more.iter().for_each(|(i, k)| sums.iter_mut().zip(&times[*i]).for_each(|(sum, n)| *sum += k * f64::from(*n)));
        sums
    }
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

    /// As the draws of [`resample`] say, one after the other.
    #[test]
    fn rates_side_by_side_are_rates_one_by_one() {
        let mut random = fastrand::Rng::with_seed(5);
        for clusters in [1, 2, 21, 300] {
            let exposure: Vec<f64> = (0..clusters).map(|_| f64::from(random.u32(..900))).collect();
            let mut some = || (0..clusters).filter(|_| random.u8(..3) == 0).map(|i| (i, 1.0)).collect::<Vec<_>>();
            let mut series = vec![some(), Vec::new(), some()];
            series[2].iter_mut().step_by(3).for_each(|(_, k)| *k = 7.0);
            let mut values = vec![Vec::new(); series.len()];
            resample(clusters, |times| {
                let whole: f64 = exposure.iter().zip(times).map(|(e, n)| e * n).sum();
                if whole > 0.0 {
                    series.iter().zip(&mut values).for_each(|(s, v)| v.push(s.iter().map(|(i, k)| k * times[*i]).sum::<f64>() / whole));
                }
            });
            let whole: f64 = exposure.iter().sum();
            for ((counts, values), got) in series.iter().zip(values).zip(bootstrap_rates(&exposure, &series)) {
                let rate = counts.iter().map(|(_, k)| k).sum::<f64>() / whole;
                let mut influence: Vec<f64> = exposure.iter().map(|e| -rate * e).collect();
                counts.iter().for_each(|(i, k)| influence[*i] += k);
                let mut sorted = values.clone();
                sorted.sort_by(f64::total_cmp);
                let want = accelerated(values, rate, &influence).filter(|_| rate > 0.0);
                assert_eq!(got, want, "{clusters}");
                assert!(got.is_none_or(|i| sorted.contains(&i.low) && sorted.contains(&i.high) && i.low <= i.high));
            }
        }
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
