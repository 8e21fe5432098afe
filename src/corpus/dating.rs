//! Which of a document's dates is its own, and which is the day of what it tells.

use chrono::NaiveDate;

use super::blocks::{Field, Piece, is_date_line};
use super::dates::{find_dates, resolve};
use super::document::{BlockKind, Dated};
use super::layout::Layout;
use crate::text::{Language, fold, sentences};

/// How many pieces from the top a date line still dates the document.
const HEAD: usize = 12;

/// What a text says of its dates.
#[derive(Debug, Default)]
pub(super) struct Dating {
    pub published: Option<Dated>,
    pub event: Option<Dated>,
    /// For each piece, the day of its part, where the text holds several days.
    pub parts: Vec<Option<NaiveDate>>,
}

/// Dates a text from its pieces, its title, its address and its file name.
pub(super) fn date_of(text: &str, pieces: &[Piece], title: &str, url: &str, file_name: &str, layout: &Layout) -> Dating {
    let lines: Vec<(usize, NaiveDate)> = date_lines(text, pieces, layout);
    let days = lines.windows(2).any(|w| w[0].1 != w[1].1);
    let head = head_end(pieces);
    let first = lines.iter().find(|(i, _)| *i <= head);
    let full = |s: &str| find_dates(s).iter().find_map(super::dates::Found::full);
    let dated = |date: Option<NaiveDate>, evidence| date.map(|date| Dated { date, evidence });

    let lead = pieces.iter().find(|p| p.kind == BlockKind::Body).map_or("", |p| &text[p.range.clone()]);
    let published = dated(first.map(|(_, d)| *d), "line")
        .or_else(|| dated(date_in_url(url), "url"))
        .or_else(|| dated(full(title), "title"))
        .or_else(|| dated(full(file_name), "file name"));
    let reference = published.as_ref().map(|p| p.date);
    // The heading of a day in a log, and the day under the title of a speech, （2023年3月28日）, are those of the event.
    let of_event = |line: &str| names_weekday(line, layout) || (line.starts_with(['(', '（']) && line.contains('年'));
    let named_day = first.filter(|(i, _)| of_event(&text[pieces[*i].range.clone()])).map(|(_, d)| *d);
    let event = dated(full(title), "title")
        .or_else(|| dated(dateline(lead, reference), "dateline"))
        .or_else(|| dated(named_day, "line"))
        .or_else(|| if is_turn(lead) { published.clone() } else { dated(lead_date(lead, reference, layout), "lead") });
    let published = published.or_else(|| dated(dateline(lead, None), "dateline")).or_else(|| dated(lead_date(lead, None, layout), "lead"));
    Dating { published, event, parts: if days { parts(pieces.len(), &lines) } else { vec![None; pieces.len()] } }
}

/// The pieces that are a date and nothing else, or a date field.
fn date_lines(text: &str, pieces: &[Piece], layout: &Layout) -> Vec<(usize, NaiveDate)> {
    let dated =
        pieces.iter().enumerate().filter(|(_, p)| p.field == Some(Field::Date) || (p.kind != BlockKind::Body && is_date_line(&text[p.value.clone()], layout)));
    dated.filter_map(|(i, p)| Some((i, find_dates(&text[p.value.clone()]).iter().find_map(super::dates::Found::full)?))).collect()
}

/// The last piece in which a date line speaks for the whole document: up to the first paragraph, or near the top.
fn head_end(pieces: &[Piece]) -> usize {
    let first_body = pieces.iter().position(|p| p.kind == BlockKind::Body && p.range.len() > 200);
    first_body.unwrap_or(pieces.len()).min(HEAD)
}

fn parts(pieces: usize, lines: &[(usize, NaiveDate)]) -> Vec<Option<NaiveDate>> {
    let mut days = vec![None; pieces];
    for (n, (from, date)) in lines.iter().enumerate() {
        let to = lines.get(n + 1).map_or(pieces, |(i, _)| *i);
        days[*from..to].fill(Some(*date));
    }
    days
}

/// `/2024/01-10/`, `/20240110/`, `/202401/t20240110_1.html` and the like.
fn date_in_url(url: &str) -> Option<NaiveDate> {
    let path = url.split("//").nth(1).unwrap_or(url);
    find_dates(path).iter().find_map(super::dates::Found::full)
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
    let language = layout.language_of(sentence).unwrap_or(Language::Und);
    let folded = fold(sentence);
    let today = layout.of(language).today.iter().any(|t| match language {
        Language::Zh => folded.as_str().contains(t.as_str()),
        _ => folded.as_str().split(|c: char| !c.is_alphanumeric()).any(|w| w == t),
    });
    if today { reference } else { None }
}

/// Whether a paragraph is a turn of a transcript (`Q: …`, 问：…): days named in it are not the day of the conference.
fn is_turn(lead: &str) -> bool {
    lead.trim_start_matches(['\u{3000}', ' ', '*']).split_once([':', '：']).is_some_and(|(head, _)| head.chars().count() <= 3)
}

fn names_weekday(line: &str, layout: &Layout) -> bool {
    let lower = line.to_lowercase();
    layout.en.weekdays.iter().chain(&layout.zh.weekdays).any(|d| lower.contains(d.as_str()))
}
