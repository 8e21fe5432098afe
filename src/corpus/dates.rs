//! Dates as they are written: numbers, English months, Chinese forms, digits run together.

use std::ops::Range;
use std::sync::OnceLock;

use chrono::{Datelike, Months, NaiveDate};
use regex::Regex;

use super::layout::Layout;
use super::written::{Form, month_named, written};

/// A date as written; what it leaves out is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands.
    pub range: Range<usize>,
    /// The year, if it is written.
    pub year: Option<i32>,
    /// The month, if it is written.
    pub month: Option<u32>,
    /// The day of the month.
    pub day: u32,
}

impl Found {
    /// The date, if it is written in full and there is such a day.
    pub fn full(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month?, self.day)
    }
}

/// The forms that are read by regular expressions.
struct Forms {
    /// A month of a year.
    month_year: Regex,
    /// In addresses and names of files the parts may be set apart by anything.
    path: Regex,
}

fn forms() -> &'static Forms {
    static FORMS: OnceLock<Forms> = OnceLock::new();
    FORMS.get_or_init(|| {
        let months = &Layout::builtin().en.months;
        let names: Vec<String> = months.iter().map(|m| if m.len() > 3 { format!("{}(?:{})?", &m[..3], &m[3..]) } else { m.clone() }).collect();
        // "Sept" is no prefix of the name plus nothing, but common.
        let month = format!("{}|sept", names.join("|"));
        let year = r"(?:19|20|１９|２０)\d\d";
        let regex = |pattern: &str| Regex::new(pattern).expect("a pattern of this file compiles");
        let month_year = regex(&format!(r"(?i)^(?:(?P<month1>{month})\b\.?,?\s*(?P<y1>{year})|(?P<y>{year})\s+(?P<month>{month})\b\.?)$"));
        let path = regex(r"(?:^|\D)(?P<y>(?:19|20)\d\d)[-/_.]?(?P<m>[01]\d)[-/_.]?(?P<d>[0-3]\d)(?:\D|$)");
        Forms { month_year, path }
    })
}

/// All dates in `text` that name a day, in order, without overlaps. Months and days are within their bounds.
pub fn find_dates(text: &str) -> Vec<Found> {
    let mut all = written(text);
    all.retain(|(_, f)| is_possible(f));
    all.sort_by_key(|(form, f)| (f.range.start, *form));
    // Of two that overlap, the fuller form stands.
    let mut found: Vec<(Form, Found)> = Vec::new();
    for (form, date) in all {
        match found.last_mut() {
            Some((before, last)) if date.range.start < last.range.end => {
                if form < *before {
                    (*before, *last) = (form, date);
                }
            }
            _ => found.push((form, date)),
        }
    }
    found.into_iter().map(|(_, date)| date).collect()
}

/// Whether month and day are within their bounds, and there is such a day, if it is written in full.
fn is_possible(found: &Found) -> bool {
    (1..=31).contains(&found.day) && found.month.is_none_or(|m| (1..=12).contains(&m)) && (found.year.is_none() || found.full().is_some())
}

/// The first day of the month that a text names together with its year, and nothing else: June 2023, 2023 June.
pub fn month_of_year(text: &str) -> Option<NaiveDate> {
    let found = forms().month_year.captures(text.trim())?;
    let (month, year) = (found.name("month1").or(found.name("month"))?, found.name("y1").or(found.name("y"))?);
    NaiveDate::from_ymd_opt(number(year.as_str())? as i32, month_named(month.as_str())?, 1)
}

/// The day in an address or the name of a file: `/2024/01-10/`, `/2023/0811/`, `/202401/t20240110_1.html`, `2023_06_05_a.txt`.
pub fn date_in_path(path: &str) -> Option<NaiveDate> {
    let found = find_dates(path).iter().find_map(Found::full);
    let enough = || path.bytes().filter(u8::is_ascii_digit).count() >= 8;
    found.or_else(|| if enough() { apart_in_path(path) } else { None })
}

fn apart_in_path(path: &str) -> Option<NaiveDate> {
    forms().path.captures_iter(path).find_map(|c| NaiveDate::from_ymd_opt(number(&c["y"])? as i32, number(&c["m"])?, number(&c["d"])?))
}

/// The year in a text that names exactly one, standing by itself.
pub fn lone_year(text: &str) -> Option<i32> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() == 4).filter_map(|n| n.parse().ok());
    let years: Vec<i32> = numbers.filter(|y| (1900..2100).contains(y)).collect();
    if let [year] = years.as_slice() { Some(*year) } else { None }
}

/// A number in digits of either width, or in Chinese: 二〇二六, 十八, 廿三.
pub(super) fn number(text: &str) -> Option<u32> {
    let digit = |c: char| match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        '〇' | '○' | '零' => Some(0),
        _ => "一二三四五六七八九".chars().position(|n| n == c).map(|n| n as u32 + 1),
    };
    if !text.contains(['十', '廿', '卅']) {
        return text.chars().try_fold(0_u32, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?));
    }
    // Tens are said by a sign of their own: 三十一 is 3, ten, 1.
    let (mut tens, mut rest) = (0, 0);
    for c in text.chars() {
        match c {
            '十' => (tens, rest) = (rest.max(1), 0),
            '廿' => tens = 2,
            '卅' => tens = 3,
            _ => rest = digit(c)?,
        }
    }
    Some(tens * 10 + rest)
}

/// The first date in `text` that is written in full and is no day of the calendar: 2023-02-30.
pub fn impossible(text: &str) -> Option<&str> {
    let wrong = |found: &Found| found.year.is_some() && found.month.is_some() && found.full().is_none();
    written(text).into_iter().filter(|(_, f)| wrong(f)).min_by_key(|(form, f)| (f.range.start, *form)).map(|(_, f)| &text[f.range])
}

/// Why a day cannot be the date of a document; `None` if it can.
pub fn implausible(date: NaiveDate) -> Option<&'static str> {
    let ymd = (date.year(), date.month(), date.day());
    if matches!(ymd, (1970 | 1900 | 1, 1, 1) | (1899, 12, 30 | 31)) {
        return Some("is what databases write for an unknown date");
    }
    if date.year() < 1800 {
        return Some("lies before 1800");
    }
    // A day ahead of this clock it is tomorrow somewhere.
    today().is_some_and(|today| (date - today).num_days() > 1).then_some("lies in the future")
}

#[expect(clippy::disallowed_methods, reason = "what lies in the future is known by the clock alone; no other date depends on it")]
fn today() -> Option<NaiveDate> {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let days = i64::try_from(seconds / 86_400).ok()?;
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(days))
}

/// The day that `found` names for a reader on `reference`: what is not written is taken so that the day is the latest one
/// not after `reference`. `None` without a reference, if anything is missing.
pub fn resolve(found: &Found, reference: Option<NaiveDate>) -> Option<NaiveDate> {
    if found.year.is_some() {
        return found.full();
    }
    let reference = reference?;
    match found.month {
        Some(month) => {
            [0, 1, 2, 3, 4].into_iter().filter_map(|back| NaiveDate::from_ymd_opt(reference.year() - back, month, found.day)).find(|d| *d <= reference)
        }
        None => (0..4).filter_map(|back| reference.checked_sub_months(Months::new(back))?.with_day(found.day)).find(|d| *d <= reference),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn full_dates_in_every_form() {
        for (text, want) in [
            (" ( 2024.01.10 )", "2024-01-10"),
            ("2023-10-17 21:25", "2023-10-17"),
            ("2019年7月11日外交部发言人", "2019-07-11"),
            ("2019 年 7 月 11 日", "2019-07-11"),
            ("Regular Press Conference on May 16, 2018", "2018-05-16"),
            ("on June11, 2018", "2018-06-11"),
            ("Oct 30, 2021", "2021-10-30"),
            ("Sept. 3, 2025", "2025-09-03"),
            ("Monday, January 20, 2025 ", "2025-01-20"),
            ("Thursday, August 21th, 2025", "2025-08-21"),
            ("Wed, 03 Aug 2022 19:49:23 +0000", "2022-08-03"),
            ("9 January 2024", "2024-01-09"),
            ("《新闻联播》（20231019）", "2023-10-19"),
            ("2024/01/10", "2024-01-10"),
            ("09/30/2024", "2024-09-30"),
            ("30/9/2024", "2024-09-30"),
            ("2023年06月05日04:20 | 来源", "2023-06-05"),
            ("5-Jun-2023", "2023-06-05"),
            ("June 5 , 2023", "2023-06-05"),
            ("June 5-6, 2023", "2023-06-05"),
            ("二〇二六年十月十八日", "2026-10-18"),
            ("二○二三年三月廿八日", "2023-03-28"),
            ("二零二三年十二月三十一日", "2023-12-31"),
            ("２０１２年３月５日", "2012-03-05"),
        ] {
            let found = find_dates(text);
            assert_eq!(found.iter().filter_map(Found::full).collect::<Vec<_>>(), [day(want)], "{text}: {found:?}");
        }
    }

    #[test]
    fn no_dates() {
        for text in ["2023-13-01", "2023-02-30", "Tel: 86-10-65961114", "120231019", "1080万", "in May", "Resolution 2758", "100日元", "3/4/2024", "十月"]
        {
            assert_eq!(find_dates(text), [], "{text}");
        }
    }

    #[test]
    fn addresses_and_names_of_files() {
        for (path, want) in [
            ("x.example/n3/2023/0811/c.html", Some("2023-08-11")),
            ("x.example/a/202308/11/W.html", Some("2023-08-11")),
            ("2023_06_05_wang.txt", Some("2023-06-05")),
            ("t20240110_1.html", Some("2024-01-10")),
            ("x.example/t1559978.shtml", None),
        ] {
            assert_eq!(date_in_path(path), want.map(day), "{path}");
        }
        assert_eq!(month_of_year("Sept. 2023"), Some(day("2023-09-01")));
        assert_eq!(month_of_year("2023 June"), Some(day("2023-06-01")));
        assert_eq!(month_of_year("in June 2023 they met"), None);
    }

    #[test]
    fn days_that_are_none() {
        assert_eq!(impossible("posted 2023-02-30 at noon"), Some("2023-02-30"));
        assert_eq!(impossible("2023年13月1日"), Some("2023年13月1日"));
        assert_eq!(impossible("February 29, 2024 and 2023-02-28"), None);
        assert!(implausible(day("1970-01-01")).is_some() && implausible(day("2999-01-01")).is_some() && implausible(day("1970-01-02")).is_none());
    }

    #[test]
    fn what_is_not_written_is_the_latest_day_before() {
        for (text, reference, want) in [
            ("New York, January 9th—", "2024-01-10", Some("2024-01-09")),
            ("December 28", "2024-01-02", Some("2023-12-28")),
            ("于1月9日在纽约", "2024-01-10", Some("2024-01-09")),
            ("大会17日在厦门举行", "2023-06-17", Some("2023-06-17")),
            ("30日", "2023-03-01", Some("2023-01-30")),
            ("February 29", "2023-05-01", Some("2020-02-29")),
            ("十月十八日晚", "2023-11-01", Some("2023-10-18")),
        ] {
            let found = find_dates(text);
            assert_eq!(resolve(&found[0], Some(day(reference))), want.map(day), "{text}");
        }
        assert_eq!(resolve(&find_dates("January 9")[0], None), None);
    }
}
