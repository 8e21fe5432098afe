//! Two runs give the same bytes, whatever the number of threads; a scan folder gives what its files give.

use std::collections::BTreeMap;
use std::path::Path;

use crate::{project, tifa};

/// All files of a folder with their contents.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                all.insert(path.strip_prefix(folder).unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    all
}

#[test]
fn runs_and_threads_do_not_change_a_byte() {
    let corpus = project("tests/corpus");
    let dir = tempfile::tempdir().unwrap();
    for command in ["scan", "report"] {
        let run = |name: &str, extra: &[&str]| {
            let out = dir.path().join(format!("{command}-{name}"));
            let args = [&[command, corpus.to_str().unwrap(), "--out", out.to_str().unwrap(), "--quiet"], extra].concat();
            assert!(tifa(&args).status.success());
            contents(&out)
        };
        let first = run("first", &[]);
        assert!(first.len() >= 9 && first.contains_key("run.json"), "{:?}", first.keys());
        for (name, extra) in [("again", &[][..]), ("one", &["--threads", "1"]), ("three", &["--threads", "3"])] {
            let other = run(name, extra);
            assert_eq!(first.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
            for (file, bytes) in &first {
                assert!(other[file] == *bytes, "{command}: {file} differs ({name})");
            }
        }
    }
}

#[test]
fn a_scan_folder_answers_as_its_files_do() {
    let corpus = project("tests/corpus");
    let dir = tempfile::tempdir().unwrap();
    let scan = dir.path().join("scan");
    assert!(tifa(&["scan", corpus.to_str().unwrap(), "--out", scan.to_str().unwrap()]).status.success());
    for query in
        [&["count", "--by", "year,speaker,formula"][..], &["hits"], &["kwic", "--theme", "visions"], &["count", "--by", "theme", "--min-evidence", "cue"]]
    {
        let ask = |input: &Path| {
            let args = [query, &[input.to_str().unwrap()]].concat();
            let run = tifa(&args);
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            String::from_utf8(run.stdout).unwrap()
        };
        let (from_files, from_scan) = (ask(&corpus), ask(&scan));
        assert!(from_files.lines().count() > 3, "{query:?}: {from_files}");
        assert_eq!(from_files, from_scan, "{query:?}");
    }
}
