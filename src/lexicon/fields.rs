//! Reading a TOML table field by field, so that all that is wrong with a file is said at once, each fault with its line.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::Fault;
use crate::text::{Language, nearest};

/// What is wrong with a file, and where its lines begin.
pub(super) struct Faults {
    file: Arc<str>,
    /// The offsets at which lines begin.
    lines: Arc<[usize]>,
    found: Vec<Fault>,
}

impl Faults {
    pub fn of(file: &str, text: &str) -> Faults {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Faults { file: file.into(), lines, found: Vec::new() }
    }

    /// Of a part of the file, with nothing found yet.
    pub fn of_part(&self) -> Faults {
        Faults { file: self.file.clone(), lines: self.lines.clone(), found: Vec::new() }
    }

    /// Adds what was found in a part.
    pub fn extend(&mut self, part: Faults) {
        self.found.extend(part.found);
    }

    /// The line of the byte `at`, counted from 1.
    pub fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|&start| start <= at)
    }

    pub fn file(&self) -> &str {
        &self.file
    }

    pub fn add(&mut self, at: usize, message: impl Into<String>) {
        let line = self.line(at);
        self.add_line(line, message);
    }

    pub fn add_line(&mut self, line: usize, message: impl Into<String>) {
        self.found.push(Fault { file: self.file.to_string(), line, message: message.into() });
    }

    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// All faults, in the order of the file.
    pub fn into_sorted(mut self) -> Vec<Fault> {
        self.found.sort_by_key(|f| f.line);
        self.found
    }
}

/// A text with the byte where it stands.
pub(super) type Placed = (String, usize);

/// The fields of one table. What is taken is expected; what is left at the end is not.
pub(super) struct Fields<'t, 'f> {
    entries: BTreeMap<String, (usize, Spanned<DeValue<'t>>)>,
    expected: Vec<&'static str>,
    /// Where the table begins.
    pub at: usize,
    /// What the table is of, for messages: `` `id`: ``.
    pub of: String,
    pub faults: &'f mut Faults,
}

impl<'t, 'f> Fields<'t, 'f> {
    pub fn new(table: DeTable<'t>, at: usize, faults: &'f mut Faults) -> Self {
        let entries = table.into_iter().map(|(key, value)| (key.get_ref().to_string(), (key.span().start, value))).collect();
        Fields { entries, expected: Vec::new(), at, of: String::new(), faults }
    }

    /// The table under a value; a fault if it is none.
    pub fn under(value: Spanned<DeValue<'t>>, name: &str, faults: &'f mut Faults) -> Option<Self> {
        let at = value.span().start;
        match value.into_inner() {
            DeValue::Table(table) => Some(Fields::new(table, at, faults)),
            other => {
                faults.add(at, format!("`{name}` is to be a table `{{ … }}`, and is a {}", other.type_str()));
                None
            }
        }
    }

    pub fn fault(&mut self, at: usize, message: impl AsRef<str>) {
        let message = if self.of.is_empty() { message.as_ref().to_owned() } else { format!("`{}`: {}", self.of, message.as_ref()) };
        self.faults.add(at, message);
    }

    pub fn take(&mut self, name: &'static str) -> Option<Spanned<DeValue<'t>>> {
        self.expected.push(name);
        self.entries.remove(name).map(|(_, value)| value)
    }

    /// A text, or a number or date as it is written.
    pub fn text(&mut self, name: &'static str) -> Option<Placed> {
        let value = self.take(name)?;
        let (at, kind) = (value.span().start, value.get_ref().type_str());
        match value.into_inner() {
            DeValue::String(s) => Some((s.into_owned(), at)),
            DeValue::Integer(i) => Some((i.to_string(), at)),
            DeValue::Datetime(d) => Some((d.to_string(), at)),
            _ => {
                self.fault(at, format!("`{name}` is to be a text in quotation marks, and is a {kind}"));
                None
            }
        }
    }

    /// A text, or nothing; where it stands does not matter.
    pub fn words(&mut self, name: &'static str) -> String {
        self.text(name).map_or_else(String::new, |(s, _)| s.trim().to_owned())
    }

    /// A year, month or day; empty if it is not there, or none.
    pub fn date(&mut self, name: &'static str) -> String {
        let Some((text, at)) = self.text(name) else { return String::new() };
        if !is_date(&text) {
            self.fault(at, format!("`{name} = {text}` is no date; give 2013, 2013-03 or 2013-03-23"));
            return String::new();
        }
        text
    }

    pub fn flag(&mut self, name: &'static str) -> bool {
        let Some(value) = self.take(name) else { return false };
        match value.get_ref() {
            DeValue::Boolean(b) => *b,
            other => {
                let kind = other.type_str();
                self.fault(value.span().start, format!("`{name}` is to be true or false, and is a {kind}"));
                false
            }
        }
    }

    /// The members of a list; none if there is no such field.
    pub fn list(&mut self, name: &'static str) -> Vec<Spanned<DeValue<'t>>> {
        let Some(value) = self.take(name) else { return Vec::new() };
        let (at, kind) = (value.span().start, value.get_ref().type_str());
        match value.into_inner() {
            DeValue::Array(list) => list.into_iter().collect(),
            _ => {
                self.fault(at, format!("`{name}` is to be a list `[ … ]`, and is a {kind}"));
                Vec::new()
            }
        }
    }

    /// A list of texts.
    pub fn texts(&mut self, name: &'static str) -> Vec<Placed> {
        let members = self.list(name);
        members.into_iter().filter_map(|m| self.as_text(m, name)).collect()
    }

    fn as_text(&mut self, value: Spanned<DeValue<'t>>, name: &str) -> Option<Placed> {
        let at = value.span().start;
        match value.into_inner() {
            DeValue::String(s) => Some((s.into_owned(), at)),
            other => {
                self.fault(at, format!("`{name}` is to hold texts in quotation marks, and one is a {}", other.type_str()));
                None
            }
        }
    }

    /// The table of that name, read by `read`.
    pub fn table<T>(&mut self, name: &'static str, read: impl FnOnce(&mut Fields<'t, '_>) -> T) -> Option<T> {
        let value = self.take(name)?;
        let of = self.of.clone();
        let mut fields = Fields::under(value, name, self.faults)?;
        fields.of = of;
        let read = read(&mut fields);
        fields.finish();
        Some(read)
    }

    /// A text for each language.
    pub fn each(&mut self, name: &'static str) -> BTreeMap<Language, Placed> {
        let read = |fields: &mut Fields<'t, '_>| Language::ALL.into_iter().filter_map(|l| Some((l, fields.text(l.code())?))).collect();
        self.table(name, read).unwrap_or_default()
    }

    /// Says which fields are left.
    pub fn finish(self) {
        for (name, (at, _)) in self.entries {
            let known = || self.expected.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
            let near = nearest(&name, self.expected.iter().copied());
            let rest = near.map_or_else(|| format!(", expected one of {}", known()), |near| format!("; did you mean `{near}`?"));
            self.faults.add(at, format!("unknown field `{name}`{rest}"));
        }
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let sized = parts.iter().zip([4, 2, 2]).all(|(part, size)| part.len() == size && part.bytes().all(|b| b.is_ascii_digit()));
    let number = |i: usize, default: u32| parts.get(i).map_or(Some(default), |p| p.parse().ok());
    let day = || chrono::NaiveDate::from_ymd_opt(number(0, 1)? as i32, number(1, 1)?, number(2, 1)?);
    sized && parts.len() <= 3 && day().is_some()
}
