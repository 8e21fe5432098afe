//! Lexicons.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use tifa::curation::formulas;
use tifa::lexicon::{Lexicons, texts_of};

use crate::errors::raised;
use crate::table::Table;

/// The lexicons of a run.
#[pyclass(frozen, module = "tifa._tifa")]
pub(crate) struct Lexicon {
    pub lexicons: Arc<Lexicons>,
}

#[pymethods]
impl Lexicon {
    /// Of the texts of files, each with the name of its file, and the built-in ones.
    #[new]
    fn new(py: Python<'_>, texts: Vec<(String, String)>, builtin: bool) -> PyResult<Lexicon> {
        let lexicons = py.detach(|| Lexicons::of_texts(&texts, !builtin)).map_err(raised)?;
        Ok(Lexicon { lexicons: Arc::new(lexicons) })
    }

    /// One row a formula.
    fn formulas(&self) -> PyResult<Table> {
        formulas(&self.lexicons).map(Table::from).map_err(raised)
    }

    fn __len__(&self) -> usize {
        self.lexicons.formulas().count()
    }

    /// The names of the lexicons and their versions.
    #[getter]
    fn names(&self) -> Vec<(String, String)> {
        self.lexicons.lexicons().iter().map(|l| (l.name.clone(), l.version.clone())).collect()
    }
}

/// The texts of lexicon files, each with the name of its file.
#[pyfunction]
pub(crate) fn lexicon_texts(files: Vec<PathBuf>) -> PyResult<Vec<(String, String)>> {
    texts_of(&files).map_err(raised)
}
