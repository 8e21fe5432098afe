//! The methods page, as it stands in `docs/methods.md` and `docs/zh/methods.md`, inside a report: with what a report says of its settings, so
//! that both are of one version.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

use super::words::Ui;

const ENGLISH: &str = include_str!("../../docs/methods.md");
const CHINESE: &str = include_str!("../../docs/zh/methods.md");

/// The sections of the page, in order, in either language.
pub(super) const SECTIONS: [&str; 11] =
    ["reading", "attribution", "counting", "intervals", "comparing", "trends", "dispersion", "cooccurrence", "adoption", "candidates", "conclusions"];

/// The titles of the sections, and the page without its own title. Headings are one level lower and can be linked to with [`anchor`]; links to other
/// pages are left as text: they are not there.
pub(super) fn methods(ui: Ui) -> (Vec<String>, Markup) {
    let page = match ui {
        Ui::En => ENGLISH,
        Ui::Zh => CHINESE,
    };
    let text = page.split_once('\n').map_or(page, |(_, rest)| rest);
    let mut titles = Vec::new();
    let mut events: Vec<Event<'_>> = Vec::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match (event, events.last()) {
            (Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link), _) => {}
            (Event::Start(Tag::Heading { level, classes, attrs, .. }), _) => {
                let id = SECTIONS.get(titles.len()).map(|s| CowStr::from(anchor(s)));
                events.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            (Event::Text(title), Some(Event::Start(Tag::Heading { .. }))) => {
                titles.push(title.to_string());
                events.push(Event::Text(title));
            }
            (other, _) => events.push(other),
        }
    }
    let mut page = String::new();
    html::push_html(&mut page, events.into_iter());
    (titles, PreEscaped(page.replace("<h2", "<h3").replace("</h2>", "</h3>")))
}

/// Where a section of the methods is, in the page.
pub(super) fn anchor(section: &str) -> String {
    format!("methods-{section}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_can_be_linked_to_in_both_languages() {
        for ui in [Ui::En, Ui::Zh] {
            let (titles, page) = methods(ui);
            assert_eq!(titles.len(), SECTIONS.len(), "{titles:?}");
            for section in SECTIONS {
                assert!(page.0.contains(&format!("<h3 id=\"{}\">", anchor(section))), "{section}");
            }
            assert!(!page.0.contains("href"));
        }
    }

    /// A change in one language is one in the other.
    #[test]
    fn both_languages_have_the_same_tables_and_code() {
        let code = |text: &str| {
            let mut all: Vec<String> = text.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            all.sort();
            all.dedup();
            all
        };
        assert_eq!(code(ENGLISH), code(CHINESE));
        let rows = |text: &str| text.lines().filter(|l| l.starts_with('|')).count();
        assert_eq!(rows(ENGLISH), rows(CHINESE));
    }
}
