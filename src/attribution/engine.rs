//! The engine: walks through a document's blocks and sentences and keeps in mind who is speaking.

use std::ops::Range;

use super::cues::Cues;
use super::genre::{Frame, frame};
use super::grammar::{Cue, Read, Readings, Who};
use super::labels::{Introduced, Turn, turns};
use super::memo::Memo;
use super::passage::Passage;
use super::roster::Roster;
use super::segment::{Evidence, Rule, Segment, Speaker, Voice, Why};
use super::speech::State;
use super::stretch::{Stretch, in_document, segments};
use crate::corpus::{BlockKind, Document, Genre, Layout};
use crate::people::People;
use crate::text::Language;

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
    let languages = document.languages();
    let mut attribution = Attribution { genre: Genre::Article, segments: Vec::new() };
    let mut start = 0;
    for day in document.blocks.chunk_by(|a, b| a.date == b.date) {
        let end = start + day.len();
        let part = attribute_part((document, &languages), start..end, people);
        attribution.genre = part.genre;
        attribution.segments.extend(part.segments);
        start = end;
    }
    attribution
}

/// Says who speaks in the blocks of one day. What a sentence says is worked out only where it is asked for.
fn attribute_part((document, languages): (&Document, &[Language]), day: Range<usize>, people: &People) -> Attribution {
    let (layout, cues) = (Layout::builtin(), Cues::builtin());
    let blocks = &document.blocks[day.clone()];
    let date = blocks.first().and_then(|b| b.date).or(document.date());
    let passages: Vec<Passage<'_>> = day.map(|i| Passage::new(document, i, (layout, cues))).collect();
    let roster = Roster::new(&passages, people, cues, date);
    let memo = Memo::default();
    let readings: Vec<Readings<'_>> = passages.iter().map(|p| Readings::new(p, cues, (&roster, &memo))).collect();
    let turns = turns(document, blocks, &readings, cues, &roster);
    let language = languages.first().copied().unwrap_or(Language::Und);
    let given = || given(document, languages, &readings, cues, &roster);
    let frame = frame(document, (language, cues.of(language)), turns.iter().flatten().count(), &readings, &roster, given);
    let mut engine = Engine {
        document,
        cues,
        roster: &roster,
        frame: &frame,
        introduced: Introduced::of(&readings),
        state: State::default(),
        labelled: false,
        segments: Vec::new(),
    };
    for (i, (own, turn)) in readings.iter().zip(turns).enumerate() {
        engine.block(own, turn.map(|turn| (i, turn)));
    }
    Attribution { genre: frame.genre, segments: engine.segments }
}

/// The speaker whom the input gives for the document, and how he speaks: a medium asks, and a row that is labelled as a
/// question is one. Nobody tells in the third person what he says himself: where the text does, it is a report on him, and
/// its narrator is somebody else.
fn given(document: &Document, languages: &[Language], readings: &[Readings<'_>], cues: &Cues, roster: &Roster<'_>) -> Option<(Speaker, Voice)> {
    let name = document.speaker.as_str();
    let label = name.to_lowercase();
    let own = || languages.iter().filter_map(|l| cues.of(*l));
    if name.is_empty() || own().any(|c| c.answer_labels.contains(&label)) {
        return None;
    }
    if own().any(|c| c.question_labels.contains(&label)) {
        return Some((Speaker::none(), Voice::Question));
    }
    let asks = roster.people().medium(name).is_some();
    let voice = if asks { Voice::Question } else { Voice::Spoken };
    if roster.is_absent(name) {
        let speaker = roster.body(name).unwrap_or_else(|| Speaker::named(name));
        if roster.is_absent(&speaker.name) {
            return Some((speaker, voice));
        }
    }
    let speaker = roster.resolve(name).or_else(|| roster.body(name)).unwrap_or_else(|| roster.unregistered(name));
    let is_told = |r: &Read<'_>| matches!(r.cue(), Some(Cue { who: Who::Named(s), .. }) if *s == speaker);
    let reported = readings.iter().flat_map(Readings::all).any(is_told);
    (!reported).then_some((speaker, voice))
}

/// Lines above the labels of a transcript are no longer, in characters.
const LONGEST_LINE: usize = 80;

struct Engine<'e, 'a> {
    document: &'e Document,
    cues: &'e Cues,
    roster: &'e Roster<'a>,
    frame: &'e Frame,
    introduced: Introduced<'e, 'a>,
    state: State,
    /// A label has begun a turn.
    labelled: bool,
    segments: Vec<Segment>,
}

impl<'a> Engine<'_, 'a> {
    fn block(&mut self, readings: &Readings<'a>, turn: Option<(usize, (Turn, Range<usize>))>) {
        let passage = readings.passage;
        let kind = self.document.blocks[passage.block].kind;
        if kind == BlockKind::Title {
            self.state = State::default();
        }
        let ended = self.cues.of(passage.language).is_some_and(|own| own.turn_ends.prefix_of(passage.text).is_some());
        if let Some(stretch) = self.in_one_voice(passage, kind) {
            return self.emit(passage, &[(0, stretch)]);
        }
        if let Some((i, (turn, label))) = turn {
            let stretch = self.labelled(turn, i, label);
            return self.emit(passage, &[(0, stretch)]);
        }
        let posted = std::mem::take(&mut self.state.posted);
        let frame = self.frame;
        if let Some(turn) = self.state.turn.take_if(|turn| !ended && (posted || !is_narrators(turn, readings, frame, self.document))) {
            let labelled = turn.evidence == Some(Evidence::Label) && !posted;
            let stretch = if labelled { turn.going_on(Evidence::Label, Rule::LabelHolds) } else { turn.clone() };
            self.state.turn = Some(turn);
            return self.emit(passage, &[(0, stretch)]);
        }
        self.state.turn = None;
        let before_labels = frame.genre == Genre::Transcript && !self.labelled;
        if before_labels && passage.text.chars().count() < LONGEST_LINE && !passage.text.ends_with(['.', '?', '!', '。', '？', '！', '"', ':']) {
            // Place, room and names above the transcript.
            return self.emit(passage, &[(0, Stretch::nobody(Voice::Title, Rule::Heading))]);
        }
        if !ended && before_labels && frame.author.is_some() {
            return self.emit(passage, &[(0, Stretch::by(frame.author.clone(), Voice::Spoken, frame.author_evidence, Rule::BeforeLabels))]);
        }
        let pieces = if frame.own_words { self.own_words(readings) } else { self.state.reported(self.document, (frame, self.roster), readings) };
        self.emit(passage, &pieces);
    }

    /// The voice of a paragraph by what it is and what document it stands in, whatever it says.
    fn in_one_voice(&self, passage: &Passage<'_>, kind: BlockKind) -> Option<Stretch> {
        let author = |rule| Some(Stretch::by(self.frame.author.clone(), self.frame.author_voice, self.frame.author_evidence, rule));
        match (kind, self.frame.genre) {
            (BlockKind::Boilerplate, _) => Some(Stretch::nobody(Voice::Boilerplate, Rule::Furniture)),
            (BlockKind::Title, _) => Some(Stretch::nobody(Voice::Title, Rule::Heading)),
            _ if self.frame.bylines.contains(&passage.block) => Some(Stretch::nobody(Voice::Title, Rule::AuthorLine)),
            // Beside what the input says of the speaker, the text is read for what it says of others.
            (_, Genre::Address | Genre::Letter) if !self.frame.own_words => author(Rule::Author),
            (_, Genre::Joint | Genre::Statement) => author(if self.frame.author_voice == Voice::Document { Rule::Body } else { Rule::Author }),
            _ => None,
        }
    }

    /// The turn that the label of paragraph number `i` begins.
    fn labelled(&mut self, turn: Turn, i: usize, label: Range<usize>) -> Stretch {
        let why = Why { rule: Rule::Label, cue: Some(label) };
        let stretch = match turn {
            Turn::Question(asker) => Stretch::by(asker, Voice::Question, Evidence::Label, why),
            Turn::Answer(speaker) => Stretch::by(speaker, Voice::Spoken, Evidence::Label, why),
            Turn::Host => {
                let named = self.frame.author.is_some().then_some(&self.frame.author);
                let host = named.or_else(|| self.introduced.before(i)).cloned().unwrap_or_default();
                Stretch::by(host, Voice::Spoken, Evidence::Label, why)
            }
        };
        self.state.run = None;
        self.state.turn = Some(stretch.clone());
        stretch
    }

    /// A paragraph of the speaker whom the input gives: his own words, but for sentences that the text gives to others.
    fn own_words(&self, readings: &Readings<'_>) -> Vec<(usize, Stretch)> {
        let passage = readings.passage;
        let own = Stretch::by(self.frame.author.clone(), self.frame.author_voice, self.frame.author_evidence, Rule::Given);
        let mut pieces: Vec<(usize, Stretch)> = Vec::new();
        for (sentence, reading) in passage.sentences().iter().zip(readings.all()) {
            pieces.push((sentence.start, own.clone()));
            let Some(cue) = reading.cue() else { continue };
            if let Who::Named(speaker) | Who::Body(speaker) = &cue.who
                && *speaker != own.speaker
            {
                let why = Why { rule: Rule::Named, cue: Some(in_document(&self.document.blocks[passage.block], &cue.at)) };
                pieces.push((cue.from.max(sentence.start), Stretch::by(speaker.clone(), Voice::Reported, Evidence::Cue, why)));
            }
        }
        pieces
    }

    fn emit(&mut self, passage: &Passage<'_>, pieces: &[(usize, Stretch)]) {
        let begun = self.segments.len();
        self.segments.extend(segments(self.document, passage, &self.document.blocks[passage.block], pieces));
        self.labelled |= self.segments[begun..].iter().any(|s| s.evidence == Some(Evidence::Label));
    }
}

/// Whether a paragraph after a turn is the reporter's again: only in a document that has a reporter, and only if it begins
/// with somebody doing something, or with somebody else's words.
fn is_narrators(turn: &Stretch, readings: &Readings<'_>, frame: &Frame, document: &Document) -> bool {
    let reported = frame.genre == Genre::Digest || document.title.is_empty();
    let other = |r: &Read<'_>| matches!(r.cue(), Some(Cue { who: Who::Named(s), strong: true, .. }) if *s != turn.speaker) && r.subject().is_some();
    reported && readings.first().is_some_and(|r| r.deed() || other(r))
}
