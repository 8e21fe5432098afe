//! Faults from outside: a run is killed, the disk is full, a folder cannot be written, files vanish while they are read.
//!
//! Whatever happens, a folder holds a whole old scan, a whole new one, or none that any command takes for one; and the next run gives the
//! bytes of an undisturbed one and leaves nothing else behind. Each test writes a line on what it did to standard error. With
//! `TIFA_FAULTS=N` a run is killed N times, with `TIFA_SEED=N` at the moments of that seed.

#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::determinism::contents;
use crate::{project, rows};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tifa");

/// How often a run is killed unless the environment says so.
const KILLS: usize = 100;

const LEXICON: &str = "name = \"small\"\nversion = \"1\"\n[[formula]]\nid = \"a\"\nen = [\"true multilateralism\"]\nzh = [\"真正的多边主义\"]\n";

/// The test's line, which is shown though the test passes.
fn log(line: &str) {
    let _ = writeln!(std::io::stderr(), "faults: {line}");
}

fn number(variable: &str) -> Option<u64> {
    std::env::var_os(variable)?.to_str()?.parse().ok()
}

/// A corpus with a lexicon, and a folder for its scan.
struct Site {
    dir: tempfile::TempDir,
}

/// The files of a folder: those for people, and the names of the hidden ones.
type State = (BTreeMap<String, Vec<u8>>, BTreeSet<String>);

fn state(folder: &Path) -> State {
    let all = if folder.is_dir() { contents(folder) } else { BTreeMap::new() };
    let (hidden, shown): (BTreeMap<_, _>, BTreeMap<_, _>) = all.into_iter().partition(|(name, _)| name.starts_with('.'));
    (shown, hidden.into_keys().collect())
}

impl Site {
    fn new() -> Site {
        let site = Site { dir: tempfile::tempdir().unwrap() };
        std::fs::create_dir(site.path("corpus")).unwrap();
        std::fs::write(site.path("small.toml"), LEXICON).unwrap();
        site.write_corpus(1);
        site
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The corpus in one of two versions.
    fn write_corpus(&self, version: usize) {
        for i in 0..6 + version {
            let text = format!("Minister Visits\n\n2024-05-{:02}\n\nMinister Ana Tane said, day {version}: true multilateralism {i}.\n", i + 1);
            std::fs::write(self.path(&format!("corpus/{i}.txt")), text).unwrap();
        }
        let later = self.path("corpus/7.txt");
        if version < 2 && later.exists() {
            std::fs::remove_file(later).unwrap();
        }
    }

    fn command(&self, program: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.dir.path()).args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn tifa(&self, args: &[&str]) -> Output {
        self.command(Path::new(PROGRAM), args).output().unwrap()
    }

    fn scan(&self, out: &str, format: &str) -> Output {
        self.tifa(&scan_args(out, format))
    }

    /// What stands beside the corpus.
    fn names(&self) -> BTreeSet<String> {
        std::fs::read_dir(self.dir.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// The scan folder as it is: `old`, `new`, or none, which no command may take for a scan.
    fn judge(&self, old: &State, new: &State, what: &str) -> &'static str {
        let (found, _) = state(&self.path("out"));
        if found == old.0 {
            return "old";
        }
        if found == new.0 {
            return "new";
        }
        let run = self.tifa(&["count", "out", "--no-builtin", "--lexicon", "small.toml"]);
        assert_eq!(run.status.code(), Some(2), "{what}: a part of a scan is taken for one: {:?}\n{}", found.keys(), said(&run));
        "none"
    }

    /// The next run gives what an undisturbed one gives, and nothing else is left.
    fn mends(&self, new: &State, format: &str, beside: &BTreeSet<String>, what: &str) {
        let run = self.scan("out", format);
        assert!(run.status.success(), "{what}: the next run fails: {}", said(&run));
        let (shown, hidden) = state(&self.path("out"));
        assert_eq!(shown.keys().collect::<Vec<_>>(), new.0.keys().collect::<Vec<_>>(), "{what}: files");
        for (name, bytes) in &shown {
            assert!(*bytes == new.0[name], "{what}: {name} differs");
        }
        assert_eq!(hidden, new.1, "{what}: left behind in the folder");
        assert_eq!(self.names(), *beside, "{what}: left behind beside the folder");
    }

    /// Puts the folder back as it was kept in `kept`; without that there is none.
    fn put_back(&self, kept: Option<&str>) {
        let out = self.path("out");
        if out.exists() {
            std::fs::remove_dir_all(&out).unwrap();
        }
        if let Some(kept) = kept {
            copy(&self.path(kept), &out);
        }
    }
}

fn scan_args<'a>(out: &'a str, format: &'a str) -> Vec<&'a str> {
    let args = ["scan", "corpus", "--no-builtin", "--lexicon", "small.toml", "--quiet", "--out", out];
    args.into_iter().chain(if format.is_empty() { vec![] } else { vec!["--format", format] }).collect()
}

fn copy(from: &Path, to: &Path) {
    let done = Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap();
    assert!(done.success());
}

fn said(run: &Output) -> String {
    let text = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(!text.contains("panicked"), "{text}");
    text
}

/// When a run is killed: after some time, or some time after it began to write.
#[derive(Debug, Clone, Copy)]
enum Moment {
    Any(Duration),
    Writing(Duration),
}

/// Starts the run and kills it; whether it was still going on.
fn kill(site: &Site, format: &str, moment: Moment, signal: &str) -> bool {
    let before = (site.names(), state(&site.path("out")).0.into_keys().collect::<Vec<_>>());
    let mut child = site.command(Path::new(PROGRAM), &scan_args("out", format)).spawn().unwrap();
    let pause = match moment {
        Moment::Any(pause) => pause,
        Moment::Writing(pause) => {
            while child.try_wait().unwrap().is_none() && !writes(site, &before.0, &before.1) {}
            pause
        }
    };
    std::thread::sleep(pause);
    let running = child.try_wait().unwrap().is_none();
    if running && signal == "KILL" {
        child.kill().unwrap();
    } else if running {
        let _ = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).stderr(Stdio::null()).status();
    }
    child.wait().unwrap();
    running
}

/// Whether anything new is in the folder or beside it.
fn writes(site: &Site, beside: &BTreeSet<String>, inside: &[String]) -> bool {
    let listed = std::fs::read_dir(site.path("out")).map_or(0, Iterator::count);
    site.names() != *beside || listed != inside.len()
}

#[test]
fn killed_at_any_moment_nothing_is_lost() {
    let kills = number("TIFA_FAULTS").map_or(KILLS, |n| n as usize);
    let seed = number("TIFA_SEED").unwrap_or_else(|| u64::from(std::process::id()));
    let mut random = fastrand::Rng::with_seed(seed);
    let site = Site::new();
    assert!(site.scan("old", "").status.success());
    site.write_corpus(2);
    let formats = ["", "parquet"];
    let mut wanted = Vec::new();
    let mut whole = Duration::ZERO;
    for format in formats {
        let start = Instant::now();
        assert!(site.scan("out", format).status.success());
        whole = start.elapsed();
        wanted.push(state(&site.path("out")));
        site.put_back(None);
    }
    let old = state(&site.path("old"));
    let beside: BTreeSet<String> = site.names().into_iter().chain(["out".into()]).collect();
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut runs, mut faults) = (0, 0);
    while faults < kills {
        let which = random.usize(..2);
        let again = random.bool();
        site.put_back(again.then_some("old"));
        let before = if again { old.clone() } else { State::default() };
        let mut what = format!("seed {seed}, fault {faults}");
        // One kill, or several one after the other.
        for _ in 0..1 + random.usize(..3) / 2 {
            let moment = if random.bool() { Moment::Any(whole.mul_f64(random.f64())) } else { Moment::Writing(Duration::from_micros(random.u64(..8_000))) };
            let signal = ["KILL", "KILL", "TERM", "INT"][random.usize(..4)];
            what.push_str(&format!(", {signal} at {moment:?}"));
            runs += 1;
            faults += usize::from(kill(&site, formats[which], moment, signal));
            *ends.entry(site.judge(&before, &wanted[which], &what)).or_default() += 1;
        }
        runs += 1;
        site.mends(&wanted[which], formats[which], &beside, &what);
    }
    log(&format!("killed at random moments (seed {seed}): runs {runs}, faults {faults}, then found {ends:?}, lost: 0"));
}

/// Runs a script in a place of its own, where it may mount; `None` where that is not allowed.
fn with_mounts(site: &Site, script: &str, args: &[&str]) -> Option<Output> {
    let allowed = |how: &str| Command::new("unshare").args([how, "true"]).stderr(Stdio::null()).status().is_ok_and(|s| s.success());
    let how = ["-m", "-rm"].into_iter().find(|how| allowed(how))?;
    let args = [&[how, "sh", "-c", script, PROGRAM], args].concat();
    let run = site.command(Path::new("unshare"), &args).output().unwrap();
    // The script says so where it cannot mount.
    (run.status.code() != Some(77)).then_some(run)
}

/// A run in a small file system, then, with room, the next one; what each leaves is copied out.
const ON_A_SMALL_DISK: &str = "
mkdir -p small && mount -t tmpfs -o size=$1 none small || exit 77
[ ! -d \"$2\" ] || cp -a \"$2\" small/out || exit 76
shift 2
\"$0\" \"$@\"; code=$?
[ -d small/out ] && cp -a small/out out
mount -o remount,size=64m small && \"$0\" \"$@\" || exit 78
cp -a small/out after && ls -A small > beside; exit $code";

#[test]
fn a_full_disk_loses_nothing() {
    let site = Site::new();
    assert!(site.scan("old", "").status.success());
    site.write_corpus(2);
    assert!(site.scan("new", "").status.success());
    let (old, new) = (state(&site.path("old")), state(&site.path("new")));
    let (mut runs, mut faults, mut ends) = (0, 0, BTreeMap::<&str, usize>::new());
    for (before, kept) in [(&State::default(), "none"), (&old, "old")] {
        for pages in (1..).step_by(3) {
            let size = format!("{}k", 4 * pages);
            let Some(run) = with_mounts(&site, ON_A_SMALL_DISK, &[&[size.as_str(), kept][..], &scan_args("small/out", "")].concat()) else {
                return log("a full disk: not run, nothing may be mounted here");
            };
            let what = format!("{size} with {kept}");
            if run.status.code() == Some(76) {
                // Too small for the old one.
                continue;
            }
            runs += 2;
            let message = said(&run);
            assert_ne!(run.status.code(), Some(78), "{what}: the next run fails: {message}");
            *ends.entry(site.judge(before, &new, &what)).or_default() += 1;
            assert!(run.status.success() || message.contains("tifa: "), "{what}: {message}");
            assert!(state(&site.path("after")) == new, "{what}: the next run gives something else");
            assert_eq!(std::fs::read_to_string(site.path("beside")).unwrap(), "out\n", "{what}: left behind");
            std::fs::remove_dir_all(site.path("after")).unwrap();
            site.put_back(None);
            if run.status.success() {
                break;
            }
            faults += 1;
        }
    }
    assert!(faults >= 4);
    log(&format!("a full disk: runs {runs}, faults {faults}, then found {ends:?}, lost: 0"));
}

#[test]
fn files_that_may_not_grow_lose_nothing() {
    let site = Site::new();
    assert!(site.scan("old", "").status.success());
    site.write_corpus(2);
    assert!(site.scan("new", "").status.success());
    let (old, new) = (state(&site.path("old")), state(&site.path("new")));
    let beside: BTreeSet<String> = site.names().into_iter().chain(["out".into()]).collect();
    let (mut runs, mut faults) = (0, 0);
    // Whether the program is told of it, or ended.
    for told in ["trap '' XFSZ;", ""] {
        for blocks in [0, 1, 2, 4, 8, 16, 64] {
            site.put_back(Some("old"));
            let script = format!("{told} ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
            let run = site.command(Path::new("sh"), &[&["-c", &script, PROGRAM], &scan_args("out", "")[..]].concat()).output().unwrap();
            let what = format!("{told} {blocks} blocks");
            runs += 2;
            faults += usize::from(!run.status.success());
            assert!(told.is_empty() || run.status.success() || said(&run).contains("File too large"), "{what}: {}", said(&run));
            site.judge(&old, &new, &what);
            site.mends(&new, "", &beside, &what);
        }
    }
    log(&format!("files that may not grow: runs {runs}, faults {faults}, lost: 0"));
}

#[test]
fn output_that_cannot_be_written_is_an_error_and_no_panic() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return log("standard output: not run, no /dev/full") };
    let site = Site::new();
    let lexicon = ["--no-builtin", "--lexicon", "small.toml"];
    let file = "corpus/0.txt";
    let commands: [&[&str]; 12] = [
        &["count", "corpus"],
        &["hits", "corpus", "--format", "parquet"],
        &["kwic", "corpus"],
        &["trend", "corpus"],
        &["text", file],
        &["inspect", file],
        &["explain", file, "--at", "60"],
        &["lexicon", "show", "a"],
        &["lexicon", "list"],
        &["lexicon", "check"],
        &["lexicon", "expand", "a"],
        &["completions", "bash"],
    ];
    for args in commands {
        let mut command = site.command(Path::new(PROGRAM), &[args, &lexicon].concat());
        let run = command.stdout(full.try_clone().unwrap()).output().unwrap();
        assert!(run.status.code() == Some(2) && said(&run).contains("standard output: "), "{args:?}: {}: {}", run.status, said(&run));
        // Nobody reads what is said of it either.
        let mut command = site.command(Path::new(PROGRAM), &[args, &lexicon].concat());
        let run = command.stderr(full.try_clone().unwrap()).output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{args:?}");
        // A reader that goes away is no error.
        let mut child = site.command(Path::new(PROGRAM), &[args, &lexicon].concat()).spawn().unwrap();
        drop(child.stdout.take());
        let run = child.wait_with_output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{args:?}: {}", said(&run));
    }
    log(&format!("output that cannot be written: runs {0}, faults {0}", 3 * commands.len()));
}

#[test]
fn a_folder_that_cannot_be_written_is_named_and_left_as_it_is() {
    let site = Site::new();
    std::fs::write(site.path("file"), "mine").unwrap();
    std::os::unix::fs::symlink("nowhere/at/all", site.path("link")).unwrap();
    let before = site.names();
    let mut faults = 0;
    for out in ["file", "file/scan", "file/a/b", "/proc/scan", "/dev/null", "/dev/null/scan"] {
        for command in ["scan", "report"] {
            let run = site.tifa(&[command, "corpus", "--no-builtin", "--lexicon", "small.toml", "--out", out]);
            assert!(run.status.code() == Some(2) && said(&run).contains(out), "{out}: {}: {}", run.status, said(&run));
            faults += 1;
        }
        let run = site.tifa(&["count", "corpus", "-o", &format!("{out}/a.csv")]);
        assert!(run.status.code() == Some(2) && said(&run).contains(out), "{out}: {}: {}", run.status, said(&run));
    }
    assert_eq!(std::fs::read_to_string(site.path("file")).unwrap(), "mine");
    assert_eq!(site.names(), before);
    // Read only, and for somebody who is not the superuser.
    std::fs::create_dir(site.path("locked")).unwrap();
    std::fs::write(site.path("corpus/locked.txt"), "Words.").unwrap();
    std::fs::create_dir(site.path("corpus/closed")).unwrap();
    std::fs::write(site.path("corpus/closed/a.txt"), "Words.").unwrap();
    let script =
        "chmod 755 . && chmod 555 locked && chmod 000 corpus/locked.txt corpus/closed; \"$@\" 2>&1 >counts.csv; code=$?; chmod 755 corpus/closed; exit $code";
    let run_as = |args: &[&str]| {
        let other: &[&str] =
            if std::fs::read("/proc/self/mem").is_ok() || is_root() { &["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] } else { &[] };
        let all = [&["-c", script, "sh"], other, &[PROGRAM], args, &["--no-builtin", "--lexicon", "small.toml"]].concat();
        site.command(Path::new("sh"), &all).output().unwrap()
    };
    if !run_as(&["lexicon", "list"]).status.success() {
        return log(&format!("folders that cannot be written: faults {faults}; as another user: not run, that may not run the program"));
    }
    let run = run_as(&["scan", "corpus", "--out", "locked/scan"]);
    let message = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.code() == Some(2) && message.contains("locked/scan"), "{message}");
    let run = run_as(&["count", "corpus"]);
    let message = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.code() == Some(0) && message.contains("locked.txt: ") && message.contains("closed"), "{message}");
    assert_eq!(std::fs::read_dir(site.path("locked")).unwrap().count(), 0);
    log(&format!("folders that cannot be written or read: faults {}", faults + 3));
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|run| run.stdout == b"0\n")
}

#[test]
fn files_that_vanish_and_change_while_they_are_read_are_documents_or_problems() {
    let site = Site::new();
    let moving = |i: usize| site.path(&format!("corpus/m{i}.txt"));
    let stop = std::sync::atomic::AtomicBool::new(false);
    let (mut vanished, mut runs) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut random = fastrand::Rng::with_seed(7);
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let (file, other) = (moving(random.usize(..200)), moving(random.usize(..200)));
                let _ = match random.usize(..5) {
                    0 => std::fs::rename(file, other),
                    1 => std::fs::remove_file(file),
                    2 => std::fs::write(file, "Ana Tane said: true multilateralism. ".repeat(random.usize(..2000))),
                    3 => std::fs::create_dir(&file).and_then(|()| std::fs::remove_dir(&file)),
                    _ => std::fs::write(file, ""),
                };
            }
        });
        let deadline = Instant::now() + Duration::from_secs(60);
        while runs < 20 && Instant::now() < deadline {
            let run = site.scan("out", "csv");
            assert!(run.status.success(), "{}", said(&run));
            let read = |table: &str| rows(&std::fs::read_to_string(site.path(&format!("out/{table}.csv"))).unwrap());
            let (documents, problems) = (read("documents"), read("problems"));
            for i in 0..7 {
                assert!(documents.iter().any(|d| d["path"] == format!("{i}.txt")), "{i}.txt is lost");
            }
            assert!(site.tifa(&["count", "out"]).status.success());
            vanished += problems.iter().filter(|p| p["kind"] != "empty").count();
            runs += 1;
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    log(&format!("files moved, changed and removed while they are read: runs {runs}, files gone in between {vanished}, lost: 0"));
}

#[test]
fn whatever_a_file_is_called_it_is_read() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let site = Site::new();
    let names: [&[u8]; 12] = [
        b"new\nline.txt",
        b"tab\tand \"quotes\", commas.txt",
        b"latin-\xe9t\xe9.txt",
        b"latin-\xe8t\xe9.txt",
        b" blank .txt",
        b"-o.txt",
        b"hash#1.txt",
        "全球.txt".as_bytes(),
        b"\x1b[31mred.txt",
        b"per%cent.txt",
        b"a..txt",
        &[b'l'; 251],
    ];
    for (i, name) in names.iter().enumerate() {
        let name = if i + 1 == names.len() { [name, &b".txt"[..]].concat() } else { name.to_vec() };
        std::fs::write(site.path("corpus").join(OsStr::from_bytes(&name)), format!("Ana Tane said: true multilateralism, name {i}.")).unwrap();
    }
    let deep = site.path("corpus").join(vec!["d"; 400].join("/"));
    std::fs::create_dir_all(&deep).unwrap();
    std::fs::write(deep.join("deep.txt"), "Ana Tane said: true multilateralism, deep.").unwrap();
    for (link, to) in [("loop", "."), ("self", "self"), ("ping", "pong"), ("pong", "ping"), ("up", "../corpus")] {
        std::os::unix::fs::symlink(to, site.path("corpus").join(link)).unwrap();
    }
    let fifo = Command::new("mkfifo").arg(site.path("corpus/fifo.txt")).status().is_ok_and(|s| s.success());
    let run = site.scan("out", "csv");
    assert!(run.status.success(), "{}", said(&run));
    let read = |table: &str| rows(&std::fs::read_to_string(site.path(&format!("out/{table}.csv"))).unwrap());
    let (documents, problems) = (read("documents"), read("problems"));
    // The corpus, these, and the deep one.
    let found: BTreeSet<&str> = documents.iter().map(|d| d["path"].as_str()).collect();
    assert_eq!((documents.len(), found.len()), (7 + names.len() + 1, 7 + names.len() + 1), "{found:?}");
    assert!(
        found.contains("new\nline.txt") && found.contains("latin-\\xE9t\\xE9.txt") && found.contains("hash#1.txt") && found.contains("全球.txt"),
        "{found:?}"
    );
    let wrong: BTreeSet<&str> = problems.iter().map(|p| p["path"].as_str()).collect();
    assert!(["loop", "self", "ping", "pong", "up"].iter().all(|l| wrong.contains(l)) && (!fifo || wrong.contains("fifo.txt")), "{wrong:?}");
    let first = state(&site.path("out"));
    assert!(site.scan("again", "csv").status.success());
    assert!(state(&site.path("again")).0 == first.0, "a second scan differs");
    // The terminal is not told to do anything by a name.
    let run = site.tifa(&["count", "corpus", "--no-builtin", "--lexicon", "small.toml", "--by", "document", "--format", "table"]);
    assert!(run.status.success() && !run.stdout.contains(&0x1b) && !run.stderr.contains(&0x1b), "{}", String::from_utf8_lossy(&run.stdout));
}

#[test]
fn ten_thousand_empty_files_are_ten_thousand_problems() {
    let site = Site::new();
    for i in 0..10_000 {
        std::fs::write(site.path(&format!("corpus/empty{i}.txt")), "").unwrap();
    }
    let run = site.scan("out", "csv");
    assert!(run.status.success(), "{}", said(&run));
    let problems = rows(&std::fs::read_to_string(site.path("out/problems.csv")).unwrap());
    assert_eq!(problems.iter().filter(|p| p["kind"] == "empty").count(), 10_000);
    assert_eq!(rows(&std::fs::read_to_string(site.path("out/documents.csv")).unwrap()).len(), 7);
}

#[test]
fn locale_time_zone_and_threads_do_not_change_a_byte() {
    let site = Site::new();
    for name in ["gu-varga-bilingual.txt", "2023-03-28-speech-zh.txt", "velmora-briefing.txt"] {
        std::fs::copy(project("tests/corpus").join(name), site.path("corpus").join(name)).unwrap();
    }
    let environments: [&[(&str, &str)]; 8] = [
        &[],
        &[("LC_ALL", "C"), ("LANG", "C")],
        &[("LC_ALL", "zh_CN.GB18030"), ("TZ", "Asia/Shanghai")],
        &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")],
        &[("TZ", "Pacific/Kiritimati")],
        &[("TZ", "Pacific/Pago_Pago"), ("COLUMNS", "20")],
        &[("RAYON_NUM_THREADS", "1"), ("POLARS_MAX_THREADS", "1")],
        &[("RAYON_NUM_THREADS", "7"), ("POLARS_MAX_THREADS", "5")],
    ];
    for command in ["scan", "report", "trend"] {
        let mut first: Option<(State, Vec<u8>)> = None;
        for environment in environments {
            site.put_back(None);
            let out: &[&str] = if command == "trend" { &[] } else { &["--out", "out"] };
            let args = [&[command, "corpus", "--no-builtin", "--lexicon", "small.toml", "--quiet"], out].concat();
            let run = site.command(Path::new(PROGRAM), &args).envs(environment.iter().copied()).output().unwrap();
            assert!(run.status.success(), "{command} {environment:?}: {}", said(&run));
            let found = (state(&site.path("out")), run.stdout);
            let first = first.get_or_insert_with(|| found.clone());
            assert!(*first == found, "{command}: {environment:?} changes a byte");
        }
    }
}
