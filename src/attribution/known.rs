//! The names that a document uses, each once, found by their keys and by the words at their ends.

use std::cell::OnceCell;
use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

/// Names by their keys, in the order in which the document has them.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Each key, and the name as written first.
    all: Vec<(String, String)>,
    by_key: FxHashMap<String, usize>,
    /// Hashes of what each key begins with, ends in and consists of, with its place; made when first asked for.
    parts: OnceCell<Vec<(u64, usize)>>,
}

impl Names {
    /// Notes a name that is not there yet.
    pub fn note(&mut self, key: String, written: String) {
        if !self.by_key.contains_key(&key) {
            self.by_key.insert(key.clone(), self.all.len());
            self.all.push((key, written));
            self.parts.take();
        }
    }

    /// The name of that key, as written.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.by_key.get(key).map(|&i| self.all[i].1.as_str())
    }

    /// All, as written.
    pub fn written(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|(_, written)| written.as_str())
    }

    /// Those of more words that begin with `part` or end in it, as written.
    pub fn beginning_or_ending(&self, part: &str) -> impl Iterator<Item = &str> {
        self.with(part).filter(move |(key, _)| ends_in(key, part) || key.strip_prefix(part).is_some_and(|rest| rest.starts_with(' '))).map(|(_, w)| w.as_str())
    }

    /// Those of more words that end in `part`, as written.
    pub fn ending_in(&self, part: &str) -> impl Iterator<Item = &str> {
        self.with(part).filter(move |(key, _)| ends_in(key, part)).map(|(_, w)| w.as_str())
    }

    /// Whether one holds that word.
    pub fn hold(&self, word: &str) -> bool {
        self.with(word).any(|(key, _)| key.split(' ').any(|w| w == word))
    }

    /// Those of which something with the hash of `part` is a part.
    fn with(&self, part: &str) -> impl Iterator<Item = &(String, String)> {
        let parts = self.parts.get_or_init(|| self.index());
        let hash = FxBuildHasher.hash_one(part);
        let from = parts.partition_point(|(h, _)| *h < hash);
        parts[from..].iter().take_while(move |(h, _)| *h == hash).map(|&(_, i)| &self.all[i])
    }

    fn index(&self) -> Vec<(u64, usize)> {
        let hash = |part: &str| FxBuildHasher.hash_one(part);
        let mut parts = Vec::new();
        for (i, (key, _)) in self.all.iter().enumerate() {
            parts.extend(key.match_indices(' ').flat_map(|(blank, _)| [&key[..blank], &key[blank + 1..]]).chain(key.split(' ')).map(|part| (hash(part), i)));
        }
        parts.sort_unstable();
        parts.dedup();
        parts
    }
}

fn ends_in(key: &str, part: &str) -> bool {
    key.strip_suffix(part).is_some_and(|before| before.ends_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_by_their_parts() {
        let mut names = Names::default();
        for name in ["Ann Lee", "Lee Ann Tane", "Ann Lee", "Ana de la Cruz"] {
            names.note(name.to_lowercase(), name.to_owned());
        }
        assert_eq!(names.written().collect::<Vec<_>>(), ["Ann Lee", "Lee Ann Tane", "Ana de la Cruz"]);
        assert_eq!(names.get("ann lee"), Some("Ann Lee"));
        assert_eq!(names.beginning_or_ending("lee").collect::<Vec<_>>(), ["Ann Lee", "Lee Ann Tane"]);
        assert_eq!(names.ending_in("lee").collect::<Vec<_>>(), ["Ann Lee"]);
        assert_eq!(names.ending_in("la cruz").collect::<Vec<_>>(), ["Ana de la Cruz"]);
        assert_eq!(names.beginning_or_ending("ann lee").count(), 0);
        assert!(names.hold("ann") && names.hold("la") && !names.hold("la cruz") && !names.hold("cru"));
    }
}
