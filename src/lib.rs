//! tifa finds set political formulations (提法 *tífǎ*) in readouts, press conferences, speeches and statements, in English and
//! Chinese, and says who used which one when.
//!
//! The way through the library is one way: [`corpus`] reads files into documents, [`attribution`] cuts them into segments with
//! a speaker and a voice, [`matcher`] finds the formulas of a [`lexicon`] in them.
//! Above that (feature `analysis`, on by default), `scan` does this for a whole corpus in parallel and yields tables, `analysis`
//! queries them, `chart` and `report` show the answers.
//!
//! The library never prints.

#[cfg(feature = "analysis")]
pub mod analysis;
pub mod attribution;
#[cfg(feature = "analysis")]
pub mod chart;
#[cfg(feature = "analysis")]
pub mod cli;
pub mod corpus;
#[cfg(feature = "analysis")]
pub mod curation;
pub mod discover;
pub mod error;
#[cfg(feature = "analysis")]
pub mod evaluation;
pub mod lexicon;
pub mod matcher;
pub mod people;
#[cfg(feature = "analysis")]
pub mod report;
#[cfg(feature = "analysis")]
pub mod scan;
pub mod stats;
#[cfg(feature = "analysis")]
pub mod study;
#[cfg(feature = "analysis")]
pub mod table;
pub mod text;
