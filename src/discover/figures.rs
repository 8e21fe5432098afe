//! The figures by which candidates are ranked, and the score that they make.
//!
//! The score adds up, each with its weight, what makes a formula. The weights were fitted by logistic regression to tell the known formulas
//! from other recurrent strings in speeches, addresses, reports and a log of statements, rounded, and are the same for both languages;
//! `docs/methods.md` says in which corpora, and how well they do in others.

use super::candidate::Candidate;
use super::diction::{Diction, Sort};
use crate::text::{Background, Language};

/// More keyness than this says nothing more: nobody says it in ordinary language.
const MOST_KEYNESS: f64 = 12.0;
/// More words than this make nothing a formula.
const MOST_WORDS: f64 = 5.0;

/// Figures of a candidate, beside its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures {
    /// How much commoner it is than in ordinary language: the natural logarithm of the ratio.
    pub keyness: f64,
    /// How much commoner it is than in the reference, if there is one: the natural logarithm of the ratio of the rates, with half an occurrence
    /// added on both sides.
    pub contrast: Option<f64>,
    /// The same of the later part of the period and the earlier, in standard deviations (of the logarithm of a ratio of two Poisson counts).
    pub change_z: Option<f64>,
    /// How much of it are words of politics, from 0 to 1.
    pub politics: f64,
    /// How much of it are words of clauses, from 0 to 1.
    pub clauses: f64,
    /// How much of it are words with which no formula begins or ends, from 0 to 1.
    pub function_words: f64,
    /// Of Chinese, how many of its words have only one character, from 0 to 1: many show that it cuts words.
    pub pieces: f64,
    /// How many words it has; of Chinese, by the likeliest way to cut it.
    pub words: f64,
}

/// How much text there is: tokens.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sizes {
    /// Where candidates are sought.
    pub searched: u64,
    /// Of that, in the later part of the period, where it is divided.
    pub late: u64,
    /// In the reference.
    pub reference: u64,
}

impl Figures {
    /// Those of a candidate found in text of these `sizes`.
    pub(super) fn of(candidate: &Candidate, sizes: Sizes) -> Figures {
        let (diction, background) = (Diction::builtin(), Background::builtin());
        let language = candidate.language;
        let words: Vec<&str> = candidate.words().into_iter().filter(|w| w.contains(char::is_alphanumeric)).collect();
        let rate = f64::from(candidate.count()) / sizes.searched.max(1) as f64;
        let (expected, letters): (f64, Vec<usize>) = if language == Language::Zh {
            let text = words.concat();
            (background.chinese(&text), background.cut(&text).iter().map(|w| w.chars().count()).collect())
        } else {
            let parts: Vec<&str> = words.iter().flat_map(|w| w.split('-')).collect();
            (background.english(&parts), words.iter().map(|w| w.len()).collect())
        };
        let early = sizes.searched - sizes.late;
        let compared = |a: u32, c: u64, b: u32, d: u64| (c > 0 && d > 0).then(|| ratio(a, c, b, d));
        let change = compared(candidate.late(), sizes.late, candidate.count() - candidate.late(), early);
        Figures {
            keyness: rate.ln() - expected,
            contrast: compared(candidate.count(), sizes.searched, candidate.reference(), sizes.reference).map(|(ln, _)| ln),
            change_z: change.map(|(ln, deviation)| ln / deviation),
            politics: diction.share(language, &words, Sort::Politics),
            clauses: diction.share(language, &words, Sort::Clauses),
            function_words: diction.function_words(language, &words),
            pieces: if language == Language::Zh { letters.iter().filter(|n| **n == 1).count() as f64 / letters.len().max(1) as f64 } else { 0.0 },
            words: letters.len() as f64,
        }
    }

    /// How much a candidate looks like a formula: a sum in natural logarithms, of no unit; only its order means something.
    pub(super) fn score(&self, candidate: &Candidate) -> f64 {
        let ln = |n: u32| f64::from(n.max(1)).ln();
        let spread = 0.8 * ln(candidate.documents()) + 0.25 * ln(candidate.slices());
        let form = 3.5 * candidate.cohesion + candidate.fixedness + candidate.quoted + 0.3 * self.words.min(MOST_WORDS);
        let sense = 1.9 * self.politics + 0.35 * (self.politics * self.words).min(MOST_WORDS) + 0.25 * self.keyness.clamp(0.0, MOST_KEYNESS);
        let against = 1.5 * candidate.open + 1.7 * self.clauses + 0.8 * self.pieces + 3.0 * self.function_words;
        spread + form + sense - against + self.contrast.unwrap_or(0.0).clamp(-4.0, 4.0) + 0.5 * self.change_z.unwrap_or(0.0).abs().min(6.0)
    }
}

/// The logarithm of the ratio of the rates a/c and b/d, half an occurrence added to each, and its standard deviation.
fn ratio(a: u32, c: u64, b: u32, d: u64) -> (f64, f64) {
    let (a, b) = (f64::from(a) + 0.5, f64::from(b) + 0.5);
    ((a / c as f64 / (b / d as f64)).ln(), (1.0 / a + 1.0 / b).sqrt())
}
