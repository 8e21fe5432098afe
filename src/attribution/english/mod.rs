//! How English sentences say who speaks: "Liu said, …", "…, he added", "Noting that …, Qin Gang said that …",
//! "According to X, …", "…, saying that …", and appositions, offices and adverbs between.

mod cue;
mod phrase;
mod subject;

use std::cell::OnceCell;
use std::ops::Range;

use super::classes::Classes;
use super::grammar::{Cue, Grammar, Reading, Sentence, Who};
use super::marks::Marks;
use super::names::begins_with_an_account;
use super::segment::Speaker;
use super::tokens::Token;
use subject::Subject;

/// So many words at the beginning of a sentence show whether somebody speaks himself, and so many what he did.
const OPENING: usize = 60;
const BEGINNING: usize = 24;

/// Reads one sentence.
pub(in crate::attribution) struct Reader<'a> {
    grammar: Grammar<'a>,
    sentence: Sentence<'a>,
    tokens: &'a [Token<'a>],
    /// The classes of all its words.
    all: Classes,
    marks: OnceCell<Marks>,
    cue: OnceCell<Option<Cue>>,
    subject: OnceCell<Option<Subject>>,
    /// The last token that shows that words follow a verb that tells of a topic.
    last_words: OnceCell<Option<usize>>,
    /// Where what belongs to the noun that opens the sentence begins, and the first token that does not.
    opening: OnceCell<Option<(usize, usize)>>,
    /// That noun: where it begins, and who it is.
    opener: OnceCell<Option<(usize, Who)>>,
}

impl Reading for Reader<'_> {
    fn cue(&self) -> Option<&Cue> {
        self.cue.get_or_init(|| self.find_cue()).as_ref()
    }

    fn subject(&self) -> Option<&Speaker> {
        self.main_subject().filter(|s| s.is_person() || matches!(s.who, Who::Body(_))).and_then(Subject::speaker)
    }

    fn of_person(&self) -> bool {
        self.main_subject().is_some_and(Subject::is_person)
    }

    fn deed(&self) -> bool {
        self.is_deed() || self.on_platform() || (self.post() && begins_with_an_account(self.sentence.text()))
    }

    fn first_person(&self) -> bool {
        self.all.has(Classes::FIRST_PERSON) && self.words(OPENING).any(|t| t.source != "US" && t.is(Classes::FIRST_PERSON))
    }

    fn post(&self) -> bool {
        self.on_platform() || self.begins_with(Classes::POST)
    }

    fn hearing(&self) -> bool {
        self.marks().has(Marks::HEARING)
    }

    fn issue(&self) -> bool {
        self.begins_with(Classes::DEED) && self.marks().has(Marks::TEXT)
    }

    fn closes(&self) -> bool {
        self.marks().has(Marks::CLOSING) || self.grammar.cues.closing_starts.prefix_of(self.sentence.text()).is_some()
    }

    fn speechlike(&self) -> bool {
        self.grammar.cues.marks.is_speechlike(self.sentence.text())
    }

    /// The press goes on in its own words unless it shows that they are not.
    fn carries(&self) -> bool {
        self.sentence.text().starts_with(['"', '\'']) || self.speechlike()
    }
}

impl<'a> Reader<'a> {
    pub(in crate::attribution) fn new(grammar: Grammar<'a>, sentence: Sentence<'a>) -> Self {
        let tokens = sentence.passage.tokens_in(&sentence.range);
        let all = tokens.iter().fold(Classes::default(), |all, t| all | t.classes);
        Reader {
            grammar,
            sentence,
            tokens,
            all,
            marks: OnceCell::new(),
            cue: OnceCell::new(),
            subject: OnceCell::new(),
            last_words: OnceCell::new(),
            opening: OnceCell::new(),
            opener: OnceCell::new(),
        }
    }

    fn marks(&self) -> Marks {
        *self.marks.get_or_init(|| self.grammar.cues.marks.in_sentence(self.sentence.text()))
    }

    /// The first `n` words.
    fn words(&self, n: usize) -> impl Iterator<Item = &'a Token<'a>> {
        self.tokens.iter().filter(|t| t.word).take(n)
    }

    /// Whether one of the words at the beginning is of that class.
    fn begins_with(&self, class: Classes) -> bool {
        self.all.has(class) && self.words(BEGINNING).any(|t| t.is(class))
    }

    /// Whether it tells that somebody wrote on a platform.
    fn on_platform(&self) -> bool {
        self.marks().has(Marks::PLATFORM) && !self.first_person()
    }

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
