//! How often two things occur together.

use super::keyness::Pair;

/// How two things that may occur in each of a number of units go together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Association {
    /// Pointwise mutual information, in bits: Church, K. W. & Hanks, P. (1990), "Word Association Norms, Mutual Information, and
    /// Lexicography", *Computational Linguistics* 16(1). `None` if they never occur together.
    pub pmi: Option<f64>,
    /// It, normalised to −1 (never together) … 0 (as by chance) … 1 (always together): Bouma, G. (2009), "Normalized (Pointwise) Mutual
    /// Information in Collocation Extraction", GSCL.
    pub npmi: f64,
    /// How many times as often as by chance they occur together.
    pub lift: f64,
    /// The log-likelihood ratio of the table of four cells (Dunning 1993).
    pub g2: f64,
}

/// Of two things, in `first` and in `second` of `units` units, in `together` of them both. `None` if one of them is nowhere.
pub fn association(together: f64, first: f64, second: f64, units: f64) -> Option<Association> {
    if first <= 0.0 || second <= 0.0 || units <= 0.0 {
        return None;
    }
    let lift = together * units / (first * second);
    let pmi = (together > 0.0).then(|| lift.log2());
    let surprise = -(together / units).log2();
    let npmi = match pmi {
        None => -1.0,
        // Both are in every unit: together always, and by chance.
        Some(_) if surprise <= 0.0 => 0.0,
        Some(pmi) => pmi / surprise,
    };
    let g2 = Pair { a: together, c: first, b: second - together, d: units - first }.g2();
    Some(Association { pmi, npmi, lift, g2 })
}
