//! Which of a document's dates is its own, and which is the day of what it tells.
//!
//! What a column, front matter, the page or the researcher says comes first; then a line that is a date, the address, the
//! title, the name of the file, the dateline, the first sentence. Dates in navigation, lists of other pages and footers never
//! date a document; they only lend their year to a day that is written without one.

use std::cell::LazyCell;

use chrono::{Datelike, NaiveDate};

use super::blocks::{FieldLine, Piece, date_line};
use super::dates::{Found, date_in_path, find_dates, implausible, impossible, lone_year, resolve};
use super::document::{BlockKind, Dated, Precision};
use super::given::{Which, read_date};
use super::layout::Layout;
use super::raw::Meta;
use super::written::may_hold;
use crate::text::{Language, fold, sentences};

/// How many pieces from the top a date line still dates the document.
const HEAD: usize = 12;
/// An event is told of within this many days; what the first sentence dates earlier is history.
const NEWS: i64 = 45;
/// A sentence in so many paragraphs from the top tells of the event if it opens with a day of the week before, at most so many
/// characters from its beginning.
const OPENING: usize = 8;
const WEEK: i64 = 7;
const CLAUSE: usize = 24;
/// A day without a year is taken for that of the nearest full date if they lie this close.
const NEAR: i64 = 60;

/// The evidence of a date in the title whose year stands elsewhere.
const YEAR_FROM_DOCUMENT: &str = "title, its year from elsewhere in the document";

/// What a text says of its dates.
#[derive(Debug, Default)]
pub(super) struct Dating {
    pub published: Option<Dated>,
    pub event: Option<Dated>,
    /// For each piece, the day of its part, where the text holds several days.
    pub parts: Vec<Option<NaiveDate>>,
    /// Dates that cannot be.
    pub problems: Vec<String>,
}

/// Where dates of a document may stand.
#[derive(Debug)]
pub(super) struct Clues<'a> {
    pub text: &'a str,
    pub pieces: &'a [Piece],
    pub title: &'a str,
    pub url: &'a str,
    pub file_name: &'a str,
    pub given: &'a Meta,
    /// Days in the addresses of pictures.
    pub pictures: &'a [NaiveDate],
    /// The date of the file of which the text is a part.
    pub whole: Option<Dated>,
    pub layout: &'a Layout,
}

/// Dates a text.
pub(super) fn date_of(clues: &Clues<'_>) -> Dating {
    let mut dating = Dating::default();
    let lines = clues.date_lines();
    let days = lines.windows(2).any(|w| w[0].1 != w[1].1);
    let published = clues.published(&lines, &mut dating.problems);
    let reference = published.as_ref().filter(|d| d.precision == Precision::Day).map(|p| p.date);
    let event = clues.event(&lines, reference, published.as_ref(), &mut dating.problems);
    dating.published = published.or_else(|| clues.weakly(event.as_ref()));
    dating.event = event;
    if let Some(impossible) = clues.impossible() {
        dating.problems.push(format!("`{impossible}` is no day of the calendar; the document is not dated by it"));
    }
    for date in [&mut dating.published, &mut dating.event] {
        if let Some(why) = date.as_ref().and_then(|d| implausible(d.date)) {
            let message = date.take().map_or_else(String::new, |d| format!("{} (from the {}) {why}; left out", d.date, d.evidence));
            if !dating.problems.contains(&message) {
                dating.problems.push(message);
            }
        }
    }
    dating.parts = if days { parts(clues.pieces.len(), &lines) } else { vec![None; clues.pieces.len()] };
    dating
}

impl Clues<'_> {
    fn of(&self, piece: &Piece) -> &str {
        &self.text[piece.value.clone()]
    }

    fn lead(&self) -> &str {
        self.pieces.iter().find(|p| p.kind == BlockKind::Body).map_or("", |p| &self.text[p.range.clone()])
    }

    /// The document's own date, where it is written in full.
    fn published(&self, lines: &[(usize, NaiveDate)], problems: &mut Vec<String>) -> Option<Dated> {
        let head = self.head_end();
        let first = lines.iter().find(|(i, _)| *i <= head);
        let day = |date: Option<NaiveDate>, evidence| date.map(|date| Dated::day(date, evidence));
        let given = read_date(self.given, Which::Published, problems);
        let (full, coarse) = given.map_or((None, None), |g| if g.precision == Precision::Day { (Some(g), None) } else { (None, Some(g)) });
        full.or_else(|| day(first.map(|(_, d)| *d), "line"))
            .or_else(|| day(self.dated_head(head), "line"))
            .or_else(|| day(date_in_path(date_part(self.url)), "url"))
            .or_else(|| day(full_date(self.title).filter(|d| is_no_history(self.title, *d, self.layout)), "title"))
            .or_else(|| day(date_in_path(self.file_name), "file name"))
            .or_else(|| self.whole.clone().filter(|w| w.precision == Precision::Day))
            .or_else(|| day(self.title_with_year(coarse.as_ref()), YEAR_FROM_DOCUMENT))
            .or(coarse)
    }

    /// The day on which the words were said.
    fn event(&self, lines: &[(usize, NaiveDate)], reference: Option<NaiveDate>, published: Option<&Dated>, problems: &mut Vec<String>) -> Option<Dated> {
        if let Some(given) = read_date(self.given, Which::Event, problems) {
            return Some(given);
        }
        let day = |date: Option<NaiveDate>, evidence| date.map(|date| Dated::day(date, evidence));
        // The heading of a day in a log, and the day under the title of a speech, （2023年3月28日）, are those of the event.
        let of_event = |line: &str| names_weekday(line, self.layout) || (line.starts_with(['(', '（']) && line.contains('年'));
        let head = self.head_end();
        let named_day = lines.iter().find(|(i, _)| *i <= head).filter(|(i, _)| of_event(&self.text[self.pieces[*i].range.clone()])).map(|(_, d)| *d);
        let lead = self.lead();
        // Without a date of publication, a day is that of the event unless the text names a later year: then it is history.
        let last_year = LazyCell::new(|| years(self.text).max());
        let recent = |date: &NaiveDate| match reference {
            Some(r) => (0..=NEWS).contains(&(r - *date).num_days()),
            None => (*last_year).is_none_or(|year| year <= date.year()),
        };
        // A date in the title of a page published later is that of the event, unless it is history.
        day(full_date(self.title).or_else(|| month_day(self.title, reference)).filter(recent), "title")
            .or_else(|| published.filter(|p| p.evidence.starts_with("title") && p.precision == Precision::Day).cloned())
            .or_else(|| day(dateline(lead, reference).filter(recent), "dateline"))
            .or_else(|| day(named_day, "line"))
            .or_else(|| if is_turn(lead) { published.filter(|p| p.precision == Precision::Day).cloned() } else { None })
            .or_else(|| if is_turn(lead) { None } else { day(lead_date(lead, reference, self.layout).filter(recent), "lead") })
            .or_else(|| if is_turn(lead) { None } else { day(self.told_day(reference), "text") })
    }

    /// The first day of the week before publication with which a sentence near the top opens: 1日下午，庆祝大会在京举行。
    fn told_day(&self, reference: Option<NaiveDate>) -> Option<NaiveDate> {
        let reference = reference?;
        let body = self.pieces.iter().filter(|p| p.kind == BlockKind::Body).take(OPENING).map(|p| &self.text[p.range.clone()]);
        // To cut a paragraph into sentences takes longer than to see that it names no day.
        let opening =
            body.filter(|text| may_hold(text)).flat_map(|text| sentences(text, &|w| self.layout.is_abbreviation(w)).into_iter().map(move |s| &text[s]));
        opening
            .filter_map(|sentence| {
                let clause = sentence.split('，').next().unwrap_or(sentence);
                let found = find_dates(clause).into_iter().find(|f| clause[..f.range.start].chars().count() <= CLAUSE)?;
                resolve(&found, Some(reference))
            })
            .find(|day| (0..=WEEK).contains(&(reference - *day).num_days()))
    }

    /// The date of a document that shows none of its own: that of its first sentence, or a year alone.
    fn weakly(&self, event: Option<&Dated>) -> Option<Dated> {
        let lead = self.lead();
        let day = |date: Option<NaiveDate>, evidence| date.map(|date| Dated::day(date, evidence));
        let year =
            |year: Option<i32>, evidence| year.and_then(|y| NaiveDate::from_ymd_opt(y, 1, 1)).map(|date| Dated { date, evidence, precision: Precision::Year });
        day(dateline(lead, None), "dateline")
            .or_else(|| event.filter(|e| e.evidence == "lead").cloned())
            .or_else(|| self.whole.clone())
            .or_else(|| year(lone_year(self.title), "title"))
            .or_else(|| year(lone_year(self.file_name), "file name"))
    }

    /// Whether a line tells when a page was changed.
    fn is_update(&self, piece: &Piece) -> bool {
        piece.range.len() <= 240 && self.layout.page.updated.iter().any(|w| piece.folded.as_str().contains(w.as_str()))
    }

    /// The pieces that are a date and nothing else, or a date field.
    fn date_lines(&self) -> Vec<(usize, NaiveDate)> {
        let own = self.pieces.iter().enumerate().filter(|(_, p)| !p.margin);
        let day = |p: &Piece| match (p.field, p.kind) {
            (Some(FieldLine::Date), _) => full_date(self.of(p)),
            (_, BlockKind::Body) => None,
            _ => date_line(self.of(p), self.layout),
        };
        own.filter_map(|(i, p)| Some((i, day(p)?))).filter(|(i, _)| !self.is_update(&self.pieces[*i])).collect()
    }

    /// The last piece in which a date line speaks for the whole document: up to the first paragraph, or near the top.
    fn head_end(&self) -> usize {
        let own = |p: &&Piece| !p.margin;
        let sentence = |p: &Piece| self.text[p.range.clone()].ends_with(['.', '。', '!', '！', '?', '？', '”', '"']) && p.range.len() > 60;
        let long = self.pieces.iter().filter(own).position(|p| p.kind == BlockKind::Body && (p.range.len() > 200 || sentence(p)));
        let last = long.unwrap_or(usize::MAX).min(HEAD);
        // Counted without the margins, told with them.
        self.pieces.iter().enumerate().filter(|(_, p)| !p.margin).map(|(i, _)| i).nth(last).unwrap_or(self.pieces.len())
    }

    /// The date in a line of furniture above the text that holds other things as well: 来源：新华社 2023-01-01 字体：大 中 小.
    fn dated_head(&self, head: usize) -> Option<NaiveDate> {
        let lines = self.pieces.iter().take(head + 1).filter(|p| p.kind == BlockKind::Boilerplate && !p.margin && !self.is_update(p));
        lines.filter(|p| p.range.len() <= 240).find_map(|p| {
            let dates: Vec<NaiveDate> = find_dates(&self.text[p.range.clone()]).iter().filter_map(Found::full).collect();
            if let [date] = dates.as_slice() { Some(*date) } else { None }
        })
    }

    /// A day in the title whose year is not written, with the year of the nearest evidence: what is known of the year, else
    /// the dates in the text, those in the addresses of its pictures, or those in the furniture of the page.
    fn title_with_year(&self, coarse: Option<&Dated>) -> Option<NaiveDate> {
        let found = find_dates(self.title).into_iter().find(|f| f.year.is_none() && f.month.is_some())?;
        let in_year = |year: i32| NaiveDate::from_ymd_opt(year, found.month?, found.day);
        if let Some(coarse) = coarse.or(self.whole.as_ref()) {
            return in_year(coarse.date.year());
        }
        let dates = |own: bool| {
            let pieces = self.pieces.iter().filter(move |p| (p.kind != BlockKind::Boilerplate) == own);
            let mut all: Vec<NaiveDate> = pieces.flat_map(|p| find_dates(&self.text[p.range.clone()])).filter_map(|f| f.full()).collect();
            all.sort();
            all
        };
        // Of the text the latest date speaks, since what is told is mostly past; of lists of other pages the one in the middle.
        let own = dates(true);
        let furniture = dates(false);
        let witness = own.last().copied().or_else(|| self.pictures.first().copied()).or_else(|| furniture.get(furniture.len() / 2).copied())?;
        let candidates = [witness.year() - 1, witness.year(), witness.year() + 1].into_iter().filter_map(in_year);
        candidates.min_by_key(|d| (*d - witness).num_days().abs()).filter(|d| (*d - witness).num_days().abs() <= NEAR)
    }

    /// A date in the title or above the text that is written in full and is no day of the calendar.
    fn impossible(&self) -> Option<String> {
        let head = self.head_end();
        let lines = self.pieces.iter().take(head + 1).filter(|p| p.kind == BlockKind::Boilerplate && !p.margin && p.range.len() <= 240);
        impossible(self.title).or_else(|| lines.filter_map(|p| impossible(self.of(p))).next()).map(str::to_owned)
    }
}

/// The years that a text names, up to that of this clock.
fn years(text: &str) -> impl Iterator<Item = i32> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() == 4).filter_map(|n| n.parse::<i32>().ok());
    numbers.filter(|y| (1900..2100).contains(y) && NaiveDate::from_ymd_opt(*y, 1, 1).is_some_and(|d| implausible(d).is_none()))
}

/// Whether a date in a title is not the one of which the title tells the anniversary.
fn is_no_history(title: &str, date: NaiveDate, layout: &Layout) -> bool {
    years(title).all(|y| y <= date.year()) && !layout.page.history.iter().any(|w| fold(title).as_str().contains(w.as_str()))
}

fn full_date(text: &str) -> Option<NaiveDate> {
    find_dates(text).iter().find_map(Found::full)
}

/// The first day of a month that a text names without its year.
fn month_day(text: &str, reference: Option<NaiveDate>) -> Option<NaiveDate> {
    resolve(find_dates(text).iter().find(|f| f.month.is_some())?, reference)
}

fn parts(pieces: usize, lines: &[(usize, NaiveDate)]) -> Vec<Option<NaiveDate>> {
    let mut days = vec![None; pieces];
    for (n, (from, date)) in lines.iter().enumerate() {
        let to = lines.get(n + 1).map_or(pieces, |(i, _)| *i);
        days[*from..to].fill(Some(*date).filter(|d| implausible(*d).is_none()));
    }
    days
}

/// An address without its host: `/2024/01-10/`, `/20240110/`, `/202401/t20240110_1.html` and the like.
fn date_part(url: &str) -> &str {
    url.split("//").nth(1).unwrap_or(url)
}

/// `New York, January 9th—`, `新华社北京10月18日电`: a date before a dash or 电 within the first words.
fn dateline(lead: &str, reference: Option<NaiveDate>) -> Option<NaiveDate> {
    let head: String = lead.chars().take(60).collect();
    let found = find_dates(&head).into_iter().next()?;
    let rest = head[found.range.end..].trim_start();
    let rest = rest.strip_prefix(['(', '（']).and_then(|r| r.split_once([')', '）'])).map_or(rest, |(_, r)| r.trim_start());
    let opens = head[..found.range.start].chars().count() <= 30 && !head[..found.range.start].contains(['.', '。', '，']);
    (opens && rest.starts_with(['—', '–', '-', '电', '電'])).then(|| resolve(&found, reference)).flatten()
}

/// The first date in the first sentence of the lead; `today` is the day of publication.
fn lead_date(lead: &str, reference: Option<NaiveDate>, layout: &Layout) -> Option<NaiveDate> {
    let sentence = sentences(lead, &|w| layout.is_abbreviation(w)).into_iter().next()?;
    let sentence = &lead[sentence];
    if let Some(date) = find_dates(sentence).iter().find_map(|f| resolve(f, reference)) {
        return Some(date);
    }
    let today = reference?;
    let language = layout.language_of(sentence).unwrap_or(Language::Und);
    let folded = fold(sentence);
    let said = layout.of(language).today.iter().any(|t| match language {
        Language::Zh => folded.as_str().contains(t.as_str()),
        _ => folded.as_str().split(|c: char| !c.is_alphanumeric()).any(|w| w == t),
    });
    said.then_some(today)
}

/// Whether a paragraph is a turn of a transcript (`Q: …`, 问：…): days named in it are not the day of the conference.
fn is_turn(lead: &str) -> bool {
    lead.trim_start_matches(['\u{3000}', ' ', '*']).chars().take(4).any(|c| matches!(c, ':' | '：'))
}

fn names_weekday(line: &str, layout: &Layout) -> bool {
    let lower = line.to_lowercase();
    layout.en.weekdays.iter().chain(&layout.zh.weekdays).any(|d| lower.contains(d.as_str()))
}
