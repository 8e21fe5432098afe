//! A block made ready for reading: its words, sentences and quotations, all as offsets into its folded text.

use std::cell::OnceCell;
use std::ops::Range;

use super::classes::Lexis;
use super::cues::Cues;
use super::tokens::{Token, char_at, tokens};
use crate::corpus::{Document, Layout};
use crate::text::{Folded, Language, sentences};

/// A block in words, sentences and quotations, each found when first asked for.
pub(super) struct Passage<'a> {
    /// Index of the block.
    pub block: usize,
    pub language: Language,
    /// The text as it stands.
    pub source: &'a str,
    /// The folded text.
    pub text: &'a str,
    folded: &'a Folded,
    layout: &'a Layout,
    lexis: Option<&'a Lexis>,
    tokens: OnceCell<Vec<Token<'a>>>,
    sentences: OnceCell<Vec<Range<usize>>>,
    quotes: OnceCell<Vec<Quote>>,
    one_quotation: OnceCell<bool>,
}

/// A quotation; `end` is the end of the block where it is not closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quote {
    pub range: Range<usize>,
    pub closed: bool,
}

impl<'a> Passage<'a> {
    pub fn new(document: &'a Document, index: usize, (layout, cues): (&'a Layout, &'a Cues)) -> Self {
        let block = &document.blocks[index];
        Passage {
            block: index,
            language: block.language,
            source: document.block_text(block),
            text: block.folded.as_str(),
            folded: &block.folded,
            layout,
            lexis: cues.of(block.language).filter(|_| block.language == Language::En).map(|own| &own.lexis),
            tokens: OnceCell::new(),
            sentences: OnceCell::new(),
            quotes: OnceCell::new(),
            one_quotation: OnceCell::new(),
        }
    }

    /// English words and punctuation; none in Chinese.
    pub fn tokens(&self) -> &[Token<'a>] {
        self.tokens.get_or_init(|| self.lexis.map_or_else(Vec::new, |lexis| tokens(self.folded, self.source, lexis)))
    }

    /// Its sentences; one closed quotation is never cut.
    pub fn sentences(&self) -> &[Range<usize>] {
        self.sentences.get_or_init(|| {
            let sentences = sentences(self.source, &|w| self.layout.is_abbreviation(w));
            let sentences = sentences.into_iter().map(|r| self.in_folded(&r)).filter(|r| !r.is_empty()).collect();
            whole_quotations(sentences, self.quotes(), self.text.len())
        })
    }

    pub fn quotes(&self) -> &[Quote] {
        self.quotes.get_or_init(|| quotes(self.source).into_iter().map(|q| Quote { range: self.in_folded(&q.range), closed: q.closed }).collect())
    }

    fn in_folded(&self, source: &Range<usize>) -> Range<usize> {
        self.folded.offset_of(source.start)..self.folded.offset_of(source.end)
    }

    /// Whether `at` lies inside a quotation that is not the whole paragraph.
    pub fn is_quoted(&self, at: usize) -> bool {
        let before = self.quotes().partition_point(|q| q.range.start < at);
        before > 0 && at < self.quotes()[before - 1].range.end && !self.is_one_quotation()
    }

    /// Whether the paragraph is one quotation and nothing else.
    pub fn is_one_quotation(&self) -> bool {
        let rest = |end: usize| self.text[end..].chars().all(|c| !c.is_alphanumeric());
        *self.one_quotation.get_or_init(|| matches!(self.quotes(), [q] if q.range.start == 0 && rest(q.range.end)))
    }

    /// The tokens of a stretch.
    pub fn tokens_in(&self, range: &Range<usize>) -> &[Token<'a>] {
        let tokens = self.tokens();
        let from = tokens.partition_point(|t| t.start < range.start);
        let to = from + tokens[from..].partition_point(|t| t.start < range.end);
        &tokens[from..to]
    }
}

/// Sentences that one closed quotation spans are read as one: who said its end said its beginning.
fn whole_quotations(sentences: Vec<Range<usize>>, quotes: &[Quote], length: usize) -> Vec<Range<usize>> {
    let mut whole: Vec<Range<usize>> = Vec::new();
    for sentence in sentences {
        let spans = |q: &Quote| q.closed && sentence.start < q.range.end && q.range.len() + 2 < length;
        let before = quotes[..quotes.partition_point(|q| q.range.start < sentence.start)].last();
        match whole.last_mut() {
            Some(last) if before.is_some_and(spans) => last.end = sentence.end,
            _ => whole.push(sentence),
        }
    }
    whole
}

/// Quotations in `text`: paired marks of any kind. Straight marks open and close in turn; single marks open before a letter and
/// close after a stop, for apostrophes look the same. An opening mark that is never closed opens a quotation to the end, as in
/// speech that runs over several paragraphs.
fn quotes(text: &str) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let last_single = OnceCell::new();
    let mut from = 0;
    while let Some(at) = text.as_bytes()[from..].iter().position(|b| matches!(b, b'"' | b'\'' | 0xE2 | 0xE3)).map(|i| from + i) {
        let Some(c) = char_at(text, at) else { break };
        from = at + c.len_utf8();
        if !matches!(c, '“' | '”' | '「' | '」' | '『' | '』' | '"' | '‘' | '’' | '\'') {
            continue;
        }
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let after = char_at(text, from).unwrap_or(' ');
        match (open, c) {
            (None, '“' | '「' | '『' | '"') => open = Some((at, c)),
            (None, '‘' | '\'') if !before.is_alphanumeric() && after.is_alphabetic() && *last_single.get_or_init(|| last_single_close(text)) > Some(at) => {
                open = Some((at, c));
            }
            (Some((start, mark)), '”' | '」' | '』' | '"') if closes(mark, c) => {
                found.push(Quote { range: start..from, closed: true });
                open = None;
            }
            (Some((start, '‘' | '\'')), '’' | '\'') if ends_speech(before) && !after.is_alphanumeric() => {
                found.push(Quote { range: start..from, closed: true });
                open = None;
            }
            // A new opening mark before the old one is closed: the old one stood alone.
            (Some((_, '“')), '“') => open = Some((at, c)),
            _ => {}
        }
    }
    if let Some((start, _)) = open {
        found.push(Quote { range: start..text.len(), closed: false });
    }
    found
}

/// Where the last single mark stands that closes a quotation.
fn last_single_close(text: &str) -> Option<usize> {
    let closes = |(i, mark): &(usize, &str)| {
        let after = char_at(text, i + mark.len()).unwrap_or(' ');
        text[..*i].chars().next_back().is_some_and(ends_speech) && !after.is_alphanumeric()
    };
    text.rmatch_indices(['’', '\'']).find(closes).map(|(i, _)| i)
}

fn ends_speech(c: char) -> bool {
    matches!(c, ',' | '.' | '?' | '!' | '…')
}

fn closes(open: char, close: char) -> bool {
    matches!((open, close), ('“', '”' | '"') | ('「', '」') | ('『', '』') | ('"', '"' | '”'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations() {
        for (text, want) in [
            ("a “b” c", vec![("“b”", true)]),
            ("a \"b\" c \"d\"", vec![("\"b\"", true), ("\"d\"", true)]),
            ("“never closed", vec![("“never closed", false)]),
            ("「一」和『二』", vec![("「一」", true), ("『二』", true)]),
            ("'All of it.' The workers' hall", vec![("'All of it.'", true)]),
            ("‘It’s ours,’ he said", vec![("‘It’s ours,’", true)]),
            ("the 'deal' isn't done", vec![]),
            ("none", vec![]),
        ] {
            let got: Vec<_> = quotes(text).into_iter().map(|q| (&text[q.range], q.closed)).collect();
            assert_eq!(got, want);
        }
    }
}
