//! Where in time formulas stand: a lane for each, in it a tick for each document that has the formula, and below the lanes all documents. A
//! lane's line is broken where there are no documents, so that an empty stretch is told from one without text. Where several documents fall
//! on one place, the tick stands for the one with the most occurrences; where that is so nearly everywhere, its shade says what part of them
//! have the formula.

mod places;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use plotters::style::RGBColor;

use self::places::{Place, Places};
use super::canvas::{Anchor, Canvas, Caption, Drawing, Link, MARGIN, draw};
use super::lanes::{DAYS, Lanes, Words};
use super::style::{Palette, Style};
use crate::error::Result;

/// Documents with formulas over time.
#[derive(Debug, Clone, Default)]
pub struct Xray {
    /// What is said of it.
    pub caption: Caption,
    /// What the height of a tick stands for; the numbers follow it.
    pub counts_words: String,
    /// What the shade of a tick stands for where places have several documents: what part of those has the formula; the numbers follow it.
    pub shares_words: String,
    /// One block a language.
    pub blocks: Vec<XrayBlock>,
}

/// The lanes of one language.
#[derive(Debug, Clone, Default)]
pub struct XrayBlock {
    /// What the block shows.
    pub title: String,
    /// The day of every document with text, whether or not it has a formula.
    pub documents: Vec<NaiveDate>,
    /// What to say of them.
    pub documents_words: String,
    /// The lanes.
    pub lanes: Vec<Lane>,
}

/// A formula.
#[derive(Debug, Clone, Default)]
pub struct Lane {
    /// Its label.
    pub label: String,
    /// What is said to the right of its lane.
    pub note: String,
    /// The documents that have it.
    pub ticks: Vec<Tick>,
}

/// A document with a formula.
#[derive(Debug, Clone)]
pub struct Tick {
    /// Its day.
    pub day: NaiveDate,
    /// How often it has the formula.
    pub count: u64,
    /// What stands behind it.
    pub link: Option<Link>,
}

/// The height of a lane, and of the strip with all documents.
const LANE: i32 = 24;
const STRIP: i32 = 22;
/// The room for a line of the key, for a block's title, and between blocks.
const KEY: i32 = 28;
const TITLE: i32 = 32;
const AFTER: i32 = 14;
/// The heights of ticks: from how many occurrences on, and what is written of it.
const STEPS: [(u64, i32, &str); 4] = [(1, 7, "1"), (2, 12, "2–3"), (4, 17, "4–7"), (8, 22, "8+")];

/// The shades of ticks on crowded axes: from which percentage of the documents of a place on, and what is written of it.
const SHADES: [(u64, &str); 3] = [(0, "< 34 %"), (34, "34–66 %"), (67, "> 66 %")];
/// An axis is crowded that has so many documents for each place with any.
const CROWD: usize = 2;
/// The room for the words of a key, besides its numbers.
const NUMBERS: i32 = 230;

/// The height of a tick.
fn tall(count: u64) -> i32 {
    STEPS.iter().rev().find(|(least, ..)| count >= *least).map_or(STEPS[0].1, |(_, height, _)| *height)
}

/// The shade of a tick on a crowded axis.
fn shade(palette: &Palette, percent: u64) -> RGBColor {
    let step = SHADES.iter().rposition(|(least, _)| percent >= *least).unwrap_or(0);
    palette.above[2 * (step + 1)]
}

/// How the lanes of all blocks are drawn.
struct Layout<'a> {
    blocks: Vec<&'a XrayBlock>,
    lanes: Lanes,
    places: Places,
    /// How many documents of a block there are at each place.
    documents: Vec<BTreeMap<i32, u64>>,
    crowded: bool,
}

impl<'a> Layout<'a> {
    /// Without documents there is none.
    fn of(xray: &'a Xray, style: &Style) -> Option<Layout<'a>> {
        let blocks: Vec<&XrayBlock> = xray.blocks.iter().filter(|b| !b.lanes.is_empty()).collect();
        let days = || blocks.iter().flat_map(|b| b.documents.iter().copied().chain(b.lanes.iter().flat_map(|l| l.ticks.iter().map(|t| t.day))));
        let words = blocks.iter().flat_map(|b| b.lanes.iter().map(words).chain([strip_words(b)]));
        let lanes = Lanes::of(style, (days().min()?, days().max()?), words);
        let places = Places::of(lanes.axis);
        let documents: Vec<_> = blocks.iter().map(|b| places.documents(&b.documents)).collect();
        let crowded = blocks.iter().zip(&documents).any(|(b, at)| !at.is_empty() && b.documents.len() >= CROWD * at.len());
        Some(Layout { blocks, lanes, places, documents, crowded })
    }
}

/// Draws `xray`.
///
/// # Errors
/// What plotters cannot draw.
pub fn xray(xray: &Xray, style: &Style) -> Result<Drawing> {
    let Some(layout) = Layout::of(xray, style) else {
        return draw(style, &xray.caption, None, |_, _| Ok(()));
    };
    let most = layout.blocks.iter().flat_map(|b| &b.lanes).flat_map(|l| &l.ticks).map(|t| t.count).max().unwrap_or(0);
    let counts = most > 1 && !xray.counts_words.is_empty();
    let shares = layout.crowded && !xray.shares_words.is_empty();
    let key = KEY * (i32::from(counts) + i32::from(shares));
    let height: i32 = key + layout.blocks.iter().map(|b| block_height(&layout.lanes, b, style)).sum::<i32>();
    draw(style, &xray.caption, Some(height), |canvas, mut top| {
        let p = canvas.palette;
        if counts {
            let colour = if layout.crowded { shade(p, 100) } else { canvas.colour(0) };
            let steps = STEPS.iter().filter(|(least, ..)| most >= *least);
            draw_key(canvas, &xray.counts_words, steps.map(|(_, height, numbers)| (*height, colour, *numbers)), top + KEY / 2)?;
            top += KEY;
        }
        if shares {
            let shades = SHADES.iter().map(|(least, numbers)| (STEPS[1].1, shade(p, *least), *numbers));
            draw_key(canvas, &xray.shares_words, shades, top + KEY / 2)?;
            top += KEY;
        }
        for (block, documents) in layout.blocks.iter().zip(&layout.documents) {
            draw_block(canvas, &layout, block, documents, top)?;
            top += block_height(&layout.lanes, block, style);
        }
        Ok(())
    })
}

fn words(lane: &Lane) -> Words<'_> {
    Words { label: &lane.label, note: &lane.note, above: true, ..Words::default() }
}

fn strip_words(block: &XrayBlock) -> Words<'_> {
    Words { label: &block.documents_words, above: true, faint: true, ..Words::default() }
}

fn block_height(lanes: &Lanes, block: &XrayBlock, style: &Style) -> i32 {
    let rows: i32 = block.lanes.iter().map(|l| lanes.height(style, &words(l), LANE)).sum();
    TITLE + Lanes::above(block.lanes.len()) + rows + lanes.height(style, &strip_words(block), STRIP) + DAYS + AFTER
}

/// Ticks of some heights and colours, each with its numbers.
fn draw_key<'n>(canvas: &Canvas<'_>, words: &str, ticks: impl Iterator<Item = (i32, RGBColor, &'n str)>, y: i32) -> Result<()> {
    let (font, p) = (&canvas.style.font, canvas.palette);
    let words = font.fit(words, 12.0, canvas.style.width - 2 * MARGIN - NUMBERS);
    canvas.text(&words, (MARGIN, y), 12.0, p.faint, Anchor::Left)?;
    let mut x = MARGIN + font.width(&words, 12.0) + 6;
    for (height, colour, numbers) in ticks {
        canvas.rect((x, y + 7 - height), (x + 3, y + 7), colour)?;
        canvas.text(numbers, (x + 9, y), 12.0, p.faint, Anchor::Left)?;
        x += 9 + font.width(numbers, 12.0) + 12;
    }
    Ok(())
}

fn draw_block(canvas: &Canvas<'_>, layout: &Layout<'_>, block: &XrayBlock, documents: &BTreeMap<i32, u64>, top: i32) -> Result<()> {
    let (style, p, lanes, places) = (canvas.style, canvas.palette, &layout.lanes, &layout.places);
    canvas.text(&style.font.fit(&block.title, 14.0, style.width - 2 * MARGIN), (MARGIN, top + 14), 14.0, p.ink, Anchor::Left)?;
    let stretches = places.stretches(documents);
    let mut y = top + TITLE;
    if Lanes::above(block.lanes.len()) > 0 {
        lanes.days(canvas, y)?;
        y += DAYS;
    }
    for lane in &block.lanes {
        let base = lanes.row(canvas, &words(lane), y, LANE)? + LANE - 1;
        for (from, to) in &stretches {
            canvas.rect((*from, base), (*to, base + 1), p.faint)?;
        }
        draw_ticks(canvas, layout, &places.ticks(&lane.ticks, documents), base)?;
        y += lanes.height(style, &words(lane), LANE);
    }
    let base = lanes.row(canvas, &strip_words(block), y, STRIP)? + STRIP;
    let bars = places.bars(&block.documents);
    let most = bars.iter().map(|(.., n)| *n).max().unwrap_or(1);
    for (from, to, n) in bars {
        let height = (n as f64 / most as f64 * f64::from(STRIP - 4)).ceil() as i32;
        canvas.area(&[(from, base - height), (to, base - height), (to, base), (from, base)], p.faint, 0.7)?;
    }
    lanes.days(canvas, y + lanes.height(style, &strip_words(block), STRIP))
}

/// Draws the ticks of a lane, and says what is behind them.
fn draw_ticks(canvas: &Canvas<'_>, layout: &Layout<'_>, at: &[Place<'_>], base: i32) -> Result<()> {
    let wide = layout.places.wide;
    let look = |place: &Place<'_>| (tall(place.most.count), if layout.crowded { shade(canvas.palette, place.percent) } else { canvas.colour(0) });
    // Ticks that look alike, side by side, are one shape.
    for run in at.chunk_by(|a, b| a.x + wide == b.x && look(a) == look(b)) {
        let (height, colour) = look(&run[0]);
        canvas.rect((run[0].x, base - height), (run[run.len() - 1].x + wide, base + 1), colour)?;
    }
    // What leads somewhere is a little wider than its tick where there is room.
    for (i, place) in at.iter().enumerate() {
        let end = place.x + wide;
        let before = if i == 0 { 3 } else { ((place.x - at[i - 1].x - wide) / 2).clamp(0, 3) };
        let after = at.get(i + 1).map_or(3, |next| ((next.x - end) / 2).clamp(0, 3));
        canvas.mark(place.most.link.as_ref(), (place.x - before, base + 1 - LANE), (end + after, base + 1));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::chart::looks::{check, golden, label};

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2022, 3, 1).unwrap() + Days::new(n)
    }

    fn of(blocks: Vec<XrayBlock>) -> Xray {
        let caption = Caption {
            title: "In which documents formulas stand, by day".into(),
            subtitle: "142 documents with text, 3 undated ones are not shown; a lane's line is broken where there is no text".into(),
            note: "tifa 0.1.0; prc-diplomacy 0.2.1".into(),
            empty: "Nothing dated was found.".into(),
        };
        let counts_words = "most occurrences in a document:".into();
        Xray { caption, counts_words, shares_words: "of the documents of a spot with the formula:".into(), blocks }
    }

    /// `lanes` lanes over `documents` documents, `apart` days from each other, in `blocks` languages.
    fn sample(lanes: usize, documents: u64, apart: f64, blocks: usize) -> Xray {
        let at = |n: u64| day((n as f64 * apart) as u64);
        let tick = |lane: usize, n: u64| {
            let link = Link { query: format!("l{lane}d{n}"), title: "3 in the document".into() };
            Tick { day: at(n), count: n * 7 % 11 + 1, link: Some(link) }
        };
        let lane = |i: usize| Lane {
            label: label(i),
            note: format!("in {} of {documents} documents · DP 0.{}", documents / (i as u64 + 1), 10 + i),
            ticks: (0..documents).filter(|n| n % (i as u64 + 1) == 0).map(|n| tick(i, n)).collect(),
        };
        let block = |n: usize| XrayBlock {
            title: if n == 0 { "English".into() } else { "中文".into() },
            documents: (0..documents).map(at).collect(),
            documents_words: format!("all {documents} documents"),
            lanes: (0..lanes).map(lane).collect(),
        };
        of((0..blocks).map(block).collect())
    }

    /// Two years of readouts with a summer without, as they come.
    fn realistic() -> Xray {
        let mut state = 7_u64;
        let mut random = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let documents: Vec<NaiveDate> = (0..142).map(|_| random(700)).filter(|n| !(150..230).contains(n)).map(day).collect();
        let formulas = [
            ("community with a shared future for mankind", 3),
            ("win-win cooperation", 4),
            ("Global Development Initiative", 5),
            ("Global Security Initiative", 6),
            ("true multilateralism", 8),
            ("Global Civilization Initiative", 10),
            ("Cold War mentality", 12),
            ("mutual respect, peaceful coexistence and win-win cooperation", 14),
            ("high-quality Belt and Road cooperation", 20),
            ("changes unseen in a century", 60),
        ];
        let lanes = formulas.iter().enumerate().map(|(i, (label, every))| {
            let begins = day(if i == 5 { 380 } else { 0 });
            let mut count = || (random(*every) == 0).then(|| 1 + random(3) * random(4));
            let tick = |d: &NaiveDate| count().map(|count| Tick { day: *d, count, link: None });
            let ticks: Vec<Tick> = documents.iter().filter(|d| **d >= begins).filter_map(tick).collect();
            Lane { label: (*label).into(), note: format!("in {} of {} documents · DP 0.{}", ticks.len(), documents.len(), 31 + 5 * i), ticks }
        });
        let block = XrayBlock { title: "English".into(), documents_words: format!("all {} documents", documents.len()), lanes: lanes.collect(), documents };
        of(vec![block])
    }

    #[test]
    fn nothing_overlaps() {
        for (lanes, documents, apart, blocks) in [
            (0, 0, 1.0, 0),
            (2, 0, 1.0, 1),
            (1, 1, 1.0, 1),
            (3, 9, 0.0, 1),
            (3, 5, 1.0, 2),
            (5, 20, 3.0, 1),
            (6, 1100, 0.33, 1),
            (4, 2000, 12.8, 2),
            (5, 60, 426.0, 1),
            (40, 142, 5.0, 1),
        ] {
            let data = sample(lanes, documents, apart, blocks);
            check(&format!("xray-{lanes}-{documents}-{apart}-{blocks}"), |style| xray(&data, style));
        }
        check("xray-realistic", |style| xray(&realistic(), style));
    }

    #[test]
    fn many_documents_make_few_shapes() {
        let data = sample(1, 2000, 12.8, 1);
        for width in [Style::NARROWEST, 1040, Style::WIDEST] {
            let drawing = xray(&data, &Style { width, ..Style::default() }).unwrap();
            let shapes = drawing.svg.matches("<rect").count();
            assert!(shapes < 3 * places::MOST as usize && drawing.marks.len() <= places::MOST as usize + 1, "{width}: {shapes} {}", drawing.marks.len());
        }
    }

    #[test]
    fn documents_on_one_place_lead_to_the_one_with_most() {
        let tick = |count: u64| Tick { day: day(0), count, link: Some(Link { query: count.to_string(), title: String::new() }) };
        let lane = Lane { ticks: vec![tick(2), tick(5), tick(5), tick(1)], ..Lane::default() };
        let block = XrayBlock { documents: vec![day(0); 4], lanes: vec![lane], ..XrayBlock::default() };
        let drawing = xray(&Xray { blocks: vec![block], ..Xray::default() }, &Style::default()).unwrap();
        assert_eq!(drawing.marks.iter().map(|m| m.link.query.as_str()).collect::<Vec<_>>(), ["5"]);
    }

    #[test]
    fn shades_are_explained_where_places_are_crowded() {
        let shares = |data: &Xray| xray(data, &Style::default()).unwrap().svg.contains("34–66 %");
        assert!(shares(&sample(2, 2000, 12.8, 1)));
        assert!(!shares(&sample(2, 40, 9.0, 1)) && !shares(&realistic()));
    }

    #[test]
    fn is_as_it_was() {
        golden("xray", |style| xray(&sample(6, 40, 9.0, 1), style));
    }
}
