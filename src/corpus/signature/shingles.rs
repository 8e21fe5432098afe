//! The shingles of a text: runs of words or Han characters, of which the least hashes are kept.

use super::BINS;
use crate::people::Mentions;
use crate::text::{Fnv, is_han, mix};

/// How many words, or Han characters, a shingle has.
pub(super) const SHINGLE: usize = 4;
/// A text with fewer shingles has no MinHash; only a true copy is found.
const FEWEST: usize = 40;

/// The letters and digits of ASCII.
const ALPHANUMERIC: [bool; 256] = {
    let mut class = [false; 256];
    let mut b = 0;
    while b < 128 {
        class[b] = (b as u8).is_ascii_alphanumeric();
        b += 1;
    }
    class
};

/// The shingles of a text, as the least hash in each bin.
pub(super) struct Shingles {
    least: [u64; BINS],
    count: usize,
    /// Hashes of the last words or Han characters.
    recent: [u64; SHINGLE],
    tokens: usize,
    /// The hash of all letters and digits.
    pub letters: Fnv,
    /// Whether any letter or digit was seen.
    pub any: bool,
}

impl Default for Shingles {
    fn default() -> Self {
        Shingles { least: [u64::MAX; BINS], count: 0, recent: [0; SHINGLE], tokens: 0, letters: Fnv::default(), any: false }
    }
}

impl Shingles {
    /// Adds the words and Han characters of a folded text, and its letters and digits to the hash of all. The names that begin with
    /// them go to `mentions`.
    pub fn add(&mut self, folded: &str, mentions: &mut Mentions<'_>) {
        mentions.begin();
        let bytes = folded.as_bytes();
        // Of its own, so that it stays out of memory.
        let mut all = self.letters;
        // A word that may go on, as it has letters beyond ASCII or something beyond ASCII follows.
        let mut open: Option<Fnv> = None;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            if ALPHANUMERIC[usize::from(byte)] {
                let mut word = Fnv::default();
                let mut next = byte;
                while ALPHANUMERIC[usize::from(next)] {
                    word.add(u32::from(next));
                    all.add(u32::from(next));
                    at += 1;
                    // The end of the text is as good as a blank.
                    next = bytes.get(at).copied().unwrap_or(b' ');
                }
                self.any = true;
                let hash = mix(word.0);
                mentions.word(folded, start, hash);
                if open.is_none() && next.is_ascii() {
                    self.token(hash);
                    at += usize::from(next == b' ');
                } else {
                    let whole = open.get_or_insert_default();
                    bytes[start..at].iter().for_each(|b| whole.add(u32::from(*b)));
                }
                continue;
            }
            if byte.is_ascii() {
                self.close(&mut open);
                if mentions.begins(byte) {
                    mentions.character(folded, at, mix(u64::from(byte)));
                }
                at += 1;
                continue;
            }
            let Some(c) = folded[at..].chars().next() else { break };
            at += c.len_utf8();
            let hash = mix(u64::from(c));
            mentions.character(folded, start, hash);
            let (letter, han) = if matches!(c, '\u{4E00}'..='\u{9FFF}') { (true, true) } else { (c.is_alphanumeric(), is_han(c)) };
            if letter {
                all.add(c as u32);
                self.any = true;
            }
            if letter && !han {
                open.get_or_insert_default().add(c as u32);
                continue;
            }
            self.close(&mut open);
            if han {
                self.token(hash);
            }
        }
        self.close(&mut open);
        self.letters = all;
    }

    /// Ends the word that may have gone on.
    #[inline]
    fn close(&mut self, open: &mut Option<Fnv>) {
        if let Some(word) = open.take() {
            self.token(mix(word.0));
        }
    }

    /// Adds a word or a Han character by its mixed hash.
    #[inline]
    fn token(&mut self, token: u64) {
        let [_, a, b, c] = self.recent;
        self.recent = [a, b, c, token];
        self.tokens += 1;
        if self.tokens >= SHINGLE {
            let hash = self.recent.iter().fold(0_u64, |sum, t| mix(sum ^ t));
            let bin = (hash >> 57) as usize;
            let value = hash << 7;
            self.least[bin] = self.least[bin].min(value);
            self.count += 1;
        }
    }

    /// Eight bits of each bin; none for a short text.
    pub fn bins(&self) -> Vec<u8> {
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
