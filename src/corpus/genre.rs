//! The kinds of documents.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;
use crate::text::none_of;

/// The kind of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Genre {
    /// What was said at a meeting or call, reported by one side.
    Readout,
    /// Turns with labels.
    Transcript,
    /// A speech or lecture in its author's own words.
    Address,
    /// A body's own text.
    Statement,
    /// A letter or signed article.
    Letter,
    /// A text of several sides.
    Joint,
    /// A news report.
    Article,
    /// Several items or days in one.
    Digest,
}

impl Genre {
    /// Every kind.
    pub const ALL: [Genre; 8] =
        [Genre::Readout, Genre::Transcript, Genre::Address, Genre::Statement, Genre::Letter, Genre::Joint, Genre::Article, Genre::Digest];

    /// Its name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Genre::Readout => "readout",
            Genre::Transcript => "transcript",
            Genre::Address => "address",
            Genre::Statement => "statement",
            Genre::Letter => "letter",
            Genre::Joint => "joint",
            Genre::Article => "article",
            Genre::Digest => "digest",
        }
    }
}

impl fmt::Display for Genre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Genre {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let wanted = name.trim().to_lowercase();
        let wrong = || Error::Usage(format!("`{name}` is no kind of document: {}", none_of(&wanted, &Genre::ALL.map(Genre::name))));
        Genre::ALL.into_iter().find(|g| g.name() == wanted).ok_or_else(wrong)
    }
}
