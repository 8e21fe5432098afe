//! Corrections of a reader: who really speaks, in what voice and when, in stretches that attribution got wrong.
//!
//! They are applied after attribution and before matching, so that hits and exposure follow. A line that no longer fits the
//! corpus is a problem, never passed over.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::attribution::{Evidence, Segment, Speaker, Voice};
use crate::corpus::{Document, Problem};
use crate::error::{Error, Result};
use crate::matcher::Hit;
use crate::people::People;
use crate::table::{Sheet, SheetRow};
use crate::text::hex;

/// The kind of the problems that say what does not fit.
const KIND: &str = "correction";
/// The columns that a file of corrections must have.
const COLUMNS: [&str; 5] = ["document", "start", "end", "speaker", "voice"];

/// A file of corrections; empty where there is none.
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    /// The file's name, without its folder.
    name: String,
    /// SHA-256 of the file.
    hash: String,
    rows: Vec<Correction>,
    /// By document, where its lines stand in `rows`.
    by_document: HashMap<String, Vec<usize>>,
}

/// One line: what holds in a stretch of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Correction {
    line: usize,
    document: String,
    /// Offsets as in the table of segments.
    range: Range<usize>,
    /// What is to stand there; empty where that is not said.
    text: String,
    /// The name as written, empty for nobody, and the voice; `None` leaves both as they are.
    said: Option<(String, Voice)>,
    date: Option<NaiveDate>,
}

/// What became of the corrections of one document.
#[derive(Debug, Default)]
pub(super) struct Applied {
    /// How many were applied.
    pub count: usize,
    /// Those that do not fit.
    pub problems: Vec<Problem>,
}

impl Corrections {
    /// Reads a CSV file with the columns `document, start, end, speaker, voice` and, where wanted, `date` and `text`; others are
    /// passed over. Offsets are bytes, as in the table of segments. An empty speaker is nobody. With neither speaker nor voice,
    /// a line corrects the date alone.
    ///
    /// # Errors
    /// A file that cannot be read, without those columns, or with a line that cannot be understood.
    pub fn load(path: &Path) -> Result<Corrections> {
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
        let file = path.display().to_string();
        let sheet = Sheet::parse(&file, &bytes, &COLUMNS)?;
        let wrong = |line: usize, message: String| Error::Data { file: file.clone(), line, message };
        let rows: Vec<Correction> = sheet.rows().map(|row| Correction::parse(&row).map_err(|m| wrong(row.line, m))).collect::<Result<_>>()?;
        let name = path.file_name().map_or(file, |n| n.to_string_lossy().into_owned());
        let mut by_document: HashMap<String, Vec<usize>> = HashMap::new();
        rows.iter().enumerate().for_each(|(place, row): (usize, &Correction)| by_document.entry(row.document.clone()).or_default().push(place));
        Ok(Corrections { name, hash: hex(&Sha256::digest(&bytes)), rows, by_document })
    }

    /// Those of a document, in the order of the lines.
    fn of(&self, document: &Document) -> impl Iterator<Item = &Correction> {
        self.by_document.get(&document.id).into_iter().flatten().map(|place| &self.rows[*place])
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How they are written down in `run.json`: the file's name and hash.
    pub(super) fn option(&self) -> Option<String> {
        (!self.is_empty()).then(|| format!("corrections={} (SHA-256 {})", self.name, self.hash))
    }

    /// The lines that speak of documents that are not known.
    pub(super) fn of_others(&self, is_known: impl Fn(&str) -> bool) -> Vec<Problem> {
        let others = self.rows.iter().filter(|c| !is_known(&c.document));
        others.map(|c| self.problem(c, &format!("there is no document `{}`; write it as in the column `document`", c.document))).collect()
    }

    /// Applies those of `document` to its `segments`, which are cut at the ends of what they speak of.
    pub(super) fn apply(&self, document: &Document, segments: &mut Vec<Segment>, people: &People) -> Applied {
        let mut applied = Applied::default();
        let mut taken: Vec<&Correction> = Vec::new();
        for correction in self.of(document) {
            let clash = taken.iter().find(|t| t.range.start < correction.range.end && correction.range.start < t.range.end);
            let done = match clash {
                Some(other) => Err(format!("speaks of words that line {} has corrected; take one of them out", other.line)),
                None => correction.place(document).and_then(|range| correction.cut(segments, &range, &document.text, people)),
            };
            match done {
                Ok(()) => {
                    applied.count += 1;
                    taken.push(correction);
                }
                Err(message) => applied.problems.push(self.problem(correction, &message)),
            }
        }
        applied
    }

    /// The lines that begin or end within a formula, which is therefore no longer found: those of `before` that are not in `after`.
    pub(super) fn lost(&self, document: &Document, before: &[Hit], after: &[Hit]) -> Vec<Problem> {
        let kept: HashSet<(usize, usize)> = after.iter().map(|h| (h.range.start, h.range.end)).collect();
        let lost: Vec<&Hit> = before.iter().filter(|h| !kept.contains(&(h.range.start, h.range.end))).collect();
        self.of(document)
            .filter_map(|c| {
                let inside = |at: usize, h: &Hit| document.base + h.range.start < at && at < document.base + h.range.end;
                let hit = lost.iter().find(|h| inside(c.range.start, h) || inside(c.range.end, h))?;
                let (start, end) = (document.base + hit.range.start, document.base + hit.range.end);
                let words = &document.text[hit.range.clone()];
                Some(self.problem(c, &format!("cuts through the formula “{words}” at {start}–{end}, which is no longer found; widen or narrow the stretch")))
            })
            .collect()
    }

    fn problem(&self, correction: &Correction, message: &str) -> Problem {
        Problem::new(&self.name, KIND, format!("line {}: {message}", correction.line))
    }
}

impl Correction {
    fn parse(row: &SheetRow<'_>) -> Result<Correction, String> {
        let range = row.offset("start")?..row.offset("end")?;
        if range.is_empty() {
            return Err(format!("start {} does not come before end {}", range.start, range.end));
        }
        let date = match row.get("date") {
            "" => None,
            day => Some(day.parse::<NaiveDate>().map_err(|_| format!("`{day}` is no date; write it as 2023-05-17"))?),
        };
        let said = match (row.get("speaker"), row.get("voice")) {
            ("", "") if date.is_some() => None,
            ("", "") => return Err("says neither who speaks nor how nor when; give a voice (narration, if nobody speaks) or a date".into()),
            (_, "") => return Err("there is a speaker and no voice; give spoken, reported, quoted, question or document".into()),
            (name, voice) => {
                let voice = Voice::ALL.into_iter().find(|v| v.name() == voice).ok_or_else(|| {
                    let known = Voice::ALL.map(Voice::name).join(", ");
                    format!("`{voice}` is no voice; there are {known}")
                })?;
                if !name.is_empty() && matches!(voice, Voice::Narration | Voice::Title | Voice::Boilerplate) {
                    return Err(format!("{voice} is nobody's speech; leave the speaker empty or give another voice"));
                }
                Some((name.to_owned(), voice))
            }
        };
        Ok(Correction { line: row.line, document: row.get("document").to_owned(), range, text: row.get("text").to_owned(), said, date })
    }

    /// Where it stands in the text of `document`.
    fn place(&self, document: &Document) -> Result<Range<usize>, String> {
        let Range { start, end } = self.range;
        let text = &document.text;
        let within = |at: usize| at.checked_sub(document.base).filter(|&at| at <= text.len());
        let (Some(from), Some(to)) = (within(start), within(end)) else {
            return Err(format!("{start}–{end} lies outside the text, which is at {}–{}", document.base, document.base + text.len()));
        };
        let words =
            text.get(from..to).ok_or_else(|| format!("{start}–{end} begins or ends within a character; offsets are bytes, as in the table of segments"))?;
        let flat = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
        if !self.text.is_empty() && flat(&self.text) != flat(words) {
            return Err(format!("at {start}–{end} there is no longer “{}” but “{}”", flat(&self.text), flat(words)));
        }
        Ok(from..to)
    }

    /// Cuts `segments` so that just the words in `range` are said as this line says.
    fn cut(&self, segments: &mut Vec<Segment>, range: &Range<usize>, text: &str, people: &People) -> Result<(), String> {
        let mut cut = Vec::with_capacity(segments.len() + 2);
        let mut changed = false;
        for segment in segments.iter() {
            let (start, end) = (segment.range.start.max(range.start), segment.range.end.min(range.end));
            if start >= end {
                cut.push(segment.clone());
                continue;
            }
            for (piece, inside) in [(segment.range.start..start, false), (start..end, true), (end..segment.range.end, false)] {
                let piece = trimmed(text, piece);
                if piece.is_empty() {
                    continue;
                }
                let mut own = Segment { range: piece, ..segment.clone() };
                if inside {
                    self.change(&mut own, people);
                    changed = true;
                }
                cut.push(own);
            }
        }
        if !changed {
            return Err(format!("{}–{} holds no words", self.range.start, self.range.end));
        }
        *segments = cut;
        Ok(())
    }

    fn change(&self, segment: &mut Segment, people: &People) {
        segment.date = self.date.or(segment.date);
        if let Some((name, voice)) = &self.said {
            segment.speaker = speaker(name, people, segment.date);
            segment.voice = *voice;
            segment.evidence = segment.speaker.is_some().then_some(Evidence::Metadata);
        }
    }
}

/// Who is meant by `name`, several joined by `&`: as the registry knows them, else as written.
fn speaker(name: &str, people: &People, date: Option<NaiveDate>) -> Speaker {
    let one = |name: &str| match (people.person(name), people.outlet(name)) {
        (Some(p), _) => Speaker { name: p.name.clone(), role: p.role_on(date).to_owned(), side: p.side.clone() },
        (None, Some(o)) => Speaker { name: o.name.clone(), role: String::new(), side: o.side.clone() },
        (None, None) => Speaker { name: name.to_owned(), ..Speaker::none() },
    };
    let all: Vec<Speaker> = name.split('&').map(str::trim).filter(|n| !n.is_empty()).map(one).collect();
    match all.as_slice() {
        [only] => only.clone(),
        _ => {
            let names: Vec<&str> = all.iter().map(|s| s.name.as_str()).collect();
            let side = all.first().filter(|f| all.iter().all(|s| s.side == f.side)).map_or_else(String::new, |f| f.side.clone());
            Speaker { name: names.join(" & "), role: String::new(), side }
        }
    }
}

/// `range` of `text` without the blanks at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    start..(range.start + piece.trim_end().len()).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicons;
    use crate::scan::{How, Scan};
    use polars::prelude::DataFrame;

    const TEXT: &str = "Varga Meets Tane\n\n2023-02-02\n\nVarga met Ana Tane, President of Orland.\n\nTane said that Orland supports the Belt and Road Initiative. It wants true multilateralism.\n";

    fn load(lines: &str) -> Result<Corrections> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("corrections.csv");
        std::fs::write(&path, lines).unwrap();
        Corrections::load(&path)
    }

    /// The scan of one document, `a.txt`, corrected.
    fn scan(lines: &str) -> Scan {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.txt"), TEXT).unwrap();
        let lines = format!("document,start,end,speaker,voice,date,text\n{lines}");
        let how = How { corrections: load(&lines).unwrap(), ..How::default() };
        Scan::made(&[dir.path()], &how, &Lexicons::load(&[""; 0], false).unwrap(), &()).unwrap()
    }

    fn column(frame: &DataFrame, name: &str) -> Vec<String> {
        let column = frame.column(name).unwrap();
        (0..column.len()).map(|i| column.get(i).unwrap().str_value().to_string()).collect()
    }

    fn line(words: &str, rest: &str) -> String {
        let start = TEXT.find(words).unwrap();
        format!("a.txt,{start},{},{rest}\n", start + words.len())
    }

    #[test]
    fn the_stretch_is_cut_out_and_hits_and_exposure_follow() {
        let plain = scan("");
        let fixed = scan(&line("It wants true multilateralism.", "王毅,reported,2023-02-01,It wants  true multilateralism."));
        assert_eq!(column(&fixed.hits, "speaker"), ["Ana Tane", "Wang Yi"]);
        assert_eq!((column(&fixed.hits, "evidence")[1].as_str(), column(&fixed.hits, "side")[1].as_str()), ("metadata", "CN"));
        assert_eq!(column(&fixed.hits, "date"), ["2023-02-02", "2023-02-01"]);
        let words = |s: &Scan| column(&s.segments, "words").iter().map(|w| w.parse::<u32>().unwrap()).sum::<u32>();
        assert_eq!((words(&fixed), column(&fixed.segments, "words").last().unwrap().as_str()), (words(&plain), "4"));
        assert_eq!((fixed.manifest.counts.corrections, fixed.problems.height()), (1, 0));
        assert!(fixed.manifest.options[0].starts_with("corrections=corrections.csv (SHA-256 "));
        assert_eq!((plain.manifest.counts.corrections, plain.manifest.options.len()), (0, 0));
    }

    #[test]
    fn nobody_and_a_stretch_over_several_segments() {
        let fixed = scan(&format!("a.txt,0,{},,narration,\n", TEXT.len()));
        assert!(column(&fixed.segments, "voice").iter().all(|v| v == "narration"));
        assert!(column(&fixed.segments, "speaker").iter().chain(&column(&fixed.segments, "evidence")).all(|v| v == "null"));
        assert_eq!(fixed.hits.height(), 2);
    }

    #[test]
    fn what_does_not_fit_is_a_problem_with_its_line() {
        for (lines, want) in [
            ("b.txt,0,5,,narration,\n".to_owned(), "line 2: there is no document `b.txt`"),
            ("a.txt,0,9999,,narration,\n".to_owned(), "line 2: 0–9999 lies outside the text, which is at 0–"),
            ("a.txt,16,18,,narration,\n".to_owned(), "line 2: 16–18 holds no words"),
            (line("It wants true", "Mao Ning,spoken,,It wanted true"), "line 2: at 133–146 there is no longer “It wanted true” but “It wants true”"),
            (line("It wants", ",narration,") + &line("wants true", ",narration,"), "line 3: speaks of words that line 2 has corrected"),
            (line("It wants true", ",narration,"), "line 2: cuts through the formula “true multilateralism” at 142–162"),
        ] {
            let scan = scan(&lines);
            let found = column(&scan.problems, "message");
            assert!(found.len() == 1 && found[0].contains(want), "{want}: {found:?}");
            assert_eq!((column(&scan.problems, "path")[0].as_str(), column(&scan.problems, "kind")[0].as_str()), ("corrections.csv", "correction"));
        }
    }

    #[test]
    fn a_file_that_cannot_be_understood_is_an_error_with_its_line() {
        for (text, want) in [
            ("document,start,end\n", "corrections.csv:1: there is no column `speaker`"),
            ("document,start,end,speaker,voice\na,x,2,,narration\n", "corrections.csv:2: start `x` is no byte offset"),
            ("document,start,end,speaker,voice\n\na,1,2,,sung\n", "corrections.csv:3: `sung` is no voice"),
            ("document,start,end,speaker,voice\na,2,2,,narration\n", "does not come before"),
            ("document,start,end,speaker,voice\na,1,2,X,\n", "a speaker and no voice"),
            ("document,start,end,speaker,voice\na,1,2,,\n", "neither who speaks"),
            ("document,start,end,speaker,voice\na,1,2,X,narration\n", "narration is nobody's speech"),
            ("document,start,end,speaker,voice,date\na,1,2,,,yesterday\n", "`yesterday` is no date"),
        ] {
            let message = load(text).unwrap_err().to_string();
            assert!(message.contains(want), "{want}: {message}");
        }
        assert_eq!(load("\u{FEFF}document,start,end,speaker,voice,date,note\na,1,2,,,2023-05-17,ok\n").unwrap().rows.len(), 1);
    }

    #[test]
    fn several_speakers_and_unknown_ones() {
        let people = People::builtin();
        assert_eq!(speaker("王毅 & Nobody Known", people, None).name, "Wang Yi & Nobody Known");
        assert_eq!(speaker("Nobody Known", people, None), Speaker { name: "Nobody Known".into(), ..Speaker::none() });
    }
}
