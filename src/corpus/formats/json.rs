//! JSON (crate `serde_json`): an array of objects, an object, or an object a line.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::Deserializer as _;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::corpus::layout::Layout;
use crate::corpus::raw::Field;
use crate::corpus::tabular::{Bad, Row, Table};
use crate::text::letters;

/// The table in `text`: a row an object, a column a key, in the order of their first appearance.
pub fn table(text: &str) -> Table<'_> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut table = Builder::default();
    if text.trim_start().starts_with('[') {
        match serde_json::from_str::<Vec<Value>>(text) {
            Ok(items) => items.into_iter().enumerate().for_each(|(i, item)| table.add(i + 1, item)),
            Err(e) => table.table.bad.push(Bad::new("", format!("line {}: {e}; nothing of the file was read", e.line()))),
        }
    } else if let Ok(whole) = serde_json::from_str::<Map<String, Value>>(text) {
        table.whole(whole);
    } else {
        return lines(text, 1, &|_| true);
    }
    table.table
}

/// The objects in the lines of `text`, the first of which is line `first` of the file. Of keys that are not `wanted` nothing is
/// kept but the name.
pub fn lines<'a>(text: &'a str, first: usize, wanted: &dyn Fn(&str) -> bool) -> Table<'a> {
    let mut table = Table::default();
    let mut keys = Keys::new(wanted);
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let number = first + i;
        let mut bad = |message: String| table.bad.push(Bad::new(&number.to_string(), message));
        match keys.row(line) {
            Ok(Some(cells)) => table.rows.push(Row::new(number, cells)),
            Ok(None) => bad("is no JSON object".into()),
            Err(e) => bad(format!("line {number}: {e}")),
        }
    }
    table.columns = keys.names;
    table
}

/// Whether `text` begins with a JSON object, or with an array that does; `None` if it ends within the object.
pub fn begins(text: &str) -> Option<bool> {
    let first = text.strip_prefix('[').map_or(text, str::trim_start);
    match serde_json::Deserializer::from_str(first).into_iter::<Skipped>().next() {
        Some(Err(e)) if e.is_eof() && first.starts_with('{') => None,
        found => Some(matches!(found, Some(Ok(_))) && first.starts_with('{')),
    }
}

/// Whether `text` is not an object or an array, so that each of its lines is an object. `None` if it ends within the first,
/// or may go on behind it.
pub fn is_lines(text: &str) -> Option<bool> {
    let text = text.trim_start_matches('\u{FEFF}');
    if text.trim_start().starts_with('[') {
        return Some(false);
    }
    match serde_json::from_str::<Skipped>(text) {
        Ok(Skipped) => None,
        Err(e) if e.is_eof() => None,
        Err(_) => Some(true),
    }
}

/// The cells of an object, by the columns of its keys.
type Cells<'a> = Vec<(usize, Cow<'a, str>)>;

/// The keys of the objects of a file.
struct Keys<'w> {
    names: Vec<String>,
    wanted: Vec<bool>,
    of: HashMap<String, usize>,
    is_wanted: &'w dyn Fn(&str) -> bool,
    /// The key after the last one found: objects mostly have theirs in one order.
    next: usize,
    /// For each key, the one that came after it.
    after: Vec<usize>,
}

impl<'w> Keys<'w> {
    fn new(is_wanted: &'w dyn Fn(&str) -> bool) -> Self {
        Keys { names: Vec::new(), wanted: Vec::new(), of: HashMap::new(), is_wanted, next: 0, after: Vec::new() }
    }

    /// The cells of the object in a line; `None` if it is something else.
    fn row<'a>(&mut self, line: &'a str) -> Result<Option<Cells<'a>>, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(line);
        let mut fresh = Vec::new();
        self.next = 0;
        let cells = reader.deserialize_any(Object { keys: self, fresh: &mut fresh })?;
        reader.end()?;
        let Some(mut cells) = cells else { return Ok(None) };
        // New keys count only now that the line is known to be good; they come in order, not as they stand.
        fresh.sort_by(|a: &(Cow<'_, str>, usize), b| a.0.cmp(&b.0));
        for (key, cell) in fresh {
            cells[cell].0 = self.named(&key);
        }
        // Of a key that stands twice, the later value is meant.
        cells.reverse();
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
        Ok(Some(cells))
    }

    fn find(&mut self, key: &str) -> Option<usize> {
        let guess = self.next;
        let column = if self.names.get(guess).is_some_and(|name| name == key) { guess } else { *self.of.get(key)? };
        self.next = self.after[column];
        Some(column)
    }

    fn named(&mut self, key: &str) -> usize {
        if let Some(column) = self.of.get(key) {
            return *column;
        }
        let column = self.names.len();
        self.of.insert(key.to_owned(), column);
        self.wanted.push((self.is_wanted)(key));
        self.after.push(column + 1);
        self.names.push(key.to_owned());
        column
    }
}

/// Reads an object into cells. Those of keys that are new are listed in `fresh` with their place.
struct Object<'k, 'w, 'a> {
    keys: &'k mut Keys<'w>,
    fresh: &'k mut Vec<(Cow<'a, str>, usize)>,
}

impl<'a> Visitor<'a> for Object<'_, '_, 'a> {
    type Value = Option<Cells<'a>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut cells = Vec::with_capacity(self.keys.names.len().min(64));
        let mut last = None;
        while let Some(key) = map.next_key_seed(Text)? {
            match self.keys.find(&key) {
                Some(column) => {
                    if let Some(last) = last.replace(column) {
                        self.keys.after[last] = column;
                    }
                    if self.keys.wanted[column] {
                        cells.push((column, map.next_value_seed(Cell)?));
                    } else {
                        map.next_value::<Skipped>()?;
                    }
                }
                None if (self.keys.is_wanted)(&key) => {
                    self.fresh.push((key, cells.len()));
                    cells.push((0, map.next_value_seed(Cell)?));
                }
                None => {
                    self.fresh.push((key, cells.len()));
                    map.next_value::<Skipped>()?;
                    cells.push((0, Cow::default()));
                }
            }
        }
        Ok(Some(cells))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<S: SeqAccess<'a>>(self, mut items: S) -> Result<Self::Value, S::Error> {
        while items.next_element::<Skipped>()?.is_some() {}
        Ok(None)
    }
}

/// A value that is read, so that what is wrong in it is found, and not kept.
struct Skipped;

impl<'a> Deserialize<'a> for Skipped {
    fn deserialize<D: serde::Deserializer<'a>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(Skipped)
    }
}

impl<'a> Visitor<'a> for Skipped {
    type Value = Skipped;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Skipped, E> {
        Ok(Skipped)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Skipped, E> {
        Ok(Skipped)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Skipped, E> {
        Ok(Skipped)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Skipped, E> {
        Ok(Skipped)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Skipped, E> {
        Ok(Skipped)
    }

    fn visit_unit<E: Error>(self) -> Result<Skipped, E> {
        Ok(Skipped)
    }

    fn visit_seq<S: SeqAccess<'a>>(self, mut items: S) -> Result<Skipped, S::Error> {
        while items.next_element::<Skipped>()?.is_some() {}
        Ok(Skipped)
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<Skipped, M::Error> {
        while map.next_key_seed(Text)?.is_some() {
            map.next_value::<Skipped>()?;
        }
        Ok(Skipped)
    }
}

/// Reads a string, where it can as it stands in the file.
struct Text;

impl<'a> DeserializeSeed<'a> for Text {
    type Value = Cow<'a, str>;

    fn deserialize<D: serde::Deserializer<'a>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_str(self)
    }
}

impl<'a> Visitor<'a> for Text {
    type Value = Cow<'a, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string key")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'a str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// Reads a value as the text of a cell.
struct Cell;

impl<'a> DeserializeSeed<'a> for Cell {
    type Value = Cow<'a, str>;

    fn deserialize<D: serde::Deserializer<'a>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Cell {
    type Value = Cow<'a, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'a str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Cow::Owned(cell(value.into())))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(cell(value.into())))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(cell(value.into())))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(cell(value.into())))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Cow::default())
    }

    fn visit_seq<S: SeqAccess<'a>>(self, items: S) -> Result<Self::Value, S::Error> {
        Ok(Cow::Owned(cell(Value::deserialize(SeqAccessDeserializer::new(items))?)))
    }

    fn visit_map<M: MapAccess<'a>>(self, map: M) -> Result<Self::Value, M::Error> {
        Ok(Cow::Owned(cell(Value::deserialize(MapAccessDeserializer::new(map))?)))
    }
}

#[derive(Default)]
struct Builder {
    table: Table<'static>,
    column_of: HashMap<String, usize>,
}

impl Builder {
    /// A single object is a document, unless one of its values is the list of them; what stands beside the list holds for all.
    fn whole(&mut self, mut object: Map<String, Value>) {
        let is_list = |v: &Value| v.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_object));
        let list = object.iter().find(|(_, v)| is_list(v)).map(|(key, _)| key.clone());
        let has_text = object.values().any(|v| v.as_str().is_some_and(|s| s.len() > 200));
        let items = list.filter(|_| !has_text).and_then(|key| object.remove(&key));
        let Some(Value::Array(items)) = items else { return self.add(1, Value::Object(object)) };
        for (i, item) in items.into_iter().enumerate() {
            let Value::Object(mut own) = item else { continue };
            for (key, value) in object.iter().filter(|(_, v)| !v.is_array() && !v.is_object()) {
                own.entry(key.clone()).or_insert_with(|| value.clone());
            }
            self.add(i + 1, Value::Object(own));
        }
    }

    fn add(&mut self, place: usize, item: Value) {
        let Value::Object(object) = item else {
            self.table.bad.push(Bad::new(&place.to_string(), "is no JSON object"));
            return;
        };
        let mut cells = Vec::with_capacity(object.len());
        for (key, value) in object {
            let column = *self.column_of.entry(key).or_insert_with_key(|key| {
                self.table.columns.push(key.clone());
                self.table.columns.len() - 1
            });
            cells.push((column, Cow::Owned(cell(value))));
        }
        self.table.rows.push(Row::new(place, cells));
    }
}

/// A value as text: lists of strings are paragraphs, lists of turns (`{"speaker": …, "text": …}`) labelled ones, and an object
/// is its name or its text.
fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(items) if items.iter().all(|i| i.is_string() || i.is_object()) => items.iter().map(turn).collect::<Vec<_>>().join("\n\n"),
        Value::Object(_) => turn(&value),
        other => other.to_string(),
    }
}

/// A string, or a text behind the name of who says it.
fn turn(value: &Value) -> String {
    let Value::Object(object) = value else { return value.as_str().map_or_else(|| value.to_string(), str::to_owned) };
    let columns = &Layout::builtin().columns;
    let of = |field: Field| {
        let names = columns.get(&field).into_iter().flatten();
        names.into_iter().find_map(|n| object.iter().find(|(k, _)| letters(k) == *n)).and_then(|(_, v)| v.as_str())
    };
    let name = of(Field::Speaker).or_else(|| object.get("name").and_then(Value::as_str));
    match (name, of(Field::Text)) {
        (Some(name), Some(text)) => format!("{name}: {text}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_objects_and_lines() {
        for (text, places) in [
            ("[{\"text\": \"a\"}, {\"text\": \"b\", \"n\": 1}]", vec![1, 2]),
            ("{\"text\": \"a\"}\n\n{\"text\": \"b\"}\n", vec![1, 3]),
            ("{\"text\": [\"a\", \"b\"],\n \"n\": 1}", vec![1]),
            ("{\"count\": 2, \"items\": [{\"text\": \"a\"}, {\"text\": \"b\"}]}", vec![1, 2]),
        ] {
            let table = table(text);
            assert_eq!(table.rows.iter().map(|r| r.place).collect::<Vec<_>>(), places, "{text}");
            assert!(table.columns.contains(&"text".to_owned()) && table.bad.is_empty());
        }
        let list = table("{\"text\": [\"a\", \"b\"],\n \"n\": 1}");
        let column = list.columns.iter().position(|c| c == "text").unwrap();
        assert_eq!(list.rows[0].cell(column), "a\n\nb");
    }

    #[test]
    fn a_table_with_ever_new_keys_takes_no_more_room_than_its_text() {
        // A cell for each row and key would be 200 GB.
        let text: String = (0..100_000).map(|i| format!("{{\"k{i}\":1}}\n")).collect();
        let table = table(&text);
        assert_eq!((table.rows.len(), table.columns.len(), table.rows[99_999].cell(99_999)), (100_000, 100_000, "1"));
    }

    #[test]
    fn nested_turns_and_names() {
        let t = table(r#"{"title": "A", "date": "2023-01-02", "turns": [{"speaker": "AFP", "text": "Why?"}, {"speaker": "Ilse Varga", "text": "So."}]}"#);
        let column = |name: &str| t.columns.iter().position(|c| c == name).unwrap();
        assert_eq!((t.rows.len(), t.rows[1].cell(column("title")), t.rows[1].cell(column("speaker"))), (2, "A", "Ilse Varga"));
        let t = table(r#"[{"speaker": {"name": "Ilse Varga"}, "text": [{"speaker": "AFP", "text": "Why?"}, {"text": "So."}]}]"#);
        let cells: Vec<&str> = (0..2).map(|c| t.rows[0].cell(c)).collect();
        assert!(cells.contains(&"Ilse Varga") && cells.contains(&"AFP: Why?\n\nSo."), "{cells:?}");
    }

    #[test]
    fn a_bad_line_is_named_and_the_rest_is_read() {
        let table = table("{\"text\": \"a\"}\n{\"text\": \n[1]\n{\"text\": \"b\"}");
        assert_eq!(table.rows.len(), 2);
        assert_eq!(table.bad.iter().map(|b| b.place.as_str()).collect::<Vec<_>>(), ["2", "3"]);
    }
}
