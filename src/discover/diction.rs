//! What the words of a candidate show of it: `lexicons/candidates.toml`.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::error::{Error, Result, parse_toml};
use crate::text::Language;

/// What the words of the languages show.
#[derive(Debug)]
pub(super) struct Diction {
    en: Own,
    zh: Own,
}

/// What the words of one language show.
#[derive(Debug)]
struct Own {
    edges: FxHashSet<String>,
    joints: FxHashSet<String>,
    /// By [`Sort`].
    sorts: [Words; 3],
}

/// Words of one sort.
#[derive(Debug)]
struct Words {
    all: FxHashSet<String>,
    /// The same, to be found where no blanks part them.
    within: AhoCorasick,
}

/// What words are of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sort {
    Clauses,
    Politics,
    Dates,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    en: Lists<Vec<String>>,
    zh: Lists<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists<E> {
    edges: E,
    joints: FxHashSet<String>,
    dates: Vec<String>,
    clause: Vec<String>,
    vocabulary: Vec<String>,
}

impl Diction {
    /// The data that comes with the program.
    pub fn builtin() -> &'static Diction {
        static BUILTIN: OnceLock<Diction> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let text = include_str!("../../lexicons/candidates.toml");
            Diction::parse("lexicons/candidates.toml", text).expect("the built-in words are held to their format by a test")
        })
    }

    fn parse(file: &str, text: &str) -> Result<Diction> {
        let File { en, zh } = parse_toml(file, text)?;
        let words = |all: Vec<String>| {
            let within = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&all).map_err(|e| Error::data(file, text, 0, e.to_string()))?;
            Ok::<_, Error>(Words { all: all.into_iter().collect(), within })
        };
        let en_sorts = [words(en.clause)?, words(en.vocabulary)?, words(en.dates)?];
        let zh_sorts = [words(zh.clause)?, words(zh.vocabulary)?, words(zh.dates)?];
        Ok(Diction {
            en: Own { edges: en.edges.into_iter().collect(), joints: en.joints, sorts: en_sorts },
            zh: Own { edges: zh.edges.chars().map(String::from).collect(), joints: zh.joints, sorts: zh_sorts },
        })
    }

    fn of(&self, language: Language) -> &Own {
        if language == Language::Zh { &self.zh } else { &self.en }
    }

    /// Whether a formula can begin or end with a token.
    pub fn can_be_at_edge(&self, language: Language, token: &str) -> bool {
        !self.of(language).edges.contains(token) && (language == Language::Zh || !token.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Whether a token joins the parts of a list.
    pub fn is_joint(&self, language: Language, token: &str) -> bool {
        self.of(language).joints.contains(token)
    }

    /// How much of the words (of Chinese: the characters) are of a sort, from 0 to 1. A number is a word of dates.
    pub fn share(&self, language: Language, words: &[&str], sort: Sort) -> f64 {
        let listed = &self.of(language).sorts[sort as usize];
        let is_number = |w: &str| matches!(sort, Sort::Dates) && w.starts_with(|c: char| c.is_ascii_digit());
        let counted = || words.iter().filter(|w| w.starts_with(char::is_alphanumeric));
        if language == Language::Zh {
            let text: String = counted().filter(|w| !is_number(w)).copied().collect();
            let found: usize = listed.within.find_iter(&text).map(|m| text[m.range()].chars().count()).sum();
            let numbers = counted().filter(|w| is_number(w)).count();
            return (found + numbers) as f64 / (text.chars().count() + numbers).max(1) as f64;
        }
        let is_listed =
            |w: &&&str| listed.all.contains(**w) || is_number(w) || matches!(sort, Sort::Politics) && w.split('-').any(|part| listed.all.contains(part));
        counted().filter(is_listed).count() as f64 / counted().count().max(1) as f64
    }

    /// How much of the words (of Chinese: the characters) can stand at no edge of a formula, from 0 to 1.
    pub fn function_words(&self, language: Language, words: &[&str]) -> f64 {
        let inner = words.iter().filter(|w| w.starts_with(char::is_alphanumeric) && self.of(language).edges.contains(**w)).count();
        inner as f64 / words.len().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_show_what_they_are_of() {
        let diction = Diction::builtin();
        let en = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        assert!(!diction.can_be_at_edge(Language::En, "the") && diction.can_be_at_edge(Language::En, "true"));
        assert!(!diction.can_be_at_edge(Language::Zh, "的") && !diction.can_be_at_edge(Language::En, "2030"));
        assert_eq!(diction.share(Language::En, &en("win-win cooperation , they say"), Sort::Politics), 0.5);
        assert_eq!(diction.share(Language::En, &en("they will hold talks"), Sort::Clauses), 1.0);
        assert_eq!(diction.share(Language::Zh, &["构", "建", "新", "机", "场"], Sort::Politics), 0.4);
        assert_eq!(diction.share(Language::Zh, &["2030", "年", "议", "程"], Sort::Dates), 0.5);
    }
}
