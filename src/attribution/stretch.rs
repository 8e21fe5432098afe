//! How a stretch of text is spoken and why, and the segments that stretches become.

use std::ops::Range;

use super::passage::{Passage, Quote};
use super::segment::{Evidence, Rule, Segment, Speaker, Voice, Why};
use crate::corpus::{Block, Document};
use crate::text::{Language, is_han};

/// How a stretch is spoken, and why it is thought so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub speaker: Speaker,
    pub voice: Voice,
    pub evidence: Option<Evidence>,
    pub why: Why,
}

impl Stretch {
    pub fn nobody(voice: Voice, why: impl Into<Why>) -> Self {
        Stretch { speaker: Speaker::none(), voice, evidence: None, why: why.into() }
    }

    pub fn by(speaker: Speaker, voice: Voice, evidence: Evidence, why: impl Into<Why>) -> Self {
        let evidence = speaker.is_some().then_some(evidence);
        Stretch { speaker, voice, evidence, why: why.into() }
    }

    /// The same, going on in a later sentence or paragraph; the cue stays the one that began it.
    pub fn going_on(&self, evidence: Evidence, rule: Rule) -> Self {
        Stretch { evidence: self.evidence.map(|_| evidence), why: Why { rule, cue: self.why.cue.clone() }, ..self.clone() }
    }
}

/// The segments of a paragraph whose stretches begin at the given offsets of its folded text. Quoted clauses of reported speech
/// become segments of their own.
pub(super) fn segments(document: &Document, passage: &Passage<'_>, block: &Block, pieces: &[(usize, Stretch)]) -> Vec<Segment> {
    let mut cuts: Vec<(usize, Stretch)> = Vec::new();
    for (i, (from, stretch)) in pieces.iter().enumerate() {
        let to = pieces.get(i + 1).map_or(passage.text.len(), |(next, _)| *next);
        cuts.push((*from, stretch.clone()));
        if stretch.voice != Voice::Reported {
            continue;
        }
        let quotes = &passage.quotes()[passage.quotes().partition_point(|q| q.range.start < *from)..];
        for quote in quotes.iter().take_while(|q| q.range.start < to).filter(|q| q.range.end <= to && is_clause(passage, q)) {
            cuts.push((quote.range.start, Stretch { voice: Voice::Quoted, ..stretch.clone() }));
            if quote.range.end < to {
                cuts.push((quote.range.end, stretch.clone()));
            }
        }
    }
    cuts.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        if same {
            earlier.1 = later.1.clone();
        }
        let alike = (&later.1.speaker, later.1.voice, later.1.evidence) == (&earlier.1.speaker, earlier.1.voice, earlier.1.evidence);
        same || alike
    });
    let source = document.block_text(block);
    let begins: Vec<usize> = cuts.iter().enumerate().map(|(i, (from, _))| if i == 0 { 0 } else { block.folded.source(*from..*from + 1).start }).collect();
    let mut segments = Vec::new();
    for (i, (_, stretch)) in cuts.into_iter().enumerate() {
        let start = begins[i];
        let end = begins.get(i + 1).copied().unwrap_or(source.len());
        let trimmed = start + source[start..end].trim_end().len();
        if start < trimmed {
            segments.push(Segment {
                block: passage.block,
                range: block.range.start + start..block.range.start + trimmed,
                speaker: stretch.speaker,
                voice: stretch.voice,
                evidence: stretch.evidence,
                why: stretch.why,
                language: block.language,
                date: block.date.or(document.date()),
            });
        }
    }
    segments
}

/// Where a stretch of a block's folded text stands in the document's text.
pub(super) fn in_document(block: &Block, folded: &Range<usize>) -> Range<usize> {
    let source = block.folded.source(folded.clone());
    block.range.start + source.start..block.range.start + source.end
}

/// Whether a quotation holds at least a clause, and not just a name or a term.
fn is_clause(passage: &Passage<'_>, quote: &Quote) -> bool {
    let inner = &passage.text[quote.range.clone()];
    let inner = inner.trim_matches(['"', '\'', '“', '”', '‘', '’', '「', '」', '『', '』']);
    match passage.language {
        Language::Zh => {
            let size = inner.chars().filter(|c| is_han(*c)).count();
            // In folded text full-width signs are plain ones.
            size >= 10 && inner.contains([',', '。', ';', '!', '?'])
        }
        _ => {
            let words = inner.split_whitespace().count();
            words >= 8 || (words >= 4 && (inner.ends_with([',', '.', '?', '!']) || inner.contains(". ")))
        }
    }
}
