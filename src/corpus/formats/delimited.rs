//! CSV and TSV (crate `csv`): the separator is found, quoted line ends and a byte-order mark are no trouble.

use crate::corpus::tabular::{Row, Table};

/// The table in `text`; `name` is that of its file.
pub fn table(name: &str, text: &str) -> Table {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = csv::ReaderBuilder::new().delimiter(separator(name, text)).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut table = Table::default();
    for (i, record) in reader.records().enumerate() {
        let place = i.to_string();
        match record {
            Ok(record) if i == 0 => table.columns = record.iter().map(|c| c.trim().to_owned()).collect(),
            // An unquoted separator in a text would cut it off.
            Ok(record) if record.len() > table.columns.len() && record.iter().skip(table.columns.len()).any(|c| !c.trim().is_empty()) => {
                let line = record.position().map_or(0, csv::Position::line);
                let (cells, columns) = (record.len(), table.columns.len());
                table.bad.push((place, format!("line {line}: {cells} cells in a table of {columns} columns; put texts with separators into quotation marks")));
            }
            Ok(record) => table.rows.extend(Some(Row::new(place, record.iter().map(str::to_owned).enumerate())).filter(|row| !row.is_blank())),
            Err(e) => table.bad.push((place, e.to_string())),
        }
    }
    unclosed(text, &mut table);
    table
}

/// Where a quotation mark is not closed, the last row runs to the end of the file: it is no row, and those it holds are lost.
fn unclosed(text: &str, table: &mut Table) {
    if text.matches('"').count().is_multiple_of(2) || text.trim_end().ends_with('"') {
        return;
    }
    if let Some(last) = table.rows.pop_if(|row| row.holds('\n')) {
        let message = "a quotation mark is not closed, here or before, so that the rest of the file would be one cell; close it";
        table.bad.push((last.place, message.into()));
    }
}

/// The separator: a tab for `.tsv`, else the sign that cuts the first line into the most cells.
fn separator(name: &str, text: &str) -> u8 {
    if matches!(crate::corpus::sniff::ending(name).as_str(), "tsv" | "tab") {
        return b'\t';
    }
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(s, _)| *s == byte).for_each(|(_, n)| *n += 1),
            _ => {}
        }
    }
    counts.into_iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(s, _)| s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_line_ends_and_separators() {
        for (name, text) in [
            ("a.csv", "\u{FEFF}Date,Text\r\n2020-05-19,\"one\r\ntwo, \"\"three\"\"\"\r\n"),
            ("a.tsv", "Date\tText\n2020-05-19\t\"one\r\ntwo, \"\"three\"\"\"\n"),
            ("a.csv", "Date;Text\n2020-05-19;\"one\r\ntwo, \"\"three\"\"\"\n\n;\n"),
        ] {
            let table = table(name, text);
            assert_eq!(table.columns, ["Date", "Text"], "{text}");
            assert_eq!(table.rows.len(), 1);
            assert_eq!(table.rows[0].cell(1), "one\r\ntwo, \"three\"");
        }
    }

    #[test]
    fn an_open_quotation_mark_does_not_swallow_rows_in_silence() {
        let table = table("a.csv", "date,text\n2023-01-04,\"broken\n2023-01-05,Fifth\n2023-01-06,Sixth\n");
        assert_eq!((table.rows.len(), table.bad.len()), (0, 1));
        assert!(table.bad[0].1.contains("not closed"));
    }

    #[test]
    fn a_row_with_too_many_cells_is_not_cut_short() {
        let table = table("a.csv", "title,text\nA,one, two\nB,three\n");
        assert_eq!((table.rows.len(), table.rows[0].place.as_str(), table.bad[0].0.as_str()), (1, "2", "1"));
        assert!(table.bad[0].1.starts_with("line 2: 3 cells"), "{}", table.bad[0].1);
    }
}
