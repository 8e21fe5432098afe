//! How the use of each formula changes over time.
//!
//! A period without text is a gap, not a zero. Of what came before the first text nothing is known: a first use in the corpus is no
//! first use.

mod renderings;
mod summary;

pub use renderings::renderings;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use polars::prelude::*;
use rayon::prelude::*;

use self::summary::Summary;
use super::count::with_measures;
use super::dimension::{Dimension, date_text};
use super::filter::Filter;
use super::measure::{Measure, PER, measures};
use super::period::periods_named;
use super::tally::{Cell, Keyed, Tally, of_subject, unit};
use crate::error::{Error, Result};
use crate::scan::Scan;
use crate::stats::benjamini_hochberg;
use crate::table::Columns;

/// A name for shares of documents from `least` on.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// What it is called.
    pub name: String,
    /// The least share of documents that is of it.
    pub least: f64,
}

/// The series of all formulas (or themes) and what is to say of them.
#[derive(Debug)]
pub struct Trends {
    period: Dimension,
    by: Dimension,
    tally: Tally,
    languages: Vec<OfLanguage>,
    seasonal: bool,
    /// Made when they are asked for: to search for changes takes long.
    summaries: OnceLock<Vec<Summary>>,
}

/// The text of a language in time.
#[derive(Debug)]
struct OfLanguage {
    code: String,
    /// All periods from the first with text to the last.
    periods: Vec<Period>,
    /// What occurs in it.
    subjects: Vec<usize>,
}

/// A period, and its text if there is any.
#[derive(Debug)]
struct Period {
    name: String,
    cell: Option<Cell>,
    /// The same by date, as exactly as it is known, in order.
    days: Vec<(String, Cell)>,
}

struct Point<'a> {
    language: &'a OfLanguage,
    subject: usize,
    period: &'a str,
    measure: Option<Measure>,
    tier: &'a str,
}

struct Step<'a> {
    summary: &'a Summary,
    /// Which of its changes.
    number: usize,
}

impl Trends {
    /// What `filter` leaves of `scan`, by `period` and by formula or theme (`by`). With `seasonal`, trends are tested season by season, which
    /// makes sense for months and quarters.
    ///
    /// # Errors
    /// A filter with an unknown value; seasons of another period.
    pub fn of(scan: &Scan, period: Dimension, by: Dimension, seasonal: bool, filter: &Filter) -> Result<Trends> {
        if seasonal && !matches!(period, Dimension::Month | Dimension::Quarter) {
            return Err(Error::Usage(format!("--seasonal: with --period month or quarter, and this is by {}", period.name())));
        }
        let mut tally = Tally::of(scan, filter, vec![period.expr(), date_text()], &[by])?;
        let mut dated: BTreeMap<String, BTreeMap<String, Vec<(String, Cell)>>> = BTreeMap::new();
        for ((language, mut key), cell) in std::mem::take(&mut tally.cells).into_iter().filter(|((_, key), cell)| !key[0].is_empty() && !cell.text.is_empty()) {
            let (period, day) = (std::mem::take(&mut key[0]), std::mem::take(&mut key[1]));
            dated.entry(language).or_default().entry(period).or_default().push((day, cell));
        }
        let mut languages = Vec::new();
        for (code, mut periods) in dated {
            let ends = periods.first_key_value().zip(periods.last_key_value()).map(|((first, _), (last, _))| (first.clone(), last.clone()));
            let names = ends.map_or_else(Vec::new, |(first, last)| periods_named(period, &first, &last));
            let periods: Vec<Period> = names
                .into_iter()
                .map(|name| {
                    let days = periods.remove(&name).unwrap_or_default();
                    let whole = Cell::sum(days.iter().map(|(_, cell)| cell));
                    Period { name, cell: (!days.is_empty()).then_some(whole), days }
                })
                .collect();
            let cells: Keyed<'_> = periods.iter().filter_map(|p| Some((&[][..], p.cell.as_ref()?))).collect();
            languages.push(OfLanguage { code, subjects: tally.occurring(&cells), periods });
        }
        Ok(Trends { period, by, tally, languages, seasonal, summaries: OnceLock::new() })
    }

    /// Every subject of every language, with the language and its number.
    fn all(&self) -> Vec<(usize, &OfLanguage, usize)> {
        self.languages.iter().enumerate().flat_map(|(i, language)| language.subjects.iter().map(move |subject| (i, language, *subject))).collect()
    }

    fn summaries(&self) -> &[Summary] {
        self.summaries.get_or_init(|| {
            let all = self.all();
            let of = |(i, language, subject): (usize, &OfLanguage, usize)| summary::summary(language, i, subject, self.period, self.seasonal);
            let mut summaries: Vec<Summary> = all.into_par_iter().map(of).collect();
            adjust(&mut summaries, |s| s.kendall.filter(|_| s.is_tested()).map(|k| k.p), |s, q| s.q = Some(q));
            adjust(&mut summaries, |s| s.changes.as_ref().map(|c| c.p), |s, q| s.change_q = Some(q));
            adjust(&mut summaries, |s| s.silent_p, |s, q| s.silent_q = Some(q));
            summaries.sort_by_key(|s| (s.subject, s.language));
            summaries
        })
    }

    /// Rate and share by period: the answer `series`, with the column `tier` if there are `tiers`, the highest first.
    ///
    /// # Errors
    /// None that is known.
    pub fn series(&self, tiers: &[Tier]) -> Result<DataFrame> {
        let mut points: Vec<Point<'_>> = Vec::new();
        for language in &self.languages {
            for period in &language.periods {
                let found = period.cell.as_ref().map(|cell| measures(cell, &language.subjects));
                for (i, subject) in language.subjects.iter().enumerate() {
                    let measure = found.as_ref().map(|m| m[i].clone());
                    let share = measure.as_ref().and_then(|m| m.share);
                    let tier = share.and_then(|share| tiers.iter().find(|t| share >= t.least)).map_or("", |t| t.name.as_str());
                    points.push(Point { language, subject: *subject, period: &period.name, measure, tier });
                }
            }
        }
        points.sort_by(|x, y| (x.subject, &x.language.code, x.period).cmp(&(y.subject, &y.language.code, y.period)));
        let columns = self.subject_columns(&points, |p| p.subject, |p| &p.language.code).text(self.period.name(), |p| p.period);
        let columns = with_measures(columns, |p| p.measure.as_ref(), |p| &p.language.code);
        if tiers.is_empty() { columns.frame() } else { columns.text("tier", |p| p.tier).frame() }
    }

    /// What is to say of each series: the answer `trend`.
    ///
    /// # Errors
    /// None that is known.
    pub fn summary(&self) -> Result<DataFrame> {
        let columns = self.subject_columns(self.summaries(), |s| s.subject, |s| &self.languages[s.language].code);
        columns
            .text("period", |_| self.period.name())
            .number("periods", |s| Some(s.periods as f64))
            .number("gaps", |s| Some(s.gaps as f64))
            .number("occurrences", |s| Some(s.occurrences))
            .number("documents", |s| Some(s.documents as f64))
            .text("corpus_start", |s| self.end_of(s, true))
            .text("corpus_end", |s| self.end_of(s, false))
            .text("first_seen", |s| &s.first_seen)
            .text("last_seen", |s| &s.last_seen)
            .text("censored", |s| s.censored)
            .real("tau", |s| s.kendall.map(|k| k.tau))
            .real("p", |s| s.kendall.filter(|_| s.is_tested()).map(|k| k.p))
            .real("q", |s| s.q)
            .real("slope", |s| s.slope)
            .real("slope_low", |s| s.slope_interval.map(|i| i.low))
            .real("slope_high", |s| s.slope_interval.map(|i| i.high))
            .real("serial", |s| s.serial)
            .text("changes", |s| &s.change_names)
            .real("change_p", |s| s.changes.as_ref().map(|c| c.p))
            .real("change_q", |s| s.change_q)
            .real("overdispersion", |s| s.changes.as_ref().map(|c| c.overdispersion))
            .number("silent_documents", |s| Some(s.silent_documents as f64))
            .real("silent_p", |s| s.silent_p)
            .real("silent_q", |s| s.silent_q)
            .text("status", |s| s.status())
            .text("note", |s| &s.note)
            .frame()
    }

    /// Of the columns of `summary` those that take no time: subject, language, `occurrences, documents, first_seen, last_seen, status`.
    ///
    /// # Errors
    /// None that is known.
    pub fn presence(&self) -> Result<DataFrame> {
        let mut all: Vec<Summary> = self.all().into_iter().map(|(i, language, subject)| summary::presence(language, i, subject)).collect();
        adjust(&mut all, |s| s.silent_p, |s, q| s.silent_q = Some(q));
        all.sort_by_key(|s| (s.subject, s.language));
        let columns = self.subject_columns(&all, |s| s.subject, |s| &self.languages[s.language].code);
        columns
            .number("occurrences", |s| Some(s.occurrences))
            .number("documents", |s| Some(s.documents as f64))
            .text("first_seen", |s| &s.first_seen)
            .text("last_seen", |s| &s.last_seen)
            .text("status", |s| s.status())
            .frame()
    }

    /// The change points: the answer `changes`.
    ///
    /// # Errors
    /// None that is known.
    pub fn changes(&self) -> Result<DataFrame> {
        let count = |s: &Summary| s.changes.as_ref().map_or(0, |c| c.at.len());
        let steps: Vec<Step<'_>> = self.summaries().iter().flat_map(|summary| (0..count(summary)).map(move |number| Step { summary, number })).collect();
        // The stretches before and after a change.
        let stretch = |s: &Step<'_>, after: usize| s.summary.stretches[s.number + after];
        let rate = move |s: &Step<'_>, after: usize| {
            let (k, e) = stretch(s, after);
            Some(k * PER / e)
        };
        self.subject_columns(&steps, |s| s.summary.subject, |s| &self.languages[s.summary.language].code)
            .text(self.period.name(), |s| s.summary.change_names.split('|').nth(s.number).unwrap_or(""))
            .text("unit", |s| unit(&self.languages[s.summary.language].code))
            .real("rate_before", move |s| rate(s, 0))
            .real("rate_after", move |s| rate(s, 1))
            .number("occurrences_before", move |s| Some(stretch(s, 0).0))
            .number("occurrences_after", move |s| Some(stretch(s, 1).0))
            .number("exposure_before", move |s| Some(stretch(s, 0).1))
            .number("exposure_after", move |s| Some(stretch(s, 1).1))
            .real("change_p", |s| s.summary.changes.as_ref().map(|c| c.p))
            .real("change_q", |s| s.summary.change_q)
            .frame()
    }

    fn end_of(&self, summary: &Summary, first: bool) -> &str {
        let periods = &self.languages[summary.language].periods;
        (if first { periods.first() } else { periods.last() }).map_or("", |p| p.name.as_str())
    }

    /// What the rows are of: formula with label, or theme, and language.
    fn subject_columns<'a, R>(&'a self, rows: &'a [R], subject: impl Fn(&R) -> usize + Copy, language: impl Fn(&'a R) -> &'a str) -> Columns<'a, R> {
        of_subject(rows, self.by, move |r| &self.tally.subjects[subject(r)]).text("language", language)
    }
}

/// Adjusts the p of all that have one.
fn adjust(summaries: &mut [Summary], p: impl Fn(&Summary) -> Option<f64>, set: impl Fn(&mut Summary, f64)) {
    let (at, values): (Vec<usize>, Vec<f64>) = summaries.iter().enumerate().filter_map(|(i, s)| Some((i, p(s)?))).unzip();
    at.into_iter().zip(benjamini_hochberg(&values)).for_each(|(i, q)| set(&mut summaries[i], q));
}
