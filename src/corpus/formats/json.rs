//! JSON (crate `serde_json`): an array of objects, an object, or an object a line.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::corpus::layout::Layout;
use crate::corpus::raw::Field;
use crate::corpus::tabular::{Row, Table};
use crate::text::letters;

/// The table in `text`: a row an object, a column a key, in the order of their first appearance.
pub fn table(text: &str) -> Table {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut table = Builder::default();
    if text.trim_start().starts_with('[') {
        match serde_json::from_str::<Vec<Value>>(text) {
            Ok(items) => items.into_iter().enumerate().for_each(|(i, item)| table.add((i + 1).to_string(), item)),
            Err(e) => table.table.bad.push((String::new(), format!("line {}: {e}; nothing of the file was read", e.line()))),
        }
    } else if let Ok(whole) = serde_json::from_str::<Map<String, Value>>(text) {
        table.whole(whole);
    } else {
        for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            match serde_json::from_str::<Value>(line) {
                Ok(item) => table.add((i + 1).to_string(), item),
                Err(e) => table.table.bad.push(((i + 1).to_string(), format!("line {}: {e}", i + 1))),
            }
        }
    }
    table.table
}

#[derive(Default)]
struct Builder {
    table: Table,
    column_of: HashMap<String, usize>,
}

impl Builder {
    /// A single object is a document, unless one of its values is the list of them; what stands beside the list holds for all.
    fn whole(&mut self, mut object: Map<String, Value>) {
        let is_list = |v: &Value| v.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_object));
        let list = object.iter().find(|(_, v)| is_list(v)).map(|(key, _)| key.clone());
        let has_text = object.values().any(|v| v.as_str().is_some_and(|s| s.len() > 200));
        let items = list.filter(|_| !has_text).and_then(|key| object.remove(&key));
        let Some(Value::Array(items)) = items else { return self.add("1".into(), Value::Object(object)) };
        for (i, item) in items.into_iter().enumerate() {
            let Value::Object(mut own) = item else { continue };
            for (key, value) in object.iter().filter(|(_, v)| !v.is_array() && !v.is_object()) {
                own.entry(key.clone()).or_insert_with(|| value.clone());
            }
            self.add((i + 1).to_string(), Value::Object(own));
        }
    }

    fn add(&mut self, place: String, item: Value) {
        let Value::Object(object) = item else {
            self.table.bad.push((place, "is no JSON object".into()));
            return;
        };
        let mut cells = Vec::with_capacity(object.len());
        for (key, value) in object {
            let column = *self.column_of.entry(key).or_insert_with_key(|key| {
                self.table.columns.push(key.clone());
                self.table.columns.len() - 1
            });
            cells.push((column, cell(value)));
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
            ("[{\"text\": \"a\"}, {\"text\": \"b\", \"n\": 1}]", vec!["1", "2"]),
            ("{\"text\": \"a\"}\n\n{\"text\": \"b\"}\n", vec!["1", "3"]),
            ("{\"text\": [\"a\", \"b\"],\n \"n\": 1}", vec!["1"]),
            ("{\"count\": 2, \"items\": [{\"text\": \"a\"}, {\"text\": \"b\"}]}", vec!["1", "2"]),
        ] {
            let table = table(text);
            assert_eq!(table.rows.iter().map(|r| r.place.as_str()).collect::<Vec<_>>(), places, "{text}");
            assert!(table.columns.contains(&"text".to_owned()) && table.bad.is_empty());
        }
        let list = table("{\"text\": [\"a\", \"b\"],\n \"n\": 1}");
        let column = list.columns.iter().position(|c| c == "text").unwrap();
        assert_eq!(list.rows[0].cell(column), "a\n\nb");
    }

    #[test]
    fn a_table_with_ever_new_keys_takes_no_more_room_than_its_text() {
        // A cell for each row and key would be 200 GB.
        let table = table(&(0..100_000).map(|i| format!("{{\"k{i}\":1}}\n")).collect::<String>());
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
        assert_eq!(table.bad.iter().map(|b| b.0.as_str()).collect::<Vec<_>>(), ["2", "3"]);
    }
}
