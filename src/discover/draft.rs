//! Candidates as a lexicon that is to be looked over: each an entry with its wordings, and where it was found.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::choose::same;
use super::gather::Ranked;
use super::run::Entry;
use crate::error::Result;
use crate::lexicon::{Lexicons, parse_lexicon};
use crate::text::{Language, quoted};

/// So many words of a text make an id.
const ID_WORDS: usize = 8;

/// The wordings that a lexicon lists: its own, and its variants, but for those that are the same by rule as one that is `written`.
pub(super) fn wordings(ranked: &Ranked, written: &mut HashSet<String>) -> Vec<String> {
    let all = std::iter::once(&ranked.candidate).chain(&ranked.variants);
    all.filter(|c| written.insert(same(c))).map(super::Candidate::text).collect()
}

/// A lexicon of bare entries, in their order, each with the wordings given.
///
/// # Errors
/// A wording that is no pattern.
pub(super) fn bare(entries: impl Iterator<Item = (Language, Vec<String>)>) -> Result<Lexicons> {
    let mut out = head("found");
    for (number, (language, wordings)) in entries.enumerate() {
        let _ = writeln!(out, "[[formula]]\nid = \"f{number}\"\n{} = {}", language.code(), list(&wordings));
    }
    Lexicons::from_lexicons(vec![parse_lexicon("candidates", &out)?])
}

fn head(name: &str) -> String {
    format!("name = {}\nversion = \"1\"\ndescription = \"Candidates found by tifa discover, to be looked over.\"\n", quoted(name))
}

/// The lexicon file `name` of `entries`, ready to be reviewed. A Chinese entry with an English partner is written with it.
pub fn draft(name: &str, entries: &[Entry]) -> String {
    let mut out = head(name);
    let mut ids: HashSet<String> = HashSet::new();
    let mut written: HashSet<String> = HashSet::new();
    let partner = |entry: &Entry| entry.partner.as_ref().map(|p| &entries[p.entry]);
    for entry in entries.iter().filter(|e| !(e.language() == Language::Zh && partner(e).is_some())) {
        let both: Vec<&Entry> = std::iter::once(entry).chain(partner(entry)).collect();
        out.push('\n');
        both.iter().for_each(|e| comment(&mut out, e));
        let id = unused(&id_of(entry), &mut ids);
        let labels: Vec<String> = both.iter().map(|e| format!("{} = {}", e.language().code(), quoted(e.text()))).collect();
        let _ = writeln!(out, "[[formula]]\nid = \"{id}\"\nlabel = {{ {} }}\nthemes = []", labels.join(", "));
        let notes: Vec<String> = both.iter().filter_map(|e| note(e)).collect();
        if !notes.is_empty() {
            let _ = writeln!(out, "note = {}", quoted(&notes.join(" ")));
        }
        for e in both {
            let _ = writeln!(out, "{} = {}", e.language().code(), list(&wordings(&e.ranked, &mut written)));
        }
    }
    out
}

fn comment(out: &mut String, entry: &Entry) {
    let uses = &entry.uses;
    let day = |d: Option<chrono::NaiveDate>| d.map_or_else(|| "undated".to_owned(), |d| d.to_string());
    let _ = writeln!(
        out,
        "# {} {}: score {:.2}; {} times in {} documents, {} speakers, {} to {}",
        entry.language().code(),
        entry.rank,
        entry.ranked.score,
        uses.occurrences(),
        uses.documents(),
        uses.speakers,
        day(uses.first),
        day(uses.last)
    );
    for context in &uses.contexts {
        let _ = writeln!(out, "#   {}", context.replace(char::is_control, " "));
    }
}

fn note(entry: &Entry) -> Option<String> {
    let near = entry
        .nearest
        .as_ref()
        .map(|n| format!("Near {} ({:.2}): {}.", n.formula, n.likeness, if n.difference.is_empty() { "the same" } else { &n.difference }));
    let partner = entry.partner.as_ref().filter(|_| entry.language() != Language::Zh);
    let paired = partner.map(|p| format!("Paired by {} shared days or documents (Dice {:.2}).", p.shared, p.dice));
    let notes: Vec<String> = near.into_iter().chain(paired).collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}

fn id_of(entry: &Entry) -> String {
    let text = entry.ranked.candidate.text();
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).take(ID_WORDS).collect();
    let slug = words.join("-");
    if slug.contains(|c: char| c.is_ascii_alphabetic()) { slug } else { format!("{}-{:03}", entry.language().code(), entry.rank) }
}

fn unused(id: &str, ids: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|n| format!("{id}-{n}"));
    let free = std::iter::once(id.to_owned()).chain(numbered).find(|id| !ids.contains(id)).unwrap_or_default();
    ids.insert(free.clone());
    free
}

fn list(wordings: &[String]) -> String {
    format!("[{}]", wordings.iter().map(|w| quoted(w)).collect::<Vec<_>>().join(", "))
}
