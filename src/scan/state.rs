//! What a scan folder keeps for the next run into it, and for joining it with others: `state.jsonl`. Its first line says what
//! everything depends on; each other line is a file, with how many rows it has in the tables.

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::manifest::Lore;
use crate::corpus::Problem;
use crate::error::{Error, Result};
use crate::table::create;
use crate::text::hex;

/// Its name.
pub(super) const STATE: &str = "state.jsonl";

/// What everything in the folder depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    pub program: String,
    pub version: String,
    /// Tells builds of the program apart; empty where scans of several were joined.
    pub build: String,
    pub options: Vec<String>,
    #[serde(flatten)]
    pub lore: Lore,
    /// What is wrong with no single file.
    pub problems: Vec<Wrong>,
    /// The tables and their sizes in bytes.
    pub tables: Vec<(String, u64)>,
}

/// A file of the corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileState {
    pub name: String,
    pub size: u64,
    /// When it was last changed, in nanoseconds; 0 if that is not known.
    pub modified: u64,
    /// SHA-256; empty if it could not be read.
    pub hash: String,
    /// Hash of what metadata files say of it; empty if they say nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
    pub documents: usize,
    pub segments: usize,
    pub hits: usize,
    #[serde(default, skip_serializing_if = "super::manifest::is_zero")]
    pub corrections: usize,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Wrong>,
    /// Of a file of which only some documents are here: for each its number in the file, and how many segments and hits it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<[usize; 3]>,
}

/// A problem, as it stands in the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Wrong {
    pub path: String,
    pub record: String,
    pub kind: String,
    pub message: String,
}

impl From<Problem> for Wrong {
    fn from(p: Problem) -> Wrong {
        Wrong { path: p.path, record: p.record, kind: p.kind.to_owned(), message: p.message }
    }
}

impl Head {
    /// That of this program.
    pub fn of(options: Vec<String>, lore: Lore) -> Head {
        let program = env!("CARGO_PKG_NAME").to_owned();
        Head { program, version: env!("CARGO_PKG_VERSION").into(), build: build(), options, lore, problems: Vec::new(), tables: Vec::new() }
    }

    /// What is not as in `other`, so that nothing of it can be kept.
    pub fn difference(&self, other: &Head) -> Option<String> {
        if (&self.program, &self.version) != (&other.program, &other.version) {
            return Some(format!("it was scanned by {} {}", other.program, other.version));
        }
        if self.build != other.build {
            return Some("it was scanned by another build of the program".into());
        }
        if self.options != other.options {
            let list = |options: &[String]| if options.is_empty() { "none".to_owned() } else { options.join(", ") };
            return Some(format!("the options have changed ({}, before: {})", list(&self.options), list(&other.options)));
        }
        self.lore.difference(&other.lore, ["this run", "the earlier one"])
    }
}

/// Tells this build of the program from others: hash of the size and age of its file.
fn build() -> String {
    let of = |path: &Path| Some(format!("{:?}", stat(path)?));
    let own = std::env::current_exe().ok().and_then(|path| of(&path)).unwrap_or_default();
    hex(&Sha256::digest(own.as_bytes())[..8])
}

/// The size of a file, and when it was last changed.
pub(super) fn stat(path: &Path) -> Option<(u64, u64)> {
    let metadata = std::fs::metadata(path).ok()?;
    let since = metadata.modified().ok().and_then(|m| m.duration_since(UNIX_EPOCH).ok());
    Some((metadata.len(), since.and_then(|d| u64::try_from(d.as_nanos()).ok()).unwrap_or(0)))
}

/// Writes the state to `path`.
///
/// # Errors
/// What the file system says.
pub(super) fn write(path: &Path, head: &Head, files: &[FileState]) -> Result<()> {
    let fail = |e| Error::io(path, e);
    let mut out = BufWriter::new(create(path)?);
    let line = |out: &mut BufWriter<std::fs::File>, text: serde_json::Result<Vec<u8>>| -> std::io::Result<()> {
        out.write_all(&text?)?;
        out.write_all(b"\n")
    };
    line(&mut out, serde_json::to_vec(head)).map_err(fail)?;
    for file in files {
        line(&mut out, serde_json::to_vec(file)).map_err(fail)?;
    }
    out.flush().map_err(fail)
}

/// Reads the state in `folder`.
///
/// # Errors
/// There is none, or it cannot be understood.
pub(super) fn read(folder: &Path) -> Result<(Head, Vec<FileState>)> {
    let path = folder.join(STATE);
    let file = std::fs::File::open(&path).map_err(|e| Error::io(&path, e))?;
    let mut lines = BufReader::new(file).lines().enumerate().map(|(n, line)| Ok((n + 1, line.map_err(|e| Error::io(&path, e))?)));
    let wrong = |n: usize, e: &serde_json::Error| Error::Data { file: path.display().to_string(), line: n, message: format!("{e}; scan the corpus again") };
    let (n, first) = lines.next().unwrap_or_else(|| Ok((1, String::new())))?;
    let head = serde_json::from_str(&first).map_err(|e| wrong(n, &e))?;
    let files = lines.map(|line| line.and_then(|(n, text)| serde_json::from_str(&text).map_err(|e| wrong(n, &e)))).collect::<Result<_>>()?;
    Ok((head, files))
}

/// Whether the tables in `folder` are those that were written with this state.
pub(super) fn tables_stand(folder: &Path, head: &Head) -> bool {
    head.tables.iter().all(|(name, size)| stat(&folder.join(name)).is_some_and(|(now, _)| now == *size))
}
