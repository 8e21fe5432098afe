//! What the grammar of a language tells the engine of a sentence. Each language is one small module that yields this.

use std::ops::Range;

use super::cues::LanguageCues;
use super::memo::Memo;
use super::passage::Passage;
use super::roster::Roster;
use super::segment::Speaker;

/// A sentence read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Where somebody begins to speak in it.
    pub cue: Option<Cue>,
    /// The person (or body) that the sentence is about: its first subject.
    pub subject: Option<Speaker>,
    /// Whether that is a person, not a body.
    pub of_person: bool,
    /// It tells what somebody did, not what he said.
    pub deed: bool,
    /// Somebody says it who speaks himself.
    pub first_person: bool,
    /// It begins with somebody who speaks and whom nothing here names.
    pub other: bool,
    /// The same of a side (澳方), which may be the speaker's own.
    pub side: bool,
    /// It goes on with an enumeration.
    pub enumerated: bool,
    /// It tells that somebody published words of his own.
    pub post: bool,
    /// It tells of questions put to somebody.
    pub hearing: bool,
    /// It tells that a body or somebody issued a text.
    pub issue: bool,
    /// It ends a run of speech.
    pub closes: bool,
    /// It may go on with the speech of an earlier paragraph.
    pub speechlike: bool,
    /// In a news report too, it may go on with the speech of its paragraph.
    pub carries: bool,
}

/// Somebody begins to speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue {
    /// Where his words begin, in the folded text; what stands before it in the sentence is the reporter's.
    pub from: usize,
    /// The wording that says so, in the folded text: "Liu said", "he added", 王毅表示.
    pub at: Range<usize>,
    pub who: Who,
    /// Begins a new speaker's words also in the middle of somebody else's.
    pub strong: bool,
    /// It stands behind the words, as the press writes.
    pub after: bool,
}

/// The subject of a verb of speech.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// Somebody named.
    Named(Speaker),
    /// A description (an office alone, "the Thai leader") and those here whom it fits; at least one.
    Described(Vec<Speaker>),
    /// A body: a ministry, an organisation.
    Body(Speaker),
    /// A state or its capital.
    State(Speaker),
    /// He or she.
    Pronoun,
    /// What stands for a body.
    It,
    /// What stands for several.
    They,
    /// Left out; whoever the sentence or the run is about.
    Elided,
    /// Several at once.
    Joint,
    /// People without names: "critics", "two officials".
    Several,
    /// Somebody whom nothing here names.
    Unknown,
}

impl Who {
    /// Both at once, where both are people; several, if nothing names one of them.
    pub fn and(&self, other: &Who) -> Option<Who> {
        match (self.person()?, other.person()?) {
            (Some(first), Some(second)) => Some(Who::Named(first.and(second))),
            _ => Some(Who::Joint),
        }
    }

    /// The person it is; `Some(None)` for a person whom nothing names, `None` for what is none.
    fn person(&self) -> Option<Option<&Speaker>> {
        match self {
            Who::Named(speaker) => Some(Some(speaker)),
            Who::Described(meant) => Some(meant.first().filter(|_| meant.len() == 1)),
            _ => None,
        }
    }
}

/// What reads sentences.
pub(super) struct Grammar<'a, 'r> {
    pub cues: &'a LanguageCues,
    pub roster: &'r Roster<'a>,
    pub memo: &'r Memo,
}

/// A sentence in its passage.
pub(super) struct Sentence<'p, 'a> {
    pub passage: &'p Passage<'a>,
    pub range: Range<usize>,
}

impl<'a> Sentence<'_, 'a> {
    pub fn text(&self) -> &'a str {
        &self.passage.text[self.range.clone()]
    }
}
