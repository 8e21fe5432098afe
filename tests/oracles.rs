//! Every statistic against numbers that other programs computed or publications print: `tests/oracles/values.csv`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tifa::stats;
use tifa::stats::Pair;

use crate::project;

/// Numbers by name, and lists joined by blanks.
type Outputs = BTreeMap<String, Value>;

fn list(value: &Value) -> Vec<f64> {
    value.as_array().map_or_else(Vec::new, |all| all.iter().map(|x| x.as_f64().unwrap_or(f64::NAN)).collect())
}

fn lists(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().map_or_else(Vec::new, |all| all.iter().map(list).collect())
}

fn joined<T: ToString>(values: &[T]) -> Value {
    values.iter().map(T::to_string).collect::<Vec<_>>().join(" ").into()
}

fn named<const N: usize>(values: [(&str, Option<f64>); N]) -> Outputs {
    values.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect()
}

fn ends(interval: Option<stats::Interval>) -> Outputs {
    named([("low", interval.map(|i| i.low)), ("high", interval.map(|i| i.high))])
}

fn numbered(name: &str, values: &[Option<f64>]) -> Outputs {
    values.iter().enumerate().map(|(i, value)| (format!("{name}{i}"), (*value).into())).collect()
}

/// A series without any trend to test has S = 0 and no variance, which the oracle calls p = 1.
fn kendall(test: Option<stats::Kendall>) -> Outputs {
    let of = |get: fn(&stats::Kendall) -> f64, none: f64| Some(test.as_ref().map_or(none, get));
    named([("s", of(|k| k.s, 0.0)), ("variance", of(|k| k.variance, 0.0)), ("z", of(|k| k.z, 0.0)), ("p", of(|k| k.p, 1.0)), ("tau", of(|k| k.tau, 0.0))])
}

/// The statistic of that name.
fn compute(statistic: &str, input: &Value) -> Outputs {
    let number = |name: &str| input[name].as_f64().unwrap_or(f64::NAN);
    let values = |name: &str| list(&input[name]);
    let pair = || Pair { a: number("a"), c: number("c"), b: number("b"), d: number("d") };
    match statistic {
        "wilson" => ends(stats::wilson_interval(number("k"), number("n"))),
        "poisson" => ends(Some(stats::poisson_interval(number("k")))),
        "rate_ratio" => {
            let interval = stats::rate_ratio_interval(number("a"), number("c"), number("b"), number("d"));
            named([("low", interval.map(|i| i.0)), ("high", interval.and_then(|i| i.1))])
        }
        "g2" => named([("g2", Some(pair().g2()))]),
        "effect" => named([("log_ratio", pair().log_ratio()), ("percent_difference", pair().percent_difference())]),
        "log_odds" => log_odds(&values("y1"), &values("y2"), &values("alpha")),
        "mantel_haenszel" => {
            let strata: Vec<Pair> = lists(&input["strata"]).iter().map(|s| Pair { a: s[0], c: s[1], b: s[2], d: s[3] }).collect();
            let found = stats::mantel_haenszel(&strata);
            let mut outputs = ends(found.map(|r| r.interval));
            outputs.extend(named([("ratio", found.map(|r| r.ratio))]));
            outputs
        }
        "benjamini_hochberg" => numbered("q", &stats::benjamini_hochberg(&values("p")).into_iter().map(Some).collect::<Vec<_>>()),
        "mann_kendall" => kendall(stats::mann_kendall(&values("x"))),
        "seasonal_mann_kendall" => seasonal(&values("x"), number("period")),
        "theil_sen" => {
            let slope = stats::theil_sen(&values("t"), &values("x"));
            let mut outputs = ends(slope.map(|s| s.interval));
            outputs.extend(named([("slope", slope.map(|s| s.slope))]));
            outputs
        }
        "autocorrelation" => named([("r1", stats::autocorrelation(&values("x")))]),
        "change_points" => {
            let series: Vec<(f64, f64)> = values("k").into_iter().zip(values("e")).collect();
            Outputs::from([("positions".to_owned(), joined(&stats::change_points(&series, number("penalty"))))])
        }
        "dispersion" => {
            let found = stats::dispersion(&values("v"), &values("s"));
            named([("dp", found.map(|d| d.dp)), ("dp_norm", found.map(|d| d.normed))])
        }
        "association" => {
            let found = stats::association(number("ab"), number("a"), number("b"), number("n"));
            let of = |get: fn(&stats::Association) -> f64| found.as_ref().map(get);
            named([("pmi", found.and_then(|a| a.pmi)), ("npmi", of(|a| a.npmi)), ("lift", of(|a| a.lift)), ("g2", of(|a| a.g2))])
        }
        "jensen_shannon" => named([("distance", stats::jensen_shannon(&values("p"), &values("q")))]),
        "linkage" => Outputs::from([("heights".to_owned(), joined(&stats::average_linkage(&lists(&input["d"])).heights))]),
        "residual" => {
            let rows = lists(&input["rows"]);
            let (hits, whole) = rows.iter().fold((0.0, 0.0), |(h, w), r| (h + r[0], w + r[1]));
            numbered("r", &rows.iter().map(|r| stats::adjusted_residual(r[0], r[1], hits, whole)).collect::<Vec<_>>())
        }
        "permutation" => named([("p", Some(permutation(input)))]),
        "retirement" => named([("p", stats::retirement(&values("times"), number("end")))]),
        "bootstrap_ratio" => {
            let counts = values("k").into_iter().enumerate().filter(|(_, k)| *k > 0.0).collect();
            ends(stats::bootstrap_rates(&values("e"), &[counts])[0])
        }
        other => panic!("no statistic {other}"),
    }
}

fn log_odds(y1: &[f64], y2: &[f64], alpha: &[f64]) -> Outputs {
    let (n1, n2, alpha0) = (y1.iter().sum(), y2.iter().sum(), alpha.iter().sum());
    let mut outputs = Outputs::new();
    for i in 0..y1.len() {
        let found = stats::log_odds(y1[i], n1, y2[i], n2, alpha[i], alpha0);
        outputs.insert(format!("delta{i}"), found.map(|l| l.delta).into());
        outputs.insert(format!("z{i}"), found.map(|l| l.z).into());
    }
    outputs
}

fn seasonal(values: &[f64], period: f64) -> Outputs {
    let period = period as usize;
    let season = |s: usize| values.iter().enumerate().filter(move |(i, x)| i % period == s && x.is_finite()).map(move |(i, x)| ((i / period) as f64, *x));
    let seasons: Vec<Vec<(f64, f64)>> = (0..period).map(|s| season(s).collect()).collect();
    let test = stats::seasonal_kendall(&seasons.iter().map(|s| s.iter().map(|(_, x)| *x).collect()).collect::<Vec<_>>());
    let mut outputs = kendall(test);
    outputs.insert("slope".to_owned(), stats::seasonal_slope(&seasons).into());
    outputs
}

fn permutation(input: &Value) -> f64 {
    let (mut units, mut counts) = (Vec::new(), Vec::new());
    let mut add = |a: f64, c: f64, b: f64, d: f64| {
        counts.push((units.len(), a, b));
        units.push(stats::Unit { c, d });
    };
    lists(&input["a"]).iter().for_each(|u| add(u[0], u[1], 0.0, 0.0));
    lists(&input["b"]).iter().for_each(|u| add(0.0, 0.0, u[0], u[1]));
    lists(&input["both"]).iter().for_each(|u| add(u[0], u[1], u[2], u[3]));
    stats::permutation_tests(&units, &[counts], stats::PERMUTATIONS)[0]
}

/// How far `found` may be off: what the oracle says; of the bootstrap twice that, as its 99,999 resamples are 2,000 here.
fn agrees(statistic: &str, found: &Value, expected: &str, tolerance: f64) -> bool {
    let tolerance = if statistic == "bootstrap_ratio" { 2.0 * tolerance } else { tolerance };
    let near = |x: f64, y: &str| y.parse().is_ok_and(|y: f64| (x - y).abs() <= tolerance);
    match found {
        Value::Number(x) => x.as_f64().is_some_and(|x| near(x, expected)),
        Value::String(list) => {
            let (found, wanted): (Vec<&str>, Vec<&str>) = (list.split_whitespace().collect(), expected.split_whitespace().collect());
            found.len() == wanted.len() && found.iter().zip(&wanted).all(|(x, y)| x.parse().is_ok_and(|x| near(x, y)))
        }
        _ => false,
    }
}

#[test]
fn statistics_are_those_of_other_programs() {
    let mut reader = csv::Reader::from_path(project("tests/oracles/values.csv")).unwrap();
    let (mut wrong, mut seen, mut rows) = (Vec::new(), BTreeSet::new(), 0);
    for row in reader.records() {
        let row = row.unwrap();
        let (statistic, case, output, expected) = (&row[0], &row[1], &row[3], &row[4]);
        let outputs = compute(statistic, &serde_json::from_str(&row[2]).unwrap());
        let found = outputs.get(output).unwrap_or(&Value::Null);
        if !agrees(statistic, found, expected, row[5].parse().unwrap()) {
            wrong.push(format!("{statistic} ({case}): {output} is {found}, not {expected} ({})", &row[6]));
        }
        seen.insert(statistic.to_owned());
        rows += 1;
    }
    assert!(wrong.is_empty(), "{} of {rows}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows >= 400 && seen.len() == 21, "{rows} rows of {seen:?}");
}
