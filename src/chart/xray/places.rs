//! What falls on one place of an axis of days: a tick, however many documents it stands for; and how full the strip below is.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::axis::TimeAxis;
use super::Tick;

/// A lane has at most so many ticks; those that fall on one place are one.
pub(super) const MOST: i32 = 400;
/// The narrowest bar of a strip too full for single documents.
const BAR: f64 = 5.0;
/// Documents up to so many pixels apart leave no gap in a lane's line.
const JOINED: i32 = 14;

/// What of a lane falls on one place.
pub(super) struct Place<'a> {
    /// Where its tick begins.
    pub x: i32,
    /// The document with the most occurrences.
    pub most: &'a Tick,
    /// What part of the place's documents have the formula, in percent.
    pub percent: u64,
}

/// The places on an axis that can be told apart.
#[derive(Clone, Copy)]
pub(super) struct Places {
    axis: TimeAxis,
    /// Pixels of one day.
    step: f64,
    /// The width of a tick.
    pub wide: i32,
}

impl Places {
    pub fn of(axis: TimeAxis) -> Places {
        let room = axis.right - axis.left;
        let days = (axis.last - axis.first).num_days();
        let step = f64::from(room) / days.max(1) as f64;
        let least = (room as u32).div_ceil(MOST as u32).max(2) as i32;
        Places { axis, step, wide: (step as i32).clamp(least, least.max(4)) }
    }

    /// Where the tick of a day begins.
    fn at(&self, day: NaiveDate) -> i32 {
        let (x, left) = (self.axis.x(day), self.axis.left);
        let x = if self.step < f64::from(self.wide) { left + (x - left) / self.wide * self.wide } else { x };
        x - self.wide / 2
    }

    /// How many documents there are at each place.
    pub fn documents(&self, documents: &[NaiveDate]) -> BTreeMap<i32, u64> {
        let mut at = BTreeMap::new();
        for day in documents {
            *at.entry(self.at(*day)).or_default() += 1;
        }
        at
    }

    /// The ticks of a lane, those of one place together.
    pub fn ticks<'t>(&self, ticks: &'t [Tick], documents: &BTreeMap<i32, u64>) -> Vec<Place<'t>> {
        let mut at: BTreeMap<i32, (&Tick, u64)> = BTreeMap::new();
        for tick in ticks {
            let (most, n) = at.entry(self.at(tick.day)).or_insert((tick, 0));
            *n += 1;
            if tick.count > most.count {
                *most = tick;
            }
        }
        let percent = |x: i32, n: u64| 100 * n / documents.get(&x).copied().unwrap_or(n).max(n);
        at.into_iter().map(|(x, (most, n))| Place { x, most, percent: percent(x, n) }).collect()
    }

    /// The stretches with documents.
    pub fn stretches(&self, documents: &BTreeMap<i32, u64>) -> Vec<(i32, i32)> {
        let mut stretches: Vec<(i32, i32)> = Vec::new();
        for &x in documents.keys() {
            match stretches.last_mut() {
                Some((_, to)) if x - *to <= JOINED => *to = x + self.wide,
                _ => stretches.push((x, x + self.wide)),
            }
        }
        stretches
    }

    /// The bars of all documents, from, to and how many: one for each day, or for weeks, months … of as many days each where days have
    /// no room of their own.
    pub fn bars(&self, documents: &[NaiveDate]) -> Vec<(i32, i32, u64)> {
        let mut days: BTreeMap<NaiveDate, u64> = BTreeMap::new();
        for day in documents {
            *days.entry(*day).or_default() += 1;
        }
        let room = f64::from(self.axis.right - self.axis.left);
        let sparse = days.keys().zip(days.keys().skip(1)).all(|(a, b)| self.at(*b) > self.at(*a)) && (days.len() as f64) < room / 8.0;
        if sparse {
            return days.into_iter().map(|(day, n)| (self.at(day), self.at(day) + self.wide, n)).collect();
        }
        let many = [1, 7, 14, 28].into_iter().chain((1..).map(|i| 91 * i)).find(|n| *n as f64 * self.step >= BAR).unwrap_or(1);
        let mut bars: BTreeMap<u64, u64> = BTreeMap::new();
        for (day, n) in days {
            *bars.entry((day - self.axis.first).num_days().max(0) as u64 / many).or_default() += n;
        }
        let edge = |bar: u64| (self.axis.left + ((bar * many) as f64 * self.step - self.step / 2.0).round() as i32).clamp(self.axis.left, self.axis.right);
        bars.into_iter().map(|(bar, n)| (edge(bar), (edge(bar + 1) - 1).max(edge(bar) + 1), n)).collect()
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2022, 3, 1).unwrap() + Days::new(n)
    }

    #[test]
    fn what_falls_on_one_place_is_one() {
        let places = Places::of(TimeAxis { first: day(0), last: day(100), left: 0, right: 500 });
        let tick = |n: u64, count: u64| Tick { day: day(n), count, link: None };
        let documents = places.documents(&[day(0), day(9), day(9), day(50), day(50), day(50), day(50)]);
        let ticks = [tick(0, 1), tick(9, 2), tick(50, 3), tick(50, 8), tick(50, 5), tick(77, 1)];
        let got: Vec<(i32, u64, u64)> = places.ticks(&ticks, &documents).iter().map(|p| (p.x, p.most.count, p.percent)).collect();
        assert_eq!(got, [(-2, 1, 100), (43, 2, 50), (248, 8, 75), (383, 1, 100)]);
    }

    #[test]
    fn a_stretch_without_documents_is_a_gap() {
        let places = Places::of(TimeAxis { first: day(0), last: day(100), left: 0, right: 500 });
        let stretches = places.stretches(&places.documents(&[day(60), day(0), day(2), day(4), day(61)]));
        assert_eq!(stretches, [(-2, 22), (298, 307)]);
    }

    #[test]
    fn a_full_strip_counts_by_weeks() {
        let places = Places::of(TimeAxis { first: day(0), last: day(363), left: 0, right: 500 });
        let all: Vec<NaiveDate> = (0..364).map(day).collect();
        let bars = places.bars(&all);
        assert!(bars.len() == 52 && bars.iter().all(|(from, to, n)| from < to && *n == 7), "{bars:?}");
        assert_eq!(places.bars(&[day(0), day(0), day(100)]).iter().map(|(.., n)| *n).collect::<Vec<_>>(), [2, 1]);
    }
}
