//! Whose text it is: lines that name an author above or below it, salutations, and the first person.

use super::cues::{Cues, LanguageCues, Phrases};
use super::grammar::{Cue, Reading, Who};
use super::names::{joined, looks_like_a_name, office_start};
use super::passage::{Passage, Token, tokens};
use super::roster::Roster;
use super::segment::Speaker;
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
#[derive(Debug, Default)]
pub(super) struct Authorship {
    /// Whom the lines above or below the text name.
    pub author: Speaker,
    /// Whom the title names.
    pub by_title: Speaker,
    /// The blocks that only name him.
    pub bylines: Vec<usize>,
    /// A line that is nothing but his name and office stands there.
    pub signed: bool,
    /// The text speaks in the first person, or greets those it is spoken to.
    pub first_person: bool,
    /// It tells in the third person what he says.
    pub told_of: bool,
}

impl Authorship {
    /// Reads it from the beginning and end of `document`.
    pub fn of(document: &Document, language: Language, passages: &[Passage<'_>], readings: &[Vec<Reading>], cues: &Cues, roster: &Roster<'_>) -> Self {
        let Some(own) = cues.of(language) else { return Authorship::default() };
        let body: Vec<(&Passage<'_>, &Vec<Reading>)> =
            passages.iter().zip(readings).filter(|(p, _)| document.blocks[p.block].kind == BlockKind::Body).collect();
        let title = fold(&document.title);
        let titled = own.genre.address.suffix_of(title.as_str()).is_some();
        let mut found = Authorship::default();
        for (passage, _) in body.iter().take(HEAD) {
            let text = document.block_text(&document.blocks[passage.block]);
            if text.chars().count() > LONGEST_BYLINE || text.ends_with(['.', '。', '！', '!', ':', '：', ',', '，', '?', '？']) {
                break;
            }
            found.line(text, passage, titled, own, roster);
        }
        // A name in bold is a heading by its looks; it signs a text only if that speaks in the first person.
        let heading = |p: &&Passage<'_>| document.blocks[p.block].kind == BlockKind::Title && p.text != title.as_str();
        let bold = passages.iter().take(HEAD).filter(heading).find(|p| is_byline(p, false, own, roster));
        if let Some(passage) = bold.filter(|_| !found.signed && is_first_person(&body, own, false, true)) {
            found.line(document.block_text(&document.blocks[passage.block]), passage, false, own, roster);
        }
        if let Some(passage) = body.iter().rev().take(FOOT).map(|(p, _)| p).find(|p| is_byline(p, false, own, roster)) {
            found.line(document.block_text(&document.blocks[passage.block]), passage, false, own, roster);
        }
        let opening = body.first().filter(|_| language == Language::Zh).and_then(|(p, _)| inline(p.text, own, roster));
        let inline = opening.is_some();
        found.author = [found.author, opening.unwrap_or_default()].into_iter().find(Speaker::is_some).unwrap_or_default();
        found.by_title = named_in(&document.title, roster, own, language).unwrap_or_default();
        if let Some((name, _)) = document.title.split_once('：')
            && !found.author.is_some()
        {
            // 习近平：在…的讲话
            found.author = roster.resolve(name).unwrap_or_default();
        }
        let author = if found.author.is_some() { &found.author } else { &found.by_title };
        let told = |r: &&Reading| matches!(&r.cue, Some(Cue { who: Who::Named(s), .. }) if s == author);
        found.told_of = author.is_some() && body.iter().flat_map(|(_, r)| *r).filter(told).count() >= 2;
        found.first_person = inline || is_first_person(&body, own, document.title.is_empty(), found.signed);
        found
    }

    fn line(&mut self, text: &str, passage: &Passage<'_>, bare: bool, cues: &LanguageCues, roster: &Roster<'_>) {
        let Some(speaker) = named_in(text, roster, cues, passage.language).filter(|_| is_byline(passage, bare, cues, roster)) else { return };
        if !self.author.is_some() {
            self.author = speaker;
        }
        self.signed = true;
        self.bylines.push(passage.block);
    }
}

/// Whether a text speaks in the first person: it greets somebody, or says "we" often, and does not tell what others say all the
/// time.
fn is_first_person(body: &[(&Passage<'_>, &Vec<Reading>)], cues: &LanguageCues, untitled: bool, signed: bool) -> bool {
    let sentences: usize = body.iter().map(|(_, r)| r.len()).sum();
    let strong = |r: &&Reading| matches!(&r.cue, Some(Cue { who: Who::Named(_) | Who::Body(_) | Who::Described(_), strong: true, .. }));
    let told = body.iter().flat_map(|(_, r)| *r).filter(strong).count();
    let opens = |text: &str| cues.own_openings.prefix_of(text.trim_start_matches(|c: char| !c.is_alphabetic())).is_some();
    let greets = body.iter().take(2).any(|(p, _)| opens(p.text))
        || body.iter().take(GREETING).any(|(p, _)| greeting_in(p.text, &cues.salutations).is_some_and(|at| begins_there(p.text, at)));
    if begins_with_a_deed(body.iter().map(|(_, r)| *r)) || told * if greets { 4 } else { 10 } > sentences {
        return false;
    }
    // In Chinese reporters say "we" too.
    if !greets && !signed && body.iter().any(|(p, _)| p.language == Language::Zh) {
        return false;
    }
    let (mut size, mut first) = (0, 0);
    for (passage, _) in body {
        match passage.language {
            Language::Zh => {
                size += passage.text.chars().filter(|c| is_han(*c)).count();
                first += cues.first_person.count_in(passage.text);
            }
            _ => {
                let quoted = |t: &Token<'_>| !passage.quotes.is_empty() && passage.is_quoted(t.start);
                for token in passage.tokens.iter().filter(|t| t.word && !quoted(t)) {
                    size += 1;
                    first += usize::from(token.source != "US" && cues.first_person.contains(token.text));
                }
            }
        }
    }
    // Without a title it can be a log that holds somebody's words.
    let long = !untitled || size >= LONG;
    let often = first >= 3 && first * 100 >= size && long && body.iter().all(|(p, _)| p.language != Language::Zh);
    let signed = signed && first >= 3;
    greets && first * 400 >= size.min(2000) || often || signed
}

/// Whether a text begins with somebody who does something.
pub(super) fn begins_with_a_deed<'r>(body: impl Iterator<Item = &'r Vec<Reading>>) -> bool {
    body.take(2).filter_map(|r| r.first()).any(|r| r.deed && r.subject.is_some())
}

/// Whether nothing but a date, an office and a name stand before `at`.
fn begins_there(text: &str, at: usize) -> bool {
    text[..at].chars().all(|c| !c.is_alphabetic()) || text[..at].trim_end().ends_with([')', '）', '※']) || text[..at].ends_with([' ', '\u{3000}'])
}

/// Where in the opening of a text a salutation stands.
fn greeting_in(text: &str, salutations: &Phrases) -> Option<usize> {
    let end = text.char_indices().nth(OPENING).map_or(text.len(), |(i, _)| i);
    let bounded = |i: usize| text[..i].chars().next_back().is_none_or(|c| !c.is_alphanumeric() || is_han(c));
    text[..end].char_indices().map(|(i, _)| i).find(|&i| {
        // It is called out: a comma, a colon or an exclamation mark follows.
        let called = |p: &str| {
            text[i + p.len()..]
                .chars()
                .take(CALLED)
                .find(|c| matches!(c, ',' | '，' | ':' | '：' | '!' | '！' | '.' | '。' | ';'))
                .is_some_and(|c| !matches!(c, '.' | '。' | ';'))
        };
        bounded(i) && salutations.prefix_of(&text[i..end]).is_some_and(called)
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
    let words: Vec<Token<'_>> = passage.tokens.iter().copied().filter(|t| t.text != ".").collect();
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
