//! Tables: a column of patterns and, if there is one, a column of keys; without a heading, keys and patterns in this order, or
//! patterns alone. All columns that the export writes are read again.

use std::collections::HashMap;

use super::{Entry, Imported, expand, language_of, quoted};
use crate::error::{Error, Result};
use crate::text::Language;

/// Names of columns that hold the key, the pattern, and so on, as other tables call them.
const NAMES: [(&str, &[&str]); 5] = [
    ("formula", &["formula", "id", "key", "category", "concept", "name", "group"]),
    ("pattern", &["pattern", "variant", "term", "word", "phrase", "wording", "keyword", "entry", "text"]),
    ("language", &["language", "lang"]),
    ("themes", &["themes", "theme", "topic"]),
    ("kind", &["kind"]),
];

/// What a row of the export holds.
const KINDS: [&str; 3] = ["variant", "acronym", "not"];

pub(super) fn read(file: &str, text: &str) -> Result<Imported> {
    let text = text.trim_start_matches('\u{FEFF}');
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| first.bytes().filter(|b| b == d).count()).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let wrong = |e: csv::Error| Error::Usage(format!("{file}: {e}"));
    let rows: Vec<csv::StringRecord> = reader.records().collect::<std::result::Result<_, _>>().map_err(wrong)?;
    let heading: Vec<String> = rows.first().map(|r| r.iter().map(|c| c.trim().to_lowercase()).collect()).unwrap_or_default();
    let column = |name: &str| {
        let known = NAMES.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, names)| names);
        known.iter().find_map(|n| heading.iter().position(|h| h == n)).or_else(|| heading.iter().position(|h| h == name))
    };
    let headed = column("pattern").is_some();
    let names = ["formula", "pattern", "language", "themes", "kind"];
    let columns: HashMap<&str, usize> = if headed {
        let named = heading.iter().enumerate().map(|(i, h)| (h.as_str(), i));
        named.chain(names.into_iter().filter_map(|n| Some((n, column(n)?)))).collect()
    } else if heading.len() > 1 {
        HashMap::from([("formula", 0), ("pattern", 1)])
    } else {
        HashMap::from([("pattern", 0)])
    };
    let mut imported = Imported::default();
    let exported = headed && rows.iter().skip(1).all(|r| KINDS.contains(&columns.get("kind").and_then(|i| r.get(*i)).unwrap_or("").trim()));
    if headed && !exported {
        let unused: Vec<&str> = heading
            .iter()
            .enumerate()
            .filter(|(i, _)| !["formula", "pattern", "language", "themes"].iter().any(|n| columns.get(n) == Some(i)))
            .map(|(_, h)| h.as_str())
            .collect();
        if !unused.is_empty() {
            imported.lost.push(format!("the columns {}", unused.join(", ")));
        }
    }
    for (number, row) in rows.iter().enumerate().skip(usize::from(headed)) {
        let cell = |name: &str| columns.get(name).and_then(|i| row.get(*i)).map(str::trim).filter(|c| !c.is_empty());
        let place = format!("row {}", number + 1);
        let Some(pattern) = cell("pattern") else {
            if row.iter().any(|c| !c.trim().is_empty()) {
                imported.lost.push(format!("{place}: no pattern in it: {}", row.iter().collect::<Vec<_>>().join(", ")));
            }
            continue;
        };
        let key = cell("formula").unwrap_or(pattern);
        if exported {
            own_row(&mut imported, key, pattern, &place, &cell);
        } else {
            imported.glob(key, pattern, &place);
        }
        let entry = imported.entry(key);
        for theme in cell("themes").unwrap_or_default().split('|').filter(|t| !t.is_empty()).map(quoted) {
            if !entry.themes.contains(&theme) {
                entry.themes.push(theme);
            }
        }
    }
    Ok(imported)
}

/// A row as the export writes it: a pattern in the language of tifa, with all that is known of the formula.
fn own_row<'c>(imported: &mut Imported, key: &str, pattern: &str, place: &str, cell: &dyn Fn(&str) -> Option<&'c str>) {
    if let Err(why) = expand(pattern) {
        imported.entry(key);
        return imported.lost.push(format!("{place}: `{pattern}` of `{key}`: {why}"));
    }
    let entry = imported.entry(key);
    let language = match cell("language") {
        Some("en") => Language::En,
        Some("zh") => Language::Zh,
        _ => language_of(pattern),
    };
    let facts = ["since", "until"].into_iter().filter_map(|n| Some(format!(", {n} = {}", quoted(cell(n)?))));
    let needs = cell("needs").map(|n| format!(", needs = [{}]", n.split('|').map(quoted).collect::<Vec<_>>().join(", ")));
    let facts: String = facts.chain(needs).collect();
    let member = if facts.is_empty() { quoted(pattern) } else { format!("{{ pattern = {}{facts} }}", quoted(pattern)) };
    match cell("kind") {
        Some("acronym") => entry.acronyms.add(member),
        Some("not") => entry.not.entry(language).or_default().add(member),
        _ => entry.patterns.entry(language).or_default().add(member),
    }
    if entry.fields.is_empty() {
        about(entry, cell);
    }
}

/// What is known of the formula beside its patterns; every row has it.
fn about<'c>(entry: &mut Entry, cell: &dyn Fn(&str) -> Option<&'c str>) {
    let labels: Vec<(Language, &str)> = [(Language::En, "label_en"), (Language::Zh, "label_zh")].into_iter().filter_map(|(l, n)| Some((l, cell(n)?))).collect();
    if !labels.is_empty() {
        // The key stays the id; the labels are the formula's own.
        entry.label = labels.into_iter().map(|(l, v)| (l, quoted(v))).collect();
    }
    let mut field = |name: &str, value: String| entry.fields.push((name.to_owned(), value));
    for name in ["parent", "originator", "side", "note"] {
        if let Some(value) = cell(name) {
            field(name, quoted(value));
        }
    }
    if let Some(date) = cell("first_use") {
        let part = |name: &str, from: &str| cell(from).map(|v| format!(", {name} = {}", quoted(v))).unwrap_or_default();
        let source: String = [("title", "source_title"), ("publisher", "source_publisher"), ("date", "source_date"), ("url", "source_url")]
            .into_iter()
            .filter_map(|(name, from)| Some(format!("{name} = {}", quoted(cell(from)?))))
            .collect::<Vec<_>>()
            .join(", ");
        let source = if source.is_empty() { String::new() } else { format!(", source = {{ {source} }}") };
        field("first_use", format!("{{ date = {}{}{source} }}", quoted(date), part("occasion", "occasion")));
    }
    for name in ["example", "counterexample"] {
        let each: Vec<String> = ["en", "zh"].into_iter().filter_map(|l| Some(format!("{l} = {}", quoted(cell(&format!("{name}_{l}"))?)))).collect();
        if !each.is_empty() {
            field(name, format!("{{ {} }}", each.join(", ")));
        }
    }
}
