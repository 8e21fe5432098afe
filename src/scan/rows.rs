//! From documents to the rows of the tables.

use chrono::NaiveDate;
use polars::prelude::*;

use super::corrections::{Applied, Corrections};
use crate::attribution::{Attribution, Segment, attributed, stance};
use crate::corpus::{BlockKind, Document, Layout, Problem, Reading, Signature};
use crate::error::Result;
use crate::matcher::{Hit, Matcher};
use crate::people::People;
use crate::table::{date_column, number_column, text_column};
use crate::text::{Exposure, Language, exposure, sentences};

/// How much context a hit shows on each side, in characters.
const CONTEXT: usize = 60;

/// A document with its segments and hits; the text itself is let go.
#[derive(Debug)]
pub(super) struct Scanned {
    document: Document,
    genre: &'static str,
    languages: String,
    evidence: String,
    exposure: Exposure,
    signature: String,
    segments: Vec<SegmentRow>,
    hits: Vec<HitRow>,
    applied: Applied,
}

#[derive(Debug)]
struct SegmentRow {
    segment: Segment,
    size: Exposure,
    /// The numbers of its first and last sentence in its paragraph.
    sentences: (usize, usize),
}

#[derive(Debug)]
struct HitRow {
    hit: Hit,
    text: String,
    paragraph: usize,
    sentence: usize,
    stance: &'static str,
    left: String,
    right: String,
}

impl Scanned {
    /// Attributes, corrects and searches `document`.
    pub fn new(mut document: Document, reading: &Reading, people: &People, matcher: &Matcher, corrections: &Corrections) -> Self {
        let Attribution { genre, mut segments } = attributed(&document, reading, people);
        let found = (!corrections.is_empty()).then(|| segments.clone());
        let mut applied = corrections.apply(&document, &mut segments, people);
        let hits = matcher.hits(&document, &segments);
        if let Some(found) = found.filter(|_| applied.count > 0) {
            applied.problems.extend(corrections.lost(&document, &matcher.hits(&document, &found), &hits));
        }
        let sentences = Sentences::of(&document, &segments);
        let hits = hits.into_iter().map(|hit| HitRow::new(hit, &document, &segments, &sentences)).collect();
        let segments: Vec<SegmentRow> = segments.into_iter().map(|s| SegmentRow::new(s, &document, &sentences)).collect();
        let mut sum = Exposure::default();
        for row in &segments {
            if document.blocks[row.segment.block].kind != BlockKind::Boilerplate {
                sum += row.size;
            }
        }
        let languages = document.languages().into_iter().map(Language::code).collect::<Vec<_>>().join("|");
        let dates = [("event_date", &document.event_date), ("published", &document.published)];
        let evidence = dates.iter().filter_map(|(name, d)| Some(format!("{name}: {}", d.as_ref()?.explained()))).collect::<Vec<_>>().join("|");
        let signature = Signature::of(&document, people).to_cell();
        document.blocks = Vec::new();
        document.text = String::new();
        Scanned { genre: genre.name(), languages, evidence, exposure: sum, signature, segments, hits, applied, document }
    }
}

/// Where the sentences of a document begin, by block.
struct Sentences(Vec<Vec<usize>>);

impl Sentences {
    /// Those of the blocks of `segments`.
    fn of(document: &Document, segments: &[Segment]) -> Sentences {
        let layout = Layout::builtin();
        let mut blocks: Vec<Vec<usize>> = vec![Vec::new(); document.blocks.len()];
        for segment in segments {
            let starts = &mut blocks[segment.block];
            if starts.is_empty() {
                let text = document.block_text(&document.blocks[segment.block]);
                starts.extend(sentences(text, &|w| layout.is_abbreviation(w)).into_iter().map(|s| s.start));
            }
        }
        Sentences(blocks)
    }

    /// The number of the sentence at a place of the document's text, in its block, from 1.
    fn at(&self, document: &Document, block: usize, at: usize) -> usize {
        let at = at - document.blocks[block].range.start;
        self.0[block].partition_point(|start| *start <= at).max(1)
    }
}

impl SegmentRow {
    fn new(segment: Segment, document: &Document, sentences: &Sentences) -> Self {
        // Of the folded text: markup is no words.
        let block = &document.blocks[segment.block];
        let offset = |at: usize| block.folded.offset_of(at - block.range.start);
        let size = exposure(&block.folded.as_str()[offset(segment.range.start)..offset(segment.range.end)]);
        let sentence = |at: usize| sentences.at(document, segment.block, at);
        let ends = (sentence(segment.range.start), sentence(segment.range.end.saturating_sub(1).max(segment.range.start)));
        SegmentRow { segment, size, sentences: ends }
    }
}

impl HitRow {
    fn new(hit: Hit, document: &Document, segments: &[Segment], sentences: &Sentences) -> Self {
        let segment = &segments[hit.segment];
        let block = &document.blocks[segment.block];
        let text = document.block_text(block);
        let at = hit.range.start - block.range.start;
        let sentence = sentences.at(document, segment.block, hit.range.start);
        let folded = block.folded.offset_of(at);
        let end = hit.range.end - block.range.start;
        let flat = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
        let left_from = text[..at].char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i);
        let right_to = text[end..].char_indices().nth(CONTEXT).map_or(text.len(), |(i, _)| end + i);
        HitRow {
            text: flat(&text[at..end]),
            paragraph: segment.block + 1,
            sentence,
            stance: stance(block.folded.as_str(), folded, block.language),
            left: flat(&text[left_from..at]),
            right: flat(&text[end..right_to]),
            hit,
        }
    }
}

/// The rows of all tables, in the order of the documents.
#[derive(Debug, Default)]
pub(super) struct Rows {
    scanned: Vec<Scanned>,
}

impl Rows {
    pub fn is_empty(&self) -> bool {
        self.scanned.is_empty()
    }

    pub fn push(&mut self, scanned: Scanned) {
        self.scanned.push(scanned);
    }

    /// How many corrections were applied.
    pub fn corrected(&self) -> usize {
        self.scanned.iter().map(|s| s.applied.count).sum()
    }

    /// The corrections that do not fit, or fit no document.
    pub fn misfits(&mut self, corrections: &Corrections) -> Vec<Problem> {
        let documents = self.scanned.iter().map(|s| s.document.id.as_str()).collect();
        let mut problems = corrections.of_others(&documents);
        self.scanned.iter_mut().for_each(|s| problems.append(&mut s.applied.problems));
        problems
    }

    pub fn documents(&self) -> Result<DataFrame> {
        let rows = &self.scanned;
        let text = |name: &str, get: fn(&Scanned) -> &str| text_column(name, rows.iter().map(get));
        let date = |name: &str, get: fn(&Document) -> Option<NaiveDate>| date_column(name, rows.iter().map(|r| get(&r.document)));
        Ok(DataFrame::new(
            rows.len(),
            vec![
                text("document", |r| &r.document.id),
                text("path", |r| &r.document.path),
                text("record", |r| &r.document.record),
                text("title", |r| &r.document.title),
                date("published", |d| d.published.as_ref().map(|p| p.date)),
                date("event_date", |d| d.event_date.as_ref().map(|p| p.date)),
                date("date", Document::date),
                text("date_evidence", |r| &r.evidence),
                text("source", |r| &r.document.origin.source),
                text("source_side", |r| &r.document.origin.side),
                text("url", |r| &r.document.url),
                text("language", |r| &r.languages),
                text("genre", |r| r.genre),
                number_column("bytes", rows.iter().map(|r| r.document.bytes as usize)),
                number_column("words", rows.iter().map(|r| r.exposure.words as usize)),
                number_column("characters", rows.iter().map(|r| r.exposure.characters as usize)),
                text("signature", |r| &r.signature),
                text_column("duplicate_of", rows.iter().map(|_| "")),
                text_column("translation_of", rows.iter().map(|_| "")),
            ],
        )?)
    }

    pub fn segments(&self) -> Result<DataFrame> {
        let rows: Vec<(&Scanned, usize, &SegmentRow)> =
            self.scanned.iter().flat_map(|s| s.segments.iter().enumerate().map(move |(i, row)| (s, i, row))).collect();
        let text = |name: &str, get: fn(&Segment) -> &str| text_column(name, rows.iter().map(|r| get(&r.2.segment)));
        let number = |name: &str, get: fn(&SegmentRow) -> usize| number_column(name, rows.iter().map(|r| get(r.2)));
        Ok(DataFrame::new(
            rows.len(),
            vec![
                text_column("document", rows.iter().map(|r| r.0.document.id.as_str())),
                number_column("segment", rows.iter().map(|r| r.1 + 1)),
                date_column("date", rows.iter().map(|r| r.2.segment.date)),
                text("language", |s| s.language.code()),
                text("speaker", |s| &s.speaker.name),
                text("role", |s| &s.speaker.role),
                text("side", |s| &s.speaker.side),
                text("voice", |s| s.voice.name()),
                text("evidence", |s| s.evidence.map_or("", crate::attribution::Evidence::name)),
                number_column("start", rows.iter().map(|r| r.0.document.base + r.2.segment.range.start)),
                number_column("end", rows.iter().map(|r| r.0.document.base + r.2.segment.range.end)),
                number("words", |r| r.size.words as usize),
                number("characters", |r| r.size.characters as usize),
                number("paragraph", |r| r.segment.block + 1),
                number("first_sentence", |r| r.sentences.0),
                number("last_sentence", |r| r.sentences.1),
            ],
        )?)
    }

    pub fn hits(&self, matcher: &Matcher) -> Result<DataFrame> {
        struct Row<'a> {
            scanned: &'a Scanned,
            segment: &'a Segment,
            row: &'a HitRow,
            formula: &'a crate::lexicon::Formula,
            themes: String,
            within: &'a str,
        }
        let rows: Vec<Row<'_>> = self
            .scanned
            .iter()
            .flat_map(|scanned| {
                scanned.hits.iter().map(move |row| {
                    let formula = &matcher.formulas()[row.hit.formula];
                    let within = row.hit.within.map_or("", |w| &matcher.formulas()[w].id);
                    Row { scanned, segment: &scanned.segments[row.hit.segment].segment, row, formula, themes: formula.themes.join("|"), within }
                })
            })
            .collect();
        let text = |name: &str, get: fn(&Row<'_>) -> String| {
            let values: Vec<String> = rows.iter().map(get).collect();
            text_column(name, values.iter().map(String::as_str))
        };
        let number = |name: &str, get: fn(&Row<'_>) -> usize| number_column(name, rows.iter().map(get));
        let date = |name: &str, get: fn(&Row<'_>) -> Option<NaiveDate>| date_column(name, rows.iter().map(get));
        Ok(DataFrame::new(
            rows.len(),
            vec![
                text("document", |r| r.scanned.document.id.clone()),
                text("path", |r| r.scanned.document.path.clone()),
                text("record", |r| r.scanned.document.record.clone()),
                number("segment", |r| r.row.hit.segment + 1),
                number("paragraph", |r| r.row.paragraph),
                number("sentence", |r| r.row.sentence),
                date("date", |r| r.segment.date),
                date("event_date", |r| r.scanned.document.event_date.as_ref().map(|d| d.date)),
                date("published", |r| r.scanned.document.published.as_ref().map(|d| d.date)),
                text("source", |r| r.scanned.document.origin.source.clone()),
                text("source_side", |r| r.scanned.document.origin.side.clone()),
                text("genre", |r| r.scanned.genre.to_owned()),
                text("language", |r| r.segment.language.code().to_owned()),
                text("speaker", |r| r.segment.speaker.name.clone()),
                text("role", |r| r.segment.speaker.role.clone()),
                text("side", |r| r.segment.speaker.side.clone()),
                text("voice", |r| r.segment.voice.name().to_owned()),
                text("evidence", |r| r.segment.evidence.map_or("", crate::attribution::Evidence::name).to_owned()),
                text("stance", |r| r.row.stance.to_owned()),
                text("lexicon", |r| r.formula.lexicon.clone()),
                text("formula", |r| r.formula.id.clone()),
                text("label", |r| r.formula.label_in(Language::En).to_owned()),
                text("theme", |r| r.themes.clone()),
                text("variant", |r| r.row.hit.variant.clone()),
                text("text", |r| r.row.text.clone()),
                number("start", |r| r.scanned.document.base + r.row.hit.range.start),
                number("end", |r| r.scanned.document.base + r.row.hit.range.end),
                text("within", |r| r.within.to_owned()),
                text("left", |r| r.row.left.clone()),
                text("right", |r| r.row.right.clone()),
            ],
        )?)
    }
}

/// The table of problems.
pub(super) fn problems(problems: &[Problem]) -> Result<DataFrame> {
    let text = |name: &str, get: fn(&Problem) -> &str| text_column(name, problems.iter().map(get));
    Ok(DataFrame::new(
        problems.len(),
        vec![text("path", |p| &p.path), text("record", |p| &p.record), text("kind", |p| p.kind), text("message", |p| &p.message)],
    )?)
}
