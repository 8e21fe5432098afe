//! Where a literal begins, and which.
//!
//! A literal counts only where a word begins, and at most of those places none does. So a text is not run through an automaton
//! from end to end: at each place where a word begins, the next bytes are looked up in a small table of the literals' own first
//! bytes, and only what is in it is followed through the automaton, from there and no farther than a literal goes.

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, BuildError};

use super::beginnings::Beginnings;
use crate::text::begins_bounded;

/// An automaton of literals, each found where it begins.
#[derive(Debug)]
pub(super) struct Starts {
    automaton: NFA,
    beginnings: Beginnings,
}

impl Starts {
    pub fn new(literals: &[String]) -> Result<Self, BuildError> {
        let automaton = NFA::builder().prefilter(false).build(literals)?;
        Ok(Starts { automaton, beginnings: Beginnings::of(literals) })
    }

    /// Calls `found` with the number, start and end of each literal in `text` that begins where a word may; see [`begins_bounded`].
    pub fn at_words(&self, text: &str, mut found: impl FnMut(usize, usize, usize)) {
        let bytes = text.as_bytes();
        let mut inside = false;
        for (at, b) in bytes.iter().enumerate() {
            let before = inside;
            inside = b.is_ascii_alphanumeric();
            if before & inside || !self.beginnings.has_first(*b) || !self.beginnings.may_begin(bytes, at) {
                continue;
            }
            if text.is_char_boundary(at) && begins_bounded(text, at) {
                self.from(bytes, at, &mut found);
            }
        }
    }

    /// The same for each literal in `text`, wherever it begins.
    pub fn anywhere(&self, text: &str, mut found: impl FnMut(usize, usize, usize)) {
        text.char_indices().for_each(|(at, _)| self.from(text.as_bytes(), at, &mut found));
    }

    /// The literals that begin at `at`.
    fn from(&self, bytes: &[u8], at: usize, found: &mut impl FnMut(usize, usize, usize)) {
        let Ok(mut state) = self.automaton.start_state(Anchored::Yes) else { return };
        let mut end = at;
        loop {
            if self.automaton.is_match(state) {
                for i in 0..self.automaton.match_len(state) {
                    let literal = self.automaton.match_pattern(state, i);
                    // A state also has the literals that end what leads to it.
                    if self.automaton.pattern_len(literal) == end - at {
                        found(literal.as_usize(), at, end);
                    }
                }
            }
            let Some(b) = bytes.get(end) else { return };
            state = self.automaton.next_state(Anchored::Yes, state, *b);
            if self.automaton.is_dead(state) {
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
        fn equals_a_search_everywhere(literals in proptest::collection::vec("[ab ]{1,3}([ab人-]{0,9}|[ab人 ]{12,18})", 1..8), text in "([ab]{1,2}|[-' ,]|人|é){0,60}", from in 0..60_usize) {
            // Of the text itself too, so that long ones are found.
            let letters: Vec<char> = text.chars().collect();
            let mut literals = literals;
            literals.extend([1, 3, 7, 8, 12, 16, 20].map(|n| letters.iter().skip(from).take(n).collect()).into_iter().filter(|l: &String| !l.is_empty()));
            let starts = Starts::new(&literals).unwrap();
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
