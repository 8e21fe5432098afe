//! XLSX, XLSB, XLS and ODS (crate `calamine`): the first row of a sheet names its columns.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Cursor;

use calamine::{Cell, Data, DataRef, Reader, Sheets, XlsxError};

use super::workbook;
use crate::corpus::tabular::{Row, Table};

/// No spreadsheet has more rows or columns.
const SIZE: (u32, u32) = (1 << 20, 1 << 14);

/// No sheet holds more text.
const MOST_TEXT: usize = 512 << 20;

/// The cells of a sheet that hold something, by row.
type Cells = BTreeMap<u32, Vec<(usize, String)>>;

/// The tables of a workbook, by the names of their sheets. Empty sheets are left out.
///
/// # Errors
/// It is damaged or locked.
pub fn table(bytes: &[u8]) -> Result<Vec<(String, Table<'static>)>, String> {
    // The crate panics on some damaged files.
    std::panic::catch_unwind(|| tables(bytes)).unwrap_or_else(|_| Err("is a damaged spreadsheet".into()))
}

fn tables(bytes: &[u8]) -> Result<Vec<(String, Table<'static>)>, String> {
    workbook::check(bytes)?;
    let mut workbook = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| format!("is a damaged or locked spreadsheet: {e}"))?;
    let mut tables = Vec::new();
    for name in workbook.sheet_names() {
        let cells = match &mut workbook {
            Sheets::Xlsx(book) => match book.worksheet_cells_reader(&name) {
                // Sheets of charts and macros.
                Err(XlsxError::NotAWorksheet(_)) => continue,
                reader => reader.map_err(|e| e.to_string()).and_then(|mut reader| one_by_one(|| reader.next_cell())),
            },
            Sheets::Xlsb(book) => book.worksheet_cells_reader(&name).map_err(|e| e.to_string()).and_then(|mut reader| one_by_one(|| reader.next_cell())),
            other => other.worksheet_range(&name).map_err(|e| e.to_string()).map(|sheet| cells_of(&sheet)),
        };
        let mut rows = cells.map_err(|e| format!("sheet `{name}` is damaged: {e}"))?.into_iter();
        let Some((_, head)) = rows.next() else { continue };
        let width = head.iter().map(|(column, _)| column + 1).max().unwrap_or(0);
        let head = Row::new(0, owned(head));
        let columns = (0..width).map(|column| head.cell(column).to_owned()).collect();
        let rows = rows.map(|(number, cells)| Row::new(number as usize + 1, owned(cells))).filter(|row| !row.is_blank()).collect();
        tables.push((name, Table { columns, rows, ..Table::default() }));
    }
    Ok(tables)
}

fn owned(cells: Vec<(usize, String)>) -> impl Iterator<Item = (usize, Cow<'static, str>)> {
    cells.into_iter().map(|(column, text)| (column, Cow::Owned(text)))
}

/// The cells of a sheet, one by one: the crate would make room for all between the first and the last, and they may be far apart.
fn one_by_one<'a, E: Display>(mut next: impl FnMut() -> Result<Option<Cell<DataRef<'a>>>, E>) -> Result<Cells, String> {
    let (mut cells, mut size) = (Cells::new(), 0);
    while let Some(found) = next().map_err(|e| e.to_string())? {
        let (row, column) = found.get_position();
        let text = cell(&found.get_value().clone().into());
        if text.is_empty() {
            continue;
        }
        if row >= SIZE.0 || column >= SIZE.1 {
            return Err("it has a cell beyond the last row or column that there can be".into());
        }
        // A text that stands in the file once may stand in every cell.
        size += text.len();
        if size > MOST_TEXT {
            return Err(format!("its cells hold more than {} MiB of text; save it as CSV", MOST_TEXT >> 20));
        }
        cells.entry(row).or_default().push((column as usize, text));
    }
    Ok(cells)
}

fn cells_of(sheet: &calamine::Range<Data>) -> Cells {
    let first = sheet.start().map_or(0, |(row, _)| row);
    let filled = |cells: &[Data]| cells.iter().map(cell).enumerate().filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>();
    (first..).zip(sheet.rows().map(filled)).filter(|(_, cells)| !cells.is_empty()).collect()
}

/// A cell as text; days as YYYY-MM-DD.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(s) | Data::DateTimeIso(s) | Data::DurationIso(s) => s.clone(),
        Data::Int(n) => n.to_string(),
        Data::Float(x) => x.to_string(),
        Data::Bool(b) => b.to_string(),
        Data::DateTime(when) => {
            let (year, month, day, ..) = when.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn xlsx(cells: &str) -> Vec<u8> {
        let relation = |of: &str, target: &str| {
            let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
            format!(r#"<Relationships><Relationship Id="r1" Type="{kind}/{of}" Target="{target}"/></Relationships>"#)
        };
        zipped(&[
            ("_rels/.rels", relation("officeDocument", "xl/workbook.xml").as_bytes()),
            ("xl/workbook.xml", br#"<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#),
            ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml").as_bytes()),
            ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{cells}</sheetData></worksheet>").as_bytes()),
        ])
    }

    fn cell_at(place: &str, text: &str) -> String {
        format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
    }

    #[test]
    fn cells_that_lie_far_apart_take_no_room() {
        let sheet = [("B2", "title"), ("C2", "text"), ("C3", "Words."), ("XFD1048576", "x")].map(|(place, text)| cell_at(place, text)).concat();
        let (name, table) = table(&xlsx(&sheet)).unwrap().remove(0);
        assert_eq!((name.as_str(), table.columns), ("S", vec![String::new(), "title".into(), "text".into()]));
        let rows: Vec<(usize, &str)> = table.rows.iter().map(|r| (r.place, r.cell(2))).collect();
        assert_eq!(rows, [(3, "Words."), (1_048_576, "")]);
        assert!(super::table(&xlsx(&cell_at("ZZZZZ9", "x"))).unwrap_err().contains("beyond the last"));
    }

    #[test]
    fn what_the_crate_panics_at_is_damaged() {
        // A record without the content that it must have.
        let file = zipped(&[("xl/workbook.bin", b"\x99\x01\x00")]);
        assert_eq!(table(&file).unwrap_err(), "is a damaged spreadsheet");
    }
}
