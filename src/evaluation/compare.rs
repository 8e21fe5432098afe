//! Gold standards held against what was found.

use std::collections::{BTreeSet, HashSet};

use super::errors::Mistake;
use super::found::{Found, FoundDocument, FoundDocuments};
use super::gold::{GoldDocument, GoldRow};
use super::names::letters;
use super::tally::{Cell, Measure, Tally};
use crate::attribution::Voice;

/// How the evidence of what has no speaker is called in the breakdown.
const NO_EVIDENCE: &str = "(none)";

/// A comparison in progress.
#[derive(Debug)]
pub(super) struct Comparison<'a> {
    pub found: &'a FoundDocuments,
    pub tally: Tally,
    pub mistakes: Vec<Mistake>,
}

/// The five measures of who speaks how.
struct Measures {
    speaker: Measure,
    voice: Measure,
    wrong_name: Measure,
    abstained: Measure,
    overattributed: Measure,
}

const OF_OCCURRENCES: Measures = Measures {
    speaker: Measure::Speaker,
    voice: Measure::Voice,
    wrong_name: Measure::WrongName,
    abstained: Measure::Abstained,
    overattributed: Measure::Overattributed,
};

const OF_SENTENCES: Measures = Measures {
    speaker: Measure::SentenceSpeaker,
    voice: Measure::SentenceVoice,
    wrong_name: Measure::SentenceWrongName,
    abstained: Measure::SentenceAbstained,
    overattributed: Measure::SentenceOverattributed,
};

impl<'a> Comparison<'a> {
    pub fn new(found: &'a FoundDocuments) -> Self {
        Comparison { found, tally: Tally::default(), mistakes: Vec::new() }
    }

    /// Holds occurrences against hits: a row takes the first hit of its formula that overlaps it and is not taken yet, in the order
    /// of the rows. With `exhaustive`, hits that no row takes are wrong, in the documents of the rows and in `others`.
    /// `sampled` says that the rows were drawn from what was found, so that there is no recall to speak of.
    pub fn occurrences(&mut self, gold: &[&GoldRow], others: &[&GoldDocument], exhaustive: bool, sampled: bool) {
        let mut taken: HashSet<(usize, usize)> = HashSet::new();
        OF_OCCURRENCES.expect(&mut self.tally);
        if !sampled {
            self.tally.expect(Measure::Recall);
        }
        for row in gold {
            let documents = self.found.named(&row.file);
            let free = |at: &(usize, usize)| {
                let hit = &self.found.all[at.0].hits[at.1];
                hit.start < row.end && row.start < hit.end && hit.formula == row.formula && !taken.contains(at)
            };
            let hit = documents.iter().flat_map(|&d| (0..self.found.all[d].hits.len()).map(move |h| (d, h))).find(free);
            if row.voice == Voice::Boilerplate {
                // Page furniture need not be found; where it is, it is to be known as such.
                taken.extend(hit.filter(|&(d, h)| self.found.all[d].hits[h].voice == Voice::Boilerplate.name()));
                continue;
            }
            taken.extend(hit);
            let found = hit.map(|(d, h)| (d, &self.found.all[d].hits[h]));
            if !sampled {
                let cell = self.cell(row, found);
                self.tally.add(Measure::Recall, self.place(row), found.is_some(), Cell { evidence: "", ..cell });
            }
            match found {
                Some((_, hit)) => self.judge(&OF_OCCURRENCES, row, found, hit),
                None => self.mistakes.push(Mistake::at(row, self.name(row), "missed", None)),
            }
        }
        if exhaustive {
            self.extra(gold, others, &taken);
        }
    }

    /// The hits of the gold's formulas in its documents that no row has taken.
    fn extra(&mut self, gold: &[&GoldRow], others: &[&GoldDocument], taken: &HashSet<(usize, usize)>) {
        self.tally.expect(Measure::Precision);
        let formulas: HashSet<&str> = gold.iter().map(|r| r.formula.as_str()).collect();
        let files = gold.iter().map(|r| &r.file).chain(others.iter().map(|d| &d.file));
        let documents: BTreeSet<usize> = files.flat_map(|f| self.found.named(f)).copied().collect();
        for d in documents {
            let document = &self.found.all[d];
            for (h, hit) in document.hits.iter().enumerate().filter(|(_, h)| formulas.contains(h.formula.as_str())) {
                let right = taken.contains(&(d, h)) || hit.voice == Voice::Boilerplate.name();
                let cell = Cell { genre: &document.genre, language: &hit.language, evidence: evidence(hit) };
                self.tally.add(Measure::Precision, d, right, cell);
                if !right {
                    self.mistakes.push(Mistake {
                        document: document.id.clone(),
                        start: Some(hit.start),
                        end: Some(hit.end),
                        kind: "extra",
                        text: hit.text.clone(),
                        formula: hit.formula.clone(),
                        got: hit.speaker.clone(),
                        got_voice: hit.voice.clone(),
                        evidence: hit.evidence.clone(),
                        ..Mistake::default()
                    });
                }
            }
        }
    }

    /// Holds sentences against segments: the one that covers most of a sentence answers for it.
    pub fn sentences(&mut self, gold: &[&GoldRow]) {
        OF_SENTENCES.expect(&mut self.tally);
        for row in gold {
            let overlap = |s: &Found| row.end.min(s.end).saturating_sub(row.start.max(s.start));
            let segments = self.found.named(&row.file).iter().flat_map(|&d| self.found.all[d].segments.iter().map(move |s| (d, s)));
            // Of several that cover as much, the first.
            let best = segments.filter(|(_, s)| overlap(s) > 0).reduce(|a, b| if overlap(b.1) > overlap(a.1) { b } else { a });
            match best {
                Some((_, segment)) => self.judge(&OF_SENTENCES, row, best, segment),
                None => {
                    let (place, cell) = (self.place(row), self.cell(row, None));
                    for measure in [Measure::SentenceSpeaker, Measure::SentenceVoice, Measure::SentenceWrongName] {
                        self.tally.add(measure, place, false, cell);
                    }
                    self.mistakes.push(Mistake::at(row, self.name(row), "uncovered", None));
                }
            }
        }
    }

    /// Who speaks, and how.
    fn judge(&mut self, measures: &Measures, row: &GoldRow, found: Option<(usize, &'a Found)>, got: &Found) {
        let (place, cell) = (self.place(row), self.cell(row, found));
        let (right, somebody) = (row.is_right(&got.speaker), !got.speaker.is_empty());
        self.tally.add(measures.speaker, place, right, cell);
        self.tally.add(measures.wrong_name, place, !right && somebody, cell);
        let voice = row.is_voice(&got.voice);
        self.tally.add(measures.voice, place, voice, cell);
        let without = Cell { evidence: "", ..cell };
        if row.is_said() {
            self.tally.add(measures.abstained, place, !somebody, without);
        }
        let furniture = row.voice == Voice::Boilerplate && row.formula.is_empty();
        if furniture || matches!(row.voice, Voice::Narration | Voice::Title | Voice::Joint) {
            self.tally.add(measures.overattributed, place, somebody, without);
        }
        for (kind, fine) in [("speaker", right), ("voice", voice)] {
            if !fine {
                self.mistakes.push(Mistake::at(row, self.name(row), kind, Some(got)));
            }
        }
    }

    /// Holds dates and titles against those of documents; of a file with several the last one answers.
    pub fn documents(&mut self, gold: &[GoldDocument]) {
        self.tally.expect(Measure::Date);
        self.tally.expect(Measure::Title);
        for row in gold {
            let documents = self.found.named(&row.file);
            let document: Option<&FoundDocument> = documents.last().map(|&d| &self.found.all[d]);
            for (column, want) in row.cells.iter().filter(|(_, want)| !want.is_empty()) {
                let want = if want == "-" { "" } else { want };
                let got = document.and_then(|d| d.cells.get(column)).map_or("", String::as_str);
                let (measure, right) = match *column {
                    "title" => (Measure::Title, letters(want) == letters(got)),
                    _ => (Measure::Date, want == got),
                };
                let cell = document.map_or_else(Cell::default, |d| Cell { genre: &d.genre, language: &d.language, evidence: "" });
                self.tally.add(measure, documents.last().copied().unwrap_or(usize::MAX), right, cell);
                if !right {
                    let document = document.map_or_else(|| row.file.clone(), |d| d.id.clone());
                    self.mistakes.push(Mistake { document, kind: column, want: want.to_owned(), got: got.to_owned(), ..Mistake::default() });
                }
            }
        }
    }

    /// What a row counts under: its language is the one that the gold says, if it does.
    fn cell<'c>(&self, row: &'c GoldRow, found: Option<(usize, &'a Found)>) -> Cell<'c>
    where
        'a: 'c,
    {
        let all: &'a FoundDocuments = self.found;
        let document = found.map(|(d, _)| d).or_else(|| all.named(&row.file).first().copied()).map(|d| &all.all[d]);
        let language = match (row.language.as_str(), found, document) {
            ("", Some((_, hit)), _) => hit.language.as_str(),
            ("", None, Some(document)) => document.language.as_str(),
            (said, ..) => said,
        };
        Cell { genre: document.map_or("", |d| d.genre.as_str()), language, evidence: found.map_or("", |(_, hit)| evidence(hit)) }
    }

    /// What tells the document of a row from others, also where it is not among the inputs.
    fn place(&self, row: &GoldRow) -> usize {
        self.found.named(&row.file).first().copied().unwrap_or(usize::MAX)
    }

    fn name<'n>(&self, row: &'n GoldRow) -> &'n str
    where
        'a: 'n,
    {
        let found: &'a FoundDocuments = self.found;
        found.named(&row.file).first().map_or(row.file.as_str(), |&d| found.all[d].id.as_str())
    }
}

impl Measures {
    fn expect(&self, tally: &mut Tally) {
        [self.speaker, self.voice, self.wrong_name, self.abstained, self.overattributed].into_iter().for_each(|m| tally.expect(m));
    }
}

fn evidence(found: &Found) -> &str {
    if found.evidence.is_empty() { NO_EVIDENCE } else { &found.evidence }
}
