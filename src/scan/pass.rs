//! The pass over the files of a corpus: read, attributed and searched in parallel, and handed on in their order.
//!
//! Small files are taken in groups; a large one is read a batch of documents at a time. Neither the corpus nor its rows ever stand
//! in memory as a whole. While a batch is searched, the one before it is handed on, and of a large file the next one is read.

use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

use super::corrections::Corrections;
use super::progress::Progress;
use super::rows::{Detail, Scanned};
use super::shard::{Shard, by_document};
use super::state::{FileState, Wrong};
use crate::corpus::{Corpus, Document, Entry, Rest};
use crate::error::Result;
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
    pub corrections: &'a Corrections,
    pub shard: Option<Shard>,
    pub detail: Detail,
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

/// What comes of files, in their order. `T` is what was made of a document.
#[derive(Debug)]
pub(super) enum Piece<T> {
    /// Documents of a file.
    Documents(Vec<T>),
    /// What is known of a file, after its last document.
    File(FileState),
    /// A file whose rows are kept: its number in the earlier scan, and when it was changed.
    Kept(usize, u64),
}

/// Where pieces go, in order.
pub(super) trait Target<T>: Send {
    fn take(&mut self, pieces: Vec<Piece<T>>) -> Result<()>;
}

/// What is made of each document, in parallel.
pub(super) type Make<'m, T> = &'m (dyn Fn(Scanned) -> T + Sync);

/// Hands pieces on while the next ones are made.
struct Line<'t, T, G> {
    to: &'t mut G,
    waiting: Vec<Piece<T>>,
}

impl<T: Send, G: Target<T>> Line<'_, T, G> {
    fn next(&mut self, made: impl FnOnce() -> Vec<Piece<T>> + Send) -> Result<()> {
        let (to, waiting) = (&mut *self.to, std::mem::take(&mut self.waiting));
        let (taken, next) = rayon::join(|| to.take(waiting), made);
        self.waiting = next;
        taken
    }
}

impl Pass<'_> {
    /// Does the `jobs` in order.
    pub fn run<T: Send>(&self, jobs: &[Job<'_>], make: Make<'_, T>, to: &mut impl Target<T>) -> Result<()> {
        let mut line = Line { to, waiting: Vec::new() };
        let mut rest = jobs;
        while let Some(first) = rest.first() {
            if first.kept.is_none() && first.state.size >= LARGE {
                self.large(first, make, &mut line)?;
                rest = &rest[1..];
                continue;
            }
            let (group, later) = rest.split_at(length_of_group(rest));
            rest = later;
            line.next(|| group.par_iter().flat_map_iter(|job| self.small(job, make)).collect())?;
        }
        line.next(Vec::new)
    }

    /// A small file, or one that is kept.
    fn small<T: Send>(&self, job: &Job<'_>, make: Make<'_, T>) -> Vec<Piece<T>> {
        if let Some(number) = job.kept {
            return vec![Piece::Kept(number, job.state.modified)];
        }
        let mut reading = self.reading(job);
        let mut all = Vec::new();
        let rest = self.corpus.read_each(job.entry, self.people, &mut |documents| all.extend(reading.search(documents, make)));
        vec![Piece::Documents(all), Piece::File(reading.end(rest))]
    }

    fn large<T: Send, G: Target<T>>(&self, job: &Job<'_>, make: Make<'_, T>, line: &mut Line<'_, T, G>) -> Result<()> {
        let mut reading = self.reading(job);
        let mut failed = None;
        let mut each = |documents| {
            if failed.is_none() {
                failed = line.next(|| vec![Piece::Documents(reading.search(documents, make))]).err();
            }
        };
        let read = |take: &mut dyn FnMut(Vec<Document>)| self.corpus.read_each(job.entry, self.people, take);
        let rest = if rayon::current_num_threads() > 1 { read_ahead(read, &mut each) } else { read(&mut each) };
        line.waiting.push(Piece::File(reading.end(rest)));
        failed.map_or(Ok(()), Err)
    }

    fn reading<'p>(&'p self, job: &Job<'_>) -> ReadingOf<'p> {
        ReadingOf { pass: self, dealt: self.shard.filter(|_| by_document(job.state.size)), count: 0, state: job.state.clone() }
    }

    fn search(&self, document: Document) -> Scanned {
        let scanned = Scanned::new(document, self.corpus.reading(), self.people, self.matcher, self.corrections, self.detail);
        self.progress.searched();
        scanned
    }
}

/// A file that is being read.
struct ReadingOf<'p> {
    pass: &'p Pass<'p>,
    /// The part whose documents are meant.
    dealt: Option<Shard>,
    /// How many documents it has had.
    count: usize,
    state: FileState,
}

impl ReadingOf<'_> {
    /// Attributes and searches its next documents.
    fn search<T: Send>(&mut self, documents: Vec<Document>, make: Make<'_, T>) -> Vec<T> {
        let (pass, dealt, first) = (self.pass, self.dealt, self.count);
        self.count += documents.len();
        let own = |d: &Document| dealt.is_none_or(|s| s.owns(&d.id));
        let own: Vec<(usize, Document)> = documents.into_iter().enumerate().filter(|(_, d)| own(d)).collect();
        pass.progress.found(own.len());
        let search = |(n, document): (usize, Document)| {
            let mut scanned = pass.search(document);
            let note = Note::of(&mut scanned, dealt.map(|_| first + n));
            (note, make(scanned))
        };
        let made: Vec<(Note, T)> = own.into_par_iter().map(search).collect();
        made.into_iter()
            .map(|(note, made)| {
                note.add_to(&mut self.state);
                made
            })
            .collect()
    }

    /// What is known of it when it has been read.
    fn end(mut self, rest: Rest) -> FileState {
        let own = |p: &Wrong| self.dealt.is_none_or(|s| s.owns(&format!("{}#{}", p.path, p.record)));
        self.state.problems.extend(rest.problems.into_iter().map(Wrong::from).filter(own));
        self.state.problems.sort();
        self.state.hash = rest.digest;
        self.pass.progress.read();
        self.state
    }
}

/// Reads in a thread of its own, one batch ahead of what is done with them.
fn read_ahead(read: impl FnOnce(&mut dyn FnMut(Vec<Document>)) -> Rest + Send, each: &mut dyn FnMut(Vec<Document>)) -> Rest {
    std::thread::scope(|scope| {
        let (give, batches) = sync_channel(0);
        let reader = scope.spawn(move || {
            read(&mut |batch| {
                // Nobody waits for it only if the thread that does is unwinding.
                let _ = give.send(batch);
            })
        });
        batches.into_iter().for_each(each);
        reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// What a file is told of a document: its number where that matters, its size, and what is wrong with it.
struct Note {
    number: Option<usize>,
    sizes: (usize, usize),
    corrected: usize,
    problems: Vec<Wrong>,
}

impl Note {
    fn of(scanned: &mut Scanned, number: Option<usize>) -> Note {
        let problems = scanned.take_problems().into_iter().map(Wrong::from).collect();
        Note { number, sizes: scanned.sizes(), corrected: scanned.corrected(), problems }
    }

    fn add_to(self, state: &mut FileState) {
        let (segments, hits) = self.sizes;
        state.documents += 1;
        state.segments += segments;
        state.hits += hits;
        state.corrections += self.corrected;
        state.problems.extend(self.problems);
        state.records.extend(self.number.map(|n| [n, segments, hits]));
    }
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
