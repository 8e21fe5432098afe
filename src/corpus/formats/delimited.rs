//! CSV and TSV (crate `csv`): the separator is found, quoted line ends and a byte-order mark are no trouble.

use std::borrow::Cow;
use std::io::Read as _;

use memchr::{memchr, memchr3};

use crate::corpus::limits::MOST_COLUMNS;
use crate::corpus::tabular::{Bad, Row, Table};

/// How a table is written, and what its first row says.
#[derive(Debug, Clone)]
pub struct Head {
    separator: u8,
    pub columns: Vec<String>,
    /// Whether there are too many of them.
    is_refused: bool,
}

/// The table in `text`; `name` is that of its file.
pub fn table(name: &str, text: &str) -> Table<'static> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut head = Head::of(name, text);
    let mut table = head.rows(text, (0, 1), &|_| true);
    table.columns = std::mem::take(&mut head.columns);
    if is_unclosed(quotes(text), text.trim_end().chars().next_back())
        && table.is_broken
        && let Some(last) = table.rows.pop()
    {
        table.bad.push(Bad::new(&last.place.to_string(), UNCLOSED));
    }
    table
}

/// Where a quotation mark is not closed, the last row runs to the end of the file: it is no row, and those it holds are lost.
pub const UNCLOSED: &str = "a quotation mark is not closed, here or before, so that the rest of the file would be one cell; close it";

/// Whether a table with so many quotation marks and this last sign has one that is not closed.
pub fn is_unclosed(quotes: usize, last: Option<char>) -> bool {
    !quotes.is_multiple_of(2) && last != Some('"')
}

/// How many quotation marks there are.
pub fn quotes(text: &str) -> usize {
    text.bytes().filter(|b| *b == b'"').count()
}

impl Head {
    /// The head of a table that begins with `text`, in which the first row ends.
    pub fn of(name: &str, text: &str) -> Head {
        Head { separator: separator(name, text), columns: Vec::new(), is_refused: false }
    }

    /// The rows in `text`, a part of the file that begins where a row does: after so many rows, and in which line. The first
    /// row of all names the columns. Of columns that are not `wanted` nothing is kept.
    pub fn rows(&mut self, text: &str, (before, line): (usize, u64), wanted: &dyn Fn(usize) -> bool) -> Table<'static> {
        // The line end in front takes the place of a byte-order mark, which the crate would drop wherever it is called.
        let input = (&b"\r"[..]).chain(text.as_bytes());
        let mut reader = csv::ReaderBuilder::new().delimiter(self.separator).flexible(true).has_headers(false).from_reader(input);
        let mut table = Table::default();
        let mut record = csv::StringRecord::new();
        for place in before.. {
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) if place == 0 && record.len() > MOST_COLUMNS => {
                    self.is_refused = true;
                    let message = format!("has {} columns, more than the limit of {MOST_COLUMNS}; save only those that are needed", record.len());
                    table.bad.push(Bad { place: String::new(), kind: "columns", message });
                }
                Ok(true) if self.is_refused => {}
                Ok(true) if place == 0 => self.columns = record.iter().map(|c| c.trim().to_owned()).collect(),
                // An unquoted separator in a text would cut it off.
                Ok(true) if record.len() > self.columns.len() && record.iter().skip(self.columns.len()).any(|c| !c.trim().is_empty()) => {
                    let line = line + record.position().map_or(0, csv::Position::line) - 1;
                    let (cells, columns) = (record.len(), self.columns.len());
                    let message = format!("line {line}: {cells} cells in a table of {columns} columns; put texts with separators into quotation marks");
                    table.bad.push(Bad::new(&place.to_string(), message));
                }
                Ok(true) => {
                    if record.iter().any(|c| !c.trim().is_empty()) {
                        table.is_broken = record.as_slice().contains('\n');
                        let cells = record.iter().enumerate().filter(|(c, _)| wanted(*c));
                        table.rows.push(Row::new(place, cells.map(|(c, text)| (c, Cow::Owned(text.to_owned())))));
                    }
                }
                Err(e) => table.bad.push(Bad::new(&place.to_string(), e.to_string())),
            }
        }
        table
    }
}

/// Where rows end, in bytes that come piece by piece.
#[derive(Debug)]
pub struct Ends {
    separator: u8,
    state: State,
}

/// As in the crate `csv`: a quotation mark within a cell that does not begin with one is a sign like others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Row,
    Cell,
    Plain,
    Quoted,
    /// Behind a quotation mark in a quoted cell: its end, or the first of two.
    Mark,
}

impl Ends {
    pub fn new(head: &Head) -> Ends {
        Ends { separator: head.separator, state: State::Row }
    }

    /// Reads on to the end of the next row, and says how far that is, and whether it is one or blank; `None` if it does not
    /// end in `bytes`.
    pub fn next(&mut self, bytes: &[u8]) -> Option<(usize, bool)> {
        let is_end = |b: u8| b == b'\n' || b == b'\r';
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            match self.state {
                State::Row if is_end(byte) => return Some((at + 1, false)),
                State::Row | State::Cell if byte == b'"' => self.state = State::Quoted,
                State::Quoted => {
                    at += memchr(b'"', &bytes[at..])?;
                    self.state = State::Mark;
                }
                State::Mark if byte == b'"' => self.state = State::Quoted,
                State::Row | State::Cell | State::Mark | State::Plain => {
                    let Some(end) = memchr3(self.separator, b'\n', b'\r', &bytes[at..]) else {
                        self.state = State::Plain;
                        return None;
                    };
                    at += end;
                    if is_end(bytes[at]) {
                        self.state = State::Row;
                        return Some((at + 1, true));
                    }
                    self.state = State::Cell;
                }
            }
            at += 1;
        }
        None
    }
}

/// The separator: a tab for `.tsv`, else the sign that cuts the first line into the most cells.
fn separator(name: &str, text: &str) -> u8 {
    if matches!(crate::corpus::sniff::ending(name).as_str(), "tsv" | "tab") {
        return b'\t';
    }
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(s, _)| *s == byte).for_each(|(_, n)| *n += 1),
            _ => {}
        }
    }
    counts.into_iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(s, _)| s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_line_ends_and_separators() {
        for (name, text) in [
            ("a.csv", "\u{FEFF}Date,Text\r\n2020-05-19,\"one\r\ntwo, \"\"three\"\"\"\r\n"),
            ("a.tsv", "Date\tText\n2020-05-19\t\"one\r\ntwo, \"\"three\"\"\"\n"),
            ("a.csv", "Date;Text\n2020-05-19;\"one\r\ntwo, \"\"three\"\"\"\n\n;\n"),
        ] {
            let table = table(name, text);
            assert_eq!(table.columns, ["Date", "Text"], "{text}");
            assert_eq!(table.rows.len(), 1);
            assert_eq!(table.rows[0].cell(1), "one\r\ntwo, \"three\"");
        }
    }

    #[test]
    fn an_open_quotation_mark_does_not_swallow_rows_in_silence() {
        let table = table("a.csv", "date,text\n2023-01-04,\"broken\n2023-01-05,Fifth\n2023-01-06,Sixth\n");
        assert_eq!((table.rows.len(), table.bad.len()), (0, 1));
        assert!(table.bad[0].message.contains("not closed"));
    }

    #[test]
    fn a_row_with_too_many_cells_is_not_cut_short() {
        let table = table("a.csv", "title,text\nA,one, two\nB,three\n");
        assert_eq!((table.rows.len(), table.rows[0].place, table.bad[0].place.as_str()), (1, 2, "1"));
        assert!(table.bad[0].message.starts_with("line 2: 3 cells"), "{}", table.bad[0].message);
    }
}
