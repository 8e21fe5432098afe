//! PDF with a text layer (crate `hayro-interpret`): lines of glyphs put together to paragraphs over page borders, running
//! heads and page numbers as furniture.

mod glyphs;

use std::collections::HashMap;

use crate::corpus::raw::{Raw, Role};
use glyphs::{Line, Page};

/// Running heads stand in this share of a page, at its top or bottom.
const EDGE: f64 = 0.1;

/// The text of a PDF.
///
/// # Errors
/// It is damaged, locked, or has no text layer.
pub fn document(bytes: &[u8]) -> Result<Raw, String> {
    let pages = glyphs::pages(bytes.to_vec())?;
    if pages.iter().all(|p| p.lines.is_empty()) {
        return Err("has no text that can be read: its pages are images, or it is damaged; run a text recognition over it".into());
    }
    let heads = running_heads(&pages);
    let mut text = String::new();
    let mut margins = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let spacing = line_spacing(page);
        let mut before: Option<&Line> = None;
        for (i, line) in page.lines.iter().enumerate() {
            if heads.contains(&(number, i)) {
                margins.push(line.text.as_str());
                continue;
            }
            text.push_str(match before {
                Some(before) if (line.y - before.y).abs() < 0.5 * line.size && line.x > before.x => "\t",
                Some(before) => {
                    if is_apart(before, line, spacing) {
                        "\n\n"
                    } else {
                        "\n"
                    }
                }
                // A paragraph may go on over the border of a page.
                None => {
                    if text.is_empty() {
                        ""
                    } else if ends(&text) {
                        "\n\n"
                    } else {
                        "\n"
                    }
                }
            });
            text.push_str(&line.text);
            before = Some(line);
        }
    }
    let mut raw = Raw::default();
    raw.push(&text, Role::Text);
    for margin in margins {
        raw.push(margin, Role::Margin);
    }
    Ok(raw)
}

/// Whether a text ends with a sentence.
fn ends(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', ')', '）', ' ']).ends_with(['.', '!', '?', '。', '！', '？', ':', '：'])
}

/// Whether a line begins a new paragraph by its distance from the one before it, or by its size.
fn is_apart(before: &Line, line: &Line, spacing: f64) -> bool {
    let down = line.y - before.y;
    let size = line.size.max(before.size);
    down < -0.5 * size || down > 1.35 * spacing.max(0.8 * size) || (line.size - before.size).abs() > 0.15 * size
}

/// The usual distance between lines: the median of those that are less than three lines high.
fn line_spacing(page: &Page) -> f64 {
    let near = |w: &[Line]| Some(w[1].y - w[0].y).filter(|d| *d > 0.5 * w[1].size && *d < 3.0 * w[1].size);
    let mut all: Vec<f64> = page.lines.windows(2).filter_map(near).collect();
    all.sort_by(f64::total_cmp);
    // The lower third: in lists and headings lines are further apart.
    all.get(all.len() / 3).copied().unwrap_or(0.0)
}

/// Lines near the edge of a page that come on several pages at the same height, apart from their numbers; and page numbers
/// and addresses there.
fn running_heads(pages: &[Page]) -> std::collections::HashSet<(usize, usize)> {
    let at_edge = |page: &Page, line: &Line| line.y < EDGE * page.height || line.y > (1.0 - EDGE) * page.height;
    let key = |line: &Line| {
        let words = line.text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>();
        ((line.y / 4.0).round() as i64, words.replace("00", "0").replace("00", "0"))
    };
    let edges = || pages.iter().enumerate().flat_map(|(n, p)| p.lines.iter().enumerate().filter(|(_, l)| at_edge(p, l)).map(move |(i, l)| (n, i, l)));
    let mut counts: HashMap<(i64, String), usize> = HashMap::new();
    for (_, _, line) in edges() {
        *counts.entry(key(line)).or_default() += 1;
    }
    let technical = |line: &Line| line.text.starts_with("http") || line.text.starts_with("file:") || !line.text.contains(char::is_alphabetic);
    let repeated = |line: &Line| counts.get(&key(line)).is_some_and(|n| *n >= 2.max(pages.len() / 3));
    edges().filter(|(_, _, line)| repeated(line) || technical(line)).map(|(n, i, _)| (n, i)).collect()
}
