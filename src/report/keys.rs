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
    /// A wording, in small letters.
    Rendering,
    /// `NAME a` or `NAME b`: a group of a comparison.
    Group,
    /// Who takes a formula up, as [`adopter`] writes it.
    Adopter,
    /// Has a date as exact as the period; without a value.
    Dated,
    /// Counts in tables that are not by formula; without a value.
    Once,
}

/// Who takes a formula up, and how, as the value of a key.
pub(super) fn adopter(tier: &str, speaker: &str, side: &str, stance: &str) -> String {
    [tier, speaker, side, stance].join("\t")
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
            Key::Rendering => 'r',
            Key::Group => 'g',
            Key::Adopter => 'a',
            Key::Dated => 'y',
            Key::Once => 'h',
        }
    }
}

/// The keys of the sentences of a page, and which sentences bear each; where there is no page, none.
#[derive(Debug, Default)]
pub(super) struct Keys {
    numbers: BTreeMap<(Key, String), usize>,
    /// The sentences of each number, in order.
    rows: Vec<Vec<usize>>,
    /// Whether sentences stand under several formulas.
    pub is_several: bool,
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

    /// The keys for values that all occur in sentences, joined by blanks. What is not of formulas counts a sentence once, even where it stands under
    /// several formulas.
    pub fn query(&self, parts: &[(Key, &str)]) -> Option<String> {
        let by_formula = parts.iter().any(|(key, _)| *key == Key::Formula);
        let once = self.is_several.then_some((Key::Once, "")).filter(|_| !by_formula);
        let one = |(key, value): &(Key, &str)| Some(format!("{}{}", key.letter(), self.numbers.get(&(*key, (*value).to_owned()))?));
        Some(parts.iter().chain(once.iter()).map(one).collect::<Option<Vec<String>>>()?.join(" "))
    }

    /// How many sentences bear all keys of a query.
    pub fn count(&self, query: &str) -> u64 {
        let list = |key: &str| self.rows.get(key.get(1..)?.parse::<usize>().ok()?);
        let Some(lists) = query.split(' ').map(list).collect::<Option<Vec<&Vec<usize>>>>() else { return 0 };
        let Some((first, others)) = lists.split_first() else { return 0 };
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
        assert_eq!((keys.count("f0"), keys.count("f0 s1"), keys.count("f9"), keys.count("")), (2, 1, 0, 0));
        keys.add(Key::Once, "", 0);
        keys.is_several = true;
        assert_eq!((keys.query(&[(Key::Speaker, "x")]), keys.query(&[(Key::Formula, "x")])), (Some("s1 h2".into()), Some("f0".into())));
    }
}
