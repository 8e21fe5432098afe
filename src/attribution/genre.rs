//! What kind of document it is, and who its author is where it has one.

use super::author::Authorship;
use super::cues::{Cues, LanguageCues};
use super::grammar::Reading;
use super::passage::Passage;
use super::roster::Roster;
use super::segment::{Evidence, Speaker, Voice};
use crate::corpus::{BlockKind, Document};
use crate::text::{Language, fold};

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

/// What the whole document says of its author.
#[derive(Debug)]
pub(super) struct Frame {
    pub genre: Genre,
    /// The author of an address, letter or statement; the one who answers in a transcript.
    pub author: Speaker,
    /// Whether the text names the author, or only the input does.
    pub author_evidence: Evidence,
    /// How the author speaks.
    pub author_voice: Voice,
    /// The text speaks in the first person: whoever is cited in it is cited by its author.
    pub first_person: bool,
    /// The blocks that only name the author.
    pub bylines: Vec<usize>,
    /// The people whom the title and the first paragraph name.
    pub present: Vec<String>,
}

impl Frame {
    /// Takes the speaker whom the input gives, where the text names no author. What is no transcript is then an address.
    pub fn speaks_himself(&mut self, given: Option<(Speaker, Voice)>) {
        let Some((given, voice)) = given.filter(|_| !self.author.is_some()) else { return };
        let told = matches!(self.genre, Genre::Article | Genre::Readout | Genre::Address | Genre::Letter | Genre::Transcript);
        if told {
            self.author = given;
            self.author_voice = voice;
            self.author_evidence = Evidence::Metadata;
        }
        if matches!(self.genre, Genre::Article | Genre::Readout) {
            self.genre = Genre::Address;
        }
    }

    /// Whether the text is an author's own words by what the input says.
    pub fn is_own_words(&self) -> bool {
        self.author_evidence == Evidence::Metadata && !self.first_person && matches!(self.genre, Genre::Address | Genre::Letter)
    }
}

/// Reads the frame from the title, the lines under it and the turns.
pub(super) fn frame(document: &Document, passages: &[Passage<'_>], turns: usize, readings: &[Vec<Reading>], cues: &Cues, roster: &Roster<'_>) -> Frame {
    let language = document.languages().first().copied().unwrap_or(Language::Und);
    let Some(own) = cues.of(language) else {
        return Frame {
            genre: Genre::Article,
            author: Speaker::none(),
            author_evidence: Evidence::Byline,
            author_voice: Voice::Spoken,
            first_person: false,
            bylines: Vec::new(),
            present: Vec::new(),
        };
    };
    let title = fold(&document.title);
    let title = title.as_str();
    // Without "(full text)" behind it.
    let title = title.rfind('(').filter(|&open| open > 0 && title.ends_with(')')).map_or(title, |open| title[..open].trim_end());
    let opens = |phrases: &super::cues::Phrases| match language {
        Language::Zh => phrases.suffix_of(title).is_some(),
        _ => phrases.prefix_of(title).is_some() || title.split_once("'s ").is_some_and(|(_, rest)| phrases.prefix_of(rest).is_some()),
    };
    let transcript = own.genre.transcript.within(title);
    let days = document.blocks.iter().filter_map(|b| b.date).collect::<std::collections::BTreeSet<_>>().len();
    let mut by = Authorship::of(document, passages, readings, cues, roster);
    // "Reactions to the address" is none; neither is a report of one.
    let own_text = turns < 2 && !by.told_of && !own.genre.about.within(title) && names_author_first(title, language, own, roster);
    if own_text && !by.author.is_some() && [&own.genre.address, &own.genre.letter, &own.genre.statement].iter().any(|p| opens(p)) {
        by.author = std::mem::take(&mut by.by_title);
    }
    let log = document.title.is_empty() && readings.iter().filter_map(|r| r.first()).any(|r| (r.deed && r.of_person) || r.post);
    let genre = if opens(&own.genre.joint) || own.genre.joint_within.within(title) {
        Genre::Joint
    } else if own_text && opens(&own.genre.address) {
        Genre::Address
    } else if own_text && opens(&own.genre.letter) {
        Genre::Letter
    } else if own_text && opens(&own.genre.statement) {
        Genre::Statement
    } else if days > 1 || (turns >= 2 && log) {
        Genre::Digest
    } else if turns >= 2 || (transcript && turns > 0) {
        Genre::Transcript
    } else if turns < 2 && !by.told_of && by.first_person && !log {
        if by.signed { Genre::Statement } else { Genre::Address }
    } else if is_told_by_a_side(document, passages, readings) {
        Genre::Readout
    } else if own_text && by.signed {
        Genre::Statement
    } else {
        Genre::Article
    };
    let body = if genre == Genre::Statement && !by.author.is_some() { body_in(title, roster) } else { Speaker::none() };
    let voice = if genre == Genre::Joint || body.is_some() || (genre == Genre::Statement && !by.author.is_some()) { Voice::Document } else { Voice::Spoken };
    let keep = matches!(genre, Genre::Address | Genre::Letter | Genre::Statement);
    let Authorship { author, by_title, bylines, first_person, .. } = by;
    let author = match genre {
        Genre::Address | Genre::Letter => author,
        Genre::Transcript => by_title,
        Genre::Statement if !body.is_some() => author,
        _ => body,
    };
    Frame {
        genre,
        author,
        author_evidence: Evidence::Byline,
        author_voice: voice,
        first_person,
        bylines: if keep { bylines } else { Vec::new() },
        present: present(document, passages, roster),
    }
}

/// Whether a Chinese title names nobody, or begins with him: not 《求是》杂志发表习近平总书记重要文章.
fn names_author_first(title: &str, language: Language, cues: &LanguageCues, roster: &Roster<'_>) -> bool {
    let first = roster.people().find(title).next().filter(|_| language == Language::Zh);
    first.is_none_or(|(at, _, _)| at == 0 || cues.titles.suffix_of(&title[..at]).is_some() || cues.topic_marks.iter().any(|m| title[..at].contains(m)))
}

/// Whether a text begins with somebody who does something.
fn begins_with_a_deed(document: &Document, passages: &[Passage<'_>], readings: &[Vec<Reading>]) -> bool {
    let body = passages.iter().zip(readings).filter(|(p, _)| document.blocks[p.block].kind == BlockKind::Body);
    body.take(2).filter_map(|(_, r)| r.first()).any(|r| r.deed && r.subject.is_some())
}

/// Whether one side tells of a meeting: it begins with somebody who does something, and much of it is what people say; the press
/// puts many paragraphs of its own between, and cues behind the words.
fn is_told_by_a_side(document: &Document, passages: &[Passage<'_>], readings: &[Vec<Reading>]) -> bool {
    let body: Vec<&Vec<Reading>> = passages.iter().zip(readings).filter(|(p, _)| document.blocks[p.block].kind == BlockKind::Body).map(|(_, r)| r).collect();
    let cues = || body.iter().copied().flatten().filter_map(|r| r.cue.as_ref());
    let (after, all) = (cues().filter(|c| c.after).count(), cues().count());
    let cued = body.iter().filter(|r| r.iter().any(|r| r.cue.is_some())).count();
    begins_with_a_deed(document, passages, readings) && (after < 2 || after * 4 < all) && (cued + 1) * 5 >= body.len() * 2
}

/// The registered people whom the title and the first paragraph name.
fn present(document: &Document, passages: &[Passage<'_>], roster: &Roster<'_>) -> Vec<String> {
    let title = fold(&document.title);
    let lead = passages.iter().find(|p| document.blocks[p.block].kind == BlockKind::Body).map_or("", |p| p.text);
    let people = roster.people();
    people.find(title.as_str()).chain(people.find(lead)).map(|(_, _, person)| person.name.clone()).collect()
}

/// The body that a title names.
fn body_in(title: &str, roster: &Roster<'_>) -> Speaker {
    let body = roster.people().outlet_in(title).and_then(|(_, outlet)| roster.body(&outlet.name));
    body.unwrap_or_else(Speaker::none)
}
