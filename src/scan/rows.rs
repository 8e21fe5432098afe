//! From documents to the rows of the tables.
//!
//! A text that stands in many rows (the name of a document, a speaker, a label) is kept once and pointed to.

use std::ops::Range;

use chrono::NaiveDate;
use polars::prelude::*;

use super::corrections::{Applied, Corrections};
use crate::attribution::{Attribution, Segment, attributed, stance};
use crate::corpus::{BlockKind, Document, Layout, Problem, Reading, Signature};
use crate::error::Result;
use crate::lexicon::Formula;
use crate::matcher::{Hit, Matcher};
use crate::people::People;
use crate::table::{HITS, date_column, number_column, text_column};
use crate::text::{Exposure, Language, exposure, sentences};

/// How much context a hit shows on each side, in characters.
const CONTEXT: usize = 60;

/// What is found out of each document beside who says what: most questions do not ask for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Detail {
    /// The words found and those around them.
    pub words: bool,
    /// The numbers of sentences, and the stance of hits.
    pub places: bool,
    /// The sizes of segments.
    pub sizes: bool,
    /// What tells whether it is a copy or a translation.
    pub signature: bool,
    /// The text, which is let go otherwise.
    pub text: bool,
}

impl Detail {
    /// What tables show, with the words found or without.
    pub(super) fn of_tables(words: bool) -> Detail {
        Detail { words, places: true, sizes: true, signature: true, ..Detail::default() }
    }
}

/// A document with its segments and hits; the text itself is let go.
#[derive(Debug)]
pub struct Scanned {
    pub(crate) document: Document,
    pub(crate) genre: &'static str,
    /// The languages of its paragraphs, the commonest first, joined with `|`.
    pub(super) languages: String,
    /// The rules that found its dates.
    pub(crate) evidence: String,
    exposure: Exposure,
    pub(super) signature: Signature,
    pub(crate) segments: Vec<SegmentRow>,
    pub(crate) hits: Vec<HitRow>,
    applied: Applied,
}

#[derive(Debug)]
pub(crate) struct SegmentRow {
    pub segment: Segment,
    pub size: Exposure,
    /// The numbers of its first and last sentence in its paragraph.
    sentences: (usize, usize),
}

#[derive(Debug)]
pub(crate) struct HitRow {
    pub hit: Hit,
    pub text: String,
    pub paragraph: usize,
    pub sentence: usize,
    pub stance: &'static str,
    pub left: String,
    pub right: String,
}

impl Scanned {
    /// Attributes, corrects and searches `document`, and finds out of it what `detail` says.
    pub(super) fn new(mut document: Document, reading: &Reading, people: &People, matcher: &Matcher, corrections: &Corrections, detail: Detail) -> Self {
        let Attribution { genre, mut segments } = attributed(&document, reading, people);
        let found = (!corrections.is_empty()).then(|| segments.clone());
        let mut applied = corrections.apply(&document, &mut segments, people);
        let hits = matcher.hits(&document, &segments);
        if let Some(found) = found.filter(|_| applied.count > 0) {
            applied.problems.extend(corrections.lost(&document, &matcher.hits(&document, &found), &hits));
        }
        let sentences = if detail.places { Sentences::of(&document, &segments, if detail.sizes { None } else { Some(&hits) }) } else { Sentences(Vec::new()) };
        let hits = hits.into_iter().map(|hit| HitRow::new(hit, &document, &segments, &sentences, detail)).collect();
        let segments: Vec<SegmentRow> = segments.into_iter().map(|s| SegmentRow::new(s, &document, &sentences, detail)).collect();
        let mut sum = Exposure::default();
        for row in &segments {
            if document.blocks[row.segment.block].kind != BlockKind::Boilerplate {
                sum += row.size;
            }
        }
        let languages = document.languages().into_iter().map(Language::code).collect::<Vec<_>>().join("|");
        let dates = [("event_date", &document.event_date), ("published", &document.published)];
        let evidence = dates.iter().filter_map(|(name, d)| Some(format!("{name}: {}", d.as_ref()?.explained()))).collect::<Vec<_>>().join("|");
        let signature = if detail.signature { Signature::of(&document, people) } else { Signature::default() };
        if !detail.text {
            document.blocks = Vec::new();
            document.text = String::new();
        }
        Scanned { genre: genre.name(), languages, evidence, exposure: sum, signature, segments, hits, applied, document }
    }
}

/// Where the sentences of a document begin, by block.
struct Sentences(Vec<Vec<usize>>);

impl Sentences {
    /// Those of the blocks of `segments`; of those in which there are `hits`, if only these matter.
    fn of(document: &Document, segments: &[Segment], hits: Option<&[Hit]>) -> Sentences {
        let layout = Layout::builtin();
        let mut blocks: Vec<Vec<usize>> = vec![Vec::new(); document.blocks.len()];
        let all = hits.is_none().then_some(segments).into_iter().flatten();
        for segment in all.chain(hits.into_iter().flatten().map(|hit| &segments[hit.segment])) {
            let starts = &mut blocks[segment.block];
            if starts.is_empty() {
                let text = document.block_text(&document.blocks[segment.block]);
                starts.extend(sentences(text, &|w| layout.is_abbreviation(w)).into_iter().map(|s| s.start));
            }
        }
        Sentences(blocks)
    }

    /// The number of the sentence at a place of the document's text, in its block, from 1; 0 where nobody asks.
    fn at(&self, document: &Document, block: usize, at: usize) -> usize {
        let at = at - document.blocks[block].range.start;
        self.0.get(block).map_or(0, |starts| starts.partition_point(|start| *start <= at).max(1))
    }
}

impl SegmentRow {
    fn new(segment: Segment, document: &Document, sentences: &Sentences, detail: Detail) -> Self {
        if !detail.sizes {
            return SegmentRow { segment, size: Exposure::default(), sentences: (0, 0) };
        }
        // Of the folded text: markup is no words.
        let block = &document.blocks[segment.block];
        let size = exposure(&block.folded.as_str()[block.folded_range(&segment.range)]);
        let sentence = |at: usize| sentences.at(document, segment.block, at);
        let ends = (sentence(segment.range.start), sentence(segment.range.end.saturating_sub(1).max(segment.range.start)));
        SegmentRow { segment, size, sentences: ends }
    }
}

impl HitRow {
    fn new(hit: Hit, document: &Document, segments: &[Segment], sentences: &Sentences, detail: Detail) -> Self {
        let segment = &segments[hit.segment];
        let block = &document.blocks[segment.block];
        let text = document.block_text(block);
        let at = hit.range.start - block.range.start;
        let sentence = sentences.at(document, segment.block, hit.range.start);
        let [text, left, right] = if detail.words { around(text, at..hit.range.end - block.range.start) } else { Default::default() };
        let stance = if detail.places { stance(block.folded.as_str(), block.folded.offset_of(at), block.language) } else { "" };
        HitRow { text, paragraph: segment.block + 1, sentence, stance, left, right, hit }
    }
}

/// The words at a place of a text, and those before and after it.
fn around(text: &str, place: Range<usize>) -> [String; 3] {
    let left_from = text[..place.start].char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i);
    let right_to = text[place.end..].char_indices().nth(CONTEXT).map_or(text.len(), |(i, _)| place.end + i);
    [&text[place.clone()], &text[left_from..place.start], &text[place.end..right_to]].map(flat)
}

/// The words of a text with one blank between them.
fn flat(text: &str) -> String {
    let text = text.trim();
    if is_flat(text.as_bytes()) {
        return text.to_owned();
    }
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// Whether a text without blanks at its ends surely has no other than single spaces in it.
fn is_flat(bytes: &[u8]) -> bool {
    let next = |i: usize, n: usize| bytes.get(i + n).copied().unwrap_or(0);
    bytes.iter().enumerate().all(|(i, b)| match b {
        b' ' => next(i, 1) != b' ',
        0x21..=0x7F | 0x80..=0xC1 | 0xC3..=0xE0 | 0xE4.. => true,
        // Blanks beyond ASCII: U+0085 and U+00A0; U+1680; those of U+2000 to U+205F; U+3000.
        0xC2 => !matches!(next(i, 1), 0x85 | 0xA0),
        0xE2 => !matches!((next(i, 1), next(i, 2)), (0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF) | (0x81, 0x9F)),
        0xE3 => (next(i, 1), next(i, 2)) != (0x80, 0x80),
        _ => false,
    })
}

/// What tables say of each formula, by its number.
pub(super) struct Formulas {
    table: DataFrame,
    /// Their ids.
    pub ids: Vec<String>,
}

impl Formulas {
    pub fn of(formulas: &[Formula]) -> Result<Formulas> {
        let themes: Vec<String> = formulas.iter().map(|f| f.themes.join("|")).collect();
        let text = |name: &str, get: fn(&Formula) -> &str| text_column(name, formulas.iter().map(get));
        let columns = vec![
            text("lexicon", |f| &f.lexicon),
            text("formula", |f| &f.id),
            text("label", |f| f.label_in(Language::En)),
            text_column("theme", themes.iter().map(String::as_str)),
        ];
        Ok(Formulas { table: DataFrame::new(themes.len(), columns)?, ids: formulas.iter().map(|f| f.id.clone()).collect() })
    }
}

/// Rows of the tables. Of documents, what the whole says is not there yet.
#[derive(Debug)]
pub(super) struct Part {
    pub documents: DataFrame,
    pub segments: DataFrame,
    pub hits: DataFrame,
}

/// Some documents, in order.
#[derive(Debug, Default)]
pub(super) struct Rows {
    scanned: Vec<Scanned>,
}

impl Scanned {
    /// How many segments and hits it has.
    pub(super) fn sizes(&self) -> (usize, usize) {
        (self.segments.len(), self.hits.len())
    }

    /// How many corrections were applied.
    pub(super) fn corrected(&self) -> usize {
        self.applied.count
    }

    /// The corrections that do not fit.
    pub(super) fn take_problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.applied.problems)
    }
}

impl Rows {
    pub fn is_empty(&self) -> bool {
        self.scanned.is_empty()
    }

    pub fn scanned(&self) -> &[Scanned] {
        &self.scanned
    }

    pub fn add(&mut self, scanned: Vec<Scanned>) {
        self.scanned.extend(scanned);
    }

    /// The tables' rows. Without `words`, hits do not show the words found.
    pub fn part(&self, formulas: &Formulas, words: bool) -> Result<Part> {
        let documents = self.documents()?;
        let segments = self.segments(&documents)?;
        let hits = self.hits(&documents, &segments, &formulas.table, words)?;
        Ok(Part { documents, segments, hits })
    }

    fn documents(&self) -> Result<DataFrame> {
        let rows = &self.scanned;
        let signatures: Vec<String> = rows.iter().map(|r| r.signature.to_cell()).collect();
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
                text_column("signature", signatures.iter().map(String::as_str)),
            ],
        )?)
    }

    fn segments(&self, documents: &DataFrame) -> Result<DataFrame> {
        let rows: Vec<(usize, usize, &SegmentRow)> =
            self.scanned.iter().enumerate().flat_map(|(d, s)| s.segments.iter().enumerate().map(move |(i, row)| (d, i, row))).collect();
        let text = |name: &str, get: fn(&Segment) -> &str| text_column(name, rows.iter().map(|r| get(&r.2.segment)));
        let number = |name: &str, get: fn(&SegmentRow) -> usize| number_column(name, rows.iter().map(|r| get(r.2)));
        let offset = |name: &str, get: fn(&Segment) -> usize| number_column(name, rows.iter().map(|r| self.scanned[r.0].document.base + get(&r.2.segment)));
        Ok(DataFrame::new(
            rows.len(),
            vec![
                pointed(documents, "document", &places(rows.iter().map(|r| r.0)))?,
                number_column("segment", rows.iter().map(|r| r.1 + 1)),
                date_column("date", rows.iter().map(|r| r.2.segment.date)),
                text("language", |s| s.language.code()),
                text("speaker", |s| &s.speaker.name),
                text("role", |s| &s.speaker.role),
                text("side", |s| &s.speaker.side),
                text("voice", |s| s.voice.name()),
                text("evidence", |s| s.evidence.map_or("", crate::attribution::Evidence::name)),
                offset("start", |s| s.range.start),
                offset("end", |s| s.range.end),
                number("words", |r| r.size.words as usize),
                number("characters", |r| r.size.characters as usize),
                number("paragraph", |r| r.segment.block + 1),
                number("first_sentence", |r| r.sentences.0),
                number("last_sentence", |r| r.sentences.1),
            ],
        )?)
    }

    fn hits(&self, documents: &DataFrame, segments: &DataFrame, formulas: &DataFrame, words: bool) -> Result<DataFrame> {
        let (mut rows, mut first): (Vec<(usize, usize, &HitRow)>, usize) = (Vec::new(), 0);
        for (d, scanned) in self.scanned.iter().enumerate() {
            rows.extend(scanned.hits.iter().map(|row| (d, first + row.hit.segment, row)));
            first += scanned.segments.len();
        }
        let of_document = places(rows.iter().map(|r| r.0));
        let of_segment = places(rows.iter().map(|r| r.1));
        let of_formula = places(rows.iter().map(|r| r.2.hit.formula));
        let within: IdxCa = rows.iter().map(|r| r.2.hit.within.and_then(|w| IdxSize::try_from(w).ok())).collect();
        let mut columns = Vec::new();
        for spec in HITS {
            let name = spec.name;
            let text = |get: fn(&HitRow) -> &str| text_column(name, rows.iter().map(|r| get(r.2)));
            let number = |get: fn(&HitRow) -> usize| number_column(name, rows.iter().map(|r| get(r.2)));
            let offset = |get: fn(&Hit) -> usize| number_column(name, rows.iter().map(|r| self.scanned[r.0].document.base + get(&r.2.hit)));
            columns.push(match name {
                "variant" | "text" | "left" | "right" if !words => continue,
                "document" | "path" | "record" | "event_date" | "published" | "source" | "source_side" | "genre" => pointed(documents, name, &of_document)?,
                "lexicon" | "formula" | "label" | "theme" => pointed(formulas, name, &of_formula)?,
                "within" => pointed(formulas, "formula", &within)?.with_name(name.into()),
                "segment" => number(|r| r.hit.segment + 1),
                "paragraph" => number(|r| r.paragraph),
                "sentence" => number(|r| r.sentence),
                "start" => offset(|h| h.range.start),
                "end" => offset(|h| h.range.end),
                "stance" => text(|r| r.stance),
                "variant" => text(|r| &r.hit.variant),
                "text" => text(|r| &r.text),
                "left" => text(|r| &r.left),
                "right" => text(|r| &r.right),
                _ => pointed(segments, name, &of_segment)?,
            });
        }
        Ok(DataFrame::new(rows.len(), columns)?)
    }
}

/// Numbers of rows, as polars has them.
fn places(rows: impl Iterator<Item = usize>) -> IdxCa {
    IdxCa::from_vec(PlSmallStr::EMPTY, rows.map(|r| IdxSize::try_from(r).unwrap_or(IdxSize::MAX)).collect())
}

/// The cells of a column at `places`.
fn pointed(frame: &DataFrame, name: &str, places: &IdxCa) -> Result<Column> {
    Ok(frame.column(name)?.take(places)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn flat_texts_have_single_spaces(text in "([ab习。’é]|\\PC| |  |\n|\t|\u{85}|\u{A0}|\u{1680}|\u{2003}|\u{2028}|\u{202F}|\u{205F}|\u{3000}){0,12}") {
            proptest::prop_assert_eq!(flat(&text), text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}
