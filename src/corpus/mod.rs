//! From files to documents: which files there are, what kind they are, and what in them is title, text or boilerplate, from
//! when and from whom.

mod blocks;
mod dates;
mod dating;
mod discover;
mod document;
mod layout;
mod origin;
mod read;

pub use dates::{Found, find_dates, resolve};
pub use discover::{Entry, discover, is_own_output};
pub use document::{Block, BlockKind, Dated, Document, Problem};
pub use layout::{LanguageLayout, Layout};
pub use origin::Origin;
pub use read::{document_from_text, read_file};
