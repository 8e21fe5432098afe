//! The surface that charts are drawn on: what is said at the top and bottom of each, and the few shapes that all are made of.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Display;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::FontStyle;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::style::{Palette, SERIES, Style};
use crate::error::{Error, Result};

/// Plotters' SVG gives a font of nominal size 1.24 a size of one pixel.
const NOMINAL: f64 = 1.24;
/// The margin round a chart.
pub(super) const MARGIN: i32 = 16;

const TITLE: f64 = 20.0;
const SUBTITLE: f64 = 13.5;
const NOTE: f64 = 11.5;

/// What is written at the top and bottom of every chart.
#[derive(Debug, Clone, Default)]
pub struct Caption {
    /// What is measured.
    pub title: String,
    /// Of what, how many, in which unit.
    pub subtitle: String,
    /// What it was made with; at the bottom.
    pub note: String,
    /// What to say where there is nothing to draw.
    pub empty: String,
}

/// What stands behind a part of a chart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// Which sentences, in words of whoever draws.
    pub query: String,
    /// What the part says, in a line.
    pub title: String,
}

/// A part of a chart behind which something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Left, top, width and height in pixels.
    pub area: [i32; 4],
    /// What stands behind it.
    pub link: Link,
}

/// A finished chart.
#[derive(Debug, Clone, Default)]
pub struct Drawing {
    /// As SVG.
    pub svg: String,
    /// Parts that can be asked about.
    pub marks: Vec<Mark>,
    /// Characters that the font has not.
    pub missing: BTreeSet<char>,
    /// Whether there was nothing to draw.
    pub is_empty: bool,
}

/// Where text is anchored: left, middle or right of its position; always centred on it vertically.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Left,
    Middle,
    Right,
}

/// A surface to draw on, in pixels.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    pub style: &'a Style,
    pub palette: &'static Palette,
    marks: RefCell<Vec<Mark>>,
    missing: RefCell<BTreeSet<char>>,
}

/// Draws a chart whose body, below what `caption` says at the top, is `height` pixels high; `paint` is told where that begins. Without
/// a height there is nothing to draw, and that is said.
pub(super) fn draw(style: &Style, caption: &Caption, height: Option<i32>, paint: impl FnOnce(&Canvas<'_>, i32) -> Result<()>) -> Result<Drawing> {
    let room = style.width - 2 * MARGIN;
    // Bold text is wider than the font that measures it.
    let title = style.font.wrap(&caption.title, TITLE * 1.06, room, 2);
    let subtitle = style.font.wrap(&caption.subtitle, SUBTITLE, room, 3);
    let note = style.font.wrap(&caption.note, NOTE, room, 2);
    let top = MARGIN + 26 * title.len() as i32 + 19 * subtitle.len() as i32 + 8;
    let body = height.unwrap_or(50);
    let bottom = if note.is_empty() { MARGIN } else { 12 + 16 * note.len() as i32 };
    let size = (style.width, top + body + bottom);
    let mut svg = String::new();
    let (marks, missing) = {
        let area = SVGBackend::with_string(&mut svg, (size.0 as u32, size.1 as u32)).into_drawing_area();
        let canvas = Canvas { area, style, palette: style.theme.palette(), marks: RefCell::default(), missing: RefCell::default() };
        let p = canvas.palette;
        canvas.rect((0, 0), size, p.paper)?;
        for (i, line) in title.iter().enumerate() {
            canvas.words(line, (MARGIN, MARGIN + 12 + 26 * i as i32), TITLE, p.ink, Anchor::Left, FontStyle::Bold)?;
        }
        for (i, line) in subtitle.iter().enumerate() {
            canvas.text(line, (MARGIN, MARGIN + 26 * title.len() as i32 + 8 + 19 * i as i32), SUBTITLE, p.faint, Anchor::Left)?;
        }
        for (i, line) in note.iter().enumerate() {
            canvas.text(line, (MARGIN, top + body + 8 + 16 * i as i32), NOTE, p.faint, Anchor::Left)?;
        }
        if height.is_some() {
            paint(&canvas, top)?;
        } else {
            canvas.text(&style.font.fit(&caption.empty, 16.0, room), (MARGIN, top + 22), 16.0, p.ink, Anchor::Left)?;
        }
        canvas.area.present().map_err(failed)?;
        (canvas.marks.take(), canvas.missing.take())
    };
    Ok(Drawing { svg, marks, missing, is_empty: height.is_none() })
}

fn failed(e: impl Display) -> Error {
    Error::Chart(e.to_string())
}

impl Canvas<'_> {
    fn words(&self, text: &str, at: (i32, i32), size: f64, colour: RGBColor, anchor: Anchor, style: FontStyle) -> Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        self.missing.borrow_mut().extend(text.chars().filter(|c| !self.style.font.has(*c)));
        let horizontal = match anchor {
            Anchor::Left => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::Right => HPos::Right,
        };
        let font = (self.style.font.families(), size * NOMINAL, style).into_font();
        let style = TextStyle { font, color: colour.to_backend_color(), pos: Pos::new(horizontal, VPos::Center) };
        self.area.draw(&Text::new(text.to_owned(), at, style)).map_err(failed)
    }

    pub fn text(&self, text: &str, at: (i32, i32), size: f64, colour: RGBColor, anchor: Anchor) -> Result<()> {
        self.words(text, at, size, colour, anchor, FontStyle::Normal)
    }

    pub fn line(&self, points: &[(i32, i32)], colour: RGBColor, width: u32) -> Result<()> {
        self.area.draw(&PathElement::new(points.to_vec(), colour.stroke_width(width))).map_err(failed)
    }

    pub fn rect(&self, from: (i32, i32), to: (i32, i32), colour: RGBColor) -> Result<()> {
        self.area.draw(&Rectangle::new([from, to], colour.filled())).map_err(failed)
    }

    /// A filled shape, as opaque as `opacity` (0 to 1) says.
    pub fn area(&self, points: &[(i32, i32)], colour: RGBColor, opacity: f64) -> Result<()> {
        self.area.draw(&Polygon::new(points.to_vec(), colour.mix(opacity).filled())).map_err(failed)
    }

    pub fn dot(&self, at: (i32, i32), radius: i32, colour: RGBColor) -> Result<()> {
        self.area.draw(&Circle::new(at, radius, colour.filled())).map_err(failed)
    }

    pub fn ring(&self, at: (i32, i32), radius: i32, colour: RGBColor) -> Result<()> {
        self.dot(at, radius, self.palette.paper)?;
        self.area.draw(&Circle::new(at, radius, colour.stroke_width(2))).map_err(failed)
    }

    /// The colour of a series.
    pub fn colour(&self, series: usize) -> RGBColor {
        self.palette.series[series % SERIES]
    }

    /// The marker of a series, in its colour: each has its own shape.
    pub fn marker(&self, series: usize, (x, y): (i32, i32)) -> Result<()> {
        let colour = self.colour(series);
        match series % SERIES {
            0 => self.dot((x, y), 3, colour),
            1 => self.rect((x - 3, y - 3), (x + 3, y + 3), colour),
            2 => self.area(&[(x, y - 4), (x + 4, y + 3), (x - 4, y + 3)], colour, 1.0),
            3 => self.area(&[(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], colour, 1.0),
            4 => self.area(&[(x, y + 4), (x + 4, y - 3), (x - 4, y - 3)], colour, 1.0),
            5 => self.ring((x, y), 3, colour),
            _ => {
                self.line(&[(x - 3, y - 3), (x + 3, y + 3)], colour, 2)?;
                self.line(&[(x - 3, y + 3), (x + 3, y - 3)], colour, 2)
            }
        }
    }

    /// Says what stands behind the part of the chart between two corners.
    pub fn mark(&self, link: Option<&Link>, from: (i32, i32), to: (i32, i32)) {
        if let Some(link) = link {
            self.marks.borrow_mut().push(Mark { area: [from.0, from.1, to.0 - from.0, to.1 - from.1], link: link.clone() });
        }
    }
}
