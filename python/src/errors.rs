//! What stops the library, as an exception with the same message.

use pyo3::PyErr;
use pyo3::exceptions::PyValueError;
use tifa::error::Error;

pyo3::create_exception!(_tifa, TifaError, PyValueError, "Why nothing could be done: which file (and line), what is wrong, and what to do.");

/// The exception for `error`.
pub(crate) fn raised(error: impl Into<Error>) -> PyErr {
    TifaError::new_err(error.into().to_string())
}
