//! The wordings by which documents say who speaks, as data (`lexicons/cues.toml`).

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::classes::Lexis;
use super::marks::MarkFinder;
use crate::error::{Error, Result, parse_toml};
use crate::text::Language;

/// The cues of all languages.
#[derive(Debug)]
pub struct Cues {
    en: LanguageCues,
    zh: LanguageCues,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CuesFile {
    en: LanguageCues,
    zh: LanguageCues,
}

/// The cues of one language; `lexicons/cues.toml` says what each list is for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LanguageCues {
    pub(super) verbs: Phrases,
    pub(super) strong: Phrases,
    pub(super) plain: Phrases,
    pub(super) inverted: Phrases,
    pub(super) joint_verbs: Phrases,
    pub(super) participles: Phrases,
    pub(super) not_verbs: Phrases,
    pub(super) between: Phrases,
    pub(super) prepositions: Phrases,
    pub(super) subordinators: Phrases,
    pub(super) according: Phrases,
    pub(super) asides: Phrases,
    pub(super) times: Phrases,
    pub(super) openings: Phrases,
    pub(super) he: Phrases,
    pub(super) it: Phrases,
    pub(super) articles: Phrases,
    pub(super) indefinite: Phrases,
    pub(super) conjunctions: Phrases,
    pub(super) modifiers: Phrases,
    pub(super) office_words: Phrases,
    pub(super) papers: Phrases,
    pub(super) bodies: Phrases,
    pub(super) crowds: Phrases,
    pub(super) relays: Phrases,
    pub(super) relatives: Phrases,
    pub(super) topics: Phrases,
    pub(super) lower_ranks: Phrases,
    pub(super) same_office: HashMap<String, Vec<String>>,
    pub(super) anonymous: Phrases,
    pub(super) spokesmen: Phrases,
    pub(super) addressing: Phrases,
    pub(super) they: Phrases,
    pub(super) joint: Phrases,
    pub(super) impersonal: Phrases,
    pub(super) closing_starts: Phrases,
    pub(super) closing_holds: Phrases,
    pub(super) turn_ends: Phrases,
    pub(super) scenes: Phrases,
    pub(super) scene_starts: Phrases,
    pub(super) deeds: Phrases,
    pub(super) posts: Phrases,
    pub(super) texts: Phrases,
    pub(super) platforms: Phrases,
    pub(super) speechlike: Phrases,
    pub(super) salutations: Phrases,
    pub(super) by: Phrases,
    pub(super) topic_marks: Phrases,
    pub(super) first_person: Phrases,
    pub(super) speech_starts: Phrases,
    pub(super) adverbial_ends: Phrases,
    pub(super) adverbial_starts: Phrases,
    pub(super) sides: Phrases,
    pub(super) plurals: Phrases,
    pub(super) delegates: Phrases,
    pub(super) speech_asides: Phrases,
    pub(super) hearings: Phrases,
    pub(super) media_words: Phrases,
    pub(super) ceremonies: Phrases,
    pub(super) own_openings: Phrases,
    pub(super) enumerations: Phrases,
    pub(super) titles: Phrases,
    pub(super) not_names: Phrases,
    pub(super) connectors: Phrases,
    pub(super) particles: Phrases,
    pub(super) surnames: Phrases,
    pub(super) transliteration: Phrases,
    pub(super) name_ends: Phrases,
    pub(super) office_leads: Phrases,
    pub(super) joiners: Phrases,
    pub(super) and_others: Phrases,
    pub(super) question_labels: Phrases,
    pub(super) answer_labels: Phrases,
    pub(super) reporter: Phrases,
    pub(super) not_people: Phrases,
    pub(super) genre: GenreCues,
    pub(super) stance: StanceCues,
    /// The classes of its words.
    #[serde(skip)]
    pub(super) lexis: Lexis,
    /// Its wordings that are looked for anywhere in a sentence.
    #[serde(skip)]
    pub(super) marks: MarkFinder,
}

/// What in a title makes a document's genre plain.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct GenreCues {
    pub address: Phrases,
    pub statement: Phrases,
    pub joint: Phrases,
    /// Wordings that make a text a joint one wherever they stand in its title.
    pub joint_within: Phrases,
    /// Wordings of titles about a text rather than of it.
    pub about: Phrases,
    pub letter: Phrases,
    pub transcript: Phrases,
}

/// What before a formula marks a stance towards it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct StanceCues {
    pub distanced: Phrases,
    pub refused: Phrases,
    /// What may stand between the mark and the formula.
    pub between: Phrases,
}

/// A list of wordings, looked up by the longest that fits.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct Phrases {
    all: HashSet<String>,
    /// Sorted by length, the longest first.
    ordered: Vec<String>,
}

impl From<Vec<String>> for Phrases {
    fn from(mut list: Vec<String>) -> Self {
        list.sort_by_key(|p| std::cmp::Reverse(p.len()));
        list.dedup();
        Phrases { all: list.iter().cloned().collect(), ordered: list }
    }
}

impl Phrases {
    pub fn contains(&self, phrase: &str) -> bool {
        self.all.contains(phrase)
    }

    /// All of them, the longest first.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.ordered.iter().map(String::as_str)
    }

    /// The longest that `text` begins with.
    pub fn prefix_of(&self, text: &str) -> Option<&str> {
        self.ordered.iter().map(String::as_str).find(|p| text.starts_with(p))
    }

    /// The longest that `text` ends with.
    pub fn suffix_of(&self, text: &str) -> Option<&str> {
        self.ordered.iter().map(String::as_str).find(|p| text.ends_with(p))
    }

    /// Whether one of them stands anywhere in `text`.
    pub fn within(&self, text: &str) -> bool {
        self.ordered.iter().any(|p| text.contains(p.as_str()))
    }

    /// Where the last of them in `text` ends.
    pub fn last_end_in(&self, text: &str) -> Option<usize> {
        self.ordered.iter().filter_map(|p| text.rfind(p.as_str()).map(|i| i + p.len())).max()
    }
}

impl Cues {
    /// The cues that come with the program.
    pub fn builtin() -> &'static Cues {
        static BUILTIN: OnceLock<Cues> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let text = include_str!("../../lexicons/cues.toml");
            Cues::parse("lexicons/cues.toml", text).expect("the built-in cues are held to their format by a test")
        })
    }

    /// Parses cues.
    ///
    /// # Errors
    /// Anything wrong with the file, with its line.
    pub fn parse(file: &str, text: &str) -> Result<Cues> {
        let CuesFile { mut en, zh } = parse_toml(file, text)?;
        en.lexis = Lexis::of(&en);
        en.marks = MarkFinder::of(&en).map_err(|e| Error::data(file, text, 0, e.to_string()))?;
        Ok(Cues { en, zh })
    }

    /// The cues of a language; `None` where there are none, and nothing is attributed.
    pub fn of(&self, language: Language) -> Option<&LanguageCues> {
        match language {
            Language::En => Some(&self.en),
            Language::Zh => Some(&self.zh),
            Language::Und => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_built_in_cues_are_sound() {
        super::Cues::parse("lexicons/cues.toml", include_str!("../../lexicons/cues.toml")).unwrap();
    }
}
