//! From a lexicon file to formulas.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::pattern::expand;
use crate::error::{Error, Result, parse_toml};
use crate::text::{Language, fold};

/// A named, versioned list of formulas.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// Its name; a user's file of the same name replaces a built-in.
    pub name: String,
    /// Its version, as the file says.
    pub version: String,
    /// One line on what it holds.
    pub description: String,
    /// SHA-256 of the file, in hexadecimal.
    pub hash: String,
    /// The formulas in the order of the file.
    pub formulas: Vec<Formula>,
}

/// One set formulation in all its wordings.
#[derive(Debug, Clone)]
pub struct Formula {
    /// Unique over all lexicons of a run.
    pub id: String,
    /// The name of its lexicon.
    pub lexicon: String,
    /// What to call it, by language.
    pub label: BTreeMap<Language, String>,
    /// Ids of the themes it belongs to; the first is the main one.
    pub themes: Vec<String>,
    /// The formula of which it is a species.
    pub parent: Option<String>,
    /// It takes the place of the formula of the same id in another lexicon.
    pub overrides: bool,
    /// On its sense, where that needs a word.
    pub note: String,
    /// The patterns as written, by language.
    pub patterns: BTreeMap<Language, Vec<String>>,
    /// The literals that the patterns stand for, and the acronyms.
    pub wordings: Vec<Wording>,
    /// Longer literals inside which a match does not count.
    pub exceptions: Vec<String>,
    /// Sentences that hold the formula, by language.
    pub example: BTreeMap<Language, String>,
    /// Sentences that nearly hold it, by language.
    pub counterexample: BTreeMap<Language, String>,
    /// The file and the line where it begins.
    pub file: String,
    /// See `file`.
    pub line: usize,
}

impl Formula {
    /// The label in `language`, or in another one, or the id.
    pub fn label_in(&self, language: Language) -> &str {
        label_of(&self.label, language, &self.id)
    }
}

/// One wording of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The wording, as written out.
    pub literal: String,
    /// A case-sensitive acronym, which counts only where the document also has another wording of the formula.
    pub acronym: bool,
}

/// A group of formulas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Its id, as formulas name it.
    pub id: String,
    /// What to call it, by language.
    pub label: BTreeMap<Language, String>,
}

impl Theme {
    /// The label in `language`, or in another one, or the id.
    pub fn label_in(&self, language: Language) -> &str {
        label_of(&self.label, language, &self.id)
    }
}

/// The label in `language`, or in another one, or the id.
fn label_of<'a>(labels: &'a BTreeMap<Language, String>, language: Language, id: &'a str) -> &'a str {
    labels.get(&language).or_else(|| labels.values().next()).map_or(id, String::as_str)
}

/// A value for each language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Each<T> {
    en: Option<T>,
    zh: Option<T>,
}

impl<T> Each<T> {
    fn into_map(self) -> BTreeMap<Language, T> {
        [(Language::En, self.en), (Language::Zh, self.zh)].into_iter().filter_map(|(l, v)| Some((l, v?))).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LexiconFile {
    name: Spanned<String>,
    version: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    formula: Vec<FormulaEntry>,
}

type Patterns = Vec<Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormulaEntry {
    id: Spanned<String>,
    label: Each<String>,
    #[serde(default)]
    themes: Vec<String>,
    parent: Option<String>,
    #[serde(default, rename = "override")]
    overrides: bool,
    #[serde(default)]
    note: String,
    #[serde(default)]
    en: Patterns,
    #[serde(default)]
    zh: Patterns,
    #[serde(default)]
    acronyms: Patterns,
    #[serde(default)]
    not: Each<Patterns>,
    #[serde(default)]
    example: Each<String>,
    #[serde(default)]
    counterexample: Each<String>,
}

/// Parses a lexicon; `file` is how messages call it.
///
/// # Errors
/// Anything wrong with the file, with its line.
pub fn parse_lexicon(file: &str, text: &str) -> Result<Lexicon> {
    let parsed: LexiconFile = parse_toml(file, text)?;
    let name = parsed.name.get_ref().trim().to_owned();
    if name.is_empty() {
        return Err(Error::data(file, text, parsed.name.span().start, "the lexicon has no name"));
    }
    let mut formulas: Vec<Formula> = Vec::new();
    for entry in parsed.formula {
        let at = entry.id.span().start;
        let formula = entry.build(file, text, &name)?;
        if let Some(first) = formulas.iter().find(|f| f.id == formula.id) {
            let message = format!("the id `{}` is already on line {}; rename or merge", formula.id, first.line);
            return Err(Error::data(file, text, at, message));
        }
        formulas.push(formula);
    }
    if formulas.is_empty() {
        return Err(Error::data(file, text, 0, "no [[formula]] in the lexicon"));
    }
    Ok(Lexicon { name, version: parsed.version, description: parsed.description, hash: hash(text), formulas })
}

/// SHA-256 of a file's text in hexadecimal.
fn hash(text: &str) -> String {
    crate::text::hex(&Sha256::digest(text.as_bytes()))
}

impl FormulaEntry {
    fn build(self, file: &str, text: &str, lexicon: &str) -> Result<Formula> {
        let at = self.id.span().start;
        let fail = |at: usize, message: String| Err(Error::data(file, text, at, message));
        let id = self.id.into_inner();
        if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return fail(at, format!("the id `{id}` is to be of letters, digits and hyphens"));
        }
        if [&self.label.en, &self.label.zh].into_iter().flatten().any(|l| l.trim().is_empty()) {
            return fail(at, format!("`{id}` has an empty label; leave it out or fill it in"));
        }
        let mut patterns: BTreeMap<Language, Vec<String>> = BTreeMap::new();
        let mut wordings: Vec<Wording> = Vec::new();
        for (language, list) in [(Language::En, &self.en), (Language::Zh, &self.zh)] {
            for pattern in list {
                patterns.entry(language).or_default().push(pattern.get_ref().clone());
                for literal in literals(pattern, file, text, &id)? {
                    wordings.push(Wording { literal, acronym: false });
                }
            }
        }
        if wordings.is_empty() {
            return fail(at, format!("`{id}` has no variant: give `en` or `zh`"));
        }
        for acronym in &self.acronyms {
            let literal = acronym.get_ref().trim().to_owned();
            if fold(&literal).as_str().is_empty() {
                return fail(acronym.span().start, format!("an empty acronym in `{id}`; remove it"));
            }
            wordings.push(Wording { literal, acronym: true });
        }
        let mut exceptions = Vec::new();
        for pattern in self.not.into_map().into_values().flatten() {
            exceptions.extend(literals(&pattern, file, text, &id)?);
        }
        let line = 1 + text.as_bytes()[..at].iter().filter(|&&b| b == b'\n').count();
        // The id stands on the line after `[[formula]]`, which is where an entry is said to begin.
        let line = line.saturating_sub(1).max(1);
        Ok(Formula {
            id,
            lexicon: lexicon.to_owned(),
            label: self.label.into_map(),
            themes: self.themes,
            parent: self.parent,
            overrides: self.overrides,
            note: self.note,
            patterns,
            wordings,
            exceptions,
            example: self.example.into_map(),
            counterexample: self.counterexample.into_map(),
            file: file.to_owned(),
            line,
        })
    }
}

fn literals(pattern: &Spanned<String>, file: &str, text: &str, id: &str) -> Result<Vec<String>> {
    let at = pattern.span().start;
    let literals = expand(pattern.get_ref()).map_err(|message| Error::data(file, text, at, format!("`{id}`: {message}")))?;
    if let Some(empty) = literals.iter().find(|l| !fold(l).as_str().contains(char::is_alphanumeric)) {
        return Err(Error::data(file, text, at, format!("`{id}`: the variant `{empty}` holds nothing that can be matched")));
    }
    Ok(literals)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemesFile {
    theme: Vec<ThemeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeEntry {
    id: String,
    label: Each<String>,
}

/// Parses a file of themes.
///
/// # Errors
/// Anything wrong with the file, with its line.
pub fn parse_themes(file: &str, text: &str) -> Result<Vec<Theme>> {
    let parsed: ThemesFile = parse_toml(file, text)?;
    Ok(parsed.theme.into_iter().map(|t| Theme { id: t.id, label: t.label.into_map() }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"name = "x"
version = "1"
[[formula]]
id = "a"
label = { en = "A" }
en = ["alpha"]
"#;

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, line, want) in [
            (GOOD.replace("id = \"a\"", "id = \"a\"\ncolour = 1"), 5, "unknown field `colour`"),
            (GOOD.replace("[\"alpha\"]", "[\"alpha\", \"\"]"), 6, "`a`: an empty variant"),
            (GOOD.replace("alpha", "al[pha"), 6, "`[` is not closed"),
            (GOOD.replace("alpha", "\u{200B}"), 6, "nothing that can be matched"),
            (format!("{GOOD}[[formula]]\nid = \"a\"\nlabel = {{}}\nen = [\"b\"]\n"), 8, "the id `a` is already on line 3"),
            (GOOD.replace("\"a\"", "\"a b\""), 4, "letters, digits and hyphens"),
            (GOOD.replace("en = [\"alpha\"]", ""), 4, "no variant"),
            (GOOD.replace("alpha", "---"), 6, "nothing that can be matched"),
            (GOOD.replace("\"A\"", "\" \""), 4, "an empty label"),
            (GOOD.replace("\"x\"", "\"\""), 1, "no name"),
            ("name = \"x\"\nversion = \"1\"\n".into(), 1, "no [[formula]]"),
            (GOOD.replace("{ en = \"A\" }", "{ fr = \"A\" }"), 5, "unknown field `fr`"),
            (GOOD.replace("version = \"1\"", "version = "), 2, ""),
        ] {
            let message = parse_lexicon("f.toml", &text).unwrap_err().to_string();
            assert!(message.starts_with(&format!("f.toml:{line}: ")) && message.contains(want), "want line {line} {want}, got {message}");
        }
    }

    #[test]
    fn a_good_file_parses() {
        let lexicon = parse_lexicon("f.toml", GOOD).unwrap();
        assert_eq!((lexicon.formulas[0].id.as_str(), lexicon.formulas[0].line), ("a", 3));
        assert_eq!(lexicon.hash.len(), 64);
    }
}
