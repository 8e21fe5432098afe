//! One file, many documents: split at headings, at lines that are a date, at form feeds, or where a pattern matches.

use std::ops::Range;

use super::blocks::{Piece, date_line, pieces};
use super::document::BlockKind;
use super::layout::Layout;
use super::options::Split;
use super::raw::{Field, Raw, Role, below};
use crate::text::plain;

/// Splits a text into its documents, named by their number. What stands before the first border is number 0, if it has a
/// text of its own. With what stands there, which speaks for all; `None` if there is no border.
pub(super) fn split(raw: &Raw, how: &Split) -> Option<(Raw, Vec<Raw>)> {
    let layout = Layout::builtin();
    let laid = pieces(&raw.text, &raw.marks, layout);
    let borders = borders(&raw.text, &laid, how, layout);
    let first = *borders.first()?;
    let above = part(raw, 0..first, 0, how, &laid);
    let mut ends: Vec<usize> = borders.iter().skip(1).copied().collect();
    ends.push(raw.text.len());
    let ranges = (first > 0).then_some(0..first).into_iter().chain(borders.iter().copied().zip(ends).map(|(a, b)| a..b));
    let mut parts: Vec<Raw> = Vec::new();
    let mut number = 0;
    let mut pending: Option<usize> = None;
    for range in ranges {
        // Headings without a text of their own, and what stands above the first border, go with what follows.
        let range = pending.take().map_or(range.clone(), |start| start..range.end);
        if !has_text(&laid, &range) && range.end < raw.text.len() {
            pending = Some(range.start);
            continue;
        }
        // What has no border at its beginning or within is the preamble.
        let preamble = range.end == first;
        number = if preamble { 0 } else { number + 1 };
        parts.push(part(raw, range, number, how, &laid));
    }
    Some((above, parts))
}

fn has_text(laid: &[Piece], range: &Range<usize>) -> bool {
    within(laid, range, |p| p.range.start).iter().any(|p| p.kind == BlockKind::Body)
}

/// Those that start in `range`, of things in order: a file may have many parts, and to look at everything for each takes long.
fn within<'a, T>(all: &'a [T], range: &Range<usize>, start: impl Fn(&T) -> usize) -> &'a [T] {
    let from = all.partition_point(|t| start(t) < range.start);
    let to = all.partition_point(|t| start(t) < range.end);
    &all[from..to.max(from)]
}

/// A part of `raw` as a text of its own, with what the file says of all.
fn part(raw: &Raw, range: Range<usize>, number: usize, how: &Split, laid: &[Piece]) -> Raw {
    let shifted = |(r, role): &(Range<usize>, Role)| (r.start - range.start..r.end.min(range.end) - range.start, *role);
    let mut part = Raw {
        record: below(&raw.record, &number.to_string()),
        text: raw.text[range.clone()].to_owned(),
        marks: within(&raw.marks, &range, |(r, _)| r.start).iter().map(shifted).collect(),
        meta: raw.meta.clone(),
        pictures: raw.pictures.clone(),
        base: raw.base + range.start,
    };
    if let Split::Heading(level) = how
        && number > 0
        && let Some(heading) = within(laid, &range, |p| p.range.start).iter().find(|p| p.heading == Some(*level))
    {
        part.meta.replace(Field::Title, &plain(&raw.text[heading.value.clone()]), "heading");
    }
    part
}

/// Where documents begin, in order.
fn borders(text: &str, laid: &[Piece], how: &Split, layout: &Layout) -> Vec<usize> {
    let starts = |is: &dyn Fn(&Piece) -> bool| laid.iter().filter(|p| !p.margin && is(p)).map(|p| p.range.start).collect::<Vec<usize>>();
    match how {
        Split::Heading(level) => {
            let first = laid.iter().find(|p| p.heading == Some(*level) && !p.margin).map(|p| p.range.start);
            starts(&|p| p.heading.is_some_and(|h| (1..=*level).contains(&h)) && first.is_some_and(|first| first <= p.range.start))
        }
        Split::Dates => starts(&|p| p.kind != BlockKind::Body && date_line(&text[p.value.clone()], layout).is_some()),
        Split::FormFeed => std::iter::once(0).chain(text.match_indices('\u{C}').map(|(at, _)| at + 1)).filter(|at| *at < text.len()).collect(),
        Split::Pattern(regex) => {
            let mut found: Vec<usize> = regex.find_iter(text).map(|m| m.start()).collect();
            found.dedup();
            found
        }
    }
}

/// How a file could be split, as the value of `--split`, and into how many documents; `None` if it seems to hold one.
pub fn suggest_split(text: &str) -> Option<(String, usize)> {
    let layout = Layout::builtin();
    let laid = pieces(text, &[], layout);
    let count = |how: &Split| split(&Raw::plain(text.to_owned()), how).map_or(1, |(_, parts)| parts.len());
    let headings = (1..=4_u8).filter(|level| laid.iter().filter(|p| p.heading == Some(*level)).count() >= 3).map(Split::Heading);
    let dates = laid.iter().filter(|p| p.kind != BlockKind::Body && date_line(&text[p.value.clone()], layout).is_some()).count() >= 3;
    let ways = dates.then_some(Split::Dates).into_iter().chain(headings).chain(text.contains('\u{C}').then_some(Split::FormFeed));
    ways.map(|how| (how.to_string(), count(&how))).filter(|(_, n)| *n >= 3).max_by_key(|(_, n)| *n)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, how: &str) -> Vec<(String, String, String)> {
        let raw = Raw::plain(text.to_owned());
        let parts = split(&raw, &how.parse().unwrap()).map_or(vec![raw.clone()], |(_, parts)| parts);
        for part in &parts {
            assert_eq!(&text[part.base..part.base + part.text.len()], part.text);
        }
        let say = |r: Raw| (r.record, r.meta.value(Field::Title).to_owned(), r.text.split_whitespace().collect::<Vec<_>>().join(" "));
        parts.into_iter().map(say).collect()
    }

    fn want(list: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
        list.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
    }

    #[test]
    fn at_headings() {
        let text = "# Log\n\nThe summary.\n\n### One\n\nWords.\n\n## More\n\n### Two\n\nOther words.\n";
        let got = parts(text, "###");
        let wanted = [("0", "", "# Log The summary."), ("1", "One", "### One Words."), ("2", "Two", "## More ### Two Other words.")];
        assert_eq!(got, want(&wanted));
        assert_eq!(parts("# Log\n\n### One\n\nWords.\n", "###"), want(&[("1", "One", "# Log ### One Words.")]));
        assert_eq!(parts("No headings.", "###").len(), 1);
    }

    #[test]
    fn at_dates_feeds_and_patterns() {
        let text = "Preface words.\n\nMonday, January 20, 2025 \nA spoke.\n\nThursday, August 21th, 2025\nB spoke.\n";
        let got: Vec<String> = parts(text, "date").into_iter().map(|p| p.0).collect();
        assert_eq!(got, ["0", "1", "2"]);
        assert_eq!(parts("One.\u{C}Two.\u{C}", "formfeed"), want(&[("1", "", "One."), ("2", "", "Two.")]));
        assert_eq!(parts("== A\nx\n== B\ny\n", "regex:^== "), want(&[("1", "", "== A x"), ("2", "", "== B y")]));
    }

    #[test]
    fn a_split_is_suggested() {
        let log: String = (1..5).map(|d| format!("January {d}, 2025\nA spoke of it.\n\n")).collect();
        assert_eq!(suggest_split(&log), Some(("date".into(), 4)));
        assert_eq!(suggest_split("Words, and more words."), None);
    }
}
