//! Rows over an axis of days. What is said of a row stands to its left and right; long words stand above it where the chart is narrow.

use chrono::NaiveDate;

use super::axis::{TICK, TimeAxis};
use super::canvas::{Anchor, Canvas, MARGIN};
use super::style::Style;
use crate::error::Result;

const LABEL: f64 = 13.0;
const NOTE: f64 = 12.0;
const LINE: i32 = 16;
/// Below this width, long words stand above their row.
const NARROW: i32 = 760;
/// Words at the sides take at most these percentages of the width.
const LABELS: i32 = 28;
const LABELS_NARROW: i32 = 32;
const NOTES: i32 = 24;
/// So many lines a label has at a side, and above.
const LINES: (usize, usize) = (3, 2);
/// Between words and the row.
const GAP: i32 = 14;
/// So far a row is from the next.
const APART: i32 = 6;
/// So far words above a row are from the row before.
const ABOVE: i32 = 10;
/// The height of the names of days.
pub(super) const DAYS: i32 = 26;
/// With more rows than this, days are named above them too.
const TALL: usize = 14;

/// What is said of a row.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Words<'a> {
    pub label: &'a str,
    pub note: &'a str,
    /// How far the label is moved in.
    pub indent: i32,
    /// Whether they stand above their row where the chart is narrow.
    pub above: bool,
    /// Whether the label is as faint as a note.
    pub faint: bool,
}

/// How rows are laid out.
#[derive(Debug)]
pub(super) struct Lanes {
    pub axis: TimeAxis,
    days: Vec<(i32, String)>,
    narrow: bool,
    label: i32,
    note: i32,
}

impl Words<'_> {
    /// The size of the label.
    fn size(&self) -> f64 {
        if self.faint { NOTE } else { LABEL }
    }
}

impl Lanes {
    /// Whether these words stand above their row.
    fn stacked(&self, words: &Words<'_>) -> bool {
        self.narrow && words.above
    }

    /// For rows from `first` to `last` of which these words are said.
    pub fn of<'w>(style: &Style, (first, last): (NaiveDate, NaiveDate), words: impl Iterator<Item = Words<'w>>) -> Lanes {
        let (font, room, narrow) = (&style.font, style.width - 2 * MARGIN, style.width < NARROW);
        let widest = |lines: &[String], size: f64| lines.iter().map(|l| font.width(l, size)).max().unwrap_or(0);
        let most = room * if narrow { LABELS_NARROW } else { LABELS } / 100;
        let (mut label, mut note) = (0, 0);
        for w in words.filter(|w| !(narrow && w.above)) {
            label = label.max(widest(&font.wrap(w.label, w.size(), most - w.indent, LINES.0), w.size()) + w.indent);
            note = note.max(widest(&note_lines(style, w.note, room * NOTES / 100), NOTE));
        }
        let beside = |width: i32| if width == 0 { 0 } else { width + GAP };
        let axis = TimeAxis { first, last, left: MARGIN + beside(label) + 4, right: style.width - MARGIN - beside(note) - 4 };
        let days = axis.ticks(font);
        Lanes { axis, days, narrow, label, note }
    }

    /// The lines of a row's label and note.
    fn lines(&self, style: &Style, words: &Words<'_>) -> (Vec<String>, Vec<String>) {
        let (font, room) = (&style.font, style.width - 2 * MARGIN);
        let (label, size) = (words.label, words.size());
        if !self.stacked(words) {
            return (font.wrap(label, size, self.label - words.indent, LINES.0), note_lines(style, words.note, self.note));
        }
        let note = font.fit(words.note, NOTE, room / 2);
        let left = room - words.indent - font.width(&note, NOTE) - GAP;
        (font.wrap(label, size, left, LINES.1), if note.is_empty() { Vec::new() } else { vec![note] })
    }

    /// The height of a row whose shapes are `lane` high.
    pub fn height(&self, style: &Style, words: &Words<'_>, lane: i32) -> i32 {
        let (label, note) = self.lines(style, words);
        let lines = label.len().max(note.len()) as i32 * LINE;
        if self.stacked(words) { ABOVE + lines + 2 + lane } else { lines.max(lane) + APART }
    }

    /// Writes what is said of a row, and draws its days; returns where its shapes begin.
    pub fn row(&self, canvas: &Canvas<'_>, words: &Words<'_>, top: i32, lane: i32) -> Result<i32> {
        let (style, p) = (canvas.style, canvas.palette);
        let (label, note) = self.lines(style, words);
        let (height, stacked) = (self.height(style, words, lane), self.stacked(words));
        let at = if stacked { top + height - lane } else { top + (height - lane) / 2 };
        let (from, to) = if stacked { (at, at + lane) } else { (top, top + height) };
        for (x, _) in &self.days {
            canvas.line(&[(*x, from), (*x, to)], p.grid, 1)?;
        }
        let line = |lines: &[String], n: usize| {
            let first = if stacked { top + ABOVE + LINE / 2 } else { top + height / 2 - (lines.len() as i32 - 1) * LINE / 2 };
            first + n as i32 * LINE
        };
        let ink = if words.faint { p.faint } else { p.ink };
        for (n, text) in label.iter().enumerate() {
            canvas.text(text, (MARGIN + words.indent, line(&label, n)), words.size(), ink, Anchor::Left)?;
        }
        for (n, text) in note.iter().enumerate() {
            let (x, anchor) = if stacked { (style.width - MARGIN, Anchor::Right) } else { (self.axis.right + 4 + GAP, Anchor::Left) };
            canvas.text(text, (x, line(&note, n)), NOTE, p.faint, anchor)?;
        }
        Ok(at)
    }

    /// The height of the names of days above `rows` rows.
    pub fn above(rows: usize) -> i32 {
        if rows > TALL { DAYS } else { 0 }
    }

    /// Names days, at a height in the middle between `top` and [`DAYS`] below it.
    pub fn days(&self, canvas: &Canvas<'_>, top: i32) -> Result<()> {
        let mut free = 0;
        for (x, name) in &self.days {
            let half = canvas.style.font.width(name, TICK) / 2;
            let at = (*x).min(canvas.style.width - 4 - half).max(4 + half);
            if at - half >= free {
                canvas.text(name, (at, top + DAYS / 2), TICK, canvas.palette.faint, Anchor::Middle)?;
                free = at + half + 8;
            }
        }
        Ok(())
    }
}

/// A note in one line or two, broken between its parts if it has some.
fn note_lines(style: &Style, note: &str, width: i32) -> Vec<String> {
    let fits = |text: &str| style.font.width(text, NOTE) <= width;
    match note.rsplit_once(" · ") {
        Some((first, second)) if !fits(note) && fits(first) && fits(second) => vec![first.to_owned(), second.to_owned()],
        _ => style.font.wrap(note, NOTE, width, 2),
    }
}
