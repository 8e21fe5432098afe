//! How often tifa is wrong: the measures on one small document, the gold standard of the sample corpus, sheets from sample to
//! figures, and the same figures as the checker that comes with the gold standards beside the project.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use polars::prelude::DataFrame;
use tifa::corpus::Reading;
use tifa::error::Result;
use tifa::evaluation::{Evaluation, Gold, Texts, evaluate};
use tifa::lexicon::Lexicons;
use tifa::scan::Scan;

use crate::{project, rows, shared, tifa};

const TEXT: &str = "Varga Meets Tane\n\n2023-02-02\n\nVarga met Ana Tane, President of Orland, and spoke of global governance.\n\nTane said, Orland supports the Belt and Road Initiative. It will keep to true multilateralism.\n";
const HEAD: &str = "file\tstart\tend\ttext\tformula\tlang\tspeaker\tvoice\n";
const SHEET: &str = "file\tstart\tend\tleft\ttext\tright\tformula\tlang\tgenre\tspeaker\tvoice\tnote\n";

/// The evaluation of `a.txt` against gold standards, given by their names and texts.
fn run(gold: &[(&str, String)], documents: &[(&str, String)], exhaustive: bool) -> Result<Evaluation> {
    let dir = tempfile::tempdir().unwrap();
    let corpus = dir.path().join("corpus");
    std::fs::create_dir(&corpus).unwrap();
    std::fs::write(corpus.join("a.txt"), TEXT).unwrap();
    let write = |files: &[(&str, String)]| -> Vec<PathBuf> {
        files
            .iter()
            .map(|(name, text)| {
                let path = dir.path().join(name);
                std::fs::write(&path, text).unwrap();
                path
            })
            .collect()
    };
    let gold = Gold::load(&write(gold), &write(documents)).unwrap();
    let scan = Scan::of(&[&corpus], Reading::default(), &Lexicons::load(&[] as &[&Path], false).unwrap()).unwrap();
    let texts = Texts::read(&[&corpus], Reading::default(), |_| true).unwrap();
    evaluate(&scan, Some(&texts), gold, exhaustive)
}

/// A line of gold on the words `words`.
fn line(words: &str, formula: &str, speaker: &str, voice: &str) -> String {
    let start = TEXT.find(words).unwrap();
    format!("a.txt\t{start}\t{}\t{words}\t{formula}\ten\t{speaker}\t{voice}\n", start + words.len())
}

/// The same on a coder's sheet.
fn coded(words: &str, formula: &str, speaker: &str, voice: &str) -> String {
    let start = TEXT.find(words).unwrap();
    format!("a.txt\t{start}\t{}\tleft\t{words}\tright\t{formula}\ten\tarticle\t{speaker}\t{voice}\t\n", start + words.len())
}

fn column(frame: &DataFrame, name: &str) -> Vec<String> {
    let column = frame.column(name).unwrap();
    (0..column.len()).map(|i| column.get(i).unwrap().str_value().to_string()).collect()
}

/// `measure n estimate` of the rows for all.
fn figures(evaluation: &Evaluation) -> Vec<String> {
    let [measure, by, n, estimate] = ["measure", "by", "n", "estimate"].map(|c| column(&evaluation.figures, c));
    (0..by.len()).filter(|&i| by[i] == "all").map(|i| format!("{} {} {}", measure[i], n[i], estimate[i])).collect()
}

fn kinds(evaluation: &Evaluation) -> Vec<String> {
    column(&evaluation.errors, "kind")
}

#[test]
fn occurrences() {
    let gold = [
        line("global governance", "global-governance", "", "narration"),
        line("Belt and Road Initiative", "belt-and-road", "Tane|Ana  Táne", "quoted"),
        line("true multilateralism", "true-multilateralism", "Varga", "spoken"),
        line("Orland supports", "un-central-role", "Ana Tane", "reported"),
    ];
    let evaluation = run(&[("g.tsv", HEAD.to_owned() + &gold.concat())], &[], true).unwrap();
    assert_eq!(
        figures(&evaluation),
        ["recall 4 0.75", "precision 3 1.0", "speaker 3 0.666667", "voice 3 0.666667", "wrong_name 3 0.333333", "abstained 2 0.0", "overattributed 1 0.0"]
    );
    assert_eq!(kinds(&evaluation), ["missed", "speaker", "voice"]);
    assert_eq!(column(&evaluation.errors, "got")[1], "Ana Tane");
    assert!(evaluation.problems.is_empty());
    let evidence: Vec<String> = column(&evaluation.figures, "value").into_iter().filter(|v| v == "carried").collect();
    assert_eq!(evidence.len(), 4, "precision, speaker, voice and wrong_name");
}

#[test]
fn hits_that_the_gold_does_not_have_are_wrong_where_it_is_exhaustive() {
    let gold = line("Belt and Road Initiative", "belt-and-road", "Ana Tane", "reported") + &line("Varga met", "true-multilateralism", "", "narration");
    let evaluation = run(&[("g.tsv", HEAD.to_owned() + &gold)], &[], true).unwrap();
    assert_eq!(figures(&evaluation)[..2], ["recall 2 0.5", "precision 2 0.5"]);
    assert_eq!(kinds(&evaluation), ["missed", "extra"]);
}

#[test]
fn sentences() {
    let head = "file\tstart\tend\ttext\tspeaker\tvoice\n";
    let row = |words: &str, end: usize, speaker: &str, voice: &str| {
        let start = TEXT.find(words).unwrap();
        format!("a.txt\t{start}\t{}\t{words}\t{speaker}\t{voice}\n", start + end)
    };
    let gold = [
        row("Tane said, Orland", 54, "Tane|Ana Tane", "reported"),
        row("It will keep", 30, "", "mixed"),
        row("Varga met", 70, "", "narration"),
        "a.txt\t9000\t9010\t\tX\treported\n".to_owned(),
    ];
    let evaluation = run(&[("g.tsv", head.to_owned() + &gold.concat())], &[], false).unwrap();
    assert_eq!(
        figures(&evaluation),
        ["sentence_speaker 3 0.666667", "sentence_voice 3 0.666667", "sentence_wrong_name 3 0.0", "sentence_abstained 1 0.0", "sentence_overattributed 1 0.0"]
    );
    assert_eq!(kinds(&evaluation), ["uncovered", "gold"]);
    assert!(evaluation.problems[0].message.starts_with("line 5: a.txt 9000–9010 is no stretch of the text"), "{:?}", evaluation.problems);
}

#[test]
fn documents() {
    let gold = "file\tpublished\tevent_date\ttitle\na.txt\t2023-02-02\t-\tVarga meets: Tané\nb.txt\t2023-01-01\t-\t\n";
    let evaluation = run(&[], &[("d.tsv", gold.to_owned())], false).unwrap();
    let wrong = column(&evaluation.errors, "kind").into_iter().zip(column(&evaluation.errors, "document")).map(|(k, d)| format!("{k} {d}"));
    let found = figures(&evaluation);
    assert_eq!(found[1], "title 1 1.0");
    assert!(found[0].starts_with("date 4 "), "{found:?}");
    assert!(wrong.collect::<Vec<_>>().contains(&"published b.txt".to_owned()));
    assert!(
        evaluation.problems[0].message.contains("`b.txt` is not among the documents that were read; what the gold says of it (1 in all)"),
        "{:?}",
        evaluation.problems
    );
}

#[test]
fn gold_that_does_not_stand_in_the_document_is_a_problem_and_scored() {
    let moved = line("Belt and Road Initiative", "belt-and-road", "Ana Tane", "reported").replace("\tBelt and", "\tThe Belt and");
    let stranger = "b.txt\t0\t5\tHello\tbelt-and-road\ten\t\tnarration\n";
    let evaluation = run(&[("g.tsv", HEAD.to_owned() + &moved + stranger)], &[], false).unwrap();
    let messages: Vec<&str> = evaluation.problems.iter().map(|p| p.message.as_str()).collect();
    assert!(messages[0].contains("line 2: at a.txt 135–159 there stands “Belt and Road Initiative”, not “The Belt and Road Initiative”"), "{messages:?}");
    assert!(messages[1].starts_with("line 3: `b.txt` is not among the documents"), "{messages:?}");
    assert_eq!(figures(&evaluation)[0], "recall 2 0.5");
}

#[test]
fn coders_are_held_against_each_other_and_agreement_is_gold() {
    let first = [
        coded("global governance", "global-governance", "", "narration"),
        coded("Belt and Road Initiative", "belt-and-road", "Ana Tane", "reported"),
        coded("true multilateralism", "true-multilateralism", "Ana Tane", "reported"),
    ];
    let second = [
        coded("global governance", "global-governance", "", "narration"),
        coded("Belt and Road Initiative", "belt-and-road", "ana tane", "reported"),
        coded("true multilateralism", "true-multilateralism", "Varga", "reported"),
    ];
    let evaluation = run(&[("coder-1.tsv", SHEET.to_owned() + &first.concat()), ("coder-2.tsv", SHEET.to_owned() + &second.concat())], &[], false).unwrap();
    let found = figures(&evaluation);
    // Six values: nobody twice, Tane thrice, Varga once; one of three units differs: 1 - 5 · 2 / (36 - 14) = 0.545; voices: 1.
    assert_eq!(found[found.len() - 2..], ["alpha_speaker 3 0.545455", "alpha_voice 3 1.0"]);
    assert_eq!(found[0], "speaker 2 1.0", "no recall in a sample of what was found");
    assert_eq!(column(&evaluation.errors, "want"), ["coder-1: Ana Tane; coder-2: Varga"]);
    assert!(evaluation.notes[0].starts_with("3 rows coded by several coders: 2 on which they agree serve as gold, 1 on which"), "{:?}", evaluation.notes);
}

#[test]
fn a_row_that_a_coder_broke_is_a_problem_and_not_scored() {
    let good = coded("global governance", "global-governance", "", "narration");
    let moved = coded("Belt and Road Initiative", "belt-and-road", "", "narration").replace("\tBelt", "\tBelts");
    let sung = coded("true multilateralism", "true-multilateralism", "", "sung");
    let blank = coded("true multilateralism", "true-multilateralism", "", "");
    let evaluation = run(&[("coder-1.tsv", SHEET.to_owned() + &good + &moved + &sung + &blank)], &[], false).unwrap();
    assert_eq!(figures(&evaluation)[0], "speaker 1 1.0");
    let messages: Vec<String> = evaluation.problems.iter().map(|p| format!("{}: {}", p.path, p.message)).collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages[0].starts_with("coder-1.tsv: line 3: at a.txt") && messages[1].starts_with("coder-1.tsv: line 4: `sung` is no voice"), "{messages:?}");
}

#[test]
fn what_cannot_be_evaluated_is_said() {
    let sheet = SHEET.to_owned() + &coded("global governance", "global-governance", "", "narration");
    assert!(run(&[("coder-1.tsv", sheet)], &[], true).unwrap_err().to_string().contains("hold a sample"));
    let empty = run(&[("g.tsv", HEAD.to_owned() + &line("It will keep", "f", "", "sung"))], &[], false).unwrap_err().to_string();
    assert!(empty.contains("no row that can be scored; speaker and voice are to be filled in\n  g.tsv: line 2: `sung`"), "{empty}");
}

/// The figures of the sample corpus, held against its gold standard, which has every occurrence: who changes the program may lose
/// one of twenty.
#[test]
fn the_sample_corpus_is_read_as_its_gold_standard_has_it() {
    let corpus = project("tests/corpus");
    let gold = Gold::load(&[project("tests/gold/hits.tsv")], &[project("tests/gold/documents.tsv")]).unwrap();
    let scan = Scan::of(&[&corpus], Reading::default(), &Lexicons::load(&[] as &[&Path], false).unwrap()).unwrap();
    let texts = Texts::read(&[&corpus], Reading::default(), |_| true).unwrap();
    let evaluation = evaluate(&scan, Some(&texts), gold, true).unwrap();
    assert!(evaluation.problems.is_empty(), "{:?}", evaluation.problems);
    let found: BTreeMap<String, f64> =
        figures(&evaluation).iter().map(|line| line.split(' ').collect::<Vec<_>>()).map(|parts| (parts[0].to_owned(), parts[2].parse().unwrap())).collect();
    for least in ["recall", "precision", "speaker", "voice", "date", "title"] {
        assert!(found[least] >= 0.95, "{least}: {found:?}\n{}", evaluation.errors);
    }
    for most in ["wrong_name", "abstained", "overattributed"] {
        assert!(found[most] <= 0.02, "{most}: {found:?}\n{}", evaluation.errors);
    }
}

/// What `tifa eval` prints for everything together: measure → estimate, to three decimals.
fn estimates(args: &[&str]) -> BTreeMap<String, String> {
    let run = tifa(&[&["eval", "--format", "jsonl"], args].concat());
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let lines: Vec<serde_json::Value> = String::from_utf8(run.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let all = lines.iter().filter(|r| r["by"] == "all" && r["n"] != 0);
    all.map(|r| (r["measure"].as_str().unwrap().trim_start_matches("sentence_").to_owned(), format!("{:.3}", r["estimate"].as_f64().unwrap()))).collect()
}

/// The figures that a checker in Python prints last: `recall 1.000  precision 0.784 …`; `None` without Python.
fn checked(tool: &Path, args: &[PathBuf]) -> Option<BTreeMap<String, String>> {
    let run = match Command::new("python3").arg(tool).args(args).output() {
        Ok(run) => run,
        Err(e) => {
            eprintln!("not run: python3: {e}");
            return None;
        }
    };
    let text = String::from_utf8(run.stdout).unwrap();
    let words: Vec<&str> = text.lines().last().unwrap_or_default().split_whitespace().collect();
    Some(words.chunks(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect())
}

/// Holds the figures of `tifa eval` against those of the checkers; what rests on nothing is left out.
fn same_figures(corpus: &Path, gold: &Path, documents: Option<&Path>, tool: &Path, exhaustive: bool) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("scan");
    assert!(tifa(&["scan", corpus.to_str().unwrap(), "--out", out.to_str().unwrap(), "--quiet"]).status.success());
    let mut options = vec![corpus.to_str().unwrap(), "--gold", gold.to_str().unwrap()];
    let table = out.join(if documents.is_some() { "hits.csv" } else { "segments.csv" });
    let mut args = vec![gold.to_owned(), table];
    if let Some(documents) = documents {
        options.extend(["--gold-documents", documents.to_str().unwrap()]);
        args.extend(["--documents".into(), documents.to_owned(), out.join("documents.csv")]);
    }
    if exhaustive {
        options.push("--exhaustive");
        args.push("--exhaustive".into());
    }
    let own = estimates(&options);
    let Some(theirs) = checked(tool, &args) else { return };
    assert!(own.len() >= 5, "{own:?}");
    for (measure, estimate) in &own {
        assert_eq!(theirs.get(measure), Some(estimate), "{}: {measure}", gold.display());
    }
    let missing: Vec<&String> = theirs.keys().filter(|m| !own.contains_key(*m) && (exhaustive || *m != "precision")).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn figures_are_those_of_the_checkers() {
    let (Some(hits), Some(segments)) = (shared("tools/check_gold.py"), shared("tools/check_segments.py")) else { return };
    same_figures(&project("tests/corpus"), &project("tests/gold/hits.tsv"), Some(&project("tests/gold/documents.tsv")), &hits, true);
    for (gold, corpus) in [("seed", "corpora/seeds"), ("readout", "gold/documents"), ("narration", "gold/documents")] {
        let paths = (shared(corpus), shared(&format!("gold/{gold}_hits.tsv")), shared(&format!("gold/{gold}_documents.tsv")));
        let (Some(corpus), Some(gold), Some(documents)) = paths else { continue };
        for exhaustive in [true, false] {
            same_figures(&corpus, &gold, Some(&documents), &hits, exhaustive);
        }
    }
    let (Some(corpus), Some(gold)) = (shared("gold/documents"), shared("gold/sentence_speakers.tsv")) else { return };
    same_figures(&corpus, &gold, None, &segments, false);
}

/// Fills in a sheet: `code` gives speaker and voice for the number and the formula of a row.
fn fill(sheet: &Path, code: impl Fn(usize, &str) -> (&'static str, &'static str)) {
    let text = std::fs::read_to_string(sheet).unwrap();
    let filled = text.lines().enumerate().map(|(i, line)| {
        let mut cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if i > 0 {
            let (speaker, voice) = code(i, &cells[6]);
            (cells[9], cells[10]) = (speaker.to_owned(), voice.to_owned());
        }
        cells.join("\t") + "\n"
    });
    std::fs::write(sheet, filled.collect::<String>()).unwrap();
}

#[test]
fn from_a_sample_to_figures() {
    let (corpus, dir) = (project("tests/corpus"), tempfile::tempdir().unwrap());
    let out = dir.path().join("sheets");
    let args = ["annotate", corpus.to_str().unwrap(), "--sample", "40", "--out", out.to_str().unwrap()];
    let run = tifa(&args);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    let sheet = read("coder-1.tsv");
    assert_eq!((sheet.lines().count(), read("coder-2.tsv") == sheet, read("key.tsv").lines().count()), (41, true, 41));
    assert!(sheet.lines().skip(1).all(|l| l.ends_with("\t\t\t") && l.split('\t').count() == 12), "coders are blind");
    let voices: std::collections::BTreeSet<String> = read("key.tsv").lines().skip(1).map(|l| l.split('\t').nth(6).unwrap().to_owned()).collect();
    for voice in ["narration", "title", "question", "joint", "boilerplate", "spoken", "reported", "quoted"] {
        assert!(voices.contains(voice), "{voice}: {voices:?}");
    }
    // Sheets are not written over.
    assert_eq!(tifa(&args).status.code(), Some(2));
    let again = dir.path().join("again");
    assert!(tifa(&["annotate", corpus.to_str().unwrap(), "--sample", "40", "--threads", "1", "--out", again.to_str().unwrap()]).status.success());
    assert_eq!(std::fs::read_to_string(again.join("coder-1.tsv")).unwrap(), sheet);

    fill(&out.join("coder-1.tsv"), |i, _| if i % 2 == 0 { ("", "narration") } else { ("Gu Wenzhou", "reported") });
    fill(&out.join("coder-2.tsv"), |i, _| {
        if i % 2 == 0 || i == 1 {
            ("", "narration")
        } else if i == 3 {
            ("", "")
        } else {
            ("Gu Wenzhou", "reported")
        }
    });
    let (one, two, errors) = (out.join("coder-1.tsv"), out.join("coder-2.tsv"), dir.path().join("errors.csv"));
    let [one, two, list] = [&one, &two, &errors].map(|p| p.to_str().unwrap());
    let ask = |threads: &str| tifa(&["eval", corpus.to_str().unwrap(), "--gold", one, "--gold", two, "--errors", list, "--threads", threads]);
    let run = ask("2");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(said.contains("39 rows coded by several coders: 38 on which they agree") && said.contains("1 coded by one coder"), "{said}");
    assert_eq!(ask("1").stdout, run.stdout);
    let figures = rows(&String::from_utf8(run.stdout).unwrap());
    let of = |measure: &str| figures.iter().find(|r| r["measure"] == measure && r["by"] == "all").unwrap();
    assert_eq!((of("speaker")["n"].as_str(), of("alpha_voice")["n"].as_str()), ("39", "39"));
    // 39 units, one of which differs: 40 or 38 values of 78 each way.
    assert!((of("alpha_voice")["estimate"].parse::<f64>().unwrap() - (1.0 - 77.0 * 2.0 / (2.0 * 41.0 * 37.0))).abs() < 1e-4, "{:?}", of("alpha_voice"));
    let wrong = rows(&std::fs::read_to_string(&errors).unwrap());
    assert_eq!(wrong.iter().filter(|r| r["kind"] == "coders").count(), 1);
    assert!(wrong.iter().any(|r| r["kind"] == "speaker" && r["want"] == "Gu Wenzhou"));
}

#[test]
fn sentences_are_sampled_and_evaluated() {
    let (corpus, dir) = (project("tests/corpus"), tempfile::tempdir().unwrap());
    let out = dir.path().join("sheets");
    let args = ["annotate", corpus.to_str().unwrap(), "--sentences", "--sample", "30", "--coders", "1", "--out", out.to_str().unwrap()];
    assert!(tifa(&args).status.success());
    let sheet = out.join("coder-1.tsv");
    fill(&sheet, |_, formula| if formula.is_empty() { ("", "narration") } else { ("", "") });
    let run = tifa(&["eval", corpus.to_str().unwrap(), "--gold", sheet.to_str().unwrap(), "--strict"]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let figures = rows(&String::from_utf8(run.stdout).unwrap());
    assert_eq!((figures[0]["measure"].as_str(), figures[0]["n"].as_str()), ("sentence_speaker", "30"));
}

/// A study with a `corrections.csv` beside it, run twice: once as it fits, once after a document has gone.
#[test]
fn a_study_is_corrected_in_every_run() {
    let dir = tempfile::tempdir().unwrap();
    let (corpus, study) = (dir.path().join("corpus"), dir.path().join("study"));
    std::fs::create_dir(&corpus).unwrap();
    std::fs::create_dir(&study).unwrap();
    for name in ["orsania-readout.txt", "velmora-briefing.txt"] {
        std::fs::copy(project("tests/corpus").join(name), corpus.join(name)).unwrap();
    }
    std::fs::write(study.join("study.toml"), "title = \"T\"\ncorpus = [\"../corpus\"]\n").unwrap();
    let lines = "document,start,end,speaker,voice,date,text\nvelmora-briefing.txt,455,481,Guterres & 王毅,reported,2022-09-13,Global Security Initiative\n";
    std::fs::write(study.join("corrections.csv"), lines).unwrap();
    let file = study.join("study.toml");
    let report = || {
        let run = tifa(&["report", file.to_str().unwrap()]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let read = |name: &str| std::fs::read_to_string(study.join(name)).unwrap();
        (rows(&read("tables/hits.csv")), rows(&read("tables/problems.csv")), read("run.json"), read("index.html"))
    };
    for _ in 0..2 {
        let (hits, problems, json, page) = report();
        let hit = hits.iter().find(|h| h["start"] == "455").unwrap();
        assert_eq!((hit["speaker"].as_str(), hit["voice"].as_str(), hit["evidence"].as_str()), ("Guterres & Wang Yi", "reported", "metadata"));
        assert_eq!(hit["date"], "2022-09-13");
        assert!(problems.is_empty() && json.contains("\"corrections\": 1") && json.contains("corrections=corrections.csv (SHA-256 "));
        assert!(page.contains("corrections of who speaks"));
    }
    assert_eq!(std::fs::read_to_string(study.join("corrections.csv")).unwrap(), lines);
    std::fs::remove_file(corpus.join("velmora-briefing.txt")).unwrap();
    let (_, problems, json, _) = report();
    assert_eq!((problems[0]["path"].as_str(), problems[0]["kind"].as_str()), ("corrections.csv", "correction"));
    assert!(problems[0]["message"].starts_with("line 2: there is no document `velmora-briefing.txt`"), "{problems:?}");
    assert!(!json.contains("\"corrections\": 1"));
    // Queries take the same file, and a finished scan cannot be corrected.
    let corrections = study.join("corrections.csv");
    let query = tifa(&["hits", corpus.to_str().unwrap(), "--corrections", corrections.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&query.stderr).contains("corrections.csv: line 2"));
    let scanned = tifa(&["hits", study.to_str().unwrap(), "--corrections", corrections.to_str().unwrap()]);
    assert_eq!(scanned.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&scanned.stderr).contains("has been attributed already"));
}

/// Offsets into the parts of a split file are those of the whole, in gold and in corrections.
#[test]
fn parts_of_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let text = "### 2024-01-01\n\nVarga met Ana Tane, President of Orland.\n\nTane said, Orland supports true multilateralism.\n\n### 2024-02-01\n\nBo Ling, President of Sorland, met Varga.\n\nLing said, Sorland supports the Belt and Road Initiative.\n";
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let log = write("log.md", text);
    let (start, end) = (text.find("Ling said").unwrap(), text.len() - 1);
    let hit = text.find("Belt and Road Initiative").unwrap();
    let corrections = write("c.csv", &format!("document,start,end,speaker,voice\nlog.md#2,{start},{end},Ana Tane,quoted\n"));
    let gold = write("g.tsv", &format!("{HEAD}log.md\t{hit}\t{}\tBelt and Road Initiative\tbelt-and-road\ten\tAna Tane\tquoted\n", hit + 24));
    let documents = write("d.tsv", "file\tpublished\nlog.md#1\t2024-01-01\nlog.md\t2024-02-01\n");
    let common = ["eval", &log, "--split", "###", "--gold", &gold];
    let speaker = |more: &[&str]| {
        let run = tifa(&[&common, more].concat());
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        let table = rows(&String::from_utf8(run.stdout).unwrap());
        let estimate = table.iter().find(|r| r["measure"] == "speaker" && r["by"] == "all").unwrap()["estimate"].clone();
        (estimate, said)
    };
    assert_eq!(speaker(&[]), ("0.0000".to_owned(), String::new()));
    assert_eq!(speaker(&["--corrections", &corrections]), ("1.0000".to_owned(), String::new()));
    let (_, said) = speaker(&["--gold-documents", &documents]);
    assert!(said.contains("d.tsv: line 3: `log.md` holds 2 documents") && said.contains("1 problem with the gold"), "{said}");
}
