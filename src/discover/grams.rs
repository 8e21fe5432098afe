//! All n-grams that are frequent enough, length by length: what is longer can only be frequent where both its parts are, so that of
//! each length only what may be frequent is ever counted (Agrawal, R. & Srikant, R. (1994), "Fast Algorithms for Mining Association
//! Rules", *VLDB*). Memory is bounded by what is frequent, not by the size of the corpus.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::figures::Sizes;
use super::runs::Runs;
use crate::error::Result;
use crate::text::mix;

/// So many counters tell at first look that a pair is rare.
const SKETCH: usize = 1 << 25;
/// Of each length at most so many are kept: those that are most frequent.
const MOST: usize = 250_000;

/// What makes an n-gram frequent, and how long it can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub occurrences: u32,
    pub documents: u32,
    /// In tokens.
    pub longest: usize,
}

/// Where a stretch of text stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// The number of its document.
    pub document: u32,
    /// In which of [`SLICES`] parts of the period it falls.
    pub slice: u8,
    /// A number for its speaker, below [`SLICES`]; several may share one.
    pub speaker: u8,
    /// It is of what candidates are held against, not of what is searched.
    pub reference: bool,
    /// It is of the later part of the period, where that is divided.
    pub late: bool,
}

/// Into so many parts time is cut, and so many speakers are told apart.
pub const SLICES: u8 = 64;

/// A frequent n-gram.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Gram {
    /// All but its last token, and all but its first: numbers of n-grams that are one token shorter. Of one token: its number.
    pub first: u32,
    pub last: u32,
    pub seen: Seen,
}

/// Where something was seen.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    pub count: u32,
    pub documents: u32,
    /// The number of the last document, plus 1.
    last: u32,
    pub late: u32,
    pub reference: u32,
    slices: u64,
    speakers: u64,
}

impl Seen {
    /// So many occurrences, nobody knows where.
    pub fn counted(count: u32) -> Seen {
        Seen { count, ..Seen::default() }
    }

    pub fn add(&mut self, place: Place) {
        if place.reference {
            self.reference = self.reference.saturating_add(1);
            return;
        }
        self.count = self.count.saturating_add(1);
        self.late = self.late.saturating_add(u32::from(place.late));
        self.slices |= 1 << (place.slice % SLICES);
        self.speakers |= 1 << (place.speaker % SLICES);
        if self.last != place.document + 1 {
            self.last = place.document + 1;
            self.documents += 1;
        }
    }

    /// In how many parts of the period.
    pub fn slices(&self) -> u32 {
        self.slices.count_ones()
    }

    /// By how many speakers, at most [`SLICES`].
    pub fn speakers(&self) -> u32 {
        self.speakers.count_ones()
    }

    fn is_frequent(&self, limits: Limits) -> bool {
        self.count >= limits.occurrences && self.documents >= limits.documents
    }
}

/// The frequent n-grams: by length less one, then by number. The first of each length stands for none.
#[derive(Debug, Default)]
pub(super) struct Grams {
    pub levels: Vec<Vec<Gram>>,
    pub sizes: Sizes,
    /// The greatest least number of occurrences that had to be asked for, where there were too many.
    pub raised: Option<u32>,
}

impl Grams {
    /// Counts what `runs` of `tokens` different tokens hold. `folder` is for temporary files.
    pub fn of(runs: &mut Runs, tokens: usize, places: &[Place], limits: Limits, folder: &Path) -> Result<Grams> {
        let mut grams = Grams::default();
        let mut next = grams.singles(runs, tokens, places, limits, folder)?;
        while grams.levels.len() < limits.longest {
            match grams.longer(&mut next, places, limits, folder)? {
                Some(runs) => next = runs,
                None => break,
            }
        }
        Ok(grams)
    }

    /// The first level: the tokens themselves. Gives the runs of those that are frequent.
    fn singles(&mut self, runs: &mut Runs, tokens: usize, places: &[Place], limits: Limits, folder: &Path) -> Result<Runs> {
        let mut seen = vec![Seen::default(); tokens];
        let sizes = &mut self.sizes;
        runs.each(|place, run| {
            let place = places[place as usize];
            let length = run.len() as u64;
            let size = if place.reference { &mut sizes.reference } else { &mut sizes.searched };
            *size += length;
            sizes.late += if place.late && !place.reference { length } else { 0 };
            run.iter().for_each(|t| seen[*t as usize].add(place));
            Ok(())
        })?;
        let mut numbers = vec![0; tokens];
        let mut level = vec![Gram::default()];
        for (token, seen) in seen.into_iter().enumerate().filter(|(_, s)| s.is_frequent(limits)) {
            numbers[token] = level.len() as u32;
            level.push(Gram { first: token as u32, last: token as u32, seen });
        }
        self.levels.push(level);
        rewritten(runs, folder, |run, out| out.extend(run.iter().map(|t| numbers[*t as usize])))
    }

    /// The next level, of the runs of the last one, and its own runs; `None` if nothing is so long.
    fn longer(&mut self, runs: &mut Runs, places: &[Place], limits: Limits, folder: &Path) -> Result<Option<Runs>> {
        let mut frequent = counted(runs, places, limits)?;
        if frequent.len() > MOST {
            let mut counts: Vec<u32> = frequent.iter().map(|(_, s)| s.count).collect();
            let (_, least, _) = counts.select_nth_unstable_by(MOST, |a, b| b.cmp(a));
            let least = *least + 1;
            frequent.retain(|(_, s)| s.count >= least);
            self.raised = self.raised.max(Some(least));
        }
        if frequent.is_empty() {
            return Ok(None);
        }
        frequent.sort_unstable_by_key(|(key, _)| *key);
        let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut level = vec![Gram::default()];
        for (key, seen) in frequent {
            numbers.insert(key, level.len() as u32);
            level.push(Gram { first: (key >> 32) as u32, last: key as u32, seen });
        }
        self.levels.push(level);
        let number = |pair: &[u32]| numbers.get(&key(pair)).copied().unwrap_or(0);
        rewritten(runs, folder, |run, out| out.extend(run.windows(2).map(number))).map(Some)
    }
}

/// The pairs of numbers that stand side by side often enough.
fn counted(runs: &mut Runs, places: &[Place], limits: Limits) -> Result<Vec<(u64, Seen)>> {
    let mut sketch = vec![0_u8; SKETCH];
    runs.each(|place, run| {
        if !places[place as usize].reference {
            for pair in run.windows(2) {
                let counter = &mut sketch[slot(key(pair))];
                *counter = counter.saturating_add(1);
            }
        }
        Ok(())
    })?;
    let least = u8::try_from(limits.occurrences).unwrap_or(u8::MAX);
    let mut seen: FxHashMap<u64, Seen> = FxHashMap::default();
    runs.each(|place, run| {
        let place = places[place as usize];
        for key in run.windows(2).map(key).filter(|key| sketch[slot(*key)] >= least) {
            seen.entry(key).or_default().add(place);
        }
        Ok(())
    })?;
    Ok(seen.into_iter().filter(|(_, s)| s.is_frequent(limits)).collect())
}

/// The runs with other numbers, cut where one is 0; what is alone can be part of nothing longer.
fn rewritten(runs: &mut Runs, folder: &Path, number: impl Fn(&[u32], &mut Vec<u32>)) -> Result<Runs> {
    let mut out = Runs::new(folder)?;
    let mut numbers: Vec<u32> = Vec::new();
    runs.each(|place, run| {
        numbers.clear();
        number(run, &mut numbers);
        numbers.split(|n| *n == 0).filter(|part| part.len() > 1).try_for_each(|part| out.add(place, part))
    })?;
    Ok(out)
}

fn key(pair: &[u32]) -> u64 {
    u64::from(pair[0]) << 32 | u64::from(pair[1])
}

fn slot(key: u64) -> usize {
    (mix(key) >> 20) as usize % SKETCH
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The same by counting everything.
    fn naive(runs: &[(u32, Vec<u32>)], places: &[Place], limits: Limits) -> BTreeMap<Vec<u32>, (u32, u32, u32, u32)> {
        let mut all: BTreeMap<Vec<u32>, Seen> = BTreeMap::new();
        for length in 1..=limits.longest {
            for (place, run) in runs {
                run.windows(length).for_each(|gram| all.entry(gram.to_vec()).or_default().add(places[*place as usize]));
            }
        }
        let counts = |s: Seen| (s.count, s.documents, s.late, s.reference);
        all.into_iter().filter(|(_, s)| s.is_frequent(limits)).map(|(gram, s)| (gram, counts(s))).collect()
    }

    proptest::proptest! {
        #[test]
        fn finds_what_counting_everything_finds(texts in proptest::collection::vec((0_u32..6, proptest::collection::vec(0_u32..4, 1..12)), 0..20), most in 1_u32..4) {
            let places: Vec<Place> = (0..6).map(|i| Place { document: i / 2, slice: i as u8, reference: i == 5, late: i > 2, ..Place::default() }).collect();
            let mut texts = texts;
            texts.sort_by_key(|(place, _)| *place);
            let folder = std::env::temp_dir();
            let mut runs = Runs::new(&folder).unwrap();
            texts.iter().for_each(|(place, run)| runs.add(*place, run).unwrap());
            let limits = Limits { occurrences: most + 1, documents: most.min(2), longest: 5 };
            let grams = Grams::of(&mut runs, 4, &places, limits, &folder).unwrap();
            let mut found = BTreeMap::new();
            let lattice = super::super::lattice::Lattice(&grams);
            for (level, all) in grams.levels.iter().enumerate() {
                for (n, gram) in all.iter().enumerate().skip(1) {
                    let s = gram.seen;
                    found.insert(lattice.tokens(level, n as u32), (s.count, s.documents, s.late, s.reference));
                }
            }
            // References are only counted of what may be frequent, and these are.
            proptest::prop_assert_eq!(found, naive(&texts, &places, limits));
        }
    }
}
