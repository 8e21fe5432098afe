//! How much text there is: the denominators of rates.
//!
//! Words are those of UAX #29. Most text is ASCII or Han, of which the rules are few and written out here; wherever anything
//! else stands, the words around it are left to the tables of Unicode.

use std::ops::AddAssign;

use unicode_segmentation::UnicodeSegmentation;

use super::eight;
use super::words::is_han;

/// How much text there is: the denominators of rates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exposure {
    /// UAX #29 words with at least one letter or digit, in scripts that set blanks between words.
    pub words: u64,
    /// Han characters.
    pub characters: u64,
}

impl AddAssign for Exposure {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        self.characters += other.characters;
    }
}

/// What a byte is to the edges of words.
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const LOW_LINE: u8 = 4;
/// What holds a word together between two letters, and between two digits.
const IN_LETTERS: u8 = 8;
const IN_DIGITS: u8 = 16;
const BLANK: u8 = 32;
/// The first byte of what is not ASCII.
const WIDE: u8 = 64;

const WORD: u8 = LETTER | DIGIT | LOW_LINE;

const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut b = 0;
    while b < 256 {
        class[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'_' => LOW_LINE,
            b'.' | b'\'' => IN_LETTERS | IN_DIGITS,
            b':' => IN_LETTERS,
            b',' | b';' => IN_DIGITS,
            b' ' | b'\n' => BLANK,
            128.. => WIDE,
            _ => 0,
        };
        b += 1;
    }
    class
};

/// Counts the words and the Han characters of `text`.
pub fn exposure(text: &str) -> Exposure {
    let bytes = text.as_bytes();
    let class = |at: usize| bytes.get(at).map_or(0, |b| CLASS[usize::from(*b)]);
    let mut sum = Exposure::default();
    // What stands from `from` on. A word ends there, whatever follows, and it is not yet in the sum.
    let mut open = Exposure::default();
    let mut at;
    (sum.words, at) = plain_words(bytes);
    let mut from = at.saturating_sub(1);
    while at < bytes.len() {
        let first = class(at);
        if first & WORD != 0 {
            let (end, seen) = ascii_word(bytes, at);
            open.words += u64::from(seen & (LETTER | DIGIT) != 0);
            at = end;
        } else if first == WIDE {
            let Some((length, characters)) = alone(&bytes[at..]) else {
                at = next_edge(bytes, at);
                sum += by_tables(&text[from..at]);
                open = Exposure::default();
                from = at;
                continue;
            };
            sum += open;
            open = Exposure { words: 0, characters };
            from = at;
            at += length;
        } else {
            at += 1;
            if first == BLANK {
                sum += open;
                open = Exposure::default();
                let (words, plain) = plain_words(&bytes[at..]);
                sum.words += words;
                at += plain;
                from = at - 1;
            }
        }
    }
    sum += open;
    sum
}

/// The words at the start of `bytes`, and where they end: behind the last blank before anything but plain ASCII text. Eight bytes at a
/// time: a word for each run of letters and digits, less one wherever a sign joins two of them.
fn plain_words(bytes: &[u8]) -> (u64, usize) {
    // How many words begin before `at`, and as many of them as are given back.
    let (mut begun, mut words, mut end) = (0, 0, 0);
    let mut at = 0;
    let mut before = Signs::default();
    while let Some(eight) = eight::ascii(&bytes[at..]) {
        let (letters, digits) = (eight::letters(eight), eight::digits(eight));
        let blanks = eight::is(eight, b' ') | eight::is(eight, b'\n');
        let word = letters | digits;
        let mut now = Signs { letters, digits, ..Signs::default() };
        let begins = word & !eight::after(word, before.letters | before.digits, 1);
        let mut joined = 0;
        if word | blanks != eight::HIGH {
            if eight::is(eight, b'_') != 0 {
                break;
            }
            let both = eight::is(eight, b'.') | eight::is(eight, b'\'');
            now.in_letters = both | eight::is(eight, b':');
            now.in_digits = both | eight::is(eight, b',') | eight::is(eight, b';');
        }
        if (now.in_letters | now.in_digits | before.in_letters | before.in_digits) != 0 {
            joined = letters & eight::after(now.in_letters, before.in_letters, 1) & eight::after(letters, before.letters, 2)
                | digits & eight::after(now.in_digits, before.in_digits, 1) & eight::after(digits, before.digits, 2);
        }
        if let Some(blank) = eight::last(blanks) {
            let earlier = (1 << (8 * blank)) - 1;
            words = begun + eight::count(begins & earlier) - eight::count(joined & earlier);
            end = at + blank + 1;
        }
        begun = begun + eight::count(begins) - eight::count(joined);
        before = now;
        at += 8;
    }
    (words, end)
}

/// What some of eight bytes are.
#[derive(Default)]
struct Signs {
    letters: u64,
    digits: u64,
    in_letters: u64,
    in_digits: u64,
}

/// Where the word of ASCII letters, digits and low lines ends that begins at `at`, and the classes of its bytes.
fn ascii_word(bytes: &[u8], at: usize) -> (usize, u8) {
    let class = |at: usize| bytes.get(at).map_or(0, |b| CLASS[usize::from(*b)]);
    let (mut end, mut seen) = (at, 0);
    loop {
        let mut next = class(end);
        let mut last = 0;
        while next & WORD != 0 {
            seen |= next;
            last = next;
            end += 1;
            next = class(end);
        }
        let joins = match last {
            LETTER => next & IN_LETTERS != 0,
            DIGIT => next & IN_DIGITS != 0,
            _ => false,
        };
        if !joins || class(end + 1) != last {
            return (end, seen);
        }
        end += 1;
    }
}

/// The length of the character that `bytes` begin with, if no word reaches into it from the left, and how many Han characters it is.
fn alone(bytes: &[u8]) -> Option<(usize, u64)> {
    match bytes {
        // The block of unified ideographs.
        [0xE4, 0xB8..=0xBF, ..] | [0xE5..=0xE9, ..] => Some((3, 1)),
        // 、 。 and the brackets and quotation marks after them, “ ” –  —.
        [0xE3, 0x80, 0x81 | 0x82 | 0x88..=0x91, ..] | [0xE2, 0x80, 0x93 | 0x94 | 0x9C | 0x9D, ..] => Some((3, 0)),
        _ => None,
    }
}

/// Where what stands at `at` has surely ended: at the next blank or character that stands alone.
fn next_edge(bytes: &[u8], at: usize) -> usize {
    let edge = |at: &usize| match CLASS[usize::from(bytes[*at])] {
        BLANK => true,
        WIDE => alone(&bytes[*at..]).is_some(),
        _ => false,
    };
    (at + 1..bytes.len()).find(edge).unwrap_or(bytes.len())
}

/// Counts by the tables of Unicode.
fn by_tables(text: &str) -> Exposure {
    let mut sum = Exposure::default();
    for word in text.unicode_words() {
        let han = word.chars().filter(|&c| is_han(c)).count() as u64;
        sum.characters += han;
        sum.words += u64::from(han == 0 && word.chars().any(char::is_alphanumeric));
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_characters() {
        for (text, words, characters) in [
            ("The U.S.–China talks, 2023: 5.3% up!", 7, 0),
            ("mankind's future", 2, 0),
            ("— … !", 0, 0),
            ("人类命运共同体", 0, 7),
            ("推动 GDI 落地，2030年议程。", 2, 7),
            ("a_b _ __ _1 1.a a.1 1.5 a'b a:b 1:2 1,2 a,b 1;2 'a' a''b", 18, 0),
            ("", 0, 0),
        ] {
            assert_eq!(exposure(text), Exposure { words, characters }, "{text}");
            assert_eq!(by_tables(text), Exposure { words, characters }, "{text}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2_000))]
        #[test]
        fn the_rules_count_as_the_tables(text in "([a-zA-Z]{1,3}|[0-9]{1,3}|[_.,:;'\"]|[ \\n\\r\\t-]|[人类命体]{1,3}|[，。、：“”’‘！？《》…—–·]|[éßЖאあアｱ가一々㐀𠀀\u{a0}\u{3000}\u{2003}\u{200B}\u{200D}\u{301}\u{AD}\u{93E}०Ⓜ☺🇨🇳〰〽]){0,16}") {
            proptest::prop_assert_eq!(exposure(&text), by_tables(&text));
        }

        #[test]
        fn plain_words_are_those_of_the_tables(text in "([a-zA-Z]{1,5}|[0-9]{1,3}|[.,:;'/]| ){0,60}[_’人é]?[ a-z]{0,20}") {
            proptest::prop_assert_eq!(exposure(&text), by_tables(&text));
        }

        #[test]
        fn nor_does_anything_else_change_them(text: String) {
            proptest::prop_assert_eq!(exposure(&text), by_tables(&text));
        }
    }
}
