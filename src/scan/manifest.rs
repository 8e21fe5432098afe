//! What a scan was made from: `run.json`. It holds no time of day, thread count or absolute path.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use polars::prelude::DataFrame;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::state::{FileState, Wrong};
use super::whole::{Marked, Whole};
use crate::error::{Error, Result};
use crate::lexicon::{Formula, Lexicons};
use crate::people::People;
use crate::text::{Language, hex};

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
    /// The study of a report, from which it can be repeated; none in scans and in the reports of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub study: Option<serde_json::Value>,
    /// How many rows the tables have.
    pub counts: Counts,
    /// The formulas of which others that occur are species, by id; none in the scans of earlier versions.
    #[serde(default)]
    pub families: Option<BTreeMap<String, Family>>,
    /// The formulas that occur and whose originator's side is known, by id; none in the scans of earlier versions.
    #[serde(default)]
    pub origins: Option<BTreeMap<String, Origin>>,
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

/// A formula with its species.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// What tables call the formula.
    pub label: String,
    /// Those of its species, of theirs, and so on, that occur.
    pub species: Vec<String>,
}

/// Where a formula comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The side of its originator; several joined by `|`.
    pub side: String,
    /// Its first documented use, as the lexicon has it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub first_use: String,
}

/// The origins of the formulas of `lexicons`.
fn origins(lexicons: &Lexicons) -> BTreeMap<String, Origin> {
    let people = People::builtin();
    let origin = |formula: &Formula| {
        let side = if formula.side.is_empty() { people.person(&formula.originator)?.side.clone() } else { formula.side.clone() };
        let first_use = formula.first_use.as_ref().map_or_else(String::new, |f| f.date.clone());
        (!side.is_empty()).then(|| (formula.id.clone(), Origin { side, first_use }))
    };
    lexicons.formulas().filter_map(origin).collect()
}

/// The families of `lexicons`.
fn families(lexicons: &Lexicons) -> BTreeMap<String, Family> {
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    for formula in lexicons.formulas() {
        for parent in lexicons.ancestors(&formula.id).into_iter().filter_map(|id| lexicons.formula(id)) {
            let family = families.entry(parent.id.clone()).or_insert_with(|| Family { label: parent.label_in(Language::En).to_owned(), species: Vec::new() });
            family.species.push(formula.id.clone());
        }
    }
    families
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
    /// Formulas that occur.
    #[serde(default)]
    pub formulas: usize,
    /// Problems.
    pub problems: usize,
    /// Corrections applied.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub corrections: usize,
}

impl Counts {
    pub(super) fn of(whole: &Whole, marked: &Marked, segments: usize, hits: usize, problems: &[Wrong], files: &[FileState]) -> Counts {
        Counts {
            documents: whole.len(),
            duplicates: marked.copies.iter().flatten().count(),
            translations: marked.translations.iter().flatten().count(),
            segments,
            hits,
            hits_in_duplicates: whole.hits(|i| marked.copies[i].is_some()),
            formulas: whole.formulas.len(),
            problems: problems.len(),
            corrections: files.iter().map(|f| f.corrections).sum(),
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
pub(super) fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// The formulas that occur.
fn formulas_in(hits: &DataFrame) -> HashSet<&str> {
    hits.column("formula").ok().and_then(|c| c.str().ok()).into_iter().flat_map(|c| c.iter().flatten()).collect()
}

/// What a scan knows from its lexicons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lore {
    pub lexicons: Vec<LexiconInfo>,
    pub families: BTreeMap<String, Family>,
    pub origins: BTreeMap<String, Origin>,
}

impl Lore {
    pub fn of(lexicons: &Lexicons) -> Lore {
        let info =
            |l: &crate::lexicon::Lexicon| LexiconInfo { name: l.name.clone(), version: l.version.clone(), hash: l.hash.clone(), formulas: l.formulas.len() };
        Lore { lexicons: lexicons.lexicons().iter().map(info).collect(), families: families(lexicons), origins: origins(lexicons) }
    }

    /// What is not as in `other`; the two are called so.
    pub fn difference(&self, other: &Lore, called: [&str; 2]) -> Option<String> {
        let hash = |lore: &Lore, name: &str| lore.lexicons.iter().find(|l| l.name == name).map(|l| l.hash.clone());
        for name in self.lexicons.iter().chain(&other.lexicons).map(|l| l.name.as_str()) {
            let only = match (hash(self, name), hash(other, name)) {
                (a, b) if a == b => continue,
                (Some(_), Some(_)) => return Some(format!("the lexicon {name} is not the same")),
                (a, _) => called[usize::from(a.is_none())],
            };
            return Some(format!("only {only} has the lexicon {name}"));
        }
        let what = match self {
            _ if self.lexicons != other.lexicons => "the order of the lexicons is",
            _ if self.families != other.families => "the families of formulas are",
            _ if self.origins != other.origins => "the origins of formulas are",
            _ => return None,
        };
        Some(format!("{what} not the same"))
    }
}

impl Manifest {
    pub(super) fn new(inputs: Vec<String>, files: &[FileState], options: Vec<String>, lore: Lore) -> Self {
        let mut hash = Sha256::new();
        files.iter().for_each(|f| hash.update(format!("{}\t{}\n", f.name, f.hash)));
        Manifest {
            program: env!("CARGO_PKG_NAME").into(),
            version: env!("CARGO_PKG_VERSION").into(),
            lexicons: lore.lexicons,
            inputs,
            files: files.len(),
            inputs_hash: hex(&hash.finalize()),
            options,
            study: None,
            counts: Counts::default(),
            families: Some(lore.families),
            origins: Some(lore.origins),
            outputs: Vec::new(),
        }
    }

    /// Takes the counts, and keeps of families and origins what occurs.
    pub(super) fn count(&mut self, counts: Counts, found: &HashSet<String>) {
        self.counts = counts;
        let families = self.families.get_or_insert_default();
        families.values_mut().for_each(|family| family.species.retain(|s| found.contains(s.as_str())));
        families.retain(|_, family| !family.species.is_empty());
        // A formula that stands nowhere itself may count through its species.
        self.origins.get_or_insert_default().retain(|id, _| found.contains(id.as_str()) || families.contains_key(id));
    }

    /// What holds of the scan with these `hits` alone, and not of a report on it.
    pub(super) fn of_scan(self, hits: &DataFrame) -> Manifest {
        // Earlier versions have not counted formulas.
        let counts = Counts { formulas: formulas_in(hits).len(), ..self.counts };
        Manifest { study: None, counts, ..self }
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
