//! Who says what in one text.

use std::path::Path;
use std::sync::Arc;

use polars::prelude::DataFrame;
use pyo3::prelude::*;
use tifa::corpus::ReadingSpec;
use tifa::error::{Error, Result, parse_json};
use tifa::scan::How;
use tifa::table::{numbers, text_column};

use crate::errors::raised;
use crate::lexicon::Lexicon;
use crate::table::Table;

/// The segments of a text (the columns of `segments`, and their `text`), and what is found in it (the columns of `hits`). It is read as a file
/// called `name`.
#[pyfunction]
pub(crate) fn attribute(py: Python<'_>, text: &str, name: &str, reading: &str, lexicon: &Lexicon) -> PyResult<(Table, Table)> {
    let lexicons = Arc::clone(&lexicon.lexicons);
    let (segments, hits) = py
        .detach(|| -> Result<_> {
            let how = How { reading: parse_json::<ReadingSpec>("reading", reading)?.reading()?, ..How::default() };
            let folder = tempfile::tempdir().map_err(|e| Error::io(std::env::temp_dir(), e))?;
            let file = folder.path().join(Path::new(name).file_name().unwrap_or("text.txt".as_ref()));
            std::fs::write(&file, text).map_err(|e| Error::io(&file, e))?;
            let scan = tifa::scan::Scan::made(&[file], &how, &lexicons, &())?;
            Ok((with_text(scan.segments, text)?, scan.hits))
        })
        .map_err(raised)?;
    Ok((segments.into(), hits.into()))
}

/// With the words of each segment.
fn with_text(mut segments: DataFrame, text: &str) -> Result<DataFrame> {
    let (starts, ends) = (numbers(&segments, "start")?, numbers(&segments, "end")?);
    let words = starts.iter().zip(&ends).map(|(start, end)| text.get(*start as usize..*end as usize).unwrap_or_default());
    segments.with_column(text_column("text", words))?;
    Ok(segments)
}
