//! What reading yields: documents in blocks, and problems.

use std::ops::Range;

use chrono::NaiveDate;

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
    /// The text, to which all offsets refer.
    pub text: String,
    /// Its title, without Markdown signs; empty where it has none.
    pub title: String,
    /// What shows that it is the title: `field`, `heading` or `first line`; empty where there is none.
    pub title_evidence: &'static str,
    /// The document's own date.
    pub published: Option<Dated>,
    /// When the words were said.
    pub event_date: Option<Dated>,
    /// Who issued it.
    pub origin: Origin,
    /// Where it was found on the web, as far as it says.
    pub url: String,
    /// Its paragraphs, headings and furniture, in order, without overlaps.
    pub blocks: Vec<Block>,
    /// The size of the input.
    pub bytes: u64,
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
    /// `line`, `title`, `url`, `file name`, `dateline`, `lead`.
    pub evidence: &'static str,
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
    /// A word for what is wrong: `unreadable`, `format`, `binary`, `encoding`, `empty`, `date`.
    pub kind: &'static str,
    /// What is wrong, with the line where there is one.
    pub message: String,
}

impl Problem {
    /// A problem with a whole file.
    pub fn new(path: &str, kind: &'static str, message: impl Into<String>) -> Self {
        Problem { path: path.to_owned(), record: String::new(), kind, message: message.into() }
    }
}
