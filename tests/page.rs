//! The report page in a browser: reports are made here, and `tests/page/` looks at them in headless Chromium (`node --test`).

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{project, tifa};

/// What the tests of the page need and do not find.
fn missing(chromium: &Path) -> Vec<&'static str> {
    let node = Command::new("node").arg("--version").output().is_ok_and(|o| o.status.success());
    let all = [
        (node, "node"),
        (chromium.is_file(), "chromium"),
        (project("tests/page/node_modules").is_dir(), "tests/page/node_modules (npm ci --prefix tests/page)"),
    ];
    all.into_iter().filter(|(there, _)| !there).map(|(_, name)| name).collect()
}

/// Makes the report of a study.
fn report(study: &Path, out: &Path) {
    let run = tifa(&["report", study.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert!(run.status.success(), "{}: {}", study.display(), String::from_utf8_lossy(&run.stderr));
}

/// A copy of the hostile corpus, with a document whose name cannot be kept in a repository that Windows reads too.
fn hostile(to: &Path) {
    let from = project("tests/page/hostile");
    let documents = to.join("documents");
    fs::create_dir_all(&documents).unwrap();
    for name in ["study.toml", "lexicon.toml"] {
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
    for entry in fs::read_dir(from.join("documents")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, documents.join(path.file_name().unwrap())).unwrap();
    }
    if cfg!(unix) {
        fs::copy(from.join("documents/readout.md"), documents.join("<img src=x onerror=alert(1)>.txt")).unwrap();
    }
}

#[test]
fn the_page_does_what_it_should_in_a_browser() {
    let chromium = std::env::var_os("TIFA_CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".into());
    let missing = missing(Path::new(&chromium));
    if !missing.is_empty() {
        assert!(std::env::var_os("TIFA_BROWSER").is_none(), "TIFA_BROWSER is set, but there is no {}", missing.join(", no "));
        eprintln!("not run: the tests of the page need {}", missing.join(", "));
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let pages = dir.path().join("pages");
    report(&project("reports/sample/study.toml"), &pages.join("sample"));
    let chinese = dir.path().join("zh.toml");
    let corpus = project("tests/corpus").display().to_string();
    fs::write(&chinese, format!("title = \"样本语料中的提法\"\ncorpus = ['{corpus}']\nui = \"zh\"\nperiod = \"year\"\ndiscover = 5\n")).unwrap();
    report(&chinese, &pages.join("zh"));
    let filtered = dir.path().join("filtered.toml");
    let filter = "[filter]\nroll_up = true\nsince = \"2019-03\"\nspeaker = [\"Gu Wenzhou\", \"Ilse Varga\", \"Luo Jinghe\"]\n";
    let compare = "[[compare]]\nname = \"gu\"\na = \"speaker=Gu Wenzhou\"\n";
    fs::write(&filtered, format!("title = \"Filtered\"\ncorpus = ['{corpus}']\nperiod = \"quarter\"\ndiscover = 5\n{filter}{compare}")).unwrap();
    report(&filtered, &pages.join("filtered"));
    hostile(&dir.path().join("hostile"));
    report(&dir.path().join("hostile/study.toml"), &pages.join("hostile"));
    let node = Command::new("node")
        .args(["--test", "tests/page/page.test.mjs"])
        .current_dir(project("."))
        .env("TIFA_PAGES", &pages)
        .env("TIFA_CHROMIUM", &chromium)
        .output()
        .unwrap();
    let said = [node.stdout, node.stderr].map(|o| String::from_utf8_lossy(&o).into_owned()).concat();
    assert!(node.status.success(), "{said}");
}
