//! All integration tests, in one binary.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test fails by panicking, and says what it did not run")]

mod again;
mod analysis;
mod attribution;
mod charts;
mod cmd;
mod corpora;
mod corpus;
mod determinism;
mod discover;
mod docs;
mod evaluation;
mod faults;
mod formats;
mod gold;
mod layers;
mod lexicon;
mod licences;
mod limits;
mod oracles;
mod page;
mod sample;
mod shapes;
mod simulations;
mod studies;
mod tables;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A path of the project.
fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A path of the material that is kept beside the project, if it is there; else the test says that it did not run.
fn shared(path: &str) -> Option<PathBuf> {
    let found = project("../shared").join(path);
    if !found.exists() {
        eprintln!("not run: ../shared/{path} is not there");
        return None;
    }
    Some(found)
}

/// Runs the program.
fn tifa(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tifa")).args(args).output().unwrap()
}

/// The rows of a CSV file as maps from column to cell.
fn rows(csv: &str) -> Vec<std::collections::HashMap<String, String>> {
    let mut records = records(csv).into_iter();
    let header = records.next().unwrap_or_default();
    records.map(|cells| header.iter().cloned().zip(cells).collect()).collect()
}

/// The records of a CSV text: quotes, doubled quotes, newlines within quotes.
fn records(csv: &str) -> Vec<Vec<String>> {
    let (mut all, mut record, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = csv.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quoted) {
            ('"', true) if chars.peek() == Some(&'"') => {
                cell.push('"');
                chars.next();
            }
            ('"', _) => quoted = !quoted,
            (',', false) => record.push(std::mem::take(&mut cell)),
            ('\n', false) => {
                record.push(std::mem::take(&mut cell));
                all.push(std::mem::take(&mut record));
            }
            (c, _) => cell.push(c),
        }
    }
    all
}
