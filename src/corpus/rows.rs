//! A stream of bytes cut into parts that hold whole rows, so that these can be read side by side.

use std::io::{self, Read};
use std::ops::Range;

use memchr::memchr;

use super::formats::{Ends, Head};
use super::limits::{TOO_LARGE, too_large};
use super::tabular::Bad;

/// How much is read at a time, and of what size its parts are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    pub batch: usize,
    pub part: usize,
}

pub(super) const SIZES: Sizes = Sizes { batch: 8 << 20, part: 256 << 10 };

/// So many bytes of blank rows are given out with the row behind them, as the line in which it stands is counted from there.
const BLANKS: usize = 8 << 20;

/// Some whole rows.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Where they stand in the bytes of the batch.
    pub range: Range<usize>,
    /// How many rows or lines there are before, in the file.
    pub rows: usize,
    /// How many line ends.
    pub lines: u64,
}

/// Cuts a stream into batches of parts.
pub(super) struct Cutter<'r> {
    reader: Box<dyn Read + 'r>,
    sizes: Sizes,
    /// The longest row.
    most: u64,
    /// For a table of cells; else every line is a row.
    ends: Option<Ends>,
    buffer: Vec<u8>,
    /// How much of the buffer has been given out, where the next row begins behind the blank ones, and how far has been looked
    /// for its end.
    given: usize,
    begun: usize,
    seen: usize,
    /// How many rows and line ends have been given out, and how many line ends blank rows have had since.
    rows: usize,
    lines: u64,
    blank: u64,
    /// Whether nothing has been read yet, and whether there is no more.
    is_first: bool,
    is_ended: bool,
    /// The size so far of a row that is too large, the rest of which is passed over.
    passed: Option<u64>,
}

/// Whole rows, and those between them that are too large.
pub(super) struct Batch<'b> {
    pub bytes: &'b [u8],
    pub parts: Vec<Part>,
    pub refused: Vec<Bad>,
}

impl<'r> Cutter<'r> {
    pub fn new(reader: Box<dyn Read + 'r>, head: Option<&Head>, most: u64, sizes: Sizes) -> Self {
        let ends = head.map(Ends::new);
        Cutter {
            reader,
            sizes,
            most,
            ends,
            buffer: Vec::new(),
            given: 0,
            begun: 0,
            seen: 0,
            rows: 0,
            lines: 0,
            blank: 0,
            is_first: true,
            is_ended: false,
            passed: None,
        }
    }

    /// The next rows; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Batch<'_>>> {
        let (mut parts, mut refused) = (Vec::new(), Vec::new());
        self.buffer.drain(..self.given);
        self.seen -= self.given;
        self.begun -= self.given;
        self.given = 0;
        while parts.is_empty() && refused.is_empty() {
            if self.is_ended && self.given == self.buffer.len() {
                return Ok(None);
            }
            self.fill()?;
            self.cut(&mut parts, &mut refused);
        }
        Ok(Some(Batch { bytes: &self.buffer, parts, refused }))
    }

    /// Reads as much as a batch, without the byte-order marks at the beginning.
    fn fill(&mut self) -> io::Result<()> {
        const MARK: &[u8] = "\u{FEFF}".as_bytes();
        self.read(self.sizes.batch)?;
        while self.is_first {
            while self.buffer.starts_with(MARK) {
                self.buffer.drain(..MARK.len());
            }
            // What is left may be the beginning of another.
            self.is_first = !self.is_ended && MARK.starts_with(&self.buffer);
            if self.is_first {
                self.read(MARK.len())?;
            }
        }
        Ok(())
    }

    fn read(&mut self, size: usize) -> io::Result<()> {
        let read = self.reader.by_ref().take(size as u64).read_to_end(&mut self.buffer)?;
        self.is_ended = read < size;
        Ok(())
    }

    /// Cuts what has been read into parts, each of which ends with a row. What is left is the beginning of one.
    fn cut(&mut self, parts: &mut Vec<Part>, refused: &mut Vec<Bad>) {
        let mut part = Part { range: self.given..self.given, rows: self.rows, lines: self.lines };
        while let Some((end, is_row)) = self.row_end() {
            let own = &self.buffer[self.begun..end];
            let length = own.len() as u64 + self.passed.take().unwrap_or(0);
            self.blank += self.line_ends(own);
            self.begun = end;
            if !is_row {
                continue;
            }
            let is_refused = length > self.longest();
            if is_refused {
                parts.extend((!part.range.is_empty()).then(|| part.clone()));
                refused.push(self.refuse(length));
            }
            (self.given, self.rows, self.lines, self.blank) = (end, self.rows + 1, self.lines + self.blank, 0);
            part.range.end = end;
            if is_refused || part.range.len() >= self.sizes.part {
                parts.extend((!is_refused).then(|| part.clone()));
                part = Part { range: end..end, rows: self.rows, lines: self.lines };
            }
        }
        parts.extend((!part.range.is_empty()).then_some(part));
        // A row that is larger than it may be is not gathered, and blank ones only as long as they are few.
        let left = (self.buffer.len() - self.begun) as u64;
        if self.passed.is_some() || left > self.longest() {
            self.passed = Some(self.passed.unwrap_or(0) + left);
            self.blank += self.line_ends(&self.buffer[self.begun..]);
            self.buffer.truncate(self.begun);
            self.seen = self.begun;
        }
        if self.begun - self.given > BLANKS || (self.is_ended && self.begun == self.buffer.len()) {
            (self.given, self.lines, self.blank) = (self.begun, self.lines + self.blank, 0);
        }
    }

    /// How many line ends there are. Where every line is a row, they are counted as such.
    fn line_ends(&self, bytes: &[u8]) -> u64 {
        if self.ends.is_some() { bytes.iter().filter(|b| **b == b'\n').count() as u64 } else { 0 }
    }

    /// The longest row, with its end.
    fn longest(&self) -> u64 {
        self.most.saturating_add(2)
    }

    fn refuse(&self, length: u64) -> Bad {
        let (place, what) = if self.ends.is_some() { (self.rows, "row") } else { (self.rows + 1, "line") };
        Bad { place: place.to_string(), kind: TOO_LARGE, message: too_large(&format!("{what} {place}"), Some(length), self.most) }
    }

    /// Where the next row ends, and whether it is one or blank.
    fn row_end(&mut self) -> Option<(usize, bool)> {
        let from = self.seen.max(self.begun);
        let found = match &mut self.ends {
            Some(ends) => ends.next(&self.buffer[from..]).map(|(end, is_row)| (from + end, is_row)),
            None => memchr(b'\n', &self.buffer[from..]).map(|at| (from + at + 1, true)),
        };
        self.seen = found.map_or(self.buffer.len(), |(end, _)| end);
        let is_rest = found.is_none() && self.is_ended && (self.begun < self.buffer.len() || self.passed.is_some());
        found.or(is_rest.then_some((self.buffer.len(), true)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, is_cells: bool, most: u64, sizes: Sizes) -> (Vec<(String, usize, u64)>, Vec<String>) {
        let head = Head::of("a.csv", text);
        let mut cutter = Cutter::new(Box::new(text.as_bytes()), is_cells.then_some(&head), most, sizes);
        let (mut parts, mut refused) = (Vec::new(), Vec::new());
        while let Some(batch) = cutter.next().unwrap() {
            parts.extend(batch.parts.into_iter().map(|p| (String::from_utf8_lossy(&batch.bytes[p.range]).into_owned(), p.rows, p.lines)));
            refused.extend(batch.refused.into_iter().map(|bad| bad.place));
        }
        (parts, refused)
    }

    #[test]
    fn rows_that_are_too_large_are_passed_over() {
        let long = "x".repeat(500);
        for (batch, part) in [(1, 1), (16, 1), (1 << 20, 1), (100, 1)] {
            let sizes = Sizes { batch, part };
            let (parts, refused) = cut(&format!("a\n{long}\nb\n{long}"), false, 20, sizes);
            assert_eq!((parts, refused), (vec![("a\n".to_owned(), 0, 0), ("b\n".to_owned(), 2, 0)], vec!["2".to_owned(), "4".to_owned()]), "{batch}");
            let (parts, refused) = cut(&format!("a,b\n\"{long}\n\",x\n\n\"c\nd\",\n"), true, 20, sizes);
            assert_eq!((parts, refused), (vec![("a,b\n".to_owned(), 0, 0), ("\n\"c\nd\",\n".to_owned(), 2, 3)], vec!["1".to_owned()]), "{batch}");
        }
    }

    #[test]
    fn many_blank_rows_take_no_room() {
        let (parts, _) = cut(&format!("a,b{}c,d", "\n".repeat(3 * BLANKS)), true, 20, SIZES);
        assert_eq!(parts.len(), 2);
        assert!(parts[1].0.len() < BLANKS + 10 && parts[1].1 == 1);
    }
}
