//! Questions that each document answers by itself: nothing else of it is kept.

use std::path::Path;

use polars::prelude::DataFrame;

use super::opened::{Ask, Opened};
use super::pass::{Piece, Target};
use super::rows::{Detail, Scanned};
use super::state::FileState;
use super::whole::{Marked, Whole};
use super::{How, Progress, Scan, collect, folder};
use crate::corpus::Signature;
use crate::error::Result;
use crate::lexicon::{Formula, Lexicons};
use crate::matcher::Matcher;

/// What is known when all documents have answered.
#[derive(Debug)]
pub struct Asked {
    /// The formulas, as numbered in hits.
    pub formulas: Vec<Formula>,
    /// How many documents there are.
    pub documents: usize,
    /// How many hits they have, of whatever kind.
    pub hits: usize,
    /// One row a file that could not be read as it should.
    pub problems: DataFrame,
    marked: Marked,
}

impl Asked {
    /// Whether a document, by its number, is a copy of another one; never, if nobody asked for signatures.
    pub fn is_copy(&self, document: usize) -> bool {
        self.marked.copies.get(document).is_some_and(Option::is_some)
    }

    /// Whether it tells in another language what an earlier one tells; never, if nobody asked for signatures.
    pub fn is_translation(&self, document: usize) -> bool {
        self.marked.translations.get(document).is_some_and(Option::is_some)
    }
}

/// What of a document the whole depends on, and its answer.
struct Answered<T> {
    id: String,
    date: Option<i32>,
    languages: String,
    signature: Signature,
    answer: T,
}

/// Takes the answers, in order.
struct Answers<F> {
    whole: Whole,
    files: Vec<FileState>,
    take: F,
}

impl<T: Send, F: FnMut(T) -> Result<()> + Send> Target<Answered<T>> for Answers<F> {
    fn take(&mut self, pieces: Vec<Piece<Answered<T>>>) -> Result<()> {
        for piece in pieces {
            match piece {
                Piece::Documents(documents) => {
                    for d in documents {
                        self.whole.add(&d.id, d.date, &d.languages, &d.signature);
                        (self.take)(d.answer)?;
                    }
                }
                Piece::File(state) => self.files.push(state),
                Piece::Kept(..) => {}
            }
        }
        Ok(())
    }
}

impl Scan {
    /// Reads all files under `inputs`, as `how` says, and asks each document: what `answer` says of it goes to `take`, in order.
    ///
    /// # Errors
    /// As [`Scan::of`]; what `take` says.
    pub fn ask<T: Send>(
        inputs: &[impl AsRef<Path>],
        (how, detail): (&How, Detail),
        lexicons: &Lexicons,
        progress: &dyn Progress,
        answer: impl Fn(&Scanned, &[Formula]) -> T + Sync,
        take: impl FnMut(T) -> Result<()> + Send,
    ) -> Result<Asked> {
        let opened = Opened::of(inputs, how)?;
        let jobs = opened.jobs(how, None);
        progress.begin(jobs.len());
        let matcher = Matcher::new(lexicons)?;
        let mut to = Answers { whole: Whole::default(), files: Vec::new(), take };
        let make = |scanned: Scanned| {
            let answer = answer(&scanned, matcher.formulas());
            let date = scanned.document.date().and_then(crate::table::day_number);
            Answered { date, languages: scanned.languages, signature: scanned.signature, id: scanned.document.id, answer }
        };
        opened.search(&Ask { how, matcher: &matcher, detail, progress }, &jobs, &make, &mut to)?;
        let problems = folder::all_problems(&opened.problems(how, &to.whole, &to.files)?, &to.files);
        Ok(Asked {
            formulas: matcher.formulas().to_vec(),
            documents: to.whole.len(),
            hits: to.files.iter().map(|f| f.hits).sum(),
            problems: collect::problems(&problems)?,
            marked: if detail.signature { to.whole.mark() } else { Marked::default() },
        })
    }
}
