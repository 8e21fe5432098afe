//! Periods of time: which ones a corpus spans, and which length suits it.

use chrono::{Datelike, NaiveDate};
use polars::prelude::DataFrame;

use super::count::Dimension;
use crate::error::Result;

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

/// The days of the first and the last dated document.
///
/// # Errors
/// Not a table of documents.
pub fn span(documents: &DataFrame) -> Result<Option<(NaiveDate, NaiveDate)>> {
    let days: Vec<i32> = documents.column("date")?.date()?.physical().iter().flatten().collect();
    let day = |n: &i32| NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(i64::from(*n)));
    Ok(days.iter().min().and_then(day).zip(days.iter().max().and_then(day)))
}

/// The finest of day, month, quarter and year for which there are documents enough.
pub fn suitable(documents: usize, first: NaiveDate, last: NaiveDate) -> Dimension {
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
        assert_eq!(suitable(16, day("2019-03-01"), day("2025-10-01")), Dimension::Year);
        assert_eq!(suitable(381, day("2018-01-01"), day("2019-12-31")), Dimension::Month);
        assert_eq!(suitable(1, day("2024-01-01"), day("2024-01-01")), Dimension::Year);
    }
}
