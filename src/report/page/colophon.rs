//! The foot of the page: how this was counted, with what, how often that is wrong, and how to cite it.

use maud::{Markup, html};

use super::Page;
use crate::error::Result;
use crate::report::methods::{SECTIONS, anchor, methods};

/// How often attribution was wrong in the documents with which it was developed (`tests/gold.rs` holds it to them).
const RATES: &str = include_str!("../error_rates.csv");

impl Page<'_> {
    pub(super) fn colophon(&self) -> Result<Markup> {
        let w = self.frame.words;
        let manifest = self.manifest;
        let (titles, text) = methods(w.ui);
        let cite = self.citation();
        Ok(html! {
            h2 id="methods" { (w.say("foot.how")) }
            p { (w.say("foot.rates")) " " (w.say("foot.speaker")) " "
                @if self.settings.filter.voices.is_empty() { (w.say("foot.voices")) " " }
                (w.say("foot.readouts")) " " (w.say("foot.below")) " "
                @for (i, (section, title)) in SECTIONS.iter().zip(&titles).enumerate() {
                    @if i > 0 { (w.say("mark.comma")) }
                    a href={ "#" (anchor(section)) } { (title) }
                } }
            h3 { (w.say("foot.wrong")) }
            p { (w.say("foot.measured")) }
            (self.error_rates())
            p.note { (w.say("foot.own_rates")) " " code { "tifa annotate INPUT" } ", " code { "tifa eval INPUT" } }
            h3 { (w.say("foot.made")) }
            p { (w.fill("foot.made_by", &[("program", &manifest.program), ("version", &manifest.version), ("files", &manifest.files.to_string()), ("inputs", &manifest.inputs.join(w.say("mark.comma")))])) " " code { (manifest.inputs_hash) } }
            ul { @for lexicon in &manifest.lexicons { li { (lexicon.name) " " (lexicon.version) " (" (w.count(lexicon.formulas as u64, "n_formulas")) ") " code { (lexicon.hash) } } } }
            p { (w.say("foot.settings")) " " @for (i, option) in manifest.options.iter().enumerate() { @if i > 0 { ", " } code { (option) } } (w.say("mark.full_stop")) (w.say("foot.run_json")) " " code { "tifa report --from run.json" } }
            h3 { (w.say("foot.cite")) }
            p { (cite) }
            details.prose {
                summary { (w.fill("foot.methods_of", &[("version", &manifest.version)])) }
                (text)
            }
        })
    }

    /// Without a day: a run holds none, and is told by its inputs.
    fn citation(&self) -> String {
        let m = self.manifest;
        let lexicons: Vec<String> = m.lexicons.iter().map(|l| format!("{} {}", l.name, l.version)).collect();
        let hash: String = m.inputs_hash.chars().take(12).collect();
        let title = if self.settings.title.is_empty() { "tifa" } else { &self.settings.title };
        self.frame.words.fill(
            "foot.citation",
            &[
                ("title", title),
                ("program", &m.program),
                ("version", &m.version),
                ("lexicons", &lexicons.join(", ")),
                ("files", &m.files.to_string()),
                ("hash", &hash),
            ],
        )
    }

    fn error_rates(&self) -> Markup {
        let w = self.frame.words;
        let rows: Vec<Vec<&str>> = RATES.lines().map(|l| l.split(',').collect()).collect();
        let head = rows.first().cloned().unwrap_or_default();
        html! {
            div.scroll tabindex="0" role="region" aria-label=(w.say("foot.wrong")) { table {
                thead { tr { @for (i, name) in head.iter().enumerate() { th.number[i > 1] scope="col" { (w.column(name)) } } } }
                tbody { @for row in rows.iter().skip(1) { tr { @for ((i, cell), name) in row.iter().enumerate().zip(&head) { td.number[i > 1] { (w.cell(name, cell)) } } } } }
            } }
        }
    }
}
