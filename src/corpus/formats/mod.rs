//! One reader a format: from bytes or text to [`super::raw::Raw`] texts or a table of them.

mod delimited;
#[cfg(feature = "office")]
mod docx;
#[cfg(feature = "html")]
mod html;
mod json;
mod markdown;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "office")]
mod spreadsheet;
#[cfg(feature = "office")]
mod workbook;

pub(super) use delimited::{Ends, Head, UNCLOSED, is_unclosed, quotes, table as csv};
pub(super) use json::{begins as json_begins, is_lines as is_json_lines, lines as json_lines, table as json};
pub(super) use markdown::front_matter;

#[cfg(feature = "office")]
pub(super) use docx::document as docx;
#[cfg(feature = "html")]
pub(super) use html::page as html;
#[cfg(feature = "parquet")]
pub(super) use parquet::table as parquet;
#[cfg(feature = "pdf")]
pub(super) use pdf::document as pdf;
#[cfg(feature = "office")]
pub(super) use spreadsheet::table as spreadsheet;

use super::raw::Raw;

/// Reads the text of a cell that holds markup, as those of some tables do.
pub(super) fn unmark(raw: &mut Raw) {
    #[cfg(feature = "html")]
    if has_markup(&raw.text)
        && let Ok(read) = html::fragment(&raw.text)
    {
        (raw.text, raw.marks) = (read.text, read.marks);
    }
    #[cfg(not(feature = "html"))]
    let _ = raw;
}

#[cfg(feature = "html")]
fn has_markup(text: &str) -> bool {
    const SIGNS: [&str; 9] = ["</p>", "<br", "</div>", "</P>", "<BR", "&nbsp;", "&amp;", "&quot;", "&#"];
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'<', b'&', bytes).any(|at| SIGNS.iter().any(|sign| bytes[at..].starts_with(sign.as_bytes())))
}
