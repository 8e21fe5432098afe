//! A chart on the page: its SVG, to be scaled and recoloured with the page, with the parts that open sentences.

use std::fmt::Write as _;

use maud::{Markup, PreEscaped, html};

use crate::chart::Drawing;
use crate::report::figures::Frame;
use crate::report::keys::Keys;

/// With more parts than this, a chart has none that open sentences: the tables have.
const MARKS: usize = 700;

/// A chart and what it is called.
pub(in crate::report) struct Figure {
    /// Of its files.
    pub name: String,
    pub drawing: Drawing,
    /// What it shows, in words.
    pub alt: String,
}

impl Figure {
    pub fn markup(&self, frame: &Frame<'_>) -> Markup {
        let words = frame.words;
        html! {
            figure {
                div.chart tabindex="0" role="img" aria-label=(self.alt) { (PreEscaped(self.svg(frame.keys))) }
                figcaption.note { (words.say("page.chart_files")) " " code { "charts/" (self.name) ".svg" } ", " code { ".png" } }
            }
        }
    }

    /// The SVG with its size left to the page, and a field over each part that opens sentences.
    fn svg(&self, known: &Keys) -> String {
        let mut fields = String::new();
        for mark in self.drawing.marks.iter().filter(|m| !m.link.query.is_empty()).take(if self.drawing.marks.len() > MARKS { 0 } else { MARKS }) {
            let [x, y, width, height] = mark.area;
            let (keys, title, n) = (&mark.link.query, escaped(&mark.link.title), known.count(&mark.link.query));
            let _ = write!(
                fields,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" data-k=\"{keys}\" data-n=\"{n}\"><title>{title}</title></rect>"
            );
        }
        let body = self.drawing.svg.trim_end().trim_end_matches("</svg>");
        format!("{body}<g class=\"marks\">{fields}</g></svg>")
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
