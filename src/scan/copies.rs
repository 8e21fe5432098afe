//! Which documents are copies of others.
//!
//! Candidates agree in all bins of one band of their MinHash. In each band the documents that agree stand in a list, the latest
//! last, which is followed backwards as far as the days of a reprint go, and no more than [`MOST`] documents: 100,000 forms in which
//! only the names differ do not take 100,000² comparisons.

use std::collections::HashMap;

use super::whole::Whole;
use crate::corpus::{BINS, names_in, resemblance};

/// Texts that share this much are copies of one another.
const COPY: f64 = 0.8;
/// And of the people, states and days that one of them names, the other names this share: forms in which only those differ are no copies.
const SAME_NAMES: f64 = 0.6;
/// And they are dated within so many days of each other: what is said again next year is no copy.
const REPRINT: i32 = 31;
/// Candidates agree in all bins of one band of this size.
const BAND: usize = 4;
/// Of the originals that agree with a document in a band, the last so many are looked at.
const MOST: usize = 100;

/// For each document the one of which it is a copy: the first in order that it resembles.
pub(super) fn copies(whole: &Whole, order: &[usize]) -> Vec<Option<usize>> {
    let mut of = vec![None; whole.len()];
    let mut exact: HashMap<u64, usize> = HashMap::new();
    let mut bands = Bands::of(whole, order);
    let mut seen = vec![usize::MAX; order.len()];
    for (place, &i) in order.iter().enumerate() {
        let Some(hash) = whole.exact(i) else { continue };
        let mut first = exact.get(&hash).copied().filter(|&p| is_copy(whole, i, order[p]));
        for band in 0..bands.count {
            for other in bands.before(band, place).take(MOST) {
                if too_far(whole, i, order[other]) {
                    // Those before are older still.
                    break;
                }
                if std::mem::replace(&mut seen[other], place) != place && first.is_none_or(|f| other < f) && is_copy(whole, i, order[other]) {
                    first = Some(other);
                }
            }
        }
        of[i] = first.map(|f| order[f]);
        if first.is_none() {
            exact.entry(hash).or_insert(place);
            bands.add(place);
        }
    }
    of
}

fn too_far(whole: &Whole, a: usize, b: usize) -> bool {
    whole.date(a).zip(whole.date(b)).is_some_and(|(a, b)| (a - b).abs() > REPRINT)
}

fn is_copy(whole: &Whole, a: usize, b: usize) -> bool {
    if too_far(whole, a, b) {
        return false;
    }
    if whole.exact(a) == whole.exact(b) {
        return true;
    }
    if resemblance(whole.bins(a), whole.bins(b)) < COPY {
        return false;
    }
    let (a, b) = (names_in(whole.text_marks(a)), names_in(whole.text_marks(b)));
    // Of the one that names fewer: notes and a dateline may have been added to the other.
    shared(a, b) as f64 >= SAME_NAMES * a.len().min(b.len()) as f64
}

/// How many marks two ordered lists have in common.
pub(super) fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        n += usize::from(a[i] == b[j]);
        (i, j) = (i + usize::from(a[i] <= b[j]), j + usize::from(b[j] <= a[i]));
    }
    n
}

/// No list, or the end of one.
const NONE: u32 = u32::MAX;

/// By band, lists of the documents that agree in it. Documents are told by their places in the order.
struct Bands {
    count: usize,
    documents: usize,
    /// By band and document, the list in which it may stand; none if no other document could stand there.
    list: Vec<u32>,
    /// By list, the last document in it.
    last: Vec<u32>,
    /// By band and document, the one before it.
    previous: Vec<u32>,
}

impl Bands {
    /// Empty lists.
    fn of(whole: &Whole, order: &[usize]) -> Bands {
        let (count, documents) = (BINS / BAND, order.len());
        let mut list = vec![NONE; count * documents];
        let mut lists = 0_u32;
        // The bins of a band in the upper half, the place in the lower: numbers sort fast.
        let mut keys: Vec<u64> = Vec::new();
        for band in 0..count {
            keys.clear();
            let own = |i: usize| Some(u32::from_be_bytes(*whole.bins(i).get(band * BAND..)?.first_chunk::<BAND>()?));
            keys.extend(order.iter().enumerate().filter_map(|(place, &i)| Some(u64::from(own(i)?) << 32 | place as u64)));
            keys.sort_unstable();
            for same in keys.chunk_by(|a, b| a >> 32 == b >> 32).filter(|same| same.len() > 1) {
                same.iter().for_each(|key| list[band * documents + (key & u64::from(u32::MAX)) as usize] = lists);
                lists += 1;
            }
        }
        Bands { count, documents, previous: vec![NONE; list.len()], last: vec![NONE; lists as usize], list }
    }

    fn add(&mut self, place: usize) {
        for at in (0..self.count).map(|band| band * self.documents + place) {
            if let Some(last) = self.last.get_mut(self.list[at] as usize) {
                self.previous[at] = std::mem::replace(last, u32::try_from(place).unwrap_or(NONE));
            }
        }
    }

    /// The documents in the list of `place`, the last first.
    fn before(&self, band: usize, place: usize) -> impl Iterator<Item = usize> {
        let row = band * self.documents;
        let last = self.last.get(self.list[row + place] as usize).copied().unwrap_or(NONE);
        let some = |p: u32| (p != NONE).then_some(p as usize);
        std::iter::successors(some(last), move |&p| some(self.previous[row + p]))
    }
}

#[cfg(test)]
mod tests {
    use super::super::whole::tests::whole;
    use super::*;
    use crate::corpus::Signature;

    /// As the candidates of all bands say, each held against each.
    fn naive(whole: &Whole, order: &[usize]) -> Vec<Option<usize>> {
        let mut of = vec![None; whole.len()];
        for (place, &i) in order.iter().enumerate() {
            let agrees = |o: usize| whole.bins(i).chunks(BAND).zip(whole.bins(o).chunks(BAND)).any(|(a, b)| a == b);
            let mut earlier = order[..place].iter().copied().filter(|&o| of[o].is_none() && whole.exact(o).is_some());
            let first_exact = order[..place].iter().copied().find(|&o| of[o].is_none() && whole.exact(o) == whole.exact(i));
            of[i] = whole.exact(i).and_then(|_| earlier.find(|&o| (agrees(o) || first_exact == Some(o)) && is_copy(whole, i, o)));
        }
        of
    }

    fn documents(n: usize, seed: u64) -> Vec<(Option<i32>, &'static str, Signature)> {
        let mut random = fastrand::Rng::with_seed(seed);
        let bases: Vec<Vec<u8>> = (0..5).map(|_| (0..128).map(|_| random.u8(..)).collect()).collect();
        let mut one = || {
            let mut bins = bases[random.usize(..5)].clone();
            (0..random.usize(..50)).for_each(|_| bins[random.usize(..128)] = random.u8(..));
            let bins = if random.u8(..9) == 0 { Vec::new() } else { bins };
            let marks = (0..random.u32(..4)).map(|k| k << 22 | random.u32(..2)).collect();
            let exact = if random.u8(..12) == 0 { String::new() } else { format!("{:016x}", random.u64(1..40)) };
            ((random.u8(..6) > 0).then(|| random.i32(..90)), "en", Signature { exact, bins, title: Vec::new(), marks })
        };
        (0..n).map(|_| one()).collect()
    }

    #[test]
    fn lists_find_what_a_comparison_of_all_with_all_finds() {
        for seed in 0..20 {
            let whole = whole(&documents(70, seed));
            let mut order: Vec<usize> = (0..whole.len()).collect();
            order.sort_by_key(|&i| (whole.date(i).is_none(), whole.date(i), i));
            assert_eq!(copies(&whole, &order), naive(&whole, &order), "{seed}");
        }
    }

    #[test]
    fn many_forms_in_which_only_the_names_differ_take_no_time_each() {
        let n = 4_000;
        let form = |i: u32| {
            let mut bins = vec![9; 128];
            bins[(i % 128) as usize] = (i / 128) as u8;
            (None, "en", Signature { exact: format!("{:016x}", i + 1), bins, title: Vec::new(), marks: vec![2 * i, 2 * i + 1] })
        };
        let whole = whole(&(0..n).map(form).collect::<Vec<_>>());
        let order: Vec<usize> = (0..whole.len()).collect();
        assert!(copies(&whole, &order).iter().all(Option::is_none));
    }
}
