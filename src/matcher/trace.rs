//! Why a place in a text matched, or did not: every wording that stands there with what became of it, and near misses.

use std::ops::Range;

use super::hits::{cuts, in_document};
use super::near::NearMisses;
use super::resolve::{Fate, resolve};
use super::{Candidate, Kind, Matcher, crosses, spaced};
use crate::attribution::Segment;
use crate::corpus::Document;
use crate::error::Result;
use crate::text::is_bounded;

/// A wording at a place, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Index of the formula in [`Matcher::formulas`].
    pub formula: usize,
    /// The wording of the lexicon.
    pub variant: String,
    /// The words in the document's text.
    pub range: Range<usize>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What becomes of a wording that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is counted.
    Counted,
    /// It is a hit in a longer one of the formula with this index, and not counted.
    Within(usize),
    /// A longer or earlier match of the same formula, these words of the document, covers it.
    Covered(Range<usize>),
    /// The formula leaves out what lies in these words of the document.
    Excepted(Range<usize>),
    /// It does not begin and end where words do.
    InsideAWord,
    /// It lies on both sides of a change of speaker or voice.
    AcrossVoices,
    /// It is an acronym in another case.
    OtherCase,
    /// It counts only where the document has something else too, and the document has not.
    NeedsMore,
    /// It is all but there: `missing` is `instead` something else.
    Near {
        /// What the wording has and the text has not.
        missing: String,
        /// What the text has instead, or beside.
        instead: String,
    },
}

impl Matcher {
    /// Every wording that covers the byte `at` of `document`, counted ones first, with what became of it.
    ///
    /// # Errors
    /// Lexicons too large for one automaton.
    pub fn trace(&self, document: &Document, segments: &[Segment], at: usize) -> Result<Vec<Trace>> {
        let Some(index) = document.blocks.iter().position(|b| b.range.contains(&at)) else { return Ok(Vec::new()) };
        let block = &document.blocks[index];
        let text = document.block_text(block);
        let own: Vec<Segment> = segments.iter().filter(|s| s.block == index).cloned().collect();
        let cuts: Vec<usize> = cuts(block, &own).into_iter().map(|cut| block.folded.offset_of(cut)).collect();
        let found = self.in_blocks(document, segments);
        let present = self.present(&found.iter().map(|(_, candidates)| candidates.as_slice()).collect::<Vec<_>>());
        let place = |start: usize, end: usize| in_document(block, start, end);
        let mut traces: Vec<Trace> = Vec::new();
        let mut add = |c: &Candidate, outcome: Outcome| {
            let pattern = &self.patterns[c.pattern];
            let range = place(c.start, c.end);
            if pattern.kind.is_wording() && range.contains(&at) {
                traces.push(Trace { formula: pattern.formula, variant: self.wording(pattern).literal.clone(), range, outcome });
            }
        };
        let folded = spaced(block.folded.as_str());
        for c in self.occurrences(&folded) {
            if !is_bounded(&folded, c.start, c.end) {
                add(&c, Outcome::InsideAWord);
            } else if crosses(&c, &cuts) {
                add(&c, Outcome::AcrossVoices);
            } else if !self.is_cased(&c, &block.folded, text) {
                add(&c, Outcome::OtherCase);
            }
        }
        let candidates = found.into_iter().find(|(i, _)| *i == index).map_or_else(Vec::new, |(_, c)| c);
        let (allowed, others): (Vec<Candidate>, Vec<Candidate>) = candidates.into_iter().partition(|c| present.allows(&self.patterns[c.pattern]));
        others.iter().filter(|c| !matches!(self.patterns[c.pattern].kind, Kind::Need(_))).for_each(|c| add(c, Outcome::NeedsMore));
        for (c, fate) in resolve(allowed, &self.patterns) {
            let outcome = match fate {
                Fate::Stands { within: None } => Outcome::Counted,
                Fate::Stands { within: Some(formula) } => Outcome::Within(formula),
                Fate::Covered { by } => Outcome::Covered(place(by.start, by.end)),
                Fate::Excepted { by } => Outcome::Excepted(place(by.start, by.end)),
            };
            add(&c, outcome);
        }
        for near in NearMisses::new(self)?.find(&block.folded, text) {
            let range = place(near.range.start, near.range.end);
            if range.contains(&at) {
                let variant = self.formulas[near.formula].wordings[near.wording].literal.clone();
                traces.push(Trace { formula: near.formula, variant, range, outcome: Outcome::Near { missing: near.missing, instead: near.instead } });
            }
        }
        traces.sort_by_key(|t| (rank(&t.outcome), t.range.start, std::cmp::Reverse(t.range.end), t.formula));
        traces.dedup();
        Ok(traces)
    }
}

fn rank(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::Counted => 0,
        Outcome::Within(_) => 1,
        Outcome::Near { .. } => 3,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{formula, matcher};

    #[test]
    fn what_becomes_of_the_wordings_at_a_place() {
        let lexicon = [
            formula("one-china", "en = [\"one China\", \"one China policy\", \"China policy\"]"),
            formula("forum", "en = [\"Belt and Road Forum\"]"),
            formula("road", "en = [\"Belt and Road\"]\nacronyms = [\"BRI\"]\nnot = { en = [\"new Belt and Road\"] }"),
            formula("future", "en = [\"community of shared future for mankind\"]"),
        ];
        let matcher = matcher(&lexicon.concat());
        for (text, word, want) in [
            ("the one China policy holds", "policy", vec!["one-china Counted one China policy", "one-china Covered China policy"]),
            (
                "one China policymakers met",
                "China",
                vec!["one-china Counted one China", "one-china InsideAWord one China policy", "one-china InsideAWord China policy"],
            ),
            ("the Belt and Road Forum", "Road", vec!["forum Counted Belt and Road Forum", "road Within Belt and Road"]),
            ("a new Belt and Road", "Road", vec!["road Excepted Belt and Road"]),
            ("the BRI here", "BRI", vec!["road NeedsMore BRI"]),
            ("the bri of Belt and Road", "bri", vec!["road OtherCase BRI"]),
            ("a community of shared future for humanity", "future", vec!["future Near community of shared future for mankind"]),
        ] {
            let document = crate::corpus::document_from_text("a.txt", text.to_owned(), crate::people::People::builtin());
            let segments = crate::attribution::attribute(&document, crate::people::People::builtin()).segments;
            let traces = matcher.trace(&document, &segments, text.find(word).unwrap()).unwrap();
            let shown = traces.iter().map(|t| {
                let outcome = format!("{:?}", t.outcome);
                format!("{} {} {}", matcher.formulas[t.formula].id, outcome.split([' ', '(']).next().unwrap(), t.variant)
            });
            assert_eq!(shown.collect::<Vec<_>>(), want, "{text}");
        }
    }
}
