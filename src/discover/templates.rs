//! Formulas with a slot: "build a … community with a shared future", 共建…命运共同体. Fixed words before and after a place that is filled
//! in several ways.
//!
//! Frequent strings that agree but for one stretch are one template. What fills it is counted afterwards, wherever it stands and however rare.

use rustc_hash::FxHashMap;

use super::candidate::Candidate;
use super::choose::choose;
use super::diction::{Diction, Sort};
use super::grams::Grams;
use super::lattice::Lattice;
use super::texts::Texts;
use crate::text::{Background, Language, is_han, mix};

/// A template has so many fillers that are frequent themselves, and so many occurrences with these.
const FILLERS: u32 = 3;
const OCCURRENCES: u32 = 10;
/// No filler has more of the occurrences than this.
const ONE: f64 = 0.8;
/// A template is dropped for one with more fixed words that has so much of its occurrences.
const SAME: f64 = 0.7;
/// With the slot at an end, so many tokens are fixed: two words with another before them are only used together.
const LEAST_OPEN: usize = 4;
/// So many times as many as are shown are looked at.
const POOL: usize = 20;

/// A formula with a slot.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Its language.
    pub language: Language,
    /// The fixed tokens before the slot; none if it begins with the slot.
    pub before: Vec<Box<str>>,
    /// Those after it; none if it ends with the slot.
    pub after: Vec<Box<str>>,
    /// How much it looks like a formula: its order means something.
    pub score: f64,
}

impl Template {
    /// The template with `…` for its slot.
    pub fn text(&self) -> String {
        let (blank, slot): (&str, Box<str>) = if self.language == Language::Zh { ("", "…".into()) } else { (" ", "…".into()) };
        let all: Vec<&str> = self.before.iter().chain([&slot]).chain(&self.after).map(|t| &**t).collect();
        all.join(blank).replace(" ,", ",").replace(" 's", "'s")
    }

    /// The longest filler, in tokens: three English words, one where the slot is at an end; six Chinese characters.
    pub fn longest(&self) -> usize {
        longest(self.language, self.before.is_empty() || self.after.is_empty())
    }

    /// The places in a run of tokens where it stands: those of its fillers.
    pub fn find(&self, run: &[&str]) -> Vec<std::ops::Range<usize>> {
        let is_at = |fixed: &[Box<str>], at: usize| run.len() >= at + fixed.len() && fixed.iter().zip(&run[at..]).all(|(f, t)| **f == **t);
        let mut found = Vec::new();
        let mut at = 0;
        while at + self.before.len() + self.after.len() < run.len() {
            let from = at + self.before.len();
            let ends = (from + 1..=from + self.longest()).take_while(|end| *end <= run.len());
            let filler = ends.map(|end| from..end).find(|f| is_filler(self.language, &run[f.clone()]) && is_at(&self.after, f.end));
            match filler.filter(|_| is_at(&self.before, at)) {
                Some(filler) => {
                    at = filler.end.max(at + 1);
                    found.push(filler);
                }
                None => at += 1,
            }
        }
        found
    }
}

fn longest(language: Language, at_end: bool) -> usize {
    match (language, at_end) {
        (Language::Zh, false) => 6,
        (_, false) => 3,
        // Where a Chinese filler begins or ends at an open end does not show.
        (Language::Zh, true) => 0,
        (_, true) => 1,
    }
}

/// Whether tokens can fill a slot: they begin and end with telling words, and no mark is among them.
fn is_filler(language: Language, tokens: &[&str]) -> bool {
    let diction = Diction::builtin();
    let is_telling = |t: &&&str| diction.can_be_at_edge(language, t);
    tokens.iter().all(|t| t.starts_with(char::is_alphanumeric)) && tokens.first().filter(is_telling).is_some() && tokens.last().filter(is_telling).is_some()
}

/// What is known of a template: the counts, and where one of its strings is.
struct Slot {
    fillers: u32,
    sum: u32,
    most: u32,
    /// The tokens of its fixed parts.
    fixed: [Vec<u32>; 2],
    /// The count of the commonest template with more fixed words.
    longer: u32,
}

/// The templates of a text, the likeliest formulas first, `most` at most.
pub(super) fn templates(texts: &Texts, grams: &Grams, most: usize) -> Vec<Template> {
    let mut slots = slots(texts, grams);
    let sums: Vec<(Vec<u64>, u32)> = slots.values().filter(|s| s.is_template()).map(|s| (s.shorter(), s.sum)).collect();
    for (key, sum) in sums.iter().flat_map(|(keys, sum)| keys.iter().map(move |key| (key, sum))) {
        if let Some(slot) = slots.get_mut(key) {
            slot.longer = slot.longer.max(*sum);
        }
    }
    let mut kept: Vec<Slot> = slots.into_values().filter(|s| s.is_template() && f64::from(s.longer) < SAME * f64::from(s.sum)).collect();
    kept.sort_by(|a, b| a.fixed.cmp(&b.fixed));
    let mut all: Vec<(Template, Candidate)> = kept.iter().map(|slot| slot.template(texts, grams)).collect();
    all.sort_by(|a, b| b.0.score.total_cmp(&a.0.score).then_with(|| a.0.text().cmp(&b.0.text())));
    all.truncate(most.saturating_mul(POOL));
    let (heads, scores): (Vec<&Candidate>, Vec<f64>) = all.iter().map(|(t, c)| (c, t.score)).unzip();
    choose(&heads, &scores, most).into_iter().map(|c| all[c.head].0.clone()).collect()
}

/// All ways to leave a stretch out of the frequent strings, by what is left.
fn slots(texts: &Texts, grams: &Grams) -> FxHashMap<u64, Slot> {
    let (diction, language) = (Diction::builtin(), texts.language);
    let word = |t: u32| &*texts.tokens[t as usize];
    let edges: Vec<bool> = texts.tokens.iter().map(|t| diction.can_be_at_edge(language, t)).collect();
    let is_fixed = |part: &[u32]| part.iter().filter(|t| edges[**t as usize] && word(**t).starts_with(char::is_alphanumeric)).count();
    let least = if language == Language::Zh { 4 } else { 2 };
    let mut slots: FxHashMap<u64, Slot> = FxHashMap::default();
    for (level, all) in grams.levels.iter().enumerate().skip(2) {
        for number in 1..all.len() as u32 {
            let tokens = Lattice(grams).tokens(level, number);
            let count = all[number as usize].seen.count;
            let words = edges_of_words(language, &tokens.iter().map(|t| word(*t)).collect::<Vec<_>>());
            for (start, end) in stretches(language, tokens.len()).filter(|(start, end)| words[*start] && words[*end]) {
                let (before, after) = (&tokens[..start], &tokens[end..]);
                let ends_well = before.first().is_none_or(|t| edges[*t as usize]) && after.last().is_none_or(|t| edges[*t as usize]);
                let filler: Vec<&str> = tokens[start..end].iter().map(|t| word(*t)).collect();
                let is_open = before.is_empty() || after.is_empty();
                if !ends_well
                    || is_open && tokens.len() - (end - start) < LEAST_OPEN
                    || is_fixed(before) + is_fixed(after) < least
                    || !is_filler(language, &filler)
                {
                    continue;
                }
                let slot = slots.entry(key(before, after)).or_insert_with(|| Slot {
                    fillers: 0,
                    sum: 0,
                    most: 0,
                    fixed: [before.to_vec(), after.to_vec()],
                    longer: 0,
                });
                slot.fillers += 1;
                slot.sum = slot.sum.saturating_add(count);
                slot.most = slot.most.max(count);
            }
        }
    }
    slots
}

/// Before which tokens, and behind the last, a word can begin: everywhere in English, in Chinese where the likeliest cut has one.
fn edges_of_words(language: Language, tokens: &[&str]) -> Vec<bool> {
    if language != Language::Zh {
        return vec![true; tokens.len() + 1];
    }
    let text = tokens.concat();
    let mut ends: Vec<usize> = Background::builtin().cut(&text).iter().scan(0, |at, w| Some(std::mem::replace(at, *at + w.len()))).collect();
    ends.push(text.len());
    let starts = tokens.iter().scan(0, |at, t| Some(std::mem::replace(at, *at + t.len()))).chain([text.len()]);
    starts.map(|at| ends.binary_search(&at).is_ok()).collect()
}

/// Where a slot can be in so many tokens.
fn stretches(language: Language, length: usize) -> impl Iterator<Item = (usize, usize)> {
    let ends = move |start: usize| (start + 1..=length).map(move |end| (start, end));
    (0..length).flat_map(ends).filter(move |(start, end)| end - start < length && end - start <= longest(language, *start == 0 || *end == length))
}

fn key(before: &[u32], after: &[u32]) -> u64 {
    before.iter().map(|t| u64::from(*t)).chain([u64::MAX]).chain(after.iter().map(|t| u64::from(*t))).fold(7, |hash, t| mix(hash ^ t))
}

impl Slot {
    fn is_template(&self) -> bool {
        self.fillers >= FILLERS && self.sum >= OCCURRENCES && f64::from(self.most) <= ONE * f64::from(self.sum)
    }

    /// The keys of the templates with one fixed token less.
    fn shorter(&self) -> Vec<u64> {
        let [before, after] = [&self.fixed[0][..], &self.fixed[1][..]];
        let mut keys = Vec::new();
        if let ([_, rest @ ..], [fewer @ .., _]) = (before, before) {
            keys.extend([key(rest, after), key(fewer, after)]);
        }
        if let ([_, rest @ ..], [fewer @ .., _]) = (after, after) {
            keys.extend([key(before, rest), key(before, fewer)]);
        }
        keys
    }

    /// The template, and its fixed words as a candidate.
    fn template(&self, texts: &Texts, grams: &Grams) -> (Template, Candidate) {
        let words = |part: &[u32]| part.iter().map(|t| texts.tokens[*t as usize].clone()).collect::<Vec<Box<str>>>();
        let (before, after) = (words(&self.fixed[0]), words(&self.fixed[1]));
        let tokens: Vec<Box<str>> = before.iter().chain(&after).cloned().collect();
        let fixed: Vec<&str> = tokens.iter().map(|t| &**t).filter(|t| t.contains(char::is_alphanumeric)).collect();
        let (language, diction, background) = (texts.language, Diction::builtin(), Background::builtin());
        let share = |sort| diction.share(language, &fixed, sort);
        let expected = if language == Language::Zh { background.chinese(&fixed.concat()) } else { background.english(&fixed) };
        let keyness = (f64::from(self.sum) / grams.sizes.searched.max(1) as f64).ln() - expected;
        let size = if language == Language::Zh { fixed.concat().chars().filter(|c| is_han(*c)).count() / 2 } else { fixed.len() } as f64;
        let against = 1.7 * share(Sort::Clauses) + 3.0 * diction.function_words(language, &fixed) + 4.0 * share(Sort::Dates);
        let worth = 0.8 * f64::from(self.sum).ln() + f64::from(self.fillers).ln() + 0.3 * size.min(5.0);
        let score = worth + 1.9 * share(Sort::Politics) + 0.25 * keyness.clamp(0.0, 12.0) - against;
        (Template { language, before, after, score }, Candidate::of_words(language, tokens, self.sum))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(before: &str, after: &str, language: Language) -> Template {
        let words = |text: &str| text.split_whitespace().map(Into::into).collect();
        Template { language, before: words(before), after: words(after), score: 0.0 }
    }

    #[test]
    fn fillers_are_found() {
        let (en, zh) = (Language::En, Language::Zh);
        for (before, after, language, run, want) in [
            ("build a", "community with a shared future", en, "we build a china-africa community with a shared future", vec!["china-africa"]),
            ("global", "initiative", en, "global health care initiative and global initiative and global x , y initiative", vec!["health care"]),
            ("", "is an inalienable part of", en, "the island is an inalienable part of it", vec!["island"]),
            ("a", "b", en, "a x b y b a z b", vec!["x", "z"]),
            ("共 建", "命 运 共 同 体", zh, "共 建 中 非 命 运 共 同 体", vec!["中 非"]),
            ("共 建", "命 运 共 同 体", zh, "共 建 一 二 三 四 五 六 七 命 运 共 同 体", vec![]),
        ] {
            let run: Vec<&str> = run.split(' ').collect();
            let template = template(before, after, language);
            let found: Vec<String> = template.find(&run).into_iter().map(|f| run[f].join(" ")).collect();
            assert_eq!(found, want, "{}", template.text());
        }
        assert_eq!(template("build a", "community", en).text(), "build a … community");
        assert_eq!(template("共 建", "共 同 体", zh).text(), "共建…共同体");
    }
}
