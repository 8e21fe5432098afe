//! quanteda dictionaries in YAML: keys with lists of patterns, nested to any depth. A nested key becomes a formula of the
//! theme that its outermost key is.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Imported, slug};
use crate::error::{Error, Result};

/// What a key holds, in the order of the file.
enum Node {
    Pattern(String),
    List(Vec<Node>),
    Keys(Vec<(String, Node)>),
}

pub(super) fn read(file: &str, text: &str) -> Result<Imported> {
    let wrong = |message: String| Error::Usage(format!("{file}: {message}; a quanteda dictionary is a YAML file of keys with lists of patterns"));
    let root: Node = serde_saphyr::from_str(text).map_err(|e| wrong(e.to_string()))?;
    let Node::Keys(keys) = root else { return Err(wrong("no keys at its top".into())) };
    let mut imported = Imported::default();
    for (key, node) in keys {
        add(&mut imported, &[&key], &node);
    }
    Ok(imported)
}

fn add(imported: &mut Imported, path: &[&str], node: &Node) {
    let key = path.join(" ");
    match node {
        Node::Pattern(pattern) => imported.glob(&key, pattern, "the dictionary"),
        Node::List(list) => list.iter().for_each(|n| add(imported, path, n)),
        Node::Keys(keys) => {
            for (inner, node) in keys {
                add(imported, &[path, &[inner.as_str()]].concat(), node);
            }
        }
    }
    if let (Node::Pattern(_), [theme, _, ..]) = (node, path) {
        let theme = slug(theme);
        let entry = imported.entry(&key);
        if !theme.is_empty() && !entry.themes.contains(&theme) {
            entry.themes.push(theme);
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Nodes;
        impl<'de> Visitor<'de> for Nodes {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a pattern, a list of patterns, or keys")
            }

            fn visit_str<E>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Pattern(text.to_owned()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
                Ok(Node::Pattern(number.to_string()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
                Ok(Node::Pattern(number.to_string()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
                Ok(Node::Pattern(number.to_string()))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
                Ok(Node::Pattern(value.to_string()))
            }

            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::List(Vec::new()))
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
