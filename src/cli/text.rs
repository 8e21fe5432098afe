//! `tifa text`: the text to which offsets refer.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::common::ReadingArgs;
use super::output::print;
use crate::corpus::{Contents, Corpus, Document, ReadingSpec, STDIN};
use crate::error::{Error, Result};
use crate::people::People;
use crate::scan::Scan;

/// So many records are named where one is missed.
const SHOWN_RECORDS: usize = 8;

/// A file, and which of its documents.
#[derive(Debug, Args)]
pub(super) struct OneFile {
    /// The file; with #RECORD, one of the documents in it, as in the column `document`.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// For plain text and Markdown in UTF-8 this is the file itself. Of a file with several documents, name one: FILE#RECORD.
#[derive(Debug, Args)]
pub(super) struct TextArgs {
    #[command(flatten)]
    file: OneFile,
}

pub(super) fn run(args: &TextArgs) -> Result<ExitCode> {
    // Offsets into the parts of a split file are those of the whole.
    let whole = ReadingSpec { split: None, ..args.file.reading.spec() };
    let (contents, record) = args.file.contents("text", whole, args.file.reading.spec().split.is_some())?;
    print(args.file.document(&contents, record.as_deref())?.text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

impl OneFile {
    /// Reads the file that a command is about; the record, where one is named. With `split`, a record is a part of the whole.
    pub fn contents(&self, command: &str, reading: ReadingSpec, split: bool) -> Result<(Contents, Option<String>)> {
        let shown = self.file.to_string_lossy().into_owned();
        let (file, record) = match shown.split_once('#') {
            Some((file, record)) if !self.file.exists() => (PathBuf::from(file), Some(record.to_owned())),
            _ => (self.file.clone(), None),
        };
        if Scan::is_in(&file) {
            return Err(Error::Usage(format!("{}: a scan folder holds tables, not texts; give `tifa {command}` a file of the corpus", file.display())));
        }
        if file.is_dir() {
            return Err(Error::Usage(format!("{}: is a folder; give `tifa {command}` one file", file.display())));
        }
        let (corpus, _) = Corpus::open(&[&file], reading.reading()?)?;
        let entry = corpus.entries().first().ok_or_else(|| Error::Usage(format!("{}: speaks of other files; give one of them", file.display())))?;
        let contents = corpus.read(entry, People::builtin());
        if contents.documents.is_empty() {
            let why: Vec<String> = contents.problems.iter().map(|p| format!("{}: {}", file.display(), p.message)).collect();
            return Err(Error::Usage(why.join("\n")));
        }
        // Of a file that is split, the last part of the record is that of the split.
        let record = if split { record.and_then(|r| r.rsplit_once('#').map(|(r, _)| r.to_owned())) } else { record };
        Ok((contents, record))
    }

    /// The document meant.
    pub fn document<'a>(&self, contents: &'a Contents, record: Option<&str>) -> Result<&'a Document> {
        let shown = || contents.documents.iter().take(SHOWN_RECORDS).map(|d| d.record.as_str()).collect::<Vec<_>>().join(", ");
        let more = if contents.documents.len() > SHOWN_RECORDS { " …" } else { "" };
        let records = || format!("{}{more}", shown());
        let name = if self.file == Path::new(STDIN) { STDIN.into() } else { self.file.display().to_string() };
        match (record, contents.documents.as_slice()) {
            (None, [only]) => Ok(only),
            (None, all) => {
                let first = all.first().map_or("1", |d| d.record.as_str());
                Err(Error::Usage(format!("{name}: holds {} documents ({}); name one, as in {name}#{first}", all.len(), records())))
            }
            (Some(record), [only]) if only.record.is_empty() => Err(Error::Usage(format!("{name}: the file is one document; leave out #{record}"))),
            (Some(record), all) => {
                let found = all.iter().find(|d| d.record == record);
                found.ok_or_else(|| Error::Usage(format!("{name}: no such record; there are {} ({})", all.len(), records())))
            }
        }
    }
}
