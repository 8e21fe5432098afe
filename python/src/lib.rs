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
    use super::lexicon::{Lexicon, lexicon_texts};
    #[pymodule_export]
    use super::reports::report;
    #[pymodule_export]
    use super::scan::{Scan, load, mark, merge, scan};
    #[pymodule_export]
    use super::table::{Table, columns};
    use pyo3::prelude::*;
    use tifa::analysis::{NARRATION, UNATTRIBUTED};
    use tifa::attribution::Voice;
    use tifa::corpus::{Field, MONTH_ONLY, YEAR_ONLY};

    #[pymodule_init]
    fn init(m: &Bound<'_, PyModule>) -> PyResult<()> {
        m.add("__version__", env!("CARGO_PKG_VERSION"))?;
        // What Spark has to call by the same names.
        let uncounted: Vec<&str> = Voice::ALL.iter().filter(|v| !v.counted_by_default()).map(|v| v.name()).collect();
        m.add("UNCOUNTED_VOICES", uncounted)?;
        m.add("NARRATION", NARRATION)?;
        m.add("UNATTRIBUTED", UNATTRIBUTED)?;
        m.add("YEAR_ONLY", YEAR_ONLY)?;
        m.add("MONTH_ONLY", MONTH_ONLY)?;
        m.add("FIELDS", Field::ALL.map(Field::name).to_vec())
    }
}
