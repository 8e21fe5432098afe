//! Hits: the formulas of a whole document, each in its segment.

use std::collections::HashSet;
use std::ops::Range;

use super::resolve::{Fate, resolve};
use super::{Candidate, Kind, Match, Matcher, Pattern};
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
        let mut hits = Vec::new();
        for (i, matches) in self.matches(document, segments) {
            let block = &document.blocks[i];
            for m in matches {
                let range = in_document(block, m.start, m.end);
                let Some(segment) = segments.partition_point(|s| s.range.start <= range.start).checked_sub(1) else { continue };
                if range.start < segments[segment].range.end {
                    let variant = self.formulas[m.formula].wordings[m.wording].literal.clone();
                    hits.push(Hit { segment, formula: m.formula, variant, range, within: m.within });
                }
            }
        }
        hits
    }

    /// The matches that count in each block of `document` that has any, as places in its folded text. None crosses from one
    /// of the `segments` to the next; without segments, whole blocks are searched.
    pub fn matches(&self, document: &Document, segments: &[Segment]) -> Vec<(usize, Vec<Match>)> {
        let found = self.in_blocks(document, segments);
        let present = self.present(&found.iter().map(|(_, candidates)| candidates.as_slice()).collect::<Vec<_>>());
        let allowed = |candidates: Vec<Candidate>| candidates.into_iter().filter(|c| present.allows(&self.patterns[c.pattern])).collect();
        found.into_iter().map(|(i, candidates)| (i, self.standing(allowed(candidates)))).collect()
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

    /// What a document has, of all that some wordings need; its candidates by block.
    pub(super) fn present(&self, blocks: &[&[Candidate]]) -> Present {
        let kind = |c: &Candidate| self.patterns[c.pattern].kind;
        let mut present = Present::default();
        present.groups.extend(blocks.iter().flat_map(|own| own.iter()).filter_map(|c| if let Kind::Need(group) = kind(c) { Some(group) } else { None }));
        for own in blocks {
            let counts = |c: &&Candidate| kind(c) == Kind::Wording && present.allows(&self.patterns[c.pattern]);
            let formula = |c: &Candidate| self.patterns[c.pattern].formula;
            let formulas: Vec<usize> = if own.iter().any(|c| kind(c) == Kind::Exception) {
                // What is left out anyway spells nothing out.
                let own = own.iter().filter(|c| kind(c) == Kind::Exception || counts(c)).copied().collect();
                let standing = resolve(own, &self.patterns).into_iter().filter(|(_, fate)| matches!(fate, Fate::Stands { .. }));
                standing.map(|(c, _)| formula(&c)).collect()
            } else {
                own.iter().filter(counts).map(formula).collect()
            };
            present.formulas.extend(formulas);
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

/// The place in the document's text of a place in the folded text of a block.
pub(super) fn in_document(block: &Block, start: usize, end: usize) -> Range<usize> {
    let source = block.folded.source(start..end);
    block.range.start + source.start..block.range.start + source.end
}

/// Where the segments of a block meet, as offsets into its text.
pub(super) fn cuts(block: &Block, segments: &[Segment]) -> Vec<usize> {
    segments.iter().skip(1).map(|s| s.range.start - block.range.start).collect()
}

/// What a document has, of all that some wordings need.
#[derive(Debug, Default)]
pub(super) struct Present {
    /// Formulas of which a wording counts there that is no acronym.
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
