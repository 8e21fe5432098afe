//! Scans of folders that were scanned before, of parts, and joined ones give the bytes of one scan of the whole; a run that is killed
//! leaves nothing that is taken for a scan.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use crate::determinism::contents;
use crate::project;

/// Files of the sample corpus.
const SAMPLE: [&str; 3] = ["velmora-briefing.txt", "gu-wenzhou-ferrand.txt", "2019-03-05-port-selin-readout.txt"];

/// A corpus to be changed, and folders beside it.
struct Bench(tempfile::TempDir);

impl Bench {
    /// Some files of the sample corpus, and a table.
    fn new() -> Bench {
        let bench = Bench(tempfile::tempdir().unwrap());
        std::fs::create_dir(bench.path("in")).unwrap();
        for file in SAMPLE {
            std::fs::copy(project("tests/corpus").join(file), bench.path("in").join(file)).unwrap();
        }
        bench.write("in/a.txt", "Varga Meets Tane\n\n2023-02-02\n\nTane said that Orland supports the Belt and Road Initiative.\n");
        bench.write("in/empty.txt", "");
        bench.write("in/m.jsonl", &records(12));
        bench.age();
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// Lets all files look as if they were years old.
    fn age(&self) {
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
        for file in std::fs::read_dir(self.path("in")).unwrap() {
            std::fs::File::options().append(true).open(file.unwrap().path()).unwrap().set_modified(old).unwrap();
        }
    }

    /// Runs the program beside the corpus.
    fn run(&self, args: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_tifa")).current_dir(self.0.path()).args(args.split(' ')).output().unwrap()
    }

    /// What it says when all goes well.
    fn said(&self, args: &str) -> String {
        let run = self.run(args);
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(run.status.success(), "{args}: {said}");
        said
    }

    fn refused(&self, args: &str) -> String {
        let run = self.run(args);
        assert_eq!(run.status.code(), Some(2), "{args}");
        String::from_utf8_lossy(&run.stderr).into_owned()
    }

    /// Fails if a file of two folders differs.
    fn same(&self, a: &str, b: &str) {
        let (a, b) = (contents(&self.path(a)), contents(&self.path(b)));
        assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
        for (file, bytes) in &a {
            let text = |bytes: &[u8]| String::from_utf8_lossy(&bytes[..bytes.len().min(3000)]).into_owned();
            assert!(*bytes == b[file], "{file} differs:\n{}\n{}", text(bytes), text(&b[file]));
        }
    }
}

/// JSON lines, each a text of some length with a formula; every third is a copy of the one before.
fn records(n: usize) -> String {
    let text = |i: usize| {
        let own = i - usize::from(i % 3 == 2);
        format!("On matter {own} the two sides agreed to uphold true multilateralism and on number {} of the list. ", own * 37 + 1000).repeat(8)
    };
    let line = |i: usize| {
        format!("{{\"title\": \"Minutes {i}\", \"date\": \"2023-0{}-11\", \"speaker\": \"Speaker {}\", \"text\": \"{}\"}}\n", i % 9 + 1, i % 4, text(i))
    };
    (0..n).map(line).collect()
}

#[test]
fn only_what_is_new_or_changed_is_read_and_the_bytes_are_those_of_a_new_scan() {
    let bench = Bench::new();
    assert!(!bench.said("scan in --out out").contains("kept"));
    bench.said("scan in --out new");
    bench.same("out", "new");
    assert!(bench.said("scan in --out out").contains("tifa: 0 files read, 6 kept as they were, 0 no longer there"));
    bench.same("out", "new");
    // One changes in size and one in its words alone, one is only touched, one goes, one comes.
    bench.write("in/a.txt", "Varga Meets Tane\n\n2023-02-02\n\nTane said: I support true multilateralism.\n");
    bench.write("in/m.jsonl", &records(12).replace("Minutes 3", "Minutes 9"));
    std::fs::File::options()
        .append(true)
        .open(bench.path("in").join(SAMPLE[0]))
        .unwrap()
        .set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000))
        .unwrap();
    std::fs::remove_file(bench.path("in").join(SAMPLE[1])).unwrap();
    bench.write("in/zz.txt", "They spoke of the Belt and Road Initiative.");
    for formats in ["", " --format csv", " --format parquet", ""] {
        bench.said(&format!("scan in --out out{formats}"));
        bench.said(&format!("scan in --fresh --out new{formats}"));
        bench.same("out", "new");
    }
    assert!(bench.said("scan in --out out").contains("0 files read, 6 kept"));
}

#[test]
fn what_metadata_say_of_a_file_is_heeded() {
    let bench = Bench::new();
    bench.said("scan in --out out");
    bench.write("in/metadata.csv", "file,date,speaker\na.txt,2021-01-01,Ana Tane\n");
    bench.age();
    assert!(bench.said("scan in --out out").contains("tifa: 1 file read, 5 kept"));
    bench.said("scan in --out new");
    bench.same("out", "new");
}

#[test]
fn what_everything_depends_on_is_heeded() {
    let bench = Bench::new();
    bench.said("scan in --out out");
    bench.write("mine.toml", "name = \"mine\"\nversion = \"1\"\n\n[[formula]]\nid = \"sides\"\nlabel = { en = \"two sides\" }\nen = [\"two sides\"]\n");
    for (args, want) in [
        ("--lexicon mine.toml", "everything is read again: only this run has the lexicon mine"),
        ("", "everything is read again: only the earlier one has the lexicon mine"),
        ("--read-as readout", "everything is read again: the options have changed (read-as=readout, before: none)"),
        ("--format csv", "everything is read again: the options have changed"),
    ] {
        let said = bench.said(format!("scan in --out out {args}").trim_end());
        assert!(said.contains(want), "{said}");
        bench.said(format!("scan in --fresh --out new {args}").trim_end());
        bench.same("out", "new");
    }
    bench.write("out/hits.csv", "document\n");
    assert!(bench.said("scan in --out out").contains("everything is read again: its tables are not as they were written"));
    assert!(!bench.said("scan in --out out --fresh").contains("again"));
}

#[test]
fn all_parts_joined_are_the_whole() {
    let bench = Bench::new();
    // Large enough to be dealt by record.
    bench.write("in/large.jsonl", &records(60).replace("\"title\"", &format!("\"note\": \"{}\", \"title\"", "x".repeat(18_000))));
    bench.write("in/corrections.csv", "document,start,end,speaker,voice\na.txt,16,40,,narration\nnowhere.txt,0,5,,narration\nlarge.jsonl#7,0,9,,narration\n");
    std::fs::rename(bench.path("in/corrections.csv"), bench.path("corrections.csv")).unwrap();
    assert!(std::fs::metadata(bench.path("in/large.jsonl")).unwrap().len() > 1 << 20);
    bench.said("scan in --corrections corrections.csv --out whole");
    let mut documents = 0;
    for part in ["1/3", "2/3", "3/3"] {
        let said = bench.said(&format!("scan in --corrections corrections.csv --shard {part} --out part{}", &part[..1]));
        let own = contents(&bench.path(&format!("part{}", &part[..1])))["documents.csv"].iter().filter(|b| **b == b'\n').count();
        assert!(own > 10, "{said}");
        documents += own - 1;
    }
    assert!(documents > 60);
    bench.said("merge part3 part1 part2 --out joined");
    bench.same("joined", "whole");
    // By twos, and again.
    bench.said("merge part1 part2 --out two");
    bench.said("merge two part3 --out joined");
    bench.same("joined", "whole");
    assert!(bench.said("scan in --corrections corrections.csv --shard 2/3 --out part2").contains(" kept as they were, 0 no longer there"));
    bench.said("merge part1 part2 part3 --out joined --format csv");
    bench.said("scan in --corrections corrections.csv --out whole --format csv");
    bench.same("joined", "whole");
    assert!(bench.refused("merge part1 part1 --out no").contains("would have the same ids"));
    assert!(!bench.path("no/run.json").exists());
}

#[test]
fn scans_of_several_corpora_are_joined_if_they_fit_together() {
    let bench = Bench::new();
    std::fs::create_dir(bench.path("more")).unwrap();
    bench.write("more/b.txt", "They spoke of the Belt and Road Initiative.");
    bench.write("more/n.jsonl", &records(5));
    for (input, out) in [("in", "one"), ("more", "two"), ("in more", "both")] {
        bench.said(&format!("scan {input} --out {out}"));
    }
    bench.said("merge one two --out joined");
    bench.same("joined", "both");
    bench.said("scan in/a.txt --out again");
    assert!(bench.refused("merge one again --out no").contains("one, again all have `a.txt`: their documents would have the same ids"));
    bench.said("scan more/b.txt --no-builtin --lexicon mine.toml --out other".replace("--no-builtin --lexicon mine.toml ", "--read-as letter ").as_str());
    bench.said("merge one other --out no");
    assert!(std::fs::read_to_string(bench.path("no/run.json")).unwrap().contains("\"read-as=letter\""));
    bench.write("mine.toml", "name = \"mine\"\nversion = \"1\"\n\n[[formula]]\nid = \"sides\"\nlabel = { en = \"two sides\" }\nen = [\"two sides\"]\n");
    bench.said("scan more/b.txt --lexicon mine.toml --out other");
    assert!(bench.refused("merge one other --out no").contains("one and other cannot be joined: only other has the lexicon mine"));
    assert!(bench.refused("merge in --out no").contains("in: holds no scan"));
}

#[test]
fn a_part_may_be_empty() {
    let bench = Bench::new();
    for part in 1..=8 {
        bench.said(&format!("scan in/a.txt --shard {part}/8 --out part{part}"));
    }
    bench.said("scan in/a.txt --out whole");
    bench.said(&format!("merge {} --out joined", (1..=8).map(|p| format!("part{p}")).collect::<Vec<_>>().join(" ")));
    bench.same("joined", "whole");
}

#[test]
fn a_run_that_is_killed_leaves_nothing_that_is_taken_for_a_scan() {
    let bench = Bench::new();
    bench.write("in/large.jsonl", &records(300));
    bench.said("scan in --out whole");
    for delay in (0..12).map(|i| i * 120) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tifa"))
            .current_dir(bench.0.path())
            .args(["scan", "in", "--out", "out", if delay % 240 == 0 { "--fresh" } else { "--quiet" }])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        let _ = child.kill();
        child.wait().unwrap();
        if bench.path("out/run.json").exists() {
            let count = |folder: &str| bench.run(&format!("count {folder}")).stdout;
            assert!(count("out") == count("whole"), "{delay}");
        } else if bench.path("out").exists() {
            assert!(bench.refused("count out").contains("is being written or was interrupted"), "{delay}");
        }
    }
    bench.said("scan in --out out");
    bench.same("out", "whole");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_may_not_be_written_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    std::fs::create_dir(bench.path("out")).unwrap();
    std::fs::set_permissions(bench.path("out"), std::fs::Permissions::from_mode(0o555)).unwrap();
    // The superuser may write everywhere.
    if std::fs::write(bench.path("out/x"), "").is_err() {
        assert!(bench.refused("scan in --out out").contains("see who may read and write it"));
    }
}
