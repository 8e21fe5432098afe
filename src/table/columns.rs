//! Tables made from rows, column by column.

use polars::prelude::*;

use super::text_column;
use crate::error::Result;

/// The columns of a table whose rows are `R`.
#[derive(Debug)]
pub struct Columns<'a, R> {
    rows: &'a [R],
    columns: Vec<Column>,
}

impl<'a, R> Columns<'a, R> {
    /// None yet.
    pub fn of(rows: &'a [R]) -> Self {
        Columns { rows, columns: Vec::new() }
    }

    /// Adds a column of text; empty text is an empty cell.
    #[must_use]
    pub fn text(mut self, name: &str, get: impl Fn(&'a R) -> &'a str) -> Self {
        self.columns.push(text_column(name, self.rows.iter().map(get)));
        self
    }

    /// Adds a column of whole numbers.
    #[must_use]
    pub fn number(mut self, name: &str, get: impl Fn(&'a R) -> Option<f64>) -> Self {
        let values: Vec<Option<i64>> = self.rows.iter().map(|r| get(r).filter(|x| x.is_finite()).map(|x| x.round() as i64)).collect();
        self.columns.push(Column::new(name.into(), values));
        self
    }

    /// Adds a column of numbers; what is not finite is an empty cell.
    #[must_use]
    pub fn real(mut self, name: &str, get: impl Fn(&'a R) -> Option<f64>) -> Self {
        let values: Vec<Option<f64>> = self.rows.iter().map(|r| get(r).filter(|x| x.is_finite())).collect();
        self.columns.push(Column::new(name.into(), values));
        self
    }

    /// The table.
    ///
    /// # Errors
    /// Two columns of one name.
    pub fn frame(self) -> Result<DataFrame> {
        Ok(DataFrame::new(self.rows.len(), self.columns)?)
    }
}
