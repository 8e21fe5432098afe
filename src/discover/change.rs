//! What became of a candidate after a day: new, rising, steady, falling, gone.

use super::figures::Sizes;
use super::uses::Uses;

/// Fewer expected documents than this, and their absence says nothing: it has a chance of one in twenty.
const EXPECTED: f64 = 3.0;
/// So many standard deviations make a change.
const CLEAR: f64 = 1.96;

/// How the use of a candidate changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// In which way.
    pub status: Status,
    /// Occurrences per 10,000 words or characters, before and since.
    pub rates: [Option<f64>; 2],
    /// The binary logarithm of the ratio of the rates, since to before, half an occurrence added to both.
    pub log_ratio: f64,
    /// The logarithm of the ratio of the shares of documents that have it, divided by its standard deviation.
    pub z: f64,
}

/// In which way the use of a candidate changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It does not occur before, though as often as since it would have been in three documents at least.
    New,
    /// More documents have it since, by more than chance.
    Rising,
    /// Neither.
    Steady,
    /// Fewer documents have it since, by more than chance.
    Falling,
    /// It does not occur since, though as often as before it would be in three documents at least.
    Gone,
    /// There is no text of its language before, or none since.
    Unknown,
}

impl Status {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Status::New => "new",
            Status::Rising => "rising",
            Status::Steady => "steady",
            Status::Falling => "falling",
            Status::Gone => "gone",
            Status::Unknown => "",
        }
    }
}

impl Change {
    /// That of something with these `uses`, in text of these `sizes` and so many `documents` before and since.
    pub(super) fn of(uses: &Uses, sizes: Sizes, documents: [usize; 2]) -> Change {
        Change::of_counts([uses.occurrences, uses.documents], sizes, documents)
    }

    /// The same of occurrences and documents, each before and since.
    pub(super) fn of_counts([occurrences, with]: [[u64; 2]; 2], sizes: Sizes, documents: [usize; 2]) -> Change {
        let tokens = [sizes.searched - sizes.late, sizes.late].map(|n| n as f64);
        let n = occurrences.map(|n| n as f64);
        let per = |i: usize| (tokens[i] > 0.0).then(|| n[i] / tokens[i] * 10_000.0);
        let [before, since] = with.map(|n| n as f64);
        let [all_before, all_since] = documents.map(|n| n.max(1) as f64);
        let deviation = (1.0 / (before + 0.5) - 1.0 / (all_before + 0.5) + 1.0 / (since + 0.5) - 1.0 / (all_since + 0.5)).max(1e-9).sqrt();
        let z = (((since + 0.5) / (all_since + 0.5)) / ((before + 0.5) / (all_before + 0.5))).ln() / deviation;
        // Where there is no text, nothing can be absent.
        let status = if documents.contains(&0) {
            Status::Unknown
        } else if before == 0.0 && since * all_before / all_since >= EXPECTED {
            Status::New
        } else if since == 0.0 && before * all_since / all_before >= EXPECTED {
            Status::Gone
        } else if z >= CLEAR {
            Status::Rising
        } else if z <= -CLEAR {
            Status::Falling
        } else {
            Status::Steady
        };
        let log_ratio = (((n[1] + 0.5) / tokens[1].max(1.0)) / ((n[0] + 0.5) / tokens[0].max(1.0))).log2();
        Change { status, rates: [per(0), per(1)], log_ratio, z }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_it() {
        let sizes = Sizes { searched: 2_000_000, late: 1_000_000, reference: 0 };
        for (before, since, documents, status) in [
            (0, 5, [100, 100], Status::New),
            (0, 2, [100, 100], Status::Steady),
            (0, 5, [10, 100], Status::Steady),
            (5, 0, [100, 100], Status::Gone),
            (5, 20, [100, 100], Status::Rising),
            (20, 5, [100, 100], Status::Falling),
            (20, 22, [100, 100], Status::Steady),
            (0, 22, [0, 100], Status::Unknown),
        ] {
            let uses = Uses::counted([before, since]);
            let change = Change::of(&uses, sizes, documents);
            assert_eq!(change.status, status, "{before} {since} {documents:?}: {change:?}");
        }
        // The logarithm of a ratio of two shares: Katz, D. et al. (1978), Biometrics 34, with a half added to all counts.
        let uses = Uses::counted([10, 30]);
        let change = Change::of(&uses, sizes, [100, 200]);
        let by_hand = ((30.5_f64 / 200.5) / (10.5 / 100.5)).ln() / (1.0 / 30.5 - 1.0 / 200.5 + 1.0 / 10.5 - 1.0 / 100.5_f64).sqrt();
        assert!((change.z - by_hand).abs() < 1e-12);
        assert_eq!(change.rates, [Some(0.1), Some(0.3)]);
    }
}
