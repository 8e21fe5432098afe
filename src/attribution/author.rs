//! Whose text it is: lines that name an author above or below it, salutations, and the first person.

use std::cell::OnceCell;

use super::classes::Classes;
use super::cues::{LanguageCues, Phrases};
use super::grammar::{Cue, Read, Readings, Who};
use super::names::{joined, looks_like_a_name, office_start};
use super::passage::Passage;
use super::roster::Roster;
use super::segment::Speaker;
use super::tokens::{Token, tokens};
use crate::corpus::{BlockKind, Document};
use crate::text::{Language, fold, is_han};

/// So many paragraphs at the beginning and at the end can name the author.
const HEAD: usize = 8;
const FOOT: usize = 2;
/// A line that names an author has no more characters.
const LONGEST_BYLINE: usize = 160;
/// A salutation stands in one of so many first paragraphs, and what it calls ends within so many characters.
const GREETING: usize = 8;
const CALLED: usize = 40;
/// So many words of a text without a title are a speech rather than a note.
const LONG: usize = 1200;
/// Among so many characters at the beginning a salutation stands.
const OPENING: usize = 260;

/// What a text shows of its author.
pub(super) struct Authorship<'r> {
    /// Whom the lines above or below the text name.
    pub author: Speaker,
    /// Whom the title names.
    pub by_title: Speaker,
    /// The blocks that only name him.
    pub bylines: Vec<usize>,
    /// A line that is nothing but his name and office stands there.
    pub signed: bool,
    /// The text opens with his name and a salutation.
    inline: bool,
    untitled: bool,
    cues: &'r LanguageCues,
    /// The paragraphs of the text, without headings and furniture.
    body: Vec<&'r Readings<'r>>,
    first_person: OnceCell<bool>,
    told_of: OnceCell<bool>,
}

impl<'r> Authorship<'r> {
    /// Reads it from the beginning and end of `document`.
    pub fn of(document: &Document, language: Language, readings: &'r [Readings<'r>], own: &'r LanguageCues, roster: &Roster<'_>) -> Self {
        let body: Vec<&Readings<'_>> = readings.iter().filter(|r| document.blocks[r.passage.block].kind == BlockKind::Body).collect();
        let title = fold(&document.title);
        let titled = own.genre.address.suffix_of(title.as_str()).is_some();
        let mut found = Authorship {
            author: Speaker::none(),
            by_title: Speaker::none(),
            bylines: Vec::new(),
            signed: false,
            inline: false,
            untitled: document.title.is_empty(),
            cues: own,
            body: Vec::new(),
            first_person: OnceCell::new(),
            told_of: OnceCell::new(),
        };
        for passage in body.iter().take(HEAD).map(|r| r.passage) {
            let text = passage.source;
            if text.len() > LONGEST_BYLINE * 4
                || text.ends_with(['.', '。', '！', '!', ':', '：', ',', '，', '?', '？'])
                || text.chars().count() > LONGEST_BYLINE
            {
                break;
            }
            found.line(text, passage, titled, own, roster);
        }
        // A name in bold is a heading by its looks; it signs a text only if that speaks in the first person.
        let heading = |p: &&Passage<'_>| document.blocks[p.block].kind == BlockKind::Title && p.text != title.as_str();
        let bold = readings.iter().take(HEAD).map(|r| r.passage).filter(heading).find(|p| is_byline(p, false, own, roster));
        if let Some(passage) = bold.filter(|_| !found.signed && is_first_person(&body, own, false, true)) {
            found.line(passage.source, passage, false, own, roster);
        }
        if let Some(passage) = body.iter().rev().take(FOOT).map(|r| r.passage).find(|p| is_byline(p, false, own, roster)) {
            found.line(passage.source, passage, false, own, roster);
        }
        let opening = body.first().filter(|_| language == Language::Zh).and_then(|r| inline(r.passage.text, own, roster));
        found.inline = opening.is_some();
        found.author = [found.author, opening.unwrap_or_default()].into_iter().find(Speaker::is_some).unwrap_or_default();
        found.by_title = named_in(&document.title, roster, own, language).unwrap_or_default();
        if let Some((name, _)) = document.title.split_once('：')
            && !found.author.is_some()
        {
            // 习近平：在…的讲话
            found.author = roster.resolve(name).unwrap_or_default();
        }
        found.body = body;
        found
    }

    /// Whether the text tells in the third person what the author says.
    pub fn is_told_of(&self) -> bool {
        *self.told_of.get_or_init(|| {
            let author = if self.author.is_some() { &self.author } else { &self.by_title };
            let told = |r: &&Read<'_>| matches!(r.cue(), Some(Cue { who: Who::Named(s), .. }) if s == author);
            author.is_some() && self.body.iter().flat_map(|r| r.all()).filter(told).nth(1).is_some()
        })
    }

    /// Whether the text speaks in the first person, or greets those it is spoken to.
    pub fn is_first_person(&self) -> bool {
        *self.first_person.get_or_init(|| self.inline || is_first_person(&self.body, self.cues, self.untitled, self.signed))
    }

    fn line(&mut self, text: &str, passage: &Passage<'_>, bare: bool, cues: &LanguageCues, roster: &Roster<'_>) {
        let byline = is_byline(passage, bare, cues, roster).then(|| named_in(text, roster, cues, passage.language));
        let Some(speaker) = byline.flatten() else { return };
        if !self.author.is_some() {
            self.author = speaker;
        }
        self.signed = true;
        self.bylines.push(passage.block);
    }
}

/// Whether a text speaks in the first person: it greets somebody, or says "we" often, and does not tell what others say all the
/// time.
fn is_first_person(body: &[&Readings<'_>], cues: &LanguageCues, untitled: bool, signed: bool) -> bool {
    let opens = |text: &str| cues.own_openings.prefix_of(text.trim_start_matches(|c: char| !c.is_alphabetic())).is_some();
    let texts = || body.iter().map(|r| r.passage.text);
    let greets = texts().take(2).any(opens) || texts().take(GREETING).any(|text| greeting_in(text, &cues.salutations).is_some_and(|at| begins_there(text, at)));
    // In Chinese reporters say "we" too.
    let chinese = body.iter().any(|r| r.passage.language == Language::Zh);
    if !greets && !signed && chinese {
        return false;
    }
    let (mut size, mut first) = (0, 0);
    for passage in body.iter().map(|r| r.passage) {
        match passage.language {
            Language::Zh => {
                size += passage.text.chars().filter(|c| is_han(*c)).count();
                first += cues.first_person.count_in(passage.text);
            }
            _ => {
                let quoted = |t: &Token<'_>| !passage.quotes().is_empty() && passage.is_quoted(t.start);
                for token in passage.tokens().iter().filter(|t| t.word && !quoted(t)) {
                    size += 1;
                    first += usize::from(token.is(Classes::FIRST_PERSON) && token.source != "US");
                }
            }
        }
    }
    // Without a title it can be a log that holds somebody's words.
    let long = !untitled || size >= LONG;
    let often = first >= 3 && first * 100 >= size && long && !chinese;
    let signed = signed && first >= 3;
    (greets && first * 400 >= size.min(2000) || often || signed) && !begins_with_a_deed(body) && !tells(body, if greets { 4 } else { 10 })
}

/// Whether more than one in `share` sentences tells what somebody says.
fn tells(body: &[&Readings<'_>], share: usize) -> bool {
    let sentences: usize = body.iter().map(|r| r.all().len()).sum();
    let strong = |r: &&Read<'_>| matches!(r.cue(), Some(Cue { who: Who::Named(_) | Who::Body(_) | Who::Described(_), strong: true, .. }));
    body.iter().flat_map(|r| r.all()).filter(strong).nth(sentences / share).is_some()
}

/// Whether a text begins with somebody who does something.
pub(super) fn begins_with_a_deed(body: &[&Readings<'_>]) -> bool {
    body.iter().take(2).filter_map(|r| r.first()).any(|r| r.deed() && r.subject().is_some())
}

/// Whether nothing but a date, an office and a name stand before `at`.
fn begins_there(text: &str, at: usize) -> bool {
    text[..at].chars().all(|c| !c.is_alphabetic()) || text[..at].trim_end().ends_with([')', '）', '※']) || text[..at].ends_with([' ', '\u{3000}'])
}

/// Where in the opening of a text a salutation stands.
fn greeting_in(text: &str, salutations: &Phrases) -> Option<usize> {
    let end = text.char_indices().nth(OPENING).map_or(text.len(), |(i, _)| i);
    let bounded = |i: usize| text[..i].chars().next_back().is_none_or(|c| !c.is_alphanumeric() || is_han(c));
    // It is called out: a comma, a colon or an exclamation mark follows.
    let called = |rest: &str| {
        let mark = rest.chars().take(CALLED).find(|c| matches!(c, ',' | '，' | ':' | '：' | '!' | '！' | '.' | '。' | ';'));
        mark.is_some_and(|c| !matches!(c, '.' | '。' | ';'))
    };
    let bytes = text.as_bytes();
    let inside = |i: usize| i > 0 && bytes[i - 1].is_ascii_alphanumeric();
    (0..end).filter(|&i| !inside(i) && text.is_char_boundary(i)).find(|&i| {
        let salutation = salutations.prefix_of(&text[i..end]);
        salutation.is_some_and(|s| called(&text[i + s.len()..])) && bounded(i)
    })
}

/// The author whose name stands right before the salutation: （2020年11月27日，北京）国家主席 习近平尊敬的各位来宾.
fn inline(text: &str, cues: &LanguageCues, roster: &Roster<'_>) -> Option<Speaker> {
    let at = greeting_in(text, &cues.salutations)?;
    let people = roster.people();
    let (_, end, person) = people.find(&text[..at]).last()?;
    (text[end..at].chars().all(|c| !c.is_alphanumeric())).then(|| roster.registered(person))
}

/// Whether a line is nothing but an author's name, with his office or a date: "Ann Lee, Minister of Fisheries"; 习近平. A name
/// that is not known is enough where `bare` is allowed: under the title of an address.
fn is_byline(passage: &Passage<'_>, bare: bool, cues: &LanguageCues, roster: &Roster<'_>) -> bool {
    if passage.text.chars().count() > LONGEST_BYLINE / 2 {
        return false;
    }
    if passage.language == Language::Zh {
        let digit = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '(' | ')' | '（' | '）' | ' ' | ',' | '，');
        let line = passage.text.trim_matches(digit);
        let name = &line[cues.titles.last_end_in(line).filter(|&end| end < line.len()).unwrap_or(0)..];
        return roster.people().person(name.trim()).is_some() || ((bare || name.len() < line.len()) && looks_like_a_name(name.trim(), cues));
    }
    let words: Vec<Token<'_>> = passage.tokens().iter().copied().filter(|t| t.text != ".").collect();
    let proper = |t: &Token<'_>| !t.word || t.capital || cues.connectors.contains(t.text) || cues.particles.contains(t.text) || cues.by.contains(t.text);
    let from = words.iter().take_while(|t| cues.by.contains(t.text)).count();
    let titled = words.iter().any(|t| cues.titles.contains(t.text)) || from > 0;
    let named = roster.names_in(&words).first().is_some_and(|n| n.len() >= 2);
    let verb = words.iter().any(|t| cues.deeds.contains(t.text) || cues.verbs.contains(t.text));
    let known = roster.people().person(passage.text.trim_matches(['*', ' '])).is_some();
    known || (words.iter().all(proper) && titled && named && !verb)
}

/// The first person that a line names: a registered one, or what follows an office in it.
pub(super) fn named_in(line: &str, roster: &Roster<'_>, own: &LanguageCues, language: Language) -> Option<Speaker> {
    let folded = fold(line);
    // "X就Y发表谈话": what it is about names nobody who speaks.
    let about = own.topic_marks.iter().filter_map(|m| folded.as_str().find(m)).filter(|&i| i > 0).min().filter(|_| language == Language::Zh);
    let reach = about.unwrap_or(folded.as_str().len());
    let object = |at: usize| {
        let before = folded.as_str()[..at].trim_end().rsplit(' ').next().unwrap_or("");
        language == Language::En && !own.by.contains(before) && own.prepositions.contains(before) && own.genre.address.prefix_of(folded.as_str()).is_some()
    };
    if let Some((_, _, person)) = roster.people().find(&folded.as_str()[..reach]).find(|(at, _, _)| !object(*at)) {
        return Some(roster.registered(person));
    }
    if about.is_some() {
        let office = &folded.as_str()[..reach];
        return own.titles.suffix_of(office).map(|_| Speaker::named(office));
    }
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
    let tokens: Vec<Token<'_>> = tokens(&folded, line, &own.lexis).into_iter().filter(|t| t.text != ".").collect();
    roster.names_in(&tokens).into_iter().find_map(|name| {
        let titled = office_start(&tokens, name.start) < name.start && tokens[..name.start].iter().any(|t| own.titles.contains(t.text));
        let written = joined(&tokens[name.clone()]);
        roster.resolve(&written).or_else(|| (name.len() >= 2 && titled).then(|| roster.unregistered(&written)))
    })
}
