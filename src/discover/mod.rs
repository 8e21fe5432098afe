//! Formulas that no lexicon holds yet: recurrent fixed strings of a corpus, ranked by what makes a formula.
//!
//! The way: `tokens` cuts folded text, `texts` and `runs` keep it as numbers in a temporary file, `grams` counts what recurs, `measure` makes
//! candidates of that, `figures` and `kind` say what each is worth, and `choose` which are shown. Above that, `run` takes a corpus: `selection` says which
//! of its segments are searched, `uses` finds and counts the candidates again as the formulas of a lexicon are, `known`,
//! `change` and `pairs` say what is to be said of them, and `draft` makes a lexicon of them.

mod candidate;
#[cfg(feature = "analysis")]
mod change;
mod choose;
mod diction;
#[cfg(feature = "analysis")]
mod draft;
mod figures;
mod gather;
mod grams;
mod kind;
#[cfg(feature = "analysis")]
mod known;
mod lattice;
mod measure;
#[cfg(feature = "analysis")]
mod pairs;
#[cfg(feature = "analysis")]
mod run;
mod runs;
#[cfg(feature = "analysis")]
mod selection;
#[cfg(feature = "analysis")]
mod slots;
#[cfg(feature = "analysis")]
mod tables;
mod templates;
mod texts;
mod tokens;
#[cfg(feature = "analysis")]
mod uses;
#[cfg(feature = "analysis")]
mod variants;

#[cfg(feature = "analysis")]
use diction::Diction;

pub use candidate::Candidate;
#[cfg(feature = "analysis")]
pub use change::{Change, Status};
#[cfg(feature = "analysis")]
pub use draft::draft;
pub use figures::{Figures, Sizes};
pub use gather::{Found, Gatherer, Ranked, Wanted};
pub use grams::{Place, SLICES};
pub use kind::Kind;
#[cfg(feature = "analysis")]
pub use known::Nearest;
pub use measure::Lengths;
#[cfg(feature = "analysis")]
pub use pairs::Partner;
#[cfg(feature = "analysis")]
pub use run::{Discover, Discovery, Entry};
#[cfg(feature = "analysis")]
pub use selection::Against;
#[cfg(feature = "analysis")]
pub use slots::Filled;
#[cfg(feature = "analysis")]
pub use tables::{candidates, near_variants, templates};
pub use templates::Template;
#[cfg(feature = "analysis")]
pub use uses::Uses;
#[cfg(feature = "analysis")]
pub use variants::ChangedWord;
