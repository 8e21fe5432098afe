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
    std::fs::write(corpus.join("lost.txt"), "a caf\u{FFFD} in Port Selin").unwrap();
    std::fs::write(corpus.join("binary.txt"), b"\x00\x01").unwrap();
    std::fs::write(corpus.join("page.html"), "<html></html>").unwrap();
    let out = dir.path().join("out");
    let run = tifa(&["scan", corpus.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(0));
    assert!(stderr(&run).contains("3 files or records could not be read; 1 problem with what was read; 2 documents read"), "{}", stderr(&run));
    let problems = rows(&std::fs::read_to_string(out.join("problems.csv")).unwrap());
    let found: Vec<(&str, &str)> = problems.iter().map(|p| (p["path"].as_str(), p["kind"].as_str())).collect();
    assert_eq!(found, [("binary.txt", "binary"), ("empty.txt", "empty"), ("lost.txt", "encoding"), ("page.html", "empty")]);
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

#[test]
fn a_file_reached_twice_is_read_once() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["one/a.txt", "two/a.txt"] {
        std::fs::create_dir_all(dir.path().join(name).parent().unwrap()).unwrap();
        std::fs::write(dir.path().join(name), format!("In {name} they spoke of true multilateralism.")).unwrap();
    }
    let path = |p: &str| dir.path().join(p).to_str().unwrap().to_owned();
    let run = tifa(&["count", &path("one"), &path("two"), &path("one/../two"), &path("one/a.txt"), "--by", "document"]);
    let counts = rows(&String::from_utf8(run.stdout).unwrap());
    let found: Vec<(&str, &str)> = counts.iter().map(|r| (r["document"].as_str(), r["occurrences"].as_str())).collect();
    assert_eq!(found, [("one/a.txt", "1"), ("two/a.txt", "1")]);
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_is_a_problem() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.txt"), "They spoke of true multilateralism.").unwrap();
    let made = std::process::Command::new("mkfifo").arg(dir.path().join("p.txt")).status();
    if !made.is_ok_and(|s| s.success()) {
        eprintln!("not run: no mkfifo");
        return;
    }
    let run = tifa(&["count", dir.path().to_str().unwrap()]);
    assert!(stderr(&run).contains("p.txt: is no regular file"), "{}", stderr(&run));
    assert_eq!(run.status.code(), Some(0));
}

#[test]
fn a_scan_folder_is_given_alone_and_without_lexicons() {
    let dir = tempfile::tempdir().unwrap();
    let corpus = project("tests/corpus");
    let (corpus, scan) = (corpus.to_str().unwrap(), dir.path().join("scan"));
    let (scan, out) = (scan.to_str().unwrap(), dir.path().join("out"));
    assert!(tifa(&["scan", corpus, "--out", scan, "--quiet"]).status.success());
    for (args, want) in [
        (vec!["hits", scan, corpus], "is a scan folder; give it alone"),
        (vec!["hits", scan, "--no-builtin", "--lexicon", "tests/data/same-id.toml"], "has been searched already"),
        (vec!["report", scan, "--lexicon", "tests/data/same-id.toml", "--no-builtin", "--out", out.to_str().unwrap()], "has been searched already"),
        (vec!["inspect", scan], "a scan folder holds tables"),
    ] {
        let run = tifa(&args);
        assert_eq!(run.status.code(), Some(2), "{args:?}");
        assert!(stderr(&run).contains(want), "{}", stderr(&run));
    }
    assert!(!out.exists());
}

#[test]
fn what_cannot_be_read_at_all_is_no_input() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.pdf"), "x").unwrap();
    let out = dir.path().join("out");
    let run = tifa(&["scan", dir.path().to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("nothing could be read in 1 file:") && stderr(&run).contains("a.pdf"), "{}", stderr(&run));
    assert!(!out.exists());
}

#[test]
fn markup_is_no_text_and_titles_have_none() {
    let dir = tempfile::tempdir().unwrap();
    let text =
        "# [A _Meets_ B](http://x.example/one/two) and <b>more</b>\n\n<a href=\"http://x.example/a/b\">peace</a> and [war](http://x.example/c) **again**.\n";
    std::fs::write(dir.path().join("a.md"), text).unwrap();
    let run = tifa(&["count", dir.path().to_str().unwrap(), "--by", "voice", "--voice", "narration"]);
    assert!(String::from_utf8(run.stdout).unwrap().contains("narration,en,0,0,4,words"));
    let out = dir.path().join("out");
    assert!(tifa(&["scan", dir.path().join("a.md").to_str().unwrap(), "--out", out.to_str().unwrap()]).status.success());
    assert_eq!(rows(&std::fs::read_to_string(out.join("documents.csv")).unwrap())[0]["title"], "A Meets B and more");
}

#[test]
fn counts_add_up() {
    let corpus = project("tests/corpus");
    let ask = |args: &[&str]| rows(&String::from_utf8(tifa(&[&["count", corpus.to_str().unwrap()], args].concat()).stdout).unwrap());
    let sum = |rows: &[std::collections::HashMap<String, String>], name: &str| rows.iter().map(|r| r[name].parse::<u64>().unwrap()).sum::<u64>();
    let hits = rows(&String::from_utf8(tifa(&["hits", corpus.to_str().unwrap()]).stdout).unwrap()).len() as u64;
    let whole = ask(&["--by", "language"]);
    for by in ["speaker", "year", "voice", "document", "genre"] {
        let parts = ask(&["--by", by]);
        assert_eq!((sum(&parts, "occurrences"), sum(&parts, "exposure")), (hits, sum(&whole, "exposure")), "{by}");
    }
    assert_eq!(sum(&ask(&["--by", "formula"]), "occurrences"), hits);
    for row in ask(&["--by", "speaker,formula"]) {
        let (n, exposure, rate): (f64, f64, f64) = (row["occurrences"].parse().unwrap(), row["exposure"].parse().unwrap(), row["rate"].parse().unwrap());
        assert!((n * 10_000.0 / exposure - rate).abs() < 1e-3, "{row:?}");
    }
    let themes = ask(&["--by", "theme", "--theme", "visions"]);
    assert!(!themes.is_empty() && themes.iter().all(|r| r["theme"] == "visions"));
    for nobody in ["(narration)", "(unattributed)"] {
        let own = ask(&["--by", "speaker", "--speaker", nobody]);
        let all = ask(&["--by", "speaker"]);
        assert_eq!(sum(&own, "occurrences"), all.iter().filter(|r| r["speaker"] == nobody).map(|r| r["occurrences"].parse::<u64>().unwrap()).sum::<u64>());
    }
}
