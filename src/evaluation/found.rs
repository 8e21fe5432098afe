//! What tifa found, out of the tables of a scan, and which of its documents a gold standard means.

use std::collections::HashMap;
use std::path::Path;

use crate::corpus::{Corpus, Reading};
use crate::error::Result;
use crate::people::People;
use crate::scan::Scan;
use crate::table::{numbers, texts};

/// A hit or a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    /// Empty for a segment.
    pub formula: String,
    /// Empty for a segment.
    pub text: String,
    pub speaker: String,
    pub voice: String,
    pub evidence: String,
    pub language: String,
}

/// A document with what was found in it.
#[derive(Debug, Default)]
pub(super) struct FoundDocument {
    pub id: String,
    pub path: String,
    pub genre: String,
    /// The one that most of it is in.
    pub language: String,
    /// `published`, `event_date` and `title`.
    pub cells: HashMap<&'static str, String>,
    pub hits: Vec<Found>,
    pub segments: Vec<Found>,
}

/// The documents of a scan.
#[derive(Debug)]
pub(super) struct FoundDocuments {
    pub all: Vec<FoundDocument>,
    by_name: HashMap<String, Vec<usize>>,
}

impl FoundDocuments {
    /// Those of `scan`.
    pub fn of(scan: &Scan) -> Result<FoundDocuments> {
        let column = |name: &str| texts(&scan.documents, name);
        let (ids, paths, genres, languages) = (column("document")?, column("path")?, column("genre")?, column("language")?);
        let (published, event, titles) = (column("published")?, column("event_date")?, column("title")?);
        let mut all: Vec<FoundDocument> = Vec::with_capacity(ids.len());
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, id) in ids.iter().enumerate() {
            for name in names_of(id, &paths[i]) {
                by_name.entry(name).or_default().push(i);
            }
            all.push(FoundDocument {
                id: id.clone(),
                path: paths[i].clone(),
                genre: genres[i].clone(),
                language: languages[i].split('|').next().unwrap_or("").to_owned(),
                cells: HashMap::from([("published", published[i].clone()), ("event_date", event[i].clone()), ("title", titles[i].clone())]),
                ..FoundDocument::default()
            });
        }
        let by_id: HashMap<&str, usize> = ids.iter().enumerate().map(|(i, id)| (id.as_str(), i)).collect();
        for (frame, of_hits) in [(&scan.hits, true), (&scan.segments, false)] {
            let column = |name: &str| texts(frame, name);
            let if_hits = |name: &str| if of_hits { texts(frame, name) } else { Ok(vec![String::new(); frame.height()]) };
            let (documents, formulas, words) = (column("document")?, if_hits("formula")?, if_hits("text")?);
            let (starts, ends) = (numbers(frame, "start")?, numbers(frame, "end")?);
            let (speakers, voices, evidence, languages) = (column("speaker")?, column("voice")?, column("evidence")?, column("language")?);
            for (i, document) in documents.iter().enumerate() {
                let Some(&at) = by_id.get(document.as_str()) else { continue };
                let offset = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
                let found = Found {
                    start: offset(starts[i]),
                    end: offset(ends[i]),
                    formula: formulas[i].clone(),
                    text: words[i].clone(),
                    speaker: speakers[i].clone(),
                    voice: voices[i].clone(),
                    evidence: evidence[i].clone(),
                    language: languages[i].clone(),
                };
                if of_hits { all[at].hits.push(found) } else { all[at].segments.push(found) }
            }
        }
        Ok(FoundDocuments { all, by_name })
    }

    /// The documents that a gold standard means by `file`: an id, a path, or the end of one of either.
    pub fn named(&self, file: &str) -> &[usize] {
        self.by_name.get(file.trim_start_matches("./")).map_or(&[], Vec::as_slice)
    }
}

/// All names by which a document can be meant.
fn names_of(id: &str, path: &str) -> Vec<String> {
    let ends = |whole: &str, until: usize| -> Vec<String> {
        let slashes = whole[..until].match_indices('/').map(|(at, _)| at + 1);
        std::iter::once(0).chain(slashes).map(|at| whole[at..].to_owned()).collect()
    };
    let mut names = ends(path, path.len());
    if id != path {
        names.extend(ends(id, path.len().min(id.len())));
    }
    names
}

/// The texts of documents, by id: where each begins (see [`crate::corpus::Document::base`]), and the text.
#[derive(Debug, Clone, Default)]
pub struct Texts(HashMap<String, (usize, String)>);

impl Texts {
    /// Reads those of the files under `inputs` that `wanted` asks for by path.
    ///
    /// # Errors
    /// An input that is not there.
    pub fn read(inputs: &[impl AsRef<Path>], reading: Reading, wanted: impl Fn(&str) -> bool) -> Result<Texts> {
        let (corpus, _) = Corpus::open(inputs, reading)?;
        let entries = corpus.entries().iter().filter(|e| wanted(&e.name));
        let documents = entries.flat_map(|e| corpus.read(e, People::builtin()).documents);
        Ok(Texts(documents.map(|d| (d.id, (d.base, d.text))).collect()))
    }

    /// What stands at `start..end` of the document `id`; `None` if there is no such place.
    pub(super) fn at(&self, id: &str, start: usize, end: usize) -> Option<&str> {
        let (base, text) = self.0.get(id)?;
        text.get(start.checked_sub(*base)?..end.checked_sub(*base)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_paths_are_names() {
        assert_eq!(names_of("a/b.txt#1/x", "a/b.txt"), ["a/b.txt", "b.txt", "a/b.txt#1/x", "b.txt#1/x"]);
        assert_eq!(names_of("b.txt", "b.txt"), ["b.txt"]);
    }
}
