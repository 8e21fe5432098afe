//! What the filters name that the corpus does not have, and which of them leaves nothing.

use std::collections::{BTreeSet, HashSet};

use polars::prelude::DataFrame;

use super::concordance::selected_hits;
use super::filter::{Filter, speaker_hint, speakers_named};
use super::period::span;
use crate::error::{Error, Result};
use crate::lexicon::Lexicons;
use crate::scan::Scan;
use crate::table::texts;
use crate::text::{nearest, plural_of};

/// What is said where nothing is found, whatever the filters say.
pub const NO_HITS: &str = "no formula of the lexicons occurs in the input; `tifa inspect FILE` shows how a file was read";

/// So many values are named where one is missed.
const SHOWN_VALUES: usize = 12;

/// A note for each other value of the filter that nothing in the scan has. The `lexicons` are asked for only where the scan does not tell.
///
/// # Errors
/// Formulas and themes that neither the text nor the lexicons have.
pub fn absent(scan: &Scan, filter: &Filter, lexicons: impl Fn() -> Result<Lexicons>) -> Result<Vec<String>> {
    check_formulas(scan, filter, &lexicons)?;
    check_themes(scan, filter, &lexicons)?;
    unknown(scan, filter)
}

fn check_formulas(scan: &Scan, filter: &Filter, lexicons: &impl Fn() -> Result<Lexicons>) -> Result<()> {
    if filter.formulas.is_empty() {
        return Ok(());
    }
    let found: HashSet<String> = texts(&scan.hits, "formula")?.into_iter().collect();
    let missing: Vec<&String> = filter.formulas.iter().filter(|id| !found.contains(*id)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let lexicons = lexicons()?;
    // A finished scan may have been made with others.
    let same = scan.manifest.lexicons.iter().all(|info| lexicons.lexicons().iter().any(|l| l.name == info.name));
    for id in missing.into_iter().filter(|_| same) {
        lexicons.named(id)?;
    }
    Ok(())
}

fn check_themes(scan: &Scan, filter: &Filter, lexicons: &impl Fn() -> Result<Lexicons>) -> Result<()> {
    if filter.themes.is_empty() {
        return Ok(());
    }
    let mut known: BTreeSet<String> = texts(&scan.hits, "theme")?.iter().flat_map(|t| t.split('|')).map(str::to_owned).collect();
    if filter.themes.iter().all(|t| known.contains(t)) {
        return Ok(());
    }
    known.extend(lexicons()?.formulas().flat_map(|f| f.themes.iter().cloned()));
    match filter.themes.iter().find(|t| !known.contains(*t)) {
        Some(theme) => {
            // The last part of a theme's id is a name too.
            let near =
                nearest(theme, known.iter().map(String::as_str)).or_else(|| known.iter().map(String::as_str).find(|k| k.ends_with(&format!("/{theme}"))));
            let near = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
            let near = if near.is_empty() { "; `tifa lexicon list` shows them".to_owned() } else { near };
            Err(Error::Usage(format!("--theme {theme}: no formula is of that theme{near}")))
        }
        None => Ok(()),
    }
}

/// A note for each value of the filter that nothing in the scan has.
fn unknown(scan: &Scan, filter: &Filter) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    for name in &filter.speakers {
        if speakers_named(scan, std::slice::from_ref(name))?.is_empty() {
            notes.push(format!("--speaker {name}: nobody of that name speaks here{}", speaker_hint(scan, name)?));
        }
    }
    for (option, wanted, table, column) in [
        ("side", &filter.sides, &scan.segments, "side"),
        ("source", &filter.sources, &scan.documents, "source"),
        ("language", &filter.languages, &scan.segments, "language"),
        ("voice", &filter.voices, &scan.segments, "voice"),
        ("genre", &filter.genres, &scan.documents, "genre"),
    ] {
        if !wanted.is_empty() {
            notes.extend(missing(option, wanted, &values(table, column)?));
        }
    }
    if let Some((first, last)) = span(&scan.segments)? {
        notes.extend(filter.since.filter(|since| *since > last).map(|since| format!("--since {since}: the last words here are of {last}")));
        notes.extend(filter.until.filter(|until| *until < first).map(|until| format!("--until {until}: the first words here are of {first}")));
    }
    Ok(notes)
}

fn values(table: &DataFrame, column: &str) -> Result<Vec<String>> {
    let all: BTreeSet<String> =
        texts(&table.select([column])?.unique_stable(None, polars::prelude::UniqueKeepStrategy::First, None)?, column)?.into_iter().collect();
    Ok(all.into_iter().filter(|v| !v.is_empty()).collect())
}

fn missing(option: &str, wanted: &[String], known: &[String]) -> Vec<String> {
    let has = |value: &String| known.iter().any(|k| k.eq_ignore_ascii_case(value));
    let more = if known.len() > SHOWN_VALUES { " …" } else { "" };
    let there = match known {
        [] => "there is none".to_owned(),
        known => format!("there {} {}{more}", if known.len() == 1 { "is" } else { "are" }, known[..known.len().min(SHOWN_VALUES)].join(", ")),
    };
    let said = |value: &String| {
        let near = nearest(value, known.iter().map(String::as_str)).map_or_else(String::new, |near| format!("did you mean {near}? "));
        format!("--{option} {value}: nothing here has that {option}; {near}{there}")
    };
    wanted.iter().filter(|v| !has(v)).map(said).collect()
}

/// Why there is nothing, if that is for the filters: what there would be without one of them.
///
/// # Errors
/// A filter with an unknown value.
pub fn why_empty(scan: &Scan, filter: &Filter) -> Result<Option<String>> {
    if selected_hits(scan, filter)?.height() > 0 {
        return Ok(None);
    }
    let parts = loosened(filter);
    if parts.is_empty() {
        let no_hits = scan.hits.height() == 0;
        return Ok(no_hits.then(|| NO_HITS.to_owned()));
    }
    let mut found = Vec::new();
    for (option, filter) in parts {
        match selected_hits(scan, &filter)?.height() {
            0 => {}
            n => found.push(format!("without {option} there would be {}", plural_of(n, "occurrence"))),
        }
    }
    Ok(Some(if found.is_empty() {
        "nothing found, whichever one of the filters is left out; take fewer of them".to_owned()
    } else {
        format!("nothing found; {}", found.join(", "))
    }))
}

/// The filter without one of its parts, by the name of the option.
fn loosened(filter: &Filter) -> Vec<(&'static str, Filter)> {
    let mut all = Vec::new();
    let mut without = |set: bool, option: &'static str, loosen: fn(&mut Filter)| {
        if set {
            let mut other = filter.clone();
            loosen(&mut other);
            all.push((option, other));
        }
    };
    without(filter.since.is_some(), "--since", |f| f.since = None);
    without(filter.until.is_some(), "--until", |f| f.until = None);
    without(!filter.speakers.is_empty(), "--speaker", |f| f.speakers.clear());
    without(!filter.sides.is_empty(), "--side", |f| f.sides.clear());
    without(!filter.sources.is_empty(), "--source", |f| f.sources.clear());
    without(!filter.languages.is_empty(), "--language", |f| f.languages.clear());
    without(!filter.voices.is_empty(), "--voice", |f| f.voices.clear());
    without(!filter.genres.is_empty(), "--genre", |f| f.genres.clear());
    without(!filter.formulas.is_empty(), "--formula", |f| f.formulas.clear());
    without(!filter.themes.is_empty(), "--theme", |f| f.themes.clear());
    without(filter.min_evidence.is_some(), "--min-evidence", |f| f.min_evidence = None);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_said_with_what_is() {
        let known = ["CN-MFA".to_owned(), "XINHUA".to_owned()];
        assert_eq!(missing("source", &["cn-mfa".to_owned()], &known), [""; 0]);
        assert_eq!(
            missing("source", &["CN-MAF".to_owned(), "X".to_owned()], &known),
            [
                "--source CN-MAF: nothing here has that source; did you mean CN-MFA? there are CN-MFA, XINHUA",
                "--source X: nothing here has that source; there are CN-MFA, XINHUA",
            ]
        );
        assert_eq!(missing("side", &["CN".to_owned()], &[]), ["--side CN: nothing here has that side; there is none"]);
    }
}
