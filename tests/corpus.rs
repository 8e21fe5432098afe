//! The project's own sample documents: every hit, speaker, voice, title and date as a reader annotated them
//! (`tests/expected/NAME.toml` for `tests/corpus/NAME.*`).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{project, rows, tifa};

#[derive(Deserialize)]
struct Expected {
    title: String,
    published: String,
    event_date: String,
    #[serde(default)]
    hit: Vec<Hit>,
}

#[derive(Deserialize, PartialEq, Debug)]
struct Hit {
    text: String,
    formula: String,
    speaker: String,
    voice: String,
}

#[test]
fn every_document_is_read_as_a_reader_would() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("scan");
    let run = tifa(&["scan", project("tests/corpus").to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let read = |name: &str| rows(&std::fs::read_to_string(out.join(name)).unwrap());
    let mut hits: BTreeMap<String, Vec<Hit>> = BTreeMap::new();
    for row in read("hits.csv").into_iter().filter(|r| r["within"].is_empty()) {
        let take = |name: &str| row[name].clone();
        let hit = Hit { text: take("text"), formula: take("formula"), speaker: take("speaker"), voice: take("voice") };
        hits.entry(take("document")).or_default().push(hit);
    }
    let mut wrong = Vec::new();
    let documents = read("documents.csv");
    assert!(documents.len() >= 12);
    for document in &documents {
        let id = &document["document"];
        let stem = id.rsplit_once('.').unwrap().0;
        let text = std::fs::read_to_string(project(&format!("tests/expected/{stem}.toml"))).unwrap();
        let expected: Expected = toml::from_str(&text).unwrap();
        for (name, want) in [("title", &expected.title), ("published", &expected.published), ("event_date", &expected.event_date)] {
            if document[name] != *want {
                wrong.push(format!("{id}: {name}: want {want:?}, got {:?}", document[name]));
            }
        }
        let got = hits.remove(id).unwrap_or_default();
        let longest = got.len().max(expected.hit.len());
        for i in 0..longest {
            if got.get(i) != expected.hit.get(i) {
                wrong.push(format!("{id}: hit {}: want {:?}, got {:?}", i + 1, expected.hit.get(i), got.get(i)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
