//! Whom an office or a description means: "the Chinese foreign minister", "the Thai leader", 法国总统; which body "its foreign
//! ministry" is.

use std::collections::HashSet;

use super::cues::LanguageCues;
use super::names::{DOTS, joined, possessive};
use super::roster::Roster;
use super::segment::Speaker;
use super::tokens::Token;
use crate::people::{Person, Place, name_key};
use crate::text::is_han;

impl<'a> Roster<'a> {
    /// The person of the registry whom a Chinese name after an office of a state means (巴勒斯坦总统阿巴斯).
    pub fn of_state(&self, name: &str, office: &str) -> Option<Speaker> {
        let side = &self.people().place_in(office)?.id;
        let fits = |p: &&Person| p.zh.iter().any(|form| form == name || form.split(DOTS).next_back() == Some(name));
        let mut meant = self.people().of_side(side).filter(fits);
        meant.next().filter(|_| meant.next().is_none()).map(|p| self.registered(p))
    }

    /// Whom an office with a single name means: the one person known to all who goes by that name and held such an office on
    /// the day ("President Xi", "Secretary Rubio").
    pub fn titled(&self, title: &str, name: &str) -> Option<Speaker> {
        self.titled_person(title, name).map(|p| self.registered(p))
    }

    /// The same, as the registry has it.
    pub fn titled_person(&self, title: &str, name: &str) -> Option<&'a Person> {
        self.date?;
        let title = title.to_lowercase();
        let fits = |p: &&Person| p.roles_on(self.date).any(|r| r.title.to_lowercase().split([' ', ',']).any(|w| w == title));
        let mut meant = self.people().going_by(name).filter(fits);
        meant.next().filter(|_| meant.next().is_none())
    }

    /// The one person whom an office alone means.
    pub fn holder(&self, office: &str, cues: &LanguageCues) -> Option<Speaker> {
        let mut holders = self.holders_of(office, cues);
        if holders.len() == 1 { holders.pop() } else { None }
    }

    /// Those whom an office alone can mean, in either language: of those named here, else (with a state and a date) of all.
    pub fn holders_of(&self, office: &str, cues: &LanguageCues) -> Vec<Speaker> {
        if !office.chars().any(is_han) {
            let office = office.to_lowercase();
            return self.of_description(&office.split_whitespace().collect::<Vec<_>>(), cues);
        }
        let (place, title) = match self.people().chinese_place_in(office) {
            Some((at, place)) => {
                let rest = place.zh.iter().filter_map(|name| office[at..].strip_prefix(name.as_str())).min_by_key(|rest| rest.len());
                (Some(place), rest.unwrap_or(office))
            }
            None => (None, office),
        };
        let fits = |role: &str| role.strip_suffix(title).is_some_and(|before| cues.lower_ranks.suffix_of(before).is_none());
        self.holders(place, &|person, own| person.is_some_and(|p| p.roles_on(self.date).any(|r| fits(&r.zh))) || own.is_some_and(fits))
    }

    /// Those whom a definite description can mean: "the Chinese foreign minister", "the Thai leader", "the spokesman".
    pub fn described(&self, words: &[Token<'_>], cues: &LanguageCues) -> Vec<Speaker> {
        self.of_description(&words.iter().map(|t| possessive(t.text)).collect::<Vec<_>>(), cues)
    }

    fn of_description(&self, words: &[&str], cues: &LanguageCues) -> Vec<Speaker> {
        let mut place = None;
        let mut rest: Vec<&str> = Vec::new();
        let mut i = 0;
        while i < words.len() {
            let found = (1..=4.min(words.len() - i)).rev().find_map(|n| Some((self.people().place_or_capital(&words[i..i + n].join(" "))?, n)));
            if let Some((named, n)) = found {
                place = Some(named);
                i += n;
                continue;
            }
            if !cues.modifiers.contains(words[i]) && !cues.articles.contains(words[i]) {
                rest.push(words[i]);
            }
            i += 1;
        }
        let noun = rest.join(" ");
        // "A senior official" met here before is nobody of those named.
        if noun.is_empty() || rest.last().is_some_and(|head| self.learnt().unnamed.contains(*head)) {
            return Vec::new();
        }
        let offices = cues.same_office.get(&noun).map_or_else(|| vec![noun.clone()], Clone::clone);
        let held = |fits: &dyn Fn(&str) -> bool| {
            self.holders(place, &|person, own| person.is_some_and(|p| p.roles_on(self.date).any(|r| fits(&r.title))) || own.is_some_and(fits))
        };
        // "The Secretary" is the Secretary of State rather than the Foreign Secretary.
        let first = held(&|role| {
            name_key(role).strip_prefix(&noun).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ','])) && is_office(role, &noun, cues)
        });
        if first.is_empty() { held(&|role| offices.iter().any(|office| is_office(role, office, cues))) } else { first }
    }

    /// The people named here, else (with a state and a date) of all, who fit: by the registry, or by the office that the
    /// document gives them.
    fn holders(&self, place: Option<&Place>, fits: &dyn Fn(Option<&Person>, Option<&str>) -> bool) -> Vec<Speaker> {
        let own = |name: &str| self.office_of(&name_key(name));
        let of_place = |side: &str| place.is_none_or(|p| p.id == side);
        let registered = self.present().iter().filter(|p| of_place(&p.side) && fits(Some(p), own(&p.name))).map(|p| self.registered(p));
        // Who has no office here fits none.
        let fitting = self.learnt().full_names.written().filter(|written| own(written).is_some_and(|office| fits(None, Some(office))));
        let learnt = fitting.map(|written| self.unregistered(written)).filter(|s| place.is_none() || s.side.is_empty() || of_place(&s.side));
        let here: Vec<Speaker> = registered.chain(learnt).collect();
        match place.filter(|_| here.is_empty() && self.date.is_some()) {
            Some(place) => self.people().of_side(&place.id).filter(|p| fits(Some(p), None)).map(|p| self.registered(p)).collect(),
            None => here,
        }
    }

    /// The body that a description means: "China's foreign ministry" where the registry knows it; else what the document calls
    /// it. "The ministry" alone is nobody.
    pub fn described_body(&self, words: &[Token<'_>], indefinite: bool) -> Option<Speaker> {
        let named = words.len() > 1 && words[..words.len() - 1].iter().any(|t| t.capital);
        if !named || indefinite {
            return None;
        }
        let written = joined(words);
        let side = self.people().place_in(&written);
        let rest = |place: &Place| {
            let own: HashSet<String> = place.en.iter().chain(&place.adjectives).map(|n| name_key(n)).collect();
            let rest: Vec<&str> = words.iter().map(|t| possessive(t.text)).filter(|w| !own.contains(&name_key(w))).collect();
            place.adjectives.iter().find_map(|adjective| self.body(&format!("{adjective} {}", rest.join(" "))))
        };
        let known = self.body(&written).or_else(|| side.and_then(rest));
        // "Bolivia's foreign ministry" is the Bolivian one.
        let owner = side
            .filter(|_| words[0].text.ends_with("'s"))
            .and_then(|place| place.adjectives.first().filter(|_| self.people().state(&joined(&words[..1])).is_some()));
        let name = owner.map_or_else(|| written.clone(), |adjective| format!("{adjective} {}", joined(&words[1..])));
        Some(known.unwrap_or_else(|| Speaker { name, side: side.map_or_else(String::new, |p| p.id.clone()), ..Speaker::none() }))
    }

    /// The state that a name, or the name of its capital, stands for.
    pub fn state(&self, name: &str) -> Option<Speaker> {
        let place = self.people().state(possessive(name))?;
        Some(Speaker { name: place.en.first()?.clone(), role: String::new(), side: place.id.clone() })
    }
}

/// Whether `role` is the office, not a lower rank of it: "president" is no vice president.
fn is_office(role: &str, office: &str, cues: &LanguageCues) -> bool {
    let role = name_key(role);
    let at = |i: usize, m: &str| {
        let (before, after) = (&role[..i], &role[i + m.len()..]);
        let whole = before.chars().next_back().is_none_or(|c| c == ' ') && after.chars().next().is_none_or(|c| matches!(c, ' ' | ','));
        let beside = [before.split([' ', ',']).rev().find(|w| !w.is_empty()), after.strip_prefix(' ').and_then(|rest| rest.split([' ', ',']).next())];
        whole && !beside.into_iter().flatten().any(|word| cues.lower_ranks.contains(word))
    };
    office.is_empty() || role.match_indices(office).any(|(i, m)| at(i, m))
}
