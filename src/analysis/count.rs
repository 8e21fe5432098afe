//! How often: occurrences, documents, exposure and rate, by whatever is asked.
//!
//! Exposure is the text in the same cells and with the same filters as the count: words of spaced scripts, Han characters of
//! Chinese. Languages are never pooled: `language` is always among the columns.

use std::str::FromStr;

use polars::prelude::*;

use super::filter::{Filter, speaker_expr};
use crate::error::{Error, Result};
use crate::scan::Scan;

/// What a table by speaker shows for speech without a speaker.
pub const UNATTRIBUTED: &str = "(unattributed)";
/// What a table by speaker shows for the reporter.
pub const NARRATION: &str = "(narration)";

/// Something to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// The day.
    Day,
    /// The ISO week.
    Week,
    /// The month.
    Month,
    /// The quarter.
    Quarter,
    /// The year.
    Year,
    /// A column of segments and hits alike.
    Column(&'static str),
    /// The formula, with its label.
    Formula,
    /// The theme; a hit of several themes counts under each.
    Theme,
    /// The lexicon.
    Lexicon,
}

/// Columns of segments and hits by which one can count.
const COLUMNS: [&str; 10] = ["speaker", "side", "role", "source", "source_side", "language", "voice", "genre", "evidence", "document"];

impl FromStr for Dimension {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Ok(match name {
            "day" | "date" => Dimension::Day,
            "week" => Dimension::Week,
            "month" => Dimension::Month,
            "quarter" => Dimension::Quarter,
            "year" => Dimension::Year,
            "formula" => Dimension::Formula,
            "theme" => Dimension::Theme,
            "lexicon" => Dimension::Lexicon,
            _ => match COLUMNS.iter().find(|c| **c == name) {
                Some(column) => Dimension::Column(column),
                None => {
                    return Err(Error::Usage(format!(
                        "--by {name}: not one of day, week, month, quarter, year, formula, theme, lexicon, {}",
                        COLUMNS.join(", ")
                    )));
                }
            },
        })
    }
}

impl Dimension {
    /// The name of its column.
    pub fn name(self) -> &'static str {
        match self {
            Dimension::Day => "day",
            Dimension::Week => "week",
            Dimension::Month => "month",
            Dimension::Quarter => "quarter",
            Dimension::Year => "year",
            Dimension::Column(name) => name,
            Dimension::Formula => "formula",
            Dimension::Theme => "theme",
            Dimension::Lexicon => "lexicon",
        }
    }

    /// Whether it is of the formula, and so has no exposure of its own.
    fn is_of_formula(self) -> bool {
        matches!(self, Dimension::Formula | Dimension::Theme | Dimension::Lexicon)
    }

    /// The expression for its values; empty text where there is none.
    fn expr(self) -> Expr {
        // A document of which only the year is known has no month.
        let known = |coarse: &[&str]| {
            let unknown = coarse.iter().map(|c| col("coarse").eq_missing(lit(*c))).reduce(Expr::or).unwrap_or_else(|| lit(false));
            when(unknown).then(lit(NULL).cast(DataType::Date)).otherwise(col("date")).dt()
        };
        let value = match self {
            Dimension::Day => known(&["year", "month"]).strftime("%Y-%m-%d"),
            Dimension::Week => known(&["year", "month"]).strftime("%G-W%V"),
            Dimension::Month => known(&["year"]).strftime("%Y-%m"),
            Dimension::Year => known(&[]).strftime("%Y"),
            Dimension::Quarter => known(&["year"]).strftime("%Y") + lit("-Q") + known(&["year"]).quarter().cast(DataType::String),
            Dimension::Column("speaker") => speaker_expr(),
            other => col(other.name()),
        };
        value.fill_null(lit("")).alias(self.name())
    }
}

/// Counts what `filter` leaves of `scan`, by `by` and, always, by language.
///
/// Columns: those of `by` (a formula with its `label`), `language`, `occurrences`, `documents` (with at least one), `exposure`,
/// `unit` (words or characters), `rate` (occurrences per 10,000 of them; empty without exposure). A cell without an occurrence
/// is there with 0 where there is exposure, for each formula that occurs at all in that language.
///
/// # Errors
/// A filter with an unknown value.
pub fn count(scan: &Scan, by: &[Dimension], filter: &Filter) -> Result<DataFrame> {
    if let Some(twice) = by.iter().enumerate().find_map(|(i, d)| by[..i].contains(d).then(|| d.name())) {
        return Err(Error::Usage(format!("--by names {twice} twice")));
    }
    let selected = filter.select(scan, by.contains(&Dimension::Formula))?;
    let mut cells: Vec<Dimension> = by.iter().copied().filter(|d| !d.is_of_formula()).collect();
    if !cells.contains(&Dimension::Column("language")) {
        cells.push(Dimension::Column("language"));
    }
    let of_formula: Vec<Dimension> = by.iter().copied().filter(|d| d.is_of_formula()).collect();
    let names = |dims: &[Dimension]| -> Vec<Expr> { dims.iter().map(|d| col(d.name())).collect() };
    let values: Vec<Expr> = cells.iter().map(|d| d.expr()).collect();
    let exposure = selected.segments.with_columns(values.clone()).group_by(names(&cells)).agg([col("exposure").sum()]);
    let mut hits = selected.hits.with_columns(values).with_column(col("label").fill_null(lit("")));
    if of_formula.contains(&Dimension::Theme) {
        hits = by_single_theme(hits, filter);
    }
    let mut formula_columns = names(&of_formula);
    if of_formula.contains(&Dimension::Formula) {
        formula_columns.push(col("label"));
    }
    let keys: Vec<Expr> = names(&cells).into_iter().chain(formula_columns.iter().cloned()).collect();
    let counts = hits
        .group_by(keys.clone())
        .agg([len().cast(DataType::Int64).alias("occurrences"), col("document").n_unique().cast(DataType::Int64).alias("documents")]);
    let grid = if formula_columns.is_empty() {
        exposure
    } else {
        let seen: Vec<Expr> = formula_columns.iter().cloned().chain([col("language")]).collect();
        let seen = counts.clone().select(seen).unique_generic(None, UniqueKeepStrategy::Any);
        exposure.join(seen, [col("language")], [col("language")], JoinArgs::new(JoinType::Inner))
    };
    let table = grid.join(counts, keys.clone(), keys, JoinArgs::new(JoinType::Left));
    let table = with_rates(table);
    let mut columns: Vec<&str> = Vec::new();
    for dimension in by {
        columns.push(dimension.name());
        if *dimension == Dimension::Formula {
            columns.push("label");
        }
    }
    if !columns.contains(&"language") {
        columns.push("language");
    }
    let order: Vec<Expr> = columns.iter().map(|c| col(*c)).collect();
    columns.extend(["occurrences", "documents", "exposure", "unit", "rate"]);
    let sorted = table.sort_by_exprs(order.clone(), SortMultipleOptions::default().with_maintain_order(true));
    let blank = |c: Expr| when(c.clone().eq(lit(""))).then(lit(NULL)).otherwise(c.clone()).name().keep();
    let shown: Vec<Expr> = columns.iter().map(|c| col(*c)).collect();
    Ok(sorted.with_columns(order.into_iter().map(blank).collect::<Vec<_>>()).select(shown).collect()?)
}

/// A row for each theme of a hit; of the themes asked for, if any are.
fn by_single_theme(hits: LazyFrame, filter: &Filter) -> LazyFrame {
    let themes = col("theme").fill_null(lit("")).str().split(lit("|"));
    let single = hits.with_column(themes).explode(by_name(["theme"], true, false), ExplodeOptions { empty_as_null: true, keep_nulls: true });
    match filter.themes.iter().map(|t| col("theme").eq(lit(t.clone()))).reduce(Expr::or) {
        Some(wanted) => single.filter(wanted),
        None => single,
    }
}

/// Zeros for cells without an occurrence, the unit, and the rate.
fn with_rates(table: LazyFrame) -> LazyFrame {
    let zero = |name: &str| col(name).fill_null(lit(0));
    let unit = when(col("language").eq(lit("zh"))).then(lit("characters")).otherwise(lit("words")).alias("unit");
    let per_10_000 = col("occurrences").cast(DataType::Float64) * lit(10_000.0) / col("exposure").cast(DataType::Float64);
    let rate = when(col("exposure").gt(lit(0))).then(per_10_000).otherwise(lit(NULL)).alias("rate");
    table.with_columns([zero("occurrences"), zero("documents"), unit]).with_column(rate)
}
