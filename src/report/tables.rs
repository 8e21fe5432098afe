//! The analyses of a report beside its counts.

use polars::prelude::DataFrame;

use super::Settings;
use crate::analysis::{Cooccurrence, Dimension, Trends, Within, adopt, compare, disperse, distances, echo, profiles, renderings};
use crate::error::{Error, Result};
use crate::scan::Scan;

/// A pair of formulas is listed if it is together in at least so many units.
const LEAST_TOGETHER: usize = 2;

/// The tables, each under the name that `docs/columns.md` explains.
#[derive(Debug)]
pub(super) struct Answers {
    tables: Vec<(String, DataFrame)>,
    /// Of the adoption: how many occurrences it leaves out, and which.
    left_out: Vec<(usize, &'static str)>,
}

impl Answers {
    pub fn of(scan: &Scan, period: Dimension, settings: &Settings) -> Result<Answers> {
        let filter = &settings.filter;
        let (speaker, formula) = (Dimension::Column("speaker"), Dimension::Formula);
        let trends = Trends::of(scan, period, formula, false, filter)?;
        let mut together = Cooccurrence::of(scan, Within::Document, filter)?.pairs(LEAST_TOGETHER)?;
        for within in [Within::Paragraph, Within::Sentence] {
            together.vstack_mut_owned(Cooccurrence::of(scan, within, filter)?.pairs(LEAST_TOGETHER)?)?;
        }
        let mut tables = vec![
            ("series".to_owned(), trends.series(&settings.tiers)?),
            ("trend".to_owned(), trends.summary()?),
            ("changes".to_owned(), trends.changes()?),
            ("renderings".to_owned(), renderings(scan, period, filter)?),
            ("profiles".to_owned(), profiles(scan, speaker, formula, filter)?),
            ("distances".to_owned(), distances(scan, speaker, formula, filter)?),
            ("dispersion".to_owned(), disperse(scan, &[Dimension::Column("document"), period], formula, filter)?),
            ("cooccurrence".to_owned(), together),
        ];
        let mut left_out = Vec::new();
        if scan.manifest.origins.is_some() {
            let found = adopt(scan, None, filter)?;
            left_out = found.left_out;
            tables.push(("adoption".to_owned(), found.table));
            tables.push(("echo".to_owned(), echo(scan, None, filter)?));
        }
        for named in &settings.comparisons {
            tables.push((
                format!("comparison_{}", named.name),
                compare(scan, &named.comparison, filter).map_err(|e| Error::Usage(format!("compare \"{}\": {e}", named.name)))?,
            ));
        }
        Ok(Answers { tables, left_out })
    }

    /// What the adoption leaves out, and how often that is.
    pub fn left_out(&self) -> impl Iterator<Item = &(usize, &'static str)> {
        self.left_out.iter().filter(|(count, _)| *count > 0)
    }

    /// All, with their names.
    pub fn all(&self) -> impl Iterator<Item = (&str, &DataFrame)> {
        self.tables.iter().map(|(name, table)| (name.as_str(), table))
    }

    /// The one of that name.
    pub fn named(&self, name: &str) -> Option<&DataFrame> {
        self.all().find(|(n, _)| *n == name).map(|(_, table)| table)
    }
}
