//! Aligned columns, measured as a terminal shows them: a Chinese character takes two.

use std::fmt::Write as _;

use anstyle::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::FAINT;

/// What stands between two columns.
const BETWEEN: usize = 2;

/// Text of one style.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    pub text: String,
    pub style: Style,
}

impl Cell {
    pub fn new(text: impl AsRef<str>, style: Style) -> Cell {
        Cell { text: printable(text.as_ref()), style }
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Cell {
        Cell::new(text, Style::new())
    }
}

/// A column with its name.
#[derive(Debug, Clone)]
pub struct Column {
    pub head: String,
    pub right: bool,
    pub cells: Vec<Cell>,
}

impl Column {
    /// Of text, which stands to the left.
    pub fn left<T: Into<Cell>>(head: &str, cells: impl IntoIterator<Item = T>) -> Column {
        Column { head: head.to_owned(), right: false, cells: cells.into_iter().map(Into::into).collect() }
    }

    /// Of numbers, which stand to the right.
    pub fn right<T: Into<Cell>>(head: &str, cells: impl IntoIterator<Item = T>) -> Column {
        Column { right: true, ..Column::left(head, cells) }
    }

    pub fn width(&self) -> usize {
        self.cells.iter().map(|c| width(&c.text)).chain([width(&self.head)]).max().unwrap_or(0)
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|c| c.text.is_empty())
    }

    /// Cuts what is wider than `most`.
    pub fn cut(&mut self, most: usize) {
        self.cells.iter_mut().for_each(|c| c.text = cut(&c.text, most));
    }
}

/// The width of all columns side by side.
pub fn width_of(columns: &[Column]) -> usize {
    columns.iter().map(|c| c.width() + BETWEEN).sum::<usize>().saturating_sub(1)
}

/// The columns side by side, a line a row, under their names.
pub fn grid(columns: &[Column]) -> String {
    let widths: Vec<usize> = columns.iter().map(Column::width).collect();
    let rows = columns.iter().map(|c| c.cells.len()).max().unwrap_or(0);
    let mut out = String::new();
    line(&mut out, columns.iter().map(|c| (Cell::new(&c.head, FAINT), c.right)).zip(&widths));
    for row in 0..rows {
        line(&mut out, columns.iter().map(|c| (c.cells.get(row).cloned().unwrap_or_default(), c.right)).zip(&widths));
    }
    out
}

fn line<'w>(out: &mut String, cells: impl Iterator<Item = ((Cell, bool), &'w usize)>) {
    // Blanks are written only before something, so that no line ends in them.
    let mut blanks = 1;
    for ((cell, right), wide) in cells {
        let own = width(&cell.text);
        let rest = wide.saturating_sub(own);
        if own == 0 {
            blanks += rest + BETWEEN;
            continue;
        }
        let before = blanks + if right { rest } else { 0 };
        let _ = write!(out, "{:before$}{}", "", styled(&cell.text, cell.style));
        blanks = BETWEEN + if right { 0 } else { rest };
    }
    out.push('\n');
}

/// Text with the codes of its style, if it has one.
pub fn styled(text: &str, style: Style) -> String {
    format!("{style}{text}{style:#}")
}

/// The columns of a terminal that the text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// A note in lines that fit, each with a blank before it.
pub fn wrapped(text: &str, most: usize, style: Style) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last().map_or(0, |l| width(l));
        match lines.last_mut() {
            Some(last) if line == 0 || line + 1 + width(word) < most => last.push_str(&if line == 0 { word.to_owned() } else { format!(" {word}") }),
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().fold(String::new(), |all, line| format!("{all} {}\n", styled(line, style)))
}

/// Text without what moves the cursor or ends the line: a document may hold anything.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') { ' ' } else { c })
        .collect()
}

/// The text, or its beginning and an ellipsis where it is wider than `most`.
pub fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let kept = fitting(text.graphemes(true), most.saturating_sub(1));
    format!("{}…", kept.concat().trim_end())
}

/// The text, or an ellipsis and its end where it is wider than `most`.
pub fn cut_start(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut kept = fitting(text.graphemes(true).rev(), most.saturating_sub(1));
    kept.reverse();
    format!("…{}", kept.concat().trim_start())
}

fn fitting<'t>(graphemes: impl Iterator<Item = &'t str>, most: usize) -> Vec<&'t str> {
    let mut used = 0;
    let fits = |g: &&str| {
        used += width(g);
        used <= most
    };
    graphemes.take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use anstyle::AnsiColor;

    use super::*;

    #[test]
    fn a_chinese_character_takes_two_columns() {
        assert_eq!((width("人类"), width("abc"), width("e\u{301}")), (4, 3, 1));
        let columns = [Column::left("who", ["人类", "a"]), Column::right("n", ["1", "22"]), Column::left("", ["", "x"])];
        let plain = anstream::adapter::strip_str(&grid(&columns)).to_string();
        assert_eq!(plain, " who    n\n 人类   1\n a     22  x\n");
        assert_eq!(width_of(&columns), 12);
    }

    #[test]
    fn text_is_cut_where_a_character_ends() {
        assert_eq!([cut("人类命运", 5), cut("人类命运", 4), cut("人类命运", 8), cut("two words", 5)], ["人类…", "人…", "人类命运", "two…"]);
        assert_eq!([cut_start("人类命运", 5), cut_start("two words", 6)], ["…命运", "…words"]);
    }

    #[test]
    fn notes_are_wrapped() {
        let plain = |text, most| anstream::adapter::strip_str(&wrapped(text, most, FAINT)).to_string();
        assert_eq!(plain("one two three", 40), " one two three\n");
        assert_eq!(plain("one two three", 8), " one two\n three\n");
        assert_eq!(plain("incomprehensible", 8), " incomprehensible\n");
    }

    #[test]
    fn what_a_document_holds_does_not_move_the_cursor() {
        assert_eq!(Cell::from("a\u{1b}[2Jb\nc").text, "a [2Jb c");
        let text = grid(&[Column::left("x", [Cell::new("y", AnsiColor::Red.on_default())])]);
        assert!(text.contains("\u{1b}[31my\u{1b}[0m"), "{text:?}");
    }
}
