//! `study.toml`: what may stand in it. The same is kept in `run.json`, so that a run can be repeated.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::analysis::{Comparison, Dimension, FilterSpec, PRIOR, Tier};
use crate::corpus::ReadingSpec;
use crate::error::{Error, Result};
use crate::report::{NamedComparison, Settings, Ui};
use crate::stats::PERMUTATIONS;

/// How many lines and columns charts have unless told otherwise.
const TOP: usize = 6;
/// More candidates than this are for `tifa discover`.
const MOST_CANDIDATES: usize = 40;

/// A study as it is written down. Every key has a default; `title` and `corpus` are to be given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StudyFile {
    /// The title of the page.
    pub title: String,
    /// On what it is about.
    pub description: String,
    /// Files and folders, or one scan folder.
    pub corpus: Vec<PathBuf>,
    /// How its files are read.
    pub reading: ReadingSpec,
    /// Lexicons beside the built-in ones.
    pub lexicons: Vec<PathBuf>,
    /// Whether the built-in lexicons are left out.
    pub no_builtin: bool,
    /// Corrections of attribution; unless it is given, the `corrections.csv` beside a `study.toml`.
    pub corrections: Option<PathBuf>,
    /// Counts by date are by this; without it by what suits the corpus.
    pub period: Option<String>,
    /// How many lines and columns charts have at most.
    pub top: usize,
    /// The charts; without them all for which there is something.
    pub charts: Vec<String>,
    /// The language of the page's own words, `en` or `zh`; without it English.
    pub ui: Option<String>,
    /// What is counted.
    pub filter: FilterSpec,
    /// Groups to compare.
    pub compare: Vec<CompareSpec>,
    /// Names for shares of documents; without it there are none.
    pub heat: Vec<TierSpec>,
    /// How many recurrent strings that no lexicon holds are shown of each language; 0: they are not looked for.
    pub discover: usize,
}

/// A `[[compare]]` of a study: two groups, or one and the rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompareSpec {
    /// The name of its table, `comparison_NAME.csv`.
    pub name: String,
    /// The first group, `COLUMN=VALUE`.
    pub a: String,
    /// The second; without it the rest.
    pub b: Option<String>,
    /// What is held fixed.
    #[serde(default)]
    pub strata: Vec<String>,
    /// See [`Comparison::prior`].
    #[serde(default = "default_prior")]
    pub prior: f64,
    /// See [`Comparison::permutations`].
    #[serde(default = "default_permutations")]
    pub permutations: usize,
}

/// A tier of `heat`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierSpec {
    /// Its name.
    pub name: String,
    /// The least share of documents.
    pub share: f64,
}

impl Default for StudyFile {
    fn default() -> Self {
        StudyFile {
            title: String::new(),
            description: String::new(),
            corpus: Vec::new(),
            reading: ReadingSpec::default(),
            lexicons: Vec::new(),
            no_builtin: false,
            corrections: None,
            period: None,
            top: TOP,
            charts: Vec::new(),
            ui: None,
            filter: FilterSpec::default(),
            compare: Vec::new(),
            heat: Vec::new(),
            discover: 0,
        }
    }
}

impl Default for CompareSpec {
    fn default() -> Self {
        CompareSpec { name: String::new(), a: String::new(), b: None, strata: Vec::new(), prior: PRIOR, permutations: PERMUTATIONS }
    }
}

fn default_prior() -> f64 {
    PRIOR
}

fn default_permutations() -> usize {
    PERMUTATIONS
}

/// What is wrong, and the key of the file at which it is: `filter`, `voice`; `compare`, `2`.
pub(super) type Wrong = (Vec<String>, Error);

impl StudyFile {
    /// What the report is to show.
    ///
    /// # Errors
    /// What is wrong, with its key.
    pub(super) fn settings(&self) -> Result<Settings, Wrong> {
        let under = |path: &[&str]| path.iter().map(|p| (*p).to_owned()).collect::<Vec<String>>();
        let at = |key: &str| under(&[key]);
        let period = self.period.as_deref().map(Dimension::period).transpose().map_err(|e| (at("period"), e))?;
        culprit("reading", &self.reading, |r| r.reading().map(|_| ()))?;
        culprit("filter", &self.filter, |f| f.filter().map(|_| ()))?;
        let filter = self.filter.clone().filter().map_err(|e| (at("filter"), e))?;
        let mut comparisons: Vec<NamedComparison> = Vec::new();
        for (i, spec) in self.compare.iter().enumerate() {
            let place = || under(&["compare", &i.to_string()]);
            let comparison = spec.comparison().map_err(|e| (place(), e))?;
            if comparisons.iter().any(|c| c.name == comparison.name) {
                return Err((place(), Error::Usage(format!("compare: a second one named \"{}\"", comparison.name))));
            }
            comparisons.push(comparison);
        }
        if !(1..=40).contains(&self.top) {
            return Err((at("top"), Error::Usage(format!("top {}: from 1 to 40", self.top))));
        }
        if self.discover > MOST_CANDIDATES {
            let message = format!("discover {}: from 0 to {MOST_CANDIDATES}; `tifa discover` lists more", self.discover);
            return Err((at("discover"), Error::Usage(message)));
        }
        let tiers = tiers(&self.heat).map_err(|e| (at("heat"), e))?;
        let charts = self.charts.iter().map(|c| c.parse()).collect::<Result<_>>().map_err(|e| (at("charts"), e))?;
        let ui = self.ui.as_deref().map_or(Ok(Ui::En), str::parse).map_err(|e| (at("ui"), e))?;
        let (title, description) = (self.title.clone(), self.description.clone());
        Ok(Settings { title, description, ui, period, top: self.top, charts, filter, comparisons, tiers, discover: self.discover, ..Settings::default() })
    }
}

/// Fails with the first key of the section `name` that is wrong by itself.
fn culprit<S: Serialize + serde::de::DeserializeOwned>(name: &str, section: &S, check: impl Fn(S) -> Result<()>) -> Result<(), Wrong> {
    let Ok(serde_json::Value::Object(keys)) = serde_json::to_value(section) else { return Ok(()) };
    for (key, value) in keys {
        let alone = serde_json::Value::Object([(key.clone(), value)].into_iter().collect());
        if let Some(e) = serde_json::from_value(alone).ok().and_then(|s| check(s).err()) {
            return Err((vec![name.to_owned(), key], e));
        }
    }
    Ok(())
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

/// The highest first.
fn tiers(heat: &[TierSpec]) -> Result<Vec<Tier>> {
    if heat.iter().any(|t| t.name.is_empty() || !(t.share > 0.0 && t.share <= 1.0)) {
        return Err(Error::Usage("heat: each tier has a name, and a share of documents above 0 and up to 1".into()));
    }
    let mut tiers: Vec<Tier> = heat.iter().map(|t| Tier { name: t.name.clone(), least: t.share }).collect();
    tiers.sort_by(|a, b| b.least.total_cmp(&a.least));
    Ok(tiers)
}
