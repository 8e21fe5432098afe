//! Who says what: from a document to segments, each with a speaker, a voice and the evidence for it.
//!
//! One engine reads labelled transcripts, addresses and reported speech in every language; what differs between languages is
//! the data in `lexicons/cues.toml` and one small module that reads a sentence (`english`, `chinese`).
//!
//! A name is never guessed: no evidence, no speaker.

mod author;
mod chinese;
mod classes;
mod cues;
mod edges;
mod engine;
mod english;
mod genre;
mod grammar;
mod known;
mod labels;
mod learnt;
mod marks;
mod memo;
mod names;
mod offices;
mod passage;
mod roster;
mod segment;
mod speech;
mod stance;
mod stretch;
mod tokens;
mod unattributed;

pub use cues::{Cues, LanguageCues};
pub use engine::{Attribution, attribute};
pub use segment::{Evidence, Rule, Segment, Speaker, Voice, Why};
pub use stance::stance;
pub use unattributed::attributed;
