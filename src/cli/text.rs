//! `tifa text`: the text to which offsets refer.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::common::print;
use crate::corpus::{Document, discover, read_file};
use crate::error::{Error, Result};
use crate::people::People;
use crate::scan::Scan;

/// For plain text and Markdown in UTF-8 this is the file itself.
#[derive(Debug, Args)]
pub(super) struct TextArgs {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(args: &TextArgs) -> Result<ExitCode> {
    print(one_document(&args.file, "text")?.text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Reads the one file that a command is about.
pub(super) fn one_document(file: &Path, command: &str) -> Result<Document> {
    if Scan::is_in(file) {
        return Err(Error::Usage(format!("{}: a scan folder holds tables, not texts; give `tifa {command}` a file of the corpus", file.display())));
    }
    if file.is_dir() {
        return Err(Error::Usage(format!("{}: is a folder; give `tifa {command}` one file", file.display())));
    }
    let (entries, _) = discover(&[file])?;
    let entry = entries.first().ok_or_else(|| Error::Usage(format!("{}: no file", file.display())))?;
    read_file(entry, People::builtin()).map_err(|p| Error::Usage(format!("{}: {}", file.display(), p.message)))
}
