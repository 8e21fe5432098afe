//! YAML front matter (crate `serde-saphyr`) at the head of a text or Markdown file.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;

use crate::corpus::layout::Layout;
use crate::corpus::raw::{Field, Meta};
use crate::text::letters;

/// Front matter longer than this is none.
const LONGEST: usize = 64 << 10;

/// Where the front matter of `text` stands, if it has any, and what it says.
///
/// # Errors
/// It is no YAML of keys and values; with the line.
pub fn front_matter(text: &str) -> Result<Option<(Range<usize>, Meta)>, String> {
    let start = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let Some(rest) = text[start..].strip_prefix("---").filter(|r| r.starts_with('\n') || r.starts_with("\r\n")) else { return Ok(None) };
    let opened = text.len() - rest.len();
    let mut at = opened;
    for line in rest.split_inclusive('\n') {
        let bare = line.trim_end();
        if at > opened && (bare == "---" || bare == "...") {
            let inner = &text[opened..at];
            // A horizontal rule above running text is no front matter.
            if !inner.lines().any(|l| l.contains(':')) {
                return Ok(None);
            }
            let values: BTreeMap<String, Value> = serde_saphyr::from_str(inner).map_err(|e| {
                let first = e.to_string();
                format!("the front matter is no YAML of keys and values: {}", first.lines().next().unwrap_or(""))
            })?;
            return Ok(Some((start..at + line.len(), meta(&values))));
        }
        at += line.len();
        if at - opened > LONGEST {
            break;
        }
    }
    Ok(None)
}

fn meta(values: &BTreeMap<String, Value>) -> Meta {
    let mut meta = Meta::default();
    for (field, names) in &Layout::builtin().columns {
        if matches!(field, Field::Text | Field::Path | Field::Id) {
            continue;
        }
        let found = names.iter().find_map(|n| values.iter().find(|(k, _)| letters(k) == *n));
        match found {
            Some((_, Value::String(s))) => meta.say(*field, s, "front matter"),
            Some((_, Value::Number(n))) => meta.say(*field, &n.to_string(), "front matter"),
            Some((_, Value::Array(items))) => {
                let names: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                meta.say(*field, &names.join(" & "), "front matter");
            }
            _ => {}
        }
    }
    meta
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_taken_and_rules_are_not() {
        let text = "---\ntitle: \"A: B\"\ndate: '2023-04-27'\ntags: [x, y]\nauthors: [Ilse Varga, Ana Tane]\n---\n\nWords.\n";
        let (range, meta) = front_matter(text).unwrap().unwrap();
        assert_eq!(&text[range.end..], "\nWords.\n");
        let value = |f| meta.value(f);
        assert_eq!((value(Field::Title), value(Field::Date), value(Field::Author)), ("A: B", "2023-04-27", "Ilse Varga & Ana Tane"));
        assert_eq!(front_matter("---\nJust a rule\n---\nand words").unwrap(), None);
        assert_eq!(front_matter("Words\n---\ntitle: x\n---\n").unwrap(), None);
        assert!(front_matter("---\ntitle: [unclosed\n---\n").is_err());
        let unquoted = front_matter("\u{FEFF}---\r\ndate: 2023-04-27\r\nyear: 2023\r\n---\r\n").unwrap().unwrap().1;
        assert_eq!((unquoted.value(Field::Date), unquoted.value(Field::Year)), ("2023-04-27", "2023"));
    }
}
