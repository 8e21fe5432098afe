//! The people of one document: those of the registry whose names stand in it, and those it introduces itself.
//!
//! "Liu Jianchao, Minister of …" makes "Liu" him for the rest of the document; a name that fits two people is nobody's.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use chrono::NaiveDate;

use super::classes::Classes;
use super::cues::Cues;
use super::names::{DOTS, chinese_office, is_after_office, joined, name_at, name_run, office_after, office_before, possessive, written};
use super::passage::{Passage, Token};
use super::segment::Speaker;
use crate::people::{People, Person, name_key};
use crate::text::{Language, is_han};

/// A shorter name may stand in the name of an account by chance.
const SHORTEST_HANDLE: usize = 7;

/// Who can be meant by which name in one document.
pub(super) struct Roster<'a> {
    people: &'a People,
    pub(super) date: Option<NaiveDate>,
    /// Where registered people are named in full: block, offset in its folded text, who.
    named: Vec<(usize, usize, &'a Person)>,
    /// Registered people named in full somewhere in the document, in order of appearance.
    pub(super) present: Vec<&'a Person>,
    /// Names of two to four words that the document uses and the registry does not know, by key, as written first.
    pub(super) full_names: Vec<(String, String)>,
    /// Such names with nothing beside them that shows an office or a deed.
    mentioned: Vec<(String, String)>,
    /// Capitalised words that stand alone somewhere.
    alone: HashSet<String>,
    /// Offices as the document gives them, by key of the name.
    pub(super) offices: HashMap<String, String>,
    /// Nouns for people whom the document introduces without a name: "a senior official".
    pub(super) unnamed: HashSet<String>,
    /// Chinese names behind which the document gives the English form in brackets: what stands before the bracket, and the form.
    bilingual: Vec<(String, String)>,
    /// Chinese names that follow an office somewhere in the document.
    pub chinese: Vec<String>,
}

impl<'a> Roster<'a> {
    pub fn new(passages: &[Passage<'_>], people: &'a People, cues: &Cues, date: Option<NaiveDate>) -> Self {
        let mut roster = Roster {
            people,
            date,
            named: Vec::new(),
            present: Vec::new(),
            full_names: Vec::new(),
            mentioned: Vec::new(),
            alone: HashSet::new(),
            offices: HashMap::new(),
            unnamed: HashSet::new(),
            bilingual: Vec::new(),
            chinese: Vec::new(),
        };
        for passage in passages {
            for (start, _, person) in people.find(passage.text) {
                roster.named.push((passage.block, start, person));
                if !roster.present.iter().any(|p| p.name == person.name) {
                    roster.present.push(person);
                }
            }
        }
        roster.learn_titled(passages);
        let of = |language| passages.iter().filter(move |p| p.language == language);
        of(Language::En).for_each(|p| roster.learn_alone(p));
        of(Language::En).for_each(|p| roster.learn_english(p));
        of(Language::En).for_each(|p| roster.learn_unnamed(p));
        of(Language::Zh).for_each(|p| roster.learn_bilingual(p.source, cues));
        roster.learn_chinese(&of(Language::Zh).collect::<Vec<_>>(), cues);
        roster
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
        if let Some((_, written)) = self.full_names.iter().find(|(k, _)| *k == key) {
            return Some(self.unregistered(written));
        }
        if let Some(speaker) = self.well_known(name) {
            return Some(speaker);
        }
        let mut meant: Vec<Speaker> = self.present.iter().filter(|p| p.goes_by(name)).map(|p| self.registered(p)).collect();
        for (full, written) in &self.full_names {
            if (full.ends_with(&format!(" {key}")) || full.starts_with(&format!("{key} "))) && !meant.iter().any(|s| name_key(&s.name) == *full) {
                meant.push(self.unregistered(written));
            }
        }
        match meant.as_slice() {
            [one] => Some(one.clone()),
            [] if self.bilingual.iter().any(|(_, english)| english == name) => Some(self.unregistered(name)),
            _ => None,
        }
    }

    /// The one name of several words here, explained or not, that ends in `name`: whom the subject of a verb of speech means
    /// where [`Roster::resolve`] finds nobody.
    pub fn merely_mentioned(&self, name: &str) -> Option<Speaker> {
        let key = &name_key(name);
        let mut fit = self.mentioned.iter().filter(|(full, _)| full.strip_suffix(key.as_str()).is_some_and(|before| before.ends_with(' ')));
        fit.next().filter(|_| fit.next().is_none()).map(|(_, written)| self.unregistered(written))
    }

    /// The one person of all who goes by that short name and is named in full here, or else held an office on the day. Where
    /// the document introduces somebody else of that name, nobody.
    fn well_known(&self, name: &str) -> Option<Speaker> {
        let key = name_key(name);
        if self.people.place(name).is_some() {
            return None;
        }
        let all: Vec<&Person> = self.people.going_by(name).filter(|p| p.short.iter().any(|s| name_key(s) == key)).collect();
        let here: Vec<&&Person> = all.iter().filter(|p| self.present.iter().any(|q| q.name == p.name)).collect();
        if let ([_], [one]) = (all.as_slice(), here.as_slice()) {
            return Some(self.registered(one));
        }
        let introduced = self.full_names.iter().any(|(full, _)| full.split(' ').any(|w| w == key));
        let in_office: Vec<&&Person> = all.iter().filter(|p| self.date.is_some() && !p.role_on(self.date).is_empty()).collect();
        match in_office.as_slice() {
            [one] if here.is_empty() && !introduced => Some(self.registered(one)),
            _ => None,
        }
    }

    /// The one person whose name stands in the name of an account: @SecMarcoRubio.
    pub fn by_handle(&self, handle: &str) -> Option<Speaker> {
        let named = |p: &&Person| {
            let name: String = name_key(&p.name).split(' ').collect();
            name.len() >= SHORTEST_HANDLE && handle.contains(&name)
        };
        let mut meant = self.people.persons().iter().filter(named);
        meant.next().filter(|_| meant.next().is_none()).map(|p| self.registered(p))
    }

    /// The English form that the document gives for a Chinese name or the end of one, in brackets behind it.
    fn in_english<'n>(&'n self, name: &'n str) -> &'n str {
        let given = self.bilingual.iter().find(|(chinese, _)| chinese == name || chinese.split(DOTS).any(|part| part == name));
        given.map_or(name, |(_, english)| english)
    }

    /// The speaker for a name that only the document knows.
    pub fn unregistered(&self, written: &str) -> Speaker {
        let role = self.offices.get(&name_key(written)).cloned().unwrap_or_default();
        let side = self.people.place_in(&role).map_or_else(String::new, |p| p.id.clone());
        Speaker { name: written.to_owned(), role, side }
    }

    /// Notes capitalised words that stand alone somewhere: "Velmora" in "Foreign Minister of Velmora Ilse Varga" is no part of
    /// the name if it does.
    fn learn_alone(&mut self, passage: &Passage<'_>) {
        let mut i = 0;
        while i < passage.tokens.len() {
            let run = name_run(&passage.tokens, i);
            let after_of = i > 0 && passage.tokens[i - 1].is(Classes::CONNECTOR);
            if run == 1 && !after_of {
                self.alone.insert(possessive(passage.tokens[i].text).to_owned());
            }
            i += run.max(1);
        }
    }

    /// Where in the run of name words `start..end` the name itself begins: behind the state or body of which somebody holds
    /// an office ("Foreign Minister of Kazakhstan Murat Nurtleu").
    pub fn name_start(&self, tokens: &[Token<'_>], start: usize, end: usize) -> usize {
        let of = start > 0 && tokens[start - 1].is(Classes::CONNECTOR) && is_after_office(tokens, start);
        for n in (1..end - start).rev() {
            let words = joined(&tokens[start..start + n]);
            if self.people.place(&words).is_some() && (of || end - start - n >= 2) {
                return start + n;
            }
        }
        if of && end - start >= 3 {
            let alone = self.alone.contains(tokens[start].text);
            return if alone { start + 1 } else { end - 2 };
        }
        start
    }

    /// The names in `tokens`, each without the state or body before it.
    pub fn names_in(&self, tokens: &[Token<'_>]) -> Vec<Range<usize>> {
        let mut names = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let run = name_run(tokens, at);
            if run > 0 {
                names.push(self.name_start(tokens, at, at + run)..at + run);
            }
            at += run.max(1);
        }
        names
    }

    /// Notes full names: capitalised words with an office before or after them.
    fn learn_english(&mut self, passage: &Passage<'_>) {
        let tokens = &passage.tokens;
        for name in self.names_in(tokens) {
            let before = office_before(tokens, name.start);
            let after = office_after(tokens, name.end);
            let subject = tokens.get(name.end).is_some_and(|t| t.is(Classes::VERB | Classes::DEED));
            if name.len() < 2 {
                continue;
            }
            let written = written(&tokens[name]);
            let key = name_key(&written);
            if !(before.is_some() || after.is_some() || subject) {
                if !self.mentioned.iter().any(|(k, _)| *k == key) {
                    self.mentioned.push((key, written));
                }
                continue;
            }
            if self.people.outlet(&written).is_some() || self.people.place(&written).is_some() {
                continue;
            }
            let person = self.people.person(&written);
            if let Some(office) = after.or(before) {
                self.offices.entry(person.map_or_else(|| key.clone(), |p| name_key(&p.name))).or_insert(office);
            }
            if person.is_some() {
                continue;
            }
            if !self.full_names.iter().any(|(k, _)| *k == key) {
                self.full_names.push((key, written));
            }
        }
    }

    /// Notes registered people whom the text only names with their office: "President Calloway".
    fn learn_titled(&mut self, passages: &[Passage<'_>]) {
        for tokens in passages.iter().map(|p| &p.tokens) {
            for (title, name) in tokens.windows(2).filter(|w| w[0].is(Classes::TITLE) && w[1].capital).map(|w| (w[0].text, possessive(w[1].source))) {
                if let Some(person) = self.titled_person(title, name)
                    && !self.present.iter().any(|p| p.name == person.name)
                {
                    self.present.push(person);
                }
            }
        }
    }

    /// Notes for whom it has no name: the last word of "a senior official", unless a name follows.
    fn learn_unnamed(&mut self, passage: &Passage<'_>) {
        for (i, token) in passage.tokens.iter().enumerate().filter(|(_, t)| t.is(Classes::INDEFINITE)) {
            let noun = |t: &&Token<'_>| t.is(Classes::TITLE | Classes::ANONYMOUS | Classes::SAME_OFFICE);
            let rest = &passage.tokens[i + 1..];
            let phrase = rest.iter().take(6).take_while(|t| t.word && (t.capital || noun(t) || t.is(Classes::MODIFIER))).count();
            let apposition = i > 0 && passage.tokens[i - 1].text == ",";
            if let Some(head) = rest[..phrase].iter().rfind(noun).filter(|_| !apposition && token.word) {
                let named = rest[..phrase].last().is_some_and(|last| last.start > head.start);
                if !named {
                    self.unnamed.insert(head.text.to_owned());
                }
            }
        }
    }

    /// Notes names that follow an office: 越南总理范明政, 塔尔诺维亚总理佐尔坦·梅罗.
    fn learn_chinese(&mut self, passages: &[&Passage<'_>], cues: &Cues) {
        let Some(cues) = cues.of(Language::Zh) else { return };
        let all: String = passages.iter().flat_map(|p| [p.text, "\n"]).collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for (at, _) in all.char_indices() {
            if cues.titles.suffix_of(&all[..at]).is_none() || cues.titles.prefix_of(&all[at..]).is_some() {
                continue;
            }
            if let Some(name) = name_at(&all, at, cues, &mut uses)
                && !self.chinese.iter().any(|n| n == name)
            {
                self.offices.entry(name_key(name)).or_insert_with(|| chinese_office(&all[..at], self.people, cues).to_owned());
                self.chinese.push(name.to_owned());
            }
        }
    }

    /// Notes English names in brackets behind Chinese ones: 伊尔莎·瓦尔加（Ilse Varga）.
    fn learn_bilingual(&mut self, source: &str, cues: &Cues) {
        let Some(cues) = cues.of(Language::Zh) else { return };
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
                self.bilingual.push((chinese, english.to_owned()));
            }
            rest = inner;
        }
    }

    /// Whether the document names `name` after an office, or as a part of a name with a middle dot.
    pub fn introduces(&self, name: &str) -> bool {
        self.chinese.iter().any(|n| n == name || n.split(DOTS).any(|part| part == name))
    }

    /// The fullest form of a Chinese name in the document.
    pub fn fullest(&self, name: &str) -> String {
        let longer = self.chinese.iter().find(|n| n.len() > name.len() && n.split(DOTS).next_back() == Some(name));
        longer.map_or_else(|| name.to_owned(), Clone::clone)
    }
}
