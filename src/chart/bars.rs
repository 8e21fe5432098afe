//! Bars by group: for each speaker a small panel with that speaker's formulas, each named above its bar, with its number behind it.

use super::canvas::{Anchor, Canvas, Caption, Drawing, Link, MARGIN, draw};
use super::style::Style;
use crate::error::Result;

/// Bars in panels.
#[derive(Debug, Clone, Default)]
pub struct Bars {
    /// What is said of them.
    pub caption: Caption,
    /// The panels, by language.
    pub blocks: Vec<BarBlock>,
    /// What to say where panels have scales of their own.
    pub own_scales: String,
}

/// The panels of one language.
#[derive(Debug, Clone, Default)]
pub struct BarBlock {
    /// What the block shows, in which unit.
    pub title: String,
    /// The panels.
    pub panels: Vec<BarPanel>,
}

/// The bars of one group.
#[derive(Debug, Clone, Default)]
pub struct BarPanel {
    /// Whose they are, and of how much.
    pub title: String,
    /// The bars, in the order to draw.
    pub rows: Vec<Bar>,
    /// The first and the last of the times of which each bar tells, if they do.
    pub times: Option<[String; 2]>,
}

/// A bar.
#[derive(Debug, Clone, Default)]
pub struct Bar {
    /// Its label.
    pub label: String,
    /// How long it is.
    pub value: f64,
    /// What is written at its end.
    pub text: String,
    /// Whether it stands out: it is drawn full, others pale.
    pub strong: bool,
    /// How much of it there is in each of the times of its panel, drawn beside it up to its own highest; nothing where there could be none.
    pub times: Vec<Option<f64>>,
    /// What stands behind it.
    pub link: Option<Link>,
}

const TITLE: f64 = 14.0;
const LABEL: f64 = 12.5;
const LINE: i32 = 16;
/// Panels are at least so wide, and so far apart.
const NARROWEST: i32 = 300;
const GAP: i32 = 28;
/// The height of a bar with the room below it.
const BAR: i32 = 13;
const AFTER: i32 = 7;
/// Room for the title of a block, and below each row of panels.
const BEFORE: i32 = 30;
const BELOW: i32 = 18;
/// The height of what is drawn of times.
const TIMES: i32 = LINE + BAR - 6;
/// One of the times has at most so much room.
const WIDEST: i32 = 44;
/// If the longest bar of one panel is so many times that of another, each has its own scale.
const UNLIKE: f64 = 6.0;

/// A panel in lines.
struct Laid<'a> {
    panel: &'a BarPanel,
    title: Vec<String>,
    labels: Vec<Vec<String>>,
}

impl Laid<'_> {
    fn height(&self) -> i32 {
        let rows: i32 = self.labels.iter().map(|l| l.len() as i32 * LINE + BAR + AFTER).sum();
        self.title.len() as i32 * (LINE + 2) + 8 + rows
    }

    /// From where to where its times stand, if there is room from `left` to `right`.
    fn beside(&self, left: i32, right: i32) -> (i32, i32) {
        let times = self.panel.rows.iter().map(|r| r.times.len()).max().unwrap_or(0) as i32;
        (left, right.min(left + (times * WIDEST).max(2 * WIDEST)))
    }

    fn longest(&self) -> f64 {
        self.panel.rows.iter().map(|r| length(r.value)).fold(0.0, f64::max)
    }
}

fn length(value: f64) -> f64 {
    if value.is_finite() { value.max(0.0) } else { 0.0 }
}

/// A block: its panels, row by row.
struct Layout<'a> {
    width: i32,
    rows: Vec<Vec<Laid<'a>>>,
    /// The longest bar of all; none if each panel has its own scale.
    scale: Option<f64>,
}

impl<'a> Layout<'a> {
    fn of(block: &'a BarBlock, style: &Style) -> Layout<'a> {
        let room = style.width - 2 * MARGIN;
        let timed = block.panels.iter().any(|p| p.times.is_some());
        // Times stand beside the panel.
        let columns = if timed { 1 } else { ((room + GAP) / (NARROWEST + GAP)).clamp(1, 4).min(block.panels.len().max(1) as i32) };
        let width = (if timed { room * 3 / 5 } else { (room + GAP) / columns - GAP }).min(2 * NARROWEST);
        let laid = |panel: &'a BarPanel| Laid {
            panel,
            title: style.font.wrap(&panel.title, TITLE, width, 2),
            labels: panel.rows.iter().map(|r| style.font.wrap(&r.label, LABEL, width, 2)).collect(),
        };
        let rows: Vec<Vec<Laid<'a>>> = block.panels.chunks(columns as usize).map(|row| row.iter().map(laid).collect()).collect();
        let longest = || rows.iter().flatten().map(Laid::longest).filter(|l| *l > 0.0);
        let highest = longest().fold(0.0, f64::max);
        let own = highest > UNLIKE * longest().fold(f64::INFINITY, f64::min);
        Layout { width, rows, scale: (!own).then_some(highest) }
    }

    fn row_height(row: &[Laid<'_>]) -> i32 {
        row.iter().map(Laid::height).max().unwrap_or(0) + BELOW
    }

    fn height(&self) -> i32 {
        BEFORE + self.rows.iter().map(|r| Layout::row_height(r)).sum::<i32>()
    }
}

/// Draws `data`.
///
/// # Errors
/// What plotters cannot draw.
pub fn bars(data: &Bars, style: &Style) -> Result<Drawing> {
    let layouts: Vec<Layout<'_>> = data.blocks.iter().map(|b| Layout::of(b, style)).collect();
    let height: i32 = layouts.iter().map(Layout::height).sum();
    draw(style, &data.caption, (height > 0).then_some(height), |canvas, mut top| {
        for (block, layout) in data.blocks.iter().zip(&layouts) {
            let note = if layout.scale.is_none() && !data.own_scales.is_empty() { data.own_scales.clone() } else { String::new() };
            let title = style.font.fit(&format!("{}{note}", block.title), TITLE, style.width - 2 * MARGIN);
            canvas.text(&title, (MARGIN, top + 12), TITLE, canvas.palette.ink, Anchor::Left)?;
            let mut y = top + BEFORE;
            for row in &layout.rows {
                for (i, laid) in row.iter().enumerate() {
                    paint(canvas, laid, layout, (MARGIN + i as i32 * (layout.width + GAP), y))?;
                }
                y += Layout::row_height(row);
            }
            top += layout.height();
        }
        Ok(())
    })
}

fn paint(canvas: &Canvas<'_>, laid: &Laid<'_>, layout: &Layout<'_>, (x, mut y): (i32, i32)) -> Result<()> {
    let (font, p) = (&canvas.style.font, canvas.palette);
    for line in &laid.title {
        canvas.text(line, (x, y + LINE / 2), TITLE, p.ink, Anchor::Left)?;
        y += LINE + 2;
    }
    canvas.line(&[(x, y + 2), (x + layout.width, y + 2)], p.faint, 1)?;
    let beside = laid.beside(x + layout.width + GAP, canvas.style.width - MARGIN);
    if let Some([first, last]) = &laid.panel.times {
        canvas.text(first, (beside.0, y - LINE / 2), LABEL, p.faint, Anchor::Left)?;
        canvas.text(last, (beside.1, y - LINE / 2), LABEL, p.faint, Anchor::Right)?;
        canvas.line(&[(beside.0, y + 2), (beside.1, y + 2)], p.faint, 1)?;
    }
    y += 8;
    let longest = layout.scale.unwrap_or_else(|| laid.longest());
    let widest = laid.panel.rows.iter().map(|r| font.width(&r.text, LABEL)).max().unwrap_or(0) + 8;
    let room = (layout.width - widest).max(10);
    for (row, lines) in laid.panel.rows.iter().zip(&laid.labels) {
        let top = y;
        for line in lines {
            canvas.text(line, (x, y + LINE / 2), LABEL, p.ink, Anchor::Left)?;
            y += LINE;
        }
        let share = if longest > 0.0 { length(row.value) / longest } else { 0.0 };
        let end = x + (share * f64::from(room)).round().max(1.0) as i32;
        canvas.area(&[(x, y + 4), (end, y + 4), (end, y + BAR), (x, y + BAR)], canvas.colour(0), strength(row))?;
        times(canvas, row, beside, y + BAR)?;
        canvas.text(&row.text, (end + 5, y + BAR / 2 + 2), LABEL, p.ink, Anchor::Left)?;
        canvas.mark(row.link.as_ref(), (x, top), (x + layout.width, y + BAR));
        y += BAR + AFTER;
    }
    Ok(())
}

fn strength(row: &Bar) -> f64 {
    if row.strong { 1.0 } else { 0.45 }
}

/// A column for each of the times, on a line at `base` that is broken where there could be none.
fn times(canvas: &Canvas<'_>, row: &Bar, (left, right): (i32, i32), base: i32) -> Result<()> {
    let highest = row.times.iter().flatten().map(|v| length(*v)).fold(0.0, f64::max);
    let step = f64::from(right - left) / row.times.len().max(1) as f64;
    for (i, value) in row.times.iter().enumerate() {
        let Some(value) = value else { continue };
        let [from, to] = [i, i + 1].map(|i| left + (i as f64 * step).round() as i32);
        canvas.line(&[(from, base), (to, base)], canvas.palette.grid, 1)?;
        let tall = if highest > 0.0 { (length(*value) / highest * f64::from(TIMES)).ceil() as i32 } else { 0 };
        if tall > 0 {
            let to = to.min(from + (step * 0.85).round() as i32).max(from + 1);
            canvas.area(&[(from, base - tall), (to, base - tall), (to, base), (from, base)], canvas.colour(0), strength(row))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::looks::{check, golden, label};

    fn sample(panels: usize, rows: usize, value: impl Fn(usize, usize) -> f64) -> Bars {
        let bar = |p: usize, r: usize| Bar {
            label: label(p + r),
            value: value(p, r),
            text: (rows - r).to_string(),
            strong: r == 1,
            times: Vec::new(),
            link: Some(Link { query: format!("{p} {r}"), title: String::new() }),
        };
        let panel = |p: usize| BarPanel { title: format!("{} in 12,345 words", label(p)), rows: (0..rows).map(|r| bar(p, r)).collect(), times: None };
        Bars {
            caption: Caption { title: "The commonest formulas of each speaker".into(), subtitle: "n".into(), note: String::new(), empty: "Nobody.".into() },
            blocks: if panels == 0 { Vec::new() } else { vec![BarBlock { title: "English".into(), panels: (0..panels).map(panel).collect() }] },
            own_scales: "each on a scale of its own".into(),
        }
    }

    #[test]
    fn nothing_overlaps() {
        let plain = |p: usize, r: usize| (20 - r.min(19)) as f64 / (p + 1) as f64;
        for (panels, rows) in [(0, 0), (1, 1), (1, 40), (6, 8), (12, 3)] {
            check(&format!("bars-{panels}-{rows}"), |style| bars(&sample(panels, rows, plain), style));
        }
        for (name, value) in [("zero", 0.0), ("huge", 1e300), ("nan", f64::NAN), ("infinite", f64::INFINITY), ("negative", -3.0)] {
            check(&format!("bars-{name}"), |style| bars(&sample(3, 3, |_, _| value), style));
        }
    }

    /// One panel whose bars tell of so many years; there is nothing in every fifth, and no text in every seventh.
    fn timed(rows: usize, years: usize) -> Bars {
        let mut data = sample(1, rows, |_, r| (2 * rows - r) as f64);
        let panel = &mut data.blocks[0].panels[0];
        panel.times = Some([1950.to_string(), (1949 + years).to_string()]);
        for (r, row) in panel.rows.iter_mut().enumerate() {
            row.times = (0..years).map(|y| (y % 7 != 3).then(|| if y % 5 == 0 { 0.0 } else { ((r + 1) * y % 11) as f64 })).collect();
        }
        data
    }

    #[test]
    fn times_stand_beside_their_bars() {
        for (rows, years) in [(1, 1), (3, 12), (20, 76), (2, 900)] {
            check(&format!("bars-times-{rows}-{years}"), |style| bars(&timed(rows, years), style));
        }
        golden("bars-times", |style| bars(&timed(5, 30), style));
    }

    #[test]
    fn is_as_it_was() {
        golden("bars", |style| bars(&sample(4, 4, |p, r| (10 - 2 * r) as f64 / (p + 1) as f64), style));
    }
}
