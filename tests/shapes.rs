//! No shape of a text takes time that grows with the square of its length.
//!
//! What is measured is the time that the processor spent, of texts in a short and a long version. `TIFA_SHAPES=N` makes the long ones of N
//! bytes (a release build is for that); each shape's line is written to standard error.

#![cfg(unix)]

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

#[path = "../benches/shapes/mod.rs"]
mod made;

use made::{SHAPES, Shape};

/// The long text is so many times as long as the short one.
const TIMES: usize = 4;
/// With the square of the length it would take 16 times as long, in proportion to it 4 times.
const MOST: f64 = 8.0;
/// Less is too little to be measured.
const LEAST: f64 = 0.15;

/// The seconds of processor time that a scan of the text takes.
fn seconds(dir: &Path, shape: &Shape, bytes: usize) -> f64 {
    let corpus = dir.join("corpus");
    std::fs::create_dir_all(&corpus).unwrap();
    std::fs::write(corpus.join(format!("{}.{}", shape.name, shape.ending)), (shape.make)(bytes)).unwrap();
    std::fs::write(dir.join("small.toml"), "name = \"s\"\nversion = \"1\"\n[[formula]]\nid = \"a\"\nen = [\"win-win\"]\nzh = [\"共同体\"]\n").unwrap();
    // The shell's `times` says what its children took.
    let script = "\"$0\" scan corpus --threads 1 --no-builtin --lexicon small.toml --format csv --out out 2>err; code=$?; times; exit $code";
    let run = Command::new("timeout").args(["600", "sh", "-c", script, env!("CARGO_BIN_EXE_tifa")]).current_dir(dir).output().unwrap();
    let err = std::fs::read_to_string(dir.join("err")).unwrap();
    assert!(matches!(run.status.code(), Some(0 | 2)) && !err.contains("panicked"), "{} of {bytes} bytes: {}: {err}", shape.name, run.status);
    std::fs::remove_dir_all(&corpus).unwrap();
    let _ = std::fs::remove_dir_all(dir.join("out"));
    let times = String::from_utf8(run.stdout).unwrap();
    let children = times.lines().last().unwrap();
    let parsed = |time: &str| {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
        minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
    };
    children.split_whitespace().map(parsed).sum()
}

#[test]
fn no_shape_takes_the_square_of_its_length() {
    let bytes: usize = std::env::var_os("TIFA_SHAPES").and_then(|n| n.to_str()?.parse().ok()).unwrap_or(400_000);
    let dir = tempfile::tempdir().unwrap();
    let start = seconds(dir.path(), &Shape { name: "nothing", ending: "txt", make: |_| "a".into() }, 1);
    let mut wrong = Vec::new();
    for shape in &SHAPES {
        // A second measurement decides: the first may have been disturbed.
        let mut ratio = f64::MAX;
        for _ in 0..2 {
            let (short, long) = (seconds(dir.path(), shape, bytes / TIMES) - start, seconds(dir.path(), shape, bytes) - start);
            ratio = ratio.min(long.max(LEAST) / short.max(LEAST));
            let _ = writeln!(std::io::stderr(), "shapes: {:<16} {bytes} bytes: {long:.2} s, {ratio:.1} times a quarter of it", shape.name);
            if ratio < MOST {
                break;
            }
        }
        if ratio >= MOST {
            wrong.push(format!("{}: {TIMES} times the text takes {ratio:.1} times as long", shape.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
