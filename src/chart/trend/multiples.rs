//! Small multiples: each line of a language in a plot of its own, under its label.

use super::super::axis::ticks;
use super::super::canvas::{Anchor, Canvas, MARGIN};
use super::super::plot::{Plot, numbers};
use super::super::style::Style;
use super::{Panel, Trend, line};
use crate::error::Result;

const LABEL: f64 = 13.0;
const LINE: i32 = 17;
/// Plots are at least so wide.
const NARROWEST: i32 = 230;
const PLOT: i32 = 92;
const STRIP: i32 = 12;
/// Room for the panel's title; for names of periods and the strip below each plot.
const BEFORE: i32 = 30;
const AFTER: i32 = 18 + STRIP + 30;
/// If the highest line is so many times the lowest, all get scales of their own.
const UNLIKE: f64 = 6.0;

struct Layout {
    columns: usize,
    /// The width of one plot with its margins.
    width: i32,
    labels: Vec<Vec<String>>,
    /// The height of a label: two lines if any needs them.
    label: i32,
}

impl Layout {
    fn of(panel: &Panel, style: &Style) -> Layout {
        let room = style.width - 2 * MARGIN;
        let columns = (room / NARROWEST).clamp(1, 4).min(panel.series.len().max(1) as i32);
        let width = room / columns;
        let labels: Vec<Vec<String>> = panel.series.iter().map(|s| style.font.wrap(&s.label, LABEL, width - 24, 2)).collect();
        let lines = labels.iter().map(Vec::len).max().unwrap_or(1) as i32;
        Layout { columns: columns as usize, width, labels, label: lines * LINE + 8 }
    }

    fn cell(&self) -> i32 {
        self.label + PLOT + AFTER
    }
}

pub(super) fn height(panel: &Panel, style: &Style) -> i32 {
    let layout = Layout::of(panel, style);
    BEFORE + panel.series.len().div_ceil(layout.columns) as i32 * layout.cell() + 6
}

pub(super) fn paint(canvas: &Canvas<'_>, trend: &Trend, panel: &Panel, top: i32) -> Result<()> {
    let (style, p) = (canvas.style, canvas.palette);
    let layout = Layout::of(panel, style);
    let highest: Vec<f64> = panel.series.iter().map(|s| s.highest(true)).collect();
    let lowest = highest.iter().copied().filter(|h| *h > 0.0).fold(f64::INFINITY, f64::min);
    let own = panel.highest(true) > UNLIKE * lowest;
    let title = if own && !trend.own_scales.is_empty() { format!("{}{}", panel.title, trend.own_scales) } else { panel.title.clone() };
    canvas.text(&style.font.fit(&title, 14.0, style.width - 2 * MARGIN), (MARGIN, top + 12), 14.0, p.ink, Anchor::Left)?;
    for (i, series) in panel.series.iter().enumerate() {
        let (row, column) = ((i / layout.columns) as i32, (i % layout.columns) as i32);
        let (x, y) = (MARGIN + column * layout.width, top + BEFORE + row * layout.cell());
        for (n, words) in layout.labels[i].iter().enumerate() {
            canvas.text(words, (x, y + LINE / 2 + n as i32 * LINE), LABEL, p.ink, Anchor::Left)?;
        }
        let ticks = ticks(if own { highest[i] } else { panel.highest(true) });
        let number = numbers(&ticks);
        let ends = [0.0, ticks.last().copied().unwrap_or(1.0)];
        let left = x + 8 + ends.iter().map(|t| style.font.width(&number(*t), 12.0)).max().unwrap_or(0);
        let plot = Plot { canvas, periods: &trend.periods, left, right: x + layout.width - 24, top: y + layout.label, height: PLOT, max: ends[1] };
        plot.grid(&ends, &number)?;
        plot.names()?;
        plot.strip(&panel.exposure, plot.bottom() + 24 + STRIP, STRIP)?;
        line(canvas, &plot, series, i, true)?;
    }
    let words = style.font.fit(&panel.exposure_words, 12.0, style.width - 2 * MARGIN);
    canvas.text(&words, (MARGIN, top + height(panel, style) - 10), 12.0, p.faint, Anchor::Left)
}
