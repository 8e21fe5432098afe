//! Finding names in folded text.

pub(super) use aho_corasick::BuildError;
use aho_corasick::{AhoCorasick, MatchKind};

use crate::text::is_bounded;

/// Finds names in folded text.
#[derive(Debug)]
pub(super) struct Finder {
    automaton: AhoCorasick,
    /// Whose name each pattern is.
    owners: Vec<usize>,
}

impl Finder {
    pub fn new(names: Vec<(String, usize)>) -> Result<Self, BuildError> {
        let (patterns, owners): (Vec<String>, Vec<usize>) = names.into_iter().unzip();
        Ok(Finder { automaton: AhoCorasick::builder().match_kind(MatchKind::Standard).build(&patterns)?, owners })
    }

    /// (start, end, owner) of each name, leftmost-longest: of those that end where words end, so that a longer one which does
    /// not hides nothing.
    pub fn find(&self, folded: &str) -> Vec<(usize, usize, usize)> {
        let all = self.automaton.find_overlapping_iter(folded).filter(|m| is_bounded(folded, m.start(), m.end()));
        let mut all: Vec<(usize, usize, usize)> = all.map(|m| (m.start(), m.end(), self.owners[m.pattern().as_usize()])).collect();
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
}
