//! Text as the rest of the program sees it: languages, folded text with a way back to the source, words, sentences.
//!
//! Everything here is a pure function of a string. Offsets are byte offsets into the string given.

mod fold;
mod han;
mod language;
mod nearest;
mod sentence;
mod words;

pub use fold::{Folded, fold, fold_unhyphenated, letters, plain};
pub use han::simplified;
pub use language::{Language, language_of};
pub use nearest::{nearest, none_of};
pub use sentence::sentences;
pub use words::{Exposure, begins_bounded, exposure, hex, is_bounded, is_han};
