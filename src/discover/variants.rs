//! Known formulas that changed a word: other words in their place, words too many or missing, words put before or after them.

use std::path::Path;

use chrono::NaiveDate;

use super::Diction;
use super::candidate::Candidate;
use super::change::Change;
use super::draft::bare;
use super::figures::Sizes;
use super::gather::Found;
use super::known::{Extended, Known};
use super::run::Discover;
use super::selection::Selection;
use super::uses::{Uses, uses};
use crate::curation::{NearVariant, NearVariants};
use crate::error::Result;
use crate::lexicon::{Formula, Lexicons};
use crate::matcher::NearMisses;
use crate::scan::{Detail, How, Progress, Scan, Scanned};
use crate::text::Language;

/// Words put before or after a formula: so many English words or Chinese characters at most.
const ADDED_WORDS: usize = 2;
const ADDED_CHARACTERS: usize = 4;

/// A wording that deviates from a known one.
#[derive(Debug, Clone)]
pub struct ChangedWord {
    /// The formula's id and label.
    pub formula: String,
    /// See `formula`.
    pub label: String,
    /// The language of the wording.
    pub language: Language,
    /// The known wording.
    pub wording: String,
    /// What is said instead.
    pub found: String,
    /// `replaced`, `inserted`, `omitted`, `before` or `after`.
    pub how: &'static str,
    /// The words that are missing, and those that are there instead or beside.
    pub missing: String,
    /// See `missing`.
    pub instead: String,
    /// Occurrences before and since.
    pub occurrences: [u64; 2],
    /// Documents before and since.
    pub documents: [u64; 2],
    /// The first and the last day.
    pub first: Option<NaiveDate>,
    /// See `first`.
    pub last: Option<NaiveDate>,
    /// How its use changed, if the period is divided.
    pub change: Option<Change>,
    /// A few of the places.
    pub contexts: Vec<String>,
}

/// What a search for changed words goes by.
pub(super) struct Search<'a> {
    pub request: &'a Discover,
    pub how: &'a How,
    pub selection: &'a Selection,
    pub found: &'a [Found],
    pub known: &'a Known,
    pub progress: &'a dyn Progress,
}

impl Search<'_> {
    /// The changed words of known formulas, those of the most documents first.
    ///
    /// # Errors
    /// As [`Scan::of`].
    pub fn run(&self, inputs: &[impl AsRef<Path>]) -> Result<Vec<ChangedWord>> {
        let mut all = self.inside(inputs)?;
        all.extend(self.around(inputs)?);
        let wanted = &self.request.wanted;
        let sum = |n: [u64; 2]| n[0] + n[1];
        all.retain(|c| sum(c.occurrences) >= u64::from(wanted.occurrences) && sum(c.documents) >= u64::from(wanted.documents));
        all.sort_by(|a, b| (sum(b.documents), sum(b.occurrences), &a.formula, &a.found).cmp(&(sum(a.documents), sum(a.occurrences), &b.formula, &b.found)));
        Ok(all)
    }

    fn change(&self, language: Language, occurrences: [u64; 2], documents: [u64; 2]) -> Option<Change> {
        let sizes = self.found.iter().find(|f| f.language == language).map_or_else(Sizes::default, |f| f.sizes);
        self.request.since.map(|_| Change::of_counts([occurrences, documents], sizes, self.selection.documents(language)))
    }

    /// Those that deviate inside.
    fn inside(&self, inputs: &[impl AsRef<Path>]) -> Result<Vec<ChangedWord>> {
        let near = NearMisses::new(self.known.matcher())?;
        let detail = Detail { text: true, ..Detail::default() };
        let answer = |read: &Scanned, _: &[Formula]| {
            let mut found = NearVariants::default();
            found.look(&read.document, &near, &|block, place| {
                let document = &read.document;
                let at = document.blocks[block].range.start + place.start;
                let number = read.segments.iter().position(|row| row.segment.block == block && row.segment.range.contains(&at))? as u32 + 1;
                let spot = self.selection.in_document(&document.id).iter().find(|(n, s)| *n == number && !s.place.reference)?;
                Some(spot.1.place.late)
            });
            found
        };
        let mut all = NearVariants::default();
        let take = |found: NearVariants| {
            all.join(found);
            Ok(())
        };
        Scan::ask(inputs, (self.how, detail), &Lexicons::default(), self.progress, answer, take)?;
        let changed = |((formula, _), near): ((usize, String), NearVariant)| {
            let formula = &self.known.matcher().formulas()[formula];
            let wording = &formula.wordings[near.wording];
            let language = formula.variants[wording.variant].language.unwrap_or(Language::En);
            let how = match (near.missing.is_empty(), near.instead.is_empty()) {
                (true, _) => "inserted",
                (_, true) => "omitted",
                _ => "replaced",
            };
            let since = |all: u64, late: u64| [all - late, late];
            let (occurrences, documents) = (since(near.seen.occurrences, near.late[0]), since(near.seen.documents, near.late[1]));
            ChangedWord {
                formula: formula.id.clone(),
                label: formula.label_in(Language::En).to_owned(),
                language,
                wording: wording.literal.clone(),
                found: near.seen.text,
                how,
                missing: near.missing,
                instead: near.instead,
                change: self.change(language, occurrences, documents),
                occurrences,
                documents,
                first: near.seen.first,
                last: near.seen.last,
                contexts: near.seen.contexts,
            }
        };
        Ok(all.found.into_iter().map(changed).collect())
    }

    /// Those with words before or after: recurrent strings that hold a known wording.
    fn around(&self, inputs: &[impl AsRef<Path>]) -> Result<Vec<ChangedWord>> {
        let all = self.found.iter().flat_map(|f| &f.ranked).flat_map(|r| std::iter::once(&r.candidate).chain(&r.variants).chain(&r.parts));
        let extended: Vec<(&Candidate, Extended)> =
            all.filter_map(|c| Some((c, self.known.extended(&c.text())?))).filter(|(c, e)| is_addition(c.language, &e.before, &e.after)).collect();
        if extended.is_empty() {
            return Ok(Vec::new());
        }
        let lexicon = bare(extended.iter().map(|(c, _)| (c.language, vec![c.text()])))?;
        let uses = uses(inputs, self.how, self.selection, &lexicon, self.progress)?;
        let changed = |((candidate, extended), uses): ((&Candidate, Extended), Uses)| {
            let Extended { formula, wording, before, after } = extended;
            let formula = &self.known.matcher().formulas()[formula];
            ChangedWord {
                formula: formula.id.clone(),
                label: formula.label_in(Language::En).to_owned(),
                language: candidate.language,
                wording: formula.wordings[wording].literal.clone(),
                found: uses.spelling.clone(),
                how: if after.is_empty() { "before" } else { "after" },
                missing: String::new(),
                instead: if after.is_empty() { before } else { after },
                change: self.change(candidate.language, uses.occurrences, uses.documents),
                occurrences: uses.occurrences,
                documents: uses.documents,
                first: uses.first,
                last: uses.last,
                contexts: uses.contexts,
            }
        };
        Ok(extended.into_iter().zip(uses).map(changed).collect())
    }
}

/// Whether words before or after a formula add to it: few, and telling.
fn is_addition(language: Language, before: &str, after: &str) -> bool {
    let (diction, added) = (Diction::builtin(), if after.is_empty() { before } else { after });
    if language == Language::Zh {
        return added.chars().count() <= ADDED_CHARACTERS && added.chars().count() >= 2 && added.chars().all(char::is_alphanumeric);
    }
    let words: Vec<&str> = added.split(' ').collect();
    words.len() <= ADDED_WORDS && words.iter().all(|w| diction.can_be_at_edge(language, w) && w.starts_with(char::is_alphanumeric))
}
