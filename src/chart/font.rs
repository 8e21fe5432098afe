//! What the text of charts is set in: the embedded font, and another in front of it where somebody needs other characters. Text is
//! measured, shortened and broken here.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb::Database;
use ttf_parser::Face;

use crate::error::{Error, Result};

/// Noto Sans SC, a subset (`src/chart/font/README.md`).
const EMBEDDED: &[u8] = include_bytes!("font/NotoSansSC-subset.otf");
/// Its family.
pub(super) const EMBEDDED_FAMILY: &str = "Noto Sans SC";
/// What systems have, for an SVG that is shown where the font is not.
const OTHERS: &str = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, Segoe UI, Helvetica, Arial, sans-serif";
/// Text is taken to be wider than it is in the embedded font, for the fonts that show an SVG elsewhere.
const ROOM: f64 = 1.1;

/// One or two fonts: the first that has a character shows it.
#[derive(Debug, Clone)]
pub struct Font(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// The families to ask for in an SVG.
    families: String,
    /// For the PNG.
    database: Arc<Database>,
    /// The width of each character, in ems.
    advances: HashMap<char, f64>,
}

impl Default for Font {
    fn default() -> Self {
        static EMBEDDED_FONT: OnceLock<Font> = OnceLock::new();
        // The font is part of the program; a test draws with it.
        let font = EMBEDDED_FONT.get_or_init(|| Font::of(&[]).unwrap_or_else(|_| Font(Arc::new(Inner::empty()))));
        font.clone()
    }
}

impl Inner {
    fn empty() -> Inner {
        Inner { families: OTHERS.to_owned(), database: Arc::new(Database::new()), advances: HashMap::new() }
    }
}

impl Font {
    /// The embedded font behind the one in `bytes` (TrueType or OpenType; of a collection, the first).
    ///
    /// # Errors
    /// Bytes that are no font.
    pub fn preferring(bytes: &[u8]) -> Result<Font> {
        Font::of(&[bytes])
    }

    fn of(own: &[&[u8]]) -> Result<Font> {
        let mut database = Database::new();
        let mut families = Vec::new();
        let mut advances = HashMap::new();
        for bytes in own.iter().copied().chain([EMBEDDED]) {
            let face = Face::parse(bytes, 0).map_err(|e| Error::Chart(format!("the font cannot be read: {e}")))?;
            let em = f64::from(face.units_per_em());
            for table in face.tables().cmap.iter().flat_map(|c| c.subtables).filter(ttf_parser::cmap::Subtable::is_unicode) {
                table.codepoints(|code| {
                    let (Some(c), Some(glyph)) = (char::from_u32(code), table.glyph_index(code)) else { return };
                    let advance = face.glyph_hor_advance(glyph).map_or(1.0, |a| f64::from(a) / em);
                    advances.entry(c).or_insert(advance);
                });
            }
            let before = database.len();
            database.load_font_data(bytes.to_vec());
            families.extend(database.faces().nth(before).and_then(|f| f.families.first().map(|(name, _)| name.clone())));
        }
        database.set_sans_serif_family(EMBEDDED_FAMILY);
        families.push(OTHERS.to_owned());
        Ok(Font(Arc::new(Inner { families: families.join(", "), database: Arc::new(database), advances })))
    }

    pub(super) fn families(&self) -> &str {
        &self.0.families
    }

    pub(super) fn database(&self) -> Arc<Database> {
        Arc::clone(&self.0.database)
    }

    /// Whether a character can be shown.
    pub(super) fn has(&self, c: char) -> bool {
        c.is_whitespace() || self.0.advances.contains_key(&c)
    }

    /// The width of a text of that size in pixels, with some room.
    pub(super) fn width(&self, text: &str, size: f64) -> i32 {
        let ems: f64 = text.chars().map(|c| self.0.advances.get(&c).copied().unwrap_or(1.0)).sum();
        (ems * size * ROOM).ceil() as i32
    }

    /// `text`, shortened with an ellipsis to fit into `width` pixels.
    pub(super) fn fit(&self, text: &str, size: f64, width: i32) -> String {
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

    /// `text` in at most `lines` lines of at most `width` pixels, broken at blanks (Chinese anywhere); what is left over is shortened.
    pub(super) fn wrap(&self, text: &str, size: f64, width: i32, lines: usize) -> Vec<String> {
        let mut done: Vec<String> = Vec::new();
        let mut line = String::new();
        for piece in pieces(text) {
            let longer = format!("{line}{piece}");
            if line.is_empty() || self.width(longer.trim(), size) <= width {
                line = longer;
            } else {
                done.push(line);
                line = piece.to_owned();
            }
        }
        done.push(line);
        if done.len() > lines {
            let rest = done.split_off(lines.max(1) - 1).concat();
            done.push(rest);
        }
        done.into_iter().map(|l| self.fit(l.trim(), size, width)).filter(|l| !l.is_empty()).collect()
    }
}

/// The pieces between which a line may be broken: words with their blank, and single Han characters with what must not begin a line.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let end = i + c.len_utf8();
        let closes = chars.peek().is_some_and(|(_, next)| is_closing(*next));
        if c == ' ' || ((crate::text::is_han(c) || is_closing(c)) && !closes) {
            pieces.push(&text[start..end]);
            start = end;
        }
    }
    pieces.push(&text[start..]);
    pieces.retain(|p| !p.is_empty());
    pieces
}

/// Chinese marks that do not begin a line.
fn is_closing(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '？' | '！' | '）' | '》' | '」' | '』' | '】' | '”' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_measured_shortened_and_broken() {
        let font = Font::default();
        assert!(font.width("人类命运共同体", 10.0) >= 70 && font.width("il", 10.0) < font.width("mw", 10.0));
        let long = "community with a shared future for mankind";
        assert_eq!(font.fit(long, 10.0, 1000), long);
        let short = font.fit(long, 10.0, 90);
        assert!(short.ends_with('…') && font.width(&short, 10.0) <= 90, "{short}");
        let lines = font.wrap(long, 10.0, 90, 3);
        assert!(lines.len() == 3 && lines.iter().all(|l| font.width(l, 10.0) <= 90), "{lines:?}");
        assert_eq!(font.wrap("推动构建，人类命运共同体", 10.0, 46, 9), ["推动构", "建，人类", "命运共同", "体"]);
        assert_eq!(font.wrap("", 10.0, 90, 3), Vec::<String>::new());
        assert_eq!(font.fit(long, 10.0, 1), "");
    }

    #[test]
    fn what_is_missing_is_known() {
        let font = Font::default();
        assert!("kőữ人體—，–−·“”…⟦".chars().filter(|c| !font.has(*c)).all(|c| c == '⟦'));
        assert!(!font.has('한'));
    }

    #[test]
    fn another_font_goes_first_and_what_is_none_is_refused() {
        assert!(Font::preferring(b"no font").is_err());
        let font = Font::preferring(EMBEDDED).unwrap();
        assert!(font.families().starts_with("Noto Sans SC, Noto Sans SC, "));
    }
}
