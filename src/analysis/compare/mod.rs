//! Two groups of text held against each other: which formulas one of them uses more, by how much, and how sure that is.
//!
//! The size of a difference comes first (log ratio with its interval, %DIFF), then what ranks (G², log-odds), then the test, which takes
//! documents for the units that words are not. Languages are compared each by itself.

mod group;
mod profile;
mod strata;

pub use group::Group;
pub use profile::{distances, profiles};

use std::collections::BTreeMap;

use polars::prelude::*;

use self::strata::{Stratified, stratified};
use super::dimension::Dimension;
use super::filter::Filter;
use super::measure::{FEW_DOCUMENTS, FEW_OCCURRENCES, PER, joined};
use super::tally::{Cell, Keyed, Tally, of_subject, unit};
use crate::error::{Error, Result};
use crate::scan::Scan;
use crate::stats::{
    Interval, LogOdds, PERMUTATIONS, Pair, Unit, accelerated, benjamini_hochberg, log_odds, permutation_tests, rate_ratio_interval, relabellings, resample,
};

/// The weight of the prior of log-odds, in words or characters, unless told otherwise.
pub const PRIOR: f64 = 1_000.0;
/// With fewer shuffles a p says nothing.
const FEWEST_PERMUTATIONS: usize = 99;
/// More text of both groups than this share of the smaller one makes them no groups.
const SHARED: f64 = 0.05;
/// A share of exposure above which groups differ in something else.
const MUCH: f64 = 0.2;

/// What is to be compared.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The first group.
    pub a: Group,
    /// The second; `None` is the rest.
    pub b: Option<Group>,
    /// By formulas or by themes.
    pub by: Dimension,
    /// What is held fixed for the stratified ratio.
    pub strata: Vec<Dimension>,
    /// α₀, the weight of the prior of log-odds in words or characters of pooled text.
    pub prior: f64,
    /// How often documents are shuffled.
    pub permutations: usize,
}

impl Comparison {
    /// Of `a` with `b` or the rest, by formulas, with everything else as usual.
    pub fn of(a: Group, b: Option<Group>) -> Self {
        Comparison { a, b, by: Dimension::Formula, strata: Vec::new(), prior: PRIOR, permutations: PERMUTATIONS }
    }

    /// What the second group is called.
    pub fn second(&self) -> String {
        self.b.as_ref().map_or_else(|| "the rest".to_owned(), ToString::to_string)
    }

    /// Checks the numbers.
    ///
    /// # Errors
    /// A prior without weight, or too few shuffles for a p.
    pub fn check(&self) -> Result<()> {
        if !self.prior.is_finite() || self.prior <= 0.0 {
            return Err(Error::Usage(format!("prior {}: is to be more than 0", self.prior)));
        }
        if let Some(twice) = (1..self.strata.len()).find(|i| self.strata[..*i].contains(&self.strata[*i])) {
            return Err(Error::Usage(format!("strata: {} twice", self.strata[twice].name())));
        }
        if self.permutations < FEWEST_PERMUTATIONS {
            return Err(Error::Usage(format!("permutations {}: at least {FEWEST_PERMUTATIONS}, and {PERMUTATIONS} to be cited", self.permutations)));
        }
        Ok(())
    }

    /// To which group text belongs: `a`, `b`, `both`, or nothing.
    pub(super) fn sides(&self, scan: &Scan) -> Result<Expr> {
        let a = self.a.expr(scan)?;
        let b = match &self.b {
            Some(group) => group.expr(scan)?,
            None => a.clone().not(),
        };
        let both = a.clone().and(b.clone());
        Ok(when(both).then(lit("both")).when(a).then(lit("a")).when(b).then(lit("b")).otherwise(lit("")))
    }
}

/// What one document holds of both groups: exposures, or occurrences of one subject.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Both {
    a: f64,
    b: f64,
}

/// How often a subject occurs in the documents in which it does, by their number.
type Counts = Vec<(usize, Both)>;

struct Row {
    subject: usize,
    language: String,
    pair: Pair,
    documents: [usize; 2],
    of_documents: [usize; 2],
    /// Of the log ratio.
    low: Option<f64>,
    high: Option<f64>,
    method: &'static str,
    log_odds: Option<LogOdds>,
    p: Option<f64>,
    q: Option<f64>,
    stratified: Option<Stratified>,
    differs: String,
    note: String,
}

/// Compares two groups in what `filter` leaves of `scan`. The columns are those of the answer `comparison`; sorted by language, then from what
/// is most typical of the first group to what is most typical of the second. A formula that neither uses has no row.
///
/// # Errors
/// Groups that overlap, or without text.
pub fn compare(scan: &Scan, comparison: &Comparison, filter: &Filter) -> Result<DataFrame> {
    comparison.check()?;
    let sides = comparison.sides(scan)?;
    let mut keys = vec![sides.clone()];
    keys.extend(comparison.strata.iter().map(|d| d.expr()));
    let tally = Tally::of(scan, filter, keys, &[comparison.by])?;
    check_text(&tally, comparison)?;
    let differs = differences(scan, comparison, filter, &sides)?;
    let mut rows: Vec<Row> = Vec::new();
    for (language, cells) in tally.by_language() {
        let cells: Keyed<'_> = cells.into_iter().filter(|(key, _)| matches!(key[0].as_str(), "a" | "b")).collect();
        if ["a", "b"].iter().all(|side| cells.iter().any(|(key, cell)| key[0] == *side && !cell.text.is_empty())) {
            let differs = differs.get(language).map_or("", String::as_str);
            rows.extend(compared(language, &cells, comparison, &tally, differs));
        }
    }
    let tested: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].p.is_some()).collect();
    let adjusted = benjamini_hochberg(&tested.iter().filter_map(|i| rows[*i].p).collect::<Vec<_>>());
    tested.iter().zip(adjusted).for_each(|(i, q)| rows[*i].q = Some(q));
    let z = |r: &Row| r.log_odds.map_or(0.0, |l| l.z);
    rows.sort_by(|x, y| x.language.cmp(&y.language).then(z(y).total_cmp(&z(x))).then(x.subject.cmp(&y.subject)));
    table(&rows, &tally, comparison)
}

/// Refuses groups that overlap or are empty.
fn check_text(tally: &Tally, comparison: &Comparison) -> Result<()> {
    let exposure = |side: &str| tally.cells.iter().filter(|((_, key), _)| key[0] == side).map(|(_, cell)| cell.exposure()).sum::<f64>();
    let b = comparison.second();
    // Words of several at once may be of both groups, and then count for neither.
    if exposure("both") > SHARED * exposure("a").min(exposure("b")) {
        return Err(Error::Usage(format!("the groups \"{}\" and \"{b}\" overlap; text can only belong to one of them", comparison.a)));
    }
    // The rest has the columns of what it is the rest of.
    let of_b = comparison.b.as_ref().unwrap_or(&comparison.a);
    for (side, name, group) in [("a", comparison.a.to_string(), &comparison.a), ("b", b, of_b)] {
        if exposure(side) <= 0.0 {
            return Err(Error::Usage(format!("there is no text of \"{name}\"; `tifa count INPUT --by {}` says what there is", group.columns())));
        }
    }
    Ok(())
}

/// The rows of one language.
fn compared(language: &str, cells: &[(&[String], &Cell)], comparison: &Comparison, tally: &Tally, differs: &str) -> Vec<Row> {
    let subjects: Vec<usize> = tally.occurring(cells).into_iter().filter(|s| cells.iter().any(|(_, c)| c.uses.contains_key(s))).collect();
    let documents = tally.documents;
    let shared = tally.cells.iter().any(|((code, key), cell)| code == language && key[0] == "both" && !cell.text.is_empty());
    let mut exposure = vec![Both::default(); documents];
    let mut counts: Vec<BTreeMap<usize, Both>> = vec![BTreeMap::new(); subjects.len()];
    for (key, cell) in cells {
        let add = |both: &mut Both, n: f64| *(if key[0] == "a" { &mut both.a } else { &mut both.b }) += n;
        cell.text.iter().for_each(|(document, n)| add(&mut exposure[*document], *n));
        for (subject, counts) in subjects.iter().zip(&mut counts) {
            cell.uses_of(*subject).iter().for_each(|(document, n)| add(counts.entry(*document).or_default(), *n));
        }
    }
    // Only the documents that hold anything, numbered anew.
    let present: Vec<usize> = (0..documents).filter(|d| exposure[*d] != Both::default()).collect();
    let text: Vec<Both> = present.iter().map(|d| exposure[*d]).collect();
    let series: Vec<Counts> = counts.into_iter().map(|c| c.into_iter().filter_map(|(d, n)| Some((present.binary_search(&d).ok()?, n))).collect()).collect();
    let pairs: Vec<Pair> = series.iter().map(|s| pair_of(&text, s)).collect();
    let of_documents = [text.iter().filter(|t| t.a > 0.0).count(), text.iter().filter(|t| t.b > 0.0).count()];
    let units: Vec<Unit> = text.iter().map(|t| Unit { c: t.a, d: t.b }).collect();
    let testable = relabellings(&units) >= 20.0;
    let flat: Vec<Vec<(usize, f64, f64)>> = series.iter().map(|s| s.iter().map(|(u, n)| (*u, n.a, n.b)).collect()).collect();
    let p = testable.then(|| permutation_tests(&units, &flat, comparison.permutations));
    let few = of_documents.iter().any(|n| *n < FEW_DOCUMENTS);
    let intervals = if few { vec![None; pairs.len()] } else { bootstrapped(&text, &series, &pairs) };
    let strata = (!comparison.strata.is_empty()).then(|| stratified(cells, &subjects, few));
    let mut rows = Vec::new();
    for (i, pair) in pairs.into_iter().enumerate() {
        let in_documents = |get: fn(&Both) -> f64| series[i].iter().filter(|(_, n)| get(n) > 0.0).count();
        let (low, high, method) = match intervals[i] {
            Some(Interval { low, high }) => (Some(low), Some(high), "bootstrap"),
            None => {
                // With documents enough, those that have the formula are counted: its occurrences may all stand in one.
                let (a, b) = if few { (pair.a, pair.b) } else { (in_documents(|n| n.a) as f64, in_documents(|n| n.b) as f64) };
                let score = rate_ratio_interval(a, pair.c, b, pair.d);
                let low = score.map(|(low, _)| low.log2()).filter(|x| x.is_finite());
                (low, score.and_then(|(_, high)| high).map(f64::log2), if few { "poisson" } else { "clusters" })
            }
        };
        let alpha = comparison.prior * (pair.a + pair.b) / (pair.c + pair.d);
        rows.push(Row {
            subject: subjects[i],
            language: language.to_owned(),
            pair,
            documents: [in_documents(|n| n.a), in_documents(|n| n.b)],
            of_documents,
            low,
            high,
            method,
            log_odds: log_odds(pair.a, pair.c, pair.b, pair.d, alpha, comparison.prior),
            p: p.as_ref().map(|p| p[i]),
            q: None,
            stratified: strata.as_ref().map(|s| s[i]),
            differs: differs.to_owned(),
            note: note(&pair, few, testable, shared, strata.as_ref().map(|s| &s[i])),
        });
    }
    rows
}

fn note(pair: &Pair, few: bool, testable: bool, shared: bool, strata: Option<&Stratified>) -> String {
    let notes = [
        (few, "few documents"),
        (pair.a + pair.b < FEW_OCCURRENCES, "few occurrences"),
        (pair.a <= 0.0, "zero in a"),
        (pair.b <= 0.0, "zero in b"),
        (!testable, "no p"),
        (shared, "text of both left out"),
        (strata.is_some_and(|s| s.strata <= 0.0), "no shared stratum"),
        (strata.is_some_and(|s| s.strata > 0.0 && s.ratio.is_none()), "zero in the shared strata"),
    ];
    joined(notes)
}

fn pair_of(text: &[Both], counts: &[(usize, Both)]) -> Pair {
    let whole = text.iter().fold(Both::default(), |s, t| Both { a: s.a + t.a, b: s.b + t.b });
    let hits = counts.iter().fold(Both::default(), |s, (_, n)| Both { a: s.a + n.a, b: s.b + n.b });
    Pair { a: hits.a, c: whole.a, b: hits.b, d: whole.b }
}

/// The intervals of the log ratios by resampling documents, of those without a zero.
fn bootstrapped(text: &[Both], series: &[Counts], pairs: &[Pair]) -> Vec<Option<Interval>> {
    let mut values: Vec<Vec<f64>> = vec![Vec::new(); series.len()];
    resample(text.len(), |times| {
        let whole = text.iter().zip(times).fold(Both::default(), |s, (t, n)| Both { a: s.a + t.a * n, b: s.b + t.b * n });
        for (counts, values) in series.iter().zip(&mut values) {
            let hits = counts.iter().fold(Both::default(), |s, (i, k)| Both { a: s.a + k.a * times[*i], b: s.b + k.b * times[*i] });
            values.extend(Pair { a: hits.a, c: whole.a, b: hits.b, d: whole.b }.log_ratio());
        }
    });
    let interval = |(i, values): (usize, Vec<f64>)| {
        let pair = &pairs[i];
        let estimate = pair.log_ratio().filter(|_| !pair.has_zero())?;
        let mut influence: Vec<f64> = text.iter().map(|t| t.b / pair.d - t.a / pair.c).collect();
        series[i].iter().for_each(|(unit, k)| influence[*unit] += k.a / pair.a - k.b / pair.b);
        accelerated(values, estimate, &influence)
    };
    values.into_iter().enumerate().map(interval).collect()
}

/// In what else the texts of the groups differ, by language.
fn differences(scan: &Scan, comparison: &Comparison, filter: &Filter, sides: &Expr) -> Result<BTreeMap<String, String>> {
    let others = [Dimension::Column("voice"), Dimension::Column("source"), Dimension::Column("genre"), Dimension::Quarter];
    let meant = |dimension| comparison.a.is_about(dimension) || comparison.b.as_ref().is_some_and(|b| b.is_about(dimension));
    let others: Vec<Dimension> = others.into_iter().filter(|d| !meant(*d)).collect();
    let keys = std::iter::once(sides.clone()).chain(others.iter().map(|d| d.expr())).collect();
    let tally = Tally::of(scan, filter, keys, &[])?;
    let differs = |cells: &Keyed<'_>, place: usize| {
        let mut texts: BTreeMap<&str, Both> = BTreeMap::new();
        for (key, cell) in cells {
            let both = texts.entry(&key[place]).or_default();
            match key[0].as_str() {
                "a" => both.a += cell.exposure(),
                "b" => both.b += cell.exposure(),
                _ => {}
            }
        }
        let whole = texts.values().fold(Both::default(), |s, t| Both { a: s.a + t.a, b: s.b + t.b });
        let share = |n: f64, of: f64| if of > 0.0 { n / of } else { 0.0 };
        texts.values().map(|t| (share(t.a, whole.a) - share(t.b, whole.b)).abs()).sum::<f64>() / 2.0 > MUCH
    };
    let names = |cells: &Keyed<'_>| joined(others.iter().enumerate().map(|(i, d)| (differs(cells, i + 1), d.name())));
    Ok(tally.by_language().iter().map(|(language, cells)| ((*language).to_owned(), names(cells))).collect())
}

fn table(rows: &[Row], tally: &Tally, comparison: &Comparison) -> Result<DataFrame> {
    let mut columns = of_subject(rows, comparison.by, |r| &tally.subjects[r.subject]);
    let rate = |k: f64, n: f64| (n > 0.0).then(|| k * PER / n);
    columns = columns
        .text("language", |r| &r.language)
        .text("unit", |r| unit(&r.language))
        .number("occurrences_a", |r| Some(r.pair.a))
        .number("occurrences_b", |r| Some(r.pair.b))
        .number("documents_a", |r| Some(r.documents[0] as f64))
        .number("documents_b", |r| Some(r.documents[1] as f64))
        .number("of_documents_a", |r| Some(r.of_documents[0] as f64))
        .number("of_documents_b", |r| Some(r.of_documents[1] as f64))
        .number("exposure_a", |r| Some(r.pair.c))
        .number("exposure_b", |r| Some(r.pair.d))
        .real("rate_a", |r| rate(r.pair.a, r.pair.c))
        .real("rate_b", |r| rate(r.pair.b, r.pair.d))
        .real("log_ratio", |r| r.pair.log_ratio())
        .real("log_ratio_low", |r| r.low)
        .real("log_ratio_high", |r| r.high)
        .text("interval", |r| r.method)
        .real("percent_difference", |r| r.pair.percent_difference())
        .real("g2", |r| Some(r.pair.g2()))
        .real("log_odds", |r| r.log_odds.map(|l| l.delta))
        .real("z", |r| r.log_odds.map(|l| l.z))
        .real("p", |r| r.p)
        .real("q", |r| r.q);
    if !comparison.strata.is_empty() {
        let of = |r: &Row, get: fn(&Stratified) -> Option<f64>| r.stratified.as_ref().and_then(get);
        columns = columns
            .real("rate_ratio", |r| rate(r.pair.a, r.pair.c).zip(rate(r.pair.b, r.pair.d)).map(|(a, b)| a / b))
            .number("strata", move |r| of(r, |s| Some(s.strata)))
            .number("strata_a", move |r| of(r, |s| Some(s.a)))
            .number("strata_b", move |r| of(r, |s| Some(s.b)))
            .real("stratified_ratio", move |r| of(r, |s| s.ratio))
            .real("stratified_low", move |r| of(r, |s| s.interval.map(|i| i.low)))
            .real("stratified_high", move |r| of(r, |s| s.interval.map(|i| i.high)));
    }
    columns.text("differs", |r| &r.differs).text("note", |r| &r.note).frame()
}
