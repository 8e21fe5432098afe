//! Marks: hashes of what reads the same in every language.

use crate::corpus::dates::find_dates;
use crate::corpus::written::next_digit;
use crate::text::{Fnv, mix};

/// What a mark stands for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Person,
    Side,
    Day,
    Number,
}

/// A hash of 24 bits, of which the first two tell the kind: where there are too many marks, numbers are let go first.
pub(super) fn mark(kind: Kind, value: &str) -> u32 {
    (kind as u32) << 22 | (mix(Fnv::of(value).0) >> 42) as u32
}

/// Adds the days of a folded text, and its numbers of two digits and more.
pub(super) fn push_dates_and_numbers(folded: &str, marks: &mut Vec<u32>) {
    let dates = find_dates(folded);
    marks.extend(dates.iter().filter_map(|d| Some(mark(Kind::Day, &format!("{}-{}", d.month?, d.day)))));
    let mut dates = dates.iter().peekable();
    let bytes = folded.as_bytes();
    let mut at = 0;
    while let Some(start) = next_digit(bytes, at, false) {
        let parts = |at: usize| matches!(bytes[at], b',' | b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        at = (start..bytes.len()).find(|&i| !bytes[i].is_ascii_digit() && !parts(i)).unwrap_or(bytes.len());
        while dates.next_if(|d| d.range.end <= start).is_some() {}
        let in_date = dates.peek().is_some_and(|d| d.range.contains(&start));
        if at - start >= 2 && !in_date {
            marks.push(mark(Kind::Number, &folded[start..at].replace(',', "")));
        }
    }
}
