//! Who takes up a formula of another side, and when.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::super::keys::{Key, adopter};
use super::{Frame, Rows};
use crate::chart::{Origin, Timeline, TimelineGroup, TimelineRow};
use crate::error::Result;

/// The tiers, the strongest first.
const TIERS: [&str; 3] = ["own", "joint", "attributed"];
/// So many adopters of each formula.
const ADOPTERS: usize = 6;

/// The adopters of the formulas that most take up, of the answer `adoption`; a use in own words counts before one in a joint text, that before one that
/// only another's source reports.
pub(in super::super) fn adoption(table: &DataFrame, frame: &Frame<'_>) -> Result<Timeline> {
    let columns = ["formula", "label", "origin", "tier", "speaker", "side", "stance", "first", "last", "origin_first", "first_use"];
    let rows = Rows::of(table, &columns, &["occurrences", "documents"], &[])?;
    let words = frame.words;
    let dated = |i: &usize| rows.text("stance", *i).is_empty() && day(rows.text("first", *i)).is_some();
    let mut own_of: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for i in (0..rows.language.len()).filter(dated) {
        own_of.entry((rows.text("formula", i), &rows.language[i])).or_default().push(i);
    }
    let mut groups: Vec<((usize, usize), TimelineGroup)> = Vec::new();
    for ((formula, language), mut own) in own_of {
        let tier = |i: usize| TIERS.iter().position(|t| *t == rows.text("tier", i)).unwrap_or(TIERS.len() - 1);
        own.sort_by_key(|i| (tier(*i), rows.text("first", *i).to_owned(), *i));
        let in_own_words = own.iter().filter(|i| tier(**i) == 0).count();
        let first = own[0];
        let label = frame.label(formula, language, rows.text("label", first));
        let row = |i: usize| {
            let (speaker, side) = (rows.text("speaker", i), rows.text("side", i));
            let adopter = adopter(rows.text("tier", i), speaker, side, "");
            let found = frame.in_documents(rows.number("occurrences", i), rows.number("documents", i));
            Some(TimelineRow {
                label: if side.is_empty() || speaker == side { speaker.to_owned() } else { format!("{speaker} ({})", side.replace('|', " ")) },
                first: day(rows.text("first", i))?,
                last: day(rows.text("last", i)).or_else(|| day(rows.text("first", i)))?,
                tier: tier(i),
                link: frame
                    .keys
                    .link(&[(Key::Formula, formula), (Key::Language, language), (Key::Adopter, &adopter)], || format!("{speaker}, {label}: {found}")),
                note: found.clone(),
            })
        };
        let (shown, all) = (own.len().min(ADOPTERS).to_string(), own.len().to_string());
        let of = [("label", label.as_str()), ("language", words.language(language)), ("side", rows.text("origin", first)), ("k", &shown), ("n", &all)];
        let title = words.fill("chart.adopted", &of);
        let documented = Some(rows.text("first_use", first)).filter(|d| !d.is_empty());
        let origin = documented.and_then(|text| Some(Origin { day: day(text)?, words: text.to_owned() }));
        let group = TimelineGroup { title, origin, rows: own.iter().copied().take(ADOPTERS).filter_map(row).collect() };
        groups.push(((in_own_words, own.len()), group));
    }
    groups.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    groups.truncate(frame.top);
    Ok(Timeline {
        caption: frame.caption(words.say("chart.adoption").to_owned(), &[words.say("chart.adoption_say").to_owned()]),
        span_words: words.say("chart.first_and_last").to_owned(),
        tiers: ["chart.tier_own", "chart.tier_joint", "chart.tier_attributed"].map(|k| words.say(k).to_owned()).to_vec(),
        origin_words: words.say("chart.documented").to_owned(),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
    })
}

/// The day of a date that may be known to the month or year only: then its first.
fn day(text: &str) -> Option<NaiveDate> {
    let full = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    full.parse().ok()
}
