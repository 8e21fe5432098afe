//! What one document says of names that the registry does not know: who holds which office, what else is called by a name, and how
//! Chinese names are written in English.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::classes::Classes;
use super::cues::{Cues, LanguageCues};
use super::known::Names;
use super::names::{
    Candidate, DOTS, Uses, candidate_at, chinese_office, is_after_office, joined, name_of, name_run, office_after, office_before, possessive, written,
};
use super::passage::Passage;
use super::tokens::Token;
use crate::people::{People, name_key};
use crate::text::{Language, is_han};

/// Words shorter than this may be written small in headlines: "with", "over".
const SMALL_WORD: usize = 5;

/// What the English of a document says of names.
#[derive(Default)]
pub(super) struct Learnt<'a> {
    /// Names of two to four words that the document uses and the registry does not know.
    pub full_names: Names,
    /// Such names with nothing beside them that shows an office or a deed.
    pub mentioned: Names,
    /// Capitalised words that stand alone somewhere.
    pub alone: FxHashSet<&'a str>,
    /// Offices as the document gives them, by key of the name.
    pub offices: FxHashMap<String, String>,
    /// Nouns for people whom the document introduces without a name: "a senior official".
    pub unnamed: FxHashSet<&'a str>,
}

impl<'a> Learnt<'a> {
    pub fn of(passages: &'a [Passage<'a>], people: &People) -> Self {
        let mut learnt = Learnt::default();
        let english = || passages.iter().filter(|p| p.language == Language::En);
        let runs: Vec<Vec<Range<usize>>> = english().map(|p| runs_of(p.tokens())).collect();
        english().zip(&runs).for_each(|(p, runs)| learnt.learn_alone(p.tokens(), runs));
        english().zip(runs).for_each(|(p, runs)| learnt.learn_english(p.tokens(), runs, people));
        english().for_each(|p| learnt.learn_unnamed(p.tokens()));
        learnt
    }

    /// Notes capitalised words that stand alone somewhere: "Velmora" in "Foreign Minister of Velmora Ilse Varga" is no part of
    /// the name if it does.
    fn learn_alone(&mut self, tokens: &[Token<'a>], runs: &[Range<usize>]) {
        for run in runs.iter().filter(|run| run.len() == 1) {
            let after_of = run.start > 0 && tokens[run.start - 1].is(Classes::CONNECTOR);
            if !after_of {
                self.alone.insert(possessive(tokens[run.start].text));
            }
        }
    }

    /// Notes full names: capitalised words with an office before or after them.
    fn learn_english(&mut self, tokens: &[Token<'_>], runs: Vec<Range<usize>>, people: &People) {
        let headline = is_headline(tokens);
        for run in runs.into_iter().filter(|run| run.len() >= 2) {
            let name = name_start(tokens, run.start, run.end, people, |word| self.alone.contains(word))..run.end;
            if name.len() < 2 {
                continue;
            }
            let before = office_before(tokens, name.start);
            let after = office_after(tokens, name.end);
            let subject = tokens.get(name.end).is_some_and(|t| t.is(Classes::VERB | Classes::DEED));
            let written = written(&tokens[name]);
            let key = name_key(&written);
            if !(before.is_some() || after.is_some() || subject) {
                if !headline {
                    self.mentioned.note(key, written);
                }
                continue;
            }
            if people.outlet(&written).is_some() || people.place(&written).is_some() {
                continue;
            }
            let person = people.person(&written);
            if let Some(office) = after.or(before) {
                self.offices.entry(person.map_or_else(|| key.clone(), |p| name_key(&p.name))).or_insert(office);
            }
            if person.is_none() {
                self.full_names.note(key, written);
            }
        }
    }

    /// Notes for whom it has no name: the last word of "a senior official", unless a name follows.
    fn learn_unnamed(&mut self, tokens: &'a [Token<'a>]) {
        for (i, token) in tokens.iter().enumerate().filter(|(_, t)| t.is(Classes::INDEFINITE)) {
            let noun = |t: &&Token<'_>| t.is(Classes::TITLE | Classes::ANONYMOUS | Classes::SAME_OFFICE);
            let rest = &tokens[i + 1..];
            let phrase = rest.iter().take(6).take_while(|t| t.word && (t.capital || noun(t) || t.is(Classes::MODIFIER))).count();
            let apposition = i > 0 && tokens[i - 1].text == ",";
            if let Some(head) = rest[..phrase].iter().rfind(noun).filter(|_| !apposition && token.word) {
                let named = rest[..phrase].last().is_some_and(|last| last.start > head.start);
                if !named {
                    self.unnamed.insert(head.text);
                }
            }
        }
    }
}

/// What the Chinese of a document says of names.
#[derive(Default)]
pub(super) struct LearntChinese {
    /// Names that follow an office somewhere in the document.
    after_offices: FxHashSet<String>,
    /// They and their parts.
    pub names: FxHashSet<String>,
    /// The fullest form of the last part of such a name.
    pub fullest: FxHashMap<String, String>,
    /// Offices as the document gives them, by key of the name.
    pub offices: FxHashMap<String, String>,
}

impl LearntChinese {
    pub fn of(passages: &[Passage<'_>], people: &People, cues: &Cues) -> Self {
        let mut learnt = LearntChinese::default();
        let chinese: Vec<&Passage<'_>> = passages.iter().filter(|p| p.language == Language::Zh).collect();
        if let Some(cues) = cues.of(Language::Zh).filter(|_| !chinese.is_empty()) {
            learnt.learn(&chinese, people, cues);
        }
        learnt
    }

    /// Notes names that follow an office: 越南总理范明政, 塔尔诺维亚总理佐尔坦·梅罗.
    fn learn(&mut self, passages: &[&Passage<'_>], people: &People, cues: &LanguageCues) {
        let all: String = passages.iter().flat_map(|p| [p.text, "\n"]).collect();
        let behind_offices = cues.titles.ends_in(&all).filter(|&at| cues.titles.prefix_of(&all[at..]).is_none());
        let candidates: Vec<(usize, Candidate<'_>)> = behind_offices.filter_map(|at| Some((at, candidate_at(&all, at, cues)?))).collect();
        let uses = Uses::count(&all, candidates.iter().map(|(_, candidate)| candidate));
        for (at, candidate) in &candidates {
            if let Some(name) = name_of(candidate, &uses, cues)
                && !self.after_offices.contains(name)
            {
                self.offices.entry(name_key(name)).or_insert_with(|| chinese_office(&all[..*at], people, cues).to_owned());
                self.after_offices.insert(name.to_owned());
                self.names.extend(name.split(DOTS).chain([name]).map(str::to_owned));
                if let Some((_, last)) = name.rsplit_once(DOTS) {
                    self.fullest.entry(last.to_owned()).or_insert_with(|| name.to_owned());
                }
            }
        }
    }
}

/// How Chinese names are written in English, where the document says so.
#[derive(Default)]
pub(super) struct Bilingual {
    /// The English form that the document gives in brackets behind a Chinese name or the end of one.
    pub english: FxHashMap<String, String>,
    /// All those English forms.
    pub forms: FxHashSet<String>,
}

impl Bilingual {
    pub fn of(passages: &[Passage<'_>], cues: &Cues) -> Self {
        let mut bilingual = Bilingual::default();
        if let Some(cues) = cues.of(Language::Zh) {
            passages.iter().filter(|p| p.language == Language::Zh).for_each(|p| bilingual.learn(p.source, cues));
        }
        bilingual
    }

    /// Notes English names in brackets behind Chinese ones: 伊尔莎·瓦尔加（Ilse Varga）.
    fn learn(&mut self, source: &str, cues: &LanguageCues) {
        let mut rest = source;
        while let Some(open) = rest.find(['(', '（']) {
            let before = rest[..open].trim_end();
            let inner = rest[open..].trim_start_matches(['(', '（']);
            let reach = inner.char_indices().nth(80).map_or(inner.len(), |(i, _)| i);
            let english = inner[..reach].split([')', '）']).next().unwrap_or("").trim();
            let words: Vec<&str> = english.split_whitespace().collect();
            let name = |w: &&str| {
                w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.')) && !w.chars().any(is_han)
            };
            let letter = |c: &char| is_han(*c) || DOTS.contains(c);
            let chinese: String = before.chars().rev().take(40).take_while(letter).collect::<Vec<_>>().into_iter().rev().collect();
            // Without the office before it.
            let chinese = chinese[cues.titles.last_end_in(&chinese).filter(|&end| end < chinese.len()).unwrap_or(0)..].to_owned();
            if (2..=4).contains(&words.len()) && words.iter().all(name) && chinese.chars().count() >= 2 {
                self.forms.insert(english.to_owned());
                for form in chinese.split(DOTS).chain([chinese.as_str()]) {
                    self.english.entry(form.to_owned()).or_insert_with(|| english.to_owned());
                }
            }
            rest = inner;
        }
    }
}

/// Where in the run of name words `start..end` the name itself begins: behind the state or body of which somebody holds
/// an office ("Foreign Minister of Kazakhstan Murat Nurtleu").
pub(super) fn name_start(tokens: &[Token<'_>], start: usize, end: usize, people: &People, alone: impl Fn(&str) -> bool) -> usize {
    let of = || start > 0 && tokens[start - 1].is(Classes::CONNECTOR) && is_after_office(tokens, start);
    if end - start > 1 && people.may_begin_place(possessive(tokens[start].source)) {
        let place = |n: &usize| people.place(&joined(&tokens[start..start + n])).is_some() && (end - start - n >= 2 || of());
        if let Some(n) = (1..end - start).rev().find(place) {
            return start + n;
        }
    }
    if end - start >= 3 && of() {
        return if alone(tokens[start].text) { start + 1 } else { end - 2 };
    }
    start
}

/// The runs of name words in `tokens`; in a headline they end where a verb stands: "Wang Yi Meets Lopez" is no name.
fn runs_of(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let runs = runs(tokens);
    if !is_headline(tokens) {
        return runs;
    }
    let verb = |i: &usize| tokens[*i].is(Classes::VERB | Classes::DEED);
    let mut parts = Vec::new();
    for run in runs {
        let mut from = run.start;
        for at in run.clone().filter(verb).chain([run.end]) {
            parts.extend((from < at).then_some(from..at));
            from = at + 1;
        }
    }
    parts
}

/// Whether all words but the small ones are written with a capital, as in a headline: what they are is not seen there.
fn is_headline(tokens: &[Token<'_>]) -> bool {
    let capital = |t: &Token<'_>| t.capital || t.text.len() < SMALL_WORD || !t.text.starts_with(char::is_alphabetic);
    let words = || tokens.iter().filter(|t| t.word);
    tokens.last().is_some_and(|t| t.word) && words().nth(2).is_some() && words().all(capital)
}

/// The runs of name words in `tokens`.
pub(super) fn runs(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let run = name_run(tokens, at);
        if run > 0 {
            runs.push(at..at + run);
        }
        at += run.max(1);
    }
    runs
}
