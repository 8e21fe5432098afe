//! The one expensive pass: documents in, tables out. Parallel over files and documents, in their order.
//!
//! A [`Scan`] is four tables (`documents`, `segments`, `hits`, `problems`) and a [`Manifest`] that says what they were made
//! from. Everything after it is a query. Made for a query, it stands in memory; [`Scan::into_folder`] writes it as it is made, and
//! [`merge`] joins such folders.

mod ask;
mod collect;
mod copies;
mod corrections;
mod earlier;
mod folder;
mod manifest;
mod merge;
mod opened;
mod pass;
mod progress;
mod rows;
mod shard;
mod state;
mod translations;
mod whole;

pub use ask::Asked;
pub use corrections::Corrections;
pub use folder::{Again, Written};
pub use manifest::{Family, LexiconInfo, Manifest, Origin};
pub use merge::{marked_anew, merge};
pub use progress::Progress;
pub(crate) use rows::HitRow;
pub use rows::{Detail, Scanned};
pub use shard::Shard;

use std::borrow::Borrow;
use std::io::Write;
use std::path::Path;

use polars::prelude::*;

use crate::corpus::Reading;
use crate::error::{Error, Result};
use crate::lexicon::Lexicons;
use crate::table::{self, ColumnSpec, Format, HITS, Output, Staging, TABLES, TableWriter, create, to_bytes};
use collect::Collector;
use manifest::{Counts, Lore};
use opened::Opened;

/// How a corpus is scanned.
#[derive(Debug, Clone)]
pub struct How {
    /// How its files are read.
    pub reading: Reading,
    /// Applied after attribution; those that do not fit are problems.
    pub corrections: Corrections,
    /// The part that is meant, if not all.
    pub shard: Option<Shard>,
    /// Whether hits show the words found (`variant`, `text`) and those around them (`left`, `right`): most questions do not ask for
    /// them, and they are half of the table.
    pub words: bool,
}

impl Default for How {
    fn default() -> Self {
        How { reading: Reading::default(), corrections: Corrections::default(), shard: None, words: true }
    }
}

/// The columns of hits that show words.
const WORDS: [&str; 4] = ["variant", "text", "left", "right"];

/// The columns of hits, with those that show words or without.
fn columns_of_hits(words: bool) -> Vec<ColumnSpec> {
    HITS.iter().copied().filter(|c| words || !WORDS.contains(&c.name)).collect()
}

/// A corpus read, attributed and searched.
#[derive(Debug, Clone)]
pub struct Scan {
    /// One row a document.
    pub documents: DataFrame,
    /// One row a stretch of text in one voice.
    pub segments: DataFrame,
    /// One row an occurrence of a formula.
    pub hits: DataFrame,
    /// One row a file that could not be read as it should.
    pub problems: DataFrame,
    /// What it was made from.
    pub manifest: Manifest,
}

impl Scan {
    /// Reads all files under `inputs`, as `reading` says.
    ///
    /// # Errors
    /// An input that is not there; nothing in the inputs that could be read.
    pub fn of(inputs: &[impl AsRef<Path>], reading: Reading, lexicons: &Lexicons) -> Result<Scan> {
        Scan::made(inputs, &How { reading, ..How::default() }, lexicons, &())
    }

    /// Reads all files under `inputs`, as `how` says. `progress` is told how far it is.
    ///
    /// # Errors
    /// As [`Scan::of`].
    pub fn made(inputs: &[impl AsRef<Path>], how: &How, lexicons: &Lexicons, progress: &dyn Progress) -> Result<Scan> {
        let opened = Opened::of(inputs, how)?;
        let jobs = opened.jobs(how, None);
        let mut to = Collector::in_memory(how.words);
        progress.begin(jobs.len());
        to.fill(&opened, how, lexicons, &jobs, None, progress)?;
        let problems = opened.problems(how, &to.whole, &to.files)?;
        let marked = to.whole.mark();
        let tables = to.frames(&marked)?;
        let all = folder::all_problems(&problems, &to.files);
        let inputs: Vec<String> = inputs.iter().map(|i| base_name(i.as_ref())).collect();
        let mut manifest = Manifest::new(inputs, &to.files, opened.options, Lore::of(lexicons));
        manifest.count(Counts::of(&to.whole, &marked, to.segments, to.hits, &all, &to.files), &to.whole.formulas);
        Ok(Scan { documents: tables.documents, segments: tables.segments, hits: tables.hits, problems: collect::problems(&all)?, manifest })
    }

    /// The scan of `inputs`: read from the one scan folder that they name, or made now, with the `lexicons` that only that needs. `chosen` says that the lexicons were
    /// chosen by the user, which a finished scan cannot heed; neither can it be read otherwise or corrected.
    ///
    /// # Errors
    /// A scan folder among other inputs, or with lexicons or ways of reading; otherwise as [`Scan::of`] and [`Scan::load`].
    pub fn open<L: Borrow<Lexicons>>(
        inputs: &[impl AsRef<Path>],
        how: &How,
        lexicons: impl FnOnce() -> Result<L>,
        chosen: bool,
        progress: &dyn Progress,
    ) -> Result<Scan> {
        let Some(folder) = inputs.iter().map(AsRef::as_ref).find(|i| Scan::is_in(i)) else {
            return Scan::made(inputs, how, lexicons()?.borrow(), progress);
        };
        if inputs.len() > 1 {
            return Err(Error::Usage(format!("{}: is a scan folder; give it alone, or files and folders of documents", folder.display())));
        }
        let shard = how.shard.map(|s| format!("shard={s}"));
        if let Some(option) = how.reading.options().into_iter().chain(shard).next() {
            let message = "has been read already, so this has no effect; scan the corpus again with it";
            return Err(Error::Usage(format!("--{option}: {} {message}", folder.display())));
        }
        if chosen {
            let message = "has been searched already, so other lexicons have no effect; scan the corpus again with them";
            return Err(Error::Usage(format!("{}: {message}", folder.display())));
        }
        if !how.corrections.is_empty() {
            let message = "has been attributed already, so corrections have no effect; scan the corpus again with them";
            return Err(Error::Usage(format!("{}: {message}", folder.display())));
        }
        Scan::loaded(folder, how.words)
    }

    /// Whether `folder` holds a scan or a report with its tables.
    pub fn is_in(folder: &Path) -> bool {
        crate::corpus::is_own_output(folder) && tables_in(folder).is_some()
    }

    /// Reads the tables of a scan folder or a report folder.
    ///
    /// # Errors
    /// A table that is missing or not one of tifa's.
    pub fn load(folder: &Path) -> Result<Scan> {
        Scan::loaded(folder, true)
    }

    fn loaded(folder: &Path, words: bool) -> Result<Scan> {
        let tables = tables_in(folder).ok_or_else(|| Error::Usage(format!("{}: holds no tables; scan the corpus again", folder.display())))?;
        let of_hits = columns_of_hits(words);
        let read = |name: &str, specs: &[ColumnSpec]| table::read(&tables, name, if name == "hits" { &of_hits } else { specs });
        let [documents, segments, hits, problems] = TABLES.map(|(name, specs)| read(name, specs));
        let (documents, segments, hits, problems) = (documents?, segments?, hits?, problems?);
        let manifest = Manifest::load(&folder.join("run.json"))?.of_scan(&hits);
        Ok(Scan { documents, segments, hits, problems, manifest })
    }

    /// Writes the tables and `run.json` into `folder`; `formats` are those of the tables.
    ///
    /// # Errors
    /// What the file system says; a folder that holds something else.
    pub fn write(&self, folder: &Path, formats: &[Format]) -> Result<()> {
        let staging = Staging::begin(folder)?;
        let mut manifest = self.manifest.clone();
        manifest.outputs.clear();
        for ((name, specs), frame) in TABLES.iter().zip([&self.documents, &self.segments, &self.hits, &self.problems]) {
            let mut table = TableWriter::create(&staging.path(""), name, specs, formats)?;
            table.write(frame)?;
            table.finish()?;
            manifest.outputs.extend(formats.iter().map(|f| format!("{name}.{}", f.ending())));
        }
        manifest.outputs.sort();
        manifest.outputs.push("run.json".into());
        let path = staging.path("run.json");
        create(&path)?.write_all(&manifest.to_json()?).map_err(|e| Error::io(path, e))?;
        staging.commit(&manifest.outputs, &Manifest::earlier_outputs(folder))
    }

    /// Adds the four tables to `output`, under `folder` (empty, or ending in `/`).
    ///
    /// # Errors
    /// What polars cannot write.
    pub fn add_tables(&self, output: &mut Output, folder: &str, formats: &[Format]) -> Result<()> {
        for ((name, _), frame) in TABLES.iter().zip([&self.documents, &self.segments, &self.hits, &self.problems]) {
            for format in formats {
                output.add(format!("{folder}{name}.{}", format.ending()), to_bytes(frame, *format)?);
            }
        }
        Ok(())
    }
}

/// Writes the files of `output` and the `run.json` that names them into `folder`.
///
/// # Errors
/// What the file system says; a folder that holds something else.
pub fn finish(mut output: Output, mut manifest: Manifest, folder: &Path) -> Result<()> {
    manifest.outputs = output.paths();
    manifest.outputs.push("run.json".into());
    output.add("run.json", manifest.to_json()?);
    output.write(folder, &Manifest::earlier_outputs(folder))
}

fn tables_in(folder: &Path) -> Option<std::path::PathBuf> {
    let holds = |f: &Path| TABLES.iter().all(|(name, _)| ["parquet", "csv"].iter().any(|e| f.join(format!("{name}.{e}")).is_file()));
    [folder.to_owned(), folder.join("tables")].into_iter().find(|f| holds(f))
}

/// For what reads texts again.
///
/// # Errors
/// A scan folder among the inputs, which holds tables.
pub fn refuse_scans(inputs: &[impl AsRef<Path>]) -> Result<()> {
    match inputs.iter().map(AsRef::as_ref).find(|i| Scan::is_in(i)) {
        Some(folder) => Err(Error::Usage(format!("{}: a scan folder holds tables, not texts; give the documents that were scanned", folder.display()))),
        None => Ok(()),
    }
}

fn base_name(path: &Path) -> String {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    name.or_else(|| path.canonicalize().ok()?.file_name().map(|n| n.to_string_lossy().into_owned())).unwrap_or_else(|| ".".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan_of(files: &[(&str, &str)]) -> (tempfile::TempDir, Scan) {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        let scan = Scan::of(&[dir.path()], Reading::default(), &Lexicons::load(&[""; 0], false).unwrap()).unwrap();
        (dir, scan)
    }

    fn cell(frame: &DataFrame, column: &str, row: usize) -> String {
        frame.column(column).unwrap().get(row).unwrap().str_value().to_string()
    }

    const READOUT: &str =
        "Varga Meets Tane\n\n2023-02-02\n\nVarga met Ana Tane, President of Orland.\n\nTane said, Orland supports the Belt and Road Initiative.\n";

    #[test]
    fn tables_have_the_columns_of_the_design() {
        let (_dir, scan) = scan_of(&[("a.txt", READOUT)]);
        for ((name, specs), frame) in TABLES.iter().zip([&scan.documents, &scan.segments, &scan.hits, &scan.problems]) {
            let names: Vec<&str> = frame.get_column_names().iter().map(|n| n.as_str()).collect();
            assert_eq!(names, specs.iter().map(|s| s.name).collect::<Vec<_>>(), "{name}");
        }
        assert_eq!((cell(&scan.hits, "speaker", 0).as_str(), cell(&scan.hits, "formula", 0).as_str()), ("Ana Tane", "belt-and-road"));
    }

    #[test]
    fn copies_are_marked_and_the_earlier_one_stays() {
        let later = READOUT.replace("2023-02-02", "2023-02-03");
        let (_dir, scan) = scan_of(&[("a.txt", &later), ("b.txt", READOUT), ("c.txt", "Another text.")]);
        let originals: Vec<String> = (0..3).map(|i| cell(&scan.documents, "duplicate_of", i)).collect();
        assert_eq!(originals, ["b.txt", "null", "null"]);
    }

    #[test]
    fn the_scan_of_parts_is_the_scan_of_the_whole() {
        let other = "Q: What of the Global Security Initiative?\nA: It is a public good.\n";
        let (_a, one) = scan_of(&[("a.txt", READOUT)]);
        let (_b, two) = scan_of(&[("b.txt", other)]);
        let (_c, both) = scan_of(&[("a.txt", READOUT), ("b.txt", other)]);
        assert!(one.hits.vstack(&two.hits).unwrap().equals_missing(&both.hits));
        assert!(one.segments.vstack(&two.segments).unwrap().equals_missing(&both.segments));
    }

    #[test]
    fn a_bad_file_is_a_problem_and_the_rest_is_read() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.txt"), READOUT).unwrap();
        std::fs::write(dir.path().join("b.txt"), "新华社的消息\nbad ".bytes().chain(*b"\xff byte").collect::<Vec<u8>>()).unwrap();
        std::fs::write(dir.path().join("c.txt"), "").unwrap();
        std::fs::write(dir.path().join("d.txt"), b"\0\0").unwrap();
        std::fs::write(dir.path().join("e.pdf"), "%PDF-1.4 x").unwrap();
        std::fs::write(dir.path().join("f.docx"), b"PK\x03\x04 x").unwrap();
        let scan = Scan::of(&[dir.path()], Reading::default(), &Lexicons::load(&[""; 0], false).unwrap()).unwrap();
        let kinds: Vec<String> = (0..scan.problems.height()).map(|i| cell(&scan.problems, "kind", i)).collect();
        assert_eq!(kinds, ["encoding", "empty", "binary", "format", "format"]);
        assert!(cell(&scan.problems, "message", 0).contains("line 2"));
        assert_eq!(scan.documents.height(), 2);
    }

    #[test]
    fn a_scan_reads_back_and_foreign_folders_are_left_alone() {
        let (_dir, scan) = scan_of(&[("a.txt", READOUT)]);
        let out = tempfile::tempdir().unwrap();
        for formats in [&[Format::Csv][..], &[Format::Parquet]] {
            let folder = out.path().join(format!("{}", formats.len() + usize::from(formats[0] == Format::Csv)));
            scan.write(&folder, formats).unwrap();
            let back = Scan::load(&folder).unwrap();
            assert!(back.hits.equals_missing(&scan.hits) && back.documents.equals_missing(&scan.documents) && back.segments.equals_missing(&scan.segments));
            assert_eq!((back.manifest.counts, back.manifest.inputs_hash), (scan.manifest.counts.clone(), scan.manifest.inputs_hash.clone()));
        }
        let foreign = out.path().join("foreign");
        std::fs::create_dir(&foreign).unwrap();
        std::fs::write(foreign.join("thesis.docx"), "x").unwrap();
        assert!(scan.write(&foreign, &[Format::Csv]).unwrap_err().to_string().contains("thesis.docx"));
        assert_eq!(std::fs::read_dir(&foreign).unwrap().count(), 1);
    }
}
