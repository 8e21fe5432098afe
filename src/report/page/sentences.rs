//! The sentences behind the numbers. A page holds as many as it can without growing too large: of every cell of every table at least one before
//! any has two, as far as that goes.

use std::collections::{BTreeMap, HashMap};

use maud::{Markup, html};
use polars::prelude::DataFrame;

use crate::error::Result;
use crate::report::figures::Frame;
use crate::report::keys::{Key, Keys};
use crate::table::{numbers, texts};

/// The sentences of a page are at most so many bytes of HTML …
const BUDGET: usize = 1_000_000;
/// … of which each needs about so many beside its text and keys.
const FRAME: usize = 150;

/// A sentence of the page.
struct Line {
    formula: String,
    label: String,
    language: String,
    meta: String,
    left: String,
    text: String,
    right: String,
    keys: String,
}

/// The sentences of a page, and the keys by which numbers ask for them.
pub(in crate::report) struct Sentences {
    pub keys: Keys,
    /// By formula.
    lines: Vec<Line>,
    /// How many each formula has in all.
    all: BTreeMap<String, usize>,
}

/// The columns of the evidence.
struct Columns {
    columns: BTreeMap<&'static str, Vec<String>>,
    start: Vec<u64>,
    groups: Vec<(String, Vec<String>)>,
}

const TEXTS: [&str; 16] = [
    "document", "formula", "label", "language", "theme", "source", "voice", "evidence", "stance", "left", "text", "right", "date", "speaker", "period", "tier",
];

impl Columns {
    fn of(evidence: &DataFrame, comparisons: &[&str]) -> Result<Columns> {
        let mut columns: BTreeMap<&'static str, Vec<String>> = TEXTS.iter().map(|n| Ok((*n, texts(evidence, n)?))).collect::<Result<_>>()?;
        columns.insert("adopter", texts(evidence, "adopter")?);
        let groups = comparisons.iter().map(|n| Ok(((*n).to_owned(), texts(evidence, &format!("in_{n}"))?))).collect::<Result<_>>()?;
        Ok(Columns { columns, start: numbers(evidence, "start")?, groups })
    }

    fn get(&self, name: &str, row: usize) -> &str {
        self.columns.get(name).and_then(|c| c.get(row)).map_or("", String::as_str)
    }

    fn height(&self) -> usize {
        self.start.len()
    }

    /// The keys of a row.
    fn keys(&self, row: usize, keys: &mut Keys) -> String {
        let single = [
            (Key::Formula, "formula"),
            (Key::Language, "language"),
            (Key::Speaker, "speaker"),
            (Key::Period, "period"),
            (Key::Document, "document"),
            (Key::Source, "source"),
        ];
        let mut own: Vec<String> = single.iter().filter(|(_, c)| !self.get(c, row).is_empty()).map(|(key, c)| keys.add(*key, self.get(c, row))).collect();
        let mut themes: Vec<&str> = self.get("theme", row).split('|').flat_map(|t| [t, t.split('/').next().unwrap_or(t)]).filter(|t| !t.is_empty()).collect();
        themes.sort_unstable();
        themes.dedup();
        own.extend(themes.into_iter().map(|t| keys.add(Key::Theme, t)));
        for (name, sides) in self.groups.iter().filter(|(_, sides)| matches!(sides[row].as_str(), "a" | "b")) {
            own.push(keys.add(Key::Group, &format!("{name} {}", sides[row])));
        }
        if !self.get("tier", row).is_empty() {
            own.push(keys.add(Key::Adopter, &format!("{} {}", self.get("tier", row), self.get("adopter", row))));
        }
        own.join(" ")
    }

    /// The rows that fit, in their order.
    fn chosen(&self) -> Vec<usize> {
        let cells: [&[&str]; 6] = [
            &["formula", "language"],
            &["formula", "language", "period"],
            &["formula", "language", "speaker"],
            &["speaker", "language"],
            &["document"],
            &["theme", "language", "period"],
        ];
        let mut seen: HashMap<(usize, Vec<&str>), usize> = HashMap::new();
        let mut ranked: Vec<(usize, usize)> = (0..self.height())
            .map(|row| {
                let places = cells.iter().enumerate().map(|(i, columns)| {
                    let count = seen.entry((i, columns.iter().map(|c| self.get(c, row)).collect())).or_default();
                    *count += 1;
                    *count
                });
                (places.min().unwrap_or(0), row)
            })
            .collect();
        ranked.sort_unstable();
        let mut room = BUDGET;
        let size = |row: usize| FRAME + ["left", "text", "right", "document", "speaker"].iter().map(|c| self.get(c, row).len()).sum::<usize>() + 40;
        let mut chosen: Vec<usize> = ranked
            .into_iter()
            .map_while(|(_, row)| {
                room = room.checked_sub(size(row))?;
                Some(row)
            })
            .collect();
        chosen.sort_unstable();
        chosen
    }
}

impl Sentences {
    /// Those of `evidence` that fit, and all its keys.
    pub fn of(evidence: &DataFrame, comparisons: &[&str], words: &crate::report::words::Words) -> Result<Sentences> {
        let columns = Columns::of(evidence, comparisons)?;
        let mut keys = Keys::default();
        let mut all: BTreeMap<String, usize> = BTreeMap::new();
        let mut of_row = Vec::with_capacity(columns.height());
        for row in 0..columns.height() {
            *all.entry(columns.get("formula", row).to_owned()).or_default() += 1;
            of_row.push(columns.keys(row, &mut keys));
        }
        let line = |row: usize| {
            let get = |name: &str| columns.get(name, row);
            let mut meta =
                vec![if get("date").is_empty() { words.say("page.undated") } else { get("date") }.to_owned(), words.value(get("speaker")).to_owned()];
            let why = if get("evidence").is_empty() { String::new() } else { format!(" ({})", words.value(get("evidence"))) };
            meta.push(format!("{}{why}", words.value(get("voice"))));
            meta.extend(Some(get("stance")).filter(|s| !s.is_empty()).map(|s| words.value(s).to_owned()));
            meta.push(format!("{} @{}", get("document"), columns.start[row]));
            Line {
                formula: get("formula").to_owned(),
                label: get("label").to_owned(),
                language: get("language").to_owned(),
                meta: meta.join(" · "),
                left: get("left").to_owned(),
                text: get("text").to_owned(),
                right: get("right").to_owned(),
                keys: of_row[row].clone(),
            }
        };
        Ok(Sentences { lines: columns.chosen().into_iter().map(line).collect(), keys, all })
    }

    /// All of them, formula by formula.
    pub fn markup(&self, frame: &Frame<'_>) -> Markup {
        let w = frame.words;
        html! {
            @if self.lines.is_empty() { p { (w.say("page.no_formula")) } }
            @for group in self.lines.chunk_by(|a, b| a.formula == b.formula) {
                @let first = &group[0];
                @let all = self.all.get(&first.formula).copied().unwrap_or(0);
                details id={ "sentences-" (self.keys.query(&[(Key::Formula, &first.formula)]).unwrap_or_default()) } {
                    summary { (frame.label(&first.formula, &first.language, &first.label)) " (" (all) ")" }
                    ol.lines {
                        @for line in group {
                            li data-k=(line.keys) { span.m { (line.meta) } "… " (line.left) " " mark { (line.text) } " " (line.right) " …" }
                        }
                    }
                    @if group.len() < all {
                        p.note { (w.fill("page.some", &[("k", &group.len().to_string()), ("n", &all.to_string())])) " " code { "tifa kwic INPUT --formula " (first.formula) } }
                    }
                }
            }
        }
    }
}
