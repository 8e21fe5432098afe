//! Hits: the formulas of a whole document, each in its segment.

use std::collections::HashSet;
use std::ops::Range;

use super::{Candidate, Kind, Matcher, resolve::resolve};
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
    /// where another wording of its formula stands somewhere in the document; one that does not count hides nothing.
    pub fn hits(&self, document: &Document, segments: &[Segment]) -> Vec<Hit> {
        let mut found: Vec<(usize, Vec<Candidate>)> = Vec::new();
        let mut spelled_out: HashSet<usize> = HashSet::new();
        let mut next = 0;
        for (i, block) in document.blocks.iter().enumerate() {
            let first = next;
            while segments.get(next).is_some_and(|s| s.block == i) {
                next += 1;
            }
            let cuts: Vec<usize> = segments[first..next].iter().skip(1).map(|s| s.range.start - block.range.start).collect();
            let candidates = self.in_block(block, document.block_text(block), &cuts);
            let wordings = candidates.iter().map(|c| &self.patterns[c.pattern]).filter(|p| p.kind == Kind::Wording);
            spelled_out.extend(wordings.map(|p| p.formula));
            if !candidates.is_empty() {
                found.push((i, candidates));
            }
        }
        let mut hits = Vec::new();
        for (i, mut candidates) in found {
            candidates.retain(|c| self.patterns[c.pattern].kind != Kind::Acronym || spelled_out.contains(&self.patterns[c.pattern].formula));
            let block = &document.blocks[i];
            for m in resolve(candidates, &self.patterns) {
                let source = block.folded.source(m.start..m.end);
                let range = block.range.start + source.start..block.range.start + source.end;
                let Some(segment) = segments.partition_point(|s| s.range.start <= range.start).checked_sub(1) else { continue };
                if range.start < segments[segment].range.end {
                    hits.push(Hit { segment, formula: m.formula, variant: self.patterns[m.wording].literal.clone(), range, within: m.within });
                }
            }
        }
        hits
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
