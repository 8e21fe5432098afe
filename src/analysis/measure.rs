//! What tables say of a subject in a cell: how often, in how many documents, at what rate, and how sure that is.

use super::tally::Cell;
use crate::stats::{Interval, bootstrap_rates, clustered_interval, poisson_interval, wilson_interval};

/// With fewer documents than this, rates have Poisson intervals: resampling a few documents says little.
pub(super) const FEW_DOCUMENTS: usize = 20;
/// With an occurrence in fewer documents than this, resampling cannot tell how rare it is.
const FEW_CLUSTERS: usize = 5;
/// With fewer occurrences than this a row says that they are few.
pub(super) const FEW_OCCURRENCES: f64 = 10.0;
/// Rates are by so much exposure.
pub(super) const PER: f64 = 10_000.0;

/// A subject in a cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Measure {
    pub occurrences: f64,
    /// With at least one.
    pub documents: usize,
    /// With text.
    pub of_documents: usize,
    pub exposure: f64,
    /// Occurrences per 10,000 of exposure.
    pub rate: Option<f64>,
    pub interval: Option<Interval>,
    /// How the interval was made.
    pub method: &'static str,
    pub share: Option<f64>,
    pub share_interval: Option<Interval>,
}

/// The measures of `subjects` in a cell. All share the resamples of its documents.
pub(super) fn measures(cell: &Cell, subjects: &[usize]) -> Vec<Measure> {
    let exposure: Vec<f64> = cell.text.iter().map(|(_, e)| *e).collect();
    let whole = cell.exposure();
    let resampled = cell.text.len() >= FEW_DOCUMENTS && subjects.iter().any(|s| cell.uses.contains_key(s));
    let bootstrapped: Vec<Option<Interval>> = if resampled {
        let place = |document: usize| cell.text.binary_search_by_key(&document, |(d, _)| *d).ok();
        let counts = |subject: &usize| cell.uses_of(*subject).iter().filter_map(|(d, k)| Some((place(*d)?, *k))).collect();
        bootstrap_rates(&exposure, &subjects.iter().map(counts).collect::<Vec<_>>())
    } else {
        vec![None; subjects.len()]
    };
    let scaled = |i: Interval, by: f64| Interval { low: i.low * by, high: i.high * by };
    let measure = |(subject, bootstrapped): (&usize, Option<Interval>)| {
        let (occurrences, documents) = (cell.occurrences(*subject), cell.uses_of(*subject).len());
        let (interval, method) = match bootstrapped {
            _ if whole <= 0.0 => (None, ""),
            Some(_) if documents < FEW_CLUSTERS => (Some(scaled(clustered_interval(occurrences, documents as f64), PER / whole)), "clusters"),
            Some(interval) => (Some(scaled(interval, PER)), "bootstrap"),
            None => (Some(scaled(poisson_interval(occurrences), PER / whole)), "poisson"),
        };
        let of_documents = cell.text.len();
        Measure {
            occurrences,
            documents,
            of_documents,
            exposure: whole,
            rate: (whole > 0.0).then(|| occurrences * PER / whole),
            interval,
            method,
            share: (of_documents > 0).then(|| documents as f64 / of_documents as f64),
            share_interval: wilson_interval(documents as f64, of_documents as f64),
        }
    };
    subjects.iter().zip(bootstrapped).map(measure).collect()
}

/// Those of `notes` that hold, joined.
pub(super) fn joined(notes: impl IntoIterator<Item = (bool, &'static str)>) -> String {
    notes.into_iter().filter(|(holds, _)| *holds).map(|(_, note)| note).collect::<Vec<_>>().join("|")
}
