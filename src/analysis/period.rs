//! Periods of time: which ones a corpus spans, and which length suits it.

use chrono::{Datelike, NaiveDate};
use polars::prelude::{DataFrame, UniqueKeepStrategy};

use super::dimension::Dimension;
use super::facts::is_by_year;
use crate::error::Result;
use crate::scan::Scan;

/// A finer period is taken only if the corpus has at least this many documents for each.
const DOCUMENTS_A_PERIOD: usize = 2;
/// No more periods than this.
const MOST: usize = 60;

/// All periods from the one of `first` to that of `last`, in order, without gaps.
pub fn periods(period: Dimension, first: NaiveDate, last: NaiveDate) -> Vec<String> {
    let mut all: Vec<String> = first.iter_days().take_while(|d| *d <= last).map(|d| label(period, d)).collect();
    all.dedup();
    all
}

/// The first day of the period of that name; `None` if it is none.
fn first_day(period: Dimension, name: &str) -> Option<NaiveDate> {
    let parts = |separator: &str| name.split_once(separator).and_then(|(year, n)| Some((year.parse::<i32>().ok()?, n.parse::<u32>().ok()?)));
    match period {
        Dimension::Day => name.parse().ok(),
        Dimension::Week => parts("-W").and_then(|(year, week)| NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon)),
        Dimension::Month => parts("-").and_then(|(year, month)| NaiveDate::from_ymd_opt(year, month, 1)),
        Dimension::Quarter => parts("-Q").and_then(|(year, quarter)| NaiveDate::from_ymd_opt(year, quarter * 3 - 2, 1)),
        _ => NaiveDate::from_ymd_opt(name.parse().ok()?, 1, 1),
    }
}

/// All periods from the one named `first` to that named `last`; none if those are no periods.
pub(super) fn periods_named(period: Dimension, first: &str, last: &str) -> Vec<String> {
    first_day(period, first).zip(first_day(period, last)).map_or_else(Vec::new, |(first, last)| periods(period, first, last))
}

/// All periods from the first to the last of those `found`; what has no period is passed over.
pub fn periods_from<'a>(period: Dimension, found: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
    let named = found.filter(|p| !p.is_empty());
    let ends = named.clone().min().zip(named.max());
    ends.map_or_else(Vec::new, |(first, last)| periods_named(period, first, last))
}

/// The season of a month or quarter, and the year.
pub(super) fn season(period: Dimension, name: &str) -> Option<(usize, f64)> {
    let day = first_day(period, name)?;
    let season = if period == Dimension::Month { day.month0() } else { day.month0() / 3 };
    Some((season as usize, f64::from(day.year())))
}

/// The length of periods that was asked for, or what suits the corpus.
///
/// # Errors
/// Tables of another shape.
pub fn period_for(scan: &Scan, asked: Option<Dimension>) -> Result<Dimension> {
    if let Some(period) = asked {
        return Ok(period);
    }
    // A log of several days counts as so many documents.
    let parts = scan.segments.select(["document", "date"])?.unique_stable(None, UniqueKeepStrategy::First, None)?;
    let dated = parts.height() - parts.column("date")?.null_count();
    Ok(match span(&parts)? {
        Some(_) if is_by_year(&scan.documents)? => Dimension::Year,
        Some((first, last)) => suitable(dated, first, last),
        None => Dimension::Year,
    })
}

/// The name of the period of `date`, as in the tables.
fn label(period: Dimension, date: NaiveDate) -> String {
    match period {
        Dimension::Day => date.to_string(),
        Dimension::Week => date.format("%G-W%V").to_string(),
        Dimension::Month => date.format("%Y-%m").to_string(),
        Dimension::Quarter => format!("{}-Q{}", date.year(), date.month0() / 3 + 1),
        _ => date.year().to_string(),
    }
}

/// The days of the first and the last dated row.
///
/// # Errors
/// A table without days.
pub fn span(table: &DataFrame) -> Result<Option<(NaiveDate, NaiveDate)>> {
    let days: Vec<i32> = table.column("date")?.date()?.physical().iter().flatten().collect();
    let day = |n: &i32| NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(i64::from(*n)));
    Ok(days.iter().min().and_then(day).zip(days.iter().max().and_then(day)))
}

/// The finest of day, month, quarter and year for which there are documents enough.
fn suitable(documents: usize, first: NaiveDate, last: NaiveDate) -> Dimension {
    let fits = |p: &Dimension| {
        let n = periods(*p, first, last).len();
        n <= MOST && n * DOCUMENTS_A_PERIOD <= documents
    };
    [Dimension::Day, Dimension::Month, Dimension::Quarter].into_iter().find(fits).unwrap_or(Dimension::Year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans() {
        let day = |s: &str| s.parse::<NaiveDate>().unwrap();
        assert_eq!(periods(Dimension::Quarter, day("2023-11-30"), day("2024-04-01")), ["2023-Q4", "2024-Q1", "2024-Q2"]);
        assert_eq!(periods(Dimension::Month, day("2023-12-31"), day("2024-01-01")), ["2023-12", "2024-01"]);
        assert_eq!(periods(Dimension::Week, day("2024-12-29"), day("2024-12-30")), ["2024-W52", "2025-W01"]);
        for (period, name) in [(Dimension::Week, "2025-W01"), (Dimension::Quarter, "2024-Q4"), (Dimension::Month, "2024-12"), (Dimension::Year, "1954")] {
            assert_eq!(label(period, first_day(period, name).unwrap()), name);
        }
        assert_eq!(first_day(Dimension::Month, "2024"), None);
        assert_eq!(season(Dimension::Quarter, "2024-Q4"), Some((3, 2024.0)));
        assert_eq!(suitable(16, day("2019-03-01"), day("2025-10-01")), Dimension::Year);
        assert_eq!(suitable(381, day("2018-01-01"), day("2019-12-31")), Dimension::Month);
        assert_eq!(suitable(1, day("2024-01-01"), day("2024-01-01")), Dimension::Year);
    }
}
