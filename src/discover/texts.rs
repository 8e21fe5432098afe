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

/// A word is a proper name if it begins with a capital at least this often.
const PROPER: f64 = 0.9;

/// The text of one language.
#[derive(Debug)]
pub(super) struct Texts {
    pub language: Language,
    numbers: FxHashMap<Box<str>, u32>,
    /// The tokens by number.
    pub tokens: Vec<Box<str>>,
    /// By token: how often it stands, and how often it begins with a capital.
    cases: Vec<[u32; 2]>,
    pub runs: Runs,
    pub places: Vec<Place>,
}

impl Texts {
    /// None yet; `folder` is for temporary files.
    pub fn new(language: Language, folder: &Path) -> Result<Texts> {
        Ok(Texts { language, numbers: FxHashMap::default(), tokens: Vec::new(), cases: Vec::new(), runs: Runs::new(folder)?, places: Vec::new() })
    }

    /// Adds folded text of a place; in the source the words at the offsets `capitals` begin with one.
    pub fn add(&mut self, place: Place, folded: &str, capitals: &[u32]) -> Result<()> {
        let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(place);
        let mut done = Ok(());
        let mut run: Vec<u32> = Vec::new();
        let (numbers, known, cases, runs) = (&mut self.numbers, &mut self.tokens, &mut self.cases, &mut self.runs);
        let mut add = |tokens: &[&str]| {
            run.clear();
            run.extend(tokens.iter().map(|t| {
                let number = numbers.get(*t).copied().unwrap_or_else(|| {
                    let new = known.len() as u32;
                    known.push((*t).into());
                    cases.push([0; 2]);
                    numbers.insert((*t).into(), new);
                    new
                });
                // A token is a part of the text.
                let at = (t.as_ptr() as usize - folded.as_ptr() as usize) as u32;
                let [all, capital] = &mut cases[number as usize];
                *all = all.saturating_add(1);
                *capital = capital.saturating_add(u32::from(capitals.binary_search(&at).is_ok()));
                number
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

    /// Whether a token is a proper name: it hardly ever begins without a capital.
    pub fn is_proper(&self, token: u32) -> bool {
        let [all, capital] = self.cases[token as usize];
        f64::from(capital) >= PROPER * f64::from(all)
    }
}
