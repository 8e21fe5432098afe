//! What can stop a run. What merely spoils one file is a [`crate::corpus::Problem`] instead.

use std::path::PathBuf;

/// Why nothing could be done. The message says which file (and line), what is wrong, and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A lexicon, study or other data file is wrong.
    #[error("{file}:{line}: {message}")]
    Data {
        /// The file's name as given, or that of a built-in.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong and what to do.
        message: String,
    },
    /// A lexicon is wrong in one place or several.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Faults(Vec<Fault>),
    /// What was asked for cannot be done.
    #[error("{0}")]
    Usage(String),
    /// A table could not be computed or written.
    #[cfg(feature = "analysis")]
    #[error("table: {0}")]
    Table(#[from] polars::error::PolarsError),
    /// A chart could not be drawn.
    #[error("chart: {0}")]
    Chart(String),
}

/// One thing that is wrong with a data file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct Fault {
    /// The file's name as given, or that of a built-in.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// The result of what can fail as a whole.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of the file system at `path`.
    pub fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Error::Io { path: path.into(), source }
    }

    /// An error at the byte `at` of the data file `file` with the given `text`.
    pub fn data(file: &str, text: &str, at: usize, message: impl Into<String>) -> Self {
        let line = 1 + text.as_bytes()[..at.min(text.len())].iter().filter(|&&b| b == b'\n').count();
        Error::Data { file: file.to_owned(), line, message: message.into() }
    }
}

/// Parses a TOML data file; what is wrong is reported with its file and line.
pub fn parse_toml<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|e| {
        let at = e.span().map_or(0, |s| s.start);
        Error::data(file, text, at, e.message().trim().replace('\n', "; "))
    })
}
