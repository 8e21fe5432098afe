//! The methods page, as it stands in `docs/methods.md`, inside a report: with what a report says of its settings, so that both are of one
//! version.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

const METHODS: &str = include_str!("../../docs/methods.md");

/// The page without its title; its headings are one level lower and can be linked to as `#methods-…`. Links to other pages are
/// left as text: they are not there.
pub(super) fn methods() -> Markup {
    let text = METHODS.split_once('\n').map_or(METHODS, |(_, rest)| rest);
    let mut events: Vec<Event<'_>> = Vec::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link) => {}
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                events.push(Event::Start(Tag::Heading { level, id: Some(CowStr::Borrowed("")), classes, attrs }));
            }
            other => events.push(other),
        }
    }
    name_headings(&mut events);
    let mut page = String::new();
    html::push_html(&mut page, events.into_iter());
    PreEscaped(page.replace("<h2", "<h3").replace("</h2>", "</h3>"))
}

/// Gives each heading an id made of its words.
fn name_headings(events: &mut [Event<'_>]) {
    for i in 0..events.len() {
        let title = match events.get(i + 1) {
            Some(Event::Text(title)) => anchor(title),
            _ => continue,
        };
        if let Event::Start(Tag::Heading { id, .. }) = &mut events[i] {
            *id = Some(title.into());
        }
    }
}

/// Where a heading of the methods is, in the page.
pub(super) fn anchor(title: &str) -> String {
    format!("methods-{}", title.to_lowercase().replace(' ', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_can_be_linked_to() {
        let page = methods().into_string();
        let headings: Vec<&str> = METHODS.lines().filter_map(|l| l.strip_prefix("## ")).collect();
        assert!(headings.len() > 5);
        for heading in headings {
            assert!(page.contains(&format!("<h3 id=\"{}\">", anchor(heading))), "{heading}");
        }
        assert!(!page.contains("href"));
    }
}
