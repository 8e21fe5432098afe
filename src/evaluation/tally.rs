//! From single judgements to figures with intervals.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::error::Result;
use crate::stats::{Interval, bootstrap};
use crate::table::{number_column, text_column};

/// What is measured, in the order of the table. `docs/evaluation.md` defines each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Occurrences that are found.
    Recall,
    /// Hits that are occurrences.
    Precision,
    /// Right speakers, nobody included.
    Speaker,
    /// Right voices.
    Voice,
    /// Names that are not the speaker's.
    WrongName,
    /// Nobody, where somebody speaks.
    Abstained,
    /// Somebody, where nobody speaks.
    Overattributed,
    /// As [`Measure::Speaker`], of sentences.
    SentenceSpeaker,
    /// As [`Measure::Voice`], of sentences.
    SentenceVoice,
    /// As [`Measure::WrongName`], of sentences.
    SentenceWrongName,
    /// As [`Measure::Abstained`], of sentences.
    SentenceAbstained,
    /// As [`Measure::Overattributed`], of sentences.
    SentenceOverattributed,
    /// Right dates.
    Date,
    /// Right titles.
    Title,
    /// Krippendorff's α between coders, for speakers.
    AlphaSpeaker,
    /// Krippendorff's α between coders, for voices.
    AlphaVoice,
}

impl Measure {
    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Recall => "recall",
            Measure::Precision => "precision",
            Measure::Speaker => "speaker",
            Measure::Voice => "voice",
            Measure::WrongName => "wrong_name",
            Measure::Abstained => "abstained",
            Measure::Overattributed => "overattributed",
            Measure::SentenceSpeaker => "sentence_speaker",
            Measure::SentenceVoice => "sentence_voice",
            Measure::SentenceWrongName => "sentence_wrong_name",
            Measure::SentenceAbstained => "sentence_abstained",
            Measure::SentenceOverattributed => "sentence_overattributed",
            Measure::Date => "date",
            Measure::Title => "title",
            Measure::AlphaSpeaker => "alpha_speaker",
            Measure::AlphaVoice => "alpha_voice",
        }
    }
}

/// What a judgement is broken down by; empty values are not.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cell<'a> {
    pub genre: &'a str,
    pub language: &'a str,
    pub evidence: &'a str,
}

/// How many of how many are so.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    hits: u32,
    of: u32,
}

/// One row of the figures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    pub measure: Measure,
    pub by: &'static str,
    pub value: String,
    pub n: usize,
    pub estimate: Option<f64>,
    pub interval: Option<Interval>,
}

/// Judgements, by measure and breakdown, each in its document.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<(Measure, usize, String), BTreeMap<usize, Share>>);

/// The breakdowns, in the order of the table.
const BY: [&str; 4] = ["all", "genre", "language", "evidence"];

impl Tally {
    /// Makes sure that the measure is in the table, also without a judgement.
    pub fn expect(&mut self, measure: Measure) {
        self.0.entry((measure, 0, String::new())).or_default();
    }

    /// Notes whether something in a document is so.
    pub fn add(&mut self, measure: Measure, document: usize, so: bool, cell: Cell<'_>) {
        for (i, value) in ["", cell.genre, cell.language, cell.evidence].into_iter().enumerate() {
            if i == 0 || !value.is_empty() {
                let share = self.0.entry((measure, i, value.to_owned())).or_default().entry(document).or_default();
                share.of += 1;
                share.hits += u32::from(so);
            }
        }
    }

    /// The figures, each with its interval over documents.
    pub fn figures(&self) -> Vec<Figure> {
        let figure = |((measure, by, value), documents): (&(Measure, usize, String), &BTreeMap<usize, Share>)| {
            let shares: Vec<Share> = documents.values().copied().collect();
            let every: Vec<usize> = (0..shares.len()).collect();
            Figure {
                measure: *measure,
                by: BY[*by],
                value: value.clone(),
                n: shares.iter().map(|s| s.of as usize).sum(),
                estimate: share_of(&shares, &every),
                interval: bootstrap(shares.len(), |drawn| share_of(&shares, drawn)),
            }
        };
        self.0.iter().map(figure).collect()
    }
}

/// The share in the documents `drawn`.
fn share_of(shares: &[Share], drawn: &[usize]) -> Option<f64> {
    let (hits, of) = drawn.iter().fold((0, 0), |(hits, of), &i| (hits + shares[i].hits, of + shares[i].of));
    (of > 0).then(|| f64::from(hits) / f64::from(of))
}

/// The table `measure, by, value, n, estimate, low, high`.
pub(super) fn table(figures: &[Figure]) -> Result<DataFrame> {
    let number = |name: &str, get: fn(&Figure) -> Option<f64>| Column::new(name.into(), figures.iter().map(get).collect::<Vec<_>>());
    Ok(DataFrame::new(
        figures.len(),
        vec![
            text_column("measure", figures.iter().map(|f| f.measure.name())),
            text_column("by", figures.iter().map(|f| f.by)),
            text_column("value", figures.iter().map(|f| f.value.as_str())),
            number_column("n", figures.iter().map(|f| f.n)),
            number("estimate", |f| f.estimate),
            number("low", |f| f.interval.map(|i| i.low)),
            number("high", |f| f.interval.map(|i| i.high)),
        ],
    )?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_with_their_breakdowns() {
        let mut tally = Tally::default();
        tally.expect(Measure::Recall);
        for (document, so, genre) in [(0, true, "readout"), (0, false, "readout"), (1, true, "address"), (1, true, "address")] {
            tally.add(Measure::Speaker, document, so, Cell { genre, ..Cell::default() });
        }
        let figures = tally.figures();
        let rows: Vec<_> = figures.iter().map(|f| (f.measure.name(), f.by, f.value.as_str(), f.n, f.estimate)).collect();
        assert_eq!(
            rows,
            [
                ("recall", "all", "", 0, None),
                ("speaker", "all", "", 4, Some(0.75)),
                ("speaker", "genre", "address", 2, Some(1.0)),
                ("speaker", "genre", "readout", 2, Some(0.5)),
            ]
        );
        // Two documents: the draws are 0.5, 0.75 or 1; within one document there is nothing to draw.
        assert_eq!(figures[1].interval, Some(Interval { low: 0.5, high: 1.0 }));
        assert_eq!(figures[2].interval, None);
    }
}
