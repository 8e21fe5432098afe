//! Rows over an axis of days. What is said of a row stands to its left and right, or above it where the chart is too narrow for that.

use chrono::NaiveDate;

use super::axis::{TICK, TimeAxis};
use super::canvas::{Anchor, Canvas, MARGIN};
use super::style::Style;
use crate::error::Result;

const LABEL: f64 = 13.0;
const NOTE: f64 = 12.0;
const LINE: i32 = 16;
/// Below this width, words stand above their row.
const NARROW: i32 = 760;
/// Words at the sides take at most these percentages of the width.
const LABELS: i32 = 29;
const NOTES: i32 = 20;
/// Between words and the row.
const GAP: i32 = 14;
/// So far a row is from the next.
const APART: i32 = 6;
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
    /// Whether the label is as faint as a note.
    pub faint: bool,
}

/// How rows are laid out.
#[derive(Debug)]
pub(super) struct Lanes {
    pub axis: TimeAxis,
    days: Vec<(i32, String)>,
    stacked: bool,
    label: i32,
    note: i32,
}

impl Lanes {
    /// For rows from `first` to `last` of which these words are said.
    pub fn of<'w>(style: &Style, (first, last): (NaiveDate, NaiveDate), words: impl Iterator<Item = Words<'w>>) -> Lanes {
        let (font, room) = (&style.font, style.width - 2 * MARGIN);
        let stacked = style.width < NARROW;
        let (mut label, mut note) = (0, 0);
        for w in words {
            label = label.max(font.width(w.label, LABEL) + w.indent).min(room * LABELS / 100);
            note = note.max(font.width(w.note, NOTE)).min(room * NOTES / 100);
        }
        let beside = |width: i32| if stacked || width == 0 { 0 } else { width + GAP };
        let axis = TimeAxis { first, last, left: MARGIN + beside(label) + 4, right: style.width - MARGIN - beside(note) - 4 };
        let days = axis.ticks(font);
        Lanes { axis, days, stacked, label, note }
    }

    /// The lines of a row's label and note.
    fn lines(&self, style: &Style, words: &Words<'_>) -> (Vec<String>, Vec<String>) {
        let (font, room) = (&style.font, style.width - 2 * MARGIN);
        let (label, size) = (words.label, if words.faint { NOTE } else { LABEL });
        if !self.stacked {
            return (font.wrap(label, size, self.label - words.indent, 2), font.wrap(words.note, NOTE, self.note, 2));
        }
        let note = font.fit(words.note, NOTE, room / 2);
        let left = room - words.indent - font.width(&note, NOTE) - GAP;
        (font.wrap(label, size, left, 2), if note.is_empty() { Vec::new() } else { vec![note] })
    }

    /// The height of a row whose shapes are `lane` high.
    pub fn height(&self, style: &Style, words: &Words<'_>, lane: i32) -> i32 {
        let (label, note) = self.lines(style, words);
        let lines = label.len().max(note.len()) as i32 * LINE;
        if self.stacked { lines + 2 + lane + 2 * APART } else { lines.max(lane) + APART }
    }

    /// Writes what is said of a row, and draws its days; returns where its shapes begin.
    pub fn row(&self, canvas: &Canvas<'_>, words: &Words<'_>, top: i32, lane: i32) -> Result<i32> {
        let (style, p) = (canvas.style, canvas.palette);
        let (label, note) = self.lines(style, words);
        let height = self.height(style, words, lane);
        let at = if self.stacked { top + height - APART - lane } else { top + (height - lane) / 2 };
        let (from, to) = if self.stacked { (at, at + lane) } else { (top, top + height) };
        for (x, _) in &self.days {
            canvas.line(&[(*x, from), (*x, to)], p.grid, 1)?;
        }
        let line = |lines: &[String], n: usize| {
            let first = if self.stacked { top + APART + LINE / 2 } else { top + height / 2 - (lines.len() as i32 - 1) * LINE / 2 };
            first + n as i32 * LINE
        };
        let (size, ink) = if words.faint { (NOTE, p.faint) } else { (LABEL, p.ink) };
        for (n, text) in label.iter().enumerate() {
            canvas.text(text, (MARGIN + words.indent, line(&label, n)), size, ink, Anchor::Left)?;
        }
        for (n, text) in note.iter().enumerate() {
            let (x, anchor) = if self.stacked { (style.width - MARGIN, Anchor::Right) } else { (self.axis.right + 4 + GAP, Anchor::Left) };
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
