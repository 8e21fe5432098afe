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
    paper: rgb(0xff_ff_ff),
    ink: rgb(0x22_22_22),
    faint: rgb(0x5c_5c_5c),
    grid: rgb(0xdd_dd_dd),
    series: [rgb(0x00_72_b2), rgb(0xd5_5e_00), rgb(0x00_8f_68), rgb(0xb8_5c_93), rgb(0x9a_70_00), rgb(0x3a_96_d0), rgb(0x4a_4a_4a)],
    zero: rgb(0xf5_f5_f5),
    above: [rgb(0xdc_e9_f5), rgb(0xc2_d9_ee), rgb(0x9f_c5_e2), rgb(0x73_ab_d3), rgb(0x2f_76_b4), rgb(0x15_57_98), rgb(0x08_38_6e)],
    below: [rgb(0xfb_e6_d6), rgb(0xf9_d2_b3), rgb(0xf5_b6_86), rgb(0xec_96_57), rgb(0xb4_52_14), rgb(0x8f_3d_0b), rgb(0x6a_2b_06)],
};

static DARK: Palette = Palette {
    paper: rgb(0x16_16_16),
    ink: rgb(0xe6_e6_e6),
    faint: rgb(0xaa_aa_aa),
    grid: rgb(0x3c_3c_3c),
    series: [rgb(0x5a_b4_e8), rgb(0xf0_8a_45), rgb(0x3c_c8_9f), rgb(0xe3_9d_c5), rgb(0xd8_b2_3c), rgb(0xa9_d8_f7), rgb(0xb8_b8_b8)],
    zero: rgb(0x20_20_20),
    above: [rgb(0x1b_2c_3b), rgb(0x1f_3a_54), rgb(0x24_4b_70), rgb(0x2c_5f_8e), rgb(0x5f_9f_d4), rgb(0x8e_c1_ea), rgb(0xc4_e0_f7)],
    below: [rgb(0x3b_29_1c), rgb(0x53_34_1e), rgb(0x6f_41_1f), rgb(0x8c_4f_20), rgb(0xe0_8e_4f), rgb(0xf0_b3_82), rgb(0xfa_d9_bf)],
};

static PRINT: Palette = Palette {
    paper: rgb(0xff_ff_ff),
    ink: rgb(0x00_00_00),
    faint: rgb(0x44_44_44),
    grid: rgb(0xcc_cc_cc),
    series: [rgb(0x11_11_11), rgb(0x77_77_77), rgb(0x44_44_44), rgb(0x99_99_99), rgb(0x2a_2a_2a), rgb(0x88_88_88), rgb(0x5e_5e_5e)],
    zero: rgb(0xfb_fb_fb),
    above: [rgb(0xec_ec_ec), rgb(0xdc_dc_dc), rgb(0xc8_c8_c8), rgb(0xb0_b0_b0), rgb(0x70_70_70), rgb(0x4c_4c_4c), rgb(0x24_24_24)],
    below: [rgb(0xef_ef_ef), rgb(0xdf_df_df), rgb(0xcb_cb_cb), rgb(0xb3_b3_b3), rgb(0x73_73_73), rgb(0x4f_4f_4f), rgb(0x27_27_27)],
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
