//! The Python package `tifa`, as far as it is compiled: tables, scans and lexicons of the library, handed to `python/package/tifa`.
//!
//! Nothing is reckoned here. What has many parts (how to read, what to count) comes as JSON of the library's own specifications; a
//! table goes out through Arrow's PyCapsule interface, without a copy.

mod attribution;
mod charts;
mod errors;
mod lexicon;
mod progress;
mod reports;
mod scan;
mod table;

/// The module `tifa._tifa`.
#[pyo3::pymodule(name = "_tifa")]
mod module {
    #[pymodule_export]
    use super::attribution::attribute;
    #[pymodule_export]
    use super::charts::Chart;
    #[pymodule_export]
    use super::errors::TifaError;
    #[pymodule_export]
    use super::lexicon::Lexicon;
    #[pymodule_export]
    use super::reports::report;
    #[pymodule_export]
    use super::scan::{Scan, load, mark, merge, scan};
    #[pymodule_export]
    use super::table::{Table, columns};
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(m: &Bound<'_, PyModule>) -> PyResult<()> {
        m.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
