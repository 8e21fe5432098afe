//! Finding formulas: one automaton for all wordings of all lexicons, run over folded paragraphs.
//!
//! All occurrences are searched for (overlapping ones too), then those that do not end where words end are dropped, and only
//! then does the longest win. The other way round, a longest match that fails at a word's edge would hide a shorter one that
//! does not ("one China policymakers" holds "one China", not "one China policy").

mod hits;
mod resolve;

pub use hits::Hit;

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result};
use crate::lexicon::{Formula, Lexicons};
use crate::text::{Folded, fold, is_bounded, plain};

/// A compiled set of lexicons.
#[derive(Debug)]
pub struct Matcher {
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
    formulas: Vec<Formula>,
}

#[derive(Debug)]
struct Pattern {
    /// Index into the formulas.
    formula: usize,
    /// The wording, as written out in the lexicon.
    literal: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Wording,
    /// Case-sensitive; counts only beside another wording in the document.
    Acronym,
    /// A match inside it does not count.
    Exception,
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
    /// Index of the wording.
    wording: usize,
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
        let mut patterns = Vec::new();
        for (i, formula) in formulas.iter().enumerate() {
            for wording in &formula.wordings {
                let kind = if wording.acronym { Kind::Acronym } else { Kind::Wording };
                patterns.push(Pattern { formula: i, literal: wording.literal.clone(), kind });
            }
            patterns.extend(formula.exceptions.iter().map(|e| Pattern { formula: i, literal: e.clone(), kind: Kind::Exception }));
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(patterns.iter().map(|p| fold(&p.literal).as_str().to_owned()))
            .map_err(|e| Error::Usage(format!("the lexicons are too large: {e}")))?;
        Ok(Matcher { automaton, patterns, formulas })
    }

    /// The formulas, as numbered in matches.
    pub fn formulas(&self) -> &[Formula] {
        &self.formulas
    }

    /// The formulas in `folded`, made from `source`. No match crosses one of the `cuts` (offsets into the folded text).
    /// Acronyms are among them whether or not the document spells them out.
    pub fn find(&self, folded: &Folded, source: &str, cuts: &[usize]) -> Vec<Match> {
        resolve::resolve(self.candidates(folded, source, cuts), &self.patterns)
    }

    /// All occurrences of all wordings that are bounded, cross no cut and, for acronyms, have the right case.
    fn candidates(&self, folded: &Folded, source: &str, cuts: &[usize]) -> Vec<Candidate> {
        let text = folded.as_str();
        let crosses = |c: &Candidate| cuts.get(cuts.partition_point(|&cut| cut <= c.start)).is_some_and(|&cut| cut < c.end);
        let cased = |c: &Candidate| {
            let pattern = &self.patterns[c.pattern];
            pattern.kind != Kind::Acronym || plain(&source[folded.source(c.start..c.end)]).nfkc().eq(pattern.literal.chars())
        };
        let all = self.automaton.find_overlapping_iter(text);
        let candidates = all.map(|m| Candidate { start: m.start(), end: m.end(), pattern: m.pattern().as_usize() });
        candidates.filter(|c| is_bounded(text, c.start, c.end) && !crosses(c) && cased(c)).collect()
    }
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

    /// Every wording looked for at every place, by the design's words alone.
    fn naive(matcher: &Matcher, text: &str) -> Vec<(usize, usize, usize)> {
        let letters: Vec<(usize, char)> = text.char_indices().collect();
        let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
        let word = |i: Option<usize>| i.and_then(|i| letters.get(i)).is_some_and(|(_, c)| c.is_alphanumeric() && !han(*c));
        let mut all = Vec::new();
        for (f, formula) in matcher.formulas.iter().enumerate() {
            let mut longest: Vec<(usize, usize)> = Vec::new();
            for (i, (at, first)) in letters.iter().enumerate() {
                let mut ends: Vec<usize> = formula
                    .wordings
                    .iter()
                    .filter_map(|w| {
                        let literal: String = w.literal.to_lowercase();
                        text[*at..].starts_with(&literal).then(|| at + literal.len())
                    })
                    .filter(|end| {
                        let j = letters.iter().position(|(k, _)| k == end).unwrap_or(letters.len());
                        let last = letters[j - 1].1;
                        (han(*first) || !word(i.checked_sub(1))) && (han(last) || !word(Some(j)))
                    })
                    .collect();
                ends.sort_unstable();
                if let Some(end) = ends.pop()
                    && longest.last().is_none_or(|(_, e)| at >= e)
                {
                    longest.push((*at, end));
                }
            }
            all.extend(longest.into_iter().map(|(a, b)| (f, a, b)));
        }
        all.sort_unstable_by_key(|(f, a, b)| (*a, *b, *f));
        all
    }

    proptest::proptest! {
        #[test]
        fn equals_a_naive_search(
            words in proptest::collection::vec("(ab|a|b|人|命|人命|ab a|b ab){1,3}", 1..8),
            text in "(ab|a|b|c| |人|命|人命|, ){0,40}",
        ) {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = fold(&text).as_str().to_owned();
            let entries: Vec<String> = words.chunks(2).enumerate().map(|(i, w)| formula(&format!("f{i}"), &format!("en = {w:?}"))).collect();
            let matcher = matcher(&entries.concat());
            let folded = fold(&text);
            let mut got: Vec<_> = matcher.find(&folded, &text, &[]).into_iter().map(|m| (m.formula, m.start, m.end)).collect();
            got.sort_unstable_by_key(|(f, a, b)| (*a, *b, *f));
            proptest::prop_assert_eq!(got, naive(&matcher, &text));
        }
    }

    #[test]
    fn an_acronym_counts_and_hides_only_where_it_is_spelled_out() {
        let matcher = matcher(
            &[formula("forum", "en = [\"Forum of the Global South\"]\nacronyms = [\"Global South Forum\"]"), formula("south", "en = [\"Global South\"]")]
                .concat(),
        );
        let ids = |text: &str| {
            let document = crate::corpus::document_from_text("a.txt", text.to_owned(), crate::people::People::builtin());
            let segments = crate::attribution::attribute(&document, crate::people::People::builtin()).segments;
            let hits = matcher.hits(&document, &segments);
            hits.into_iter().filter(|h| h.within.is_none()).map(|h| matcher.formulas[h.formula].id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids("They met at the Global South Forum."), ["south"]);
        assert_eq!(ids("The Forum of the Global South met.\n\nThe Global South Forum ended."), ["forum", "forum"]);
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

    #[test]
    fn the_examples_of_the_built_in_lexicons_hold() {
        let lexicons = Lexicons::load(&[""; 0], false).unwrap();
        let matcher = Matcher::new(&lexicons).unwrap();
        let counted = |text: &str, id: &str| {
            let folded = fold(text);
            let found = matcher.find(&folded, text, &[]);
            let is = |m: &&Match| matcher.formulas[m.formula].id == id && m.within.is_none();
            // An acronym alone does not count.
            found.iter().filter(is).any(|m| matcher.patterns[m.wording].kind == Kind::Wording)
        };
        let mut wrong = Vec::new();
        for formula in lexicons.formulas() {
            for language in formula.patterns.keys() {
                match formula.example.get(language) {
                    None => wrong.push(format!("{}: no example in {}", formula.id, language.code())),
                    Some(text) if !counted(text, &formula.id) => wrong.push(format!("{}: not found in {text}", formula.id)),
                    Some(_) => {}
                }
                match formula.counterexample.get(language) {
                    None => wrong.push(format!("{}: no counterexample in {}", formula.id, language.code())),
                    Some(text) if counted(text, &formula.id) => wrong.push(format!("{}: found in {text}", formula.id)),
                    Some(_) => {}
                }
            }
            for theme in formula.themes.iter().filter(|t| lexicons.theme(t).label.is_empty()) {
                wrong.push(format!("{}: no theme {theme}", formula.id));
            }
        }
        assert_eq!(wrong, [""; 0]);
    }
}
