//! Web pages, whole and split at dates.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    tifa_fuzz::check("page.html", bytes);
    if bytes.len() < 4096 {
        tifa_fuzz::check_split("page.html", bytes, "date");
    }
});
