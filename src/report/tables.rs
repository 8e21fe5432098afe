//! The tables of a report: each made when it is first asked for, under the name that `docs/columns.md` explains.

use std::cell::RefCell;
use std::collections::BTreeMap;

use polars::prelude::DataFrame;

use super::Settings;
use crate::analysis::{Cooccurrence, Dimension, Trends, Within, adopt, compare, count, disperse, distances, echo, evidence, profiles, renderings};
use crate::discover::{Discovery, candidates};
use crate::error::{Error, Result};
use crate::scan::Scan;

/// A pair of formulas is listed if it is together in at least so many units.
const LEAST_TOGETHER: usize = 2;

/// The files in `tables/` beside those of the scan, except for comparisons.
pub(super) const FILES: [&str; 15] = [
    "counts_by_date",
    "counts_by_speaker",
    "counts_by_date_and_speaker",
    "counts_by_theme",
    "counts_by_formula",
    "series",
    "trend",
    "changes",
    "renderings",
    "profiles",
    "distances",
    "dispersion",
    "cooccurrence",
    "adoption",
    "echo",
];

/// The table that is there where candidates were looked for.
const CANDIDATES: &str = "candidates";

/// The tables of a scan with certain settings.
pub(super) struct Tables<'a> {
    scan: &'a Scan,
    settings: &'a Settings,
    pub period: Dimension,
    found: Option<&'a Discovery>,
    made: RefCell<BTreeMap<String, DataFrame>>,
    trends: RefCell<Option<Trends>>,
    left_out: RefCell<Vec<(usize, &'static str)>>,
}

impl<'a> Tables<'a> {
    pub fn new(scan: &'a Scan, period: Dimension, settings: &'a Settings, found: Option<&'a Discovery>) -> Self {
        Tables { scan, settings, period, found, made: RefCell::default(), trends: RefCell::default(), left_out: RefCell::default() }
    }

    /// The names of all that become files, in order.
    pub fn files(&self) -> Vec<String> {
        let has = |name: &&str| self.scan.manifest.origins.is_some() || !matches!(*name, "adoption" | "echo");
        let comparisons = self.settings.comparisons.iter().map(|c| format!("comparison_{}", c.name));
        let candidates = self.found.map(|_| CANDIDATES.to_owned());
        FILES.into_iter().filter(has).map(str::to_owned).chain(comparisons).chain(candidates).collect()
    }

    /// The table of that name: a file, or `speakers`, `documents`, `by_period`, `by_year`, `by_document_and_day` (counts by these alone), `evidence`.
    ///
    /// # Errors
    /// It cannot be computed.
    pub fn get(&self, name: &str) -> Result<DataFrame> {
        if let Some(table) = self.made.borrow().get(name) {
            return Ok(table.clone());
        }
        let table = self.make(name)?;
        self.made.borrow_mut().insert(name.to_owned(), table.clone());
        Ok(table)
    }

    /// The recurrent strings that no lexicon holds, if they were looked for.
    pub fn candidates(&self) -> Result<Option<DataFrame>> {
        self.found.map(|_| self.get(CANDIDATES)).transpose()
    }

    /// See [`Discovery::raised`].
    pub fn raised(&self) -> Option<u32> {
        self.found?.raised
    }

    /// What the adoption leaves out, and how often that is.
    pub fn left_out(&self) -> Result<Vec<(usize, &'static str)>> {
        self.get("adoption")?;
        Ok(self.left_out.borrow().iter().filter(|(count, _)| *count > 0).copied().collect())
    }

    fn make(&self, name: &str) -> Result<DataFrame> {
        let (scan, filter, period) = (self.scan, &self.settings.filter, self.period);
        let (speaker, document, formula) = (Dimension::Column("speaker"), Dimension::Column("document"), Dimension::Formula);
        let by = |dimensions: &[Dimension]| count(scan, dimensions, filter);
        match name {
            "counts_by_date" => by(&[period, formula]),
            "counts_by_speaker" => by(&[speaker, formula]),
            "counts_by_date_and_speaker" => by(&[period, speaker, formula]),
            "counts_by_theme" => by(&[Dimension::Theme]),
            "counts_by_formula" => by(&[formula]),
            "speakers" => by(&[speaker]),
            "documents" => by(&[document]),
            "by_period" => by(&[period]),
            "by_year" => by(&[Dimension::Year]),
            "by_document_and_day" => by(&[document, Dimension::Day]),
            "series" | "trend" | "changes" => self.trends(name),
            "renderings" => renderings(scan, period, filter),
            "profiles" => profiles(scan, self.settings.each, formula, filter),
            "distances" => distances(scan, self.settings.each, formula, filter),
            "dispersion" => disperse(scan, &[document, period], formula, filter),
            "cooccurrence" => self.together(),
            "adoption" => {
                let found = adopt(scan, None, filter)?;
                *self.left_out.borrow_mut() = found.left_out;
                Ok(found.table)
            }
            "echo" => echo(scan, None, filter),
            CANDIDATES => self.found.map_or_else(|| Ok(DataFrame::empty()), candidates),
            "evidence" => {
                let comparisons: Vec<_> = self.settings.comparisons.iter().map(|c| (c.name.as_str(), &c.comparison)).collect();
                evidence(scan, filter, period, &comparisons)
            }
            _ => self.comparison(name),
        }
    }

    fn trends(&self, name: &str) -> Result<DataFrame> {
        if self.trends.borrow().is_none() {
            *self.trends.borrow_mut() = Some(Trends::of(self.scan, self.period, Dimension::Formula, false, &self.settings.filter)?);
        }
        let trends = self.trends.borrow();
        let Some(trends) = trends.as_ref() else { return Ok(DataFrame::empty()) };
        match name {
            "series" => trends.series(&self.settings.tiers),
            "trend" => trends.summary(),
            _ => trends.changes(),
        }
    }

    fn together(&self) -> Result<DataFrame> {
        let pairs = |within| Cooccurrence::of(self.scan, within, &self.settings.filter)?.pairs(LEAST_TOGETHER);
        let mut together = pairs(Within::Document)?;
        for within in [Within::Paragraph, Within::Sentence] {
            together.vstack_mut_owned(pairs(within)?)?;
        }
        Ok(together)
    }

    fn comparison(&self, name: &str) -> Result<DataFrame> {
        let named = self.settings.comparisons.iter().find(|c| name.strip_prefix("comparison_") == Some(&c.name));
        let named = named.ok_or_else(|| Error::Usage(format!("{name}: no such table")))?;
        compare(self.scan, &named.comparison, &self.settings.filter).map_err(|e| Error::Usage(format!("compare \"{}\": {e}", named.name)))
    }
}
