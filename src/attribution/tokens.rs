//! The words and signs of English text.

use super::classes::{Classes, Lexis};
use crate::text::Folded;
use crate::text::eight::{first_eight, letters_of};

/// A word or a sign of punctuation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    /// As in the source.
    pub source: &'a str,
    pub start: usize,
    pub end: usize,
    /// Begins with a capital letter in the source.
    pub capital: bool,
    pub word: bool,
    pub classes: Classes,
}

impl Token<'_> {
    /// Whether it is of one of these classes.
    pub fn is(&self, any: Classes) -> bool {
        self.classes.has(any)
    }
}

/// The words and signs of a text, from its folded form and its source.
pub(super) fn tokens<'a>(folded: &'a Folded, source: &'a str, lexis: &Lexis) -> Vec<Token<'a>> {
    let text = folded.as_str();
    let bytes = text.as_bytes();
    let mut sources = folded.sources();
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    let mut start = 0;
    while let Some(&first) = bytes.get(start) {
        if first == b' ' {
            start += 1;
            continue;
        }
        let eight = first_eight(&bytes[start..]);
        let short = letters_of(eight);
        // What most words are.
        let plain = (1..8).contains(&short) && ends_word(bytes, start + short);
        let end = if plain { start + short } else { word_end(text, start) };
        let word = end > start;
        let end = if word { end } else { start + char_at(text, start).map_or(1, char::len_utf8) };
        let source = &source[sources.of(start..end)];
        let capital = char_at(source, 0).is_some_and(char::is_uppercase);
        let classes = match word {
            true if plain => lexis.short_word(eight, short, capital),
            true => lexis.word_at(text, start..end, capital),
            false => Classes::default(),
        };
        tokens.push(Token { text: &text[start..end], source, start, end, capital, word, classes });
        start = end;
    }
    tokens
}

/// Whether a word that has reached `at` surely ends there.
fn ends_word(bytes: &[u8], at: usize) -> bool {
    let apart = |b: &u8| b.is_ascii() && !b.is_ascii_alphanumeric();
    match bytes.get(at) {
        Some(b'-' | b'\'' | b'.') => bytes.get(at + 1).is_none_or(apart),
        other => other.is_none_or(apart),
    }
}

/// Where the word ends that begins at `start`: letters and digits, with single hyphens, apostrophes and stops between. `start` if
/// none begins there.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let letter = |at: usize| char_at(text, at).is_some_and(char::is_alphanumeric);
    let mut end = start;
    loop {
        end += bytes[end..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        match bytes.get(end) {
            Some(b'-' | b'\'' | b'.') if end > start && letter(end + 1) => end += 1,
            Some(128..) => match char_at(text, end) {
                Some(c) if c.is_alphanumeric() => end += c.len_utf8(),
                _ => return end,
            },
            _ => return end,
        }
    }
}

/// The character at `at`, found without decoding where it is ASCII.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(b) if b.is_ascii() => Some(char::from(*b)),
        _ => text.get(at..)?.chars().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::Cues;
    use crate::text::{Language, fold};

    /// The same, character by character.
    fn slowly(text: &str) -> Vec<(&str, bool)> {
        let mut found = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let mut end = c.len_utf8();
            let word = c.is_alphanumeric();
            while let Some(next) = rest[end..].chars().next().filter(|_| word) {
                let joins = matches!(next, '-' | '\'' | '.') && rest[end + 1..].chars().next().is_some_and(char::is_alphanumeric);
                if !next.is_alphanumeric() && !joins {
                    break;
                }
                end += next.len_utf8();
            }
            if c != ' ' {
                found.push((&rest[..end], word));
            }
            rest = &rest[end..];
        }
        found
    }

    proptest::proptest! {
        #[test]
        fn words_and_signs(text in "([A-Za-z]{1,9}|[0-9]|[-'’.,\"]| |[éß人，Å\u{301}]|Mr\\.|<b>|\\*\\*){0,16}") {
            let folded = fold(&text);
            let lexis = &Cues::builtin().of(Language::En).unwrap().lexis;
            let found = tokens(&folded, &text, lexis);
            proptest::prop_assert_eq!(found.iter().map(|t| (t.text, t.word)).collect::<Vec<_>>(), slowly(folded.as_str()));
            for token in found {
                proptest::prop_assert_eq!(token.source, &text[folded.source(token.start..token.end)]);
                proptest::prop_assert_eq!(token.text, &folded.as_str()[token.start..token.end]);
                proptest::prop_assert!(!token.word || token.classes == lexis.word(token.text, token.capital));
            }
        }
    }
}
