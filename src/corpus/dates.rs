//! Dates as they are written: numbers, English months, Chinese forms, digits run together.

use std::ops::Range;
use std::sync::OnceLock;

use chrono::{Datelike, Months, NaiveDate};
use regex::{Captures, Regex};

use super::layout::Layout;

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

struct Forms {
    numeric: Regex,
    compact: Regex,
    month_day: Regex,
    day_month: Regex,
    chinese: Regex,
    months: Vec<String>,
}

fn forms() -> &'static Forms {
    static FORMS: OnceLock<Forms> = OnceLock::new();
    FORMS.get_or_init(|| {
        let months = Layout::builtin().en.months.clone();
        let names: Vec<String> = months.iter().map(|m| if m.len() > 3 { format!("{}(?:{})?", &m[..3], &m[3..]) } else { m.clone() }).collect();
        // "Sept" is no prefix of the name plus nothing, but common.
        let month = format!("(?P<month>{}|sept)", names.join("|"));
        let regex = |pattern: &str| Regex::new(pattern).expect("a pattern of this file compiles");
        Forms {
            numeric: regex(r"(?P<y>(?:19|20)\d\d)(?:[-./]|\s*年\s*)(?P<m>\d{1,2})(?:[-./]|\s*月\s*)(?P<d>\d{1,2})(?:\s*日)?"),
            compact: regex(r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)"),
            month_day: regex(&format!(r"(?i)\b{month}\.?\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s*(?P<y>(?:19|20)\d\d)\b)?")),
            day_month: regex(&format!(r"(?i)\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{month}\b\.?(?:,?\s*(?P<y>(?:19|20)\d\d)\b)?")),
            chinese: regex(r"(?:(?P<m>\d{1,2})\s*月\s*)?(?P<d>\d{1,2})\s*[日号]"),
            months,
        }
    })
}

/// All dates in `text` that name a day, in order, without overlaps. Months and days are within their bounds.
pub fn find_dates(text: &str) -> Vec<Found> {
    let forms = forms();
    let mut all: Vec<(usize, Found)> = Vec::new();
    for (rank, form) in [&forms.numeric, &forms.compact, &forms.month_day, &forms.day_month, &forms.chinese].into_iter().enumerate() {
        all.extend(form.captures_iter(text).filter_map(|captures| Some((rank, read(forms, &captures, text)?))));
    }
    all.sort_by_key(|(rank, f)| (f.range.start, *rank));
    // Of two that overlap, the fuller form stands.
    let mut found: Vec<(usize, Found)> = Vec::new();
    for (rank, date) in all {
        match found.last_mut() {
            Some((before, last)) if date.range.start < last.range.end => {
                if rank < *before {
                    (*before, *last) = (rank, date);
                }
            }
            _ => found.push((rank, date)),
        }
    }
    found.into_iter().map(|(_, date)| date).collect()
}

fn read(forms: &Forms, captures: &Captures<'_>, text: &str) -> Option<Found> {
    let whole = captures.get(0)?;
    // A digit on either side makes it part of a longer number.
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if digit(text[..whole.start()].chars().next_back()) || digit(text[whole.end()..].chars().next()) {
        return None;
    }
    let number = |name: &str| captures.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
    let month = match captures.name("month") {
        Some(name) => {
            let name = name.as_str().to_lowercase();
            Some(1 + forms.months.iter().position(|m| m.starts_with(&name[..3]))? as u32)
        }
        None => number("m"),
    };
    let found = Found { range: whole.range(), year: number("y").map(|y| y as i32), month, day: number("d")? };
    let possible = (1..=31).contains(&found.day) && found.month.is_none_or(|m| (1..=12).contains(&m));
    (possible && (found.year.is_none() || found.full().is_some())).then_some(found)
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
        ] {
            let found = find_dates(text);
            assert_eq!(found.iter().filter_map(Found::full).collect::<Vec<_>>(), [day(want)], "{text}: {found:?}");
        }
    }

    #[test]
    fn no_dates() {
        for text in ["2023-13-01", "2023-02-30", "Tel: 86-10-65961114", "120231019", "1080万", "in May", "Resolution 2758", "100日元"] {
            assert_eq!(find_dates(text), [], "{text}");
        }
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
        ] {
            let found = find_dates(text);
            assert_eq!(resolve(&found[0], Some(day(reference))), want.map(day), "{text}");
        }
        assert_eq!(resolve(&find_dates("January 9")[0], None), None);
    }
}
