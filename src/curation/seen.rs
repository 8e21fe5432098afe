//! A lexicon held against a corpus: variants that never occur, and words that deviate from a variant in one word. A change of
//! wording is news in this field, and a rendering that is missing from a lexicon is an undercount.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;

use super::finding::{Finding, Level, Seen};
use crate::corpus::{Block, Corpus, Document, Problem, Reading};
use crate::error::Result;
use crate::lexicon::Lexicons;
use crate::matcher::{Matcher, NearMisses, deviation};
use crate::people::People;
use crate::scan::refuse_scans;

/// So many places of a near variant are shown.
const CONTEXTS: usize = 3;
/// So many characters on either side of one.
const AROUND: usize = 30;

/// A variant: the index of its formula, and its own.
type VariantId = (usize, usize);

/// What one file shows.
#[derive(Default)]
struct Sights {
    variants: HashMap<VariantId, u64>,
    near: NearVariants,
}

/// Words that deviate from known wordings, gathered from documents.
#[derive(Debug, Default)]
pub(crate) struct NearVariants {
    /// By formula and the words as they are folded.
    pub found: BTreeMap<(usize, String), NearVariant>,
}

/// A near variant.
#[derive(Debug, Default)]
pub(crate) struct NearVariant {
    pub seen: Seen,
    /// Of these, the occurrences in the later part of the period, and their documents.
    pub late: [u64; 2],
    pub wording: usize,
    pub missing: String,
    pub instead: String,
}

impl NearVariants {
    /// Looks through a document. Of a place (a block's number, and where in its text) `counts` says whether it is in the later part of the
    /// period; `None` if it does not count.
    pub fn look(&mut self, document: &Document, near: &NearMisses<'_>, counts: &dyn Fn(usize, &Range<usize>) -> Option<bool>) {
        let mut here: HashSet<(usize, String)> = HashSet::new();
        for (number, block) in document.blocks.iter().enumerate() {
            for miss in near.find(&block.folded, document.block_text(block)) {
                let place = block.folded.source(miss.range.clone());
                let Some(late) = counts(number, &place) else { continue };
                let key = (miss.formula, block.folded.as_str()[miss.range.clone()].replace('-', " "));
                let new = here.insert(key.clone());
                let found = self.found.entry(key).or_default();
                found.wording = miss.wording;
                (found.missing, found.instead) = (miss.missing, miss.instead);
                found.late[0] += u64::from(late);
                found.late[1] += u64::from(late && new);
                found.seen.add(document, block, &place, new);
            }
        }
    }

    /// Adds what later documents show.
    pub fn join(&mut self, later: NearVariants) {
        for (key, near) in later.found {
            match self.found.entry(key) {
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(near);
                }
                std::collections::btree_map::Entry::Occupied(mut entry) => {
                    let own = entry.get_mut();
                    own.late = [own.late[0] + near.late[0], own.late[1] + near.late[1]];
                    own.seen.join(near.seen);
                }
            }
        }
    }
}

/// Variants of the formulas of the `files` among `lexicons` (all of them, if none is named) that the files under `inputs` do not
/// have, and near variants that they have, the commonest first; and what could not be read.
///
/// # Errors
/// A scan folder, which holds no texts; an input that is not there; lexicons too large to be searched for.
pub fn check_on(lexicons: &Lexicons, files: &[String], inputs: &[impl AsRef<Path>], reading: Reading) -> Result<(Vec<Finding>, Vec<Problem>)> {
    refuse_scans(inputs)?;
    let (corpus, mut problems) = Corpus::open(inputs, reading)?;
    let (people, matcher) = (People::builtin(), Matcher::new(lexicons)?);
    let near = NearMisses::new(&matcher)?;
    let read: Vec<(Sights, Vec<Problem>)> = corpus
        .entries()
        .par_iter()
        .map(|entry| {
            let contents = corpus.read(entry, people);
            let mut sights = Sights::default();
            contents.documents.iter().for_each(|d| sights.look(d, &matcher, &near));
            (sights, contents.problems)
        })
        .collect();
    let mut all = Sights::default();
    for (sights, wrong) in read {
        all.add(sights);
        problems.extend(wrong);
    }
    problems.sort();
    let meant = |f: usize| files.is_empty() || files.contains(&matcher.formulas()[f].file);
    Ok((all.findings(&matcher, &meant), problems))
}

impl Sights {
    fn look(&mut self, document: &Document, matcher: &Matcher, near: &NearMisses<'_>) {
        for m in matcher.matches(document, &[]).into_iter().flat_map(|(_, matches)| matches) {
            *self.variants.entry((m.formula, matcher.formulas()[m.formula].wordings[m.wording].variant)).or_default() += 1;
        }
        self.near.look(document, near, &|_, _| Some(false));
    }

    fn add(&mut self, other: Sights) {
        for (id, count) in other.variants {
            *self.variants.entry(id).or_default() += count;
        }
        self.near.join(other.near);
    }

    fn findings(self, matcher: &Matcher, meant: &dyn Fn(usize) -> bool) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut near: Vec<((usize, String), NearVariant)> = self.near.found.into_iter().filter(|((f, _), _)| meant(*f)).collect();
        near.sort_by(|(a, x), (b, y)| (y.seen.documents, y.seen.occurrences, a).cmp(&(x.seen.documents, x.seen.occurrences, b)));
        for ((f, _), found) in near {
            let formula = &matcher.formulas()[f];
            let wording = &formula.wordings[found.wording];
            let what = deviation(&found.missing, &found.instead);
            let message = format!("`{}` is seen {what}", wording.literal);
            let finding = Finding::of_variant(formula, &formula.variants[wording.variant], Level::Note, "near variant", message);
            findings.push(Finding { seen: Some(found.seen), ..finding });
        }
        for (f, formula) in matcher.formulas().iter().enumerate().filter(|(f, _)| meant(*f)) {
            for (v, variant) in formula.variants.iter().enumerate().filter(|(v, _)| !self.variants.contains_key(&(f, *v))) {
                let others = (0..formula.variants.len()).any(|o| o != v && self.variants.contains_key(&(f, o)));
                let message = if others { "never seen, though others of the formula are" } else { "never seen; nor is the formula in any other wording" };
                findings.push(Finding::of_variant(formula, variant, Level::Note, "never seen", message.into()));
            }
        }
        findings
    }
}

impl Seen {
    /// Adds a place, with the words around it while there are few.
    fn add(&mut self, document: &Document, block: &Block, range: &Range<usize>, new_document: bool) {
        let text = document.block_text(block);
        let flat = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.text.is_empty() {
            self.text = flat(&text[range.clone()]);
        }
        self.occurrences += 1;
        self.documents += u64::from(new_document);
        if let Some(day) = document.date() {
            self.first = Some(self.first.map_or(day, |d| d.min(day)));
            self.last = Some(self.last.map_or(day, |d| d.max(day)));
        }
        if self.contexts.len() < CONTEXTS {
            let left = text[..range.start].char_indices().rev().nth(AROUND - 1).map_or(0, |(i, _)| i);
            let right = text[range.end..].char_indices().nth(AROUND).map_or(text.len(), |(i, _)| range.end + i);
            let at = document.base + block.range.start + range.start;
            self.contexts.push(format!("{}@{at}: {}", document.id, flat(&text[left..right])));
        }
    }

    /// Adds what a later file shows.
    fn join(&mut self, later: Seen) {
        self.occurrences += later.occurrences;
        self.documents += later.documents;
        self.first = self.first.into_iter().chain(later.first).min();
        self.last = self.last.into_iter().chain(later.last).max();
        self.contexts.extend(later.contexts);
        self.contexts.truncate(CONTEXTS);
    }
}
