//! What the rows of a table show of its columns: what they can hold, how their dates are written, whether they name the rows.
//! It is gathered row by row, in little room, so that a table need not stand in memory.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::dates::find_dates;
use super::given::shows_order;
use super::layout::Layout;
use super::options::Reading;
use super::raw::Field;
use super::tabular::Row;
use crate::text::letters;

/// How many rows are looked at to see what a column holds.
const SAMPLE: usize = 100;
/// The longest id that names a row.
const LONGEST_ID: usize = 80;

/// What is known of the columns of a table.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    rows: usize,
    /// The letters of each column's name.
    keys: Vec<String>,
    columns: Vec<Column>,
}

/// What is known of a column.
#[derive(Debug, Default)]
struct Column {
    /// Whether it may hold dates or ids, for which all rows are looked at.
    dates: bool,
    ids: bool,
    /// Of the first rows: how many cells hold something, a date perhaps, a year; and how many letters.
    filled: usize,
    dated: usize,
    years: usize,
    letters: usize,
    /// Whether a date shows that days come first, or that months do.
    days_first: bool,
    months_first: bool,
    /// A number for each id.
    seen: Vec<u64>,
}

impl Evidence {
    /// Learns of columns, beyond those that it knows.
    pub fn name(&mut self, columns: &[String], reading: &Reading) {
        for name in &columns[self.keys.len().min(columns.len())..] {
            let key = letters(name);
            let may_hold = |field| may_hold(&key, name, field, reading);
            // An id that some rows lack names none.
            let ids = may_hold(Field::Id) && self.rows == 0;
            self.columns.push(Column { dates: may_hold(Field::Date), ids, ..Column::default() });
            self.keys.push(key);
        }
    }

    /// Whether the first rows have been seen, so that of the others only some columns matter.
    pub fn has_sample(&self) -> bool {
        self.rows >= SAMPLE
    }

    /// The columns of which all rows are looked at.
    pub fn matter(&self) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(|(_, column)| column.dates || column.ids).map(|(i, _)| i)
    }

    /// Looks at the next row, whose columns have been named.
    pub fn add(&mut self, row: &Row<'_>) {
        self.add_at(row, &|column| column);
    }

    /// As [`Evidence::add`], of a row whose columns stand elsewhere: `at` says where.
    pub fn add_at(&mut self, row: &Row<'_>, at: &dyn Fn(usize) -> usize) {
        for (column, cell) in row.cells() {
            let Some(column) = self.columns.get_mut(at(column)) else { continue };
            if self.rows < SAMPLE {
                column.sample(cell);
            }
            if column.dates {
                let (days, months) = shows_order(cell);
                (column.days_first, column.months_first) = (column.days_first || days, column.months_first || months);
            }
            if column.ids {
                column.id(cell.trim(), self.rows);
            }
        }
        self.rows += 1;
    }

    /// The letters of the names of the columns.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Whether what stands in a column can be what its name says: some columns called "publication" hold a date, some a paper.
    pub fn fits(&self, field: Field, column: usize) -> bool {
        let of = &self.columns[column];
        match field {
            Field::Date | Field::EventDate => of.filled == 0 || of.dated > 0,
            Field::Year => of.years * 2 >= of.filled,
            _ => true,
        }
    }

    /// How many letters the first rows hold in a column.
    pub fn letters(&self, column: usize) -> usize {
        self.columns[column].letters
    }

    /// Whether in dates such as 3/4/2021 the day comes first, where a column has dates that show it and none that show the other.
    pub fn day_first(&self, column: usize) -> Option<bool> {
        let of = &self.columns[column];
        (of.days_first != of.months_first).then_some(of.days_first)
    }

    /// Whether the cells of a column name the rows: there for all, short, and no two alike.
    pub fn are_ids(&self, column: usize) -> bool {
        let of = &self.columns[column];
        if !of.ids || of.seen.len() != self.rows {
            return false;
        }
        let mut seen = of.seen.clone();
        seen.sort_unstable();
        seen.windows(2).all(|pair| pair[0] != pair[1])
    }
}

/// Whether a column of this name may be taken for a field.
pub(super) fn may_hold(key: &str, name: &str, field: Field, reading: &Reading) -> bool {
    let given = reading.columns.get(&field).is_some_and(|given| name.trim() == given.trim() || key == letters(given));
    given || Layout::builtin().columns.get(&field).is_some_and(|names| names.iter().any(|n| n == key))
}

/// Whether a cell has the digits of a date, or says one in another way.
fn may_be_date(cell: &str) -> bool {
    cell.chars().filter(char::is_ascii_digit).count() >= 4 || find_dates(cell).iter().any(|found| found.full().is_some())
}

impl Column {
    fn sample(&mut self, cell: &str) {
        let text = cell.trim();
        self.letters += cell.chars().filter(|c| c.is_alphabetic()).count();
        if !text.is_empty() {
            let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
            self.filled += 1;
            self.dated += usize::from(may_be_date(text));
            self.years += usize::from(digits(text.trim_end_matches(".0")) == 4);
        }
    }

    /// Notes the id of a row, the first of which is 0.
    fn id(&mut self, id: &str, row: usize) {
        let is_id = !id.is_empty() && id.len() <= LONGEST_ID && !id.contains(char::is_whitespace);
        if !is_id || self.seen.len() != row {
            (self.ids, self.seen) = (false, Vec::new());
            return;
        }
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        self.seen.push(hasher.finish());
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn ids(cells: &[&str]) -> bool {
        let mut evidence = Evidence::default();
        evidence.name(&["id".to_owned()], &Reading::default());
        for (i, cell) in cells.iter().enumerate() {
            evidence.add(&Row::new(i, [(0, Cow::Borrowed(*cell))]));
        }
        evidence.are_ids(0)
    }

    #[test]
    fn ids_are_there_for_all_short_and_different() {
        for (cells, want) in [
            (&["a", "b", "c"][..], true),
            (&["a", "b", "a"], false),
            (&["a", "", "c"], false),
            (&["a", "b c"], false),
            (&["", "b"], false),
            (&["a", " a "], false),
        ] {
            assert_eq!(ids(cells), want, "{cells:?}");
        }
        assert!(!ids(&["x".repeat(81).as_str()]));
    }
}
