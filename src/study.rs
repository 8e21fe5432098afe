//! A study: a question written down in `study.toml`, and its answer beside it. [`Study::run`] names every stage of the program
//! in order.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::analysis::{Comparison, Dimension, FilterSpec, PRIOR, Tier};
use crate::corpus::ReadingSpec;
use crate::error::{Error, Result, parse_toml};
use crate::lexicon::Lexicons;
use crate::report::{NamedComparison, Settings, report};
use crate::scan::{Corrections, Progress, Scan, finish};
use crate::stats::PERMUTATIONS;
use crate::table::check_folder;

/// How many lines and columns charts have unless told otherwise.
const TOP: usize = 6;

/// The configuration of a run.
#[derive(Debug, Clone)]
pub struct Study {
    /// Files and folders, or one scan folder.
    pub corpus: Vec<PathBuf>,
    /// How its files are read.
    pub reading: ReadingSpec,
    /// Lexicons beside the built-in ones.
    pub lexicons: Vec<PathBuf>,
    /// Whether the built-in lexicons are left out.
    pub no_builtin: bool,
    /// What the report is to show.
    pub settings: Settings,
    /// Corrections of attribution, if there are any: the `corrections.csv` beside a `study.toml`.
    pub corrections: Option<PathBuf>,
    /// The folder to write.
    pub out: PathBuf,
}

/// `study.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StudyFile {
    title: String,
    #[serde(default)]
    description: String,
    /// Relative to the file.
    corpus: Vec<PathBuf>,
    #[serde(default)]
    reading: ReadingSpec,
    #[serde(default)]
    lexicons: Vec<PathBuf>,
    #[serde(default)]
    no_builtin: bool,
    period: Option<toml::Spanned<String>>,
    #[serde(default = "default_top")]
    top: usize,
    #[serde(default)]
    filter: FilterSpec,
    #[serde(default)]
    compare: Vec<toml::Spanned<CompareSpec>>,
    /// Names for shares of documents; without it there are none.
    #[serde(default)]
    heat: Vec<TierSpec>,
}

/// A `[[compare]]` of a study: two groups, or one and the rest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CompareSpec {
    /// The name of its table, `comparison_NAME.csv`.
    name: String,
    a: String,
    b: Option<String>,
    #[serde(default)]
    strata: Vec<String>,
    #[serde(default = "default_prior")]
    prior: f64,
    #[serde(default = "default_permutations")]
    permutations: usize,
}

/// A tier of `heat`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TierSpec {
    name: String,
    share: f64,
}

fn default_prior() -> f64 {
    PRIOR
}

fn default_permutations() -> usize {
    PERMUTATIONS
}

impl CompareSpec {
    fn comparison(&self) -> Result<NamedComparison> {
        if self.name.is_empty() || !self.name.chars().all(|c| c.is_alphanumeric() || c == '-') {
            return Err(Error::Usage(format!("compare: the name \"{}\" is to be of letters, digits and hyphens: a file bears it", self.name)));
        }
        let comparison = Comparison::of(self.a.parse()?, self.b.as_deref().map(str::parse).transpose()?);
        let strata = self.strata.iter().map(|s| Dimension::of_text(s)).collect::<Result<_>>()?;
        let comparison = Comparison { strata, prior: self.prior, permutations: self.permutations, ..comparison };
        comparison.check()?;
        Ok(NamedComparison { name: self.name.clone(), comparison })
    }
}

fn default_top() -> usize {
    TOP
}

impl Study {
    /// Reads a `study.toml`; its report is written beside it.
    ///
    /// # Errors
    /// A file that cannot be read; anything wrong in it, with its line.
    pub fn load(path: &Path) -> Result<Study> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        let name = path.display().to_string();
        let file: StudyFile = parse_toml(&name, &text)?;
        if file.corpus.is_empty() {
            return Err(Error::data(&name, &text, text.find("corpus").unwrap_or(0), "`corpus` names no input; give files or folders, relative to this file"));
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
        let period = match &file.period {
            None => None,
            Some(p) => Some(Dimension::period(p.get_ref()).map_err(|e| Error::data(&name, &text, p.span().start, e.to_string()))?),
        };
        let at = text.find("[filter]").unwrap_or(0);
        let filter = file.filter.filter().map_err(|e| Error::data(&name, &text, at, e.to_string()))?;
        let wrong = |at: usize, e: &Error| Error::data(&name, &text, at, e.to_string());
        let comparisons: Vec<NamedComparison> =
            file.compare.iter().map(|c| c.get_ref().comparison().map_err(|e| wrong(c.span().start, &e))).collect::<Result<_>>()?;
        if let Some(twice) = (1..comparisons.len()).find(|i| comparisons[..*i].iter().any(|c| c.name == comparisons[*i].name)) {
            let message = format!("compare: a second one named \"{}\"", comparisons[twice].name);
            return Err(wrong(file.compare[twice].span().start, &Error::Usage(message)));
        }
        let tiers = tiers(file.heat).map_err(|e| wrong(text.find("heat").unwrap_or(0), &e))?;
        let beside = |paths: Vec<PathBuf>| paths.into_iter().map(|p| folder.join(p)).collect();
        Ok(Study {
            corpus: beside(file.corpus),
            reading: file.reading,
            lexicons: beside(file.lexicons),
            no_builtin: file.no_builtin,
            settings: Settings { title: file.title, description: file.description, period, top: file.top.clamp(1, 12), filter, comparisons, tiers },
            corrections: Some(folder.join("corrections.csv")).filter(|f| f.is_file()),
            out: folder,
        })
    }

    /// A study of `corpus` as it is, with a report in `out`.
    pub fn of(corpus: Vec<PathBuf>, out: PathBuf) -> Study {
        let names: Vec<String> = corpus.iter().filter_map(|p| p.file_name()).map(|n| n.to_string_lossy().into_owned()).collect();
        let title = if names.is_empty() { "Formulas".to_owned() } else { format!("Formulas in {}", names.join(", ")) };
        let settings = Settings { title, top: TOP, ..Settings::default() };
        Study { corpus, reading: ReadingSpec::default(), lexicons: Vec::new(), no_builtin: false, settings, corrections: None, out }
    }

    /// Runs the study: lexicons, corrections, scan, counts, charts, page. Everything is written at the end, whole. `progress` is told how far
    /// the scan is.
    ///
    /// # Errors
    /// A folder that holds something else; a lexicon or a file of corrections that is wrong; no input.
    pub fn run(&self, progress: &dyn Progress) -> Result<Scan> {
        check_folder(&self.out)?;
        let lexicons = Lexicons::load(&self.lexicons, self.no_builtin)?;
        let corrections = self.corrections.as_deref().map(Corrections::load).transpose()?.unwrap_or_default();
        let chosen = !self.lexicons.is_empty() || self.no_builtin;
        let scan = Scan::open(&self.corpus, self.reading.clone().reading()?, || Ok(&lexicons), chosen, &corrections, progress)?;
        let (output, manifest) = report(&scan, &lexicons, &self.settings)?;
        finish(output, manifest, &self.out)?;
        Ok(scan)
    }
}

/// The highest first.
fn tiers(heat: Vec<TierSpec>) -> Result<Vec<Tier>> {
    if heat.iter().any(|t| t.name.is_empty() || !(t.share > 0.0 && t.share <= 1.0)) {
        return Err(Error::Usage("heat: each tier has a name, and a share of documents above 0 and up to 1".into()));
    }
    let mut tiers: Vec<Tier> = heat.into_iter().map(|t| Tier { name: t.name, least: t.share }).collect();
    tiers.sort_by(|a, b| b.least.total_cmp(&a.least));
    Ok(tiers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_in_a_study_is_said_with_its_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("study.toml");
        for (text, line, want) in [
            ("title = \"T\"\ncorpus = [\"a\"]\ncolour = 1\n", 3, "unknown field `colour`"),
            ("title = \"T\"\ncorpus = []\n", 2, "names no input"),
            ("title = \"T\"\ncorpus = [\"a\"]\nperiod = \"decade\"\n", 3, "decade"),
            ("title = \"T\"\ncorpus = [\"a\"]\n[filter]\nvoice = [\"sung\"]\n", 3, "sung: not one of"),
            ("corpus = [\"a\"]\n", 1, "missing field `title`"),
            ("title = \"T\"\ncorpus = [\"a\"]\nheat = [{ name = \"hot\", share = 5.0 }]\n", 3, "above 0 and up to 1"),
            ("title = \"T\"\ncorpus = [\"a\"]\n[[compare]]\nname = \"x\"\na = \"Gu\"\n", 3, "no `=`"),
            ("title = \"T\"\ncorpus = [\"a\"]\n[[compare]]\nname = \"../x\"\na = \"side=CN\"\n", 3, "letters, digits and hyphens"),
            ("title = \"T\"\ncorpus = [\"a\"]\n[[compare]]\nname = \"x\"\na = \"side=CN\"\nstrata = [\"theme\"]\n", 3, "no part of the text"),
        ] {
            std::fs::write(&path, text).unwrap();
            let message = Study::load(&path).unwrap_err().to_string();
            assert!(message.contains(&format!("study.toml:{line}: ")) && message.contains(want), "{message}");
        }
    }
}
