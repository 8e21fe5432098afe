//! PDF with a text layer (crate `hayro-interpret`): lines of glyphs put together to paragraphs over page borders, the title by
//! its size, running heads and page numbers as furniture.

mod glyphs;

use std::collections::{HashMap, HashSet};

use crate::corpus::raw::{Raw, Role};
use crate::text::{is_han, letters};
use glyphs::{Line, Page, Printed};

/// Running heads stand in this share of a page, at its top or bottom.
const EDGE: f64 = 0.1;
/// A title is so much larger than the text.
const LARGER: f64 = 1.15;
const LONGEST_TITLE: usize = 300;

/// The text of a PDF.
///
/// # Errors
/// It is damaged, locked, or has no text layer.
pub fn document(bytes: &[u8]) -> Result<Raw, String> {
    let printed = glyphs::read(bytes.to_vec())?;
    if printed.pages.iter().all(|p| p.lines.is_empty()) {
        return Err("has no text that can be read: its pages are images, or it is damaged; run a text recognition over it".into());
    }
    let heads = running_heads(&printed.pages);
    let named = title_lines(&printed, &heads);
    let paragraphs = paragraphs(&printed.pages, &heads, &named);
    let title = title(&paragraphs, !named.is_empty());
    let mut raw = Raw::default();
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let role = match title {
            Some(title) if i == title => Role::Heading(1),
            // What is printed above the title of a web page is its navigation; a date may be there too.
            Some(title) if i < title => Role::Head,
            _ => Role::Paragraph,
        };
        raw.push(&paragraph.text, role);
    }
    for (number, page) in printed.pages.iter().enumerate() {
        let own = page.lines.iter().enumerate().filter(|(i, _)| heads.contains(&(number, *i)));
        own.for_each(|(_, line)| raw.push(&line.text, Role::Margin));
    }
    Ok(raw)
}

/// Lines that belong together.
#[derive(Debug)]
struct Paragraph {
    text: String,
    size: f64,
    page: usize,
    /// The lines that the file says are its title.
    named: bool,
}

/// Puts lines together to paragraphs. A paragraph may go on over the border of a page.
fn paragraphs(pages: &[Page], heads: &HashSet<(usize, usize)>, title: &HashSet<(usize, usize)>) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    let spacing = line_spacing(pages);
    for (number, page) in pages.iter().enumerate() {
        let margins = margins(page);
        let mut first = true;
        for (i, line) in page.lines.iter().enumerate().filter(|(i, _)| !heads.contains(&(number, *i))) {
            let named = title.contains(&(number, i));
            let goes_on = match (before, out.last()) {
                (_, Some(last)) if last.named || named => last.named && named,
                (Some(before), Some(last)) if first => (line.size - before.size).abs() <= 0.15 * line.size && !ends(&last.text),
                (Some(before), Some(_)) => !is_apart(before, line, spacing) && !begins(before, line, margins),
                _ => false,
            };
            match out.last_mut().filter(|_| goes_on) {
                Some(last) => {
                    let beside = before.is_some_and(|b| (line.y - b.y).abs() < 0.5 * line.size);
                    last.text.push(if beside { '\t' } else { '\n' });
                    last.text.push_str(&line.text);
                }
                None => out.push(Paragraph { text: line.text.clone(), size: line.size, page: number, named }),
            }
            (before, first) = (Some(line), false);
        }
    }
    out
}

/// The lines of the first page with which the title begins that the file gives itself; those of web pages have the name of the
/// site behind it.
fn title_lines(printed: &Printed, heads: &HashSet<(usize, usize)>) -> HashSet<(usize, usize)> {
    let said = letters(&printed.title);
    let Some(page) = printed.pages.first() else { return HashSet::new() };
    let lines: Vec<(usize, String)> = page.lines.iter().enumerate().filter(|(i, _)| !heads.contains(&(0, *i))).map(|(i, l)| (i, letters(&l.text))).collect();
    let Some(n) = lines.iter().position(|(_, k)| k.chars().count() >= 4 && said.starts_with(k)) else { return HashSet::new() };
    let mut whole = lines[n].1.clone();
    let more = lines[n + 1..].iter().take_while(|(_, k)| {
        whole.push_str(k);
        !k.is_empty() && said.starts_with(&whole)
    });
    lines[n..=n + more.count()].iter().map(|(i, _)| (0, *i)).collect()
}

/// The paragraph that is the title: the one that the file says, or the largest of the first page.
fn title(paragraphs: &[Paragraph], named: bool) -> Option<usize> {
    if named {
        return paragraphs.iter().position(|p| p.named);
    }
    let mut sizes: Vec<f64> = paragraphs.iter().flat_map(|p| p.text.chars().map(|_| p.size)).collect();
    sizes.sort_by(f64::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    let first_page = paragraphs.iter().enumerate().filter(|(_, p)| p.page == 0 && p.text.chars().count() <= LONGEST_TITLE);
    let large = first_page.filter(|(_, p)| p.size >= LARGER * usual && letters(&p.text).chars().count() >= 4);
    large.max_by(|a, b| a.1.size.total_cmp(&b.1.size).then(b.0.cmp(&a.0))).map(|(i, _)| i)
}

/// Whether a text ends with a sentence.
fn ends(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', ')', '）', ' ']).ends_with(['.', '!', '?', '。', '！', '？', ':', '：'])
}

/// Whether a line stands apart from the one before it by its distance or its size.
fn is_apart(before: &Line, line: &Line, spacing: f64) -> bool {
    let down = line.y - before.y;
    let size = line.size.max(before.size);
    down < -0.5 * size || down > 1.35 * spacing * size || (line.size - before.size).abs() > 0.15 * size
}

/// Whether a line begins a paragraph although it does not stand apart: it is indented, or the line before it ends early with a
/// sentence, so that the next word would still have fitted.
fn begins(before: &Line, line: &Line, (left, right): (f64, f64)) -> bool {
    let beside = (line.y - before.y).abs() < 0.5 * line.size;
    let indented = line.x > left + 1.2 * line.size && before.x < left + 0.5 * line.size;
    let word = line
        .text
        .chars()
        .next()
        .map_or(0.0, |c| if is_han(c) { 1.0 } else { 0.6 * line.text.split_whitespace().next().map_or(0, |w| w.chars().count()) as f64 });
    let early = before.end + (word + 1.0) * line.size < right;
    !beside && (indented || (early && ends(&before.text)))
}

/// Where most lines of a page begin, and where the widest end.
fn margins(page: &Page) -> (f64, f64) {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for line in &page.lines {
        *counts.entry(line.x.round() as i64).or_default() += 1;
    }
    let left = counts.into_iter().max_by_key(|(x, n)| (*n, -x)).map_or(0.0, |(x, _)| x as f64);
    (left, page.lines.iter().map(|l| l.end).fold(0.0, f64::max))
}

/// The distance between lines within paragraphs, in units of their size: nearly the least, since between paragraphs, in lists
/// and headings lines are further apart.
fn line_spacing(pages: &[Page]) -> f64 {
    let near = |w: &[Line]| Some((w[1].y - w[0].y) / w[1].size).filter(|d| *d > 0.5 && *d < 3.0);
    let mut all: Vec<f64> = pages.iter().flat_map(|p| p.lines.windows(2).filter_map(near)).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 10).copied().unwrap_or(1.0).max(0.8)
}

/// Lines near the edge of a page that come on several pages at the same height, apart from their numbers; and page numbers
/// and addresses there.
fn running_heads(pages: &[Page]) -> HashSet<(usize, usize)> {
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
