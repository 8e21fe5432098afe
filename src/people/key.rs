//! The form under which names are compared: folded, with hyphens, stops, apostrophes and middle dots as blanks.

use crate::text::{fold, is_han, simplified};

/// So many bytes of a key need no memory of their own.
const SHORT: usize = 64;

/// The form under which names are compared: folded, hyphens and middle dots as blanks.
pub fn name_key(name: &str) -> String {
    Key::of(name).as_str().to_owned()
}

/// The key of a name. That of a short plain name lies where it is made.
pub(super) enum Key {
    Short { bytes: [u8; SHORT], length: usize },
    Long(String),
}

impl Key {
    pub fn of(name: &str) -> Self {
        plain_key(name).unwrap_or_else(|| Key::Long(folded_key(name)))
    }

    pub fn as_str(&self) -> &str {
        match self {
            // Whole characters were written into it.
            Key::Short { bytes, length } => std::str::from_utf8(&bytes[..*length]).unwrap_or_default(),
            Key::Long(key) => key,
        }
    }
}

/// The key of any name.
fn folded_key(name: &str) -> String {
    let folded = fold(name);
    let plain: String = folded.as_str().chars().map(|c| if is_gap(c) { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between the parts of a name as a blank does.
fn is_gap(c: char) -> bool {
    matches!(c, '-' | '·' | '・' | '•' | '.' | '\'')
}

/// The key of a short name of ASCII letters and signs, or of Han characters, that holds nothing which folding looks at twice.
fn plain_key(name: &str) -> Option<Key> {
    if name.len() > SHORT {
        return None;
    }
    let (mut bytes, mut length) = ([0; SHORT], 0);
    let (mut gap, mut blank, mut han) = (false, false, false);
    for c in name.chars() {
        let c = match c {
            '*' | '`' | '_' | '<' | '[' | ']' => return None,
            _ if is_gap(c) || matches!(c, '\u{2018}' | '\u{2019}') => ' ',
            _ if c.is_ascii_whitespace() || c == '\u{B}' => {
                blank = true;
                ' '
            }
            _ if c.is_ascii() => c.to_ascii_lowercase(),
            _ if is_han(c) => {
                han = true;
                simplified(c)
            }
            _ => return None,
        };
        if c == ' ' {
            gap = true;
            continue;
        }
        let space = usize::from(gap && length > 0);
        gap = false;
        let end = length + space + c.len_utf8();
        if end > SHORT {
            return None;
        }
        if space > 0 {
            bytes[length] = b' ';
        }
        c.encode_utf8(&mut bytes[length + space..end]);
        length = end;
    }
    // Blanks between Han characters vanish.
    (!(blank && han)).then_some(Key::Short { bytes, length })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        for (name, key) in [
            ("Xi  Jinping", "xi jinping"),
            ("Jean-Pierre O’Neil ", "jean pierre o neil"),
            ("伊洛娜・沃勒希", "伊洛娜 沃勒希"),
            ("習近平", "习近平"),
            ("习 近平", "习近平"),
            ("U.S.", "u s"),
            ("_Vőrösi_", "vorosi"),
            ("", ""),
        ] {
            assert_eq!(name_key(name), key);
        }
    }

    proptest::proptest! {
        #[test]
        fn plain_keys_are_those_of_folding(name in "[a-zA-Z0-9 .'’‘·・•\\-\n\t\u{b}\u{1c}*<>\\[(习習近平𠀀々á\u{301}\u{ad}–，]{0,12}") {
            if let Some(key) = plain_key(&name) {
                proptest::prop_assert_eq!(key.as_str(), folded_key(&name));
            }
        }
    }
}
