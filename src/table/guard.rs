//! Text that a spreadsheet would take for a formula.

/// What begins a formula, in a spreadsheet or another; of full width too, which East Asian ones take for the same.
const STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet that opens a CSV file might run `text`: it begins with `=`, `+`, `-` or `@`, also after blanks, quotation marks or
/// what is not seen; or with a tab or a line end, which some cut off.
pub(super) fn may_run(text: &str) -> bool {
    let unseen = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    text.starts_with(['\t', '\r', '\n']) || text.trim_start_matches(unseen).starts_with(STARTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_in_all_their_disguises() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\nx",
            "  =1",
            " \u{A0}@x",
            "\"=1",
            "'=1",
            "\"\" =1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "\u{FEFF}=1",
            "\u{3000}=1",
        ] {
            assert!(may_run(text), "{text:?}");
        }
        for text in ["", " ", "a=1", "1-1", "“=1”", "人类", "— so", "'x'", "(=1)"] {
            assert!(!may_run(text), "{text:?}");
        }
    }
}
