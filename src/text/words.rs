//! Words, Han characters, and where a word ends.

use std::fmt::Write as _;
use std::ops::AddAssign;

use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

/// How much text there is: the denominators of rates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exposure {
    /// UAX #29 words with at least one letter or digit, in scripts that set blanks between words.
    pub words: u64,
    /// Han characters.
    pub characters: u64,
}

impl AddAssign for Exposure {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        self.characters += other.characters;
    }
}

/// Whether `c` is a Han character (Unicode Script=Han). Ideographic marks such as 々 and 〇 are; punctuation is not.
pub fn is_han(c: char) -> bool {
    match c as u32 {
        0..0x2E80 => false,
        0x4E00..=0x9FFF => true,
        _ => c.script() == Script::Han,
    }
}

/// Counts the words and the Han characters of `text`.
pub fn exposure(text: &str) -> Exposure {
    let mut sum = Exposure::default();
    for word in text.unicode_words() {
        let han = word.chars().filter(|&c| is_han(c)).count() as u64;
        sum.characters += han;
        sum.words += u64::from(han == 0 && word.chars().any(char::is_alphanumeric));
    }
    sum
}

/// Whether a match at `start..end` of a folded text begins and ends at a word's edge. Chinese has none, so an edge that is
/// a Han character is always bounded; an apostrophe-s may follow a word.
pub fn is_bounded(text: &str, start: usize, end: usize) -> bool {
    let Some(last) = text[start..end].chars().next_back() else { return false };
    begins_bounded(text, start) && (!is_word(last) || !begins_with_word(&text[end..]))
}

/// Whether what begins at `start` begins at a word's edge; see [`is_bounded`].
pub fn begins_bounded(text: &str, start: usize) -> bool {
    text[start..].chars().next().is_some_and(|first| !is_word(first) || !ends_in_word(&text[..start]))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

fn ends_in_word(before: &str) -> bool {
    let mut back = before.chars().rev();
    match back.next() {
        Some('\'') => back.next().is_some_and(is_word),
        Some(c) => is_word(c),
        None => false,
    }
}

fn begins_with_word(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some('\'') => match chars.next() {
            Some('s') => chars.next().is_some_and(is_word),
            Some(c) => is_word(c),
            None => false,
        },
        Some(c) => is_word(c),
        None => false,
    }
}

/// Bytes in hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_characters() {
        for (text, words, characters) in [
            ("The U.S.–China talks, 2023: 5.3% up!", 7, 0),
            ("mankind's future", 2, 0),
            ("— … !", 0, 0),
            ("人类命运共同体", 0, 7),
            ("推动 GDI 落地，2030年议程。", 2, 7),
            ("", 0, 0),
        ] {
            assert_eq!(exposure(text), Exposure { words, characters }, "{text}");
        }
    }

    #[test]
    fn edges_of_words() {
        for (text, needle, want) in [
            ("one china policymakers", "one china policy", false),
            ("one china policymakers", "one china", true),
            ("mankind's", "mankind", true),
            ("mankind'll", "mankind", false),
            ("人民日报1报道", "人民日报", true),
            ("中国gdi倡议", "gdi", true),
            ("o'global governance", "global governance", false),
            ("'global governance'", "global governance", true),
            ("xgdi", "gdi", false),
        ] {
            let start = text.find(needle).unwrap();
            assert_eq!(is_bounded(text, start, start + needle.len()), want, "{needle} in {text}");
        }
    }
}
