//! Folding: what two strings must share to count as the same wording.
//!
//! Case, accents, Unicode blanks, line breaks, curly quotes, full-width forms, zero-width characters, Markdown emphasis
//! and inline tags disappear or become one form; hyphen-like dashes between letters become `-`; blanks between Han
//! characters vanish, dashes between them stay; traditional characters become simplified ones. A [`Folded`] text remembers where each of its bytes came from, so that
//! what is found in it can be shown, and cited, in the source.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::folded::Folded;
use super::han::{simplified, simplify};
use super::stretch::plain_ascii;
use super::words::is_han;

/// Folds `text`. The result has no blank at either end.
pub fn fold(text: &str) -> Folded {
    run(text, false)
}

/// Folds `text` with the words made whole that are broken at the ends of its lines (`construc-⏎tive`); `None` where there are
/// none. Whether a hyphen at a line's end belongs to the word does not show, so this is a second reading beside [`fold`].
pub fn fold_unhyphenated(text: &str) -> Option<Folded> {
    // A look for what is rare in a paragraph before one for what is not.
    memchr::memchr2(b'\n', b'\r', text.as_bytes())?;
    let breaks: Vec<(usize, usize)> = text.match_indices(['-', '\u{2010}']).filter_map(|(at, _)| Some((at, broken_word(text, at)?))).collect();
    if breaks.is_empty() {
        return None;
    }
    let mut folder = Folder::new(text, false);
    let mut at = 0;
    for (hyphen, next) in breaks {
        at = folder.take(at, hyphen);
        // Unless it lies in markup that goes.
        if at == hyphen {
            at = next;
        }
    }
    folder.take(at, text.len());
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
    run(text, true).into_string()
}

fn run(text: &str, keep: bool) -> Folded {
    let mut folder = Folder::new(text, keep);
    folder.take(0, text.len());
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
        Folder { source, keep, out: Folded::with_capacity(source.len()), blank: None, last: ' ', form: String::new() }
    }

    /// Takes what stands from `at` to `stop`, and returns where what it took ends: markup may reach beyond `stop`. Plain text is
    /// taken in runs, all else by [`Folder::step`].
    fn take(&mut self, mut at: usize, stop: usize) -> usize {
        while at < stop {
            let rest = &self.source[at..stop];
            let ascii = plain_ascii(rest.as_bytes());
            at = if ascii > 0 {
                self.ascii(at..at + ascii)
            } else {
                let Some(c) = rest.chars().next() else { break };
                if !self.keep && is_han(c) { self.han(at, c, stop) } else { self.step(at, c) }
            };
        }
        at
    }

    /// Takes a run of plain ASCII text.
    fn ascii(&mut self, run: Range<usize>) -> usize {
        let plain = &self.source[run.clone()];
        self.flush_blank(char::from(plain.as_bytes()[0]));
        self.last = char::from(plain.as_bytes()[plain.len() - 1]);
        let keep = self.keep;
        self.out.push_verbatim(run.start, |out| {
            let from = out.len();
            out.push_str(plain);
            if !keep {
                out[from..].make_ascii_lowercase();
            }
        })
    }

    /// Takes the Han characters from `at`, of which `c` is the first, to `stop`.
    fn han(&mut self, at: usize, c: char, stop: usize) -> usize {
        self.flush_blank(c);
        self.last = c;
        let run = &self.source[at..stop];
        let end = self.out.push_verbatim(at, |out| simplify(run, out));
        if end > at { end } else { self.step(at, c) }
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
        self.out.as_str().chars().next_back()
    }

    /// Writes the pending blank before `next`, unless it stands between Han characters, at the start, or after a hyphen at a
    /// line's end.
    fn flush_blank(&mut self, next: char) {
        let Some(range) = self.blank.take() else { return };
        let Some(before) = self.previous() else { return };
        let broken_word = before == '-' && self.source[range.clone()].contains('\n') && self.out.as_str().chars().rev().nth(1).is_some_and(char::is_alphabetic);
        if !self.keep && (joins_across_blank(self.last) && joins_across_blank(next) || broken_word) {
            return;
        }
        let plain = range.len() == 1;
        self.out.push(" ", range, plain);
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
            '\u{FF01}'..='\u{FF5E}' => out.extend(u8::try_from(u32::from(c) - 0xFEE0).map(|b| char::from(b.to_ascii_lowercase()))),
            '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{2014}' => out.push(c),
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

    /// The fold without runs: one character after the other.
    fn slowly(source: &str, keep: bool) -> Folded {
        let mut folder = Folder::new(source, keep);
        let mut at = 0;
        while let Some(c) = source[at..].chars().next() {
            at = folder.step(at, c);
        }
        folder.out
    }

    #[test]
    fn every_character_folds_as_unicode_has_it() {
        for c in ('\u{2000}'..=char::MAX).filter(|c| !is_han(*c)) {
            let (mut short, mut long) = (String::new(), String::new());
            if matches!(c, '\u{3001}'..='\u{3011}' | '\u{2014}' | '\u{FF01}'..='\u{FF5E}') && c != '\u{FF0D}' {
                Folder::new("", false).fold_char(0, c, &mut short);
                decompose(c, &mut long);
                assert_eq!(short, long, "{c}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn runs_change_nothing(source in "([a-zA-Z0-9.,'\"-]{1,4}|[ \t\n\r]{1,2}|[*_`<>/\\[\\]()]|</?b>|[人類命運共同體后後]{1,3}|[，。、：“”’‘！？《》…—–\u{2010}‐]|[éİﬁÀøß½Ж\u{a0}\u{3000}\u{200B}\u{301}\u{AD}\u{1}Ａ｀＊ー가𠀀㐀々\u{2F00}]){0,24}", keep: bool) {
            let (fast, slow) = (run(&source, keep), slowly(&source, keep));
            proptest::prop_assert_eq!(fast.as_str(), slow.as_str());
            for (at, c) in fast.as_str().char_indices() {
                let end = at + c.len_utf8();
                proptest::prop_assert_eq!(fast.source(at..end), slow.source(at..end));
                proptest::prop_assert_eq!(fast.source(at..fast.as_str().len()), slow.source(at..slow.as_str().len()));
            }
            for at in 0..=source.len() {
                proptest::prop_assert_eq!(fast.offset_of(at), slow.offset_of(at));
            }
        }

        #[test]
        fn words_made_whole_change_nothing_else(source in "([a-z]{1,2}|[A-Z]|[-\u{2010}]|\n|\r\n| |[*_]|[人，]|\\]\\(|\\)){0,24}") {
            let mut folder = Folder::new(&source, false);
            let mut at = 0;
            let mut broken = false;
            while let Some(c) = source[at..].chars().next() {
                broken |= matches!(c, '-' | '\u{2010}') && broken_word(&source, at).is_some();
                at = match broken_word(&source, at).filter(|_| matches!(c, '-' | '\u{2010}')) {
                    Some(next) => next,
                    None => folder.step(at, c),
                };
            }
            if let Some(fast) = fold_unhyphenated(&source) {
                proptest::prop_assert_eq!(fast.as_str(), folder.out.as_str());
            } else {
                proptest::prop_assert!(!broken);
            }
        }

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
