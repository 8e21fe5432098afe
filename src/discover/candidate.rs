//! A candidate: a recurrent string that may be a formula, with what is counted and measured of it.

use super::grams::Seen;
use crate::text::Language;

/// A recurrent string of words or characters.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its language.
    pub language: Language,
    /// Its tokens, folded: words, Chinese characters, marks.
    pub tokens: Vec<Box<str>>,
    /// Of each token, whether it hardly ever begins without a capital.
    pub(super) proper: Vec<bool>,
    /// How often, where and when it was seen.
    pub(super) seen: Seen,
    /// Normalised pointwise mutual information where it falls apart most easily, from 0 (no more than by chance) to 1 (never apart).
    pub cohesion: f64,
    /// The C-value: how often it stands, less what longer candidates have of that on average, times the logarithm (base 2) of its length.
    /// Frantzi, K., Ananiadou, S. & Mima, H. (2000), "Automatic recognition of multi-word terms", *International Journal on Digital Libraries* 3(2).
    pub c_value: f64,
    /// The branching entropy of the side that has less, over its greatest possible value: 0, always the same neighbour; 1, never twice the
    /// same. Jin, Z. & Tanaka-Ishii, K. (2006), "Unsupervised Segmentation of Chinese Text by Use of Branching Entropy", *COLING/ACL*.
    pub freedom: f64,
    /// Its share among the strings that differ from it in one token, on average over its tokens: 1 where nothing varies.
    pub fixedness: f64,
    /// The share of its occurrences after which a frequent telling word goes on: what is always gone on from is no whole phrase.
    pub open: f64,
    /// The share of its occurrences between quotation marks.
    pub quoted: f64,
    /// The share of its occurrences within one string too long for a candidate: a stock sentence.
    pub stock: f64,
}

impl Candidate {
    /// One to be tried, of words with blanks between them, that stands once in each of so many documents.
    #[cfg(test)]
    pub(super) fn seen_in(language: Language, text: &str, documents: u32) -> Candidate {
        let mut seen = Seen::default();
        (0..documents).for_each(|document| seen.add(super::Place { document, ..Default::default() }));
        Candidate { seen, ..Candidate::of_words(language, text.split(' ').map(Into::into).collect(), 0) }
    }

    /// Words of which no more is known than how often they occur.
    pub(super) fn of_words(language: Language, tokens: Vec<Box<str>>, count: u32) -> Candidate {
        let seen = Seen::counted(count);
        Candidate { language, proper: Vec::new(), tokens, seen, cohesion: 0.0, c_value: 0.0, freedom: 0.0, fixedness: 0.0, open: 0.0, quoted: 0.0, stock: 0.0 }
    }

    /// Its folded text: words with blanks between them, characters without.
    pub fn text(&self) -> String {
        if self.language == Language::Zh {
            return self.tokens.concat();
        }
        self.tokens.join(" ").replace(" ,", ",").replace(" 's", "'s")
    }

    /// How often it was seen, where candidates are looked for.
    pub fn count(&self) -> u32 {
        self.seen.count
    }

    /// In how many documents.
    pub fn documents(&self) -> u32 {
        self.seen.documents
    }

    /// In how many of [`super::SLICES`] parts of the period.
    pub fn slices(&self) -> u32 {
        self.seen.slices()
    }

    /// By how many speakers, at most [`super::SLICES`].
    pub fn speakers(&self) -> u32 {
        self.seen.speakers()
    }

    /// How often in the later part of the period.
    pub fn late(&self) -> u32 {
        self.seen.late
    }

    /// How often in the reference.
    pub fn reference(&self) -> u32 {
        self.seen.reference
    }

    /// Its tokens as text.
    pub fn words(&self) -> Vec<&str> {
        self.tokens.iter().map(|t| &**t).collect()
    }
}
