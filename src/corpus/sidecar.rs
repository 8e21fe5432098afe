//! What a researcher knows about his files: a `metadata.csv` (or .tsv, .xlsx, .jsonl) in a folder speaks of the files in it
//! and below it, a row a file: its path, and any of date, title, speaker, source, language, url.

use std::collections::{BTreeMap, HashMap, HashSet, btree_map};
use std::path::{Component, Path, PathBuf};

use super::discover::Entry;
use super::document::Problem;
use super::layout::Layout;
use super::member::tables;
use super::raw::{Field, Meta};
use super::tabular::Table;
use crate::text::letters;

/// Names of metadata files.
const NAMES: [&str; 4] = ["metadata.csv", "metadata.tsv", "metadata.xlsx", "metadata.jsonl"];

/// A larger table is no metadata file.
const LARGEST: u64 = 256 << 20;

/// What metadata files say, by file and record.
#[derive(Debug, Default)]
pub(super) struct Sidecars {
    rows: HashMap<PathBuf, Said>,
}

/// What is said of a file, by its records; what is said of all of it, by no name.
pub(super) type Said = BTreeMap<String, Meta>;

impl Sidecars {
    /// Reads the metadata files among `entries`, and takes them out. Rows without a file and files without a row are problems.
    pub fn load(entries: &mut Vec<Entry>, problems: &mut Vec<Problem>) -> Self {
        let mut sidecars = Sidecars::default();
        let is_sidecar = |e: &Entry| e.path.file_name().is_some_and(|n| NAMES.contains(&n.to_string_lossy().to_lowercase().as_str()));
        let (candidates, rest): (Vec<Entry>, Vec<Entry>) = std::mem::take(entries).into_iter().partition(is_sidecar);
        *entries = rest;
        let mut folders: HashSet<PathBuf> = HashSet::new();
        for entry in candidates {
            match read(&entry.path) {
                Some(rows) => {
                    folders.insert(folder_of(&entry.path));
                    sidecars.take(&entry, rows, entries, problems);
                }
                // It is a table of something else.
                None => entries.push(entry),
            }
        }
        entries.sort();
        let mut looked: HashSet<PathBuf> = HashSet::new();
        for entry in entries.iter() {
            let path = plain(&entry.path);
            let spoken_of = path.ancestors().skip(1).any(|f| folders.contains(f));
            if spoken_of && !sidecars.rows.contains_key(&path) {
                problems.push(Problem::new(&entry.name, "metadata", "has no row in the metadata file of its folder"));
            }
            // A file given by itself has the metadata of its folder as well.
            let folder = folder_of(&entry.path);
            if !spoken_of
                && looked.insert(folder.clone())
                && let Some(rows) = NAMES.iter().find_map(|n| read(&folder.join(n)))
            {
                for (path, record, meta) in rows {
                    sidecars.rows.entry(plain(&folder.join(path))).or_default().insert(record, meta);
                }
            }
        }
        sidecars
    }

    fn take(&mut self, sidecar: &Entry, rows: Vec<(String, String, Meta)>, entries: &[Entry], problems: &mut Vec<Problem>) {
        let folder = folder_of(&sidecar.path);
        let below: Vec<PathBuf> = entries.iter().map(|e| plain(&e.path)).filter(|p| p.starts_with(&folder)).collect();
        for (i, (path, record, meta)) in rows.into_iter().enumerate() {
            let mut wrong = |what: &str| problems.push(Problem::of(&sidecar.name, &(i + 1).to_string(), "metadata", format!("`{path}`: {what}")));
            if path.is_empty() {
                wrong("the row names no file");
                continue;
            }
            let exact = plain(&folder.join(&path));
            // A name without its folder will do where there is one such file.
            let named: Vec<&PathBuf> = below.iter().filter(|p| **p == exact).chain(below.iter().filter(|p| **p != exact && p.ends_with(&path))).collect();
            match named.as_slice() {
                [first, ..] if **first == exact => {}
                [_only] => {}
                list => {
                    let what = if list.is_empty() { "there is no such file" } else { "there are several such files; name the folder too" };
                    wrong(what);
                    continue;
                }
            }
            match self.rows.entry(named[0].clone()).or_default().entry(record) {
                btree_map::Entry::Occupied(_) => wrong("an earlier row speaks of it; this one is passed over"),
                btree_map::Entry::Vacant(free) => {
                    free.insert(meta);
                }
            }
        }
    }

    /// What is said of a file and its records, in one text; empty if nothing is.
    pub fn all_of(&self, path: &Path) -> String {
        self.of(path).map_or_else(String::new, |said| format!("{said:?}"))
    }

    /// What is said of the records of a file.
    pub fn of(&self, path: &Path) -> Option<&Said> {
        if self.rows.is_empty() { None } else { self.rows.get(&plain(path)) }
    }
}

/// What is said of a record of a file, and of the file as a whole.
pub(super) fn said_of(record: &str, said: Option<&Said>) -> Meta {
    let mut meta = Meta::default();
    for key in [record, ""] {
        if let Some(said) = said.and_then(|said| said.get(key)) {
            meta.add(said);
        }
    }
    meta
}

/// The rows of a metadata file: path, record, and what is said; `None` if it is none.
fn read(path: &Path) -> Option<Vec<(String, String, Meta)>> {
    // To open a pipe waits for somebody to write into it.
    std::fs::metadata(path).ok().filter(|found| found.is_file() && found.len() <= LARGEST)?;
    let bytes = std::fs::read(path).ok()?;
    let (_, table) = tables(&path.file_name()?.to_string_lossy(), bytes).ok()?.into_iter().next()?;
    let columns = columns(&table);
    let paths = *columns.get(&Field::Path)?;
    let mut rows = Vec::new();
    for row in &table.rows {
        let cell = |column: usize| row.cell(column);
        let mut meta = Meta::default();
        for (field, column) in columns.iter().filter(|(f, _)| **f != Field::Path) {
            meta.say(*field, cell(*column), "metadata file");
        }
        let name = cell(paths).trim().replace('\\', "/");
        let (name, record) = name.split_once('#').map_or((name.clone(), String::new()), |(n, r)| (n.to_owned(), r.to_owned()));
        rows.push((name.trim_start_matches("./").to_owned(), record, meta));
    }
    Some(rows)
}

fn columns(table: &Table) -> BTreeMap<Field, usize> {
    let keys: Vec<String> = table.columns.iter().map(|c| letters(c)).collect();
    let named = Layout::builtin().columns.iter().filter(|(f, _)| **f != Field::Text);
    named.filter_map(|(field, names)| Some((*field, names.iter().find_map(|n| keys.iter().position(|k| k == n))?))).collect()
}

fn folder_of(path: &Path) -> PathBuf {
    plain(path).parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// A path without `.` and `..`, as far as that can be told from its words.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}
