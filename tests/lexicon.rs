//! Lexicons as their users meet them: what is wrong is said, what is counted is what is meant, what changes shows.

use std::path::Path;

use tifa::curation::{Level, check};
use tifa::lexicon::Lexicons;
use tifa::text::Language;

use crate::{rows, shared, tifa};

#[test]
fn the_built_in_lexicons_are_sound() {
    let lexicons = Lexicons::load(&[""; 0], false).unwrap();
    let wrong: Vec<String> = check(&lexicons, Vec::new(), &[])
        .unwrap()
        .into_iter()
        .filter(|f| f.level != Level::Note)
        .map(|f| format!("{}: {}: {}", f.place(), f.formula, f.message))
        .collect();
    assert_eq!(wrong, [""; 0]);
    let sizes: Vec<(&str, usize)> = lexicons.lexicons().iter().map(|l| (l.name.as_str(), l.formulas.len())).collect();
    for (name, least) in [("prc-diplomacy", 250), ("un", 50), ("us", 50), ("russia", 50)] {
        assert!(sizes.iter().any(|(n, size)| *n == name && *size >= least), "{sizes:?}");
    }
    for formula in lexicons.formulas() {
        assert_eq!(formula.label.len(), Language::ALL.len(), "{}: a label in each language", formula.id);
    }
    assert!(lexicons.themes().iter().any(|t| t.parent().is_some()));
}

/// A sound lexicon, each line of which a mistake can be made in.
const SOUND: &str = r#"name = "mine"
version = "1"

[[formula]]
id = "blue-economy"
label = { en = "blue economy", zh = "蓝色经济" }
themes = ["development"]
originator = "Somebody"
first_use = { date = "2012-06", occasion = "A summit", source = { title = "A report", publisher = "A press", date = "2012-07" } }
en = ["blue {economy,growth}"]
zh = ["蓝色经济"]
acronyms = ["BE"]
not = { en = ["blue economy class"] }
example = { en = "A blue economy feeds the islands.", zh = "发展蓝色经济。" }
counterexample = { en = "He flew in blue economy class.", zh = "蓝色的海有经济价值。" }
"#;

/// What was written, what was meant, the line and words of the message.
const MISTAKES: [(&str, &str, usize, &str); 22] = [
    ("name = \"mine\"", "nam = \"mine\"", 1, "unknown field `nam`"),
    ("version = \"1\"", "version = \"\"", 1, "no version"),
    ("[[formula]]", "[[formulas]]", 4, "unknown field `formulas`"),
    ("id = \"blue-economy\"", "id = \"blue economy\"", 5, "letters, digits and hyphens"),
    ("id = \"blue-economy\"", "id = \"belt-and-road\"", 4, "is also in lexicons/prc-diplomacy.toml:"),
    ("zh = \"蓝色经济\" }", "zh = \" \" }", 6, "an empty label"),
    ("[\"development\"]", "[\"developement\"]", 4, "the theme `developement` is described nowhere"),
    ("[\"development\"]", "\"development\"", 7, "`themes` is to be a list"),
    ("originator = \"Somebody\"", "parent = \"brown-economy\"", 4, "the parent `brown-economy`"),
    ("date = \"2012-06\"", "date = \"June 2012\"", 9, "is no date"),
    (", source = { title = \"A report\", publisher = \"A press\", date = \"2012-07\" }", "", 4, "has no source"),
    ("publisher = \"A press\", ", "", 4, "has no publisher"),
    ("date = \"2012-07\"", "date = \"2011\"", 4, "older than the first use"),
    ("{economy,growth}", "{economy,growth", 10, "`{` is not closed"),
    ("[\"blue {economy,growth}\"]", "[\"blue {economy,growth}\", \"\"]", 10, "an empty variant"),
    ("[\"blue {economy,growth}\"]", "[\"blue {economy,growth}\", \"blue growth\"]", 10, "shadowed"),
    ("[\"blue {economy,growth}\"]", "[\"blue {economy,growth}\", \"win-win cooperation\"]", 10, "under two ids"),
    ("zh = [\"蓝色经济\"]", "zh = [\"蓝色经济*\"]", 11, "Chinese does not mark"),
    ("blue economy class\"]", "blue {economy,growth}\"]", 10, "can never match"),
    ("A blue economy feeds", "A blue economist feeds", 4, "its example does not hold it"),
    ("蓝色的海有经济价值", "蓝色经济有价值", 4, "its counter-example holds it"),
    ("acronyms = [\"BE\"]", "acronym = [\"BE\"]", 12, "unknown field `acronym`"),
];

fn checked(file: &Path) -> (String, Option<i32>) {
    let run = tifa(&["lexicon", "check", file.to_str().unwrap()]);
    (format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr)), run.status.code())
}

#[test]
fn every_mistake_in_a_lexicon_is_said_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("mine.toml");
    std::fs::write(&file, SOUND).unwrap();
    let (said, code) = checked(&file);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("1 formula checked: 0 errors, 0 warnings"), "{said}");
    for (right, wrong, line, message) in MISTAKES {
        assert!(SOUND.contains(right), "{right}");
        std::fs::write(&file, SOUND.replacen(right, wrong, 1)).unwrap();
        let (said, code) = checked(&file);
        let place = format!("mine.toml:{line},");
        let is = |l: &&str| l.contains(&place) && l.contains(message);
        assert!(said.lines().any(|l| is(&l)), "{wrong}: want {place} {message} in\n{said}");
        let errors = !["described nowhere", "shadowed"].contains(&message) && !message.starts_with("the theme");
        assert_eq!(code == Some(2), errors, "{wrong}: {said}");
    }
}

#[test]
fn near_variants_of_a_corpus_are_news() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.txt"), "2021-05-01\n\nWe need a blue sea economy. The blue economy grows. 发展深蓝色海洋经济。\n").unwrap();
    std::fs::write(dir.path().join("b.txt"), "2022-05-01\n\nOur blue sea economy is large.\n").unwrap();
    let lexicon = dir.path().join("mine.toml");
    std::fs::write(&lexicon, SOUND).unwrap();
    let inputs: Vec<String> = ["a.txt", "b.txt"].iter().map(|f| dir.path().join(f).to_str().unwrap().to_owned()).collect();
    let run = tifa(&["lexicon", "check", lexicon.to_str().unwrap(), "--on", &inputs[0], "--on", &inputs[1], "--format", "csv", "--quiet"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let table = rows(&String::from_utf8_lossy(&run.stdout));
    let near: Vec<_> = table.iter().filter(|r| r["kind"] == "near variant").collect();
    assert_eq!(near.len(), 2, "{table:?}");
    assert_eq!((near[0]["found"].as_str(), near[0]["occurrences"].as_str(), near[0]["documents"].as_str()), ("blue sea economy", "2", "2"));
    assert_eq!((near[0]["first"].as_str(), near[0]["last"].as_str()), ("2021-05-01", "2022-05-01"));
    assert!(near[0]["contexts"].starts_with("a.txt@22: We need a blue sea economy."), "{}", near[0]["contexts"]);
    let unseen: Vec<&str> = table.iter().filter(|r| r["kind"] == "never seen").map(|r| r["variant"].as_str()).collect();
    assert_eq!(unseen, ["蓝色经济", "BE"]);
}

#[test]
fn a_formula_that_swallows_hits_of_others_shows_between_two_runs() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("a.txt"), "A blue economy. The deep blue economy plan. Deep blue economy plans and blue growth.\n").unwrap();
    std::fs::write(path("before.toml"), SOUND).unwrap();
    std::fs::write(path("after.toml"), format!("{SOUND}\n[[formula]]\nid = \"plan\"\nen = [\"deep blue economy plan(s)\"]\n")).unwrap();
    for run in ["before", "after"] {
        let made = tifa(&["scan", &path("a.txt"), "--no-builtin", "--lexicon", &path(&format!("{run}.toml")), "--out", &path(run)]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }
    let want = "formula,language,before,after,difference,swallowed_by,freed_from\nblue-economy,en,4,2,-2,plan:2,\nplan,en,0,2,2,,\n";
    let runs = tifa(&["lexicon", "diff", &path("before"), &path("after")]);
    assert_eq!(String::from_utf8_lossy(&runs.stdout), want);
    assert!(String::from_utf8_lossy(&runs.stderr).contains("tifa: lexicon mine: 1 (1 formulas, "), "{}", String::from_utf8_lossy(&runs.stderr));
    let lexicons = tifa(&["lexicon", "diff", &path("before.toml"), &path("after.toml"), "--on", &path("a.txt"), "--no-builtin"]);
    assert_eq!(String::from_utf8_lossy(&lexicons.stdout), want);
    let lists = tifa(&["lexicon", "diff", &path("before.toml"), &path("after.toml")]);
    assert_eq!(String::from_utf8_lossy(&lists.stdout), "change,formula,what,before,after\nadded,plan,formula,,deep blue economy plan(s)\n");
}

#[test]
fn families_and_nested_hits_are_summed_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let formula = |id: &str, rest: &str| format!("[[formula]]\nid = \"{id}\"\n{rest}\n");
    let lexicon = [
        "name = \"mine\"\nversion = \"1\"\n".to_owned(),
        formula("future", "label = { en = \"shared future\" }\nen = [\"shared future\"]"),
        formula("mankind", "parent = \"future\"\nen = [\"shared future for mankind\"]"),
        formula("asia", "parent = \"future\"\nen = [\"Asian shared future\"]"),
        formula("bright-asia", "parent = \"asia\"\nen = [\"bright Asian\"]"),
    ];
    std::fs::write(path("mine.toml"), lexicon.concat()).unwrap();
    std::fs::write(path("a.txt"), "A shared future. A shared future for mankind. The bright Asian shared future.\n").unwrap();
    let count = |more: &[&str]| {
        let (text, lexicon) = (path("a.txt"), path("mine.toml"));
        let args = [&["count", &text, "--no-builtin", "--lexicon", &lexicon, "--by"], more].concat();
        let run = tifa(&args);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        rows(&String::from_utf8_lossy(&run.stdout)).iter().map(|r| format!("{} {}", r[more[0]], r["occurrences"])).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(count(&["formula"]), "asia 1, bright-asia 1, future 1, mankind 1");
    assert_eq!(count(&["formula", "--nested", "all"]), "asia 1, bright-asia 1, future 3, mankind 1");
    // `bright Asian` and `Asian shared future` overlap: one stretch under `asia`, and one under `future`.
    assert_eq!(count(&["formula", "--roll-up"]), "asia 1, bright-asia 1, future 3, mankind 1");
    assert_eq!(count(&["formula", "--roll-up", "--nested", "all"]), "asia 1, bright-asia 1, future 4, mankind 1");
    assert_eq!(count(&["formula", "--roll-up", "--formula", "future"]), "future 3");
    assert_eq!(count(&["language", "--roll-up", "--formula", "future"]), "en 3");
    assert_eq!(count(&["language", "--roll-up", "--formula", "future,asia"]), "en 3");
    assert_eq!(count(&["language", "--roll-up"]), "en 4");
}

#[test]
fn the_four_initiatives_are_not_in_the_negative_control() {
    let Some(releases) = shared("corpora/statedept-sample") else { return };
    let ids = "global-development-initiative,global-security-initiative,global-civilization-initiative,global-governance-initiative";
    let run =
        tifa(&["hits", releases.to_str().unwrap(), "--formula", ids, "--voice", "spoken,reported,quoted,document,joint,narration,title,question,boilerplate"]);
    assert!(run.status.success());
    assert_eq!(rows(&String::from_utf8_lossy(&run.stdout)).len(), 0);
}

#[test]
fn the_first_years_of_two_formulas_in_the_work_reports() {
    let Some(reports) = shared("corpora/gov-work-reports-zh/government_work_reports.jsonl") else { return };
    for (formula, year) in [("belt-and-road", "2015"), ("community-shared-future", "2017")] {
        let run = tifa(&["count", reports.to_str().unwrap(), "--by", "year", "--formula", formula]);
        let table = rows(&String::from_utf8_lossy(&run.stdout));
        let first = table.iter().find(|r| r["occurrences"] != "0").map(|r| r["year"].as_str());
        assert_eq!(first, Some(year), "{formula}");
    }
}

/// A folder with files, and the path of one of them.
struct Files(tempfile::TempDir);

impl Files {
    fn of(files: &[(&str, &str)]) -> Files {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        Files(dir)
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }
}

/// A lexicon of these entries.
fn lexicon(entries: &[&str]) -> String {
    let entries: String = entries.iter().map(|e| format!("[[formula]]\n{e}\n")).collect();
    format!("name = \"mine\"\nversion = \"1\"\n{entries}")
}

/// Runs the program, which has to succeed, and returns what it prints.
fn stdout(args: &[&str]) -> String {
    let run = tifa(args);
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn a_theme_means_the_same_in_every_table_rolled_up_or_not() {
    let text =
        lexicon(&["id = \"par\"\nthemes = [\"t\"]\nen = [\"red harbour\"]", "id = \"kid\"\nparent = \"par\"\nthemes = [\"u\"]\nen = [\"blue harbour\"]"]);
    let files = Files::of(&[("mine.toml", &text), ("a.txt", "A red harbour. A blue harbour.\n")]);
    let (file, lexicon) = (files.path("a.txt"), files.path("mine.toml"));
    let args = |first: &[&'static str], rest: &[&'static str]| {
        let own = ["--no-builtin", "--lexicon", lexicon.as_str(), "--roll-up"];
        stdout(&[first, &[file.as_str()][..], &own[..], rest].concat())
    };
    let occurrences = |table: &str| rows(table).iter().map(|r| r["occurrences"].clone()).collect::<Vec<_>>();
    assert_eq!(occurrences(&args(&["count"], &["--by", "formula", "--theme", "t"])), ["1"]);
    assert_eq!(occurrences(&args(&["count"], &["--by", "language", "--formula", "par"])), ["2"]);
    assert_eq!(occurrences(&args(&["count"], &["--by", "language", "--formula", "par", "--theme", "t"])), ["1"]);
    assert_eq!(rows(&args(&["kwic"], &["--formula", "par", "--theme", "t"])).len(), 1);
    assert_eq!(rows(&args(&["kwic"], &["--formula", "par"])).len(), 2);
}

#[test]
fn an_override_holds_in_any_order() {
    let own = |extra: &str| lexicon(&[&format!("id = \"five-principles\"\n{extra}en = [\"five rules\"]")]);
    let files = Files::of(&[("a.toml", &own("override = true\n")), ("b.toml", &own("").replace("\"mine\"", "\"other\""))]);
    for order in [["a.toml", "b.toml"], ["b.toml", "a.toml"]] {
        let shown = stdout(&["lexicon", "show", "five-principles", "--lexicon", &files.path(order[0]), "--lexicon", &files.path(order[1])]);
        assert!(shown.contains("lexicon     mine,"), "{shown}");
    }
}

#[test]
fn check_tells_what_is_wrong_from_what_is_not() {
    let mistaken = lexicon(&[
        "id = \"civ\"\nen = [\"civilization\", \"civilization*\"]",
        "id = \"anti\"\nen = [\"anti-\"]",
        "id = \"p\"\nen = [{ pattern = \"five rules\", needs = [\"Panchsheel\"] }]",
        "id = \"q\"\nen = [{ pattern = \"five rules\", needs = [\"Confucian\"] }]",
    ]);
    let files = Files::of(&[("mine.toml", &mistaken)]);
    let run = tifa(&["lexicon", "check", "--no-builtin", "--lexicon", &files.path("mine.toml")]);
    let table = rows(&String::from_utf8_lossy(&run.stdout));
    let found: Vec<String> = table
        .iter()
        .filter(|r| !["no label", "no example", "no theme"].contains(&r["kind"].as_str()))
        .map(|r| format!("{} {} {}", r["level"], r["kind"], r["variant"]))
        .collect();
    assert_eq!(found, ["error never matches anti-", "note two ids five rules"]);
}

#[test]
fn diff_misses_no_change() {
    let before = lexicon(&["id = \"a\"\nen = [\"alpha\", \"GDI\"]"]);
    let after = lexicon(&["id = \"a\"\nen = [\"alpha\"]\nacronyms = [\"GDI\"]\nexample = { en = \"An alpha.\" }"]);
    let moved = lexicon(&["id = \"a\"\nen = [\"delta\", \"GDI\"]"]);
    let files = Files::of(&[("before.toml", &before), ("after.toml", &after), ("moved.toml", &moved), ("a.txt", "Words of alpha and delta.\n")]);
    let changed: Vec<String> =
        rows(&stdout(&["lexicon", "diff", &files.path("before.toml"), &files.path("after.toml")])).iter().map(|r| r["what"].clone()).collect();
    assert_eq!(changed, ["en", "acronyms", "example"]);
    let shifts = stdout(&["lexicon", "diff", &files.path("before.toml"), &files.path("moved.toml"), "--on", &files.path("a.txt"), "--no-builtin"]);
    assert_eq!(rows(&shifts).iter().map(|r| (r["before"].clone(), r["after"].clone())).collect::<Vec<_>>(), [("1".into(), "1".into())]);
    let same = stdout(&["lexicon", "diff", "un", crate::project("lexicons/un.toml").to_str().unwrap()]);
    assert_eq!(rows(&same).len(), 0, "{same}");
    let named = rows(&stdout(&["lexicon", "diff", "un", "us", "--on", &files.path("a.txt")]));
    assert_eq!(named.len(), 0);
}

#[test]
fn what_is_exported_keeps_its_ids_and_a_codebook_its_folder() {
    let text = lexicon(&[
        "id = \"GDI\"\nlabel = { en = \"G\" }\nen = [\"alpha\"]",
        "id = \"kid\"\nlabel = { en = \"K\" }\nparent = \"GDI\"\nthemes = [\"new/unheard\"]\nen = [\"beta\"]",
    ]);
    let files = Files::of(&[("mine.toml", &text), ("README.md", "# Mine\n")]);
    let table = stdout(&["lexicon", "export", "--no-builtin", "--lexicon", &files.path("mine.toml"), "--quiet"]);
    std::fs::write(files.path("table.csv"), table).unwrap();
    let again = stdout(&["lexicon", "import", &files.path("table.csv"), "--name", "mine", "--quiet"]);
    std::fs::write(files.path("again.toml"), again).unwrap();
    assert_eq!(stdout(&["lexicon", "diff", &files.path("mine.toml"), &files.path("again.toml")]), "change,formula,what,before,after\n");
    let own = ["--no-builtin", "--lexicon", &files.path("mine.toml"), "--format", "codebook"];
    let refused = tifa(&[&["lexicon", "export", "-o", &files.path(".")][..], &own].concat());
    assert_eq!(refused.status.code(), Some(2));
    stdout(&[&["lexicon", "export", "-o", &files.path("book")][..], &own].concat());
    let page = std::fs::read_to_string(files.path("book/new.md")).unwrap();
    assert!(page.contains("## new/unheard") && page.contains("`kid`"), "{page}");
}
