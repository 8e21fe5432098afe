//! What reading yields: documents in blocks, and problems.

use std::ops::Range;

use chrono::NaiveDate;

use super::genre::Genre;
use super::origin::Origin;
use crate::text::{Folded, Language};

/// A text with what is known about it as a whole.
#[derive(Debug, Clone)]
pub struct Document {
    /// The path, with `#record` where a file holds several documents.
    pub id: String,
    /// Relative to the input given, separated by `/`.
    pub path: String,
    /// Which of the documents in the file; empty where there is one.
    pub record: String,
    /// The text.
    pub text: String,
    /// Where it begins in the text that `tifa text` prints, to which the offsets in the tables refer.
    pub base: usize,
    /// Its title, without Markdown signs; empty where it has none.
    pub title: String,
    /// What shows that it is the title: `column`, `front matter`, `metadata file`, `path`, `page`, `field`, `heading`, `first line`;
    /// empty where there is none.
    pub title_evidence: &'static str,
    /// The document's own date.
    pub published: Option<Dated>,
    /// When the words were said.
    pub event_date: Option<Dated>,
    /// Who issued it.
    pub origin: Origin,
    /// The speaker that a column, front matter or the researcher gives.
    pub speaker: String,
    /// What kind of document it is, where the input says so.
    pub genre: Option<Genre>,
    /// Where it was found on the web, as far as it says.
    pub url: String,
    /// Its paragraphs, headings and furniture, in order, without overlaps.
    pub blocks: Vec<Block>,
    /// The size of the text in the file.
    pub bytes: u64,
    /// The format and encoding in which it was read.
    pub format: String,
}

impl Document {
    /// The day that tallies use: of the event, else of publication.
    pub fn date(&self) -> Option<NaiveDate> {
        self.event_date.as_ref().or(self.published.as_ref()).map(|d| d.date)
    }

    /// The text of a block.
    pub fn block_text(&self, block: &Block) -> &str {
        &self.text[block.range.clone()]
    }

    /// The languages of its paragraphs, the commonest first.
    pub fn languages(&self) -> Vec<Language> {
        let mut sizes: Vec<(Language, usize)> = Vec::new();
        for block in self.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate) {
            match sizes.iter_mut().find(|(l, _)| *l == block.language) {
                Some((_, size)) => *size += block.range.len(),
                None => sizes.push((block.language, block.range.len())),
            }
        }
        sizes.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        sizes.into_iter().map(|(l, _)| l).collect()
    }
}

/// A date and the rule that found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The day.
    pub date: NaiveDate,
    /// `column`, `front matter`, `metadata file`, `path`, `page`, `line`, `url`, `title` (its year perhaps
    /// from elsewhere), `file name`, `file` (what stands above
    /// its documents), `dateline`, `lead`, `text`.
    pub evidence: &'static str,
    /// How exactly it is known; what is not is the first of its period.
    pub precision: Precision,
}

impl Dated {
    /// A whole date.
    pub fn day(date: NaiveDate, evidence: &'static str) -> Self {
        Dated { date, evidence, precision: Precision::Day }
    }

    /// The rule that found it, and how far it goes.
    pub fn explained(&self) -> String {
        match self.precision {
            Precision::Day => self.evidence.to_owned(),
            Precision::Month => format!("{} {MONTH_ONLY}", self.evidence),
            Precision::Year => format!("{} {YEAR_ONLY}", self.evidence),
        }
    }
}

/// What marks evidence of a date of which only the month is known.
pub const MONTH_ONLY: &str = "(month only)";
/// What marks evidence of a date of which only the year is known.
pub const YEAR_ONLY: &str = "(year only)";

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
}

/// A paragraph, heading or piece of page furniture.
#[derive(Debug, Clone)]
pub struct Block {
    /// Where it stands in the document's text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
    /// The language it is in.
    pub language: Language,
    /// The day of the part it stands in, where the document holds several days.
    pub date: Option<NaiveDate>,
    /// Its text, folded.
    pub folded: Folded,
}

impl Block {
    /// Where in its folded text a stretch of the document's text stands that lies in it.
    pub fn folded_range(&self, range: &Range<usize>) -> Range<usize> {
        let offset = |at: usize| self.folded.offset_of(at - self.range.start);
        offset(range.start)..offset(range.end)
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The title or a heading.
    Title,
    /// The document's own text.
    Body,
    /// Page furniture: navigation, keywords, date lines, copyright.
    Boilerplate,
}

/// Something that could not be read as it should.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as in [`Document::path`].
    pub path: String,
    /// The record in it.
    pub record: String,
    /// A word for what is wrong. The file or record was not read: `unreadable`, `format`, `binary`, `archive`, `columns`, `record`,
    /// `empty`, `too large`. It was read, but: `encoding`, `mojibake`, `date`, `metadata`. A line of a file of corrections: `correction`.
    pub kind: &'static str,
    /// What is wrong, with the line where there is one.
    pub message: String,
}

/// Whether something of this kind was lost, or only noted while it was read.
pub fn is_loss(kind: &str) -> bool {
    !matches!(kind, "encoding" | "mojibake" | "date" | "metadata" | "correction")
}

impl Problem {
    /// A problem with a record of a file.
    pub fn of(path: &str, record: &str, kind: &'static str, message: impl Into<String>) -> Self {
        Problem { path: path.to_owned(), record: record.to_owned(), kind, message: message.into() }
    }

    /// A problem with a whole file.
    pub fn new(path: &str, kind: &'static str, message: impl Into<String>) -> Self {
        Problem { path: path.to_owned(), record: String::new(), kind, message: message.into() }
    }
}
