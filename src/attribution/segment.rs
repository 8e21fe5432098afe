//! What attribution yields.

use std::fmt;
use std::ops::Range;

use chrono::NaiveDate;

use crate::text::Language;

/// A stretch of one block in one voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Index of the block it lies in.
    pub block: usize,
    /// Where it stands in the document's text.
    pub range: Range<usize>,
    /// Who speaks; empty where nobody does or nothing shows who.
    pub speaker: Speaker,
    /// In what way.
    pub voice: Voice,
    /// Why the speaker is who it is; `None` without a speaker.
    pub evidence: Option<Evidence>,
    /// The language of the block.
    pub language: Language,
    /// The day: of the part of the document, or of the document.
    pub date: Option<NaiveDate>,
}

/// Somebody in whose mouth a document puts words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Speaker {
    /// The canonical name; several joined by ` & `.
    pub name: String,
    /// The office, as far as it is known.
    pub role: String,
    /// State or organisation, as far as it is known.
    pub side: String,
}

impl Speaker {
    /// Nobody.
    pub fn none() -> Self {
        Speaker::default()
    }

    /// Whether there is one.
    pub fn is_some(&self) -> bool {
        !self.name.is_empty()
    }
}

/// In what way words are somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// Own words: an answer, an address.
    Spoken,
    /// Reported by the document.
    Reported,
    /// Reported, between quotation marks around at least a clause.
    Quoted,
    /// A question at a press conference.
    Question,
    /// A body's own text.
    Document,
    /// Several at once.
    Joint,
    /// The reporter's words.
    Narration,
    /// A title or heading.
    Title,
    /// Page furniture.
    Boilerplate,
}

impl Voice {
    /// Every voice.
    pub const ALL: [Voice; 9] =
        [Voice::Spoken, Voice::Reported, Voice::Quoted, Voice::Question, Voice::Document, Voice::Joint, Voice::Narration, Voice::Title, Voice::Boilerplate];

    /// Its name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Voice::Spoken => "spoken",
            Voice::Reported => "reported",
            Voice::Quoted => "quoted",
            Voice::Question => "question",
            Voice::Document => "document",
            Voice::Joint => "joint",
            Voice::Narration => "narration",
            Voice::Title => "title",
            Voice::Boilerplate => "boilerplate",
        }
    }

    /// Whether tallies count it unless told otherwise.
    pub fn counted_by_default(self) -> bool {
        !matches!(self, Voice::Question | Voice::Title | Voice::Boilerplate)
    }
}

impl fmt::Display for Voice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a speaker is who it is, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// A label at the turn's start.
    Label,
    /// The author of the document.
    Byline,
    /// A column of the input.
    Metadata,
    /// A name with a verb of speech.
    Cue,
    /// A pronoun or an office with a verb of speech.
    Pronoun,
    /// Earlier in the same paragraph.
    Carried,
    /// In an earlier paragraph.
    Continued,
}

impl Evidence {
    /// Every kind, the strongest first.
    pub const ALL: [Evidence; 7] =
        [Evidence::Label, Evidence::Byline, Evidence::Metadata, Evidence::Cue, Evidence::Pronoun, Evidence::Carried, Evidence::Continued];

    /// Its name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Evidence::Label => "label",
            Evidence::Byline => "byline",
            Evidence::Metadata => "metadata",
            Evidence::Cue => "cue",
            Evidence::Pronoun => "pronoun",
            Evidence::Carried => "carried",
            Evidence::Continued => "continued",
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
