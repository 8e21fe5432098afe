//! How English sentences say who speaks: "Liu said, …", "…, he added", "Noting that …, Qin Gang said that …",
//! "According to X, …", "…, saying that …", and appositions, offices and adverbs between.

mod cue;
mod phrase;
mod subject;

use std::cell::OnceCell;
use std::ops::Range;

use super::classes::Classes;
use super::grammar::{Grammar, Reading, Sentence, Who};
use super::marks::Marks;
use super::names::begins_with_an_account;
use super::passage::Token;
use subject::Subject;

/// So many words at the beginning of a sentence show whether somebody speaks himself, and so many what he did.
const OPENING: usize = 60;
const BEGINNING: usize = 24;

/// Reads one sentence.
pub(super) fn read(grammar: &Grammar<'_, '_>, sentence: &Sentence<'_, '_>) -> Reading {
    let tokens = sentence.passage.tokens_in(&sentence.range);
    let (text, cues) = (sentence.text(), grammar.cues);
    let marks = cues.marks.in_sentence(text);
    let all = tokens.iter().fold(Classes::default(), |all, t| all | t.classes);
    let reader = Reader { grammar, sentence, tokens, marks, all, last_words: OnceCell::new(), opening: OnceCell::new() };
    let subject = reader.main_subject();
    let words = |n: usize| tokens.iter().filter(|t| t.word).take(n);
    let begins = |class: Classes| all.has(class) && words(BEGINNING).any(|t| t.is(class));
    let speechlike = cues.marks.is_speechlike(text);
    let first_person = all.has(Classes::FIRST_PERSON) && words(OPENING).any(|t| t.source != "US" && t.is(Classes::FIRST_PERSON));
    let platform = marks.has(Marks::PLATFORM) && !first_person;
    let post = platform || begins(Classes::POST);
    Reading {
        cue: reader.cue(subject.as_ref()),
        deed: reader.is_deed(subject.as_ref()) || platform || (post && begins_with_an_account(text)),
        post,
        hearing: marks.has(Marks::HEARING),
        issue: marks.has(Marks::TEXT) && begins(Classes::DEED),
        closes: marks.has(Marks::CLOSING) || cues.closing_starts.prefix_of(text).is_some(),
        speechlike,
        // The press goes on in its own words unless it shows that they are not.
        carries: speechlike || text.starts_with(['"', '\'']),
        enumerated: false,
        other: false,
        side: false,
        first_person,
        of_person: subject.as_ref().is_some_and(Subject::is_person),
        subject: subject.filter(|s| s.is_person() || matches!(s.who, Who::Body(_))).and_then(|s| s.speaker().cloned()),
    }
}

struct Reader<'g, 's, 'a, 'r, 'p> {
    grammar: &'g Grammar<'a, 'r>,
    sentence: &'s Sentence<'p, 'a>,
    tokens: &'s [Token<'a>],
    marks: Marks,
    /// The classes of all its words.
    all: Classes,
    /// The last token that shows that words follow a verb that tells of a topic.
    last_words: OnceCell<Option<usize>>,
    /// Where what belongs to the noun that opens the sentence begins, and the first token that does not.
    opening: OnceCell<Option<(usize, usize)>>,
}

impl Reader<'_, '_, '_, '_, '_> {
    /// The number of tokens of the verb of speech of that class at `i`, if there is one there.
    fn verb_at(&self, i: usize, class: Classes) -> Option<usize> {
        let token = &self.tokens[i];
        if !token.is(class | Classes::BEGINS_WORDING) || (i > 0 && token.capital) {
            return None;
        }
        let several = token.is(Classes::BEGINS_WORDING).then(|| self.wording_at(i, class)).flatten();
        several.or_else(|| token.is(class).then_some(1))
    }

    /// The number of tokens of the longest wording of several words of that class that begins at `i`.
    fn wording_at(&self, i: usize, class: Classes) -> Option<usize> {
        let goes_on = self.tokens[i + 1..].iter().take(self.grammar.cues.lexis.longest - 1).take_while(|t| t.is(Classes::GOES_ON_WORDING)).count();
        (2..=goes_on + 1).rev().find(|&n| self.wording(i..i + n).has(class))
    }

    /// The number of tokens of the longest wording of several words of that class that ends before `end`.
    fn wording_ending(&self, end: usize, class: Classes) -> Option<usize> {
        if !self.tokens[end - 1].is(Classes::ENDS_WORDING) {
            return None;
        }
        (2..=self.grammar.cues.lexis.longest.min(end)).rev().find(|n| self.wording(end - n..end).has(class))
    }

    fn wording(&self, tokens: Range<usize>) -> Classes {
        let (first, last) = (&self.tokens[tokens.start], &self.tokens[tokens.end - 1]);
        self.grammar.cues.lexis.wording(&self.sentence.passage.text[first.start..last.end])
    }

    fn is_strong(&self, i: usize) -> bool {
        self.verb_at(i, Classes::STRONG).is_some()
    }

    /// Whether the verb at `i` does nothing but report words.
    fn reports(&self, i: usize) -> bool {
        self.verb_at(i, Classes::PLAIN).is_some()
    }

    fn quoted(&self, i: usize) -> bool {
        self.sentence.passage.is_quoted(self.tokens[i].start)
    }

    /// Where the tokens stand in the folded text.
    fn span(&self, tokens: Range<usize>) -> Range<usize> {
        self.start(tokens.start)..self.tokens[..tokens.end.min(self.tokens.len())].last().map_or(self.sentence.range.end, |t| t.end)
    }

    fn start(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(self.sentence.range.start, |t| t.start)
    }
}
