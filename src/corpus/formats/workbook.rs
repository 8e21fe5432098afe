//! A look at a packed workbook before the crate `calamine` reads it, which trusts that it is whole and of a sensible size.

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// No workbook is unpacked beyond this size.
const LARGEST: u64 = 512 << 20;
/// An ODS of fewer cells than this takes little room, however few of them hold something.
const FEW: u64 = 1 << 20;
/// More cells than this, with the empty ones between them, take more room than there is.
const MOST: u64 = 50_000_000;

/// Whether a workbook can be read: it unpacks to a sensible size, and an ODS is whole. An XLS is not packed.
///
/// # Errors
/// It cannot; and why.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    let mut left = LARGEST;
    for i in 0..zip.len() {
        // What cannot be unpacked is told by the crate, if it is needed.
        let Ok(file) = zip.by_index(i) else { continue };
        let is_ods = file.name().is_ok_and(|name| name == "content.xml");
        let mut part = BufReader::new(file.take(left + 1));
        if is_ods {
            sheets(&mut part)?;
        }
        let _ = std::io::copy(&mut part, &mut std::io::sink());
        left = part.into_inner().limit().checked_sub(1).ok_or_else(|| format!("unpacks to more than {} MiB", LARGEST >> 20))?;
    }
    Ok(())
}

/// How far the filled cells of a sheet reach, and how many there are.
#[derive(Default)]
struct Extent {
    row: u64,
    column: u64,
    row_repeats: u64,
    first_row: Option<u64>,
    rows: u64,
    columns: u64,
    filled: u64,
}

impl Extent {
    fn cell(&mut self, repeats: u64, is_filled: bool) {
        self.column += repeats;
        if is_filled {
            self.first_row.get_or_insert(self.row);
            self.rows = self.row + self.row_repeats - self.first_row.unwrap_or(0);
            self.columns = self.columns.max(self.column);
            self.filled += repeats * self.row_repeats;
        }
    }

    fn is_sensible(&self) -> bool {
        let cells = self.rows * self.columns;
        cells <= FEW || (cells <= MOST && cells <= 64 * self.filled)
    }
}

/// Reads through the sheets of an ODS. The crate waits for ever for the end of a sheet that is cut off, and makes room for all
/// cells between the first and the last.
fn sheets(part: impl BufRead) -> Result<(), String> {
    let mut reader = Reader::from_reader(part);
    let (mut buffer, mut open, mut extent) = (Vec::new(), 0_usize, Extent::default());
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|e| format!("is a damaged spreadsheet: {e}"))?;
        match &event {
            Event::Start(e) | Event::Empty(e) => {
                let is_start = matches!(event, Event::Start(_));
                open += usize::from(is_start);
                match e.name().as_ref() {
                    "table:table" => extent = Extent::default(),
                    "table:table-row" => {
                        (extent.row, extent.column) = (extent.row + extent.row_repeats, 0);
                        extent.row_repeats = repeats(e, "table:number-rows-repeated", 1 << 20);
                    }
                    "table:table-cell" | "table:covered-table-cell" => {
                        let is_filled =
                            is_start || e.attributes().flatten().any(|a| a.key.as_ref().starts_with("office:") || a.key.as_ref() == "table:formula");
                        extent.cell(repeats(e, "table:number-columns-repeated", 1 << 14), is_filled);
                    }
                    _ => {}
                }
            }
            Event::End(_) => open = open.saturating_sub(1),
            Event::Eof if open > 0 => return Err("is a damaged spreadsheet: it is cut off".into()),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if !extent.is_sensible() {
            return Err("has cells too far apart or too many of them; save it as .xlsx".into());
        }
    }
}

/// How often a row or cell stands there; no more often than a sheet has room for.
fn repeats(e: &BytesStart<'_>, name: &str, most: u64) -> u64 {
    let given = e.attributes().flatten().find(|a| a.key.as_ref() == name);
    given.and_then(|a| a.value.parse().ok()).unwrap_or(1).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_that_are_cut_off_or_without_bounds_are_refused() {
        let cell = "<table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell>";
        let many = |rows: &str, columns: &str| {
            format!(
                "<table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell office:value=\"1\" table:number-columns-repeated=\"{columns}\"/></table:table-row>"
            )
        };
        let blank = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
        let row = format!("<table:table-row>{cell}</table:table-row>");
        let far = format!("<table:table-row><table:table-cell table:number-columns-repeated=\"9000\"/>{cell}</table:table-row>");
        for (rows, want) in [
            (format!("{row}{row}{blank}"), None),
            (format!("{row}{blank}{row}"), None),
            (many("1000000", "20"), None),
            (row.replace("</text:p>", ""), Some("damaged")),
            (format!("{row}</table:table>{row}"), Some("damaged")),
            (many("1000000", "100"), Some("too far apart")),
            (many("99999999999", "99999999999"), Some("too far apart")),
            (format!("{row}{blank}{far}"), Some("too far apart")),
        ] {
            let got = sheets(format!("<a><table:table>{rows}</table:table></a>").as_bytes());
            assert_eq!(got.is_err(), want.is_some(), "{rows}: {got:?}");
            assert!(want.is_none_or(|w| got.unwrap_err().contains(w)), "{rows}");
        }
        assert!(sheets("<a><table:table>".as_bytes()).unwrap_err().contains("cut off"));
    }
}
