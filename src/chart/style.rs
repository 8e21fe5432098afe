//! How charts look: themes with their colours, and sizes.

use std::str::FromStr;

use plotters::style::RGBColor;

use super::font::Font;
use crate::error::Error;

/// Colours for a place where charts are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// Colours on white.
    #[default]
    Light,
    /// Light colours on near black.
    Dark,
    /// Greys on white, for paper; series are told apart by their markers.
    Print,
}

impl Theme {
    /// Every theme, with its name.
    pub const ALL: [(&str, Theme); 3] = [("light", Theme::Light), ("dark", Theme::Dark), ("print", Theme::Print)];

    pub(super) fn palette(self) -> &'static Palette {
        match self {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
            Theme::Print => &PRINT,
        }
    }
}

impl FromStr for Theme {
    type Err = Error;

    fn from_str(name: &str) -> Result<Theme, Error> {
        let names = Theme::ALL.map(|(n, _)| n).join(", ");
        let known = Theme::ALL.iter().find(|(n, _)| *n == name);
        known.map(|(_, theme)| *theme).ok_or_else(|| Error::Usage(format!("{name}: not a theme; there are {names}")))
    }
}

/// How a chart is to look.
#[derive(Debug, Clone)]
pub struct Style {
    /// Its width in pixels (of the SVG; a PNG has twice as many).
    pub width: i32,
    /// The height of a plot over time, without its labels. Charts made of rows are as high as their rows need.
    pub plot: i32,
    /// Its colours.
    pub theme: Theme,
    /// What its text is set in.
    pub font: Font,
}

impl Default for Style {
    fn default() -> Self {
        Style { width: 1040, plot: 250, theme: Theme::Light, font: Font::default() }
    }
}

impl Style {
    /// Narrower than this, labels leave no room for a plot.
    pub const NARROWEST: i32 = 560;
    /// Wider than this, lines become too long to follow.
    pub const WIDEST: i32 = 4000;
}

/// The colours of a theme.
#[derive(Debug)]
pub(super) struct Palette {
    pub paper: RGBColor,
    /// Text and axes.
    pub ink: RGBColor,
    /// Notes and ticks.
    pub faint: RGBColor,
    /// Grid lines and strips.
    pub grid: RGBColor,
    /// Series: after Okabe and Ito, who chose colours that colour-blind readers tell apart; of different lightness, and each with
    /// its own marker, so that they can be told apart in grey.
    pub series: [RGBColor; SERIES],
    /// A field of value 0.
    pub zero: RGBColor,
    /// Fields of positive values, from the lowest to the highest.
    pub above: [RGBColor; STEPS],
    /// Fields of negative values, alike.
    pub below: [RGBColor; STEPS],
}

/// So many series have a colour and a marker of their own.
pub(super) const SERIES: usize = 7;
/// So many steps fields are shaded in.
pub(super) const STEPS: usize = 7;

impl Palette {
    /// All colours, in the same order in every palette.
    fn all(&self) -> impl Iterator<Item = RGBColor> {
        let single = [self.paper, self.ink, self.faint, self.grid, self.zero];
        single.into_iter().chain(self.series).chain(self.above).chain(self.below)
    }

    /// The shade of a field whose value is this share (−1 to 1) of the largest, and the ink that can be read on it.
    pub fn shade(&self, share: f64) -> (RGBColor, RGBColor) {
        if share == 0.0 || !share.is_finite() {
            return (self.zero, self.ink);
        }
        let step = ((share.abs() * STEPS as f64).ceil() as usize).clamp(1, STEPS) - 1;
        let ramp = if share < 0.0 { &self.below } else { &self.above };
        (ramp[step], if step >= 4 { self.paper } else { self.ink })
    }
}

/// The colours of charts on light and on dark paper, in pairs, as SVG writes them: what a page needs to recolour a chart.
pub fn light_and_dark() -> Vec<(String, String)> {
    let hex = |c: RGBColor| format!("#{:02X}{:02X}{:02X}", c.0, c.1, c.2);
    LIGHT.all().zip(DARK.all()).map(|(light, dark)| (hex(light), hex(dark))).collect()
}

const fn rgb(hex: u32) -> RGBColor {
    RGBColor((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

static LIGHT: Palette = Palette {
    paper: rgb(0xffffff),
    ink: rgb(0x222222),
    faint: rgb(0x5c5c5c),
    grid: rgb(0xdddddd),
    series: [rgb(0x0072b2), rgb(0xd55e00), rgb(0x008f68), rgb(0xb85c93), rgb(0x9a7000), rgb(0x3a96d0), rgb(0x4a4a4a)],
    zero: rgb(0xf5f5f5),
    above: [rgb(0xdce9f5), rgb(0xc2d9ee), rgb(0x9fc5e2), rgb(0x73abd3), rgb(0x2f76b4), rgb(0x155798), rgb(0x08386e)],
    below: [rgb(0xfbe6d6), rgb(0xf9d2b3), rgb(0xf5b686), rgb(0xec9657), rgb(0xb45214), rgb(0x8f3d0b), rgb(0x6a2b06)],
};

static DARK: Palette = Palette {
    paper: rgb(0x161616),
    ink: rgb(0xe6e6e6),
    faint: rgb(0xaaaaaa),
    grid: rgb(0x3c3c3c),
    series: [rgb(0x5ab4e8), rgb(0xf08a45), rgb(0x3cc89f), rgb(0xe39dc5), rgb(0xd8b23c), rgb(0xa9d8f7), rgb(0xb8b8b8)],
    zero: rgb(0x202020),
    above: [rgb(0x1b2c3b), rgb(0x1f3a54), rgb(0x244b70), rgb(0x2c5f8e), rgb(0x5f9fd4), rgb(0x8ec1ea), rgb(0xc4e0f7)],
    below: [rgb(0x3b291c), rgb(0x53341e), rgb(0x6f411f), rgb(0x8c4f20), rgb(0xe08e4f), rgb(0xf0b382), rgb(0xfad9bf)],
};

static PRINT: Palette = Palette {
    paper: rgb(0xffffff),
    ink: rgb(0x000000),
    faint: rgb(0x444444),
    grid: rgb(0xcccccc),
    series: [rgb(0x111111), rgb(0x777777), rgb(0x444444), rgb(0x999999), rgb(0x2a2a2a), rgb(0x888888), rgb(0x5e5e5e)],
    zero: rgb(0xfbfbfb),
    above: [rgb(0xececec), rgb(0xdcdcdc), rgb(0xc8c8c8), rgb(0xb0b0b0), rgb(0x707070), rgb(0x4c4c4c), rgb(0x242424)],
    below: [rgb(0xefefef), rgb(0xdfdfdf), rgb(0xcbcbcb), rgb(0xb3b3b3), rgb(0x737373), rgb(0x4f4f4f), rgb(0x272727)],
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, as WCAG 2.2 defines it.
    fn luminance(c: RGBColor) -> f64 {
        let part = |v: u8| {
            let s = f64::from(v) / 255.0;
            if s <= 0.040_45 { s / 12.92 } else { ((s + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(c.0) + 0.7152 * part(c.1) + 0.0722 * part(c.2)
    }

    fn contrast(a: RGBColor, b: RGBColor) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_and_lines_can_be_seen() {
        for (name, theme) in Theme::ALL {
            let p = theme.palette();
            assert!(contrast(p.ink, p.paper) >= 7.0 && contrast(p.faint, p.paper) >= 4.5, "{name}");
            for share in [0.0, 0.1, 0.2, 0.4, 0.5, 0.6, 0.8, 1.0, -0.1, -0.5, -0.7, -1.0] {
                let (fill, ink) = p.shade(share);
                assert!(contrast(ink, fill) >= 4.5, "{name} {share} {:.2}", contrast(ink, fill));
            }
            let least = if theme == Theme::Print { 2.5 } else { 3.0 };
            for (i, series) in p.series.iter().enumerate() {
                assert!(contrast(*series, p.paper) >= least, "{name} series {i} {:.2}", contrast(*series, p.paper));
            }
        }
    }

    #[test]
    fn a_page_can_recolour_every_light_colour() {
        let mut light: Vec<String> = light_and_dark().into_iter().map(|(l, _)| l).collect();
        let all = light.len();
        light.sort();
        light.dedup();
        assert_eq!(light.len(), all);
    }
}
