//! The passes over a corpus: who says what when; what recurs; where that stands.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::change::Change;
use super::draft::{bare, wordings};
use super::figures::Sizes;
use super::gather::{Found, Gatherer, Ranked, Wanted};
use super::grams::Place;
use super::known::{Known, Nearest};
use super::pairs::{Partner, pair};
use super::selection::{Against, Selection, Spot};
use super::slots::{Filled, fill};
use super::templates::Template;
use super::uses::{Uses, uses};
use super::variants::{ChangedWord, Search};
use crate::analysis::Filter;
use crate::corpus::STDIN;
use crate::error::{Error, Result};
use crate::lexicon::{Formula, Lexicons};
use crate::scan::{Detail, How, Progress, Scan, Scanned, refuse_scans};
use crate::text::{Folded, Language};

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Discover {
    /// What of the corpus is searched.
    pub filter: Filter,
    /// The day that divides the period; what came before it and what came then are compared.
    pub since: Option<NaiveDate>,
    /// What of the same corpus candidates are held against.
    pub against: Option<Against>,
    /// Another corpus that they are held against.
    pub against_inputs: Vec<PathBuf>,
    /// What a candidate must be.
    pub wanted: Wanted,
    /// Whether formulas that the lexicons hold are shown too.
    pub keep_known: bool,
    /// Whether known formulas that changed a word are sought, instead of candidates.
    pub changed_words: bool,
}

/// A candidate as it is shown.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its rank in its language, from 1.
    pub rank: usize,
    /// What was found, with its figures.
    pub ranked: Ranked,
    /// Where it stands.
    pub uses: Uses,
    /// The known formula nearest to it.
    pub nearest: Option<Nearest>,
    /// How its use changed, if the period is divided.
    pub change: Option<Change>,
    /// Its rendering in the other language.
    pub partner: Option<Partner>,
}

impl Entry {
    /// Its language.
    pub fn language(&self) -> Language {
        self.ranked.candidate.language
    }

    /// Its text, as it is usually written.
    pub fn text(&self) -> &str {
        &self.uses.spelling
    }
}

/// What was found.
#[derive(Debug)]
pub struct Discovery {
    /// The candidates, by language, the best first.
    pub entries: Vec<Entry>,
    /// The formulas with a slot, by language, the likeliest first, if they were asked for.
    pub templates: Vec<Filled>,
    /// Known formulas that changed a word, if they were asked for.
    pub changed_words: Vec<ChangedWord>,
    /// How much text of each language was searched.
    pub sizes: Vec<(Language, Sizes)>,
    /// The least number of occurrences that was asked of long strings, where more were frequent than could be kept.
    pub raised: Option<u32>,
    /// How many stretches of text were left out, as nothing says when they are from and the period is divided.
    pub undated: usize,
    /// One row a file that could not be read as it should.
    pub problems: DataFrame,
}

impl Discovery {
    /// What is said of any search; nothing found yet.
    fn of(found: &[Found], selection: &Selection, scan: &Scan) -> Discovery {
        Discovery {
            entries: Vec::new(),
            templates: Vec::new(),
            changed_words: Vec::new(),
            sizes: found.iter().map(|f| (f.language, f.sizes)).collect(),
            raised: found.iter().filter_map(|f| f.raised).max(),
            undated: selection.undated,
            problems: scan.problems.clone(),
        }
    }
}

impl Discover {
    /// Who says what when in the inputs: the scan that [`Discover::find`] begins with.
    ///
    /// # Errors
    /// A scan folder, which holds no texts; standard input; as [`Scan::of`].
    pub fn scan(inputs: &[impl AsRef<Path>], how: &How, progress: &dyn Progress) -> Result<Scan> {
        refuse_scans(inputs)?;
        Discover::refuse_standard_input(inputs)?;
        Scan::made(inputs, &How { words: false, ..how.clone() }, &Lexicons::default(), progress)
    }

    /// Refuses what cannot be read twice.
    ///
    /// # Errors
    /// Standard input.
    pub fn refuse_standard_input(inputs: &[impl AsRef<Path>]) -> Result<()> {
        if inputs.iter().any(|i| i.as_ref() == Path::new(STDIN)) {
            return Err(Error::Usage("discover: standard input can be read once only; save what comes in, and give the file".into()));
        }
        Ok(())
    }

    /// Finds candidates in `inputs`, of which `scan` is the scan; `lexicons` are what is known. Temporary files are put into `folder`.
    ///
    /// # Errors
    /// As [`Discover::scan`]; a filter or group that is none; a full disk.
    pub fn find(&self, inputs: &[impl AsRef<Path>], how: &How, scan: &Scan, lexicons: &Lexicons, folder: &Path, progress: &dyn Progress) -> Result<Discovery> {
        let selection = Selection::of(scan, &self.filter, self.against.as_ref(), self.since)?;
        let mut gatherer = Gatherer::new(folder)?;
        gather(inputs, how, &selection, &mut gatherer, progress)?;
        if !self.against_inputs.is_empty() {
            let other = Discover::scan(&self.against_inputs, how, progress)?;
            let filter = Filter { languages: self.filter.languages.clone(), ..Filter::default() };
            let reference = Selection::of(&other, &filter, None, None)?.into_reference();
            gather(&self.against_inputs, how, &reference, &mut gatherer, progress)?;
        }
        let known = Known::new(lexicons)?;
        let found = gatherer.find(&self.wanted, &|c| self.keep_known || self.changed_words || known.is(&c.text()).is_none())?;
        if self.wanted.templates {
            let templates: Vec<(usize, Template)> = found.iter().flat_map(|f| f.templates.iter().enumerate().map(|(i, t)| (i + 1, t.clone()))).collect();
            let templates = fill(inputs, how, &selection, &templates, &known, progress)?;
            return Ok(Discovery { templates, ..Discovery::of(&found, &selection, scan) });
        }
        if self.changed_words {
            let search = Search { request: self, how, selection: &selection, found: &found, known: &known, progress };
            return Ok(Discovery { changed_words: search.run(inputs)?, ..Discovery::of(&found, &selection, scan) });
        }
        let entries = self.entries(inputs, how, &selection, &found, &known, progress)?;
        Ok(Discovery { entries, ..Discovery::of(&found, &selection, scan) })
    }

    fn entries(
        &self,
        inputs: &[impl AsRef<Path>],
        how: &How,
        selection: &Selection,
        found: &[Found],
        known: &Known,
        progress: &dyn Progress,
    ) -> Result<Vec<Entry>> {
        let all: Vec<(usize, &Ranked, Sizes)> = found.iter().flat_map(|f| f.ranked.iter().enumerate().map(|(i, r)| (i + 1, r, f.sizes))).collect();
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let lexicon = bare(all.iter().map(|(_, r, _)| (r.candidate.language, wordings(r, &mut HashSet::new()))))?;
        let uses = uses(inputs, how, selection, &lexicon, progress)?;
        let entry = |((rank, ranked, sizes), mut uses): ((usize, &Ranked, Sizes), Uses)| {
            let text = ranked.candidate.text();
            if uses.spelling.is_empty() {
                uses.spelling.clone_from(&text);
            }
            let change = self.since.map(|_| Change::of(&uses, sizes, selection.documents(ranked.candidate.language)));
            Entry { rank, ranked: ranked.clone(), nearest: known.nearest(&text), change, partner: None, uses }
        };
        let mut entries: Vec<Entry> = all.into_iter().zip(uses).map(entry).collect();
        pair(&mut entries, selection);
        Ok(entries)
    }
}

/// Hands the text of the segments that matter to `to`.
fn gather(inputs: &[impl AsRef<Path>], how: &How, selection: &Selection, to: &mut Gatherer<'_>, progress: &dyn Progress) -> Result<()> {
    let detail = Detail { text: true, ..Detail::default() };
    let answer = |read: &Scanned, _: &[Formula]| texts(read, selection);
    let take = |texts: Vec<Text>| texts.into_iter().try_for_each(|t| to.add(t.language, t.place, &t.folded, &t.capitals));
    Scan::ask(inputs, (how, detail), &Lexicons::default(), progress, answer, take)?;
    Ok(())
}

/// The text of a segment.
struct Text {
    language: Language,
    place: Place,
    folded: String,
    /// Where words begin that have a capital in the source.
    capitals: Vec<u32>,
}

/// The folded text of those of its segments that matter.
fn texts(read: &Scanned, selection: &Selection) -> Vec<Text> {
    let text = |(number, spot): &(u32, Spot)| {
        let segment = &read.segments.get(*number as usize - 1)?.segment;
        let block = &read.document.blocks[segment.block];
        let range = block.folded_range(&segment.range);
        let folded = block.folded.as_str()[range.clone()].to_owned();
        let capitals =
            if segment.language == Language::En { capitals(&folded, range.start, &block.folded, read.document.block_text(block)) } else { Vec::new() };
        Some(Text { language: segment.language, place: spot.place, folded, capitals })
    };
    selection.in_document(&read.document.id).iter().filter_map(text).collect()
}

/// Where in `text`, which stands at `start` in `folded`, words begin that have a capital in the `source`.
fn capitals(text: &str, start: usize, folded: &Folded, source: &str) -> Vec<u32> {
    let mut sources = folded.sources();
    let mut inside = false;
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        let begins = c.is_alphanumeric() && !std::mem::replace(&mut inside, c.is_alphanumeric() || c == '\'' || c == '-');
        inside = c.is_alphanumeric() || inside && (c == '\'' || c == '-');
        if begins && source[sources.of(start + at..start + at + c.len_utf8())].starts_with(char::is_uppercase) {
            found.push(at as u32);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn capitals_are_those_of_the_source() {
        let source = "The  “Belt and Road”, Win-Win and élan of É.";
        let folded = fold(source);
        let found = capitals(folded.as_str(), 0, &folded, source);
        let words: Vec<&str> = found.iter().map(|at| &folded.as_str()[*at as usize..*at as usize + 1]).collect();
        assert_eq!(words, ["t", "b", "r", "w", "e"]);
    }
}
