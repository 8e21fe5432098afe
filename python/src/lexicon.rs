//! Lexicons.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use tifa::curation::formulas;
use tifa::lexicon::Lexicons;

use crate::errors::raised;
use crate::table::Table;

/// The lexicons of a run.
#[pyclass(frozen, module = "tifa._tifa")]
pub(crate) struct Lexicon {
    pub lexicons: Arc<Lexicons>,
}

#[pymethods]
impl Lexicon {
    #[new]
    fn new(py: Python<'_>, files: Vec<PathBuf>, builtin: bool) -> PyResult<Lexicon> {
        let lexicons = py.detach(|| Lexicons::load(&files, !builtin)).map_err(raised)?;
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
