//! Tables in text; the first byte says with which ending and how split.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((how, bytes)) = bytes.split_first() else { return };
    let name = if how & 1 == 0 { "table.csv" } else { "table.tsv" };
    if how & 2 == 0 {
        tifa_fuzz::check(name, bytes);
    } else {
        tifa_fuzz::check_split(name, bytes, "date");
    }
});
