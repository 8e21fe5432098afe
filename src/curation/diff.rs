//! Two lexicons, or two runs, held against each other: what changed in the lists, and what that does to the counts. A formula
//! that is added can swallow hits of others: they are then inside longer ones, and no longer counted.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::*;

use crate::error::Result;
use crate::lexicon::{Formula, Lexicon};
use crate::scan::Scan;
use crate::table::{text_column, texts};
use crate::text::Language;

/// What `b` changes of `a`, by formula.
///
/// Columns: `change` (added, removed, changed), `formula`, `what` (formula, or the field that changed), `before`, `after`.
///
/// # Errors
/// None that is known.
pub fn changes(a: &[&Lexicon], b: &[&Lexicon]) -> Result<DataFrame> {
    let by_id = |lexicons: &[&'_ Lexicon]| -> BTreeMap<String, Formula> {
        let all = lexicons.iter().flat_map(|l| &l.formulas);
        all.map(|f| (f.id.clone(), f.clone())).collect()
    };
    let (before, after) = (by_id(a), by_id(b));
    let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut rows: Vec<[String; 5]> = Vec::new();
    for id in ids {
        let mut row = |change: &str, what: &str, before: String, after: String| rows.push([change.into(), id.clone(), what.into(), before, after]);
        match (before.get(id), after.get(id)) {
            (None, Some(new)) => row("added", "formula", String::new(), all_variants(new)),
            (Some(old), None) => row("removed", "formula", all_variants(old), String::new()),
            (Some(old), Some(new)) => {
                for ((name, was), (_, is)) in fields(old).into_iter().zip(fields(new)).filter(|((_, was), (_, is))| was != is) {
                    row("changed", name, was, is);
                }
            }
            (None, None) => {}
        }
    }
    let column = |i: usize, name: &str| text_column(name, rows.iter().map(|r| r[i].as_str()));
    Ok(DataFrame::new_infer_height(vec![column(0, "change"), column(1, "formula"), column(2, "what"), column(3, "before"), column(4, "after")])?)
}

/// The variants of a language, or the acronyms, as a cell.
fn variants(formula: &Formula, language: Option<Language>) -> String {
    let own = formula.variants.iter().filter(|v| v.language == language);
    own.map(|v| v.with_facts(&v.pattern)).collect::<Vec<_>>().join("|")
}

/// All variants as a cell.
fn all_variants(formula: &Formula) -> String {
    formula.variants.iter().map(|v| v.with_facts(&v.pattern)).collect::<Vec<_>>().join("|")
}

/// The fields of a formula as cells.
fn fields(formula: &Formula) -> Vec<(&'static str, String)> {
    let of = |texts: &BTreeMap<Language, String>, l: Language| texts.get(&l).cloned().unwrap_or_default();
    let first = formula.first_use.as_ref().map_or_else(String::new, |f| {
        let source = f.source.clone().unwrap_or_default();
        [f.date.clone(), f.occasion.clone(), source.title, source.publisher, source.date, source.url].join(", ")
    });
    let mut fields = vec![
        ("label en", of(&formula.label, Language::En)),
        ("label zh", of(&formula.label, Language::Zh)),
        ("themes", formula.themes.join("|")),
        ("parent", formula.parent.clone().unwrap_or_default()),
        ("override", if formula.overrides { "true".into() } else { String::new() }),
        ("originator", formula.originator.clone()),
        ("side", formula.side.clone()),
        ("first use", first),
        ("note", formula.note.clone()),
        ("en", variants(formula, Some(Language::En))),
        ("zh", variants(formula, Some(Language::Zh))),
        ("acronyms", variants(formula, None)),
        ("not", formula.not.join("|")),
    ];
    for (name, texts) in [("example", &formula.example), ("counterexample", &formula.counterexample)] {
        fields.push((name, texts.values().cloned().collect::<Vec<_>>().join("|")));
    }
    fields
}

/// How the counts of formulas differ between two runs, and which formulas swallow hits of others.
///
/// Columns: `formula`, `language`, `before`, `after`, `difference` (hits that count, in all voices), `swallowed_by` (formulas in
/// whose longer hits those of the first run now lie, with how often), `freed_from` (the other way round). Formulas whose hits
/// count at the same places are left out.
///
/// # Errors
/// A table of another shape.
pub fn shifts(a: &Scan, b: &Scan) -> Result<DataFrame> {
    let (before, after) = (places(a)?, places(b)?);
    let cells: BTreeSet<&(String, String)> = before.keys().chain(after.keys()).collect();
    let none = BTreeMap::new();
    let mut rows: Vec<Shift<'_>> = Vec::new();
    for cell in cells {
        let (was, is) = (before.get(cell).unwrap_or(&none), after.get(cell).unwrap_or(&none));
        let counted =
            |hits: &BTreeMap<Place, String>| -> BTreeSet<Place> { hits.iter().filter(|(_, w)| w.is_empty()).map(|(place, _)| place.clone()).collect() };
        let (before, after) = (counted(was), counted(is));
        if before != after {
            let (swallowed, freed) = (moved(was, is), moved(is, was));
            rows.push(Shift { cell, before: before.len() as i64, after: after.len() as i64, swallowed, freed });
        }
    }
    let text = |name: &str, get: for<'r> fn(&'r Shift<'_>) -> &'r str| text_column(name, rows.iter().map(get));
    let number = |name: &str, get: fn(&Shift<'_>) -> i64| Column::new(name.into(), rows.iter().map(get).collect::<Vec<i64>>());
    Ok(DataFrame::new_infer_height(vec![
        text("formula", |r| &r.cell.0),
        text("language", |r| &r.cell.1),
        number("before", |r| r.before),
        number("after", |r| r.after),
        number("difference", |r| r.after - r.before),
        text("swallowed_by", |r| &r.swallowed),
        text("freed_from", |r| &r.freed),
    ])?)
}

/// How the hits of a formula in a language differ.
struct Shift<'a> {
    cell: &'a (String, String),
    before: i64,
    after: i64,
    swallowed: String,
    freed: String,
}

/// Where a hit is: document, start and end.
type Place = (String, String, String);

/// The hits of each formula and language, each with the formula within whose hit it lies.
fn places(scan: &Scan) -> Result<BTreeMap<(String, String), BTreeMap<Place, String>>> {
    let column = |name: &str| texts(&scan.hits, name);
    let (formulas, languages, documents) = (column("formula")?, column("language")?, column("document")?);
    let (starts, ends, within) = (column("start")?, column("end")?, column("within")?);
    let mut places: BTreeMap<(String, String), BTreeMap<Place, String>> = BTreeMap::new();
    for i in 0..formulas.len() {
        let place = (documents[i].clone(), starts[i].clone(), ends[i].clone());
        places.entry((formulas[i].clone(), languages[i].clone())).or_default().insert(place, within[i].clone());
    }
    Ok(places)
}

/// Of the places that count in `from`, the formulas within which they lie in `to`, as `id:3|other:1`.
fn moved(from: &BTreeMap<Place, String>, to: &BTreeMap<Place, String>) -> String {
    let mut by: BTreeMap<&str, usize> = BTreeMap::new();
    for place in from.iter().filter(|(_, within)| within.is_empty()).map(|(place, _)| place) {
        if let Some(outer) = to.get(place).filter(|w| !w.is_empty()) {
            *by.entry(outer).or_default() += 1;
        }
    }
    by.iter().map(|(id, n)| format!("{id}:{n}")).collect::<Vec<_>>().join("|")
}
