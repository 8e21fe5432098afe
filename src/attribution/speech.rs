//! Reported speech: who begins to speak in a sentence, how far it goes on, and what ends it.

use std::ops::Range;

use super::genre::Frame;
use super::grammar::{Cue, Read, Readings, Who};
use super::names::begins_with_an_account;
use super::passage::Passage;
use super::roster::Roster;
use super::segment::{Evidence, Rule, Speaker, Voice, Why};
use super::stretch::{Stretch, in_document};
use crate::corpus::{Block, Document, Genre};
use crate::text::Language;

/// What follows a colon is a post if it is longer, in bytes.
const SHORTEST_POST: usize = 20;

/// A paragraph of a body's own text is longer, in bytes.
const SHORTEST_TEXT: usize = 160;

/// What is kept in mind from block to block.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The turn of a transcript that goes on.
    pub turn: Option<Stretch>,
    /// The reported speech with which the last paragraph ended.
    pub run: Option<Stretch>,
    /// The turn is a post that the last paragraph announced; whatever the next one says is part of it.
    pub posted: bool,
    /// The last paragraph only told that somebody published something; whose words these are if they follow.
    announced: Option<Stretch>,
    /// Whom a pronoun would mean.
    last: Option<Speaker>,
    /// Several spoke last.
    several: bool,
    /// The body that spoke last.
    body: Option<Speaker>,
    /// Of whom the last paragraph told something, and where; quotations after it are his.
    introduced: Option<Speaker>,
    /// Who enumerates, where the last enumeration stood.
    enumeration: Option<Stretch>,
    /// The last paragraph ended with a colon that hands over to the words themselves.
    handed_over: bool,
}

/// A paragraph as it is read.
struct Paragraph<'p, 'a> {
    document: &'p Document,
    frame: &'p Frame,
    block: &'p Block,
    passage: &'p Passage<'a>,
    roster: &'p Roster<'a>,
}

impl Paragraph<'_, '_> {
    /// Whether a sentence names the one who speaks: nobody does so himself.
    fn names(&self, sentence: &Range<usize>, speaker: &Speaker) -> bool {
        speaker.is_some() && self.roster.names(self.passage.block, sentence, self.passage.text, speaker)
    }

    fn why(&self, rule: Rule, cue: &Cue) -> Why {
        Why { rule, cue: Some(in_document(self.block, &cue.at)) }
    }

    fn is_article(&self) -> bool {
        self.frame.genre == Genre::Article
    }
}

impl State {
    /// The stretches of a paragraph of reported speech or narration, by where each begins in its folded text.
    pub fn reported<'a>(&mut self, document: &Document, (frame, roster): (&Frame, &Roster<'a>), readings: &Readings<'a>) -> Vec<(usize, Stretch)> {
        let passage = readings.passage;
        let paragraph = Paragraph { document, frame, block: &document.blocks[passage.block], passage, roster };
        if let Some(own) = self.announced.take().filter(|own| is_published(own, passage, readings.all())) {
            self.turn = Some(own.clone());
            return vec![(0, own)];
        }
        let before = self.run.take();
        let introduced = self.introduced.take();
        if let Some(stretch) = quoted_paragraph(passage, before.as_ref(), introduced) {
            self.run = Some(stretch.clone());
            return vec![(0, stretch)];
        }
        let mut pieces: Vec<(usize, Stretch)> = Vec::new();
        let mut run: Option<Stretch> = None;
        for (i, (sentence, reading)) in passage.sentences().iter().zip(readings.all()).enumerate() {
            let current = if i == 0 { None } else { run.take() };
            let stretch = match self.begins(&paragraph, reading, current.as_ref(), i == 0) {
                Some((from, stretch)) => {
                    // What stands before the cue is the reporter's, unless the same person was speaking already.
                    let same = current.as_ref().is_some_and(|c| c.speaker == stretch.speaker && c.speaker.is_some());
                    if from > sentence.start && !same {
                        pieces.push((sentence.start, Stretch::nobody(Voice::Narration, Rule::BeforeCue)));
                    }
                    pieces.push((if same { sentence.start } else { from }, stretch.clone()));
                    stretch
                }
                None => {
                    let stretch = self.without_cue(&paragraph, (sentence, reading), current.as_ref(), before.as_ref().filter(|_| i == 0));
                    pieces.push((sentence.start, stretch.clone()));
                    stretch
                }
            };
            let stretch = published_here(&paragraph, sentence, reading).map_or(stretch, |(from, own)| {
                pieces.push((from, own.clone()));
                own
            });
            self.remember(&stretch, reading);
            run = (stretch.voice != Voice::Narration).then_some(stretch);
        }
        self.hand_over(&paragraph, readings.all(), run);
        pieces
    }

    /// A sentence in which nobody begins to speak: the run goes on, or it is the reporter's. `before` is the run of the
    /// paragraph before, for a first sentence.
    fn without_cue(
        &self,
        paragraph: &Paragraph<'_, '_>,
        (sentence, reading): (&Range<usize>, &Read<'_>),
        current: Option<&Stretch>,
        before: Option<&Stretch>,
    ) -> Stretch {
        if reading.closes() {
            return Stretch::nobody(Voice::Narration, Rule::Closing);
        }
        if let Some(run) = self.enumeration.as_ref().filter(|_| current.is_none() && reading.enumerated()) {
            return before.unwrap_or(run).going_on(Evidence::Continued, Rule::Enumerated);
        }
        let other =
            || reading.cue().is_none_or(|cue| !cue.strong) && (reading.other() || (reading.side() && paragraph.is_article() && !reading.first_person()));
        if (current.is_some() || before.is_some()) && !reading.enumerated() && other() {
            return if paragraph.is_article() { Stretch::nobody(Voice::Narration, Rule::TurnsAway) } else { Stretch::nobody(Voice::Reported, Rule::Unnamed) };
        }
        if current.or(before).is_some_and(|run| paragraph.names(sentence, &run.speaker) && !reading.first_person()) {
            return Stretch::nobody(Voice::Narration, Rule::NamesSpeaker);
        }
        if let Some(run) = current {
            if !reading.first_person() && turns_away(paragraph.frame, reading, run) {
                return Stretch::nobody(Voice::Narration, Rule::TurnsAway);
            }
            let person = run.speaker.is_some() && run.why.rule != Rule::NamedBody;
            let several = run.voice == Voice::Joint && paragraph.passage.language == Language::Zh;
            if !paragraph.is_article() || ((person || several) && (reading.carries() || reading.enumerated())) {
                return run.going_on(Evidence::Carried, Rule::Carried);
            }
            return Stretch::nobody(Voice::Narration, Rule::NoCue);
        }
        let goes_on = before.and_then(|run| Some((run, self.goes_on(paragraph.frame, reading)?)));
        goes_on.map_or_else(|| Stretch::nobody(Voice::Narration, Rule::NoCue), |(run, rule)| run.going_on(Evidence::Continued, rule))
    }

    /// Keeps in mind whom a pronoun would mean, and of whom something is told.
    fn remember(&mut self, stretch: &Stretch, reading: &Read<'_>) {
        if stretch.speaker.is_some() && reading.enumerated() {
            self.enumeration = Some(stretch.clone());
        } else if self.enumeration.as_ref().is_some_and(|e| stretch.speaker.is_some() && e.speaker != stretch.speaker) {
            self.enumeration = None;
        }
        if let Some(Cue { who: Who::Body(body), .. }) = reading.cue() {
            self.body = Some(body.clone());
        }
        if stretch.voice != Voice::Narration {
            self.several = stretch.voice == Voice::Joint;
        }
        if stretch.speaker.is_some() {
            self.last = Some(stretch.speaker.clone());
        } else if stretch.voice == Voice::Reported {
            // Somebody without a name speaks: a pronoun would mean him.
            self.last = None;
        } else if let Some(subject) = reading.subject() {
            self.last = Some(subject.clone());
            if reading.of_person() && reading.deed() {
                self.introduced = Some(subject.clone());
            }
        }
    }

    /// What the end of a paragraph means for the next one.
    fn hand_over(&mut self, paragraph: &Paragraph<'_, '_>, readings: &[Read<'_>], run: Option<Stretch>) {
        let colon = paragraph.passage.text.ends_with([':', '：']);
        self.handed_over = colon;
        self.run = run;
        let log = paragraph.frame.genre == Genre::Digest || paragraph.document.title.is_empty();
        if !(colon || log && readings.len() == 1) {
            return;
        }
        let Some(last) = readings.iter().rev().find(|r| r.post() || r.issue()) else { return };
        let why = Why { rule: Rule::Published, cue: Some(paragraph.block.range.clone()) };
        // "Ambassador Xie posted several graphics, stating:" – what follows is his own. So is a body's statement.
        let account = begins_with_an_account(paragraph.passage.text);
        let author = last.subject().cloned().or_else(|| self.last.clone().filter(|_| last.post() && !account));
        let voice = if last.post() || last.of_person() { Voice::Spoken } else { Voice::Document };
        let author = author.or_else(|| account.then(Speaker::none));
        let own = author.map(|s| Stretch::by(s, voice, Evidence::Cue, why));
        if colon {
            self.posted = own.is_some();
            self.turn = own;
        } else {
            self.announced = own;
        }
    }

    /// Who begins to speak in a sentence, and where; `None` if nobody does.
    fn begins(&self, paragraph: &Paragraph<'_, '_>, reading: &Read<'_>, current: Option<&Stretch>, first: bool) -> Option<(usize, Stretch)> {
        let cue = reading.cue()?;
        let by = |speaker: &Speaker, evidence, rule| Some((cue.from, Stretch::by(speaker.clone(), Voice::Reported, evidence, paragraph.why(rule, cue))));
        let nobody = || (cue.from, Stretch::nobody(Voice::Reported, paragraph.why(Rule::Unnamed, cue)));
        let unnamed = || (current.is_none() || cue.strong).then(nobody);
        let several = || Some((cue.from, Stretch::nobody(Voice::Joint, paragraph.why(Rule::Several, cue))));
        let heard = |speaker: &Speaker| first || interrupts(paragraph.frame, speaker, cue.strong, current);
        // In the middle of somebody's speech what states and crowds say is what he says they do.
        let told = current.is_none() && paragraph.is_article();
        let state_told = current.is_none() && paragraph.frame.genre != Genre::Readout;
        match &cue.who {
            Who::Named(speaker) if heard(speaker) => by(speaker, Evidence::Cue, Rule::Named),
            Who::Described(meant) => match self.meant(meant, current) {
                Some(speaker) if heard(&speaker) => by(&speaker, Evidence::Pronoun, Rule::Described),
                Some(_) => None,
                None => unnamed(),
            },
            Who::Body(speaker) if current.is_none_or(|c| cue.strong || c.speaker == *speaker) => by(speaker, Evidence::Cue, Rule::NamedBody),
            Who::State(state) if state_told => by(state, Evidence::Cue, Rule::NamedBody),
            Who::Named(_) | Who::Body(_) | Who::State(_) => None,
            Who::Joint => several(),
            Who::Several if told => several(),
            Who::Several => None,
            Who::Pronoun => {
                let meant = current.map_or(self.last.as_ref(), |c| Some(&c.speaker)).filter(|s| s.is_some());
                meant.map_or_else(|| Some(nobody()), |speaker| by(speaker, Evidence::Pronoun, Rule::Pronoun))
            }
            Who::They if self.several && current.is_none_or(|c| c.voice == Voice::Joint) => several(),
            Who::They => unnamed(),
            Who::It => {
                let unexplained = || self.last.as_ref().filter(|last| last.role.is_empty() && last.side.is_empty());
                let body = self.body.as_ref().or_else(unexplained).filter(|_| current.is_none() || paragraph.is_article());
                body.and_then(|body| by(body, Evidence::Pronoun, Rule::Pronoun))
            }
            Who::Elided => {
                let meant = current.map(|c| &c.speaker).or(if first { None } else { self.last.as_ref() });
                meant.filter(|s| s.is_some()).and_then(|speaker| by(speaker, Evidence::Carried, Rule::SharedSubject))
            }
            Who::Unknown => unnamed(),
        }
    }

    /// Whom of several a description means: the one it fits, or of them the one who spoke last.
    fn meant(&self, those: &[Speaker], current: Option<&Stretch>) -> Option<Speaker> {
        let heard = [current.map(|c| &c.speaker), self.last.as_ref()].into_iter().flatten().find(|s| those.contains(s));
        heard.or(those.first().filter(|_| those.len() == 1)).cloned()
    }

    /// Whether a paragraph without a cue goes on with the speech of the one before it, and by what rule.
    fn goes_on(&self, frame: &Frame, first: &Read<'_>) -> Option<Rule> {
        if self.handed_over {
            return (!first.deed()).then_some(Rule::HandedOver);
        }
        if first.enumerated() {
            return Some(Rule::Enumerated);
        }
        let goes_on = match frame.genre {
            Genre::Readout => first.speechlike() && (!first.deed() || first.first_person()),
            Genre::Article => first.first_person(),
            _ => false,
        };
        goes_on.then_some(Rule::Continued)
    }
}

/// Whether a paragraph holds the words that the one before it announced without a colon: somebody speaks in it himself, or a
/// body at length, and nobody else is told of.
fn is_published(own: &Stretch, passage: &Passage<'_>, readings: &[Read<'_>]) -> bool {
    let told = readings.first().is_none_or(|r| r.deed() || r.post() || r.cue().is_some());
    let himself = readings.iter().any(|r| r.first_person());
    !told && (himself || (own.voice == Voice::Document && passage.text.len() > SHORTEST_TEXT))
}

/// "@AnnLee posted: All of it counts": what follows the colon in the sentence that tells of a post, and whose it is.
fn published_here(paragraph: &Paragraph<'_, '_>, sentence: &Range<usize>, reading: &Read<'_>) -> Option<(usize, Stretch)> {
    let text = &paragraph.passage.text[sentence.clone()];
    let colon = text.find(": ").filter(|&colon| reading.post() && reading.cue().is_none() && text[colon..].len() > SHORTEST_POST)?;
    let why = Why { rule: Rule::Published, cue: Some(in_document(paragraph.block, &(sentence.start..sentence.start + colon))) };
    let author = reading.subject().cloned().unwrap_or_default();
    Some((sentence.start + colon + 2, Stretch::by(author, Voice::Spoken, Evidence::Cue, why)))
}

/// A paragraph that is one quotation goes on with whoever was quoted, or told of, in the one before it.
fn quoted_paragraph(passage: &Passage<'_>, before: Option<&Stretch>, introduced: Option<Speaker>) -> Option<Stretch> {
    if !passage.is_one_quotation() {
        return None;
    }
    let before = before.filter(|b| b.speaker.is_some());
    let told = || introduced.map(|s| Stretch::by(s, Voice::Reported, Evidence::Continued, Rule::Quotation));
    before.map(|b| b.going_on(Evidence::Continued, Rule::Quotation)).or_else(told)
}

/// Whether a sentence in the middle of somebody's speech is about somebody else, whom he does not merely cite.
fn turns_away(frame: &Frame, reading: &Read<'_>, run: &Stretch) -> bool {
    let Some(subject) = reading.subject().filter(|s| **s != run.speaker) else { return false };
    let acts = reading.deed() || reading.cue().is_some_and(|c| c.strong && matches!(&c.who, Who::Named(_) | Who::Body(_)));
    (reading.deed() && frame.genre == Genre::Article) || (acts && reading.of_person() && !is_cited(frame, subject, run))
}

/// Whether a speaker of the same side who is not at the meeting is only cited: 李克强表示，…。习近平主席指出，….
fn is_cited(frame: &Frame, other: &Speaker, run: &Stretch) -> bool {
    let same_side = !other.side.is_empty() && other.side == run.speaker.side;
    frame.genre == Genre::Readout && same_side && !frame.present.contains(&other.name)
}

/// Whether a speaker named in the middle of somebody's speech takes over.
fn interrupts(frame: &Frame, speaker: &Speaker, strong: bool, current: Option<&Stretch>) -> bool {
    current.is_none_or(|current| current.speaker == *speaker || (strong && !is_cited(frame, speaker, current)))
}
