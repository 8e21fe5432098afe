//! Who an English noun phrase means: a name with or without an office, a description ("the Thai prime minister"), a body, a
//! state, a pronoun, or several at once.

use super::super::classes::Classes;
use super::super::grammar::Who;
use super::super::marks::Marks;
use super::super::names::{LONGEST_NAME, joined, name_run, office_start, possessive};
use super::super::segment::Speaker;
use super::super::tokens::Token;
use super::Reader;

/// No body's name is longer, in words.
pub(super) const LONGEST_BODY: usize = 9;
/// No state's name is longer, in words.
const LONGEST_STATE: usize = 4;
/// So many words may stand between an article and the noun it belongs to.
pub(super) const LONGEST_DESCRIPTION: usize = 7;

impl Reader<'_> {
    /// The noun phrase that ends before token `end`.
    pub(super) fn one_ending(&self, end: usize) -> Option<(usize, Who)> {
        let last = self.tokens.get(end.checked_sub(1)?)?;
        if !last.word {
            return None;
        }
        if let Some(pronoun) = self.pronoun(last) {
            return Some((end - 1, pronoun));
        }
        if let Some(n) = self.wording_ending(end, Classes::JOINT).or_else(|| last.is(Classes::JOINT).then_some(1)) {
            return Some((end - n, Who::Joint));
        }
        // "Critics say": a capital at the beginning is nothing.
        if end == 1
            && let Some(several) = self.several_ending(end)
            && self.grammar.roster.resolve(last.source).is_none()
        {
            return Some(several);
        }
        let found = self
            .body_ending(end)
            .or_else(|| self.ministry_ending(end))
            .or_else(|| self.name_ending(end))
            .or_else(|| self.described_ending(end))
            .or_else(|| self.place_ending(end));
        if let Some((start, who)) = found {
            return Some(self.whose(start, &who).unwrap_or((start, who)));
        }
        if last.capital {
            return self.organisation_ending(end);
        }
        self.several_ending(end)
    }

    /// Capitalised words that are no name of a person: "Harbour Watch Orland". A medium only hands on what others say.
    fn organisation_ending(&self, end: usize) -> Option<(usize, Who)> {
        let start = office_start(self.tokens, end);
        let words = &self.tokens[start..end];
        if self.is_medium(words) {
            return None;
        }
        let own = words.len() >= 2 && words.iter().all(|t| t.capital) && !words.iter().any(|t| t.is(Classes::OFFICE) || t.is(Classes::TIME));
        // "the Kremlin"
        let own = own || (words.len() == 1 && start > 0 && self.tokens[start - 1].text == "the" && !words[0].is(Classes::TIME));
        let name = own.then(|| joined(words)).filter(|name| self.grammar.roster.people().place(name).is_none());
        Some((start, name.map_or(Who::Unknown, |name| Who::Body(Speaker::named(name)))))
    }

    pub(super) fn pronoun(&self, token: &Token<'_>) -> Option<Who> {
        let lists = [(Classes::HE, Who::Pronoun), (Classes::THEY, Who::They), (Classes::IT, Who::It)];
        lists.into_iter().find(|(class, _)| token.is(*class)).map(|(_, who)| who)
    }

    /// The longest name that ends before `end`, with the office before it.
    fn name_ending(&self, end: usize) -> Option<(usize, Who)> {
        if !self.tokens[end - 1].is(Classes::NAME) {
            return None;
        }
        let n = (1..=LONGEST_NAME.min(end)).rev().find(|n| name_run(self.tokens, end - n) == *n)?;
        let particles = self.tokens[..end - n].iter().rev().take_while(|t| t.is(Classes::PARTICLE)).count();
        let von = end - n - particles;
        if particles > 0
            && let Some(speaker) = self.grammar.roster.resolve(&joined(&self.tokens[von..end]))
        {
            // "von der Leyen"
            return Some((von, Who::Named(speaker)));
        }
        let name_start = self.grammar.roster.name_start(self.tokens, end - n, end);
        let start = office_start(self.tokens, name_start);
        let office = &self.tokens[start..name_start];
        let titled = office.iter().any(|t| t.is(Classes::OFFICE));
        let known = || self.grammar.roster.resolve(&joined(&self.tokens[name_start..end])).is_some();
        if self.is_medium(&self.tokens[start..end]) {
            return None;
        }
        if !titled && office.iter().any(|t| t.is(Classes::BODY)) && !known() {
            // "The Ministry of Energy", "American Express".
            return Some((start, Who::Body(Speaker::named(joined(&self.tokens[start..end])))));
        }
        let state = office.len() == 1 && n == 1 && self.grammar.roster.people().place(&joined(office)).is_some();
        let from = if state && !known() { start } else { name_start };
        Some((start, self.who(from, end, titled)?))
    }

    /// Whether a name is that of a medium, by the registry or by its wording: "… Press Agency".
    fn is_medium(&self, words: &[Token<'_>]) -> bool {
        let registered = words.first().is_some_and(|t| self.bounds_name(t));
        let worded = self.marks().has(Marks::MEDIUM);
        if !registered && !worded {
            return false;
        }
        let name = joined(words);
        self.grammar.roster.people().medium(&name).is_some() || (worded && self.grammar.cues.media_words.within(&name.to_lowercase()))
    }

    /// Whether the name of a body, medium or state can begin or end with this token.
    pub(super) fn bounds_name(&self, token: &Token<'_>) -> bool {
        !token.word || token.text.contains('\'') || self.grammar.roster.people().is_name_word(token.text)
    }

    /// Whether such a name, of so many words at most, can end before `end`: it begins with a capital.
    fn may_name(&self, end: usize, longest: usize) -> bool {
        let capital = self.tokens[end.saturating_sub(longest)..end].iter().any(|t| t.capital);
        capital && self.grammar.roster.people().is_name_word(self.tokens[end - 1].text)
    }

    /// Whether the last words before `end` hold the name of a medium: "the official Xinhua news agency".
    fn medium_ends(&self, end: usize) -> bool {
        let people = self.grammar.roster.people();
        let words = &self.sentence.passage.text[self.tokens[end.saturating_sub(4)].start..self.tokens[end - 1].end];
        people.outlet_in(words).is_some_and(|(_, outlet)| people.medium(&outlet.name).is_some())
    }

    /// A registered body whose name, of one to nine words, ends before `end`.
    pub(super) fn body_ending(&self, end: usize) -> Option<(usize, Who)> {
        let last = &self.tokens[end - 1];
        if !self.may_name(end, LONGEST_BODY) {
            return None;
        }
        let text = self.sentence.passage.text;
        (1..=LONGEST_BODY.min(end)).rev().find_map(|n| {
            let first = &self.tokens[end - n];
            let body = (first.capital && self.bounds_name(first)).then(|| self.grammar.roster.body(possessive(&text[first.start..last.end]))).flatten()?;
            Some((self.with_article(end - n), Who::Body(body)))
        })
    }

    /// "The ministry of industry and information technology": a body in small letters, with what it is of.
    fn ministry_ending(&self, end: usize) -> Option<(usize, Who)> {
        let from = end.saturating_sub(LONGEST_BODY);
        if !self.all.has(Classes::BODY) {
            return None;
        }
        let head = (from..end.saturating_sub(2)).rev().find(|&i| self.tokens[i].is(Classes::BODY) && self.tokens[i + 1].text == "of")?;
        let words = &self.tokens[head..end];
        let plain = words.iter().all(|t| t.word && !t.is(Classes::VERB)) && words[2..].iter().any(|t| !t.capital && !t.is(Classes::CONNECTOR));
        plain.then(|| (self.with_article(head), Who::Body(Speaker::named(joined(words)))))
    }

    /// A state or its capital.
    fn place_ending(&self, end: usize) -> Option<(usize, Who)> {
        let last = &self.tokens[end - 1];
        if !self.may_name(end, LONGEST_STATE) {
            return None;
        }
        let text = self.sentence.passage.text;
        (1..=LONGEST_STATE.min(end)).rev().find_map(|n| {
            let first = &self.tokens[end - n];
            let state = (first.capital && self.bounds_name(first)).then(|| self.grammar.roster.state(&text[first.start..last.end])).flatten()?;
            Some((self.with_article(end - n), Who::State(state)))
        })
    }

    fn with_article(&self, start: usize) -> usize {
        if start > 0 && self.tokens[start - 1].text == "the" { start - 1 } else { start }
    }

    /// "The Foreign Minister", "China's foreign ministry", "a spokesman": a noun for a person or a body, with what belongs to it.
    pub(super) fn described_ending(&self, end: usize) -> Option<(usize, Who)> {
        let cues = self.grammar.cues;
        let head = &self.tokens[end - 1];
        let body = head.is(Classes::BODY);
        if body && self.medium_ends(end) {
            return None;
        }
        if head.is(Classes::PAPER) {
            return Some((self.with_article(end - 1), Who::Unknown));
        }
        if !head.is(Classes::BODY | Classes::TITLE | Classes::ANONYMOUS | Classes::SAME_OFFICE) {
            return None;
        }
        let mut start = end - 1;
        // "The fisheries ministry": any word that is no grammar.
        let plain = |t: &Token<'_>| {
            let verb = Classes::VERB | Classes::BETWEEN;
            body && !t.is(verb | Classes::PREPOSITION | Classes::SUBORDINATOR | Classes::CONJUNCTION | Classes::HE | Classes::IT)
        };
        let modifies = |t: &Token<'_>| {
            t.word && (t.capital || plain(t) || t.text.contains('-') || t.is(Classes::TITLE) || t.is(Classes::MODIFIER) || t.is(Classes::OFFICE_WORD))
        };
        while start > 0 && end - start < LONGEST_DESCRIPTION && modifies(&self.tokens[start - 1]) && !self.tokens[start - 1].is(Classes::ARTICLE) {
            start -= 1;
        }
        let article = start.checked_sub(1).map_or(Classes::default(), |i| self.tokens[i].classes);
        let words = &self.tokens[start..end];
        let begin = if article.has(Classes::ARTICLE) { start - 1 } else { start };
        let indefinite = article.has(Classes::INDEFINITE) || words[0].is(Classes::INDEFINITE);
        if body {
            return Some((begin, self.grammar.roster.described_body(words, indefinite).map_or(Who::Unknown, Who::Body)));
        }
        let definite = !indefinite && (begin < start || words.iter().any(|t| t.capital));
        let description = || self.grammar.memo.described(&self.sentence.passage.text[words[0].start..head.end], || self.grammar.roster.described(words, cues));
        let meant = if definite { description() } else { Vec::new() };
        if !meant.is_empty() {
            return Some((begin, Who::Described(meant)));
        }
        // A spokesman without a name is called what the document calls him, if it says whose.
        let whose = words.len() > 1 && head.is(Classes::SPOKESMAN);
        let unnamed = || Who::Body(Speaker::named(joined(words)));
        Some((begin, if whose { unnamed() } else { Who::Unknown }))
    }

    /// "A spokesman for China's foreign ministry": the body for which somebody without a name speaks. "The president of the
    /// bank": somebody else than the bank.
    fn whose(&self, start: usize, who: &Who) -> Option<(usize, Who)> {
        let (of, head) = (start.checked_sub(1)?, start.checked_sub(2)?);
        if !self.tokens[of].is(Classes::CONNECTOR) || !matches!(who, Who::Body(_) | Who::State(_) | Who::Unknown) {
            return None;
        }
        let noun = &self.tokens[head];
        let begin = head - usize::from(head > 0 && self.tokens[head - 1].is(Classes::ARTICLE));
        if noun.is(Classes::SPOKESMAN) {
            let body = matches!(who, Who::Body(_)).then(|| who.clone());
            return Some((begin, body.unwrap_or(Who::Unknown)));
        }
        // "The US Embassy in Cambodia".
        if noun.is(Classes::BODY)
            && let Some((begin, Who::Body(body))) = self.described_ending(head + 1)
        {
            let end = self.tokens[start..].iter().take_while(|t| t.word && t.capital).count();
            return Some((begin, Who::Body(Speaker { name: format!("{} {}", body.name, joined(&self.tokens[of..start + end])), ..body })));
        }
        if let Some(several) = self.several_ending(head + 1).filter(|_| !noun.is(Classes::OFFICE)) {
            return Some(several);
        }
        noun.is(Classes::TITLE | Classes::ANONYMOUS | Classes::SAME_OFFICE).then_some((begin, Who::Unknown))
    }

    /// "Critics", "many analysts", "two officials": people without names.
    pub(super) fn several_ending(&self, end: usize) -> Option<(usize, Who)> {
        let last = &self.tokens[end - 1];
        let plural = last.text.len() > 4 && last.text.ends_with('s') && !last.text.ends_with("ss") && !last.text.ends_with("'s");
        let paper = last.is(Classes::IMPERSONAL);
        if paper || (!plural && !last.is(Classes::CROWD)) {
            return None;
        }
        let mut start = end - 1;
        while start > 0 && end - start < LONGEST_DESCRIPTION && self.tokens[start - 1].word && !self.tokens[start - 1].is(Classes::SUBORDINATOR) {
            start -= 1;
        }
        Some((start, Who::Several))
    }

    /// Whom the name tokens `from..to` mean; `titled` if an office stands before it.
    pub(super) fn who(&self, from: usize, to: usize, titled: bool) -> Option<Who> {
        let name = &self.tokens[from..to];
        let words: Vec<&str> = name.iter().filter(|t| t.word).map(|t| possessive(t.source)).collect();
        let full = words.join(" ");
        let (several, single) = (words.len() >= 2, titled && words.len() == 1);
        let title = from.checked_sub(1).map(|i| self.tokens[i].text).filter(|_| single);
        self.grammar.memo.named(title.or(single.then_some("")), &full, || self.named(title, &full, (several, titled)))
    }

    /// Whom a name means, of several words or one, with or without an office before it.
    fn named(&self, title: Option<&str>, full: &str, (several, titled): (bool, bool)) -> Option<Who> {
        let roster = self.grammar.roster;
        if let Some(speaker) = roster.resolve(full) {
            return Some(Who::Named(speaker));
        }
        if let Some(speaker) = title.and_then(|title| roster.titled(title, full)) {
            return Some(Who::Named(speaker));
        }
        if roster.people().outlet(full).is_some() {
            return roster.body(full).map(Who::Body);
        }
        if let Some(state) = roster.state(full) {
            return Some(Who::State(state));
        }
        if roster.people().place(full).is_some() {
            return Some(Who::Unknown);
        }
        if !several && let Some(speaker) = roster.merely_mentioned(full) {
            return Some(Who::Named(speaker));
        }
        // A name that nothing explains is the document's own; one word is enough only after an office.
        Some(if several || titled { Who::Named(roster.unregistered(full)) } else { Who::Unknown })
    }
}
