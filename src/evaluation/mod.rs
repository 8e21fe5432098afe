//! How often tifa is wrong: what it finds, held against what readers say; and sheets for readers to fill in.
//!
//! `docs/evaluation.md` defines the measures and the formats.

mod coders;
mod compare;
mod errors;
mod found;
mod gold;
mod items;
mod names;
mod sample;
mod tally;

pub use found::Texts;
pub use gold::{Gold, GoldDocument, GoldRow, Source};
pub use items::{Item, Sheets, Unit, items, sheets};
pub use sample::{Stratum, sample};
pub use tally::Measure;

use std::collections::{BTreeMap, HashSet};

use polars::prelude::DataFrame;

use crate::corpus::Problem;
use crate::error::{Error, Result};
use crate::scan::Scan;
use coders::agreement;
use compare::Comparison;
use errors::Mistake;
use found::FoundDocuments;
use names::bare;

/// The answer.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// `measure, by, value, n, estimate, low, high`.
    pub figures: DataFrame,
    /// Everything that is not as the gold has it: `kind, document, start, end, text, formula, want, got, want_voice, got_voice,
    /// evidence`.
    pub errors: DataFrame,
    /// Gold that does not fit the documents, or cannot be understood.
    pub problems: Vec<Problem>,
    /// What is to be said of the gold.
    pub notes: Vec<String>,
}

/// Holds what `scan` found against `gold`. With `exhaustive`, the gold names every occurrence of its formulas in its documents, so
/// that there is a precision. `texts` are those of the gold's documents; without them it is not checked that the gold's words stand
/// where it says.
///
/// # Errors
/// `exhaustive` with coders' sheets, which hold a sample; gold that says nothing.
pub fn evaluate(scan: &Scan, texts: Option<&Texts>, gold: Gold, exhaustive: bool) -> Result<Evaluation> {
    if exhaustive && !gold.sheets.is_empty() {
        return Err(Error::Usage("--exhaustive: coders' sheets hold a sample of what was found, so there is no precision in them".into()));
    }
    let found = FoundDocuments::of(scan)?;
    let mut problems = gold.problems.clone();
    let mut gold = gold;
    let misfits = misfits(&gold, &found, texts);
    if !gold.sheets.is_empty() {
        // Who has changed a row has not coded that item.
        let broken: HashSet<(usize, usize)> = misfits.iter().map(|(s, _)| (s.file, s.line)).collect();
        gold.rows.retain(|r| !broken.contains(&(r.source.file, r.source.line)));
    }
    problems.extend(misfits.into_iter().map(|(source, message)| source.problem(&message)));
    problems.extend(strangers(&gold, &found));
    problems.sort();
    problems.dedup();
    if gold.rows.is_empty() && gold.documents.is_empty() {
        let first: Vec<String> = problems.iter().take(3).map(|p| format!("\n  {}: {}", p.path, p.message)).collect();
        return Err(Error::Usage(format!("there is no row that can be scored; speaker and voice are to be filled in{}", first.concat())));
    }
    let mut comparison = Comparison::new(&found);
    let (mut figures, mut notes) = (Vec::new(), Vec::new());
    let sampled = !gold.sheets.is_empty();
    if gold.sheets.len() > 1 {
        let agreement = agreement(&gold);
        figures = agreement.figures;
        notes.push(agreement.note);
        comparison.mistakes = agreement.mistakes;
        gold.rows = agreement.gold;
    }
    let (sentences, occurrences): (Vec<&GoldRow>, Vec<&GoldRow>) = gold.rows.iter().partition(|r| r.formula.is_empty());
    if !occurrences.is_empty() {
        comparison.occurrences(&occurrences, &gold.documents.iter().collect::<Vec<_>>(), exhaustive, sampled);
    }
    if !sentences.is_empty() {
        comparison.sentences(&sentences);
    }
    if !gold.documents.is_empty() {
        comparison.documents(&gold.documents);
    }
    comparison.mistakes.extend(problems.iter().map(|p| Mistake { kind: "gold", document: p.path.clone(), text: p.message.clone(), ..Mistake::default() }));
    let all = [comparison.tally.figures(), figures].concat();
    Ok(Evaluation { figures: tally::table(&all)?, errors: errors::table(comparison.mistakes)?, problems, notes })
}

/// The gold rows whose words do not stand where they say.
fn misfits(gold: &Gold, found: &FoundDocuments, texts: Option<&Texts>) -> Vec<(Source, String)> {
    let Some(texts) = texts else { return Vec::new() };
    let misfit = |row: &GoldRow| {
        let documents = found.named(&row.file);
        let want = bare(&row.text);
        let stands = |words: &str| if row.formula.is_empty() { bare(words).starts_with(&want) } else { bare(words) == want };
        let there: Vec<&str> = documents.iter().filter_map(|&d| texts.at(&found.all[d].id, row.start, row.end)).collect();
        if documents.is_empty() || (want.is_empty() && !there.is_empty()) || there.iter().any(|words| stands(words)) {
            return None;
        }
        let place = format!("{} {}–{}", row.file, row.start, row.end);
        let advice = "compare with `tifa text`; offsets are bytes";
        Some(match there.first() {
            None => format!("{place} is no stretch of the text; {advice}"),
            Some(words) => format!("at {place} there stands “{words}”, not “{}”; {advice}", row.text),
        })
    };
    gold.rows.iter().filter_map(|row| Some((row.source.clone(), misfit(row)?))).collect()
}

/// A problem for each file of the gold that is not among the documents, or means several of them.
fn strangers(gold: &Gold, found: &FoundDocuments) -> Vec<Problem> {
    let rows = gold.rows.iter().map(|r| (&r.source, r.file.as_str(), false));
    let documents = gold.documents.iter().map(|d| (&d.source, d.file.as_str(), true));
    let mut files: BTreeMap<(bool, usize, &str), (&Source, usize)> = BTreeMap::new();
    for (source, file, whole) in rows.chain(documents) {
        files.entry((whole, source.file, file)).or_insert((source, 0)).1 += 1;
    }
    let message = |file: &str, whole: bool, count: usize| {
        let documents = found.named(file);
        let paths: HashSet<&str> = documents.iter().map(|&d| found.all[d].path.as_str()).collect();
        match (paths.len(), documents) {
            (0, _) => Some(format!("`{file}` is not among the documents that were read; what the gold says of it ({count} in all) is not found")),
            (1, [first, _, ..]) if whole => {
                let (n, id) = (documents.len(), &found.all[*first].id);
                Some(format!("`{file}` holds {n} documents, and the last of them was looked at; name one, as in {id}"))
            }
            (1, _) => None,
            (n, _) => Some(format!("`{file}` is the name of {n} files; write more of the path")),
        }
    };
    files.iter().filter_map(|((whole, _, file), (source, count))| Some(source.problem(&message(file, *whole, *count)?))).collect()
}
