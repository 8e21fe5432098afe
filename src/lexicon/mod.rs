//! Lexicons: the formulas that are looked for, their wordings in each language, and the themes that group them.
//!
//! A lexicon is a TOML file (`docs/lexicon.md` describes it). The built-in ones are embedded in the program; a file given by
//! the user replaces the built-in of the same name or is added to them.

mod builtin;
mod codebook;
mod coordination;
mod export;
mod fields;
mod formula;
mod import;
mod parse;
mod pattern;
mod rules;
mod variants;

pub use builtin::{BUILTIN_THEMES, builtin_lexicons, builtin_themes};
pub use codebook::{TITLE, codebook};
pub use export::{Export, export_csv, export_yaml};
pub use formula::{FirstUse, Formula, Lexicon, Source, Theme, Variant, Wording};
pub use import::{Dictionary, Imported, import};
pub use parse::{parse_lexicon, parse_themes, read_lexicon};
pub use pattern::{MAX_LITERALS, expand};
pub use rules::forms;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use crate::error::{Error, Fault, Result};
use crate::text::nearest;

/// The texts of lexicon `files`, each with the name of its file.
///
/// # Errors
/// A file that cannot be read.
pub fn texts_of(files: &[impl AsRef<Path>]) -> Result<Vec<(String, String)>> {
    let text = |file: &Path| {
        let name = file.display().to_string();
        match std::fs::read_to_string(file) {
            Ok(text) => Ok((name, text)),
            Err(e) => Err(Error::Usage(format!("{name}: {e}; give --lexicon a TOML file (docs/lexicon.md)"))),
        }
    };
    files.iter().map(|file| text(file.as_ref())).collect()
}

/// All lexicons of a run, checked against each other.
#[derive(Debug, Clone, Default)]
pub struct Lexicons {
    lexicons: Vec<Lexicon>,
    themes: Vec<Theme>,
    /// Where each formula is: the index of its lexicon, and its own.
    places: HashMap<String, (usize, usize)>,
}

impl Lexicons {
    /// The built-in lexicons (unless `without_builtin`) and those in `files`.
    ///
    /// # Errors
    /// A file that cannot be read; all that is wrong with the lexicons: see [`Lexicons::read`].
    pub fn load(files: &[impl AsRef<Path>], without_builtin: bool) -> Result<Self> {
        Lexicons::of_texts(&texts_of(files)?, without_builtin)
    }

    /// As [`Lexicons::load`], with what is wrong beside what could be read: whatever is not in the format, an id in two
    /// lexicons, a parent that is nowhere, a circle of parents.
    ///
    /// # Errors
    /// A file that cannot be read; no lexicon at all.
    pub fn read(files: &[impl AsRef<Path>], without_builtin: bool) -> Result<(Self, Vec<Fault>)> {
        Lexicons::read_texts(&texts_of(files)?, without_builtin)
    }

    /// As [`Lexicons::load`], of the texts of files, each with the name of its file: [`texts_of`] reads them.
    ///
    /// # Errors
    /// As [`Lexicons::load`], but for files that cannot be read.
    pub fn of_texts(texts: &[(String, String)], without_builtin: bool) -> Result<Self> {
        let (set, faults) = Lexicons::read_texts(texts, without_builtin)?;
        if faults.is_empty() { Ok(set) } else { Err(Error::Faults(faults)) }
    }

    fn read_texts(texts: &[(String, String)], without_builtin: bool) -> Result<(Self, Vec<Fault>)> {
        let mut given: BTreeMap<String, String> = BTreeMap::new();
        let mut faults = Vec::new();
        let mut lexicons = if without_builtin { Vec::new() } else { builtin_lexicons()? };
        for (name, text) in texts {
            let (lexicon, wrong) = read_lexicon(name, text);
            faults.extend(wrong);
            if let Some(first) = given.insert(lexicon.name.clone(), name.clone()).filter(|_| !lexicon.name.is_empty()) {
                let message = format!("the lexicon `{}` is also in {first}; rename one of them", lexicon.name);
                faults.push(Fault { file: name.clone(), line: 1, message });
                continue;
            }
            // A built-in of the same name goes.
            lexicons.retain(|l: &Lexicon| l.name != lexicon.name);
            lexicons.push(lexicon);
        }
        // So does a formula that one marked `override` replaces.
        let overriding: HashMap<String, String> =
            lexicons.iter().flat_map(|l| &l.formulas).filter(|f| f.overrides).map(|f| (f.id.clone(), f.lexicon.clone())).collect();
        for lexicon in &mut lexicons {
            lexicon.formulas.retain(|f| f.overrides || overriding.get(&f.id).is_none_or(|by| *by == f.lexicon));
        }
        if lexicons.is_empty() {
            return Err(Error::Usage("no lexicon: give one with --lexicon FILE, or leave out --no-builtin".into()));
        }
        drop_absent_parents(&mut lexicons, |l| !given.contains_key(&l.name));
        let (set, wrong) = Lexicons::of(lexicons, &given)?;
        faults.extend(wrong);
        Ok((set, faults))
    }

    /// A set of `lexicons`, whatever they were made from; a parent that is in none of them is left out.
    ///
    /// # Errors
    /// What does not fit together: see [`Lexicons::read`].
    pub fn from_lexicons(mut lexicons: Vec<Lexicon>) -> Result<Self> {
        drop_absent_parents(&mut lexicons, |_| true);
        let given = lexicons.iter().map(|l| (l.name.clone(), String::new())).collect();
        let (set, faults) = Lexicons::of(lexicons, &given)?;
        if faults.is_empty() { Ok(set) } else { Err(Error::Faults(faults)) }
    }

    /// A set of `lexicons`, and what does not fit together; `given` are the names of the user's own.
    fn of(mut lexicons: Vec<Lexicon>, given: &BTreeMap<String, String>) -> Result<(Self, Vec<Fault>)> {
        lexicons.sort_by(|a, b| a.name.cmp(&b.name));
        let mut themes: Vec<Theme> = lexicons.iter().flat_map(|l| l.themes.clone()).collect();
        // A lexicon's own description of a theme stands before the built-in one.
        themes.extend(builtin_themes()?);
        let places = lexicons.iter().enumerate().flat_map(|(i, l)| l.formulas.iter().enumerate().map(move |(j, f)| (f.id.clone(), (i, j)))).collect();
        let mut set = Lexicons { lexicons, themes, places };
        let mut faults = set.faults(&|f| given.contains_key(&f.lexicon));
        faults.extend(coordination::coordinate(set.lexicons.iter_mut().flat_map(|l| &mut l.formulas)));
        Ok((set, faults))
    }

    /// What does not fit together; the user is told of his `own` file.
    fn faults(&self, own: &dyn Fn(&Formula) -> bool) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut say = |f: &Formula, message: String| faults.push(Fault { file: f.file.clone(), line: f.line, message });
        let mut seen: BTreeMap<&str, &Formula> = BTreeMap::new();
        for formula in self.formulas() {
            if let Some(first) = seen.insert(&formula.id, formula) {
                let (told, other) = if own(first) && !own(formula) { (first, formula) } else { (formula, first) };
                let also = format!("the id `{}` is also in {}:{}", told.id, other.file, other.line);
                say(told, format!("{also}; rename one of them, or mark yours `override = true`"));
            }
        }
        for formula in self.formulas() {
            let Some(parent) = formula.parent.as_deref() else { continue };
            if parent == formula.id {
                say(formula, format!("`{}` is its own parent", formula.id));
            } else if !seen.contains_key(parent) {
                say(formula, format!("the parent `{parent}` of `{}` is not a formula of any lexicon", formula.id));
            } else if self.ancestors(&formula.id).contains(&formula.id.as_str()) {
                say(formula, format!("`{}` is among its own ancestors: {}", formula.id, self.ancestors(&formula.id).join(", ")));
            }
        }
        faults
    }

    /// The formulas of which `id` is a species, the nearest first.
    pub fn ancestors(&self, id: &str) -> Vec<&str> {
        let (mut all, mut seen): (Vec<&str>, HashSet<&str>) = (Vec::new(), HashSet::new());
        let mut next = self.formula(id).and_then(|f| f.parent.as_deref());
        while let Some(parent) = next.filter(|p| seen.insert(p)) {
            all.push(parent);
            next = self.formula(parent).and_then(|f| f.parent.as_deref());
        }
        all
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
        self.places.get(id).map(|&(lexicon, formula)| &self.lexicons[lexicon].formulas[formula])
    }

    /// The formula of that id.
    ///
    /// # Errors
    /// There is none; the message names those that are like it.
    pub fn named(&self, id: &str) -> Result<&Formula> {
        self.formula(id).ok_or_else(|| {
            let within: Vec<&str> = self.formulas().map(|f| f.id.as_str()).filter(|f| f.contains(id) || id.contains(f)).take(5).collect();
            let like = if within.is_empty() { self.near(id).into_iter().collect() } else { within };
            let like = if like.is_empty() { String::new() } else { format!("; did you mean {}", like.join(" or ")) };
            Error::Usage(format!("{id}: no formula of that id{like}; `tifa lexicon list` shows them all"))
        })
    }

    /// The id that is nearest, or that of the nearest label.
    fn near(&self, name: &str) -> Option<&str> {
        let ids = self.formulas().map(|f| (f.id.as_str(), f.id.as_str()));
        let labels = self.formulas().flat_map(|f| f.label.values().map(|label| (label.as_str(), f.id.as_str())));
        let names: Vec<(&str, &str)> = ids.chain(labels).collect();
        let nearest = nearest(name, names.iter().map(|(name, _)| *name))?;
        names.iter().find(|(name, _)| *name == nearest).map(|(_, id)| *id)
    }

    /// The theme of that id. A theme that no file describes goes by its id.
    pub fn theme(&self, id: &str) -> Theme {
        let found = self.themes.iter().find(|t| t.id == id).cloned();
        found.unwrap_or_else(|| Theme { id: id.to_owned(), label: BTreeMap::new(), file: String::new(), line: 0 })
    }

    /// Whether all built-in lexicons are in the set as they are.
    pub fn has_builtin(&self) -> bool {
        let files: HashSet<&str> = self.formulas().map(|f| f.file.as_str()).collect();
        builtin::builtin_files().all(|file| files.contains(file))
    }

    /// The themes that are described, in their order; of two with one id, the first counts.
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }
}

/// Leaves out the parents that are in none of the `lexicons`, of the formulas in those that `of` says: what a lexicon by itself, or beside
/// one that was replaced, cannot know.
fn drop_absent_parents(lexicons: &mut [Lexicon], of: impl Fn(&Lexicon) -> bool) {
    let ids: HashSet<String> = lexicons.iter().flat_map(|l| &l.formulas).map(|f| f.id.clone()).collect();
    for formula in lexicons.iter_mut().filter(|l| of(l)).flat_map(|l| &mut l.formulas) {
        formula.parent = formula.parent.take().filter(|p| ids.contains(p));
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
        assert_eq!(set.lexicons().iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["prc-diplomacy", "russia", "un", "us"]);
        assert_eq!(set.lexicons()[2].formulas.len(), 1);
        assert_eq!(set.ancestors("global-governance-reform"), [""; 0]);
        std::fs::write(&file, ONE.replace("id = \"a\"", "id = \"belt-and-road\"\noverride = true")).unwrap();
        let set = Lexicons::load(&[&file], false).unwrap();
        let own: Vec<&Formula> = set.formulas().filter(|f| f.id == "belt-and-road").collect();
        assert_eq!((own.len(), own[0].lexicon.as_str()), (1, "one"));
    }

    #[test]
    fn parents_make_no_circle() {
        let text = format!("{ONE}parent = \"b\"\n[[formula]]\nid = \"b\"\nparent = \"a\"\nen = [\"beta\"]\n");
        let message = load(&[&text]).unwrap_err().to_string();
        assert!(message.contains(":3: `a` is among its own ancestors: b, a"), "{message}");
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
