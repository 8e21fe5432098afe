//! Fonts, colours and the few shapes that all charts are made of.

use std::fmt::Display;
use std::sync::Once;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, register_font};

use crate::error::{Error, Result};

/// The embedded font: Noto Sans SC, a subset (`src/chart/font/README.md`).
pub(super) const FONT: &[u8] = include_bytes!("font/NotoSansSC-subset.otf");
/// The family of the embedded font.
pub(super) const FONT_NAME: &str = "Noto Sans SC";
/// What an SVG asks for: the embedded font's family, then what systems have.
pub(super) const FAMILY: &str = "Noto Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, Segoe UI, Helvetica, Arial, sans-serif";

/// Text and axes.
pub(super) const INK: RGBColor = RGBColor(34, 34, 34);
/// Notes and ticks.
pub(super) const FAINT: RGBColor = RGBColor(102, 102, 102);
/// Grid lines.
pub(super) const GRID: RGBColor = RGBColor(224, 224, 224);
/// Series (Okabe and Ito: told apart by colour-blind readers, and by lightness in grey).
pub(super) const SERIES: [RGBColor; 7] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(180, 130, 0),
    RGBColor(86, 180, 233),
    RGBColor(90, 90, 90),
];

/// Plotters' SVG gives a font of nominal size 1.24 a size of one pixel …
const NOMINAL: f64 = 1.24;
/// … and measures text by the font's height, not its em; the rest is room for other fonts than the embedded one.
const MEASURED: f64 = 1.22;

/// The height of the header of a chart.
pub(super) const HEAD: i32 = 92;

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
}

/// Draws on a surface of that size and returns the SVG.
pub(super) fn draw(width: u32, height: u32, paint: impl FnOnce(&Canvas<'_>) -> Result<()>) -> Result<String> {
    static FONTS: Once = Once::new();
    FONTS.call_once(|| {
        // The font is part of the program; a test draws with it.
        let _ = register_font(FAMILY, FontStyle::Normal, FONT);
        let _ = register_font(FAMILY, FontStyle::Bold, FONT);
    });
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
        let canvas = Canvas { area };
        canvas.rect((0, 0), (width as i32, height as i32), WHITE)?;
        paint(&canvas)?;
        canvas.area.present().map_err(failed)?;
    }
    Ok(svg)
}

fn failed(e: impl Display) -> Error {
    Error::Chart(e.to_string())
}

impl Canvas<'_> {
    fn style(size: f64, colour: RGBColor, anchor: Anchor, bold: bool) -> TextStyle<'static> {
        let horizontal = match anchor {
            Anchor::Left => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::Right => HPos::Right,
        };
        let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = (FAMILY, size * NOMINAL, style).into_font();
        TextStyle { font, color: colour.to_backend_color(), pos: Pos::new(horizontal, VPos::Center) }
    }

    pub fn text(&self, text: &str, at: (i32, i32), size: f64, colour: RGBColor, anchor: Anchor) -> Result<()> {
        self.area.draw(&Text::new(text.to_owned(), at, Self::style(size, colour, anchor, false))).map_err(failed)
    }

    /// The title of a chart and what is under it, in two lines at most, at the top of the surface.
    pub fn header(&self, title: &str, subtitle: &str, width: i32) -> Result<()> {
        let title = Text::new(self.fit(title, 20.0, width - 32), (16, 26), Self::style(20.0, INK, Anchor::Left, true));
        self.area.draw(&title).map_err(failed)?;
        for (i, line) in self.wrap(subtitle, 14.0, width - 32, 2).iter().enumerate() {
            self.text(line, (16, 52 + 18 * i as i32), 14.0, FAINT, Anchor::Left)?;
        }
        Ok(())
    }

    /// The width of a text in pixels.
    pub fn width(&self, text: &str, size: f64) -> i32 {
        let style = Self::style(size, INK, Anchor::Left, false);
        self.area.estimate_text_size(text, &style).map_or(0, |(w, _)| (f64::from(w) * MEASURED).ceil() as i32)
    }

    /// `text`, shortened with an ellipsis to fit into `width` pixels.
    pub fn fit(&self, text: &str, size: f64, width: i32) -> String {
        if self.width(text, size) <= width {
            return text.to_owned();
        }
        let mut kept: Vec<char> = text.chars().collect();
        while kept.pop().is_some() {
            let shorter = format!("{}…", kept.iter().collect::<String>().trim_end());
            if self.width(&shorter, size) <= width {
                return shorter;
            }
        }
        String::new()
    }

    /// `text` in at most `lines` lines of at most `width` pixels, broken at blanks (Chinese anywhere).
    pub fn wrap(&self, text: &str, size: f64, width: i32, lines: usize) -> Vec<String> {
        let mut done: Vec<String> = Vec::new();
        let mut line = String::new();
        for piece in pieces(text) {
            let longer = format!("{line}{piece}");
            if line.is_empty() || self.width(longer.trim(), size) <= width {
                line = longer;
            } else {
                done.push(line.trim().to_owned());
                line = piece.to_owned();
            }
        }
        done.push(line.trim().to_owned());
        if done.len() > lines {
            let rest = done.split_off(lines - 1).join(" ");
            done.push(rest);
        }
        done.into_iter().map(|l| self.fit(&l, size, width)).collect()
    }

    pub fn line(&self, points: &[(i32, i32)], colour: RGBColor, width: u32) -> Result<()> {
        self.area.draw(&PathElement::new(points.to_vec(), colour.stroke_width(width))).map_err(failed)
    }

    pub fn rect(&self, from: (i32, i32), to: (i32, i32), colour: RGBColor) -> Result<()> {
        self.area.draw(&Rectangle::new([from, to], colour.filled())).map_err(failed)
    }

    pub fn dot(&self, at: (i32, i32), radius: i32, colour: RGBColor) -> Result<()> {
        self.area.draw(&Circle::new(at, radius, colour.filled())).map_err(failed)
    }
}

/// The pieces between which a line may be broken: words with their blank, and single Han characters.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (i, c) in text.char_indices() {
        let end = i + c.len_utf8();
        if c == ' ' || crate::text::is_han(c) {
            pieces.push(&text[start..end]);
            start = end;
        }
    }
    pieces.push(&text[start..]);
    pieces.retain(|p| !p.is_empty());
    pieces
}

/// Round steps for an axis from 0 to at least `max`, four to six of them.
pub(super) fn ticks(max: f64) -> Vec<f64> {
    if max <= 0.0 || !max.is_finite() {
        return vec![0.0, 1.0];
    }
    let rough = max / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|f| f * power).find(|s| *s >= rough).unwrap_or(power * 10.0);
    let count = (max / step).ceil() as usize;
    (0..=count).map(|i| i as f64 * step).collect()
}

/// A number as short as it can be read.
pub(super) fn short(x: f64) -> String {
    let text = if x >= 100.0 || x.fract() == 0.0 {
        format!("{x:.0}")
    } else if x >= 10.0 {
        format!("{x:.1}")
    } else {
        format!("{x:.2}")
    };
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A whole number with its thousands set apart.
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|c| std::str::from_utf8(c).unwrap_or("")).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_and_numbers() {
        assert_eq!(ticks(7.3), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(ticks(0.0), [0.0, 1.0]);
        assert_eq!(ticks(230.0), [0.0, 100.0, 200.0, 300.0]);
        assert_eq!((short(12.0), short(12.34), short(1.5), short(0.25), short(100.4)), ("12".into(), "12.3".into(), "1.5".into(), "0.25".into(), "100".into()));
        assert_eq!((thousands(0), thousands(999), thousands(1_234_567)), ("0".into(), "999".into(), "1,234,567".into()));
    }
}
