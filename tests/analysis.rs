//! What the analyses say of tables that are small enough to count by hand.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::{project, rows, shared, tifa};

/// The scan of the sample corpus.
fn sample() -> &'static TempDir {
    static SCAN: OnceLock<TempDir> = OnceLock::new();
    SCAN.get_or_init(|| {
        let (corpus, dir) = (project("tests/corpus"), tempfile::tempdir().unwrap());
        assert!(tifa(&["scan", corpus.to_str().unwrap(), "--out", dir.path().to_str().unwrap(), "--format", "csv", "--quiet"]).status.success());
        dir
    })
}

/// A scan folder made by hand: what is not named is empty.
struct Tables {
    dir: TempDir,
}

impl Tables {
    /// Rows of cells separated by `/`, in the order of `columns`, separated by blanks.
    fn new(documents: (&str, &[&str]), segments: (&str, &[&str]), hits: (&str, &[&str])) -> Tables {
        let dir = tempfile::tempdir().unwrap();
        // Its run.json knows whose the formulas are.
        for name in ["documents.csv", "segments.csv", "hits.csv", "problems.csv", "run.json"] {
            std::fs::copy(sample().path().join(name), dir.path().join(name)).unwrap();
        }
        for (name, (columns, lines)) in [("documents", documents), ("segments", segments), ("hits", hits)] {
            let path = dir.path().join(format!("{name}.csv"));
            let text = std::fs::read_to_string(&path).unwrap();
            let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
            let columns: Vec<&str> = columns.split(' ').collect();
            assert!(columns.iter().all(|c| header.contains(c)), "{columns:?}");
            let mut out = header.join(",");
            for line in lines {
                let cells: HashMap<&str, &str> = columns.iter().copied().zip(line.split('/').map(str::trim)).collect();
                assert_eq!(cells.len(), line.split('/').count(), "{line}");
                // The document's own date is the one that is given.
                let of = |c: &str| cells.get(if c == "published" { "date" } else { c }).copied().unwrap_or("");
                let row: Vec<&str> = header.iter().map(|c| of(c)).collect();
                out = format!("{out}\n{}", row.join(","));
            }
            std::fs::write(path, out + "\n").unwrap();
        }
        Tables { dir }
    }

    fn ask(&self, command: &str, args: &[&str]) -> Vec<HashMap<String, String>> {
        let run = tifa(&[&[command, self.dir.path().to_str().unwrap(), "--format", "csv"], args].concat());
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        rows(&String::from_utf8(run.stdout).unwrap())
    }
}

/// The cells of the columns named, row by row.
fn cells(rows: &[HashMap<String, String>], columns: &str) -> Vec<String> {
    rows.iter().map(|r| columns.split(' ').map(|c| r[c].as_str()).collect::<Vec<_>>().join("/")).collect()
}

const GCI: &str = "global-civilization-initiative";

/// Three years, one of them without text; one document known by its year only, one a copy.
fn in_time() -> Tables {
    Tables::new(
        (
            "document date date_evidence genre duplicate_of",
            &[
                "a/2020-02-01//statement/",
                "b/2020-03-01//statement/",
                "c/2022-01-01/published: line (year only)/statement/",
                "d/2022-06-01//statement/",
                "e/2022-06-02//statement/d",
            ],
        ),
        (
            "document segment date language voice words paragraph first_sentence last_sentence",
            &[
                "a/1/2020-02-01/en/document/1000/1/1/3",
                "b/1/2020-03-01/en/document/3000/1/1/2",
                "c/1/2022-01-01/en/document/500/1/1/1",
                "d/1/2022-06-01/en/document/1500/1/1/1",
                "d/2/2022-06-01/en/document/500/2/1/4",
                "d/3/2022-06-01/en/title/10/3/1/1",
                "e/1/2022-06-02/en/document/1500/1/1/1",
            ],
        ),
        (
            "document segment paragraph sentence date language voice formula label text start end within",
            &[
                "a/1/1/1/2020-02-01/en/document/x/X/the X/0/5/",
                "a/1/1/1/2020-02-01/en/document/y/Y/Y/9/12/",
                "a/1/1/3/2020-02-01/en/document/x/X/The x/20/25/",
                "c/1/1/1/2022-01-01/en/document/x/X/an X/0/5/",
                "d/1/1/1/2022-06-01/en/document/y/Y/Y/0/5/",
                "d/2/2/4/2022-06-01/en/document/x/X/the X/50/55/",
                "d/2/2/4/2022-06-01/en/document/y/Y/Y/52/54/x",
                "d/3/3/1/2022-06-01/en/title/x/X/the X/90/95/",
                "e/1/1/1/2022-06-02/en/document/x/X/the X/0/5/",
            ],
        ),
    )
}

#[test]
fn counts_have_zeros_where_there_is_text_and_say_how_sure_they_are() {
    let tables = in_time();
    let counts = tables.ask("count", &["--by", "year,formula"]);
    let columns = "year formula occurrences documents exposure of_documents rate share interval";
    assert_eq!(
        cells(&counts, columns),
        [
            "2020/x/2/1/4000/2/5.0000/0.5000/poisson",
            "2020/y/1/1/4000/2/2.5000/0.5000/poisson",
            "2022/x/2/2/2500/2/8.0000/1.0000/poisson",
            "2022/y/1/1/2500/2/4.0000/0.5000/poisson",
        ]
    );
    // Of a document of which the year is known, no month is.
    let months = tables.ask("count", &["--by", "month"]);
    assert_eq!(cells(&months, "month occurrences exposure"), ["/1/500", "2020-02/3/1000", "2020-03/0/3000", "2022-06/2/2000"]);
    // Garwood: no occurrence is compatible with up to 3.689; in 3,000 words that is 12.3 per 10,000.
    assert_eq!((months[2]["rate_low"].as_str(), months[2]["rate_high"].as_str()), ("0.0000", "12.2963"));
}

#[test]
fn periods_without_text_are_gaps() {
    let tables = in_time();
    let series = tables.ask("trend", &["--period", "year", "--formula", "x"]);
    assert_eq!(cells(&series, "year occurrences exposure rate of_documents"), ["2020/2/4000/5.0000/2", "2021//0//0", "2022/2/2500/8.0000/2"]);
    let summary = tables.ask("trend", &["--period", "year", "--show", "summary"]);
    let columns = "formula periods gaps occurrences documents corpus_start first_seen last_seen censored silent_documents status note";
    assert_eq!(
        cells(&summary, columns),
        [
            "x/2/1/4/3/2020/2020-02-01/2022-06-01/left|right/0/in use/few periods|few occurrences",
            "y/2/1/2/2/2020/2020-02-01/2022-06-01/left|right/0/in use/few periods|few occurrences",
        ]
    );
    assert!(summary.iter().all(|r| r["p"].is_empty() && r["change_p"].is_empty()));
    let wordings = tables.ask("trend", &["--period", "year", "--show", "renderings", "--formula", "x"]);
    let columns = "year rendering occurrences of_occurrences share";
    assert_eq!(cells(&wordings, columns), ["2020/an x/0/2/0.0000", "2020/the x/2/2/1.0000", "2022/an x/1/2/0.5000", "2022/the x/1/2/0.5000"]);
}

/// A document of which the month is known stands among those of which the day is.
#[test]
fn first_and_last_seen_are_as_exact_as_they_are_known() {
    let tables = Tables::new(
        ("document date date_evidence", &["a/2022-06-10/", "b/2022-11-01/published: line (month only)", "c/2022-03-01/published: line (month only)"]),
        (
            "document segment date language voice words paragraph first_sentence last_sentence",
            &["a/1/2022-06-10/en/document/100/1/1/1", "b/1/2022-11-01/en/document/100/1/1/1", "c/1/2022-03-01/en/document/100/1/1/1"],
        ),
        (
            "document segment paragraph sentence date language voice formula label text start end",
            &["a/1/1/1/2022-06-10/en/document/x/X/X/0/1", "b/1/1/1/2022-11-01/en/document/x/X/X/0/1", "c/1/1/1/2022-03-01/en/document/y/Y/Y/0/1"],
        ),
    );
    let summary = tables.ask("trend", &["--period", "year", "--show", "summary"]);
    assert_eq!(cells(&summary, "formula first_seen last_seen silent_documents"), ["x/2022-06-10/2022-11/0", "y/2022-03/2022-03/2"]);
}

/// Words of two at once that are of both groups are of neither; groups of the same words are none.
#[test]
fn text_of_both_groups_is_left_out() {
    let tables = Tables::new(
        ("document date", &["a/2022-06-10", "b/2022-06-11"]),
        (
            "document segment date language speaker voice words paragraph first_sentence last_sentence",
            &["a/1/2022-06-10/en/Ada/spoken/1000/1/1/1", "a/2/2022-06-10/en/Ada & Ben/reported/10/1/1/1", "b/1/2022-06-11/en/Ben/spoken/500/1/1/1"],
        ),
        (
            "document segment paragraph sentence date language speaker voice formula label text start end",
            &["a/1/1/1/2022-06-10/en/Ada/spoken/x/X/X/0/1", "a/2/1/1/2022-06-10/en/Ada & Ben/reported/x/X/X/9/10"],
        ),
    );
    let found = tables.ask("compare", &["--a", "speaker=Ada", "--b", "speaker=Ben"]);
    let columns = "occurrences_a occurrences_b exposure_a exposure_b note";
    assert_eq!(cells(&found, columns), ["1/0/1000/500/few documents|few occurrences|zero in b|no p|text of both left out"]);
}

#[test]
fn spread_over_documents_and_over_time() {
    let spread = in_time().ask("disperse", &["--over", "document,year"]);
    // x: 2 of 4 in 1,000 of 6,500 words, none in 3,000, 1 in 500, 1 in 2,000. DP = half of |.5 − .1538| + .4615 + |.25 − .0769| + |.25 − .3077|.
    let columns = "formula over parts range occurrences dp dp_norm";
    assert_eq!(
        cells(&spread, columns),
        ["x/document/4/3/4/0.5192/0.5625", "x/year/2/2/4/0.1154/0.1875", "y/document/4/2/2/0.5385/0.5833", "y/year/2/2/2/0.1154/0.1875"]
    );
}

#[test]
fn together_in_documents_paragraphs_and_sentences() {
    let tables = in_time();
    let columns = "formula_a formula_b together units_a units_b units documents lift";
    for (within, want) in [("document", "x/y/2/3/2/4/2/1.3333"), ("paragraph", "x/y/1/3/2/5/1/0.8333"), ("sentence", "x/y/1/4/2/11/1/1.3750")] {
        assert_eq!(cells(&tables.ask("cooccur", &["--within", within, "--least", "0"]), columns), [want], "{within}");
    }
    let square = tables.ask("cooccur", &["--show", "matrix"]);
    assert_eq!(cells(&square, "formula x y"), ["x/3/2", "y/2/2"]);
}

/// Two speakers, one of whom uses x more; both speak in document c.
fn two_speakers() -> Tables {
    Tables::new(
        (
            "document date genre",
            &["a/2020-01-01/transcript", "b/2020-04-01/transcript", "c/2020-04-02/transcript", "d/2020-04-03/transcript", "e/2020-04-04/transcript"],
        ),
        (
            "document segment date language speaker side voice words paragraph first_sentence last_sentence",
            &[
                "a/1/2020-01-01/en/Ada/AA/spoken/1000/1/1/1",
                "b/1/2020-04-01/en/Ben/BB/spoken/1000/1/1/1",
                "c/1/2020-04-02/en/Ada/AA/spoken/500/1/1/1",
                "c/2/2020-04-02/en/Ben/BB/spoken/500/2/1/1",
                "d/1/2020-04-03/en/Ada/AA/spoken/500/1/1/1",
                "e/1/2020-04-04/en/Ben/BB/reported/2500/1/1/1",
            ],
        ),
        (
            "document segment paragraph sentence date language speaker side voice formula label text start end",
            &[
                "a/1/1/1/2020-01-01/en/Ada/AA/spoken/x/X/X/0/1",
                "a/1/1/1/2020-01-01/en/Ada/AA/spoken/x/X/X/2/3",
                "a/1/1/1/2020-01-01/en/Ada/AA/spoken/z/Z/Z/4/5",
                "c/1/1/1/2020-04-02/en/Ada/AA/spoken/x/X/X/0/1",
                "c/2/2/1/2020-04-02/en/Ben/BB/spoken/x/X/X/9/10",
                "e/1/1/1/2020-04-04/en/Ben/BB/reported/x/X/X/0/1",
            ],
        ),
    )
}

#[test]
fn two_groups_and_a_group_and_the_rest() {
    let tables = two_speakers();
    let pair = tables.ask("compare", &["--a", "speaker=Ada", "--b", "speaker=Ben", "--strata", "quarter"]);
    let columns =
        "formula occurrences_a occurrences_b documents_a documents_b of_documents_a of_documents_b exposure_a exposure_b log_ratio percent_difference";
    // Ada: 3 in 2,000; Ben: 2 in 4,000. log2(3/2000 ÷ 2/4000) = 1.585. z only with Ada, half an occurrence for Ben: log2(4) = 2.
    assert_eq!(cells(&pair, columns), ["x/3/2/2/2/3/3/2000/4000/1.5850/200.0000", "z/1/0/1/0/3/3/2000/4000/2.0000/"]);
    // In the second quarter alone both have text: 1 in 1,000 to 2 in 4,000.
    assert_eq!(cells(&pair, "strata rate_ratio stratified_ratio"), ["1/3.0000/2.0000", "1//"]);
    assert_eq!(
        cells(&pair, "differs note"),
        ["voice|quarter/few documents|few occurrences|no p", "voice|quarter/few documents|few occurrences|zero in b|no p|zero in the shared strata"]
    );
    let turned = tables.ask("compare", &["--a", "speaker=Ben", "--b", "speaker=Ada"]);
    let of = |rows: &[HashMap<String, String>], formula: &str, column: &str| -> f64 {
        rows.iter().find(|r| r["formula"] == formula).unwrap()[column].parse().unwrap()
    };
    for (column, sign) in [("log_ratio", -1.0), ("z", -1.0), ("g2", 1.0)] {
        assert!((of(&pair, "x", column) - sign * of(&turned, "x", column)).abs() < 1e-3, "{column}");
    }
    let rest = tables.ask("compare", &["--a", "side=AA"]);
    assert_eq!(cells(&rest, columns), cells(&pair, columns));
    let profiles = tables.ask("compare", &["--profiles", "speaker", "--formula", "x"]);
    // Five in 6,000 words: Ada is to have 1.667 of them, Ben 3.333.
    assert_eq!(cells(&profiles, "speaker occurrences expected order"), ["Ada/3/1.6667/", "Ben/2/3.3333/"]);
}

#[test]
fn groups_that_cannot_be_compared_are_refused() {
    let tables = two_speakers();
    let folder = tables.dir.path().to_str().unwrap();
    for (args, want) in [
        (&["--a", "speaker=Ada", "--b", "side=AA"][..], "overlap"),
        (&["--a", "speaker=Ada,Carol"], "nobody named Carol speaks here"),
        (&["--a", "side=CC"], "there is no text of \"side=CC\""),
        (&["--a", "since=2019,2020"], "one date only"),
        (&["--a", "speaker=Ada", "--strata", "voice,voice"], "voice twice"),
        (&["--a", "Ada"], "no `=`"),
        (&["--a", "speaker=Ada", "--strata", "formula"], "no part of the text"),
        (&["--a", "speaker=Ada", "--permutations", "5"], "at least 99"),
    ] {
        let run = tifa(&[&["compare", folder], args].concat());
        assert_eq!(run.status.code(), Some(2), "{args:?}");
        assert!(String::from_utf8_lossy(&run.stderr).contains(want), "{}", String::from_utf8_lossy(&run.stderr));
    }
}

/// A formula of China's in many mouths.
fn meetings() -> Tables {
    Tables::new(
        (
            "document date source source_side genre title",
            &[
                "a/2024-01-09/CN-MFA/CN/readout/A Meets B",
                "b/2024-02-01/PK-MOFA/PK/readout/Meeting",
                "c/2024-03-01//../joint/Joint Statement of China and Brazil",
                "d/2024-01-20/XINHUA/CN/article/News",
            ],
        ),
        (
            "document segment date language speaker side voice words paragraph first_sentence last_sentence",
            &[
                "a/1/2024-01-09/en/Li/CN/reported/100/1/1/1",
                "a/2/2024-01-09/en/Guest/UN/reported/50/2/1/1",
                "a/3/2024-01-09/en///joint/20/3/1/1",
                "d/3/2024-01-20/en///joint/20/3/1/1",
                "b/1/2024-02-01/en/Khan/PK/reported/60/1/1/1",
                "b/2/2024-02-01/en/Li/CN/reported/60/2/1/1",
                "c/1/2024-03-01/en///document/200/1/1/1",
                "d/1/2024-01-20/en///narration/80/1/1/1",
                "d/2/2024-01-20/en/Silva/BR/spoken/40/2/1/1",
            ],
        ),
        (
            "document segment paragraph sentence date source source_side genre language speaker side voice stance formula label text start end",
            &[
                &*format!("a/1/1/1/2024-01-09/CN-MFA/CN/readout/en/Li/CN/reported//{GCI}/GCI/GCI/10/13"),
                &*format!("a/2/2/1/2024-01-09/CN-MFA/CN/readout/en/Guest/UN/reported//{GCI}/GCI/GCI/90/93"),
                // Both sides of the readout; everybody in the news.
                &*format!("a/3/3/1/2024-01-09/CN-MFA/CN/readout/en///joint//{GCI}/GCI/GCI/120/123"),
                &*format!("d/3/3/1/2024-01-20/XINHUA/CN/article/en///joint//{GCI}/GCI/GCI/120/123"),
                &*format!("b/1/1/1/2024-02-01/PK-MOFA/PK/readout/en/Khan/PK/reported//{GCI}/GCI/GCI/10/13"),
                &*format!("b/1/1/1/2024-02-01/PK-MOFA/PK/readout/en/Khan/PK/reported/refused/{GCI}/GCI/GCI/20/23"),
                &*format!("b/2/2/1/2024-02-01/PK-MOFA/PK/readout/en/Li/CN/reported//{GCI}/GCI/GCI/50/53"),
                &*format!("c/1/1/1/2024-03-01///joint/en///document//{GCI}/GCI/GCI/10/13"),
                &*format!("d/1/1/1/2024-01-20/XINHUA/CN/article/en///narration//{GCI}/GCI/GCI/5/8"),
                &*format!("d/2/2/1/2024-01-20/XINHUA/CN/article/en/Silva/BR/spoken//{GCI}/GCI/GCI/60/63"),
            ],
        ),
    )
}

#[test]
fn who_takes_up_a_formula_and_in_whose_report() {
    let tables = meetings();
    let found = tables.ask("adopt", &[]);
    let columns = "tier speaker side stance occurrences first origin_first lag_days sources";
    assert_eq!(
        cells(&found, columns),
        [
            "own/Silva/BR//1/2024-01-20/2024-01-09/11/XINHUA",
            "own/Khan/PK//1/2024-02-01/2024-01-09/23/PK-MOFA",
            "own/Khan/PK/refused/1/2024-02-01/2024-01-09/23/PK-MOFA",
            "joint/CN & UN/CN|UN//1/2024-01-09/2024-01-09/0/CN-MFA",
            "joint/BR & CN/BR|CN//1/2024-03-01/2024-01-09/52/",
            "attributed/Guest/UN//1/2024-01-09/2024-01-09/0/CN-MFA",
        ]
    );
    // Whatever is asked of, the originator's side began when it did.
    for filter in [&["--since", "2024-02"][..], &["--side", "PK"]] {
        assert!(tables.ask("adopt", filter).iter().all(|r| r["origin_first"] == "2024-01-09"), "{filter:?}");
    }
    let echo = tables.ask("adopt", &["--echo"]);
    let columns = "document other_side speakers exposure occurrences echo tier";
    assert_eq!(cells(&echo, columns), ["a/UN/Guest/50/1/yes/attributed", "b/PK/Khan/60/1/first/own"]);
}

/// What columns a table has is what is written of it.
#[test]
fn columns_are_those_that_are_documented() {
    let corpus = sample().path();
    for (args, answer) in [
        (&["compare", "--a", "language-free=1"][..], ""),
        (&["compare", "--a", "side=CN", "--voice", "reported,spoken"], ""),
        (&["compare", "--a", "year=2025"], "comparison"),
        (&["compare", "--a", "year=2025", "--strata", "voice"], "comparison"),
        (&["compare", "--profiles", "speaker"], "profiles"),
        (&["compare", "--distances", "speaker"], "distances"),
        (&["trend", "--period", "year"], "series"),
        (&["trend", "--show", "summary"], "trend"),
        (&["trend", "--show", "changes"], "changes"),
        (&["trend", "--show", "renderings", "--period", "year"], "renderings"),
        (&["disperse"], "dispersion"),
        (&["cooccur"], "cooccurrence"),
        (&["adopt", "--quiet"], "adoption"),
        (&["adopt", "--echo"], "echo"),
        (&["count"], "counts"),
    ] {
        let run = tifa(&[args, &[corpus.to_str().unwrap(), "--format", "csv"]].concat());
        if answer.is_empty() {
            assert_eq!(run.status.code(), Some(2), "{args:?}");
            continue;
        }
        assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
        let header = String::from_utf8(run.stdout).unwrap().lines().next().unwrap_or_default().to_owned();
        let of_strata = ["rate_ratio", "strata", "strata_a", "strata_b", "stratified_ratio", "stratified_low", "stratified_high"];
        let stratified = args.contains(&"--strata");
        let documented: Vec<&str> = tifa::table::Answer::named(answer).unwrap().columns.iter().map(|c| c.name).collect();
        let documented: Vec<&str> = documented
            .into_iter()
            .filter(|c| *c != "tier" || answer != "series")
            .filter(|c| stratified || !of_strata.contains(c))
            .map(|c| if c == "period" && answer != "trend" { "year" } else { c })
            .collect();
        let found: Vec<&str> = header.split(',').collect();
        let found = if answer == "counts" { &found[2..] } else { &found[..] };
        assert_eq!(found, documented, "{args:?}");
    }
}

/// A country's readout of what a guest said is no adoption by the guest.
#[test]
fn what_a_readout_puts_into_a_foreign_mouth_is_attributed() {
    let Some(seeds) = shared("corpora/seeds") else { return };
    let run = tifa(&["adopt", seeds.to_str().unwrap(), "--formula", GCI, "--format", "csv", "--quiet"]);
    let found = rows(&String::from_utf8(run.stdout).unwrap());
    let guterres: Vec<&str> = found.iter().filter(|r| r["speaker"] == "António Guterres").map(|r| r["tier"].as_str()).collect();
    assert!(!guterres.is_empty() && guterres.iter().all(|t| *t == "attributed"), "{guterres:?}");
}

/// A study compares groups and names tiers; the tables and the page have them.
#[test]
fn a_study_with_a_comparison_and_heat() {
    let dir = tempfile::tempdir().unwrap();
    let corpus: PathBuf = project("tests/corpus");
    let text = format!(
        "title = \"T\"\ncorpus = [{:?}]\nheat = [{{ name = \"warm\", share = 0.2 }}, {{ name = \"hot\", share = 0.6 }}]\n[[compare]]\nname = \"years\"\na = \"since=2024\"\nstrata = [\"voice\"]\n",
        corpus.to_str().unwrap()
    );
    std::fs::write(dir.path().join("study.toml"), text).unwrap();
    let run = tifa(&["report", dir.path().join("study.toml").to_str().unwrap(), "--quiet"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let read = |name: &str| std::fs::read_to_string(dir.path().join(name)).unwrap();
    assert!(!rows(&read("tables/comparison_years.csv")).is_empty());
    let series = rows(&read("tables/series.csv"));
    for row in &series {
        let share: f64 = row["share"].parse().unwrap_or(0.0);
        let want = if share >= 0.6 {
            "hot"
        } else if share >= 0.2 {
            "warm"
        } else {
            ""
        };
        assert_eq!(row["tier"], want, "{row:?}");
    }
    assert!(series.iter().any(|r| r["tier"] == "hot"));
    let page = read("index.html");
    assert!(page.contains("since=2024 (a) · the rest (b)") && page.contains("id=\"methods-comparing\"") && page.contains("href=\"#methods-comparing\""));
    assert!(read("run.json").contains("compare=years: since=2024 / the rest, strata voice"));
}
