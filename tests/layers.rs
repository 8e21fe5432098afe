//! The layers of the design: a module uses only lower ones and its neighbours of the same rank.

use std::fs;
use std::path::{Path, PathBuf};

use crate::project;

/// Lowest first.
const RANKS: [&[&str]; 14] = [
    &["error", "text", "stats"],
    &["lexicon"],
    &["people"],
    &["corpus"],
    &["attribution", "matcher"],
    &["table"],
    &["scan"],
    &["analysis", "curation", "discover", "evaluation"],
    &["chart"],
    &["report"],
    &["study"],
    &["cli"],
    &["lib"],
    &["main"],
];

/// External crates and the lowest module that may use them.
const HOMES: [(&str, &[&str]); 5] = [
    ("polars", &["table", "scan", "analysis", "curation", "discover", "evaluation", "chart", "report", "study", "cli", "error"]),
    ("plotters", &["chart"]),
    ("rust_xlsxwriter", &["table"]),
    ("aho_corasick", &["matcher", "attribution", "people", "corpus", "discover"]),
    ("clap", &["cli"]),
];

fn rank(module: &str) -> usize {
    RANKS.iter().position(|r| r.contains(&module)).unwrap_or_else(|| panic!("src/{module} is in no layer; give it one"))
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

/// (file, own module, its text without its tests)
fn files() -> Vec<(String, String, String)> {
    let src = project("src");
    let mut paths = Vec::new();
    sources(&src, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
            let module = name.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            let code = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            (name, module, code)
        })
        .collect()
}

#[test]
fn modules_use_only_what_is_below_them() {
    let mut wrong = Vec::new();
    let mut uses = 0;
    for (file, module, code) in files().iter().filter(|(_, m, _)| m != "lib" && m != "main") {
        for (at, _) in code.match_indices("crate::") {
            let used: String = code[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if used.is_empty() || used.starts_with(char::is_uppercase) {
                continue;
            }
            uses += 1;
            if rank(&used) > rank(module) {
                wrong.push(format!("{file} uses crate::{used}"));
            }
        }
    }
    assert!(uses > 50, "the test reads the wrong files");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn crates_stay_in_their_modules() {
    let mut wrong = Vec::new();
    for (file, module, code) in files() {
        for (name, homes) in HOMES {
            let used = code.lines().any(|l| {
                !l.trim_start().starts_with("//")
                    && (l.contains(&format!("use {name}::")) || l.contains(&format!(" {name}::")) || l.contains(&format!("({name}::")))
            });
            if used && !homes.contains(&module.as_str()) {
                wrong.push(format!("{file} uses {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_command_line_prints() {
    let prints = ["println!(", "print!(", "eprintln!(", "eprint!(", "dbg!("];
    let wrong: Vec<String> =
        files().into_iter().filter(|(_, module, code)| module != "cli" && prints.iter().any(|p| code.contains(p))).map(|(f, ..)| f).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn files_are_written_in_one_place() {
    let writes = ["fs::write(", "File::create(", "OpenOptions"];
    let wrong: Vec<String> =
        files().into_iter().filter(|(file, _, code)| file != "table/output.rs" && writes.iter().any(|w| code.contains(w))).map(|(f, ..)| f).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
