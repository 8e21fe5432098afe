//! The sections of the page on what the analyses say: change over time, comparisons, adoption.

use std::collections::BTreeSet;

use maud::{Markup, html};
use polars::prelude::SortMultipleOptions;

use super::Settings;
use super::methods::anchor;
use super::page::{ranked, table};
use super::tables::Answers;
use crate::error::Result;
use crate::table::texts;

/// Below the chart over time: what is to say of each series.
pub(super) fn change(answers: &Answers, settings: &Settings) -> Result<Markup> {
    let Some(trend) = answers.named("trend") else { return Ok(html! {}) };
    let columns = ["label", "language", "occurrences", "documents", "first_seen", "last_seen", "status", "tau", "q", "slope", "changes", "change_q", "note"];
    Ok(html! {
        p.note {
            "First seen is first in these documents, not first use; “left” in the table trend.csv marks what is there from the start. "
            "What the columns mean: " a href={ "#" (anchor("Trends")) } { "methods" } "."
        }
        (ranked(trend, "Change of each formula", "trend.csv", &columns)?)
        @if !settings.tiers.is_empty() {
            @if let Some(series) = answers.named("series") {
                (table(series, "Heat by share of documents", "series.csv", &heat_columns(series))?)
            }
        }
    })
}

/// The columns of the heat table; the fourth is the period.
fn heat_columns(series: &polars::prelude::DataFrame) -> Vec<&str> {
    let period = series.get_column_names().get(3).map_or("", |c| c.as_str());
    vec!["label", "language", period, "documents", "of_documents", "share", "share_low", "share_high", "tier"]
}

/// The comparisons that the study asks for.
pub(super) fn comparisons(answers: &Answers, settings: &Settings) -> Result<Markup> {
    let mut parts = Vec::new();
    for named in &settings.comparisons {
        let name = format!("comparison_{}", named.name);
        let Some(frame) = answers.named(&name) else { continue };
        let mut columns = vec![
            "label",
            "language",
            "occurrences_a",
            "occurrences_b",
            "rate_a",
            "rate_b",
            "log_ratio",
            "log_ratio_low",
            "log_ratio_high",
            "interval",
            "p",
            "q",
        ];
        if !named.comparison.strata.is_empty() {
            columns.extend(["rate_ratio", "stratified_ratio", "stratified_low", "stratified_high"]);
        }
        columns.push("note");
        let clearest = frame
            .sort(["p", "g2"], SortMultipleOptions::default().with_order_descending_multi([false, true]).with_nulls_last(true).with_maintain_order(true))?;
        let languages = texts(frame, "language")?;
        let differs: BTreeSet<(String, String)> = languages.into_iter().zip(texts(frame, "differs")?).filter(|(_, d)| !d.is_empty()).collect();
        parts.push(html! {
            h3 { (named.comparison.a) " (a) and " (named.comparison.second()) " (b)" }
            @for (language, differs) in &differs {
                p.note { "The texts of the groups (" (language) ") also differ in " (differs.replace('|', ", ")) ": part of a difference can be one of these." }
            }
            (table(&clearest, "Comparison, the clearest differences first", &format!("{name}.csv"), &columns)?)
        });
    }
    Ok(html! {
        @if !parts.is_empty() {
            section aria-labelledby="comparisons" {
                h2 id="comparisons" { "Compared" }
                p.note { "A log ratio of 1 is twice as often in a, −1 twice as often in b. Intervals and p take documents as units: " a href={ "#" (anchor("Comparing")) } { "methods" } "." }
                @for part in &parts { (part) }
            }
        }
    })
}

/// Who takes up a formula of another side.
pub(super) fn adoption(answers: &Answers) -> Result<Markup> {
    let Some(frame) = answers.named("adoption").filter(|f| f.height() > 0) else { return Ok(html! {}) };
    let columns = ["label", "language", "origin", "tier", "speaker", "side", "stance", "occurrences", "documents", "first", "last", "sources"];
    Ok(html! {
        section aria-labelledby="adoption" {
            h2 id="adoption" { "Taken up by others" }
            p.note {
                "“own” is in the speaker's own words or a source of the speaker's side, “joint” in a text of several sides, “attributed” only in the report of another "
                "side's source: that is not adoption. " a href={ "#" (anchor("Adoption")) } { "Methods" } "."
            }
            @for (count, which) in answers.left_out() { p.note { (count) " occurrences left out, " (which) "." } }
            (table(frame, "Speakers of other sides", "adoption.csv", &columns)?)
        }
    })
}
