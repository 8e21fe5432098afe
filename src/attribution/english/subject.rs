//! The subject of an English verb or sentence: what stands before a verb, across appositions and clauses, or begins at a word.

use super::super::classes::Classes;
use super::super::grammar::Who;
use super::super::names::{joined, name_run, possessive};
use super::super::segment::Speaker;
use super::super::tokens::Token;
use super::Reader;
use super::phrase::{LONGEST_BODY, LONGEST_DESCRIPTION};

/// No apposition between a subject and its verb is longer, in tokens.
const LONGEST_APPOSITION: usize = 40;
/// No longer a description opens a sentence before the name it is of, in words.
const LONGEST_OPENING: usize = 9;

/// No more subjects share a verb.
const MOST_TOGETHER: usize = 16;

/// The first subject of a sentence: who, and the token after it.
pub(super) struct Subject {
    pub who: Who,
    pub next: usize,
}

impl Subject {
    /// The speaker, where it is clear who that is.
    pub fn speaker(&self) -> Option<&Speaker> {
        match &self.who {
            Who::Named(speaker) | Who::Body(speaker) => Some(speaker),
            Who::Described(meant) => meant.first().filter(|_| meant.len() == 1),
            _ => None,
        }
    }

    pub fn is_person(&self) -> bool {
        matches!(self.who, Who::Named(_) | Who::Described(_))
    }
}

impl Reader<'_> {
    /// The subject that ends before token `verb`: where it begins, and who it is. `None` if there is none, or if it stands in
    /// a subordinate clause.
    pub(super) fn subject_before(&self, verb: usize) -> Option<(usize, Who)> {
        let mut end = verb;
        loop {
            let token = |back: usize| end.checked_sub(back).map(|i| &self.tokens[i]);
            let between = |back: usize| token(back).is_some_and(|t| t.is(Classes::BETWEEN));
            let comma = |back: usize| token(back).is_some_and(|t| t.text == ",");
            if between(1) && verb - end < 6 {
                end -= 1;
            } else if comma(1) && between(2) && comma(3) {
                end -= 3;
            } else {
                break;
            }
        }
        // "…, who said": whoever stands before.
        let relative = end > 2 && self.tokens[end - 1].text == "who" && self.tokens[end - 2].text == ",";
        if relative && let Some(named @ (_, Who::Named(_))) = self.one_ending(end - 2) {
            return Some(named);
        }
        let found = if end > 0 && self.tokens[end - 1].text == "," { self.before_apposition(end) } else { self.subject_ending(end) };
        let Some((start, who)) = found else { return self.opening_subject(end) };
        // "Ann Lee, a spokesperson for the agency emphasized".
        if start > 1
            && self.tokens[start - 1].text == ","
            && self.tokens[start].is(Classes::INDEFINITE)
            && !matches!(who, Who::Named(_))
            && let Some(named @ (_, Who::Named(_))) = self.one_ending(start - 1)
        {
            return Some(named);
        }
        let before = start.checked_sub(1).map(|i| &self.tokens[i]);
        let object = |t: &Token<'_>| t.is(Classes::SUBORDINATOR) || t.is(Classes::PREPOSITION) || t.text == "(";
        if before.is_some_and(object) { self.opening_subject(end) } else { Some((start, who)) }
    }

    /// "A diplomat with knowledge of the talks", "Leaders from Australia", "An official who asked not to be named": the noun that
    /// opens the sentence, if nothing but what belongs to it stands between it and the verb at `end`.
    fn opening_subject(&self, end: usize) -> Option<(usize, Who)> {
        let (join, _) = self.opening().filter(|(join, apart)| *join < end && *apart >= end)?;
        let opens = |start: usize| start == 0 || (start == 1 && self.tokens[0].is(Classes::CONJUNCTION));
        let (start, who) = self.opener.get_or_init(|| self.one_ending(join)).as_ref().filter(|(start, _)| opens(*start))?;
        matches!(who, Who::Several | Who::Unknown | Who::Described(_) | Who::Named(_)).then(|| (*start, who.clone()))
    }

    /// Where what belongs to the noun that opens the sentence begins, and the first token that does not belong to it.
    fn opening(&self) -> Option<(usize, usize)> {
        let joins = |t: &Token<'_>| t.is(Classes::PREPOSITION | Classes::RELATIVE);
        let apart = |i: &usize| matches!(self.tokens[*i].text, "," | "\"" | ";" | ":") || self.is_strong(*i);
        *self.opening.get_or_init(|| {
            let join = self.tokens.iter().take(LONGEST_APPOSITION).position(joins).filter(|&i| i > 0)?;
            Some((join, (join..self.tokens.len()).find(apart).unwrap_or(self.tokens.len())))
        })
    }

    /// The subject that ends before token `end`, with those who share its verb: "Secretary Blinken and Foreign Minister Qin".
    fn subject_ending(&self, end: usize) -> Option<(usize, Who)> {
        let (mut start, mut who) = self.one_ending(end)?;
        for _ in 0..MOST_TOGETHER {
            if start <= 1 || self.tokens[start - 1].text != "and" {
                break;
            }
            let Some((first, other)) = self.one_ending(start - 1) else { break };
            let opens = first == 0 || !self.tokens[first - 1].word || self.tokens[first - 1].is(Classes::CONJUNCTION);
            let Some(both) = other.and(&who).filter(|_| opens || self.tokens[first - 1].text == "both") else { break };
            (start, who) = (first, both);
        }
        Some((start, who))
    }

    /// The subject before ", Minister of …," or ", speaking in Beijing,": what stands between two commas explains it.
    fn before_apposition(&self, end: usize) -> Option<(usize, Who)> {
        let from = end.saturating_sub(LONGEST_APPOSITION);
        for open in (from.max(1)..end - 1).rev().filter(|&i| self.tokens[i].text == ",") {
            let inner = &self.tokens[open + 1..end - 1];
            // "The secretary for security, Ann Lee, said".
            let opening = open <= LONGEST_OPENING && !(0..open).any(|i| self.is_strong(i) || !self.tokens[i].word);
            if opening
                && let Some((from, named @ Who::Named(_))) = self.one_ending(end - 1).filter(|(from, _)| *from == open + 1)
                && !matches!(self.one_ending(open), Some((_, Who::Named(_))))
            {
                return Some((from, named));
            }
            if inner.iter().any(|t| matches!(t.text, "\"" | ":" | ";")) {
                return None;
            }
            let Some((start, who)) = self.subject_ending(open) else { continue };
            let first = inner.first()?;
            // "Its director, Ann Lee, said".
            if let Some((from, named @ Who::Named(_))) = self.one_ending(end - 1).filter(|_| !matches!(who, Who::Named(_)))
                && from == open + 1
            {
                return Some((from, named));
            }
            let explains = inner.iter().any(|t| t.is(Classes::OFFICE)) || first.is(Classes::ARTICLE) || first.is(Classes::ASIDE);
            let participle = !first.capital && (first.text.ends_with("ing") || first.text.ends_with("ed"));
            let clear = matches!(who, Who::Named(_) | Who::Body(_) | Who::Pronoun | Who::Described(_));
            let opens = start == 0 || !self.tokens[start - 1].word || self.tokens[start - 1].is(Classes::CONJUNCTION);
            let speaks = (open + 1..end - 1).any(|i| self.is_strong(i));
            let office = start == 0 && who == Who::Unknown;
            if (clear || office) && !speaks && (explains || participle || (opens && !first.is(Classes::CONJUNCTION))) {
                return Some((start, who));
            }
        }
        None
    }

    /// The subject that begins at token `i`: who, and the token after it.
    pub(super) fn subject_from(&self, i: usize) -> (Option<Who>, usize) {
        self.subjects_from(i, MOST_TOGETHER)
    }

    /// The subject that begins at token `i`, together with no more than `others` behind it.
    fn subjects_from(&self, i: usize, others: usize) -> (Option<Who>, usize) {
        // "He Lifeng" is no pronoun.
        let name = self.tokens.get(i).is_some_and(|t| t.capital) && self.tokens.get(i + 1).is_some_and(|t| t.word && t.capital);
        if let Some(pronoun) = self.tokens.get(i).filter(|_| !name).and_then(|t| self.pronoun(t)) {
            return (Some(pronoun), i + 1);
        }
        let first = if self.tokens.get(i).is_some_and(|t| t.is(Classes::ARTICLE)) { i + 1 } else { i };
        let named = self.tokens.get(first).is_some_and(|t| t.capital && self.bounds_name(t));
        for n in (1..=LONGEST_BODY.min(self.tokens.len().saturating_sub(first))).rev().filter(|_| named) {
            let (a, b) = (&self.tokens[first], &self.tokens[first + n - 1]);
            // "The Ministry of Defense Spokesperson Zhang …" is about Zhang.
            let goes_on = self.tokens.get(first + n).is_some_and(|t| t.word && (t.capital || t.is(Classes::TITLE)));
            if goes_on || !self.bounds_name(b) {
                continue;
            }
            if let Some(body) = self.grammar.roster.body(possessive(&self.sentence.passage.text[a.start..b.end])) {
                return (Some(Who::Body(body)), first + n);
            }
        }
        let Some((who, next)) = self.named_from(first).or_else(|| self.described_from(first)) else { return (None, first) };
        // "Secretary Blinken and Foreign Minister Qin met …".
        if self.tokens.get(next).is_some_and(|t| t.text == "and")
            && others > 0
            && let (Some(other), after) = self.subjects_from(next + 1, others - 1)
            && self.tokens.get(after).is_some_and(|t| t.word && !t.capital)
            && let Some(both) = who.and(&other)
        {
            return (Some(both), after);
        }
        (Some(who), next)
    }

    /// Office words, then a name: a known one anywhere in them, else the first that can be one.
    fn named_from(&self, first: usize) -> Option<(Who, usize)> {
        let words = &self.tokens[first.min(self.tokens.len())..];
        let listed = |t: &Token<'_>| t.is(Classes::TITLE | Classes::CONNECTOR | Classes::OFFICE_WORD | Classes::BODY);
        // The stop of "U.S." too.
        let office_word =
            |i: usize| words[i].word && (words[i].capital || listed(&words[i])) || (i > 0 && words[i].text == "." && words[i - 1].text.contains('.'));
        let reach = first + (0..words.len().min(20)).take_while(|&i| office_word(i)).count();
        for at in first..reach {
            if let Some(n) = (2..=4.min(reach - at)).rev().find(|n| self.grammar.roster.people().person(&joined(&self.tokens[at..at + n])).is_some()) {
                return Some((self.who(at, at + n, at > first)?, at + n));
            }
        }
        let mut at = first;
        while at < self.tokens.len() && at - first < 20 {
            let run = name_run(self.tokens, at);
            let titled = self.tokens[first..at].iter().any(|t| t.is(Classes::OFFICE));
            // "Treasury Secretary …" begins with an office.
            let office = self.tokens.get(at + run).is_some_and(|t| t.capital && t.is(Classes::TITLE));
            // "Orland's Foreign Minister …" is about the minister.
            let owner = run > 0 && self.tokens[at + run - 1].text.ends_with("'s");
            // "Greek Foreign Minister …" too.
            let state = || {
                let goes_on = self.tokens.get(at + run).is_some_and(|t| t.word && (t.capital || t.is(Classes::TITLE)));
                goes_on && self.grammar.roster.people().place(&joined(&self.tokens[at..at + run])).is_some()
            };
            // "… Military Commission Xu Caihou": the name comes last.
            let part = self.tokens.get(at + run).is_some_and(|t| titled && t.capital && t.word && !t.is(Classes::TIME));
            if run > 0 && !office && !owner && !part && (titled || at == first) && !state() {
                let name = self.grammar.roster.name_start(self.tokens, at, at + run);
                return Some((self.who(name, at + run, titled)?, at + run));
            }
            if !office_word(at - first) {
                break;
            }
            at += run.max(1);
        }
        None
    }

    /// "The prime minister", "China's top diplomat" from token `first` on.
    fn described_from(&self, first: usize) -> Option<(Who, usize)> {
        (first + 1..=(first + LONGEST_DESCRIPTION).min(self.tokens.len())).rev().find_map(|end| {
            let goes_on = self.tokens.get(end).is_some_and(|t| t.word && t.is(Classes::TITLE));
            let (_, who) = self.one_ending(end).filter(|(start, _)| *start <= first && !goes_on)?;
            matches!(who, Who::Body(_) | Who::Described(_) | Who::Unknown).then_some((who, end))
        })
    }

    /// The account with which a sentence begins: "@RealAnnLee posted".
    fn handle(&self) -> Option<&str> {
        let at = self.tokens.iter().take(2).position(|t| t.text == "@")?;
        self.tokens.get(at + 1).filter(|t| t.word && (at == 0 || self.tokens[0].text == ".")).map(|t| t.text)
    }

    /// The person or body that the sentence begins with.
    pub(super) fn main_subject(&self) -> Option<&Subject> {
        self.subject.get_or_init(|| self.find_main_subject()).as_ref()
    }

    fn find_main_subject(&self) -> Option<Subject> {
        let mut first = 0;
        if let Some(handle) = self.handle() {
            let who = self.grammar.roster.by_handle(handle).map_or(Who::Unknown, Who::Named);
            return Some(Subject { who, next: 2 });
        }
        // "New York, January 9th—Liu Jianchao …"
        if let Some(dash) = self.tokens.iter().take(12).position(|t| t.text == "—") {
            first = dash + 1;
        } else if self.tokens.first().is_some_and(|t| t.is(Classes::ASIDE)) {
            // "On October 17, 2023, Foreign Minister Wang Yi …"
            let near = self.tokens.iter().take(12).rposition(|t| t.text == ",");
            first = near.or_else(|| self.tokens.iter().take(LONGEST_APPOSITION).position(|t| t.text == ",")).map_or(0, |c| c + 1);
        }
        if self.tokens.get(first).is_some_and(|t| t.is(Classes::CONJUNCTION)) {
            first += 1;
        }
        let (mut who, next) = self.subject_from(first);
        // "His colleague from Orland, Hugh Hill, disagreed."
        if self.tokens.get(next).is_some_and(|t| t.text == ",")
            && matches!(who, Some(Who::Described(_) | Who::Unknown))
            && let (Some(named @ Who::Named(_)), after) = self.subject_from(next + 1)
            && self.tokens.get(after).is_some_and(|t| t.text == ",")
        {
            who = Some(named);
        }
        who.filter(|w| matches!(w, Who::Named(_) | Who::Body(_) | Who::Described(_) | Who::State(_))).map(|who| Subject { who, next })
    }

    /// Whether the subject does something in the next words.
    pub(super) fn is_deed(&self) -> bool {
        if !self.all.has(Classes::DEED) {
            return false;
        }
        let Some(subject) = self.main_subject() else { return false };
        let mut next = subject.next;
        if self.tokens.get(next).is_some_and(|t| t.text == ",") {
            next = self.tokens.iter().skip(next + 1).take(24).position(|t| t.text == ",").map_or(next, |i| next + 2 + i);
        }
        self.tokens.iter().skip(next).take(3).any(|t| t.is(Classes::DEED))
    }
}
