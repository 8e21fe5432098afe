//! Gold standards: what readers say of occurrences, sentences and documents.

use std::path::Path;

use super::names::folded;
use crate::attribution::Voice;
use crate::corpus::Problem;
use crate::error::{Error, Result};
use crate::people::People;
use crate::table::{Sheet, SheetRow};

/// The kind of the problems with a gold standard.
const KIND: &str = "gold";
/// The columns of every gold standard but that of documents.
const COLUMNS: [&str; 5] = ["file", "start", "end", "speaker", "voice"];
/// A sentence in several voices: nothing is said of it.
const MIXED: &str = "mixed";

/// What readers say, and what of it could not be understood.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    /// Of occurrences and sentences, in the order of the files given.
    pub rows: Vec<GoldRow>,
    /// Of documents.
    pub documents: Vec<GoldDocument>,
    /// The names of the coders' sheets among the files; empty if the gold is no coders' sheet.
    pub sheets: Vec<String>,
    /// Rows that are left out because they cannot be understood.
    pub problems: Vec<Problem>,
}

/// Who says an occurrence of a formula, or a sentence, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldRow {
    /// The file it is written in, and the line.
    pub source: Source,
    /// The document: its id, its path, or the end of its path.
    pub file: String,
    /// Byte offsets into the document's text.
    pub start: usize,
    /// See `start`.
    pub end: usize,
    /// The words that stand there, perhaps cut short; empty if that is not said.
    pub text: String,
    /// The formula; empty for a sentence.
    pub formula: String,
    /// The language; empty if that is not said.
    pub language: String,
    /// The speaker as written; forms that are as good are separated by `|`; empty for nobody.
    pub speaker: String,
    /// The forms of the speaker that are right, folded.
    pub(super) right: Vec<String>,
    /// The voice.
    pub voice: Voice,
}

/// Where something is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Which of the files given, from 0.
    pub file: usize,
    /// Its name.
    pub name: String,
    /// The line, from 1.
    pub line: usize,
}

/// What is said of a document as a whole: an empty cell is not checked, `-` must be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldDocument {
    /// The file it is written in, and the line.
    pub source: Source,
    /// The document, as in [`GoldRow::file`].
    pub file: String,
    /// The cells: `published`, `event_date` and `title`.
    pub cells: [(&'static str, String); 3],
}

impl Source {
    /// A problem there.
    pub(super) fn problem(&self, message: &str) -> Problem {
        Problem::new(&self.name, KIND, format!("line {}: {message}", self.line))
    }
}

impl Gold {
    /// Reads gold standards of occurrences and sentences, coders' sheets (those with the columns `left` and `right`), and gold
    /// standards of documents. `docs/evaluation.md` has the formats.
    ///
    /// # Errors
    /// A file that cannot be read or lacks a column; coders' sheets beside other gold standards.
    pub fn load(files: &[impl AsRef<Path>], documents: &[impl AsRef<Path>]) -> Result<Gold> {
        let mut gold = Gold::default();
        for (i, path) in files.iter().enumerate() {
            let sheet = Sheet::load(path.as_ref(), &COLUMNS)?;
            let coded = sheet.has("left") && sheet.has("right");
            if i > 0 && coded == gold.sheets.is_empty() {
                return Err(Error::Usage("coders' sheets and other gold standards were given together; evaluate them one after the other".into()));
            }
            let name = path.as_ref().file_name().map_or_else(|| sheet.file.clone(), |n| n.to_string_lossy().into_owned());
            for row in sheet.rows() {
                let source = Source { file: i, name: name.clone(), line: row.line };
                match GoldRow::parse(&row, source.clone(), coded) {
                    Ok(row) => gold.rows.extend(row),
                    Err(message) => gold.problems.push(source.problem(&message)),
                }
            }
            if coded {
                gold.sheets.push(name);
            }
        }
        for (i, path) in documents.iter().enumerate() {
            let sheet = Sheet::load(path.as_ref(), &["file"])?;
            let name = path.as_ref().file_name().map_or_else(|| sheet.file.clone(), |n| n.to_string_lossy().into_owned());
            gold.documents.extend(sheet.rows().map(|row| GoldDocument {
                source: Source { file: i, name: name.clone(), line: row.line },
                file: row.get("file").to_owned(),
                cells: ["published", "event_date", "title"].map(|column| (column, row.get(column).to_owned())),
            }));
        }
        Ok(gold)
    }
}

impl GoldRow {
    /// Reads a row. `None` where it says nothing: a mixed sentence, or what a coder has not coded.
    fn parse(row: &SheetRow<'_>, source: Source, coded: bool) -> Result<Option<GoldRow>, String> {
        let (speaker, voice, formula) = (row.get("speaker"), row.get("voice").to_lowercase(), row.get("formula"));
        if (coded && voice.is_empty() && speaker.is_empty()) || (voice == MIXED && formula.is_empty()) {
            return Ok(None);
        }
        let known = || Voice::ALL.map(Voice::name).join(", ");
        if voice.is_empty() {
            return Err(format!("there is no voice, so that the row is not scored; give one of {}", known()));
        }
        let Some(voice) = Voice::ALL.into_iter().find(|v| v.name() == voice) else {
            return Err(format!("`{voice}` is no voice, so that the row is not scored; there are {}", known()));
        };
        let (start, end) = (row.offset("start")?, row.offset("end")?);
        if start >= end {
            return Err(format!("start {start} does not come before end {end}"));
        }
        let mut right: Vec<String> = speaker.split('|').map(folded).collect();
        if coded {
            // A coder may write a name in any script.
            right.extend(speaker.split('|').filter_map(|s| People::builtin().person(s)).map(|p| folded(&p.name)));
        }
        Ok(Some(GoldRow {
            source,
            file: row.get("file").replace('\\', "/"),
            start,
            end,
            text: row.get("text").to_owned(),
            formula: formula.to_owned(),
            language: row.get("lang").to_owned(),
            speaker: speaker.to_owned(),
            right,
            voice,
        }))
    }

    /// Whether `speaker` is right: one of the forms, or nobody where nobody is.
    pub(super) fn is_right(&self, speaker: &str) -> bool {
        self.right.contains(&folded(speaker))
    }

    /// Whether somebody says it.
    pub(super) fn is_said(&self) -> bool {
        self.right.iter().any(|r| !r.is_empty())
    }

    /// Whether `voice` is right; what is reported and what is quoted are not told apart.
    pub(super) fn is_voice(&self, voice: &str) -> bool {
        let reported = |v: &str| [Voice::Reported.name(), Voice::Quoted.name()].contains(&v);
        self.voice.name() == voice || (reported(self.voice.name()) && reported(voice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(files: &[&str]) -> Result<Gold> {
        let dir = tempfile::tempdir().unwrap();
        let paths: Vec<_> = (0..files.len()).map(|i| dir.path().join(format!("g{i}.tsv"))).collect();
        for (path, text) in paths.iter().zip(files) {
            std::fs::write(path, text).unwrap();
        }
        Gold::load(&paths, &[] as &[&Path])
    }

    #[test]
    fn what_is_said_and_what_is_passed_over() {
        let gold = gold(&["file\tstart\tend\ttext\tspeaker\tvoice\na.txt\t0\t5\tHello\tXi|习\tquoted\na.txt\t6\t9\t\t\tmixed\na.txt\t1\tx\t\t\ttitle\na.txt\t1\t2\t\t\tsung\n"]).unwrap();
        let [row] = gold.rows.as_slice() else { panic!("{gold:?}") };
        assert!(row.is_right("XI") && row.is_right("习") && !row.is_right("") && row.is_said() && row.is_voice("reported") && !row.is_voice("spoken"));
        let messages: Vec<&str> = gold.problems.iter().map(|p| p.message.as_str()).collect();
        assert!(messages[0].starts_with("line 4: end `x`") && messages[1].starts_with("line 5: `sung` is no voice"), "{messages:?}");
    }

    #[test]
    fn in_sheets_an_empty_voice_is_not_coded_and_any_script_will_do() {
        let head = "file\tstart\tend\tleft\ttext\tright\tformula\tspeaker\tvoice\n";
        let gold = gold(&[&format!("{head}a\t0\t1\t\tx\t\tf\t\t\na\t2\t3\t\tx\t\tf\t王毅\treported\na\t4\t5\t\tx\t\tf\tX\t\n")]).unwrap();
        assert_eq!((gold.rows.len(), gold.problems.len(), gold.sheets.len()), (1, 1, 1));
        assert!(gold.rows[0].is_right("Wang Yi") && gold.rows[0].is_right("王毅"));
        assert!(gold.problems[0].message.starts_with("line 4: there is no voice"));
    }

    #[test]
    fn sheets_and_gold_are_not_mixed() {
        let plain = "file\tstart\tend\tspeaker\tvoice\n";
        let sheet = "file\tstart\tend\tleft\tright\tspeaker\tvoice\n";
        for files in [[plain, sheet], [sheet, plain]] {
            assert!(gold(&files).unwrap_err().to_string().contains("one after the other"));
        }
    }
}
