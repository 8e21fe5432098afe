//! Saved web pages (crates `html5ever` and `scraper`): the article, its title and date, and everything else as furniture.
//!
//! The page is cut into lines at block elements. Lines in elements that call themselves navigation, footer or the like, and
//! lines that are links, are furniture. The article is the smallest element that holds nearly all of the prose; what stands
//! outside it is furniture too, except for the title and the lines between the title and the article.

mod blocks;
mod lines;
mod meta;
mod parse;

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use scraper::Html;

use crate::corpus::raw::{Field, Raw, Role};
use crate::text::letters;
use blocks::Blocks;
use lines::{Line, Page, lines};

/// An article holds at least this share of the prose of its page.
const MOST: f64 = 0.8;

/// The text of a page.
///
/// # Errors
/// It is nested deeper than any page.
pub fn page(text: &str) -> Result<Raw, String> {
    let html = parse::parse(text)?;
    // Some pages hide their text until a script shows it.
    let raw = article(&html, true);
    if raw.marks.iter().any(|(_, r)| *r == Role::Text) { Ok(raw) } else { Ok(article(&html, false)) }
}

/// The text of markup in a cell of a table.
///
/// # Errors
/// As for [`page`].
pub fn fragment(text: &str) -> Result<Raw, String> {
    let html = parse::parse(text)?;
    let mut raw = Raw::default();
    for line in lines(&html, false).lines {
        let role = line.heading.map_or(Role::Text, Role::Heading);
        raw.push(&line.text, role);
    }
    Ok(raw)
}

fn article(html: &Html, heed_hidden: bool) -> Raw {
    let page = lines(html, heed_hidden);
    let said = meta::meta(html);
    let body = body(&page);
    let Page { lines, pictures, .. } = &page;
    let title = title_line(lines, &said.titles, body.as_ref().map_or(0, |b| b.start));
    let mut raw = Raw { meta: said.meta, ..Raw::default() };
    let own = pictures.iter().filter(|p| body.as_ref().is_some_and(|b| b.elements.contains(&p.element)));
    raw.pictures = own.filter_map(|p| uploaded(&p.address)).collect();
    let own_title = title.map(|i| lines[i].text.as_str()).or(said.titles.first().map(String::as_str));
    raw.meta.say(Field::Title, own_title.unwrap_or(""), "page");
    for (i, line) in lines.iter().enumerate() {
        raw.push(&line.text, role(lines, i, title, body.as_ref()));
    }
    raw
}

/// The day in the name of a picture, W020180926657076678061.jpg, to which nothing but zeros and letters comes first.
fn uploaded(address: &str) -> Option<NaiveDate> {
    let name = address.rsplit('/').next().unwrap_or(address).trim_start_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '0' | '_' | '-'));
    let digits = name.get(..8).filter(|d| d.starts_with("20") && d.bytes().all(|b| b.is_ascii_digit()))?;
    NaiveDate::parse_from_str(digits, "%Y%m%d").ok()
}

/// The article: its element with those within it, and the first of its lines.
struct Body {
    elements: RangeInclusive<usize>,
    start: usize,
}

impl Body {
    fn holds(&self, line: &Line) -> bool {
        self.elements.contains(&line.element)
    }
}

/// The smallest element with nearly all of the prose that is no furniture.
fn body(page: &Page) -> Option<Body> {
    let Page { lines, blocks, .. } = page;
    let own = |line: &&Line| !line.furniture && !line.is_links;
    let any = lines.iter().filter(own).any(|l| l.prose > 0);
    // A page without prose: whatever is no link.
    let weight = |line: &Line| if any { line.prose } else { line.text.len() };
    let sums = blocks.sums(lines.iter().filter(own).map(|l| (l.element, weight(l))));
    let mut total = lines.iter().filter(own).map(weight).sum::<usize>();
    let mut element = blocks.outermost(lines.first()?.element)?;
    // An element that says it is the article is where to begin, if it is the only one with prose.
    if let Some(article) = only_article(blocks, &page.articles, &sums) {
        (element, total) = (article, sums[article]);
    }
    // Of those that hold so much, each holds the next.
    let most = |e: &usize| total > 0 && sums[*e] as f64 >= MOST * total as f64;
    element = blocks.within(element).rev().find(most).unwrap_or(element);
    let mut inside = lines.iter().filter(|l| blocks.within(element).contains(&l.element));
    // A paragraph that is all of the prose is no container: its neighbours belong to it.
    if let (Some(_), None, Some(around)) = (inside.next(), inside.next(), blocks.parent(element)) {
        element = around;
    }
    let elements = blocks.within(element);
    let start = lines.iter().position(|l| elements.contains(&l.element))?;
    Some(Body { elements, start })
}

/// The innermost of the elements that say they are the article, where those with text lie in one another.
fn only_article(blocks: &Blocks, articles: &[usize], sums: &[usize]) -> Option<usize> {
    let filled: Vec<usize> = articles.iter().copied().filter(|&id| sums[id] > 0).take(8).collect();
    let nested = filled.windows(2).all(|w| blocks.within(w[0]).contains(&w[1]));
    filled.last().copied().filter(|_| nested)
}

/// The line that is the title: the heading, or the line above the article, that one of the titles of the page begins with.
fn title_line(lines: &[Line], titles: &[String], body_start: usize) -> Option<usize> {
    let titles: Vec<String> = titles.iter().map(|t| letters(t)).collect();
    let names_page = |i: usize| {
        if lines[i].text.chars().nth(300).is_some() {
            return None;
        }
        let own = letters(&lines[i].text);
        // A site's own name begins its titles on some sites.
        let part = |t: &String| t.starts_with(&own) || (t.ends_with(&own) && own.chars().count() * 2 > t.chars().count());
        (own.chars().count() >= 4 && titles.iter().any(part)).then(|| own.chars().count())
    };
    let before = |i: &usize| *i <= body_start + 8;
    let named = (0..lines.len()).filter(before).filter(|&i| !lines[i].furniture || lines[i].heading.is_some());
    let best = named.filter_map(|i| Some((names_page(i)?, lines[i].heading.is_some(), i))).max_by_key(|(n, heading, i)| (*n, *heading, std::cmp::Reverse(*i)));
    let heading = || (0..lines.len()).filter(before).find(|&i| lines[i].heading == Some(1) && !lines[i].furniture && lines[i].text.chars().count() >= 4);
    best.map(|(_, _, i)| i).or_else(heading)
}

fn role(lines: &[Line], i: usize, title: Option<usize>, body: Option<&Body>) -> Role {
    let line = &lines[i];
    if Some(i) == title {
        return Role::Heading(1);
    }
    let Some(body) = body else { return Role::Margin };
    let head = title.map_or(body.start, |t| t.min(body.start))..title.map_or(body.start, |t| t.max(body.start));
    if line.furniture {
        // A tool bar above the text often holds its date.
        return if head.contains(&i) && line.text.chars().count() <= 120 && !line.is_links { Role::Head } else { Role::Margin };
    }
    if body.holds(line) {
        return match line.heading {
            _ if line.is_links && line.links > 1 => Role::Margin,
            Some(level) if level > 0 => Role::Heading(level),
            _ => Role::Text,
        };
    }
    if head.contains(&i) {
        let prose = line.prose > 0 && !line.is_links;
        return if prose { Role::Text } else { Role::Head };
    }
    Role::Margin
}

#[cfg(test)]
mod tests;
