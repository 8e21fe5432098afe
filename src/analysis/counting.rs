//! Counting as the documents are read: of each only how much text and how many hits it has, by what is counted, are kept.

use std::collections::BTreeMap;
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
    let mut said: Vec<Said> = Vec::new();
    let detail = Detail { words: false, places: false, signature: filter.asks_for_copies() };
    let answer = |read: &Scanned, _: &[Formula]| Said::of(read, &counted.keys, filter);
    let asked = Scan::ask(inputs, (how, detail), lexicons, progress, answer, |one| {
        said.push(one);
        Ok(())
    })?;
    let mut number = 0..;
    said.retain(|_| number.next().is_some_and(|n| !filter.leaves_out(&asked, n)));
    Ok((table(&tally(said, &asked.formulas, &counted.subjects), &counted)?, asked))
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

/// The cells of what the documents have said.
fn tally(mut said: Vec<Said>, formulas: &[Formula], by: &[Dimension]) -> Tally {
    said.retain(|s| !s.portions.is_empty());
    said.sort_by(|a, b| a.id.cmp(&b.id));
    let of_formula: Vec<Vec<Subject>> = formulas.iter().map(|f| subjects(f, by)).collect();
    let used = said.iter().flat_map(|s| &s.portions).flat_map(|p| &p.uses).map(|(formula, _)| *formula);
    let mut occurs = vec![false; formulas.len()];
    used.for_each(|formula| occurs[formula] = true);
    let mut all: Vec<Subject> = of_formula.iter().zip(&occurs).filter(|(_, occurs)| **occurs).flat_map(|(s, _)| s.iter().cloned()).collect();
    all.sort();
    all.dedup();
    let numbers: Vec<Vec<usize>> = of_formula.iter().map(|own| own.iter().filter_map(|s| all.binary_search(s).ok()).collect()).collect();
    let mut tally = Tally { documents: said.len(), subjects: all, ..Tally::default() };
    let mut cells: BTreeMap<(Language, Vec<String>), Cell> = BTreeMap::new();
    for (document, said) in said.into_iter().enumerate() {
        for portion in said.portions {
            if portion.exposure == 0 && portion.uses.is_empty() {
                continue;
            }
            let cell = cells.entry((portion.language, portion.key)).or_default();
            // With uses, also where there is not a word.
            cell.text.push((document, portion.exposure as f64));
            let mut uses: Vec<(usize, u64)> = portion.uses.iter().flat_map(|(formula, n)| numbers[*formula].iter().map(move |s| (*s, *n))).collect();
            uses.sort_unstable();
            for same in uses.chunk_by(|a, b| a.0 == b.0) {
                cell.uses.entry(same[0].0).or_default().push((document, same.iter().map(|(_, n)| *n).sum::<u64>() as f64));
            }
        }
    }
    tally.cells = cells.into_iter().map(|((language, key), cell)| ((language.code().to_owned(), key), cell)).collect();
    tally
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
