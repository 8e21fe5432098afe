//! The lines of a language in one plot, each labelled where it ends.

use super::super::axis::ticks;
use super::super::canvas::{Anchor, Canvas, MARGIN};
use super::super::plot::{Plot, STRIP, numbers, spread};
use super::super::style::Style;
use super::{Panel, Series, Trend, line};
use crate::error::Result;

const LABEL: f64 = 13.0;
const LINE: i32 = 17;
/// Room for the title above the plot, and for names of periods, strip and a gap below.
const BEFORE: i32 = 36;
const AFTER: i32 = 30 + STRIP + 26;
/// So many lines have their intervals drawn; more bands would cover each other.
const BANDS: usize = 3;

/// The width of the labels, and the lines of each.
fn labels(panel: &Panel, style: &Style) -> (i32, Vec<Vec<String>>) {
    let most = style.width * 34 / 100;
    let own = panel.series.iter().map(|s| style.font.width(&s.label, LABEL) + 40);
    let strip = style.font.width(&panel.exposure_words, 12.0) + 24;
    let width = own.chain([strip.min(most), 140]).max().unwrap_or(140).min(most);
    (width, panel.series.iter().map(|s| style.font.wrap(&s.label, LABEL, width - 40, 2)).collect())
}

pub(super) fn has_bands(panel: &Panel) -> bool {
    panel.series.len() <= BANDS
}

fn plot_height(labels: &[Vec<String>], style: &Style) -> i32 {
    style.plot.max(labels.iter().map(|l| l.len() as i32 * LINE + 4).sum())
}

pub(super) fn height(panel: &Panel, style: &Style) -> i32 {
    BEFORE + plot_height(&labels(panel, style).1, style) + AFTER
}

pub(super) fn paint(canvas: &Canvas<'_>, trend: &Trend, panel: &Panel, top: i32) -> Result<()> {
    let (style, p) = (canvas.style, canvas.palette);
    let (width, labels) = labels(panel, style);
    let ticks = ticks(panel.highest(has_bands(panel)));
    let number = numbers(&ticks);
    let left = MARGIN + 8 + ticks.iter().map(|t| style.font.width(&number(*t), 12.0)).max().unwrap_or(0);
    let plot = Plot {
        canvas,
        periods: &trend.periods,
        left,
        right: style.width - width,
        top: top + BEFORE,
        height: plot_height(&labels, style),
        max: ticks.last().copied().unwrap_or(1.0),
    };
    canvas.text(&style.font.fit(&panel.title, 14.0, style.width - 2 * MARGIN), (MARGIN, top + 12), 14.0, p.ink, Anchor::Left)?;
    plot.grid(&ticks, &number)?;
    plot.names()?;
    plot.strip(&panel.exposure, plot.bottom() + 30 + STRIP, STRIP)?;
    let words = style.font.fit(&panel.exposure_words, 12.0, width - 24);
    canvas.text(&words, (plot.right + 12, plot.bottom() + 32 + STRIP / 2), 12.0, p.faint, Anchor::Left)?;
    for (i, series) in panel.series.iter().enumerate() {
        line(canvas, &plot, series, i, has_bands(panel))?;
    }
    name_lines(canvas, &plot, &panel.series, &labels)
}

/// Labels to the right of the lines' ends, moved apart where they would touch, each after the line's marker.
fn name_lines(canvas: &Canvas<'_>, plot: &Plot<'_, '_>, series: &[Series], labels: &[Vec<String>]) -> Result<()> {
    let p = canvas.palette;
    let end = |s: &Series| s.points.iter().enumerate().rev().find_map(|(i, point)| point.as_ref().map(|point| (plot.x(i), plot.y(point.value))));
    let ends: Vec<(i32, i32)> = series.iter().map(|s| end(s).unwrap_or((plot.right, plot.bottom()))).collect();
    let wanted: Vec<(i32, i32)> = ends.iter().zip(labels).map(|((_, y), l)| (*y, l.len() as i32 * LINE + 4)).collect();
    let places = spread(&wanted, plot.top - LINE / 2, plot.bottom() + LINE / 2);
    for (i, ((end, lines), y)) in ends.iter().zip(labels).zip(places).enumerate() {
        canvas.line(&[(end.0 + 6, end.1), (plot.right + 4, y), (plot.right + 10, y)], p.grid, 1)?;
        canvas.marker(i, (plot.right + 18, y))?;
        for (n, line) in lines.iter().enumerate() {
            let at = y + (2 * n as i32 + 1 - lines.len() as i32) * LINE / 2;
            canvas.text(line, (plot.right + 28, at), LABEL, p.ink, Anchor::Left)?;
        }
    }
    Ok(())
}
