//! Scan folders joined to one: as if all their files had been scanned together.
//!
//! Rows are taken file by file, in the order of the files' names. The documents of a file that was dealt to several parts are put
//! back in their order. What depends on all documents is derived anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use polars::prelude::*;

use super::collect::{Collector, mark};
use super::earlier::{Earlier, Kept};
use super::folder::{Again, Written, finish};
use super::rows::Part;
use super::shard::Shard;
use super::state::{FileState, Head, Wrong, tables_stand};
use super::whole::Whole;
use super::{Manifest, Scan};
use crate::error::{Error, Result};
use crate::table::{Format, Staging};

/// So many documents of several parts are put in order at once.
const WINDOW: usize = 4096;
/// So many names are said.
const SHOWN: usize = 5;

/// The scans that are joined.
struct Parts {
    scans: Vec<Earlier>,
    rows: Vec<Kept>,
    manifests: Vec<Manifest>,
}

/// Joins the scans in `folders` and writes the whole into `out`.
///
/// # Errors
/// A folder without a scan, or with one that was made with other lexicons or by another version; documents of the same name; what
/// the file system says.
pub fn merge(folders: &[PathBuf], out: &Path, formats: &[Format]) -> Result<Written> {
    let parts = Parts::open(folders)?;
    let head = parts.head()?;
    let inputs = distinct(parts.manifests.iter().flat_map(|m| m.inputs.clone()));
    let staging = Staging::begin(out)?;
    let mut to = Collector::in_folder(&staging.path(""), staging.scratch(), formats)?;
    parts.join(&head, &mut to)?;
    let (manifest, problems) = finish(to, head, inputs, out, staging, formats)?;
    Ok(Written { manifest, problems, again: Again::First })
}

/// The documents of several scans with copies and translations found anew, as if all had been scanned together. They are in the order
/// of their ids; of copies of one day, the first is the original.
///
/// # Errors
/// A table without the columns of documents; an id that stands twice.
pub fn marked_anew(documents: &DataFrame) -> Result<DataFrame> {
    let mut documents = documents.sort(["document"], SortMultipleOptions::default().with_maintain_order(true))?;
    documents.rechunk_mut();
    let mut whole = Whole::default();
    whole.add_documents(&documents)?;
    if let Some(twice) = (1..whole.len()).find(|i| whole.id(*i) == whole.id(i - 1)) {
        return Err(Error::Usage(format!("the document {} is there twice; give every document an id of its own", whole.id(twice))));
    }
    let marked = whole.mark();
    mark(&mut documents, &whole, &marked, 0)?;
    Ok(documents)
}

impl Parts {
    fn open(folders: &[PathBuf]) -> Result<Parts> {
        let mut parts = Parts { scans: Vec::new(), rows: Vec::new(), manifests: Vec::new() };
        for folder in folders {
            let wrong = |message: String| Error::Usage(format!("{}: {message}", folder.display()));
            if !Scan::is_in(folder) {
                return Err(wrong("holds no scan; give folders that `tifa scan --out` has written".into()));
            }
            let scan = Earlier::load(folder).map_err(|e| wrong(format!("cannot be joined ({e}); scan its files again with this version")))?;
            if !tables_stand(folder, &scan.head) {
                return Err(wrong("its tables are not as they were written; scan its files again".into()));
            }
            parts.rows.push(Kept::open(&scan)?);
            parts.manifests.push(Manifest::load(&folder.join("run.json"))?);
            parts.scans.push(scan);
        }
        Ok(parts)
    }

    /// What the whole depends on. All must agree in it.
    fn head(&self) -> Result<Head> {
        let Some((first, others)) = self.scans.split_first() else { return Err(Error::Usage("which scans? give their folders".into())) };
        for other in others {
            let [a, b] = [first, other].map(|s| s.folder.display().to_string());
            let named = |difference: String| Error::Usage(format!("{a} and {b} cannot be joined: {difference}"));
            if first.head.version != other.head.version {
                return Err(named(format!("they are of versions {} and {}; scan one of them again", first.head.version, other.head.version)));
            }
            if let Some(difference) = first.head.lore.difference(&other.head.lore, [&a, &b]) {
                return Err(named(format!("{difference}; scan one of them again, with the lexicons of the other")));
            }
        }
        let heads = || self.scans.iter().map(|s| &s.head);
        let mut options = distinct(heads().flat_map(|h| h.options.clone()));
        if self.are_all_shards() {
            options.retain(|o| shard_of(o).is_none());
        }
        let build = if heads().all(|h| h.build == first.head.build) { first.head.build.clone() } else { String::new() };
        let mut problems: Vec<Wrong> = heads().flat_map(|h| h.problems.clone()).collect();
        problems.sort();
        problems.dedup();
        Ok(Head { build, options, problems, tables: Vec::new(), ..first.head.clone() })
    }

    /// Whether they are all the parts of one corpus.
    fn are_all_shards(&self) -> bool {
        let mut shards = Vec::new();
        for scan in &self.scans {
            let own: Vec<Shard> = scan.head.options.iter().filter_map(|o| shard_of(o)).collect();
            if own.is_empty() {
                return false;
            }
            shards.extend(own);
        }
        shards.sort_by_key(|s| s.part);
        shards.dedup();
        shards.iter().enumerate().all(|(i, s)| s.part == i as u64 + 1 && s.of == shards.len() as u64)
    }

    /// Gives all rows to `to`.
    fn join(mut self, head: &Head, to: &mut Collector) -> Result<()> {
        let is_whole = !head.options.iter().any(|o| shard_of(o).is_some());
        let mut files: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (s, scan) in self.scans.iter().enumerate() {
            scan.files.iter().enumerate().for_each(|(f, file)| files.entry(file.name.clone()).or_default().push((s, f)));
        }
        self.check(&files)?;
        let mut last = None;
        for places in files.values() {
            if let (Some(scan), true) = (last, places.len() > 1 || last != places.first().map(|p| p.0)) {
                let kept: &mut Kept = &mut self.rows[scan];
                kept.flush(to)?;
            }
            last = places.first().map(|p| p.0);
            let state = match places.as_slice() {
                [(s, f)] => {
                    self.rows[*s].give(*f, to)?;
                    self.scans[*s].files[*f].clone()
                }
                several => self.interleave(several, to)?,
            };
            let records = if is_whole { Vec::new() } else { state.records };
            to.files.push(FileState { records, ..state });
        }
        self.rows.iter_mut().try_for_each(|kept| kept.flush(to))
    }

    /// Refuses files that are in several scans, unless they were dealt to them.
    fn check(&self, files: &BTreeMap<String, Vec<(usize, usize)>>) -> Result<()> {
        let file = |&(s, f): &(usize, usize)| &self.scans[s].files[f];
        let clashes = |places: &[(usize, usize)]| {
            let mut numbers: Vec<usize> = places.iter().flat_map(|p| file(p).records.iter().map(|r| r[0])).collect();
            let all = numbers.len();
            numbers.sort_unstable();
            numbers.dedup();
            let hashes = distinct(places.iter().map(|p| file(p).hash.clone()));
            numbers.len() < all || hashes.len() > 1 || places.iter().any(|p| file(p).documents != file(p).records.len())
        };
        let both: Vec<(&str, &Vec<(usize, usize)>)> = files.iter().filter(|(_, p)| p.len() > 1 && clashes(p)).map(|(n, p)| (n.as_str(), p)).collect();
        let Some((_, places)) = both.first() else { return Ok(()) };
        let names: Vec<String> = both.iter().take(SHOWN).map(|(name, _)| format!("`{name}`")).collect();
        let more = if both.len() > SHOWN { format!(" and {} more", both.len() - SHOWN) } else { String::new() };
        let folders: Vec<String> = places.iter().map(|(s, _)| self.scans[*s].folder.display().to_string()).collect();
        let message = "their documents would have the same ids; scan those files together, from a folder above";
        Err(Error::Usage(format!("{} all have {}{more}: {message}", folders.join(", "), names.join(", "))))
    }

    /// Gives the documents of a file that was dealt to several scans.
    fn interleave(&mut self, places: &[(usize, usize)], to: &mut Collector) -> Result<FileState> {
        let mut records: Vec<([usize; 3], usize)> = Vec::new();
        let mut state: Option<FileState> = None;
        for &(s, f) in places {
            self.rows[s].flush(to)?;
            self.rows[s].pass_to(f)?;
            let file = &self.scans[s].files[f];
            records.extend(file.records.iter().map(|r| (*r, s)));
            state = Some(state.map_or_else(|| file.clone(), |state| together(state, file)));
        }
        records.sort_unstable();
        for window in records.chunks(WINDOW) {
            to.part(&self.window(window)?)?;
        }
        Ok(FileState { records: records.into_iter().map(|(r, _)| r).collect(), ..state.unwrap_or_default() })
    }

    /// The rows of some documents, each from its scan.
    fn window(&mut self, records: &[([usize; 3], usize)]) -> Result<Part> {
        let mut of_scan: BTreeMap<usize, [usize; 3]> = BTreeMap::new();
        for ([_, segments, hits], scan) in records {
            let n = of_scan.entry(*scan).or_default();
            *n = [n[0] + 1, n[1] + segments, n[2] + hits];
        }
        let mut all: Option<Part> = None;
        let (mut next, mut sum) = (BTreeMap::new(), [0; 3]);
        for (&scan, &n) in &of_scan {
            let rows = self.rows[scan].next(n)?;
            next.insert(scan, sum);
            sum = [sum[0] + n[0], sum[1] + n[1], sum[2] + n[2]];
            match &mut all {
                None => all = Some(rows),
                Some(all) => {
                    all.documents.vstack_mut(&rows.documents)?;
                    all.segments.vstack_mut(&rows.segments)?;
                    all.hits.vstack_mut(&rows.hits)?;
                }
            }
        }
        let mut order: [Vec<IdxSize>; 3] = Default::default();
        for ([_, segments, hits], scan) in records {
            let at = next.entry(*scan).or_default();
            for (table, n) in [1, *segments, *hits].into_iter().enumerate() {
                order[table].extend((at[table]..at[table] + n).filter_map(|row| IdxSize::try_from(row).ok()));
                at[table] += n;
            }
        }
        let Some(all) = all else { return Err(Error::Usage("no documents to join".into())) };
        let [documents, segments, hits] = order.map(|rows| IdxCa::from_vec(PlSmallStr::EMPTY, rows));
        Ok(Part { documents: all.documents.take(&documents)?, segments: all.segments.take(&segments)?, hits: all.hits.take(&hits)? })
    }
}

/// What two scans know of one file.
fn together(a: FileState, b: &FileState) -> FileState {
    let mut problems = [a.problems, b.problems.clone()].concat();
    problems.sort();
    problems.dedup();
    FileState {
        problems,
        documents: a.documents + b.documents,
        segments: a.segments + b.segments,
        hits: a.hits + b.hits,
        corrections: a.corrections + b.corrections,
        ..a
    }
}

/// The part that an option names.
fn shard_of(option: &str) -> Option<Shard> {
    option.strip_prefix("shard=")?.parse().ok()
}

/// Each once, as they come.
fn distinct(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    values.for_each(|v| {
        if !all.contains(&v) {
            all.push(v);
        }
    });
    all
}
