//! `tifa inspect`: how a file was read, for a person to see.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use clap::Args;

use super::Global;
use super::common::lexicons;
use super::text::one_document;
use crate::attribution::{Attribution, Segment, Voice, attribute};
use crate::corpus::{Dated, Document};
use crate::error::Result;
use crate::matcher::{Hit, Matcher};
use crate::people::People;
use crate::text::Language;

/// Shows title, dates with the rule that found them, source and genre; then the text in segments, each with its speaker, voice
/// and evidence, formulas marked ⟦like this⟧.
#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const MARK: Style = AnsiColor::Yellow.on_default().bold();

pub(super) fn run(args: &InspectArgs, global: &Global) -> Result<ExitCode> {
    let document = one_document(&args.file, "inspect")?;
    let matcher = Matcher::new(&lexicons(global)?)?;
    let Attribution { genre, segments } = attribute(&document, People::builtin());
    let hits = matcher.hits(&document, &segments);
    let mut out = String::new();
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(out, "{FAINT}{name:<10}{FAINT:#} {}", if value.is_empty() { "–" } else { value });
    };
    let dated = |d: &Option<Dated>| d.as_ref().map_or_else(String::new, |d| format!("{} (from the {})", d.date, d.evidence));
    line("document", &document.id);
    let from = if document.title.is_empty() { String::new() } else { format!("{} (from the {})", document.title, document.title_evidence) };
    line("title", &from);
    line("published", &dated(&document.published));
    line("event", &dated(&document.event_date));
    line("source", &document.origin.source);
    line("url", &document.url);
    line("genre", genre.name());
    line("language", &document.languages().into_iter().map(Language::code).collect::<Vec<_>>().join(", "));
    for (i, segment) in segments.iter().enumerate() {
        let own: Vec<&Hit> = hits.iter().filter(|h| h.segment == i && h.within.is_none()).collect();
        show(&mut out, &document, segment, &own, &matcher);
    }
    let counted = hits.iter().filter(|h| h.within.is_none()).count();
    let _ = writeln!(out, "\n{FAINT}{counted} formulas in {} segments; offsets are bytes into the text{FAINT:#}", segments.len());
    anstream::print!("{out}");
    Ok(ExitCode::SUCCESS)
}

fn show(out: &mut String, document: &Document, segment: &Segment, hits: &[&Hit], matcher: &Matcher) {
    let who = if segment.speaker.is_some() { segment.speaker.name.as_str() } else { "–" };
    let colour = colour(segment.voice);
    let evidence = segment.evidence.map_or_else(String::new, |e| format!(" by {e}"));
    let date = segment.date.filter(|d| document.date() != Some(*d)).map_or_else(String::new, |d| format!(" on {d}"));
    let _ = write!(out, "\n{colour}{}{colour:#} {STRONG}{who}{STRONG:#}{FAINT}{evidence}{date} @{}{FAINT:#}\n  ", segment.voice, segment.range.start);
    let mut at = segment.range.start;
    for hit in hits {
        let _ = write!(out, "{}", flat(&document.text[at..hit.range.start.max(at)]));
        let id = &matcher.formulas()[hit.formula].id;
        let _ = write!(out, "{MARK}⟦{}⟧{MARK:#}{FAINT}{id}{FAINT:#}", flat(&document.text[hit.range.clone()]));
        at = hit.range.end;
    }
    let _ = writeln!(out, "{}", flat(&document.text[at.min(segment.range.end)..segment.range.end]));
}

fn flat(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

fn colour(voice: Voice) -> Style {
    match voice {
        Voice::Spoken | Voice::Reported | Voice::Quoted => AnsiColor::Green.on_default(),
        Voice::Question => AnsiColor::Cyan.on_default(),
        Voice::Document | Voice::Joint => AnsiColor::Blue.on_default(),
        Voice::Narration => AnsiColor::Magenta.on_default(),
        Voice::Title | Voice::Boilerplate => FAINT,
    }
}
