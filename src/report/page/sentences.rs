//! The sentences behind the numbers. A page holds as many as it can without growing too large: of every cell of every table some, before any has
//! many.

use std::collections::{BTreeMap, HashMap};

use maud::{Markup, html};
use polars::prelude::DataFrame;

use crate::error::Result;
use crate::report::figures::Frame;
use crate::report::keys::{Key, Keys, adopter};
use crate::report::words::{Ui, Words};
use crate::table::{numbers, texts};
use crate::text::is_han;

/// The words around an occurrence are cut at about so many characters.
const CUT: usize = 59;

const TEXTS: [&str; 19] = [
    "document",
    "formula",
    "label",
    "language",
    "theme",
    "source",
    "voice",
    "evidence",
    "stance",
    "left",
    "text",
    "right",
    "date",
    "speaker",
    "period",
    "tier",
    "adopter",
    "adopter_side",
    "once",
];

/// The cells of which sentences are shown in turn: the columns that make each.
const CELLS: [&[&str]; 8] = [
    &["formula", "language"],
    &["speaker", "language"],
    &["document"],
    &["theme", "language"],
    &["formula", "language", "tier", "adopter"],
    &["formula", "language", "speaker"],
    &["formula", "language", "period"],
    &["theme", "language", "period"],
];

/// The occurrences behind the numbers of a page, and the keys by which numbers ask for them.
pub(in crate::report) struct Sentences {
    pub keys: Keys,
    columns: BTreeMap<&'static str, Vec<String>>,
    starts: Vec<u64>,
    /// For each comparison, to which group each is of.
    groups: Vec<Vec<String>>,
    /// The keys of each.
    of_row: Vec<String>,
}

impl Sentences {
    /// Those of `evidence`.
    ///
    /// # Errors
    /// Not that table.
    pub fn of(evidence: &DataFrame, comparisons: &[&str]) -> Result<Sentences> {
        let columns = TEXTS.iter().map(|n| Ok((*n, texts(evidence, n)?))).collect::<Result<_>>()?;
        let groups = comparisons.iter().map(|n| texts(evidence, &format!("in_{n}"))).collect::<Result<Vec<_>>>()?;
        let mut all = Sentences { keys: Keys::default(), columns, starts: numbers(evidence, "start")?, groups, of_row: Vec::new() };
        let mut keys = Keys::default();
        all.of_row = (0..all.starts.len()).map(|row| all.keys_of(row, comparisons, &mut keys)).collect();
        keys.is_several = (0..all.starts.len()).any(|row| all.get("once", row).is_empty());
        all.keys = keys;
        Ok(all)
    }

    fn get(&self, name: &str, row: usize) -> &str {
        self.columns.get(name).and_then(|c| c.get(row)).map_or("", String::as_str)
    }

    /// The keys of a row.
    fn keys_of(&self, row: usize, comparisons: &[&str], keys: &mut Keys) -> String {
        let single = [(Key::Formula, "formula"), (Key::Language, "language"), (Key::Speaker, "speaker"), (Key::Period, "period"), (Key::Document, "document")];
        let mut own: Vec<(Key, String)> = single.iter().map(|(key, c)| (*key, self.get(c, row).to_owned())).filter(|(_, value)| !value.is_empty()).collect();
        let mut themes: Vec<&str> = self.get("theme", row).split('|').flat_map(|t| [t, t.split('/').next().unwrap_or(t)]).filter(|t| !t.is_empty()).collect();
        themes.sort_unstable();
        themes.dedup();
        own.extend(themes.into_iter().map(|t| (Key::Theme, t.to_owned())));
        for (name, sides) in comparisons.iter().zip(&self.groups).filter(|(_, sides)| matches!(sides[row].as_str(), "a" | "b")) {
            own.push((Key::Group, format!("{name} {}", sides[row])));
        }
        if !self.get("tier", row).is_empty() {
            let parts = ["tier", "adopter", "adopter_side", "stance"].map(|c| self.get(c, row));
            own.push((Key::Adopter, adopter(parts[0], parts[1], parts[2], parts[3])));
        }
        own.push((Key::Rendering, self.get("text", row).to_lowercase()));
        let flags = [(Key::Dated, "period"), (Key::Once, "once")];
        own.extend(flags.into_iter().filter(|(_, c)| !self.get(c, row).is_empty()).map(|(key, _)| (key, String::new())));
        own.iter().map(|(key, value)| keys.add(*key, value, row)).collect::<Vec<_>>().join(" ")
    }

    /// The rows that fit into `room` bytes, each of this `size`, in their order: of each cell one, then of each two, four, and so on.
    fn chosen(&self, room: usize, size: impl Fn(usize) -> usize) -> Vec<usize> {
        let values = |row: usize, columns: &[&str]| columns.iter().map(|c| self.get(c, row)).collect::<Vec<&str>>();
        let cells = CELLS.iter().map(|columns| numbered((0..self.starts.len()).map(|row| values(row, columns))));
        let groups = self.groups.iter().map(|sides| numbered((0..sides.len()).map(|row| vec![sides[row].as_str(), self.get("formula", row)])));
        let cells: Vec<Vec<usize>> = cells.chain(groups).collect();
        let (mut room, mut taken, mut most) = (room, vec![false; self.starts.len()], 1);
        while taken.contains(&false) {
            for cell in &cells {
                let mut have: HashMap<usize, usize> = HashMap::new();
                (0..taken.len()).filter(|row| taken[*row]).for_each(|row| *have.entry(cell[row]).or_default() += 1);
                for row in 0..taken.len() {
                    let count = have.entry(cell[row]).or_default();
                    if taken[row] || *count >= most {
                        continue;
                    }
                    let Some(left) = room.checked_sub(size(row)) else {
                        return (0..taken.len()).filter(|row| taken[*row]).collect();
                    };
                    (room, taken[row]) = (left, true);
                    *count += 1;
                }
            }
            most *= 2;
        }
        (0..taken.len()).collect()
    }

    /// As many of them as fit into `room` bytes, formula by formula, and how many that are.
    pub fn markup(&self, frame: &Frame<'_>, room: usize, command: impl Fn(&str) -> String) -> Markup {
        let w = frame.words;
        let chosen = self.chosen(room, |row| self.line(row, w).0.len());
        html! {
            @if chosen.is_empty() { p { (w.say("page.no_formula")) } }
            @for group in chosen.chunk_by(|a, b| self.get("formula", *a) == self.get("formula", *b)) {
                @let (formula, key) = (self.get("formula", group[0]), self.keys.query(&[(Key::Formula, self.get("formula", group[0]))]).unwrap_or_default());
                @let all = self.keys.count(&key);
                details {
                    summary { (frame.label(formula, w.ui.language().code(), self.get("label", group[0]))) " (" (crate::chart::thousands(all)) ")" }
                    ol.lines id={ "sentences-" (key) } { @for row in group { (self.line(*row, w)) } }
                    @if (group.len() as u64) < all {
                        p.note { (w.fill("page.some", &[("k", &group.len().to_string()), ("n", &crate::chart::thousands(all))])) " " code { (command(formula)) } }
                    }
                }
            }
        }
    }

    fn line(&self, row: usize, w: &Words) -> Markup {
        let get = |name: &str| self.get(name, row);
        let why = if get("evidence").is_empty() { String::new() } else { format!(" ({})", w.cell("evidence", get("evidence"))) };
        let stance = if get("stance").is_empty() { String::new() } else { format!(" · {}", w.cell("stance", get("stance"))) };
        let voice = format!("{}{why}{stance}", w.cell("voice", get("voice")));
        let (left, right) = (begun(get("left")), ended(get("right")));
        let text = get("text");
        let edge = |before: &str, after: &str| gap(before.chars().next_back(), after.chars().next());
        let language = match (get("language"), w.ui) {
            ("zh", Ui::En) => Some("zh-Hans"),
            ("en", Ui::Zh) => Some("en"),
            _ => None,
        };
        html! {
            li data-k=(self.of_row[row]) {
                span.m { (if get("date").is_empty() { w.say("page.undated") } else { get("date") }) " · " bdi { (w.value(get("speaker"))) } " · " (voice) " · " bdi { (get("document")) } " @" (self.starts[row]) }
                span lang=[language] { (left) (edge(&left, text)) mark { (text) } (edge(text, &right)) (right) }
            }
        }
    }
}

/// Each value as a number of its own.
fn numbered<'a>(values: impl Iterator<Item = Vec<&'a str>>) -> Vec<usize> {
    let mut known: HashMap<Vec<&str>, usize> = HashMap::new();
    values
        .map(|value| {
            let next = known.len();
            *known.entry(value).or_insert(next)
        })
        .collect()
}

/// The words before an occurrence, from a whole word on where they are cut.
pub(super) fn begun(left: &str) -> String {
    if left.chars().count() < CUT {
        return left.to_owned();
    }
    let whole = match left.chars().next() {
        Some(c) if c.is_alphanumeric() && !is_han(c) => left.split_once(' ').map_or(left, |(_, rest)| rest),
        _ => left,
    };
    format!("… {}", whole.trim_start())
}

/// The words after one, up to a whole word.
pub(super) fn ended(right: &str) -> String {
    if right.chars().count() < CUT {
        return right.to_owned();
    }
    let whole = match right.chars().next_back() {
        Some(c) if c.is_alphanumeric() && !is_han(c) => right.rsplit_once(' ').map_or(right, |(rest, _)| rest),
        _ => right,
    };
    format!("{} …", whole.trim_end())
}

/// What stands between the words before and after a place, whose blanks are lost: none in Chinese, nor where a mark opens or closes.
pub(super) fn gap(before: Option<char>, after: Option<char>) -> &'static str {
    let (Some(before), Some(after)) = (before, after) else { return "" };
    let wide = |c: char| is_han(c) || matches!(u32::from(c), 0x3000..=0x303f | 0xff00..=0xffef);
    let opens = matches!(before, '“' | '‘' | '(' | '[' | '"' | '«' | '-' | '/');
    let closes = matches!(after, '”' | '’' | ')' | ']' | '"' | '»' | ',' | '.' | ';' | ':' | '?' | '!' | '\'' | '-' | '/');
    if opens || closes || wide(before) || wide(after) { "" } else { " " }
}

#[cfg(test)]
mod tests {
    use polars::prelude::Column;

    use super::*;

    fn evidence(rows: &[(&str, &str, &str)]) -> DataFrame {
        let mut columns: Vec<Column> = TEXTS
            .iter()
            .map(|name| {
                let of = |r: &(&str, &str, &str)| match *name {
                    "formula" => r.0.to_owned(),
                    "speaker" => r.1.to_owned(),
                    "document" => r.2.to_owned(),
                    "language" => "en".to_owned(),
                    _ => String::new(),
                };
                Column::new((*name).into(), rows.iter().map(of).collect::<Vec<String>>())
            })
            .collect();
        columns.push(Column::new("start".into(), (0..rows.len() as i64).collect::<Vec<i64>>()));
        DataFrame::new_infer_height(columns).unwrap()
    }

    #[test]
    fn of_every_cell_some_before_any_has_many() {
        let mut rows = vec![("a", "x", "d"); 50];
        rows.extend([("a", "y", "d"), ("b", "x", "d"), ("c", "x", "e"), ("b", "x", "d")]);
        let all = Sentences::of(&evidence(&rows), &[]).unwrap();
        let size = |_: usize| 10;
        assert_eq!(all.chosen(usize::MAX, size).len(), rows.len());
        assert_eq!(all.chosen(45, size), [0, 50, 51, 52]);
        assert!(all.chosen(9, size).is_empty());
    }

    #[test]
    fn numbers_know_how_many_sentences_they_have() {
        let all = Sentences::of(&evidence(&[("a", "x", "d"), ("a", "y", "d"), ("b", "x", "d")]), &[]).unwrap();
        let count = |parts: &[(Key, &str)]| all.keys.query(parts).map(|q| all.keys.count(&q));
        assert_eq!(count(&[(Key::Formula, "a")]), Some(2));
        assert_eq!(count(&[(Key::Formula, "b"), (Key::Speaker, "y")]), Some(0));
        assert_eq!(count(&[(Key::Formula, "c")]), None);
    }

    #[test]
    fn context_is_whole_words_with_the_blanks_they_had() {
        let long = "ign Minister Gu Wenzhou said that both sides would go on with it";
        assert_eq!(begun(long), "… Minister Gu Wenzhou said that both sides would go on with it");
        assert_eq!(ended(long), "ign Minister Gu Wenzhou said that both sides would go on with …");
        assert_eq!((begun("short"), ended("short")), ("short".to_owned(), "short".to_owned()));
        let gaps = [('e', 'G'), ('“', 'G'), ('e', ','), ('e', '’'), ('提', '“'), ('提', 'G'), ('”', 'a'), ('、', 'a')].map(|(a, b)| gap(Some(a), Some(b)));
        assert_eq!(gaps, [" ", "", "", "", "", "", " ", ""]);
    }
}
