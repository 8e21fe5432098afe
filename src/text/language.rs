//! The languages that tifa reads, and which of them a paragraph is in.

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

/// The language of `text`, by its script and, for longer Latin text, by the share of `common` English words: a paragraph
/// of a dozen words or more without any of them is not English. `None` where there are no letters.
pub fn language_of(text: &str, common: &dyn Fn(&str) -> bool) -> Option<Language> {
    let (mut han, mut kana, mut latin, mut other) = (0_usize, 0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        match c {
            _ if is_han(c) => han += 1,
            '\u{3040}'..='\u{30FF}' => kana += 1,
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => latin += 1,
            c if c.is_alphabetic() => other += 1,
            _ => {}
        }
    }
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
    let words: Vec<String> = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let known = words.iter().filter(|w| common(w)).count();
    Some(if words.len() >= 12 && known * 20 < words.len() { Language::Und } else { Language::En })
}

#[cfg(test)]
mod tests {
    use super::*;

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
