//! What can stop a run. What merely spoils one file is a [`crate::corpus::Problem`] instead.

use std::path::PathBuf;

use crate::text::nearest;

/// Why nothing could be done. The message says which file (and line), what is wrong, and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read or written.
    #[error("{}: {source}{}", path.display(), advice(source))]
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

/// What to do, where that is plain.
fn advice(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => "; make room, or give a place on another disk",
        Kind::ReadOnlyFilesystem => "; give a place on another disk",
        Kind::PermissionDenied => "; see who may read and write it",
        _ => "",
    }
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
        let (at, message) = toml_fault(text, &e);
        Error::data(file, text, at, message)
    })
}

/// Where in `text` something is wrong, and what, in plain words.
pub fn toml_fault(text: &str, error: &toml::de::Error) -> (usize, String) {
    let span = error.span().unwrap_or(0..0);
    let message = error.message().trim().replace('\n', "; ");
    let plain = if message == "duplicate key" { twice(text, span.clone()) } else { plain_words(&message) };
    (span.start, plain.unwrap_or(message))
}

/// Parses JSON that another program hands over; `what` it describes is named in the message.
///
/// # Errors
/// What is wrong with it, in plain words.
pub fn parse_json<T: serde::de::DeserializeOwned>(what: &str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| {
        let message = e.to_string();
        // Where it is wrong in a text that nobody wrote by hand is of no use.
        let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(m, _)| m);
        Error::Usage(format!("{what}: {}", plain_words(message).unwrap_or_else(|| message.to_owned())))
    })
}

/// What serde says of a wrong value, in words for those who do not program.
fn plain_words(message: &str) -> Option<String> {
    match message.split_once(", expected ")? {
        (wrong, known) if wrong.starts_with("unknown ") => {
            let near = wrong.split('`').nth(1).and_then(|name| nearest(name, known.split('`').skip(1).step_by(2)));
            near.map(|near| format!("{wrong}; did you mean `{near}`?"))
        }
        (wrong, "a sequence") => Some(format!("{wrong}, expected a list in square brackets")),
        (wrong, "usize" | "u32" | "u64") => Some(format!("{wrong}, expected a whole number")),
        _ => None,
    }
}

/// What is said of the key or section at `span`, which stands in `text` before.
fn twice(text: &str, span: std::ops::Range<usize>) -> Option<String> {
    let name = text.get(span.clone())?;
    let line = text[..span.start].rfind('\n').map_or(0, |n| n + 1);
    let before = text[line..span.start].trim_start();
    let section = format!("{before}{name}]");
    let first = text.lines().position(|l| before.starts_with('[') && l.trim_start().starts_with(&section));
    Some(match first {
        Some(first) => format!("the section {section} is there already, on line {}; put its keys together", first + 1),
        None => format!("`{name}` is given twice; keep one of them"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only read")]
    struct Sample {
        period: Option<String>,
        names: Option<Vec<String>>,
        top: Option<usize>,
        way: Option<Way>,
        inner: Option<std::collections::BTreeMap<String, String>>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Way {
        Keep,
        First,
    }

    #[test]
    fn what_is_wrong_in_a_file_is_said_in_plain_words() {
        for (text, want) in [
            ("\nperod = 1", "f.toml:2: unknown field `perod`; did you mean `period`?"),
            ("colour = 1", "f.toml:1: unknown field `colour`, expected one of `period`, `names`, `top`, `way`, `inner`"),
            ("way = \"frist\"", "f.toml:1: unknown variant `frist`; did you mean `first`?"),
            ("names = \"a\"", "f.toml:1: invalid type: string \"a\", expected a list in square brackets"),
            ("top = -1", "f.toml:1: invalid value: integer `-1`, expected a whole number"),
            ("top = 1\ntop = 2", "f.toml:2: `top` is given twice; keep one of them"),
            ("[inner]\na = \"b\"\n[ inner ]", "f.toml:3: `inner` is given twice; keep one of them"),
            ("top = 1\n[inner]\na = \"b\"\n[inner]", "f.toml:4: the section [inner] is there already, on line 2; put its keys together"),
            ("top = ", "f.toml:1: string values must be quoted, expected literal string"),
        ] {
            assert_eq!(parse_toml::<Sample>("f.toml", text).unwrap_err().to_string(), want);
        }
    }
}
