//! How fast each stage is, on the texts of the test corpus: `cargo bench`, or `cargo bench -- hits` for one stage.
//!
//! The texts are small and well known to the rules, so the figures compare versions of a stage with each other; `benches/compare.sh`
//! measures whole runs on large inputs.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot read its inputs is to stop")]

use std::path::Path;
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use tifa::attribution::{Segment, attribute};
use tifa::corpus::{Document, Reading, Signature, document_from_text, read_bytes};
use tifa::lexicon::Lexicons;
use tifa::matcher::Matcher;
use tifa::people::People;
use tifa::text::{exposure, fold};

fn main() {
    divan::main();
}

/// How often the texts of the test corpus stand in the file of JSON lines.
const TIMES: usize = 16;

/// The texts of the test corpus.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|p| std::fs::read_to_string(p).unwrap()).collect()
});

static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| TEXTS.iter().map(|text| document_from_text("a.txt", text.clone(), People::builtin())).collect());

static SEGMENTS: LazyLock<Vec<Vec<Segment>>> = LazyLock::new(|| DOCUMENTS.iter().map(|d| attribute(d, People::builtin()).segments).collect());

static MATCHER: LazyLock<Matcher> = LazyLock::new(|| Matcher::new(&Lexicons::load(&[""; 0], false).unwrap()).unwrap());

/// The size of the texts.
fn size() -> BytesCount {
    BytesCount::new(TEXTS.iter().map(String::len).sum::<usize>())
}

fn json_lines() -> Vec<u8> {
    let line = |(i, text): (usize, &String)| serde_json::json!({"id": i.to_string(), "date": "2023-02-02", "text": text}).to_string() + "\n";
    std::iter::repeat_n(TEXTS.iter(), TIMES).flatten().enumerate().map(line).collect::<String>().into_bytes()
}

#[divan::bench]
fn folding(bencher: Bencher<'_, '_>) {
    bencher.counter(size()).bench(|| TEXTS.iter().map(|t| fold(black_box(t)).as_str().len()).sum::<usize>());
}

#[divan::bench]
fn counting_words(bencher: Bencher<'_, '_>) {
    bencher.counter(size()).bench(|| TEXTS.iter().map(|t| exposure(black_box(t)).words).sum::<u64>());
}

#[divan::bench]
fn laying_out(bencher: Bencher<'_, '_>) {
    bencher.counter(size()).bench(|| TEXTS.iter().map(|t| document_from_text("a.txt", t.clone(), People::builtin()).blocks.len()).sum::<usize>());
}

#[divan::bench]
fn reading_json_lines(bencher: Bencher<'_, '_>) {
    let bytes = json_lines();
    bencher.counter(BytesCount::of_slice(&bytes)).bench(|| read_bytes("a.jsonl", bytes.clone(), &Reading::default(), People::builtin()).documents.len());
}

#[divan::bench]
fn attributing(bencher: Bencher<'_, '_>) {
    LazyLock::force(&DOCUMENTS);
    bencher.counter(size()).bench(|| DOCUMENTS.iter().map(|d| attribute(black_box(d), People::builtin()).segments.len()).sum::<usize>());
}

#[divan::bench]
fn finding_hits(bencher: Bencher<'_, '_>) {
    LazyLock::force(&MATCHER);
    bencher.counter(size()).bench(|| DOCUMENTS.iter().zip(&*SEGMENTS).map(|(d, s)| MATCHER.hits(black_box(d), s).len()).sum::<usize>());
}

#[divan::bench]
fn signing(bencher: Bencher<'_, '_>) {
    LazyLock::force(&DOCUMENTS);
    bencher.counter(size()).bench(|| DOCUMENTS.iter().map(|d| Signature::of(black_box(d), People::builtin()).marks.len()).sum::<usize>());
}

#[divan::bench(sample_count = 20)]
fn loading_the_lexicons() -> usize {
    Lexicons::load(&[""; 0], false).unwrap().formulas().count()
}

#[divan::bench(sample_count = 20)]
fn compiling_the_matcher(bencher: Bencher<'_, '_>) {
    let lexicons = Lexicons::load(&[""; 0], false).unwrap();
    bencher.bench(|| Matcher::new(&lexicons).unwrap().formulas().len());
}

/// From files to tables.
#[cfg(feature = "analysis")]
#[divan::bench(sample_count = 10)]
fn scanning(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    let bytes = json_lines();
    std::fs::write(dir.path().join("a.jsonl"), &bytes).unwrap();
    let lexicons = Lexicons::load(&[""; 0], false).unwrap();
    bencher.counter(BytesCount::of_slice(&bytes)).bench(|| tifa::scan::Scan::of(&[dir.path()], Reading::default(), &lexicons).unwrap().hits.height());
}
