//! What the grammar of a language tells the engine of a sentence. Each language is one small module that yields this.

use std::cell::OnceCell;
use std::ops::Range;

use super::cues::{Cues, LanguageCues};
use super::memo::Memo;
use super::passage::Passage;
use super::roster::Roster;
use super::segment::Speaker;
use super::{chinese, english};
use crate::text::Language;

/// What the grammar of a language tells of a sentence. Each answer is worked out when it is first asked for: most sentences are
/// asked for few.
pub(super) trait Reading {
    /// Where somebody begins to speak in it.
    fn cue(&self) -> Option<&Cue> {
        None
    }

    /// The person (or body) that the sentence is about: its first subject.
    fn subject(&self) -> Option<&Speaker> {
        None
    }

    /// Whether that is a person, not a body.
    fn of_person(&self) -> bool {
        false
    }

    /// It tells what somebody did, not what he said.
    fn deed(&self) -> bool {
        false
    }

    /// Somebody says it who speaks himself.
    fn first_person(&self) -> bool {
        false
    }

    /// It begins with somebody who speaks and whom nothing here names.
    fn other(&self) -> bool {
        false
    }

    /// The same of a side (澳方), which may be the speaker's own.
    fn side(&self) -> bool {
        false
    }

    /// It goes on with an enumeration.
    fn enumerated(&self) -> bool {
        false
    }

    /// It tells that somebody published words of his own.
    fn post(&self) -> bool {
        false
    }

    /// It tells of questions put to somebody.
    fn hearing(&self) -> bool {
        false
    }

    /// It tells that a body or somebody issued a text.
    fn issue(&self) -> bool {
        false
    }

    /// It ends a run of speech.
    fn closes(&self) -> bool {
        false
    }

    /// It may go on with the speech of an earlier paragraph.
    fn speechlike(&self) -> bool {
        false
    }

    /// In a news report too, it may go on with the speech of its paragraph.
    fn carries(&self) -> bool {
        false
    }
}

/// A sentence in a language without cues: there is nothing to read.
pub(super) struct Unread;

impl Reading for Unread {}

/// A sentence of any language.
pub(super) enum Read<'a> {
    English(english::Reader<'a>),
    Chinese(chinese::Reader<'a>),
    Unread(Unread),
}

impl<'a> std::ops::Deref for Read<'a> {
    type Target = dyn Reading + 'a;

    fn deref(&self) -> &Self::Target {
        match self {
            Read::English(reader) => reader,
            Read::Chinese(reader) => reader,
            Read::Unread(nothing) => nothing,
        }
    }
}

/// The sentences of a passage, read when first asked for.
pub(super) struct Readings<'a> {
    pub passage: &'a Passage<'a>,
    cues: &'a Cues,
    roster: &'a Roster<'a>,
    memo: &'a Memo,
    all: OnceCell<Vec<Read<'a>>>,
}

impl<'a> Readings<'a> {
    pub fn new(passage: &'a Passage<'a>, cues: &'a Cues, (roster, memo): (&'a Roster<'a>, &'a Memo)) -> Self {
        Readings { passage, cues, roster, memo, all: OnceCell::new() }
    }

    /// All of them.
    pub fn all(&self) -> &[Read<'a>] {
        self.all.get_or_init(|| self.passage.sentences().iter().map(|range| self.read(range)).collect())
    }

    /// The first of them.
    pub fn first(&self) -> Option<&Read<'a>> {
        self.all().first()
    }

    fn read(&self, range: &Range<usize>) -> Read<'a> {
        let Some(cues) = self.cues.of(self.passage.language) else { return Read::Unread(Unread) };
        let grammar = Grammar { cues, roster: self.roster, memo: self.memo };
        let sentence = Sentence { passage: self.passage, range: range.clone() };
        match self.passage.language {
            Language::En => Read::English(english::Reader::new(grammar, sentence)),
            Language::Zh => Read::Chinese(chinese::Reader::new(grammar, sentence)),
            Language::Und => Read::Unread(Unread),
        }
    }
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
#[derive(Clone, Copy)]
pub(super) struct Grammar<'a> {
    pub cues: &'a LanguageCues,
    pub roster: &'a Roster<'a>,
    pub memo: &'a Memo,
}

/// A sentence in its passage.
pub(super) struct Sentence<'a> {
    pub passage: &'a Passage<'a>,
    pub range: Range<usize>,
}

impl<'a> Sentence<'a> {
    pub fn text(&self) -> &'a str {
        &self.passage.text[self.range.clone()]
    }
}
