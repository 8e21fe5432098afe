//! What kind of document it is, and who its author is where it has one.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::author::{Authorship, begins_with_a_deed};
use super::cues::{LanguageCues, Phrases};
use super::grammar::Readings;
use super::roster::Roster;
use super::segment::{Evidence, Speaker, Voice};
use crate::corpus::{BlockKind, Document, Genre};
use crate::text::{Language, fold};

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
    /// The text is the author's own words by what the input says.
    pub own_words: bool,
    /// The blocks that only name the author.
    pub bylines: Vec<usize>,
    /// The people whom the title and the first paragraph name.
    pub present: FxHashSet<String>,
}

impl Frame {
    /// Of a document in a language whose cues are not known.
    fn unread() -> Self {
        Frame {
            genre: Genre::Article,
            author: Speaker::none(),
            author_evidence: Evidence::Byline,
            author_voice: Voice::Spoken,
            own_words: false,
            bylines: Vec::new(),
            present: FxHashSet::default(),
        }
    }

    /// Takes the speaker whom the input gives, where the text names no author. What is no transcript is then an address. Where
    /// it speaks in the first person, whoever is cited in it is cited by its author.
    fn speaks_himself(&mut self, given: impl FnOnce() -> Option<(Speaker, Voice)>, first_person: impl FnOnce() -> bool) {
        let told = matches!(self.genre, Genre::Article | Genre::Readout | Genre::Address | Genre::Letter | Genre::Transcript);
        if self.author.is_some() || !told {
            return;
        }
        let Some((given, voice)) = given() else { return };
        self.author = given;
        self.author_voice = voice;
        self.author_evidence = Evidence::Metadata;
        if matches!(self.genre, Genre::Article | Genre::Readout) {
            self.genre = Genre::Address;
        }
        self.own_words = matches!(self.genre, Genre::Address | Genre::Letter) && !first_person();
    }
}

/// Reads the frame from the title, the lines around the text and what it says; `turns` labels begin turns in it, and `given` is
/// the speaker whom the input gives.
pub(super) fn frame<'r>(
    document: &Document,
    (language, cues): (Language, Option<&'r LanguageCues>),
    turns: usize,
    readings: &'r [Readings<'r>],
    roster: &Roster<'_>,
    given: impl FnOnce() -> Option<(Speaker, Voice)>,
) -> Frame {
    let Some(own) = cues else {
        let mut frame = Frame::unread();
        frame.speaks_himself(given, || false);
        return frame;
    };
    let title = fold(&document.title);
    let title = title.as_str();
    // Without "(full text)" behind it.
    let title = title.rfind('(').filter(|&open| open > 0 && title.ends_with(')')).map_or(title, |open| title[..open].trim_end());
    let mut by = Authorship::of(document, language, readings, own, roster);
    let signs = Signs { document, readings, cues: own, language, title, turns };
    let genre = document.genre.unwrap_or_else(|| signs.genre(&by, roster));
    let titled = document.genre.is_some()
        || signs.is_own_text(&by, roster) && [&own.genre.address, &own.genre.letter, &own.genre.statement].iter().any(|p| signs.opens(p));
    if titled && !by.author.is_some() {
        by.author = std::mem::take(&mut by.by_title);
    }
    let author = match genre {
        Genre::Address | Genre::Letter | Genre::Statement if by.author.is_some() => by.author.clone(),
        Genre::Transcript => by.by_title.clone(),
        Genre::Statement => body_in(title, roster),
        _ => Speaker::none(),
    };
    let person = matches!(genre, Genre::Address | Genre::Letter | Genre::Transcript)
        || (genre == Genre::Statement && roster.people().body(&author.name).is_none() && author.is_some());
    let keep = matches!(genre, Genre::Address | Genre::Letter | Genre::Statement);
    let mut frame = Frame {
        genre,
        author,
        author_evidence: Evidence::Byline,
        author_voice: if person { Voice::Spoken } else { Voice::Document },
        own_words: false,
        bylines: if keep { std::mem::take(&mut by.bylines) } else { Vec::new() },
        present: present(document, readings, roster),
    };
    frame.speaks_himself(given, || by.is_first_person());
    frame
}

/// What shows a document's kind.
struct Signs<'s, 'r> {
    document: &'s Document,
    readings: &'r [Readings<'r>],
    cues: &'s LanguageCues,
    language: Language,
    title: &'s str,
    turns: usize,
}

impl Signs<'_, '_> {
    fn genre(&self, by: &Authorship<'_>, roster: &Roster<'_>) -> Genre {
        let cues = &self.cues.genre;
        let own_text = LazyCell::new(|| self.is_own_text(by, roster));
        let days = self.document.blocks.iter().filter_map(|b| b.date).collect::<BTreeSet<_>>().len();
        let log = LazyCell::new(|| self.is_log());
        if self.opens(&cues.joint) || cues.joint_within.within(self.title) {
            Genre::Joint
        } else if self.opens(&cues.address) && *own_text {
            Genre::Address
        } else if self.opens(&cues.letter) && *own_text {
            Genre::Letter
        } else if self.opens(&cues.statement) && *own_text {
            Genre::Statement
        } else if days > 1 || (self.turns >= 2 && *log) {
            Genre::Digest
        } else if self.turns >= 2 || (cues.transcript.within(self.title) && self.turns > 0) {
            Genre::Transcript
        } else if !*log && by.is_first_person() && !by.is_told_of() {
            if by.signed { Genre::Statement } else { Genre::Address }
        } else if self.is_told_by_a_side() {
            Genre::Readout
        } else if by.signed && *own_text {
            Genre::Statement
        } else {
            Genre::Article
        }
    }

    /// Whether the title begins (in Chinese: ends) with one of these wordings.
    fn opens(&self, phrases: &Phrases) -> bool {
        match self.language {
            Language::Zh => phrases.suffix_of(self.title).is_some(),
            _ => phrases.prefix_of(self.title).is_some() || self.title.split_once("'s ").is_some_and(|(_, rest)| phrases.prefix_of(rest).is_some()),
        }
    }

    /// Whether the title can be that of a text of its author's own: "Reactions to the address" is none, and neither is 《求是》杂志
    /// 发表习近平总书记重要文章; a Chinese title names nobody, or begins with him. A report of an address is none either.
    fn is_own_text(&self, by: &Authorship<'_>, roster: &Roster<'_>) -> bool {
        let title = self.title;
        let first = roster.people().find(title).next().filter(|_| self.language == Language::Zh);
        let begins = |at: usize| at == 0 || self.cues.titles.suffix_of(&title[..at]).is_some() || self.cues.topic_marks.iter().any(|m| title[..at].contains(m));
        self.turns < 2 && !self.cues.genre.about.within(title) && first.is_none_or(|(at, _, _)| begins(at)) && !by.is_told_of()
    }

    /// Whether it is a log without a title, in which somebody tells who did what.
    fn is_log(&self) -> bool {
        let told = || self.readings.iter().filter_map(|r| r.first()).filter(|r| (r.deed() && r.of_person()) || r.post());
        self.title.is_empty() && told().next().is_some() && (self.turns >= 2 || told().count() * 8 >= self.readings.len())
    }

    /// Whether one side tells of a meeting: it begins with somebody who does something, and much of it is what people say; the
    /// press puts many paragraphs of its own between, and cues behind the words.
    fn is_told_by_a_side(&self) -> bool {
        let body: Vec<&Readings<'_>> = self.readings.iter().filter(|r| self.document.blocks[r.passage.block].kind == BlockKind::Body).collect();
        if !begins_with_a_deed(&body) {
            return false;
        }
        let cues = || body.iter().flat_map(|r| r.all()).filter_map(|r| r.cue());
        let (after, all) = (cues().filter(|c| c.after).count(), cues().count());
        let cued = body.iter().filter(|r| r.all().iter().any(|r| r.cue().is_some())).count();
        (after < 2 || after * 4 < all) && (cued + 1) * 5 >= body.len() * 2
    }
}

/// The registered people whom the title and the first paragraph name.
fn present(document: &Document, readings: &[Readings<'_>], roster: &Roster<'_>) -> FxHashSet<String> {
    let title = fold(&document.title);
    let lead = readings.iter().map(|r| r.passage).find(|p| document.blocks[p.block].kind == BlockKind::Body).map_or("", |p| p.text);
    let people = roster.people();
    people.find(title.as_str()).chain(people.find(lead)).map(|(_, _, person)| person.name.clone()).collect()
}

/// The body that a title names.
fn body_in(title: &str, roster: &Roster<'_>) -> Speaker {
    let body = roster.people().outlet_in(title).and_then(|(_, outlet)| roster.body(&outlet.name));
    body.unwrap_or_else(Speaker::none)
}
