//! Word documents: a file as it is, or the parts of one: text, footnotes, header, properties.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return tifa_fuzz::check("page.docx", bytes);
    }
    let names = ["word/document.xml", "word/footnotes.xml", "word/header1.xml", "docProps/core.xml"];
    tifa_fuzz::check("page.docx", &tifa_fuzz::zipped(names.into_iter().zip(tifa_fuzz::parts(bytes))));
});
