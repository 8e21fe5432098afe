//! `tifa discover`: formulas that no lexicon holds.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use crate::{rows, shared, tifa};

/// Speeches of invented people: some fixed wordings, each in its own surroundings, and many other words.
fn write_corpus(folder: &Path) {
    let topics =
        ["harbours", "railways", "orchards", "glaciers", "libraries", "lanterns", "bridges", "weavers", "vineyards", "lighthouses", "quarries", "ferries"];
    let verbs = ["welcome", "describe", "finance", "restore", "examine", "measure", "repair", "survey", "imagine", "defend", "compare", "remember"];
    let leads = [
        "Whoever knows them wants",
        "Nobody there forgot",
        "Their elders still teach",
        "Some of us doubt",
        "It rests on",
        "I shall speak of",
        "He sang about",
        "They ask for",
    ];
    let mut state = 7_u32;
    let mut any = |n: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % n
    };
    let (mut english, mut chinese) = (String::new(), String::new());
    for n in 0..48 {
        let (year, month) = (2018 + n / 12, 1 + n % 12);
        let speaker = ["Ilse Varga", "Tomas Reyl", "Gu Wenzhou"][n % 3];
        let [a, b, c, d] = [(); 4].map(|()| topics[any(12)]);
        let [e, f] = [(); 2].map(|()| verbs[any(12)]);
        let early = if n < 24 { "an indivisible ladder of solidarity" } else { "a shared ladder of lasting solidarity" };
        let mut text = format!("We {e} the {a} of Orland. ");
        let _ = write!(text, "{} {early}. The {b}, {f}d by many. ", leads[any(8)]);
        let _ = write!(text, "{} tidal justice, river trust and mountain peace. {} {c} or {d}.", leads[any(8)], leads[any(8)]);
        let _ = writeln!(english, "{{\"date\": \"{year}-{month:02}-10\", \"speaker\": \"{speaker}\", \"text\": \"{text}\"}}");
        let zh = if n < 24 { "构建不可分割的阶梯共同体" } else { "构建持久团结的阶梯共同体" };
        let [a, b, c, d, e, f] = [(); 6].map(|()| "港铁果冰书灯桥织酒塔石渡".chars().nth(any(12)).unwrap());
        let text = format!("{a}{b}很好，{zh}，也看{c}{d}。潮汐正义、河流互信，{e}中有{f}，顾文洲听。");
        let _ = writeln!(chinese, "{{\"date\": \"{year}-{month:02}-10\", \"speaker\": \"{speaker}\", \"text\": \"{text}\"}}");
    }
    std::fs::write(folder.join("en.jsonl"), english).unwrap();
    std::fs::write(folder.join("zh.jsonl"), chinese).unwrap();
}

fn discover(arguments: &[&str]) -> Vec<HashMap<String, String>> {
    let output = tifa(&[&["discover", "--quiet"], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    rows(&String::from_utf8(output.stdout).unwrap())
}

fn candidate<'r>(rows: &'r [HashMap<String, String>], text: &str) -> &'r HashMap<String, String> {
    let found = rows.iter().find(|r| r["candidate"] == text);
    found.unwrap_or_else(|| panic!("{text} is not among {:?}", rows.iter().map(|r| &r["candidate"]).collect::<Vec<_>>()))
}

#[test]
fn what_is_said_again_and_again_is_found_whole() {
    let folder = tempfile::tempdir().unwrap();
    write_corpus(folder.path());
    let corpus = folder.path().to_str().unwrap();
    let found = discover(&[corpus]);
    let justice = candidate(&found, "tidal justice, river trust and mountain peace");
    assert_eq!((&*justice["occurrences"], &*justice["documents"], &*justice["speakers"]), ("48", "48", "3"));
    assert_eq!((&*justice["first"], &*justice["last"]), ("2018-01-10", "2021-12-10"));
    assert_eq!(justice["years"], "2018=12|2019=12|2020=12|2021=12");
    assert!(justice["contexts"].contains("[tidal justice, river trust and mountain peace]"), "{}", justice["contexts"]);
    // What only occurs inside a longer one is not reported apart.
    assert!(!found.iter().any(|r| r["candidate"] == "river trust"));
    // Longer wordings are variants, so long as they do not move apart.
    let ladder = candidate(&found, "阶梯共同体");
    assert_eq!((&*ladder["occurrences"], &*ladder["variants"]), ("48", "构建持久团结的阶梯共同体|构建不可分割的阶梯共同体"));
    assert!(!found.iter().any(|r| r["candidate"].contains("Varga") || r["candidate"].contains("顾文洲")), "names are left out");
    assert!(discover(&[corpus, "--keep", "name"]).iter().any(|r| r["kind"] == "name"));
}

#[test]
fn since_a_day_wordings_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    write_corpus(folder.path());
    let found = discover(&[folder.path().to_str().unwrap(), "--since", "2020"]);
    for (text, change, before, since) in [
        ("indivisible ladder of solidarity", "gone", "24", "0"),
        ("shared ladder of lasting solidarity", "new", "0", "24"),
        ("构建不可分割的阶梯共同体", "gone", "24", "0"),
        ("构建持久团结的阶梯共同体", "new", "0", "24"),
        ("tidal justice, river trust and mountain peace", "steady", "24", "24"),
    ] {
        let row = candidate(&found, text);
        assert_eq!((&*row["change"], &*row["before"], &*row["since"]), (change, before, since), "{text}");
    }
    assert_eq!(candidate(&found, "indivisible ladder of solidarity")["partner"], "构建不可分割的阶梯共同体");
}

#[test]
fn against_others_and_without_what_is_known() {
    let folder = tempfile::tempdir().unwrap();
    write_corpus(folder.path());
    let corpus = folder.path().to_str().unwrap();
    for against in [&["--against", "until=2019"][..], &["--against", "rest"], &["--against", corpus]] {
        let found = discover(&[&[corpus, "--since", "2018", "--speaker", "Ilse Varga"][..], against].concat());
        assert!(found.iter().all(|r| r.contains_key("contrast") && r.contains_key("in_reference")), "{against:?}");
    }
    let lexicon = folder.path().join("known.toml");
    std::fs::write(&lexicon, "name = \"known\"\nversion = \"1\"\n[[formula]]\nid = \"tidal\"\nen = [\"tidal justice, river trust and mountain peace\"]\n")
        .unwrap();
    let known = ["--no-builtin", "--lexicon", lexicon.to_str().unwrap()];
    let found = discover(&[&[corpus][..], &known].concat());
    assert!(!found.iter().any(|r| r["candidate"].contains("tidal justice, river")));
    let kept = discover(&[&[corpus, "--keep", "known"][..], &known].concat());
    assert_eq!(candidate(&kept, "tidal justice, river trust and mountain peace")["nearest"], "tidal");
}

#[test]
fn a_draft_is_a_lexicon_that_counts_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    std::fs::create_dir(&corpus).unwrap();
    write_corpus(&corpus);
    let (corpus, draft) = (corpus.to_str().unwrap().to_owned(), folder.path().join("draft.toml"));
    let draft = draft.to_str().unwrap();
    let found = discover(&[&corpus, "--as-lexicon", draft]);
    let check = tifa(&["lexicon", "check", "--no-builtin", draft]);
    assert_ne!(check.status.code(), Some(2), "{}", String::from_utf8_lossy(&check.stderr));
    let counted = tifa(&["count", "--quiet", "--no-builtin", "--lexicon", draft, "--nested", "all", &corpus, "--by", "formula,language"]);
    let counted = rows(&String::from_utf8(counted.stdout).unwrap());
    let lexicon = tifa::lexicon::Lexicons::load(&[draft], true).unwrap();
    for row in &found {
        let language = row["language"].as_str();
        let has = |f: &&tifa::lexicon::Formula| f.label.iter().any(|(l, label)| l.code() == language && *label == row["candidate"]);
        let id = &lexicon.formulas().find(has).unwrap_or_else(|| panic!("{} is not in the draft", row["candidate"])).id;
        let cell = counted.iter().find(|c| c["formula"] == *id && c["language"] == language).unwrap();
        assert_eq!((&cell["occurrences"], &cell["documents"]), (&row["occurrences"], &row["documents"]), "{}", row["candidate"]);
    }
}

#[test]
fn threads_change_nothing_and_scans_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    std::fs::create_dir(&corpus).unwrap();
    write_corpus(&corpus);
    let corpus = corpus.to_str().unwrap();
    let run = |threads| tifa(&["discover", "--quiet", corpus, "--threads", threads, "--since", "2020"]).stdout;
    assert_eq!(run("1"), run("3"));
    let scan = folder.path().join("scan");
    let scan = scan.to_str().unwrap();
    assert!(tifa(&["scan", "--quiet", corpus, "--out", scan]).status.success());
    let refused = tifa(&["discover", scan]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("a scan folder holds tables, not texts"));
    let refused = tifa(&["discover", "-"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("standard input can be read once only"));
}

/// The hidden-lexicon test: without any lexicon, how many of the built-in formulas that occur at least five times in five documents are
/// among the first 500 candidates of their language. One is if a candidate is one of its wordings, holds one, or lies in one, and the shorter
/// of the two has at least 0.6 of the words (characters) of the longer.
#[test]
fn most_known_formulas_are_found_without_a_lexicon() {
    for (corpus, language, least) in [("mfa-presser", "en", 0.55), ("mfa-presser", "zh", 0.45), ("cctv-2023", "zh", 0.40)] {
        let Some(path) = shared(&format!("corpora/{corpus}")) else { continue };
        let path = path.to_str().unwrap();
        let found = discover(&["--no-builtin", path, "--language", language]);
        let hits = tifa(&["hits", "--quiet", "--nested", "all", path, "--language", language]);
        let mut formulas: HashMap<String, (usize, BTreeSet<String>, BTreeSet<String>)> = HashMap::new();
        for hit in rows(&String::from_utf8(hits.stdout).unwrap()) {
            let formula = formulas.entry(hit["formula"].clone()).or_default();
            formula.0 += 1;
            formula.1.insert(hit["document"].clone());
            formula.2.insert(words(&hit["text"]));
        }
        formulas.retain(|_, (occurrences, documents, _)| *occurrences >= 5 && documents.len() >= 5);
        let candidates: Vec<String> = found.iter().map(|r| words(&r["candidate"])).collect();
        let is_found = |wordings: &BTreeSet<String>| wordings.iter().any(|w| candidates.iter().any(|c| is_near(w, c)));
        let hit = formulas.values().filter(|(_, _, wordings)| is_found(wordings)).count();
        eprintln!("hidden lexicon, {corpus} {language}: {hit} of {} formulas among the first {} candidates", formulas.len(), candidates.len());
        assert!(hit as f64 >= least * formulas.len() as f64, "{corpus} {language}: {hit} of {}", formulas.len());
    }
}

/// The words or Chinese characters of a text, each with a blank before and after.
fn words(text: &str) -> String {
    let folded = tifa::text::fold(text);
    let mut words = String::from(" ");
    for part in folded.as_str().split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|p| !p.is_empty()) {
        let characters: Vec<String> = if part.contains(tifa::text::is_han) { part.chars().map(String::from).collect() } else { vec![part.to_owned()] };
        characters.iter().for_each(|c| words = format!("{words}{c} "));
    }
    words
}

fn is_near(a: &str, b: &str) -> bool {
    let size = |t: &str| t.split_whitespace().count();
    let (short, long) = if size(a) < size(b) { (a, b) } else { (b, a) };
    size(short) > 0 && long.contains(short) && size(short) * 10 >= size(long) * 6
}
