//! Reports of studies.

use std::path::PathBuf;

use pyo3::prelude::*;
use tifa::analysis::absent;
use tifa::error::{Error, Result, parse_json};
use tifa::study::Study;

use crate::errors::raised;
use crate::progress::watched;

/// Runs a study (a `study.toml`), or reports on inputs, into `out`; yields the page and notes on the filter.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "called by name from Python alone")]
pub(crate) fn report(
    py: Python<'_>,
    study: Option<PathBuf>,
    inputs: Vec<PathBuf>,
    out: Option<PathBuf>,
    lexicons: Vec<PathBuf>,
    builtin: bool,
    reading: &str,
    ui: Option<String>,
    discover: Option<usize>,
    told: Option<Bound<'_, PyAny>>,
) -> PyResult<(PathBuf, Vec<String>)> {
    let asked = || -> Result<Study> {
        let mut asked = match (study, &out) {
            (Some(file), _) => Study::load(&file)?,
            (None, Some(out)) => Study::of(inputs, out.clone()),
            (None, None) => return Err(Error::Usage("where to? give out for the report, or a study.toml in place of the input".into())),
        };
        asked.out = out.unwrap_or(asked.out);
        asked.file.lexicons.extend(lexicons);
        asked.file.no_builtin |= !builtin;
        asked.file.reading.overlay(parse_json("reading", reading)?);
        asked.file.ui = ui.or(asked.file.ui);
        asked.file.discover = discover.unwrap_or(asked.file.discover);
        Ok(asked)
    };
    let asked = asked().map_err(raised)?;
    let mut notes = Vec::new();
    watched(py, told.as_ref(), |progress| {
        asked.run(progress, |scan, filter| {
            notes = absent(scan, filter, || tifa::lexicon::Lexicons::load(&asked.file.lexicons, asked.file.no_builtin))?;
            Ok(())
        })
    })?
    .map_err(raised)?;
    Ok((asked.out.join("index.html"), notes))
}
