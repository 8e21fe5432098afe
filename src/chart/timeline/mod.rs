//! Who took a formula up, and when: a row for each adopter from the first use to the last, under the formula and the first use that its
//! originator is known by.

mod key;

use chrono::NaiveDate;

use self::key::Key;
use super::axis::TimeAxis;
use super::canvas::{Anchor, Canvas, Caption, Drawing, Link, draw};
use super::lanes::{DAYS, Lanes, Words};
use super::style::Style;
use crate::error::Result;

/// Uses of formulas by those who did not coin them.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// What is said of it.
    pub caption: Caption,
    /// What the two markers of a row are: its first and last use.
    pub span_words: String,
    /// What each tier is; its place in the list is its number. Three have markers of their own, the strongest evidence first.
    pub tiers: Vec<String>,
    /// What the line through a group is: the first use by the originator.
    pub origin_words: String,
    /// One group a formula.
    pub groups: Vec<TimelineGroup>,
}

/// A formula.
#[derive(Debug, Clone, Default)]
pub struct TimelineGroup {
    /// Its label.
    pub title: String,
    /// The first documented use, if known.
    pub origin: Option<Origin>,
    /// Those who took it up.
    pub rows: Vec<TimelineRow>,
}

/// The first documented use of a formula.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// When.
    pub day: NaiveDate,
    /// By whom.
    pub words: String,
}

/// Somebody who took a formula up.
#[derive(Debug, Clone, Default)]
pub struct TimelineRow {
    /// Who.
    pub label: String,
    /// The first use.
    pub first: NaiveDate,
    /// The last use.
    pub last: NaiveDate,
    /// Which tier the evidence is of.
    pub tier: usize,
    /// How much there is of it.
    pub note: String,
    /// What stands behind it.
    pub link: Option<Link>,
}

/// The heights of a formula's own row, and of one below it.
const HEAD: i32 = 18;
const ROW: i32 = 16;
const INDENT: i32 = 16;
/// Between groups.
const APART: i32 = 12;
/// The size of a date.
const DATE: f64 = 12.0;
/// The radius of the marker of a first and of a last use.
const FIRST: i32 = 5;
const LAST: i32 = 3;
/// An origin is shown in its place if the axis is by that at most this part longer.
const LONGER: i64 = 4;

impl TimelineGroup {
    fn head(&self) -> Words<'_> {
        Words { label: &self.title, note: self.origin.as_ref().map_or("", |o| &o.words), above: true, ..Words::default() }
    }

    /// The height of what is drawn beside or below the head.
    fn head_lane(&self) -> i32 {
        if self.origin.is_some() { HEAD } else { 0 }
    }

    fn height(&self, lanes: &Lanes, style: &Style) -> i32 {
        let rows: i32 = self.rows.iter().map(|r| lanes.height(style, &r.words(), ROW)).sum();
        lanes.height(style, &self.head(), self.head_lane()) + rows + APART
    }
}

impl TimelineRow {
    fn words(&self) -> Words<'_> {
        Words { label: &self.label, note: &self.note, indent: INDENT, ..Words::default() }
    }
}

/// The days from the first to the last use, and to origins that are not far from them.
fn span(groups: &[&TimelineGroup]) -> Option<(NaiveDate, NaiveDate)> {
    let uses = || groups.iter().flat_map(|g| &g.rows).flat_map(|r| [r.first, r.last]);
    let (first, last) = (uses().min()?, uses().max()?);
    let far = (last - first).num_days() / LONGER;
    let origins = || groups.iter().filter_map(|g| g.origin.as_ref()).map(|o| o.day);
    let first = origins().filter(|d| (first - *d).num_days() <= far).chain([first]).min()?;
    let last = origins().filter(|d| (*d - last).num_days() <= far).chain([last]).max()?;
    Some((first, last))
}

/// Draws `timeline`.
///
/// # Errors
/// What plotters cannot draw.
pub fn timeline(timeline: &Timeline, style: &Style) -> Result<Drawing> {
    let groups: Vec<&TimelineGroup> = timeline.groups.iter().filter(|g| !g.rows.is_empty()).collect();
    let Some(span) = span(&groups) else {
        return draw(style, &timeline.caption, None, |_, _| Ok(()));
    };
    let words = groups.iter().flat_map(|g| g.rows.iter().map(TimelineRow::words).chain([g.head()]));
    let lanes = Lanes::of(style, span, words);
    let key = Key::of(timeline, &groups, style);
    let above = Lanes::above(groups.iter().map(|g| g.rows.len() + 1).sum());
    let height = key.height() + above + groups.iter().map(|g| g.height(&lanes, style)).sum::<i32>() + DAYS;
    draw(style, &timeline.caption, Some(height), |canvas, top| {
        key.paint(canvas, top)?;
        let mut y = top + key.height();
        if above > 0 {
            lanes.days(canvas, y)?;
            y += above;
        }
        for group in &groups {
            draw_group(canvas, &lanes, group, y)?;
            y += group.height(&lanes, style);
        }
        lanes.days(canvas, y - APART)
    })
}

fn draw_group(canvas: &Canvas<'_>, lanes: &Lanes, group: &TimelineGroup, top: i32) -> Result<()> {
    let style = canvas.style;
    let head = lanes.row(canvas, &group.head(), top, group.head_lane())?;
    let mut y = top + lanes.height(style, &group.head(), group.head_lane());
    let mut rows = Vec::new();
    for row in &group.rows {
        rows.push(lanes.row(canvas, &row.words(), y, ROW)? + ROW / 2);
        y += lanes.height(style, &row.words(), ROW);
    }
    if let Some(origin) = &group.origin {
        draw_origin(canvas, &lanes.axis, origin.day, head, y - 2)?;
    }
    for (row, y) in group.rows.iter().zip(rows) {
        let (from, to) = (lanes.axis.x(row.first.min(row.last)), lanes.axis.x(row.last.max(row.first)));
        canvas.line(&[(from, y), (to, y)], canvas.colour(0), 1)?;
        if to - from > FIRST + LAST {
            marker(canvas, row.tier, (to, y), LAST)?;
        }
        marker(canvas, row.tier, (from, y), FIRST)?;
        canvas.mark(row.link.as_ref(), (from - 8, y - 8), (to + 8, y + 8));
    }
    Ok(())
}

/// A line from `top` to `bottom` at the day of a first use, or an arrow where it is not on the axis; with the date.
fn draw_origin(canvas: &Canvas<'_>, axis: &TimeAxis, day: NaiveDate, top: i32, bottom: i32) -> Result<()> {
    let (p, date, y) = (canvas.palette, day.to_string(), top + HEAD / 2);
    let width = canvas.style.font.width(&date, DATE);
    let (before, after) = (day < axis.first, day > axis.last);
    let x = if before {
        axis.left
    } else if after {
        axis.right
    } else {
        axis.x(day)
    };
    let side = if after || x + 6 + width > axis.right { -1 } else { 1 };
    let at = x + side * if before || after { 12 } else { 6 };
    // The grid does not run through the date.
    canvas.rect((at.min(at + side * width), y - 7), (at.max(at + side * width), y + 7), p.paper)?;
    if before || after {
        canvas.area(&[(x, y), (x + side * 7, y - 4), (x + side * 7, y + 4)], p.ink, 1.0)?;
    } else {
        canvas.line(&[(x, top), (x, bottom)], p.ink, 1)?;
    }
    canvas.text(&date, (at, y), DATE, p.ink, if side > 0 { Anchor::Left } else { Anchor::Right })
}

/// The marker of a tier: full, half full, hollow; a cross for what is beyond.
fn marker(canvas: &Canvas<'_>, tier: usize, (x, y): (i32, i32), radius: i32) -> Result<()> {
    let colour = canvas.colour(0);
    match tier {
        0 => canvas.dot((x, y), radius, colour),
        1 => {
            canvas.ring((x, y), radius, colour)?;
            let at = |(dx, dy): (i32, i32)| (x + dx * radius / FIRST, y + dy * radius / FIRST);
            canvas.area(&[(0, -5), (-3, -4), (-4, -3), (-5, 0), (-4, 3), (-3, 4), (0, 5)].map(at), colour, 1.0)
        }
        2 => canvas.ring((x, y), radius, colour),
        _ => {
            let r = radius - 1;
            canvas.line(&[(x - r, y - r), (x + r, y + r)], colour, 2)?;
            canvas.line(&[(x - r, y + r), (x + r, y - r)], colour, 2)
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::chart::looks::{check, golden, label};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn caption() -> Caption {
        Caption {
            title: "Who took formulas up, and when".into(),
            subtitle: "English and Chinese; 311 documents; at right: occurrences".into(),
            note: "tifa 0.1.0; prc-diplomacy 0.2.1".into(),
            empty: "Nobody took up a formula of another side.".into(),
        }
    }

    fn of(groups: Vec<TimelineGroup>) -> Timeline {
        Timeline {
            caption: caption(),
            span_words: "first and last use".into(),
            tiers: ["in own words", "in a joint text", "only attributed by another side"].map(str::to_owned).to_vec(),
            origin_words: "first documented use by the originator".into(),
            groups,
        }
    }

    /// `groups` groups of `rows` rows each over about `days` days.
    fn sample(groups: usize, rows: usize, days: u64) -> Timeline {
        let row = |g: usize, r: usize| {
            let first = day("2019-06-01") + Days::new((r as u64 * 37 + g as u64 * 11) % (days + 1));
            let last = if r.is_multiple_of(3) { first } else { first + Days::new(days / (r as u64 + 1)) };
            let link = Some(Link { query: format!("g{g}r{r}"), title: String::new() });
            TimelineRow { label: format!("{} (SIDE)", label(r + g)), first, last, tier: r % 4, note: format!("{} in {r} documents", r * 3), link }
        };
        let origin = |g: usize| ["2013-03-23", "2019-06-03", "2031-01-01"].get(g % 4).map(|d| Origin { day: day(d), words: "CN, first documented use".into() });
        of((0..groups).map(|g| TimelineGroup { title: label(g), origin: origin(g), rows: (0..rows).map(|r| row(g, r)).collect() }).collect())
    }

    fn realistic() -> Timeline {
        let row = |label: &str, first: &str, last: &str, tier: usize, note: &str| TimelineRow {
            label: label.into(),
            first: day(first),
            last: day(last),
            tier,
            note: note.into(),
            link: None,
        };
        let group = |title: &str, origin: Option<(&str, &str)>, rows: &[TimelineRow]| TimelineGroup {
            title: title.into(),
            origin: origin.map(|(d, words)| Origin { day: day(d), words: words.into() }),
            rows: rows.to_vec(),
        };
        of(vec![
            group(
                "community with a shared future for mankind",
                Some(("2013-03-23", "CN")),
                &[
                    row("Zoltán Mérő (HU)", "2022-05-14", "2024-02-01", 0, "11 in 6 documents"),
                    row("Malik Osei (GH)", "2022-11-03", "2022-11-03", 1, "1 in 1 document"),
                    row("Lê Thị Hoa (VN)", "2023-12-12", "2024-01-19", 1, "4 in 2 documents"),
                    row("Karim Daoud (EG)", "2023-03-02", "2023-09-07", 2, "3 in 3 documents"),
                ],
            ),
            group(
                "Global Security Initiative",
                Some(("2022-04-21", "CN")),
                &[
                    row("Sergio Paz (CU)", "2022-06-09", "2023-10-17", 0, "5 in 3 documents"),
                    row("Tariq Aziz Khan (PK)", "2022-06-30", "2023-10-19", 1, "7 in 5 documents"),
                ],
            ),
            group(
                "Global Development Initiative",
                Some(("2021-09-21", "CN")),
                &[
                    row("Sergio Paz (CU)", "2022-06-09", "2022-06-20", 0, "2 in 2 documents"),
                    row("Malik Osei (GH)", "2022-08-12", "2023-02-11", 0, "4 in 3 documents"),
                    row("Tariq Aziz Khan (PK)", "2022-06-30", "2024-01-19", 1, "9 in 6 documents"),
                    row("Zoltán Mérő (HU)", "2023-05-05", "2023-05-05", 2, "1 in 1 document"),
                    row("Anh Nguyễn Minh Đức, spokesman of the ministry (VN)", "2023-06-05", "2023-12-12", 2, "2 in 2 documents"),
                    row("Karim Daoud (EG)", "2024-01-14", "2024-01-14", 2, "1 in 1 document"),
                ],
            ),
            group("真正的多边主义 · true multilateralism", None, &[row("Sergio Paz (CU)", "2023-01-09", "2023-04-17", 1, "2 in 2 documents")]),
            group(
                "rules-based international order",
                Some(("2008-07-01", "US")),
                &[row("Gu Wenzhou (CN)", "2022-07-11", "2024-02-02", 2, "26 in 19 documents")],
            ),
            group(
                "Global Civilization Initiative",
                Some(("2023-03-15", "CN")),
                &[
                    row("Zoltán Mérő (HU)", "2023-10-16", "2024-01-25", 0, "2 in 2 documents"),
                    row("Lê Thị Hoa (VN)", "2023-12-12", "2023-12-12", 1, "1 in 1 document"),
                ],
            ),
        ])
    }

    #[test]
    fn nothing_overlaps() {
        for (groups, rows, days) in [(0, 0, 0), (2, 0, 9), (1, 1, 0), (4, 1, 0), (4, 2, 9), (6, 3, 900), (1, 40, 400), (40, 1, 700), (4, 5, 25_600)] {
            let data = sample(groups, rows, days);
            check(&format!("timeline-{groups}-{rows}-{days}"), |style| timeline(&data, style));
        }
        check("timeline-realistic", |style| timeline(&realistic(), style));
    }

    #[test]
    fn the_axis_reaches_to_origins_that_are_near() {
        let row = TimelineRow { first: day("2022-01-01"), last: day("2023-12-31"), ..TimelineRow::default() };
        let with = |origin: &str| TimelineGroup {
            origin: Some(Origin { day: day(origin), ..Origin::default() }),
            rows: vec![row.clone()],
            ..TimelineGroup::default()
        };
        for (origin, want) in [("2021-09-21", "2021-09-21"), ("2013-03-23", "2022-01-01"), ("2022-05-01", "2022-01-01")] {
            assert_eq!(span(&[&with(origin)]), Some((day(want), day("2023-12-31"))), "{origin}");
        }
        assert_eq!(span(&[&with("2024-02-01")]), Some((day("2022-01-01"), day("2024-02-01"))));
        assert_eq!(span(&[]), None);
    }

    #[test]
    fn a_row_leads_to_what_stands_behind_it() {
        let drawing = timeline(&sample(2, 2, 90), &Style::default()).unwrap();
        assert_eq!(drawing.marks.iter().map(|m| m.link.query.as_str()).collect::<Vec<_>>(), ["g0r0", "g0r1", "g1r0", "g1r1"]);
    }

    #[test]
    fn is_as_it_was() {
        golden("timeline", |style| timeline(&sample(4, 4, 900), style));
    }
}
