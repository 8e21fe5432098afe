//! Lines that only break a paragraph: at a fixed width, or in mid-sentence.

use std::ops::Range;

use crate::text::is_han;

/// The widest line of a text that is broken at a fixed width, in columns.
const WIDEST: usize = 120;

/// How many columns a line takes; `None` if more than [`WIDEST`].
fn width(line: &str) -> Option<usize> {
    if line.is_ascii() {
        return Some(line.len()).filter(|n| *n <= WIDEST);
    }
    line.chars().try_fold(0, |sum, c| Some(sum + columns(c)).filter(|n| *n <= WIDEST))
}

fn columns(c: char) -> usize {
    if is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}') { 2 } else { 1 }
}

/// Which line ends of `run` only break a paragraph at a fixed width: the next word would not have fitted any more. A run is
/// taken to be broken so if its widest line is 20 to 120 columns wide, one of its lines ends in mid-sentence, and either it
/// goes on in lower case or two lines before the last are nearly as wide as the widest. A line that `stands_alone` is not
/// joined with another.
pub(super) fn soft_breaks(text: &str, run: &[Range<usize>], stands_alone: &dyn Fn(&str) -> bool) -> Vec<bool> {
    let torn = torn_lines(text, run);
    let Some(widths) = run.iter().map(|r| width(&text[r.clone()])).collect::<Option<Vec<usize>>>() else { return torn };
    let widest = widths.iter().copied().max().unwrap_or(0);
    if run.len() < 2 || widest < 20 {
        return torn;
    }
    let full: Vec<bool> = (0..run.len())
        .map(|i| {
            let Some(next) = run.get(i + 1).map(|r| &text[r.clone()]) else { return false };
            let word = || next.split_whitespace().next().map_or(0, |w| w.chars().map(columns).sum());
            let first = next.chars().next().map_or(0, |c| if is_han(c) { 2 } else { 1 + word() });
            widths[i] + first > widest
        })
        .collect();
    // A line is asked for itself and for the one before it.
    let asked = |i: usize| full[i] || (i > 0 && full[i - 1]);
    let alone: Vec<bool> = (0..run.len()).map(|i| asked(i) && stands_alone(&text[run[i].clone()])).collect();
    let soft: Vec<bool> = (0..run.len()).map(|i| full[i] && !alone[i] && !alone[i + 1]).collect();
    let mid_sentence = |i: usize| !text[run[i].clone()].ends_with(['.', '!', '?', ':', ';', '。', '！', '？', '：', '；', '"', '”', ')', '）', '>']);
    let goes_on = |i: usize| text[run[i + 1].clone()].starts_with(char::is_lowercase);
    let wide = widths[..run.len() - 1].iter().filter(|w| **w * 10 >= widest * 7).count() >= 2;
    let wrapped = (0..run.len()).any(|i| soft[i] && mid_sentence(i) && (wide || goes_on(i)));
    if wrapped { soft.into_iter().zip(torn).map(|(soft, torn)| soft || torn).collect() } else { torn }
}

/// Which line ends of `run` stand in mid-sentence beyond doubt: the next line begins with a sign that ends something, or this
/// one ends with a sign that begins something. So is a link torn out of its sentence by those who copied it.
fn torn_lines(text: &str, run: &[Range<usize>]) -> Vec<bool> {
    const CLOSING: [char; 16] = ['，', '。', '、', '；', '：', '”', '’', '）', '》', '」', '』', '〕', ']', ')', '！', '？'];
    const OPENING: [char; 9] = ['“', '‘', '（', '《', '「', '『', '〔', '[', '('];
    let line = |i: usize| run.get(i).map_or("", |r| &text[r.clone()]);
    let words = |i: usize, n: usize| line(i).split_whitespace().nth(n - 1).is_some();
    let mut torn: Vec<bool> = (0..run.len()).map(|i| line(i + 1).starts_with(CLOSING) || (i + 1 < run.len() && line(i).ends_with(OPENING))).collect();
    for (i, torn) in torn.iter_mut().enumerate().take(run.len().saturating_sub(1)) {
        // English that goes on in lower case after a word that ends nothing.
        let goes_on = line(i).ends_with(|c: char| c.is_lowercase() || c == ',') && line(i + 1).starts_with(|c: char| c.is_ascii_lowercase());
        *torn |= goes_on && words(i, 4) && words(i + 1, 2);
    }
    for i in (1..run.len()).rev() {
        // What stands alone before such a sign was in the sentence before it as well.
        let alone = torn[i] && line(i + 1).starts_with(CLOSING) && line(i).chars().nth(40).is_none();
        torn[i - 1] |= alone && line(i - 1).ends_with(|c: char| is_han(c) || c.is_alphanumeric());
    }
    torn
}
