//! Parsing with bounds: a page that is nested or grows beyond all measure is refused, so that no page takes forever.

use html5ever::driver;
use html5ever::tendril::{StrTendril, TendrilSink};
use memchr::{memchr, memchr2};
use scraper::{Html, HtmlTreeSink};

/// Browsers stop at 512.
const DEEPEST: usize = 1_000;
/// How much is parsed between two looks at the tree.
const STEP: usize = 4_096;
/// A tag with more blanks than this is no tag of a page.
const LONGEST_TAG: usize = 5_000;

/// The tree of a page.
///
/// # Errors
/// It is no page that a browser would show.
pub fn parse(text: &str) -> Result<Html, String> {
    if has_endless_tag(text) {
        return Err("holds a tag with thousands of attributes; it is no web page".into());
    }
    let mut parser = driver::parse_document(HtmlTreeSink::new(Html::new_document()), html5ever::ParseOpts::default());
    let mut rest = text;
    while !rest.is_empty() {
        let mut cut = rest.len().min(STEP);
        while !rest.is_char_boundary(cut) {
            cut += 1;
        }
        let (step, later) = rest.split_at(cut);
        parser.process(StrTendril::from(step));
        rest = later;
        let html = parser.tokenizer.sink.sink.0.borrow();
        let newest = html.tree.nodes().next_back();
        if newest.is_some_and(|n| n.ancestors().nth(DEEPEST).is_some()) {
            return Err(format!("is nested more than {DEEPEST} deep; it is no web page"));
        }
        if html.tree.nodes().len() > 10_000 + text.len() {
            return Err("has tags that are never closed and multiply; it is no web page".into());
        }
    }
    Ok(parser.finish())
}

/// Whether a tag has so many attributes that to compare each with all takes forever.
fn has_endless_tag(text: &str) -> bool {
    // Addresses of images hold slashes, but not that many.
    const MOST: usize = LONGEST_TAG * 4;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(open) = memchr(b'<', &bytes[at..]) {
        let start = at + open + 1;
        at = memchr2(b'<', b'>', &bytes[start..]).map_or(bytes.len(), |i| start + i);
        let tag = &bytes[start..at];
        let blank = |b: &&u8| matches!(b, b' ' | b'\n' | b'\t' | b'\r' | b'\x0C' | b'/' | b'"' | b'\'' | b'=');
        if tag.len() > MOST && tag.iter().filter(blank).count() > MOST {
            return true;
        }
    }
    false
}
