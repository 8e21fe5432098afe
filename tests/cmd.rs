//! Commands as a user types them, with what they print and exit with (`tests/cmd/`), and bad input that cannot be committed.

use crate::{project, rows, tifa};

#[test]
fn commands() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd").case("README.md").run();
}

fn stderr(run: &std::process::Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

#[test]
fn an_empty_folder_is_no_input() {
    let dir = tempfile::tempdir().unwrap();
    let run = tifa(&["count", dir.path().to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("no files in the input; give files or folders"), "{}", stderr(&run));
}

#[test]
fn bad_files_are_problems_and_the_rest_is_counted() {
    let dir = tempfile::tempdir().unwrap();
    let corpus = dir.path().join("corpus");
    std::fs::create_dir(&corpus).unwrap();
    std::fs::copy(project("tests/corpus/velmora-briefing.txt"), corpus.join("good.txt")).unwrap();
    std::fs::write(corpus.join("empty.txt"), "").unwrap();
    std::fs::write(corpus.join("latin1.txt"), b"caf\xe9").unwrap();
    std::fs::write(corpus.join("binary.txt"), b"\x00\x01").unwrap();
    std::fs::write(corpus.join("page.html"), "<html></html>").unwrap();
    let out = dir.path().join("out");
    let run = tifa(&["scan", corpus.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(0));
    assert!(stderr(&run).contains("4 files could not be read; 1 document read"), "{}", stderr(&run));
    let problems = rows(&std::fs::read_to_string(out.join("problems.csv")).unwrap());
    let found: Vec<(&str, &str)> = problems.iter().map(|p| (p["path"].as_str(), p["kind"].as_str())).collect();
    assert_eq!(found, [("binary.txt", "binary"), ("empty.txt", "empty"), ("latin1.txt", "encoding"), ("page.html", "format")]);
    let strict = tifa(&["count", corpus.to_str().unwrap(), "--strict"]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(!strict.stdout.is_empty());
}

#[cfg(unix)]
#[test]
fn loops_and_locked_files_are_problems() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("good.txt"), "They spoke of true multilateralism.").unwrap();
    symlink(dir.path(), dir.path().join("loop")).unwrap();
    symlink(dir.path().join("nowhere"), dir.path().join("gone.txt")).unwrap();
    let locked = dir.path().join("locked.txt");
    std::fs::write(&locked, "x").unwrap();
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    let run = tifa(&["hits", dir.path().to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(0));
    assert!(stderr(&run).contains("loop: a link that leads back"), "{}", stderr(&run));
    assert!(stderr(&run).contains("gone.txt"), "{}", stderr(&run));
    // The superuser may read every file.
    if std::fs::read(&locked).is_err() {
        assert!(stderr(&run).contains("locked.txt: "), "{}", stderr(&run));
    }
    assert_eq!(rows(&String::from_utf8_lossy(&run.stdout)).len(), 1);
}

#[test]
fn nothing_is_written_where_something_else_is() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("notes.txt"), "mine").unwrap();
    for command in ["scan", "report"] {
        let run = tifa(&[command, project("tests/corpus").to_str().unwrap(), "--out", dir.path().to_str().unwrap()]);
        assert_eq!(run.status.code(), Some(2));
        assert!(stderr(&run).contains("`notes.txt`"), "{}", stderr(&run));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_bad_lexicon_leaves_nothing_half_written() {
    let dir = tempfile::tempdir().unwrap();
    let lexicon = dir.path().join("mine.toml");
    std::fs::write(&lexicon, "name = \"mine\"\nversion = \"1\"\n\n[[formula]]\nid = \"a\"\nlabel = { en = \"A\" }\nen = [\"one\", \"\"]\n").unwrap();
    let out = dir.path().join("out");
    let run = tifa(&["scan", project("tests/corpus").to_str().unwrap(), "--lexicon", lexicon.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("mine.toml:7: `a`: an empty variant"), "{}", stderr(&run));
    assert!(!out.join("run.json").exists() && !out.join("hits.csv").exists());
}

#[test]
fn the_text_of_a_plain_file_is_the_file() {
    let path = project("tests/corpus/gu-wenzhou-ferrand.txt");
    let run = tifa(&["text", path.to_str().unwrap()]);
    assert_eq!(run.stdout, std::fs::read(&path).unwrap());
}

#[test]
fn offsets_lead_to_the_words() {
    let corpus = project("tests/corpus");
    let run = tifa(&["hits", corpus.to_str().unwrap(), "--voice", "spoken,reported,quoted,question,document,joint,narration,title,boilerplate"]);
    let hits = rows(&String::from_utf8(run.stdout).unwrap());
    assert!(hits.len() > 50);
    for hit in hits {
        let text = std::fs::read(corpus.join(&hit["path"])).unwrap();
        let (start, end): (usize, usize) = (hit["start"].parse().unwrap(), hit["end"].parse().unwrap());
        let words = String::from_utf8(text[start..end].to_vec()).unwrap();
        assert_eq!(words.split_whitespace().collect::<Vec<_>>().join(" "), hit["text"]);
    }
}
