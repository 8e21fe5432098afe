//! What was read and found, in numbers and in plain sentences, each computed from the tables.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use polars::prelude::DataFrame;

use super::Page;
use crate::chart::thousands;
use crate::error::Result;
use crate::report::NamedComparison;
use crate::report::figures::{is_clear, named_group};
use crate::report::words::Words;
use crate::table::{Columns, numbers, rates, texts};

/// Below this, something is said to be more than chance.
const LEVEL: f64 = 0.05;
/// So many formulas are named in a sentence.
const NAMED: usize = 3;

impl Page<'_> {
    pub(super) fn summary(&self) -> Result<Markup> {
        let w = self.frame.words;
        let counts = &self.scan.manifest.counts;
        let (documents, dates) = (&self.scan.documents, self.dates()?);
        let distinct = |name: &str| -> Result<u64> {
            let all: BTreeSet<String> = texts(&self.tables.get("evidence")?, name)?.into_iter().filter(|v| !v.is_empty() && !v.starts_with('(')).collect();
            Ok(all.len() as u64)
        };
        let undated = texts(documents, "date")?.iter().filter(|d| d.is_empty()).count() as u64;
        let span = match (dates.iter().min(), dates.iter().max()) {
            (Some(first), Some(last)) if first == last => first.clone(),
            (Some(first), Some(last)) => w.fill("page.span", &[("first", first), ("last", last)]),
            _ => w.say("page.no_dates").to_owned(),
        };
        let copies = texts(documents, "duplicate_of")?.iter().filter(|d| !d.is_empty()).count() as u64;
        let translations = texts(documents, "translation_of")?.iter().filter(|d| !d.is_empty()).count() as u64;
        let filter = &self.settings.filter;
        let mut facts = vec![
            (thousands(self.frame.counted.documents), w.say("fact.documents")),
            (span, w.say("fact.dates")),
            (thousands(self.exposure("words")?), w.say("fact.words")),
            (thousands(self.exposure("characters")?), w.say("fact.characters")),
            (thousands(self.frame.counted.occurrences), w.say("fact.occurrences")),
            (thousands(distinct("formula")?), w.say("fact.formulas")),
            (thousands(distinct("speaker")?), w.say("fact.speakers")),
        ];
        let more = [
            (undated, w.say("fact.undated")),
            (copies, w.say(if filter.keep_duplicates { "fact.copies_counted" } else { "fact.copies" })),
            (translations, w.say(if filter.first_of_translations { "fact.translations" } else { "fact.translations_counted" })),
            (counts.corrections as u64, w.say("fact.corrections")),
            (self.scan.problems.height() as u64, w.say("fact.problems")),
        ];
        let absent = |name: &str| name == w.say("fact.words") || name == w.say("fact.characters");
        facts.retain(|(n, name)| n != "0" || !absent(name));
        facts.extend(more.into_iter().filter(|(n, _)| *n > 0).map(|(n, name)| (thousands(n), name)));
        Ok(html! {
            dl.facts { @for (value, name) in &facts { div { dt { (name) } dd { (value) } } } }
            ul.said { @for line in self.headlines()? { li { (line) } } }
        })
    }

    /// The dates of the text that counts.
    fn dates(&self) -> Result<Vec<String>> {
        Ok(texts(&self.tables.get("by_document_and_day")?, "day")?.into_iter().filter(|d| !d.is_empty()).collect())
    }

    /// What stands out.
    fn headlines(&self) -> Result<Vec<String>> {
        let mut lines = self.commonest()?;
        lines.extend(self.attributed()?);
        lines.extend(self.changing()?);
        for named in &self.settings.comparisons {
            lines.extend(self.differing(named)?);
        }
        lines.extend(self.taken_up()?);
        Ok(lines)
    }

    fn commonest(&self) -> Result<Vec<String>> {
        let frame = self.tables.get("counts_by_formula")?;
        let (formulas, labels, languages) = (texts(&frame, "formula")?, texts(&frame, "label")?, texts(&frame, "language")?);
        let (occurrences, documents) = (numbers(&frame, "occurrences")?, numbers(&frame, "documents")?);
        let codes: BTreeSet<&String> = languages.iter().filter(|l| *l != "und").collect();
        let line = |code: &String| {
            let own = (0..labels.len()).filter(|i| languages[*i] == *code && occurrences[*i] > 1);
            let i = own.max_by_key(|i| (occurrences[*i], std::cmp::Reverse(*i)))?;
            let label = self.frame.label(&formulas[i], code, &labels[i]);
            let found = self.frame.in_documents(occurrences[i], documents[i]);
            Some(
                self.frame
                    .words
                    .fill("said.commonest", &[("language", self.frame.words.language(code)), ("label", &quoted(self.frame.words, &label)), ("found", &found)]),
            )
        };
        Ok(codes.into_iter().filter_map(line).collect())
    }

    fn attributed(&self) -> Result<Option<String>> {
        let evidence = self.tables.get("evidence")?;
        let once = texts(&evidence, "once")?;
        let speakers: Vec<String> = texts(&evidence, "speaker")?.into_iter().zip(once).filter(|(_, once)| !once.is_empty()).map(|(s, _)| s).collect();
        let named = speakers.iter().filter(|s| !s.starts_with('(')).count();
        let (n, all) = (thousands(named as u64), thousands(speakers.len() as u64));
        let key = if named == speakers.len() { "said.all_attributed" } else { "said.attributed" };
        Ok((!speakers.is_empty()).then(|| self.frame.words.fill(key, &[("n", &n), ("all", &all)])))
    }

    /// Formulas that rise or fall beyond what chance gives.
    fn changing(&self) -> Result<Vec<String>> {
        let frame = self.tables.get("trend")?;
        let (taus, mut qs, occurrences) = (rates(&frame, "tau")?, rates(&frame, "q")?, numbers(&frame, "occurrences")?);
        // What has a note has too little text or too few occurrences to tell.
        texts(&frame, "note")?.iter().zip(&mut qs).filter(|(note, _)| !note.is_empty()).for_each(|(_, q)| *q = None);
        if qs.iter().all(Option::is_none) {
            return Ok(Vec::new());
        }
        let names = self.names(&frame)?;
        let w = self.frame.words;
        let formulas = texts(&frame, "formula")?;
        let distinct = |rows: &[usize]| rows.iter().map(|i| formulas[*i].as_str()).collect::<BTreeSet<&str>>().len() as u64;
        let clear = |rising: bool| {
            let mut own: Vec<usize> =
                (0..qs.len()).filter(|i| qs[*i].is_some_and(|q| q < LEVEL) && taus[*i].is_some_and(|t| (t > 0.0) == rising && t != 0.0)).collect();
            own.sort_by_key(|i| (std::cmp::Reverse(occurrences[*i]), *i));
            own
        };
        let mut lines = Vec::new();
        for (key, found) in [("said.rising", clear(true)), ("said.falling", clear(false))] {
            if !found.is_empty() {
                lines.push(w.fill(key, &[("n", &w.count(distinct(&found), "n_formulas")), ("names", &self.listed(&found, &names))]));
            }
        }
        let tested = distinct(&(0..qs.len()).filter(|i| qs[*i].is_some()).collect::<Vec<_>>());
        if lines.is_empty() {
            lines.push(w.fill("said.steady", &[("n", &w.count(tested, "n_formulas"))]));
        }
        Ok(lines)
    }

    fn differing(&self, named: &NamedComparison) -> Result<Option<String>> {
        let frame = self.tables.get(&format!("comparison_{}", named.name))?;
        let (qs, ps) = (rates(&frame, "q")?, rates(&frame, "p")?);
        let (lows, highs) = (rates(&frame, "log_ratio_low")?, rates(&frame, "log_ratio_high")?);
        let mut clear: Vec<usize> = (0..qs.len()).filter(|i| is_clear(qs[*i], lows[*i], highs[*i])).collect();
        clear.sort_by(|a, b| ps[*a].unwrap_or(1.0).total_cmp(&ps[*b].unwrap_or(1.0)).then(a.cmp(b)));
        let w = self.frame.words;
        let names = self.names(&frame)?;
        let (a, b) = (named_group(&named.comparison.a.to_string()), named_group(&self.second(named)));
        let tested = qs.iter().flatten().count() as u64;
        if tested == 0 {
            return Ok(None);
        }
        let found = [
            ("a", a.as_str()),
            ("b", b.as_str()),
            ("all", &w.count(tested, "n_formulas")),
            ("n", &clear.len().to_string()),
            ("names", &self.listed(&clear, &names)),
        ]
        .map(|(k, v)| (k, v.to_owned()));
        let values: Vec<(&str, &str)> = found.iter().map(|(k, v)| (*k, v.as_str())).collect();
        Ok(Some(w.fill(if clear.is_empty() { "said.alike" } else { "said.differing" }, &values)))
    }

    fn taken_up(&self) -> Result<Option<String>> {
        if self.scan.manifest.origins.is_none() {
            return Ok(None);
        }
        let frame = self.tables.get("adoption")?;
        let (tiers, formulas, speakers) = (texts(&frame, "tier")?, texts(&frame, "formula")?, texts(&frame, "speaker")?);
        let stances = texts(&frame, "stance")?;
        let own: Vec<usize> = (0..tiers.len()).filter(|i| tiers[*i] == "own" && stances[*i].is_empty()).collect();
        let distinct = |values: &[String]| own.iter().map(|i| values[*i].as_str()).collect::<BTreeSet<&str>>().len() as u64;
        let w = self.frame.words;
        let values = [("formulas", w.count(distinct(&formulas), "n_formulas")), ("speakers", w.count(distinct(&speakers), "n_speakers"))];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        Ok((!own.is_empty()).then(|| w.fill("said.taken_up", &values)))
    }

    /// What the formulas of a table are called.
    fn names(&self, frame: &DataFrame) -> Result<Vec<String>> {
        let (formulas, labels, languages) = (texts(frame, "formula")?, texts(frame, "label")?, texts(frame, "language")?);
        Ok(formulas.iter().zip(&labels).zip(&languages).map(|((f, label), l)| self.frame.label(f, l, label)).collect())
    }

    /// The first of them by name, and that there are more.
    fn listed(&self, rows: &[usize], names: &[String]) -> String {
        let w = self.frame.words;
        let shown: Vec<String> = rows.iter().take(NAMED).map(|i| quoted(w, &names[*i])).collect();
        let more = if rows.len() > NAMED { w.say("mark.more") } else { "" };
        format!("{}{more}", shown.join(w.say("mark.comma")))
    }
}

/// A label in quotation marks, unless it bears its own.
fn quoted(words: &Words, label: &str) -> String {
    if label.starts_with(['“', '"', '「']) { label.to_owned() } else { words.fill("mark.quoted", &[("text", label)]) }
}

struct Row {
    key: (String, String, String),
    documents: u64,
    first: String,
    last: String,
    words: u64,
    characters: u64,
}

/// How much there is of each source, kind and language.
pub(super) fn sources(documents: &DataFrame) -> Result<DataFrame> {
    let (sources, genres, languages, dates) =
        (texts(documents, "source")?, texts(documents, "genre")?, texts(documents, "language")?, texts(documents, "date")?);
    let (words, characters) = (numbers(documents, "words")?, numbers(documents, "characters")?);
    let mut groups: BTreeMap<(String, String, String), Row> = BTreeMap::new();
    for i in 0..sources.len() {
        let key = (sources[i].clone(), genres[i].clone(), languages[i].clone());
        let empty = || Row { key: key.clone(), documents: 0, first: String::new(), last: String::new(), words: 0, characters: 0 };
        let row = groups.entry(key.clone()).or_insert_with(empty);
        row.documents += 1;
        row.words += words[i];
        row.characters += characters[i];
        if !dates[i].is_empty() {
            row.first = if row.first.is_empty() { dates[i].clone() } else { row.first.clone().min(dates[i].clone()) };
            row.last = row.last.clone().max(dates[i].clone());
        }
    }
    let mut rows: Vec<Row> = groups.into_values().collect();
    rows.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.key.cmp(&b.key)));
    Columns::of(&rows)
        .text("source", |r| &r.key.0)
        .text("genre", |r| &r.key.1)
        .text("language", |r| &r.key.2)
        .number("documents", |r| Some(r.documents as f64))
        .text("first", |r| &r.first)
        .text("last", |r| &r.last)
        .number("words", |r| Some(r.words as f64))
        .number("characters", |r| Some(r.characters as f64))
        .frame()
}
