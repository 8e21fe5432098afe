//! What the readers of the formats yield: a text, what is known of its layout, and what its file says about it.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::text::none_of;

/// Something that a file, a table or a researcher says of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The text itself.
    Text,
    /// The day of publication.
    Date,
    /// The day on which the words were said.
    EventDate,
    /// Its year, where nothing more is known.
    Year,
    /// Its month.
    Month,
    /// Its day of the month.
    Day,
    /// The title.
    Title,
    /// Who speaks.
    Speaker,
    /// What kind of document it is.
    Genre,
    /// Who wrote it; a speaker only if it is somebody who is known.
    Author,
    /// The body or medium that issued it.
    Source,
    /// The state of the body that issued it.
    Country,
    /// Where it was found on the web.
    Url,
    /// Its language.
    Language,
    /// Its name among the documents of a file.
    Id,
    /// The file of which a row of a metadata file speaks.
    Path,
}

impl Field {
    /// Every field.
    pub const ALL: [Field; 16] = [
        Field::Text,
        Field::Date,
        Field::EventDate,
        Field::Year,
        Field::Month,
        Field::Day,
        Field::Title,
        Field::Speaker,
        Field::Genre,
        Field::Author,
        Field::Source,
        Field::Country,
        Field::Url,
        Field::Language,
        Field::Id,
        Field::Path,
    ];

    /// Its name, as in `--column NAME=…` and `--path-pattern '{NAME}'`.
    pub fn name(self) -> &'static str {
        match self {
            Field::Text => "text",
            Field::Date => "date",
            Field::EventDate => "event_date",
            Field::Year => "year",
            Field::Month => "month",
            Field::Day => "day",
            Field::Title => "title",
            Field::Speaker => "speaker",
            Field::Genre => "genre",
            Field::Author => "author",
            Field::Source => "source",
            Field::Country => "country",
            Field::Url => "url",
            Field::Language => "language",
            Field::Id => "id",
            Field::Path => "path",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Field {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let wrong = || Error::Usage(format!("{name}: {}", none_of(name, &Field::ALL.map(Field::name))));
        Field::ALL.into_iter().find(|f| f.name() == name).ok_or_else(wrong)
    }
}

/// The name of something within a record: `archive#file#row`.
pub(super) fn below(record: &str, name: &str) -> String {
    if record.is_empty() { name.to_owned() } else { format!("{record}#{name}") }
}

/// A value and who says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    pub value: String,
    /// `column`, `front matter`, `page`, `metadata file`, `path`.
    pub by: &'static str,
}

/// What is said of a document beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Meta(BTreeMap<Field, Given>);

impl Meta {
    /// Says `value`, unless it is blank. What was said before stands.
    pub fn say(&mut self, field: Field, value: &str, by: &'static str) {
        let value = value.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        if !value.is_empty() {
            self.0.entry(field).or_insert_with(|| Given { value: value.to_owned(), by });
        }
    }

    /// Says `value` in place of what was said before, unless it is blank.
    pub fn replace(&mut self, field: Field, value: &str, by: &'static str) {
        if !value.trim().is_empty() {
            self.0.remove(&field);
            self.say(field, value, by);
        }
    }

    /// Adds what `other` says and this does not.
    pub fn add(&mut self, other: &Meta) {
        for (field, given) in &other.0 {
            self.0.entry(*field).or_insert_with(|| given.clone());
        }
    }

    pub fn get(&self, field: Field) -> Option<&Given> {
        self.0.get(&field)
    }

    /// The value, or nothing.
    pub fn value(&self, field: Field) -> &str {
        self.get(field).map_or("", |g| g.value.as_str())
    }
}

/// What a reader knows of a stretch of text that does not show in its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(all(feature = "html", feature = "office", feature = "pdf")), allow(dead_code, reason = "used by readers that this build leaves out"))]
pub(super) enum Role {
    /// Running text: cut into paragraphs like plain text.
    Text,
    /// One paragraph, however many lines it has.
    Paragraph,
    /// A heading of a level.
    Heading(u8),
    /// What stands around the title: date, source, size of type. It may date the document.
    Head,
    /// Navigation, lists of other pages, footers, running heads: it says nothing of the document.
    Margin,
}

/// A text in a file.
#[derive(Debug, Clone, Default)]
pub(super) struct Raw {
    /// Its name among the documents of the file; empty if it is the only one.
    pub record: String,
    pub text: String,
    /// The layout, in order, without overlaps, where the format tells; empty for plain text.
    pub marks: Vec<(Range<usize>, Role)>,
    pub meta: Meta,
    /// Days in the addresses of its pictures: they lend their year, and no more.
    pub pictures: Vec<NaiveDate>,
    /// Where `text` begins in the text of the file, if it is a part of it.
    pub base: usize,
}

impl Raw {
    /// A text without anything beside it.
    pub fn plain(text: String) -> Self {
        Raw { text, ..Raw::default() }
    }

    /// Adds a stretch of its own to the text, after a blank line. Does nothing with blanks.
    #[cfg_attr(not(all(feature = "html", feature = "office", feature = "pdf")), allow(dead_code, reason = "used by readers that this build leaves out"))]
    pub fn push(&mut self, text: &str, role: Role) {
        let text = text.trim_matches(|c: char| c.is_whitespace() && c != '\u{3000}');
        if text.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.marks.push((start..self.text.len(), role));
    }
}
