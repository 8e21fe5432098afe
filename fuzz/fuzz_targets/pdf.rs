//! PDF.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    tifa_fuzz::check("page.pdf", bytes);
});
