//! What readers can be asked about: occurrences of formulas, or sentences, each with its context.

use std::path::Path;

use rayon::prelude::*;

use super::sample::{Stratum, sample};
use crate::attribution::{Attribution, Segment, Voice, attributed};
use crate::corpus::{Block, Corpus, Document, Layout, Problem, Reading};
use crate::error::Result;
use crate::lexicon::Lexicons;
use crate::matcher::{Hit, Matcher};
use crate::people::People;
use crate::scan::refuse_scans;
use crate::table::Output;
use crate::text::sentences;

/// The columns of a coder's sheet; the last three are for the coder.
const SHEET: [&str; 12] = ["file", "start", "end", "left", "text", "right", "formula", "lang", "genre", "speaker", "voice", "note"];
/// The columns of the key.
const KEY: [&str; 9] = ["file", "start", "end", "formula", "genre", "lang", "voice", "stratum_size", "stratum_sampled"];
/// What the coders are told.
const INSTRUCTIONS: &str = include_str!("instructions.txt");

/// An occurrence or a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The document's id.
    pub document: String,
    /// Byte offsets into its text, as in the tables.
    pub start: usize,
    /// See `start`.
    pub end: usize,
    /// What stands before it: in its sentence, or, of a sentence, the one before.
    pub left: String,
    /// Its words, blanks made one.
    pub text: String,
    /// What stands after it.
    pub right: String,
    /// The formula; empty for a sentence.
    pub formula: String,
    /// What it is drawn by.
    pub stratum: Stratum,
}

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Occurrences of formulas, in any voice; those within longer ones are left out.
    Occurrences,
    /// Sentences, those of page furniture left out.
    Sentences,
}

/// All items in the files under `inputs`, by document and place, and what could not be read.
///
/// # Errors
/// A scan folder, which holds no texts; otherwise as [`crate::scan::Scan::of`].
pub fn items(inputs: &[impl AsRef<Path>], reading: Reading, lexicons: &Lexicons, unit: Unit) -> Result<(Vec<Item>, Vec<Problem>)> {
    refuse_scans(inputs)?;
    let (corpus, mut problems) = Corpus::open(inputs, reading)?;
    let (people, matcher) = (People::builtin(), Matcher::new(lexicons)?);
    let read: Vec<(Vec<Item>, Vec<Problem>)> = corpus
        .entries()
        .par_iter()
        .map(|entry| {
            let contents = corpus.read(entry, people);
            (contents.documents.par_iter().flat_map_iter(|d| of_document(d, corpus.reading(), people, &matcher, unit)).collect(), contents.problems)
        })
        .collect();
    let mut items = Vec::new();
    for (found, wrong) in read {
        items.extend(found);
        problems.extend(wrong);
    }
    problems.sort();
    Ok((items, problems))
}

fn of_document(document: &Document, reading: &Reading, people: &People, matcher: &Matcher, unit: Unit) -> Vec<Item> {
    let Attribution { genre, segments } = attributed(document, reading, people);
    let item = |segment: &Segment, block: &Block, range: std::ops::Range<usize>, context: std::ops::Range<usize>, formula: &str| {
        let flat = |from: usize, to: usize| document.text[from..to].split_whitespace().collect::<Vec<_>>().join(" ");
        Item {
            document: document.id.clone(),
            start: document.base + range.start,
            end: document.base + range.end,
            left: flat(context.start.min(range.start), range.start),
            text: flat(range.start, range.end),
            right: flat(range.end, context.end.max(range.end)),
            formula: formula.to_owned(),
            stratum: Stratum { genre: genre.name(), language: block.language.code(), voice: segment.voice.name() },
        }
    };
    let split = |block: &Block| -> Vec<std::ops::Range<usize>> {
        let found = sentences(document.block_text(block), &|w| Layout::builtin().is_abbreviation(w));
        found.into_iter().map(|s| block.range.start + s.start..block.range.start + s.end).collect()
    };
    match unit {
        Unit::Occurrences => {
            let hits: Vec<Hit> = matcher.hits(document, &segments).into_iter().filter(|h| h.within.is_none()).collect();
            let of_hit = |hit: Hit| {
                let segment = &segments[hit.segment];
                let block = &document.blocks[segment.block];
                let sentences = split(block);
                let start = sentences.iter().rev().find(|s| s.start <= hit.range.start).map_or(block.range.start, |s| s.start);
                let end = sentences.iter().find(|s| s.end >= hit.range.end).map_or(block.range.end, |s| s.end);
                item(segment, block, hit.range.clone(), start..end, &matcher.formulas()[hit.formula].id)
            };
            hits.into_iter().map(of_hit).collect()
        }
        Unit::Sentences => {
            let of_block = |block: &Block| {
                let sentences = split(block);
                let context = |i: usize| {
                    let before = i.checked_sub(1).and_then(|i| sentences.get(i)).map_or(block.range.start, |s| s.start);
                    before..sentences.get(i + 1).map_or(block.range.end, |s| s.end)
                };
                let with_segment = |(i, s): (usize, &std::ops::Range<usize>)| Some((segment_at(&segments, s)?, s.clone(), context(i)));
                let known = sentences.iter().enumerate().filter_map(with_segment).filter(|(s, ..)| s.voice != Voice::Boilerplate);
                known.map(|(segment, range, context)| item(segment, block, range, context, "")).collect::<Vec<_>>()
            };
            document.blocks.iter().flat_map(of_block).collect()
        }
    }
}

/// The segment that covers most of `range`.
fn segment_at<'a>(segments: &'a [Segment], range: &std::ops::Range<usize>) -> Option<&'a Segment> {
    let overlap = |s: &Segment| range.end.min(s.range.end).saturating_sub(range.start.max(s.range.start));
    segments.iter().filter(|s| overlap(s) > 0).max_by_key(|s| overlap(s))
}

/// How a sample came out.
#[derive(Debug)]
pub struct Sheets {
    /// `coder-1.tsv` and so on, `key.tsv` and `README.txt`.
    pub output: Output,
    /// How many items were drawn.
    pub drawn: usize,
    /// From how many documents.
    pub documents: usize,
    /// From how many strata.
    pub strata: usize,
}

/// Sheets for `coders` with `count` of `items`, drawn by `seed` (see [`sample`]). All coders get the same rows, in the same order.
pub fn sheets(items: &[Item], count: usize, coders: usize, seed: u64) -> Sheets {
    let keys: Vec<(Stratum, &str)> = items.iter().map(|i| (i.stratum.clone(), i.document.as_str())).collect();
    let drawn: Vec<&Item> = sample(&keys, count, seed).into_iter().map(|i| &items[i]).collect();
    let mut sizes: std::collections::BTreeMap<&Stratum, (usize, usize)> = std::collections::BTreeMap::new();
    items.iter().for_each(|i| sizes.entry(&i.stratum).or_default().0 += 1);
    drawn.iter().for_each(|i| sizes.entry(&i.stratum).or_default().1 += 1);
    let (mut sheet, mut key) = (line(&SHEET), line(&KEY));
    for item in &drawn {
        let (start, end, Stratum { genre, language, voice }) = (item.start.to_string(), item.end.to_string(), &item.stratum);
        sheet.push_str(&line(&[&item.document, &start, &end, &item.left, &item.text, &item.right, &item.formula, language, genre, "", "", ""]));
        let (size, sampled) = sizes.get(&item.stratum).copied().unwrap_or_default();
        key.push_str(&line(&[&item.document, &start, &end, &item.formula, genre, language, voice, &size.to_string(), &sampled.to_string()]));
    }
    let mut output = Output::default();
    (1..=coders).for_each(|coder| output.add(format!("coder-{coder}.tsv"), sheet.clone().into_bytes()));
    output.add("key.tsv", key.into_bytes());
    output.add("README.txt", INSTRUCTIONS.as_bytes().to_vec());
    let documents: std::collections::BTreeSet<&str> = drawn.iter().map(|i| i.document.as_str()).collect();
    Sheets { output, drawn: drawn.len(), documents: documents.len(), strata: sizes.values().filter(|(_, n)| *n > 0).count() }
}

/// A line of cells between tabs. A cell that begins with a quotation mark is enclosed, as spreadsheets expect.
fn line(cells: &[&str]) -> String {
    let cell = |c: &&str| {
        let flat = c.replace(['\t', '\n', '\r'], " ");
        if flat.starts_with('"') { format!("\"{}\"", flat.replace('"', "\"\"")) } else { flat }
    };
    let cells: Vec<String> = cells.iter().map(cell).collect();
    format!("{}\n", cells.join("\t"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Varga Meets Tane\n\n2023-02-02\n\nVarga met Ana Tane, President of Orland. They walked.\n\nTane said, Orland supports the Belt and Road Initiative. \"Win-win cooperation\" works.\n";

    fn items_of(unit: Unit) -> Vec<Item> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.txt"), TEXT).unwrap();
        items(&[dir.path()], Reading::default(), &Lexicons::load(&[""; 0], false).unwrap(), unit).unwrap().0
    }

    #[test]
    fn occurrences_in_their_sentences() {
        let items = items_of(Unit::Occurrences);
        let [road, win] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!((road.left.as_str(), road.text.as_str(), road.right.as_str()), ("Tane said, Orland supports the", "Belt and Road Initiative", "."));
        assert_eq!((win.left.as_str(), win.right.as_str(), win.formula.as_str()), ("\"", "\" works.", "win-win-cooperation"));
        assert_eq!(&TEXT[road.start..road.end], road.text);
        assert_eq!(road.stratum, Stratum { genre: "article", language: "en", voice: "reported" });
    }

    #[test]
    fn sentences_with_their_neighbours() {
        let items = items_of(Unit::Sentences);
        let texts: Vec<&str> = items.iter().map(|i| i.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "Varga Meets Tane",
                "Varga met Ana Tane, President of Orland.",
                "They walked.",
                "Tane said, Orland supports the Belt and Road Initiative.",
                "\"Win-win cooperation\" works.",
            ]
        );
        assert_eq!((items[2].left.as_str(), items[2].right.as_str()), ("Varga met Ana Tane, President of Orland.", ""));
    }

    #[test]
    fn coders_are_blind() {
        let made = sheets(&items_of(Unit::Occurrences), 1, 2, 1);
        assert_eq!(made.output.paths(), ["README.txt", "coder-1.tsv", "coder-2.tsv", "key.tsv"]);
        assert_eq!((made.drawn, made.documents, made.strata), (1, 1, 1));
        assert_eq!(line(&["\"", "a\tb", ""]), "\"\"\"\"\ta b\t\n");
    }

    #[test]
    fn a_scan_folder_has_no_texts() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.txt"), TEXT).unwrap();
        let (lexicons, out) = (Lexicons::load(&[""; 0], false).unwrap(), dir.path().join("scan"));
        crate::scan::Scan::of(&[dir.path()], Reading::default(), &lexicons).unwrap().write(&out, &[crate::table::Format::Csv]).unwrap();
        let message = items(&[&out], Reading::default(), &lexicons, Unit::Occurrences).unwrap_err().to_string();
        assert!(message.contains("a scan folder holds tables, not texts"), "{message}");
    }
}
