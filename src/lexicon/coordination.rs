//! Coordination: "the Global Development and Security Initiatives" names two formulas at once.
//!
//! A pattern marks the part that can stand in such a list: `Global <Development> Initiative(s)`. Formulas whose patterns have
//! the same words around that part are coordinated: their lists are wordings of each of them. Two parts may come in either
//! order; longer lists are in the order of the lexicons. What is repeated may be repeated ("Global Development and Global Security
//! Initiatives", 全球发展倡议和安全倡议).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::formula::{Formula, Wording};
use super::rules::forms;
use crate::error::Fault;
use crate::text::{fold, is_han};

/// Longer lists than this are not looked for.
const MAX_LIST: usize = 6;
/// More lists than this of one frame are not looked for: then pairs alone, and if they are too many, none.
const MAX_LISTS: usize = 400;

/// A part of a wording that can stand in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    /// The index of the variant.
    pub variant: usize,
    pub before: String,
    pub part: String,
    pub after: String,
    /// What the wording needs elsewhere in the document.
    pub needs: Arc<[String]>,
}

/// Adds the lists of the formulas with the same words around a part to their wordings.
pub(super) fn coordinate<'a>(formulas: impl Iterator<Item = &'a mut Formula>) -> Vec<Fault> {
    let mut formulas: Vec<&mut Formula> = formulas.collect();
    let mut frames: BTreeMap<(String, String), Vec<(usize, Slot)>> = BTreeMap::new();
    for (i, formula) in formulas.iter().enumerate() {
        for slot in &formula.slots {
            let key = |text: &str| fold(text).as_str().to_owned();
            frames.entry((key(&slot.before), key(&slot.after))).or_default().push((i, slot.clone()));
        }
    }
    let mut faults = Vec::new();
    for members in frames.values() {
        let longest = (2..=MAX_LIST).rev().find(|longest| count(members.len(), *longest) <= MAX_LISTS).unwrap_or(0);
        if longest == 0 {
            let formula = &formulas[members[0].0];
            let message = format!("`<…>` with the same words beside it is in {} wordings, which are too many to be listed; leave it out", members.len());
            faults.push(Fault { file: formula.file.clone(), line: formula.line, message });
        }
        for list in lists(members, longest) {
            for literal in written(&list.iter().map(|(_, slot)| slot).collect::<Vec<_>>()) {
                for (i, slot) in &list {
                    let formula = &mut formulas[*i];
                    let (literal, variant, needs) = (literal.clone(), slot.variant, slot.needs.clone());
                    match forms(&literal) {
                        Ok(forms) => formula.wordings.push(Wording { literal, variant, forms, acronym: false, needs, coordinated: true }),
                        Err(message) => faults.push(Fault { file: formula.file.clone(), line: formula.line, message }),
                    }
                }
            }
        }
    }
    faults
}

/// How many lists of up to `longest` there are of `members`.
fn count(members: usize, longest: usize) -> usize {
    let mut chosen = 1_usize;
    let mut all = 0_usize;
    for size in 1..=longest.min(members) {
        // The ways to choose `size` of them.
        chosen = chosen.saturating_mul(members + 1 - size) / size;
        all = all.saturating_add(if size == 1 { 0 } else { chosen * if size == 2 { 2 } else { 1 } });
    }
    all
}

/// All pairs in either order, and lists of up to `longest` in the order given; no formula twice in one list.
fn lists(members: &[(usize, Slot)], longest: usize) -> Vec<Vec<&(usize, Slot)>> {
    let distinct = |list: &[&(usize, Slot)], next: &(usize, Slot)| list.iter().all(|(i, _)| *i != next.0);
    let mut all: Vec<Vec<&(usize, Slot)>> = Vec::new();
    let mut open: Vec<(usize, Vec<&(usize, Slot)>)> = vec![(0, Vec::new())];
    while let Some((from, list)) = open.pop().filter(|_| longest > 1) {
        for (k, member) in members.iter().enumerate().skip(from).filter(|(_, m)| distinct(&list, m)) {
            let mut longer = list.clone();
            longer.push(member);
            if longer.len() == 2 {
                all.push(longer.iter().rev().copied().collect());
            }
            if longer.len() >= 2 {
                all.push(longer.clone());
            }
            if longer.len() < longest {
                open.push((k + 1, longer));
            }
        }
    }
    all
}

/// The ways to write a list of parts: nothing repeated, the words before them repeated, or those after them.
fn written(list: &[&Slot]) -> Vec<String> {
    let Some((last, first)) = list.split_last() else { return Vec::new() };
    let chinese = last.part.chars().any(is_han);
    let (comma, joiners): (&str, &[&str]) = if chinese { ("、", &["、", "和", "与", "及"]) } else { (", ", &[" and ", " & "]) };
    let mut all = Vec::new();
    for joiner in joiners {
        let mut add = |before: &str, after: &str| {
            let parts: Vec<String> = first.iter().enumerate().map(|(i, s)| format!("{}{}{after}", if i == 0 { "" } else { before }, s.part)).collect();
            all.push(format!("{}{}{joiner}{before}{}{}", last.before, parts.join(comma), last.part, last.after));
        };
        add("", "");
        // With words on one side only, a part that repeats them is a wording by itself.
        if !(last.before.trim().is_empty() || last.after.trim().is_empty()) {
            add(&last.before, "");
            add("", &last.after);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse_lexicon;
    use super::*;

    fn lexicon() -> Vec<Formula> {
        let entry = |id: &str, en: &str, zh: &str| format!("[[formula]]\nid = \"{id}\"\nen = [\"Global <{en}> Initiative(s)\"]\nzh = [\"全球<{zh}>倡议\"]\n");
        let entries = [entry("d", "Development", "发展"), entry("s", "Security", "安全"), entry("c", "Civilization", "文明")].concat();
        let trust = |id: &str, en: &str| format!("[[formula]]\nid = \"{id}\"\nen = [\"<{en}> trust\"]\n");
        let entries = [entries, trust("p", "political"), trust("q", "strategic")].concat();
        let mut formulas = parse_lexicon("f.toml", &format!("name = \"x\"\nversion = \"1\"\n{entries}")).unwrap().formulas;
        assert_eq!(coordinate(formulas.iter_mut()), []);
        formulas
    }

    #[test]
    fn many_formulas_of_one_frame_do_not_explode() {
        let lexicon = |n: usize| {
            let entry = |i: usize| format!("[[formula]]\nid = \"f{i}\"\nen = [\"<w{i}> trust\"]\n");
            let entries: String = (0..n).map(entry).collect();
            parse_lexicon("f.toml", &format!("name = \"x\"\nversion = \"1\"\n{entries}")).unwrap().formulas
        };
        assert_eq!((count(4, 6), count(12, 2), count(60, 2)), (12 + 4 + 1, 132, 3540));
        let mut formulas = lexicon(12);
        assert_eq!(coordinate(formulas.iter_mut()), []);
        assert!(formulas[0].wordings.iter().all(|w| w.literal.split(" and ").count() <= 2));
        let faults = coordinate(lexicon(60).iter_mut());
        assert!(faults[0].message.contains("too many to be listed"), "{faults:?}");
    }

    #[test]
    fn a_list_is_a_wording_of_each_of_its_members() {
        let formulas = lexicon();
        let has = |id: &str, text: &str| {
            let formula = formulas.iter().find(|f| f.id == id).unwrap();
            formula.wordings.iter().any(|w| w.forms.iter().any(|f| f == text))
        };
        for (text, ids) in [
            ("Global Development Initiative", "d"),
            ("Global Development and Security Initiatives", "ds"),
            ("Global Security & Development Initiative", "ds"),
            ("Global Development, Security, and Civilisation Initiatives", "dsc"),
            ("Global Development and Global Security Initiatives", "ds"),
            ("全球发展、安全、文明倡议", "dsc"),
            ("全球发展安全文明倡议", "dsc"),
            ("全球发展倡议和安全倡议", "ds"),
            ("Global Security, Development and Civilization Initiatives", ""),
            ("political and strategic trust", "pq"),
            ("political trust and strategic trust", ""),
        ] {
            let found: String = ["d", "s", "c", "p", "q"].into_iter().filter(|id| has(id, text)).collect();
            assert_eq!(found, ids, "{text}");
        }
    }
}
