//! The committed reports are what the program makes of the studies of the sample corpus, byte for byte (pictures and the
//! workbook aside, whose compression is the business of a library).

use std::path::Path;

use crate::{project, tifa};

fn compare(made: &Path, kept: &Path, wrong: &mut Vec<String>) -> usize {
    let mut files = 0;
    for entry in std::fs::read_dir(made).unwrap() {
        let path = entry.unwrap().path();
        let other = kept.join(path.file_name().unwrap());
        if path.is_dir() {
            files += compare(&path, &other, wrong);
            continue;
        }
        files += 1;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match std::fs::read(&other) {
            Err(_) => wrong.push(format!("{name}: not committed")),
            Ok(kept) if name.ends_with(".png") => assert!(kept.starts_with(b"\x89PNG")),
            Ok(kept) if name.ends_with(".xlsx") => assert!(kept.starts_with(b"PK")),
            Ok(kept) if kept != std::fs::read(&path).unwrap() => wrong.push(format!("{name}: differs")),
            Ok(_) => {}
        }
    }
    files
}

/// The studies of the sample corpus.
const STUDIES: [&str; 3] = ["sample", "two-speakers", "bilingual"];

#[test]
fn the_committed_reports_are_current() {
    let dir = tempfile::tempdir().unwrap();
    // In a place of its own that looks like the project, since run.json says how to come from the report to the corpus.
    let place = |path: &str| dir.path().join(path);
    std::fs::create_dir_all(place("tests/corpus")).unwrap();
    for file in std::fs::read_dir(project("tests/corpus")).unwrap().map(|e| e.unwrap().path()) {
        std::fs::copy(&file, place("tests/corpus").join(file.file_name().unwrap())).unwrap();
    }
    for study in STUDIES {
        let folder = format!("reports/{study}");
        std::fs::create_dir_all(place(&folder)).unwrap();
        std::fs::copy(project(&folder).join("study.toml"), place(&folder).join("study.toml")).unwrap();
        let run = tifa(&["report", place(&folder).join("study.toml").to_str().unwrap()]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let mut wrong = Vec::new();
        let files = compare(&place(&folder), &project(&folder), &mut wrong);
        assert!(files >= 14, "{files}");
        assert!(wrong.is_empty(), "{}\nmake it again: cargo run --release -- report {folder}/study.toml", wrong.join("\n"));
    }
}
