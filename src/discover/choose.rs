//! Which candidates are shown, and in which order: the best first, but not twenty wordings of one formula.
//!
//! A candidate that holds a better one, or lies in one, and shares its occurrences with it is a variant of that. One that is otherwise made
//! of what has been shown already is put off by as much as it says nothing new.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::candidate::Candidate;
use super::diction::Diction;
use crate::text::{Language, mix};

/// Of two that lie in each other, the longer is a variant if it has this share of the occurrences of the shorter.
const SHARED: f64 = 0.25;
/// So many standard deviations between their late shares make two wordings two.
const APART: f64 = 3.0;
/// What is made of shown parts loses up to this, and for a part counts no more than [`OFTEN`] that have it.
const REPEATED: f64 = 1.0;
const OFTEN: u32 = 3;

/// A shorter one is a variant, and no part that also stands elsewhere, if the longer has this share of its occurrences.
const SAME: f64 = 0.7;

/// A candidate that is shown, by its number, with the numbers of its variants, and of what is not shown as it often is a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    pub head: usize,
    pub variants: Vec<usize>,
    pub parts: Vec<usize>,
}

/// What is still to be shown: its score, and its number.
#[derive(Debug, PartialEq)]
struct Waiting(f64, usize);

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then(other.1.cmp(&self.1))
    }
}

/// The `most` best of `candidates` by `scores`.
pub(super) fn choose(candidates: &[&Candidate], scores: &[f64], most: usize) -> Vec<Chosen> {
    let texts: Vec<(String, Vec<u64>)> = candidates.iter().map(|c| (same(c), parts(c))).collect();
    let mut heap: BinaryHeap<Waiting> = scores.iter().enumerate().map(|(number, score)| Waiting(*score, number)).collect();
    let mut shown: FxHashMap<u64, u32> = FxHashMap::default();
    let mut chosen: Vec<Chosen> = Vec::new();
    while let Some(Waiting(score, number)) = heap.pop() {
        let (text, own) = &texts[number];
        let of = chosen.iter_mut().find_map(|c| Some((relation((text, candidates[number]), (&texts[c.head].0, candidates[c.head]))?, c)));
        if let Some((relation, of)) = of {
            let list = if relation == Relation::Variant { &mut of.variants } else { &mut of.parts };
            list.push(number);
            continue;
        }
        if chosen.len() >= most {
            // What comes now is shown only as a variant.
            continue;
        }
        let repeated: u32 = own.iter().map(|p| shown.get(p).copied().unwrap_or(0).min(OFTEN)).sum();
        let now = scores[number] - REPEATED * f64::from(repeated) / own.len().max(1) as f64;
        if now < score - 1e-9 {
            heap.push(Waiting(now, number));
            continue;
        }
        own.iter().for_each(|p| *shown.entry(*p).or_default() += 1);
        chosen.push(Chosen { head: number, variants: Vec::new(), parts: Vec::new() });
    }
    chosen
}

/// What a candidate is to one that is shown.
#[derive(Debug, PartialEq, Eq)]
enum Relation {
    Variant,
    Part,
}

/// What `own` is to `shown`, if one lies in the other and the longer has much of the occurrences of the shorter.
fn relation(own: (&str, &Candidate), shown: (&str, &Candidate)) -> Option<Relation> {
    if own.0 != shown.0 && moves_apart(own.1, shown.1) {
        return None;
    }
    let share = |longer: &Candidate, shorter: &Candidate| f64::from(longer.count()) / f64::from(shorter.count());
    if own.0 == shown.0 {
        Some(Relation::Variant)
    } else if own.0.len() > shown.0.len() {
        (share(own.1, shown.1) >= SHARED && own.0.contains(shown.0)).then_some(Relation::Variant)
    } else {
        let shared = share(shown.1, own.1);
        (shared >= SHARED && shown.0.contains(own.0)).then_some(if shared >= SAME { Relation::Variant } else { Relation::Part })
    }
}

/// Whether one of them comes or goes where the other does not: their shares of late occurrences differ by more than chance.
fn moves_apart(a: &Candidate, b: &Candidate) -> bool {
    let [m, n] = [a, b].map(|c| f64::from(c.count()));
    let (p, q) = (f64::from(a.late()) / m, f64::from(b.late()) / n);
    let all = (p * m + q * n) / (m + n);
    (p - q).abs() > APART * (all * (1.0 - all) * (1.0 / m + 1.0 / n)).sqrt()
}

/// What two wordings share that are the same to a lexicon: hyphens and commas are blanks, and 的, 、 and quotation marks are nothing.
pub(super) fn same(candidate: &Candidate) -> String {
    if candidate.language == Language::Zh {
        return candidate.tokens.iter().filter(|t| !matches!(&***t, "的" | "、" | "\"" | "《" | "》")).map(|t| &**t).collect();
    }
    let words = candidate.tokens.iter().filter(|t| t.contains(char::is_alphanumeric));
    words.fold(" ".to_owned(), |text, word| text + &word.replace('-', " ") + " ")
}

/// What it is made of: three characters in a row, two telling words in a row (or the only one).
fn parts(candidate: &Candidate) -> Vec<u64> {
    let is_telling =
        |w: &&str| w.contains(char::is_alphanumeric) && (candidate.language == Language::Zh || Diction::builtin().can_be_at_edge(candidate.language, w));
    let words: Vec<&str> = candidate.words().into_iter().filter(is_telling).collect();
    let length = if candidate.language == Language::Zh { 3 } else { 2 };
    let hash = |part: &[&str]| part.iter().flat_map(|w| w.bytes().chain([b' '])).fold(0, |h, b| mix(h ^ u64::from(b)));
    words.windows(length.min(words.len().max(1))).map(hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_of_one_formula_are_one_and_the_like_is_put_off() {
        let candidate = |text, documents| Candidate::seen_in(Language::En, text, documents);
        let all = [
            candidate("shared future for mankind", 40),
            candidate("community with a shared future for mankind", 30),
            candidate("shared future for mankind in cyberspace", 4),
            candidate("global development initiative", 20),
            candidate("common development", 50),
            candidate("development initiative", 30),
        ];
        let all: Vec<&Candidate> = all.iter().collect();
        let chosen = choose(&all, &[5.0, 6.0, 4.5, 4.3, 4.0, 1.0], 10);
        let plain: Vec<(usize, &[usize], &[usize])> = chosen.iter().map(|c| (c.head, &*c.variants, &*c.parts)).collect();
        assert_eq!(plain, [(1, &[0][..], &[][..]), (3, &[], &[5]), (4, &[], &[]), (2, &[], &[])]);
        let two = choose(&all, &[5.0, 6.0, 4.5, 4.3, 4.0, 1.0], 2);
        assert_eq!(two.iter().map(|c| c.head).collect::<Vec<_>>(), [1, 3]);
    }
}
