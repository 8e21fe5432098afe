//! The text of a corpus as numbers: what is counted, and who said it where.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::grams::Place;
use super::runs::Runs;
use super::tokens;
use crate::error::Result;
use crate::text::Language;

/// The languages in which candidates are sought.
pub(super) const LANGUAGES: [Language; 2] = [Language::En, Language::Zh];

/// The text of one language.
#[derive(Debug)]
pub(super) struct Texts {
    pub language: Language,
    numbers: FxHashMap<Box<str>, u32>,
    /// The tokens by number.
    pub tokens: Vec<Box<str>>,
    pub runs: Runs,
    pub places: Vec<Place>,
}

impl Texts {
    /// None yet; `folder` is for temporary files.
    pub fn new(language: Language, folder: &Path) -> Result<Texts> {
        Ok(Texts { language, numbers: FxHashMap::default(), tokens: Vec::new(), runs: Runs::new(folder)?, places: Vec::new() })
    }

    /// Adds folded text of a place.
    pub fn add(&mut self, place: Place, folded: &str) -> Result<()> {
        let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(place);
        let mut done = Ok(());
        let mut run: Vec<u32> = Vec::new();
        let (numbers, known, runs) = (&mut self.numbers, &mut self.tokens, &mut self.runs);
        let mut add = |tokens: &[&str]| {
            run.clear();
            run.extend(tokens.iter().map(|t| {
                numbers.get(*t).copied().unwrap_or_else(|| {
                    let new = known.len() as u32;
                    known.push((*t).into());
                    numbers.insert((*t).into(), new);
                    new
                })
            }));
            if done.is_ok() {
                done = runs.add(number, &run);
            }
        };
        if self.language == Language::Zh {
            tokens::chinese(folded, &mut add);
        } else {
            tokens::english(folded, &mut add);
        }
        done
    }
}
