//! Plain text and Markdown: the first byte says in which encoding, with which ending and how split.

#![no_main]

use encoding_rs::{BIG5, GB18030, WINDOWS_1252};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((how, rest)) = bytes.split_first() else { return };
    let bytes = encoded(how >> 4, rest);
    let name = if how & 1 == 0 { "page.txt" } else { "page.md" };
    match how >> 1 & 7 {
        0 => tifa_fuzz::check_split(name, &bytes, "##"),
        1 => tifa_fuzz::check_split(name, &bytes, "date"),
        2 => tifa_fuzz::check_split(name, &bytes, "formfeed"),
        3 => tifa_fuzz::check_split(name, &bytes, "regex:^[A-Z一二三]"),
        _ => tifa_fuzz::check(name, &bytes),
    }
});

/// Text in another encoding; bytes that are no text as they are.
fn encoded(how: u8, bytes: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes.to_vec() };
    match how {
        1 => GB18030.encode(text).0.into_owned(),
        2 => BIG5.encode(text).0.into_owned(),
        3 => WINDOWS_1252.encode(text).0.into_owned(),
        4 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        5 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        6 => [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        7 => [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
        8 => format!("\u{FEFF}{text}").into_bytes(),
        _ => bytes.to_vec(),
    }
}
