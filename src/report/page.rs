//! The page: one file, no network, every text from a document escaped.

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use polars::prelude::{DataFrame, SortMultipleOptions};

use super::methods::{anchor, methods};
use super::sections::{adoption, change, comparisons};
use super::tables::Answers;
use super::{Counts, Settings};
use crate::chart::thousands;
use crate::error::Result;
use crate::lexicon::Lexicons;
use crate::scan::{Manifest, Scan};
use crate::table::{numbers, rates, texts};
use crate::text::Language;

/// So many sentences of one formula are shown; for the rest there is `tifa kwic`.
const SENTENCES: usize = 20;
/// So many rows of one table are shown; the rest is in the CSV file.
const ROWS: usize = 60;

/// The page as HTML.
pub(super) fn page(
    scan: &Scan,
    manifest: &Manifest,
    counts: &Counts,
    answers: &Answers,
    lexicons: &Lexicons,
    settings: &Settings,
    charts: &[(&str, String)],
) -> Result<String> {
    let chart = |name: &str| charts.iter().find(|(n, _)| *n == name).map_or("", |(_, svg)| svg.as_str());
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:";
                title { (settings.title) }
                style { (PreEscaped(include_str!("page.css"))) }
            }
            body {
                header {
                    h1 { (settings.title) }
                    @if !settings.description.is_empty() { p.lead { (settings.description) } }
                    (summary(scan, counts, lexicons, settings)?)
                }
                main {
                    section aria-labelledby="trend" {
                        h2 id="trend" { "Over time" }
                        figure { (figure(chart("trend"), "Rates of the commonest formulas over time, one panel a language; the numbers are in tables/counts_by_date.csv")) }
                        (change(answers, settings)?)
                    }
                    section aria-labelledby="speakers" {
                        h2 id="speakers" { "Who says it" }
                        figure { (figure(chart("speakers"), "Occurrences and rates of the commonest formulas by speaker; the numbers are in tables/counts_by_speaker.csv")) }
                        (ranked(&counts.speakers, "Speakers", "counts_by_speaker.csv", &["speaker", "language", "occurrences", "documents", "exposure", "unit", "rate", "rate_low", "rate_high", "interval"])?)
                    }
                    (comparisons(answers, settings)?)
                    section aria-labelledby="formulas" {
                        h2 id="formulas" { "Formulas" }
                        (ranked(&counts.by_formula, "Formulas", "counts_by_formula.csv", &["label", "language", "occurrences", "documents", "exposure", "unit", "rate", "rate_low", "rate_high", "interval", "share"])?)
                    }
                    section aria-labelledby="themes" {
                        h2 id="themes" { "Themes" }
                        p.note { "A formula of several themes counts under each, and under the theme that an inner one lies in." }
                        (themes(counts, lexicons)?)
                    }
                    (adoption(answers)?)
                    section aria-labelledby="sentences" {
                        h2 id="sentences" { "The sentences behind the numbers" }
                        (sentences(&counts.concordance, lexicons)?)
                    }
                    section aria-labelledby="documents" {
                        h2 id="documents" { "What was read" }
                        (table(&scan.documents, "Documents", "documents.csv", &["document", "title", "published", "event_date", "source", "genre", "language", "words", "characters", "duplicate_of", "translation_of"])?)
                        @if scan.problems.height() > 0 {
                            (table(&scan.problems, "Problems", "problems.csv", &["path", "record", "kind", "message"])?)
                        }
                    }
                }
                footer { (colophon(manifest, settings)) }
            }
        }
    };
    Ok(page.into_string())
}

/// A chart inside the page: its SVG, to be scaled with the page.
fn figure(svg: &str, alt: &str) -> Markup {
    html! { div.chart role="img" aria-label=(alt) { (PreEscaped(svg)) } }
}

/// What was read and found, in numbers and in a sentence or two.
fn summary(scan: &Scan, counts: &Counts, lexicons: &Lexicons, settings: &Settings) -> Result<Markup> {
    let dates: Vec<String> = texts(&scan.documents, "date")?.into_iter().filter(|d| !d.is_empty()).collect();
    let undated = scan.documents.height() - dates.len();
    let span = match (dates.iter().min(), dates.iter().max()) {
        (Some(first), Some(last)) if first == last => first.clone(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "no dates".to_owned(),
    };
    let units = texts(&counts.documents, "unit")?;
    let exposure = numbers(&counts.documents, "exposure")?;
    let total = |unit: &str| thousands(units.iter().zip(&exposure).filter(|(u, _)| *u == unit).map(|(_, n)| n).sum());
    let copies = texts(&scan.documents, "duplicate_of")?.iter().filter(|d| !d.is_empty()).count();
    let copies = match (copies, settings.filter.keep_duplicates) {
        (0, _) => String::new(),
        (n, true) => format!(", {n} of them copies of others"),
        (n, false) => format!("; {n} copies of others not counted"),
    };
    let translations = texts(&scan.documents, "translation_of")?.iter().filter(|d| !d.is_empty()).count();
    let translations = match (translations, settings.filter.first_of_translations) {
        (0, _) => String::new(),
        (n, true) => format!("; {n} translations of others not counted"),
        (n, false) => format!("; {n} tell in another language of the same event as others"),
    };
    let distinct = |frame: &DataFrame, name: &str| -> Result<usize> {
        Ok(texts(frame, name)?.into_iter().filter(|v| !v.is_empty()).collect::<std::collections::BTreeSet<_>>().len())
    };
    let occurrences = counts.concordance.height();
    let mut facts = vec![
        (counts.document_count()?.to_string(), format!("documents counted{copies}{translations}")),
        (span, if undated > 0 { format!("dates; {undated} documents have none") } else { "dates".to_owned() }),
        (total("words"), "words counted".to_owned()),
        (total("characters"), "Chinese characters counted".to_owned()),
        (occurrences.to_string(), "occurrences counted".to_owned()),
        (distinct(&counts.concordance, "formula")?.to_string(), "formulas".to_owned()),
        (distinct(&counts.concordance, "speaker")?.to_string(), "speakers".to_owned()),
        (scan.problems.height().to_string(), "problems".to_owned()),
    ];
    let corrections = scan.manifest.counts.corrections;
    if corrections > 0 {
        facts.push((corrections.to_string(), "corrections of who speaks applied".to_owned()));
    }
    Ok(html! {
        dl.facts { @for (value, name) in &facts { div { dt { (name) } dd { (value) } } } }
        @for line in headlines(counts, lexicons)? { p { (line) } }
    })
}

/// What stands out, in words, each computed from the tables.
fn headlines(counts: &Counts, lexicons: &Lexicons) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    let (formulas, labels, languages) = (texts(&counts.by_formula, "formula")?, texts(&counts.by_formula, "label")?, texts(&counts.by_formula, "language")?);
    let (occurrences, documents) = (numbers(&counts.by_formula, "occurrences")?, numbers(&counts.by_formula, "documents")?);
    for (language, code, name) in [(Language::En, "en", "English"), (Language::Zh, "zh", "Chinese")] {
        let own = (0..labels.len()).filter(|i| languages[*i] == code && occurrences[*i] > 0);
        if let Some(i) = own.max_by_key(|i| (occurrences[*i], std::cmp::Reverse(*i))) {
            let known = lexicons.formula(&formulas[i]);
            let label = known.map_or(labels[i].as_str(), |f| f.label_in(language));
            lines.push(format!("The commonest formula in {name} text is “{}”: {} in {}.", label, times(occurrences[i]), plural(documents[i], "document")));
        }
    }
    let speakers = texts(&counts.concordance, "speaker")?;
    let named = speakers.iter().filter(|s| !s.is_empty()).count();
    let rest = "the rest is the reporter's own text, joint, or without evidence of who said it";
    match speakers.len() {
        0 => {}
        all if all == named => lines.push(format!("Each of the {all} occurrences has a speaker.")),
        all => lines.push(format!("Of {all} occurrences, {named} have a speaker; {rest}.")),
    }
    Ok(lines)
}

fn times(n: u64) -> String {
    if n == 1 { "once".to_owned() } else { format!("{n} times") }
}

fn plural(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// A table of counts, the most frequent first.
pub(super) fn ranked(frame: &DataFrame, caption: &str, file: &str, columns: &[&str]) -> Result<Markup> {
    let options = SortMultipleOptions::default().with_order_descending_multi([false, true]).with_maintain_order(true);
    table(&frame.sort(["language", "occurrences"], options)?, caption, file, columns)
}

/// A table of the columns named, in full up to [`ROWS`] rows.
pub(super) fn table(frame: &DataFrame, caption: &str, file: &str, columns: &[&str]) -> Result<Markup> {
    let cells: Vec<Vec<String>> = columns
        .iter()
        .map(|c| {
            if frame.column(c).is_ok_and(|c| c.dtype().is_float()) {
                // Probabilities and shares want a third place.
                let places = if matches!(*c, "p" | "q" | "share") || c.ends_with("_p") || c.ends_with("_q") { 3 } else { 2 };
                let probability = places == 3 && *c != "share";
                let cell = |x: f64| if probability && x < 0.0005 { "<0.001".to_owned() } else { decimal(x, places) };
                Ok(rates(frame, c)?.into_iter().map(|r| r.map_or_else(String::new, cell)).collect())
            } else {
                texts(frame, c)
            }
        })
        .collect::<Result<_>>()?;
    let numeric: Vec<bool> = columns.iter().map(|c| frame.column(c).is_ok_and(|c| c.dtype().is_numeric())).collect();
    Ok(grid(caption, file, columns, &numeric, &cells))
}

/// Whether a column holds days, which are not to be broken.
fn is_day(column: &str) -> bool {
    matches!(column, "published" | "event_date" | "date" | "first" | "last" | "first_seen" | "last_seen")
}

/// A number with so many decimals; what is rounded to nothing has no sign.
fn decimal(x: f64, places: usize) -> String {
    let text = format!("{x:.places$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.bytes().all(|b| matches!(b, b'0' | b'.')) => rest.to_owned(),
        _ => text,
    }
}

fn grid(caption: &str, file: &str, columns: &[&str], numeric: &[bool], cells: &[Vec<String>]) -> Markup {
    let rows = cells.first().map_or(0, Vec::len);
    html! {
        details open[rows <= 25] {
            summary { (caption) " (" (rows) ")" }
            div.scroll { table {
                thead { tr { @for (column, number) in columns.iter().zip(numeric) { th.number[*number] scope="col" { (column.replace('_', " ")) } } } }
                tbody { @for row in 0..rows.min(ROWS) { tr { @for ((column, number), name) in cells.iter().zip(numeric).zip(columns) { td.number[*number].day[is_day(name)] { (column[row]) } } } } }
            } }
            p.note { @if rows > ROWS { (ROWS) " of " (rows) " rows; all of them in " } @else { "Also in " } code { "tables/" (file) } }
        }
    }
}

fn themes(counts: &Counts, lexicons: &Lexicons) -> Result<Markup> {
    let columns = ["theme", "language", "occurrences", "documents", "exposure", "unit", "rate"];
    let mut cells: Vec<Vec<String>> = columns[..6].iter().map(|c| texts(&counts.by_theme, c)).collect::<Result<_>>()?;
    // An inner theme stands below its own, and says so.
    let label = |id: &String| match lexicons.theme(id).parent() {
        Some(outer) => format!("{}: {}", lexicons.theme(outer).label_in(Language::En), lexicons.theme(id).label_in(Language::En)),
        None => lexicons.theme(id).label_in(Language::En).to_owned(),
    };
    cells[0] = cells[0].iter().map(label).collect();
    cells.push(rates(&counts.by_theme, "rate")?.into_iter().map(|r| r.map_or_else(String::new, |r| format!("{r:.2}"))).collect());
    Ok(grid("Themes", "counts_by_theme.csv", &columns, &[false, false, true, true, true, false, true], &cells))
}

/// The concordance, formula by formula.
fn sentences(concordance: &DataFrame, lexicons: &Lexicons) -> Result<Markup> {
    let column = |name: &str| texts(concordance, name);
    let (formulas, dates, speakers, voices, evidence) = (column("formula")?, column("date")?, column("speaker")?, column("voice")?, column("evidence")?);
    let (documents, starts, left, text, right) = (column("document")?, column("start")?, column("left")?, column("text")?, column("right")?);
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, formula) in formulas.iter().enumerate() {
        groups.entry(formula).or_default().push(i);
    }
    let label = |id: &str| {
        lexicons.formula(id).map_or_else(
            || id.to_owned(),
            |f| {
                let mut labels: Vec<&str> = f.label.values().map(String::as_str).collect();
                labels.dedup();
                labels.join(" · ")
            },
        )
    };
    Ok(html! {
        @if groups.is_empty() { p { "No formula of the lexicons was found." } }
        @for (id, rows) in &groups {
            details {
                summary { (label(id)) " (" (rows.len()) ")" }
                @for i in rows.iter().take(SENTENCES) {
                    p.line {
                        span.meta { (dates[*i]) " · " (if speakers[*i].is_empty() { "–" } else { &speakers[*i] }) " · " (voices[*i]) @if !evidence[*i].is_empty() { " (" (evidence[*i]) ")" } " · " (documents[*i]) " @" (starts[*i]) }
                        br;
                        "… " (left[*i]) " " mark { (text[*i]) } " " (right[*i]) " …"
                    }
                }
                @if rows.len() > SENTENCES { p.note { (SENTENCES) " of " (rows.len()) " shown. All of them: " code { "tifa kwic INPUT --formula " (id) } } }
            }
        }
    })
}

/// What was counted with what, so that it can be cited and run again.
fn colophon(manifest: &Manifest, settings: &Settings) -> Markup {
    let filtered = !settings.filter.voices.is_empty();
    html! {
        h2 { "How this was counted" }
        p { "Rates are occurrences per 10,000 words of spaced scripts, or per 10,000 Han characters of Chinese, of the text in the same cell; languages are never pooled. "
            "A speaker is the outermost voice below the reporter for which the text itself gives evidence; speech without it is shown as (unattributed), the reporter as (narration). "
            @if !filtered { "Titles, questions and page furniture are not counted. " }
            "What a readout puts into a mouth is its publisher's report of it. Use is not endorsement. The methods stand below in full: "
            @for (i, title) in ["Counting", "Intervals", "Comparing", "Trends", "Adoption", "What not to conclude"].iter().enumerate() {
                @if i > 0 { ", " } a href={ "#" (anchor(title)) } { (title.to_lowercase()) }
            } "." }
        p { "Made by " (manifest.program) " " (manifest.version) " from " (manifest.files) " files in " (manifest.inputs.join(", ")) " (SHA-256 of names and contents " code { (manifest.inputs_hash) } ") with the lexicons" }
        ul { @for lexicon in &manifest.lexicons { li { (lexicon.name) " " (lexicon.version) ", " (lexicon.formulas) " formulas (" code { (lexicon.hash) } ")" } } }
        p { "Settings: " (manifest.options.join(", ")) ". All of this is in " code { "run.json" } "." }
        details {
            summary { "Methods of tifa " (manifest.version) }
            (methods())
        }
    }
}
