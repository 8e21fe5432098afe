//! Two groups compared: a dot and its interval for each formula, on an axis of log ratios (base 2) whose middle is "as often in both".
//! What lies on a side is said more often by the group of that side, so that direction can be read without colour.

mod layout;

use self::layout::{BETWEEN, Frame, LINE, Layout, RADIUS, SMALL_LINE, TEXT, times};
use super::axis::{TICK, short};
use super::canvas::{Anchor, Canvas, Caption, Drawing, Link, MARGIN, draw};
use super::style::Style;
use crate::error::Result;

/// Two groups compared.
#[derive(Debug, Clone, Default)]
pub struct Intervals {
    /// What is said of it.
    pub caption: Caption,
    /// The blocks of rows, one a language. All share one axis.
    pub blocks: Vec<IntervalBlock>,
}

/// The rows of one language.
#[derive(Debug, Clone, Default)]
pub struct IntervalBlock {
    /// What the block shows.
    pub title: String,
    /// What it means to lie on the left side.
    pub left: String,
    /// What it means to lie on the right side.
    pub right: String,
    /// What the axis shows; here it can be said what a ring is.
    pub axis: String,
    /// The head of the column of the group on the left side.
    pub before: String,
    /// The head of the column of the group on the right side.
    pub after: String,
    /// The rows, in the order to draw.
    pub rows: Vec<IntervalRow>,
}

/// A formula.
#[derive(Debug, Clone, Default)]
pub struct IntervalRow {
    /// Its label.
    pub label: String,
    /// The log ratio, base 2; negative on the left side.
    pub value: f64,
    /// The lower end of its interval; `None` is open.
    pub low: Option<f64>,
    /// The upper end; `None` is open.
    pub high: Option<f64>,
    /// What is written of the group on the left side.
    pub before: String,
    /// What is written of the group on the right side.
    pub after: String,
    /// Whether the difference is clear: a dot; else a ring.
    pub clear: bool,
    /// Whether the value is nothing but one end of the interval: it has no dot.
    pub open: bool,
    /// What stands behind it.
    pub link: Option<Link>,
}

/// Draws `intervals`.
///
/// # Errors
/// What plotters cannot draw.
pub fn intervals(intervals: &Intervals, style: &Style) -> Result<Drawing> {
    let blocks: Vec<&IntervalBlock> = intervals.blocks.iter().filter(|b| !b.rows.is_empty()).collect();
    let frame = Frame::of(&blocks, style);
    let layouts: Vec<Layout> = blocks.iter().map(|b| Layout::of(b, &frame, style)).collect();
    let height: i32 = layouts.iter().map(Layout::height).sum();
    draw(style, &intervals.caption, (height > 0).then_some(height), |canvas, mut top| {
        for (layout, block) in layouts.iter().zip(&blocks) {
            paint(canvas, &frame, layout, block, top)?;
            top += layout.height();
        }
        Ok(())
    })
}

fn paint(canvas: &Canvas<'_>, frame: &Frame, layout: &Layout, block: &IntervalBlock, top: i32) -> Result<()> {
    let (font, p, width) = (&canvas.style.font, canvas.palette, canvas.style.width);
    canvas.text(&font.fit(&block.title, 14.0, width - 2 * MARGIN), (MARGIN, top + 12), 14.0, p.ink, Anchor::Left)?;
    let first = top + layout.top();
    paint_sides(canvas, frame, layout, first - layout.below_sides())?;
    let rights = [width - MARGIN - frame.columns[1], width - MARGIN];
    for (lines, right) in layout.heads.iter().zip(rights) {
        for (n, line) in lines.iter().rev().enumerate() {
            canvas.text(line, (right, first - 12 - n as i32 * SMALL_LINE), TICK, p.faint, Anchor::Right)?;
        }
    }
    paint_axis(canvas, frame, layout, first)?;
    let mut y = first;
    for (i, row) in block.rows.iter().enumerate() {
        let height = layout.row_height(i);
        let middle = y + height / 2;
        for (n, line) in layout.labels[i].iter().enumerate() {
            let at = middle + (2 * n as i32 + 1 - layout.labels[i].len() as i32) * LINE / 2;
            canvas.text(line, (MARGIN, at), TEXT, p.ink, Anchor::Left)?;
        }
        interval(canvas, frame, row, middle)?;
        for ((text, right), column) in [&row.before, &row.after].into_iter().zip(rights).zip(frame.columns) {
            canvas.text(&font.fit(text, TICK, column - BETWEEN), (right, middle), TICK, p.ink, Anchor::Right)?;
        }
        canvas.mark(row.link.as_ref(), (MARGIN, y), (width - MARGIN, y + height));
        y += height;
    }
    Ok(())
}

/// What the two sides mean: from the middle, an arrow to each side and its words, which end at `bottom`.
fn paint_sides(canvas: &Canvas<'_>, frame: &Frame, layout: &Layout, bottom: i32) -> Result<()> {
    let p = canvas.palette;
    for (series, (lines, out)) in layout.sides.iter().zip([-1, 1]).enumerate() {
        let y = bottom - 4 - LINE / 2;
        let (from, to) = (frame.middle() + 7 * out, frame.middle() + 27 * out);
        if !lines.is_empty() {
            canvas.line(&[(from, y), (to, y)], canvas.colour(series), 2)?;
            arrow(canvas, (to + 2 * out, y), out, canvas.colour(series))?;
        }
        for (n, line) in lines.iter().rev().enumerate() {
            let anchor = if out < 0 { Anchor::Right } else { Anchor::Left };
            canvas.text(line, (to + 9 * out, y - n as i32 * LINE), TEXT, p.ink, anchor)?;
        }
    }
    Ok(())
}

/// Strips behind the rows, which begin at `first`, a line at each tick, and what the ticks mean.
fn paint_axis(canvas: &Canvas<'_>, frame: &Frame, layout: &Layout, first: i32) -> Result<()> {
    let p = canvas.palette;
    let (from, to) = (MARGIN - 6, canvas.style.width - MARGIN + 6);
    let mut y = first;
    for i in 0..layout.labels.len() {
        let next = y + layout.row_height(i);
        if i % 2 == 0 {
            canvas.area(&[(from, y), (to, y), (to, next), (from, next)], p.grid, 0.35)?;
        }
        y = next;
    }
    for tick in frame.ticks() {
        let x = frame.x(tick);
        canvas.line(&[(x, first), (x, y + 4)], if tick == 0.0 { p.faint } else { p.grid }, 1)?;
        canvas.text(&short(tick), (x, y + 13), TICK, p.faint, Anchor::Middle)?;
        canvas.text(&times(tick), (x, y + 13 + SMALL_LINE), TICK, p.faint, Anchor::Middle)?;
        if layout.long {
            canvas.text(&times(tick), (x, first - 12), TICK, p.faint, Anchor::Middle)?;
        }
    }
    for (n, line) in layout.axis.iter().enumerate() {
        // Under the middle of the plot, as far as there is room.
        let half = canvas.style.font.width(line, TICK) / 2;
        let x = frame.middle().min(canvas.style.width - MARGIN - half).max(MARGIN + half);
        canvas.text(line, (x, y + 16 + (n as i32 + 2) * SMALL_LINE), TICK, p.faint, Anchor::Middle)?;
    }
    Ok(())
}

/// An interval and its dot; what goes on beyond the plot ends in an arrow.
fn interval(canvas: &Canvas<'_>, frame: &Frame, row: &IntervalRow, y: i32) -> Result<()> {
    if row.value.is_nan() {
        return Ok(());
    }
    let colour = match row.value {
        v if v < 0.0 => canvas.colour(0),
        v if v > 0.0 => canvas.colour(1),
        _ => canvas.palette.faint,
    };
    let end = |end: Option<f64>, open: f64| end.map_or(open, |e| if e.is_nan() { row.value } else { e });
    let (low, high) = (end(row.low, f64::NEG_INFINITY).min(row.value), end(row.high, f64::INFINITY).max(row.value));
    let left = if low < -frame.reach { frame.left + 2 } else { frame.x(low) };
    let right = if high > frame.reach { frame.right - 2 } else { frame.x(high) };
    canvas.line(&[(left, y), (right, y)], colour, 2)?;
    if low < -frame.reach {
        arrow(canvas, (frame.left, y), -1, colour)?;
    }
    if high > frame.reach {
        arrow(canvas, (frame.right, y), 1, colour)?;
    }
    let at = (frame.x(row.value), y);
    if row.open {
        return Ok(());
    }
    if row.clear { canvas.dot(at, RADIUS, colour) } else { canvas.ring(at, RADIUS, colour) }
}

/// The head of an arrow that ends at `x`, to the left (−1) or right (1).
fn arrow(canvas: &Canvas<'_>, (x, y): (i32, i32), out: i32, colour: plotters::style::RGBColor) -> Result<()> {
    canvas.area(&[(x, y), (x - 7 * out, y - 4), (x - 7 * out, y + 4)], colour, 1.0)
}

#[cfg(test)]
mod tests {
    use super::layout::{FARTHEST, reach};
    use super::*;
    use crate::chart::looks::{check, golden, label};
    use crate::chart::thousands;

    fn block(n: usize, rows: Vec<IntervalRow>) -> IntervalBlock {
        let pick = |english: &str, chinese: &str| if n == 0 { english.to_owned() } else { chinese.to_owned() };
        IntervalBlock {
            title: pick("English – 23 formulas", "中文——15个提法"),
            left: pick("more often in press conferences", "记者会上更多"),
            right: pick("more often in leaders' speeches", "领导人讲话中更多"),
            axis: pick(
                "log2 of the ratio of rates, and how many times as often; lines: 95 % intervals; filled: q < 0.05",
                "频率之比（以2为底的对数）及其倍数；横线为95%区间；实心：q < 0.05",
            ),
            before: pick("Press conferences: n · rate", "记者会：次数·频率"),
            after: pick("Speeches: n · rate", "讲话：次数·频率"),
            rows,
        }
    }

    fn chart(blocks: Vec<IntervalBlock>) -> Intervals {
        let caption = Caption {
            title: "What is said more often in speeches than in press conferences".into(),
            subtitle: "English: 52,310 words in 61 press conferences and 31,870 words in 14 speeches; formulas with at least 5 occurrences".into(),
            note: "tifa 0.1.0; prc-diplomacy 0.2.1".into(),
            empty: "No formula is common enough to compare.".into(),
        };
        Intervals { caption, blocks }
    }

    fn row(label: &str, value: f64, error: f64) -> IntervalRow {
        let (low, high) = (value - error, value + error);
        let (n, rate) = ((40.0 / error / (1.0 + error)) as u64, 12.0 / (1.0 + error));
        IntervalRow {
            label: label.into(),
            value,
            low: Some(low),
            high: Some(high),
            before: format!("{} · {rate:.1}", thousands(n)),
            after: format!("{} · {:.1}", (n as f64 * value.clamp(-10.0, 10.0).exp2() * 0.6) as u64, rate * value.clamp(-10.0, 10.0).exp2()),
            clear: low > 0.0 || high < 0.0,
            open: false,
            link: Some(Link { query: label.into(), title: "3 in 2 documents".into() }),
        }
    }

    /// As real as it gets.
    fn real() -> Intervals {
        let mut english = vec![
            row("community with a shared future for mankind", 3.1, 0.8),
            row("Belt and Road Initiative", 2.4, 0.4),
            row("Global Development Initiative", 1.9, 0.7),
            row("Global Civilization Initiative", 1.8, 1.4),
            row("win-win cooperation", 1.2, 0.3),
            row("Chinese path to modernization", 0.9, 1.1),
            row("high-quality development", 0.7, 0.6),
            row("true multilateralism", 0.2, 0.5),
            row("mutual respect", 0.0, 0.4),
            row("five principles of peaceful coexistence", -0.3, 1.6),
            row("small yard, high fence", -1.1, 0.9),
            row("Cold War mentality", -1.4, 0.5),
            row("one-China principle", -2.2, 0.3),
            row("interference in internal affairs", -2.6, 0.6),
            row("responsible major country", -7.4, 2.2),
        ];
        english[3].high = None;
        english[14].low = None;
        english[14].after = "0 · 0.0".into();
        let chinese = vec![
            row("人类命运共同体", 2.6, 0.3),
            row("中国式现代化", 1.7, 0.5),
            row("高质量共建“一带一路”", 1.3, 0.4),
            row("全球发展倡议", 0.8, 0.9),
            row("真正的多边主义", 0.1, 0.4),
            row("一个中国原则", -1.6, 0.3),
            row("干涉中国内政", -2.1, 0.6),
            row("冷战思维", -2.4, 0.7),
        ];
        chart(vec![block(0, english), block(1, chinese)])
    }

    fn sample(rows: usize, blocks: usize, value: impl Fn(usize) -> f64) -> Intervals {
        let row = |i: usize| {
            let mut row = row(&label(i), value(i), 0.3 + (i * 7 % 5) as f64 / 2.0);
            row.low = row.low.filter(|_| i % 7 != 3);
            row.high = row.high.filter(|_| i % 6 != 5);
            row
        };
        chart((0..blocks).map(|n| block(n, (0..rows).map(row).collect())).collect())
    }

    #[test]
    fn nothing_overlaps() {
        for (rows, blocks) in [(0, 0), (0, 1), (1, 1), (7, 2), (40, 1), (40, 2)] {
            let data = sample(rows, blocks, |i| (i * 11 % 17) as f64 / 3.0 - 2.5);
            check(&format!("intervals-{rows}-{blocks}"), |style| intervals(&data, style));
        }
        check("intervals-real", |style| intervals(&real(), style));
    }

    /// The log ratio of a row.
    type Value = fn(usize) -> f64;

    #[test]
    fn odd_values_are_drawn() {
        let odd = [0.0, 1e300, -1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e-12, 7.0];
        let all: [(&str, Value); 4] =
            [("zero", |_| 0.0), ("negative", |i| -0.1 - i as f64 / 4.0), ("huge", |i| 1e9 * (i as f64 - 4.0)), ("tiny", |i| i as f64 / 1e4)];
        for (name, value) in all {
            check(&format!("intervals-{name}"), |style| intervals(&sample(9, 1, value), style));
        }
        let mut data = sample(16, 1, |i| odd[i % 8]);
        for (i, row) in data.blocks[0].rows.iter_mut().enumerate().skip(8) {
            (row.low, row.high) = (Some(odd[(i + 3) % 8]), Some(odd[(i + 5) % 8]));
        }
        check("intervals-odd", |style| intervals(&data, style));
        for row in &mut data.blocks[0].rows {
            (row.before, row.after, row.label) = (String::new(), String::new(), String::new());
        }
        data.blocks[0] = IntervalBlock { rows: data.blocks[0].rows.clone(), ..IntervalBlock::default() };
        check("intervals-bare", |style| intervals(&data, style));
    }

    #[test]
    fn the_axis_holds_most() {
        let of = |values: &[(f64, f64)]| {
            let rows: Vec<IntervalRow> = values.iter().map(|(v, e)| row("", *v, *e)).collect();
            reach(rows.iter())
        };
        assert_eq!(of(&[]), 1.0);
        assert_eq!(of(&[(0.2, 0.1)]), 1.0);
        assert_eq!(of(&[(1.0, 0.4), (-2.1, 0.2)]), 2.5);
        // One far out does not squeeze the others; nor does an interval.
        assert_eq!(of(&[(1.0, 0.1), (-1.0, 0.1), (1.0, 0.1), (-1.0, 0.1), (9.0, 0.1)]), 2.0);
        assert_eq!(of(&[(1.0, 30.0)]), 2.0);
        assert_eq!(of(&[(1e300, 1.0)]), FARTHEST);
        assert_eq!((times(0.0), times(-2.0), times(10.0)), ("1×".into(), "4×".into(), "1,024×".into()));
    }

    #[test]
    fn sides_are_told_apart_and_rows_can_be_asked() {
        let drawing = intervals(&real(), &Style::default()).unwrap();
        assert_eq!(drawing.marks.len(), 23);
        assert_eq!(drawing.marks[0].link.query, "community with a shared future for mankind");
        assert!(drawing.missing.is_empty(), "{:?}", drawing.missing);
    }

    #[test]
    fn is_as_it_was() {
        golden("intervals", |style| intervals(&real(), style));
    }
}
