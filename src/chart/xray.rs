//! Where in time formulas stand: a lane for each, in it a tick for each document that has the formula, and below the lanes all documents. A
//! lane's line is broken where there are no documents, so that an empty stretch is told from one without text.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::axis::TimeAxis;
use super::canvas::{Anchor, Canvas, Caption, Drawing, Link, MARGIN, draw};
use super::lanes::{DAYS, Lanes, Words};
use super::style::Style;
use crate::error::Result;

/// Documents with formulas over time.
#[derive(Debug, Clone, Default)]
pub struct Xray {
    /// What is said of it.
    pub caption: Caption,
    /// What the height of a tick stands for; the numbers follow it.
    pub counts_words: String,
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
/// The room for the key to heights, for a block's title, and between blocks.
const KEY: i32 = 30;
const TITLE: i32 = 32;
const AFTER: i32 = 14;
/// The heights of ticks: from how many occurrences on, and what is written of it.
const STEPS: [(u64, i32, &str); 4] = [(1, 7, "1"), (2, 12, "2–3"), (4, 17, "4–7"), (8, 22, "8+")];
/// A lane has at most so many ticks; those that fall on one place are one.
const MOST: i32 = 400;
/// Documents up to so many pixels apart leave no gap in a lane's line.
const JOINED: i32 = 14;
/// The narrowest bar of a strip too full for single documents.
const BAR: f64 = 5.0;

/// The height of a tick.
fn tall(count: u64) -> i32 {
    STEPS.iter().rev().find(|(least, ..)| count >= *least).map_or(STEPS[0].1, |(_, height, _)| *height)
}

/// The places on an axis that can be told apart.
#[derive(Clone, Copy)]
struct Places {
    axis: TimeAxis,
    /// Pixels of one day.
    step: f64,
    /// The width of a tick.
    wide: i32,
}

impl Places {
    fn of(axis: TimeAxis) -> Places {
        let room = axis.right - axis.left;
        let days = (axis.last - axis.first).num_days();
        let step = f64::from(room) / days.max(1) as f64;
        let least = (room as u32).div_ceil(MOST as u32).max(2) as i32;
        Places { axis, step, wide: (step as i32).clamp(least, least.max(4)) }
    }

    /// Where the tick of a day begins.
    fn at(&self, day: NaiveDate) -> i32 {
        let (x, left) = (self.axis.x(day), self.axis.left);
        let x = if self.step < f64::from(self.wide) { left + (x - left) / self.wide * self.wide } else { x };
        x - self.wide / 2
    }

    /// The stretches with documents.
    fn stretches(&self, documents: &[NaiveDate]) -> Vec<(i32, i32)> {
        let mut at: Vec<i32> = documents.iter().map(|d| self.at(*d)).collect();
        at.sort_unstable();
        let mut stretches: Vec<(i32, i32)> = Vec::new();
        for x in at {
            match stretches.last_mut() {
                Some((_, to)) if x - *to <= JOINED => *to = x + self.wide,
                _ => stretches.push((x, x + self.wide)),
            }
        }
        stretches
    }

    /// The bars of all documents, from, to and how many: one for each day, or for weeks, months … of as many days each where days have
    /// no room of their own.
    fn bars(&self, documents: &[NaiveDate]) -> Vec<(i32, i32, u64)> {
        let mut days: BTreeMap<NaiveDate, u64> = BTreeMap::new();
        for day in documents {
            *days.entry(*day).or_default() += 1;
        }
        let room = f64::from(self.axis.right - self.axis.left);
        let sparse = days.keys().zip(days.keys().skip(1)).all(|(a, b)| self.at(*b) > self.at(*a)) && (days.len() as f64) < room / 8.0;
        if sparse {
            return days.into_iter().map(|(day, n)| (self.at(day), self.at(day) + self.wide, n)).collect();
        }
        let many = [1, 7, 14, 28].into_iter().chain((1..).map(|i| 91 * i)).find(|n| *n as f64 * self.step >= BAR).unwrap_or(1);
        let mut bars: BTreeMap<u64, u64> = BTreeMap::new();
        for (day, n) in days {
            *bars.entry((day - self.axis.first).num_days().max(0) as u64 / many).or_default() += n;
        }
        let edge = |bar: u64| (self.axis.left + ((bar * many) as f64 * self.step - self.step / 2.0).round() as i32).clamp(self.axis.left, self.axis.right);
        bars.into_iter().map(|(bar, n)| (edge(bar), (edge(bar + 1) - 1).max(edge(bar) + 1), n)).collect()
    }
}

/// Draws `xray`.
///
/// # Errors
/// What plotters cannot draw.
pub fn xray(xray: &Xray, style: &Style) -> Result<Drawing> {
    let blocks: Vec<&XrayBlock> = xray.blocks.iter().filter(|b| !b.lanes.is_empty()).collect();
    let days = || blocks.iter().flat_map(|b| b.documents.iter().copied().chain(b.lanes.iter().flat_map(|l| l.ticks.iter().map(|t| t.day))));
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return draw(style, &xray.caption, None, |_, _| Ok(()));
    };
    let words = blocks.iter().flat_map(|b| b.lanes.iter().map(words).chain([strip_words(b)]));
    let lanes = Lanes::of(style, (first, last), words);
    let most = blocks.iter().flat_map(|b| &b.lanes).flat_map(|l| &l.ticks).map(|t| t.count).max().unwrap_or(0);
    let key = if most > 1 && !xray.counts_words.is_empty() { KEY } else { 0 };
    let height: i32 = key + blocks.iter().map(|b| block_height(&lanes, b, style)).sum::<i32>();
    draw(style, &xray.caption, Some(height), |canvas, mut top| {
        if key > 0 {
            draw_key(canvas, &xray.counts_words, most, top + KEY / 2)?;
            top += key;
        }
        for block in &blocks {
            draw_block(canvas, &lanes, block, top)?;
            top += block_height(&lanes, block, style);
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

/// Ticks of every height there is, each with its numbers.
fn draw_key(canvas: &Canvas<'_>, words: &str, most: u64, y: i32) -> Result<()> {
    let (font, p) = (&canvas.style.font, canvas.palette);
    let steps = STEPS.iter().filter(|(least, ..)| most >= *least);
    let words = font.fit(words, 12.0, canvas.style.width - 2 * MARGIN - 44 * STEPS.len() as i32);
    canvas.text(&words, (MARGIN, y), 12.0, p.faint, Anchor::Left)?;
    let mut x = MARGIN + font.width(&words, 12.0) + 10;
    for (_, height, numbers) in steps {
        canvas.rect((x, y + 8 - height), (x + 3, y + 8), canvas.colour(0))?;
        canvas.text(numbers, (x + 8, y), 12.0, p.faint, Anchor::Left)?;
        x += 8 + font.width(numbers, 12.0) + 12;
    }
    Ok(())
}

fn draw_block(canvas: &Canvas<'_>, lanes: &Lanes, block: &XrayBlock, top: i32) -> Result<()> {
    let (style, p) = (canvas.style, canvas.palette);
    canvas.text(&style.font.fit(&block.title, 14.0, style.width - 2 * MARGIN), (MARGIN, top + 14), 14.0, p.ink, Anchor::Left)?;
    let places = Places::of(lanes.axis);
    let stretches = places.stretches(&block.documents);
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
        draw_ticks(canvas, places, &lane.ticks, base)?;
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

/// A tick for each place, as high as the document there with the most occurrences has it, which is also what it leads to.
fn draw_ticks(canvas: &Canvas<'_>, places: Places, ticks: &[Tick], base: i32) -> Result<()> {
    let mut at: BTreeMap<i32, &Tick> = BTreeMap::new();
    for tick in ticks {
        let kept = at.entry(places.at(tick.day)).or_insert(tick);
        if tick.count > kept.count {
            *kept = tick;
        }
    }
    // Ticks of one height side by side are one shape.
    let mut shapes: Vec<(i32, i32, i32)> = Vec::new();
    for (&x, tick) in &at {
        let height = tall(tick.count);
        match shapes.last_mut() {
            Some((_, to, h)) if *to == x && *h == height => *to = x + places.wide,
            _ => shapes.push((x, x + places.wide, height)),
        }
    }
    for (from, to, height) in shapes {
        canvas.rect((from, base - height), (to, base + 1), canvas.colour(0))?;
    }
    // What leads somewhere is a little wider than its tick where there is room.
    let starts: Vec<i32> = at.keys().copied().collect();
    for (i, (&x, tick)) in at.iter().enumerate() {
        let end = x + places.wide;
        let before = if i == 0 { 3 } else { ((x - starts[i - 1] - places.wide) / 2).clamp(0, 3) };
        let after = starts.get(i + 1).map_or(3, |next| ((next - end) / 2).clamp(0, 3));
        canvas.mark(tick.link.as_ref(), (x - before, base + 1 - LANE), (end + after, base + 1));
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

    fn caption() -> Caption {
        Caption {
            title: "In which documents formulas stand, by day".into(),
            subtitle: "142 documents with text, 3 undated ones are not shown; a lane's line is broken where there is no text".into(),
            note: "tifa 0.1.0; prc-diplomacy 0.2.1".into(),
            empty: "Nothing dated was found.".into(),
        }
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
        Xray { caption: caption(), counts_words: "occurrences in the document:".into(), blocks: (0..blocks).map(block).collect() }
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
        Xray { caption: caption(), counts_words: "occurrences in a document:".into(), blocks: vec![block] }
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
            assert!(shapes < 3 * MOST as usize && drawing.marks.len() <= MOST as usize + 1, "{width}: {shapes} {}", drawing.marks.len());
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
    fn a_stretch_without_documents_is_a_gap() {
        let places = Places::of(TimeAxis { first: day(0), last: day(100), left: 0, right: 500 });
        let stretches = places.stretches(&[day(60), day(0), day(2), day(4), day(61)]);
        assert_eq!(stretches, [(-2, 22), (298, 307)]);
    }

    #[test]
    fn a_full_strip_counts_by_weeks() {
        let places = Places::of(TimeAxis { first: day(0), last: day(363), left: 0, right: 500 });
        let all: Vec<NaiveDate> = (0..364).map(day).collect();
        let bars = places.bars(&all);
        assert!(bars.len() == 52 && bars.iter().all(|(from, to, n)| from < to && *n == 7), "{bars:?}");
        assert_eq!(places.bars(&[day(0), day(0), day(100)]).iter().map(|(.., n)| *n).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn is_as_it_was() {
        golden("xray", |style| xray(&sample(6, 40, 9.0, 1), style));
    }
}
