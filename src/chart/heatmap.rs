//! Formulas by speaker: a field for each pair, the darker the higher the rate, with the number of occurrences in it.

use plotters::style::RGBColor;

use super::canvas::{Anchor, FAINT, GRID, HEAD, INK, draw, short};
use crate::error::Result;

/// A field of numbers.
#[derive(Debug, Clone, Default)]
pub struct Heatmap {
    /// What is measured.
    pub title: String,
    /// Of what, how many.
    pub subtitle: String,
    /// The blocks of rows, one a language.
    pub blocks: Vec<Block>,
}

/// The rows of one language.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// What the block shows, and in what unit.
    pub title: String,
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
    /// Occurrences and rate of each column; `None` without exposure.
    pub cells: Vec<Option<(u64, f64)>>,
}

const LABEL: i32 = 330;
const CELL: (i32, i32) = (104, 30);
/// Height of one line of a column's head, and how many there are at most.
const LINE: i32 = 17;
const LINES: usize = 3;

/// Draws `map` as SVG.
///
/// # Errors
/// What plotters cannot draw.
pub fn heatmap(map: &Heatmap) -> Result<String> {
    let columns = map.blocks.iter().map(|b| b.columns.len()).max().unwrap_or(0) as i32;
    let width = (LABEL + columns * CELL.0 + 24).max(760);
    let rows: i32 = map.blocks.iter().map(|b| 30 + LINES as i32 * LINE + b.rows.len() as i32 * CELL.1 + 44).sum();
    let height = HEAD + rows.max(80);
    draw(width as u32, height as u32, |canvas| {
        canvas.header(&map.title, &map.subtitle, width)?;
        if map.blocks.is_empty() {
            return canvas.text("No speaker with a formula was found.", (16, HEAD + 30), 16.0, FAINT, Anchor::Left);
        }
        let mut top = HEAD;
        for block in &map.blocks {
            canvas.text(&block.title, (16, top + 14), 14.0, INK, Anchor::Left)?;
            let first_row = top + 30 + LINES as i32 * LINE;
            for (i, column) in block.columns.iter().enumerate() {
                let middle = LABEL + i as i32 * CELL.0 + CELL.0 / 2;
                let lines = canvas.wrap(column, 13.0, CELL.0 - 8, LINES);
                for (n, line) in lines.iter().rev().enumerate() {
                    canvas.text(line, (middle, first_row - 12 - n as i32 * LINE), 13.0, INK, Anchor::Middle)?;
                }
            }
            let highest = block.rows.iter().flat_map(|row| row.cells.iter().flatten()).fold(0.0_f64, |a, (_, r)| a.max(*r));
            for (n, Row { label, cells }) in block.rows.iter().enumerate() {
                let y = first_row + n as i32 * CELL.1;
                canvas.text(&canvas.fit(label, 13.0, LABEL - 28), (LABEL - 10, y + CELL.1 / 2), 13.0, INK, Anchor::Right)?;
                for (i, cell) in cells.iter().enumerate() {
                    let x = LABEL + i as i32 * CELL.0;
                    let share = cell.map_or(0.0, |(_, rate)| if highest > 0.0 { rate / highest } else { 0.0 });
                    let (fill, ink) = shade(share);
                    canvas.rect((x + 1, y + 1), (x + CELL.0 - 1, y + CELL.1 - 1), fill)?;
                    let text = match cell {
                        Some((0, _)) => String::new(),
                        Some((n, _)) => n.to_string(),
                        None => "–".to_owned(),
                    };
                    canvas.text(&text, (x + CELL.0 / 2, y + CELL.1 / 2), 13.0, if cell.is_none() { GRID } else { ink }, Anchor::Middle)?;
                }
            }
            let bottom = first_row + block.rows.len() as i32 * CELL.1;
            let note = format!("darkest: {} per 10,000", short(highest));
            canvas.text(&note, (LABEL, bottom + 14), 12.0, FAINT, Anchor::Left)?;
            top = bottom + 44;
        }
        Ok(())
    })
}

/// From white to dark blue, and the ink that can be read on it.
fn shade(share: f64) -> (RGBColor, RGBColor) {
    let mix = |from: f64, to: f64| (from + (to - from) * share).round() as u8;
    let fill = if share == 0.0 { RGBColor(247, 247, 247) } else { RGBColor(mix(222.0, 8.0), mix(235.0, 69.0), mix(247.0, 148.0)) };
    (fill, if share > 0.5 { RGBColor(255, 255, 255) } else { INK })
}
