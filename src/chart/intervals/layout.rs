//! How the rows of a comparison are laid out: what all blocks share, and the lines of each.

use super::super::axis::{TICK, thousands};
use super::super::canvas::MARGIN;
use super::super::style::Style;
use super::{IntervalBlock, IntervalRow};

pub(super) const TEXT: f64 = 13.0;
pub(super) const LINE: i32 = 17;
/// Between the lines of one row, and round them.
const GAP: i32 = 8;
pub(super) const SMALL_LINE: i32 = 15;
/// Dots keep so far from the edges of the plot; there is room for an arrow.
const EDGE: i32 = 12;
pub(super) const RADIUS: i32 = 4;
/// Between columns.
pub(super) const BETWEEN: i32 = 14;
/// The axis reaches at most so far: a thousand times as often.
pub(super) const FARTHEST: f64 = 10.0;
/// With more rows, the axis is named at the top too.
const LONG: usize = 16;
/// Room for a block's title, and below its axis.
const BEFORE: i32 = 32;
const AFTER: i32 = 22;

/// What all blocks have in common.
pub(super) struct Frame {
    /// The sides of the plot.
    pub left: i32,
    pub right: i32,
    /// The widths of the columns of text on its right.
    pub columns: [i32; 2],
    /// The value at its edges.
    pub reach: f64,
    /// Between ticks.
    pub step: u32,
}

impl Frame {
    pub fn of(blocks: &[&IntervalBlock], style: &Style) -> Frame {
        let font = &style.font;
        let room = style.width - 2 * MARGIN;
        let rows = || blocks.iter().flat_map(|b| &b.rows);
        let label = rows().map(|r| font.width(&r.label, TEXT)).max().unwrap_or(0).min(room * 31 / 100);
        let column = |text: fn(&IntervalRow) -> &String, head: fn(&IntervalBlock) -> &String| {
            let texts = rows().map(|r| font.width(text(r), TICK)).max().unwrap_or(0);
            let heads = || blocks.iter().map(|b| head(b));
            let head = heads().map(|h| font.width(h, TICK)).max().unwrap_or(0).min(room / 8);
            // A head may be broken, but not within a word.
            let word = heads().flat_map(|h| h.split(' ')).map(|w| font.width(w, TICK)).max().unwrap_or(0);
            let width = texts.min(room * 17 / 100).max(head.max(word).min(room * 15 / 100));
            if width == 0 { 0 } else { width + BETWEEN }
        };
        let columns = [column(|r| &r.before, |b| &b.before), column(|r| &r.after, |b| &b.after)];
        let (left, right) = (MARGIN + label + BETWEEN, style.width - MARGIN - columns[0] - columns[1]);
        let reach = reach(rows());
        let mut frame = Frame { left, right, columns, reach, step: 1 };
        let widest = font.width(&times(reach), TICK);
        // If need be, only the middle and the last whole number on each side.
        let most = reach.floor() as u32;
        frame.step = [1, 2, 5].into_iter().find(|s| *s <= most && frame.x(f64::from(*s)) - frame.middle() > widest).unwrap_or(most);
        frame
    }

    pub fn middle(&self) -> i32 {
        (self.left + self.right) / 2
    }

    /// Where a value is; what is beyond the axis is at the last place for a dot.
    pub fn x(&self, value: f64) -> i32 {
        let half = f64::from(self.right - self.middle() - EDGE);
        self.middle() + ((value / self.reach).clamp(-1.0, 1.0) * half).round() as i32
    }

    /// Where there are ticks.
    pub fn ticks(&self) -> impl Iterator<Item = f64> {
        let most = (self.reach / f64::from(self.step)).floor() as i32;
        let step = f64::from(self.step);
        (-most..=most).map(move |i| f64::from(i) * step)
    }
}

/// How far the axis reaches on both sides: over all values and most intervals, but for what lies far out.
pub(super) fn reach<'r>(rows: impl Iterator<Item = &'r IntervalRow> + Clone) -> f64 {
    let most = |values: &mut dyn Iterator<Item = f64>| {
        let mut sizes: Vec<f64> = values.filter(|v| v.is_finite()).map(f64::abs).collect();
        sizes.sort_by(f64::total_cmp);
        let at = (sizes.len() * 4).div_ceil(5);
        (sizes.get(at.saturating_sub(1)).copied().unwrap_or(0.0), sizes.last().copied().unwrap_or(0.0))
    };
    let (usual, largest) = most(&mut rows.clone().map(|r| r.value));
    let values = largest.min(1.6 * usual);
    let (ends, _) = most(&mut rows.flat_map(|r| [r.low, r.high]).flatten());
    let reach = values.max(ends.min(1.6 * values));
    // By halves.
    (reach * 2.0).ceil().clamp(2.0, 2.0 * FARTHEST) / 2.0
}

/// What a log ratio means.
pub(super) fn times(value: f64) -> String {
    format!("{}×", thousands(value.abs().exp2().round() as u64))
}

/// How one block is laid out.
pub(super) struct Layout {
    pub labels: Vec<Vec<String>>,
    pub sides: [Vec<String>; 2],
    pub heads: [Vec<String>; 2],
    pub axis: Vec<String>,
    /// Whether the sides' words stand above the plot alone, not above the columns too, and so beside the heads of these.
    pub beside: bool,
    /// Whether the axis is named at the top too.
    pub long: bool,
}

impl Layout {
    pub fn of(block: &IntervalBlock, frame: &Frame, style: &Style) -> Layout {
        let font = &style.font;
        let label = frame.left - BETWEEN - MARGIN;
        let side = |words: &str, room: i32| font.wrap(words, TEXT, room - 36, 2);
        let head = |words: &str, column: i32| font.wrap(words, TICK, (column - BETWEEN).max(0), 3);
        let narrow = side(&block.right, frame.right - frame.middle());
        let beside = block.right.is_empty() || (!narrow.is_empty() && !narrow.iter().any(|l| l.ends_with('…')));
        let right = if beside { narrow } else { side(&block.right, style.width - MARGIN - frame.middle()) };
        Layout {
            labels: block.rows.iter().map(|r| font.wrap(&r.label, TEXT, label, 3)).collect(),
            sides: [side(&block.left, frame.middle() - MARGIN), right],
            heads: [head(&block.before, frame.columns[0]), head(&block.after, frame.columns[1])],
            axis: font.wrap(&block.axis, TICK, style.width - 2 * MARGIN, 2),
            beside,
            long: block.rows.len() > LONG,
        }
    }

    pub fn heads_height(&self) -> i32 {
        self.heads.iter().map(Vec::len).max().unwrap_or(0) as i32 * SMALL_LINE + 6
    }

    /// The height of what stands between the sides' words and the first row.
    pub fn below_sides(&self) -> i32 {
        let axis = if self.long { SMALL_LINE + 6 } else { 4 };
        if self.beside { axis } else { axis.max(self.heads_height()) }
    }

    /// The height of all that stands above the rows.
    pub fn top(&self) -> i32 {
        let sides = self.sides.iter().map(Vec::len).max().unwrap_or(0) as i32 * LINE + 4;
        BEFORE + (sides + self.below_sides()).max(self.heads_height())
    }

    pub fn row_height(&self, row: usize) -> i32 {
        self.labels[row].len().max(1) as i32 * LINE + GAP
    }

    pub fn rows_height(&self) -> i32 {
        (0..self.labels.len()).map(|i| self.row_height(i)).sum()
    }

    pub fn height(&self) -> i32 {
        self.top() + self.rows_height() + (2 + self.axis.len() as i32) * SMALL_LINE + 12 + AFTER
    }
}
