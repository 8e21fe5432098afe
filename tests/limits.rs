//! Input that nobody could hold: each is read within the limits, or refused with a word that says what to do, while the rest of the
//! folder is read. None of it takes long or much memory.

use std::io::Write;
use std::path::Path;
use std::process::Command;

/// One formula, so that what was read shows in the counts.
const SENTENCE: &str = "The Belt and Road Initiative is open to all. ";

fn gz(path: &Path, text: &[u8]) {
    let mut packed = flate2::write::GzEncoder::new(std::fs::File::create(path).unwrap(), flate2::Compression::fast());
    packed.write_all(text).unwrap();
    packed.finish().unwrap();
}

fn zip(path: &Path, members: &[(String, Vec<u8>)]) {
    let mut packed = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, text) in members {
        packed.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        packed.write_all(text).unwrap();
    }
    packed.finish().unwrap();
}

/// What a count of `dir` says of problems, and how many documents hold the formula.
fn counted(dir: &Path, options: &[&str]) -> (String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_tifa")).current_dir(dir).args(["count", "in"]).args(options).output().unwrap();
    let (said, table) = (String::from_utf8(run.stderr).unwrap(), String::from_utf8(run.stdout).unwrap());
    let documents = table.lines().find(|l| l.starts_with("belt-and-road,")).and_then(|l| l.split(',').nth(4)).unwrap_or("0").to_owned();
    (said, documents)
}

#[test]
fn what_nobody_could_hold_is_refused_and_the_rest_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("in");
    std::fs::create_dir(&input).unwrap();
    let put = |name: &str, text: &str| std::fs::write(input.join(name), text).unwrap();
    put("fine.txt", SENTENCE);
    put("long.txt", &SENTENCE.repeat(3_000));
    put("deep.html", &format!("<html><body>{}{SENTENCE}{}", "<div>".repeat(5_000), "</div>".repeat(5_000)));
    put("deep.json", &format!("{}{}", "[".repeat(50_000), "]".repeat(50_000)));
    put("lines.jsonl", &format!("{{\"text\": \"{}\"}}\n{{\"text\": \"{SENTENCE}The second line.\"}}\n", "So it is said. ".repeat(9_000)));
    put("wide.csv", &format!("{}\n{}\n", (0..5_000).map(|i| format!("c{i}")).collect::<Vec<_>>().join(","), vec!["x"; 5_000].join(",")));
    gz(&input.join("bomb.txt.gz"), &vec![b' '; 20 << 20]);
    zip(&input.join("bomb.zip"), &[("a.txt".into(), vec![b' '; 20 << 20])]);
    zip(&input.join("many.zip"), &(0..1_000).map(|i| (format!("{i}.txt"), format!("{SENTENCE}Page {i}.").into_bytes())).collect::<Vec<_>>());
    let (said, documents) = counted(dir.path(), &["--max-document", "100K"]);
    for (file, message) in [
        ("long.txt", "more than the limit of 100 KiB; split it, or raise the limit with --max-document"),
        ("lines.jsonl#1", "line 1 has 135013 bytes (131.8 KiB), more than the limit of 100 KiB"),
        ("deep.html", "nested more than 1000 deep"),
        ("deep.json", "recursion limit"),
        ("wide.csv", "has no column with the text"),
        ("bomb.txt.gz", "more than the limit of 400 KiB"),
        ("bomb.zip#a.txt", "more than the limit of 400 KiB"),
    ] {
        let told = said.lines().find(|l| l.contains(&format!("{file}: "))).unwrap_or("");
        assert!(told.contains(message) && told.len() < 600, "{file}: {told}\n{said}");
    }
    // fine.txt, the second line, and the members of the archive.
    assert_eq!(documents, "1002");
    // With a higher limit the long ones are read too.
    let (said, documents) = counted(dir.path(), &["--max-document", "4M"]);
    assert_eq!(documents, "1003");
    assert_eq!(said.matches("more than the limit of 16 MiB").count(), 2, "{said}");
}
