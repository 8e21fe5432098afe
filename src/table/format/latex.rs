//! A `tabular` with the rules of booktabs, to be put into a paper with `\input`.

use polars::prelude::*;

use crate::error::Result;
use crate::table::{is_right_aligned, shown};
use crate::text::is_han;

/// The table; numbers are rounded, and to the right. A comment says what it takes.
pub(super) fn table(frame: &DataFrame) -> Result<String> {
    let mut lines = vec![String::new(); frame.height() + 1];
    let mut alignment = String::new();
    for (i, column) in frame.columns().iter().enumerate() {
        alignment.push(if is_right_aligned(column) { 'r' } else { 'l' });
        let is_number = column.dtype().is_numeric();
        let cells = shown(column)?.into_iter().map(|text| if is_number { number(&text) } else { escaped(&text) });
        for (line, cell) in lines.iter_mut().zip(std::iter::once(escaped(column.name())).chain(cells)) {
            line.push_str(if i > 0 { " & " } else { "" });
            line.push_str(&cell);
        }
    }
    let mut out = String::from("% needs \\usepackage{booktabs}, and with pdfLaTeX \\usepackage[T1]{fontenc}\n");
    if lines.iter().any(|line| line.contains(is_chinese)) {
        out.push_str("% has Chinese text: compile with XeLaTeX or LuaLaTeX, and \\usepackage{ctex}\n");
    }
    out.push_str(&format!("\\begin{{tabular}}{{{alignment}}}\n\\toprule\n"));
    for (i, line) in lines.iter().enumerate() {
        out.push_str(line);
        out.push_str(if i == 0 { " \\\\\n\\midrule\n" } else { " \\\\\n" });
    }
    out.push_str("\\bottomrule\n\\end{tabular}\n");
    Ok(out)
}

/// Whether only a Chinese font has it: characters, and punctuation of full width.
fn is_chinese(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
}

/// A number, with a minus and not a hyphen.
fn number(text: &str) -> String {
    match text.split_at_checked(1) {
        Some((sign @ ("-" | "<"), rest)) => format!("${sign}${rest}"),
        _ => text.to_owned(),
    }
}

/// Text that means nothing but itself, on one line.
fn escaped(text: &str) -> String {
    let text = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' | '}' | '$' | '&' | '#' | '_' | '%' => out.extend(['\\', c]),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            '"' => out.push_str("\\textquotedbl{}"),
            '`' => out.push_str("\\textasciigrave{}"),
            // After the end of a row these would be an option of it.
            '[' | ']' | '*' => out.extend(['{', c, '}']),
            // Two of them would be one other sign.
            '-' | '\'' | ',' if letters.peek() == Some(&c) => out.extend([c, '{', '}']),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::text_column;

    #[test]
    fn a_tabular_with_rules() {
        let frame = DataFrame::new_infer_height(vec![
            text_column("formula_id", ["真正的多边主义", ""].into_iter()),
            Column::new("slope".into(), vec![Some(-1.5), None]),
            Column::new("p".into(), vec![Some(0.000_01), Some(0.25)]),
        ])
        .unwrap();
        let want = "\
% needs \\usepackage{booktabs}, and with pdfLaTeX \\usepackage[T1]{fontenc}
% has Chinese text: compile with XeLaTeX or LuaLaTeX, and \\usepackage{ctex}
\\begin{tabular}{lrr}
\\toprule
formula\\_id & slope & p \\\\
\\midrule
真正的多边主义 & $-$1.500 & $<$0.001 \\\\
 &  & 0.250 \\\\
\\bottomrule
\\end{tabular}
";
        assert_eq!(table(&frame).unwrap(), want);
        assert!(!table(&frame.slice(1, 1)).unwrap().contains("Chinese"));
    }

    #[test]
    fn nothing_of_a_document_is_a_command() {
        for (text, want) in [
            ("50 % of $5 & #1 {x_y}", "50 \\% of \\$5 \\& \\#1 \\{x\\_y\\}"),
            ("\\input{/etc/passwd}", "\\textbackslash{}input\\{/etc/passwd\\}"),
            ("~a^b|c \"d\" `e'", "\\textasciitilde{}a\\textasciicircum{}b\\textbar{}c \\textquotedbl{}d\\textquotedbl{} \\textasciigrave{}e'"),
            ("<script>", "\\textless{}script\\textgreater{}"),
            ("[2cm] *", "{[}2cm{]} {*}"),
            ("one\r\n\r\ntwo\tthree ", "one two three"),
            ("a--b---c ''d'' ,,e", "a-{}-b-{}-{}-c '{}'d'{}' ,{},e"),
            ("a\u{0}b^^41", "a b\\textasciicircum{}\\textasciicircum{}41"),
        ] {
            assert_eq!(escaped(text), want);
        }
    }
}
