//! From files to documents: which files there are, what kind they are, and what in them is title, text or boilerplate, from
//! when and from whom.

//!
//! The way of a file: `discover` finds it, `container` unpacks it, `sniff` tells its format, `encoding` decodes it, one of
//! `formats` reads it, `tabular` makes texts of the rows of a table, `split` cuts a text into documents, `blocks` cuts a
//! document into paragraphs, `dating` and `origin` say from when and from whom it is, and `lay` puts it together. `written`
//! finds the dates in a text, `wrap` the lines that only break a paragraph.

mod blocks;
mod container;
mod dates;
mod dating;
mod desk;
mod discover;
mod document;
mod encoding;
mod evidence;
mod formats;
mod genre;
mod given;
mod lay;
mod layout;
mod limits;
mod member;
mod neighbours;
mod options;
mod origin;
mod raw;
mod read;
mod rows;
mod sidecar;
mod signature;
mod sniff;
mod source;
mod split;
mod stream;
mod tabular;
mod wrap;
mod written;

pub use dates::{Found, find_dates, resolve};
pub use discover::{Entry, STAGING, STDIN, is_interrupted, is_own_output};
pub use document::{Block, BlockKind, Dated, Document, MONTH_ONLY, Precision, Problem, YEAR_ONLY, is_loss};
pub use genre::Genre;
pub use layout::{LanguageLayout, Layout};
pub use options::{MAX_DOCUMENT, PathPattern, Reading, ReadingSpec, Split};
pub use origin::Origin;
pub use raw::Field;
pub use read::{Contents, Corpus, Rest, document_from_text, read_bytes};
pub use signature::{BINS, Signature, names_in, resemblance};
pub use split::suggest_split;
