//! What a selection asks of documents: whether one is left out as a copy or translation, which of its dates counts, and how
//! exactly that is known.

use polars::prelude::*;

use super::filter::{DateBasis, Filter};
use crate::corpus::{MONTH_ONLY, YEAR_ONLY};
use crate::error::Result;

/// One row a document: `document, source, source_side, genre, left_out, document_date` (as in the tables), `tally_date` (the
/// one that counts) and `coarse` (`year` or `month`, where no more is known).
pub(super) fn of_documents(documents: &DataFrame, filter: &Filter) -> Result<DataFrame> {
    let there = |name: &str| -> Result<Vec<bool>> { Ok(documents.column(name)?.str()?.iter().map(|v| v.is_some()).collect()) };
    let (copies, translations) = (there("duplicate_of")?, there("translation_of")?);
    let left_out: Vec<bool> = copies
        .iter()
        .zip(&translations)
        .map(|(copy, translation)| (*copy && !filter.keep_duplicates) || (*translation && filter.first_of_translations))
        .collect();
    let evidence = documents.column("date_evidence")?.str()?;
    let coarse: Vec<Option<&str>> = evidence.iter().map(|e| e.and_then(|e| coarseness(e, filter.date))).collect();
    let columns = vec![Column::new("left_out".into(), left_out), Column::new("coarse".into(), coarse)];
    let (first, second) = match filter.date {
        DateBasis::Event => ("event_date", "published"),
        DateBasis::Published => ("published", "event_date"),
    };
    let facts = documents.hstack(&columns)?.lazy().select([
        col("document"),
        col("source"),
        col("source_side"),
        col("genre"),
        col("left_out"),
        col("date").alias("document_date"),
        coalesce(&[col(first), col(second)]).alias("tally_date"),
        col("coarse"),
    ]);
    Ok(facts.collect()?)
}

/// Replaces `date` by the one that counts, except in parts of a document with a day of their own, which is known exactly.
pub(super) fn with_dates(frame: LazyFrame) -> LazyFrame {
    let of_document = || col("date").eq_missing(col("document_date"));
    let date = when(of_document()).then(col("tally_date")).otherwise(col("date")).alias("date");
    let coarse = when(of_document()).then(col("coarse")).otherwise(lit(NULL)).alias("coarse");
    frame.with_columns([date, coarse])
}

/// How exactly the date that counts is known, by its evidence: `event_date: …|published: …`.
pub(super) fn coarseness(evidence: &str, basis: DateBasis) -> Option<&'static str> {
    let of = |name: &str| evidence.split('|').find_map(|part| part.strip_prefix(name));
    let (event, published) = (of("event_date: "), of("published: "));
    let used = if basis == DateBasis::Event { event.or(published) } else { published.or(event) }?;
    if used.ends_with(YEAR_ONLY) { Some("year") } else { used.ends_with(MONTH_ONLY).then_some("month") }
}

/// Whether of most dated documents only the year is known.
///
/// # Errors
/// Not a table of documents.
pub fn is_by_year(documents: &DataFrame) -> Result<bool> {
    let evidence = documents.column("date_evidence")?.str()?;
    let coarse = evidence.iter().flatten().filter(|e| coarseness(e, DateBasis::Event) == Some("year")).count();
    Ok(coarse * 2 > documents.column("date")?.len() - documents.column("date")?.null_count())
}
