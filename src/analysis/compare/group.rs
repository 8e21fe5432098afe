//! Groups of text to compare: `side=CN`, `side=US;year=2024,2025`.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use polars::prelude::*;

use crate::analysis::dimension::Dimension;
use crate::analysis::filter::{parse_day, speaker_expr, speaker_hint, speakers_named, upper};
use crate::error::{Error, Result};
use crate::scan::Scan;

/// A part of the text: all conditions hold.
#[derive(Debug, Clone)]
pub struct Group {
    text: String,
    conditions: Vec<Condition>,
}

#[derive(Debug, Clone)]
enum Condition {
    /// A dimension has one of these values.
    Is(Dimension, Vec<String>),
    Since(NaiveDate),
    Until(NaiveDate),
}

impl FromStr for Group {
    type Err = Error;

    /// Reads `COLUMN=VALUE,VALUE;COLUMN=VALUE`; the columns are those that one can count by, and `since` and `until`.
    fn from_str(text: &str) -> Result<Self> {
        let wrong = |what: &str| Error::Usage(format!("group \"{text}\": {what}; write side=CN, side=US,GB or \"side=CN;year=2024\""));
        let mut conditions = Vec::new();
        for part in text.split(';').filter(|p| !p.trim().is_empty()) {
            let (column, values) = part.split_once('=').ok_or_else(|| wrong("no `=`"))?;
            let values: Vec<String> = values.split(',').map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect();
            let first = values.first().ok_or_else(|| wrong("no value after `=`"))?;
            if values.len() > 1 && matches!(column.trim(), "since" | "until") {
                return Err(wrong("one date only"));
            }
            conditions.push(match column.trim() {
                "since" => Condition::Since(parse_day(first, false)?),
                "until" => Condition::Until(parse_day(first, true)?),
                name => Condition::Is(Dimension::of_text(name).map_err(|e| wrong(&e.to_string()))?, values),
            });
        }
        if conditions.is_empty() {
            return Err(wrong("it is empty"));
        }
        Ok(Group { text: text.trim().to_owned(), conditions })
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Group {
    /// Whether text belongs to it.
    pub(crate) fn expr(&self, scan: &Scan) -> Result<Expr> {
        let mut all = lit(true);
        for condition in &self.conditions {
            let holds = match condition {
                Condition::Since(day) => col("date").gt_eq(lit(*day)),
                Condition::Until(day) => col("date").lt_eq(lit(*day)),
                Condition::Is(Dimension::Column("speaker"), names) => {
                    for name in names {
                        if speakers_named(scan, std::slice::from_ref(name))?.is_empty() {
                            let hint = speaker_hint(scan, name)?;
                            return Err(Error::Usage(format!("group \"{}\": nobody named {name} speaks here{hint}", self.text)));
                        }
                    }
                    any(&speaker_expr(), &speakers_named(scan, names)?)
                }
                Condition::Is(dimension @ Dimension::Column("side" | "source" | "source_side"), values) => any(&upper(dimension.expr()), &uppercase(values)),
                Condition::Is(dimension, values) => any(&dimension.expr(), &cased(*dimension, values)),
            };
            all = all.and(holds.fill_null(lit(false)));
        }
        Ok(all)
    }

    /// The columns that it is about, as one counts by them.
    pub(super) fn columns(&self) -> String {
        let name = |c: &Condition| match c {
            Condition::Is(dimension, _) => dimension.name(),
            Condition::Since(_) | Condition::Until(_) => "year",
        };
        self.conditions.iter().map(name).collect::<Vec<_>>().join(",")
    }

    /// Whether it says something of this dimension, so that groups differ in it by intent.
    pub(super) fn is_about(&self, dimension: Dimension) -> bool {
        let dated = dimension.is_period();
        self.conditions.iter().any(|c| match c {
            Condition::Since(_) | Condition::Until(_) => dated,
            Condition::Is(of, _) => *of == dimension || (dated && of.is_period()) || (issued(*of) && issued(dimension)),
        })
    }
}

/// Whether it is of who issued a document.
fn issued(dimension: Dimension) -> bool {
    matches!(dimension, Dimension::Column("source" | "source_side"))
}

fn any(value: &Expr, wanted: &[String]) -> Expr {
    wanted.iter().map(|v| value.clone().eq(lit(v.clone()))).reduce(Expr::or).unwrap_or_else(|| lit(false))
}

fn uppercase(ids: &[String]) -> Vec<String> {
    ids.iter().map(|id| id.to_uppercase()).collect()
}

/// Values in the case in which tables have them.
fn cased(dimension: Dimension, values: &[String]) -> Vec<String> {
    let case = |v: &String| match dimension {
        Dimension::Column("voice" | "genre" | "evidence") => v.to_lowercase(),
        _ => v.clone(),
    };
    values.iter().map(case).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_read_and_what_is_none_is_said() {
        let group: Group = "side=CN; year=2024,2025".parse().unwrap();
        assert_eq!(group.conditions.len(), 2);
        assert!(group.is_about(Dimension::Quarter) && !group.is_about(Dimension::Column("voice")));
        for (text, want) in [
            ("CN", "no `=`"),
            ("speaker=", "no value"),
            ("", "it is empty"),
            ("colour=red", "colour: not one of day, week"),
            ("formula=x", "no part of the text"),
            ("since=never", "never"),
        ] {
            let message = text.parse::<Group>().unwrap_err().to_string();
            assert!(message.contains(want), "{message}");
        }
    }
}
