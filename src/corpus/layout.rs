//! How documents are laid out, as data (`lexicons/layout.toml`).

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, Anchored, BuildError, Input, StartKind};
use serde::Deserialize;

use super::raw::Field;
use crate::error::{Error, Result, parse_toml};
use crate::text::{Language, fold, language_of, letters};

/// Furniture, fields and calendars.
#[derive(Debug)]
pub struct Layout {
    /// Lines that are furniture.
    pub boilerplate: Boilerplate,
    /// Lines that name a part of the document.
    pub fields: Fields,
    /// Names of columns, by what they hold.
    pub columns: BTreeMap<Field, Vec<String>>,
    /// Saved web pages.
    pub page: PageLayout,
    /// English calendar and orthography.
    pub en: LanguageLayout,
    /// Chinese calendar and orthography.
    pub zh: LanguageLayout,
    common: HashSet<String>,
    abbreviations: HashSet<String>,
    /// Letters of the longest of `boilerplate.whole`.
    longest: usize,
    /// The lists of words that are looked for in every line.
    boilerplate_starts: AhoCorasick,
    boilerplate_within: AhoCorasick,
    field_starts: AhoCorasick,
    /// Whether any of `boilerplate.contains` is ASCII.
    ascii_within: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LayoutFile {
    boilerplate: Boilerplate,
    fields: Fields,
    columns: BTreeMap<Field, Vec<String>>,
    page: PageLayout,
    en: LanguageLayout,
    zh: LanguageLayout,
}

/// What makes a line furniture, in folded form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boilerplate {
    /// The whole line.
    pub whole: Vec<String>,
    /// Its beginning.
    pub starts: Vec<String>,
    /// Anything in it.
    pub contains: Vec<String>,
    /// Headings under which every line is a headline, as letters alone.
    pub headlines: Vec<String>,
}

/// Beginnings of lines that name a part of the document, in folded form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// The title.
    pub title: Vec<String>,
    /// The date.
    pub date: Vec<String>,
    /// The source.
    pub source: Vec<String>,
}

/// Where saved web pages say what they are, and which of their parts are furniture. All in lower case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageLayout {
    /// Names of `<meta>` elements with the title.
    pub meta_title: Vec<String>,
    /// … with the date of publication.
    pub meta_date: Vec<String>,
    /// … with the address.
    pub meta_url: Vec<String>,
    /// … with the name of the body or medium.
    pub meta_source: Vec<String>,
    /// Words in a title that names a day long past.
    pub history: Vec<String>,
    /// Words in a line that tells when a page was changed.
    pub updated: Vec<String>,
    /// Words in the class, id or role of furniture.
    pub furniture: HashSet<String>,
    /// The same, however much text such an element holds.
    pub apart: HashSet<String>,
}

/// Calendar and orthography of one language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LanguageLayout {
    /// Names of the months.
    pub months: Vec<String>,
    /// Names of the days of the week.
    pub weekdays: Vec<String>,
    /// Words beside a date in a line that is nothing but a date.
    pub clock: Vec<String>,
    /// Words for the day of the document itself.
    pub today: Vec<String>,
    /// The commonest words.
    pub common: Vec<String>,
    /// Words whose full stop does not end a sentence.
    pub abbreviations: Vec<String>,
}

impl Layout {
    /// The layout data that comes with the program.
    pub fn builtin() -> &'static Layout {
        static BUILTIN: OnceLock<Layout> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let text = include_str!("../../lexicons/layout.toml");
            Layout::parse("lexicons/layout.toml", text).expect("the built-in layout is held to its format by a test")
        })
    }

    /// Parses layout data.
    ///
    /// # Errors
    /// Anything wrong with the file, with its line.
    pub fn parse(file: &str, text: &str) -> Result<Layout> {
        let LayoutFile { mut boilerplate, mut fields, mut columns, page, en, zh } = parse_toml(file, text)?;
        for name in columns.values_mut().flatten() {
            *name = letters(name);
        }
        let lists = [&mut boilerplate.whole, &mut boilerplate.starts, &mut boilerplate.contains];
        for list in lists.into_iter().chain([&mut fields.title, &mut fields.date, &mut fields.source]) {
            for item in list.iter_mut() {
                *item = fold(item).as_str().to_owned();
            }
        }
        let common = en.common.iter().cloned().collect();
        let abbreviations = en.abbreviations.iter().cloned().collect();
        let fail = |e: BuildError| Error::data(file, text, 0, e.to_string());
        let boilerplate_starts = anchored(boilerplate.starts.iter()).map_err(fail)?;
        let boilerplate_within = AhoCorasick::new(&boilerplate.contains).map_err(fail)?;
        let field_starts = anchored([&fields.title, &fields.date, &fields.source].into_iter().flatten()).map_err(fail)?;
        let ascii_within = boilerplate.contains.iter().any(|w| w.is_ascii());
        let longest = boilerplate.whole.iter().map(String::len).max().unwrap_or(0);
        Ok(Layout {
            boilerplate,
            fields,
            columns,
            page,
            en,
            zh,
            common,
            abbreviations,
            longest,
            boilerplate_starts,
            boilerplate_within,
            field_starts,
            ascii_within,
        })
    }

    /// The calendar and orthography of a language.
    pub fn of(&self, language: Language) -> &LanguageLayout {
        match language {
            Language::Zh => &self.zh,
            Language::En | Language::Und => &self.en,
        }
    }

    /// Whether a folded line is furniture as a whole.
    pub(super) fn is_boilerplate(&self, folded: &str) -> bool {
        folded.len() <= self.longest && self.boilerplate.whole.iter().any(|w| w == folded)
    }

    /// Whether a folded line begins as furniture does.
    pub(super) fn begins_as_boilerplate(&self, folded: &str) -> bool {
        begins(&self.boilerplate_starts, folded)
    }

    /// Whether a folded line holds words of furniture.
    pub(super) fn holds_boilerplate(&self, folded: &str) -> bool {
        // All of these words may be of letters beyond ASCII, which most lines do not have.
        (self.ascii_within || !folded.is_ascii()) && self.boilerplate_within.is_match(folded)
    }

    /// Whether a folded line begins as one that names a part of the document.
    pub(super) fn begins_as_field(&self, folded: &str) -> bool {
        begins(&self.field_starts, folded)
    }

    /// Whether a word (lower case, without its full stop) is an abbreviation.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(word)
    }

    /// The language of a paragraph.
    pub fn language_of(&self, text: &str) -> Option<Language> {
        language_of(text, &|word| self.is_common(word))
    }

    /// Whether `word` is one of the commonest of English.
    pub fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }
}

/// An automaton that tells whether a text begins with one of `words`.
fn anchored<'w>(words: impl Iterator<Item = &'w String>) -> std::result::Result<AhoCorasick, BuildError> {
    AhoCorasick::builder().start_kind(StartKind::Anchored).build(words)
}

/// Whether `folded` begins with one of the words of an automaton.
fn begins(words: &AhoCorasick, folded: &str) -> bool {
    words.is_match(Input::new(folded).anchored(Anchored::Yes))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_built_in_layout_is_sound() {
        super::Layout::parse("lexicons/layout.toml", include_str!("../../lexicons/layout.toml")).unwrap();
    }
}
