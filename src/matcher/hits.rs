//! Hits: the formulas of a whole document, each in its segment.

use std::collections::HashSet;
use std::ops::Range;

use super::{Kind, Matcher};
use crate::attribution::Segment;
use crate::corpus::Document;

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
    /// All hits in `document`, in the order of the text. `segments` are the document's own, in order.
    pub fn hits(&self, document: &Document, segments: &[Segment]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut spelled_out: HashSet<usize> = HashSet::new();
        let mut acronyms: Vec<bool> = Vec::new();
        let mut next = 0;
        for (i, block) in document.blocks.iter().enumerate() {
            let first = next;
            while segments.get(next).is_some_and(|s| s.block == i) {
                next += 1;
            }
            let own = &segments[first..next];
            let offset = |source: usize| block.folded.offset_of(source - block.range.start);
            let cuts: Vec<usize> = own.iter().skip(1).map(|s| offset(s.range.start)).collect();
            for found in self.find(&block.folded, document.block_text(block), &cuts) {
                let source = block.folded.source(found.start..found.end);
                let range = block.range.start + source.start..block.range.start + source.end;
                let Some(segment) = own.iter().position(|s| s.range.start <= range.start && range.start < s.range.end) else { continue };
                let pattern = &self.patterns[found.wording];
                let acronym = pattern.kind == Kind::Acronym;
                if !acronym {
                    spelled_out.insert(found.formula);
                }
                acronyms.push(acronym);
                hits.push(Hit { segment: first + segment, formula: found.formula, variant: pattern.literal.clone(), range, within: found.within });
            }
        }
        let mut acronym = acronyms.into_iter();
        hits.retain(|h| !acronym.next().unwrap_or(false) || spelled_out.contains(&h.formula));
        hits
    }
}
