//! Who takes up a formula that comes from another side.
//!
//! Three tiers, which are never summed: in the speaker's own words or a source of the speaker's side; in a text of several sides; and only
//! reported by a source of another side. The last says what that source wants the speaker to have said, and is called attributed.

mod echo;
mod uses;

pub use echo::echo;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use polars::prelude::*;

use self::uses::{Parties, Tier, Use, User, Uses, Why, grouped};
use super::filter::Filter;
use crate::error::{Error, Result};
use crate::people::People;
use crate::scan::Scan;
use crate::table::Columns;

/// An answer, and what it leaves out.
#[derive(Debug)]
pub struct Adoption {
    /// The answer `adoption`.
    pub table: DataFrame,
    /// How many occurrences it leaves out, and which.
    pub left_out: Vec<(usize, &'static str)>,
}

type Key = (String, String, Tier, String, String, String);

struct Row<'a> {
    key: &'a Key,
    uses: &'a [&'a Use],
    origin_first: Option<&'a str>,
    sources: String,
    source_sides: String,
}

/// Who, other than the side it comes from, uses each formula. `assumed` is the side of formulas without a known origin; without it they are left
/// out. By formula, language, tier and first use. What `filter` says of speakers and sources chooses who takes formulas up; the first use of
/// the originator's side is looked for in all of the text.
///
/// # Errors
/// A filter with an unknown value; an unknown side; the scan of an earlier version, which does not say whose formulas are.
pub fn adopt(scan: &Scan, assumed: Option<&str>, filter: &Filter) -> Result<Adoption> {
    let assumed = assumed.map(known_side).transpose()?;
    let parties = Parties::in_scan(scan)?;
    let uses = Uses::of(scan, filter, assumed.as_deref(), &parties)?;
    // However late the question begins, the originator's side may have begun earlier.
    let whenever = Filter { since: None, genres: Vec::new(), ..filter.of_anybody() };
    let of_all = Uses::of(scan, &whenever, assumed.as_deref(), &parties)?;
    let left_out = vec![
        (uses.without_origin, "of formulas without a known originator; --origin SIDE takes them in"),
        (uses.count(Why::NoSide), "of speakers whose side is not known"),
        (uses.count(Why::Unnamed), "of speakers whom nothing names"),
        (uses.count(Why::NoParties), "in joint texts that name no other side"),
    ];
    let all = uses.all;
    let is_first = |u: &Use| matches!(u.user, User::Origin { own: true } | User::OriginNarrates) && u.stance.is_empty();
    let origin = grouped(&of_all.all, |u| is_first(u).then(|| (u.formula.clone(), u.language.clone())));
    let groups: BTreeMap<Key, Vec<&Use>> = grouped(&all, |u| match &u.user {
        User::Other { tier, speaker, side } => Some((u.formula.clone(), u.language.clone(), *tier, speaker.clone(), side.clone(), u.stance.clone())),
        _ => None,
    });
    let mut rows: Vec<Row<'_>> = groups
        .iter()
        .map(|(key, uses)| Row {
            key,
            uses,
            origin_first: origin.get(&(key.0.clone(), key.1.clone())).and_then(|o| o.first()).map(|u| u.date.as_str()),
            sources: distinct(uses.iter().map(|u| u.source.as_str())).join("|"),
            source_sides: distinct(uses.iter().map(|u| u.source_side.as_str())).join("|"),
        })
        .collect();
    rows.sort_by_key(|r| (&r.key.0, &r.key.1, r.key.2, r.uses[0].date.is_empty(), &r.uses[0].date, r.key));
    let table = Columns::of(&rows)
        .text("formula", |r| &r.key.0)
        .text("label", |r| &r.uses[0].label)
        .text("language", |r| &r.key.1)
        .text("origin", |r| &r.uses[0].origin.side)
        .text("tier", |r| r.key.2.name())
        .text("speaker", |r| &r.key.3)
        .text("side", |r| &r.key.4)
        .text("stance", |r| &r.key.5)
        .number("occurrences", |r| Some(r.uses.len() as f64))
        .number("documents", |r| Some(distinct(r.uses.iter().map(|u| u.document.as_str())).len() as f64))
        .text("first", |r| &r.uses[0].date)
        .text("first_document", |r| &r.uses[0].document)
        .text("last", |r| r.uses.iter().rev().find(|u| !u.date.is_empty()).map_or("", |u| &u.date))
        .text("sources", |r| &r.sources)
        .text("source_sides", |r| &r.source_sides)
        .text("origin_first", |r| r.origin_first.unwrap_or(""))
        .number("lag_days", |r| days_between(r.origin_first?, &r.uses[0].date))
        .text("first_use", |r| &r.uses[0].origin.first_use)
        .frame()?;
    Ok(Adoption { table, left_out })
}

/// An occurrence: its document, formula and start.
pub(super) type Place = (String, String, u64);

/// Who takes a formula up with an occurrence, in what way.
#[derive(Debug, Default)]
pub(super) struct Adopter {
    pub tier: &'static str,
    pub speaker: String,
    pub side: String,
}

/// Of each occurrence that the table `adoption` counts: who uses it.
pub(super) fn adopters(scan: &Scan, filter: &Filter) -> Result<HashMap<Place, Adopter>> {
    let uses = Uses::of(scan, filter, None, &Parties::in_scan(scan)?)?;
    let taken = |u: Use| match u.user {
        User::Other { tier, speaker, side } => Some(((u.document, u.formula, u.start), Adopter { tier: tier.name(), speaker, side })),
        _ => None,
    };
    Ok(uses.all.into_iter().filter_map(taken).collect())
}

/// The id of a side, from that or a name.
fn known_side(name: &str) -> Result<String> {
    let found = [name, &name.to_uppercase()].iter().find_map(|n| People::builtin().side_of(n).map(str::to_owned));
    found.ok_or_else(|| Error::Usage(format!("--origin {name}: no state or organisation that is known; give an id (CN, US, UN, EU …) or a name")))
}

fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    values.filter(|v| !v.is_empty()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// From one day to another; `None` where one is not known to the day.
fn days_between(first: &str, second: &str) -> Option<f64> {
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    Some((day(second)? - day(first)?).num_days() as f64)
}
