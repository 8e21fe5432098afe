//! Hits: the formulas of a whole document, each in its segment.

use std::collections::HashSet;
use std::ops::Range;

use super::resolve::{Fate, resolve};
use super::{Candidate, Kind, Matcher, Pattern};
use crate::attribution::Segment;
use crate::corpus::{Block, Document};
use crate::text::{Folded, fold_unhyphenated};

/// A formula found in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Index of the segment it lies in.
    pub segment: usize,
    /// Index of the formula in [`Matcher::formulas`].
    pub formula: usize,
    /// The wording of the lexicon that matched.
    pub variant: String,
    /// Where it stands in the document's text.
    pub range: Range<usize>,
    /// Index of the formula in whose longer hit it lies; such a hit is not counted.
    pub within: Option<usize>,
}

impl Matcher {
    /// All hits in `document`, in the order of the text. `segments` are the document's own, in order. An acronym counts only
    /// where another wording of its formula (or what it needs) stands somewhere in the document; what does not count hides
    /// nothing.
    pub fn hits(&self, document: &Document, segments: &[Segment]) -> Vec<Hit> {
        let mut found = self.in_blocks(document, segments);
        let present = self.present(found.iter().map(|(_, candidates)| candidates.as_slice()));
        let mut hits = Vec::new();
        for (i, candidates) in &mut found {
            candidates.retain(|c| present.allows(&self.patterns[c.pattern]));
            let block = &document.blocks[*i];
            for m in resolve(std::mem::take(candidates), &self.patterns).into_iter().filter_map(|(c, fate)| self.matched(c, fate)) {
                let source = block.folded.source(m.start..m.end);
                let range = block.range.start + source.start..block.range.start + source.end;
                let Some(segment) = segments.partition_point(|s| s.range.start <= range.start).checked_sub(1) else { continue };
                if range.start < segments[segment].range.end {
                    let variant = self.formulas[m.formula].wordings[m.wording].literal.clone();
                    hits.push(Hit { segment, formula: m.formula, variant, range, within: m.within });
                }
            }
        }
        hits
    }

    /// The candidates of each block that has any.
    pub(super) fn in_blocks(&self, document: &Document, segments: &[Segment]) -> Vec<(usize, Vec<Candidate>)> {
        let mut found = Vec::new();
        let mut next = 0;
        for (i, block) in document.blocks.iter().enumerate() {
            let first = next;
            while segments.get(next).is_some_and(|s| s.block == i) {
                next += 1;
            }
            let candidates = self.in_block(block, document.block_text(block), &cuts(block, &segments[first..next]));
            if !candidates.is_empty() {
                found.push((i, candidates));
            }
        }
        found
    }

    /// What a document has, of all that some wordings need.
    pub(super) fn present<'a>(&self, candidates: impl Iterator<Item = &'a [Candidate]>) -> Present {
        let mut present = Present::default();
        for own in candidates {
            let groups = own.iter().filter_map(|c| if let Kind::Need(group) = self.patterns[c.pattern].kind { Some(group) } else { None });
            present.groups.extend(groups);
            let unconditional = |c: &&Candidate| self.patterns[c.pattern].kind == Kind::Wording && self.patterns[c.pattern].needs.is_none();
            let formula = |c: &Candidate| self.patterns[c.pattern].formula;
            if own.iter().any(|c| self.patterns[c.pattern].kind == Kind::Exception) {
                // What is left out anyway spells nothing out.
                let own = own.iter().filter(|c| self.patterns[c.pattern].kind == Kind::Exception || unconditional(c)).copied().collect();
                let standing = resolve(own, &self.patterns).into_iter().filter(|(_, fate)| matches!(fate, Fate::Stands { .. }));
                present.formulas.extend(standing.map(|(c, _)| formula(&c)));
            } else {
                present.formulas.extend(own.iter().filter(unconditional).map(formula));
            }
        }
        present
    }

    /// The candidates in a block, also across the hyphens at the ends of its lines; `cuts` are offsets into its text.
    fn in_block(&self, block: &Block, text: &str, cuts: &[usize]) -> Vec<Candidate> {
        let folded = |f: &Folded| cuts.iter().map(|&cut| f.offset_of(cut)).collect::<Vec<usize>>();
        let mut candidates = self.candidates(&block.folded, text, &folded(&block.folded));
        if let Some(whole) = fold_unhyphenated(text) {
            let back = |c: Candidate| {
                let source = whole.source(c.start..c.end);
                Candidate { start: block.folded.offset_of(source.start), end: block.folded.offset_of(source.end), ..c }
            };
            candidates.extend(self.candidates(&whole, text, &folded(&whole)).into_iter().map(back));
            candidates.sort_unstable_by_key(|c| (c.start, c.end, c.pattern));
            candidates.dedup();
        }
        candidates
    }
}

/// Where the segments of a block meet, as offsets into its text.
pub(super) fn cuts(block: &Block, segments: &[Segment]) -> Vec<usize> {
    segments.iter().skip(1).map(|s| s.range.start - block.range.start).collect()
}

/// What a document has, of all that some wordings need.
#[derive(Debug, Default)]
pub(super) struct Present {
    /// Formulas of which a wording is there that needs nothing.
    formulas: HashSet<usize>,
    /// Groups of needed patterns of which one is there.
    groups: HashSet<usize>,
}

impl Present {
    /// Whether a pattern counts in the document.
    pub fn allows(&self, pattern: &Pattern) -> bool {
        match (pattern.needs, pattern.kind) {
            (Some(group), _) => self.groups.contains(&group),
            (None, Kind::Acronym) => self.formulas.contains(&pattern.formula),
            (None, _) => true,
        }
    }
}
