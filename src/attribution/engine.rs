//! The engine: walks through a document's blocks and sentences and keeps in mind who is speaking.

use std::ops::Range;

use super::cues::Cues;
use super::genre::{Frame, Genre, frame};
use super::grammar::{Cue, Grammar, Reading, Sentence, Who};
use super::labels::{Turn, turns};
use super::passage::{Passage, Quote};
use super::roster::Roster;
use super::segment::{Evidence, Segment, Speaker, Voice};
use super::{chinese, english};
use crate::corpus::{Block, BlockKind, Document, Layout};
use crate::people::People;
use crate::text::{Language, is_han};

/// A document attributed.
#[derive(Debug)]
pub struct Attribution {
    /// What kind of document it is.
    pub genre: Genre,
    /// Its stretches in order, without overlaps; together all of its text.
    pub segments: Vec<Segment>,
}

/// Says who speaks in each stretch of `document`. A log of several days is read day by day: a surname means whom that day's
/// part names.
pub fn attribute(document: &Document, people: &People) -> Attribution {
    let layout = Layout::builtin();
    let passages: Vec<Passage<'_>> = document.blocks.iter().enumerate().map(|(i, b)| Passage::new(document, i, b, layout)).collect();
    let mut attribution = Attribution { genre: Genre::Article, segments: Vec::new() };
    let mut start = 0;
    for day in document.blocks.chunk_by(|a, b| a.date == b.date) {
        let end = start + day.len();
        let part = attribute_part(document, day, &passages[start..end], people);
        attribution.genre = part.genre;
        attribution.segments.extend(part.segments);
        start = end;
    }
    attribution
}

/// Says who speaks in the blocks of one day.
fn attribute_part(document: &Document, blocks: &[Block], passages: &[Passage<'_>], people: &People) -> Attribution {
    let cues = Cues::builtin();
    let date = blocks.first().and_then(|b| b.date).or(document.date());
    let roster = Roster::new(passages, people, cues, date);
    let turns = turns(document, blocks, cues, &roster);
    let body = passages.iter().filter(|p| document.blocks[p.block].kind == BlockKind::Body);
    let lead: Vec<Reading> = body.take(2).flat_map(|p| p.sentences.first().map(|s| read(p, s.clone(), cues, &roster))).collect();
    let mut frame = frame(document, passages, &turns, &lead, cues, &roster);
    let own = given(document, passages, cues, &roster);
    frame.speaks_himself(own);
    let mut engine = Engine { document, cues, roster: &roster, frame: &frame, state: State::default(), segments: Vec::new() };
    for (passage, turn) in passages.iter().zip(turns) {
        engine.block(passage, turn);
    }
    Attribution { genre: frame.genre, segments: engine.segments }
}

/// The speaker whom the input gives for the document, and how he speaks: a medium asks, and a row that is labelled as a
/// question is one. Nobody tells in the third person what he says himself: where the text does, it is a report on him, and
/// its narrator is somebody else.
fn given(document: &Document, passages: &[Passage<'_>], cues: &Cues, roster: &Roster<'_>) -> Option<(Speaker, Voice)> {
    let name = document.speaker.as_str();
    let label = name.to_lowercase();
    let own = || document.languages().into_iter().filter_map(|l| cues.of(l));
    if name.is_empty() || own().any(|c| c.answer_labels.contains(&label)) {
        return None;
    }
    if own().any(|c| c.question_labels.contains(&label)) {
        return Some((Speaker::none(), Voice::Question));
    }
    let speaker = roster.resolve(name).or_else(|| roster.body(name)).unwrap_or_else(|| roster.unregistered(name));
    let is_told = |r: &Reading| matches!(&r.cue, Some(Cue { who: Who::Named(s), .. }) if *s == speaker);
    let mut body = passages.iter().filter(|p| document.blocks[p.block].kind == BlockKind::Body);
    let reported = body.any(|p| p.sentences.iter().any(|s| is_told(&read(p, s.clone(), cues, roster))));
    let asks = roster.people().medium(name).is_some();
    (!reported).then_some((speaker, if asks { Voice::Question } else { Voice::Spoken }))
}

/// Reads a sentence by the grammar of its language; in any other there is nothing to read.
fn read(passage: &Passage<'_>, range: Range<usize>, cues: &Cues, roster: &Roster<'_>) -> Reading {
    let Some(own) = cues.of(passage.language) else { return Reading::default() };
    let grammar = Grammar { cues: own, roster };
    let sentence = Sentence { passage, range };
    match passage.language {
        Language::En => english::read(&grammar, &sentence),
        Language::Zh => chinese::read(&grammar, &sentence),
        Language::Und => Reading::default(),
    }
}

/// How a stretch is spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stretch {
    speaker: Speaker,
    voice: Voice,
    evidence: Option<Evidence>,
}

impl Stretch {
    fn nobody(voice: Voice) -> Self {
        Stretch { speaker: Speaker::none(), voice, evidence: None }
    }

    fn by(speaker: Speaker, voice: Voice, evidence: Evidence) -> Self {
        let evidence = speaker.is_some().then_some(evidence);
        Stretch { speaker, voice, evidence }
    }

    /// The same, going on in a later sentence or paragraph.
    fn going_on(&self, evidence: Evidence) -> Self {
        Stretch { evidence: self.evidence.map(|_| evidence), ..self.clone() }
    }
}

/// What is kept in mind from block to block.
#[derive(Debug, Default)]
struct State {
    /// The turn of a transcript that goes on.
    turn: Option<Stretch>,
    /// The reported speech with which the last paragraph ended.
    run: Option<Stretch>,
    /// The turn is a post that the last paragraph announced; whatever the next one says is part of it.
    posted: bool,
    /// Whom a pronoun would mean.
    last: Option<Speaker>,
    /// Of whom the last paragraph told something; quotations after it are his.
    introduced: Option<Speaker>,
    /// The last paragraph ended with a colon that hands over to the words themselves.
    handed_over: bool,
}

struct Engine<'e, 'a> {
    document: &'e Document,
    cues: &'e Cues,
    roster: &'e Roster<'a>,
    frame: &'e Frame,
    state: State,
    segments: Vec<Segment>,
}

impl Engine<'_, '_> {
    fn block(&mut self, passage: &Passage<'_>, turn: Option<Turn>) {
        let block = &self.document.blocks[passage.block];
        match block.kind {
            BlockKind::Boilerplate => return self.whole(passage, block, Stretch::nobody(Voice::Boilerplate)),
            BlockKind::Title => {
                self.state = State::default();
                return self.whole(passage, block, Stretch::nobody(Voice::Title));
            }
            BlockKind::Body => {}
        }
        if self.frame.bylines.contains(&passage.block) {
            return self.whole(passage, block, Stretch::nobody(Voice::Title));
        }
        match self.frame.genre {
            // Beside what the input says of the speaker, the text is read for what it says of others.
            Genre::Address | Genre::Letter if self.frame.author_evidence == Evidence::Byline => {
                return self.whole(passage, block, Stretch::by(self.frame.author.clone(), Voice::Spoken, Evidence::Byline));
            }
            Genre::Joint | Genre::Statement => {
                return self.whole(passage, block, Stretch::by(self.frame.author.clone(), Voice::Document, Evidence::Byline));
            }
            _ => {}
        }
        if let Some(turn) = turn {
            return self.labelled(passage, block, turn);
        }
        let readings: Vec<Reading> = passage.sentences.iter().map(|s| read(passage, s.clone(), self.cues, self.roster)).collect();
        let posted = std::mem::take(&mut self.state.posted);
        let ended = self.cues.of(passage.language).is_some_and(|own| own.turn_ends.prefix_of(passage.text).is_some());
        if let Some(turn) = self.state.turn.take_if(|turn| !ended && (posted || !is_narrators(turn, readings.first(), self.frame, self.document))) {
            // A label holds until the next.
            self.state.turn = Some(turn.clone());
            return self.whole(passage, block, turn);
        }
        self.state.turn = None;
        if !ended && self.frame.genre == Genre::Transcript && self.frame.author.is_some() && self.segments.iter().all(|s| s.evidence != Some(Evidence::Label)) {
            // What stands before the first label is an announcement of whoever answers.
            return self.whole(passage, block, Stretch::by(self.frame.author.clone(), Voice::Spoken, self.frame.author_evidence));
        }
        if self.frame.is_own_words() {
            return self.own_words(passage, block, &readings);
        }
        self.reported(passage, block, &readings);
    }

    /// A paragraph in one voice; reported words between quotation marks are still told apart.
    fn whole(&mut self, passage: &Passage<'_>, block: &Block, stretch: Stretch) {
        self.emit(passage, block, &[(0, stretch)]);
    }

    fn labelled(&mut self, passage: &Passage<'_>, block: &Block, turn: Turn) {
        let stretch = match turn {
            Turn::Question(asker) => Stretch::by(asker, Voice::Question, Evidence::Label),
            Turn::Answer(speaker) => Stretch::by(speaker, Voice::Spoken, Evidence::Label),
            Turn::Host => {
                // Who answers is said in the title or nowhere.
                let host = self.frame.author.clone();
                Stretch::by(host, Voice::Spoken, Evidence::Label)
            }
        };
        self.state.run = None;
        self.state.turn = Some(stretch.clone());
        self.whole(passage, block, stretch);
    }

    /// A paragraph of the speaker whom the input gives: his own words, but for sentences that the text gives to others.
    fn own_words(&mut self, passage: &Passage<'_>, block: &Block, readings: &[Reading]) {
        let own = Stretch::by(self.frame.author.clone(), self.frame.author_voice, self.frame.author_evidence);
        let mut pieces: Vec<(usize, Stretch)> = Vec::new();
        for (sentence, reading) in passage.sentences.iter().zip(readings) {
            let other = reading.cue.as_ref().and_then(|cue| match &cue.who {
                Who::Named(speaker) | Who::Body(speaker) if *speaker != own.speaker => Some((cue.from, speaker.clone())),
                _ => None,
            });
            pieces.push((sentence.start, own.clone()));
            if let Some((from, speaker)) = other {
                pieces.push((from.max(sentence.start), Stretch::by(speaker, Voice::Reported, Evidence::Cue)));
            }
        }
        self.emit(passage, block, &pieces);
    }

    fn reported(&mut self, passage: &Passage<'_>, block: &Block, readings: &[Reading]) {
        let before = self.state.run.take();
        let introduced = self.state.introduced.take();
        if let Some(stretch) = self.quoted_paragraph(passage, before.as_ref(), introduced) {
            self.state.run = Some(stretch.clone());
            return self.whole(passage, block, stretch);
        }
        let mut pieces: Vec<(usize, Stretch)> = Vec::new();
        let mut run: Option<Stretch> = None;
        for (i, (sentence, reading)) in passage.sentences.iter().zip(readings).enumerate() {
            let current = if i == 0 { None } else { run.take() };
            let stretch = match self.begins(reading, current.as_ref(), i == 0) {
                Some((from, stretch)) => {
                    // What stands before the cue is the reporter's, unless the same person was speaking already.
                    let same = current.as_ref().is_some_and(|c| c.speaker == stretch.speaker && c.speaker.is_some());
                    if from > sentence.start && !same {
                        pieces.push((sentence.start, Stretch::nobody(Voice::Narration)));
                    }
                    pieces.push((if same { sentence.start } else { from }, stretch.clone()));
                    stretch
                }
                None => {
                    let stretch = self.without_cue(reading, current.as_ref(), before.as_ref().filter(|_| i == 0));
                    pieces.push((sentence.start, stretch.clone()));
                    stretch
                }
            };
            self.remember(&stretch, reading);
            run = (stretch.voice != Voice::Narration).then_some(stretch);
        }
        self.hand_over(passage, readings, run);
        self.emit(passage, block, &pieces);
    }

    /// A sentence in which nobody begins to speak: the run goes on, or it is the reporter's. `before` is the run of the
    /// paragraph before, for a first sentence.
    fn without_cue(&self, reading: &Reading, current: Option<&Stretch>, before: Option<&Stretch>) -> Stretch {
        if reading.closes {
            return Stretch::nobody(Voice::Narration);
        }
        if let Some(run) = current.filter(|run| !self.turns_away(reading, run)) {
            return run.going_on(Evidence::Carried);
        }
        let continued = before.filter(|_| current.is_none() && self.goes_on(reading));
        continued.map_or_else(|| Stretch::nobody(Voice::Narration), |r| r.going_on(Evidence::Continued))
    }

    /// Whether a sentence in the middle of somebody's speech is about somebody else, whom he does not merely cite.
    fn turns_away(&self, reading: &Reading, run: &Stretch) -> bool {
        let Some(subject) = reading.subject.as_ref().filter(|s| **s != run.speaker) else { return false };
        let acts = reading.deed || reading.cue.as_ref().is_some_and(|c| matches!(&c.who, Who::Named(_) | Who::Body(_)));
        (reading.deed && self.frame.genre == Genre::Article) || (acts && reading.of_person && !self.is_cited(subject, run))
    }

    /// Whether a speaker of the same side who is not at the meeting is only cited: 李克强表示，…。习近平主席指出，….
    fn is_cited(&self, other: &Speaker, run: &Stretch) -> bool {
        let same_side = !other.side.is_empty() && other.side == run.speaker.side;
        self.frame.genre == Genre::Readout && same_side && !self.frame.present.contains(&other.name)
    }

    /// Keeps in mind whom a pronoun would mean, and of whom something is told.
    fn remember(&mut self, stretch: &Stretch, reading: &Reading) {
        if stretch.speaker.is_some() {
            self.state.last = Some(stretch.speaker.clone());
        } else if stretch.voice == Voice::Reported {
            // Somebody without a name speaks: a pronoun would mean him.
            self.state.last = None;
        } else if let Some(subject) = &reading.subject {
            self.state.last = Some(subject.clone());
            if reading.of_person && reading.deed {
                self.state.introduced = Some(subject.clone());
            }
        }
    }

    /// What the end of a paragraph means for the next one.
    fn hand_over(&mut self, passage: &Passage<'_>, readings: &[Reading], run: Option<Stretch>) {
        let colon = passage.text.ends_with([':', '：']);
        self.state.handed_over = colon;
        self.state.run = run;
        if colon && readings.iter().any(|r| r.post) {
            // "Ambassador Xie posted several graphics, stating:" – what follows is his own.
            let author = readings.iter().rev().find(|r| r.post).and_then(|r| r.subject.clone()).or_else(|| self.state.last.clone());
            self.state.turn = author.map(|s| Stretch::by(s, Voice::Spoken, Evidence::Cue));
            self.state.posted = self.state.turn.is_some();
        }
    }

    /// A paragraph that is one quotation goes on with whoever was quoted, or told of, in the one before it.
    fn quoted_paragraph(&self, passage: &Passage<'_>, before: Option<&Stretch>, introduced: Option<Speaker>) -> Option<Stretch> {
        if !passage.is_one_quotation() {
            return None;
        }
        let before = before.filter(|b| b.speaker.is_some());
        before.map(|b| b.going_on(Evidence::Continued)).or_else(|| introduced.map(|s| Stretch::by(s, Voice::Reported, Evidence::Continued)))
    }

    /// Who begins to speak in a sentence, and where; `None` if nobody does.
    fn begins(&self, reading: &Reading, current: Option<&Stretch>, first: bool) -> Option<(usize, Stretch)> {
        let cue = reading.cue.as_ref()?;
        let by = |speaker: &Speaker, evidence| Some((cue.from, Stretch::by(speaker.clone(), Voice::Reported, evidence)));
        let unknown = || Some((cue.from, Stretch::nobody(Voice::Reported)));
        let named = |speaker: &Speaker, evidence| if first || self.interrupts(speaker, cue.strong, current) { by(speaker, evidence) } else { None };
        match &cue.who {
            Who::Named(speaker) => named(speaker, Evidence::Cue),
            Who::Office(speaker) => named(speaker, Evidence::Pronoun),
            Who::Body(speaker) => {
                let heard = current.is_none_or(|c| cue.strong || c.speaker == *speaker);
                if heard { by(speaker, Evidence::Cue) } else { None }
            }
            Who::Joint => Some((cue.from, Stretch::nobody(Voice::Joint))),
            Who::Pronoun => {
                let meant = current.map_or(self.state.last.as_ref(), |c| Some(&c.speaker)).filter(|s| s.is_some());
                meant.map_or_else(unknown, |speaker| by(speaker, Evidence::Pronoun))
            }
            Who::Elided => {
                let meant = current.map(|c| &c.speaker).or(if first { None } else { self.state.last.as_ref() });
                meant.filter(|s| s.is_some()).and_then(|speaker| by(speaker, Evidence::Carried))
            }
            Who::Unknown => {
                if current.is_some() && !cue.strong {
                    None
                } else {
                    unknown()
                }
            }
        }
    }

    /// Whether a speaker named in the middle of somebody's speech takes over.
    fn interrupts(&self, speaker: &Speaker, strong: bool, current: Option<&Stretch>) -> bool {
        current.is_none_or(|current| current.speaker == *speaker || (strong && !self.is_cited(speaker, current)))
    }

    /// Whether a paragraph without a cue goes on with the speech of the one before it.
    fn goes_on(&self, first: &Reading) -> bool {
        if self.state.handed_over {
            return !first.deed;
        }
        first.enumerated || (self.frame.genre == Genre::Readout && first.speechlike && !first.deed)
    }

    /// Turns stretches, given by where each begins in the folded text, into segments. Quoted clauses of reported speech
    /// become segments of their own.
    fn emit(&mut self, passage: &Passage<'_>, block: &Block, pieces: &[(usize, Stretch)]) {
        let mut cuts: Vec<(usize, Stretch)> = Vec::new();
        for (i, (from, stretch)) in pieces.iter().enumerate() {
            let to = pieces.get(i + 1).map_or(passage.text.len(), |(next, _)| *next);
            cuts.push((*from, stretch.clone()));
            if stretch.voice != Voice::Reported {
                continue;
            }
            for quote in passage.quotes.iter().filter(|q| *from <= q.range.start && q.range.end <= to && is_clause(passage, q)) {
                cuts.push((quote.range.start, Stretch { voice: Voice::Quoted, ..stretch.clone() }));
                if quote.range.end < to {
                    cuts.push((quote.range.end, stretch.clone()));
                }
            }
        }
        cuts.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1 = later.1.clone();
            }
            same || later.1 == earlier.1
        });
        let source = self.document.block_text(block);
        for (i, (from, stretch)) in cuts.iter().enumerate() {
            let start = if i == 0 { 0 } else { block.folded.source(*from..*from + 1).start };
            let end = cuts.get(i + 1).map_or(source.len(), |(next, _)| block.folded.source(*next..next + 1).start);
            let trimmed = start + source[start..end].trim_end().len();
            if start < trimmed {
                self.segments.push(Segment {
                    block: passage.block,
                    range: block.range.start + start..block.range.start + trimmed,
                    speaker: stretch.speaker.clone(),
                    voice: stretch.voice,
                    evidence: stretch.evidence,
                    language: block.language,
                    date: block.date.or(self.document.date()),
                });
            }
        }
    }
}

/// Whether a paragraph after a turn is the reporter's again: only in a document that has a reporter, and only if it begins
/// with somebody doing something, or with somebody else's words.
fn is_narrators(turn: &Stretch, first: Option<&Reading>, frame: &Frame, document: &Document) -> bool {
    let reported = frame.genre == Genre::Digest || document.title.is_empty();
    let other = |r: &Reading| matches!(&r.cue, Some(Cue { who: Who::Named(s), strong: true, .. }) if *s != turn.speaker) && r.subject.is_some();
    reported && first.is_some_and(|r| r.deed || other(r))
}

/// Whether a quotation holds at least a clause, and not just a name or a term.
fn is_clause(passage: &Passage<'_>, quote: &Quote) -> bool {
    let inner = &passage.text[quote.range.clone()];
    let inner = inner.trim_matches(['"', '“', '”', '「', '」', '『', '』']);
    match passage.language {
        Language::Zh => {
            let size = inner.chars().filter(|c| is_han(*c)).count();
            // In folded text full-width signs are plain ones.
            size >= 10 && inner.contains([',', '。', ';', '!', '?'])
        }
        _ => {
            let words = inner.split_whitespace().count();
            words >= 8 || (words >= 4 && (inner.ends_with([',', '.', '?', '!']) || inner.contains(". ")))
        }
    }
}
