//! The keys of a `study.toml`: which sections know which, and where each stands. A key that is not known, or stands in the wrong section, is
//! said with the one that was probably meant.

use std::collections::BTreeSet;

use serde::Serialize;
use toml::de::{DeTable, DeValue};

use super::file::{CompareSpec, StudyFile, TierSpec};
use crate::analysis::FilterSpec;
use crate::corpus::ReadingSpec;
use crate::error::{Error, Fault, Result, toml_fault};
use crate::text::nearest;

/// A table of a study and the keys it knows.
struct Section {
    name: &'static str,
    /// How it is written.
    written: &'static str,
    keys: BTreeSet<String>,
    /// Whether there may be several.
    many: bool,
}

/// The file itself first.
fn sections() -> [Section; 5] {
    let of = |name, written, keys, many| Section { name, written, keys, many };
    [
        of("", "the top of the file, before the first [section]", keys(&StudyFile::default()), false),
        of("filter", "[filter]", keys(&FilterSpec::default()), false),
        of("reading", "[reading]", keys(&ReadingSpec::default()), false),
        of("compare", "[[compare]]", keys(&CompareSpec::default()), true),
        of("heat", "[[heat]]", keys(&TierSpec::default()), true),
    ]
}

fn keys(section: &impl Serialize) -> BTreeSet<String> {
    match serde_json::to_value(section) {
        Ok(serde_json::Value::Object(keys)) => keys.into_iter().map(|(key, _)| key).collect(),
        _ => BTreeSet::new(),
    }
}

/// Where the keys of a file stand.
pub(super) struct Keys<'t> {
    file: &'t str,
    text: &'t str,
    table: DeTable<'t>,
}

impl<'t> Keys<'t> {
    /// Reads the keys of `text`.
    ///
    /// # Errors
    /// It is no TOML; keys that are not known, each with its line.
    pub fn of(file: &'t str, text: &'t str) -> Result<Keys<'t>> {
        let table = DeTable::parse(text).map_err(|e| {
            let (at, message) = toml_fault(text, &e);
            Error::data(file, text, at, message)
        })?;
        let keys = Keys { file, text, table: table.into_inner() };
        let faults = keys.faults();
        if faults.is_empty() { Ok(keys) } else { Err(Error::Faults(faults)) }
    }

    /// The error at the key of that path, or at the nearest above it that is there.
    pub fn wrong(&self, path: &[String], message: impl AsRef<str>) -> Error {
        let (mut at, mut table) = (0, Some(&self.table));
        let mut rest = path.iter();
        while let Some((key, value)) = rest.next().and_then(|name| table?.iter().find(|(k, _)| k.get_ref().as_ref() == name)) {
            at = key.span().start;
            table = match value.get_ref() {
                DeValue::Table(inner) => Some(inner),
                DeValue::Array(list) => {
                    let member = rest.next().and_then(|i| list.get(i.parse::<usize>().ok()?));
                    at = member.map_or(at, |m| m.span().start);
                    member.and_then(|m| m.get_ref().as_table())
                }
                _ => None,
            };
        }
        Error::data(self.file, self.text, at, message.as_ref())
    }

    /// Keys that are not known, in the order of the file.
    fn faults(&self) -> Vec<Fault> {
        let sections = sections();
        let mut found = self.unknown(&self.table, &sections[0], &sections);
        for section in &sections[1..] {
            let Some((key, value)) = self.table.iter().find(|(key, _)| key.get_ref().as_ref() == section.name) else { continue };
            match (value.get_ref(), section.many) {
                (DeValue::Table(table), false) => found.extend(self.unknown(table, section, &sections)),
                (DeValue::Array(list), true) => {
                    let tables = list.iter().filter_map(|member| member.get_ref().as_table());
                    found.extend(tables.flat_map(|table| self.unknown(table, section, &sections)));
                }
                (DeValue::Table(_), true) => {
                    found.push((key.span().start, format!("write {} with two brackets: there may be several", section.written)));
                }
                (DeValue::Array(_), false) => found.push((key.span().start, format!("write {} with one bracket: there is one only", section.written))),
                _ => {}
            }
        }
        found.sort();
        let fault = |(at, message)| match Error::data(self.file, self.text, at, message) {
            Error::Data { file, line, message } => Some(Fault { file, line, message }),
            _ => None,
        };
        found.into_iter().filter_map(fault).collect()
    }

    fn unknown(&self, table: &DeTable<'t>, section: &Section, all: &[Section]) -> Vec<(usize, String)> {
        let unknown = table.keys().filter(|key| !section.keys.contains(key.get_ref().as_ref()));
        unknown.map(|key| (key.span().start, meant(key.get_ref(), section, all))).collect()
    }
}

/// What is said of a key that `section` does not know.
fn meant(key: &str, section: &Section, all: &[Section]) -> String {
    let others = || all.iter().filter(|other| other.name != section.name);
    let homes: Vec<&str> = others().filter(|other| other.keys.contains(key)).map(|other| other.written).collect();
    if !homes.is_empty() {
        return format!("`{key}` belongs to {}", homes.join(" or "));
    }
    if let Some(near) = nearest(key, section.keys.iter().map(String::as_str)) {
        return format!("unknown field `{key}`; did you mean `{near}`?");
    }
    let elsewhere = others().find_map(|other| Some((nearest(key, other.keys.iter().map(String::as_str))?, other.written)));
    if let Some((near, written)) = elsewhere {
        return format!("unknown field `{key}`; did you mean `{near}`? It belongs to {written}");
    }
    let known = section.keys.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ");
    format!("unknown field `{key}`, expected one of {known}")
}
