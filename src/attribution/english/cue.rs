//! Where in an English sentence somebody begins to speak: cues before, inside and after the words.

use std::ops::Range;

use super::super::classes::Classes;
use super::super::grammar::{Cue, Who};
use super::super::tokens::Token;
use super::Reader;
use super::subject::Subject;

/// No more words stand behind a verb of speech that ends a sentence.
const FARTHEST: usize = 40;

impl Reader<'_> {
    /// The cue of the sentence, if it has one.
    pub(super) fn find_cue(&self) -> Option<Cue> {
        // Most sentences hold no verb of speech.
        if !self.all.has(Classes::VERB | Classes::JOINT_VERB | Classes::PARTICIPLE | Classes::RELAY | Classes::BEGINS_WORDING) {
            return None;
        }
        let first = self.trailing().or_else(|| self.according()).or_else(|| self.relayed());
        first.or_else(|| self.leading()).or_else(|| self.later_verb())
    }

    /// `"…," Lee said.` and `…, said Lee, the mayor.`: the whole sentence is his.
    fn trailing(&self) -> Option<Cue> {
        let farthest = FARTHEST + self.grammar.cues.lexis.longest;
        let (mut unknown, mut words) = (None, 0);
        for i in (2..self.tokens.len()).rev() {
            // No further than it matters: a text without full stops is one sentence.
            if words > farthest {
                break;
            }
            words += usize::from(self.tokens[i].word);
            let tells = |length: &usize| !self.quoted(i) && (!self.names_topic(i + length) || self.follows_quotation(i));
            let Some(length) = self.verb_at(i, Classes::VERB).filter(tells) else { continue };
            match self.trailing_subject(i, length) {
                // "Tane said, Orland hopes": better somebody named.
                Some((who @ (Who::Unknown | Who::State(_) | Who::Several), at)) => unknown = unknown.or_else(|| Some(self.whole(who, at))),
                Some((who, at)) => return Some(self.whole(who, at)),
                None => {}
            }
        }
        unknown
    }

    /// A cue in tokens `at` to which all of the sentence belongs.
    fn whole(&self, who: Who, at: Range<usize>) -> Cue {
        Cue { from: self.sentence.range.start, at: self.span(at), who, strong: true, after: true }
    }

    /// Whose words stand before the verb of speech at `i`, if they do, and the tokens that say so.
    fn trailing_subject(&self, i: usize, length: usize) -> Option<(Who, Range<usize>)> {
        let after = &self.tokens[i + length..];
        let words = after.iter().filter(|t| t.word).take(FARTHEST + 1).count();
        let first = after.first().map_or("", |t| t.text);
        if words > FARTHEST || first == "that" || first == ":" {
            return None;
        }
        let told = |who: &Who| !matches!(who, Who::State(_) | Who::Several) || self.reports(i);
        let enough = |start: usize| self.tokens[..start].iter().filter(|t| t.word).nth(3).is_some();
        // Subject and verb after the words.
        if let Some((begin, who)) = self.subject_before(i).filter(|(_, who)| told(who))
            && let Some(start) = self.after_comma(begin)
            && (enough(start) || (first == "," && start == begin && start > 1))
            && !self.opens_like_an_aside(start)
        {
            let addresses = self.tokens[i].is(Classes::ADDRESSING);
            let quoted = self.ends_quotation(start);
            let aside = first == "," || after.first().is_some_and(|t| t.is(Classes::SUBORDINATOR | Classes::TIME | Classes::CONJUNCTION));
            if words == 0 || quoted || (words <= 24 && (aside || addresses)) {
                return Some((who, begin..i + length));
            }
        }
        // Verb and subject after the words.
        let (who, next) = self.subject_from(i + length);
        let follows = self.tokens.get(next);
        // "…, said Tane would": he is spoken of.
        let ends = follows.is_none_or(|t| !t.word || t.capital || t.is(Classes::TIME | Classes::SUBORDINATOR | Classes::CONNECTOR));
        let ends = ends && self.verb_at(i, Classes::INVERTED).is_some();
        let comma = ends && after.first().is_some_and(|t| t.text != "by") && self.tokens.get(i - 1).is_some_and(ends_words);
        let within = || self.tokens[i - 1].text == "," && follows.is_some_and(|t| t.text == ",");
        if comma && (within() || (enough(i - 1) && (self.ends_quotation(i) || (self.tokens[i - 1].text == "," && words <= 24)))) {
            return Some((who?, i..next));
        }
        None
    }

    /// Where a subject that begins at `start` or a few words before follows a comma or a quotation.
    fn after_comma(&self, start: usize) -> Option<usize> {
        (start.saturating_sub(4)..=start).rev().take_while(|&s| s == start || self.tokens[s].word).find(|&s| s > 0 && ends_words(&self.tokens[s - 1]))
    }

    /// Whether a quotation ends right before token `at`.
    fn ends_quotation(&self, at: usize) -> bool {
        let before = &self.tokens[at - 1];
        let quotes = self.sentence.passage.quotes();
        let next = quotes.partition_point(|q| q.range.end < before.start);
        quotes.get(next).is_some_and(|q| q.range.end <= self.tokens[at].start + 1)
    }

    /// "In this regard, Qin Gang mentioned …" opens with an aside and not with his words.
    fn opens_like_an_aside(&self, end: usize) -> bool {
        let before = &self.tokens[..end];
        let commas = || before.iter().filter(|t| t.text == ",").count();
        self.tokens[0].is(Classes::ASIDE) && before.iter().filter(|t| t.word).nth(11).is_none() && commas() == 1
    }

    /// "According to Wang Yi, …" and "…, according to Wang Yi."
    fn according(&self) -> Option<Cue> {
        if !self.all.has(Classes::ACCORDING | Classes::BEGINS_WORDING) {
            return None;
        }
        let (i, next) = (0..self.tokens.len()).find_map(|i| Some((i, i + self.verb_at(i, Classes::ACCORDING).filter(|_| !self.quoted(i))?)))?;
        let (who, end) = self.subject_from(next);
        let paper = || self.tokens[next..].iter().take(6).take_while(|t| t.word).any(|t| t.is(Classes::PAPER)).then_some(Who::Unknown);
        let who = who.filter(|w| matches!(w, Who::Named(_) | Who::Body(_) | Who::Described(_) | Who::Unknown)).or_else(paper)?;
        (i == 0 || ends_words(&self.tokens[i - 1])).then(|| self.whole(who, i..end.max(next)))
    }

    /// "CCTV quoted Xi as saying …": the words are Xi's.
    fn relayed(&self) -> Option<Cue> {
        if !self.all.has(Classes::RELAY) {
            return None;
        }
        let i = (1..self.tokens.len()).find(|&i| self.tokens[i].is(Classes::RELAY) && !self.quoted(i))?;
        let (who, next) = self.subject_from(i + 1);
        let as_saying = self.tokens.get(next)?.text == "as" && self.tokens.get(next + 1).is_some_and(|t| t.is(Classes::PARTICIPLE));
        let who = who.filter(|_| as_saying)?;
        Some(Cue { from: self.start(i + 1), at: self.span(i..next + 2), who, strong: true, after: false })
    }

    /// "He responded to questions on …", "she commented on …": what was talked about and not what was said, unless words follow.
    fn names_topic(&self, next: usize) -> bool {
        let topic = self.tokens[next - 1].is(Classes::TOPIC) || self.wording_ending(next, Classes::TOPIC).is_some();
        topic && self.last_words().is_none_or(|last| last < next)
    }

    /// Whether a quotation that goes on in the sentence ends right before the subject of the verb at `i`: `"…," Tane replied.`
    fn follows_quotation(&self, i: usize) -> bool {
        let goes_on = |begin: usize| self.tokens[..begin].iter().rev().take(2).any(|t| matches!(t.text, "," | "?" | "!"));
        self.subject_before(i).is_some_and(|(begin, _)| begin > 0 && self.ends_quotation(begin) && goes_on(begin))
    }

    /// The last token that shows that words follow.
    fn last_words(&self) -> Option<usize> {
        let last = self.tokens.len() - 1;
        let words = |i: &usize| self.tokens[*i].text == "\"" || (self.tokens[*i].text == ":" && *i < last) || self.verb_at(*i, Classes::PARTICIPLE).is_some();
        *self.last_words.get_or_init(|| (0..=last).rev().find(words))
    }

    /// The first verb of speech with a subject of its own: "Liu said, …".
    fn leading(&self) -> Option<Cue> {
        for i in 1..self.tokens.len() {
            if !self.tokens[i].is(Classes::VERB | Classes::JOINT_VERB | Classes::BEGINS_WORDING) {
                continue;
            }
            let passive = self.tokens.get(i + 1).is_some_and(|t| t.is(Classes::BY));
            if self.quoted(i) || passive {
                continue;
            }
            let joint = self.verb_at(i, Classes::JOINT_VERB).is_some();
            let verb = self.verb_at(i, Classes::VERB).filter(|length| !self.names_topic(i + length));
            if !joint && verb.is_none() {
                continue;
            }
            let Some((start, who)) = self.subject_before(i) else { continue };
            let fits = match who {
                Who::Joint => joint,
                Who::Several => joint || self.is_strong(i),
                // What states do is told with the same verbs.
                Who::State(_) | Who::It => self.reports(i),
                _ => verb.is_some(),
            };
            if !fits {
                continue;
            }
            let from = if start == 0 || self.opens_with_speech(start) { self.sentence.range.start } else { self.start(start) };
            return Some(Cue { from, at: self.span(start..i + verb.unwrap_or(1)), who, strong: self.is_strong(i), after: false });
        }
        None
    }

    /// "Noting that …, Qin Gang said": what stands before the subject is already his. So is a quotation.
    fn opens_with_speech(&self, subject: usize) -> bool {
        let first = &self.tokens[0];
        self.verb_at(0, Classes::PARTICIPLE).is_some() || first.is(Classes::SPEECH_ASIDE) || (first.text == "\"" && subject > 2)
    }

    /// A verb that shares its subject with an earlier one: "Guterres agreed … and expressed …", "He spoke of …, saying that …".
    fn later_verb(&self) -> Option<Cue> {
        let may = |i: usize| self.tokens[i].is(Classes::VERB | Classes::PARTICIPLE | Classes::BEGINS_WORDING) && matches!(self.tokens[i - 1].text, "and" | ",");
        let first = (1..self.tokens.len()).find(|i| may(*i))?;
        let state = |s: &Subject| matches!(s.who, Who::State(_));
        let body = |s: &Subject| matches!(s.who, Who::Body(_));
        let subject = self.main_subject().filter(|s| s.is_person() || state(s) || body(s))?;
        for i in subject.next.max(first)..self.tokens.len() {
            if !may(i) || self.quoted(i) {
                continue;
            }
            let before = self.tokens[i - 1].text;
            let shared = self.verb_at(i, Classes::VERB).filter(|length| before == "and" && !self.names_topic(i + length));
            let participle = self.verb_at(i, Classes::PARTICIPLE).filter(|_| before == ",");
            let speaks = subject.is_person() || self.reports(i) || participle.is_some();
            if let Some(length) = shared.or(participle).filter(|_| speaks) {
                let strong = participle.is_some() || self.is_strong(i);
                return Some(Cue { from: self.start(i), at: self.span(i..i + length), who: subject.who.clone(), strong, after: false });
            }
        }
        None
    }
}

/// Whether a token ends words that somebody is then said to have spoken.
fn ends_words(token: &Token<'_>) -> bool {
    matches!(token.text, "," | "\"" | "'" | "?" | "!")
}
