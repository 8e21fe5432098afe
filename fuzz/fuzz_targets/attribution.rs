//! Attribution: text that people might have said, read as a document of each kind; who speaks where, and the formulas in it.

#![no_main]

use tifa::corpus::{Reading, ReadingSpec, document_from_text, read_bytes};
use tifa::people::People;

const GENRES: [&str; 8] = ["readout", "transcript", "address", "statement", "letter", "joint", "article", "digest"];

libfuzzer_sys::fuzz_target!(|input: (u8, &str)| {
    let (how, text) = input;
    let people = People::builtin();
    let Some(genre) = GENRES.get(usize::from(how)) else {
        return tifa_fuzz::check_hits(&document_from_text("page.txt", text.to_owned(), people), people);
    };
    let spec = ReadingSpec { genre: Some((*genre).to_owned()), ..ReadingSpec::default() };
    let reading: Reading = spec.reading().expect("a kind of document");
    for document in read_bytes("page.txt", text.as_bytes().to_vec(), &reading, people).documents {
        tifa_fuzz::check_hits(&document, people);
    }
});
