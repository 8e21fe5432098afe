//! Parts of a whole over time: stacked areas where the whole itself changes (themes), stacked columns of the same height where only the
//! shares are of interest (wordings of a formula). A strip below shows how much there is in each period.

use plotters::style::RGBColor;

use super::axis::{TICK, ticks};
use super::canvas::{Anchor, Canvas, Caption, Drawing, Link, MARGIN, draw};
use super::plot::{Plot, STRIP, numbers, spread};
use super::style::{SERIES, Style};
use crate::error::Result;

/// Parts over time.
#[derive(Debug, Clone, Default)]
pub struct Stack {
    /// What is said of it.
    pub caption: Caption,
    /// The periods, in order, without gaps.
    pub periods: Vec<String>,
    /// One panel a whole.
    pub panels: Vec<StackPanel>,
    /// Whether the parts are shares of a whole that is always 1.
    pub shares: bool,
}

/// A whole and its parts.
#[derive(Debug, Clone, Default)]
pub struct StackPanel {
    /// What the panel shows, in which unit.
    pub title: String,
    /// The parts, from the bottom up.
    pub layers: Vec<Layer>,
    /// Of shares: how many a column stands for, by period. Else text per period; 0 is a gap.
    pub totals: Vec<u64>,
    /// What to say of that.
    pub words: String,
}

/// A part.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// Its label.
    pub label: String,
    /// The number of its colour; none: that of what is left over.
    pub colour: Option<usize>,
    /// Its value in each period.
    pub values: Vec<f64>,
    /// What stands behind each value; empty, or one a period.
    pub links: Vec<Link>,
}

const LABEL: f64 = 13.0;
const LINE: i32 = 17;
const BEFORE: i32 = 36;
const AFTER: i32 = 30 + STRIP + 26;

/// Draws `data`.
///
/// # Errors
/// What plotters cannot draw.
pub fn stack(data: &Stack, style: &Style) -> Result<Drawing> {
    let panels: &[StackPanel] = if data.periods.is_empty() { &[] } else { &data.panels };
    let layouts: Vec<Layout> = panels.iter().map(|p| Layout::of(p, style)).collect();
    let height: i32 = layouts.iter().map(Layout::height).sum();
    draw(style, &data.caption, (height > 0).then_some(height), |canvas, mut top| {
        for (panel, layout) in panels.iter().zip(&layouts) {
            paint(canvas, data, panel, layout, top)?;
            top += layout.height();
        }
        Ok(())
    })
}

/// How one panel is laid out.
struct Layout {
    /// The width of the labels.
    width: i32,
    labels: Vec<Vec<String>>,
    plot: i32,
}

impl Layout {
    fn of(panel: &StackPanel, style: &Style) -> Layout {
        let most = style.width * 34 / 100;
        let words = style.font.width(&panel.words, TICK) + 24;
        let own = panel.layers.iter().map(|l| style.font.width(&l.label, LABEL) + 40);
        let width = own.chain([words, 140]).max().unwrap_or(140).min(most);
        let labels: Vec<Vec<String>> = panel.layers.iter().map(|l| style.font.wrap(&l.label, LABEL, width - 40, 2)).collect();
        let plot = style.plot.max(labels.iter().map(|l| l.len() as i32 * LINE + 4).sum());
        Layout { width, labels, plot }
    }

    fn height(&self) -> i32 {
        BEFORE + self.plot + AFTER
    }
}

/// The lower and upper edge of each layer in each period.
fn edges(panel: &StackPanel, periods: usize) -> Vec<Vec<(f64, f64)>> {
    let mut base = vec![0.0; periods];
    let mut edges = Vec::new();
    for layer in &panel.layers {
        let own: Vec<(f64, f64)> = base.iter().zip(&layer.values).map(|(b, v)| (*b, b + v.max(0.0))).collect();
        base = own.iter().map(|(_, top)| *top).collect();
        edges.push(own);
    }
    edges
}

fn paint(canvas: &Canvas<'_>, data: &Stack, panel: &StackPanel, layout: &Layout, top: i32) -> Result<()> {
    let (style, p) = (canvas.style, canvas.palette);
    let edges = edges(panel, data.periods.len());
    let highest = edges.last().map_or(0.0, |e| e.iter().map(|(_, top)| *top).fold(0.0, f64::max));
    let ticks = if data.shares { vec![0.0, 0.25, 0.5, 0.75, 1.0] } else { ticks(highest) };
    let plain = numbers(&ticks);
    let number = |x: f64| if data.shares { format!("{:.0} %", x * 100.0) } else { plain(x) };
    let left = MARGIN + 8 + ticks.iter().map(|t| style.font.width(&number(*t), TICK)).max().unwrap_or(0);
    let plot = Plot {
        canvas,
        periods: &data.periods,
        left,
        right: style.width - layout.width,
        top: top + BEFORE,
        height: layout.plot,
        max: ticks.last().copied().unwrap_or(1.0),
    };
    canvas.text(&style.font.fit(&panel.title, 14.0, style.width - 2 * MARGIN), (MARGIN, top + 12), 14.0, p.ink, Anchor::Left)?;
    plot.grid(&ticks, number)?;
    plot.names()?;
    for (i, own) in edges.iter().enumerate() {
        if data.shares {
            columns(canvas, &plot, panel, own, i)?;
        } else {
            areas(canvas, &plot, panel, own, i)?;
        }
        for (period, link) in panel.layers[i].links.iter().enumerate().filter(|(p, _)| own[*p].1 > own[*p].0) {
            let half = ((plot.step() / 2.0).floor() as i32).max(1);
            let (low, high) = (plot.y(own[period].0), plot.y(own[period].1));
            canvas.mark(Some(link), (plot.x(period) - half, high), (plot.x(period) + half, low.max(high + 1)));
        }
    }
    plot.strip(&panel.totals, plot.bottom() + 30 + STRIP, STRIP)?;
    let words = style.font.fit(&panel.words, TICK, layout.width - 24);
    canvas.text(&words, (plot.right + 12, plot.bottom() + 32 + STRIP / 2), TICK, p.faint, Anchor::Left)?;
    name_layers(canvas, &plot, layout, &panel.layers, &edges)
}

/// The fill of a layer and how opaque that is: beyond the number of colours, of what is left over too, the last one, paler.
fn fill(canvas: &Canvas<'_>, layer: &Layer) -> (RGBColor, f64) {
    match layer.colour {
        Some(colour) if colour < SERIES => (canvas.colour(colour), 0.85),
        Some(colour) => (canvas.colour(colour), 0.45),
        None => (canvas.palette.faint, 0.4),
    }
}

/// A layer through the periods with text; a lone period is a column.
fn areas(canvas: &Canvas<'_>, plot: &Plot<'_, '_>, panel: &StackPanel, own: &[(f64, f64)], layer: usize) -> Result<()> {
    let periods: Vec<usize> = (0..own.len()).collect();
    for stretch in periods.split(|i| panel.totals.get(*i).is_none_or(|n| *n == 0)).filter(|s| !s.is_empty()) {
        if let [only] = stretch {
            column(canvas, plot, *only, own[*only], fill(canvas, &panel.layers[layer]))?;
            continue;
        }
        let lower = stretch.iter().map(|i| (plot.x(*i), plot.y(own[*i].0)));
        let upper = stretch.iter().rev().map(|i| (plot.x(*i), plot.y(own[*i].1)));
        let (colour, opacity) = fill(canvas, &panel.layers[layer]);
        canvas.area(&lower.chain(upper).collect::<Vec<_>>(), colour, opacity)?;
        // A line of paper between layers tells them apart in grey.
        let edge: Vec<(i32, i32)> = stretch.iter().map(|i| (plot.x(*i), plot.y(own[*i].1))).collect();
        canvas.line(&edge, canvas.palette.paper, 1)?;
    }
    Ok(())
}

fn columns(canvas: &Canvas<'_>, plot: &Plot<'_, '_>, panel: &StackPanel, own: &[(f64, f64)], layer: usize) -> Result<()> {
    for period in (0..own.len()).filter(|i| panel.totals.get(*i).is_some_and(|n| *n > 0)) {
        column(canvas, plot, period, own[period], fill(canvas, &panel.layers[layer]))?;
    }
    Ok(())
}

fn column(canvas: &Canvas<'_>, plot: &Plot<'_, '_>, period: usize, (low, high): (f64, f64), (colour, opacity): (RGBColor, f64)) -> Result<()> {
    let half = ((plot.step() * 0.4) as i32).clamp(1, 26);
    let (x, low, high) = (plot.x(period), plot.y(low), plot.y(high));
    if low <= high {
        return Ok(());
    }
    let corners = [(x - half, low), (x + half, low), (x + half, high), (x - half, high)];
    canvas.area(&corners, colour, opacity)?;
    canvas.line(&[(x - half, high), (x + half, high)], canvas.palette.paper, 1)
}

/// Labels to the right, each beside its layer where that is last seen, from the top down.
fn name_layers(canvas: &Canvas<'_>, plot: &Plot<'_, '_>, layout: &Layout, layers: &[Layer], edges: &[Vec<(f64, f64)>]) -> Result<()> {
    let p = canvas.palette;
    let last = |own: &Vec<(f64, f64)>| own.iter().rev().find(|(low, high)| high > low).or(own.last()).copied().unwrap_or((0.0, 0.0));
    let wanted: Vec<(i32, i32)> = edges
        .iter()
        .zip(&layout.labels)
        .map(|(own, lines)| {
            let (low, high) = last(own);
            ((plot.y(low) + plot.y(high)) / 2, lines.len() as i32 * LINE + 4)
        })
        .collect();
    let places = spread(&wanted, plot.top - LINE / 2, plot.bottom() + LINE / 2);
    for (i, (lines, y)) in layout.labels.iter().zip(places).enumerate() {
        let corners = [(plot.right + 12, y - 6), (plot.right + 24, y - 6), (plot.right + 24, y + 6), (plot.right + 12, y + 6)];
        let (colour, opacity) = fill(canvas, &layers[i]);
        canvas.area(&corners, colour, opacity)?;
        for (n, line) in lines.iter().enumerate() {
            let at = y + (2 * n as i32 + 1 - lines.len() as i32) * LINE / 2;
            canvas.text(line, (plot.right + 30, at), LABEL, p.ink, Anchor::Left)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::looks::{check, golden, label};

    fn sample(layers: usize, periods: usize, panels: usize, shares: bool) -> Stack {
        let gap = |p: usize| p % 7 == 5;
        let value = |l: usize, p: usize| if gap(p) { 0.0 } else { 1.0 + ((l * 5 + p * 3) % 7) as f64 };
        let whole = |p: usize| if shares { (0..layers).map(|l| value(l, p)).sum::<f64>().max(1.0) } else { 1.0 };
        let layer = |l: usize| Layer {
            label: label(l),
            colour: (l != 2).then_some(l),
            values: (0..periods).map(|p| value(l, p) / whole(p)).collect(),
            links: (0..periods).map(|p| Link { query: format!("{l} {p}"), title: String::new() }).collect(),
        };
        let panel = |_| StackPanel {
            title: "English – per 10,000 words".into(),
            layers: (0..layers).map(layer).collect(),
            totals: (0..periods).map(|p| if gap(p) { 0 } else { 100 + p as u64 }).collect(),
            words: "text read: 123,456 words".into(),
        };
        Stack {
            caption: Caption { title: "Themes over time".into(), subtitle: "16 documents".into(), note: "tifa".into(), empty: "Nothing.".into() },
            periods: (0..periods).map(|p| (1990 + p).to_string()).collect(),
            panels: (0..panels).map(panel).collect(),
            shares,
        }
    }

    #[test]
    fn nothing_overlaps() {
        for (layers, periods, panels) in [(0, 0, 0), (1, 1, 1), (6, 12, 2), (3, 60, 1), (40, 9, 1)] {
            for shares in [false, true] {
                let data = sample(layers, periods, panels, shares);
                check(&format!("stack-{layers}-{periods}-{panels}-{shares}"), |style| stack(&data, style));
            }
        }
    }

    #[test]
    fn is_as_it_was() {
        golden("stack", |style| stack(&sample(4, 12, 1, false), style));
        golden("stack-shares", |style| stack(&sample(3, 6, 1, true), style));
    }
}
