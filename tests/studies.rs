//! `tifa study new` writes studies that run, whatever the names in a corpus; `tifa report --from` repeats one.

use tifa::corpus::{Field, ReadingSpec};
use tifa::study::{Study, StudyFile, new_study};

/// A corpus of one table, and a study of it in a folder beside it.
fn study_of(table: &str) -> (tempfile::TempDir, String, Study) {
    let dir = tempfile::tempdir().unwrap();
    let (corpus, file) = (dir.path().join("in \"a\" #1"), dir.path().join("mine/study.toml"));
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::create_dir(&corpus).unwrap();
    std::fs::write(corpus.join("x.csv"), table).unwrap();
    let asked = StudyFile { corpus: vec![corpus.clone()], ..StudyFile::default() };
    let (text, _) = new_study(&asked, Some(&file), &()).unwrap();
    assert!(text.contains("corpus = [\"../in \\\"a\\\" #1\"]"), "{text}");
    std::fs::write(&file, &text).unwrap();
    let study = Study::load(&file).unwrap_or_else(|e| panic!("{e}\n{text}"));
    study.run(&(), |_, _| Ok(())).unwrap_or_else(|e| panic!("{e}\n{text}"));
    // What is commented out can be used.
    let is_key = |l: &str| l.starts_with("[[") || l.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
    let all: Vec<&str> = text.lines().map(|l| l.strip_prefix("# ").filter(|rest| is_key(rest)).unwrap_or(l)).collect();
    std::fs::write(&file, all.join("\n")).unwrap();
    Study::load(&file).unwrap_or_else(|e| panic!("{e}\n{}", all.join("\n")));
    (dir, text, study)
}

#[test]
fn odd_names_do_no_harm() {
    let names = ["\"\"\"Bo\"\" ]]\"", "\"line\nbreak = 1\"", "# none", "\"Orlo, Tamsin\"", "back\\slash\u{7f}", "a;b=c", "= 1"];
    let mut table = String::from("text,speaker,source,date\n");
    for i in 0..7 {
        for name in names {
            table.push_str(&format!("\"On day {i} we spoke of true multilateralism, {i} times {i}.\",{name},{name},2024-0{}-0{}\n", i + 1, i + 1));
        }
    }
    let (_dir, text, study) = study_of(&table);
    let compare = &study.file.compare[0];
    assert!(compare.a.starts_with("speaker=") && !compare.a.contains(',') && !compare.a.contains(';'), "{text}");
    assert!(text.contains("\"line\\nbreak = 1\""), "{text}");
}

#[test]
fn without_dates_and_speakers_sources_are_compared() {
    let mut table = String::from("text,source\n");
    for i in 0..6 {
        table.push_str(&format!("They spoke of true multilateralism in {i} towns.,my-blog\nThey spoke of {i} harbours and {i} fields there.,Your Blog\n"));
    }
    let (_dir, text, study) = study_of(&table);
    assert_eq!((study.file.period, study.file.compare.len()), (None, 1), "{text}");
    assert_eq!(study.file.compare[0].a, "source=Your Blog");
    assert!(text.contains("No document has a date") && text.contains("#   dates      none\n"), "{text}");
    let (_dir, text, study) = study_of("text\nNobody is named here.\n");
    assert!(study.file.compare.is_empty() && text.contains("No two speakers, sides or sources"), "{text}");
}

#[test]
fn a_pair_with_few_documents_is_only_hinted_at() {
    let (_dir, text, study) = study_of("text,speaker\nWe want true multilateralism.,Bo Ande\nWe want the Belt and Road Initiative.,Al Cerf\n");
    assert!(study.file.compare.is_empty(), "{text}");
    assert!(text.contains("of 1 and 1 documents, too few to tell them apart") && text.contains("\n# a = \"speaker=Al Cerf\"\n"), "{text}");
}

#[test]
fn what_was_said_of_the_input_stands_in_the_study() {
    let dir = tempfile::tempdir().unwrap();
    let corpus = dir.path().join("x.csv");
    std::fs::write(&corpus, "body,who\nWe want true multilateralism.,Bo\n").unwrap();
    let columns = [(Field::Text, "body".to_owned())].into();
    let reading = ReadingSpec { columns, genre: Some("address".into()), ..ReadingSpec::default() };
    let asked = StudyFile { corpus: vec![corpus], reading: reading.clone(), ..StudyFile::default() };
    let (text, _) = new_study(&asked, Some(&dir.path().join("s/study.toml")), &()).unwrap();
    let parsed = toml::from_str::<StudyFile>(&text).unwrap();
    assert_eq!((parsed.reading, parsed.corpus), (reading, vec!["../x.csv".into()]));
    let stdin = StudyFile { corpus: vec!["-".into()], ..StudyFile::default() };
    assert!(new_study(&stdin, None, &()).unwrap_err().to_string().contains("standard input"));
}

/// Two years of letters in two languages that repeat what no lexicon holds.
fn letters() -> String {
    let mut table = String::from("text,speaker,date\n");
    for i in 1..=6 {
        let day = format!("20{}-03-0{i}", 22 + i % 2);
        table.push_str(&format!("\"Letter {i} calls for cooperative harbour governance, and for {i} boats of {i} towns.\",Bo Ande,{day}\n"));
        table.push_str(&format!("\"第{i}封信说，要坚持港口合作治理，修好第{i}条船。\",罗景和,{day}\n"));
    }
    table
}

/// The page of a study with these lines, and its folder.
fn page_of(dir: &std::path::Path, name: &str, lines: &str) -> (String, std::path::PathBuf) {
    let folder = dir.join(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("study.toml"), format!("title = \"T\"\n{lines}")).unwrap();
    Study::load(&folder.join("study.toml")).unwrap().run(&(), |_, _| Ok(())).unwrap();
    (std::fs::read_to_string(folder.join("index.html")).unwrap(), folder)
}

#[test]
fn what_no_lexicon_holds_is_shown_where_that_is_asked() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("letters.csv"), letters()).unwrap();
    let (page, folder) = page_of(dir.path(), "a", "corpus = [\"../letters.csv\"]\ndiscover = 5\n");
    let table = std::fs::read_to_string(folder.join("tables/candidates.csv")).unwrap();
    assert!(table.starts_with("rank,candidate,language,") && table.contains("cooperative harbour governance,en,"), "{table}");
    let section = page.split("<section id=\"candidates-section\"").nth(1).unwrap();
    for want in [
        "Not in your lexicon",
        "cooperative harbour governance",
        "港口合作治理",
        "2022-03-02 · Bo Ande · ",
        "--top=5 --as-lexicon=FILE",
        "aria-label=\"Recurrent",
    ] {
        assert!(section.contains(want), "{want}");
    }
    assert!(["svg", "png"].iter().all(|e| folder.join("charts/candidates").with_extension(e).is_file()));
    let run = std::fs::read_to_string(folder.join("run.json")).unwrap();
    assert!(run.contains("\"discover=5\"") && run.contains("tables/candidates.csv"), "{run}");
    let first = crate::determinism::contents(&folder);
    let (_, again) = page_of(dir.path(), "a", "corpus = [\"../letters.csv\"]\ndiscover = 5\n");
    assert!(first == crate::determinism::contents(&again));
    // What the filter leaves out is not searched, and what a lexicon of the study holds is known; which formulas count is of no matter.
    let own = "name = \"own\"\nversion = \"1\"\n[[formula]]\nid = \"harbour\"\nzh = [\"坚持港口合作治理\"]\n";
    std::fs::write(dir.path().join("own.toml"), own).unwrap();
    let filtered = "corpus = [\"../letters.csv\"]\nlexicons = [\"../own.toml\"]\nui = \"zh\"\ndiscover = 5\n[filter]\n";
    let (page, folder) = page_of(dir.path(), "b", &format!("{filtered}theme = [\"visions\"]\n"));
    assert!(page.contains("词典之外") && page.contains("不论选择哪些提法和主题"));
    let table = std::fs::read_to_string(folder.join("tables/candidates.csv")).unwrap();
    assert!(table.contains("cooperative harbour governance") && !table.contains("港口合作治理,zh"), "{table}");
    let (page, _) = page_of(dir.path(), "c", &format!("{filtered}speaker = [\"罗景和\"]\nsince = \"2023\"\n"));
    assert!(page.contains("没有词典之外而又至少在 3 篇文档中出现至少 4 次的用语"));
}

#[test]
fn what_no_lexicon_holds_is_not_shown_unasked_nor_without_texts() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("letters.csv"), letters()).unwrap();
    let (page, folder) = page_of(dir.path(), "a", "corpus = [\"../letters.csv\"]\n");
    assert!(!page.contains("Not in your lexicon") && !folder.join("tables/candidates.csv").exists());
    let (page, folder) = page_of(dir.path(), "b", "corpus = [\"../a\"]\ndiscover = 5\n");
    let stdin = Study { file: StudyFile { corpus: vec!["-".into()], discover: 5, ..StudyFile::default() }, out: dir.path().join("c") };
    assert!(stdin.run(&(), |_, _| Ok(())).unwrap_err().to_string().contains("once only"));
    assert!(page.contains("Not in your lexicon") && page.contains("the texts are needed") && !folder.join("tables/candidates.csv").exists());
}
