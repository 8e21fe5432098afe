//! The people of one document: those of the registry whose names stand in it, and those it introduces itself.
//!
//! "Liu Jianchao, Minister of …" makes "Liu" him for the rest of the document; a name that fits two people is nobody's.

use std::cell::RefCell;
use std::ops::Range;

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::classes::Classes;
use super::cues::{Cues, LanguageCues};
use super::known::Names;
use super::names::{
    Candidate, DOTS, Uses, candidate_at, chinese_office, is_after_office, joined, name_of, name_run, office_after, office_before, possessive, written,
};
use super::passage::{Passage, Token};
use super::segment::Speaker;
use crate::people::{People, Person, name_key};
use crate::text::{Language, is_han};

/// Who can be meant by which name in one document.
pub(super) struct Roster<'a> {
    people: &'a People,
    pub(super) date: Option<NaiveDate>,
    /// Where registered people are named in full: block, offset in its folded text, who.
    named: Vec<(usize, usize, &'a Person)>,
    /// Registered people named in full somewhere in the document, in order of appearance.
    pub(super) present: Vec<&'a Person>,
    /// Their places in the registry.
    is_present: FxHashSet<usize>,
    /// Names of two to four words that the document uses and the registry does not know.
    pub(super) full_names: Names,
    /// Such names with nothing beside them that shows an office or a deed.
    mentioned: Names,
    /// Capitalised words that stand alone somewhere.
    alone: FxHashSet<&'a str>,
    /// Offices as the document gives them, by key of the name.
    pub(super) offices: FxHashMap<String, String>,
    /// Nouns for people whom the document introduces without a name: "a senior official".
    pub(super) unnamed: FxHashSet<&'a str>,
    /// The English form that the document gives in brackets behind a Chinese name or the end of one.
    english: FxHashMap<String, String>,
    /// All those English forms.
    english_forms: FxHashSet<String>,
    /// Chinese names that follow an office somewhere in the document.
    chinese_names: FxHashSet<String>,
    /// They and their parts.
    chinese: FxHashSet<String>,
    /// The fullest form of the last part of such a name.
    fullest: FxHashMap<String, String>,
    /// Whom the names that were asked for mean.
    resolved: RefCell<FxHashMap<String, Option<Speaker>>>,
}

impl<'a> Roster<'a> {
    pub fn new(passages: &[Passage<'a>], people: &'a People, cues: &Cues, date: Option<NaiveDate>) -> Self {
        let mut roster = Roster {
            people,
            date,
            named: Vec::new(),
            present: Vec::new(),
            is_present: FxHashSet::default(),
            full_names: Names::default(),
            mentioned: Names::default(),
            alone: FxHashSet::default(),
            offices: FxHashMap::default(),
            unnamed: FxHashSet::default(),
            english: FxHashMap::default(),
            english_forms: FxHashSet::default(),
            chinese_names: FxHashSet::default(),
            chinese: FxHashSet::default(),
            fullest: FxHashMap::default(),
            resolved: RefCell::default(),
        };
        for passage in passages {
            for (start, _, person) in people.find(passage.text) {
                roster.named.push((passage.block, start, person));
                roster.meet(person);
            }
        }
        roster.learn_titled(passages);
        let english = || passages.iter().filter(|p| p.language == Language::En);
        let runs: Vec<Vec<Range<usize>>> = english().map(|p| runs(&p.tokens)).collect();
        english().zip(&runs).for_each(|(p, runs)| roster.learn_alone(&p.tokens, runs));
        english().zip(runs).for_each(|(p, runs)| roster.learn_english(&p.tokens, runs));
        english().for_each(|p| roster.learn_unnamed(p));
        let chinese: Vec<&Passage<'_>> = passages.iter().filter(|p| p.language == Language::Zh).collect();
        if let Some(cues) = cues.of(Language::Zh).filter(|_| !chinese.is_empty()) {
            chinese.iter().for_each(|p| roster.learn_bilingual(p.source, cues));
            roster.learn_chinese(&chinese, cues);
        }
        roster
    }

    /// Notes that somebody of the registry is named here.
    fn meet(&mut self, person: &'a Person) {
        if self.is_present.insert(person.index) {
            self.present.push(person);
        }
    }

    pub fn people(&self) -> &'a People {
        self.people
    }

    /// Whether a stretch of a block's folded text names `speaker` in full.
    pub fn names(&self, block: usize, range: &Range<usize>, text: &str, speaker: &Speaker) -> bool {
        let from = self.named.partition_point(|(b, start, _)| (*b, *start) < (block, range.start));
        let here = self.named[from..].iter().take_while(|(b, start, _)| *b == block && *start < range.end);
        here.into_iter().any(|(_, _, person)| person.name == speaker.name) || (speaker.name.chars().any(is_han) && text[range.clone()].contains(&speaker.name))
    }

    /// The speaker for a registered person.
    pub fn registered(&self, person: &Person) -> Speaker {
        Speaker { name: person.name.clone(), role: person.role_on(self.date).to_owned(), side: person.side.clone() }
    }

    /// The speaker for a medium or body.
    pub fn body(&self, name: &str) -> Option<Speaker> {
        let body = self.people.body(name)?;
        Some(Speaker { name: body.name.clone(), role: String::new(), side: body.side.clone() })
    }

    /// Whom a full or short name means here; `None` if nobody, or more than one.
    pub fn resolve(&self, name: &str) -> Option<Speaker> {
        if let Some(known) = self.resolved.borrow().get(name) {
            return known.clone();
        }
        let meant = self.meant_by(name);
        self.resolved.borrow_mut().insert(name.to_owned(), meant.clone());
        meant
    }

    fn meant_by(&self, name: &str) -> Option<Speaker> {
        if name_key(name).is_empty() {
            return None;
        }
        let name = self.in_english(name);
        if let Some(person) = self.people.person(name) {
            return Some(self.registered(person));
        }
        let key = name_key(name);
        if let Some(speaker) =
            self.offices.get(&key).filter(|_| name.chars().all(|c| is_han(c) || DOTS.contains(&c))).and_then(|office| self.of_state(name, office))
        {
            return Some(speaker);
        }
        if let Some(written) = self.full_names.get(&key) {
            return Some(self.unregistered(written));
        }
        if let Some(speaker) = self.well_known(name) {
            return Some(speaker);
        }
        let registered = self.people.going_by(name).filter(|p| self.is_present(p)).map(Ok);
        let mut meant = registered.chain(self.full_names.beginning_or_ending(&key).map(Err));
        match (meant.next(), meant.next()) {
            (Some(Ok(person)), None) => Some(self.registered(person)),
            (Some(Err(written)), None) => Some(self.unregistered(written)),
            (None, _) if self.english_forms.contains(name) => Some(self.unregistered(name)),
            _ => None,
        }
    }

    /// Whether somebody of the registry is named here in full.
    fn is_present(&self, person: &Person) -> bool {
        self.is_present.contains(&person.index)
    }

    /// The one name of several words here, explained or not, that ends in `name`: whom the subject of a verb of speech means
    /// where [`Roster::resolve`] finds nobody.
    pub fn merely_mentioned(&self, name: &str) -> Option<Speaker> {
        let key = name_key(name);
        let mut fit = self.mentioned.ending_in(&key);
        fit.next().filter(|_| fit.next().is_none()).map(|written| self.unregistered(written))
    }

    /// The one person of all who goes by that short name and is named in full here, or else held an office on the day. Where
    /// the document introduces somebody else of that name, nobody.
    fn well_known(&self, name: &str) -> Option<Speaker> {
        self.people.called(name).next()?;
        if self.people.place(name).is_some() {
            return None;
        }
        let all = || self.people.called(name);
        if let (Some(one), None) = (all().next(), all().nth(1))
            && self.is_present(one)
        {
            return Some(self.registered(one));
        }
        let mut in_office = all().filter(|p| self.date.is_some() && !p.role_on(self.date).is_empty());
        match (in_office.next(), in_office.next()) {
            (Some(one), None) if !all().any(|p| self.is_present(p)) && !self.full_names.hold(&name_key(name)) => Some(self.registered(one)),
            _ => None,
        }
    }

    /// The one person whose name stands in the name of an account: @SecMarcoRubio.
    pub fn by_handle(&self, handle: &str) -> Option<Speaker> {
        self.people.in_handle(handle).map(|p| self.registered(p))
    }

    /// The English form that the document gives for a Chinese name or the end of one, in brackets behind it.
    fn in_english<'n>(&'n self, name: &'n str) -> &'n str {
        self.english.get(name).map_or(name, String::as_str)
    }

    /// The speaker for a name that only the document knows.
    pub fn unregistered(&self, written: &str) -> Speaker {
        let role = self.offices.get(&name_key(written)).cloned().unwrap_or_default();
        let side = self.people.place_in(&role).map_or_else(String::new, |p| p.id.clone());
        Speaker { name: written.to_owned(), role, side }
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

    /// Where in the run of name words `start..end` the name itself begins: behind the state or body of which somebody holds
    /// an office ("Foreign Minister of Kazakhstan Murat Nurtleu").
    pub fn name_start(&self, tokens: &[Token<'_>], start: usize, end: usize) -> usize {
        let of = || start > 0 && tokens[start - 1].is(Classes::CONNECTOR) && is_after_office(tokens, start);
        if end - start > 1 && self.people.may_begin_place(possessive(tokens[start].source)) {
            let place = |n: &usize| self.people.place(&joined(&tokens[start..start + n])).is_some() && (end - start - n >= 2 || of());
            if let Some(n) = (1..end - start).rev().find(place) {
                return start + n;
            }
        }
        if end - start >= 3 && of() {
            let alone = self.alone.contains(tokens[start].text);
            return if alone { start + 1 } else { end - 2 };
        }
        start
    }

    /// The names in `tokens`, each without the state or body before it.
    pub fn names_in(&self, tokens: &[Token<'_>]) -> Vec<Range<usize>> {
        self.names_of(tokens, runs(tokens)).collect()
    }

    fn names_of(&self, tokens: &[Token<'_>], runs: Vec<Range<usize>>) -> impl Iterator<Item = Range<usize>> {
        runs.into_iter().map(|run| self.name_start(tokens, run.start, run.end)..run.end)
    }

    /// Notes full names: capitalised words with an office before or after them.
    fn learn_english(&mut self, tokens: &[Token<'_>], runs: Vec<Range<usize>>) {
        for run in runs.into_iter().filter(|run| run.len() >= 2) {
            let name = self.name_start(tokens, run.start, run.end)..run.end;
            if name.len() < 2 {
                continue;
            }
            let before = office_before(tokens, name.start);
            let after = office_after(tokens, name.end);
            let subject = tokens.get(name.end).is_some_and(|t| t.is(Classes::VERB | Classes::DEED));
            let written = written(&tokens[name]);
            let key = name_key(&written);
            if !(before.is_some() || after.is_some() || subject) {
                self.mentioned.note(key, written);
                continue;
            }
            if self.people.outlet(&written).is_some() || self.people.place(&written).is_some() {
                continue;
            }
            let person = self.people.person(&written);
            if let Some(office) = after.or(before) {
                self.offices.entry(person.map_or_else(|| key.clone(), |p| name_key(&p.name))).or_insert(office);
            }
            if person.is_none() {
                self.full_names.note(key, written);
            }
        }
    }

    /// Notes registered people whom the text only names with their office: "President Calloway".
    fn learn_titled(&mut self, passages: &[Passage<'_>]) {
        for tokens in passages.iter().map(|p| &p.tokens) {
            for pair in tokens.windows(2).filter(|w| w[0].is(Classes::TITLE) && w[1].capital) {
                if let Some(person) = self.titled_person(pair[0].text, possessive(pair[1].source)) {
                    self.meet(person);
                }
            }
        }
    }

    /// Notes for whom it has no name: the last word of "a senior official", unless a name follows.
    fn learn_unnamed(&mut self, passage: &Passage<'a>) {
        for (i, token) in passage.tokens.iter().enumerate().filter(|(_, t)| t.is(Classes::INDEFINITE)) {
            let noun = |t: &&Token<'_>| t.is(Classes::TITLE | Classes::ANONYMOUS | Classes::SAME_OFFICE);
            let rest = &passage.tokens[i + 1..];
            let phrase = rest.iter().take(6).take_while(|t| t.word && (t.capital || noun(t) || t.is(Classes::MODIFIER))).count();
            let apposition = i > 0 && passage.tokens[i - 1].text == ",";
            if let Some(head) = rest[..phrase].iter().rfind(noun).filter(|_| !apposition && token.word) {
                let named = rest[..phrase].last().is_some_and(|last| last.start > head.start);
                if !named {
                    self.unnamed.insert(head.text);
                }
            }
        }
    }

    /// Notes names that follow an office: 越南总理范明政, 塔尔诺维亚总理佐尔坦·梅罗.
    fn learn_chinese(&mut self, passages: &[&Passage<'_>], cues: &LanguageCues) {
        let all: String = passages.iter().flat_map(|p| [p.text, "\n"]).collect();
        let behind_offices = cues.titles.ends_in(&all).filter(|&at| cues.titles.prefix_of(&all[at..]).is_none());
        let candidates: Vec<(usize, Candidate<'_>)> = behind_offices.filter_map(|at| Some((at, candidate_at(&all, at, cues)?))).collect();
        let uses = Uses::count(&all, candidates.iter().map(|(_, candidate)| candidate));
        for (at, candidate) in &candidates {
            if let Some(name) = name_of(candidate, &uses, cues)
                && !self.chinese_names.contains(name)
            {
                self.offices.entry(name_key(name)).or_insert_with(|| chinese_office(&all[..*at], self.people, cues).to_owned());
                self.chinese_names.insert(name.to_owned());
                self.chinese.extend(name.split(DOTS).chain([name]).map(str::to_owned));
                if let Some((_, last)) = name.rsplit_once(DOTS) {
                    self.fullest.entry(last.to_owned()).or_insert_with(|| name.to_owned());
                }
            }
        }
    }

    /// Notes English names in brackets behind Chinese ones: 伊尔莎·瓦尔加（Ilse Varga）.
    fn learn_bilingual(&mut self, source: &str, cues: &LanguageCues) {
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
                self.english_forms.insert(english.to_owned());
                for form in chinese.split(DOTS).chain([chinese.as_str()]) {
                    self.english.entry(form.to_owned()).or_insert_with(|| english.to_owned());
                }
            }
            rest = inner;
        }
    }

    /// Whether the document names `name` after an office, or as a part of a name with a middle dot.
    pub fn introduces(&self, name: &str) -> bool {
        self.chinese.contains(name)
    }

    /// The fullest form of a Chinese name in the document.
    pub fn fullest(&self, name: &str) -> String {
        self.fullest.get(name).map_or_else(|| name.to_owned(), Clone::clone)
    }
}

/// The runs of name words in `tokens`.
fn runs(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
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
