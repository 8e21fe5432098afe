//! The matcher held against a naive search: every wording at every place, by the words of the design alone.

use proptest::prelude::*;

use super::tests::{formula, matcher};
use super::*;

/// A formula's part of a random lexicon.
#[derive(Debug, Clone)]
struct Entry {
    wordings: Vec<String>,
    not: Vec<String>,
}

type Found = Vec<(usize, usize, usize, Option<usize>)>;

/// All ends at which `wording` matches `text` from `at`; letters only, a wildcard at the end of a word.
fn ends(text: &[char], at: usize, wording: &[char]) -> Option<usize> {
    match wording.split_first() {
        None => Some(at),
        Some(('*', rest)) => {
            let run = text[at..].iter().take_while(|c| c.is_alphanumeric() && !is_han(**c)).count();
            ends(text, at + run, rest)
        }
        Some((w, rest)) => {
            let c = text.get(at)?;
            let inner = |i: Option<usize>| i.and_then(|i| text.get(i)).is_some_and(|c| c.is_alphanumeric() && !is_han(*c));
            let blank = |c: char, i: usize| c == ' ' || c == '-' && inner(i.checked_sub(1)) && inner(Some(i + 1));
            (c == w || blank(*c, at) && (*w == ' ' || *w == '-')).then(|| ends(text, at + 1, rest))?
        }
    }
}

/// Whether a match of `start..end` begins and ends where words do.
fn bounded(text: &[char], start: usize, end: usize) -> bool {
    let word = |i: Option<usize>| i.and_then(|i| text.get(i)).is_some_and(|c| c.is_alphanumeric() && !is_han(*c));
    !(word(Some(start)) && word(start.checked_sub(1)) || word(end.checked_sub(1)) && word(Some(end)))
}

fn spans(text: &[char], wordings: &[String]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for start in 0..text.len() {
        for wording in wordings {
            let letters: Vec<char> = wording.chars().collect();
            if let Some(end) = ends(text, start, &letters).filter(|end| bounded(text, start, *end)) {
                all.push((start, end));
            }
        }
    }
    all
}

fn naive(entries: &[Entry], text: &str) -> Found {
    let letters: Vec<char> = text.chars().collect();
    let mut all: Found = Vec::new();
    for (f, entry) in entries.iter().enumerate() {
        let out = spans(&letters, &entry.not);
        let mut own = spans(&letters, &entry.wordings);
        own.retain(|(a, b)| !out.iter().any(|(c, d)| c <= a && b <= d));
        let mut at = 0;
        while at < letters.len() {
            match own.iter().filter(|(a, _)| *a == at).map(|(_, b)| *b).max() {
                Some(end) => {
                    all.push((at, end, f, None));
                    at = end;
                }
                None => at += 1,
            }
        }
    }
    // Of several that hold a match, the longest in bytes: a Chinese character is three.
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let size = |o: &(usize, usize, usize, Option<usize>)| bytes[o.1] - bytes[o.0];
    let flat = all.clone();
    for (a, b, f, within) in &mut all {
        let holds = |o: &&(usize, usize, usize, Option<usize>)| o.2 != *f && o.0 <= *a && *b <= o.1 && o.1 - o.0 > *b - *a;
        let widest = flat.iter().filter(holds).map(size).max();
        // Of several equally long ones, any is right.
        *within = widest;
    }
    all.sort_unstable();
    all
}

fn word() -> impl Strategy<Value = String> {
    "(ab|a|b|人|命|人命|ab a|b ab|a-b|bab|a b a){1,3}"
}

fn entry() -> impl Strategy<Value = Entry> {
    let wildcard = "(aba|bab|abb)\\*( (a|b|ba))?";
    let wording = prop_oneof![4 => word().boxed(), 1 => wildcard.boxed()];
    (proptest::collection::vec(wording, 1..4), proptest::collection::vec(word(), 0..2)).prop_map(|(wordings, not)| Entry { wordings, not })
}

proptest! {
    #[test]
    fn the_matcher_equals_a_naive_search(entries in proptest::collection::vec(entry(), 1..5), text in "(ab|a|b|c| |-|人|命|人命|, |bab|abab){0,40}") {
        let text = fold(&text).as_str().to_owned();
        prop_assume!(fold(&text).as_str() == text);
        let toml: Vec<String> =
            entries.iter().enumerate().map(|(i, e)| formula(&format!("f{i}"), &format!("en = {:?}\nnot = {{ en = {:?} }}", e.wordings, e.not))).collect();
        let matcher = matcher(&toml.concat());
        let folded = fold(&text);
        let place = |byte: usize| text[..byte].chars().count();
        let found = matcher.find(&folded, &text, &[]);
        let widest = |m: &Match| {
            let w = m.within?;
            let outer = found.iter().filter(|o| o.formula == w && o.start <= m.start && m.end <= o.end);
            outer.map(|o| o.end - o.start).max()
        };
        let mut got: Found = found.iter().map(|m| (place(m.start), place(m.end), m.formula, widest(m))).collect();
        got.sort_unstable();
        prop_assert_eq!(got, naive(&entries, &text));
    }
}
