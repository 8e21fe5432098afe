//! A study: a question written down in `study.toml`, and its answer beside it. [`Study::run`] names every stage of the program
//! in order.
//!
//! `file` is the format, `keys` says what is wrong with one; `new` suggests one for a corpus; `kept` is how one stands in `run.json`, and `again`
//! repeats it from there.

mod again;
mod file;
mod kept;
mod keys;
mod new;
mod overview;
mod pair;

use std::path::{Path, PathBuf};

pub use self::again::{Anew, Earlier};
use self::file::Wrong;
pub use self::file::{CompareSpec, StudyFile, TierSpec};
use self::keys::Keys;
pub use self::new::{new_study, place_for};
use crate::analysis::Filter;
use crate::discover::{Discover, Discovery, Wanted};
use crate::error::{Error, Result, parse_toml};
use crate::lexicon::Lexicons;
use crate::report::report;
use crate::scan::{Corrections, How, Progress, Scan, finish};
use crate::table::check_folder;

/// A run: what is asked, and where the answer goes.
#[derive(Debug, Clone)]
pub struct Study {
    /// What is asked; its paths are usable as they are.
    pub file: StudyFile,
    /// The folder to write.
    pub out: PathBuf,
}

impl Study {
    /// Reads a `study.toml`; its report is written beside it.
    ///
    /// # Errors
    /// A file that cannot be read; anything wrong in it, with its line.
    pub fn load(path: &Path) -> Result<Study> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        let name = path.display().to_string();
        let mut file = parse(&name, &text)?;
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
        let beside = folder.join("corrections.csv");
        file.corrections = file.corrections.map(|c| folder.join(c)).or(Some(beside).filter(|f| f.is_file()));
        file.corpus.iter_mut().chain(&mut file.lexicons).for_each(|p| *p = folder.join(&p));
        Ok(Study { file, out: folder })
    }

    /// A study of `corpus` as it is, with a report in `out`.
    pub fn of(corpus: Vec<PathBuf>, out: PathBuf) -> Study {
        Study { file: StudyFile { title: title(&corpus), corpus, ..StudyFile::default() }, out }
    }

    /// The study that `inputs` name, or that of a corpus of them. Its report goes to `out`, if that is given.
    ///
    /// # Errors
    /// As [`Study::load`]; no place for the report of a corpus.
    pub fn asked(inputs: &[PathBuf], out: Option<PathBuf>) -> Result<Study> {
        match (Study::file_in(inputs), out) {
            (Some(file), out) => {
                let study = Study::load(&file)?;
                Ok(Study { out: out.unwrap_or(study.out), ..study })
            }
            (None, Some(out)) => Ok(Study::of(inputs.to_vec(), out)),
            (None, None) => Err(Error::Usage("where to? give --out DIR for the report, or a study.toml in place of the input".into())),
        }
    }

    /// The `study.toml` that `inputs` name, if they name one: it or its folder.
    pub fn file_in(inputs: &[PathBuf]) -> Option<PathBuf> {
        let [one] = inputs else { return None };
        let inside = one.join("study.toml");
        if inside.is_file() {
            return Some(inside);
        }
        (one.extension().is_some_and(|e| e == "toml")).then(|| one.clone())
    }

    /// Runs the study: lexicons, corrections, scan, counts, charts, page. Everything is written at the end, whole. `progress` is told how far
    /// the scan is; `check` may refuse what is asked of it.
    ///
    /// # Errors
    /// A folder that holds something else; a lexicon or a file of corrections that is wrong; no input.
    pub fn run(&self, progress: &dyn Progress, check: impl FnOnce(&Scan, &Filter) -> Result<()>) -> Result<Scan> {
        check_folder(&self.out)?;
        let settings = self.file.settings().map_err(|(_, e)| e)?;
        self.check_discover()?;
        let (how, lexicons) = (self.how()?, self.lexicons()?);
        let scan = self.scan(&how, &lexicons, progress)?;
        check(&scan, &settings.filter)?;
        let found = self.discover(&how, &scan, &lexicons, &settings.filter, progress)?;
        let (output, mut manifest) = report(&scan, &lexicons, &settings, found.as_ref())?;
        manifest.study = Some(kept::kept(&self.file, &self.out));
        finish(output, manifest, &self.out)?;
        Ok(scan)
    }

    /// How the corpus is read.
    fn how(&self) -> Result<How> {
        let corrections = self.file.corrections.as_deref().map(Corrections::load).transpose()?.unwrap_or_default();
        Ok(How { reading: self.file.reading.clone().reading()?, corrections, ..How::default() })
    }

    fn lexicons(&self) -> Result<Lexicons> {
        Lexicons::load(&self.file.lexicons, self.file.no_builtin)
    }

    /// Reads and searches the corpus.
    fn scan(&self, how: &How, lexicons: &Lexicons, progress: &dyn Progress) -> Result<Scan> {
        let chosen = !self.file.lexicons.is_empty() || self.file.no_builtin;
        Scan::open(&self.file.corpus, how, || Ok(lexicons), chosen, progress)
    }

    /// What no lexicon holds is looked for in texts that are read several times.
    fn check_discover(&self) -> Result<()> {
        if self.file.discover > 0 { Discover::refuse_standard_input(&self.file.corpus) } else { Ok(()) }
    }

    /// What recurs in the text that counts and is in none of the lexicons, if that is asked for and there are texts: a scan folder has none. Which
    /// formulas the filter counts does not matter here.
    fn discover(&self, how: &How, scan: &Scan, lexicons: &Lexicons, filter: &Filter, progress: &dyn Progress) -> Result<Option<Discovery>> {
        let corpus = &self.file.corpus;
        if self.file.discover == 0 || corpus.iter().any(|input| Scan::is_in(input)) {
            return Ok(None);
        }
        let filter = Filter { formulas: Vec::new(), themes: Vec::new(), ..filter.clone() };
        let asked = Discover { filter, wanted: Wanted { most: self.file.discover, ..Wanted::default() }, ..Discover::default() };
        let temporary = self.out.parent().filter(|folder| folder.is_dir()).map_or_else(std::env::temp_dir, Path::to_owned);
        asked.find(corpus, &How { words: false, ..how.clone() }, scan, lexicons, &temporary, progress).map(Some)
    }
}

/// What the text of a `study.toml` says.
fn parse(name: &str, text: &str) -> Result<StudyFile> {
    let keys = Keys::of(name, text)?;
    let file: StudyFile = parse_toml(name, text)?;
    let wrong = |key: &str, message: &str| Err(keys.wrong(&[key.to_owned()], message));
    if file.title.is_empty() {
        return wrong("title", "the study has no title; write `title = \"…\"` at its top");
    }
    if file.corpus.is_empty() {
        return wrong("corpus", "`corpus` names no input; give files or folders, relative to this file: `corpus = [\"…\"]`");
    }
    file.settings().map_err(|(key, e): Wrong| keys.wrong(&key, e.to_string().trim_start_matches("--")))?;
    Ok(file)
}

/// What a study of `corpus` is called.
fn title(corpus: &[PathBuf]) -> String {
    let names: Vec<String> = corpus.iter().filter_map(|p| p.file_name()).map(|n| n.to_string_lossy().into_owned()).collect();
    if names.is_empty() { "Formulas".to_owned() } else { format!("Formulas in {}", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_in_a_study_is_said_with_its_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("study.toml");
        let good = "title = \"T\"\ncorpus = [\"a\"]\n";
        for (text, line, want) in [
            ("colour = 1", 3, "unknown field `colour`, expected one of `charts`, `compare`, `corpus`, `corrections`"),
            ("perod = \"year\"", 3, "unknown field `perod`; did you mean `period`?"),
            ("perod = 1\n[filter]\nvoize = []", 5, "unknown field `voize`; did you mean `voice`?"),
            ("period = \"decade\"", 3, "period decade: not one of day, week"),
            ("period = \"yaer\"", 3, "period yaer: not known; did you mean year?"),
            ("voice = [\"spoken\"]", 3, "`voice` belongs to [filter]"),
            ("voices = [\"spoken\"]", 3, "unknown field `voices`; did you mean `voice`? It belongs to [filter]"),
            ("[filter]\nperiod = \"year\"", 4, "`period` belongs to the top of the file"),
            ("[filter]\nheat = []", 4, "`heat` belongs to the top of the file"),
            ("[filter]\nsplit = \"date\"", 4, "`split` belongs to [reading]"),
            ("[filter]\n\nside = [\"CN\"]\nvoice = [\"sung\"]", 6, "voice sung: not one of"),
            ("[filter]\nvoice = [\"spokn\"]", 4, "voice spokn: not known; did you mean spoken?"),
            ("[filter]\nlanguage = [\"chinese\"]", 4, "language chinese: not one of en, zh, und"),
            ("[filter]\ngenre = [\"speech\"]", 4, "genre speech: not one of"),
            ("[filter]\nside = [\"CN\"]\nuntil = \"May\"", 5, "`May` is no date"),
            ("[filter]\ntranslations = \"frist\"", 4, "unknown variant `frist`; did you mean `first`?"),
            ("[filter]\nvoice = []\n[filter]\nside = []", 5, "the section [filter] is there already, on line 3"),
            ("[[filter]]\nvoice = []", 3, "write [filter] with one bracket"),
            ("[compare]\nname = \"x\"", 3, "write [[compare]] with two brackets"),
            ("[reading]\ngenre = \"readuot\"", 4, "`readuot` is no kind of document: not known; did you mean readout?"),
            ("[reading]\nsplit = \"words\"", 4, "split words: give"),
            ("[reading.columns]\ntetx = \"full\"", 4, "unknown variant `tetx`; did you mean `text`?"),
            ("heat = [{ name = \"hot\", share = 5.0 }]", 3, "above 0 and up to 1"),
            ("discover = 41", 3, "discover 41: from 0 to 40; `tifa discover` lists more"),
            ("discover = -1", 3, "invalid value: integer `-1`"),
            ("heat = [{ name = \"hot\", shar = 0.5 }]", 3, "did you mean `share`?"),
            ("[[compare]]\nname = \"x\"\na = \"Gu\"", 3, "no `=`"),
            ("[[compare]]\nname = \"../x\"\na = \"side=CN\"", 3, "letters, digits and hyphens"),
            ("[[compare]]\nname = \"x\"\na = \"speker=Gu\"", 3, "speker: not known; did you mean speaker?"),
            ("[[compare]]\nname = \"x\"\na = \"side=CN\"\nstrata = [\"theme\"]", 3, "no part of the text"),
            ("[[compare]]\nname = \"x\"\na = \"side=CN\"\n[[compare]]\nname = \"x\"\na = \"side=US\"", 6, "a second one named \"x\""),
            ("title = \"again\"", 3, "`title` is given twice"),
        ] {
            std::fs::write(&path, format!("{good}{text}\n")).unwrap();
            let message = Study::load(&path).unwrap_err().to_string();
            assert!(message.contains(&format!("study.toml:{line}: ")) && message.contains(want), "{text}\n{message}");
        }
        for (text, line, want) in [
            ("corpus = [\"a\"]\n", 1, "has no title"),
            ("title = \"T\"\n", 1, "`corpus` names no input"),
            ("title = \"T\"\ncorpus = []\n", 2, "`corpus` names no input"),
            ("title = \"T\"\ncorpus = \"a\"\n", 2, "expected a list in square brackets"),
        ] {
            std::fs::write(&path, text).unwrap();
            let message = Study::load(&path).unwrap_err().to_string();
            assert!(message.contains(&format!("study.toml:{line}: ")) && message.contains(want), "{message}");
        }
    }

    #[test]
    fn paths_of_a_study_are_relative_to_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("study.toml");
        std::fs::write(&path, "title = \"T\"\ncorpus = [\"../in\"]\nlexicons = [\"/x.toml\"]\n").unwrap();
        let study = Study::load(&path).unwrap();
        assert_eq!((study.file.corpus[0].clone(), study.file.lexicons[0].clone()), (dir.path().join("../in"), PathBuf::from("/x.toml")));
        assert_eq!((study.file.corrections, study.out.as_path()), (None, dir.path()));
        std::fs::write(dir.path().join("corrections.csv"), "").unwrap();
        assert_eq!(Study::load(&path).unwrap().file.corrections, Some(dir.path().join("corrections.csv")));
    }
}
