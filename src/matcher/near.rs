//! Near misses: a text that deviates from a wording in one word.
//!
//! In English one word is another, too many or missing; in Chinese, which has no words to see, a run of one or two characters
//! is another or missing, or one of up to four is too many. Of a wording cut in two, one half is then intact: an automaton finds the halves, and
//! what stands beside them is compared with the other half.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Match, Matcher, WILD, key, spaced};
use crate::corpus::Layout;
use crate::error::{Error, Result};
use crate::text::{Folded, is_han};

/// English wordings of fewer words are not held against other words.
const MIN_WORDS: usize = 3;
/// So many Chinese characters have to stay, and so many where the deviation is at the edge of the wording.
const MIN_CHARACTERS: usize = 4;
const MIN_CHARACTERS_AT_EDGE: usize = 7;
/// So many English words that are not the commonest ones have to stay, and so many where the deviation is at the edge.
const MIN_TELLING: usize = 2;
const MIN_TELLING_AT_EDGE: usize = 3;
/// A run of Chinese characters that is another or missing has at most so many, and one that is too many.
const CHANGED: usize = 2;
const INSERTED: usize = 4;

/// A place where a wording is all but there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Where it stands in the folded text.
    pub range: Range<usize>,
    /// The part that is as in the wording, where the deviation is at its edge; else all of it.
    kept: Range<usize>,
    /// Index of the formula.
    pub formula: usize,
    /// Index of its wording.
    pub wording: usize,
    /// What the wording has and the text has not.
    pub missing: String,
    /// What the text has instead, or beside.
    pub instead: String,
}

/// A deviation in words: `with x for y`.
pub fn deviation(missing: &str, instead: &str) -> String {
    match (missing, instead) {
        (missing, "") => format!("without `{missing}`"),
        ("", instead) => format!("with `{instead}` added"),
        (missing, instead) => format!("with `{instead}` for `{missing}`"),
    }
}

/// Finds near misses of the formulas of a matcher.
#[derive(Debug)]
pub struct NearMisses<'m> {
    matcher: &'m Matcher,
    automaton: AhoCorasick,
    halves: Vec<Half>,
    forms: Vec<Form>,
}

/// A form of a wording in tokens.
#[derive(Debug)]
struct Form {
    formula: usize,
    wording: usize,
    tokens: Vec<String>,
    chinese: bool,
}

/// The first or second part of a form that is cut before the token `cut`.
#[derive(Debug)]
struct Half {
    form: usize,
    cut: usize,
    first: bool,
}

/// A word, a Chinese character or a mark of punctuation in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Token<'t> {
    text: &'t str,
    start: usize,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

impl<'m> NearMisses<'m> {
    /// Compiles the wordings of `matcher`; acronyms, lists and wildcards have no near misses.
    ///
    /// # Errors
    /// Lexicons too large for one automaton.
    pub fn new(matcher: &'m Matcher) -> Result<Self> {
        let (mut forms, mut halves, mut literals): (Vec<Form>, Vec<Half>, Vec<String>) = (Vec::new(), Vec::new(), Vec::new());
        for (f, formula) in matcher.formulas.iter().enumerate() {
            let own = formula.wordings.iter().enumerate().filter(|(_, w)| !w.acronym && !w.coordinated && !w.literal.contains('*'));
            for (w, form) in own.flat_map(|(w, wording)| wording.forms.iter().map(move |form| (w, form))) {
                let text = key(form);
                let tokens: Vec<Token<'_>> = tokens(&text);
                let chinese = text.chars().any(is_han);
                if tokens.len() < 2 || chinese && tokens.len() < MIN_CHARACTERS {
                    continue;
                }
                let middle = tokens.len() / 2;
                // A run of two characters across one cut is not across the other.
                let cuts = [middle, middle + usize::from(chinese)];
                for cut in cuts.into_iter().take(1 + usize::from(chinese)) {
                    let at = tokens[cut].start;
                    for (part, first) in [(text[..at].trim(), true), (text[at..].trim(), false)] {
                        literals.push(part.to_owned());
                        halves.push(Half { form: forms.len(), cut, first });
                    }
                }
                forms.push(Form { formula: f, wording: w, tokens: tokens.iter().map(|t| t.text.to_owned()).collect(), chinese });
            }
        }
        let automaton =
            AhoCorasick::builder().match_kind(MatchKind::Standard).build(&literals).map_err(|e| Error::Usage(format!("the lexicons are too large: {e}")))?;
        Ok(NearMisses { matcher, automaton, halves, forms })
    }

    /// The near misses in `folded`, made from `source`, by place. Where a formula is, it is not nearly; nor where
    /// another formula covers the place, or all of it that is as in the wording.
    pub fn find(&self, folded: &Folded, source: &str) -> Vec<Near> {
        let text = spaced(folded.as_str());
        let tokens = tokens(&text);
        let mut near: Vec<Near> = Vec::new();
        for m in self.automaton.find_overlapping_iter(&*text) {
            let half = &self.halves[m.pattern().as_usize()];
            let (Ok(from), Some(to)) = (tokens.binary_search_by_key(&m.start(), |t| t.start), ending_at(&tokens, m.end())) else { continue };
            near.extend(self.beside(half, &tokens, from, to));
        }
        if near.is_empty() {
            return near;
        }
        near.sort_by_key(|n| (n.range.start, n.range.end, n.formula, n.wording));
        // One deviation can be one from several wordings; the first is enough.
        near.dedup_by(|b, a| a.range == b.range && a.formula == b.formula);
        let covered = Covered::by(&self.matcher.find(folded, source, &[]));
        near.retain(|n| !covered.overlaps(n.formula, &n.range) && !covered.covers(&n.kept));
        // Inside a longer near miss of the same formula there is no other; it begins before it, or with it and is longer.
        near.sort_by_key(|n| (n.formula, n.range.start, std::cmp::Reverse(n.range.end)));
        let mut widest: Option<(usize, usize)> = None;
        near.retain(|n| {
            let inside = widest.is_some_and(|(formula, end)| formula == n.formula && n.range.end <= end);
            if !inside {
                widest = Some((n.formula, n.range.end));
            }
            !inside
        });
        near.sort_by_key(|n| (n.range.start, n.range.end, n.formula));
        near
    }

    /// The near miss of which `half` at the tokens `from..to` is the intact part.
    fn beside(&self, half: &Half, tokens: &[Token<'_>], from: usize, to: usize) -> Option<Near> {
        let form = &self.forms[half.form];
        let rest = if half.first { &form.tokens[half.cut..] } else { &form.tokens[..half.cut] };
        let (fewer, more) = if form.chinese { (CHANGED, INSERTED) } else { (1, 1) };
        let sizes = rest.len().saturating_sub(fewer)..=rest.len() + more;
        let mut best: Option<((usize, usize), Near)> = None;
        for size in sizes {
            let (whole, other) = if half.first {
                if to + size > tokens.len() {
                    continue;
                }
                (from..to + size, to..to + size)
            } else {
                let Some(start) = from.checked_sub(size) else { continue };
                (start..to, start..from)
            };
            let Some(Deviation { missing, instead, at_edge }) = compare(rest, &tokens[other.clone()], half.first) else { continue };
            let put = &tokens[other.start + instead.start..other.start + instead.end];
            if !form.is_near(&rest[missing.clone()], put, at_edge) {
                continue;
            }
            let mut kept = match (at_edge, half.first) {
                (false, _) => whole.clone(),
                (true, true) => whole.start..whole.end - put.len(),
                (true, false) => whole.start + put.len()..whole.end,
            };
            // Quotation marks at its ends are none of it.
            while kept.len() > 1 && is_mark(tokens[kept.start].text) {
                kept.start += 1;
            }
            while kept.len() > 1 && is_mark(tokens[kept.end - 1].text) {
                kept.end -= 1;
            }
            // What has all of the wording is nearer than what lacks some of it.
            let cost = (missing.len(), instead.len());
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                let near = Near {
                    range: tokens[whole.start].start..tokens[whole.end - 1].end(),
                    kept: tokens[kept.start].start..tokens[kept.end - 1].end(),
                    formula: form.formula,
                    wording: form.wording,
                    missing: form.joined(rest[missing].iter().map(String::as_str)),
                    instead: form.joined(put.iter().map(|t| t.text)),
                };
                best = Some((cost, near));
            }
        }
        best.map(|(_, near)| near)
    }
}

impl Form {
    fn joined<'a>(&self, tokens: impl Iterator<Item = &'a str>) -> String {
        tokens.collect::<Vec<_>>().join(if self.chinese { "" } else { " " })
    }

    /// Whether `put` in place of `missing` is a deviation of one word that leaves enough of the wording to know it by.
    fn is_near(&self, missing: &[String], put: &[Token<'_>], at_edge: bool) -> bool {
        if missing.iter().any(|t| is_mark(t)) || put.iter().any(|t| is_mark(t.text)) {
            return false;
        }
        let inserted = missing.is_empty();
        if self.chinese {
            let sized = missing.len() <= CHANGED && put.len() <= if inserted { INSERTED } else { CHANGED };
            let kept = self.tokens.iter().filter(|t| !is_mark(t)).count() - missing.len();
            return sized && kept >= if at_edge { MIN_CHARACTERS_AT_EDGE } else { MIN_CHARACTERS };
        }
        let common = |t: &str| Layout::builtin().is_common(t);
        let telling = |t: &&String| !is_mark(t) && !common(t);
        let words = self.tokens.iter().filter(|t| !is_mark(t)).count();
        let left = self.tokens.iter().filter(telling).count() - missing.iter().filter(telling).count();
        let known = left >= if at_edge { MIN_TELLING_AT_EDGE } else { MIN_TELLING };
        // At an edge a common word is only what comes before or after.
        missing.len() <= 1 && put.len() <= 1 && (words >= MIN_WORDS || inserted) && known && !(at_edge && put.iter().any(|t| common(t.text)))
    }
}

fn is_mark(token: &str) -> bool {
    !token.chars().all(char::is_alphanumeric)
}

/// Where formulas are in a text.
#[derive(Default)]
struct Covered {
    /// The places of each formula, which do not overlap, in order.
    own: HashMap<usize, Vec<(usize, usize)>>,
    /// Where matches begin, in order, each with the farthest end of those that begin there or before.
    reach: Vec<(usize, usize)>,
}

impl Covered {
    /// `found` is in the order of the text.
    fn by(found: &[Match]) -> Covered {
        let mut covered = Covered::default();
        let mut farthest = 0;
        for m in found {
            covered.own.entry(m.formula).or_default().push((m.start, m.end));
            farthest = farthest.max(m.end);
            covered.reach.push((m.start, farthest));
        }
        covered
    }

    /// Whether `formula` is at a place that overlaps `range`.
    fn overlaps(&self, formula: usize, range: &Range<usize>) -> bool {
        let Some(own) = self.own.get(&formula) else { return false };
        own[..own.partition_point(|(start, _)| *start < range.end)].last().is_some_and(|(_, end)| *end > range.start)
    }

    /// Whether some formula is at a place that holds `range`.
    fn covers(&self, range: &Range<usize>) -> bool {
        self.reach[..self.reach.partition_point(|(start, _)| *start <= range.start)].last().is_some_and(|(_, end)| *end >= range.end)
    }
}

/// How a text differs from a part of a wording.
struct Deviation {
    /// The tokens that the wording has and the text has not.
    missing: Range<usize>,
    /// Those that the text has instead, or beside.
    instead: Range<usize>,
    /// Nothing of the wording stands beyond them.
    at_edge: bool,
}

/// Where `form` and `text` differ: what stands between the tokens they share at their beginnings and ends. `None` where they do not
/// differ, or share nothing at the end away from the intact half though something is missing or too many there.
fn compare(form: &[String], text: &[Token<'_>], intact_first: bool) -> Option<Deviation> {
    let most = form.len().min(text.len());
    let same_first = form.iter().zip(text).take_while(|(f, t)| *f == t.text).count();
    let same_last = form.iter().rev().zip(text.iter().rev()).take_while(|(f, t)| *f == t.text).count().min(most - same_first);
    let (missing, instead) = (same_first..form.len() - same_last, same_first..text.len() - same_last);
    if missing.is_empty() && instead.is_empty() {
        return None;
    }
    let at_edge = if intact_first { same_last == 0 } else { same_first == 0 };
    (!at_edge || missing.len() == instead.len()).then_some(Deviation { missing, instead, at_edge })
}

/// One past the token that ends at the byte `end`.
fn ending_at(tokens: &[Token<'_>], end: usize) -> Option<usize> {
    let next = tokens.partition_point(|t| t.start < end);
    (next > 0 && tokens[next - 1].end() == end).then_some(next)
}

/// The words, Chinese characters and marks of `text`.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let word = |c: char| c.is_alphanumeric() && !is_han(c) || c == '\'';
    while let Some(c) = text[at..].chars().next() {
        let mut end = at + c.len_utf8();
        if word(c) {
            end = at + text[at..].find(|c| !word(c)).unwrap_or(text.len() - at);
        }
        if c != ' ' && c != WILD {
            tokens.push(Token { text: &text[at..end], start: at });
        }
        at = end;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::super::tests::{formula, matcher};
    use super::*;
    use crate::text::fold;

    fn near(lexicon: &[String], text: &str) -> Vec<String> {
        let matcher = matcher(&lexicon.concat());
        let folded = fold(text);
        let near = NearMisses::new(&matcher).unwrap();
        let shown = |n: Near| format!("{}: {} [{} > {}]", matcher.formulas[n.formula].id, &text[folded.source(n.range)], n.missing, n.instead);
        near.find(&folded, text).into_iter().map(shown).collect()
    }

    #[test]
    fn one_word_is_another_too_many_or_missing() {
        let lexicon = [
            formula("future", "en = [\"community with a shared future for mankind\"]"),
            formula("core", "en = [\"core interests\"]"),
            formula("gdi", "en = [\"Global Development Initiative\"]"),
            formula("gsi", "en = [\"Global Security Initiative\"]"),
            formula("right", "en = [\"right to development\"]"),
            formula("list", "en = [\"peace, progress and harmony\"]"),
            formula("zh", "zh = [\"人类命运共同体\"]"),
            formula("disputes", "zh = [\"以和平方式解决争端\"]"),
            formula("br", "zh = [\"一带一路\"]"),
        ];
        for (text, want) in [
            ("a community with a shared future for humanity", vec!["future: community with a shared future for humanity [mankind > humanity]"]),
            ("a community with one shared future for mankind", vec!["future: community with one shared future for mankind [a > one]"]),
            ("a community with a bright shared future for mankind", vec!["future: community with a bright shared future for mankind [ > bright]"]),
            ("a community with shared future for mankind", vec!["future: community with shared future for mankind [a > ]"]),
            ("a community with a shared future for mankind", vec![]),
            ("a community with a shared future", vec![]),
            ("core national interests; vital interests", vec!["core: core national interests [ > national]"]),
            ("the Global Health Initiative", vec!["gdi: Global Health Initiative [development > health]", "gsi: Global Health Initiative [security > health]"]),
            ("the Global Security Initiative", vec![]),
            ("the right to silence", vec![]),
            ("a Global Development Bank", vec![]),
            ("the long peace, progress and harmony", vec![]),
            ("peace, progress, and harmony", vec![]),
            ("peace, justice and harmony", vec!["list: peace, justice and harmony [progress > justice]"]),
            ("构建人类卫生共同体", vec!["zh: 人类卫生共同体 [命运 > 卫生]"]),
            ("构建人类卫生健康共同体", vec![]),
            ("构建人类美好命运共同体", vec!["zh: 人类美好命运共同体 [ > 美好]"]),
            ("构建亚太命运共同体。", vec![]),
            ("以和平方式解决半岛问题", vec!["disputes: 以和平方式解决半岛 [争端 > 半岛]"]),
            ("构建人类命运共同体", vec![]),
            ("一带健康一路", vec!["br: 一带健康一路 [ > 健康]"]),
            ("一条路", vec![]),
        ] {
            assert_eq!(near(&lexicon, text), want, "{text}");
        }
    }
}
