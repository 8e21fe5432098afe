//! Where the rows of a scan go: into memory, or straight into the tables of a folder.

use std::path::Path;

use polars::prelude::*;

use super::earlier::Kept;
use super::opened::{Ask, Opened};
use super::pass::{Job, Piece, Target as PassTarget};
use super::progress::Progress;
use super::rows::{Detail, Formulas, Part, Rows, Scanned};
use super::state::{FileState, Wrong};
use super::whole::{Marked, Whole};
use super::{How, columns_of_hits};
use crate::error::{Error, Result};
use crate::lexicon::Lexicons;
use crate::matcher::Matcher;
use crate::table::{ColumnSpec, DOCUMENTS, Format, HITS, SEGMENTS, TableReader, TableWriter, empty, text_column};

/// The columns of documents that say what depends on all of them; they come last.
const OF_THE_WHOLE: usize = 2;
/// The table of documents without them.
const PARTLY: &str = "documents-partly";

/// What has come in so far.
pub(super) struct Collector {
    pub whole: Whole,
    pub files: Vec<FileState>,
    pub segments: usize,
    pub hits: usize,
    /// Whether hits show the words found and those around them.
    words: bool,
    target: Target,
}

enum Target {
    Memory(Box<Frames>),
    Folder(Box<Writers>),
}

/// Tables that are being written.
struct Writers {
    documents: TableWriter,
    segments: TableWriter,
    hits: TableWriter,
}

/// Tables in memory.
#[derive(Default)]
struct Frames {
    documents: DataFrame,
    segments: DataFrame,
    hits: DataFrame,
}

/// The columns of documents without those that say what depends on all of them.
pub(super) fn columns_of_documents() -> &'static [ColumnSpec] {
    &DOCUMENTS[..DOCUMENTS.len() - OF_THE_WHOLE]
}

impl Collector {
    /// Keeps the rows in memory.
    pub fn in_memory(words: bool) -> Collector {
        let frames = Frames { documents: empty(columns_of_documents()), segments: empty(SEGMENTS), hits: empty(&columns_of_hits(words)) };
        Collector::to(Target::Memory(Box::new(frames)), words)
    }

    /// Writes the tables into `folder`; what is not needed in the end goes to `scratch`.
    pub fn in_folder(folder: &Path, scratch: &Path, formats: &[Format]) -> Result<Collector> {
        Ok(Collector::to(
            Target::Folder(Box::new(Writers {
                documents: TableWriter::create(scratch, PARTLY, columns_of_documents(), &[Format::Parquet])?,
                segments: TableWriter::create(folder, "segments", SEGMENTS, formats)?,
                hits: TableWriter::create(folder, "hits", HITS, formats)?,
            })),
            true,
        ))
    }

    fn to(target: Target, words: bool) -> Collector {
        Collector { whole: Whole::default(), files: Vec::new(), segments: 0, hits: 0, words, target }
    }

    /// Adds what is found in the files of `jobs`; `kept` is the earlier scan, with its files.
    pub fn fill(
        &mut self,
        opened: &Opened,
        how: &How,
        lexicons: &Lexicons,
        jobs: &[Job<'_>],
        kept: Option<(&mut Kept, &[FileState])>,
        progress: &dyn Progress,
    ) -> Result<()> {
        let matcher = Matcher::new(lexicons)?;
        let words = self.words;
        let mut tables = Tables { to: self, kept, formulas: Formulas::of(matcher.formulas())?, words };
        let ask = Ask { how, matcher: &matcher, detail: Detail::of_tables(words), progress };
        opened.search(&ask, jobs, &|scanned| scanned, &mut tables)
    }

    /// Adds rows, in the order of the tables.
    pub fn part(&mut self, part: &Part) -> Result<()> {
        self.documents(&part.documents)?;
        self.segments(&part.segments)?;
        self.hits(&part.hits)
    }

    /// Adds documents that have just been read.
    fn read(&mut self, rows: &Rows, formulas: &Formulas, words: bool) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        rows.scanned().iter().for_each(|document| self.whole.add_read(document, formulas));
        let part = rows.part(formulas, words)?;
        self.put_documents(&part.documents)?;
        self.segments(&part.segments)?;
        self.put_hits(&part.hits)
    }

    pub fn documents(&mut self, rows: &DataFrame) -> Result<()> {
        self.whole.add_documents(rows)?;
        self.put_documents(rows)
    }

    fn put_documents(&mut self, rows: &DataFrame) -> Result<()> {
        match &mut self.target {
            Target::Memory(frames) => add(&mut frames.documents, rows),
            Target::Folder(writers) => writers.documents.write(rows),
        }
    }

    pub fn segments(&mut self, rows: &DataFrame) -> Result<()> {
        self.segments += rows.height();
        match &mut self.target {
            Target::Memory(frames) => add(&mut frames.segments, rows),
            Target::Folder(writers) => writers.segments.write(rows),
        }
    }

    /// Adds hits; their documents have come before.
    pub fn hits(&mut self, rows: &DataFrame) -> Result<()> {
        self.whole.add_hits(rows)?;
        self.put_hits(rows)
    }

    fn put_hits(&mut self, rows: &DataFrame) -> Result<()> {
        self.hits += rows.height();
        match &mut self.target {
            Target::Memory(frames) => add(&mut frames.hits, rows),
            Target::Folder(writers) => writers.hits.write(rows),
        }
    }

    /// The tables in memory.
    pub fn frames(&mut self, marked: &Marked) -> Result<Part> {
        let Target::Memory(frames) = &mut self.target else { return Err(Error::Usage("the tables were not kept in memory".into())) };
        let mut frames = std::mem::take(&mut **frames);
        [&mut frames.documents, &mut frames.segments, &mut frames.hits].into_iter().for_each(|f| {
            f.rechunk_mut();
        });
        mark(&mut frames.documents, &self.whole, marked, 0)?;
        Ok(Part { documents: frames.documents, segments: frames.segments, hits: frames.hits })
    }

    /// Ends the tables in `folder`, with that of documents.
    pub fn finish(self, folder: &Path, scratch: &Path, formats: &[Format], marked: &Marked) -> Result<(Whole, Vec<FileState>)> {
        if let Target::Folder(writers) = self.target {
            let Writers { documents, segments, hits } = *writers;
            segments.finish()?;
            hits.finish()?;
            documents.finish()?;
            let mut partly = TableReader::open(scratch, PARTLY, columns_of_documents())?;
            let mut documents = TableWriter::create(folder, "documents", DOCUMENTS, formats)?;
            let mut row = 0;
            while let Some(mut group) = partly.group()? {
                mark(&mut group, &self.whole, marked, row)?;
                row += group.height();
                documents.write(&group)?;
            }
            documents.finish()?;
        }
        Ok((self.whole, self.files))
    }
}

/// The tables as what a pass over the files hands its documents to.
pub(super) struct Tables<'a> {
    pub to: &'a mut Collector,
    /// The earlier scan, with its files.
    pub kept: Option<(&'a mut Kept, &'a [FileState])>,
    pub formulas: Formulas,
    /// Whether hits show the words found and those around them.
    pub words: bool,
}

impl PassTarget<Scanned> for Tables<'_> {
    fn take(&mut self, pieces: Vec<Piece<Scanned>>) -> Result<()> {
        let mut rows = Rows::default();
        for piece in pieces {
            match piece {
                Piece::Documents(scanned) => {
                    self.flush()?;
                    rows.add(scanned);
                }
                Piece::File(state) => self.to.files.push(state),
                Piece::Kept(number, modified) => {
                    self.to.read(&std::mem::take(&mut rows), &self.formulas, self.words)?;
                    if let Some((kept, files)) = &mut self.kept {
                        kept.give(number, self.to)?;
                        // It may have been touched.
                        self.to.files.push(FileState { modified, ..files[number].clone() });
                    }
                }
            }
        }
        self.to.read(&rows, &self.formulas, self.words)?;
        self.flush()
    }
}

impl Tables<'_> {
    fn flush(&mut self) -> Result<()> {
        self.kept.as_mut().map_or(Ok(()), |(kept, _)| kept.flush(self.to))
    }
}

fn add(frame: &mut DataFrame, rows: &DataFrame) -> Result<()> {
    frame.vstack_mut(rows)?;
    Ok(())
}

/// Adds the columns `duplicate_of` and `translation_of` to documents of which the first is number `from`.
pub(super) fn mark(documents: &mut DataFrame, whole: &Whole, marked: &Marked, from: usize) -> Result<()> {
    let rows = from..from + documents.height();
    for (name, of) in [("duplicate_of", &marked.copies), ("translation_of", &marked.translations)] {
        let column = text_column(name, of[rows.clone()].iter().map(|o| o.map_or("", |o| whole.id(o))));
        documents.with_column(column)?;
    }
    Ok(())
}

/// The table of problems.
pub(super) fn problems(problems: &[Wrong]) -> Result<DataFrame> {
    let text = |name: &str, get: fn(&Wrong) -> &str| text_column(name, problems.iter().map(get));
    Ok(DataFrame::new(
        problems.len(),
        vec![text("path", |p| &p.path), text("record", |p| &p.record), text("kind", |p| &p.kind), text("message", |p| &p.message)],
    )?)
}
