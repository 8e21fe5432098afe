//! What is kept of a text to tell whether another one is its copy, nearly its copy, or its translation.
//!
//! A [`Signature`] has three parts: a hash of all letters; a MinHash of its shingles (Broder 1997; one permutation in bins,
//! Li, Owen & Zhang 2012, empty bins filled from their neighbours, Shrivastava & Li 2014; eight bits a bin, Li & König 2010),
//! by which the resemblance of two texts is estimated; and what reads the same in every language: people, states, days and
//! numbers. It is one cell of the table of documents, so that parts of a corpus can be put together without their texts.

mod marks;
mod shingles;

use super::document::{BlockKind, Document};
use crate::people::{Mentions, People};
use crate::text::{fold, mix};
use marks::{Kind, mark, push_dates_and_numbers};
use shingles::Shingles;

/// How many bins the MinHash has: the standard error of a resemblance of 0.8 is 0.035.
pub const BINS: usize = 128;
/// No more marks than this are kept: those with the smallest hashes, which are as good a sample as any.
const MARKS: usize = 64;

/// What is kept of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    /// Hash of its letters and digits, of a short text in a table with its speaker and day; empty if it has none.
    pub exact: String,
    /// The MinHash; empty for a short text.
    pub bins: Vec<u8>,
    /// Hashes of the people, states, days and numbers in its title, in order.
    pub title: Vec<u32>,
    /// The same of its text.
    pub marks: Vec<u32>,
}

impl Signature {
    /// The signature of a document; furniture and headings do not count.
    pub fn of(document: &Document, people: &People) -> Self {
        let mut reader = Reader::new(people);
        reader.read(fold(&document.title).as_str());
        let title = reader.marks();
        reader.shingles = Shingles::default();
        for block in document.blocks.iter().filter(|b| b.kind == BlockKind::Body) {
            reader.read(block.folded.as_str());
        }
        let mut marks = reader.marks();
        marks.truncate(MARKS);
        let Shingles { mut letters, any, .. } = reader.shingles;
        let bins = reader.shingles.bins();
        if bins.is_empty() && !document.record.is_empty() {
            // The same few words in a row of another speaker, or of another day, are said again.
            let date = document.date().map_or_else(String::new, |d| d.to_string());
            document.speaker.chars().chain(date.chars()).for_each(|c| letters.add(c as u32));
        }
        let exact = if any { format!("{:016x}", mix(letters.0)) } else { String::new() };
        Signature { exact, bins, title, marks }
    }

    /// As it stands in the table: the parts in hexadecimal digits, joined with `.`.
    pub fn to_cell(&self) -> String {
        let mut cell = self.exact.clone();
        cell.push('.');
        self.bins.iter().for_each(|b| push_hex(&mut cell, u32::from(*b), 2));
        for marks in [&self.title, &self.marks] {
            cell.push('.');
            marks.iter().for_each(|m| push_hex(&mut cell, *m, 6));
        }
        cell
    }

    /// Reads what [`Signature::to_cell`] wrote; what is not there is empty.
    pub fn from_cell(cell: &str) -> Self {
        let mut parts = cell.split('.');
        let mut numbers = |width: usize| -> (String, Vec<u32>) {
            let part = parts.next().unwrap_or("");
            let digits = part.as_bytes().chunks(width).filter_map(|c| u32::from_str_radix(std::str::from_utf8(c).ok()?, 16).ok());
            (part.to_owned(), digits.collect())
        };
        let (exact, _) = numbers(16);
        let bins = numbers(2).1.into_iter().map(|b| b as u8).collect();
        Signature { exact, bins, title: numbers(6).1, marks: numbers(6).1 }
    }
}

/// How much of two texts is the same, by the bins of their signatures: the estimated share of common shingles, from 0 to 1; 0 for short
/// texts.
pub fn resemblance(a: &[u8], b: &[u8]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let same = a.iter().zip(b).filter(|(a, b)| a == b).count() as f64 / BINS as f64;
    // One bin in 256 agrees by chance.
    ((same - 1.0 / 256.0) / (1.0 - 1.0 / 256.0)).max(0.0)
}

/// Those of the marks of a text that are people, states and days. They stand before its numbers.
pub fn names_in(marks: &[u32]) -> &[u32] {
    &marks[..marks.partition_point(|m| m >> 22 < Kind::Number as u32)]
}

/// Adds a number in hexadecimal digits.
fn push_hex(cell: &mut String, value: u32, digits: u32) {
    let digit = |place: u32| char::from_digit((value >> (4 * place)) & 15, 16).unwrap_or('0');
    cell.extend((0..digits).rev().map(digit));
}

/// Reads folded texts for their signature.
struct Reader<'p> {
    shingles: Shingles,
    mentions: Mentions<'p>,
    marks: Vec<u32>,
}

impl<'p> Reader<'p> {
    fn new(people: &'p People) -> Self {
        Reader { shingles: Shingles::default(), mentions: Mentions::new(people), marks: Vec::new() }
    }

    fn read(&mut self, folded: &str) {
        self.shingles.add(folded, &mut self.mentions);
        push_dates_and_numbers(folded, &mut self.marks);
    }

    /// The marks of what was read since they were last asked for: in order, each once.
    fn marks(&mut self) -> Vec<u32> {
        let mut marks = std::mem::take(&mut self.marks);
        marks.extend(self.mentions.persons().map(|p| mark(Kind::Person, &p.name)));
        marks.extend(self.mentions.sides().map(|s| mark(Kind::Side, s)));
        marks.sort_unstable();
        marks.dedup();
        marks
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::shingles::SHINGLE;
    use super::*;
    use crate::corpus::document_from_text;

    fn signature(text: &str) -> Signature {
        Signature::of(&document_from_text("a.txt", text.to_owned(), People::builtin()), People::builtin())
    }

    /// A text of `n` words, every `step`-th of which is another one than in the text with step 0.
    fn text(n: usize, step: usize) -> String {
        (0..n).map(|i| if step > 0 && i % step == 0 { format!("other{i} ") } else { format!("word{i} ") }).collect::<String>() + "."
    }

    #[test]
    fn the_estimate_is_near_the_truth() {
        let shingles = |t: &str| {
            let words: Vec<String> = t.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
            words.windows(SHINGLE).map(<[String]>::concat).collect::<HashSet<_>>()
        };
        for step in [5, 20, 50, 200] {
            let (a, b) = (text(600, 0), text(600, step));
            let (x, y) = (shingles(&a), shingles(&b));
            let truth = x.intersection(&y).count() as f64 / x.union(&y).count() as f64;
            let estimate = resemblance(&signature(&a).bins, &signature(&b).bins);
            assert!((estimate - truth).abs() < 0.12, "{step}: {estimate} for {truth}");
        }
        assert!(resemblance(&signature(&text(600, 0)).bins, &signature(&text(600, 0).replace("word", "term")).bins) < 0.05);
    }

    #[test]
    fn a_signature_survives_its_cell() {
        for t in [text(300, 0), "短文。".to_owned(), String::new()] {
            let s = signature(&t);
            assert_eq!(Signature::from_cell(&s.to_cell()), s);
        }
    }

    #[test]
    fn marks_are_the_same_in_two_languages() {
        let people = People::builtin();
        let of = |t: &str| {
            let mut reader = Reader::new(people);
            reader.read(fold(t).as_str());
            reader.marks()
        };
        assert_eq!(of("On May 16, 2018, Wang Yi spoke of France and 1,250 tons."), of("2018年5月16日，王毅谈到法国和1250吨。"));
    }
}
