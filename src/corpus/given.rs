//! Dates that a column, front matter or a researcher gives, in whatever form.

use chrono::NaiveDate;

use super::dates::{Found, find_dates, implausible, lone_year, month_of_year};
use super::document::{Dated, Precision};
use super::raw::{Field, Given, Meta};

/// Which date is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Published,
    Event,
}

/// The date that is given, whole, or as a month or a year; what is given and is no date is told.
pub(super) fn read_date(meta: &Meta, which: Which, problems: &mut Vec<String>) -> Option<Dated> {
    let field = if which == Which::Published { Field::Date } else { Field::EventDate };
    if let Some(given) = meta.get(field) {
        match parse(given) {
            Ok(dated) => return Some(dated),
            Err(why) => problems.push(format!("{field} `{}` (from the {}) {why}; left out", given.value, given.by)),
        }
    }
    if which == Which::Event {
        return None;
    }
    let year = meta.get(Field::Year)?;
    let number = |field| meta.value(field).trim().parse::<u32>().ok();
    let parts = (year.value.trim().trim_end_matches('年').trim_end_matches(".0").parse::<i32>().ok(), number(Field::Month), number(Field::Day));
    let (date, precision) = match parts {
        (Some(y), Some(m), Some(d)) => (NaiveDate::from_ymd_opt(y, m, d), Precision::Day),
        (Some(y), Some(m), None) => (NaiveDate::from_ymd_opt(y, m, 1), Precision::Month),
        (Some(y), None, _) => (NaiveDate::from_ymd_opt(y, 1, 1), Precision::Year),
        _ => (None, Precision::Year),
    };
    // A year alone begins on 1 January, which is no date of its own.
    let plausible = |d: &NaiveDate| precision == Precision::Year || implausible(*d).is_none();
    let dated = date.filter(plausible).map(|date| Dated { date, evidence: year.by, precision });
    if dated.is_none() {
        problems.push(format!("year `{}` (from the {}) is no year; left out", year.value, year.by));
    }
    dated
}

/// Whether a date such as 25/4/2021 shows that days come first, or that months do.
pub(super) fn shows_order(cell: &str) -> (bool, bool) {
    triple(cell).map_or((false, false), |(a, b, _)| (a > 12 && b <= 12, b > 12 && a <= 12))
}

/// A date such as 3/4/2021 as YYYY-MM-DD.
pub(super) fn slashed(cell: &str, day_first: bool) -> Option<String> {
    let (a, b, year) = triple(cell)?;
    let (day, month) = if day_first { (a, b) } else { (b, a) };
    NaiveDate::from_ymd_opt(year, month, day).map(|d| d.to_string())
}

/// The numbers of a date that begins with two short ones: 3/4/2021, 3.4.21.
fn triple(cell: &str) -> Option<(u32, u32, i32)> {
    let date = cell.trim().split([' ', 'T']).next()?;
    let mut parts = date.split(['/', '.', '-']);
    let (a, b, y) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |s: &str| s.parse::<u32>().ok().filter(|_| s.len() <= 2);
    let year = y.parse::<i32>().ok().filter(|_| y.len() == 4 || y.len() == 2)?;
    Some((short(a)?, short(b)?, full_year(year, y.len()))).filter(|_| parts.next().is_none())
}

/// A year written with two digits or four.
fn full_year(year: i32, digits: usize) -> i32 {
    match (digits, year) {
        (4, _) => year,
        (_, 70..) => year + 1900,
        _ => year + 2000,
    }
}

/// The day of a number in a date column: days since 1899-12-30 as spreadsheets count them, or seconds or milliseconds since
/// 1970.
fn serial(text: &str) -> Option<NaiveDate> {
    let whole = text.split('.').next().unwrap_or(text);
    let number = whole.parse::<i64>().ok()?;
    let (epoch, days) = match whole.len() {
        5 if (20_000..80_000).contains(&number) => (NaiveDate::from_ymd_opt(1899, 12, 30)?, number),
        9 | 10 => (NaiveDate::default(), number / 86_400),
        12 | 13 => (NaiveDate::default(), number / 86_400_000),
        _ => return None,
    };
    epoch.checked_add_signed(chrono::TimeDelta::days(days))
}

fn parse(given: &Given) -> Result<Dated, &'static str> {
    let text = given.value.trim();
    let dated = |date: NaiveDate, precision| match implausible(date).filter(|_| precision == Precision::Day) {
        Some(why) => Err(why),
        None => Ok(Dated { date, evidence: given.by, precision }),
    };
    if let Some(date) = find_dates(text).iter().find_map(Found::full) {
        return dated(date, Precision::Day);
    }
    if let Some(date) = serial(text) {
        return dated(date, Precision::Day);
    }
    if let Some(date) = month_of_year(text) {
        return dated(date, Precision::Month);
    }
    // 30.9.2024 has the day first everywhere.
    if let Some(date) = text.contains('.').then(|| slashed(text, true)).flatten() {
        return dated(date.parse().map_err(|_| "is no date")?, Precision::Day);
    }
    let text = text.trim_end_matches(".0");
    // 2023-Q1, 2023-W05: a year and something else than a month.
    if let Some(year) = lone_year(text).filter(|_| text.contains(['Q', 'q', 'W', 'w', '季', '周'])) {
        return NaiveDate::from_ymd_opt(year, 1, 1).map_or(Err("is no year"), |d| dated(d, Precision::Year));
    }
    let numbers: Vec<u32> = text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).filter_map(|n| n.parse().ok()).collect();
    let digits = |at: usize| text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).nth(at).map_or(0, str::len);
    let year = |y: u32| i32::try_from(y).unwrap_or(0);
    match numbers.as_slice() {
        [y] if digits(0) == 4 && text.trim_end_matches('年').len() == 4 => {
            NaiveDate::from_ymd_opt(year(*y), 1, 1).map_or(Err("is no year"), |d| dated(d, Precision::Year))
        }
        [y, m] if digits(0) == 4 && digits(1) <= 2 => NaiveDate::from_ymd_opt(year(*y), *m, 1).map_or(Err("is no month"), |d| dated(d, Precision::Month)),
        // 9/30/24 and 30/9/2024: which is the month shows if one is above 12.
        [a, b, y, ..] if (digits(2) == 4 || digits(2) == 2) && digits(0) <= 2 && digits(1) <= 2 => {
            let y = full_year(year(*y), digits(2));
            match (*a, *b) {
                (m, d) if d > 12 || m == d => NaiveDate::from_ymd_opt(y, m, d),
                (d, m) if d > 12 => NaiveDate::from_ymd_opt(y, m, d),
                _ => return Err("may be the one month or the other; write YYYY-MM-DD"),
            }
            .map_or(Err("is no day of the calendar"), |d| dated(d, Precision::Day))
        }
        [y, m, d, ..] if digits(0) == 4 => NaiveDate::from_ymd_opt(year(*y), *m, *d).map_or(Err("is no day of the calendar"), |d| dated(d, Precision::Day)),
        _ => Err("is no date"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(Field, &str)]) -> (String, Vec<String>) {
        let mut meta = Meta::default();
        fields.iter().for_each(|(f, v)| meta.say(*f, v, "column"));
        let mut problems = Vec::new();
        let dated = read_date(&meta, Which::Published, &mut problems);
        (dated.map_or_else(String::new, |d| format!("{} {:?}", d.date, d.precision)), problems)
    }

    #[test]
    fn every_form_in_a_column() {
        for (value, want) in [
            ("2025-12-31 19:35:10", "2025-12-31 Day"),
            ("Oct 30, 2021", "2021-10-30 Day"),
            ("Wed, 03 Aug 2022 19:49:23 +0000", "2022-08-03 Day"),
            ("2022-08-03T23:30:00Z", "2022-08-03 Day"),
            ("二〇二六年一月二日", "2026-01-02 Day"),
            ("9/30/24", "2024-09-30 Day"),
            ("30.9.2024", "2024-09-30 Day"),
            ("2021-03", "2021-03-01 Month"),
            ("June 2023", "2023-06-01 Month"),
            ("2023年6月", "2023-06-01 Month"),
            ("2023-Q3", "2023-01-01 Year"),
            ("2023-W05", "2023-01-01 Year"),
            ("2023.0", "2023-01-01 Year"),
            ("45083", "2023-06-06 Day"),
            ("1685923200", "2023-06-05 Day"),
            ("02.01.2023", "2023-01-02 Day"),
            ("5-Jun-2023", "2023-06-05 Day"),
            ("1954", "1954-01-01 Year"),
            ("1954年", "1954-01-01 Year"),
            ("1785-05-04", "1785-05-04 Day"),
        ] {
            let (got, problems) = read(&[(Field::Date, value)]);
            if value.starts_with("1785") {
                assert!(problems[0].contains("before 1800"), "{problems:?}");
            } else {
                assert_eq!((got.as_str(), problems), (want, vec![]), "{value}");
            }
        }
        assert_eq!(read(&[(Field::Year, "1954")]).0, "1954-01-01 Year");
        assert_eq!(read(&[(Field::Year, "1954"), (Field::Month, "9")]).0, "1954-09-01 Month");
    }

    #[test]
    fn what_is_no_date_is_told() {
        for (value, want) in [
            ("2023-02-30", "no day of the calendar"),
            ("1970-01-01", "databases"),
            ("2999-01-01", "future"),
            ("1246-05-01", "before 1800"),
            ("3/4/2021", "the one month or the other"),
            ("yesterday", "is no date"),
        ] {
            let (got, problems) = read(&[(Field::Date, value)]);
            assert_eq!(got, "", "{value}");
            assert!(problems[0].contains(want), "{value}: {problems:?}");
        }
    }
}
