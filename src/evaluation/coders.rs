//! Coders' sheets: how far several coders agree, and what they agree on.

use std::collections::BTreeMap;

use super::errors::Mistake;
use super::gold::{Gold, GoldRow};
use super::names::folded;
use super::tally::{Figure, Measure};
use crate::people::People;
use crate::stats::{bootstrap, nominal_alpha};

/// What became of several coders' sheets.
#[derive(Debug, Default)]
pub(super) struct Agreement {
    /// The rows that serve as gold.
    pub gold: Vec<GoldRow>,
    /// α for speakers and for voices.
    pub figures: Vec<Figure>,
    /// The rows on which the coders differ.
    pub mistakes: Vec<Mistake>,
    /// What is to be said of it.
    pub note: String,
}

/// Joins the sheets of `gold`, of which there are several. Rows that all who coded them code alike serve as gold, also where
/// only one did.
pub(super) fn agreement(gold: &Gold) -> Agreement {
    let mut items: BTreeMap<(&str, usize, usize, &str), Vec<&GoldRow>> = BTreeMap::new();
    for row in &gold.rows {
        items.entry((&row.file, row.start, row.end, &row.formula)).or_default().push(row);
    }
    let mut agreement = Agreement::default();
    let (mut alone, mut agreed, mut differ) = (0, 0, 0);
    let mut speakers: BTreeMap<&str, Vec<Vec<String>>> = BTreeMap::new();
    let mut voices: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    for (&(file, ..), rows) in &items {
        let names: Vec<String> = rows.iter().map(|r| label(&r.speaker)).collect();
        let kinds: Vec<&str> = rows.iter().map(|r| r.voice.name()).collect();
        let same = names.iter().all(|n| *n == names[0]) && kinds.iter().all(|k| *k == kinds[0]);
        match (rows.len(), same) {
            (1, _) => alone += 1,
            (_, true) => agreed += 1,
            (_, false) => differ += 1,
        }
        if same {
            agreement.gold.push(rows[0].clone());
        } else {
            agreement.mistakes.push(difference(gold, rows));
        }
        speakers.entry(file).or_default().push(names);
        voices.entry(file).or_default().push(kinds);
    }
    agreement.figures = vec![
        figure(Measure::AlphaSpeaker, &speakers.into_values().collect::<Vec<_>>()),
        figure(Measure::AlphaVoice, &voices.into_values().collect::<Vec<_>>()),
    ];
    let mut note = format!(
        "{} rows coded by several coders: {agreed} on which they agree serve as gold, {differ} on which they differ are not scored but listed among the errors",
        agreed + differ
    );
    if alone > 0 {
        note.push_str(&format!("; {alone} coded by one coder serve as gold too"));
    }
    agreement.note = note;
    agreement
}

/// The α of one measure, over all `documents`; its interval is over documents.
fn figure<T: Ord + Clone>(measure: Measure, documents: &[Vec<Vec<T>>]) -> Figure {
    let (estimate, n) = nominal_alpha(&documents.concat());
    let of = |drawn: &[usize]| {
        let units: Vec<Vec<T>> = drawn.iter().flat_map(|&i| documents[i].iter().cloned()).collect();
        nominal_alpha(&units).0
    };
    Figure { measure, by: "all", value: String::new(), n, estimate, interval: estimate.and_then(|_| bootstrap(documents.len(), of)) }
}

/// A row on which coders differ, with what each says.
fn difference(gold: &Gold, rows: &[&GoldRow]) -> Mistake {
    let each = |get: fn(&GoldRow) -> &str| -> String {
        let said = rows.iter().map(|r| {
            let coder = gold.sheets.get(r.source.file).map_or("", String::as_str).trim_end_matches(".tsv");
            format!("{coder}: {}", if get(r).is_empty() { "nobody" } else { get(r) })
        });
        said.collect::<Vec<_>>().join("; ")
    };
    let mut mistake = Mistake::at(rows[0], &rows[0].file, "coders", None);
    mistake.want = each(|r| &r.speaker);
    mistake.want_voice = each(|r| r.voice.name());
    mistake
}

/// The name under which speakers are told apart: as the registry has it, else as written.
fn label(speaker: &str) -> String {
    let first = speaker.split('|').next().unwrap_or("");
    People::builtin().person(first).map_or_else(|| folded(first), |p| folded(&p.name))
}
