//! SVG to PNG with the fonts of a style, so that no font of the system is needed and every machine draws the same.

use std::path::Path;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Group, Node, Options, Tree};

use super::font::{EMBEDDED_FAMILY, Font};
use crate::error::{Error, Result};

/// Pixels of the PNG for one of the SVG.
const SCALE: f32 = 2.0;

/// Whether a chart in `file` is to be a PNG; else it is an SVG.
///
/// # Errors
/// The name says neither.
pub fn is_png(file: &Path) -> Result<bool> {
    match file.extension().map(|e| e.to_string_lossy().to_lowercase()).as_deref() {
        Some("png") => Ok(true),
        Some("svg") => Ok(false),
        _ => Err(Error::Usage(format!("{}: a chart is .svg or .png; name the file so", file.display()))),
    }
}

/// The PNG of an SVG, at twice its size.
///
/// # Errors
/// Not an SVG, or one too large.
pub fn to_png(svg: &str, font: &Font) -> Result<Vec<u8>> {
    let failed = |e: String| Error::Chart(e);
    let tree = tree(svg, font)?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or_else(|| failed("the chart is too large for a PNG".into()))?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or_else(|| failed("the chart is too large for a PNG".into()))?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| failed(e.to_string()))
}

fn tree(svg: &str, font: &Font) -> Result<Tree> {
    let options = Options { font_family: EMBEDDED_FAMILY.to_owned(), fontdb: font.database(), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|e| Error::Chart(e.to_string()))
}

/// A text of an SVG and the box round its ink.
#[derive(Debug, Clone, PartialEq)]
pub struct TextBox {
    /// What is written.
    pub text: String,
    /// Left, top, right and bottom.
    pub sides: [f32; 4],
}

impl TextBox {
    /// Whether two boxes share more than a pixel each way.
    pub fn overlaps(&self, other: &TextBox) -> bool {
        let [a, b] = [&self.sides, &other.sides];
        a[0] + 1.0 < b[2] && b[0] + 1.0 < a[2] && a[1] + 1.0 < b[3] && b[1] + 1.0 < a[3]
    }
}

/// The size of an SVG and the boxes of its texts, as they are drawn in `font`: to check that nothing is cut off or covered.
///
/// # Errors
/// Not an SVG.
pub fn text_boxes(svg: &str, font: &Font) -> Result<((f32, f32), Vec<TextBox>)> {
    let tree = tree(svg, font)?;
    let mut boxes = Vec::new();
    collect(tree.root(), &mut boxes);
    Ok(((tree.size().width(), tree.size().height()), boxes))
}

fn collect(group: &Group, into: &mut Vec<TextBox>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => collect(inner, into),
            Node::Text(text) => {
                let bounds = text.flattened().abs_bounding_box();
                let words: String = text.chunks().iter().map(resvg::usvg::TextChunk::text).collect();
                if !words.trim().is_empty() {
                    into.push(TextBox { text: words, sides: [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()] });
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(text: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"40\"><text x=\"10\" y=\"30\" font-size=\"24\" font-family=\"Nowhere, sans-serif\">{text}</text></svg>"
        )
    }

    fn ink(text: &str) -> usize {
        let png = to_png(&svg(text), &Font::default()).unwrap();
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

    #[test]
    fn texts_have_boxes() {
        let (size, boxes) = text_boxes(&svg("人类"), &Font::default()).unwrap();
        assert_eq!(size, (200.0, 40.0));
        assert_eq!(boxes.len(), 1);
        assert!(boxes[0].sides[0] >= 9.0 && boxes[0].sides[2] <= 60.0 && boxes[0].sides[2] > 50.0, "{boxes:?}");
    }
}
