//! The page: one file, no network, every text from a document escaped. Its script only sorts, filters and opens what is there.

mod candidates;
mod colophon;
mod command;
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

use super::Settings;
use super::figures::Frame;
use super::tables::Tables;
use crate::chart::light_and_dark;
use crate::error::Result;
use crate::scan::{Manifest, Scan};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A page is to be at most so many bytes; the sentences have what the rest leaves, and no more than this.
const LARGEST: usize = 2_850_000;
const SENTENCES: usize = 1_500_000;
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
    /// Whether some text has a date that is known to the month or year only.
    pub is_coarse: bool,
}

impl Page<'_> {
    /// The page as HTML.
    pub fn html(&self) -> Result<String> {
        let w = self.frame.words;
        let (mut sections, summary, colophon, data) = (self.sections()?, self.summary()?, self.colophon()?, self.data());
        let used: usize = summary.0.len() + sections.iter().map(|(.., content)| content.0.len()).sum::<usize>() + colophon.0.len() + data.len() + FRAME;
        let room = LARGEST.saturating_sub(used).min(SENTENCES);
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
                        (summary)
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
            self.frame.keys.all().filter_map(|(key, value, name)| Some((name, serde_json::json!(self.options_of(key, value)?)))).collect();
        let data = serde_json::json!({ "words": words, "options": options, "filter": self.settings.of_filter() });
        // What could end the element is written as JSON may also write it.
        data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
    }
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
