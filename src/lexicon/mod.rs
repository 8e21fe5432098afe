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
        let mut given: BTreeMap<String, String> = BTreeMap::new();
        let mut lexicons = if without_builtin { Vec::new() } else { builtin_lexicons()? };
        for file in files {
            let file = file.as_ref();
            let name = file.display().to_string();
            let text = std::fs::read_to_string(file).map_err(|e| Error::Usage(format!("{name}: {e}; give --lexicon a TOML file (docs/lexicon.md)")))?;
            let lexicon = parse_lexicon(&name, &text)?;
            if let Some(first) = given.insert(lexicon.name.clone(), name.clone()) {
                let message = format!("the lexicon `{}` is also in {first}; rename one of them", lexicon.name);
                return Err(Error::Data { file: name, line: 1, message });
            }
            // A built-in of the same name goes; so does a formula that one marked `override` replaces.
            lexicons.retain(|l: &Lexicon| l.name != lexicon.name);
            for other in &mut lexicons {
                other.formulas.retain(|f| !lexicon.formulas.iter().any(|new| new.overrides && new.id == f.id));
            }
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
                let message = format!("the id `{}` is also in {}:{}; rename one of them, or mark yours `override = true`", formula.id, first.file, first.line);
                return Err(Error::Data { file: formula.file.clone(), line: formula.line, message });
            }
        }
        for formula in self.formulas() {
            if formula.parent.as_ref() == Some(&formula.id) {
                let message = format!("`{}` is its own parent", formula.id);
                return Err(Error::Data { file: formula.file.clone(), line: formula.line, message });
            }
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

    /// The formula of that id.
    pub fn formula(&self, id: &str) -> Option<&Formula> {
        self.formulas().find(|f| f.id == id)
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
    fn one_name_for_two_files_is_an_error() {
        let message = load(&[ONE, &ONE.replace("alpha", "beta")]).unwrap_err().to_string();
        assert!(message.contains("1.toml:1: the lexicon `one` is also in "), "{message}");
    }

    #[test]
    fn a_user_replaces_a_built_in_lexicon_or_one_formula() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("mine.toml");
        std::fs::write(&file, ONE.replace("\"one\"", "\"un\"")).unwrap();
        let set = Lexicons::load(&[&file], false).unwrap();
        assert_eq!(set.lexicons().iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["prc-diplomacy", "un"]);
        assert_eq!(set.lexicons()[1].formulas.len(), 1);
        std::fs::write(&file, ONE.replace("id = \"a\"", "id = \"belt-and-road\"\noverride = true")).unwrap();
        let set = Lexicons::load(&[&file], false).unwrap();
        let own: Vec<&Formula> = set.formulas().filter(|f| f.id == "belt-and-road").collect();
        assert_eq!((own.len(), own[0].lexicon.as_str()), (1, "one"));
    }

    #[test]
    fn nobody_is_his_own_parent() {
        assert!(load(&[&format!("{ONE}parent = \"a\"\n")]).unwrap_err().to_string().contains("its own parent"));
    }

    #[test]
    fn an_unknown_parent_is_an_error() {
        let message = load(&[&format!("{ONE}parent = \"b\"\n")]).unwrap_err().to_string();
        assert!(message.contains(":3: the parent `b` of `a` is not a formula"), "{message}");
    }
}
