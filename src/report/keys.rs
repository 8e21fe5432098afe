//! What ties a number to its sentences: each sentence of a page bears a key for every cell in which it counts, and a number asks for the
//! sentences that have all of its keys.

use std::collections::BTreeMap;

use crate::chart::Link;

/// What a key is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Formula,
    Language,
    Speaker,
    Period,
    Theme,
    Document,
    Source,
    /// `NAME a` or `NAME b`: a group of a comparison.
    Group,
    /// `TIER SPEAKER`: who takes a formula up.
    Adopter,
}

impl Key {
    fn letter(self) -> char {
        match self {
            Key::Formula => 'f',
            Key::Language => 'l',
            Key::Speaker => 's',
            Key::Period => 'p',
            Key::Theme => 't',
            Key::Document => 'd',
            Key::Source => 'o',
            Key::Group => 'g',
            Key::Adopter => 'a',
        }
    }
}

/// The keys of the sentences of a page; where there is no page, none.
#[derive(Debug, Default)]
pub(super) struct Keys {
    numbers: BTreeMap<(Key, String), usize>,
}

impl Keys {
    /// The key for a value, which is known from now on.
    pub fn add(&mut self, key: Key, value: &str) -> String {
        let next = self.numbers.len();
        let number = *self.numbers.entry((key, value.to_owned())).or_insert(next);
        format!("{}{number}", key.letter())
    }

    /// The keys for values that all occur in sentences, joined by blanks.
    pub fn query(&self, parts: &[(Key, &str)]) -> Option<String> {
        let one = |(key, value): &(Key, &str)| Some(format!("{}{}", key.letter(), self.numbers.get(&(*key, (*value).to_owned()))?));
        Some(parts.iter().map(one).collect::<Option<Vec<String>>>()?.join(" "))
    }

    /// The same for a part of a chart that says `title`.
    pub fn link(&self, parts: &[(Key, &str)], title: impl FnOnce() -> String) -> Option<Link> {
        Some(Link { query: self.query(parts)?, title: title() })
    }

    /// All keys of a kind, with their values.
    pub fn all(&self) -> impl Iterator<Item = (Key, &str, String)> {
        self.numbers.iter().map(|((key, value), number)| (*key, value.as_str(), format!("{}{number}", key.letter())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_of_what_occurs() {
        let mut keys = Keys::default();
        assert_eq!((keys.add(Key::Formula, "x"), keys.add(Key::Speaker, "x"), keys.add(Key::Formula, "x")), ("f0".into(), "s1".into(), "f0".into()));
        assert_eq!(keys.query(&[(Key::Formula, "x"), (Key::Speaker, "x")]).unwrap(), "f0 s1");
        assert_eq!(keys.query(&[(Key::Formula, "y")]), None);
    }
}
