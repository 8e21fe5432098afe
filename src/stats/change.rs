//! When a rate changed.

/// How often a series is shuffled: a first time, and again if that leaves doubt.
const SHUFFLES: [usize; 2] = [199, 999];
/// More shuffled series as good as this in the first turn (p above 0.1) leave none.
const DOUBT: usize = 20;
/// Above this a series counts as in order by chance: below the 0.05 promised, as shuffling periods of different length is not quite exact.
const LEVEL: f64 = 0.04;
/// The most change points with which series are compared.
const MOST: usize = 5;
/// Fewer periods or occurrences than this are not searched.
const FEWEST: usize = 6;

/// The change points of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// The numbers of the first periods after a change.
    pub at: Vec<usize>,
    /// How likely it is that the same periods in random order divide as well as they do.
    pub p: f64,
    /// How many times as much as Poisson counts the counts vary within the stretches, at least 1.
    pub overdispersion: f64,
}

/// What a stretch with one rate costs: twice the negative log-likelihood of Poisson counts, what is the same for all divisions left out.
fn cost(count: f64, exposure: f64) -> f64 {
    if count > 0.0 { 2.0 * (count - count * (count / exposure).ln()) } else { 0.0 }
}

/// Running sums of a series.
struct Sums(Vec<(f64, f64)>);

impl Sums {
    fn of(series: &[(f64, f64)]) -> Sums {
        let mut sums = vec![(0.0, 0.0)];
        for (k, e) in series {
            let (count, exposure) = sums[sums.len() - 1];
            sums.push((count + k, exposure + e));
        }
        Sums(sums)
    }

    fn cost(&self, from: usize, to: usize) -> f64 {
        cost(self.0[to].0 - self.0[from].0, self.0[to].1 - self.0[from].1)
    }
}

/// The division of a series of (count, exposure) into stretches of one Poisson rate each that costs least with `penalty` for each change,
/// found by PELT: Killick, R., Fearnhead, P. & Eckley, I. A. (2012), "Optimal Detection of Changepoints with a Linear Computational Cost",
/// *Journal of the American Statistical Association* 107(500). Yields the numbers of the first periods after a change. Every exposure is
/// positive.
pub fn change_points(series: &[(f64, f64)], penalty: f64) -> Vec<usize> {
    let sums = Sums::of(series);
    let mut best = vec![-penalty];
    let mut last = vec![0];
    let mut candidates = vec![0];
    for end in 1..=series.len() {
        let costs: Vec<f64> = candidates.iter().map(|&start| best[start] + sums.cost(start, end)).collect();
        let least = (0..costs.len()).min_by(|i, j| costs[*i].total_cmp(&costs[*j])).unwrap_or(0);
        best.push(costs[least] + penalty);
        last.push(candidates[least]);
        let mut kept = costs.iter().map(|cost| *cost <= best[end]);
        candidates.retain(|_| kept.next().unwrap_or(false));
        candidates.push(end);
    }
    let mut at = Vec::new();
    let mut end = series.len();
    while end > 0 && last[end] > 0 {
        end = last[end];
        at.push(end);
    }
    at.reverse();
    at
}

/// The change points of a series of (count, exposure), if its order is not by chance.
///
/// Whether it is, is tested by shuffling the periods: what 1 … 5 changes gain is held against what they gain in shuffled series, each in
/// standard deviations, and the largest counts. So of series without order no more than one in twenty passes, however overdispersed the counts are,
/// as those of formulas are. The change points are then those of [`change_points`] with the penalty 2 φ ln n, where φ is the
/// [`Changes::overdispersion`]. What makes neighbouring periods alike, a slow trend too, counts as change. `None` for fewer than six
/// periods or occurrences.
pub fn changes(series: &[(f64, f64)]) -> Option<Changes> {
    if series.len() < FEWEST || series.iter().map(|(k, _)| k).sum::<f64>() < FEWEST as f64 || series.iter().any(|(_, e)| *e <= 0.0) {
        return None;
    }
    let mut all = vec![gains(series)];
    let mut random = fastrand::Rng::with_seed(series.len() as u64);
    let mut shuffled = series.to_vec();
    let (mut p, mut count) = (1.0, 1);
    for shuffles in SHUFFLES {
        while all.len() <= shuffles {
            random.shuffle(&mut shuffled);
            all.push(gains(&shuffled));
        }
        let scores = standardised(&all);
        count = scores[0].1;
        let as_good = scores.iter().filter(|(score, _)| *score >= scores[0].0 - 1e-9).count();
        p = as_good as f64 / all.len() as f64;
        if as_good > DOUBT {
            break;
        }
    }
    let overdispersion = pearson(series, &division(series, count));
    let penalty = 2.0 * overdispersion * (series.len() as f64).ln();
    let at = if p <= LEVEL { change_points(series, penalty) } else { Vec::new() };
    Some(Changes { at, p, overdispersion })
}

/// Of each series, by how many standard deviations its best number of changes gains more than the mean of all, and that number.
fn standardised(all: &[Vec<f64>]) -> Vec<(f64, usize)> {
    let count = all.len() as f64;
    let spread: Vec<(f64, f64)> = (0..all[0].len())
        .map(|m| {
            let mean = all.iter().map(|g| g[m]).sum::<f64>() / count;
            (mean, (all.iter().map(|g| (g[m] - mean).powi(2)).sum::<f64>() / count).sqrt())
        })
        .collect();
    let score = |(gain, (mean, deviation)): (&f64, &(f64, f64))| if *deviation > 1e-9 { (gain - mean) / deviation } else { 0.0 };
    let best = |gains: &Vec<f64>| {
        let scores = gains.iter().zip(&spread).map(score).enumerate();
        scores.fold((f64::NEG_INFINITY, 1), |best, (m, score)| if score > best.0 { (score, m + 1) } else { best })
    };
    all.iter().map(best).collect()
}

/// What 1, 2 … [`MOST`] changes save at best.
fn gains(series: &[(f64, f64)]) -> Vec<f64> {
    let whole = Sums::of(series).cost(0, series.len());
    best_divisions(series, MOST).iter().map(|row| whole - row[series.len()].0).collect()
}

/// The best division with so many changes.
fn division(series: &[(f64, f64)], count: usize) -> Vec<usize> {
    let rows = best_divisions(series, count);
    let mut end = series.len();
    let mut at = Vec::new();
    for row in rows.iter().rev() {
        end = row[end].1;
        at.push(end);
    }
    at.reverse();
    at
}

/// For 1, 2 … `most` changes: the least cost of the first `end` periods, and where the last change is then (segment neighbourhood search:
/// Auger, I. E. & Lawrence, C. E. 1989).
fn best_divisions(series: &[(f64, f64)], most: usize) -> Vec<Vec<(f64, usize)>> {
    let (sums, count) = (Sums::of(series), series.len());
    let costs: Vec<Vec<f64>> = (0..=count).map(|from| (from..=count).map(|to| sums.cost(from, to)).collect()).collect();
    let mut before: Vec<f64> = costs[0].clone();
    let mut rows = Vec::new();
    for changes in 1..=most.min(count - 1) {
        let mut row = vec![(f64::INFINITY, 0); count + 1];
        for end in changes + 1..=count {
            for start in changes..end {
                let cost = before[start] + costs[start][end - start];
                if cost < row[end].0 {
                    row[end] = (cost, start);
                }
            }
        }
        before = row.iter().map(|(cost, _)| *cost).collect();
        rows.push(row);
    }
    rows
}

/// Pearson's statistic by degrees of freedom, within the stretches between the changes `at`: 1 for Poisson counts; at least that. A stretch
/// without a count says nothing of how counts vary.
fn pearson(series: &[(f64, f64)], at: &[usize]) -> f64 {
    let ends: Vec<usize> = [&[0], at, &[series.len()]].concat();
    let (mut sum, mut freedom) = (0.0, 0.0);
    for stretch in ends.windows(2).map(|w| &series[w[0]..w[1]]) {
        let (count, exposure) = stretch.iter().fold((0.0, 0.0), |(k, e), x| (k + x.0, e + x.1));
        if count > 0.0 {
            sum += stretch.iter().map(|(k, e)| (k - e * count / exposure).powi(2) / (e * count / exposure)).sum::<f64>();
            freedom += stretch.len() as f64 - 1.0;
        }
    }
    if freedom > 0.0 { (sum / freedom).max(1.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn series(counts: &[f64]) -> Vec<(f64, f64)> {
        counts.iter().map(|k| (*k, 1000.0)).collect()
    }

    #[test]
    fn short_empty_and_even_series_have_none() {
        assert_eq!(changes(&series(&[1.0, 9.0, 9.0])), None);
        assert_eq!(changes(&series(&[0.0; 12])), None);
        assert_eq!(changes(&[(3.0, 0.0); 12]), None);
        assert_eq!(changes(&series(&[4.0; 12])).unwrap(), Changes { at: vec![], p: 1.0, overdispersion: 1.0 });
        assert!(change_points(&[], 1.0).is_empty());
    }

    #[test]
    fn a_step_is_found_where_it_is() {
        let found = changes(&series(&[1.0, 2.0, 1.0, 2.0, 1.0, 8.0, 9.0, 8.0, 9.0, 8.0])).unwrap();
        assert_eq!(found.at, [5]);
        assert!(found.p < 0.02);
        let bump = changes(&series(&[1.0, 0.0, 1.0, 2.0, 0.0, 9.0, 11.0, 10.0, 9.0, 1.0, 0.0, 2.0, 1.0, 0.0, 1.0, 2.0])).unwrap();
        assert_eq!(bump.at, [5, 9]);
    }

    proptest! {
        /// Pruning loses nothing: as good as trying every division.
        #[test]
        fn as_good_as_the_best_division(counts in proptest::collection::vec((0_u8..9, 1_u8..5), 1..10), penalty in 0.1_f64..8.0) {
            let series: Vec<(f64, f64)> = counts.iter().map(|(k, e)| (f64::from(*k), f64::from(*e) * 100.0)).collect();
            let sums = Sums::of(&series);
            let price = |at: &[usize]| {
                let ends: Vec<usize> = [&[0], at, &[series.len()]].concat();
                ends.windows(2).map(|w| sums.cost(w[0], w[1])).sum::<f64>() + penalty * at.len() as f64
            };
            let all = (0..1_u32 << (series.len() - 1)).map(|bits| (1..series.len()).filter(|i| bits >> (i - 1) & 1 == 1).collect::<Vec<_>>());
            let least = all.map(|at| price(&at)).fold(f64::INFINITY, f64::min);
            prop_assert!((price(&change_points(&series, penalty)) - least).abs() < 1e-9);
            for count in 1..series.len().min(MOST + 1) {
                let at = division(&series, count);
                let saved = gains(&series)[count - 1];
                prop_assert!(at.len() == count && (price(&at) - penalty * count as f64 - (sums.cost(0, series.len()) - saved)).abs() < 1e-9);
            }
        }
    }
}
