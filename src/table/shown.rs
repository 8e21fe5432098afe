//! Numbers as people read them: one rule for the terminal, the page, Markdown and LaTeX.
//!
//! What is read is rounded; what is reckoned with (CSV, JSON, Parquet, a workbook's cells) is not. The name of a column says how: it means
//! the same in every table.

use polars::prelude::*;

use crate::error::Result;

/// The columns, whatever their `_low` and `_high`, whose numbers lie about between −1 and 1 and want a third decimal.
const SMALL: [&str; 11] = ["share", "tau", "serial", "slope", "dp", "dp_norm", "npmi", "distance", "estimate", "low", "high"];

/// How many decimals the numbers of a column have where people read them.
pub(super) fn places(column: &str) -> usize {
    let stem = column.strip_suffix("_low").or_else(|| column.strip_suffix("_high")).unwrap_or(column);
    if is_probability(column) || SMALL.contains(&stem) { 3 } else { 2 }
}

/// Whether a column holds probabilities: one that is rounded to nothing is small, and not none.
pub(super) fn is_probability(column: &str) -> bool {
    matches!(column, "p" | "q") || column.ends_with("_p") || column.ends_with("_q")
}

/// A number of the column of that name: rates with two decimals, shares with three, probabilities with three or as `<0.001`. What is rounded
/// to nothing has no sign.
pub fn shown_number(column: &str, x: f64) -> String {
    if is_probability(column) && x < 0.0005 {
        return "<0.001".to_owned();
    }
    let text = format!("{x:.*}", places(column));
    match text.strip_prefix('-') {
        Some(rest) if rest.bytes().all(|b| matches!(b, b'0' | b'.')) => rest.to_owned(),
        _ => text,
    }
}

/// The cells of a column as people read them; empty cells are empty text.
///
/// # Errors
/// What polars cannot turn into text.
pub fn shown(column: &Column) -> Result<Vec<String>> {
    if let Ok(numbers) = column.f64() {
        return Ok(numbers.iter().map(|x| x.map_or_else(String::new, |x| shown_number(column.name(), x))).collect());
    }
    let column = column.cast(&DataType::String)?;
    Ok(column.str()?.iter().map(|text| text.unwrap_or("").to_owned()).collect())
}

/// Whether the cells of a column stand at its right edge: numbers, and the words before a formula.
pub fn is_right_aligned(column: &Column) -> bool {
    column.dtype().is_numeric() || column.name() == "left"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_shares_and_probabilities() {
        for (column, x, want) in [
            ("rate", 50.2513, "50.25"),
            ("rate_low", -0.001, "0.00"),
            ("log_ratio", -1.005, "-1.00"),
            ("share", 0.1429, "0.143"),
            ("share_high", 1.0, "1.000"),
            ("slope_low", -0.0123, "-0.012"),
            ("p", 0.0004, "<0.001"),
            ("change_q", 0.000_51, "0.001"),
            ("silent_p", 1.0, "1.000"),
            ("p", 0.0, "<0.001"),
        ] {
            assert_eq!(shown_number(column, x), want, "{column} {x}");
        }
    }

    #[test]
    fn whole_numbers_days_and_text_are_left_as_they_are() {
        let day = super::super::date_column("date", [Some(chrono::NaiveDate::default()), None].into_iter());
        assert_eq!(shown(&day).unwrap(), ["1970-01-01", ""]);
        let numbers = super::super::number_column("n", [1_234_567].into_iter());
        assert_eq!(shown(&numbers).unwrap(), ["1234567"]);
        assert!(is_right_aligned(&numbers) && !is_right_aligned(&day));
    }
}
