//! Who issued a document, where it shows: the host of its address, its copyright line, its dateline, its folder.

use super::document::{Block, BlockKind};
use super::raw::{Field, Meta};
use crate::people::{Outlet, People};

/// The body or medium that issued a document; empty where nothing shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its id.
    pub source: String,
    /// Its side.
    pub side: String,
}

impl From<&Outlet> for Origin {
    fn from(outlet: &Outlet) -> Self {
        Origin { source: outlet.id.clone(), side: outlet.side.clone() }
    }
}

/// The origin that is given; else that shown by `url`, by a name in the furniture of the page, or by the first words of the
/// text.
pub(super) fn origin_of(url: &str, meta: &Meta, blocks: &[Block], people: &People) -> Origin {
    if let Some(given) = meta.get(Field::Source).or(meta.get(Field::Country)) {
        let country = people.side_of(meta.value(Field::Country)).unwrap_or("");
        let known = people.outlet(&given.value).or_else(|| people.outlet_of_url(url).filter(|_| given.by == "page"));
        return known.map_or_else(|| Origin { source: given.value.clone(), side: country.to_owned() }, Origin::from);
    }
    if let Some(outlet) = people.outlet_of_url(url) {
        return outlet.into();
    }
    let furniture = blocks.iter().filter(|b| b.kind == BlockKind::Boilerplate);
    let named = furniture.filter_map(|b| people.outlet_in(b.folded.as_str())).max_by_key(|(len, _)| *len);
    if let Some((_, outlet)) = named {
        return outlet.into();
    }
    let lead = blocks.iter().find(|b| b.kind == BlockKind::Body);
    lead.and_then(|b| dateline_medium(b.folded.as_str(), people)).map(Origin::from).unwrap_or_default()
}

/// The medium that a dateline names: 新华社北京10月18日电, BEIJING, Oct. 18 (Xinhua).
fn dateline_medium<'a>(folded: &str, people: &'a People) -> Option<&'a Outlet> {
    let head: String = folded.chars().take(48).collect();
    if !head.contains(['电', '(']) {
        return None;
    }
    let medium = |form: &str| people.medium(form);
    let bracketed = head.split(['(', '（']).nth(1).and_then(|rest| rest.split([')', '）']).next()).and_then(medium);
    bracketed.or_else(|| {
        let chinese: Vec<char> = head.chars().collect();
        (3..=8.min(chinese.len())).rev().find_map(|n| medium(&chinese[..n].iter().collect::<String>()))
    })
}
