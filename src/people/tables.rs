//! The tables in which the registry looks things up.

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};

use super::key::name_key;
use super::person::Person;
use super::registry::Outlet;

/// A shorter name may stand in the name of an account by chance.
const SHORTEST_HANDLE: usize = 7;

/// What finds the names of people written as one word.
pub(super) fn handles(persons: &[Person]) -> (Option<AhoCorasick>, Vec<usize>) {
    let names = persons.iter().map(|p| (name_key(&p.name).replace(' ', ""), p.index)).filter(|(name, _)| name.len() >= SHORTEST_HANDLE);
    let (names, owners): (Vec<String>, Vec<usize>) = names.unzip();
    (AhoCorasick::new(&names).ok(), owners)
}

/// The first and the last word of each name.
pub(super) fn end_words<'k>(keys: impl Iterator<Item = &'k Box<str>>) -> FxHashSet<Box<str>> {
    keys.flat_map(|key| [key.split(' ').next(), key.rsplit(' ').next()]).flatten().map(Box::from).collect()
}

/// Those who go by each short name, and whether the file lists it.
pub(super) fn by_short(persons: &[Person]) -> FxHashMap<String, Vec<(usize, bool)>> {
    let mut shorts: FxHashMap<String, Vec<(usize, bool)>> = FxHashMap::default();
    for (i, person) in persons.iter().enumerate() {
        let listed: Vec<String> = person.short.iter().map(|s| name_key(s)).collect();
        for key in person.short_keys() {
            let listed = listed.contains(&key);
            shorts.entry(key).or_default().push((i, listed));
        }
    }
    shorts
}

/// Everybody of each side.
pub(super) fn by_side(persons: &[Person]) -> FxHashMap<String, Vec<usize>> {
    let mut sides: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (i, person) in persons.iter().enumerate() {
        sides.entry(person.side.clone()).or_default().push(i);
    }
    sides
}

/// The first outlet on each web host.
pub(super) fn by_host(outlets: &[Outlet]) -> FxHashMap<String, usize> {
    let mut hosts = FxHashMap::default();
    for (i, outlet) in outlets.iter().enumerate() {
        outlet.hosts.iter().for_each(|h| {
            hosts.entry(h.clone()).or_insert(i);
        });
    }
    hosts
}
