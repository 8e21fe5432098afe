//! Wordings that mark an English sentence wherever they stand in it: all of them found in one pass.

use std::ops::{BitOr, BitOrAssign};

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, MatchKind};

use super::cues::{LanguageCues, Phrases};

/// A set of marks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks(u8);

impl Marks {
    pub const PLATFORM: Marks = Marks(1);
    pub const HEARING: Marks = Marks(2);
    pub const TEXT: Marks = Marks(4);
    pub const CLOSING: Marks = Marks(8);
    /// The last word of a wording that only media bear.
    pub const MEDIUM: Marks = Marks(16);

    pub fn has(self, any: Marks) -> bool {
        self.0 & any.0 != 0
    }
}

impl BitOr for Marks {
    type Output = Marks;

    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

impl BitOrAssign for Marks {
    fn bitor_assign(&mut self, other: Marks) {
        self.0 |= other.0;
    }
}

/// Finds marks.
#[derive(Debug, Default)]
pub(super) struct MarkFinder {
    automaton: Option<AhoCorasick>,
    /// The marks of each pattern.
    of: Vec<Marks>,
    /// Finds what may go on with a speech, of which nearly every sentence has some.
    speechlike: Option<AhoCorasick>,
}

impl MarkFinder {
    pub fn of(cues: &LanguageCues) -> Result<Self, BuildError> {
        let lists = [(Marks::PLATFORM, &cues.platforms), (Marks::HEARING, &cues.hearings), (Marks::TEXT, &cues.texts), (Marks::CLOSING, &cues.closing_holds)];
        let wordings = lists.iter().flat_map(|(mark, list)| list.iter().map(|wording| (wording, *mark)));
        let media = cues.media_words.iter().map(|wording| (wording.rsplit(' ').next().unwrap_or(wording), Marks::MEDIUM));
        let (wordings, of): (Vec<&str>, Vec<Marks>) = wordings.chain(media).unzip();
        Ok(MarkFinder { automaton: Some(automaton(&wordings)?), of, speechlike: Some(automaton(&all(&cues.speechlike))?) })
    }

    /// The marks of a folded sentence.
    pub fn in_sentence(&self, text: &str) -> Marks {
        let mut marks = Marks::default();
        if let Some(automaton) = &self.automaton {
            for found in automaton.find_overlapping_iter(text) {
                marks |= self.of[found.pattern().as_usize()];
            }
        }
        marks
    }

    /// Whether a folded sentence may go on with a speech.
    pub fn is_speechlike(&self, text: &str) -> bool {
        self.speechlike.as_ref().is_some_and(|automaton| automaton.is_match(text))
    }
}

fn all(list: &Phrases) -> Vec<&str> {
    list.iter().collect()
}

fn automaton(wordings: &[&str]) -> Result<AhoCorasick, BuildError> {
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::Standard).build(wordings)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::attribution::Cues;
    use crate::text::Language;

    proptest! {
        #[test]
        fn marks_are_what_the_lists_hold(words in proptest::collection::vec(any::<proptest::sample::Index>(), 0..6), glue in "[ a-z]{0,2}") {
            let cues = Cues::builtin().of(Language::En).unwrap();
            let lists = [&cues.platforms, &cues.hearings, &cues.texts, &cues.closing_holds, &cues.speechlike, &cues.connectors];
            let pool: Vec<&str> = lists.iter().flat_map(|list| list.iter()).flat_map(|wording| [wording, &wording[1..], &wording[..wording.len() - 1]]).collect();
            let text = words.iter().map(|i| *i.get(&pool)).collect::<Vec<_>>().join(&glue);
            let marks = cues.marks.in_sentence(&text);
            let kinds = [Marks::PLATFORM, Marks::HEARING, Marks::TEXT, Marks::CLOSING];
            for (list, mark) in lists.iter().zip(kinds) {
                prop_assert_eq!(marks.has(mark), list.within(&text), "{}", text);
            }
            prop_assert_eq!(cues.marks.is_speechlike(&text), cues.speechlike.within(&text));
        }
    }
}
