//! Tables of documents: which column holds what, and from rows to texts.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::dates::find_dates;
use super::document::Problem;
use super::given::{day_first, slashed};
use super::layout::Layout;
use super::options::Reading;
use super::raw::{Field, Meta, Raw, below};
use crate::text::letters;

/// A table as its format gives it.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// Rows that are none: where, and what is wrong.
    pub bad: Vec<(String, String)>,
}

/// A row: where it stands, and its cells.
#[derive(Debug)]
pub(super) struct Row {
    pub place: String,
    /// Those that hold something, by their columns: a file may name many columns and fill few in each row.
    cells: Vec<(usize, String)>,
}

impl Row {
    /// A row of cells with their columns, in any order; of two in one column the first stands.
    pub fn new(place: impl Into<String>, cells: impl IntoIterator<Item = (usize, String)>) -> Self {
        let mut cells: Vec<(usize, String)> = cells.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
        Row { place: place.into(), cells }
    }

    /// What stands in a column.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.binary_search_by_key(&column, |(c, _)| *c).map_or("", |i| self.cells[i].1.as_str())
    }

    /// Whether a cell holds a sign.
    pub fn holds(&self, sign: char) -> bool {
        self.cells.iter().any(|(_, text)| text.contains(sign))
    }

    /// Whether all cells are blank.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|(_, text)| text.trim().is_empty())
    }
}

/// How many rows are looked at to see what a column holds.
const SAMPLE: usize = 100;
/// Words between which the paragraphs of one document are joined.
const BREAK: &str = "\n\n";

/// The texts of a table in the file `path`, whose records are named below `prefix`.
pub(super) fn raws(table: &Table, path: &str, prefix: &str, reading: &Reading, problems: &mut Vec<Problem>) -> Vec<Raw> {
    let named = |place: &str| below(prefix, place);
    let mut wrong = |place: &str, kind, message: String| problems.push(Problem::of(path, place, kind, message));
    for (place, message) in &table.bad {
        wrong(&named(place), "record", message.clone());
    }
    if table.columns.is_empty() && !table.bad.is_empty() {
        return Vec::new();
    }
    let found = find_columns(table, reading).and_then(|columns| Ok((columns.group(table, reading)?, columns)));
    let (by, columns) = match found {
        Ok(found) => found,
        Err(message) => {
            wrong(prefix, "columns", message);
            return Vec::new();
        }
    };
    let ids = columns.ids(table);
    let mut raws: Vec<Raw> = Vec::new();
    let mut group_of: HashMap<[String; 3], usize> = HashMap::new();
    for row in &table.rows {
        let place = if ids { row.cell(columns.of[&Field::Id]).trim() } else { row.place.as_str() };
        let (text, meta) = (row.cell(columns.text), columns.meta(row));
        // Rows without a value to group by stay by themselves; what others said, or on another day, is no part of a document.
        let key = by.map(|c| row.cell(c).trim()).filter(|k| !k.is_empty());
        let key = key.map(|k| [k, meta.value(Field::Speaker), meta.value(Field::Date)].map(str::to_owned));
        if let Some(&group) = key.as_ref().and_then(|k| group_of.get(k)) {
            raws[group].text.push_str(BREAK);
            raws[group].text.push_str(text.trim());
            continue;
        }
        if text.trim().is_empty() && key.is_none() {
            wrong(&named(place), "empty", format!("the column `{}` is empty in row {}", table.columns[columns.text], row.place));
            continue;
        }
        if let Some(key) = key {
            group_of.insert(key, raws.len());
        }
        raws.push(Raw { record: named(place), text: if by.is_some() { text.trim().to_owned() } else { text.to_owned() }, meta, ..Raw::default() });
    }
    raws
}

/// The columns that say something of a document; the text apart.
#[derive(Debug)]
struct Columns {
    text: usize,
    of: BTreeMap<Field, usize>,
    /// Whether days come before months in dates such as 3/4/2021, where the column shows it.
    day_first: Option<bool>,
}

/// Finds the columns by what the researcher says, else by their usual names. A column has one meaning.
fn find_columns(table: &Table, reading: &Reading) -> Result<Columns, String> {
    let shown = || table.columns.iter().map(|c| format!("`{}`", c.trim())).collect::<Vec<_>>().join(", ");
    let keys: Vec<String> = table.columns.iter().map(|c| letters(c)).collect();
    let mut of = BTreeMap::new();
    let mut taken = HashSet::new();
    for (field, name) in &reading.columns {
        let Some(column) = table.columns.iter().position(|c| c.trim() == name.trim()).or_else(|| keys.iter().position(|k| *k == letters(name))) else {
            // A column that only some tables have is missed where it is the text.
            if *field == Field::Text {
                return Err(format!("has no column `{name}` for the text; its columns are {}", shown()));
            }
            continue;
        };
        of.insert(*field, column);
        taken.insert(column);
    }
    for (field, names) in &Layout::builtin().columns {
        if of.contains_key(field) || *field == Field::Path {
            continue;
        }
        let candidates = names.iter().filter_map(|n| keys.iter().position(|k| k == n)).filter(|c| !taken.contains(c));
        let mut candidates = candidates.filter(|c| fits(table, *field, *c));
        // Of several that may be the text, the one with the most of it.
        let column = if *field == Field::Text { candidates.rev().max_by_key(|c| letters_in(table, *c)) } else { candidates.next() };
        if let Some(column) = column {
            of.insert(*field, column);
            taken.insert(column);
        }
    }
    match of.remove(&Field::Text) {
        Some(text) => {
            let dates = of.get(&Field::Date).map(|c| table.rows.iter().map(|r| r.cell(*c)).collect::<Vec<_>>());
            Ok(Columns { text, of, day_first: dates.and_then(|cells| day_first(&cells)) })
        }
        None => Err(format!("has no column with the text; its columns are {}; name it: --column text=NAME", shown())),
    }
}

/// Whether what stands in a column can be what its name says: some columns called "publication" hold a date, some a paper.
fn fits(table: &Table, field: Field, column: usize) -> bool {
    let cells = || table.rows.iter().take(SAMPLE).map(|r| r.cell(column).trim()).filter(|c| !c.is_empty());
    match field {
        Field::Date | Field::EventDate => cells().next().is_none() || cells().any(may_be_date),
        Field::Year => cells().filter(|c| c.trim_end_matches(".0").chars().filter(char::is_ascii_digit).count() == 4).count() * 2 >= cells().count(),
        _ => true,
    }
}

fn may_be_date(cell: &str) -> bool {
    cell.chars().filter(char::is_ascii_digit).count() >= 4 || find_dates(cell).iter().any(|found| found.full().is_some())
}

/// How many letters the first rows hold in a column.
fn letters_in(table: &Table, column: usize) -> usize {
    table.rows.iter().take(SAMPLE).map(|r| r.cell(column).chars().filter(|c| c.is_alphabetic()).count()).sum()
}

impl Columns {
    /// What a row says beside its text.
    fn meta(&self, row: &Row) -> Meta {
        let mut meta = Meta::default();
        for (field, column) in &self.of {
            let cell = row.cell(*column);
            let dated = if *field == Field::Date { self.day_first.and_then(|first| slashed(cell, first)) } else { None };
            meta.say(*field, dated.as_deref().unwrap_or(cell), "column");
        }
        meta
    }

    /// The column to group by.
    fn group(&self, table: &Table, reading: &Reading) -> Result<Option<usize>, String> {
        let Some(name) = &reading.group_by else { return Ok(None) };
        let own = table.columns.iter().position(|c| letters(c) == letters(name));
        let meant = || name.parse::<Field>().ok().and_then(|f| self.of.get(&f).copied());
        let shown = || table.columns.iter().map(|c| format!("`{}`", c.trim())).collect::<Vec<_>>().join(", ");
        own.or_else(meant).map(Some).ok_or_else(|| format!("has no column `{name}` to group by; its columns are {}", shown()))
    }

    /// Whether the ids name the rows: there for all, short, and no two alike.
    fn ids(&self, table: &Table) -> bool {
        let Some(&column) = self.of.get(&Field::Id) else { return false };
        let mut seen = HashSet::new();
        table.rows.iter().all(|row| {
            let id = row.cell(column).trim();
            !id.is_empty() && id.len() <= 80 && !id.contains(char::is_whitespace) && seen.insert(id)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: &[&str], rows: &[&[&str]]) -> Table {
        let row = |(i, cells): (usize, &&[&str])| Row::new((i + 1).to_string(), cells.iter().map(|c| (*c).to_owned()).enumerate());
        Table { columns: columns.iter().map(|c| (*c).to_owned()).collect(), rows: rows.iter().enumerate().map(row).collect(), bad: Vec::new() }
    }

    fn read(table: &Table, reading: &Reading) -> (Vec<Raw>, Vec<Problem>) {
        let mut problems = Vec::new();
        let raws = raws(table, "t.csv", "", reading, &mut problems);
        (raws, problems)
    }

    #[test]
    fn columns_go_by_usual_names_and_by_what_they_hold() {
        let t = table(&["Title", "Publication", "full_text", "Speaker Name"], &[&["A", "2021-05-04", "Words.", "Ilse Varga"]]);
        let (raws, problems) = read(&t, &Reading::default());
        assert!(problems.is_empty());
        assert_eq!((raws[0].text.as_str(), raws[0].meta.value(Field::Date), raws[0].meta.value(Field::Speaker)), ("Words.", "2021-05-04", "Ilse Varga"));
        let t = table(&["publication", "date", "text"], &[&["The Daily", "2021-05-04", "Words."]]);
        assert_eq!(read(&t, &Reading::default()).0[0].meta.value(Field::Date), "2021-05-04");
        // Dates in Chinese numerals are dates too, and a paper with 年 in its name is none.
        let t = table(&["publication", "text"], &[&["二〇二一年五月四日", "话。"]]);
        assert_eq!(read(&t, &Reading::default()).0[0].meta.value(Field::Date), "二〇二一年五月四日");
        let t = table(&["publication", "text"], &[&["青年报", "话。"]]);
        assert_eq!(read(&t, &Reading::default()).0[0].meta.value(Field::Date), "");
    }

    #[test]
    fn a_missing_text_column_is_said_with_the_columns_there_are() {
        let t = table(&["headline", "words"], &[&["A", "B"]]);
        let (raws, problems) = read(&t, &Reading::default());
        assert!(raws.is_empty());
        assert!(problems[0].message.contains("`headline`, `words`"), "{}", problems[0].message);
        let reading = Reading { columns: BTreeMap::from([(Field::Text, "words".to_owned())]), ..Reading::default() };
        assert_eq!(read(&t, &reading).0[0].text, "B");
    }

    #[test]
    fn a_column_shows_whether_days_come_first() {
        let t = table(&["date", "text"], &[&["06/05/2023", "One."], &["06/25/2023", "Two."]]);
        assert_eq!(read(&t, &Reading::default()).0[0].meta.value(Field::Date), "2023-06-05");
        let t = table(&["date", "text"], &[&["06/05/2023", "One."], &["25/06/2023", "Two."]]);
        assert_eq!(read(&t, &Reading::default()).0[0].meta.value(Field::Date), "2023-05-06");
        let t = table(&["year", "text", "full_text"], &[&["2021.0", "A link", "One and more."], &["n.d.", "", "Two."]]);
        let raws = read(&t, &Reading::default()).0;
        assert_eq!((raws[0].text.as_str(), raws[0].meta.value(Field::Year)), ("One and more.", "2021.0"));
    }

    #[test]
    fn what_another_says_is_no_part_of_a_document() {
        let t = table(&["title", "speaker", "text"], &[&["C", "AFP", "Why?"], &["C", "Ilse Varga", "So."], &["C", "Ilse Varga", "And so."]]);
        let reading = Reading { group_by: Some("title".into()), ..Reading::default() };
        let got: Vec<(String, String)> = read(&t, &reading).0.into_iter().map(|r| (r.meta.value(Field::Speaker).to_owned(), r.text)).collect();
        assert_eq!(got, [("AFP", "Why?"), ("Ilse Varga", "So.\n\nAnd so.")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn rows_are_grouped_and_named() {
        let t = table(&["title", "text"], &[&["A", "One. "], &["A", "Two."], &["B", "Three."], &["", "Four."]]);
        let reading = Reading { group_by: Some("title".into()), ..Reading::default() };
        let texts: Vec<(String, String)> = read(&t, &reading).0.into_iter().map(|r| (r.record, r.text)).collect();
        let want = [("1", "One.\n\nTwo."), ("3", "Three."), ("4", "Four.")];
        assert_eq!(texts, want.map(|(a, b)| (a.to_owned(), b.to_owned())));
        let t = table(&["id", "text"], &[&["x1", "One."], &["x2", ""]]);
        let (raws, problems) = read(&t, &Reading::default());
        assert_eq!((raws[0].record.as_str(), problems[0].record.as_str(), problems[0].kind), ("x1", "x2", "empty"));
    }
}
