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
    /// What rule gave it this speaker and voice.
    pub why: Why,
    /// The language of the block.
    pub language: Language,
    /// The day: of the part of the document, or of the document.
    pub date: Option<NaiveDate>,
}

/// Why words are thought to be spoken as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The rule.
    pub rule: Rule,
    /// The wording that it rests on (the cue, the label), where it stands in the document's text.
    pub cue: Option<Range<usize>>,
}

impl From<Rule> for Why {
    fn from(rule: Rule) -> Self {
        Why { rule, cue: None }
    }
}

/// What gives words to a speaker, or to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Page furniture.
    Furniture,
    /// A title, a heading.
    Heading,
    /// A line that only names the author.
    AuthorLine,
    /// The whole text is its author's.
    Author,
    /// The whole text is that of a body, or of several.
    Body,
    /// A label begins the turn.
    Label,
    /// The turn of the last label goes on.
    LabelHolds,
    /// Before the first label of a transcript.
    BeforeLabels,
    /// The input names the speaker of the document.
    Given,
    /// A name with a verb of speech.
    Named,
    /// The name of a body or state with a verb of speech.
    NamedBody,
    /// A description or an office with a verb of speech.
    Described,
    /// A pronoun with a verb of speech.
    Pronoun,
    /// A verb of speech that shares the subject of an earlier one.
    SharedSubject,
    /// Several speak at once.
    Several,
    /// A verb of speech with a subject whom nothing names.
    Unnamed,
    /// The paragraph's speech goes on.
    Carried,
    /// The speech of an earlier paragraph goes on: what is said here is said as in it.
    Continued,
    /// An enumeration goes on.
    Enumerated,
    /// The last paragraph ended with a colon.
    HandedOver,
    /// The paragraph is a quotation after one that quotes or tells of its speaker.
    Quotation,
    /// The last paragraph tells that somebody published these words.
    Published,
    /// Before the cue, in the sentence that has one.
    BeforeCue,
    /// Words with which a reporter closes what was said.
    Closing,
    /// It tells of somebody else than the one who was speaking.
    TurnsAway,
    /// It names the one who was speaking: nobody does so himself.
    NamesSpeaker,
    /// Nobody begins to speak, and no speech goes on.
    NoCue,
    /// The text was not read for who speaks.
    NotRead,
}

impl Rule {
    /// The rule in words.
    pub fn text(self) -> &'static str {
        match self {
            Rule::Furniture => "page furniture",
            Rule::Heading => "a title or heading",
            Rule::AuthorLine => "a line that only names the author",
            Rule::Author => "the whole text is its author's",
            Rule::Body => "the whole text is that of a body, or of several",
            Rule::Label => "a label begins the turn",
            Rule::LabelHolds => "the turn of the last label goes on",
            Rule::BeforeLabels => "what stands before the first label of a transcript is said by whoever answers",
            Rule::Given => "the input names the speaker",
            Rule::Named => "a name with a verb of speech",
            Rule::NamedBody => "the name of a body or state with a verb of speech",
            Rule::Described => "a description or an office with a verb of speech, which fits one person",
            Rule::Pronoun => "a pronoun with a verb of speech",
            Rule::SharedSubject => "a verb of speech that shares the subject of an earlier one",
            Rule::Several => "several speak at once",
            Rule::Unnamed => "a verb of speech whose subject nothing here names",
            Rule::Carried => "the speech goes on in the paragraph",
            Rule::Continued => "the speech of the paragraph before goes on",
            Rule::Enumerated => "an enumeration goes on",
            Rule::HandedOver => "the paragraph before ended with a colon",
            Rule::Quotation => "the paragraph is a quotation, after one that quotes its speaker or tells of him",
            Rule::Published => "the paragraph before tells that somebody published these words",
            Rule::BeforeCue => "it stands before the cue of the sentence",
            Rule::Closing => "words with which a reporter closes what was said",
            Rule::TurnsAway => "it tells of somebody else than the one who was speaking",
            Rule::NamesSpeaker => "it names the one who was speaking, as nobody does himself",
            Rule::NoCue => "nobody begins to speak here, and no speech goes on",
            Rule::NotRead => "the text was not read for who speaks",
        }
    }
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

    /// Somebody of whom nothing but the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Speaker { name: name.into(), ..Speaker::default() }
    }

    /// Both under one name.
    pub fn and(&self, other: &Speaker) -> Speaker {
        if self.name == other.name {
            return self.clone();
        }
        let side = if self.side == other.side { self.side.clone() } else { String::new() };
        Speaker { name: format!("{} & {}", self.name, other.name), role: String::new(), side }
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
