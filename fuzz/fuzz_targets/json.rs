//! JSON: one value, or one a line.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    tifa_fuzz::check("table.jsonl", bytes);
});
