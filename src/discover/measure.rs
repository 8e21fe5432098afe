//! What makes a recurrent string a candidate, and the figures by which candidates are ranked.

use rustc_hash::FxHashMap;

use super::candidate::Candidate;
use super::diction::Diction;
use super::grams::{Grams, Seen};
use super::lattice::Lattice;
use super::texts::Texts;
use crate::text::{Language, is_han, mix};

/// Of a candidate at least this share, and so many, do not lie in one and the same longer candidate.
const ALONE: f64 = 0.2;
const LEAST_ALONE: u32 = 3;
/// A list is cut that goes on in at least this share of its occurrences.
const CUT_LIST: f64 = 0.5;

/// How long candidates are: English words, Chinese characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lengths {
    /// The shortest.
    pub least: usize,
    /// The longest.
    pub most: usize,
}

impl Lengths {
    /// Those of a language: 2 to 12 English words, 3 to 20 Chinese characters.
    pub fn of(language: Language) -> Lengths {
        if language == Language::Zh { Lengths { least: 3, most: 20 } } else { Lengths { least: 2, most: 12 } }
    }

    /// In tokens, the longest n-gram that is counted: what is longer than a candidate shows what is only part of a stock sentence.
    pub(super) fn counted(self) -> usize {
        self.most + self.most / 2
    }
}

/// Where an n-gram stands in longer candidates.
#[derive(Debug, Clone, Copy, Default)]
struct Outer {
    /// The count of the commonest longer candidate that holds it, and of the commonest n-gram too long for one.
    most: u32,
    stock: u32,
    /// How many longer candidates hold it, and how often these occur together.
    number: u32,
    sum: u64,
}

/// What stands on one side of an n-gram.
#[derive(Debug, Clone, Copy, Default)]
struct Side {
    /// −Σ p ln p over the frequent neighbours.
    entropy: f64,
    /// How often one of these stands there.
    known: u32,
    /// How often it joins the parts of a list, and how often it is a telling word.
    joints: u32,
    telling: u32,
}

/// By level, then by number.
type Of<T> = Vec<Vec<T>>;

/// The candidates of a language.
pub(super) fn candidates(texts: &Texts, grams: &Grams, lengths: Lengths) -> Vec<Candidate> {
    let measures = Measures::new(texts, grams, lengths);
    let mut found = Vec::new();
    for (level, all) in grams.levels.iter().enumerate() {
        let variation = measures.variation(level);
        let own = (1..all.len() as u32).filter(|n| measures.is_candidate[level][*n as usize]);
        found.extend(own.filter_map(|n| measures.candidate(level, n, &variation)));
    }
    found
}

struct Measures<'a> {
    texts: &'a Texts,
    lattice: Lattice<'a>,
    is_candidate: Of<bool>,
    outer: Of<Outer>,
    /// What stands before and after.
    sides: Of<[Side; 2]>,
    /// How often it stands between quotation marks.
    quoted: Of<u32>,
}

impl<'a> Measures<'a> {
    fn new(texts: &'a Texts, grams: &'a Grams, lengths: Lengths) -> Self {
        let lattice = Lattice(grams);
        let is_candidate = shaped(texts, lattice, lengths);
        Measures { texts, lattice, outer: outer(lattice, &is_candidate, lengths), sides: sides(texts, lattice), quoted: quoted(texts, lattice), is_candidate }
    }

    /// How often candidates of a level stand that differ in one token only: by that token's place and the others.
    fn variation(&self, level: usize) -> FxHashMap<u64, u32> {
        let mut sums: FxHashMap<u64, u32> = FxHashMap::default();
        for number in (1..self.is_candidate[level].len()).filter(|n| self.is_candidate[level][*n]) {
            let tokens = self.lattice.tokens(level, number as u32);
            let count = self.lattice.gram(level, number as u32).seen.count;
            (0..tokens.len()).for_each(|place| *sums.entry(but_for(&tokens, place)).or_default() += count);
        }
        sums
    }

    /// The candidate with its figures, unless it hardly ever stands alone or its parts avoid each other.
    fn candidate(&self, level: usize, number: u32, variation: &FxHashMap<u64, u32>) -> Option<Candidate> {
        let seen = self.lattice.gram(level, number).seen;
        let outer = self.outer[level][number as usize];
        let alone = seen.count.saturating_sub(outer.most);
        if alone < LEAST_ALONE || f64::from(alone) < ALONE * f64::from(seen.count) {
            return None;
        }
        let cohesion = self.cohesion(level, number);
        if cohesion <= 0.0 {
            return None;
        }
        let tokens = self.lattice.tokens(level, number);
        let count = f64::from(seen.count);
        let sides = &self.sides[level][number as usize];
        let is_list = tokens.iter().any(|t| matches!(&*self.texts.tokens[*t as usize], "," | "、"));
        if is_list && sides.iter().any(|side| f64::from(side.joints) >= CUT_LIST * count) {
            return None;
        }
        let fixed = |place| count / f64::from(variation.get(&but_for(&tokens, place)).copied().unwrap_or(seen.count));
        let fixedness = (0..tokens.len()).map(fixed).sum::<f64>() / tokens.len() as f64;
        let freedom = sides.iter().map(|side| entropy(*side, seen)).fold(f64::INFINITY, f64::min);
        let longer = if outer.number == 0 { 0.0 } else { outer.sum as f64 / f64::from(outer.number) };
        Some(Candidate {
            language: self.texts.language,
            proper: tokens.iter().map(|t| self.texts.is_proper(*t)).collect(),
            tokens: tokens.iter().map(|t| self.texts.tokens[*t as usize].clone()).collect(),
            seen,
            cohesion,
            c_value: ((tokens.len() as f64).log2()).max(0.1) * (count - longer),
            freedom: freedom / count.ln().max(0.1),
            fixedness,
            open: f64::from(sides[1].telling) / count,
            quoted: f64::from(self.quoted[level][number as usize]) / count,
            stock: f64::from(outer.stock) / count,
        })
    }

    /// The normalised pointwise mutual information of the two parts into which it falls most easily: Bouma, G. (2009), "Normalized
    /// (Pointwise) Mutual Information in Collocation Extraction", *GSCL*.
    fn cohesion(&self, level: usize, number: u32) -> f64 {
        let lattice = self.lattice;
        let all = lattice.0.sizes.searched as f64;
        let share = |level: usize, number: u32| f64::from(lattice.gram(level, number).seen.count) / all;
        let (beginnings, ends) = (lattice.beginnings(level, number), lattice.ends(level, number));
        let whole = share(level, number);
        // The beginning at `i` has `level - i` tokens; the end with the other `i + 1` stands at `level - 1 - i`.
        let parts = |i: usize| share(level - 1 - i, beginnings[i]) * share(i, ends[level - 1 - i]);
        (0..level).map(|i| (whole / parts(i)).ln() / -whole.ln()).fold(f64::INFINITY, f64::min)
    }
}

/// The entropy of what stands on one side, in nats. A neighbour that is not frequent, and every mark of punctuation, is one of its own.
fn entropy(side: Side, seen: Seen) -> f64 {
    let count = f64::from(seen.count);
    side.entropy + f64::from(seen.count.saturating_sub(side.known)) / count * count.ln()
}

/// What hash a candidate has with any other token at `place`.
fn but_for(tokens: &[u32], place: usize) -> u64 {
    let value = |i: usize, token: u32| if i == place { u64::MAX } else { u64::from(token) };
    tokens.iter().enumerate().fold(place as u64, |hash, (i, t)| mix(hash ^ value(i, *t)))
}

/// Which n-grams have the length of candidates, begin and end as one does, and have both of each pair of quotation marks.
fn shaped(texts: &Texts, lattice: Lattice<'_>, lengths: Lengths) -> Of<bool> {
    let diction = Diction::builtin();
    let edges: Vec<bool> = texts.tokens.iter().map(|t| diction.can_be_at_edge(texts.language, t)).collect();
    let shaped = |level: usize, number: u32| {
        let tokens = lattice.tokens(level, number);
        let (first, last) = (tokens[0] as usize, tokens[level] as usize);
        if !(edges[first] && edges[last]) {
            return false;
        }
        let words: Vec<&str> = tokens.iter().map(|t| &*texts.tokens[*t as usize]).collect();
        let length = if texts.language == Language::Zh { words.iter().flat_map(|w| w.chars()).filter(|c| is_han(*c)).count() } else { words.len() };
        (lengths.least..=lengths.most).contains(&length) && tokens.len() <= lengths.counted() && is_quoted_whole(&words)
    };
    let level = |(level, all): (usize, &Vec<_>)| (0..all.len() as u32).map(|n| n > 0 && level > 0 && shaped(level, n)).collect();
    lattice.0.levels.iter().enumerate().map(level).collect()
}

/// Whether quotation marks are in pairs, and not around the whole.
fn is_quoted_whole(words: &[&str]) -> bool {
    let mut quoted = false;
    let mut titles = 0;
    for word in words {
        match *word {
            "\"" => quoted = !quoted,
            "《" => titles += 1,
            "》" if titles == 0 => return false,
            "》" => titles -= 1,
            _ => {}
        }
    }
    let around = matches!((words[0], words[words.len() - 1]), ("\"", "\"") | ("《", "》"));
    !quoted && titles == 0 && !around
}

fn outer(lattice: Lattice<'_>, is_candidate: &Of<bool>, lengths: Lengths) -> Of<Outer> {
    let mut outer: Of<Outer> = lattice.0.levels.iter().map(|all| vec![Outer::default(); all.len()]).collect();
    for level in (1..lattice.0.levels.len()).rev() {
        for number in 1..lattice.0.levels[level].len() as u32 {
            let (is_longer, is_stock) = (is_candidate[level][number as usize], level + 1 > lengths.most);
            if !(is_longer || is_stock) {
                continue;
            }
            let count = lattice.gram(level, number).seen.count;
            lattice.within(level, number, |level, number| {
                let of = &mut outer[level][number as usize];
                if is_longer {
                    of.most = of.most.max(count);
                    of.sum += u64::from(count);
                    of.number += 1;
                }
                if is_stock {
                    of.stock = of.stock.max(count);
                }
            });
        }
    }
    outer
}

fn sides(texts: &Texts, lattice: Lattice<'_>) -> Of<[Side; 2]> {
    let levels = &lattice.0.levels;
    let diction = Diction::builtin();
    let joints: Vec<bool> = texts.tokens.iter().map(|t| diction.is_joint(texts.language, t)).collect();
    let telling: Vec<bool> = texts.tokens.iter().map(|t| diction.can_be_at_edge(texts.language, t) && t.contains(char::is_alphanumeric)).collect();
    let mut sides: Of<[Side; 2]> = levels.iter().map(|all| vec![<[Side; 2]>::default(); all.len()]).collect();
    for (level, all) in levels.iter().enumerate().skip(1) {
        for (number, gram) in (0..).zip(all).skip(1) {
            let tokens = lattice.tokens(level, number);
            // What it has before its last tokens, and after its first ones.
            for (side, part, neighbour) in [(0, gram.last, tokens[0]), (1, gram.first, tokens[level])] {
                let share = f64::from(gram.seen.count) / f64::from(levels[level - 1][part as usize].seen.count);
                let of = &mut sides[level - 1][part as usize][side];
                of.entropy -= share * share.ln();
                of.known += gram.seen.count;
                of.joints += if joints[neighbour as usize] { gram.seen.count } else { 0 };
                of.telling += if telling[neighbour as usize] { gram.seen.count } else { 0 };
            }
        }
    }
    sides
}

/// How often n-grams stand between quotation marks.
fn quoted(texts: &Texts, lattice: Lattice<'_>) -> Of<u32> {
    let mut quoted: Of<u32> = lattice.0.levels.iter().map(|all| vec![0; all.len()]).collect();
    let marks: Vec<&str> = texts.tokens.iter().map(|t| &**t).collect();
    for (level, all) in lattice.0.levels.iter().enumerate().skip(2) {
        for number in 1..all.len() as u32 {
            let tokens = lattice.tokens(level, number);
            if matches!((marks[tokens[0] as usize], marks[tokens[level] as usize]), ("\"", "\"") | ("《", "》")) {
                let inner = lattice.gram(level - 1, lattice.gram(level, number).first).last;
                quoted[level - 2][inner as usize] = lattice.gram(level, number).seen.count;
            }
        }
    }
    quoted
}
