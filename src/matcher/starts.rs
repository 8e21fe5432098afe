//! Where a literal begins, and which.
//!
//! A literal counts only where a word begins, and at most of those places none does. So a text is not run through an automaton
//! from end to end: at each place where a word begins, the next bytes are looked up in a small table of the literals' own first
//! bytes, and only what is in it is followed through an automaton, from there and no farther than a literal goes.
//!
//! There is an automaton for each way in which literals begin, made when a text first begins so: most texts ask for few.

use std::sync::OnceLock;

use aho_corasick::Anchored;
use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use rustc_hash::FxHashMap;

use super::beginnings::{Beginnings, stem, tiny_stem};
use crate::text::begins_bounded;
use crate::text::eight::{self, first_eight};

/// More bytes than this in all literals together are refused: an automaton numbers its states with 31 bits.
const MOST: usize = 1 << 30;

/// Literals, each found where it begins.
#[derive(Debug)]
pub(super) struct Starts {
    literals: Vec<String>,
    beginnings: Beginnings,
    /// By their stems.
    groups: FxHashMap<u64, Group>,
}

/// The literals that begin alike.
#[derive(Debug, Default)]
struct Group {
    /// Their numbers.
    members: Vec<usize>,
    automaton: OnceLock<Option<NFA>>,
}

impl Starts {
    /// # Errors
    /// A message if the literals are too large for an automaton.
    pub fn new(literals: Vec<String>) -> Result<Self, String> {
        let bytes: usize = literals.iter().map(String::len).sum();
        if bytes > MOST {
            return Err(format!("all wordings together have {bytes} bytes, and {MOST} are the most"));
        }
        let mut groups: FxHashMap<u64, Group> = FxHashMap::default();
        for (i, literal) in literals.iter().enumerate() {
            let (first, length) = (first_eight(literal.as_bytes()), literal.len());
            let stem = stem(first, length).unwrap_or_else(|| tiny_stem(first, length));
            groups.entry(stem).or_default().members.push(i);
        }
        Ok(Starts { beginnings: Beginnings::of(&literals), literals, groups })
    }

    /// Calls `found` with the number, start and end of each literal in `text` that begins where a word may; see [`begins_bounded`].
    pub fn at_words(&self, text: &str, mut found: impl FnMut(usize, usize, usize)) {
        let bytes = text.as_bytes();
        let mut look = |at: usize| {
            if self.beginnings.is_likely(bytes, at) && begins_bounded(text, at) {
                self.from(bytes, at, &mut found);
            }
        };
        let mut at = 0;
        // Whether a letter or digit of ASCII stands before `at`.
        let mut inside = false;
        while let Some(&byte) = bytes.get(at) {
            if let Some(eight) = eight::ascii(&bytes[at..]) {
                let letters = eight::letters(eight) | eight::digits(eight);
                let mut starts = letters & !eight::behind(letters, inside);
                if self.beginnings.has_signs() {
                    starts |= !letters & eight::HIGH;
                }
                inside = eight::of_last(letters);
                while starts != 0 {
                    let start = at + eight::first(starts);
                    starts &= starts - 1;
                    if self.beginnings.may_begin(bytes, start) {
                        look(start);
                    }
                }
                at += 8;
                continue;
            }
            let before = inside;
            inside = byte.is_ascii_alphanumeric();
            if !(before && inside) && self.beginnings.may_begin(bytes, at) {
                look(at);
            }
            at += match byte {
                ..0x80 => 1,
                0x80..0xE0 => 2,
                0xE0..0xF0 => 3,
                _ => 4,
            };
        }
    }

    /// The same for each literal in `text`, wherever it begins.
    pub fn anywhere(&self, text: &str, mut found: impl FnMut(usize, usize, usize)) {
        text.char_indices().for_each(|(at, _)| self.from(text.as_bytes(), at, &mut found));
    }

    /// The literals that begin at `at`, the shorter first.
    fn from(&self, bytes: &[u8], at: usize, found: &mut impl FnMut(usize, usize, usize)) {
        let (first, length) = (first_eight(&bytes[at..]), bytes.len() - at);
        if self.beginnings.may_be_tiny(first) {
            [0, 1].into_iter().for_each(|n| self.of(tiny_stem(first, n.min(length)), bytes, at, found));
        }
        if let Some(stem) = stem(first, length) {
            self.of(stem, bytes, at, found);
        }
    }

    /// Those of them that have the stem `stem`.
    fn of(&self, stem: u64, bytes: &[u8], at: usize, found: &mut impl FnMut(usize, usize, usize)) {
        let Some(group) = self.groups.get(&stem) else { return };
        let build = || NFA::builder().prefilter(false).build(group.members.iter().map(|i| &self.literals[*i])).ok();
        // Nothing fails to be built of so few bytes.
        let Some(automaton) = group.automaton.get_or_init(build) else { return };
        let Ok(mut state) = automaton.start_state(Anchored::Yes) else { return };
        let mut end = at;
        loop {
            if automaton.is_match(state) {
                for i in 0..automaton.match_len(state) {
                    let literal = automaton.match_pattern(state, i);
                    // A state also has the literals that end what leads to it.
                    if automaton.pattern_len(literal) == end - at {
                        found(group.members[literal.as_usize()], at, end);
                    }
                }
            }
            let Some(b) = bytes.get(end) else { return };
            state = automaton.next_state(Anchored::Yes, state, *b);
            if automaton.is_dead(state) {
                return;
            }
            end += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn equals_a_search_everywhere(literals in proptest::collection::vec("([ab ]{1,3}|-|人a?)([ab人-]{0,9}|[ab人 ]{12,18})", 1..8), text in "([ab]{1,2}|[-' ,]|人|é){0,60}", from in 0..60_usize) {
            // Of the text itself too, so that long ones are found.
            let letters: Vec<char> = text.chars().collect();
            let mut literals = literals;
            literals.extend([1, 3, 7, 8, 12, 16, 20].map(|n| letters.iter().skip(from).take(n).collect()).into_iter().filter(|l: &String| !l.is_empty()));
            let starts = Starts::new(literals.clone()).unwrap();
            let (mut fast, mut slow, mut plain) = (Vec::new(), Vec::new(), Vec::new());
            starts.at_words(&text, |literal, start, end| fast.push((literal, start, end)));
            starts.anywhere(&text, |literal, start, end| slow.push((literal, start, end)));
            let everywhere = aho_corasick::AhoCorasick::new(&literals).unwrap();
            plain.extend(everywhere.find_overlapping_iter(&text).map(|m| (m.pattern().as_usize(), m.start(), m.end())));
            slow.sort_unstable();
            plain.sort_unstable();
            proptest::prop_assert_eq!(&slow, &plain);
            plain.retain(|(_, start, _)| begins_bounded(&text, *start));
            fast.sort_unstable();
            proptest::prop_assert_eq!(fast, plain);
        }
    }
}
