//! The wordings by which documents say who speaks, as data (`lexicons/cues.toml`).

use std::collections::HashMap;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::classes::Lexis;
use super::edges::Edges;
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
    all: FxHashSet<String>,
    /// A bit for each length of one of them, in bytes; the last stands for all longer ones.
    lengths: u64,
    /// Sorted by length, the longest first.
    ordered: Vec<String>,
    firsts: Edges,
    lasts: Edges,
}

impl From<Vec<String>> for Phrases {
    fn from(mut list: Vec<String>) -> Self {
        list.sort_by_key(|p| std::cmp::Reverse(p.len()));
        list.dedup();
        let firsts = Edges::of(list.iter().map(|p| p.chars().next()));
        let lasts = Edges::of(list.iter().map(|p| p.chars().next_back()));
        let lengths = list.iter().fold(0, |bits, p| bits | length_bit(p));
        Phrases { all: list.iter().cloned().collect(), lengths, ordered: list, firsts, lasts }
    }
}

impl Phrases {
    pub fn contains(&self, phrase: &str) -> bool {
        self.lengths & length_bit(phrase) != 0 && self.all.contains(phrase)
    }

    /// All of them, the longest first.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.ordered.iter().map(String::as_str)
    }

    /// Whether one of them may begin with `first`; only if not, it is sure.
    pub fn may_begin(&self, first: char) -> bool {
        self.firsts.may_be(first)
    }

    /// The longest that `text` begins with.
    pub fn prefix_of(&self, text: &str) -> Option<&str> {
        let places = self.firsts.at(text.chars().next()?);
        places.iter().map(|&i| self.ordered[i as usize].as_str()).find(|p| text.starts_with(p))
    }

    /// The longest that `text` ends with.
    pub fn suffix_of(&self, text: &str) -> Option<&str> {
        let places = self.lasts.at(text.chars().next_back()?);
        places.iter().map(|&i| self.ordered[i as usize].as_str()).find(|p| text.ends_with(p))
    }

    /// Whether one of them stands anywhere in `text`.
    pub fn within(&self, text: &str) -> bool {
        !self.ordered.is_empty() && text.char_indices().any(|(i, c)| self.begins_at(c, &text[i..]))
    }

    /// Whether one of them stands at the start of `rest`, which begins with `first`.
    fn begins_at(&self, first: char, rest: &str) -> bool {
        self.firsts.at(first).iter().any(|&i| rest.starts_with(self.ordered[i as usize].as_str()))
    }

    /// How often they stand in `text`, each without overlaps.
    pub fn count_in(&self, text: &str) -> usize {
        let mut free = vec![0; self.ordered.len()];
        let mut count = 0;
        for (at, first) in text.char_indices() {
            for &i in self.firsts.at(first) {
                let phrase = &self.ordered[i as usize];
                if at >= free[i as usize] && text[at..].starts_with(phrase.as_str()) {
                    free[i as usize] = at + phrase.len();
                    count += 1;
                }
            }
        }
        count
    }

    /// Where the last of them in `text` ends.
    pub fn last_end_in(&self, text: &str) -> Option<usize> {
        text.char_indices().rev().map(|(i, c)| i + c.len_utf8()).find(|&end| self.suffix_of(&text[..end]).is_some())
    }

    /// Where the one ends that ends first in `text`.
    pub fn first_end_in(&self, text: &str) -> Option<usize> {
        text.char_indices().map(|(i, c)| i + c.len_utf8()).find(|&end| self.suffix_of(&text[..end]).is_some())
    }

    /// Where each ends that stands in `text`; every place once.
    pub fn ends_in<'t>(&self, text: &'t str) -> impl Iterator<Item = usize> + use<'_, 't> {
        text.char_indices().map(|(i, c)| i + c.len_utf8()).filter(|&end| self.suffix_of(&text[..end]).is_some())
    }
}

fn length_bit(phrase: &str) -> u64 {
    1 << phrase.len().min(63)
}

impl LanguageCues {
    /// Whether these folded words are a title: president, foreign minister, 外交部长.
    pub fn is_title(&self, words: &str) -> bool {
        self.titles.contains(words)
    }

    /// Whether it is a Chinese surname.
    pub fn is_surname(&self, name: &str) -> bool {
        self.surnames.contains(name)
    }

    /// Whether foreign names are written with this character.
    pub fn transliterates(&self, c: char) -> bool {
        self.transliteration.contains(c.encode_utf8(&mut [0; 4]))
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
    use super::*;

    #[test]
    fn the_built_in_cues_are_sound() {
        Cues::parse("lexicons/cues.toml", include_str!("../../lexicons/cues.toml")).unwrap();
    }

    proptest::proptest! {
        #[test]
        fn phrases_are_found_where_a_naive_search_finds_them(text in "[ab 中国我]{0,12}") {
            let list = ["a", "ab", "aba", " b", "中国", "国", "我和我", "b中"].map(str::to_owned);
            let phrases = Phrases::from(list.to_vec());
            let longest = |fits: &dyn Fn(&str) -> bool| list.iter().map(String::as_str).filter(|p| fits(p)).max_by_key(|p| p.len());
            proptest::prop_assert_eq!(phrases.contains(&text), list.contains(&text));
            proptest::prop_assert_eq!(phrases.prefix_of(&text), longest(&|p| text.starts_with(p)));
            proptest::prop_assert_eq!(phrases.suffix_of(&text), longest(&|p| text.ends_with(p)));
            proptest::prop_assert_eq!(phrases.within(&text), longest(&|p| text.contains(p)).is_some());
            let mut ends: Vec<usize> = list.iter().flat_map(|p| (0..text.len()).filter(|&i| text.as_bytes()[i..].starts_with(p.as_bytes())).map(|i| i + p.len())).collect();
            ends.sort_unstable();
            ends.dedup();
            proptest::prop_assert_eq!(phrases.last_end_in(&text), ends.last().copied());
            proptest::prop_assert_eq!(phrases.first_end_in(&text), ends.first().copied());
            proptest::prop_assert_eq!(phrases.ends_in(&text).collect::<Vec<_>>(), ends);
            proptest::prop_assert_eq!(phrases.count_in(&text), list.iter().map(|p| text.matches(p.as_str()).count()).sum::<usize>());
        }
    }
}
