//! What a candidate is to the formulas that lexicons hold: one of them, near one, or new.

use rustc_hash::FxHashMap;

use crate::error::Result;
use crate::lexicon::Lexicons;
use crate::matcher::{Matcher, deviation, key};
use crate::text::is_han;

/// A candidate is known if a known wording makes up this share of it.
const COVERED: f64 = 0.66;
/// What is less alike is not near.
const NEAR: f64 = 0.6;

/// The known formula nearest to a candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// Its id.
    pub formula: String,
    /// How like it is: twice the length of the longest common subsequence of words (of Chinese: characters) over the lengths of both. 1 if it
    /// is the same or lies in the candidate.
    pub likeness: f64,
    /// In what they differ.
    pub difference: String,
}

/// A known wording with words before or after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Extended {
    /// Index of the formula, and of its wording.
    pub formula: usize,
    pub wording: usize,
    /// The words before, or after.
    pub before: String,
    pub after: String,
}

/// The wordings that lexicons hold.
#[derive(Debug)]
pub(super) struct Known {
    matcher: Matcher,
    wordings: Vec<(usize, Vec<String>)>,
    /// The wordings that have a word.
    by_word: FxHashMap<String, Vec<usize>>,
}

impl Known {
    /// Compiles `lexicons`.
    ///
    /// # Errors
    /// Lexicons too large for one automaton.
    pub fn new(lexicons: &Lexicons) -> Result<Known> {
        let matcher = Matcher::new(lexicons)?;
        let mut wordings = Vec::new();
        for (i, formula) in matcher.formulas().iter().enumerate() {
            let own = formula.wordings.iter().filter(|w| !w.acronym && !w.coordinated && !w.literal.contains('*'));
            wordings.extend(own.map(|w| (i, words(&key(&w.literal)))));
        }
        let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (number, (_, words)) in wordings.iter().enumerate() {
            for word in words {
                let list = by_word.entry(word.clone()).or_default();
                if list.last() != Some(&number) {
                    list.push(number);
                }
            }
        }
        Ok(Known { matcher, wordings, by_word })
    }

    /// The formula that a candidate is: of which a wording makes up most of it.
    pub fn is(&self, text: &str) -> Option<&str> {
        let found = self.matcher.find_in(text);
        let folded = crate::text::fold(text);
        let size = |t: &str| words(t).len() as f64;
        let whole = size(folded.as_str());
        let covering = found.iter().filter(|m| size(&folded.as_str()[m.start..m.end]) >= COVERED * whole);
        covering.max_by_key(|m| (m.end - m.start, std::cmp::Reverse(m.formula))).map(|m| self.matcher.formulas()[m.formula].id.as_str())
    }

    /// What it knows.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// The known wording that `text` holds with other words on one side of it.
    pub fn extended(&self, text: &str) -> Option<Extended> {
        let folded = crate::text::fold(text);
        let found = self.matcher.find_in(text);
        let longest = found.iter().max_by_key(|m| (m.end - m.start, std::cmp::Reverse((m.start, m.formula))))?;
        let part = |range: std::ops::Range<usize>| folded.as_str()[range].trim().to_owned();
        let (before, after) = (part(0..longest.start), part(longest.end..folded.as_str().len()));
        (before.is_empty() != after.is_empty()).then_some(Extended { formula: longest.formula, wording: longest.wording, before, after })
    }

    /// The formula nearest to `text`, if any is near.
    pub fn nearest(&self, text: &str) -> Option<Nearest> {
        if let Some(formula) = self.is(text) {
            return Some(Nearest { formula: formula.to_owned(), likeness: 1.0, difference: String::new() });
        }
        let own = words(&key(text));
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        for word in &own {
            self.by_word.get(word).into_iter().flatten().for_each(|w| *shared.entry(*w).or_default() += 1);
        }
        let most = |(w, shared): (&usize, &usize)| 2.0 * *shared as f64 / (own.len() + self.wordings[*w].1.len()) as f64;
        let mut near: Vec<usize> = shared.iter().filter(|entry| most(*entry) >= NEAR).map(|(w, _)| *w).collect();
        near.sort_unstable();
        let likeness = |w: &usize| 2.0 * common(&own, &self.wordings[*w].1) as f64 / (own.len() + self.wordings[*w].1.len()) as f64;
        let best = near.iter().map(|w| (likeness(w), *w)).filter(|(likeness, _)| *likeness >= NEAR).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        let (formula, wording) = &self.wordings[best.1];
        Some(Nearest { formula: self.matcher.formulas()[*formula].id.clone(), likeness: best.0, difference: difference(wording, &own) })
    }
}

/// What `text` has instead of a part of `wording`, or beside it.
fn difference(wording: &[String], text: &[String]) -> String {
    let first = wording.iter().zip(text).take_while(|(a, b)| a == b).count();
    let rest = wording.len().min(text.len()) - first;
    let last = wording.iter().rev().zip(text.iter().rev()).take_while(|(a, b)| a == b).count().min(rest);
    let joined = |words: &[String]| words.join(if words.iter().any(|w| w.contains(is_han)) { "" } else { " " });
    deviation(&joined(&wording[first..wording.len() - last]), &joined(&text[first..text.len() - last]))
}

/// The words, or Chinese characters, of a folded text.
fn words(folded: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for part in folded.split(|c: char| !(c.is_alphanumeric() || c == '\'')) {
        if part.contains(is_han) {
            words.extend(part.chars().map(String::from));
        } else if !part.is_empty() {
            words.push(part.to_owned());
        }
    }
    words
}

/// The length of the longest common subsequence.
fn common(a: &[String], b: &[String]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::parse_lexicon;

    #[test]
    fn the_known_and_the_near() {
        let toml = "name = \"l\"\nversion = \"1\"\n[[formula]]\nid = \"future\"\nen = [\"community with a shared future for mankind\"]\nzh = [\"人类命运共同体\"]\n\
                    [[formula]]\nid = \"gdi\"\nen = [\"Global Development Initiative\"]\n";
        let known = Known::new(&Lexicons::from_lexicons(vec![parse_lexicon("l.toml", toml).unwrap()]).unwrap()).unwrap();
        for (text, is, nearest) in [
            ("community with a shared future for mankind", Some("future"), Some(("future", 1.0, ""))),
            ("build a community with a shared future for mankind", Some("future"), Some(("future", 1.0, ""))),
            ("community with a shared future for humanity", None, Some(("future", 12.0 / 14.0, "with `humanity` for `mankind`"))),
            ("global health initiative", None, Some(("gdi", 4.0 / 6.0, "with `health` for `development`"))),
            ("人类卫生健康共同体", None, Some(("future", 10.0 / 16.0, "with `卫生健康` for `命运`"))),
            ("win-win cooperation", None, None),
        ] {
            assert_eq!(known.is(text), is, "{text}");
            let found = known.nearest(text);
            assert_eq!(found.as_ref().map(|n| (n.formula.as_str(), n.likeness, n.difference.as_str())), nearest, "{text}");
        }
    }
}
