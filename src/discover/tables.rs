//! What was found, as a table.

use polars::prelude::DataFrame;

use super::candidate::Candidate;
use super::run::{Discovery, Entry};
use super::slots::Filled;
use super::variants::ChangedWord;
use crate::error::Result;
use crate::table::{Columns, date_column, text_column};

/// The candidates, one a row. The columns on change are there only where the period was divided, `contrast` only with a reference.
///
/// # Errors
/// None that is known.
pub fn candidates(found: &Discovery) -> Result<DataFrame> {
    let rows: Vec<Row> = found.entries.iter().map(|entry| Row::of(entry, &found.entries)).collect();
    let mut columns = Columns::of(&rows)
        .number("rank", |r| Some(r.entry.rank as f64))
        .text("candidate", |r| r.entry.text())
        .text("language", |r| r.entry.language().code())
        .text("kind", |r| r.entry.ranked.kind.name())
        .number("occurrences", |r| Some(r.entry.uses.occurrences() as f64))
        .number("documents", |r| Some(r.entry.uses.documents() as f64))
        .number("speakers", |r| Some(r.entry.uses.speakers as f64))
        .real("score", |r| Some(r.entry.ranked.score))
        .number("own_occurrences", |r| Some(r.entry.ranked.candidate.count().into()))
        .real("spread", |r| Some(f64::from(r.entry.ranked.candidate.slices()) / f64::from(super::SLICES)))
        .real("npmi", |r| Some(r.entry.ranked.candidate.cohesion))
        .real("c_value", |r| Some(r.entry.ranked.candidate.c_value))
        .real("entropy", |r| Some(r.entry.ranked.candidate.freedom))
        .real("fixedness", |r| Some(r.entry.ranked.candidate.fixedness))
        .real("quoted", |r| Some(r.entry.ranked.candidate.quoted))
        .real("keyness", |r| Some(r.entry.ranked.figures.keyness))
        .real("politics", |r| Some(r.entry.ranked.figures.politics));
    if found.sizes.iter().any(|(_, s)| s.reference > 0) {
        columns = columns.number("in_reference", |r| Some(r.entry.ranked.candidate.reference().into())).real("contrast", |r| r.entry.ranked.figures.contrast);
    }
    if found.entries.iter().any(|e| e.change.is_some()) {
        columns = columns
            .text("change", |r| r.entry.change.map_or("", |c| c.status.name()))
            .number("before", |r| Some(r.entry.uses.occurrences[0] as f64))
            .number("since", |r| Some(r.entry.uses.occurrences[1] as f64))
            .number("documents_before", |r| Some(r.entry.uses.documents[0] as f64))
            .number("documents_since", |r| Some(r.entry.uses.documents[1] as f64))
            .real("rate_before", |r| r.entry.change.and_then(|c| c.rates[0]))
            .real("rate_since", |r| r.entry.change.and_then(|c| c.rates[1]))
            .real("log_ratio", |r| r.entry.change.map(|c| c.log_ratio))
            .real("z", |r| r.entry.change.map(|c| c.z));
    }
    columns = columns
        .text("nearest", |r| r.entry.nearest.as_ref().map_or("", |n| &n.formula))
        .real("likeness", |r| r.entry.nearest.as_ref().map(|n| n.likeness))
        .text("difference", |r| r.entry.nearest.as_ref().map_or("", |n| &n.difference))
        .text("partner", |r| &r.partner)
        .real("partner_dice", |r| r.entry.partner.map(|p| p.dice))
        .text("variants", |r| &r.variants)
        .text("parts", |r| &r.parts)
        .text("years", |r| &r.years)
        .text("contexts", |r| &r.contexts);
    let mut frame = columns.frame()?;
    let days = |name: &str, get: fn(&Entry) -> Option<chrono::NaiveDate>| date_column(name, found.entries.iter().map(get));
    let speakers = frame.get_column_index("speakers").unwrap_or_default();
    frame.insert_column(speakers + 1, days("first", |e| e.uses.first))?;
    frame.insert_column(speakers + 2, days("last", |e| e.uses.last))?;
    Ok(frame)
}

/// So many fillers are listed.
const FILLERS: usize = 40;

/// The formulas with a slot, one a row.
///
/// # Errors
/// None that is known.
pub fn templates(found: &Discovery) -> Result<DataFrame> {
    let rows: Vec<Slots<'_>> = found.templates.iter().map(Slots::of).collect();
    let mut frame = Columns::of(&rows)
        .number("rank", |r| Some(r.filled.rank as f64))
        .text("template", |r| &r.text)
        .text("language", |r| r.filled.template.language.code())
        .number("occurrences", |r| Some(r.filled.uses.occurrences() as f64))
        .number("documents", |r| Some(r.filled.uses.documents() as f64))
        .number("speakers", |r| Some(r.filled.uses.speakers as f64))
        .number("fillers", |r| Some(r.filled.fillers.len() as f64))
        .real("score", |r| Some(r.filled.template.score))
        .text("filled_by", |r| &r.filled_by)
        .text("nearest", |r| r.filled.nearest.as_ref().map_or("", |n| &n.formula))
        .text("contexts", |r| &r.contexts)
        .frame()?;
    let days = |name: &str, get: fn(&Filled) -> Option<chrono::NaiveDate>| date_column(name, found.templates.iter().map(get));
    frame.insert_column(6, days("first", |f| f.uses.first))?;
    frame.insert_column(7, days("last", |f| f.uses.last))?;
    Ok(frame)
}

/// A formula with a slot, with what is joined in cells.
struct Slots<'f> {
    filled: &'f Filled,
    text: String,
    filled_by: String,
    contexts: String,
}

impl<'f> Slots<'f> {
    fn of(filled: &'f Filled) -> Slots<'f> {
        let mut fillers: Vec<(&String, &u64)> = filled.fillers.iter().collect();
        fillers.sort_by_key(|(text, count)| (std::cmp::Reverse(**count), *text));
        let listed: Vec<String> = fillers.iter().take(FILLERS).map(|(text, count)| format!("{text}={count}")).collect();
        Slots { filled, text: filled.template.text(), filled_by: listed.join("|"), contexts: filled.uses.contexts.join("|") }
    }
}

/// Known formulas that changed a word, one wording a row. The columns on change are there only where the period was divided.
///
/// # Errors
/// None that is known.
pub fn near_variants(found: &Discovery) -> Result<DataFrame> {
    let rows = &found.changed_words;
    let contexts: Vec<String> = rows.iter().map(|r| r.contexts.join("|")).collect();
    let mut columns = Columns::of(rows)
        .text("formula", |r| &r.formula)
        .text("label", |r| &r.label)
        .text("language", |r| r.language.code())
        .text("wording", |r| &r.wording)
        .text("found", |r| &r.found)
        .text("how", |r| r.how)
        .text("missing", |r| &r.missing)
        .text("instead", |r| &r.instead)
        .number("occurrences", |r| Some(r.occurrences.iter().sum::<u64>() as f64))
        .number("documents", |r| Some(r.documents.iter().sum::<u64>() as f64));
    if rows.iter().any(|r| r.change.is_some()) {
        columns = columns
            .text("change", |r| r.change.map_or("", |c| c.status.name()))
            .number("before", |r| Some(r.occurrences[0] as f64))
            .number("since", |r| Some(r.occurrences[1] as f64))
            .number("documents_before", |r| Some(r.documents[0] as f64))
            .number("documents_since", |r| Some(r.documents[1] as f64));
    }
    let mut frame = columns.frame()?;
    let days = |name: &str, get: fn(&ChangedWord) -> Option<chrono::NaiveDate>| date_column(name, rows.iter().map(get));
    frame.insert_column(10, days("first", |r| r.first))?;
    frame.insert_column(11, days("last", |r| r.last))?;
    frame.insert_column(frame.width(), text_column("contexts", contexts.iter().map(String::as_str)))?;
    Ok(frame)
}

/// An entry with what is joined in cells.
struct Row<'e> {
    entry: &'e Entry,
    partner: String,
    variants: String,
    parts: String,
    years: String,
    contexts: String,
}

impl<'e> Row<'e> {
    fn of(entry: &'e Entry, all: &[Entry]) -> Row<'e> {
        let texts = |candidates: &[Candidate]| candidates.iter().map(Candidate::text).collect::<Vec<_>>().join("|");
        Row {
            entry,
            partner: entry.partner.map_or_else(String::new, |p| all[p.entry].text().to_owned()),
            variants: texts(&entry.ranked.variants),
            parts: texts(&entry.ranked.parts),
            years: entry.uses.years.iter().map(|(year, n)| format!("{year}={n}")).collect::<Vec<_>>().join("|"),
            contexts: entry.uses.contexts.join("|"),
        }
    }
}
