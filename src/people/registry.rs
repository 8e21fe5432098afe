//! The registry of people, bodies and media.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::error::{Error, Result, parse_toml};
use crate::text::fold;

use super::finder::Finder;
use super::key::{Key, name_key};
use super::mentions::Leads;
use super::person::Person;
use super::place::{Place, PlaceNames};
use super::tables::{by_host, by_short, by_side, end_words, handles};

/// A medium or a body: something that issues documents, asks questions or speaks without a person's name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// Short id, as in the `source` column.
    pub id: String,
    /// Usual English name, as in the `speaker` column.
    pub name: String,
    /// All forms of the name, in both languages.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Web hosts.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// State or organisation.
    #[serde(default)]
    pub side: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleFile {
    person: Vec<Person>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutletsFile {
    outlet: Vec<Outlet>,
    body: Vec<Outlet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlacesFile {
    place: Vec<Place>,
}

/// Everybody who is known, and how to find them in text.
#[derive(Debug)]
pub struct People {
    persons: Vec<Person>,
    outlets: Vec<Outlet>,
    /// How many of `outlets` are media; the rest are bodies.
    media: usize,
    /// What each name means, by its key.
    names: FxHashMap<Box<str>, Meanings>,
    /// Those who go by a short name, in the order of the file, and whether the file lists it.
    by_short: FxHashMap<String, Vec<(usize, bool)>>,
    by_side: FxHashMap<String, Vec<usize>>,
    /// The first outlet on each web host.
    by_host: FxHashMap<String, usize>,
    places: Vec<Place>,
    place_names: PlaceNames,
    /// First and last words of the names of outlets and states: what is none of them need not be looked up.
    name_words: FxHashSet<Box<str>>,
    persons_in_text: Finder,
    outlets_in_text: Finder,
    places_in_text: Finder,
    /// What finds names without blanks, and whose they are; made when first asked for.
    handles: OnceLock<(Option<AhoCorasick>, Vec<usize>)>,
    /// What finds people and states together; made when first asked for.
    pub(super) leads: OnceLock<Leads>,
}

/// What a name means.
#[derive(Debug, Default, Clone, Copy)]
struct Meanings {
    person: Option<u32>,
    outlet: Option<u32>,
    /// By name or adjective.
    place: Option<u32>,
    /// By the name, no adjective, of the state or its capital.
    state: Option<u32>,
}

/// Names of media and bodies with fewer characters are too common to be looked for in text.
const SHORTEST_OUTLET: usize = 4;

impl People {
    /// The registry that comes with the program.
    pub fn builtin() -> &'static People {
        static BUILTIN: OnceLock<People> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let people = ("lexicons/people.toml", include_str!("../../lexicons/people.toml"));
            let outlets = ("lexicons/outlets.toml", include_str!("../../lexicons/outlets.toml"));
            let places = ("lexicons/places.toml", include_str!("../../lexicons/places.toml"));
            People::parse(people, outlets, places).expect("the built-in registry is held to its format by a test")
        })
    }

    /// Parses a file of people, one of outlets and one of places, each given as its name and text.
    ///
    /// # Errors
    /// Anything wrong with the files, with its line; one form for two people.
    pub fn parse(people: (&str, &str), outlets: (&str, &str), places: (&str, &str)) -> Result<People> {
        let mut persons = parse_toml::<PeopleFile>(people.0, people.1)?.person;
        persons.iter_mut().enumerate().for_each(|(i, person)| person.index = i);
        let OutletsFile { mut outlet, body } = parse_toml(outlets.0, outlets.1)?;
        let media = outlet.len();
        outlet.extend(body);
        let places = parse_toml::<PlacesFile>(places.0, places.1)?.place;
        let mut names: FxHashMap<Box<str>, Meanings> = FxHashMap::default();
        let mut in_text = Vec::new();
        for (i, person) in persons.iter().enumerate() {
            for form in person.forms() {
                let of = &mut names.entry(name_key(form).into()).or_default().person;
                if let Some(other) = of.replace(i as u32).filter(|&other| other as usize != i) {
                    let message = format!("`{form}` is a name of both {} and {}", persons[other as usize].name, person.name);
                    let at = people.1.rfind(form).unwrap_or(0);
                    return Err(Error::data(people.0, people.1, at, message));
                }
                in_text.push((fold(form).as_str().to_owned(), i));
            }
        }
        let persons_in_text = Finder::new(std::mem::take(&mut in_text));
        for (i, outlet) in outlet.iter().enumerate() {
            for form in outlet.forms.iter().chain([&outlet.name]) {
                names.entry(name_key(form).into()).or_default().outlet.get_or_insert(i as u32);
                if form.chars().count() >= SHORTEST_OUTLET {
                    in_text.push((fold(form).as_str().to_owned(), i));
                }
            }
        }
        let outlets_in_text = Finder::new(std::mem::take(&mut in_text));
        for (i, place) in places.iter().enumerate() {
            for form in [&place.en, &place.adjectives, &place.zh].into_iter().flatten() {
                names.entry(name_key(form).into()).or_default().place.get_or_insert(i as u32);
                in_text.push((fold(form).as_str().to_owned(), i));
            }
            for form in [&place.en, &place.capital].into_iter().flatten() {
                names.entry(name_key(form).into()).or_default().state.get_or_insert(i as u32);
            }
        }
        Ok(People {
            name_words: end_words(names.iter().filter(|(_, of)| of.outlet.is_some() || of.state.is_some()).map(|(key, _)| key)),
            place_names: names.iter().filter(|(_, of)| of.place.is_some()).map(|(key, _)| &**key).collect(),
            by_short: by_short(&persons),
            by_side: by_side(&persons),
            by_host: by_host(&outlet),
            persons,
            outlets: outlet,
            media,
            names,
            places,
            persons_in_text,
            outlets_in_text,
            places_in_text: Finder::new(in_text),
            handles: OnceLock::new(),
            leads: OnceLock::new(),
        })
    }

    /// All people.
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// All states and organisations.
    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    fn meanings(&self, name: &str) -> Meanings {
        self.names.get(Key::of(name).as_str()).copied().unwrap_or_default()
    }

    /// The person of that full name, in any script, whatever the accents.
    pub fn person(&self, name: &str) -> Option<&Person> {
        self.meanings(name).person.map(|i| &self.persons[i as usize])
    }

    /// Those who go by that short name.
    pub fn going_by(&self, short: &str) -> impl Iterator<Item = &Person> {
        self.by_short.get(Key::of(short).as_str()).into_iter().flatten().map(|&(i, _)| &self.persons[i])
    }

    /// Those of them whose entry lists it, which the last word of a name alone does not make.
    pub(crate) fn called(&self, short: &str) -> impl Iterator<Item = &Person> {
        self.by_short.get(Key::of(short).as_str()).into_iter().flatten().filter(|(_, listed)| *listed).map(|&(i, _)| &self.persons[i])
    }

    /// Whether a folded word begins or ends the name of an outlet or a state.
    pub fn is_name_word(&self, word: &str) -> bool {
        let word = word.trim_end_matches("'s").trim_matches('.');
        [word.split(['-', '.']).next(), word.rsplit(['-', '.']).next()].into_iter().flatten().any(|w| self.name_words.contains(w))
    }

    /// The medium or body of that name.
    pub fn outlet(&self, name: &str) -> Option<&Outlet> {
        self.meanings(name).outlet.map(|i| &self.outlets[i as usize])
    }

    /// The medium of that name.
    pub fn medium(&self, name: &str) -> Option<&Outlet> {
        self.meanings(name).outlet.filter(|&i| (i as usize) < self.media).map(|i| &self.outlets[i as usize])
    }

    /// The body (not medium) of that name.
    pub fn body(&self, name: &str) -> Option<&Outlet> {
        self.meanings(name).outlet.filter(|&i| i as usize >= self.media).map(|i| &self.outlets[i as usize])
    }

    /// The state or organisation of that name or adjective.
    pub fn place(&self, name: &str) -> Option<&Place> {
        self.meanings(name).place.map(|i| &self.places[i as usize])
    }

    /// Whether a name or adjective of a state or organisation can begin with this word.
    pub(crate) fn may_begin_place(&self, word: &str) -> bool {
        self.place_names.may_begin_with(Key::of(word).as_str())
    }

    /// The state or organisation of that name, or with that capital; no adjective is one.
    pub fn state(&self, name: &str) -> Option<&Place> {
        self.meanings(name).state.map(|i| &self.places[i as usize])
    }

    /// The state or organisation of that name, adjective or capital.
    pub fn place_or_capital(&self, name: &str) -> Option<&Place> {
        let of = self.meanings(name);
        of.place.or(of.state).map(|i| &self.places[i as usize])
    }

    /// The one person whose name stands in the name of an account: `secmarcorubio`.
    pub(crate) fn in_handle(&self, handle: &str) -> Option<&Person> {
        let (automaton, owners) = self.handles.get_or_init(|| handles(&self.persons));
        let mut meant = automaton.as_ref()?.find_overlapping_iter(handle).map(|m| owners[m.pattern().as_usize()]);
        let first = meant.next()?;
        meant.all(|other| other == first).then(|| &self.persons[first])
    }

    /// Everybody of a side.
    pub fn of_side(&self, side: &str) -> impl Iterator<Item = &Person> {
        self.by_side.get(side).into_iter().flatten().map(|&i| &self.persons[i])
    }

    /// The side that a name, an adjective or an ISO code (of two or three letters) stands for.
    pub fn side_of(&self, name: &str) -> Option<&str> {
        let code = |p: &&Place| p.id == name || (!p.iso3.is_empty() && p.iso3 == name);
        self.places.iter().find(code).or_else(|| self.place(name)).map(|p| p.id.as_str())
    }

    /// The state or organisation that an office is of: the one named first in it.
    pub fn place_in(&self, office: &str) -> Option<&Place> {
        let words: Vec<&str> = office.split_whitespace().collect();
        let at = |i: usize| (1..=4.min(words.len() - i)).rev().find_map(|n| self.place(&words[i..i + n].join(" ")));
        let english = (0..words.len()).filter(|&i| self.may_begin_place(words[i])).find_map(at);
        english.or_else(|| self.chinese_place_in(office).map(|(_, place)| place))
    }

    /// The state or organisation that a Chinese office is of, and where it is named: the last one (中国国家主席同法国总统), but not
    /// the one where an envoy is posted (德国驻俄罗斯大使), nor one right behind another (美国哥伦比亚大学).
    pub fn chinese_place_in(&self, office: &str) -> Option<(usize, &Place)> {
        let (mut last, mut at, mut end) = (None, 0, usize::MAX);
        while let Some(c) = office[at..].chars().next() {
            let name = |n: usize| {
                let name = office.get(at..at + n * '国'.len_utf8())?;
                Some((self.place(name)?, name.len()))
            };
            let found = if self.place_names.may_begin_at(&office[at..]) { (2..=8).rev().find_map(name) } else { None };
            let Some((place, length)) = found else {
                at += c.len_utf8();
                continue;
            };
            if at != end && !office[..at].ends_with('驻') {
                last = Some((at, place));
            }
            at += length;
            end = at;
        }
        last
    }

    /// The outlet whose web host `url` is on.
    pub fn outlet_of_url(&self, url: &str) -> Option<&Outlet> {
        let host = url.split("//").nth(1)?.split(['/', ':', '?']).next()?.to_lowercase();
        let parents = host.match_indices('.').map(|(dot, _)| &host[dot + 1..]);
        std::iter::once(host.as_str()).chain(parents).filter_map(|h| self.by_host.get(h)).min().map(|&i| &self.outlets[i])
    }

    /// The medium or body with the longest name that stands in a folded text.
    pub fn outlet_in(&self, folded: &str) -> Option<(usize, &Outlet)> {
        let found = self.outlets_in_text.find(folded);
        found.map(|(start, end, i)| (end - start, &self.outlets[i])).max_by_key(|(length, o)| (*length, std::cmp::Reverse(&o.id)))
    }

    /// The sides of the states and organisations that a folded text names, as often as it does.
    pub fn sides_in<'p, 't>(&'p self, folded: &'t str) -> impl Iterator<Item = &'p str> + use<'p, 't> {
        self.places_in_text.find(folded).map(|(_, _, i)| self.places[i].id.as_str())
    }

    /// Where it names them: (start, end), in order, without overlaps.
    pub fn places_in<'p, 't>(&'p self, folded: &'t str) -> impl Iterator<Item = (usize, usize)> + use<'p, 't> {
        self.places_in_text.find(folded).map(|(start, end, _)| (start, end))
    }

    /// The full name that stands first in a folded text, if it begins at `reach` or before.
    pub fn first_in(&self, folded: &str, reach: usize) -> Option<(usize, usize, &Person)> {
        let (start, end, i) = self.persons_in_text.first(folded, reach)?;
        Some((start, end, &self.persons[i]))
    }

    /// Where full names stand in a folded text: (start, end, person), in order, without overlaps.
    pub fn find<'p, 't>(&'p self, folded: &'t str) -> impl Iterator<Item = (usize, usize, &'p Person)> + use<'p, 't> {
        self.persons_in_text.find(folded).map(|(start, end, i)| (start, end, &self.persons[i]))
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    const PEOPLE: &str = r#"
[[person]]
name = "Ilona Vőrösi"
zh = ["伊洛娜·沃勒希", "沃勒希"]
short = ["Vőrösi"]
side = "VE"
[[person.role]]
title = "Foreign Minister"
from = "2021-05"
to = "2023-02-10"
[[person.role]]
title = "President"
from = "2023-02-11"
"#;

    const PLACES: &str = "[[place]]\nid = \"KZ\"\nen = [\"Kazakhstan\"]\nadjectives = [\"Kazakh\"]\nzh = [\"哈萨克斯坦\"]\n";

    #[test]
    fn offices_have_sides() {
        for office in ["Foreign Minister of Kazakhstan", "Kazakh Foreign Minister", "哈萨克斯坦外长"] {
            assert_eq!(people().place_in(office).map(|p| p.id.as_str()), Some("KZ"), "{office}");
        }
        assert_eq!(people().chinese_place_in("国家主席同哈萨克斯坦外长").map(|(at, p)| (at, p.id.as_str())), Some((15, "KZ")));
        assert!(people().chinese_place_in("驻哈萨克斯坦大使").is_none());
        assert!(people().place_in("Foreign Minister").is_none());
    }

    fn people() -> People {
        People::parse(("p.toml", PEOPLE), ("o.toml", "outlet = [{ id = \"X\", name = \"X Times\", hosts = [\"x.example\"] }]\nbody = []"), ("l.toml", PLACES))
            .unwrap()
    }

    #[test]
    fn names_in_any_script_and_with_any_accents() {
        let people = people();
        for name in ["Ilona Vörösi", "ILONA VOROSI", "伊洛娜·沃勒希", "伊洛娜・沃勒希", "沃勒希"] {
            assert_eq!(people.person(name).map(|p| p.name.as_str()), Some("Ilona Vőrösi"), "{name}");
        }
        assert!(people.person("Vőrösi").is_none());
        assert!(people.persons()[0].goes_by("Vorosi"));
    }

    #[test]
    fn roles_by_date() {
        let people = people();
        let on = |y, m, d| people.persons()[0].role_on(NaiveDate::from_ymd_opt(y, m, d));
        assert_eq!((on(2021, 4, 30), on(2021, 5, 1), on(2023, 2, 10), on(2023, 2, 11)), ("", "Foreign Minister", "Foreign Minister", "President"));
    }

    #[test]
    fn hosts() {
        let people = people();
        assert_eq!(people.outlet_of_url("https://www.x.example/a").map(|o| o.id.as_str()), Some("X"));
        assert!(people.outlet_of_url("https://notx.example/a").is_none());
    }

    #[test]
    fn one_name_for_two_people_is_an_error() {
        let twice = format!("{PEOPLE}\n[[person]]\nname = \"沃勒希\"\n");
        let message = People::parse(("p.toml", &twice), ("o.toml", "outlet = []\nbody = []"), ("l.toml", PLACES)).unwrap_err().to_string();
        assert!(message.starts_with("p.toml:") && message.contains("沃勒希"), "{message}");
    }

    #[test]
    fn the_built_in_registry_is_sound() {
        let people = include_str!("../../lexicons/people.toml");
        let outlets = include_str!("../../lexicons/outlets.toml");
        let places = include_str!("../../lexicons/places.toml");
        let parsed = People::parse(("lexicons/people.toml", people), ("lexicons/outlets.toml", outlets), ("lexicons/places.toml", places)).unwrap();
        assert!(parsed.persons().len() >= 1000);
        assert!(parsed.persons().iter().all(|p| !p.source.is_empty()));
    }
}
