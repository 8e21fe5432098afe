//! A sample for readers: from every kind of document, language and voice, and from as many documents as may be.

use std::collections::BTreeMap;

/// What an item is drawn by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stratum {
    /// The kind of document.
    pub genre: &'static str,
    /// The language.
    pub language: &'static str,
    /// The voice that tifa found.
    pub voice: &'static str,
}

/// Draws `count` of items, each given by its stratum and its document, and yields their numbers in order.
///
/// Each stratum gets one, the larger ones first where there are not enough for all; the rest goes to strata by their sizes
/// (by the divisors of Sainte-Laguë). Within a stratum, documents take turns in random order. The same `seed` gives the same sample.
pub fn sample(items: &[(Stratum, &str)], count: usize, seed: u64) -> Vec<usize> {
    let mut strata: BTreeMap<&Stratum, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for (i, (stratum, document)) in items.iter().enumerate() {
        strata.entry(stratum).or_default().entry(document).or_default().push(i);
    }
    let sizes: Vec<usize> = strata.values().map(|documents| documents.values().map(Vec::len).sum()).collect();
    let mut random = fastrand::Rng::with_seed(seed);
    let mut drawn = Vec::new();
    for (documents, quota) in strata.into_values().zip(allotment(&sizes, count)) {
        let mut documents: Vec<Vec<usize>> = documents.into_values().collect();
        random.shuffle(&mut documents);
        documents.iter_mut().for_each(|d| random.shuffle(d));
        let longest = documents.iter().map(Vec::len).max().unwrap_or(0);
        let turns = (0..longest).flat_map(|turn| documents.iter().filter_map(move |d| d.get(turn).copied()));
        drawn.extend(turns.take(quota));
    }
    drawn.sort_unstable();
    drawn
}

/// How many each stratum of the given size gets of `count`.
fn allotment(sizes: &[usize], count: usize) -> Vec<usize> {
    let mut quotas = vec![0; sizes.len()];
    for _ in 0..count.min(sizes.iter().sum()) {
        // Whoever has none comes first; of those, and of the rest, whoever has most for each place: size / (2 quota + 1).
        let open = (0..sizes.len()).filter(|&i| quotas[i] < sizes[i]);
        let next = open.reduce(|a, b| {
            let share = |i: usize, other: usize| sizes[i] as u128 * (2 * quotas[other] as u128 + 1);
            let first = (quotas[a] == 0).cmp(&(quotas[b] == 0));
            if first.then(share(a, b).cmp(&share(b, a))).is_ge() { a } else { b }
        });
        if let Some(i) = next {
            quotas[i] += 1;
        }
    }
    quotas
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_each_then_by_size() {
        for (sizes, count, want) in [
            (&[90, 9, 1][..], 10, &[8, 1, 1][..]),
            (&[90, 9, 1], 2, &[1, 1, 0]),
            (&[2, 2], 10, &[2, 2]),
            (&[50, 50], 4, &[2, 2]),
            (&[10, 1, 1, 1], 6, &[3, 1, 1, 1]),
            (&[], 5, &[]),
        ] {
            assert_eq!(allotment(sizes, count), want, "{sizes:?}");
        }
    }

    #[test]
    fn spread_over_documents_and_the_same_again() {
        let stratum = |voice| Stratum { genre: "readout", language: "en", voice };
        let names: Vec<String> = (0..10).map(|i| format!("d{i}")).collect();
        let items: Vec<(Stratum, &str)> =
            (0..100).map(|i| (stratum(if i == 7 { "title" } else { "reported" }), names[if i < 91 { 0 } else { i - 90 }].as_str())).collect();
        let drawn = sample(&items, 11, 1);
        assert_eq!((drawn.len(), drawn.contains(&7)), (11, true));
        let mut documents: Vec<&str> = drawn.iter().filter(|i| **i != 7).map(|i| items[*i].1).collect();
        documents.dedup();
        assert_eq!(documents.len(), 10);
        assert_eq!(sample(&items, 11, 1), drawn);
        assert_ne!(sample(&items, 11, 2), drawn);
        assert_eq!(sample(&items, 1000, 1).len(), 100);
    }
}
