//! Lexicons: the formulas that are looked for, their wordings in each language, and the themes that group them.
//!
//! A lexicon is a TOML file (`docs/lexicon.md` describes it). The built-in ones are embedded in the program; a file given by
//! the user replaces the built-in of the same name or is added to them.

mod builtin;
mod parse;
mod pattern;

pub use builtin::{builtin_lexicons, builtin_themes};
pub use parse::{Formula, Lexicon, Theme, Wording, parse_lexicon, parse_themes};
pub use pattern::{MAX_LITERALS, expand};

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::{Error, Result};

/// All lexicons of a run, checked against each other.
#[derive(Debug, Clone, Default)]
pub struct Lexicons {
    lexicons: Vec<Lexicon>,
    themes: Vec<Theme>,
}

impl Lexicons {
    /// The built-in lexicons (unless `without_builtin`) and those in `files`.
    ///
    /// # Errors
    /// A file that cannot be read or parsed; an id in two lexicons; a theme or parent that is nowhere.
    pub fn load(files: &[impl AsRef<Path>], without_builtin: bool) -> Result<Self> {
        let mut lexicons = if without_builtin { Vec::new() } else { builtin_lexicons()? };
        for file in files {
            let file = file.as_ref();
            let text = std::fs::read_to_string(file).map_err(|e| Error::io(file, e))?;
            let lexicon = parse_lexicon(&file.display().to_string(), &text)?;
            lexicons.retain(|l| l.name != lexicon.name);
            lexicons.push(lexicon);
        }
        if lexicons.is_empty() {
            return Err(Error::Usage("no lexicon: give one with --lexicon FILE, or leave out --no-builtin".into()));
        }
        lexicons.sort_by(|a, b| a.name.cmp(&b.name));
        let set = Lexicons { lexicons, themes: builtin_themes()? };
        set.check()?;
        Ok(set)
    }

    fn check(&self) -> Result<()> {
        let mut seen: BTreeMap<&str, &Formula> = BTreeMap::new();
        for formula in self.formulas() {
            if let Some(first) = seen.insert(&formula.id, formula) {
                let message = format!("the id `{}` is also in {}:{}; rename one of them", formula.id, first.file, first.line);
                return Err(Error::Data { file: formula.file.clone(), line: formula.line, message });
            }
        }
        for formula in self.formulas() {
            if let Some(parent) = formula.parent.as_deref().filter(|p| !seen.contains_key(p)) {
                let message = format!("the parent `{parent}` of `{}` is not a formula of any lexicon", formula.id);
                return Err(Error::Data { file: formula.file.clone(), line: formula.line, message });
            }
        }
        Ok(())
    }

    /// The lexicons, by name.
    pub fn lexicons(&self) -> &[Lexicon] {
        &self.lexicons
    }

    /// All formulas, by lexicon name, in the order of the file.
    pub fn formulas(&self) -> impl Iterator<Item = &Formula> {
        self.lexicons.iter().flat_map(|l| &l.formulas)
    }

    /// The theme of that id. A theme that no file describes goes by its id.
    pub fn theme(&self, id: &str) -> Theme {
        let found = self.themes.iter().find(|t| t.id == id).cloned();
        found.unwrap_or_else(|| Theme { id: id.to_owned(), label: BTreeMap::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(texts: &[&str]) -> Result<Lexicons> {
        let dir = tempfile::tempdir().unwrap();
        let files: Vec<_> = texts
            .iter()
            .enumerate()
            .map(|(i, t)| {
                let path = dir.path().join(format!("{i}.toml"));
                std::fs::write(&path, t).unwrap();
                path
            })
            .collect();
        Lexicons::load(&files, true)
    }

    const ONE: &str = "name = \"one\"\nversion = \"1\"\n[[formula]]\nid = \"a\"\nthemes = [\"t\"]\nlabel = { en = \"A\" }\nen = [\"alpha\"]\n";

    #[test]
    fn an_id_in_two_lexicons_is_an_error_with_both_places() {
        let message = load(&[ONE, &ONE.replace("\"one\"", "\"two\"")]).unwrap_err().to_string();
        assert!(message.contains("1.toml:3: the id `a` is also in ") && message.contains("0.toml:3"), "{message}");
    }

    #[test]
    fn the_same_name_replaces() {
        let set = load(&[ONE, &ONE.replace("alpha", "beta")]).unwrap();
        assert_eq!(set.formulas().map(|f| f.wordings[0].literal.as_str()).collect::<Vec<_>>(), ["beta"]);
    }

    #[test]
    fn an_unknown_parent_is_an_error() {
        let message = load(&[&format!("{ONE}parent = \"b\"\n")]).unwrap_err().to_string();
        assert!(message.contains(":3: the parent `b` of `a` is not a formula"), "{message}");
    }
}
