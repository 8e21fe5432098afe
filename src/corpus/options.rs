//! What a researcher says of how his files are to be read.

use std::collections::BTreeMap;
use std::str::FromStr;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::genre::Genre;
use super::raw::{Field, Meta};
use crate::error::{Error, Result};

/// How files are read, beside what they show by themselves.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Columns of tables that hold the text, the date …
    pub columns: BTreeMap<Field, String>,
    /// The column by which rows are joined to documents.
    pub group_by: Option<String>,
    /// What the names of files say.
    pub path_pattern: Option<PathPattern>,
    /// How files are split into documents.
    pub split: Option<Split>,
    /// What kind of document each is.
    pub genre: Option<Genre>,
    /// The size in bytes beyond which a text, or a record of a table, is refused.
    pub max_document: u64,
}

/// [`Reading::max_document`] where nothing is said.
pub const MAX_DOCUMENT: u64 = 64 << 20;

impl Default for Reading {
    fn default() -> Self {
        Reading { columns: BTreeMap::new(), group_by: None, path_pattern: None, split: None, genre: None, max_document: MAX_DOCUMENT }
    }
}

/// [`Reading`] as it is written down: on the command line and in a `study.toml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReadingSpec {
    /// `text = "full_text"`.
    pub columns: BTreeMap<Field, String>,
    /// See [`Reading::group_by`].
    pub group_by: Option<String>,
    /// See [`PathPattern`].
    pub path_pattern: Option<String>,
    /// See [`Split`].
    pub split: Option<String>,
    /// See [`Reading::genre`].
    pub genre: Option<String>,
    /// See [`Reading::max_document`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_document: Option<u64>,
}

impl ReadingSpec {
    /// The reading it describes.
    ///
    /// # Errors
    /// A path pattern, a way to split or a kind of document that is none.
    pub fn reading(self) -> Result<Reading> {
        let path_pattern = self.path_pattern.as_deref().map(str::parse).transpose()?;
        let split = self.split.as_deref().map(str::parse).transpose()?;
        let genre = self.genre.as_deref().map(str::parse).transpose()?;
        let max_document = self.max_document.unwrap_or(MAX_DOCUMENT);
        Ok(Reading { columns: self.columns, group_by: self.group_by, path_pattern, split, genre, max_document })
    }

    /// Puts what `other` says before what this does.
    pub fn overlay(&mut self, other: ReadingSpec) {
        self.columns.extend(other.columns);
        self.group_by = other.group_by.or(self.group_by.take());
        self.path_pattern = other.path_pattern.or(self.path_pattern.take());
        self.split = other.split.or(self.split.take());
        self.genre = other.genre.or(self.genre.take());
        self.max_document = other.max_document.or(self.max_document);
    }
}

impl Reading {
    /// The options as `name=value`, for the record.
    pub fn options(&self) -> Vec<String> {
        let columns = self.columns.iter().map(|(field, name)| format!("column={field}={name}"));
        let group = self.group_by.iter().map(|g| format!("group-by={g}"));
        let pattern = self.path_pattern.iter().map(|p| format!("path-pattern={}", p.text));
        let split = self.split.iter().map(|s| format!("split={s}"));
        let genre = self.genre.iter().map(|g| format!("read-as={g}"));
        let largest = (self.max_document != MAX_DOCUMENT).then(|| format!("max-document={}", self.max_document));
        columns.chain(group).chain(pattern).chain(split).chain(genre).chain(largest).collect()
    }
}

/// How a file is split into documents.
#[derive(Debug, Clone)]
pub enum Split {
    /// At Markdown headings of this level, 1 to 6, or a higher one.
    Heading(u8),
    /// At lines that are a date.
    Dates,
    /// At form feeds.
    FormFeed,
    /// Where a regular expression matches; what it matches is part of what follows.
    Pattern(Regex),
}

impl FromStr for Split {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let lower = text.trim().to_lowercase();
        let level = match lower.trim_start_matches(['h', 'e', 'a', 'd', 'i', 'n', 'g', ':', '=', '-', ' ']).parse::<u8>() {
            Ok(n) if lower.starts_with('h') => Some(n),
            _ if !lower.is_empty() && lower.bytes().all(|b| b == b'#') => u8::try_from(lower.len()).ok(),
            _ => None,
        };
        if let Some(level) = level.filter(|n| (1..=6).contains(n)) {
            return Ok(Split::Heading(level));
        }
        match lower.as_str() {
            "date" | "dates" | "date-lines" => return Ok(Split::Dates),
            "ff" | "formfeed" | "form-feed" | "page" | "pages" => return Ok(Split::FormFeed),
            _ => {}
        }
        let pattern = ["regex:", "re:"].iter().find_map(|p| text.strip_prefix(p)).or_else(|| text.strip_prefix('/')?.strip_suffix('/'));
        let Some(pattern) = pattern else {
            let message = format!("--split {text}: give '###' (headings of that level), date (lines that are a date), formfeed, or 'regex:PATTERN'");
            return Err(Error::Usage(message));
        };
        let regex = Regex::new(&format!("(?m){pattern}")).map_err(|e| Error::Usage(format!("--split {text}: {e}")))?;
        Ok(Split::Pattern(regex))
    }
}

impl std::fmt::Display for Split {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Split::Heading(level) => f.write_str(&"#".repeat(usize::from(*level))),
            Split::Dates => f.write_str("date"),
            Split::FormFeed => f.write_str("formfeed"),
            Split::Pattern(regex) => write!(f, "regex:{}", regex.as_str().trim_start_matches("(?m)")),
        }
    }
}

/// What names of files say: `{country}_{session}_{year}`. Names in braces are fields of a document, or anything else, which
/// is passed over. The ending of the file may be left out; with a `/`, folders are part of the pattern.
#[derive(Debug, Clone)]
pub struct PathPattern {
    text: String,
    regex: Regex,
    fields: Vec<Field>,
}

impl FromStr for PathPattern {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = |what: &str| Error::Usage(format!("--path-pattern {text}: {what}; write it like {{country}}_{{session}}_{{year}}"));
        let (mut pattern, mut fields, mut rest) = (String::from("^(?:.*/)?"), Vec::new(), text);
        while let Some(open) = rest.find('{') {
            let close = rest.find('}').filter(|c| *c > open).ok_or_else(|| wrong("a brace is not closed"))?;
            pattern.push_str(&regex::escape(&rest[..open]));
            let name = &rest[open + 1..close];
            let kind = match name {
                "year" => r"(?:1[89]|20)\d\d",
                "month" | "day" => r"\d{1,2}",
                _ => "[^/]+?",
            };
            match name.parse::<Field>() {
                Ok(Field::Text | Field::Path) => return Err(wrong("a name of a file holds no text and no path")),
                Ok(field) if fields.contains(&field) => return Err(wrong("a field stands twice")),
                Ok(field) => {
                    fields.push(field);
                    pattern.push_str(&format!("(?P<{field}>{kind})"));
                }
                Err(_) => pattern.push_str(&format!("(?:{kind})")),
            }
            rest = &rest[close + 1..];
        }
        if fields.is_empty() {
            let known = Field::ALL.iter().filter(|f| !matches!(f, Field::Text | Field::Path)).map(|f| f.name()).collect::<Vec<_>>().join(", ");
            return Err(wrong(&format!("it names no field of a document ({known})")));
        }
        pattern.push_str(&regex::escape(rest));
        pattern.push_str(r"(?:\.[^/]*)?$");
        let regex = Regex::new(&pattern).map_err(|e| wrong(&e.to_string()))?;
        Ok(PathPattern { text: text.to_owned(), regex, fields })
    }
}

impl PathPattern {
    /// What the name of a file says; `None` if it is not of the pattern.
    pub(super) fn read(&self, path: &str) -> Option<Meta> {
        let found = self.regex.captures(path)?;
        let mut meta = Meta::default();
        for field in &self.fields {
            if let Some(value) = found.name(field.name()) {
                // Blanks are written as underscores in names of files.
                let value =
                    if matches!(field, Field::Title | Field::Speaker | Field::Source) { value.as_str().replace('_', " ") } else { value.as_str().into() };
                meta.say(*field, &value, "path");
            }
        }
        Some(meta)
    }

    /// As it was given.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_say_what_the_pattern_says() {
        let pattern: PathPattern = "{country}_{session}_{year}".parse().unwrap();
        let meta = pattern.read("sub/CHN_75_2020.txt").unwrap();
        assert_eq!((meta.value(Field::Country), meta.value(Field::Year)), ("CHN", "2020"));
        assert_eq!(pattern.read("CHN_75.txt"), None);
        let pattern: PathPattern = "{speaker}/{date}.md".parse().unwrap();
        let meta = pattern.read("in/Ilse_Varga/2020-05-06.md").unwrap();
        assert_eq!((meta.value(Field::Speaker), meta.value(Field::Date)), ("Ilse Varga", "2020-05-06"));
        for (wrong, want) in [("{year", "not closed"), ("{x}", "names no field"), ("{year}{year}", "twice"), ("{text}", "no text")] {
            assert!(wrong.parse::<PathPattern>().unwrap_err().to_string().contains(want), "{wrong}");
        }
    }

    #[test]
    fn ways_to_split() {
        for (text, want) in
            [("###", "###"), ("h3", "###"), ("heading:2", "##"), ("Date", "date"), ("form-feed", "formfeed"), ("re:^=+$", "regex:^=+$"), ("/^x/", "regex:^x")]
        {
            assert_eq!(text.parse::<Split>().unwrap().to_string(), want);
        }
        for wrong in ["", "#######", "h9", "words", "re:("] {
            assert!(wrong.parse::<Split>().is_err(), "{wrong}");
        }
    }
}
