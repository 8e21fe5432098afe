//! Reports of studies.

use std::path::PathBuf;

use pyo3::prelude::*;
use tifa::analysis::absent;
use tifa::error::{Result, parse_json};
use tifa::study::Study;

use crate::errors::raised;
use crate::progress::watched;

/// Runs the study that the inputs name, or reports on them, into `out`; yields the page and notes on the filter.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "called by name from Python alone")]
pub(crate) fn report(
    py: Python<'_>,
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
        let mut asked = Study::asked(&inputs, out)?;
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
