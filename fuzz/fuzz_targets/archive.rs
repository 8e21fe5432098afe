//! Archives: a file as it is, or names and contents in turn, which are packed.

#![no_main]

use std::io::Write as _;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return tifa_fuzz::check("files.zip", bytes);
    }
    if bytes.starts_with(b"\x1F\x8B") {
        return tifa_fuzz::check("page.txt.gz", bytes);
    }
    let parts: Vec<&[u8]> = tifa_fuzz::parts(bytes).collect();
    let names: Vec<String> = parts.iter().step_by(2).map(|name| String::from_utf8_lossy(name).into_owned()).collect();
    let contents = parts.iter().skip(1).step_by(2).copied();
    let zip = tifa_fuzz::zipped(names.iter().map(String::as_str).zip(contents));
    tifa_fuzz::check("files.zip", &zip);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&zip).expect("memory");
    tifa_fuzz::check("files.zip.gz", &packed.finish().expect("memory"));
});
