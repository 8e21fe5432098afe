//! The people of one document: those of the registry whose names stand in it, and those it introduces itself.
//!
//! "Liu Jianchao, Minister of …" makes "Liu" him for the rest of the document; a name that fits two people is nobody's.
//!
//! What a document says of names is found when something first depends on it: the labels of most transcripts name nobody whom the
//! registry does not know.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::classes::Classes;
use super::cues::Cues;
use super::learnt::{Bilingual, Learnt, LearntChinese, name_start, runs};
use super::names::{DOTS, possessive};
use super::passage::Passage;
use super::segment::Speaker;
use super::tokens::Token;
use crate::people::{People, Person, name_key};
use crate::text::is_han;

/// Who can be meant by which name in one document.
pub(super) struct Roster<'a> {
    people: &'a People,
    pub(super) date: Option<NaiveDate>,
    passages: &'a [Passage<'a>],
    cues: &'a Cues,
    present: OnceCell<Present<'a>>,
    learnt: OnceCell<Learnt<'a>>,
    learnt_chinese: OnceCell<LearntChinese>,
    bilingual: OnceCell<Bilingual>,
    /// Whom the names that were asked for mean.
    resolved: RefCell<FxHashMap<String, Option<Speaker>>>,
}

/// The people of the registry who are named in a document.
#[derive(Default)]
struct Present<'a> {
    /// Where they are named in full: block, offset in its folded text, who.
    named: Vec<(usize, usize, &'a Person)>,
    /// Each of them once, in order of appearance.
    all: Vec<&'a Person>,
    /// Their places in the registry.
    places: FxHashSet<usize>,
}

impl<'a> Present<'a> {
    fn meet(&mut self, person: &'a Person) {
        if self.places.insert(person.index) {
            self.all.push(person);
        }
    }
}

impl<'a> Roster<'a> {
    pub fn new(passages: &'a [Passage<'a>], people: &'a People, cues: &'a Cues, date: Option<NaiveDate>) -> Self {
        Roster {
            people,
            date,
            passages,
            cues,
            present: OnceCell::new(),
            learnt: OnceCell::new(),
            learnt_chinese: OnceCell::new(),
            bilingual: OnceCell::new(),
            resolved: RefCell::default(),
        }
    }

    fn in_registry(&self) -> &Present<'a> {
        self.present.get_or_init(|| {
            let mut present = Present::default();
            for passage in self.passages {
                for (start, _, person) in self.people.find(passage.text) {
                    present.named.push((passage.block, start, person));
                    present.meet(person);
                }
            }
            // Those whom the text only names with their office: "President Calloway".
            for tokens in self.passages.iter().map(Passage::tokens) {
                for pair in tokens.windows(2).filter(|w| w[0].is(Classes::TITLE) && w[1].capital) {
                    if let Some(person) = self.titled_person(pair[0].text, possessive(pair[1].source)) {
                        present.meet(person);
                    }
                }
            }
            present
        })
    }

    /// What the English of the document says of names that the registry does not know.
    pub fn learnt(&self) -> &Learnt<'a> {
        self.learnt.get_or_init(|| Learnt::of(self.passages, self.people))
    }

    /// The same of its Chinese.
    fn learnt_chinese(&self) -> &LearntChinese {
        self.learnt_chinese.get_or_init(|| LearntChinese::of(self.passages, self.people, self.cues))
    }

    /// The office that the document gives the person whose name has that key.
    pub fn office_of(&self, key: &str) -> Option<&str> {
        let chinese = || key.contains(is_han).then(|| self.learnt_chinese().offices.get(key)).flatten();
        self.learnt().offices.get(key).or_else(chinese).map(String::as_str)
    }

    fn bilingual(&self) -> &Bilingual {
        self.bilingual.get_or_init(|| Bilingual::of(self.passages, self.cues))
    }

    /// Registered people named in full somewhere in the document, or with their office, in order of appearance.
    pub fn present(&self) -> &[&'a Person] {
        &self.in_registry().all
    }

    pub fn people(&self) -> &'a People {
        self.people
    }

    /// Whether a stretch of a block's folded text names `speaker` in full.
    pub fn names(&self, block: usize, range: &Range<usize>, text: &str, speaker: &Speaker) -> bool {
        let named = &self.in_registry().named;
        let from = named.partition_point(|(b, start, _)| (*b, *start) < (block, range.start));
        let here = named[from..].iter().take_while(|(b, start, _)| *b == block && *start < range.end);
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

    /// Whether neither the registry nor the document calls anybody by that name or a part of it: a word of it stands nowhere.
    pub fn is_absent(&self, name: &str) -> bool {
        let known = self.people.person(name).is_some() || self.people.going_by(name).next().is_some();
        let stands = |word: &str| self.passages.iter().any(|p| p.text.contains(word));
        !known && !name_key(name).split(' ').all(stands)
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
        if name.chars().all(|c| is_han(c) || DOTS.contains(&c))
            && let Some(speaker) = self.office_of(&key).and_then(|office| self.of_state(name, office))
        {
            return Some(speaker);
        }
        // A full name has several words.
        if key.contains(' ')
            && let Some(written) = self.learnt().full_names.get(&key)
        {
            return Some(self.unregistered(written));
        }
        if let Some(speaker) = self.well_known(name) {
            return Some(speaker);
        }
        let registered = self.people.going_by(name).filter(|p| self.is_present(p)).map(Ok);
        let mut meant = registered.chain(self.learnt().full_names.beginning_or_ending(&key).map(Err));
        match (meant.next(), meant.next()) {
            (Some(Ok(person)), None) => Some(self.registered(person)),
            (Some(Err(written)), None) => Some(self.unregistered(written)),
            (None, _) if self.bilingual().forms.contains(name) => Some(self.unregistered(name)),
            _ => None,
        }
    }

    /// Whether somebody of the registry is named here in full.
    fn is_present(&self, person: &Person) -> bool {
        self.in_registry().places.contains(&person.index)
    }

    /// The one name of several words here, explained or not, that ends in `name`: whom the subject of a verb of speech means
    /// where [`Roster::resolve`] finds nobody.
    pub fn merely_mentioned(&self, name: &str) -> Option<Speaker> {
        let key = name_key(name);
        let mut fit = self.learnt().mentioned.ending_in(&key);
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
            (Some(one), None) if !all().any(|p| self.is_present(p)) && !self.learnt().full_names.hold(&name_key(name)) => Some(self.registered(one)),
            _ => None,
        }
    }

    /// The one person whose name stands in the name of an account: @SecMarcoRubio.
    pub fn by_handle(&self, handle: &str) -> Option<Speaker> {
        self.people.in_handle(handle).map(|p| self.registered(p))
    }

    /// The English form that the document gives for a Chinese name or the end of one, in brackets behind it.
    fn in_english<'n>(&'n self, name: &'n str) -> &'n str {
        self.bilingual().english.get(name).map_or(name, String::as_str)
    }

    /// The speaker for a name that only the document knows.
    pub fn unregistered(&self, written: &str) -> Speaker {
        let role = self.office_of(&name_key(written)).unwrap_or_default().to_owned();
        let side = self.people.place_in(&role).map_or_else(String::new, |p| p.id.clone());
        Speaker { name: written.to_owned(), role, side }
    }

    /// Where in the run of name words `start..end` the name itself begins; see [`name_start`].
    pub fn name_start(&self, tokens: &[Token<'_>], start: usize, end: usize) -> usize {
        name_start(tokens, start, end, self.people, |word| self.learnt().alone.contains(word))
    }

    /// The names in `tokens`, each without the state or body before it.
    pub fn names_in(&self, tokens: &[Token<'_>]) -> Vec<Range<usize>> {
        runs(tokens).into_iter().map(|run| self.name_start(tokens, run.start, run.end)..run.end).collect()
    }

    /// Whether the document names `name` after an office, or as a part of a name with a middle dot.
    pub fn introduces(&self, name: &str) -> bool {
        self.learnt_chinese().names.contains(name)
    }

    /// The fullest form of a Chinese name in the document.
    pub fn fullest(&self, name: &str) -> String {
        self.learnt_chinese().fullest.get(name).map_or_else(|| name.to_owned(), Clone::clone)
    }
}
