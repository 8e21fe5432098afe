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
