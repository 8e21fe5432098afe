//! Han characters, and where a word ends.

use std::fmt::Write as _;

use unicode_script::{Script, UnicodeScript};

/// Whether `c` is a Han character (Unicode Script=Han). Ideographic marks such as 々 and 〇 are; punctuation is not.
pub fn is_han(c: char) -> bool {
    match c as u32 {
        // What the tables say, of what there is most.
        0..0x2E80 | 0x3000..=0x3004 | 0x3008..=0x3020 | 0x3040..=0x31BF | 0xAC00..=0xD7FF | 0xFE30..=0xFFFF => false,
        0x4E00..=0x9FFF => true,
        _ => c.script() == Script::Han,
    }
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
    // In this order: the tables of letters are slow of Han characters.
    !is_han(c) && c.is_alphanumeric()
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
    fn han_by_the_tables() {
        for c in ('\0'..=char::MAX).filter(|c| !('\u{4E00}'..='\u{9FFF}').contains(c)) {
            assert_eq!(is_han(c), c.script() == Script::Han, "{c}");
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
