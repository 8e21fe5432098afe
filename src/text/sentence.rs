//! Sentences, in text of either language.

use std::ops::Range;

/// Splits `text` into sentences, blanks between them left out. A sentence ends at `.`, `!`, `?`, `。`, `！`, `？` and closing
/// quotes or brackets after them; a full stop only before a blank and something that may begin a sentence, and not after an
/// initial or one of the `abbreviations` (lower case, without the stop).
pub fn sentences(text: &str, abbreviations: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let wide = matches!(c, '。' | '！' | '？');
        if !wide && !matches!(c, '.' | '!' | '?') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(i, closing)) = chars.peek() {
            if !matches!(closing, '"' | '\'' | '”' | '’' | '」' | '』' | ')' | '）' | '》' | '.' | '!' | '?' | '。' | '！' | '？') {
                break;
            }
            end = i + closing.len_utf8();
            chars.next();
        }
        if wide || ends_here(text, at, end, c, abbreviations) {
            push(&mut found, text, start..end);
            start = end;
        }
    }
    push(&mut found, text, start..text.len());
    found
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
    let word: String = text[..stop].chars().rev().take_while(|c| c.is_alphanumeric() || *c == '.').collect::<Vec<_>>().into_iter().rev().collect();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    !initial && !abbreviations(&word.to_lowercase())
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
