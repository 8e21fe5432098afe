//! How English sentences say who speaks: "Liu said, …", "…, he added", "Noting that …, Qin Gang said that …",
//! "According to X, …", "…, saying that …", and appositions, offices and adverbs between.

mod cue;
mod phrase;
mod subject;

use std::ops::Range;

use super::cues::Phrases;
use super::grammar::{Grammar, Reading, Sentence, Who};
use super::names::begins_with_an_account;
use super::passage::Token;
use subject::Subject;

/// Reads one sentence.
pub(super) fn read(grammar: &Grammar<'_, '_>, sentence: &Sentence<'_, '_>) -> Reading {
    let tokens = sentence.passage.tokens_in(&sentence.range);
    let reader = Reader { grammar, sentence, tokens };
    let subject = reader.main_subject();
    let text = sentence.text();
    let cues = grammar.cues;
    let opening = cues.closing_starts.prefix_of(text).is_some();
    let words = |n: usize| tokens.iter().filter(|t| t.word).take(n);
    let speechlike = words(60).any(|t| cues.speechlike.contains(t.text)) || cues.speechlike.within(text);
    let first_person = words(60).any(|t| t.source != "US" && cues.first_person.contains(t.text));
    let platform = cues.platforms.within(text) && !first_person;
    let post = platform || words(24).any(|t| cues.posts.contains(t.text));
    Reading {
        cue: reader.cue(subject.as_ref()),
        deed: reader.is_deed(subject.as_ref()) || platform || (post && begins_with_an_account(text)),
        post,
        hearing: cues.hearings.within(text),
        issue: cues.texts.within(text) && words(24).any(|t| cues.deeds.contains(t.text)),
        closes: opening || cues.closing_holds.within(text),
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
}

impl Reader<'_, '_, '_, '_, '_> {
    /// The number of tokens of the verb of speech at `i`, if there is one there.
    fn verb_at(&self, i: usize, verbs: &Phrases) -> Option<usize> {
        if i > 0 && self.tokens[i].capital {
            return None;
        }
        let most = verbs.most_words.min(self.tokens.len() - i);
        (1..=most).rev().find(|&n| {
            let (first, last) = (&self.tokens[i], &self.tokens[i + n - 1]);
            verbs.contains(&self.sentence.passage.text[first.start..last.end])
        })
    }

    fn is_strong(&self, i: usize) -> bool {
        self.verb_at(i, &self.grammar.cues.strong).is_some()
    }

    /// Whether the verb at `i` does nothing but report words.
    fn reports(&self, i: usize) -> bool {
        self.verb_at(i, &self.grammar.cues.plain).is_some()
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
