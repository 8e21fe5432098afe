//! A new study: what is in a corpus, and a `study.toml` that asks it something sensible, to be changed.
//!
//! Whatever names the corpus holds, the file is one that `tifa report` runs as it stands.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::file::StudyFile;
use super::kept::plain;
use super::overview::{Overview, Tally};
use super::pair::pair;
use super::{Study, title};
use crate::analysis::{Dimension, period_for, periods, span};
use crate::attribution::{Evidence, Voice};
use crate::chart::thousands;
use crate::error::{Error, Result};
use crate::scan::{Progress, Scan};
use crate::table::check_folder;
use crate::text::quoted;

/// How many names are listed.
const LISTED: usize = 10;
/// A comparison of groups of fewer documents is only hinted at.
const FEW: usize = 5;

/// Where a new study goes: a `study.toml` in a folder of its own, since its report is written beside it.
///
/// # Errors
/// A file of another name, or one that is there already; a folder that holds something else, or lies in the corpus.
pub fn place_for(to: &Path, corpus: &[PathBuf]) -> Result<PathBuf> {
    let file = if to.is_dir() || to.extension().is_none() { to.join("study.toml") } else { to.to_owned() };
    if file.file_name().is_none_or(|name| name != "study.toml") {
        let message = format!("{}: is to be called study.toml, in a folder of its own, which bears the name: NAME/study.toml", file.display());
        return Err(Error::Usage(message));
    }
    if file.exists() {
        return Err(Error::Usage(format!("{}: is there already; give another file, or take it away", file.display())));
    }
    let folder = folder_of(&file);
    if check_folder(folder).is_err() {
        let message =
            format!("{}: holds other files, and a report is written beside its study.toml; give it a folder of its own, NAME/study.toml", folder.display());
        return Err(Error::Usage(message));
    }
    let place = absolute(folder)?;
    for input in corpus {
        if input.is_dir() && place.starts_with(absolute(input)?) {
            return Err(Error::Usage(format!("{}: lies in {}, and would be read with it; give a file elsewhere", file.display(), input.display())));
        }
    }
    Ok(file)
}

/// A `study.toml` for the corpus of `asked`, whose paths are usable as they are: with paths from the folder of the file `to`, or as they are.
///
/// # Errors
/// As [`Study::run`].
pub fn new_study(asked: &StudyFile, to: Option<&Path>, progress: &dyn Progress) -> Result<(String, Scan)> {
    if asked.corpus.iter().any(|input| input == Path::new("-")) {
        return Err(Error::Usage("a study names files and folders, and standard input is neither; save what comes in, and give the file".into()));
    }
    let study = Study { file: asked.clone(), out: PathBuf::new() };
    let scan = study.scan(&study.how()?, &study.lexicons()?, progress)?;
    let from = to.map(|file| absolute(folder_of(file))).transpose()?;
    let overview = Overview::of(&scan)?;
    let mut text = head(&scan, &overview)?;
    let _ = writeln!(text, "title = {}", quoted(&title(&asked.corpus)));
    text.push_str("# description = \"What is asked, of which texts, and why. It stands below the title.\"\n\n");
    text.push_str(&inputs(asked, from.as_deref())?);
    text.push_str(&period(&scan, &overview)?);
    text.push_str("\n# Charts have at most so many lines and columns (1 to 40).\n# top = 6\n");
    text.push_str("# Only these charts; without it all for which there is something.\n# charts = [\"trend\", \"speakers\", \"themes\"]\n");
    text.push_str("# The language of the page's own words: en or zh.\n# ui = \"en\"\n");
    text.push_str("\n# Names for shares of documents, to tell hot formulas from cold ones; yours to set.\n");
    text.push_str("# heat = [{ name = \"frequent\", share = 0.2 }, { name = \"occasional\", share = 0.05 }]\n");
    text.push_str("\n# Recurrent strings that no lexicon holds yet: so many of each language, the likeliest formulas first (0 to 40).\n# discover = 20\n");
    text.push_str(&reading(asked));
    text.push_str(&comparison(&scan, &overview)?);
    text.push_str(&filter(&scan, &overview)?);
    Ok((text, scan))
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The whole path, without `.` and `..`.
fn absolute(path: &Path) -> Result<PathBuf> {
    let whole = std::path::absolute(path).map_err(|e| Error::io(path, e))?;
    let below = whole.strip_prefix("/").unwrap_or(&whole);
    Ok(plain(below).map_or_else(|| whole.clone(), |parts| Path::new("/").join(parts.join("/"))))
}

/// What is in the corpus.
fn head(scan: &Scan, overview: &Overview) -> Result<String> {
    let counts = &scan.manifest.counts;
    let mut head = String::from(
        "# A study: a question to a corpus, written down. `tifa report study.toml` answers it with tables, charts and a page beside this file.\n\
         # Lines that begin with # are not read; take the # away to use one.\n#\n# What is in the corpus:\n",
    );
    let mut line = |name: &str, text: String| {
        let _ = writeln!(head, "#   {name:<11}{text}");
    };
    let copies = match counts.duplicates {
        0 => String::new(),
        1 => " without 1 copy".to_owned(),
        n => format!(" without {} copies", grouped(n)),
    };
    let translations = match counts.translations {
        0 => String::new(),
        n => format!("; {} of an event that another one tells in another language", grouped(n)),
    };
    line("documents", format!("{}{copies}{translations}", grouped(counts.documents - counts.duplicates)));
    let undated = if overview.undated == 0 { String::new() } else { format!("; {} without a date", documents(overview.undated)) };
    line("dates", span(&scan.documents)?.map_or_else(|| "none".to_owned(), |(first, last)| format!("{first} to {last}{undated}")));
    for (i, (language, n, amount)) in overview.languages.iter().enumerate() {
        let unit = if language == "zh" { "characters" } else { "words" };
        line(if i == 0 { "languages" } else { "" }, format!("{}: {}, {} {unit}", quoted(language), documents(*n), grouped(*amount)));
    }
    line("sources", listed(&overview.sources));
    line("genres", listed(&overview.genres));
    let known: usize = scan.manifest.lexicons.iter().map(|l| l.formulas).sum();
    let found = overview.formulas.ranked().len();
    line("formulas", format!("{} of the {} in the lexicons occur, {} in all", grouped(found), grouped(known), plural(overview.occurrences, "time")));
    let speakers = overview.speakers.ranked();
    if speakers.is_empty() {
        line("speakers", "none that is named".into());
    }
    for (i, (name, n)) in speakers.iter().take(LISTED).enumerate() {
        line(if i == 0 { "speakers" } else { "" }, format!("{}: {}", quoted(name), documents(*n)));
    }
    if speakers.len() > LISTED {
        line("", format!("and {} more; `tifa count INPUT --by speaker` lists them", speakers.len() - LISTED));
    }
    let problems: Vec<String> = overview.problems.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
    line("problems", if problems.is_empty() { "none".into() } else { format!("{}; the report lists them in tables/problems.csv", problems.join(", ")) });
    head.push('\n');
    Ok(head)
}

/// Values with their documents, most documents first.
fn listed(tally: &Tally) -> String {
    let ranked = tally.ranked();
    let first: Vec<String> = ranked.iter().take(LISTED).map(|(value, n)| format!("{} {}", quoted(value), grouped(*n))).collect();
    let more = ranked.len().saturating_sub(LISTED);
    match (first.is_empty(), more) {
        (true, _) => "none known".into(),
        (_, 0) => first.join(", "),
        _ => format!("{} and {more} more", first.join(", ")),
    }
}

/// Where the corpus is, and with what it is searched.
fn inputs(asked: &StudyFile, from: Option<&Path>) -> Result<String> {
    let paths = |paths: &[PathBuf]| -> Result<String> { Ok(list(paths.iter().map(|p| written(p, from)).collect::<Result<Vec<_>>>()?)) };
    let mut text = String::from("# Files and folders, or one scan folder; relative to this file.\n");
    let _ = writeln!(text, "corpus = {}", paths(&asked.corpus)?);
    if !asked.lexicons.is_empty() {
        let _ = writeln!(text, "lexicons = {}", paths(&asked.lexicons)?);
    }
    if asked.no_builtin {
        text.push_str("no_builtin = true\n");
    }
    if let Some(corrections) = &asked.corrections {
        let _ = writeln!(text, "corrections = {}", quoted(&written(corrections, from)?));
    }
    text.push('\n');
    Ok(text)
}

/// `path` from the folder `from`. What has nothing in common with it stays as it is.
fn written(path: &Path, from: Option<&Path>) -> Result<String> {
    let Some(from) = from else { return Ok(path.to_string_lossy().into_owned()) };
    let whole = absolute(path)?;
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), whole.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if shared < 2 {
        return Ok(whole.to_string_lossy().into_owned());
    }
    let parts: Vec<String> =
        from[shared..].iter().map(|_| "..".into()).chain(to[shared..].iter().map(|c| c.as_os_str().to_string_lossy().into_owned())).collect();
    Ok(if parts.is_empty() { ".".into() } else { parts.join("/") })
}

/// The length of time that suits the corpus, and why.
fn period(scan: &Scan, overview: &Overview) -> Result<String> {
    let Some((first, last)) = span(&scan.segments)? else {
        return Ok("# day, week, month, quarter or year. No document has a date, so there is nothing to count by time.\n# period = \"year\"\n".into());
    };
    let period = period_for(scan, None)?;
    let per = |p: Dimension| {
        let n = periods(p, first, last).len();
        format!("{:.1} a {} over {}", overview.dated as f64 / n.max(1) as f64, p.name(), plural(n, p.name()))
    };
    let shorter = match period {
        Dimension::Year => Some(Dimension::Quarter),
        Dimension::Quarter => Some(Dimension::Month),
        Dimension::Month => Some(Dimension::Day),
        _ => None,
    };
    let shorter = shorter.map_or_else(String::new, |s| format!(" ({})", per(s)));
    let what = if overview.dated > scan.documents.height() { "dated days of documents" } else { "documents with a date" };
    let reason = format!("{} {what}: {}{shorter}", grouped(overview.dated), per(period));
    Ok(format!("# day, week, month, quarter or year. {reason}.\nperiod = {}\n", quoted(period.name())))
}

/// How the files are read, if that was said.
fn reading(asked: &StudyFile) -> String {
    let reading = &asked.reading;
    let texts = [("group_by", &reading.group_by), ("path_pattern", &reading.path_pattern), ("split", &reading.split), ("genre", &reading.genre)];
    let mut keys: Vec<String> = texts.iter().filter_map(|(key, value)| Some(format!("{key} = {}", quoted(value.as_deref()?)))).collect();
    let columns: Vec<String> = reading.columns.iter().map(|(field, name)| format!("{field} = {}", quoted(name))).collect();
    if !columns.is_empty() {
        keys.push(format!("columns = {{ {} }}", columns.join(", ")));
    }
    if keys.is_empty() { String::new() } else { format!("\n# How the files are read.\n[reading]\n{}\n", keys.join("\n")) }
}

/// A comparison of the two groups that have the most documents.
fn comparison(scan: &Scan, overview: &Overview) -> Result<String> {
    let about = "\n# Two groups held against each other: COLUMN=VALUE, several values separated by commas, several conditions by semicolons (speaker,\n\
                 # side, source, genre, voice, year, since, until …). Without b, the rest. There may be several [[compare]], each with a name of its own.\n";
    let Some(pair) = pair(scan, overview)? else {
        let example = "# [[compare]]\n# name = \"sides\"\n# a = \"side=CN\"\n# b = \"side=US\"\n";
        return Ok(format!("{about}# No two speakers, sides or sources were found in one language; this is only how it is written.\n{example}"));
    };
    let few = pair.documents.iter().any(|n| *n < FEW);
    let sign = if few { "# " } else { "" };
    let mut text = String::from(about);
    let [a, b] = pair.documents.map(grouped);
    let (what, language) = (pair.column, quoted(pair.language));
    let reserve = if few { ", too few to tell them apart; so this is not in use" } else { "" };
    let _ = writeln!(text, "# Two {what}s in {language}, of {a} and {b} documents{reserve}.");
    let _ = writeln!(text, "{sign}[[compare]]\n{sign}name = {}", quoted(&format!("{}s", pair.column)));
    for (key, name) in ["a", "b"].iter().zip(pair.names) {
        let _ = writeln!(text, "{sign}{key} = {}", quoted(&format!("{}={name}", pair.column)));
    }
    Ok(text)
}

/// What could be counted: the values that there are.
fn filter(scan: &Scan, overview: &Overview) -> Result<String> {
    let mut text = String::from(
        "\n# What is counted: all of it, in all voices but title, question and boilerplate. Values of one line are alternatives, lines hold\n\
         # together. These are the values that there are (of many, those with the most documents).\n[filter]\n",
    );
    if let Some((first, last)) = span(&scan.segments)? {
        let _ = writeln!(text, "# since = \"{first}\"\n# until = \"{last}\"");
    }
    let lists = [
        ("speaker", &overview.speakers),
        ("side", &overview.sides),
        ("source", &overview.sources),
        ("genre", &overview.genres),
        ("theme", &overview.themes),
        ("formula", &overview.formulas),
    ];
    let languages = overview.languages.iter().map(|(language, ..)| language.as_str());
    let _ = writeln!(text, "# language = {}", list(languages));
    for (key, tally) in lists {
        let values: Vec<&str> = tally.ranked().into_iter().take(LISTED).map(|(value, _)| value).collect();
        if !values.is_empty() {
            let _ = writeln!(text, "# {key} = {}", list(values));
        }
    }
    let there = overview.voices.ranked();
    let voices = Voice::ALL.iter().map(|v| v.name()).filter(|v| there.iter().any(|(value, _)| value == v));
    let _ = writeln!(text, "# voice = {}", list(voices));
    let there: Vec<&str> = overview.evidence.ranked().into_iter().map(|(value, _)| value).collect();
    let evidence: Vec<&str> = Evidence::ALL.iter().map(|e| e.name()).filter(|e| there.contains(e)).collect();
    if let Some(weakest) = evidence.iter().find(|e| **e == Evidence::Cue.name()).or(evidence.last()) {
        let all = evidence.join(", ");
        let _ = writeln!(text, "# The weakest evidence for a speaker that counts; there is, strongest first: {all}.\n# min_evidence = {}", quoted(weakest));
    }
    if scan.manifest.counts.duplicates > 0 {
        text.push_str("# keep_duplicates = true\n");
    }
    if scan.manifest.counts.translations > 0 {
        text.push_str("# Of documents on one event in two languages, only the first.\n# translations = \"first\"\n");
    }
    Ok(text)
}

fn list(values: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let values: Vec<String> = values.into_iter().map(|v| quoted(v.as_ref())).collect();
    format!("[{}]", values.join(", "))
}

fn documents(n: usize) -> String {
    plural(n, "document")
}

fn plural(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

fn grouped(n: usize) -> String {
    thousands(n as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_study_has_a_folder_of_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let path = |p: &str| dir.path().join(p);
        for file in ["in/a.txt", "full/notes.txt", "there/study.toml"] {
            std::fs::create_dir_all(path(file).parent().unwrap()).unwrap();
            std::fs::write(path(file), "x").unwrap();
        }
        let corpus = [path("in")];
        for (to, want) in [
            ("full/study.toml", "holds other files"),
            ("there", "is there already"),
            ("in/own/study.toml", "would be read with it"),
            ("in/../in/own", "would be read with it"),
            ("new/mine.toml", "is to be called study.toml"),
        ] {
            let message = place_for(&path(to), &corpus).unwrap_err().to_string();
            assert!(message.contains(want), "{to}: {message}");
        }
        assert_eq!(place_for(&path("new"), &corpus).unwrap(), path("new/study.toml"));
        assert_eq!(place_for(&path("new/study.toml"), &corpus).unwrap(), path("new/study.toml"));
    }

    #[test]
    fn paths_from_the_folder_of_the_study() {
        for (path, from, want) in [
            ("/home/x/corpus", "/home/x/reports/a", "../../corpus"),
            ("/home/x/reports/a", "/home/x/reports/a", "."),
            ("/data/corpus", "/home/x", "/data/corpus"),
            ("/home/x/b/../corpus", "/home/x", "corpus"),
        ] {
            assert_eq!(written(Path::new(path), Some(Path::new(from))).unwrap(), want);
        }
        assert_eq!(written(Path::new("a/../b"), None).unwrap(), "a/../b");
        assert_eq!((grouped(0), grouped(1234), grouped(1_234_567)), ("0".into(), "1,234".into(), "1,234,567".into()));
    }
}
