//! Where the entries of a draft lexicon stand: found and counted as any formula is, so that `tifa count --nested all` with the draft says the
//! same.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use rustc_hash::{FxHashMap, FxHashSet};

use super::selection::{Selection, Spot};
use crate::error::Result;
use crate::lexicon::{Formula, Lexicons};
use crate::scan::{Detail, HitRow, How, Progress, Scan, Scanned};

/// So many different spellings of a wording are told apart.
const SPELLINGS: usize = 64;

/// The uses of an entry.
#[derive(Debug, Clone, Default)]
pub struct Uses {
    /// How often it occurs, in any of its wordings, in the earlier and the later part of the period (all later, if it is not divided).
    pub occurrences: [u64; 2],
    /// In how many documents.
    pub documents: [u64; 2],
    /// How many different speakers have it, of those known.
    pub speakers: usize,
    /// On which days, first and last.
    pub first: Option<NaiveDate>,
    /// See `first`.
    pub last: Option<NaiveDate>,
    /// Occurrences by year.
    pub years: BTreeMap<i32, u64>,
    /// The first place, the last, and the first of another speaker than the first one's, each with day, speaker and words around it.
    pub contexts: Vec<String>,
    /// The commonest spelling of its own wording.
    pub spelling: String,
    /// The numbers of the documents that have it, in order.
    pub(super) in_documents: Vec<u32>,
    /// Its spellings; of a template, its fillers.
    pub(super) spellings: BTreeMap<String, u64>,
    who: FxHashSet<u32>,
    places: [Option<Context>; 3],
}

/// A place with the words around it.
#[derive(Debug, Clone)]
struct Context {
    day: Option<i32>,
    speaker: u32,
    text: String,
}

impl Uses {
    /// Some to be tried: as often before and since, once in a document.
    #[cfg(test)]
    pub(super) fn counted(occurrences: [u64; 2]) -> Uses {
        Uses { occurrences, documents: occurrences, ..Uses::default() }
    }

    /// How often it occurs.
    pub fn occurrences(&self) -> u64 {
        self.occurrences.iter().sum()
    }

    /// In how many documents.
    pub fn documents(&self) -> usize {
        self.in_documents.len()
    }

    pub(super) fn add(&mut self, sight: Sight) {
        let spot = sight.spot;
        let late = usize::from(spot.place.late);
        self.occurrences[late] += 1;
        if self.in_documents.last() != Some(&spot.place.document) {
            self.in_documents.push(spot.place.document);
            self.documents[late] += 1;
        }
        self.who.insert(spot.speaker);
        if let Some(day) = spot.day.and_then(date) {
            self.first = Some(self.first.map_or(day, |d| d.min(day)));
            self.last = Some(self.last.map_or(day, |d| d.max(day)));
            *self.years.entry(day.year()).or_default() += 1;
        }
        if let Some(spelling) = sight.spelling
            && (self.spellings.len() < SPELLINGS || self.spellings.contains_key(&spelling))
        {
            *self.spellings.entry(spelling).or_default() += 1;
        }
        let Some(text) = sight.context else { return };
        let here = Context { day: spot.day, speaker: spot.speaker, text };
        let [first, last, other] = &mut self.places;
        let (is_first, is_last) = (first.as_ref().is_none_or(|f| here.day < f.day), last.as_ref().is_none_or(|l| here.day >= l.day));
        if other.is_none() && first.as_ref().is_some_and(|f| f.speaker != here.speaker) {
            *other = Some(here.clone());
        }
        if is_last {
            *last = Some(here.clone());
        }
        if is_first {
            *first = Some(here);
        }
    }

    /// Says what was gathered.
    pub(super) fn finish(&mut self, speakers: &[String]) {
        self.speakers = self.who.iter().filter(|n| !speakers[**n as usize].starts_with('(')).count();
        self.spelling = self.spellings.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map_or_else(String::new, |(s, _)| s.clone());
        for context in std::mem::take(&mut self.places).into_iter().flatten() {
            let day = context.day.and_then(date).map_or_else(|| "undated".to_owned(), |d| d.to_string());
            let text = format!("{day}, {}: {}", speakers[context.speaker as usize], context.text);
            if !self.contexts.contains(&text) {
                self.contexts.push(text);
            }
        }
    }
}

/// An occurrence.
pub(super) struct Sight {
    pub entry: usize,
    pub spot: Spot,
    /// How it is written, if it is in the entry's own wording.
    pub spelling: Option<String>,
    /// The words around it, of the first of the entry in a document.
    pub context: Option<String>,
}

/// The uses of the formulas of `lexicons`, in their order, in what is searched of the `inputs`.
///
/// # Errors
/// As [`Scan::of`].
pub(super) fn uses(inputs: &[impl AsRef<Path>], how: &How, selection: &Selection, lexicons: &Lexicons, progress: &dyn Progress) -> Result<Vec<Uses>> {
    let mut all = vec![Uses::default(); lexicons.formulas().count()];
    let detail = Detail { words: true, ..Detail::default() };
    let own: Vec<String> = lexicons.formulas().map(|f| f.wordings.first().map_or_else(String::new, |w| w.literal.clone())).collect();
    let answer = |read: &Scanned, _: &[Formula]| sights(read, selection, &own);
    let take = |sights: Vec<Sight>| {
        sights.into_iter().for_each(|sight| all[sight.entry].add(sight));
        Ok(())
    };
    Scan::ask(inputs, (how, detail), lexicons, progress, answer, take)?;
    all.iter_mut().for_each(|uses| uses.finish(&selection.speakers));
    Ok(all)
}

fn sights(read: &Scanned, selection: &Selection, own: &[String]) -> Vec<Sight> {
    let spots: FxHashMap<u32, Spot> = selection.in_document(&read.document.id).iter().filter(|(_, s)| !s.place.reference).copied().collect();
    let mut seen = FxHashSet::default();
    let sight = |row: &HitRow| {
        let spot = *spots.get(&(row.hit.segment as u32 + 1))?;
        let entry = row.hit.formula;
        let at = read.document.base + row.hit.range.start;
        let context = seen.insert(entry).then(|| format!("{}@{at}: {} [{}] {}", read.document.id, row.left, row.text, row.right).replace('|', "/"));
        let spelling = (row.hit.variant == own[entry]).then(|| row.text.clone());
        Some(Sight { entry, spot, spelling, context })
    };
    read.hits.iter().filter_map(sight).collect()
}

/// The day that is so many days after the first of 1970.
fn date(number: i32) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(number.into()))
}
