//! What holds for every file, whatever is in it.

use std::collections::HashSet;
use std::io::Write as _;
use std::sync::{Once, OnceLock};

use tifa::attribution::{Segment, attribute, stance};
use tifa::corpus::{Contents, Document, Reading, ReadingSpec, Signature, read_bytes};
use tifa::lexicon::Lexicons;
use tifa::matcher::Matcher;
use tifa::people::People;
use tifa::text::exposure;

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
    if document.text.len() <= LONGEST {
        check_segments(document, people);
    }
}

/// Segments lie in their blocks, in order, without overlap, and leave no letter between them; who has a speaker has evidence
/// for it, and cues lie in the text.
pub fn check_segments(document: &Document, people: &People) -> Vec<Segment> {
    let segments = attribute(document, people).segments;
    let (mut at, mut covered) = (0, 0);
    for segment in &segments {
        let (range, block) = (segment.range.clone(), &document.blocks[segment.block].range);
        assert!(block.start <= range.start && range.start < range.end && range.end <= block.end, "{range:?} is not in {block:?}");
        assert!(at <= range.start, "{range:?} after {at}");
        let words = document.text.get(range.clone()).expect("a segment cuts a character");
        assert_eq!(segment.speaker.is_some(), segment.evidence.is_some(), "{:?} by {:?}", segment.speaker, segment.evidence);
        if let Some(cue) = &segment.why.cue {
            assert!(cue.start < cue.end && document.text.get(cue.clone()).is_some(), "the cue {cue:?}");
        }
        covered += words.chars().filter(|c| c.is_alphanumeric()).count();
        at = range.end;
    }
    let all: usize = document.blocks.iter().map(|b| document.block_text(b).chars().filter(|c| c.is_alphanumeric()).count()).sum();
    assert_eq!(covered, all, "some text is in no segment");
    segments
}

/// The built-in lexicons are searched for in every document: hits lie in their segments and in order, and the exposure of the segments
/// is counted without a panic.
pub fn check_hits(document: &Document, people: &People) {
    static MATCHER: OnceLock<Matcher> = OnceLock::new();
    let matcher = MATCHER.get_or_init(|| Matcher::new(&Lexicons::load(&[""; 0], false).expect("sound lexicons")).expect("an automaton"));
    let segments = check_segments(document, people);
    let mut at = 0;
    for hit in matcher.hits(document, &segments) {
        let segment = &segments[hit.segment];
        assert!(segment.range.start <= hit.range.start && hit.range.start < hit.range.end && hit.range.end <= segment.range.end, "{hit:?}");
        assert!(document.text.get(hit.range.clone()).is_some() && at <= hit.range.start, "{hit:?} after {at}");
        at = hit.range.start;
        let block = &document.blocks[segment.block];
        stance(block.folded.as_str(), block.folded.offset_of(hit.range.start - block.range.start), block.language);
    }
    for segment in &segments {
        exposure(&document.text[segment.range.clone()]);
    }
    Signature::of(document, people).to_cell();
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
