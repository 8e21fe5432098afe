//! The form under which literals and texts are held against each other.

use std::borrow::Cow;

use crate::text::{fold, is_han, is_plain, simplified};

/// Stands for the wildcard while a literal is folded.
pub(super) const WILD: char = '\u{E000}';

/// What a literal of a lexicon and a text share that match: the literal folded, hyphens as blanks, wildcards as they are.
pub fn key(literal: &str) -> String {
    plain_key(literal).unwrap_or_else(|| folded_key(literal))
}

fn folded_key(literal: &str) -> String {
    let folded = fold(&literal.replace('*', WILD.encode_utf8(&mut [0; 4])));
    spaced(folded.as_str()).replace(WILD, "*")
}

/// The key of a literal of plain ASCII text, or of Han characters alone.
fn plain_key(literal: &str) -> Option<String> {
    if is_plain(literal) {
        let lower = literal.to_ascii_lowercase();
        return Some(match spaced(&lower) {
            Cow::Borrowed(_) => lower,
            Cow::Owned(spaced) => spaced,
        });
    }
    literal.chars().all(is_han).then(|| literal.chars().map(simplified).collect())
}

/// Hyphen and blank are one to the matcher: a hyphen between two letters or digits becomes a blank, so that offsets stay.
pub(super) fn spaced(text: &str) -> Cow<'_, str> {
    let inner = |c: Option<char>| c.is_some_and(|c| c == WILD || c.is_alphanumeric() && !is_han(c));
    let between = |(at, _): &(usize, &str)| inner(text[..*at].chars().next_back()) && inner(text[at + 1..].chars().next());
    let mut hyphens = text.match_indices('-').filter(between).peekable();
    if hyphens.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in hyphens {
        out.push_str(&text[from..at]);
        out.push(' ');
        from = at + 1;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn plain_keys_are_those_of_folding(literal in "[a-cA-C1*' ,.`_<\\[\\]>\n\t\u{b}-]{0,8}|[人類 *a，-]{0,6}") {
            if let Some(key) = plain_key(&literal) {
                proptest::prop_assert_eq!(key, folded_key(&literal));
            }
        }
    }
}
