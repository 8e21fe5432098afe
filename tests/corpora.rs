//! Real files as people keep them: nothing is lost between a file and the table of documents, and a saved page says what the
//! same text says elsewhere.

use std::collections::BTreeMap;

use crate::{rows, shared, tifa};

type Table = Vec<std::collections::HashMap<String, String>>;

/// The tables of a scan of something in the corpora, if they are there.
fn scan(input: &str, options: &[&str]) -> Option<BTreeMap<&'static str, Table>> {
    let path = shared(&format!("corpora/{input}"))?;
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let mut args = vec!["scan", "--quiet", path.to_str().unwrap(), "--out", out.to_str().unwrap(), "--format", "csv"];
    args.extend(options);
    let run = tifa(&args);
    assert!(run.status.success(), "{input}: {}", String::from_utf8_lossy(&run.stderr));
    let table = |name: &str| rows(&std::fs::read_to_string(out.join(format!("{name}.csv"))).unwrap());
    Some(["documents", "segments", "hits", "problems"].map(|name| (name, table(name))).into())
}

#[test]
fn every_record_is_a_document_or_a_problem() {
    for (input, options, records, dated) in [
        ("xi-speech-zh/speeches.json", &[][..], 105, 105),
        ("xi-speech-zh/plsc_xi_2020.csv", &[], 58, 58),
        ("xi-speech-en", &["--group-by", "title"], 84, 84),
        ("gov-work-reports-zh", &[], 88, 58),
        ("ungdc-sample", &["--path-pattern", "{country}_{session}_{year}"], 94, 94),
        ("statedept-sample", &[], 300, 300),
        ("fmprc-html-zh", &[], 50, 50),
        ("tracker", &["--split", "date"], 218, 217),
    ] {
        let Some(tables) = scan(input, options) else { return };
        assert_eq!(tables["documents"].len() + tables["problems"].len(), records, "{input}: {:?}", tables["problems"]);
        assert!(tables["documents"].iter().filter(|d| !d["date"].is_empty()).count() >= dated, "{input}");
    }
}

#[test]
fn saved_pages_agree_with_the_text_of_the_same_pages() {
    let key = |d: &str| d.rsplit('/').next().unwrap_or(d).to_owned();
    let (Some(pages), Some(en), Some(zh)) =
        (scan("mfa-presser/html", &[]), scan("mfa-presser/mfa_presser_en.jsonl", &[]), scan("mfa-presser/mfa_presser_zh.jsonl", &[]))
    else {
        return;
    };
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut known: BTreeMap<String, [String; 3]> = BTreeMap::new();
    let mut file_of: BTreeMap<(usize, String), String> = BTreeMap::new();
    for (n, tables) in [&en, &zh].into_iter().enumerate() {
        for d in &tables["documents"] {
            known.insert(key(&d["url"]), [letters(&d["title"]), d["published"].clone(), d["event_date"].clone()]);
            file_of.insert((n, d["document"].clone()), key(&d["url"]));
        }
    }
    type Counts = BTreeMap<String, BTreeMap<[String; 3], usize>>;
    let count = |counts: &mut Counts, file: String, h: &std::collections::HashMap<String, String>| {
        let said = ["formula", "speaker", "voice"].map(|c| h[c].clone());
        *counts.entry(file).or_default().entry(said).or_default() += 1;
    };
    let counted = |h: &&std::collections::HashMap<String, String>| h["within"].is_empty() && h["voice"] != "title" && h["voice"] != "boilerplate";
    let (mut of_pages, mut of_text) = (Counts::new(), Counts::new());
    pages["hits"].iter().filter(counted).for_each(|h| count(&mut of_pages, key(&h["path"]), h));
    for (n, tables) in [&en, &zh].into_iter().enumerate() {
        tables["hits"].iter().filter(counted).for_each(|h| count(&mut of_text, file_of[&(n, h["document"].clone())].clone(), h));
    }
    let mut compared = 0;
    for d in &pages["documents"] {
        let file = key(&d["path"]);
        let Some(want) = known.get(&file) else { continue };
        assert_eq!([letters(&d["title"]), d["published"].clone(), d["event_date"].clone()], *want, "{file}");
        assert_eq!(of_pages.get(&file), of_text.get(&file), "{file}");
        compared += 1;
    }
    assert_eq!((pages["documents"].len(), compared), (239, 236));
}

#[test]
fn press_conferences_are_the_spokespersons_and_those_who_ask() {
    let spokespersons = [("Geng Shuang", "耿爽"), ("Hua Chunying", "华春莹"), ("Lu Kang", "陆慷")];
    // Pages without labels, an announcement in the third person, a paper of several states.
    for (input, others) in [("mfa-presser/mfa_presser_en.jsonl", 0), ("mfa-presser/mfa_presser_zh.jsonl", 12), ("mfa-presser/html", 12)] {
        let Some(tables) = scan(input, &[]) else { return };
        let titles: BTreeMap<&str, &str> = tables["documents"].iter().map(|d| (d["document"].as_str(), d["title"].as_str())).collect();
        let (mut answers, mut other) = (0, 0);
        for segment in &tables["segments"] {
            let title = titles[segment["document"].as_str()];
            match segment["voice"].as_str() {
                "spoken" => {
                    let who = spokespersons.iter().find(|(en, zh)| title.contains(en) || title.contains(zh)).map(|(en, _)| *en);
                    assert_eq!(Some(segment["speaker"].as_str()), who, "{input}: {} {title}", segment["document"]);
                    answers += 1;
                }
                "question" | "title" | "boilerplate" => {}
                _ => other += 1,
            }
        }
        assert!(answers > 4000 && other <= others, "{input}: {answers} answers, {other} others");
    }
}
