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

pub(super) use delimited::table as csv;
pub(super) use json::table as json;
pub(super) use markdown::front_matter;

#[cfg(feature = "office")]
pub(super) use docx::document as docx;
#[cfg(feature = "html")]
pub(super) use html::{fragment as html_fragment, page as html};
#[cfg(feature = "parquet")]
pub(super) use parquet::table as parquet;
#[cfg(feature = "pdf")]
pub(super) use pdf::document as pdf;
#[cfg(feature = "office")]
pub(super) use spreadsheet::table as spreadsheet;
