//! `tifa kwic`: the words around each occurrence, lined up at the formula.

use std::fmt::Write as _;

use polars::prelude::DataFrame;

use super::grid::{cut, cut_start, printable, styled, width};
use super::number::whole;
use super::rows::text_columns;
use super::{FAINT, MARK, STRONG, Screen};
use crate::error::Result;

/// The words stand beside date, speaker and place only if they have so much room; else above them.
const LEAST_BESIDE: usize = 72;
/// What is wider is cut.
const LONGEST_SPEAKER: usize = 24;
const LONGEST_PLACE: usize = 40;
const BETWEEN: &str = "  ";

/// An occurrence.
struct Line {
    date: String,
    /// With the voice and, where there is one, the stance.
    speaker: String,
    /// Where it stands: document@offset.
    place: String,
    left: String,
    text: String,
    right: String,
}

/// The concordance, by formula.
///
/// # Errors
/// A table of another shape.
pub fn lines(frame: &DataFrame, screen: &Screen) -> Result<String> {
    let [formulas] = text_columns(frame, ["formula"])?;
    let all = read(frame)?;
    let mut out = String::new();
    let mut from = 0;
    while from < all.len() {
        let to = from + formulas[from..].iter().take_while(|f| **f == formulas[from]).count();
        if from > 0 {
            out.push('\n');
        }
        let noun = if to - from == 1 { "occurrence" } else { "occurrences" };
        let _ = writeln!(out, " {}  {}\n", styled(&formulas[from], STRONG), styled(&format!("{} {noun}", whole((to - from) as f64)), FAINT));
        group(&mut out, &all[from..to], screen);
        from = to;
    }
    Ok(out)
}

fn read(frame: &DataFrame) -> Result<Vec<Line>> {
    let [dates, speakers, voices, stances] = text_columns(frame, ["date", "speaker", "voice", "stance"])?;
    let [documents, starts, lefts, texts, rights] = text_columns(frame, ["document", "start", "left", "text", "right"])?;
    let said = |i: usize| {
        let who = if speakers[i].is_empty() { "–".to_owned() } else { cut(&printable(&speakers[i]), LONGEST_SPEAKER) };
        let stance = if stances[i].is_empty() { String::new() } else { format!(", {}", stances[i]) };
        format!("{who} ({}{stance})", voices[i])
    };
    let line = |i: usize| Line {
        date: if dates[i].is_empty() { "undated".to_owned() } else { dates[i].clone() },
        speaker: said(i),
        place: cut_start(&printable(&format!("{}@{}", documents[i], starts[i])), LONGEST_PLACE),
        left: printable(&lefts[i]),
        text: printable(&texts[i]),
        right: printable(&rights[i]),
    };
    Ok((0..frame.height()).map(line).collect())
}

fn group(out: &mut String, lines: &[Line], screen: &Screen) {
    let widest = |get: fn(&Line) -> &str| lines.iter().map(|l| width(get(l))).max().unwrap_or(0);
    let (date, speaker, place) = (widest(|l| &l.date), widest(|l| &l.speaker), widest(|l| &l.place));
    let beside = screen.columns().saturating_sub(date + speaker + place + 4 * BETWEEN.len());
    let room = if beside >= LEAST_BESIDE { beside } else { screen.columns() - BETWEEN.len() };
    // As much text before as after the widest form, as far as there is any.
    let form = widest(|l| &l.text).min(room / 2);
    let half = room.saturating_sub(form + 2 * BETWEEN.len()) / 2;
    let before = half.min(widest(|l| &l.left));
    for line in lines {
        let text = cut(&line.text, room - before - 2 * BETWEEN.len());
        let left = cut_start(&line.left, before);
        let blank = before - width(&left);
        let after = room.saturating_sub(before + width(&text) + 2 * BETWEEN.len());
        let right = cut(&line.right, after);
        let words = format!("{:blank$}{left}{BETWEEN}{}{BETWEEN}{right}", "", styled(&text, MARK));
        if beside >= LEAST_BESIDE {
            let who = format!("{}{BETWEEN}{}", filled(&line.date, date), filled(&line.speaker, speaker));
            let rest = after - width(&right);
            let _ = writeln!(out, " {}{BETWEEN}{words}{:rest$}{BETWEEN}{}", styled(&who, FAINT), "", styled(&line.place, FAINT));
        } else {
            let at = format!("{}{BETWEEN}{}{BETWEEN}{}", line.date, line.speaker, line.place);
            let _ = writeln!(out, "{BETWEEN}{}", words.trim_end());
            let _ = writeln!(out, "    {}", styled(&at, FAINT));
        }
    }
}

fn filled(text: &str, wide: usize) -> String {
    format!("{text}{:rest$}", "", rest = wide.saturating_sub(width(text)))
}
