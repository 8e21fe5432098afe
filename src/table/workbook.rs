//! Workbooks (XLSX, crate `rust_xlsxwriter`): numbers and days as such, text always as text, and the same bytes for the same tables.

use polars::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, IgnoreError, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::guard::may_run;
use super::shown::{is_probability, places};
use super::{is_right_aligned, text_column};
use crate::error::{Error, Result};

/// What a sheet has room for.
#[derive(Debug, Clone, Copy)]
struct Room {
    /// Rows, the names of the columns among them.
    rows: usize,
    /// UTF-16 units of a cell.
    cell: usize,
}

/// A sheet of Excel's.
const ROOM: Room = Room { rows: 1_048_576, cell: 32_767 };
/// The days of the calendar that Excel has, which knows no day before 1900 and takes that for a leap year: 1900-03-01 to 9999-12-31.
const DAYS: std::ops::RangeInclusive<i32> = 61..=2_958_465;
/// The number of 1970-01-01 there.
const EPOCH: i32 = 25_569;
/// How wide a column is made at most and at least, in letters.
const WIDTHS: (usize, usize) = (8, 60);
/// The rows that its width is made for.
const LOOKED_AT: usize = 500;
/// The longest name of a sheet, in UTF-16 units.
const NAME: usize = 31;

/// One sheet of a workbook.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// Its name, one of [`sheet_names`].
    pub name: String,
    /// What stands on it.
    pub table: &'a DataFrame,
    /// Whether long text is broken into lines.
    pub wraps: bool,
}

/// Names that sheets may have: not too long, without the signs that have a meaning there, and each only once.
pub fn sheet_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for name in names {
        let clean: String = name.chars().map(|c| if "*?:[]\\/'".contains(c) || c.is_control() { '_' } else { c }).collect();
        let clean = if clean.is_empty() { "Table".to_owned() } else { clean };
        let numbered = |n: usize| match n {
            1 => cut(&clean, NAME).to_owned(),
            n => {
                let end = format!("~{n}");
                format!("{}{end}", cut(&clean, NAME - end.len()))
            }
        };
        let is_free = |name: &String| name.to_lowercase() != "history" && taken.iter().all(|t| t.to_lowercase() != name.to_lowercase());
        taken.extend((1..).map(numbered).find(is_free));
    }
    taken
}

/// What of `table` a sheet has no room for, in a sentence: it is cut.
///
/// # Errors
/// A column that cannot be read.
pub fn too_large(table: &DataFrame) -> Result<Option<String>> {
    cut_from(table, ROOM)
}

fn cut_from(table: &DataFrame, room: Room) -> Result<Option<String>> {
    let mut cells = 0;
    for column in table.columns().iter().filter(|c| c.dtype() == &DataType::String) {
        cells += column.str()?.iter().take(room.rows - 1).flatten().filter(|text| cut(text, room.cell).len() < text.len()).count();
    }
    let rows = table.height().saturating_sub(room.rows - 1);
    let said = [(rows, "row", format!("left out: a sheet has {}", room.rows)), (cells, "cell", format!("cut: a cell has {} characters", room.cell))];
    let said: Vec<String> = said.iter().filter(|(n, ..)| *n > 0).map(|(n, what, why)| format!("{n} {what}{} {why}", if *n == 1 { "" } else { "s" })).collect();
    Ok((!said.is_empty()).then(|| format!("{}; csv and parquet hold them whole", said.join("; "))))
}

/// A workbook of one table, and of what it has no room for.
pub(super) fn single(table: &DataFrame) -> Result<Vec<u8>> {
    let page = Page { name: "Table".into(), table, wraps: false };
    let Some(cut) = too_large(table)? else { return workbook(&[page]) };
    let note = DataFrame::new_infer_height(vec![text_column("cut", [cut.as_str()].into_iter())])?;
    workbook(&[page, Page { name: "Cut".into(), table: &note, wraps: true }])
}

/// The bytes of a workbook.
///
/// # Errors
/// A name that no sheet may have; more columns than a sheet takes.
pub fn workbook(pages: &[Page<'_>]) -> Result<Vec<u8>> {
    write(pages, ROOM).map_err(|e| match e {
        Failed::Table(e) => e.into(),
        Failed::Workbook(e) => Error::Usage(format!("the workbook cannot be written: {e}; csv takes every table")),
    })
}

/// What may be wrong with a table, or with the workbook that it is put into.
enum Failed {
    Table(PolarsError),
    Workbook(XlsxError),
}

impl From<PolarsError> for Failed {
    fn from(e: PolarsError) -> Self {
        Failed::Table(e)
    }
}

impl From<XlsxError> for Failed {
    fn from(e: XlsxError) -> Self {
        Failed::Workbook(e)
    }
}

fn write(pages: &[Page<'_>], room: Room) -> Result<Vec<u8>, Failed> {
    let mut book = Workbook::new();
    // Without this the time of day would be in the file.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(1980, 1, 1)?));
    for page in pages {
        fill(book.add_worksheet(), page, room)?;
    }
    Ok(book.save_to_buffer()?)
}

fn fill(sheet: &mut Worksheet, page: &Page<'_>, room: Room) -> Result<(), Failed> {
    sheet.set_name(&page.name)?;
    let header = Format::new().set_bold().set_align(FormatAlign::Top);
    for (at, column) in (0_u16..).zip(page.table.columns()) {
        sheet.write_string_with_format(0, at, cut(column.name(), room.cell), &header)?;
        let column = column.slice(0, room.rows - 1);
        let width = match column.dtype() {
            DataType::Date => days(sheet, at, &column)?,
            dtype if dtype.is_numeric() => numbers(sheet, at, &column)?,
            _ => texts(sheet, at, &column, page.wraps, room)?,
        };
        // Beside a name stands the button of the filter.
        let width = width.max(column.name().width() + 3).clamp(WIDTHS.0, WIDTHS.1);
        sheet.set_column_width(at, width as f64)?;
    }
    let (rows, columns) = (page.table.height().min(room.rows - 1), page.table.width());
    sheet.set_freeze_panes(1, 0)?;
    if let (Ok(last), Ok(right), true) = (u32::try_from(rows), u16::try_from(columns.saturating_sub(1)), rows > 0 && columns > 0) {
        sheet.autofilter(0, 0, last, right)?;
        // A year as text is no mistake.
        sheet.ignore_error_range(1, 0, last, right, IgnoreError::NumberStoredAsText)?;
    }
    Ok(())
}

/// Writes a column of numbers, and says how wide it is. What is no number is an empty cell.
fn numbers(sheet: &mut Worksheet, at: u16, column: &Column) -> Result<usize, Failed> {
    let format = match (column.dtype().is_float(), is_probability(column.name())) {
        (false, _) => Format::new().set_num_format("0"),
        (true, true) => Format::new().set_num_format("[<0.0005]\"<0.001\";0.000"),
        (true, false) => Format::new().set_num_format(format!("0.{}", "0".repeat(places(column.name())))),
    };
    let values = column.cast(&DataType::Float64)?;
    for (row, value) in (1_u32..).zip(values.f64()?.iter()) {
        if let Some(value) = value.filter(|x| x.is_finite()) {
            sheet.write_number_with_format(row, at, value, &format)?;
        }
    }
    Ok(WIDTHS.0)
}

/// Writes a column of days; those that Excel does not know as text.
fn days(sheet: &mut Worksheet, at: u16, column: &Column) -> Result<usize, Failed> {
    let format = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left);
    let (numbers, texts) = (column.cast(&DataType::Int32)?, column.cast(&DataType::String)?);
    for (row, (number, text)) in (1_u32..).zip(numbers.i32()?.iter().zip(texts.str()?.iter())) {
        let number = number.and_then(|n| n.checked_add(EPOCH));
        match (number.filter(|n| DAYS.contains(n)), text) {
            (Some(number), _) => sheet.write_number_with_format(row, at, number, &format)?,
            (None, text) => sheet.write_string(row, at, text.unwrap_or(""))?,
        };
    }
    Ok("2000-01-01".len())
}

/// Writes a column of text, and says how wide it is.
fn texts(sheet: &mut Worksheet, at: u16, column: &Column, wraps: bool, room: Room) -> Result<usize, Failed> {
    let mut plain = Format::new().set_align(FormatAlign::Top);
    if wraps {
        plain = plain.set_text_wrap();
    }
    if is_right_aligned(column) {
        plain = plain.set_align(FormatAlign::Right);
    }
    // So that it is not run either when somebody changes the cell.
    let quoted = plain.clone().set_quote_prefix();
    let column = column.cast(&DataType::String)?;
    let mut width = 0;
    for (row, text) in (1_u32..).zip(column.str()?.iter()) {
        let Some(text) = text.filter(|t| !t.is_empty()) else { continue };
        let whole = cut(text, room.cell);
        let shortened;
        let text = if whole.len() < text.len() {
            shortened = format!("{}…", cut(text, room.cell - 1));
            shortened.as_str()
        } else {
            text
        };
        let format = if may_run(text) { &quoted } else { &plain };
        if text.starts_with("<r>") && text.ends_with("</r>") {
            // The crate takes such text for its own markup, unless it has made that itself.
            sheet.write_rich_string_with_format(row, at, &[(&Format::default(), text)], format)?;
        } else {
            sheet.write_string_with_format(row, at, text, format)?;
        }
        if row as usize <= LOOKED_AT {
            width = width.max(text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0) + 1);
        }
    }
    Ok(width)
}

/// The beginning of `text`, of at most so many UTF-16 units.
fn cut(text: &str, units: usize) -> &str {
    if text.len() <= units {
        return text;
    }
    let mut left = units;
    let end = text.char_indices().find(|(_, c)| match left.checked_sub(c.len_utf16()) {
        Some(rest) => {
            left = rest;
            false
        }
        None => true,
    });
    end.map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets() {
        let long = format!("comparison_{}", "x".repeat(30));
        let found =
            sheet_names(["hits", "HITS", &long, &long, "a/b:c", "History", "", "'q'", "外交部发言人例行记者会与国务院新闻办公室新闻发布会之比较研究报告"]);
        let cut = format!("comparison_{}", "x".repeat(20));
        let again = format!("comparison_{}~2", "x".repeat(18));
        assert_eq!(found[..8], ["hits", "HITS~2", &cut, &again, "a_b_c", "History~2", "Table", "_q_"]);
        assert_eq!(found[8].chars().count(), 31);
        assert!(found.iter().all(|name| Worksheet::new().set_name(name).is_ok()));
    }

    #[test]
    fn text_is_cut_between_characters() {
        for (text, units, want) in [("abc", 3, "abc"), ("abcd", 3, "abc"), ("人类命运", 3, "人类命"), ("a😀b", 2, "a"), ("a😀b", 3, "a😀"), ("é", 1, "é")]
        {
            assert_eq!(cut(text, units), want);
        }
    }

    #[test]
    fn what_is_too_large_is_said() {
        let table = DataFrame::new_infer_height(vec![text_column("a", ["123456", "12345", "", "1234567"].into_iter())]).unwrap();
        let said = |rows, cell| cut_from(&table, Room { rows, cell }).unwrap();
        assert_eq!(said(5, 7), None);
        assert_eq!(said(4, 5).unwrap(), "1 row left out: a sheet has 4; 1 cell cut: a cell has 5 characters; csv and parquet hold them whole");
        assert_eq!(too_large(&table).unwrap(), None);
    }

    /// The cells of a column of text, written and read back.
    #[cfg(feature = "office")]
    fn back(texts: &[&str], room: Room) -> Vec<String> {
        use calamine::Reader;
        let table = DataFrame::new_infer_height(vec![text_column("a", texts.iter().copied())]).unwrap();
        let page = Page { name: "T".into(), table: &table, wraps: false };
        let bytes = write(&[page], room).map_err(|_| "fails").unwrap();
        let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range("T").unwrap();
        sheet.rows().skip(1).map(|r| r[0].to_string()).collect()
    }

    #[cfg(feature = "office")]
    #[test]
    fn what_is_too_large_is_cut() {
        assert_eq!(back(&["123456", "", "1234", "x"], Room { rows: 4, cell: 5 }), ["1234…", "", "1234"]);
        let long = "国".repeat(ROOM.cell + 1);
        assert_eq!(back(&[&long], ROOM)[0].chars().count(), ROOM.cell);
    }

    #[cfg(feature = "office")]
    #[test]
    fn no_text_is_markup() {
        let texts = ["<r><t>x</t></r>", "<r>&amp;</b></r>", "=1+1", "_x0041_", " a \n b", "&lt;", "http://x.example/", "mailto:a", "a\u{1}b", "]]>"];
        assert_eq!(back(&texts, ROOM), texts);
    }
}
