//! Axes: round numbers, periods and days.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::font::Font;

/// The size of the text at axes.
pub(super) const TICK: f64 = 12.0;

/// Round steps for an axis from 0 to at least `max`, four to six of them.
pub(super) fn ticks(max: f64) -> Vec<f64> {
    if max <= 0.0 || !max.is_finite() {
        return vec![0.0, 1.0];
    }
    let rough = max / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|f| f * power).find(|s| *s >= rough).unwrap_or(power * 10.0);
    let count = (max / step - 1e-9).ceil() as usize;
    (0..=count).map(|i| i as f64 * step).collect()
}

/// A number as short as it can be read.
pub(super) fn short(x: f64) -> String {
    let text = match x.abs() {
        size if size >= 100.0 || x.fract() == 0.0 => format!("{x:.0}"),
        size if size >= 10.0 => format!("{x:.1}"),
        size if size >= 0.1 => format!("{x:.2}"),
        _ => format!("{x:.3}"),
    };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}

/// A whole number with its thousands set apart.
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|c| std::str::from_utf8(c).unwrap_or("")).collect();
    groups.join(",")
}

/// Which of the periods are named under an axis on which each has `room` pixels: all of them, or every second, third …, from the first of a
/// year where there is one.
pub(super) fn named_periods(periods: &[String], font: &Font, room: f64) -> Vec<usize> {
    let widest = periods.iter().map(|p| font.width(p, TICK)).max().unwrap_or(0) + 20;
    let needed = (f64::from(widest) / room.max(0.1)).ceil() as usize;
    let every = [1, 2, 3, 4, 5, 6, 10, 12, 13, 20, 24, 26, 52, 60, 104, 120].into_iter().find(|s| *s >= needed).unwrap_or(needed);
    let begins_year = |p: &&String| ["-01", "-Q1", "-W01", "-01-01"].iter().any(|e| p.len() > 4 && p[4..] == **e);
    let first = periods.iter().position(|p| begins_year(&p)).map_or(0, |at| at % every.max(1));
    (first..periods.len()).step_by(every.max(1)).collect()
}

/// An axis of days.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimeAxis {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub left: i32,
    pub right: i32,
}

impl TimeAxis {
    /// Where a day is; a single day is in the middle.
    pub fn x(&self, day: NaiveDate) -> i32 {
        let all = (self.last - self.first).num_days();
        let share = if all == 0 { 0.5 } else { (day - self.first).num_days() as f64 / all as f64 };
        self.left + (share * f64::from(self.right - self.left)).round() as i32
    }

    /// Where to write which day, month or year, so that nothing touches.
    pub fn ticks(&self, font: &Font) -> Vec<(i32, String)> {
        if self.first == self.last {
            return vec![(self.x(self.first), self.first.to_string())];
        }
        let most = |label: &str| ((self.right - self.left) / (font.width(label, TICK) + 18)).max(1) as usize;
        let months = |step: u32| {
            let first = (self.first.month0() / step) * step + 1;
            let start = NaiveDate::from_ymd_opt(self.first.year(), first, 1);
            self.every(start, |d| d.checked_add_months(Months::new(step)))
        };
        let years = |step: i32| {
            let start = NaiveDate::from_ymd_opt(self.first.year().div_euclid(step) * step, 1, 1);
            self.every(start, |d| d.with_year(d.year() + step))
        };
        let days = |step: u64| self.every(Some(self.first), |d| d.checked_add_days(Days::new(step)));
        let span = (self.last - self.first).num_days();
        let steps = [1, 2, 7, 14].into_iter().filter(|s| span / (*s as i64) < 60).map(|s| (days(s), "%Y-%m-%d"));
        let steps = steps.chain([1, 2, 3, 6].into_iter().map(|s| (months(s), "%Y-%m")));
        let steps = steps.chain([1, 2, 5, 10, 20, 50, 100, 200, 500].into_iter().map(|s| (years(s), "%Y")));
        let label = |day: &NaiveDate, form: &str| (self.x(*day), day.format(form).to_string());
        for (days, form) in steps {
            if days.len() >= 2 && days.len() <= most(&self.last.format(form).to_string()) {
                return days.iter().map(|d| label(d, form)).collect();
            }
        }
        vec![label(&self.first, "%Y-%m-%d")]
    }

    fn every(&self, start: Option<NaiveDate>, next: impl Fn(NaiveDate) -> Option<NaiveDate>) -> Vec<NaiveDate> {
        std::iter::successors(start, |d| next(*d)).take_while(|d| *d <= self.last).filter(|d| *d >= self.first).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_and_numbers() {
        assert_eq!(ticks(7.3), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(ticks(0.0), [0.0, 1.0]);
        assert_eq!(ticks(230.0), [0.0, 100.0, 200.0, 300.0]);
        assert_eq!(ticks(1.0), [0.0, 0.25, 0.5, 0.75, 1.0]);
        let shorts = [12.0, 12.34, 1.5, 0.25, 100.4, -1.5, 0.004, -0.0001].map(short);
        assert_eq!(shorts, ["12", "12.3", "1.5", "0.25", "100", "−1.5", "0.004", "−0"].map(|s| if s == "−0" { "0" } else { s }));
        assert_eq!((thousands(0), thousands(999), thousands(1_234_567)), ("0".into(), "999".into(), "1,234,567".into()));
    }

    #[test]
    fn periods_are_named_from_the_first_of_a_year() {
        let font = Font::default();
        let months: Vec<String> = (0..30).map(|i| format!("{}-{:02}", 2022 + (i + 9) / 12, (i + 9) % 12 + 1)).collect();
        assert_eq!(named_periods(&months, &font, 100.0).len(), 30);
        let named = named_periods(&months, &font, 10.0);
        assert!(named.iter().any(|i| months[*i] == "2023-01") && named.len() < 8, "{named:?}");
        assert_eq!(named_periods(&[], &font, 10.0), Vec::<usize>::new());
    }

    #[test]
    fn days_have_ticks_that_do_not_touch() {
        let font = Font::default();
        let day = |s: &str| s.parse::<NaiveDate>().unwrap();
        for (first, last, want) in [
            ("2023-01-01", "2023-12-31", "2023-01"),
            ("1954-09-15", "2024-03-05", "1960"),
            ("2024-03-05", "2024-03-09", "2024-03-05"),
            ("2024-03-05", "2024-03-05", "2024-03-05"),
        ] {
            let axis = TimeAxis { first: day(first), last: day(last), left: 100, right: 700 };
            let ticks = axis.ticks(&font);
            assert_eq!(ticks[0].1, want, "{first} {last}");
            for pair in ticks.windows(2) {
                assert!(pair[1].0 - pair[0].0 > font.width(&pair[0].1, TICK), "{ticks:?}");
            }
        }
    }
}
