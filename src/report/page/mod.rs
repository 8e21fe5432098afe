//! The page: one file, no network, every text from a document escaped. Its script only sorts, filters and opens what is there.

mod colophon;
mod figure;
mod grid;
mod sections;
mod sentences;
mod summary;

pub(super) use figure::Figure;
pub(super) use sentences::Sentences;

use base64::Engine as _;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::figures::Frame;
use super::keys::Key;
use super::tables::Tables;
use super::{NamedComparison, Settings};
use crate::chart::light_and_dark;
use crate::error::Result;
use crate::scan::{Manifest, Scan};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A page is to be at most so many bytes; the sentences have what the rest leaves, within these bounds.
const LARGEST: usize = 2_700_000;
const SENTENCES: (usize, usize) = (200_000, 1_500_000);
/// The head, style and script, about.
const FRAME: usize = 40_000;

/// All that a page is made of.
pub(super) struct Page<'a> {
    pub scan: &'a Scan,
    pub manifest: &'a Manifest,
    pub tables: &'a Tables<'a>,
    pub settings: &'a Settings,
    pub frame: &'a Frame<'a>,
    pub sentences: &'a Sentences,
    pub figures: &'a [Figure],
}

impl Page<'_> {
    /// The page as HTML.
    pub fn html(&self) -> Result<String> {
        let w = self.frame.words;
        let (mut sections, colophon, data) = (self.sections()?, self.colophon()?, self.data());
        let used: usize = sections.iter().map(|(.., content)| content.0.len()).sum::<usize>() + colophon.0.len() + data.len() + FRAME;
        let room = LARGEST.saturating_sub(used).clamp(SENTENCES.0, SENTENCES.1);
        sections.push(("sentences", w.say("page.sentences").to_owned(), self.behind_numbers(room)));
        let page = html! {
            (DOCTYPE)
            html lang=(w.ui.html()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta http-equiv="Content-Security-Policy" content=(policy());
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content={ (self.manifest.program) " " (self.manifest.version) };
                    title { (self.settings.title) }
                    style { (PreEscaped(STYLE)) (PreEscaped(recoloured())) }
                }
                body {
                    a.skip href="#main" { (w.say("page.skip")) }
                    header {
                        h1 { (self.settings.title) }
                        @if !self.settings.description.is_empty() { p.lead { (self.settings.description) } }
                        (self.summary()?)
                        nav aria-label=(w.say("page.contents")) { ul {
                            @for (id, title, _) in &sections { li { a href={ "#" (id) } { (title) } } }
                            li { a href="#methods" { (w.say("page.methods")) } }
                        } }
                    }
                    main id="main" {
                        @for (id, title, content) in &sections {
                            section id={ (id) "-section" } aria-labelledby=(id) { h2 id=(id) { (title) } (content) }
                        }
                    }
                    footer { (colophon) }
                    (behind(w.say("page.close"), w.say("page.all_of_them")))
                    script type="application/json" id="data" { (PreEscaped(data)) }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        Ok(page.into_string())
    }

    /// What the script has to know: its words, and how `tifa kwic` asks for what a key stands for.
    fn data(&self) -> String {
        let w = self.frame.words;
        let words = serde_json::json!({
            "rows": w.say("page.rows"), "all": w.say("page.show_all"), "fewer": w.say("page.show_fewer"), "filter": w.say("page.filter"),
            "filter_of": w.say("page.filter_of"), "some": w.say("page.some"), "every": w.say("page.every"), "one": w.say("page.one"),
        });
        let options: serde_json::Map<String, serde_json::Value> =
            self.frame.keys.all().filter_map(|(key, value, name)| Some((name, self.option(key, value)?.into()))).collect();
        let data = serde_json::json!({ "words": words, "options": options, "filter": self.settings.filter_options().join(" ") });
        // What could end the element is written as JSON may also write it.
        data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
    }

    /// The options of `tifa kwic` for a key; none where it has none for that.
    fn option(&self, key: Key, value: &str) -> Option<String> {
        let option = |name: &str| Some(format!("--{name} {}", quoted(value)));
        match key {
            Key::Formula => option("formula"),
            Key::Language => option("language"),
            Key::Speaker => option("speaker"),
            Key::Theme => option("theme"),
            Key::Source => option("source"),
            Key::Period => days_of(value).map(|(first, last)| format!("--since {first} --until {last}")),
            Key::Group => {
                let (name, side) = value.rsplit_once(' ')?;
                let named = self.settings.comparisons.iter().find(|c| c.name == name)?;
                group_options(named, side)
            }
            Key::Document | Key::Adopter => None,
        }
    }
}

/// The options for the groups that can be told by them.
fn group_options(named: &NamedComparison, side: &str) -> Option<String> {
    let group = if side == "a" { named.comparison.a.to_string() } else { named.comparison.b.as_ref()?.to_string() };
    let one = |part: &str| {
        let (column, values) = part.split_once('=')?;
        let known = ["speaker", "side", "source", "language", "voice", "genre", "since", "until"];
        known.contains(&column.trim()).then(|| format!("--{} {}", column.trim(), quoted(values.trim())))
    };
    group.split(';').filter(|p| !p.trim().is_empty()).map(one).collect::<Option<Vec<String>>>().map(|o| o.join(" "))
}

/// A value as a shell takes it.
pub(super) fn quoted(value: &str) -> String {
    let plain = !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || "-_./,".contains(c));
    if plain { value.to_owned() } else { format!("'{}'", value.replace('\'', "'\\''")) }
}

/// The first and last day, or month or year, of a period.
fn days_of(period: &str) -> Option<(String, String)> {
    if let Some((year, quarter)) = period.split_once("-Q") {
        let quarter: u32 = quarter.parse().ok()?;
        return Some((format!("{year}-{:02}", quarter * 3 - 2), format!("{year}-{:02}", quarter * 3)));
    }
    if let Some((year, week)) = period.split_once("-W") {
        let day = |weekday| chrono::NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, weekday);
        return Some((day(chrono::Weekday::Mon)?.to_string(), day(chrono::Weekday::Sun)?.to_string()));
    }
    Some((period.to_owned(), period.to_owned()))
}

/// Nothing from anywhere; of scripts, only this one.
fn policy() -> String {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
    format!("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}

/// Rules that give charts, which are drawn for light paper, the colours for dark.
fn recoloured() -> String {
    let rule = |(light, dark): (String, String)| format!(".chart [fill=\"{light}\"]{{fill:{dark}}}.chart [stroke=\"{light}\"]{{stroke:{dark}}}");
    format!("@media screen and (prefers-color-scheme:dark){{{}}}", light_and_dark().into_iter().map(rule).collect::<String>())
}

/// Where the sentences behind a number are shown.
fn behind(close: &str, all: &str) -> Markup {
    html! {
        dialog id="behind" aria-labelledby="behind-title" {
            h2 id="behind-title" {}
            p.note id="behind-note" {}
            p.note { (all) " " code id="behind-command" {} }
            ol.lines id="behind-list" {}
            form method="dialog" { button { (close) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_and_values_become_options() {
        assert_eq!(days_of("2023-Q2").unwrap(), ("2023-04".into(), "2023-06".into()));
        assert_eq!(days_of("2020-W53").unwrap(), ("2020-12-28".into(), "2021-01-03".into()));
        assert_eq!(days_of("2023-05").unwrap(), ("2023-05".into(), "2023-05".into()));
        assert_eq!(
            (quoted("Wang Yi"), quoted("O'Neill"), quoted("王毅"), quoted("")),
            ("'Wang Yi'".into(), "'O'\\''Neill'".into(), "王毅".into(), "''".into())
        );
    }
}
