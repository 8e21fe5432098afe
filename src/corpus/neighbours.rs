//! Dates the records of a file whose titles name a day without its year: where the records before and after are dated, the
//! day that lies between them. They come one by one, and only those that wait for a later date are held back.

use chrono::{Datelike, NaiveDate};

use super::dates::{Found, find_dates};
use super::document::{Dated, Document, Precision};

/// The evidence of a date in the title whose year is that of the records before and after it.
const YEAR_FROM_NEIGHBOURS: &str = "title, its year from the records beside it";
/// So much text waits for the next date at most. That of a file of records without dates would else stand in memory.
const MOST: usize = 64 << 20;

/// The records that wait.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    before: Option<NaiveDate>,
    waiting: Vec<Document>,
    size: usize,
}

impl Neighbours {
    /// Takes the next record, and gives those that are done to `out`.
    pub fn push(&mut self, document: Document, out: &mut Vec<Document>) {
        let day = document.published.as_ref().filter(|p| p.precision == Precision::Day).map(|p| p.date);
        if day.is_some() {
            self.finish(day, out);
            self.before = day;
            out.push(document);
        } else if !self.waiting.is_empty() || (self.before.is_some() && document.published.is_none() && day_of(&document).is_some()) {
            self.size += document.text.len();
            self.waiting.push(document);
            if self.size > MOST {
                self.finish(None, out);
            }
        } else {
            out.push(document);
        }
    }

    /// Dates those that wait by the next record that is dated, if there is one.
    pub fn finish(&mut self, after: Option<NaiveDate>, out: &mut Vec<Document>) {
        self.size = 0;
        for mut document in self.waiting.drain(..) {
            if let (Some(before), Some(after), None) = (self.before, after, &document.published)
                && let Some(date) = day_of(&document).and_then(|found| between(&found, before, after))
            {
                let dated = Some(Dated::day(date, YEAR_FROM_NEIGHBOURS));
                (document.published, document.event_date) = (dated.clone(), dated);
            }
            out.push(document);
        }
    }
}

/// A day in the title whose year is not written.
fn day_of(document: &Document) -> Option<Found> {
    find_dates(&document.title).into_iter().find(|f| f.year.is_none() && f.month.is_some())
}

/// The one such day between two others.
fn between(found: &Found, a: NaiveDate, b: NaiveDate) -> Option<NaiveDate> {
    let (first, last) = (a.min(b), a.max(b));
    let in_year = |year| NaiveDate::from_ymd_opt(year, found.month?, found.day);
    let mut days = (first.year()..=last.year()).filter_map(in_year).filter(|d| (first..=last).contains(d));
    days.next().filter(|_| days.next().is_none())
}
