//! From the text of a corpus to ranked candidates.

use std::path::Path;

use super::candidate::Candidate;
use super::choose::{Chosen, choose};
use super::figures::{Figures, Sizes};
use super::grams::{Grams, Limits, Place};
use super::kind::Kind;
use super::measure::{Lengths, candidates};
use super::templates::{Template, templates};
use super::texts::{LANGUAGES, Texts};
use crate::error::Result;
use crate::text::Language;

/// What a candidate must be to be shown.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The least number of occurrences.
    pub occurrences: u32,
    /// The least number of documents.
    pub documents: u32,
    /// How many are shown of each language, at most.
    pub most: usize,
    /// The kinds that are shown.
    pub kinds: Vec<Kind>,
    /// Whether formulas with a slot are sought instead.
    pub templates: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Wanted { occurrences: 4, documents: 3, most: 500, kinds: vec![Kind::Phrase], templates: false }
    }
}

/// A ranked candidate.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// What was found.
    pub candidate: Candidate,
    /// Its figures.
    pub figures: Figures,
    /// What it is.
    pub kind: Kind,
    /// How much it looks like a formula.
    pub score: f64,
    /// Longer wordings that hold it, and shorter ones that hardly occur without it, the best first.
    pub variants: Vec<Candidate>,
    /// Shorter ones that also stand elsewhere, but are not shown by themselves as they are often part of it.
    pub parts: Vec<Candidate>,
}

/// What was found in one language.
#[derive(Debug, Clone)]
pub struct Found {
    /// The language.
    pub language: Language,
    /// How much text there is.
    pub sizes: Sizes,
    /// The candidates, the best first.
    pub ranked: Vec<Ranked>,
    /// The formulas with a slot, if they were asked for.
    pub templates: Vec<Template>,
    /// The least number of occurrences that was asked of long strings, where more were frequent than could be kept.
    pub raised: Option<u32>,
}

/// Gathers text.
#[derive(Debug)]
pub struct Gatherer<'f> {
    texts: Vec<Texts>,
    folder: &'f Path,
}

impl<'f> Gatherer<'f> {
    /// Nothing yet. `folder` is for temporary files, about twice as large as the text.
    ///
    /// # Errors
    /// No file can be made there.
    pub fn new(folder: &'f Path) -> Result<Self> {
        Ok(Gatherer { texts: LANGUAGES.iter().map(|language| Texts::new(*language, folder)).collect::<Result<_>>()?, folder })
    }

    /// Adds folded text, by documents in their order; of other languages than English and Chinese nothing is kept. In the source, the words
    /// at the offsets `capitals` (in order) begin with a capital.
    ///
    /// # Errors
    /// The disk is full.
    pub fn add(&mut self, language: Language, place: Place, folded: &str, capitals: &[u32]) -> Result<()> {
        self.texts.iter_mut().find(|t| t.language == language).map_or(Ok(()), |texts| texts.add(place, folded, capitals))
    }

    /// The candidates of each language that has text. `is_wanted` leaves out what is known.
    ///
    /// # Errors
    /// The disk is full.
    pub fn find(self, wanted: &Wanted, is_wanted: &dyn Fn(&Candidate) -> bool) -> Result<Vec<Found>> {
        let mut all = Vec::new();
        for texts in self.texts {
            if !texts.places.is_empty() {
                all.push(found(texts, wanted, is_wanted, self.folder)?);
            }
        }
        Ok(all)
    }
}

fn found(mut texts: Texts, wanted: &Wanted, is_wanted: &dyn Fn(&Candidate) -> bool, folder: &Path) -> Result<Found> {
    let lengths = Lengths::of(texts.language);
    let limits = Limits { occurrences: wanted.occurrences, documents: wanted.documents, longest: lengths.counted() };
    let grams = Grams::of(&mut texts.runs, texts.tokens.len(), &texts.places, limits, folder)?;
    let found = Found { language: texts.language, sizes: grams.sizes, ranked: Vec::new(), templates: Vec::new(), raised: grams.raised };
    if wanted.templates {
        return Ok(Found { templates: templates(&texts, &grams, wanted.most), ..found });
    }
    let mut all: Vec<Ranked> = candidates(&texts, &grams, lengths).into_iter().map(|candidate| ranked(candidate, grams.sizes)).collect();
    all.retain(|r| wanted.kinds.contains(&r.kind));
    // Those that are like each other are told apart by their words, so that the order never depends on how they were found.
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.candidate.tokens.cmp(&b.candidate.tokens)));
    all.truncate(wanted.most.saturating_mul(POOL));
    all.retain(|r| is_wanted(&r.candidate));
    let (heads, scores): (Vec<&Candidate>, Vec<f64>) = all.iter().map(|r| (&r.candidate, r.score)).unzip();
    let chosen = choose(&heads, &scores, wanted.most);
    let list = |numbers: Vec<usize>| numbers.into_iter().map(|n| all[n].candidate.clone()).collect();
    let row = |Chosen { head, variants, parts }: Chosen| Ranked { variants: list(variants), parts: list(parts), ..all[head].clone() };
    Ok(Found { ranked: chosen.into_iter().map(row).collect(), ..found })
}

/// So many times as many as are asked for are looked at.
const POOL: usize = 40;

fn ranked(candidate: Candidate, sizes: Sizes) -> Ranked {
    let figures = Figures::of(&candidate, sizes);
    Ranked { kind: Kind::of(&candidate, &figures), score: figures.score(&candidate), figures, candidate, variants: Vec::new(), parts: Vec::new() }
}
