//! What holds for every file, whatever is in it.

use std::collections::HashSet;
use std::io::Write as _;
use std::sync::Once;

use tifa::attribution::attribute;
use tifa::corpus::{Contents, Document, Reading, ReadingSpec, read_bytes};
use tifa::people::People;

/// Documents longer than this are not attributed: it would take most of the time.
const LONGEST: usize = 20_000;

/// Reads `bytes` as a file called `name` and checks what comes of it.
pub fn check(name: &str, bytes: &[u8]) {
    check_read(name, bytes, &Reading::default());
}

/// The same, with a way to split, as `--split` has it.
pub fn check_split(name: &str, bytes: &[u8], split: &str) {
    let spec = ReadingSpec { split: Some(split.to_owned()), ..ReadingSpec::default() };
    check_read(name, bytes, &spec.reading().expect("a way to split"));
}

fn check_read(name: &str, bytes: &[u8], reading: &Reading) {
    // The hook of libfuzzer-sys would end the run at panics in other people's code that the readers catch. Those that nobody
    // catches still end it.
    static HOOK: Once = Once::new();
    HOOK.call_once(|| std::panic::set_hook(Box::new(|info| eprintln!("{info}"))));
    let people = People::builtin();
    let contents = read_bytes(name, bytes.to_vec(), reading, people);
    assert!(!contents.documents.is_empty() || !contents.problems.is_empty(), "a file is passed over in silence");
    let mut ids = HashSet::new();
    for document in &contents.documents {
        assert!(ids.insert(document.id.as_str()), "the id {:?} stands twice", document.id);
        check_document(document, people);
    }
    if name.ends_with(".txt") && reading.split.is_none() {
        check_plain(&contents, bytes);
    }
}

/// Blocks lie in the text, in order, without overlap; segments lie in their blocks.
fn check_document(document: &Document, people: &People) {
    let mut at = 0;
    for block in &document.blocks {
        let range = &block.range;
        assert!(at <= range.start && range.start < range.end, "{range:?} after {at}");
        assert!(document.text.get(range.clone()).is_some(), "{range:?} is not in the text");
        at = range.end;
    }
    if document.text.len() > LONGEST {
        return;
    }
    let mut at = 0;
    for segment in attribute(document, people).segments {
        let (range, block) = (segment.range, &document.blocks[segment.block].range);
        assert!(block.start <= range.start && range.start < range.end && range.end <= block.end, "{range:?} is not in {block:?}");
        assert!(at <= range.start, "{range:?} after {at}");
        assert!(document.text.get(range.clone()).is_some(), "{range:?} cuts a character");
        at = range.end;
    }
}

/// A plain text in UTF-8 is read as it stands, so that offsets are those of the file.
fn check_plain(contents: &Contents, bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for document in contents.documents.iter().filter(|d| d.format.starts_with("text,")) {
        // With a zero in it, it may as well be UTF-16.
        if !text.contains('\0') {
            assert_eq!(document.format, "text, UTF-8");
            assert_eq!(document.text, text);
        }
    }
}

/// The parts of an input, set apart by zeros.
pub fn parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|b| *b == 0)
}

/// An archive with these members: checksums and packed data would keep a fuzzer from what is in it.
pub fn zipped<'a>(members: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in members {
        // A name that stands twice is not packed twice.
        if zip.start_file(name, options).is_ok() {
            zip.write_all(bytes).expect("memory");
        }
    }
    zip.finish().expect("memory").into_inner()
}
