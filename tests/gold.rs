//! Real documents, annotated by reading, held by the checker that comes with them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{project, records, shared, tifa};

fn check(gold: &str, documents: &str, corpus: &str, bounds: &str) {
    let (Some(gold), Some(documents), Some(corpus), Some(tool)) =
        (shared(&format!("gold/{gold}")), shared(&format!("gold/{documents}")), shared(corpus), shared("tools/check_gold.py"))
    else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let run = tifa(&["scan", corpus.to_str().unwrap(), "--out", dir.path().to_str().unwrap()]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    python(tool, &[gold.as_path(), &dir.path().join("hits.csv"), "--documents".as_ref(), documents.as_path(), &dir.path().join("documents.csv")], bounds);
}

/// Runs a checker that comes with the gold standards.
fn python(tool: PathBuf, files: &[&Path], bounds: &str) {
    match Command::new("python3").arg(tool).args(files).args(bounds.split(' ')).output() {
        Ok(checked) => assert!(checked.status.success(), "{}{}", String::from_utf8_lossy(&checked.stdout), String::from_utf8_lossy(&checked.stderr)),
        Err(e) => eprintln!("not run: python3: {e}"),
    }
}

#[test]
fn the_seeds_are_right_in_every_cell() {
    let all = "--exhaustive --min-recall 1 --min-precision 1 --min-speaker 1 --min-voice 1 --min-date 1 --min-title 1";
    check("seed_hits.tsv", "seed_documents.tsv", "corpora/seeds", all);
}

#[test]
fn readouts_and_transcripts_do_not_get_worse() {
    check(
        "readout_hits.tsv",
        "readout_documents.tsv",
        "gold/documents",
        "--min-recall 1 --min-speaker 0.97 --min-voice 0.97 --max-wrong-name 0.01 --max-abstained 0.03 --max-overattributed 0.03",
    );
}

#[test]
fn news_and_press_conferences_do_not_get_worse() {
    check(
        "narration_hits.tsv",
        "narration_documents.tsv",
        "gold/documents",
        "--min-recall 1 --min-speaker 0.98 --min-voice 0.98 --max-wrong-name 0.01 --max-abstained 0.03 --max-overattributed 0.03",
    );
}

#[test]
fn sentences_of_press_reports_do_not_get_worse() {
    let (Some(gold), Some(corpus), Some(tool)) = (shared("gold/sentence_speakers.tsv"), shared("gold/documents"), shared("tools/check_segments.py")) else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let run = tifa(&["scan", corpus.to_str().unwrap(), "--out", dir.path().to_str().unwrap()]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    python(tool, &[gold.as_path(), &dir.path().join("segments.csv")], "--min-speaker 0.90 --max-wrong-name 0.03 --max-overattributed 0.05");
}

/// What reports say of how often attribution is wrong is what is measured here. `TIFA_UPDATE=1` writes it.
#[test]
fn error_rates_in_reports_are_those_measured() {
    let Some(documents) = shared("gold/documents") else { return };
    let mut csv = String::from("material,measure,n,estimate,low,high\n");
    for (gold, material) in
        [("readout_hits", "readouts and transcripts"), ("narration_hits", "news and press conferences"), ("sentence_speakers", "sentences of press reports")]
    {
        let Some(gold) = shared(&format!("gold/{gold}.tsv")) else { return };
        let run = tifa(&["eval", documents.to_str().unwrap(), "--gold", gold.to_str().unwrap(), "--format", "csv"]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let measures = ["speaker", "voice", "wrong_name", "abstained", "overattributed"];
        for row in records(&String::from_utf8(run.stdout).unwrap()).iter().filter(|r| r[1] == "all") {
            if measures.contains(&row[0].trim_start_matches("sentence_")) {
                csv.push_str(&format!("{material},{},{}\n", row[0], row[3..].join(",")));
            }
        }
    }
    let kept = project("src/report/error_rates.csv");
    if std::env::var_os("TIFA_UPDATE").is_some() {
        std::fs::write(&kept, &csv).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), csv);
}
