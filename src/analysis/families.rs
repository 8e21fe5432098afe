//! Which hits count under which formula: nested ones, and species under the formula of which they are one.
//!
//! By default a hit inside a longer one is not counted, and a formula counts for itself alone. Whatever is asked, no stretch of
//! text counts twice under one id: of overlapping hits the leftmost counts, and the longest of those.

use std::cmp::Reverse;
use std::collections::HashMap;

use polars::prelude::*;

use super::filter::Filter;
use crate::error::{Error, Result};
use crate::scan::Scan;
use crate::table::{numbers, text_column, texts};

/// What becomes of a hit inside a longer one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Nested {
    /// It is not counted.
    #[default]
    Outer,
    /// It is counted too.
    All,
}

/// A hit under an id.
struct Entry {
    row: usize,
    start: u64,
    end: u64,
}

/// The hits of `scan` that count, whatever else `filter` says; those of the formulas and themes it names, if it names any.
/// With `by_formula` a hit stands under each formula for which it counts, otherwise once. The theme is the hit's own.
///
/// # Errors
/// A table of another shape; a scan that does not say which formulas are species of others.
pub(super) fn counted(scan: &Scan, filter: &Filter, by_formula: bool) -> Result<DataFrame> {
    let hits = &scan.hits;
    let ids = texts(hits, "formula")?;
    let within = hits.column("within")?.is_null();
    let themes = texts(hits, "theme")?;
    let themed = |row: usize| filter.themes.is_empty() || themes[row].split('|').any(|t| filter.themes.iter().any(|w| w == t));
    let counts = |row: usize| (filter.nested == Nested::All || within.get(row) == Some(true)) && themed(row);
    let wanted = |id: &str| filter.formulas.is_empty() || filter.formulas.iter().any(|f| f == id);
    if !filter.roll_up {
        let keep = ids.iter().enumerate().map(|(row, id)| wanted(id) && counts(row));
        return Ok(hits.filter(&BooleanChunked::from_iter_values("keep".into(), keep))?);
    }
    let families = scan.manifest.families.as_ref();
    let families =
        families.ok_or_else(|| Error::Usage("--roll-up: the scan does not say which formulas are species of others; scan the corpus again".into()))?;
    let mut over: HashMap<&str, Vec<&str>> = HashMap::new();
    // A table that neither names nor lists formulas counts each hit once, with and without their parents.
    for (parent, family) in families.iter().filter(|_| by_formula || !filter.formulas.is_empty()) {
        family.species.iter().for_each(|s| over.entry(s).or_default().push(parent));
    }
    let (documents, starts, ends) = (texts(hits, "document")?, numbers(hits, "start")?, numbers(hits, "end")?);
    let mut cells: HashMap<(&str, &str), Vec<Entry>> = HashMap::new();
    for (row, id) in ids.iter().enumerate().filter(|(row, _)| counts(*row)) {
        let targets = over.get(id.as_str()).into_iter().flatten().copied().chain([id.as_str()]);
        for target in targets.filter(|t| wanted(t)) {
            cells.entry((&documents[row], target)).or_default().push(Entry { row, start: starts[row], end: ends[row] });
        }
    }
    let mut kept: Vec<(usize, &str)> = Vec::new();
    for ((_, target), mut entries) in cells {
        entries.sort_by_key(|e| (e.start, Reverse(e.end), e.row));
        let mut free = 0;
        for entry in entries.iter().filter(|e| e.end > e.start) {
            if entry.start >= free {
                free = entry.end;
                kept.push((entry.row, target));
            }
        }
    }
    kept.sort_unstable();
    if !by_formula {
        kept.dedup_by_key(|(row, _)| *row);
    }
    let rows = IdxCa::from_vec("row".into(), kept.iter().map(|(row, _)| *row as IdxSize).collect());
    let mut frame = hits.take(&rows)?;
    if by_formula {
        let labels = texts(&frame, "label")?;
        let parent = |(row, target): &(usize, &str)| families.get(*target).filter(|_| ids[*row] != *target);
        let labels = kept.iter().zip(&labels).map(|(at, own)| parent(at).map_or(own.as_str(), |family| &family.label));
        frame.with_column(text_column("label", labels))?;
        frame.with_column(text_column("formula", kept.iter().map(|(_, target)| *target)))?;
    }
    Ok(frame)
}
