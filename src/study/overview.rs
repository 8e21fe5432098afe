//! What is in a corpus, as far as a new study says it: documents by language, source, kind and speaker.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::attribution::Voice;
use crate::error::Result;
use crate::scan::Scan;
use crate::table::{numbers, texts};

/// What a corpus holds, copies left out.
#[derive(Debug, Default)]
pub(super) struct Overview {
    /// Documents without a date.
    pub undated: usize,
    /// Dated documents; a log counts with each of its days.
    pub dated: usize,
    /// By language, with its words or characters.
    pub languages: Vec<(String, usize, usize)>,
    pub speakers: Tally,
    pub sides: Tally,
    pub sources: Tally,
    pub genres: Tally,
    pub voices: Tally,
    /// Evidence for speakers.
    pub evidence: Tally,
    /// Of the formulas that occur.
    pub themes: Tally,
    pub formulas: Tally,
    /// How often they occur.
    pub occurrences: usize,
    /// Problems by kind.
    pub problems: BTreeMap<String, usize>,
}

/// In how many documents a value occurs, by the language of the text.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<String, BTreeMap<String, BTreeSet<usize>>>);

impl Tally {
    fn add(&mut self, value: &str, language: &str, document: usize) {
        if !value.is_empty() {
            self.0.entry(value.to_owned()).or_default().entry(language.to_owned()).or_default().insert(document);
        }
    }

    /// The values and their documents, most documents first.
    pub fn ranked(&self) -> Vec<(&str, usize)> {
        let all = self.0.iter().map(|(value, by)| (value.as_str(), by.values().flatten().collect::<HashSet<_>>().len()));
        sorted(all.collect())
    }

    /// The same of one language.
    pub fn ranked_in(&self, language: &str) -> Vec<(&str, usize)> {
        sorted(self.0.iter().filter_map(|(value, by)| Some((value.as_str(), by.get(language)?.len()))).collect())
    }
}

fn sorted(mut values: Vec<(&str, usize)>) -> Vec<(&str, usize)> {
    values.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    values
}

/// The voices that count unless told otherwise.
fn by_default() -> HashSet<&'static str> {
    Voice::ALL.iter().filter(|v| v.counted_by_default()).map(|v| v.name()).collect()
}

impl Overview {
    /// Of what `scan` has read.
    ///
    /// # Errors
    /// Tables of another shape.
    pub fn of(scan: &Scan) -> Result<Overview> {
        let mut all = Overview::default();
        let (ids, copies, dates) = (texts(&scan.documents, "document")?, texts(&scan.documents, "duplicate_of")?, texts(&scan.documents, "date")?);
        let (sources, genres) = (texts(&scan.documents, "source")?, texts(&scan.documents, "genre")?);
        let counted: HashMap<&str, usize> = ids.iter().enumerate().filter(|(i, _)| copies[*i].is_empty()).map(|(i, id)| (id.as_str(), i)).collect();
        all.undated = counted.values().filter(|i| dates[**i].is_empty()).count();
        all.segments(scan, &counted, &sources)?;
        for i in counted.values() {
            all.genres.add(&genres[*i], "", *i);
        }
        let (documents, within, voices) = (texts(&scan.hits, "document")?, texts(&scan.hits, "within")?, texts(&scan.hits, "voice")?);
        let by_default = by_default();
        let (formulas, themes) = (texts(&scan.hits, "formula")?, texts(&scan.hits, "theme")?);
        for hit in (0..documents.len()).filter(|i| within[*i].is_empty() && by_default.contains(voices[*i].as_str())) {
            let Some(document) = counted.get(documents[hit].as_str()) else { continue };
            all.occurrences += 1;
            all.formulas.add(&formulas[hit], "", *document);
            themes[hit].split('|').for_each(|theme| all.themes.add(theme, "", *document));
        }
        for kind in texts(&scan.problems, "kind")? {
            *all.problems.entry(kind).or_default() += 1;
        }
        Ok(all)
    }

    /// Adds what the segments of the documents that count hold.
    fn segments(&mut self, scan: &Scan, counted: &HashMap<&str, usize>, sources: &[String]) -> Result<()> {
        let column = |name: &str| texts(&scan.segments, name);
        let (documents, dates, languages, voices) = (column("document")?, column("date")?, column("language")?, column("voice")?);
        let (speakers, sides, evidence) = (column("speaker")?, column("side")?, column("evidence")?);
        let (words, characters) = (numbers(&scan.segments, "words")?, numbers(&scan.segments, "characters")?);
        let by_default = by_default();
        let mut amounts: BTreeMap<&str, (HashSet<usize>, usize)> = BTreeMap::new();
        let mut dated: HashSet<(usize, &str)> = HashSet::new();
        for i in 0..documents.len() {
            let Some(document) = counted.get(documents[i].as_str()).copied() else { continue };
            if !dates[i].is_empty() {
                dated.insert((document, &dates[i]));
            }
            let language = languages[i].as_str();
            if voices[i] != Voice::Boilerplate.name() {
                let amount = amounts.entry(language).or_default();
                amount.0.insert(document);
                amount.1 += usize::try_from(if language == "zh" { characters[i] } else { words[i] }).unwrap_or(0);
            }
            self.voices.add(&voices[i], language, document);
            if by_default.contains(voices[i].as_str()) {
                speakers[i].split(" & ").for_each(|speaker| self.speakers.add(speaker, language, document));
                self.sides.add(&sides[i], language, document);
                self.sources.add(&sources[document], language, document);
                self.evidence.add(&evidence[i], language, document);
            }
        }
        self.dated = dated.len();
        self.languages = amounts.into_iter().map(|(language, (documents, amount))| (language.to_owned(), documents.len(), amount)).collect();
        self.languages.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(())
    }
}
