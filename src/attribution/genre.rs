//! What kind of document it is, and who its author is where it has one.

use super::cues::Cues;
use super::grammar::Reading;
use super::names::{joined, office_start};
use super::passage::{Passage, Token, tokens};
use super::roster::Roster;
use super::segment::{Evidence, Speaker, Voice};
use crate::corpus::{BlockKind, Document};
use crate::text::{Language, fold, is_han};

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
    /// How the author speaks whom only the input names.
    pub author_voice: Voice,
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
        self.author_evidence == Evidence::Metadata && matches!(self.genre, Genre::Address | Genre::Letter)
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
            bylines: Vec::new(),
            present: Vec::new(),
        };
    };
    let title = fold(&document.title);
    let title = title.as_str();
    let opens = |phrases: &super::cues::Phrases| match language {
        Language::Zh => phrases.suffix_of(title).is_some(),
        _ => phrases.prefix_of(title).is_some() || title.split_once("'s ").is_some_and(|(_, rest)| phrases.prefix_of(rest).is_some()),
    };
    let transcript = own.genre.transcript.within(title);
    let days = document.blocks.iter().filter_map(|b| b.date).collect::<std::collections::BTreeSet<_>>().len();
    let (named, bylines) = author(document, passages, cues, roster);
    let genre = if opens(&own.genre.joint) {
        Genre::Joint
    } else if opens(&own.genre.address) && turns < 2 {
        Genre::Address
    } else if opens(&own.genre.letter) && turns < 2 {
        Genre::Letter
    } else if opens(&own.genre.statement) && turns < 2 {
        Genre::Statement
    } else if days > 1 {
        Genre::Digest
    } else if turns >= 2 || (transcript && turns > 0) {
        Genre::Transcript
    } else if is_told_by_a_side(document, passages, readings) {
        Genre::Readout
    } else {
        Genre::Article
    };
    let author = match genre {
        Genre::Address | Genre::Letter => named,
        Genre::Transcript => named_in(&document.title, roster, cues, language).unwrap_or_default(),
        Genre::Statement => body_in(title, roster),
        _ => Speaker::none(),
    };
    let keep = matches!(genre, Genre::Address | Genre::Letter);
    Frame {
        genre,
        author,
        author_evidence: Evidence::Byline,
        author_voice: Voice::Spoken,
        bylines: if keep { bylines } else { Vec::new() },
        present: present(document, passages, roster),
    }
}

/// Whether one side tells of a meeting: it begins with somebody who does something, and much of it is what people say; the press
/// puts many paragraphs of its own between, and cues behind the words.
fn is_told_by_a_side(document: &Document, passages: &[Passage<'_>], readings: &[Vec<Reading>]) -> bool {
    let body: Vec<&Vec<Reading>> = passages.iter().zip(readings).filter(|(p, _)| document.blocks[p.block].kind == BlockKind::Body).map(|(_, r)| r).collect();
    let begins = body.iter().take(2).filter_map(|r| r.first()).any(|r| r.deed && r.subject.is_some());
    let cues = || body.iter().copied().flatten().filter_map(|r| r.cue.as_ref());
    let (after, all) = (cues().filter(|c| c.after).count(), cues().count());
    let cued = body.iter().filter(|r| r.iter().any(|r| r.cue.is_some())).count();
    begins && (after < 2 || after * 4 < all) && (cued + 1) * 5 >= body.len() * 2
}

/// The registered people whom the title and the first paragraph name.
fn present(document: &Document, passages: &[Passage<'_>], roster: &Roster<'_>) -> Vec<String> {
    let title = fold(&document.title);
    let lead = passages.iter().find(|p| document.blocks[p.block].kind == BlockKind::Body).map_or("", |p| p.text);
    let people = roster.people();
    people.find(title.as_str()).chain(people.find(lead)).map(|(_, _, person)| person.name.clone()).collect()
}

/// The author that the title or a line under it names, and those lines.
fn author(document: &Document, passages: &[Passage<'_>], cues: &Cues, roster: &Roster<'_>) -> (Speaker, Vec<usize>) {
    let mut author = Speaker::none();
    let mut bylines = Vec::new();
    for passage in passages.iter().take(8).filter(|p| document.blocks[p.block].kind == BlockKind::Body) {
        let text = document.block_text(&document.blocks[passage.block]);
        if text.chars().count() > 160 || text.ends_with(['.', '。', '！', '!', ':', '：', ',', '，', '?', '？']) {
            break;
        }
        if let Some(speaker) = named_in(text, roster, cues, passage.language) {
            if !author.is_some() {
                author = speaker;
            }
            bylines.push(passage.block);
        }
    }
    let language = document.languages().first().copied().unwrap_or(Language::Und);
    if !author.is_some() {
        author = named_in(&document.title, roster, cues, language).unwrap_or_default();
    }
    (author, bylines)
}

/// The first person that a line names: a registered one, or what follows an office in it.
fn named_in(line: &str, roster: &Roster<'_>, cues: &Cues, language: Language) -> Option<Speaker> {
    let folded = fold(line);
    if let Some((_, _, person)) = roster.people().find(folded.as_str()).next() {
        return Some(roster.registered(person));
    }
    let own = cues.of(language)?;
    if language == Language::Zh {
        let text = folded.as_str();
        let end = own.titles.last_end_in(text).filter(|&end| end < text.len());
        let rest = text[end.unwrap_or(0)..].trim_start();
        let length = rest.char_indices().find(|(_, c)| !is_han(*c) && *c != '·').map_or(rest.len(), |(i, _)| i);
        let names = (2..=20).rev().filter_map(|n| rest[..length].char_indices().map(|(i, c)| i + c.len_utf8()).nth(n - 1).map(|i| &rest[..i]));
        let known = names.into_iter().find(|n| roster.introduces(n));
        // A line that is nothing but a name.
        let bare = || (end.is_none() && length == rest.len() && (2..=4).contains(&rest.chars().count())).then_some(rest);
        let full = roster.fullest(known.or_else(bare)?);
        return Some(roster.resolve(&full).unwrap_or_else(|| roster.unregistered(&full)));
    }
    // Without the stops of abbreviations: "H.E. Ilse Varga".
    let tokens: Vec<Token<'_>> = tokens(&folded, line).into_iter().filter(|t| t.text != ".").collect();
    roster.names_in(&tokens, own).into_iter().find_map(|name| {
        let titled = office_start(&tokens, name.start, own) < name.start && tokens[..name.start].iter().any(|t| own.titles.contains(t.text));
        let written = joined(&tokens[name.clone()]);
        roster.resolve(&written).or_else(|| (name.len() >= 2 && titled).then(|| roster.unregistered(&written)))
    })
}

/// The body that a title names.
fn body_in(title: &str, roster: &Roster<'_>) -> Speaker {
    let body = roster.people().outlet_in(title).and_then(|(_, outlet)| roster.body(&outlet.name));
    body.unwrap_or_else(Speaker::none)
}
