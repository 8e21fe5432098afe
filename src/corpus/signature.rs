//! What is kept of a text to tell whether another one is its copy, nearly its copy, or its translation.
//!
//! A [`Signature`] has three parts: a hash of all letters; a MinHash of its shingles (Broder 1997; one permutation in bins,
//! Li, Owen & Zhang 2012, empty bins filled from their neighbours, Shrivastava & Li 2014; eight bits a bin, Li & König 2010),
//! by which the resemblance of two texts is estimated; and what reads the same in every language: people, states, days and
//! numbers. It is one cell of the table of documents, so that parts of a corpus can be put together without their texts.

use super::dates::find_dates;
use super::document::{BlockKind, Document};
use super::written::next_digit;
use crate::people::People;
use crate::text::is_han;

/// How many bins the MinHash has: the standard error of a resemblance of 0.8 is 0.035.
pub const BINS: usize = 128;
/// How many words, or Han characters, a shingle has.
const SHINGLE: usize = 4;
/// A text with fewer shingles has no MinHash; only a true copy is found.
const FEWEST: usize = 40;
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
        let mut hash = Fnv::default();
        let mut shingles = Shingles::default();
        let mut marks = Vec::new();
        for block in document.blocks.iter().filter(|b| b.kind == BlockKind::Body) {
            let folded = block.folded.as_str();
            shingles.add(folded, &mut hash);
            add_marks(folded, people, &mut marks);
        }
        let bins = shingles.bins();
        if bins.is_empty() && !document.record.is_empty() {
            // The same few words in a row of another speaker, or of another day, are said again.
            let date = document.date().map_or_else(String::new, |d| d.to_string());
            document.speaker.chars().chain(date.chars()).for_each(|c| hash.add(c));
        }
        let mut title = Vec::new();
        add_marks(crate::text::fold(&document.title).as_str(), people, &mut title);
        distinct(&mut title);
        distinct(&mut marks);
        marks.truncate(MARKS);
        let exact = if shingles.any { format!("{:016x}", mix(hash.0)) } else { String::new() };
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

/// Marks in order, each once.
fn distinct(marks: &mut Vec<u32>) {
    marks.sort_unstable();
    marks.dedup();
}

/// Adds what reads the same in every language: people and states by their ids, days, and numbers of two digits and more.
fn add_marks(folded: &str, people: &People, marks: &mut Vec<u32>) {
    let dates = find_dates(folded);
    marks.extend(dates.iter().filter_map(|d| Some(mark(Kind::Day, format!("{}-{}", d.month?, d.day).chars()))));
    let mut dates = dates.iter().peekable();
    let bytes = folded.as_bytes();
    let mut at = 0;
    while let Some(start) = next_digit(bytes, at, false) {
        let parts = |at: usize| matches!(bytes[at], b',' | b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        at = (start..bytes.len()).find(|&i| !bytes[i].is_ascii_digit() && !parts(i)).unwrap_or(bytes.len());
        while dates.next_if(|d| d.range.end <= start).is_some() {}
        let in_date = dates.peek().is_some_and(|d| d.range.contains(&start));
        if at - start >= 2 && !in_date {
            marks.push(mark(Kind::Number, folded[start..at].chars().filter(|c| *c != ',')));
        }
    }
    marks.extend(people.find(folded).map(|(_, _, p)| mark(Kind::Person, p.name.chars())));
    marks.extend(people.sides_in(folded).map(|s| mark(Kind::Side, s.chars())));
}

/// A hash of 24 bits, of which the first two tell the kind: where there are too many marks, numbers are let go first.
fn mark(kind: Kind, value: impl Iterator<Item = char>) -> u32 {
    let mut hash = Fnv::default();
    value.for_each(|c| hash.add(c));
    (kind as u32) << 22 | (mix(hash.0) >> 42) as u32
}

/// What a mark stands for.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Person,
    Side,
    Day,
    Number,
}

/// The shingles of a text, as the least hash in each bin.
struct Shingles {
    least: [u64; BINS],
    count: usize,
    /// Hashes of the last words or Han characters.
    recent: [u64; SHINGLE],
    tokens: usize,
    /// Whether any letter or digit was seen.
    any: bool,
}

impl Default for Shingles {
    fn default() -> Self {
        Shingles { least: [u64::MAX; BINS], count: 0, recent: [0; SHINGLE], tokens: 0, any: false }
    }
}

impl Shingles {
    /// Adds the words and Han characters of a folded text, and its letters and digits to the hash of all.
    fn add(&mut self, folded: &str, letters: &mut Fnv) {
        let mut all = Fnv(letters.0);
        let mut word = Fnv::default();
        let mut open = false;
        for c in folded.chars() {
            // Nearly all characters are of the first kinds.
            let (letter, han) = match c {
                'a'..='z' | '0'..='9' => (true, false),
                '\0'..='\x7F' => (c.is_ascii_alphanumeric(), false),
                '\u{4E00}'..='\u{9FFF}' => (true, true),
                _ => (c.is_alphanumeric(), is_han(c)),
            };
            if letter {
                all.add(c);
                self.any = true;
            }
            if letter && !han {
                word.add(c);
                open = true;
                continue;
            }
            if open {
                self.token(word.0);
                (word, open) = (Fnv::default(), false);
            }
            if han {
                self.token(u64::from(c as u32));
            }
        }
        if open {
            self.token(word.0);
        }
        *letters = all;
    }

    fn token(&mut self, token: u64) {
        let [_, a, b, c] = self.recent;
        self.recent = [a, b, c, mix(token)];
        self.tokens += 1;
        if self.tokens >= SHINGLE {
            let hash = self.recent.iter().fold(0_u64, |sum, t| mix(sum ^ t));
            let bin = (hash >> 57) as usize;
            let value = hash << 7;
            self.least[bin] = self.least[bin].min(value);
            self.count += 1;
        }
    }

    fn bins(&self) -> Vec<u8> {
        if self.count < FEWEST {
            return Vec::new();
        }
        let filled = |bin: usize| {
            // An empty bin takes the value of the next one that is not, told apart by its distance.
            let found = (0..BINS).map(|step| (step as u64, self.least[(bin + step) % BINS])).find(|(_, v)| *v != u64::MAX);
            found.map_or(0, |(step, value)| (mix(value ^ step) >> 56) as u8)
        };
        (0..BINS).map(filled).collect()
    }
}

/// FNV-1a over characters.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xCBF2_9CE4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, c: char) {
        self.0 = (self.0 ^ u64::from(c as u32)).wrapping_mul(0x0000_0100_0000_01B3);
    }
}

/// The finaliser of SplitMix64: every bit of the result depends on every bit of `x`.
fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

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
            let mut marks = Vec::new();
            add_marks(crate::text::fold(t).as_str(), people, &mut marks);
            distinct(&mut marks);
            marks
        };
        assert_eq!(of("On May 16, 2018, Wang Yi spoke of France and 1,250 tons."), of("2018年5月16日，王毅谈到法国和1250吨。"));
    }
}
