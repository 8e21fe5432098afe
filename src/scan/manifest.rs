//! What a scan was made from: `run.json`. It holds no time of day, thread count or absolute path.

use std::collections::HashSet;
use std::path::Path;

use polars::prelude::DataFrame;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::lexicon::Lexicons;

/// What was read, with what, and how much was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The program's name and version.
    pub program: String,
    /// See `program`.
    pub version: String,
    /// The lexicons used.
    pub lexicons: Vec<LexiconInfo>,
    /// The inputs, by the last part of their paths.
    pub inputs: Vec<String>,
    /// How many files they hold.
    pub files: usize,
    /// SHA-256 over the names and contents of the files.
    pub inputs_hash: String,
    /// Options that change the result, as `name=value`.
    pub options: Vec<String>,
    /// How many rows the tables have.
    pub counts: Counts,
    /// The files written, relative to the folder: what the next run into it takes away.
    #[serde(default)]
    pub outputs: Vec<String>,
}

/// A lexicon used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LexiconInfo {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its file.
    pub hash: String,
    /// How many formulas it holds.
    pub formulas: usize,
}

/// Rows of the tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Documents read.
    pub documents: usize,
    /// Of them, copies of another.
    pub duplicates: usize,
    /// Documents of an event that another one tells of in another language, and before it.
    #[serde(default)]
    pub translations: usize,
    /// Segments.
    pub segments: usize,
    /// Hits, in all voices, nested ones too.
    pub hits: usize,
    /// Of them, those in copies of other documents.
    #[serde(default)]
    pub hits_in_duplicates: usize,
    /// Problems.
    pub problems: usize,
    /// Corrections applied.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub corrections: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// How many hits are in copies.
fn in_duplicates(documents: &DataFrame, hits: &DataFrame) -> Option<usize> {
    let (ids, originals) = (documents.column("document").ok()?.str().ok()?, documents.column("duplicate_of").ok()?.str().ok()?);
    let copies: HashSet<&str> = ids.iter().zip(originals.iter()).filter(|(_, o)| o.is_some()).filter_map(|(id, _)| id).collect();
    Some(hits.column("document").ok()?.str().ok()?.iter().flatten().filter(|d| copies.contains(d)).count())
}

impl Manifest {
    pub(super) fn new(inputs: Vec<String>, files: usize, inputs_hash: String, options: Vec<String>, lexicons: &Lexicons) -> Self {
        let info =
            |l: &crate::lexicon::Lexicon| LexiconInfo { name: l.name.clone(), version: l.version.clone(), hash: l.hash.clone(), formulas: l.formulas.len() };
        Manifest {
            program: env!("CARGO_PKG_NAME").into(),
            version: env!("CARGO_PKG_VERSION").into(),
            lexicons: lexicons.lexicons().iter().map(info).collect(),
            inputs,
            files,
            inputs_hash,
            options,
            counts: Counts::default(),
            outputs: Vec::new(),
        }
    }

    pub(super) fn count(&mut self, documents: &DataFrame, segments: &DataFrame, hits: &DataFrame, problems: &DataFrame) {
        let marked = |name: &str| documents.column(name).map_or(0, |c| c.len() - c.null_count());
        let (duplicates, translations) = (marked("duplicate_of"), marked("translation_of"));
        let hits_in_duplicates = in_duplicates(documents, hits).unwrap_or(0);
        self.counts = Counts {
            documents: documents.height(),
            duplicates,
            translations,
            segments: segments.height(),
            hits: hits.height(),
            hits_in_duplicates,
            problems: problems.height(),
            corrections: self.counts.corrections,
        };
    }

    /// Reads `run.json`.
    ///
    /// # Errors
    /// It cannot be read, or is not one of tifa's.
    pub fn load(path: &Path) -> Result<Manifest> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        serde_json::from_str(&text).map_err(|e| Error::Data {
            file: path.display().to_string(),
            line: e.line(),
            message: format!("{e}; scan the corpus again"),
        })
    }

    /// The files that an earlier run has written into `folder`.
    pub fn earlier_outputs(folder: &Path) -> Vec<String> {
        Manifest::load(&folder.join("run.json")).map_or_else(|_| Vec::new(), |m| m.outputs)
    }

    /// The text of `run.json`.
    ///
    /// # Errors
    /// None that is known: it is all text and numbers.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        let mut text = serde_json::to_vec_pretty(self).map_err(|e| Error::Usage(e.to_string()))?;
        text.push(b'\n');
        Ok(text)
    }
}
