//! Dictionaries of other tools: quanteda (YAML), LIWC (`.dic`) and plain CSV. What cannot be kept is listed, not dropped.

mod csv;
mod liwc;
mod quanteda;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::str::FromStr;

use super::pattern::expand;
use crate::error::{Error, Result};
use crate::text::{Language, is_han, quoted};

/// What kind of file a dictionary is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dictionary {
    /// A quanteda dictionary in YAML: keys, nested or not, with lists of patterns.
    Quanteda,
    /// A LIWC dictionary: categories between two `%`, then words with the numbers of theirs.
    Liwc,
    /// A table with a column of patterns and one of keys; also what `tifa lexicon export` writes.
    Csv,
}

impl FromStr for Dictionary {
    type Err = String;

    fn from_str(name: &str) -> std::result::Result<Self, String> {
        match name.to_lowercase().as_str() {
            "quanteda" | "yaml" | "yml" => Ok(Dictionary::Quanteda),
            "liwc" | "dic" => Ok(Dictionary::Liwc),
            "csv" | "tsv" => Ok(Dictionary::Csv),
            _ => Err("not one of quanteda, liwc, csv".into()),
        }
    }
}

/// A lexicon in the making, and what of the dictionary is not in it.
#[derive(Debug, Default)]
pub struct Imported {
    entries: Vec<Entry>,
    /// The place of each key among the entries.
    places: HashMap<String, usize>,
    /// The ids given so far, each with the number that the next one like it gets.
    ids: HashMap<String, usize>,
    /// What could not be kept, and why.
    pub lost: Vec<String>,
}

/// A formula in the making; its values are TOML already.
#[derive(Debug, Default)]
struct Entry {
    id: String,
    label: BTreeMap<Language, String>,
    themes: Vec<String>,
    /// Lines beside: `parent = …`.
    fields: Vec<(String, String)>,
    patterns: BTreeMap<Language, Members>,
    acronyms: Members,
    not: BTreeMap<Language, Members>,
}

/// The members of a list, each once.
#[derive(Debug, Default)]
struct Members {
    list: Vec<String>,
    known: HashSet<String>,
}

impl Members {
    fn add(&mut self, member: String) {
        if self.known.insert(member.clone()) {
            self.list.push(member);
        }
    }

    fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    fn joined(&self) -> String {
        self.list.join(", ")
    }
}

/// Reads the dictionary `text`; `file` is how messages call it.
///
/// # Errors
/// A file that is not what it is said to be.
pub fn import(file: &str, text: &str, kind: Dictionary) -> Result<Imported> {
    let mut imported = match kind {
        Dictionary::Quanteda => quanteda::read(file, text)?,
        Dictionary::Liwc => liwc::read(file, text)?,
        Dictionary::Csv => csv::read(file, text)?,
    };
    let lost = &mut imported.lost;
    imported.entries.retain(|e| {
        let held = !(e.patterns.is_empty() && e.acronyms.is_empty());
        if !held {
            lost.push(format!("`{}`: nothing of it could be kept", e.id));
        }
        held
    });
    if imported.entries.is_empty() {
        return Err(Error::Usage(format!("{file}: no patterns in it; say with --from what kind of file it is: quanteda, liwc or csv")));
    }
    Ok(imported)
}

impl Imported {
    /// How many formulas it holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The lexicon file, ready to be looked over.
    pub fn to_toml(&self, name: &str, origin: &str) -> String {
        let mut out = format!("name = {}\nversion = \"1\"\ndescription = {}\n", quoted(name), quoted(&format!("Imported from {origin}.")));
        for lost in &self.lost {
            let _ = writeln!(out, "# not kept: {}", lost.replace(char::is_control, " "));
        }
        for entry in &self.entries {
            entry.write(&mut out);
        }
        out
    }

    /// The entry of a key, a new one if there is none yet.
    fn entry(&mut self, key: &str) -> &mut Entry {
        let at = match self.places.get(key) {
            Some(at) => *at,
            None => {
                let id = self.new_id(key);
                self.entries.push(Entry { id, label: BTreeMap::from([(language_of(key), quoted(key))]), ..Entry::default() });
                self.places.insert(key.to_owned(), self.entries.len() - 1);
                self.entries.len() - 1
            }
        };
        &mut self.entries[at]
    }

    /// An id for a key: the key itself if it can be one, else its letters and digits; numbered where it is taken.
    fn new_id(&mut self, key: &str) -> String {
        let is_id = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && key.contains(|c: char| c.is_ascii_alphanumeric());
        let base = if is_id { key.to_owned() } else { slug(key) };
        let base = if base.is_empty() { "formula".to_owned() } else { base };
        let mut id = base.clone();
        while self.ids.contains_key(&id) {
            let next = self.ids.entry(base.clone()).or_insert(1);
            *next += 1;
            id = format!("{base}-{next}");
        }
        self.ids.insert(id.clone(), 1);
        id
    }

    /// Adds a pattern with the wildcards of other tools to the entry of `key`; what cannot be kept is listed as `place`.
    fn glob(&mut self, key: &str, pattern: &str, place: &str) {
        match from_glob(pattern) {
            Ok(pattern) => self.entry(key).add(&pattern),
            Err(why) => {
                self.entry(key);
                self.lost.push(format!("{place}: `{pattern}` of `{key}`: {why}"));
            }
        }
    }
}

impl Entry {
    fn add(&mut self, pattern: &str) {
        self.patterns.entry(language_of(pattern)).or_default().add(quoted(pattern));
    }

    fn write(&self, out: &mut String) {
        let each = |values: Vec<(Language, String)>| values.into_iter().map(|(l, v)| format!("{} = {v}", l.code())).collect::<Vec<_>>().join(", ");
        let lists = |lists: &BTreeMap<Language, Members>| lists.iter().map(|(l, members)| (*l, format!("[{}]", members.joined()))).collect();
        let _ = writeln!(out, "\n[[formula]]\nid = {}", quoted(&self.id));
        let _ = writeln!(out, "label = {{ {} }}", each(self.label.clone().into_iter().collect()));
        if !self.themes.is_empty() {
            let _ = writeln!(out, "themes = [{}]", self.themes.join(", "));
        }
        for (name, value) in &self.fields {
            let _ = writeln!(out, "{name} = {value}");
        }
        for (language, members) in &self.patterns {
            let _ = writeln!(out, "{} = [{}]", language.code(), members.joined());
        }
        if !self.acronyms.is_empty() {
            let _ = writeln!(out, "acronyms = [{}]", self.acronyms.joined());
        }
        if !self.not.is_empty() {
            let _ = writeln!(out, "not = {{ {} }}", each(lists(&self.not)));
        }
    }
}

/// A pattern of tifa for one with `*` and `?`, or why there is none.
fn from_glob(glob: &str) -> Result<String, String> {
    let glob = glob.trim();
    if glob.contains('?') {
        return Err("`?` for any letter is not in the language of patterns".into());
    }
    if let Some(sign) = ["{", "}", "[", "]", "<", ">", "(s)"].into_iter().find(|s| glob.contains(s)) {
        return Err(format!("`{sign}` is a sign of the language of patterns"));
    }
    if glob.split_whitespace().any(|word| word.starts_with('*')) {
        return Err("a wildcard at the beginning of a word is not in the language of patterns".into());
    }
    expand(glob).map(|_| glob.to_owned())
}

fn language_of(text: &str) -> Language {
    if text.chars().any(is_han) { Language::Zh } else { Language::En }
}

/// A key as an id: letters and digits, everything else a hyphen.
fn slug(key: &str) -> String {
    let parts = key.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty());
    parts.collect::<Vec<_>>().join("-").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse_lexicon;
    use super::*;

    fn imported(text: &str, kind: Dictionary) -> (Vec<String>, Vec<String>) {
        let imported = import("d", text, kind).unwrap();
        let lexicon = parse_lexicon("f.toml", &imported.to_toml("mine", "d")).unwrap();
        let shown = |f: &super::super::Formula| {
            let patterns: Vec<&str> = f.variants.iter().map(|v| v.pattern.as_str()).collect();
            format!("{} [{}] {}", f.id, f.themes.join(","), patterns.join("|"))
        };
        (lexicon.formulas.iter().map(shown).collect(), imported.lost)
    }

    #[test]
    fn quanteda_dictionaries() {
        let text = "POSITIVE:\n  - good\n  - no\n  - 007\n  - well-be*\n  - \"*ness\"\nISSUES:\n  Trade Policy:\n    - free trade\n    - 自由贸易\n  Odd:\n    - gr?y\n";
        let (formulas, lost) = imported(text, Dictionary::Quanteda);
        assert_eq!(formulas, ["POSITIVE [] good|no|007|well-be*", "issues-trade-policy [issues] free trade|自由贸易"]);
        assert_eq!(lost.len(), 3, "{lost:?}");
        assert!(lost[0].contains("`*ness` of `POSITIVE`: a wildcard at the beginning"), "{lost:?}");
    }

    #[test]
    fn liwc_dictionaries() {
        let text = "%\n1\tposemo (Positive)\n2\tnegemo\n%\nabandon*\t2\nhappy\t1\nkind\t(of) 1\nbrave\t1 2\nlost\t9\n";
        let (formulas, lost) = imported(text, Dictionary::Liwc);
        assert_eq!(formulas, ["posemo-positive [] happy|brave", "negemo [] abandon*|brave"]);
        assert!(lost.iter().any(|l| l.contains("line 7")) && lost.iter().any(|l| l.contains("category 9")), "{lost:?}");
    }

    #[test]
    fn plain_tables() {
        let (formulas, lost) = imported("category,term\nPeace,peaceful rise\nPeace,和平崛起\nTrade,win-win*\n", Dictionary::Csv);
        assert_eq!(formulas, ["Peace [] peaceful rise|和平崛起", "Trade [] win-win*"]);
        assert_eq!(lost, [""; 0]);
        let (formulas, lost) = imported("category,term,kind,weight\nPeace,*ness,noun,1\nPeace,\"good\u{7F}\r\nwill\",noun,2\n", Dictionary::Csv);
        assert_eq!(formulas.len(), 1);
        assert!(lost.iter().any(|l| l.contains("columns kind, weight")) && lost.iter().any(|l| l.contains("*ness")), "{lost:?}");
        let (formulas, _) = imported("peaceful rise\n和平崛起\n", Dictionary::Csv);
        assert_eq!(formulas, ["peaceful-rise [] peaceful rise", "formula [] 和平崛起"]);
    }

    #[test]
    fn long_lists_of_chinese_words_are_read_in_one_go() {
        let words: String =
            (0..20_000).map(|i| format!("{}{}\n", char::from_u32(0x4E00 + i / 100).unwrap(), char::from_u32(0x5E00 + i % 100).unwrap())).collect();
        assert_eq!(import("d", &words, Dictionary::Csv).unwrap().len(), 20_000);
    }

    #[test]
    fn what_is_no_dictionary_is_refused() {
        for (text, kind) in [("just words", Dictionary::Quanteda), ("no categories", Dictionary::Liwc), ("", Dictionary::Csv)] {
            assert!(import("d", text, kind).is_err(), "{text}");
        }
    }
}
