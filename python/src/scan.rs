//! Scans and what is asked of them.

use std::path::PathBuf;
use std::sync::Arc;

use polars::prelude::DataFrame;
use pyo3::prelude::*;
use tifa::analysis::{
    Comparison, Cooccurrence, Dimension, Filter, FilterSpec, Measure, Trends, Within, absent, adopt, compare, concordance, count, disperse, distances, echo,
    parts, period_for, profiles, renderings, selected_hits,
};
use tifa::corpus::ReadingSpec;
use tifa::error::{Error, Result, parse_json};
use tifa::lexicon::Lexicons;
use tifa::scan::{Corrections, How};
use tifa::table::{DOCUMENTS, Format, read};
use tifa::text::none_of;

use crate::errors::raised;
use crate::lexicon::Lexicon;
use crate::progress::watched;
use crate::table::Table;

/// A corpus read, attributed and searched.
#[pyclass(frozen, module = "tifa._tifa")]
pub(crate) struct Scan {
    pub scan: tifa::scan::Scan,
    /// Those of which it was made, as far as is known.
    pub lexicons: Arc<Lexicons>,
}

impl Scan {
    pub(crate) fn filter(text: &str) -> Result<Filter> {
        parse_json::<FilterSpec>("filter", text)?.filter()
    }

    /// Asks `question` of the scan without the interpreter's lock.
    fn ask(&self, py: Python<'_>, filter: &str, question: impl FnOnce(&tifa::scan::Scan, &Filter) -> Result<DataFrame> + Send) -> PyResult<Table> {
        py.detach(|| question(&self.scan, &Scan::filter(filter)?)).map(Table::from).map_err(raised)
    }
}

#[pymethods]
impl Scan {
    /// One of the four tables.
    fn table(&self, name: &str) -> PyResult<Table> {
        let frame = match name {
            "documents" => &self.scan.documents,
            "segments" => &self.scan.segments,
            "hits" => &self.scan.hits,
            "problems" => &self.scan.problems,
            _ => return Err(raised(Error::Usage(format!("{name}: no table of a scan; there are documents, segments, hits, problems")))),
        };
        Ok(frame.clone().into())
    }

    /// What it was made from, as in `run.json`.
    fn manifest(&self) -> PyResult<String> {
        let json = self.scan.manifest.to_json().map_err(raised)?;
        Ok(String::from_utf8_lossy(&json).into_owned())
    }

    /// Writes the tables and `run.json` into a folder.
    fn write(&self, py: Python<'_>, folder: PathBuf, formats: Vec<String>) -> PyResult<()> {
        py.detach(|| {
            let formats = formats.iter().map(|f| scan_format(f)).collect::<Result<Vec<_>>>()?;
            self.scan.write(&folder, &formats)
        })
        .map_err(raised)
    }

    /// A note for each value of the filter that nothing here has; what is nowhere at all is an error.
    fn absent(&self, py: Python<'_>, filter: &str) -> PyResult<Vec<String>> {
        py.detach(|| absent(&self.scan, &Scan::filter(filter)?, || Ok((*self.lexicons).clone()))).map_err(raised)
    }

    fn hits(&self, py: Python<'_>, filter: &str) -> PyResult<Table> {
        self.ask(py, filter, selected_hits)
    }

    fn kwic(&self, py: Python<'_>, filter: &str) -> PyResult<Table> {
        self.ask(py, filter, concordance)
    }

    fn count(&self, py: Python<'_>, by: Vec<String>, filter: &str) -> PyResult<Table> {
        self.ask(py, filter, |scan, filter| count(scan, &dimensions(&by)?, filter))
    }

    fn trend(&self, py: Python<'_>, show: &str, period: Option<&str>, by: &str, seasonal: bool, filter: &str) -> PyResult<Table> {
        self.ask(py, filter, |scan, filter| {
            let period = period_for(scan, period.map(Dimension::period).transpose()?)?;
            if show == "renderings" {
                return renderings(scan, period, filter);
            }
            let trends = Trends::of(scan, period, by.parse()?, seasonal, filter)?;
            match show {
                "series" => trends.series(&[]),
                "summary" => trends.summary(),
                "changes" => trends.changes(),
                _ => Err(one_of("show", show, &["series", "summary", "changes", "renderings"])),
            }
        })
    }

    #[allow(clippy::too_many_arguments, reason = "called by name from Python alone")]
    fn compare(
        &self,
        py: Python<'_>,
        a: &str,
        b: Option<&str>,
        by: &str,
        strata: Vec<String>,
        prior: Option<f64>,
        permutations: Option<usize>,
        filter: &str,
    ) -> PyResult<Table> {
        self.ask(py, filter, |scan, filter| {
            let mut comparison = Comparison::of(a.parse()?, b.map(str::parse).transpose()?);
            comparison.by = by.parse()?;
            comparison.strata = strata.iter().map(|s| Dimension::of_text(s)).collect::<Result<_>>()?;
            comparison.prior = prior.unwrap_or(comparison.prior);
            comparison.permutations = permutations.unwrap_or(comparison.permutations);
            comparison.check()?;
            compare(scan, &comparison, filter)
        })
    }

    fn profiles(&self, py: Python<'_>, each: &str, by: &str, filter: &str) -> PyResult<Table> {
        self.ask(py, filter, |scan, filter| profiles(scan, Dimension::of_text(each)?, by.parse()?, filter))
    }

    fn distances(&self, py: Python<'_>, each: &str, by: &str, filter: &str) -> PyResult<Table> {
        self.ask(py, filter, |scan, filter| distances(scan, Dimension::of_text(each)?, by.parse()?, filter))
    }

    fn disperse(&self, py: Python<'_>, over: Vec<String>, by: &str, filter: &str) -> PyResult<Table> {
        self.ask(py, filter, |scan, filter| disperse(scan, &parts(&over)?, by.parse()?, filter))
    }

    fn cooccur(&self, py: Python<'_>, within: &str, least: usize, matrix: Option<(String, usize)>, filter: &str) -> PyResult<Table> {
        self.ask(py, filter, |scan, filter| {
            let within = match within {
                "document" => Within::Document,
                "paragraph" => Within::Paragraph,
                "sentence" => Within::Sentence,
                _ => return Err(one_of("within", within, &["document", "paragraph", "sentence"])),
            };
            let found = Cooccurrence::of(scan, within, filter)?;
            let Some((measure, top)) = matrix else { return found.pairs(least) };
            let measure = match measure.as_str() {
                "together" => Measure::Together,
                "npmi" => Measure::Npmi,
                "lift" => Measure::Lift,
                "g2" => Measure::G2,
                _ => return Err(one_of("measure", &measure, &["together", "npmi", "lift", "g2"])),
            };
            found.matrix(measure, top)
        })
    }

    fn adopt(&self, py: Python<'_>, origin: Option<&str>, meetings: bool, filter: &str) -> PyResult<Table> {
        self.ask(py, filter, |scan, filter| if meetings { echo(scan, origin, filter) } else { Ok(adopt(scan, origin, filter)?.table) })
    }
}

fn dimensions(names: &[String]) -> Result<Vec<Dimension>> {
    names.iter().map(|n| n.trim().parse()).collect()
}

fn one_of(what: &str, given: &str, known: &[&str]) -> Error {
    Error::Usage(format!("{what} {given}: {}", none_of(given, known)))
}

fn scan_format(name: &str) -> Result<Format> {
    match Format::of_ending(name) {
        Ok(format @ (Format::Csv | Format::Parquet)) => Ok(format),
        _ => Err(one_of("formats", name, &["csv", "parquet"])),
    }
}

/// Scans files and folders, or opens the one scan folder that they name.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "called by name from Python alone")]
pub(crate) fn scan(
    py: Python<'_>,
    inputs: Vec<PathBuf>,
    reading: &str,
    corrections: Option<PathBuf>,
    shard: Option<&str>,
    lexicon: &Lexicon,
    chosen: bool,
    told: Option<Bound<'_, PyAny>>,
) -> PyResult<Scan> {
    let how = || -> Result<How> {
        Ok(How {
            reading: parse_json::<ReadingSpec>("reading", reading)?.reading()?,
            corrections: corrections.as_deref().map(Corrections::load).transpose()?.unwrap_or_default(),
            shard: shard.map(str::parse).transpose()?,
            words: true,
        })
    };
    let how = how().map_err(raised)?;
    let lexicons = Arc::clone(&lexicon.lexicons);
    let scan = watched(py, told.as_ref(), |progress| tifa::scan::Scan::open(&inputs, &how, || Ok(&*lexicons), chosen, progress))?.map_err(raised)?;
    Ok(Scan { scan, lexicons: Arc::clone(&lexicon.lexicons) })
}

/// Reads the tables of a scan or report folder.
#[pyfunction]
pub(crate) fn load(py: Python<'_>, folder: PathBuf, lexicon: &Lexicon) -> PyResult<Scan> {
    let scan = py.detach(|| tifa::scan::Scan::load(&folder)).map_err(raised)?;
    Ok(Scan { scan, lexicons: Arc::clone(&lexicon.lexicons) })
}

/// Joins scan folders.
#[pyfunction]
pub(crate) fn merge(py: Python<'_>, folders: Vec<PathBuf>, out: PathBuf, formats: Vec<String>) -> PyResult<()> {
    py.detach(|| {
        let formats = formats.iter().map(|f| scan_format(f)).collect::<Result<Vec<_>>>()?;
        tifa::scan::merge(&folders, &out, &formats).map(drop)
    })
    .map_err(raised)
}

/// The documents of several scans (`documents.parquet` in `folder`), with copies and translations found anew.
#[pyfunction]
pub(crate) fn mark(py: Python<'_>, folder: PathBuf) -> PyResult<Table> {
    py.detach(|| tifa::scan::marked_anew(&read(&folder, "documents", DOCUMENTS)?)).map(Table::from).map_err(raised)
}
