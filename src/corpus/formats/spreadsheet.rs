//! XLSX, XLS and ODS (crate `calamine`): the first row of a sheet names its columns.

use std::io::Cursor;

use calamine::{Data, Reader, Xls, Xlsx};

use crate::corpus::tabular::{Row, Table};

/// The tables of a workbook, by the names of their sheets. Empty sheets are left out.
///
/// # Errors
/// It is damaged or locked.
pub fn table(bytes: &[u8]) -> Result<Vec<(String, Table)>, String> {
    let fail = |e: &dyn std::fmt::Display| format!("is a damaged or locked spreadsheet: {e}");
    let cursor = || Cursor::new(bytes);
    if !bytes.starts_with(b"PK") {
        return sheets(&mut Xls::new(cursor()).map_err(|e| fail(&e))?);
    }
    match Xlsx::new(cursor()) {
        Ok(mut workbook) => sheets(&mut workbook),
        // OpenDocument and binary workbooks are archives too.
        Err(e) => calamine::open_workbook_auto_from_rs(cursor()).map_err(|_| fail(&e)).and_then(|mut workbook| sheets(&mut workbook)),
    }
}

fn sheets<R: Reader<Cursor<B>>, B: AsRef<[u8]>>(workbook: &mut R) -> Result<Vec<(String, Table)>, String>
where
    Cursor<B>: std::io::Read + std::io::Seek,
    R::Error: std::fmt::Display,
{
    let mut tables = Vec::new();
    for name in workbook.sheet_names() {
        let sheet = workbook.worksheet_range(&name).map_err(|e| format!("sheet `{name}` is damaged: {e}"))?;
        let first = sheet.start().map_or(0, |(row, _)| row as usize);
        let mut rows = sheet.rows().enumerate().map(|(i, cells)| (first + i + 1, cells.iter().map(cell).collect::<Vec<String>>()));
        let Some((_, columns)) = rows.next() else { continue };
        let filled = rows.filter(|(_, cells)| cells.iter().any(|c| !c.trim().is_empty()));
        let rows = filled.map(|(number, cells)| Row { place: number.to_string(), cells }).collect();
        tables.push((name, Table { columns, rows, bad: Vec::new() }));
    }
    Ok(tables)
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
