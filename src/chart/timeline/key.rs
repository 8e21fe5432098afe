//! What the shapes of a timeline mean, above it.

use super::super::canvas::{Anchor, Canvas, MARGIN};
use super::super::style::Style;
use super::{FIRST, LAST, Timeline, TimelineGroup, marker};
use crate::error::Result;

/// The size of the key's text, the height of its lines, and the room of a shape in it.
const KEY: f64 = 12.0;
const LINE: i32 = 20;
const SHAPE: i32 = 18;
const SPAN: i32 = 38;
/// Between the key and what is below.
const AFTER: i32 = 18;

/// What a shape of the key is.
enum Shape {
    Tier(usize),
    Span,
    Origin,
}

/// What the shapes mean, set one after another in as few lines as they need.
pub(super) struct Key {
    /// Each with the place of its shape and what is said of it.
    entries: Vec<(Shape, (i32, i32), String)>,
}

impl Key {
    pub fn of(timeline: &Timeline, groups: &[&TimelineGroup], style: &Style) -> Key {
        let origin = groups.iter().any(|g| g.origin.is_some());
        let tiers = timeline.tiers.iter().enumerate().map(|(i, words)| (Shape::Tier(i), words));
        let rest = [(Shape::Span, &timeline.span_words)].into_iter().chain(origin.then_some((Shape::Origin, &timeline.origin_words)));
        let room = style.width - 2 * MARGIN;
        let (mut x, mut line) = (0, 0);
        let mut entries = Vec::new();
        for (shape, words) in tiers.chain(rest).filter(|(_, words)| !words.is_empty()) {
            let before = shape.width();
            let words = style.font.fit(words, KEY, room - before);
            let width = before + style.font.width(&words, KEY);
            if x > 0 && x + width > room {
                (x, line) = (0, line + 1);
            }
            entries.push((shape, (x, line), words));
            x += width + 18;
        }
        Key { entries }
    }

    pub fn height(&self) -> i32 {
        self.entries.last().map_or(0, |(_, (_, line), _)| (line + 1) * LINE + AFTER)
    }

    pub fn paint(&self, canvas: &Canvas<'_>, top: i32) -> Result<()> {
        for (shape, (x, line), words) in &self.entries {
            let (x, y) = (MARGIN + x, top + line * LINE + LINE / 2);
            match shape {
                Shape::Tier(tier) => marker(canvas, *tier, (x + FIRST + 1, y), FIRST)?,
                Shape::Span => {
                    canvas.line(&[(x + FIRST, y), (x + SPAN - 12, y)], canvas.colour(0), 1)?;
                    marker(canvas, 0, (x + FIRST + 1, y), FIRST)?;
                    marker(canvas, 0, (x + SPAN - 12, y), LAST)?;
                }
                Shape::Origin => canvas.line(&[(x + FIRST + 1, y - 8), (x + FIRST + 1, y + 8)], canvas.palette.ink, 1)?,
            }
            canvas.text(words, (x + shape.width(), y), KEY, canvas.palette.faint, Anchor::Left)?;
        }
        Ok(())
    }
}

impl Shape {
    fn width(&self) -> i32 {
        if matches!(self, Shape::Span) { SPAN } else { SHAPE }
    }
}
