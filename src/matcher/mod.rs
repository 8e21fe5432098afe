//! Finding formulas: one automaton for all wordings of all lexicons, followed wherever a word of a folded paragraph begins.
//!
//! All occurrences are searched for (overlapping ones too), then those that do not end where words end are dropped, and only
//! then does the longest win. The other way round, a longest match that fails at a word's edge would hide a shorter one that
//! does not ("one China policymakers" holds "one China", not "one China policy").

mod beginnings;
mod hits;
mod key;
#[cfg(test)]
mod naive;
mod near;
mod resolve;
mod starts;
mod trace;

pub use hits::Hit;
pub use key::key;
pub use near::{Near, NearMisses, deviation};
pub use trace::{Outcome, Trace};

use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result};
use crate::lexicon::{Formula, Lexicons, Wording};
use crate::text::{Folded, begins_bounded, fold, is_bounded, is_han, plain};
use key::{WILD, spaced};
use resolve::{Fate, resolve};
use starts::Starts;

/// A compiled set of lexicons.
#[derive(Debug)]
pub struct Matcher {
    literals: Starts,
    patterns: Vec<Pattern>,
    formulas: Vec<Formula>,
}

#[derive(Debug)]
struct Pattern {
    /// Index into the formulas.
    formula: usize,
    /// Index into the formula's wordings; of no meaning for what is not one.
    wording: usize,
    kind: Kind,
    /// After each wildcard, what follows the end of the word.
    tail: Vec<String>,
    /// It counts only where the document has what this group of patterns looks for.
    needs: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Wording,
    /// Case-sensitive; counts only beside another wording in the document, unless it names what it needs.
    Acronym,
    /// A match inside it does not count.
    Exception,
    /// What a wording needs elsewhere in the document; the number of the group.
    Need(usize),
}

impl Kind {
    fn is_wording(self) -> bool {
        matches!(self, Kind::Wording | Kind::Acronym)
    }
}

/// An occurrence in a folded text, before formulas are held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Candidate {
    start: usize,
    end: usize,
    pattern: usize,
}

/// A formula found in a folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Where it stands in the folded text.
    pub start: usize,
    /// See `start`.
    pub end: usize,
    /// Index of the formula.
    pub formula: usize,
    /// Index of the wording in the formula.
    pub wording: usize,
    /// Index of the formula in whose longer match it lies.
    pub within: Option<usize>,
}

impl Matcher {
    /// Compiles `lexicons`.
    ///
    /// # Errors
    /// Lexicons too large for one automaton.
    pub fn new(lexicons: &Lexicons) -> Result<Self> {
        let formulas: Vec<Formula> = lexicons.formulas().cloned().collect();
        let mut compiler = Compiler::default();
        for (i, formula) in formulas.iter().enumerate() {
            for (w, wording) in formula.wordings.iter().enumerate() {
                let kind = if wording.acronym { Kind::Acronym } else { Kind::Wording };
                let needs = compiler.group(i, wording);
                wording.forms.iter().for_each(|form| compiler.add(form, i, w, kind, needs));
            }
            formula.exceptions.iter().for_each(|e| compiler.add(e, i, 0, Kind::Exception, None));
        }
        let literals = Starts::new(compiler.literals).map_err(|e| Error::Usage(format!("the lexicons are too large: {e}")))?;
        Ok(Matcher { literals, patterns: compiler.patterns, formulas })
    }

    /// The formulas, as numbered in matches.
    pub fn formulas(&self) -> &[Formula] {
        &self.formulas
    }

    /// The formulas in `folded`, made from `source`. No match crosses one of the `cuts` (offsets into the folded text).
    /// What counts only beside something else in the document is among them either way.
    pub fn find(&self, folded: &Folded, source: &str, cuts: &[usize]) -> Vec<Match> {
        self.standing(self.candidates(folded, source, cuts))
    }

    /// The formulas in `text` taken for a whole document: what needs something else counts where that is in it too.
    pub fn find_in(&self, text: &str) -> Vec<Match> {
        let candidates = self.candidates(&fold(text), text, &[]);
        let present = self.present(&[&candidates]);
        self.standing(candidates.into_iter().filter(|c| present.allows(&self.patterns[c.pattern])).collect())
    }

    /// Those of the candidates that stand.
    fn standing(&self, candidates: Vec<Candidate>) -> Vec<Match> {
        let matched = |(c, fate): (Candidate, Fate)| {
            let Fate::Stands { within } = fate else { return None };
            let pattern = &self.patterns[c.pattern];
            Some(Match { start: c.start, end: c.end, formula: pattern.formula, wording: pattern.wording, within })
        };
        resolve(candidates, &self.patterns).into_iter().filter_map(matched).collect()
    }

    /// The wording that a pattern looks for.
    fn wording(&self, pattern: &Pattern) -> &Wording {
        &self.formulas[pattern.formula].wordings[pattern.wording]
    }

    /// All occurrences of all patterns that are bounded, cross no cut and, for acronyms, have the right case.
    fn candidates(&self, folded: &Folded, source: &str, cuts: &[usize]) -> Vec<Candidate> {
        let text = spaced(folded.as_str());
        let mut candidates = Vec::new();
        self.literals.at_words(&text, |pattern, start, end| {
            let bounded = self.occurrence(&text, pattern, start, end).filter(|c| is_bounded(&text, c.start, c.end));
            candidates.extend(bounded.filter(|c| !crosses(c, cuts) && self.is_cased(c, folded, source)));
        });
        candidates
    }

    /// All occurrences of all patterns in `text`, whatever stands around them; but only what begins a word is followed through
    /// wildcards to its end: one word can hold a stem many times.
    fn occurrences(&self, text: &str) -> Vec<Candidate> {
        let mut found = Vec::new();
        self.literals.anywhere(text, |pattern, start, end| {
            if self.patterns[pattern].tail.is_empty() || begins_bounded(text, start) {
                found.extend(self.occurrence(text, pattern, start, end));
            }
        });
        found
    }

    /// The occurrence of a pattern whose literal stands at `start..end`, unless what follows its wildcards is missing.
    fn occurrence(&self, text: &str, pattern: usize, start: usize, end: usize) -> Option<Candidate> {
        let end = extended(text, end, &self.patterns[pattern].tail)?;
        Some(Candidate { start, end, pattern })
    }

    /// Whether an occurrence has the case of its acronym.
    fn is_cased(&self, c: &Candidate, folded: &Folded, source: &str) -> bool {
        let pattern = &self.patterns[c.pattern];
        if pattern.kind != Kind::Acronym {
            return true;
        }
        let (text, literal) = (&source[folded.source(c.start..c.end)], self.wording(pattern).literal.as_str());
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_alphanumeric());
        text == literal || !(plain(text) && plain(literal)) && cased(text) == cased(literal)
    }
}

/// The patterns of a matcher in the making.
#[derive(Default)]
struct Compiler {
    patterns: Vec<Pattern>,
    /// What the automaton looks for, one for each pattern.
    literals: Vec<String>,
    /// The groups of needed patterns, by their literals.
    groups: HashMap<Arc<[String]>, usize>,
}

impl Compiler {
    /// Adds a literal of formula `formula`.
    fn add(&mut self, literal: &str, formula: usize, wording: usize, kind: Kind, needs: Option<usize>) {
        let key = key(literal);
        let mut parts = key.split('*').map(str::to_owned);
        self.literals.push(parts.next().unwrap_or_default());
        self.patterns.push(Pattern { formula, wording, kind, tail: parts.collect(), needs });
    }

    /// The group of what `wording` needs, if it needs anything.
    fn group(&mut self, formula: usize, wording: &Wording) -> Option<usize> {
        if wording.needs.is_empty() {
            return None;
        }
        let next = self.groups.len();
        let group = *self.groups.entry(wording.needs.clone()).or_insert(next);
        if group == next {
            wording.needs.iter().for_each(|need| self.add(need, formula, 0, Kind::Need(group), None));
        }
        Some(group)
    }
}

/// What two texts share that are the same acronym: folded but for case.
fn cased(text: &str) -> String {
    let dash = |c: char| if matches!(c, '\u{2010}'..='\u{2013}' | '\u{2212}') { '-' } else { c };
    let plain: String = plain(text).nfkc().map(dash).collect();
    spaced(&plain).into_owned()
}

/// The end of an occurrence whose first part ends at `end`: each wildcard runs to the end of its word, and what follows it in
/// the pattern has to stand there.
fn extended(text: &str, mut end: usize, tail: &[String]) -> Option<usize> {
    for part in tail {
        let word = |c: &char| c.is_alphanumeric() && !is_han(*c);
        end += text[end..].chars().take_while(word).map(char::len_utf8).sum::<usize>();
        end += text[end..].starts_with(part.as_str()).then_some(part.len())?;
    }
    Some(end)
}

/// Whether an occurrence lies on both sides of one of the `cuts`.
fn crosses(c: &Candidate, cuts: &[usize]) -> bool {
    cuts.get(cuts.partition_point(|&cut| cut <= c.start)).is_some_and(|&cut| cut < c.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn matcher(formulas: &str) -> Matcher {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file, format!("name = \"t\"\nversion = \"1\"\n{formulas}").as_bytes()).unwrap();
        Matcher::new(&Lexicons::load(&[file.path()], true).unwrap()).unwrap()
    }

    pub(super) fn formula(id: &str, rest: &str) -> String {
        format!("[[formula]]\nid = \"{id}\"\nlabel = {{}}\n{rest}\n")
    }

    /// `id:text` of each match; `id<outer:text` of one inside another.
    pub(super) fn found(matcher: &Matcher, text: &str) -> Vec<String> {
        let folded = fold(text);
        matcher
            .find(&folded, text, &[])
            .into_iter()
            .map(|m| {
                let id = &matcher.formulas[m.formula].id;
                let within = m.within.map_or_else(String::new, |w| format!("<{}", matcher.formulas[w].id));
                format!("{id}{within}:{}", &text[folded.source(m.start..m.end)])
            })
            .collect()
    }

    /// The ids of the formulas that count in a document.
    fn counted(matcher: &Matcher, text: &str) -> Vec<String> {
        let document = crate::corpus::document_from_text("a.txt", text.to_owned(), crate::people::People::builtin());
        let segments = crate::attribution::attribute(&document, crate::people::People::builtin()).segments;
        let hits = matcher.hits(&document, &segments);
        hits.into_iter().filter(|h| h.within.is_none()).map(|h| matcher.formulas[h.formula].id.clone()).collect()
    }

    #[test]
    fn what_other_tools_got_wrong() {
        let lexicon = [
            formula("czech", "en = [\"Czech Republic\", \"Czech\"]"),
            formula("guinea", "en = [\"Guinea\"]"),
            formula("eq-guinea", "en = [\"Equatorial Guinea\"]"),
            formula("bissau", "en = [\"Guinea{-, }Bissau\"]"),
            formula("india", "zh = [\"印度\"]"),
            formula("indonesia", "zh = [\"印度尼西亚\"]"),
            formula("ip", "zh = [\"知识产权\"]"),
            formula("ip-office", "zh = [\"国家知识产权局\"]"),
            formula("testing", "en = [\"testing\"]"),
            formula("testing-123", "en = [\"testing 123\"]"),
            formula("daily", "zh = [\"人民日报\"]"),
            formula("beijing", "zh = [\"北京\"]"),
            formula("welcome", "zh = [\"欢迎你\"]"),
            formula("one-china", "en = [\"one China\"]"),
            formula("policy", "en = [\"one China policy\"]"),
            formula("gdi", "en = [\"Global Development Initiative\"]\nacronyms = [\"GDI\"]"),
            formula("au", "en = [\"African and European Unions\"]\nacronyms = [\"AU\u{2011}EU\"]"),
            formula("civ", "en = [\"civilization* exchange*\", \"civilization*\"]"),
            formula("goods", "en = [\"public good[s]\"]\nnot = { en = [\"the public good\"] }"),
        ];
        let matcher = matcher(&lexicon.concat());
        for (text, want) in [
            ("the Czech Republic", vec!["czech:Czech Republic"]),
            (
                "Guinea, Equatorial Guinea and Guinea-Bissau",
                vec!["guinea:Guinea", "guinea<eq-guinea:Guinea", "eq-guinea:Equatorial Guinea", "guinea<bissau:Guinea", "bissau:Guinea-Bissau"],
            ),
            ("印度尼西亚", vec!["india<indonesia:印度", "indonesia:印度尼西亚"]),
            ("国家知识产权", vec!["ip:知识产权"]),
            ("testing 12345", vec!["testing:testing"]),
            ("İ testing", vec!["testing:testing"]),
            ("人民日报1报道", vec!["daily:人民日报"]),
            ("北京欢迎你", vec!["beijing:北京", "welcome:欢迎你"]),
            ("one China policymakers", vec!["one-china:one China"]),
            ("GDI, gdi, Gdi, GDI's, ＧＤＩ", vec!["gdi:GDI", "gdi:GDI", "gdi:ＧＤＩ"]),
            ("a public good; the public good; the public goods", vec!["goods:public good", "goods:public goods"]),
            ("Global-Development Initiative", vec!["gdi:Global-Development Initiative"]),
            ("civilizations, Civilisational exchanges; civilization", vec!["civ:civilizations", "civ:Civilisational exchanges", "civ:civilization"]),
            ("uncivilization civilization-based 文明civilized", vec!["civ:civilization"]),
            ("AU-EU, AU\u{2013}EU, AU EU and au-eu", vec!["au:AU-EU", "au:AU\u{2013}EU", "au:AU EU"]),
            ("Global\u{a0}Development\nInitiative’s", vec!["gdi:Global\u{a0}Development\nInitiative"]),
        ] {
            let mut got = found(&matcher, text);
            got.sort();
            let mut want = want;
            want.sort();
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn nothing_crosses_a_cut() {
        let matcher = matcher(&formula("a", "en = [\"one two three\", \"one two\"]"));
        let text = "one two three";
        let folded = fold(text);
        let found = matcher.find(&folded, text, &[8]);
        assert_eq!((found[0].start, found[0].end), (0, 7));
        assert!(matcher.find(&folded, text, &[4]).is_empty());
    }

    #[test]
    fn an_acronym_counts_and_hides_only_where_it_is_spelled_out() {
        let matcher = matcher(
            &[formula("forum", "en = [\"Forum of the Global South\"]\nacronyms = [\"Global South Forum\"]"), formula("south", "en = [\"Global South\"]")]
                .concat(),
        );
        assert_eq!(counted(&matcher, "They met at the Global South Forum."), ["south"]);
        assert_eq!(counted(&matcher, "The Forum of the Global South met.\n\nThe Global South Forum ended."), ["forum", "forum"]);
    }

    #[test]
    fn what_needs_something_else_counts_where_that_is() {
        let matcher = matcher(
            &[
                formula("five", "en = [{ pattern = \"five principles\", needs = [\"peaceful co{-,}existence\", \"Panchsheel\"] }]\nacronyms = [\"FP\"]"),
                formula(
                    "ten",
                    "en = [\"ten principles\"]\nnot = { en = [\"the ten principles\"] }\nacronyms = [\"TP\", { pattern = \"TEN\", needs = [\"Bandung\"] }]",
                ),
            ]
            .concat(),
        );
        assert_eq!(counted(&matcher, "The five principles of good design."), [""; 0]);
        assert_eq!(counted(&matcher, "The five principles were named.\n\nPeaceful coexistence was their aim."), ["five"]);
        assert_eq!(counted(&matcher, "TP and TEN stand for the ten principles."), [""; 0]);
        assert_eq!(counted(&matcher, "TP and TEN stand for ten principles."), ["ten", "ten"]);
        assert_eq!(counted(&matcher, "TEN was written in Bandung, not TP."), ["ten"]);
        assert_eq!(counted(&matcher, "FP means the five principles."), [""; 0]);
        assert_eq!(counted(&matcher, "FP means the five principles of peaceful coexistence."), ["five", "five"]);
    }

    #[test]
    fn words_broken_at_line_ends_hide_nothing() {
        let matcher = matcher(&[formula("community", "en = [\"community with a shared future\"]"), formula("win", "en = [\"win-win cooperation\"]")].concat());
        let text = "Minister Varga spoke for more than an hour of a commu-\nnity with a shared future, of what it means, and of win-\nwin cooperation, in which she said she believes as firm-\nly as anybody does.";
        let document = crate::corpus::document_from_text("a.txt", text.to_owned(), crate::people::People::builtin());
        let segments = crate::attribution::attribute(&document, crate::people::People::builtin()).segments;
        let texts: Vec<&str> = matcher.hits(&document, &segments).into_iter().map(|h| &text[h.range]).collect();
        assert_eq!(texts, ["commu-\nnity with a shared future", "win-\nwin cooperation"]);
    }
}
