//! Tables of documents: which column holds what, and from rows to texts.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::document::Problem;
use super::evidence::Evidence;
use super::given::slashed;
use super::layout::Layout;
use super::options::Reading;
use super::raw::{Field, Meta, Raw, below};
use crate::text::letters;

/// A table, or some rows of one, as its format gives it.
#[derive(Debug, Default, Clone)]
pub(super) struct Table<'a> {
    pub columns: Vec<String>,
    pub rows: Vec<Row<'a>>,
    /// Rows that are none.
    pub bad: Vec<Bad>,
    /// Whether a cell of the last row holds a line end, where that is of interest.
    pub is_broken: bool,
}

impl Table<'_> {
    /// A table that holds its own text.
    pub fn into_owned(self) -> Table<'static> {
        let owned = |(column, text): (usize, Cow<'_, str>)| (column, Cow::Owned(text.into_owned()));
        let rows = self.rows.into_iter().map(|row| Row { place: row.place, cells: row.cells.into_iter().map(owned).collect() }).collect();
        Table { columns: self.columns, rows, bad: self.bad, is_broken: self.is_broken }
    }
}

/// A row that is none: where, and what is wrong.
#[derive(Debug, Clone)]
pub(super) struct Bad {
    pub place: String,
    /// As in [`Problem`].
    pub kind: &'static str,
    pub message: String,
}

impl Bad {
    pub fn new(place: &str, message: impl Into<String>) -> Self {
        Bad { place: place.to_owned(), kind: "record", message: message.into() }
    }

    /// As a problem of the file `path`, whose records are named below `prefix`.
    pub fn problem(&self, path: &str, prefix: &str) -> Problem {
        Problem::of(path, &below(prefix, &self.place), self.kind, self.message.clone())
    }
}

/// A row: where it stands, and its cells.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    pub place: usize,
    /// Those that hold something, by their columns: a file may name many columns and fill few in each row.
    cells: Vec<(usize, Cow<'a, str>)>,
}

impl<'a> Row<'a> {
    /// A row of cells with their columns, in any order; of two in one column the first stands.
    pub fn new(place: usize, cells: impl IntoIterator<Item = (usize, Cow<'a, str>)>) -> Self {
        let mut cells: Vec<(usize, Cow<'a, str>)> = cells.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        if !cells.is_sorted_by_key(|(column, _)| *column) {
            cells.sort_by_key(|(column, _)| *column);
        }
        cells.dedup_by_key(|(column, _)| *column);
        Row { place, cells }
    }

    /// What stands in a column.
    pub fn cell(&self, column: usize) -> &str {
        self.at(column).map_or("", |i| &self.cells[i].1)
    }

    /// What stands in a column, which is empty then.
    fn take(&mut self, column: usize) -> Cow<'a, str> {
        self.at(column).map_or_else(Cow::default, |i| std::mem::take(&mut self.cells[i].1))
    }

    fn at(&self, column: usize) -> Option<usize> {
        self.cells.binary_search_by_key(&column, |(c, _)| *c).ok()
    }

    /// The cells that hold something, with their columns.
    pub fn cells(&self) -> impl Iterator<Item = (usize, &str)> {
        self.cells.iter().map(|(column, text)| (*column, &**text))
    }

    /// Whether all cells are blank.
    #[cfg(feature = "office")]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|(_, text)| text.trim().is_empty())
    }
}

/// Words between which the paragraphs of one document are joined.
const BREAK: &str = "\n\n";
/// So many names of columns are told at most.
const TOLD: usize = 50;

/// The texts of a table in the file `path`, whose records are named below `prefix`.
pub(super) fn raws(table: Table<'_>, path: &str, prefix: &str, reading: &Reading, problems: &mut Vec<Problem>) -> Vec<Raw> {
    problems.extend(table.bad.iter().map(|bad| bad.problem(path, prefix)));
    if table.columns.is_empty() && !table.bad.is_empty() {
        return Vec::new();
    }
    let mut evidence = Evidence::default();
    evidence.name(&table.columns, reading);
    table.rows.iter().for_each(|row| evidence.add(row));
    let found = Columns::find(&table.columns, &evidence, reading).and_then(|columns| Ok((columns.group(&table.columns, reading)?, columns)));
    match found {
        Ok((Some(by), columns)) => columns.grouped(table.rows, by, path, prefix, problems),
        Ok((None, columns)) => columns.texts(table.rows, path, prefix, problems),
        Err(message) => {
            problems.push(Problem::of(path, prefix, "columns", message));
            Vec::new()
        }
    }
}

/// The columns that say something of a document; the text apart.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    text: usize,
    /// The name of the text's column.
    name: String,
    of: BTreeMap<Field, usize>,
    /// Whether days come before months in dates such as 3/4/2021, where the column shows it.
    day_first: Option<bool>,
    /// Whether the ids name the rows: there for all, short, and no two alike.
    ids: bool,
}

fn shown(names: &[String]) -> String {
    let first = names.iter().take(TOLD).map(|c| format!("`{}`", c.trim())).collect::<Vec<_>>().join(", ");
    if names.len() > TOLD { format!("{first} and {} more", names.len() - TOLD) } else { first }
}

impl Columns {
    /// Finds the columns by what the researcher says, else by their usual names. A column has one meaning.
    pub fn find(names: &[String], evidence: &Evidence, reading: &Reading) -> Result<Columns, String> {
        let keys = evidence.keys();
        let mut of = BTreeMap::new();
        let mut taken = HashSet::new();
        for (field, name) in &reading.columns {
            let Some(column) = names.iter().position(|c| c.trim() == name.trim()).or_else(|| keys.iter().position(|k| *k == letters(name))) else {
                // A column that only some tables have is missed where it is the text.
                if *field == Field::Text {
                    return Err(format!("has no column `{name}` for the text; its columns are {}", shown(names)));
                }
                continue;
            };
            of.insert(*field, column);
            taken.insert(column);
        }
        for (field, usual) in &Layout::builtin().columns {
            if of.contains_key(field) || *field == Field::Path {
                continue;
            }
            let candidates = usual.iter().filter_map(|n| keys.iter().position(|k| k == n)).filter(|c| !taken.contains(c));
            let mut candidates = candidates.filter(|c| evidence.fits(*field, *c));
            // Of several that may be the text, the one with the most of it.
            let column = if *field == Field::Text { candidates.rev().max_by_key(|c| evidence.letters(*c)) } else { candidates.next() };
            if let Some(column) = column {
                of.insert(*field, column);
                taken.insert(column);
            }
        }
        let Some(text) = of.remove(&Field::Text) else {
            return Err(format!("has no column with the text; its columns are {}; name it: --column text=NAME", shown(names)));
        };
        let day_first = of.get(&Field::Date).and_then(|c| evidence.day_first(*c));
        let ids = of.get(&Field::Id).is_some_and(|c| evidence.are_ids(*c));
        Ok(Columns { text, name: names[text].clone(), of, day_first, ids })
    }

    /// The columns of a part of the table, in which they stand elsewhere: `at` says where, if they are there.
    pub fn moved(&self, at: impl Fn(usize) -> Option<usize>) -> Columns {
        let of = self.of.iter().filter_map(|(field, c)| Some((*field, at(*c)?))).collect();
        Columns { text: at(self.text).unwrap_or(usize::MAX), of, ..self.clone() }
    }

    /// Every column that says something.
    pub fn all(&self) -> impl Iterator<Item = usize> {
        self.of.values().copied().chain([self.text])
    }

    /// What a row says beside its text.
    fn meta(&self, row: &Row<'_>) -> Meta {
        let mut meta = Meta::default();
        for (field, column) in &self.of {
            let cell = row.cell(*column);
            let dated = if *field == Field::Date { self.day_first.and_then(|first| slashed(cell, first)) } else { None };
            meta.say(*field, dated.as_deref().unwrap_or(cell), "column");
        }
        meta
    }

    /// The name of a row.
    fn record(&self, row: &Row<'_>, prefix: &str) -> String {
        match self.of.get(&Field::Id).filter(|_| self.ids) {
            Some(id) => below(prefix, row.cell(*id).trim()),
            None => below(prefix, &row.place.to_string()),
        }
    }

    /// The texts of rows, each by itself. A row without one is a problem.
    pub fn texts(&self, rows: Vec<Row<'_>>, path: &str, prefix: &str, problems: &mut Vec<Problem>) -> Vec<Raw> {
        let mut raws = Vec::with_capacity(rows.len());
        for mut row in rows {
            let record = self.record(&row, prefix);
            if row.cell(self.text).trim().is_empty() {
                problems.push(self.blank(&row, path, &record));
                continue;
            }
            let meta = self.meta(&row);
            raws.push(Raw { record, text: row.take(self.text).into_owned(), meta, ..Raw::default() });
        }
        raws
    }

    fn blank(&self, row: &Row<'_>, path: &str, record: &str) -> Problem {
        Problem::of(path, record, "empty", format!("the column `{}` is empty in row {}", self.name, row.place))
    }

    /// The texts of rows, those with one value in the column `by` joined.
    fn grouped(&self, rows: Vec<Row<'_>>, by: usize, path: &str, prefix: &str, problems: &mut Vec<Problem>) -> Vec<Raw> {
        let mut raws: Vec<Raw> = Vec::new();
        let mut group_of: HashMap<[String; 3], usize> = HashMap::new();
        for row in rows {
            let (text, meta) = (row.cell(self.text).trim(), self.meta(&row));
            // Rows without a value to group by stay by themselves; what others said, or on another day, is no part of a document.
            let key = Some(row.cell(by).trim()).filter(|k| !k.is_empty());
            let key = key.map(|k| [k, meta.value(Field::Speaker), meta.value(Field::Date)].map(str::to_owned));
            if let Some(&group) = key.as_ref().and_then(|k| group_of.get(k)) {
                raws[group].text.push_str(BREAK);
                raws[group].text.push_str(text);
                continue;
            }
            let record = self.record(&row, prefix);
            if text.is_empty() && key.is_none() {
                problems.push(self.blank(&row, path, &record));
                continue;
            }
            if let Some(key) = key {
                group_of.insert(key, raws.len());
            }
            raws.push(Raw { record, text: text.to_owned(), meta, ..Raw::default() });
        }
        raws
    }

    /// The column to group by.
    fn group(&self, names: &[String], reading: &Reading) -> Result<Option<usize>, String> {
        let Some(name) = &reading.group_by else { return Ok(None) };
        let own = names.iter().position(|c| letters(c) == letters(name));
        let meant = || name.parse::<Field>().ok().and_then(|f| self.of.get(&f).copied());
        own.or_else(meant).map(Some).ok_or_else(|| format!("has no column `{name}` to group by; its columns are {}", shown(names)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: &[&str], rows: &[&[&str]]) -> Table<'static> {
        let row = |(i, cells): (usize, &&[&str])| Row::new(i + 1, cells.iter().map(|c| Cow::Owned((*c).to_owned())).enumerate());
        Table { columns: columns.iter().map(|c| (*c).to_owned()).collect(), rows: rows.iter().enumerate().map(row).collect(), ..Table::default() }
    }

    fn read(table: &Table<'_>, reading: &Reading) -> (Vec<Raw>, Vec<Problem>) {
        let mut problems = Vec::new();
        let raws = raws(table.clone(), "t.csv", "", reading, &mut problems);
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
