//! What a recurrent string is, if it is no formula: a name, an office, a place, a date, a body, or part of a stock sentence.

use super::candidate::Candidate;
use super::diction::{Diction, Sort};
use super::figures::Figures;
use crate::attribution::Cues;
use crate::error::{Error, Result};
use crate::people::People;
use crate::text::{Background, Language, none_of};

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// None of the others.
    Phrase,
    /// It names a person.
    Name,
    /// It names an office.
    Title,
    /// It names a place.
    Place,
    /// It is mostly a date or a length of time.
    Date,
    /// It names an outlet or a body.
    Organisation,
    /// It stands for the most part in one and the same long sentence.
    Boilerplate,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 7] = [Kind::Phrase, Kind::Name, Kind::Title, Kind::Place, Kind::Date, Kind::Organisation, Kind::Boilerplate];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Phrase => "phrase",
            Kind::Name => "name",
            Kind::Title => "title",
            Kind::Place => "place",
            Kind::Date => "date",
            Kind::Organisation => "organisation",
            Kind::Boilerplate => "boilerplate",
        }
    }

    /// The kind of that name.
    ///
    /// # Errors
    /// There is none.
    pub fn named(name: &str) -> Result<Kind> {
        let found = Kind::ALL.into_iter().find(|k| k.name() == name);
        found.ok_or_else(|| Error::Usage(format!("--keep {name}: {}", none_of(name, &[&Kind::ALL.map(Kind::name)[..], &["known"]].concat()))))
    }

    pub(super) fn of(candidate: &Candidate, figures: &Figures) -> Kind {
        let (language, people) = (candidate.language, People::builtin());
        let text = candidate.text();
        let words: Vec<&str> = candidate.words().into_iter().filter(|w| w.contains(char::is_alphanumeric)).collect();
        let dates = Diction::builtin().share(language, &words, Sort::Dates);
        let covered = |spans: &mut dyn Iterator<Item = usize>| spans.sum::<usize>() as f64 / text.len().max(1) as f64;
        let is_titled = parts(language, &words).any(|part| Cues::builtin().of(language).is_some_and(|cues| cues.is_title(&part)));
        // The name of a person can be part of a formula (习近平外交思想), which then says something else too.
        let is_person = figures.politics < 0.3 && (people.find(&text).next().is_some() || is_titled && is_named(language, &words));
        if is_person || is_unknown_name(candidate, figures, &words) || is_transliterated(language, &words) {
            Kind::Name
        } else if is_titled && figures.politics < 0.4 {
            Kind::Title
        } else if covered(&mut people.places_in(&text).map(|(start, end)| end - start)) >= 0.6 {
            Kind::Place
        } else if dates >= if language == Language::Zh { 0.4 } else { 0.3 } {
            Kind::Date
        } else if people.outlet_in(&text).is_some_and(|(length, _)| length * 2 >= text.len()) {
            Kind::Organisation
        } else if candidate.stock >= 0.5 {
            Kind::Boilerplate
        } else {
            Kind::Phrase
        }
    }
}

/// The longest title, in words and in characters.
const TITLE: (usize, usize) = (3, 6);

/// What in a candidate can be a title.
fn parts<'w>(language: Language, words: &'w [&str]) -> impl Iterator<Item = String> + use<'w> {
    let (longest, blank, least) = if language == Language::Zh { (TITLE.1, "", 2) } else { (TITLE.0, " ", 1) };
    (least..=longest).flat_map(move |length| words.windows(length).map(move |part| part.join(blank)))
}

/// Whether somebody goes by one of the English words.
fn is_named(language: Language, words: &[&str]) -> bool {
    language != Language::Zh && words.iter().any(|w| People::builtin().going_by(w).next().is_some())
}

/// Whether it is written as a name, and nothing that ordinary language or politics has: English words with capitals of which one is not
/// known, a Chinese surname before characters that make no word.
fn is_unknown_name(candidate: &Candidate, figures: &Figures, words: &[&str]) -> bool {
    if figures.politics > 0.0 {
        return false;
    }
    if candidate.language == Language::Zh {
        let surname = Cues::builtin().of(Language::Zh).is_some_and(|cues| words.first().is_some_and(|w| cues.is_surname(w)));
        return surname && words.len() <= CHINESE_NAME && figures.pieces >= 1.0;
    }
    let background = Background::builtin();
    let is_proper = candidate.tokens.iter().zip(&candidate.proper).all(|(t, proper)| *proper || !Diction::builtin().can_be_at_edge(Language::En, t));
    is_proper && words.iter().flat_map(|w| w.split('-')).any(|w| background.per_million(Language::En, w).is_none())
}

/// The longest Chinese name, in characters.
const CHINESE_NAME: usize = 4;

/// Whether all characters are of those with which foreign names are written.
fn is_transliterated(language: Language, words: &[&str]) -> bool {
    let Some(cues) = Cues::builtin().of(language) else { return false };
    language == Language::Zh && words.concat().chars().all(|c| cues.transliterates(c))
}
