//! Text as the rest of the program sees it: languages, folded text with a way back to the source, words, sentences.
//!
//! Everything here is a pure function of a string. Offsets are byte offsets into the string given.

mod background;
pub(crate) mod eight;
mod exposure;
mod fold;
mod folded;
mod han;
mod hash;
mod language;
mod nearest;
mod plural;
mod quoted;
mod sentence;
mod stretch;
mod words;

pub use background::Background;
pub use exposure::{Exposure, exposure};
pub use fold::{fold, fold_unhyphenated, letters, plain};
pub use folded::Folded;
pub use han::simplified;
pub(crate) use hash::{Fnv, mix};
pub use language::{Language, language_of};
pub use nearest::{nearest, none_of};
pub use plural::plural_of;
pub use quoted::quoted;
pub use sentence::sentences;
pub(crate) use stretch::is_plain;
pub use words::{begins_bounded, hex, is_bounded, is_han};
