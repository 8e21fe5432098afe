//! When two names, two titles or two stretches of text are the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The form under which names are compared: compatibility decomposition (NFKD), full case folding, no accents, blanks made one.
pub(super) fn folded(name: &str) -> String {
    let letters: String = name.nfkd().flat_map(case_folded).filter(|c| canonical_combining_class(*c) == 0).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Full case folding, as near as the standard library has it: lower case of upper case (ß and ẞ are ss). The dotless i, of which
/// the upper case is I, stays.
fn case_folded(c: char) -> Box<dyn Iterator<Item = char>> {
    if c.is_ascii() {
        return Box::new(std::iter::once(c.to_ascii_lowercase()));
    }
    if c == 'ı' {
        return Box::new(std::iter::once(c));
    }
    Box::new(c.to_uppercase().flat_map(char::to_lowercase))
}

/// The letters and digits of a title, folded.
pub(super) fn letters(title: &str) -> String {
    folded(title).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A text without blanks and quotation marks, which editors and spreadsheets change.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '"').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_other_spellings() {
        for (a, b) in [("Antónia  Ferrão", "antonia ferrao"), ("Strauß", "STRAUSS"), ("Ilona Vőrösi", "Ilona Vorosi"), ("ＮＤＲＣ", "ndrc")] {
            assert_eq!(folded(a), folded(b));
        }
        assert_ne!(folded("Yıldız"), folded("Yildiz"));
        assert_eq!(letters("【两会】A_B – c!"), "两会abc");
        assert_eq!(bare("a \"b\"\n c"), "abc");
    }
}
