//! A folded text and the map back to the text it was made from.

use std::ops::Range;

/// A folded text and the map back to the text it was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    runs: Vec<Run>,
}

/// A stretch of folded text and the stretch of source it stands for. In a verbatim run both have the same length and
/// correspond byte by byte; otherwise the whole stretch stands for the whole. What follows a verbatim run without a gap and is
/// verbatim too is part of it, so that plain text is one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    folded: usize,
    source: usize,
    source_end: usize,
    verbatim: bool,
}

impl Run {
    /// Where the source of what stands at `folded` begins.
    fn source_of(&self, folded: usize) -> usize {
        if self.verbatim { self.source + (folded - self.folded) } else { self.source }
    }
}

impl Folded {
    /// An empty one, to be written.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Folded { text: String::with_capacity(bytes), runs: Vec::new() }
    }

    pub(super) fn into_string(self) -> String {
        self.text
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The stretch of source that the stretch `folded` of the folded text stands for.
    pub fn source(&self, folded: Range<usize>) -> Range<usize> {
        let Some(first) = self.runs.get(self.run_at(folded.start)) else { return 0..0 };
        let start = first.source_of(folded.start);
        if folded.is_empty() {
            return start..start;
        }
        let last = self.runs[self.run_at(folded.end - 1)];
        start..if last.verbatim { last.source_of(folded.end) } else { last.source_end }
    }

    /// The same for stretches asked for in their order.
    pub fn sources(&self) -> Sources<'_> {
        Sources { folded: self, run: 0 }
    }

    /// The first offset of the folded text whose source does not lie before `source`.
    pub fn offset_of(&self, source: usize) -> usize {
        let i = self.runs.partition_point(|r| r.source_end <= source);
        match self.runs.get(i) {
            None => self.text.len(),
            Some(r) if source <= r.source => r.folded,
            Some(r) if r.verbatim => r.folded + (source - r.source),
            Some(_) => self.runs.get(i + 1).map_or(self.text.len(), |next| next.folded),
        }
    }

    fn run_at(&self, folded: usize) -> usize {
        self.runs.partition_point(|r| r.folded <= folded).saturating_sub(1)
    }

    /// Adds `folded`, which stands for `source`.
    pub(super) fn push(&mut self, folded: &str, source: Range<usize>, verbatim: bool) {
        self.map(self.text.len(), source, verbatim);
        self.text.push_str(folded);
    }

    /// Adds what `write` writes, which stands byte by byte for the source from `at`. Returns where that ends.
    pub(super) fn push_verbatim(&mut self, at: usize, write: impl FnOnce(&mut String)) -> usize {
        let folded = self.text.len();
        write(&mut self.text);
        let end = at + (self.text.len() - folded);
        if end > at {
            self.map(folded, at..end, true);
        }
        end
    }

    /// Maps what begins at `folded`, after all that is mapped.
    fn map(&mut self, folded: usize, source: Range<usize>, verbatim: bool) {
        match self.runs.last_mut() {
            Some(last) if verbatim && last.verbatim && last.source_end == source.start => last.source_end = source.end,
            _ => self.runs.push(Run { folded, source: source.start, source_end: source.end, verbatim }),
        }
    }
}

/// The source of stretches of a folded text, from its beginning to its end.
#[derive(Debug)]
pub struct Sources<'f> {
    folded: &'f Folded,
    run: usize,
}

impl Sources<'_> {
    /// As [`Folded::source`]; `folded` does not begin before what was asked for last.
    pub fn of(&mut self, folded: Range<usize>) -> Range<usize> {
        let runs = &self.folded.runs;
        while runs.get(self.run + 1).is_some_and(|next| next.folded <= folded.start) {
            self.run += 1;
        }
        match runs.get(self.run) {
            Some(run) if run.verbatim && runs.get(self.run + 1).is_none_or(|next| folded.end <= next.folded) => {
                run.source_of(folded.start)..run.source_of(folded.end)
            }
            _ => self.folded.source(folded),
        }
    }
}
