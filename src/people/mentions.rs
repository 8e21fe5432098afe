//! People and states found together by somebody who walks over the words of a text anyway.
//!
//! Whoever walks hashes each word once; what begins no name is known by a bit for its hash. What is found is what
//! [`People::find`] and [`People::sides_in`] find.

use rustc_hash::FxHashMap;

use super::person::Person;
use super::registry::People;
use crate::text::{Fnv, fold, is_bounded, mix};

/// So many hashes of leads are told apart at first look.
const SLOTS: usize = 1 << 16;

/// The names of people and of states by how they begin: with a word of ASCII letters and digits, with two other characters, or with
/// one and no more.
#[derive(Debug)]
pub(super) struct Leads {
    /// A bit for each hash of a word, a first character, or the first two that a name begins with.
    bits: Box<[u64; SLOTS / 64]>,
    /// There are names of one character.
    singles: bool,
    /// Which bytes begin a name.
    first: [bool; 256],
    /// The names of each lead, those of people and those of states, the longest first.
    names: FxHashMap<u64, [Vec<Name>; 2]>,
}

/// A folded name, and whose it is.
type Name = (Box<str>, usize);

impl Leads {
    pub fn new<'a>(persons: impl Iterator<Item = (&'a String, usize)>, places: impl Iterator<Item = (&'a String, usize)>) -> Self {
        let mut leads = Leads { bits: Box::new([0; SLOTS / 64]), singles: false, first: [false; 256], names: FxHashMap::default() };
        persons.for_each(|(name, owner)| leads.add(fold(name).as_str(), 0, owner));
        places.for_each(|(name, owner)| leads.add(fold(name).as_str(), 1, owner));
        leads.names.values_mut().flatten().for_each(|names| names.sort_by_key(|(name, owner)| (std::cmp::Reverse(name.len()), *owner)));
        leads
    }

    fn add(&mut self, name: &str, of: usize, owner: usize) {
        let Some(first) = name.chars().next() else { return };
        let word = name.len() - name.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
        let (seen, lead) = if word > 0 {
            let lead = mix(Fnv::of(&name[..word]).0);
            (lead, lead)
        } else {
            let one = mix(u64::from(first));
            (one, name[first.len_utf8()..].chars().next().map_or(one, |c| two(one, c)))
        };
        self.first[usize::from(name.as_bytes()[0])] = true;
        self.singles |= word == 0 && seen == lead;
        [seen, lead].into_iter().for_each(|lead| self.bits[slot(lead) / 64] |= 1 << (slot(lead) % 64));
        self.names.entry(lead).or_default()[of].push((name.into(), owner));
    }

    #[inline]
    fn is_lead(&self, lead: u64) -> bool {
        self.bits[slot(lead) / 64] & (1 << (slot(lead) % 64)) != 0
    }
}

fn slot(lead: u64) -> usize {
    (lead >> 40) as usize % SLOTS
}

/// The lead of two characters, by that of the first.
fn two(one: u64, second: char) -> u64 {
    mix(one ^ u64::from(second))
}

impl People {
    /// How the names of people and states begin.
    fn leads(&self) -> &Leads {
        self.leads.get_or_init(|| {
            let persons = self.persons().iter().enumerate().flat_map(|(i, p)| p.forms().map(move |form| (form, i)));
            let places = self.places().iter().enumerate().flat_map(|(i, p)| [&p.en, &p.adjectives, &p.zh].into_iter().flatten().map(move |form| (form, i)));
            Leads::new(persons, places)
        })
    }
}

/// The people and states that a walk over folded texts has met with, each as often as it is named.
pub(crate) struct Mentions<'p> {
    people: &'p People,
    leads: &'p Leads,
    /// Where the last name of either kind ended.
    end: [usize; 2],
    found: [Vec<usize>; 2],
}

impl<'p> Mentions<'p> {
    pub fn new(people: &'p People) -> Self {
        Mentions { people, leads: people.leads(), end: [0; 2], found: Default::default() }
    }

    /// The next text begins.
    pub fn begin(&mut self) {
        self.end = [0; 2];
    }

    /// Looks for names at `at`, where a word of ASCII letters and digits begins; `hash` is its mixed FNV hash.
    #[inline]
    pub fn word(&mut self, text: &str, at: usize, hash: u64) {
        if self.leads.is_lead(hash) {
            self.look(text, at, &[hash]);
        }
    }

    /// Looks for names at `at`, where another character stands; `hash` is that character, mixed.
    #[inline]
    pub fn character(&mut self, text: &str, at: usize, hash: u64) {
        if self.begins(text.as_bytes()[at]) && self.leads.is_lead(hash) {
            let lead = text[at..].chars().nth(1).map_or(hash, |c| two(hash, c));
            match (self.leads.is_lead(lead), self.leads.singles) {
                (true, false) => self.look(text, at, &[lead]),
                (_, true) => self.look(text, at, &[lead, hash]),
                (false, false) => {}
            }
        }
    }

    /// Whether names begin with that byte.
    #[inline]
    pub fn begins(&self, byte: u8) -> bool {
        self.leads.first[usize::from(byte)]
    }

    /// Keeps the longest names at `at`, of the first lead that has one.
    fn look(&mut self, text: &str, at: usize, leads: &[u64]) {
        let rest = &text.as_bytes()[at..];
        for names in leads.iter().filter_map(|lead| self.leads.names.get(lead)) {
            for ((names, end), found) in names.iter().zip(&mut self.end).zip(&mut self.found) {
                let fits = |(name, _): &&Name| rest.starts_with(name.as_bytes()) && is_bounded(text, at, at + name.len());
                if *end <= at
                    && let Some((name, owner)) = names.iter().find(fits)
                {
                    *end = at + name.len();
                    found.push(*owner);
                }
            }
        }
    }

    /// Who was named, each once.
    pub fn persons(&mut self) -> impl Iterator<Item = &'p Person> {
        self.distinct(0).map(|i| &self.people.persons()[i])
    }

    /// The sides of the states that were named, each place once.
    pub fn sides(&mut self) -> impl Iterator<Item = &'p str> {
        self.distinct(1).map(|i| self.people.places()[i].id.as_str())
    }

    fn distinct(&mut self, of: usize) -> impl Iterator<Item = usize> + use<> {
        let mut found = std::mem::take(&mut self.found[of]);
        found.sort_unstable();
        found.dedup();
        found.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Walks over a text as is asked for.
    fn walk(text: &str, mentions: &mut Mentions<'_>) {
        mentions.begin();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let word = text[at..].len() - text[at..].trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
            if word > 0 {
                mentions.word(text, at, mix(Fnv::of(&text[at..at + word]).0));
            } else {
                mentions.character(text, at, mix(u64::from(c)));
            }
            at += word.max(if word > 0 { 0 } else { c.len_utf8() });
        }
    }

    proptest::proptest! {
        #[test]
        fn finds_what_two_searches_find(text in "(xi|jinping|习|近平|习近平|u\\.s\\.|us|france|法国|国|南|苏丹|south|sudan|sudanese|'s|'| |a|b|é|@|wang yi|王毅|\\.|-){0,16}") {
            let people = People::builtin();
            let mut mentions = Mentions::new(people);
            walk(&text, &mut mentions);
            let mut persons: Vec<usize> = people.find(&text).map(|(_, _, p)| p.index).collect();
            persons.sort_unstable();
            persons.dedup();
            proptest::prop_assert_eq!(mentions.persons().map(|p| p.index).collect::<Vec<_>>(), persons);
            let mut sides: Vec<&str> = people.sides_in(&text).collect();
            sides.sort_unstable();
            sides.dedup();
            let mut met: Vec<&str> = mentions.sides().collect();
            met.sort_unstable();
            met.dedup();
            proptest::prop_assert_eq!(met, sides);
        }
    }
}
