//! Wordings by their first and by their last character: in most places no wording begins or ends, and one look says so.

use rustc_hash::FxHashMap;

/// So many hashes of characters are told apart at first look.
const SLOTS: usize = 1 << 11;

/// Wordings by the character at one end.
#[derive(Debug, Default)]
pub(super) struct Edges {
    /// A bit for each hash of a character.
    seen: Vec<u64>,
    /// Places in the list of wordings, in its order.
    places: FxHashMap<char, Vec<u32>>,
}

impl Edges {
    /// Of characters in the order of the wordings that they begin or end.
    pub fn of(edges: impl Iterator<Item = Option<char>>) -> Self {
        let mut all = Edges { seen: vec![0; SLOTS / 64], places: FxHashMap::default() };
        for (i, edge) in edges.enumerate() {
            if let Some(edge) = edge {
                all.seen[slot(edge) / 64] |= 1 << (slot(edge) % 64);
                all.places.entry(edge).or_default().push(i as u32);
            }
        }
        all
    }

    /// The places of the wordings with that character at this end.
    pub fn at(&self, edge: char) -> &[u32] {
        if self.may_be(edge) { self.places.get(&edge).map_or(&[], Vec::as_slice) } else { &[] }
    }

    /// Whether one of them may have that character at this end; only if not, it is sure.
    pub fn may_be(&self, edge: char) -> bool {
        self.seen.get(slot(edge) / 64).is_some_and(|bits| bits & (1 << (slot(edge) % 64)) != 0)
    }
}

fn slot(c: char) -> usize {
    c as usize % SLOTS
}
