//! CSV cell by cell, for what is written faster without a table. The bytes are those of [`super::csv`].

use std::io::Write;

use chrono::NaiveDate;

/// Rows of CSV.
#[derive(Debug, Default)]
pub struct CsvCells {
    bytes: Vec<u8>,
}

impl CsvCells {
    /// A cell of text; empty text is an empty cell.
    pub fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        if bytes.iter().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r')) {
            self.bytes.push(b'"');
            for (i, part) in bytes.split(|b| *b == b'"').enumerate() {
                if i > 0 {
                    self.bytes.extend_from_slice(b"\"\"");
                }
                self.bytes.extend_from_slice(part);
            }
            self.bytes.push(b'"');
        } else {
            self.bytes.extend_from_slice(bytes);
        }
        self.bytes.push(b',');
    }

    /// A cell with a whole number.
    pub fn number(&mut self, number: usize) {
        let (mut digits, mut at, mut rest) = ([0; 20], 20, number);
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.bytes.extend_from_slice(&digits[at..]);
        self.bytes.push(b',');
    }

    /// A cell with a day.
    pub fn date(&mut self, day: Option<NaiveDate>) {
        if let Some(day) = day {
            // Into memory: nothing can go wrong.
            let _ = write!(self.bytes, "{day}");
        }
        self.bytes.push(b',');
    }

    /// Cells that were written before.
    pub fn cells(&mut self, cells: &CsvCells) {
        self.bytes.extend_from_slice(&cells.bytes);
    }

    /// Ends a row.
    pub fn end(&mut self) {
        if let Some(last) = self.bytes.last_mut() {
            *last = b'\n';
        }
    }

    /// Takes all cells away.
    pub fn clear(&mut self) {
        self.bytes.clear();
    }

    /// The bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Format, date_column, number_column, text_column, to_bytes};
    use polars::prelude::DataFrame;

    proptest::proptest! {
        #[test]
        fn as_tables_are_written(text in "[a,\"\n\r 习;']{0,8}", number in proptest::num::usize::ANY, days in 0_u64..1_000_000) {
            let number = number >> (number % 64);
            let day = NaiveDate::from_ymd_opt(1, 1, 1).and_then(|d| d.checked_add_days(chrono::Days::new(days))).filter(|_| days % 7 > 0);
            let columns = vec![text_column("a", [text.as_str()].into_iter()), number_column("b", [number].into_iter()), date_column("c", [day].into_iter())];
            let want = to_bytes(&DataFrame::new(1, columns).unwrap(), Format::Csv).unwrap();
            let mut cells = CsvCells::default();
            ["a", "b", "c"].iter().for_each(|name| cells.text(name));
            cells.end();
            let mut row = CsvCells::default();
            row.text(&text);
            row.number(number.min(i64::MAX as usize));
            row.date(day);
            row.end();
            cells.cells(&row);
            proptest::prop_assert_eq!(String::from_utf8(cells.into_bytes()).unwrap(), String::from_utf8(want).unwrap());
        }
    }
}
