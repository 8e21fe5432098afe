//! What one can count by.

use std::str::FromStr;

use polars::prelude::*;

use super::filter::speaker_expr;
use crate::error::{Error, Result};
use crate::text::none_of;

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

/// Lengths of time.
const PERIODS: [&str; 5] = ["day", "week", "month", "quarter", "year"];
/// What formulas have.
const OF_FORMULAS: [&str; 3] = ["formula", "theme", "lexicon"];
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
                None => return Err(Error::Usage(format!("--by {name}: {}", none_of(name, &[&PERIODS, &OF_FORMULAS[..], &COLUMNS].concat())))),
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

    /// The length of time of that name.
    ///
    /// # Errors
    /// It is none.
    pub fn period(name: &str) -> Result<Dimension> {
        let found = name.parse::<Dimension>().ok().filter(|d| d.is_period());
        found.ok_or_else(|| Error::Usage(format!("period {name}: {}", none_of(name, &PERIODS))))
    }

    /// The dimension of that name, if it is of the text: not of formulas, nor the language, which is always apart.
    ///
    /// # Errors
    /// It is none.
    pub fn of_text(name: &str) -> Result<Dimension> {
        let dimension = name.parse::<Dimension>().map_err(|e| Error::Usage(e.to_string().replace("--by ", "")))?;
        if dimension.is_of_formula() || dimension == Dimension::Column("language") {
            return Err(Error::Usage(format!("{name}: is no part of the text; take speaker, source, voice, year …")));
        }
        Ok(dimension)
    }

    /// Whether it is a length of time.
    pub fn is_period(self) -> bool {
        matches!(self, Dimension::Day | Dimension::Week | Dimension::Month | Dimension::Quarter | Dimension::Year)
    }

    /// Whether it is of the formula, and so has no exposure of its own.
    pub fn is_of_formula(self) -> bool {
        matches!(self, Dimension::Formula | Dimension::Theme | Dimension::Lexicon)
    }

    /// The expression for its values; empty text where there is none.
    pub(super) fn expr(self) -> Expr {
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

/// The date that counts, as exactly as it is known.
pub(super) fn date_text() -> Expr {
    let as_known = |coarse: &str, format: &str| (col("coarse").eq_missing(lit(coarse)), col("date").dt().strftime(format));
    let ((year, by_year), (month, by_month)) = (as_known("year", "%Y"), as_known("month", "%Y-%m"));
    when(year).then(by_year).when(month).then(by_month).otherwise(col("date").dt().strftime("%Y-%m-%d")).fill_null(lit("")).alias("day")
}
