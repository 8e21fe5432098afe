//! A plot over periods: where things are in it, its grid, the names of its periods, and the strip under it that shows how much text there
//! was.

use super::axis::{TICK, named_periods, short};
use super::canvas::{Anchor, Canvas};
use crate::error::Result;

/// The height of the strip.
pub(super) const STRIP: i32 = 26;
/// So far the names of periods may stand out on both sides of a plot.
const OUT: i32 = 18;

/// A field in which values stand over periods.
pub(super) struct Plot<'c, 'b> {
    pub canvas: &'c Canvas<'b>,
    pub periods: &'c [String],
    pub left: i32,
    pub right: i32,
    pub top: i32,
    pub height: i32,
    /// The value at the top.
    pub max: f64,
}

impl Plot<'_, '_> {
    pub fn bottom(&self) -> i32 {
        self.top + self.height
    }

    /// The room of one period in pixels.
    pub fn step(&self) -> f64 {
        f64::from(self.right - self.left) / self.periods.len().max(1) as f64
    }

    /// The middle of a period.
    pub fn x(&self, period: usize) -> i32 {
        self.left + ((period as f64 + 0.5) * self.step()).round() as i32
    }

    /// Where a value is; what is above the top is at the top.
    pub fn y(&self, value: f64) -> i32 {
        self.bottom() - ((value / self.max).clamp(0.0, 1.0) * f64::from(self.height)).round() as i32
    }

    /// Lines at `ticks`, with their numbers.
    pub fn grid(&self, ticks: &[f64], number: impl Fn(f64) -> String) -> Result<()> {
        let p = self.canvas.palette;
        for tick in ticks {
            let y = self.y(*tick);
            self.canvas.line(&[(self.left, y), (self.right, y)], p.grid, 1)?;
            self.canvas.text(&number(*tick), (self.left - 8, y), TICK, p.faint, Anchor::Right)?;
        }
        Ok(())
    }

    /// The names of periods under the plot, as many as there is room for.
    pub fn names(&self) -> Result<()> {
        let p = self.canvas.palette;
        for i in named_periods(self.periods, &self.canvas.style.font, self.step()) {
            let x = self.x(i);
            self.canvas.line(&[(x, self.bottom()), (x, self.bottom() + 4)], p.faint, 1)?;
            let half = self.canvas.style.font.width(&self.periods[i], TICK) / 2;
            // The first and last do not stand out far.
            let at = x.min(self.right + OUT - half).max(self.left - OUT + half);
            self.canvas.text(&self.periods[i], (at, self.bottom() + 16), TICK, p.faint, Anchor::Middle)?;
        }
        Ok(())
    }

    /// How much text there was: a bar a period, from `base` up, the fullest `height` high.
    pub fn strip(&self, exposure: &[u64], base: i32, height: i32) -> Result<()> {
        let p = self.canvas.palette;
        let most = exposure.iter().copied().max().unwrap_or(0).max(1);
        let half = (self.step() * 0.4).clamp(0.5, 14.0);
        for (i, n) in exposure.iter().enumerate().filter(|(_, n)| **n > 0) {
            let tall = ((*n as f64 / most as f64) * f64::from(height)).ceil() as i32;
            let middle = f64::from(self.left) + (i as f64 + 0.5) * self.step();
            let (from, to) = ((middle - half).round() as i32, ((middle + half).round() as i32).max((middle - half).round() as i32 + 1));
            self.canvas.rect((from, base - tall), (to, base), p.grid)?;
        }
        self.canvas.line(&[(self.left, base), (self.right, base)], p.faint, 1)
    }
}

/// Ticks, and numbers for them that have the same decimals.
pub(super) fn numbers(ticks: &[f64]) -> impl Fn(f64) -> String {
    let places = ticks.iter().map(|t| short(*t).split_once('.').map_or(0, |(_, d)| d.len())).max().unwrap_or(0);
    move |x| format!("{x:.places$}")
}

/// Boxes of these heights round these middles, moved as little as need be so that they do not touch and stay between `top` and `bottom` as
/// far as they fit. Returns the middles in the order given.
pub(super) fn spread(wanted: &[(i32, i32)], top: i32, bottom: i32) -> Vec<i32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|i| (wanted[*i].0, *i));
    let mut middles = vec![0; wanted.len()];
    let mut free = top;
    for &i in &order {
        let (middle, height) = wanted[i];
        middles[i] = middle.max(free + height / 2);
        free = middles[i] - height / 2 + height;
    }
    let mut limit = bottom;
    for &i in order.iter().rev() {
        let height = wanted[i].1;
        middles[i] = middles[i].min(limit - (height - height / 2));
        limit = middles[i] - height / 2;
    }
    // Where there is too little room, they run over at the bottom.
    let over = top - order.first().map_or(top, |&i| middles[i] - wanted[i].1 / 2);
    if over > 0 {
        let mut free = top;
        for &i in &order {
            middles[i] = middles[i].max(free + wanted[i].1 / 2);
            free = middles[i] - wanted[i].1 / 2 + wanted[i].1;
        }
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_moved_apart_and_stay_inside() {
        assert_eq!(spread(&[(50, 10), (80, 10)], 0, 100), [50, 80]);
        assert_eq!(spread(&[(50, 10), (52, 10), (51, 10)], 0, 100), [50, 70, 60]);
        assert_eq!(spread(&[(99, 10), (98, 10)], 0, 100), [95, 85]);
        assert_eq!(spread(&[(5, 60), (5, 60)], 0, 100), [30, 90]);
        assert_eq!(spread(&[], 0, 100), Vec::<i32>::new());
    }

    #[test]
    fn ticks_have_the_same_decimals() {
        let ticks = [0.0, 0.25, 0.5];
        let number = numbers(&ticks);
        assert_eq!(ticks.map(&number), ["0.00", "0.25", "0.50"]);
    }
}
