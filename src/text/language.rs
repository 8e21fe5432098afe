//! The languages that tifa reads, and which of them a paragraph is in.

use super::eight;
use super::words::is_han;

/// A language of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    En,
    /// Chinese, simplified or traditional.
    Zh,
    /// Neither, or too little text to tell. Nothing is attributed in it.
    Und,
}

impl Language {
    /// Every language with formulas and cues of its own.
    pub const ALL: [Language; 2] = [Language::En, Language::Zh];

    /// The BCP 47 code: `en`, `zh`, `und`.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Zh => "zh",
            Language::Und => "und",
        }
    }

    /// Whether words are set apart by blanks. Exposure is counted in words if so, in Han characters if not.
    pub fn is_spaced(self) -> bool {
        self != Language::Zh
    }
}

/// So many words without any common one are not English.
const LONG: usize = 12;

/// The language of `text`, by its script and, for longer Latin text, by the share of `common` English words: a paragraph
/// of a dozen words or more without any of them is not English. `None` where there are no letters.
pub fn language_of(text: &str, common: &dyn Fn(&str) -> bool) -> Option<Language> {
    let Scripts { han, kana, latin, other, words } = Scripts::of(text);
    if han + kana + latin + other == 0 {
        return None;
    }
    // A Latin word of five letters weighs what one Han character does.
    let (asian, western) = (han + kana, (latin + other) / 5);
    if asian > western {
        return Some(if kana * 5 > asian { Language::Und } else { Language::Zh });
    }
    if other > latin {
        return Some(Language::Und);
    }
    if words < LONG {
        return Some(Language::En);
    }
    // So many are enough, and mostly among the first.
    let enough = words.div_ceil(20);
    let mut lower = String::new();
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    let known = words.filter(|w| common(lowered(w, &mut lower))).take(enough).count();
    Some(if known < enough { Language::Und } else { Language::En })
}

/// `word` in lower case, written into `buffer` if it is not.
fn lowered<'a>(word: &'a str, buffer: &'a mut String) -> &'a str {
    if !word.is_ascii() {
        *buffer = word.to_lowercase();
    } else if word.bytes().any(|b| b.is_ascii_uppercase()) {
        buffer.clear();
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
    } else {
        return word;
    }
    buffer
}

/// How many letters a text has of each script, and how many words.
#[derive(Debug, Default, PartialEq, Eq)]
struct Scripts {
    han: usize,
    kana: usize,
    latin: usize,
    other: usize,
    /// Runs of letters.
    words: usize,
}

impl Scripts {
    fn of(text: &str) -> Scripts {
        let mut scripts = Scripts::default();
        let bytes = text.as_bytes();
        let mut inside = false;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if let Some(eight) = eight::ascii(&bytes[at..]) {
                let letters = eight::letters(eight);
                scripts.latin += eight::count(letters) as usize;
                scripts.words += eight::count(letters & !eight::behind(letters, inside)) as usize;
                inside = eight::of_last(letters);
                at += 8;
                continue;
            }
            let letter = match byte {
                ..0x80 => {
                    at += 1;
                    scripts.latin += usize::from(byte.is_ascii_alphabetic());
                    byte.is_ascii_alphabetic()
                }
                // Of the block of unified ideographs.
                0xE5..=0xE9 => {
                    at += 3;
                    scripts.han += 1;
                    true
                }
                _ => {
                    let Some(c) = text[at..].chars().next() else { break };
                    at += c.len_utf8();
                    scripts.count(c)
                }
            };
            scripts.words += usize::from(letter && !inside);
            inside = letter;
        }
        scripts
    }

    /// Counts what is not ASCII; says whether it is a letter.
    fn count(&mut self, c: char) -> bool {
        let letter = c.is_alphabetic();
        match c {
            _ if is_han(c) => self.han += 1,
            '\u{3040}'..='\u{30FF}' => self.kana += 1,
            '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => self.latin += 1,
            _ => self.other += usize::from(letter),
        }
        letter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, character by character.
    fn slowly(text: &str) -> Scripts {
        let mut scripts = Scripts::default();
        let mut inside = false;
        for c in text.chars() {
            scripts.latin += usize::from(c.is_ascii_alphabetic());
            let letter = if c.is_ascii() { c.is_ascii_alphabetic() } else { scripts.count(c) };
            scripts.words += usize::from(letter && !inside);
            inside = letter;
        }
        scripts
    }

    proptest::proptest! {
        #[test]
        fn bytes_count_as_characters(text in "([a-zA-Z0-9]{1,4}|[ .,'-]|[一中谷鿿あЖéÀ々，“☺𠀀]){0,40}") {
            proptest::prop_assert_eq!(Scripts::of(&text), slowly(&text));
        }

        #[test]
        fn enough_common_words_are_as_good_as_all(text in "((THE|the|de|É|a|中|か|Ж)[ ,]){0,60}") {
            let common = |w: &str| w == "the" || w == "é";
            let words: Vec<String> = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
            let known = words.iter().filter(|w| common(w)).count();
            let english = words.len() < LONG || known * 20 >= words.len();
            let all = language_of(&text, &|_| true);
            let want = if all == Some(Language::En) && !english { Some(Language::Und) } else { all };
            proptest::prop_assert_eq!(language_of(&text, &common), want);
        }
    }

    #[test]
    fn by_paragraph() {
        let common = |w: &str| ["the", "of", "and", "to", "in"].contains(&w);
        for (text, want) in [
            ("The two sides agreed to work on it.", Some(Language::En)),
            ("Xinhua, Beijing", Some(Language::En)),
            ("习近平会见António Guterres秘书长，讨论联合国合作。", Some(Language::Zh)),
            ("外交部发言人", Some(Language::Zh)),
            ("これは日本語のかなです", Some(Language::Und)),
            ("Это по-русски", Some(Language::Und)),
            ("Le ministre chinois a rencontré son homologue français pour parler de coopération bilatérale hier soir", Some(Language::Und)),
            ("2023-01-01 …", None),
        ] {
            assert_eq!(language_of(text, &common), want, "{text}");
        }
    }
}
