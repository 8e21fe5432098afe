//! Sentences, in text of either language.

use std::borrow::Cow;
use std::ops::Range;

/// Splits `text` into sentences, blanks between them left out. A sentence ends at `.`, `!`, `?`, `。`, `！`, `？` and closing
/// quotes or brackets after them; a full stop only before a blank and something that may begin a sentence, and not after an
/// initial or one of the `abbreviations` (lower case, without the stop).
pub fn sentences(text: &str, abbreviations: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(stop) = next_stop(bytes, at) {
        let c = text[stop..].chars().next().unwrap_or('.');
        let rest = &text[stop + c.len_utf8()..];
        let end = text.len() - rest.trim_start_matches(is_closing).len();
        if !c.is_ascii() || ends_here(text, stop, end, c, abbreviations) {
            push(&mut found, text, start..end);
            start = end;
        }
        at = end;
    }
    push(&mut found, text, start..text.len());
    found
}

/// Where the next sign stands that may end a sentence.
fn next_stop(bytes: &[u8], from: usize) -> Option<usize> {
    let stops = |at: &usize| match bytes[*at] {
        b'.' | b'!' | b'?' => true,
        0xE3 => bytes[*at..].starts_with("。".as_bytes()),
        0xEF => bytes[*at..].starts_with("！".as_bytes()) || bytes[*at..].starts_with("？".as_bytes()),
        _ => false,
    };
    let mut at = from;
    // Most of it many bytes at a time.
    while let Some(chunk) = bytes[at..].first_chunk::<16>() {
        if chunk.iter().fold(false, |any, b| any | matches!(b, b'.' | b'!' | b'?' | 0xE3 | 0xEF))
            && let Some(stop) = (at..at + 16).find(stops)
        {
            return Some(stop);
        }
        at += 16;
    }
    (at..bytes.len()).find(stops)
}

/// What belongs to the sentence that ends before it.
fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '」' | '』' | ')' | '）' | '》' | '.' | '!' | '?' | '。' | '！' | '？')
}

fn ends_here(text: &str, stop: usize, end: usize, c: char, abbreviations: &dyn Fn(&str) -> bool) -> bool {
    let rest = &text[end..];
    if !rest.starts_with(char::is_whitespace) {
        return rest.is_empty();
    }
    let Some(next) = rest.trim_start().chars().next() else { return true };
    if next.is_lowercase() {
        return false;
    }
    if c != '.' {
        return true;
    }
    let before = &text[..stop];
    let word = &before[before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '.').len()..];
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    !initial && !abbreviations(&lower(word))
}

/// `word` in lower case; a copy only where it is not.
fn lower(word: &str) -> Cow<'_, str> {
    let is_lower = word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

fn push(found: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = range.start + piece.trim_end().len();
    if start < end {
        found.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules, character by character.
    fn slowly(text: &str, abbreviations: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut start = 0;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let wide = matches!(c, '。' | '！' | '？');
            if !wide && !matches!(c, '.' | '!' | '?') {
                continue;
            }
            let mut end = at + c.len_utf8();
            while let Some((i, closing)) = chars.next_if(|(_, c)| is_closing(*c)) {
                end = i + closing.len_utf8();
            }
            if wide || ends_here(text, at, end, c, abbreviations) {
                push(&mut found, text, start..end);
                start = end;
            }
        }
        push(&mut found, text, start..text.len());
        found
    }

    proptest::proptest! {
        #[test]
        fn bytes_stand_for_characters(text in "([A-Za-z]{1,2}|[.!?。！？]|[\"'”’」)）》]|[ \\n]|[人，、ｂ：é…]){0,24}") {
            let abbreviations = |w: &str| ["a", "b.a"].contains(&w);
            proptest::prop_assert_eq!(sentences(&text, &abbreviations), slowly(&text, &abbreviations));
        }
    }

    #[test]
    fn splits() {
        let abbreviations = |w: &str| ["mr", "h.e", "u.s", "no"].contains(&w);
        for (text, want) in [
            ("He met Mr. Lee. They spoke.", vec!["He met Mr. Lee.", "They spoke."]),
            ("\"It works,\" he said. \"Good.\" She left.", vec!["\"It works,\" he said.", "\"Good.\"", "She left."]),
            ("Growth was 5.3 percent. U.S. Secretary Rubio came.", vec!["Growth was 5.3 percent.", "U.S. Secretary Rubio came."]),
            ("John F. Kennedy spoke!", vec!["John F. Kennedy spoke!"]),
            ("王毅表示，中方愿合作。“很好。”双方同意！", vec!["王毅表示，中方愿合作。", "“很好。”", "双方同意！"]),
            ("  \n", vec![]),
            ("no stop", vec!["no stop"]),
        ] {
            let got: Vec<&str> = sentences(text, &abbreviations).into_iter().map(|r| &text[r]).collect();
            assert_eq!(got, want);
        }
    }
}
