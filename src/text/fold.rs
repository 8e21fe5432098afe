//! Folding: what two strings must share to count as the same wording.
//!
//! Case, accents, Unicode blanks, line breaks, curly quotes, full-width forms, zero-width characters, Markdown emphasis
//! and inline tags disappear or become one form; hyphen-like dashes between letters become `-`; blanks between Han
//! characters vanish, dashes between them stay; traditional characters become simplified ones. A [`Folded`] text remembers where each of its bytes came from, so that
//! what is found in it can be shown, and cited, in the source.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::han::simplified;
use super::words::is_han;

/// A folded text and the map back to the text it was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    runs: Vec<Run>,
}

/// A stretch of folded text and the stretch of source it stands for. In a verbatim run both have the same length and
/// correspond byte by byte; otherwise the whole stretch stands for the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    folded: usize,
    source: usize,
    source_end: usize,
    verbatim: bool,
}

impl Folded {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The stretch of source that the stretch `folded` of the folded text stands for.
    pub fn source(&self, folded: Range<usize>) -> Range<usize> {
        if folded.is_empty() || self.runs.is_empty() {
            let at = self.runs.get(self.run_at(folded.start)).map_or(0, |r| r.source);
            return at..at;
        }
        let first = self.runs[self.run_at(folded.start)];
        let last = self.runs[self.run_at(folded.end - 1)];
        let start = if first.verbatim { first.source + (folded.start - first.folded) } else { first.source };
        let end = if last.verbatim { last.source + (folded.end - last.folded) } else { last.source_end };
        start..end
    }

    /// The first offset of the folded text whose source does not lie before `source`.
    pub fn offset_of(&self, source: usize) -> usize {
        let i = self.runs.partition_point(|r| r.source_end <= source);
        match self.runs.get(i) {
            None => self.text.len(),
            Some(r) if source <= r.source => r.folded,
            Some(r) if r.verbatim => r.folded + (source - r.source),
            Some(_) => self.runs.get(i + 1).map_or(self.text.len(), |next| next.folded),
        }
    }

    fn run_at(&self, folded: usize) -> usize {
        self.runs.partition_point(|r| r.folded <= folded).saturating_sub(1)
    }

    fn push(&mut self, folded: &str, source: Range<usize>, verbatim: bool) {
        let at = self.text.len();
        self.text.push_str(folded);
        if verbatim
            && let Some(last) = self.runs.last_mut()
            && last.verbatim
            && last.source_end == source.start
        {
            last.source_end = source.end;
            return;
        }
        self.runs.push(Run { folded: at, source: source.start, source_end: source.end, verbatim });
    }
}

/// Folds `text`. The result has no blank at either end.
pub fn fold(text: &str) -> Folded {
    run(text, false)
}

/// Folds `text` with the words made whole that are broken at the ends of its lines (`construc-⏎tive`); `None` where there are
/// none. Whether a hyphen at a line's end belongs to the word does not show, so this is a second reading beside [`fold`].
pub fn fold_unhyphenated(text: &str) -> Option<Folded> {
    let breaks = |(at, _): (usize, &str)| broken_word(text, at).is_some();
    if !text.match_indices('-').chain(text.match_indices('\u{2010}')).any(breaks) {
        return None;
    }
    let mut folder = Folder::new(text, false);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at = match broken_word(text, at).filter(|_| matches!(c, '-' | '\u{2010}')) {
            Some(next) => next,
            None => folder.step(at, c),
        };
    }
    Some(folder.out)
}

/// Where the word goes on that is broken by the hyphen at `at` and the end of its line; `None` if none is.
fn broken_word(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].chars().next_back().is_some_and(char::is_lowercase);
    let hyphen = text[at..].chars().next()?;
    let rest = &text[at + hyphen.len_utf8()..];
    let next = rest.trim_start();
    let gap = &rest[..rest.len() - next.len()];
    (before && gap.contains(['\n', '\r']) && next.starts_with(char::is_lowercase)).then_some(text.len() - next.len())
}

/// The letters and digits of `text`, folded: what two titles or names of columns must share to be the same.
pub fn letters(text: &str) -> String {
    fold(text).as_str().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// `text` without markup and invisible characters, blanks made one, everything else as it is.
pub fn plain(text: &str) -> String {
    run(text, true).text
}

fn run(text: &str, keep: bool) -> Folded {
    let mut folder = Folder::new(text, keep);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at = folder.step(at, c);
    }
    folder.out
}

struct Folder<'a> {
    source: &'a str,
    /// Characters stay as they are; only markup goes.
    keep: bool,
    out: Folded,
    /// A run of blanks seen but not yet written.
    blank: Option<Range<usize>>,
    /// The last character written, as in the source.
    last: char,
    /// The folded form of the character at hand; kept to be used again.
    form: String,
}

impl<'a> Folder<'a> {
    fn new(source: &'a str, keep: bool) -> Self {
        Folder { source, keep, out: Folded::default(), blank: None, last: ' ', form: String::new() }
    }

    /// Takes the character `c` at `at` (or the markup that begins there) and returns where the next one begins.
    fn step(&mut self, at: usize, c: char) -> usize {
        let end = at + c.len_utf8();
        if c.is_whitespace() {
            let start = self.blank.as_ref().map_or(at, |b| b.start);
            self.blank = Some(start..end);
            return end;
        }
        if is_invisible(c) {
            return end;
        }
        if let Some(skip) = self.markup(at, c) {
            return at + skip;
        }
        let mut form = std::mem::take(&mut self.form);
        form.clear();
        self.fold_char(at, c, &mut form);
        if !form.is_empty() {
            self.flush_blank(c);
            self.last = c;
            // One character for one of the same length; "…" becomes three of one byte each.
            let verbatim = form.len() == end - at && form.chars().nth(1).is_none();
            self.out.push(&form, at..end, verbatim);
        }
        self.form = form;
        end
    }

    fn previous(&self) -> Option<char> {
        self.out.text.chars().next_back()
    }

    /// Writes the pending blank before `next`, unless it stands between Han characters, at the start, or after a hyphen at a
    /// line's end.
    fn flush_blank(&mut self, next: char) {
        let Some(range) = self.blank.take() else { return };
        let Some(before) = self.previous() else { return };
        let broken_word = before == '-' && self.source[range.clone()].contains('\n') && self.out.text.chars().rev().nth(1).is_some_and(char::is_alphabetic);
        if !self.keep && (joins_across_blank(self.last) && joins_across_blank(next) || broken_word) {
            return;
        }
        self.out.push(" ", range, false);
    }

    /// The length of the markup that begins at `at`, if any: emphasis signs, an inline tag, the brackets of a link.
    fn markup(&self, at: usize, c: char) -> Option<usize> {
        let rest = &self.source[at..];
        match c {
            '*' | '`' => Some(1),
            '_' => {
                let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let inside = word(self.source[..at].chars().next_back()) && word(rest[1..].chars().next());
                (!inside).then_some(1)
            }
            '<' => inline_tag(rest),
            '[' => link_end(rest).map(|_| 1),
            ']' if rest.starts_with("](") => {
                let close = rest.bytes().take(2_000).position(|b| b == b')' || b == b'\n')?;
                (rest.as_bytes()[close] == b')').then_some(close + 1)
            }
            _ => None,
        }
    }

    /// Writes the folded form of `c`, which stands at `at`, into `out`.
    fn fold_char(&self, at: usize, c: char, out: &mut String) {
        match c {
            _ if self.keep => out.push(c),
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            _ if is_han(c) => out.push(simplified(c)),
            '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' => out.push('\''),
            '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{2033}' => out.push('"'),
            '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => {
                let spaced = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_han(c));
                // Emphasis signs, invisible characters and a line's end may come between.
                let between = |c: &char| matches!(c, '*' | '_' | '\n' | '\r') || is_invisible(*c);
                let next = self.source[at + c.len_utf8()..].chars().find(|c| !between(c));
                let joins = self.blank.is_none() && spaced(self.previous()) && spaced(next);
                out.push(if joins { '-' } else { c });
            }
            '\u{300}'..='\u{36F}' => {}
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            _ => decompose(c, out),
        }
    }
}

/// The compatibility form of `c` in lower case; Latin, Greek and Cyrillic letters lose their marks.
fn decompose(c: char, out: &mut String) {
    let base = std::iter::once(c).nfkd().next();
    let marked = base.is_some_and(|base| base.is_ascii() || ('\u{370}'..'\u{530}').contains(&base));
    if marked {
        out.extend(std::iter::once(c).nfkd().filter(|m| !('\u{300}'..='\u{36F}').contains(m)).flat_map(char::to_lowercase));
    } else {
        out.extend(std::iter::once(c).nfkc().flat_map(char::to_lowercase));
    }
}

/// Zero-width characters, soft hyphens, direction marks and the byte-order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

/// Characters between which a blank means nothing: Han characters and the punctuation that Chinese sets between them.
fn joins_across_blank(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3001}'..='\u{3011}' | '，' | '；' | '：' | '！' | '？')
}

/// The length of the inline tag at the start of `rest` (`<b>`, `</span>`, `<a href="…">`), if there is one.
fn inline_tag(rest: &str) -> Option<usize> {
    const INLINE: [&str; 17] = ["a", "abbr", "b", "big", "em", "font", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"];
    let body = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
    let name: String = body.chars().take_while(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    if !INLINE.contains(&name.as_str()) {
        return None;
    }
    let after = body[name.len()..].chars().next()?;
    if !(after == '>' || after == '/' || after.is_ascii_whitespace()) {
        return None;
    }
    rest.bytes().take(1_000).position(|b| b == b'>').map(|i| i + 1)
}

/// Where the text of the Markdown link at the start of `rest` ends, if it is one.
fn link_end(rest: &str) -> Option<usize> {
    let close = rest.bytes().take(1_000).position(|b| b == b']' || b == b'\n')?;
    rest[close..].starts_with("](").then_some(close)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        fold(text).as_str().to_owned()
    }

    #[test]
    fn forms_that_do_not_hide_a_formula() {
        for (source, want) in [
            ("  Belt\u{a0}and\nRoad ", "belt and road"),
            ("Ｂｅｌｔ ２０３０", "belt 2030"),
            ("the \u{201C}rules\u{2011}based order\u{201D}", "the \"rules-based order\""),
            ("win\u{2013}win 2016\u{2013}2019", "win-win 2016\u{2013}2019"),
            ("**Global** _Security_ <b>Init</b>iative", "global security initiative"),
            ("[Belt and Road](http://x.example/a_b) Forum", "belt and road forum"),
            ("Ko\u{301}rösi António Đặng İstanbul", "korosi antonio dang istanbul"),
            ("人类 命运\u{3000}共同\n体", "人类命运共同体"),
            ("合作——共赢", "合作——共赢"),
            ("人類命運\n共同體", "人类命运共同体"),
            ("中国 GDI 倡议", "中国 gdi 倡议"),
            ("self-\ndetermination", "self-determination"),
            ("snake_case _x_", "snake_case x"),
            ("a < b > c <script>", "a < b > c <script>"),
            ("win\u{2010}\nwin win\u{2013}**win**", "win-win win-win"),
            ("和平共处， 合作\n共赢", "和平共处,合作共赢"),
            ("zero\u{200B}width so\u{AD}ft", "zerowidth soft"),
        ] {
            assert_eq!(folded(source), want, "{source:?}");
        }
    }

    #[test]
    fn words_broken_at_line_ends_are_made_whole() {
        let text = "a construc-\n  tive co\u{2010}\r\noperation and win-\nwin";
        let f = fold_unhyphenated(text).unwrap();
        assert_eq!(f.as_str(), "a constructive cooperation and winwin");
        assert_eq!(&text[f.source(2..14)], "construc-\n  tive");
        assert_eq!(fold_unhyphenated("win-win on one line, 2016-\n2019 and Belt-\nRoad"), None);
    }

    #[test]
    fn plain_text_keeps_its_letters() {
        assert_eq!(plain("[Wang Yi  _Meets_ Kőrösi](http://x) and <b>more</b>，**全文**"), "Wang Yi Meets Kőrösi and more，全文");
    }

    #[test]
    fn every_stretch_leads_back_to_its_source() {
        let source = "  “İ” ﬁne **Belt** and\u{a0}\u{a0}Road，人类 命运";
        let f = fold(source);
        let at = |needle: &str| {
            let i = f.as_str().find(needle).unwrap_or_else(|| panic!("{needle} in {:?}", f.as_str()));
            &source[f.source(i..i + needle.len())]
        };
        assert_eq!(at("i"), "İ");
        assert_eq!(at("fine"), "ﬁne");
        assert_eq!(at("i\""), "İ”");
        assert_eq!(at("belt and road"), "Belt** and\u{a0}\u{a0}Road");
        assert_eq!(at("人类命运"), "人类 命运");
    }

    proptest::proptest! {
        #[test]
        fn offsets_are_character_boundaries(source in "[a-zA-Z *_<>b/\u{a0}éİﬁ…½人“”（）\n\\-–—\u{200B}\u{301}\\[\\]()]{0,40}") {
            let f = fold(&source);
            let bounds: Vec<usize> = f.as_str().char_indices().map(|(i, _)| i).chain([f.as_str().len()]).collect();
            for (i, a) in bounds.iter().enumerate() {
                for b in &bounds[i..] {
                    let r = f.source(*a..*b);
                    proptest::prop_assert!(r.start <= r.end && source.get(r).is_some());
                }
            }
            for (i, _) in source.char_indices() {
                proptest::prop_assert!(f.as_str().is_char_boundary(f.offset_of(i)));
            }
        }
    }
}
