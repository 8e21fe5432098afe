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

/// The keys of the sentences of a page, and which sentences bear each; where there is no page, none.
#[derive(Debug, Default)]
pub(super) struct Keys {
    numbers: BTreeMap<(Key, String), usize>,
    /// The sentences of each number, in order.
    rows: Vec<Vec<usize>>,
}

impl Keys {
    /// The key for a value that sentence `row` bears; sentences come in order.
    pub fn add(&mut self, key: Key, value: &str, row: usize) -> String {
        let next = self.numbers.len();
        let number = *self.numbers.entry((key, value.to_owned())).or_insert(next);
        self.rows.resize_with(self.numbers.len(), Vec::new);
        self.rows[number].push(row);
        format!("{}{number}", key.letter())
    }

    /// The keys for values that all occur in sentences, joined by blanks.
    pub fn query(&self, parts: &[(Key, &str)]) -> Option<String> {
        let one = |(key, value): &(Key, &str)| Some(format!("{}{}", key.letter(), self.numbers.get(&(*key, (*value).to_owned()))?));
        Some(parts.iter().map(one).collect::<Option<Vec<String>>>()?.join(" "))
    }

    /// How many sentences bear all keys of a query.
    pub fn count(&self, query: &str) -> u64 {
        let mut lists = query.split(' ').filter_map(|key| self.rows.get(key.get(1..)?.parse::<usize>().ok()?));
        let Some(first) = lists.next() else { return 0 };
        let others: Vec<&Vec<usize>> = lists.collect();
        first.iter().filter(|row| others.iter().all(|o| o.binary_search(row).is_ok())).count() as u64
    }

    /// The same for a part of a chart that says `title`.
    pub fn link(&self, parts: &[(Key, &str)], title: impl FnOnce() -> String) -> Option<Link> {
        let query = self.query(parts).filter(|q| self.count(q) > 0)?;
        Some(Link { query, title: title() })
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
        assert_eq!((keys.add(Key::Formula, "x", 0), keys.add(Key::Speaker, "x", 0), keys.add(Key::Formula, "x", 1)), ("f0".into(), "s1".into(), "f0".into()));
        assert_eq!(keys.query(&[(Key::Formula, "x"), (Key::Speaker, "x")]).unwrap(), "f0 s1");
        assert_eq!(keys.query(&[(Key::Formula, "y")]), None);
    }
}
