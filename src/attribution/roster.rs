//! The people of one document: those of the registry whose names stand in it, and those it introduces itself.
//!
//! "Liu Jianchao, Minister of …" makes "Liu" him for the rest of the document; a name that fits two people is nobody's.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::cues::Cues;
use super::passage::{Passage, Token};
use super::segment::Speaker;
use crate::people::{People, Person, name_key};
use crate::text::Language;

/// Who can be meant by which name in one document.
pub(super) struct Roster<'a> {
    people: &'a People,
    date: Option<NaiveDate>,
    /// Registered people named in full somewhere in the document, in order of appearance.
    present: Vec<&'a Person>,
    /// Names of two to four words that the document uses and the registry does not know, by key, as written first.
    full_names: Vec<(String, String)>,
    /// Offices as the document gives them, by key of the name.
    offices: HashMap<String, String>,
    /// Chinese names that follow an office somewhere in the document.
    pub chinese: Vec<String>,
}

impl<'a> Roster<'a> {
    pub fn new(passages: &[Passage<'_>], people: &'a People, cues: &Cues, date: Option<NaiveDate>) -> Self {
        let mut roster = Roster { people, date, present: Vec::new(), full_names: Vec::new(), offices: HashMap::new(), chinese: Vec::new() };
        for passage in passages {
            for (_, _, person) in people.find(passage.text) {
                if !roster.present.iter().any(|p| p.name == person.name) {
                    roster.present.push(person);
                }
            }
        }
        for passage in passages.iter().filter(|p| p.language == Language::En) {
            roster.learn_english(passage, cues);
        }
        for passage in passages.iter().filter(|p| p.language == Language::Zh) {
            roster.learn_chinese(passage, cues);
        }
        roster
    }

    pub fn people(&self) -> &'a People {
        self.people
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
        if let Some(person) = self.people.person(name) {
            return Some(self.registered(person));
        }
        let key = name_key(name);
        if let Some((_, written)) = self.full_names.iter().find(|(k, _)| *k == key) {
            return Some(self.unregistered(written));
        }
        let mut meant: Vec<Speaker> = self.present.iter().filter(|p| p.goes_by(name)).map(|p| self.registered(p)).collect();
        for (full, written) in &self.full_names {
            let mut words = full.split(' ');
            let ends = words.next() == Some(&key) || words.next_back() == Some(&key) || full.ends_with(&format!(" {key}"));
            if ends && !meant.iter().any(|s| name_key(&s.name) == *full) {
                meant.push(self.unregistered(written));
            }
        }
        match meant.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        }
    }

    /// Whom an office alone means: the one person here whose office ends or begins with it.
    pub fn holder(&self, office: &str) -> Option<Speaker> {
        let office = office.to_lowercase();
        let fits = |role: &str| {
            let role = role.to_lowercase();
            role == office || role.starts_with(&format!("{office} ")) || role.ends_with(&format!(" {office}"))
        };
        let registered = self.present.iter().filter(|p| fits(p.role_on(self.date))).map(|p| self.registered(p));
        let learnt = self.full_names.iter().filter(|(key, _)| self.offices.get(key).is_some_and(|o| fits(o))).map(|(_, written)| self.unregistered(written));
        let mut holders = registered.chain(learnt);
        holders.next().filter(|_| holders.next().is_none())
    }

    /// The speaker for a name that only the document knows.
    pub fn unregistered(&self, written: &str) -> Speaker {
        let role = self.offices.get(&name_key(written)).cloned().unwrap_or_default();
        Speaker { name: written.to_owned(), role, side: String::new() }
    }

    /// Notes full names: capitalised words with an office before or after them.
    fn learn_english(&mut self, passage: &Passage<'_>, cues: &Cues) {
        let Some(cues) = cues.of(Language::En) else { return };
        let tokens = &passage.tokens;
        let mut i = 0;
        while i < tokens.len() {
            let run = name_run(tokens, i, cues);
            if run == 0 {
                i += 1;
                continue;
            }
            let name = &tokens[i..i + run];
            let before = office_before(tokens, i, cues);
            let after = office_after(tokens, i + run, cues);
            let subject = tokens.get(i + run).is_some_and(|t| cues.verbs.contains(t.text) || cues.deeds.contains(t.text));
            if run >= 2 && (before.is_some() || after.is_some() || subject) {
                let written = written(name);
                let key = name_key(&written);
                if self.people.person(&written).is_none() && self.people.outlet(&written).is_none() {
                    if let Some(office) = after.or(before) {
                        self.offices.entry(key.clone()).or_insert(office);
                    }
                    if !self.full_names.iter().any(|(k, _)| *k == key) {
                        self.full_names.push((key, written));
                    }
                }
            }
            i += run;
        }
    }

    /// Notes names that follow an office: 越南总理范明政, and names with a middle dot.
    fn learn_chinese(&mut self, passage: &Passage<'_>, cues: &Cues) {
        let Some(cues) = cues.of(Language::Zh) else { return };
        for (at, _) in passage.text.char_indices() {
            let Some(title) = cues.titles.suffix_of(&passage.text[..at]) else { continue };
            let rest = &passage.text[at..];
            let name: String = rest.chars().take_while(|c| crate::text::is_han(*c) || matches!(c, '·' | '・')).take(24).collect();
            // What follows has no end of its own: it is kept whole and compared by its beginning.
            if name.chars().count() >= 2 && !cues.titles.prefix_of(&name).is_some_and(|t| t.len() > title.len()) && !self.chinese.contains(&name) {
                self.chinese.push(name);
            }
        }
    }

    /// Whether the document names `name` after an office, or as the end of a name with a middle dot.
    pub fn introduces(&self, name: &str) -> bool {
        self.chinese.iter().any(|n| n.starts_with(name) || n.split(['·', '・']).any(|part| part.starts_with(name)))
    }

    /// Whether the document names `name`, and nothing longer, after an office.
    pub fn names_alone(&self, name: &str) -> bool {
        self.chinese.iter().any(|n| n == name)
    }

    /// The fullest form of a Chinese name in the document.
    pub fn fullest(&self, name: &str) -> String {
        let dotted = |full: &&String| full.contains(['·', '・']);
        let longer = self.chinese.iter().filter(dotted).find_map(|full| {
            let at = full.find(name)?;
            let before = &full[..at];
            (before.ends_with(['·', '・'])).then(|| full[..at + name.len()].to_owned())
        });
        longer.unwrap_or_else(|| name.to_owned())
    }
}

fn written(tokens: &[Token<'_>]) -> String {
    let words: Vec<&str> = tokens.iter().map(|t| possessive(t.source)).collect();
    words.join(" ")
}

/// A word without its 's.
pub(super) fn possessive(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// How many tokens from `i` on make a name: capitalised words that are no offices or countries, with particles between.
pub(super) fn name_run(tokens: &[Token<'_>], i: usize, cues: &super::cues::LanguageCues) -> usize {
    let part = |t: &Token<'_>| t.word && t.capital && !t.text.chars().any(|c| c.is_ascii_digit()) && !cues.titles.contains(possessive(t.text)) && !cues.not_names.contains(possessive(t.text));
    let mut end = i;
    while end < tokens.len() && end - i < 5 {
        let initial = tokens[end].text == "." && end > i && tokens[end - 1].text.len() == 1;
        if part(&tokens[end]) {
            end += 1;
            if tokens[end - 1].text.ends_with("'s") {
                break;
            }
        } else if initial && tokens.get(end + 1).is_some_and(part) {
            end += 1;
        } else if end > i && cues.particles.contains(tokens[end].text) && tokens.get(end + 1).is_some_and(part) {
            end += 2;
        } else {
            break;
        }
    }
    end - i
}

/// The office that ends right before token `i`: "Chinese Foreign Minister", "President of the Assembly".
pub(super) fn office_before(tokens: &[Token<'_>], i: usize, cues: &super::cues::LanguageCues) -> Option<String> {
    let start = office_start(tokens, i, cues);
    let has_title = tokens[start..i].iter().any(|t| cues.titles.contains(t.text));
    has_title.then(|| tokens[start..i].iter().filter(|t| t.word).map(|t| t.source).collect::<Vec<_>>().join(" "))
}

/// Where the office that ends before token `i` begins: capitalised words and titles, with `of`, `the`, `for` among them.
pub(super) fn office_start(tokens: &[Token<'_>], i: usize, cues: &super::cues::LanguageCues) -> usize {
    let mut start = i;
    while start > 0 {
        let t = &tokens[start - 1];
        let belongs = t.word && (t.capital || cues.titles.contains(t.text) || cues.connectors.contains(t.text)) || t.text == "(" || t.text == ")";
        if !belongs {
            break;
        }
        start -= 1;
    }
    while start < i && (cues.connectors.contains(tokens[start].text) || !tokens[start].word) {
        start += 1;
    }
    start
}

/// The office in apposition after token `i`: ", Minister of the International Department of …,".
fn office_after(tokens: &[Token<'_>], i: usize, cues: &super::cues::LanguageCues) -> Option<String> {
    if tokens.get(i)?.text != "," {
        return None;
    }
    let rest = &tokens[i + 1..];
    let end = rest.iter().take(24).position(|t| matches!(t.text, "," | "." | ";" | "—" | ":"))?;
    let office = &rest[..end];
    let titled = office.iter().take(6).any(|t| cues.titles.contains(t.text));
    let verb = office.iter().any(|t| cues.deeds.contains(t.text) || cues.verbs.contains(t.text));
    if !titled || verb {
        return None;
    }
    let words: Vec<&str> = office.iter().filter(|t| t.word).map(|t| t.source).collect();
    let skip = usize::from(words.first().is_some_and(|w| ["a", "an", "the", "The"].contains(w)));
    Some(words[skip..].join(" "))
}
