//! Counting as the documents are read: of each only how much text and how many hits it has, by what is counted, are kept.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use polars::prelude::DataFrame;

use super::count::{Counted, table};
use super::dimension::Dimension;
use super::each::{Dates, value};
use super::filter::Filter;
use super::tally::{Cell, Subject, Tally};
use crate::error::Result;
use crate::lexicon::{Formula, Lexicons};
use crate::scan::{Asked, Detail, How, Progress, Scan, Scanned};
use crate::text::Language;

/// How much of a document counts under a key, in one language.
struct Portion {
    language: Language,
    key: Vec<String>,
    exposure: u64,
    /// How often which formula occurs.
    uses: Vec<(usize, u64)>,
}

/// A document, with its id.
struct Said {
    id: String,
    portions: Vec<Portion>,
}

/// Counts as [`super::count`] does, without a scan: the answer of each document is all that is kept of it. `filter` names nothing.
///
/// # Errors
/// As [`Scan::of`]; twice the same to count by.
pub fn count_read(
    inputs: &[impl AsRef<Path>],
    how: &How,
    lexicons: &Lexicons,
    progress: &dyn Progress,
    by: &[Dimension],
    filter: &Filter,
) -> Result<(DataFrame, Asked)> {
    let counted = Counted::by(by)?;
    let mut all = All::default();
    let detail = Detail { sizes: true, signature: filter.asks_for_copies(), ..Detail::default() };
    let answer = |read: &Scanned, _: &[Formula]| Said::of(read, &counted.keys, filter);
    let asked = Scan::ask(inputs, (how, detail), lexicons, progress, answer, |one| {
        all.add(one);
        Ok(())
    })?;
    let tally = all.tally(|n| !filter.leaves_out(&asked, n), &asked.formulas, &counted.subjects);
    Ok((table(&tally, &counted)?, asked))
}

impl Said {
    fn of(read: &Scanned, keys: &[Dimension], filter: &Filter) -> Said {
        let dates = Dates::of(read, filter.date);
        let mut portions: Vec<Portion> = Vec::new();
        // By segment, the portion in which it counts.
        let mut places: Vec<Option<usize>> = Vec::with_capacity(read.segments.len());
        for row in &read.segments {
            let segment = &row.segment;
            if !Filter::has_voice(segment) {
                places.push(None);
                continue;
            }
            let key: Vec<String> = keys.iter().map(|k| value(*k, read, segment, &dates)).collect();
            let place = portions.iter().position(|p| p.language == segment.language && p.key == key).unwrap_or_else(|| {
                portions.push(Portion { language: segment.language, key, exposure: 0, uses: Vec::new() });
                portions.len() - 1
            });
            portions[place].exposure += if segment.language == Language::Zh { row.size.characters } else { row.size.words };
            places.push(Some(place));
        }
        for row in read.hits.iter().filter(|row| filter.has_hit(&row.hit)) {
            let Some(portion) = places[row.hit.segment].and_then(|place| portions.get_mut(place)) else { continue };
            match portion.uses.iter_mut().find(|(formula, _)| *formula == row.hit.formula) {
                Some((_, n)) => *n += 1,
                None => portion.uses.push((row.hit.formula, 1)),
            }
        }
        Said { id: read.document.id.clone(), portions }
    }
}

/// What all documents have said: nothing of its own for each of them, as there may be millions.
#[derive(Default)]
struct All {
    /// Their ids, one after the other.
    ids: String,
    /// By document, where its id and its portions end.
    ends: Vec<(usize, usize)>,
    /// By portion, the language, the key, the exposure, and where the uses end.
    portions: Vec<(Language, u32, u64, usize)>,
    uses: Vec<(usize, u64)>,
    keys: Vec<Vec<String>>,
    by_key: HashMap<Vec<String>, u32>,
}

impl All {
    fn add(&mut self, said: Said) {
        self.ids.push_str(&said.id);
        for Portion { language, key, exposure, uses } in said.portions {
            let key = self.by_key.get(&key).copied().unwrap_or_else(|| {
                let number = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
                self.keys.push(key.clone());
                self.by_key.insert(key, number);
                number
            });
            self.uses.extend(uses);
            self.portions.push((language, key, exposure, self.uses.len()));
        }
        self.ends.push((self.ids.len(), self.portions.len()));
    }

    /// The ids of the documents that are meant and have portions, with their numbers, in order.
    fn ids(&self, is_meant: impl Fn(usize) -> bool) -> Vec<(&str, usize)> {
        let (mut start, mut before) = (0, 0);
        let mut ids = Vec::new();
        for (n, &(end, portions)) in self.ends.iter().enumerate() {
            if before < portions && is_meant(n) {
                ids.push((&self.ids[start..end], n));
            }
            (start, before) = (end, portions);
        }
        ids.sort_unstable();
        ids
    }

    /// The portions of a document, each with its uses.
    fn portions_of(&self, document: usize) -> impl Iterator<Item = (Language, u32, u64, &[(usize, u64)])> {
        let from = document.checked_sub(1).map_or(0, |before| self.ends[before].1);
        (from..self.ends[document].1).map(|place| {
            let (language, key, exposure, end) = self.portions[place];
            let start = place.checked_sub(1).map_or(0, |before| self.portions[before].3);
            (language, key, exposure, &self.uses[start..end])
        })
    }

    /// The cells of the documents that are meant.
    fn tally(&self, is_meant: impl Fn(usize) -> bool, formulas: &[Formula], by: &[Dimension]) -> Tally {
        let ids = self.ids(is_meant);
        let of_formula: Vec<Vec<Subject>> = formulas.iter().map(|f| subjects(f, by)).collect();
        let mut occurs = vec![false; formulas.len()];
        ids.iter().flat_map(|(_, n)| self.portions_of(*n)).flat_map(|(.., uses)| uses).for_each(|(formula, _)| occurs[*formula] = true);
        let mut all: Vec<Subject> = of_formula.iter().zip(&occurs).filter(|(_, occurs)| **occurs).flat_map(|(s, _)| s.iter().cloned()).collect();
        all.sort();
        all.dedup();
        let numbers: Vec<Vec<usize>> = of_formula.iter().map(|own| own.iter().filter_map(|s| all.binary_search(s).ok()).collect()).collect();
        let mut cells: BTreeMap<(Language, u32), Cell> = BTreeMap::new();
        for (document, (_, n)) in ids.iter().enumerate() {
            for (language, key, exposure, uses) in self.portions_of(*n).filter(|(_, _, exposure, uses)| *exposure > 0 || !uses.is_empty()) {
                let cell = cells.entry((language, key)).or_default();
                // With uses, also where there is not a word.
                cell.text.push((document, exposure as f64));
                let mut uses: Vec<(usize, u64)> = uses.iter().flat_map(|(formula, n)| numbers[*formula].iter().map(move |s| (*s, *n))).collect();
                uses.sort_unstable();
                for same in uses.chunk_by(|a, b| a.0 == b.0) {
                    cell.uses.entry(same[0].0).or_default().push((document, same.iter().map(|(_, n)| *n).sum::<u64>() as f64));
                }
            }
        }
        let named = cells.into_iter().map(|((language, key), cell)| ((language.code().to_owned(), self.keys[key as usize].clone()), cell));
        Tally { cells: named.collect(), subjects: all, documents: ids.len(), asked: Vec::new() }
    }
}

/// What a hit of a formula counts as: one subject, or one for each of its themes.
fn subjects(formula: &Formula, by: &[Dimension]) -> Vec<Subject> {
    let joined = formula.themes.join("|");
    let themes: Vec<&str> = if by.contains(&Dimension::Theme) { joined.split('|').collect() } else { vec![""] };
    let label = if by.contains(&Dimension::Formula) { formula.label_in(Language::En).to_owned() } else { String::new() };
    let of_theme = |theme: &str| {
        let value = |d: &Dimension| match d {
            Dimension::Formula => formula.id.clone(),
            Dimension::Lexicon => formula.lexicon.clone(),
            _ => theme.to_owned(),
        };
        Subject { values: by.iter().map(value).collect(), label: label.clone() }
    };
    themes.into_iter().map(of_theme).collect()
}
