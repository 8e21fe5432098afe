//! Folded text as tokens: the words of English, the characters of Chinese.
//!
//! Chinese is not cut into words. Where a candidate may not go on (a full stop, the end of a paragraph) a run of tokens ends. A word
//! with hyphens is one token; so is a run of letters or digits in Chinese. What can stand inside a formula is a token too: quotation marks
//! (共建“一带一路”), and the comma of a list ("sovereignty, independence and territorial integrity", 和平、发展).

use crate::text::is_han;

/// The runs of English words in `folded`.
pub(super) fn english<'t>(folded: &'t str, mut run: impl FnMut(&[&'t str])) {
    let mut words: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        let rest = &folded[at..];
        let length = word(rest);
        if length > 0 {
            let whole = &rest[..length];
            let own = whole.strip_suffix("'s").unwrap_or(whole);
            words.push(own);
            if own.len() < length {
                words.push("'s");
            }
            at += length;
        } else {
            let c = rest.chars().next().unwrap_or(' ');
            if c == '"' || c == ',' && !words.is_empty() {
                words.push(&rest[..1]);
            } else if c != ' ' && !words.is_empty() {
                run(&words);
                words.clear();
            }
            at += c.len_utf8();
        }
    }
    if !words.is_empty() {
        run(&words);
    }
}

/// The length of the word at the start of `text`: letters and digits, with what joins two of them, and the last full stop of `u.s.`.
fn word(text: &str) -> usize {
    let mut end = 0;
    let mut is_acronym = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let before = text[..at].chars().next_back();
        let digits = before.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit());
        let joins = match c {
            '-' | '\'' => at > 0 && next.is_some_and(is_letter),
            ',' => digits,
            '.' => {
                // Between single letters: what comes before the letter is no letter.
                let single = before.is_some_and(char::is_alphabetic) && !text[..at].chars().rev().nth(1).is_some_and(char::is_alphanumeric);
                let goes_on = single && next.is_some_and(is_letter);
                is_acronym |= goes_on;
                digits || goes_on || single && is_acronym
            }
            _ => is_letter(c),
        };
        if !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// The runs of Chinese characters in `folded`, with the letters, digits and quotation marks between them.
pub(super) fn chinese<'t>(folded: &'t str, mut run: impl FnMut(&[&'t str])) {
    let mut tokens: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(c) = folded[at..].chars().next() {
        let rest = &folded[at..];
        let length = if is_han(c) || matches!(c, '"' | '、' | '《' | '》') { c.len_utf8() } else { rest.find(|c| !is_letter(c)).unwrap_or(rest.len()) };
        if length > 0 {
            tokens.push(&rest[..length]);
            at += length;
        } else {
            if !tokens.is_empty() {
                run(&tokens);
                tokens.clear();
            }
            at += c.len_utf8();
        }
    }
    if !tokens.is_empty() {
        run(&tokens);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(of: impl FnOnce(&mut dyn FnMut(&[&str]))) -> Vec<String> {
        let mut runs = Vec::new();
        of(&mut |run| runs.push(run.join("|")));
        runs
    }

    #[test]
    fn english_words_end_at_punctuation() {
        for (text, want) in [
            ("win-win cooperation, and china's 2030 agenda.", vec!["win-win|cooperation|,|and|china|'s|2030|agenda"]),
            ("don't \"rules-based order\" - no", vec!["don't|\"|rules-based|order|\"", "no"]),
            ("3.5 million people (2,000), too", vec!["3.5|million|people", "2,000", "too"]),
            ("china-u.s. relations and the u.s. it is. a. b", vec!["china-u.s.|relations|and|the|u.s.|it|is", "a", "b"]),
            ("", vec![]),
        ] {
            assert_eq!(runs(|run| english(text, run)), want, "{text}");
        }
    }

    #[test]
    fn chinese_characters_with_quotation_marks() {
        for (text, want) in [("共建\"一带一路\"，2030年议程。", vec!["共|建|\"|一|带|一|路|\"", "2030|年|议|程"]), ("g20 峰会", vec!["g20", "峰|会"])]
        {
            assert_eq!(runs(|run| chinese(text, run)), want, "{text}");
        }
    }
}
