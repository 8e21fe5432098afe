//! States and organisations: they are no part of a person's name, and an office of one gives its holder's side.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::text::{is_han, simplified};

/// A state or organisation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its side: ISO 3166 alpha-2, or the id of an organisation.
    pub id: String,
    /// ISO 3166 alpha-3.
    #[serde(default)]
    pub iso3: String,
    /// English names.
    #[serde(default)]
    pub en: Vec<String>,
    /// English adjectives.
    #[serde(default)]
    pub adjectives: Vec<String>,
    /// English names of the capital.
    #[serde(default)]
    pub capital: Vec<String>,
    /// Chinese names.
    #[serde(default)]
    pub zh: Vec<String>,
    /// Chinese names of the capital.
    #[serde(default)]
    pub zh_capital: Vec<String>,
}

/// How the keys of the names of places begin: what begins otherwise need not be looked up.
#[derive(Debug, Default)]
pub(super) struct PlaceNames {
    /// Their first words.
    words: FxHashSet<Box<str>>,
    /// Their first three characters.
    leads: FxHashSet<[char; 3]>,
    /// Their first two, where they are Chinese.
    chinese: FxHashSet<[char; 2]>,
}

impl<'k> FromIterator<&'k str> for PlaceNames {
    fn from_iter<I: IntoIterator<Item = &'k str>>(keys: I) -> Self {
        let mut names = PlaceNames::default();
        for key in keys {
            names.words.insert(key.split(' ').next().unwrap_or("").into());
            let mut chars = key.chars().chain(std::iter::repeat(' '));
            let [a, b, c] = std::array::from_fn(|_| chars.next().unwrap_or(' '));
            names.leads.insert([a, b, c]);
            names.chinese.insert([a, b]);
        }
        names
    }
}

impl PlaceNames {
    /// Whether one can begin with the key of a word.
    pub fn may_begin_with(&self, key: &str) -> bool {
        key.is_empty() || self.words.contains(key.split(' ').next().unwrap_or(""))
    }

    /// Whether some stretch of six bytes or more at the start of `text` can be one. What is not as plain as most text can.
    pub fn may_begin_at(&self, text: &str) -> bool {
        let mut chars = text.chars();
        let [a, b, c] = std::array::from_fn(|_| chars.next().unwrap_or(' '));
        if is_han(a) && is_han(b) {
            return self.chinese.contains(&[simplified(a), simplified(b)]);
        }
        let plain = |c: char| c.is_ascii_alphanumeric();
        if a == ' ' && plain(b) {
            return self.may_begin_at(&text[1..]);
        }
        let known = plain(a) && ((plain(b) && (plain(c) || c == ' ')) || (b == ' ' && plain(c)));
        !known || self.leads.contains(&[a, b, c].map(|c| c.to_ascii_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::name_key;

    proptest::proptest! {
        #[test]
        fn no_place_is_missed(text in "[a-cA '\\-.中国國美 ]{0,9}") {
            let keys = ["us", "u s", "a b", "abc", "ab c", "中国", "中国国", "美国 a", "a国"];
            let names: PlaceNames = keys.into_iter().collect();
            let found = (2..=8).filter_map(|n| text.get(..n * 3)).any(|name| keys.contains(&name_key(name).as_str()));
            proptest::prop_assert!(!found || names.may_begin_at(&text));
        }
    }
}
