//! SVG to PNG with the embedded font, so that no font of the system is needed and every machine draws the same.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use super::canvas::{FONT, FONT_NAME};
use crate::error::{Error, Result};

/// Pixels of the PNG for one of the SVG.
const SCALE: f32 = 2.0;

/// The PNG of an SVG, at twice its size.
///
/// # Errors
/// Not an SVG, or one too large.
pub fn to_png(svg: &str) -> Result<Vec<u8>> {
    let failed = |e: String| Error::Chart(e);
    let options = Options { font_family: FONT_NAME.to_owned(), fontdb: fonts(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|e| failed(e.to_string()))?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or_else(|| failed("the chart is too large for a PNG".into()))?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or_else(|| failed("the chart is too large for a PNG".into()))?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| failed(e.to_string()))
}

fn fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut database = Database::new();
        database.load_font_data(FONT.to_vec());
        database.set_sans_serif_family(FONT_NAME);
        Arc::new(database)
    });
    Arc::clone(fonts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(text: &str) -> usize {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"40\"><text x=\"10\" y=\"30\" font-size=\"24\" font-family=\"Nowhere, sans-serif\">{text}</text></svg>"
        );
        let png = to_png(&svg).unwrap();
        let pixels = Pixmap::decode_png(&png).unwrap();
        pixels.pixels().iter().filter(|p| p.alpha() > 128).count()
    }

    #[test]
    fn latin_accents_and_chinese_leave_ink() {
        let blank = ink(" ");
        assert_eq!(blank, 0);
        for text in ["k", "ő", "ữ", "人", "體", "—", "，"] {
            assert!(ink(text) > 0, "{text} left no ink");
        }
        // Different characters are drawn differently: no box stands for them.
        assert_ne!(ink("一"), ink("龍"));
    }
}
