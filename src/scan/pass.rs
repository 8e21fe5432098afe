//! The pass over the files of a corpus: read, attributed and searched in parallel, and handed on in their order.
//!
//! Small files are taken in groups; a large one is read a batch of documents at a time. Neither the corpus nor its rows ever stand
//! in memory as a whole.

use rayon::prelude::*;

use super::collect::Collector;
use super::corrections::Corrections;
use super::earlier::Kept;
use super::progress::Progress;
use super::rows::{Formulas, Rows, Scanned};
use super::shard::{Shard, by_document};
use super::state::{FileState, Wrong};
use crate::corpus::{Corpus, Document, Entry};
use crate::error::{Error, Result};
use crate::matcher::Matcher;
use crate::people::People;

/// From this size on, a file is read by itself, batch by batch.
const LARGE: u64 = 8 << 20;
/// A group of smaller files holds no more than this, in bytes and in files.
const GROUP: (u64, usize) = (16 << 20, 2_000);

/// What is done to each document.
pub(super) struct Pass<'a> {
    pub corpus: &'a Corpus,
    pub people: &'a People,
    pub matcher: &'a Matcher,
    pub formulas: Formulas,
    pub corrections: &'a Corrections,
    pub shard: Option<Shard>,
    /// Whether hits show the words found and those around them.
    pub words: bool,
    pub progress: &'a dyn Progress,
}

/// A file, and what is to be done with it.
#[derive(Debug)]
pub(super) struct Job<'a> {
    pub entry: &'a Entry,
    /// What is known of it.
    pub state: FileState,
    /// Its number in the earlier scan, whose rows are kept.
    pub kept: Option<usize>,
}

impl Pass<'_> {
    /// Does the `jobs` in order. `kept` is the earlier scan, with its files.
    pub fn run(&self, jobs: &[Job<'_>], mut kept: Option<(&mut Kept, &[FileState])>, to: &mut Collector) -> Result<()> {
        let mut rest = jobs;
        while let Some(first) = rest.first() {
            if first.kept.is_none() && first.state.size >= LARGE {
                self.large(first, to)?;
                rest = &rest[1..];
                continue;
            }
            let (group, later) = rest.split_at(length_of_group(rest));
            rest = later;
            self.group(group, kept.as_mut(), to)?;
        }
        Ok(())
    }

    /// Small files, and files that are kept.
    fn group(&self, jobs: &[Job<'_>], kept: Option<&mut (&mut Kept, &[FileState])>, to: &mut Collector) -> Result<()> {
        let read: Vec<Option<(Vec<Scanned>, FileState)>> = jobs.par_iter().map(|job| job.kept.is_none().then(|| self.small(job))).collect();
        let mut rows = Rows::default();
        let mut kept = kept;
        for (job, read) in jobs.iter().zip(read) {
            match (read, job.kept, &mut kept) {
                (Some((scanned, state)), ..) => {
                    if let Some((kept, _)) = &mut kept {
                        kept.flush(to)?;
                    }
                    rows.add(scanned);
                    to.files.push(state);
                }
                (None, Some(number), Some((kept, files))) => {
                    self.hand_on(&std::mem::take(&mut rows), to)?;
                    kept.give(number, to)?;
                    // It may have been touched.
                    to.files.push(FileState { modified: job.state.modified, ..files[number].clone() });
                }
                _ => {}
            }
        }
        self.hand_on(&rows, to)?;
        kept.map_or(Ok(()), |(kept, _)| kept.flush(to))
    }

    fn hand_on(&self, rows: &Rows, to: &mut Collector) -> Result<()> {
        if rows.is_empty() { Ok(()) } else { to.part(&rows.part(&self.formulas, self.words)?) }
    }

    fn small(&self, job: &Job<'_>) -> (Vec<Scanned>, FileState) {
        let mut all = Vec::new();
        let state = self.read(job, &mut |scanned| all.extend(scanned));
        (all, state)
    }

    fn large(&self, job: &Job<'_>, to: &mut Collector) -> Result<()> {
        let mut failed: Option<Error> = None;
        let state = self.read(job, &mut |scanned| {
            if failed.is_none() {
                let mut rows = Rows::default();
                rows.add(scanned);
                failed = self.hand_on(&rows, to).err();
            }
        });
        to.files.push(state);
        failed.map_or(Ok(()), Err)
    }

    /// Reads a file, and gives its documents to `take`, attributed and searched.
    fn read(&self, job: &Job<'_>, take: &mut dyn FnMut(Vec<Scanned>)) -> FileState {
        let mut state = job.state.clone();
        let mut count = 0;
        let dealt = self.shard.filter(|_| by_document(state.size));
        let rest = self.corpus.read_each(job.entry, self.people, &mut |documents| {
            let own: Vec<(usize, Document)> = documents
                .into_iter()
                .map(|d| {
                    count += 1;
                    (count - 1, d)
                })
                .filter(|(_, d)| dealt.is_none_or(|s| s.owns(&d.id)))
                .collect();
            self.progress.found(own.len());
            let scanned: Vec<(usize, Scanned)> = own.into_par_iter().map(|(n, d)| (n, self.search(d))).collect();
            take(scanned.into_iter().map(|(n, s)| noted(s, dealt.map(|_| n), &mut state)).collect());
        });
        let own = |p: &Wrong| dealt.is_none_or(|s| s.owns(&format!("{}#{}", p.path, p.record)));
        state.problems.extend(rest.problems.into_iter().map(Wrong::from).filter(own));
        state.problems.sort();
        state.hash = rest.digest;
        self.progress.read();
        state
    }

    fn search(&self, document: Document) -> Scanned {
        let scanned = Scanned::new(document, self.corpus.reading(), self.people, self.matcher, self.corrections, self.words);
        self.progress.searched();
        scanned
    }
}

/// Notes the size of a document, and its number where that matters.
fn noted(mut scanned: Scanned, number: Option<usize>, state: &mut FileState) -> Scanned {
    let (segments, hits) = scanned.sizes();
    state.documents += 1;
    state.segments += segments;
    state.hits += hits;
    state.corrections += scanned.corrected();
    state.problems.extend(scanned.take_problems().into_iter().map(Wrong::from));
    state.records.extend(number.map(|n| [n, segments, hits]));
    scanned
}

/// How many of the first jobs are done together.
fn length_of_group(jobs: &[Job<'_>]) -> usize {
    let mut bytes = 0;
    let fits = |job: &&Job<'_>| {
        bytes += if job.kept.is_none() { job.state.size } else { 0 };
        bytes <= GROUP.0 && (job.kept.is_some() || job.state.size < LARGE)
    };
    jobs.iter().take(GROUP.1).take_while(fits).count().max(1)
}
