//! A pipe table, as GitHub, Quarto and pandoc read it.

use polars::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::error::Result;
use crate::table::{is_right_aligned, shown};

/// Cells are padded to the longest of their column, but no further than this.
const WIDEST: usize = 40;

/// The table; numbers are rounded, and to the right.
pub(super) fn table(frame: &DataFrame) -> Result<String> {
    let mut lines = vec![String::from("|"); frame.height() + 2];
    for column in frame.columns() {
        let right = is_right_aligned(column);
        let mut cells = vec![escaped(column.name())];
        let is_number = column.dtype().is_numeric();
        cells.extend(shown(column)?.into_iter().map(|text| if is_number { text } else { escaped(&text) }));
        let width = cells.iter().map(|c| c.width()).filter(|w| *w <= WIDEST).max().unwrap_or(0).max(3);
        let rule = if right { format!("{}:", "-".repeat(width - 1)) } else { "-".repeat(width) };
        let (head, body) = cells.split_at(1);
        for (line, cell) in lines.iter_mut().zip(head.iter().chain([&rule]).chain(body)) {
            let blanks = " ".repeat(width.saturating_sub(cell.width()));
            let (before, after) = if right { (blanks.as_str(), "") } else { ("", blanks.as_str()) };
            line.extend([" ", before, cell, after, " |"]);
        }
    }
    Ok(lines.join("\n") + "\n")
}

/// Text that means nothing but itself. A line end becomes `<br>`, with a blank for those that drop it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut letters = text.trim().chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{2028}' | '\u{2029}' => out.push_str("<br> "),
            c if c.is_control() => out.push(' '),
            // Within a word it is none to them, and names of columns stay legible.
            '_' if before.is_some_and(char::is_alphanumeric) && letters.peek().is_some_and(|c| c.is_alphanumeric()) => out.push('_'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '^' | '$' | '&' | '@' => out.extend(['\\', c]),
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::text_column;

    #[test]
    fn numbers_stand_to_the_right() {
        let frame = DataFrame::new_infer_height(vec![
            text_column("formula", ["真正的多边主义", "b"].into_iter()),
            Column::new("occurrences".into(), vec![12_i64, 3]),
            Column::new("p".into(), vec![Some(0.000_01), None]),
        ])
        .unwrap();
        let want = "\
| formula        | occurrences |      p |
| -------------- | ----------: | -----: |
| 真正的多边主义 |          12 | <0.001 |
| b              |           3 |        |
";
        assert_eq!(table(&frame).unwrap(), want);
    }

    #[test]
    fn nothing_of_a_document_is_markup() {
        for (text, want) in [
            ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
            ("a|b\\|c", "a\\|b\\\\\\|c"),
            ("one\r\ntwo\nthree\n", "one<br> two<br> three"),
            ("of_documents _x_ __y__ *z*", "of_documents \\_x\\_ \\_\\_y\\_\\_ \\*z\\*"),
            ("[a](http://x.example) `b` &amp; $c$ ~d~ ^e^", "\\[a\\](http://x.example) \\`b\\` \\&amp; \\$c\\$ \\~d\\~ \\^e\\^"),
            ("=cmd|' /C calc'!A0", "=cmd\\|' /C calc'!A0"),
            ("a\u{0}b", "a b"),
        ] {
            assert_eq!(escaped(text), want);
        }
    }
}
