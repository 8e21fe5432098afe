//! The lexicons that come with the program.

use super::formula::{Lexicon, Theme};
use super::parse::{parse_lexicon, parse_themes};
use crate::error::Result;

const LEXICONS: [(&str, &str); 4] = [
    ("lexicons/prc-diplomacy.toml", include_str!("../../lexicons/prc-diplomacy.toml")),
    ("lexicons/russia.toml", include_str!("../../lexicons/russia.toml")),
    ("lexicons/un.toml", include_str!("../../lexicons/un.toml")),
    ("lexicons/us.toml", include_str!("../../lexicons/us.toml")),
];
/// The file of the built-in themes.
pub const BUILTIN_THEMES: &str = "lexicons/themes.toml";
const THEMES: (&str, &str) = (BUILTIN_THEMES, include_str!("../../lexicons/themes.toml"));

/// The embedded lexicons.
///
/// # Errors
/// None in a released program: tests hold the files to the format.
pub fn builtin_lexicons() -> Result<Vec<Lexicon>> {
    LEXICONS.iter().map(|(file, text)| parse_lexicon(file, text)).collect()
}

/// The embedded themes.
///
/// # Errors
/// None in a released program: tests hold the file to the format.
pub fn builtin_themes() -> Result<Vec<Theme>> {
    parse_themes(THEMES.0, THEMES.1)
}

/// The files of the built-in lexicons.
pub(super) fn builtin_files() -> impl Iterator<Item = &'static str> {
    LEXICONS.iter().map(|(file, _)| *file)
}
