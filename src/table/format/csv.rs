//! CSV, plain and for spreadsheets.

use std::borrow::Cow;

use polars::prelude::*;
use polars_io::SerWriter;
use polars_io::prelude::{CsvWriter, QuoteStyle};

use crate::error::Result;
use crate::table::guard::may_run;

/// How many decimals numbers have.
const DECIMALS: usize = 4;

/// The table as it is.
pub(super) fn plain(frame: &DataFrame) -> Result<Vec<u8>> {
    rows(frame, true)
}

/// Its rows, with the names of its columns before them or without.
pub(in crate::table) fn rows(frame: &DataFrame, head: bool) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write(frame, &mut bytes, head)?;
    Ok(bytes)
}

/// The table for a spreadsheet, which takes a file for UTF-8 only if it begins with a byte-order mark, and runs text that looks like a
/// formula unless there is an apostrophe before it.
pub(super) fn guarded(frame: &DataFrame) -> Result<Vec<u8>> {
    let mut columns = Vec::new();
    for column in frame.columns() {
        let mut column = match column.str() {
            Ok(texts) => texts.apply_values(guard).into_column(),
            Err(_) => column.clone(),
        };
        column.rename(guard(&column.name().clone()).as_ref().into());
        columns.push(column);
    }
    let mut bytes = "\u{FEFF}".as_bytes().to_vec();
    write(&DataFrame::new(frame.height(), columns)?, &mut bytes, true)?;
    Ok(bytes)
}

fn guard(text: &str) -> Cow<'_, str> {
    if may_run(text) { format!("'{text}").into() } else { text.into() }
}

fn write(frame: &DataFrame, bytes: &mut Vec<u8>, head: bool) -> Result<()> {
    let mut frame = with_small_numbers(frame)?;
    CsvWriter::new(bytes).include_header(head).with_quote_style(QuoteStyle::Necessary).with_float_precision(Some(DECIMALS)).finish(&mut frame)?;
    Ok(())
}

/// Numbers that these decimals would hide, such as small probabilities, as 1.234e-5.
fn with_small_numbers(frame: &DataFrame) -> Result<DataFrame> {
    let mut frame = frame.clone();
    let least = 10.0_f64.powi(1 - DECIMALS as i32);
    let text = |x: f64| if x != 0.0 && x.abs() < least { format!("{x:.3e}") } else { format!("{x:.DECIMALS$}") };
    let names: Vec<PlSmallStr> = frame.columns().iter().filter(|c| c.dtype() == &DataType::Float64).map(|c| c.name().clone()).collect();
    for name in names {
        let values: Vec<Option<f64>> = frame.column(&name)?.f64()?.iter().collect();
        if values.iter().flatten().any(|x| *x != 0.0 && x.abs() < least) {
            let texts: Vec<Option<String>> = values.into_iter().map(|x| x.map(text)).collect();
            frame.with_column(Column::new(name, texts))?;
        }
    }
    Ok(frame)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{PROBLEMS, read, text_column, write_whole};

    fn of(columns: Vec<Column>) -> DataFrame {
        DataFrame::new_infer_height(columns).unwrap()
    }

    #[test]
    fn quoted_where_it_must_be_and_empty_cells_are_empty() {
        let frame = of(vec![
            text_column("path", ["a,b.txt", "c\"d\n.txt", "e\rf"].into_iter()),
            text_column("kind", ["empty", "=cmd", ""].into_iter()),
            text_column("message", ["人类", "", "x"].into_iter()),
        ]);
        let csv = String::from_utf8(plain(&frame).unwrap()).unwrap();
        assert_eq!(csv, "path,kind,message\n\"a,b.txt\",empty,人类\n\"c\"\"d\n.txt\",=cmd,\n\"e\rf\",,x\n");
    }

    #[test]
    fn small_numbers_are_not_hidden() {
        let frame = of(vec![Column::new("p".into(), vec![Some(0.25), Some(0.000_012_34), Some(0.0), None])]);
        assert_eq!(String::from_utf8(plain(&frame).unwrap()).unwrap(), "p\n0.2500\n1.234e-5\n0.0000\n\n");
    }

    #[test]
    fn spreadsheets_run_nothing_and_numbers_stay_numbers() {
        let frame = of(vec![
            text_column("text", ["=cmd|' /C calc'!A0", " @x", "plain", "－1"].into_iter()),
            Column::new("n".into(), vec![-5_i64, 5, 0, -1]),
            Column::new("slope".into(), vec![Some(-1.5), Some(-0.000_01), None, Some(2.0)]),
            text_column("-a", ["", "", "", ""].into_iter()),
        ]);
        let csv = String::from_utf8(guarded(&frame).unwrap()).unwrap();
        assert_eq!(csv, "\u{FEFF}text,n,slope,'-a\n'=cmd|' /C calc'!A0,-5,-1.5000,\n' @x,5,-1.000e-5,\nplain,0,,\n'－1,-1,2.0000,\n");
    }

    #[test]
    fn the_mark_is_no_trouble_when_it_is_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let frame = of(["path", "record", "kind", "message"].map(|name| text_column(name, ["a", "-1"].into_iter())).into());
        write_whole(&dir.path().join("p.csv"), &guarded(&frame).unwrap()).unwrap();
        let back = read(dir.path(), "p", PROBLEMS).unwrap();
        assert_eq!(back.column("path").unwrap().str().unwrap().iter().flatten().collect::<Vec<_>>(), ["a", "'-1"]);
    }
}
