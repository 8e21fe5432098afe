//! Finding names in folded text.
//!
//! A name is found by how it begins: one that begins with a letter or digit of ASCII by its first word, any other by its first
//! two characters. Most words and characters begin no name, and one look says so.

use rustc_hash::FxHashMap;

use crate::text::eight::{first_eight, letters_of};
use crate::text::is_bounded;

/// So many hashes of leads are told apart at first look.
const SLOTS: usize = 1 << 17;

/// Finds names in folded text.
#[derive(Debug)]
pub(super) struct Finder {
    /// A bit for each hash of a lead.
    leads: Box<[u64; SLOTS / 64]>,
    /// The names of each lead, the longest first: text and whose it is.
    names: FxHashMap<u64, Vec<(Box<str>, usize)>>,
    /// There are names of one character.
    singles: bool,
}

/// A name found: where it begins and ends, and whose it is.
pub(super) type Found = (usize, usize, usize);

impl Finder {
    pub fn new(names: Vec<(String, usize)>) -> Self {
        let mut finder = Finder { leads: Box::new([0; SLOTS / 64]), names: FxHashMap::default(), singles: false };
        for (name, owner) in names.into_iter().filter(|(name, _)| !name.is_empty()) {
            let lead = match word(name.as_bytes()) {
                (0, _) => lead_of_characters(&name),
                (_, lead) => lead,
            };
            finder.singles |= lead == lead_of_character(&name);
            let slots = [lead, lead_of_character(&name)];
            slots.into_iter().for_each(|lead| finder.leads[slot(lead) / 64] |= 1 << (slot(lead) % 64));
            finder.names.entry(lead).or_default().push((name.into(), owner));
        }
        finder.names.values_mut().for_each(|names| names.sort_by_key(|(name, owner)| (std::cmp::Reverse(name.len()), *owner)));
        finder
    }

    /// Each name, leftmost-longest: of those that end where words end, so that a longer one which does not hides nothing.
    pub fn find<'f, 't>(&'f self, folded: &'t str) -> impl Iterator<Item = Found> + use<'f, 't> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let found = self.next(folded, at, folded.len())?;
            at = found.1;
            Some(found)
        })
    }

    /// The first name, if it begins at `reach` or before.
    pub fn first(&self, folded: &str, reach: usize) -> Option<Found> {
        self.next(folded, 0, reach)
    }

    /// The first name that begins at `at` or behind it, no further than `reach`.
    fn next(&self, text: &str, mut at: usize, reach: usize) -> Option<Found> {
        let bytes = text.as_bytes();
        while let Some(&byte) = bytes.get(at).filter(|_| at <= reach) {
            if byte == b' ' {
                at += 1;
                continue;
            }
            let (length, lead) = word(&bytes[at..]);
            let found = if length > 0 {
                self.name_at(text, at, lead)
            } else if self.is_lead(lead_of_character(&text[at..])) {
                let two = self.name_at(text, at, lead_of_characters(&text[at..]));
                two.or_else(|| if self.singles { self.name_at(text, at, lead_of_character(&text[at..])) } else { None })
            } else {
                None
            };
            if let Some((length, owner)) = found {
                return Some((at, at + length, owner));
            }
            at += if length > 0 { length } else { text[at..].chars().next().map_or(1, char::len_utf8) };
        }
        None
    }

    fn is_lead(&self, lead: u64) -> bool {
        self.leads[slot(lead) / 64] & (1 << (slot(lead) % 64)) != 0
    }

    /// The longest name with that lead at `at`: its length and whose it is.
    fn name_at(&self, text: &str, at: usize, lead: u64) -> Option<(usize, usize)> {
        if !self.is_lead(lead) {
            return None;
        }
        let fits = |(name, _): &&(Box<str>, usize)| text[at..].starts_with(&**name) && is_bounded(text, at, at + name.len());
        self.names.get(&lead)?.iter().find(fits).map(|(name, owner)| (name.len(), *owner))
    }
}

fn slot(lead: u64) -> usize {
    (lead >> 40) as usize % SLOTS
}

/// The length of the word of ASCII letters and digits at the start of `bytes`, and a hash of it.
fn word(bytes: &[u8]) -> (usize, u64) {
    let (mut length, mut hash) = (0, 0);
    loop {
        let eight = first_eight(&bytes[length..]);
        let here = letters_of(eight);
        length += here;
        if here == 8 {
            hash = mixed(hash ^ eight);
            continue;
        }
        return (length, mixed(hash ^ (eight & ((1 << (here * 8)) - 1))));
    }
}

/// A hash of the first two characters, or of the only one.
fn lead_of_characters(text: &str) -> u64 {
    let mut chars = text.chars();
    let (first, second) = (chars.next().map_or(0, u64::from), chars.next().map_or(0, u64::from));
    mixed((first << 24) | second)
}

/// The same of the first character alone.
fn lead_of_character(text: &str) -> u64 {
    mixed(text.chars().next().map_or(0, u64::from) << 24)
}

fn mixed(x: u64) -> u64 {
    let x = x.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^ (x >> 29)
}

#[cfg(test)]
mod tests {
    use aho_corasick::{AhoCorasick, MatchKind};

    use super::*;

    #[test]
    fn words_have_hashes_of_all_their_letters() {
        assert_eq!(word(b"a"), word(b"a."));
        assert_ne!(word(b"eightabc").1, word(b"eightabcd").1);
    }

    const NAMES: [&str; 16] = [
        "xi",
        "xi jinping",
        "jinping",
        "u.s.",
        "us",
        "xi's aide",
        "习",
        "习近平",
        "近平",
        "习近平 a",
        "a习",
        "é",
        "éa b",
        "@a",
        "longerthan8",
        "longerthan8 b",
    ];

    /// The same by looking at every name everywhere.
    fn naive(folded: &str) -> Vec<Found> {
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(NAMES).unwrap();
        let all = automaton.find_overlapping_iter(folded).filter(|m| is_bounded(folded, m.start(), m.end()));
        let mut all: Vec<Found> = all.map(|m| (m.start(), m.end(), m.pattern().as_usize())).collect();
        all.sort_unstable_by_key(|(start, end, owner)| (*start, std::cmp::Reverse(*end), *owner));
        let mut free = 0;
        all.retain(|(start, end, _)| {
            let stands = *start >= free;
            if stands {
                free = *end;
            }
            stands
        });
        all
    }

    proptest::proptest! {
        #[test]
        fn finds_what_a_naive_search_finds(text in "(xi|jinping|习|近平|u\\.s\\.|us|'s|'| |a|b|é|@|aide|longerthan8|\\.|-){0,12}") {
            let finder = Finder::new(NAMES.iter().enumerate().map(|(i, n)| ((*n).to_owned(), i)).collect());
            proptest::prop_assert_eq!(finder.find(&text).collect::<Vec<_>>(), naive(&text));
        }
    }
}
