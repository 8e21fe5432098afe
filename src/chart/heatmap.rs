//! Fields of numbers: formulas by speakers, formulas by formulas. The stronger the shade, the higher the value; the number in a field is
//! what stands behind it.

use super::canvas::{Anchor, Canvas, Caption, Drawing, Link, MARGIN, draw};
use super::style::Style;
use crate::error::Result;

/// A field of numbers.
#[derive(Debug, Clone, Default)]
pub struct Heatmap {
    /// What is said of it.
    pub caption: Caption,
    /// The blocks of rows, one a language.
    pub blocks: Vec<Block>,
}

/// The rows of one language.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// What the block shows, and in what unit.
    pub title: String,
    /// What the strongest shade stands for.
    pub scale: String,
    /// The columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of fields.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Its label.
    pub label: String,
    /// A field for each column.
    pub cells: Vec<Cell>,
}

/// A field.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// What is written into it.
    pub text: String,
    /// Its share of the strongest value, −1 to 1; `None` where there is nothing to measure.
    pub share: Option<f64>,
    /// What stands behind it.
    pub link: Option<Link>,
}

const TEXT: f64 = 13.0;
const CELL: i32 = 30;
/// The labels of rows have at least this width.
const LABEL: i32 = 120;
/// Columns are between these widths.
const COLUMN: (i32, i32) = (38, 128);
/// The height of one line of a column's head, and how many there are at most.
const LINE: i32 = 17;
const LINES: usize = 4;
/// From this width on, the heads of columns are shortened rather than numbered.
const SHORTENED: i32 = 84;
/// So many entries of the list of numbered columns stand in a line.
const KEY: usize = 3;
/// Above the rows of a block: its title; below: what the shades mean, and a gap.
const BEFORE: i32 = 34;
const AFTER: i32 = 46;

/// How one block is laid out.
struct Layout {
    /// The width of the labels of rows.
    label: i32,
    column: i32,
    /// The heads of columns, in lines. Where columns are too narrow for words, numbers, which a list below explains.
    heads: Vec<Vec<String>>,
    /// That list.
    key: Vec<String>,
    head: i32,
}

impl Layout {
    fn of(block: &Block, style: &Style) -> Layout {
        let font = &style.font;
        let room = style.width - 2 * MARGIN;
        let widest = block.rows.iter().map(|r| font.width(&r.label, TEXT)).max().unwrap_or(0) + 12;
        let columns = block.columns.len().max(1) as i32;
        let label = widest.min(room * 2 / 5).min(room - columns * COLUMN.0);
        let column = ((room - label) / columns).clamp(COLUMN.0, COLUMN.1);
        let longest_word = |c: &String| c.split(' ').map(|w| font.width(w, TEXT)).max().unwrap_or(0);
        let fits = |c: &String| font.wrap(c, TEXT, column - 6, LINES).last().is_none_or(|l| !l.ends_with('…')) && longest_word(c) <= column - 6;
        let han = |c: &String| c.chars().any(crate::text::is_han);
        let in_words = block.columns.iter().all(|c| fits(c) || column >= SHORTENED || (han(c) && column >= SHORTENED / 2));
        let (heads, key): (Vec<Vec<String>>, Vec<String>) = if in_words {
            (block.columns.iter().map(|c| font.wrap(c, TEXT, column - 6, LINES)).collect(), Vec::new())
        } else {
            let key = block.columns.iter().enumerate().map(|(i, c)| format!("{} {c}", i + 1)).collect();
            ((1..=block.columns.len()).map(|i| vec![i.to_string()]).collect(), key)
        };
        let lines = heads.iter().map(Vec::len).max().unwrap_or(0) as i32;
        Layout { label, column, heads, key, head: lines * LINE + 6 }
    }

    fn height(&self, block: &Block) -> i32 {
        BEFORE + self.head + block.rows.len() as i32 * CELL + self.key.len().div_ceil(KEY) as i32 * LINE + AFTER
    }
}

/// Draws `map`.
///
/// # Errors
/// What plotters cannot draw.
pub fn heatmap(map: &Heatmap, style: &Style) -> Result<Drawing> {
    // More columns than fit make the chart wider.
    let columns = map.blocks.iter().map(|b| b.columns.len()).max().unwrap_or(0) as i32;
    let style = &Style { width: style.width.max(2 * MARGIN + LABEL + columns * COLUMN.0), ..style.clone() };
    let layouts: Vec<Layout> = map.blocks.iter().map(|b| Layout::of(b, style)).collect();
    let height: i32 = layouts.iter().zip(&map.blocks).map(|(l, b)| l.height(b)).sum();
    draw(style, &map.caption, (height > 0).then_some(height), |canvas, top| {
        let mut top = top;
        for (layout, block) in layouts.iter().zip(&map.blocks) {
            draw_block(canvas, layout, block, top)?;
            top += layout.height(block);
        }
        Ok(())
    })
}

fn draw_block(canvas: &Canvas<'_>, layout: &Layout, block: &Block, top: i32) -> Result<()> {
    let (font, p) = (&canvas.style.font, canvas.palette);
    canvas.text(&font.fit(&block.title, 14.0, canvas.style.width - 2 * MARGIN), (MARGIN, top + 14), 14.0, p.ink, Anchor::Left)?;
    let left = MARGIN + layout.label;
    let first_row = top + BEFORE + layout.head;
    for (i, lines) in layout.heads.iter().enumerate() {
        let middle = left + i as i32 * layout.column + layout.column / 2;
        for (n, line) in lines.iter().rev().enumerate() {
            canvas.text(line, (middle, first_row - 12 - n as i32 * LINE), TEXT, p.ink, Anchor::Middle)?;
        }
    }
    for (n, row) in block.rows.iter().enumerate() {
        let y = first_row + n as i32 * CELL;
        canvas.text(&font.fit(&row.label, TEXT, layout.label - 10), (left - 8, y + CELL / 2), TEXT, p.ink, Anchor::Right)?;
        for (i, cell) in row.cells.iter().enumerate() {
            let x = left + i as i32 * layout.column;
            let (fill, ink) = cell.share.map_or((p.paper, p.faint), |share| p.shade(share));
            canvas.rect((x + 1, y + 1), (x + layout.column - 1, y + CELL - 1), fill)?;
            let text = font.fit(&cell.text, TEXT, layout.column - 4);
            canvas.text(&text, (x + layout.column / 2, y + CELL / 2), TEXT, ink, Anchor::Middle)?;
            canvas.mark(cell.link.as_ref(), (x + 1, y + 1), (x + layout.column - 1, y + CELL - 1));
        }
    }
    let below = first_row + block.rows.len() as i32 * CELL + 14;
    let lines = layout.key.len().div_ceil(KEY);
    let width = (canvas.style.width - 2 * MARGIN) / KEY as i32;
    for (i, entry) in layout.key.iter().enumerate() {
        let at = (MARGIN + (i / lines) as i32 * width, below + (i % lines) as i32 * LINE);
        canvas.text(&font.fit(entry, TEXT, width - 12), at, TEXT, p.ink, Anchor::Left)?;
    }
    let y = below + lines as i32 * LINE;
    scale(canvas, &block.scale, (MARGIN, y))
}

/// The shades from weakest to strongest, and what the strongest is.
fn scale(canvas: &Canvas<'_>, words: &str, (x, y): (i32, i32)) -> Result<()> {
    let p = canvas.palette;
    if words.is_empty() {
        return Ok(());
    }
    for (i, fill) in p.above.iter().enumerate() {
        let x = x + i as i32 * 16;
        canvas.rect((x, y - 6), (x + 16, y + 6), *fill)?;
    }
    let right = x + 16 * p.above.len() as i32 + 8;
    canvas.text(&canvas.style.font.fit(words, 12.0, canvas.style.width - right - MARGIN), (right, y), 12.0, p.faint, Anchor::Left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::looks::{check, golden, label};

    fn sample(rows: usize, columns: usize, blocks: usize) -> Heatmap {
        let cell = |r: usize, c: usize| Cell {
            text: if (r + c).is_multiple_of(4) { "–".into() } else { (r * c * 37 % 2000).to_string() },
            share: (!(r + c).is_multiple_of(4)).then(|| ((r * 3 + c * 5) % 21) as f64 / 10.0 - 1.0),
            link: Some(Link { query: format!("{r} {c}"), title: String::new() }),
        };
        let row = |r: usize| Row { label: label(r), cells: (0..columns).map(|c| cell(r, c)).collect() };
        let block = |n: usize| Block {
            title: if n == 0 { "English – per 10,000 words of the speaker".into() } else { "中文".into() },
            scale: "strongest: 123 per 10,000".into(),
            columns: (0..columns).map(|c| label(c + 3)).collect(),
            rows: (0..rows).map(row).collect(),
        };
        let caption = Caption { title: "Who uses which formula".into(), subtitle: "n".into(), note: String::new(), empty: "Nobody.".into() };
        Heatmap { caption, blocks: (0..blocks).map(block).collect() }
    }

    #[test]
    fn nothing_overlaps() {
        for (rows, columns, blocks) in [(0, 0, 0), (1, 1, 1), (5, 3, 2), (10, 6, 1), (12, 12, 1), (40, 10, 1)] {
            let data = sample(rows, columns, blocks);
            check(&format!("heatmap-{rows}-{columns}-{blocks}"), |style| heatmap(&data, style));
        }
    }

    #[test]
    fn is_as_it_was() {
        golden("heatmap", |style| heatmap(&sample(6, 5, 1), style));
    }
}
