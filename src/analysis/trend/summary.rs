//! What is to say of one series: whether it rises, when it changed, since when it is there and whether it is gone.

use super::{OfLanguage, Period};
use crate::analysis::dimension::Dimension;
use crate::analysis::measure::{FEW_OCCURRENCES, PER, joined};
use crate::analysis::period::season;
use crate::analysis::tally::Cell;
use crate::stats::{Changes, Interval, Kendall, autocorrelation, changes, mann_kendall, retirement, seasonal_kendall, seasonal_slope, theil_sen};

/// The normal approximation of the Mann–Kendall test wants this many periods.
const FEW_PERIODS: usize = 8;
/// A silence less likely than this, among all that are tested, is an end.
const UNLIKELY: f64 = 0.05;

/// A formula (or theme) in one language.
#[derive(Debug, Default)]
pub(super) struct Summary {
    pub subject: usize,
    /// The number of the language.
    pub language: usize,
    /// With text, and without.
    pub periods: usize,
    pub gaps: usize,
    pub occurrences: f64,
    pub documents: usize,
    pub first_seen: String,
    pub last_seen: String,
    pub censored: &'static str,
    pub kendall: Option<Kendall>,
    pub q: Option<f64>,
    pub slope: Option<f64>,
    pub slope_interval: Option<Interval>,
    pub serial: Option<f64>,
    pub changes: Option<Changes>,
    /// The periods that begin with a change, joined by `|`.
    pub change_names: String,
    /// Occurrences and exposure of the stretches between changes.
    pub stretches: Vec<(f64, f64)>,
    pub change_q: Option<f64>,
    pub silent_documents: usize,
    pub silent_p: Option<f64>,
    pub silent_q: Option<f64>,
    /// Whether it occurs in the last period.
    in_use: bool,
    pub note: String,
}

/// A period with text: its place among all, occurrences, exposure.
struct Value<'a> {
    time: f64,
    period: &'a Period,
    count: f64,
    exposure: f64,
}

impl Value<'_> {
    fn rate(&self) -> f64 {
        self.count * PER / self.exposure
    }
}

/// What is to say of `subject` in a language, the one of that `number`.
pub(super) fn summary(language: &OfLanguage, number: usize, subject: usize, period: Dimension, seasonal: bool) -> Summary {
    let values = values(language, subject);
    let mut summary = Summary { gaps: language.periods.len() - values.len(), ..present(&values, number, subject) };
    rise(&mut summary, &values, period, seasonal);
    steps(&mut summary, &values);
    let rates: Vec<f64> = values.iter().map(Value::rate).collect();
    let constant = rates.len() >= 3 && rates.iter().all(|r| *r == rates[0]);
    let notes = [
        (summary.periods < FEW_PERIODS, "few periods"),
        (seasonal && !constant && summary.kendall.is_none(), "few years"),
        (summary.occurrences < FEW_OCCURRENCES, "few occurrences"),
        (constant, "constant rate"),
    ];
    summary.note = joined(notes);
    summary
}

/// As [`summary`], but only since when it is there and whether it is gone, which takes no time.
pub(super) fn presence(language: &OfLanguage, number: usize, subject: usize) -> Summary {
    present(&values(language, subject), number, subject)
}

fn values(language: &OfLanguage, subject: usize) -> Vec<Value<'_>> {
    let value = |(i, period): (usize, &'_ Period)| -> Option<(usize, f64, f64)> {
        let cell = period.cell.as_ref()?;
        Some((i, cell.occurrences(subject), cell.exposure()))
    };
    let found = language.periods.iter().enumerate().filter_map(value);
    found.map(|(i, count, exposure)| Value { time: i as f64, period: &language.periods[i], count, exposure }).collect()
}

impl Summary {
    /// Whether there are periods enough for the p of the trend.
    pub fn is_tested(&self) -> bool {
        self.periods >= FEW_PERIODS
    }

    /// Whether it is still used, as far as one can tell.
    pub fn status(&self) -> &'static str {
        match self.silent_q {
            _ if self.occurrences <= 0.0 => "not seen",
            _ if self.in_use => "in use",
            None => "seen once",
            Some(q) if q < UNLIKELY => "retired",
            Some(_) => "silent",
        }
    }
}

/// The trend: Mann–Kendall, Theil–Sen.
fn rise(summary: &mut Summary, values: &[Value<'_>], period: Dimension, seasonal: bool) {
    let (times, rates): (Vec<f64>, Vec<f64>) = values.iter().map(|v| (v.time, v.rate())).unzip();
    let slope = theil_sen(&times, &rates);
    if seasonal {
        let mut seasons: Vec<Vec<(f64, f64)>> = vec![Vec::new(); 12];
        for value in values {
            if let Some((season, year)) = season(period, &value.period.name) {
                seasons[season].push((year, value.rate()));
            }
        }
        summary.kendall = seasonal_kendall(&seasons.iter().map(|s| s.iter().map(|(_, rate)| *rate).collect()).collect::<Vec<_>>());
        summary.slope = seasonal_slope(&seasons).filter(|_| summary.kendall.is_some());
    } else {
        summary.kendall = mann_kendall(&rates);
        summary.slope = slope.map(|s| s.slope);
        summary.slope_interval = slope.map(|s| s.interval);
    }
    let beside: Vec<f64> = times.iter().zip(&rates).map(|(t, rate)| rate - slope.map_or(0.0, |s| s.slope * t)).collect();
    summary.serial = autocorrelation(&beside).filter(|_| beside.len() >= 4);
}

/// The changes, and the stretches between them.
fn steps(summary: &mut Summary, values: &[Value<'_>]) {
    let series: Vec<(f64, f64)> = values.iter().map(|v| (v.count, v.exposure)).collect();
    summary.changes = changes(&series);
    let at = summary.changes.as_ref().map_or(&[][..], |c| &c.at);
    summary.change_names = at.iter().map(|i| values[*i].period.name.as_str()).collect::<Vec<_>>().join("|");
    let ends: Vec<usize> = [&[0], at, &[series.len()]].concat();
    summary.stretches = ends.windows(2).map(|w| series[w[0]..w[1]].iter().fold((0.0, 0.0), |s, v| (s.0 + v.0, s.1 + v.1))).collect();
}

/// Since when it is there, and whether it is gone.
fn present(values: &[Value<'_>], number: usize, subject: usize) -> Summary {
    let days: Vec<(&str, &Cell)> = values.iter().flat_map(|v| v.period.days.iter().map(|(day, cell)| (day.as_str(), cell))).collect();
    let mut silent = 0;
    let mut seen: Vec<(usize, String)> = Vec::new();
    for (day, cell) in days {
        for (document, _) in &cell.text {
            silent += 1;
            if cell.uses_of(subject).binary_search_by_key(document, |(d, _)| *d).is_ok() {
                silent = 0;
                seen.push((*document, day.to_owned()));
            }
        }
    }
    let day = |seen: Option<&(usize, String)>| seen.map_or_else(String::new, |(_, day)| day.clone());
    let (first_seen, last_seen) = (day(seen.first()), day(seen.last()));
    let mut documents: Vec<usize> = seen.into_iter().map(|(document, _)| document).collect();
    documents.sort_unstable();
    documents.dedup();
    // Text takes the place of time. Periods are what is seen: the documents of one occasion are not independent.
    let mut text = 0.0;
    let mut sightings = Vec::new();
    for value in values {
        text += value.exposure;
        if value.count > 0.0 {
            sightings.push(text);
        }
    }
    let at_end = |end: Option<&Value<'_>>| end.is_some_and(|v| v.count > 0.0);
    let (left, right) = (at_end(values.first()), at_end(values.last()));
    let censored = match (left, right) {
        (true, true) => "left|right",
        (true, false) => "left",
        (false, true) => "right",
        (false, false) => "",
    };
    Summary {
        subject,
        language: number,
        periods: values.len(),
        occurrences: values.iter().map(|v| v.count).sum(),
        documents: documents.len(),
        first_seen,
        last_seen,
        censored,
        silent_documents: silent,
        silent_p: retirement(&sightings, text),
        in_use: right,
        ..Summary::default()
    }
}
