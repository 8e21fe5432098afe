//! Dates: found, resolved, and those of a document.

#![no_main]

use tifa::corpus::{find_dates, resolve};

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
});
