//! What a page says of itself: `<title>`, `<meta>`, `<link rel=canonical>`, JSON-LD, `<time>`, and where it was saved from.

use scraper::node::Element;
use scraper::{Html, Node};
use serde_json::Value;

use crate::corpus::layout::Layout;
use crate::corpus::raw::{Field, Meta};

/// What a page says of itself.
#[derive(Debug, Default)]
pub struct Said {
    pub meta: Meta,
    /// Its titles, the likeliest to be clean first.
    pub titles: Vec<String>,
}

/// Signs between a title and the name of the site.
const SEPARATORS: [&str; 9] = [" — ", " – ", " - ", " | ", "_", "|", "--", "—", " · "];

/// Gathers what a page says of itself.
pub fn meta(html: &Html) -> Said {
    let page = &Layout::builtin().page;
    let mut metas: Vec<(String, String)> = Vec::new();
    let (mut title, mut said, mut linked) = (String::new(), Said::default(), Linked::default());
    let mut times: Vec<String> = Vec::new();
    for node in html.tree.root().descendants() {
        match node.value() {
            Node::Comment(text) => {
                if let Some(url) = text.trim().strip_prefix("saved from url=").and_then(|r| r.split_once(')')).map(|(_, url)| url) {
                    said.meta.say(Field::Url, url, "page");
                }
            }
            Node::Element(e) => {
                let name = named(e);
                let content = || node.children().filter_map(|c| c.value().as_text().map(|t| t.to_string())).collect::<String>();
                match (e.name(), name, name.and_then(|_| e.attr("content"))) {
                    ("meta", Some(name), Some(content)) => metas.push((name.to_lowercase(), content.to_owned())),
                    ("title", ..) if title.is_empty() => title = content(),
                    ("link", ..) if e.attr("rel") == Some("canonical") => said.meta.say(Field::Url, e.attr("href").unwrap_or(""), "page"),
                    ("script", ..) if e.attr("type").is_some_and(|t| t.contains("ld+json")) => linked.read(&content()),
                    (_, Some(name), None) if name.eq_ignore_ascii_case("datepublished") => times.push(e.attr("datetime").map_or_else(content, str::to_owned)),
                    ("time", ..) => times.extend(e.attr("datetime").map(str::to_owned)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    let find = |names: &[String]| names.iter().find_map(|n| metas.iter().find(|(k, v)| k == n && !v.trim().is_empty())).map_or("", |(_, v)| v.as_str());
    said.meta.say(Field::Date, find(&page.meta_date), "page");
    said.meta.say(Field::Date, &linked.date, "page");
    // Several times on a page are those of a list.
    times.dedup();
    if let [time] = times.as_slice() {
        said.meta.say(Field::Date, time, "page");
    }
    said.meta.say(Field::Url, find(&page.meta_url), "page");
    said.meta.say(Field::Source, find(&page.meta_source), "page");
    let clean = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    said.titles =
        [find(&page.meta_title).to_owned(), linked.headline, without_site(&clean(&title)), title].iter().map(|t| clean(t)).filter(|t| !t.is_empty()).collect();
    said
}

/// A title without the name of the site after it.
fn without_site(title: &str) -> String {
    let cut = SEPARATORS.iter().filter_map(|s| title.rfind(s)).max();
    let head = cut.map_or(title, |at| title[..at].trim());
    if head.chars().count() >= 6 { head.to_owned() } else { title.to_owned() }
}

/// What an element names, by the likeliest of its attributes.
fn named(e: &Element) -> Option<&str> {
    let rank = |attribute: &str| ["name", "property", "itemprop", "http-equiv"].iter().position(|a| *a == attribute);
    e.attrs().filter_map(|(attribute, value)| Some((rank(attribute)?, value))).min_by_key(|(rank, _)| *rank).map(|(_, value)| value)
}

/// What JSON-LD says.
#[derive(Default)]
struct Linked {
    date: String,
    headline: String,
}

impl Linked {
    fn read(&mut self, json: &str) {
        let Ok(value) = serde_json::from_str::<Value>(json) else { return };
        let mut left = vec![&value];
        while let Some(value) = left.pop() {
            match value {
                Value::Array(items) => left.extend(items),
                Value::Object(object) => {
                    for (key, value) in object {
                        match (key.as_str(), value) {
                            ("datePublished", Value::String(date)) if self.date.is_empty() => self.date.clone_from(date),
                            ("headline", Value::String(headline)) if self.headline.is_empty() => self.headline.clone_from(headline),
                            ("@graph" | "mainEntity", value) => left.push(value),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }
}
