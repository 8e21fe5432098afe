//! Dates: found, resolved, those of a document, and those that a table gives; every day, as it is written, is found again.

#![no_main]

use chrono::{Datelike as _, NaiveDate};
use tifa::corpus::{Field, ReadingSpec, find_dates, read_bytes, resolve};
use tifa::people::People;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut at = 0;
    let mut reference = None;
    for found in find_dates(text) {
        assert!(at <= found.range.start && found.range.start < found.range.end && text.get(found.range.clone()).is_some());
        at = found.range.end;
        let day = resolve(&found, reference);
        assert_eq!(found.year.is_some(), found.full().is_some());
        assert!(found.year.is_none() || day == found.full());
        if let (None, Some(day), Some(reference)) = (found.year, day, reference) {
            assert!(day <= reference);
        }
        // Each is read as of the last full date.
        reference = found.full().or(reference);
    }
    tifa_fuzz::check("2024-01-10.txt", text.as_bytes());
    table(text);
    if let Some(day) = text.get(..4).and_then(|t| day(t.as_bytes())) {
        found_as_written(day);
    }
});

/// The text as the date of a row: what is given is read, or its problem said, and no row is lost.
fn table(text: &str) {
    let cell = text.replace('"', "\"\"");
    let columns = [(Field::Date, "date".to_owned()), (Field::Text, "text".to_owned())].into();
    let reading = ReadingSpec { columns, ..ReadingSpec::default() }.reading().expect("columns");
    let contents = read_bytes("table.csv", format!("date,text\n\"{cell}\",Words.\n").into_bytes(), &reading, People::builtin());
    assert!(contents.documents.len() == 1 || !contents.problems.is_empty());
    for document in &contents.documents {
        let undated = document.date().is_none() && !cell.trim().is_empty();
        assert!(!undated || !contents.problems.is_empty(), "the date {text:?} is neither read nor a problem");
    }
}

/// A day from 1950 to 2049.
fn day(bytes: &[u8]) -> Option<NaiveDate> {
    let &[year, month, day, _] = bytes else { return None };
    NaiveDate::from_ymd_opt(1950 + i32::from(year % 100), 1 + u32::from(month) % 12, 1 + u32::from(day) % 31)
}

fn found_as_written(date: NaiveDate) {
    let chinese = format!("{}年{}月{}日", date.year(), date.month(), date.day());
    for written in [date.format("%-d %B %Y").to_string(), date.format("%B %-d, %Y").to_string(), date.to_string(), chinese] {
        let found: Vec<_> = find_dates(&format!("Words, {written}.")).iter().map(|f| f.full()).collect();
        assert_eq!(found, [Some(date)], "{written}");
    }
}
