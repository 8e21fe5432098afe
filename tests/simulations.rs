//! What the statistics promise, held against simulated corpora: how often intervals hold the truth, how often tests cry wolf. The runs are
//! short here; `TIFA_SIMULATE=1 cargo test --release simulations -- --nocapture` makes the long ones whose figures stand in docs/methods.md.

use fastrand::Rng;
use tifa::stats::{Unit, bootstrap_rates, changes, clustered_interval, permutation_tests, poisson_interval};

/// How many series or corpora: a few in every run of the tests, many for the figures.
fn rounds(short: usize, long: usize) -> usize {
    if std::env::var_os("TIFA_SIMULATE").is_some() { long } else { short }
}

/// A draw from a Poisson distribution: Knuth, D. E., *The Art of Computer Programming* 2, 3.4.1.
fn poisson(random: &mut Rng, mean: f64) -> f64 {
    let (limit, mut product, mut count) = ((-mean).exp(), random.f64(), 0.0);
    while product > limit {
        product *= random.f64();
        count += 1.0;
    }
    count
}

/// A draw from a gamma distribution of whole-numbered shape, with mean 1.
fn gamma(random: &mut Rng, shape: u32) -> f64 {
    (0..shape).map(|_| -(1.0 - random.f64()).ln()).sum::<f64>() / f64::from(shape)
}

/// A document: its length, and how often a formula stands in it. Three in four hold none; the others are fond of it, more or less.
fn document(random: &mut Rng) -> (f64, f64) {
    let words = 200.0 + 1800.0 * random.f64();
    let fond = if random.f64() < 0.25 { gamma(random, 1) } else { 0.0 };
    (poisson(random, words / 400.0 * fond), words)
}

/// Occurrences by word of [`document`].
const RATE: f64 = 0.25 / 400.0;

fn covered(interval: tifa::stats::Interval, scale: f64) -> bool {
    interval.low <= RATE * scale && RATE * scale <= interval.high
}

#[test]
fn intervals_of_rates_hold_the_truth() {
    for (documents, least) in [(10, 0.5), (20, 0.75), (50, 0.86), (200, 0.92)] {
        let mut random = Rng::with_seed(documents);
        let (mut by_bootstrap, mut by_poisson, mut as_told) = (0, 0, 0);
        let all = rounds(150, 4000);
        for _ in 0..all {
            let corpus: Vec<(f64, f64)> = (0..documents).map(|_| document(&mut random)).collect();
            let (count, words) = corpus.iter().fold((0.0, 0.0), |(k, n), d| (k + d.0, n + d.1));
            by_poisson += usize::from(covered(poisson_interval(count), words));
            let counts = corpus.iter().enumerate().filter(|(_, d)| d.0 > 0.0).map(|(i, d)| (i, d.0)).collect();
            let exposure: Vec<f64> = corpus.iter().map(|d| d.1).collect();
            let clusters = corpus.iter().filter(|d| d.0 > 0.0).count();
            let bootstrap = bootstrap_rates(&exposure, &[counts])[0];
            by_bootstrap += usize::from(bootstrap.is_some_and(|i| covered(i, 1.0)));
            // As the tables have it.
            let told = match bootstrap {
                Some(_) if documents < 20 => covered(poisson_interval(count), words),
                Some(_) if clusters < 5 => covered(clustered_interval(count, clusters as f64), words),
                Some(interval) => covered(interval, 1.0),
                None => covered(poisson_interval(count), words),
            };
            as_told += usize::from(told);
        }
        let share = |n: usize| n as f64 / all as f64;
        let (told, bootstrap, poisson) = (share(as_told), share(by_bootstrap), share(by_poisson));
        println!("{documents} documents: as in the tables {told:.3}; always bootstrap {bootstrap:.3}, always exact Poisson {poisson:.3}");
        assert!(told >= least, "{documents} documents: {told}");
    }
}

/// Series of 24 periods with texts of different lengths; `size` is the shape of the gamma distribution of their rates.
fn series(random: &mut Rng, size: Option<u32>, rate: impl Fn(usize) -> f64) -> Vec<(f64, f64)> {
    (0..24)
        .map(|i| {
            let words = 5_000.0 + 15_000.0 * random.f64();
            let mean = words * rate(i) * size.map_or(1.0, |s| gamma(random, s));
            (poisson(random, mean), words)
        })
        .collect()
}

#[test]
fn change_points_are_found_and_not_made_up() {
    let all = rounds(60, 2000);
    for (name, size) in [("Poisson", None), ("negative binomial, size 4", Some(4)), ("negative binomial, size 1", Some(1))] {
        let mut random = Rng::with_seed(7);
        let flat = (0..all).filter(|_| changes(&series(&mut random, size, |_| 8e-4)).is_some_and(|c| !c.at.is_empty())).count();
        let (mut step, mut exact, mut bump, mut coined) = (0, 0, 0, 0);
        for _ in 0..all {
            let at = changes(&series(&mut random, size, |i| if i < 10 { 4e-4 } else { 16e-4 })).map_or_else(Vec::new, |c| c.at);
            step += usize::from(at.len() == 1 && at[0].abs_diff(10) <= 1);
            exact += usize::from(at == [10]);
            let at = changes(&series(&mut random, size, |i| if i < 12 { 0.0 } else { 16e-4 })).map_or_else(Vec::new, |c| c.at);
            coined += usize::from(at.len() == 1 && at[0].abs_diff(12) <= 1);
            let at = changes(&series(&mut random, size, |i| if (8..14).contains(&i) { 24e-4 } else { 4e-4 })).map_or_else(Vec::new, |c| c.at);
            bump += usize::from(at.len() == 2 && at[0].abs_diff(8) <= 1 && at[1].abs_diff(14) <= 1);
        }
        let share = |n: usize| n as f64 / all as f64;
        println!(
            "{name}: flat series with change points {:.3}; a step of 4 times found alone within a period {:.3} (exactly {:.3}); a bump of 6 times {:.3}; absent and then used {:.3}",
            share(flat),
            share(step),
            share(exact),
            share(bump),
            share(coined)
        );
        assert!(share(flat) <= if all < 1000 { 0.12 } else { 0.05 }, "{name}: {}", share(flat));
        // Of 60 series a share is known to about ± 0.07.
        assert!(size.is_some() || share(step) > if all < 1000 { 0.8 } else { 0.9 });
    }
}

#[test]
fn permutation_p_is_uniform_without_a_difference() {
    let all = rounds(80, 2000);
    let mut random = Rng::with_seed(11);
    let mut small = [0; 3];
    let levels = [0.05, 0.2, 0.5];
    for _ in 0..all {
        let (mut units, mut counts) = (Vec::new(), Vec::new());
        for i in 0..40 {
            let (k, words) = document(&mut random);
            let first = i < 15;
            // Every fourth document holds both groups.
            if i % 4 == 0 {
                let half = (0..k as usize).filter(|_| random.bool()).count() as f64;
                units.push(Unit { c: words / 2.0, d: words / 2.0 });
                counts.push((i, half, k - half));
            } else {
                units.push(if first { Unit { c: words, d: 0.0 } } else { Unit { c: 0.0, d: words } });
                counts.push(if first { (i, k, 0.0) } else { (i, 0.0, k) });
            }
        }
        let p = permutation_tests(&units, &[counts], 499)[0];
        for (n, level) in small.iter_mut().zip(levels) {
            *n += usize::from(p <= level);
        }
    }
    let shares = small.map(|n| n as f64 / all as f64);
    println!("p at most {levels:?} without a difference: {shares:.3?}");
    for (share, level) in shares.iter().zip(levels) {
        let error = (level * (1.0 - level) / all as f64).sqrt();
        assert!((share - level).abs() < 3.5 * error + 0.002, "{share} of p below {level}");
    }
}
