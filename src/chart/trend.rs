//! Lines over time, one panel a language, with a strip under each that shows how much text there was.

use super::canvas::{Anchor, Canvas, FAINT, GRID, HEAD, INK, SERIES, draw, short, thousands, ticks};
use crate::error::Result;

/// Rates over time.
#[derive(Debug, Clone, Default)]
pub struct Trend {
    /// What is measured.
    pub title: String,
    /// Of what, how many.
    pub subtitle: String,
    /// The periods, in order, without gaps.
    pub periods: Vec<String>,
    /// One panel a language: rates are never pooled.
    pub panels: Vec<Panel>,
}

/// The lines of one language.
#[derive(Debug, Clone, Default)]
pub struct Panel {
    /// What the panel shows.
    pub title: String,
    /// The unit of the rate's denominator.
    pub unit: String,
    /// Exposure per period; 0 is a gap, not a zero rate.
    pub exposure: Vec<u64>,
    /// The lines.
    pub series: Vec<Series>,
}

/// One line.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// Its label.
    pub label: String,
    /// Occurrences in all.
    pub occurrences: u64,
    /// Rate per period; `None` without exposure.
    pub rates: Vec<Option<f64>>,
}

const WIDTH: i32 = 1040;
const LEFT: i32 = 64;
const RIGHT: i32 = 350;
const PANEL: i32 = 250;
const STRIP: i32 = 30;
/// From the top of one panel to the top of the next, without the panel itself.
const BETWEEN: i32 = 130;

/// Draws `trend` as SVG.
///
/// # Errors
/// What plotters cannot draw.
pub fn trend(trend: &Trend) -> Result<String> {
    let panels = trend.panels.len().max(1) as i32;
    let height = HEAD + panels * (PANEL + BETWEEN);
    draw(WIDTH as u32, height as u32, |canvas| {
        canvas.header(&trend.title, &trend.subtitle, WIDTH)?;
        if trend.panels.is_empty() || trend.periods.is_empty() {
            return canvas.text("Nothing dated was found.", (16, HEAD + 40), 16.0, FAINT, Anchor::Left);
        }
        for (i, panel) in trend.panels.iter().enumerate() {
            Plot { canvas, trend, panel, top: HEAD + 30 + i as i32 * (PANEL + BETWEEN) }.draw()?;
        }
        Ok(())
    })
}

struct Plot<'c, 'b> {
    canvas: &'c Canvas<'b>,
    trend: &'c Trend,
    panel: &'c Panel,
    top: i32,
}

impl Plot<'_, '_> {
    fn draw(&self) -> Result<()> {
        let highest = self.panel.series.iter().flat_map(|s| s.rates.iter().flatten()).fold(0.0_f64, |a, b| a.max(*b));
        let ticks = ticks(highest);
        let max = ticks.last().copied().unwrap_or(1.0);
        let caption = format!("{} – per 10,000 {}", self.panel.title, self.panel.unit);
        self.canvas.text(&caption, (16, self.top - 18), 14.0, INK, Anchor::Left)?;
        for tick in &ticks {
            let y = self.y(*tick, max);
            self.canvas.line(&[(LEFT, y), (WIDTH - RIGHT, y)], GRID, 1)?;
            self.canvas.text(&short(*tick), (LEFT - 8, y), 12.0, FAINT, Anchor::Right)?;
        }
        self.periods()?;
        self.strip()?;
        for (i, series) in self.panel.series.iter().enumerate() {
            self.line(series, SERIES[i % SERIES.len()], max)?;
        }
        self.labels(max)
    }

    fn x(&self, period: usize) -> i32 {
        let n = self.trend.periods.len();
        let width = f64::from(WIDTH - RIGHT - LEFT - 24);
        let share = if n <= 1 { 0.5 } else { period as f64 / (n - 1) as f64 };
        LEFT + 12 + (share * width).round() as i32
    }

    fn y(&self, rate: f64, max: f64) -> i32 {
        self.top + PANEL - (rate / max * f64::from(PANEL)).round() as i32
    }

    /// The names of the periods: all of them, or every second, third … if they would touch.
    fn periods(&self) -> Result<()> {
        let widest = self.trend.periods.iter().map(|p| self.canvas.width(p, 12.0)).max().unwrap_or(0) + 14;
        let n = self.trend.periods.len();
        let room = (WIDTH - RIGHT - LEFT - 24) / i32::try_from(n.max(1)).unwrap_or(1).max(1);
        let every = if room >= widest { 1 } else { (widest as f64 / f64::from(room.max(1))).ceil() as usize };
        for (i, period) in self.trend.periods.iter().enumerate().step_by(every) {
            self.canvas.line(&[(self.x(i), self.top + PANEL), (self.x(i), self.top + PANEL + 4)], FAINT, 1)?;
            self.canvas.text(period, (self.x(i), self.top + PANEL + 16), 12.0, FAINT, Anchor::Middle)?;
        }
        Ok(())
    }

    /// How much text there was: a bar a period.
    fn strip(&self) -> Result<()> {
        let most = self.panel.exposure.iter().copied().max().unwrap_or(0).max(1);
        let base = self.top + PANEL + 30 + STRIP;
        let half = ((WIDTH - RIGHT - LEFT) / (2 * self.trend.periods.len().max(1) as i32)).clamp(1, 12);
        for (i, exposure) in self.panel.exposure.iter().enumerate().filter(|(_, e)| **e > 0) {
            let height = ((*exposure as f64 / most as f64) * f64::from(STRIP)).ceil() as i32;
            self.canvas.rect((self.x(i) - half, base - height), (self.x(i) + half, base), GRID)?;
        }
        self.canvas.line(&[(LEFT, base), (WIDTH - RIGHT, base)], FAINT, 1)?;
        let total: u64 = self.panel.exposure.iter().sum();
        let note = format!("text read: {} {}", thousands(total), self.panel.unit);
        self.canvas.text(&note, (WIDTH - RIGHT + 12, base - STRIP / 2), 12.0, FAINT, Anchor::Left)
    }

    /// A line through the periods with text; where there is none it is broken.
    fn line(&self, series: &Series, colour: plotters::style::RGBColor, max: f64) -> Result<()> {
        let points: Vec<Option<(i32, i32)>> = series.rates.iter().enumerate().map(|(i, r)| r.map(|r| (self.x(i), self.y(r, max)))).collect();
        for stretch in points.split(Option::is_none) {
            let stretch: Vec<(i32, i32)> = stretch.iter().flatten().copied().collect();
            if stretch.len() > 1 {
                self.canvas.line(&stretch, colour, 2)?;
            }
            for at in stretch {
                self.canvas.dot(at, 3, colour)?;
            }
        }
        Ok(())
    }

    /// Labels to the right of the lines' ends, moved apart where they would touch.
    fn labels(&self, max: f64) -> Result<()> {
        let gap = 18;
        let mut ends: Vec<(i32, (i32, i32), usize)> = Vec::new();
        for (i, series) in self.panel.series.iter().enumerate() {
            if let Some((period, rate)) = series.rates.iter().enumerate().rev().find_map(|(p, r)| r.map(|r| (p, r))) {
                let y = self.y(rate, max);
                ends.push((y, (self.x(period), y), i));
            }
        }
        ends.sort_by_key(|(y, _, i)| (*y, *i));
        for i in 1..ends.len() {
            ends[i].0 = ends[i].0.max(ends[i - 1].0 + gap);
        }
        let bottom = self.top + PANEL;
        if let Some(last) = ends.len().checked_sub(1) {
            ends[last].0 = ends[last].0.min(bottom.max(self.top + gap * last as i32));
            for i in (0..last).rev() {
                ends[i].0 = ends[i].0.min(ends[i + 1].0 - gap);
            }
        }
        for (y, (x, end), i) in ends {
            let series = &self.panel.series[i];
            let colour = SERIES[i % SERIES.len()];
            let from = WIDTH - RIGHT + 4;
            self.canvas.line(&[(x + 5, end), (from, y), (from + 6, y)], GRID, 1)?;
            let label = self.canvas.fit(&format!("{} ({})", series.label, series.occurrences), 13.0, RIGHT - 24);
            self.canvas.text(&label, (from + 10, y), 13.0, colour, Anchor::Left)?;
        }
        Ok(())
    }
}
