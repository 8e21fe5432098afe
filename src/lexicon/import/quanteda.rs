//! quanteda dictionaries in YAML: keys with lists of patterns, nested to any depth. A nested key becomes a formula of the
//! theme that its outermost key is.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use super::{Imported, quoted, slug};
use crate::error::{Error, Result};

/// What a key holds, in the order of the file.
enum Node {
    /// A pattern; as YAML reads it, which takes `no` and `007` for something else.
    Pattern,
    List(Vec<Spanned<Node>>),
    Keys(Vec<(String, Spanned<Node>)>),
}

pub(super) fn read(file: &str, text: &str) -> Result<Imported> {
    let wrong = |message: String| Error::Usage(format!("{file}: {message}; a quanteda dictionary is a YAML file of keys with lists of patterns"));
    let root: Node = serde_saphyr::from_str(text).map_err(|e| wrong(e.to_string()))?;
    let Node::Keys(keys) = root else { return Err(wrong("no keys at its top".into())) };
    let mut imported = Imported::default();
    for (key, node) in keys {
        add(&mut imported, text, &[&key], &node);
    }
    Ok(imported)
}

fn add(imported: &mut Imported, text: &str, path: &[&str], node: &Spanned<Node>) {
    let key = path.join(" ");
    match &node.value {
        Node::Pattern => {
            let Some(pattern) = written(text, node) else {
                return imported.lost.push(format!("the dictionary: a member of `{key}` on line {} that could not be read", node.referenced.line()));
            };
            imported.glob(&key, &pattern, "the dictionary");
            if let [theme, _, ..] = path {
                let theme = quoted(&slug(theme));
                let entry = imported.entry(&key);
                if theme.len() > 2 && !entry.themes.contains(&theme) {
                    entry.themes.push(theme);
                }
            }
        }
        Node::List(list) => list.iter().for_each(|n| add(imported, text, path, n)),
        Node::Keys(keys) => {
            for (inner, node) in keys {
                add(imported, text, &[path, &[inner.as_str()]].concat(), node);
            }
        }
    }
}

/// A pattern as it is written in the file.
fn written(text: &str, node: &Spanned<Node>) -> Option<String> {
    let span = node.referenced.span();
    let start = usize::try_from(span.byte_offset()?).ok()?;
    let end = start + usize::try_from(span.byte_len()?).ok()?;
    let raw = text.get(start..end)?.trim();
    // What is in quotation marks has its signs written out.
    if raw.starts_with(['"', '\'']) { serde_saphyr::from_str(raw).ok() } else { Some(raw.to_owned()) }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Nodes;
        impl<'de> Visitor<'de> for Nodes {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a pattern, a list of patterns, or keys")
            }

            fn visit_str<E>(self, _: &str) -> Result<Node, E> {
                Ok(Node::Pattern)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
                Ok(Node::Pattern)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
                Ok(Node::Pattern)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
                Ok(Node::Pattern)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
                Ok(Node::Pattern)
            }

            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Pattern)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
                let mut list = Vec::new();
                while let Some(node) = members.next_element()? {
                    list.push(node);
                }
                Ok(Node::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
                let mut keys = Vec::new();
                while let Some(entry) = members.next_entry()? {
                    keys.push(entry);
                }
                Ok(Node::Keys(keys))
            }
        }
        deserializer.deserialize_any(Nodes)
    }
}
