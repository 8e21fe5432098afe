//! Tables that people write by hand: gold standards, coders' sheets, corrections. Each row knows its line.

use std::path::Path;

use csv::StringRecord;

use crate::error::{Error, Result};

/// A table of text, separated by tabs, or by commas or semicolons, as its first line shows.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The file as given.
    pub file: String,
    header: Vec<String>,
    rows: Vec<(usize, StringRecord)>,
}

/// A row of a [`Sheet`].
#[derive(Debug, Clone, Copy)]
pub struct SheetRow<'a> {
    sheet: &'a Sheet,
    cells: &'a StringRecord,
    /// The line of the file, counted from 1.
    pub line: usize,
}

impl Sheet {
    /// Reads the file at `path`, as [`Sheet::parse`].
    ///
    /// # Errors
    /// A file that cannot be read; otherwise as [`Sheet::parse`].
    pub fn load(path: &Path, columns: &[&str]) -> Result<Sheet> {
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
        Sheet::parse(&path.display().to_string(), &bytes, columns)
    }

    /// Reads a table. Its first line names the columns, in any case and order, `columns` among them. Blanks around cells are
    /// dropped. Between tabs a quotation mark is one, unless it and another one enclose the cell, as spreadsheets write them.
    ///
    /// # Errors
    /// Text that is not UTF-8; a column that is missing.
    pub fn parse(file: &str, bytes: &[u8], columns: &[&str]) -> Result<Sheet> {
        let fail = |line: usize, message: String| Error::Data { file: file.to_owned(), line, message };
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let first = bytes.split(|b| *b == b'\n').next().unwrap_or(bytes);
        let separator = [b'\t', b',', b';'].into_iter().find(|s| first.contains(s)).unwrap_or(b'\t');
        let tabs = separator == b'\t';
        let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(separator).quoting(!tabs).trim(csv::Trim::All).from_reader(bytes);
        let lines = Lines::of(bytes);
        let line_at = |at: u64| lines.line_at(bytes, at);
        let broken = |e: &csv::Error| fail(e.position().map_or(1, |p| line_at(p.byte())), format!("{e}; save the table in UTF-8"));
        let header: Vec<String> = reader.headers().map_err(|e| broken(&e))?.iter().map(|h| unquoted(h, tabs).to_lowercase()).collect();
        if let Some(missing) = columns.iter().find(|c| !header.iter().any(|h| h == *c)) {
            return Err(fail(1, format!("there is no column `{missing}`; the first line is to name the columns {}", columns.join(", "))));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| broken(&e))?;
            let line = record.position().map_or(0, |p| line_at(p.byte()));
            let cells: StringRecord = record.iter().map(|cell| unquoted(cell, tabs)).collect();
            if cells.iter().any(|c| !c.is_empty()) {
                rows.push((line, cells));
            }
        }
        Ok(Sheet { file: file.to_owned(), header, rows })
    }

    /// Its rows, in order; empty ones are left out.
    pub fn rows(&self) -> impl Iterator<Item = SheetRow<'_>> {
        self.rows.iter().map(|(line, cells)| SheetRow { sheet: self, cells, line: *line })
    }

    /// Whether it has a column of that name.
    pub fn has(&self, column: &str) -> bool {
        self.header.iter().any(|h| h == column)
    }
}

/// Where the lines of a file end.
struct Lines(Vec<usize>);

impl Lines {
    fn of(bytes: &[u8]) -> Lines {
        Lines(bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at).collect())
    }

    /// The line, from 1, of the record that is read from the byte `at` on; blank lines are passed over with what follows them.
    fn line_at(&self, bytes: &[u8], at: u64) -> usize {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
        let blank = bytes[at..].iter().take_while(|b| matches!(b, b'\n' | b'\r')).count();
        1 + self.0.partition_point(|end| *end < at + blank)
    }
}

impl<'a> SheetRow<'a> {
    /// The cell of a column; empty where there is none.
    pub fn get(&self, column: &str) -> &'a str {
        let at = self.sheet.header.iter().position(|h| h == column);
        at.and_then(|i| self.cells.get(i)).unwrap_or("")
    }

    /// The byte offset in a column.
    ///
    /// # Errors
    /// What stands there is no whole number; said without file and line.
    pub fn offset(&self, column: &str) -> Result<usize, String> {
        self.get(column).parse().map_err(|_| format!("{column} `{}` is no byte offset", self.get(column)))
    }
}

/// A cell of a table with tabs, without the quotation marks that a spreadsheet has put around it.
fn unquoted(cell: &str, tabs: bool) -> String {
    let inner = cell.strip_prefix('"').and_then(|c| c.strip_suffix('"')).filter(|_| tabs);
    match inner.map(|inner| inner.replace("\"\"", "\u{0}")) {
        Some(inner) if !inner.contains('"') => inner.replace('\u{0}', "\""),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(usize, String, String)> {
        let sheet = Sheet::parse("s", text.as_bytes(), &["a", "b"]).unwrap();
        sheet.rows().map(|r| (r.line, r.get("a").to_owned(), r.get("b").to_owned())).collect()
    }

    #[test]
    fn what_editors_and_spreadsheets_write() {
        for (text, want) in [
            ("a\tb\n1\tx \"y\" z\n", (2, "1", "x \"y\" z")),
            ("\u{FEFF}B\tnote\tA\r\n\r\n\"x \"\"y\"\" z\"\t\t1\r\n", (3, "1", "x \"y\" z")),
            ("a,b\n\"1\",\"x, y\"\n", (2, "1", "x, y")),
            ("a;b\n\n;\n1;x\n", (4, "1", "x")),
            ("a\tb\n1\n", (2, "1", "")),
            ("a\tb\n1\t\"one\" and \"two\"\n", (2, "1", "\"one\" and \"two\"")),
        ] {
            assert_eq!(cells(text), [(want.0, want.1.to_owned(), want.2.to_owned())], "{text:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let message = |bytes: &[u8]| Sheet::parse("s.tsv", bytes, &["a", "b"]).unwrap_err().to_string();
        assert!(message(b"a\tc\n").starts_with("s.tsv:1: there is no column `b`"));
        assert!(message(b"a\tb\n1\t2\n1\t\xff\n").starts_with("s.tsv:3: "));
        assert!(message(b"").contains("no column `a`"));
    }
}
