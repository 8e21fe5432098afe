//! The registry of people, bodies and media.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::error::{Error, Result, parse_toml};
use crate::text::fold;

use super::finder::Finder;
use super::person::Person;
use super::place::Place;

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
    by_name: HashMap<String, usize>,
    /// Those who go by a short name, in the order of the file.
    by_short: HashMap<String, Vec<usize>>,
    by_outlet: HashMap<String, usize>,
    by_side: HashMap<String, Vec<usize>>,
    places: Vec<Place>,
    by_place: HashMap<String, usize>,
    /// By the names of states, without adjectives, and of capitals.
    by_state: HashMap<String, usize>,
    /// First and last words of the names of outlets and states: what is none of them need not be looked up.
    name_words: HashSet<String>,
    persons_in_text: Finder,
    outlets_in_text: Finder,
    places_in_text: Finder,
}

/// Names of media and bodies with fewer characters are too common to be looked for in text.
const SHORTEST_OUTLET: usize = 4;

/// The form under which names are compared: folded, hyphens and middle dots as blanks.
pub fn name_key(name: &str) -> String {
    let folded = fold(name);
    let plain: String = folded.as_str().chars().map(|c| if matches!(c, '-' | '·' | '・' | '•' | '.' | '\'') { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

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
        let persons = parse_toml::<PeopleFile>(people.0, people.1)?.person;
        let OutletsFile { mut outlet, body } = parse_toml(outlets.0, outlets.1)?;
        let media = outlet.len();
        outlet.extend(body);
        let mut by_name = HashMap::new();
        let (mut by_short, mut names) = (HashMap::<String, Vec<usize>>::new(), Vec::new());
        for (i, person) in persons.iter().enumerate() {
            for key in person.short_keys() {
                by_short.entry(key).or_default().push(i);
            }
            for form in person.forms() {
                let key = name_key(form);
                if let Some(other) = by_name.insert(key, i).filter(|&other| other != i) {
                    let message = format!("`{form}` is a name of both {} and {}", persons[other].name, person.name);
                    let at = people.1.rfind(form).unwrap_or(0);
                    return Err(Error::data(people.0, people.1, at, message));
                }
                names.push((fold(form).as_str().to_owned(), i));
            }
        }
        let (mut by_outlet, mut outlet_names) = (HashMap::new(), Vec::new());
        for (i, outlet) in outlet.iter().enumerate() {
            for form in outlet.forms.iter().chain([&outlet.name]) {
                by_outlet.entry(name_key(form)).or_insert(i);
                if form.chars().count() >= SHORTEST_OUTLET {
                    outlet_names.push((fold(form).as_str().to_owned(), i));
                }
            }
        }
        let places = parse_toml::<PlacesFile>(places.0, places.1)?.place;
        let (mut by_place, mut by_state, mut place_names) = (HashMap::new(), HashMap::new(), Vec::new());
        for (i, place) in places.iter().enumerate() {
            for form in [&place.en, &place.adjectives, &place.zh].into_iter().flatten() {
                by_place.entry(name_key(form)).or_insert(i);
                place_names.push((fold(form).as_str().to_owned(), i));
            }
            for form in [&place.en, &place.capital].into_iter().flatten() {
                by_state.entry(name_key(form)).or_insert(i);
            }
        }
        let fail = |e: super::finder::BuildError| Error::data(people.0, people.1, 0, e.to_string());
        let (persons_in_text, outlets_in_text) = (Finder::new(names).map_err(fail)?, Finder::new(outlet_names).map_err(fail)?);
        let places_in_text = Finder::new(place_names).map_err(fail)?;
        let name_words = end_words(by_outlet.keys().chain(by_state.keys()));
        Ok(People {
            name_words,
            by_side: by_side(&persons),
            persons,
            outlets: outlet,
            media,
            by_name,
            by_short,
            by_outlet,
            places,
            by_place,
            by_state,
            persons_in_text,
            outlets_in_text,
            places_in_text,
        })
    }

    /// All people.
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// The person of that full name, in any script, whatever the accents.
    pub fn person(&self, name: &str) -> Option<&Person> {
        self.by_name.get(&name_key(name)).map(|&i| &self.persons[i])
    }

    /// Those who go by that short name.
    pub fn going_by(&self, short: &str) -> impl Iterator<Item = &Person> {
        self.by_short.get(&name_key(short)).into_iter().flatten().map(|&i| &self.persons[i])
    }

    /// Whether a folded word begins or ends the name of an outlet or a state.
    pub fn is_name_word(&self, word: &str) -> bool {
        let word = word.trim_end_matches("'s").trim_matches('.');
        [word.split(['-', '.']).next(), word.rsplit(['-', '.']).next()].into_iter().flatten().any(|w| self.name_words.contains(w))
    }

    /// The medium or body of that name.
    pub fn outlet(&self, name: &str) -> Option<&Outlet> {
        self.by_outlet.get(&name_key(name)).map(|&i| &self.outlets[i])
    }

    /// The medium of that name.
    pub fn medium(&self, name: &str) -> Option<&Outlet> {
        self.by_outlet.get(&name_key(name)).filter(|&&i| i < self.media).map(|&i| &self.outlets[i])
    }

    /// The body (not medium) of that name.
    pub fn body(&self, name: &str) -> Option<&Outlet> {
        self.by_outlet.get(&name_key(name)).filter(|&&i| i >= self.media).map(|&i| &self.outlets[i])
    }

    /// The state or organisation of that name or adjective.
    pub fn place(&self, name: &str) -> Option<&Place> {
        self.by_place.get(&name_key(name)).map(|&i| &self.places[i])
    }

    /// The state or organisation of that name, or with that capital; no adjective is one.
    pub fn state(&self, name: &str) -> Option<&Place> {
        self.by_state.get(&name_key(name)).map(|&i| &self.places[i])
    }

    /// The state or organisation of that name, adjective or capital.
    pub fn place_or_capital(&self, name: &str) -> Option<&Place> {
        self.place(name).or_else(|| self.state(name))
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
        let english = (0..words.len()).find_map(|i| (1..=4.min(words.len() - i)).rev().find_map(|n| self.place(&words[i..i + n].join(" "))));
        english.or_else(|| self.chinese_place_in(office).map(|(_, place)| place))
    }

    /// The state or organisation that a Chinese office is of, and where it is named: the last one (中国国家主席同法国总统), but not
    /// the one where an envoy is posted (德国驻俄罗斯大使), nor one right behind another (美国哥伦比亚大学).
    pub fn chinese_place_in(&self, office: &str) -> Option<(usize, &Place)> {
        let (mut last, mut at, mut end) = (None, 0, usize::MAX);
        while let Some(c) = office[at..].chars().next() {
            let found = (2..=8).rev().find_map(|n| {
                let name = office.get(at..at + n * '国'.len_utf8())?;
                Some((self.place(name)?, name.len()))
            });
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
        self.outlets.iter().find(|o| o.hosts.iter().any(|h| host == *h || host.ends_with(&format!(".{h}"))))
    }

    /// The medium or body with the longest name that stands in a folded text.
    pub fn outlet_in(&self, folded: &str) -> Option<(usize, &Outlet)> {
        let found = self.outlets_in_text.find(folded).into_iter();
        found.map(|(start, end, i)| (end - start, &self.outlets[i])).max_by_key(|(length, o)| (*length, std::cmp::Reverse(&o.id)))
    }

    /// The sides of the states and organisations that a folded text names, as often as it does.
    pub fn sides_in(&self, folded: &str) -> impl Iterator<Item = &str> {
        self.places_in_text.find(folded).into_iter().map(|(_, _, i)| self.places[i].id.as_str())
    }

    /// Where full names stand in a folded text: (start, end, person), in order, without overlaps.
    pub fn find<'p, 't>(&'p self, folded: &'t str) -> impl Iterator<Item = (usize, usize, &'p Person)> + use<'p, 't> {
        self.persons_in_text.find(folded).into_iter().map(|(start, end, i)| (start, end, &self.persons[i]))
    }
}

/// The first and the last word of each name.
fn end_words<'k>(keys: impl Iterator<Item = &'k String>) -> HashSet<String> {
    keys.flat_map(|key| [key.split(' ').next(), key.rsplit(' ').next()]).flatten().map(str::to_owned).collect()
}

fn by_side(persons: &[Person]) -> HashMap<String, Vec<usize>> {
    let mut sides: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, person) in persons.iter().enumerate() {
        sides.entry(person.side.clone()).or_default().push(i);
    }
    sides
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
