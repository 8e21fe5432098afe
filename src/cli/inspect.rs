//! `tifa inspect`: how a file was read, for a person to see.

use std::fmt::Write as _;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use clap::Args;

use super::Global;
use super::common::lexicons;
use super::output::print_styled;
use super::terminal::{FAINT, MARK, STRONG, printable};
use super::text::OneFile;
use crate::attribution::{Attribution, Segment, Voice, attributed};
use crate::corpus::{Contents, Dated, Document, Genre, suggest_split};
use crate::error::Result;
use crate::matcher::{Hit, Matcher};
use crate::people::People;
use crate::text::{Language, plural_of};

/// Shows title, dates with the rule that found them, source and genre; then the text in segments, each with its speaker, voice
/// and evidence, formulas marked ⟦like this⟧.
#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    #[command(flatten)]
    file: OneFile,
}

/// So many lines of furniture are shown at a stretch.
const SHOWN_FURNITURE: usize = 3;

pub(super) fn run(args: &InspectArgs, global: &Global) -> Result<ExitCode> {
    let (contents, record) = args.file.contents("inspect", args.file.reading.spec(), false)?;
    if record.is_none() && contents.documents.len() > 1 {
        print_styled(&overview(&contents))?;
        return Ok(ExitCode::SUCCESS);
    }
    let document = args.file.document(&contents, record.as_deref())?;
    let matcher = Matcher::new(&lexicons(global)?)?;
    let Attribution { genre, segments } = attributed(document, &args.file.reading.spec().reading()?, People::builtin());
    let hits = matcher.hits(document, &segments);
    let mut out = String::new();
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(out, "{FAINT}{name:<10}{FAINT:#} {}", if value.is_empty() { "–" } else { value });
    };
    let dated = |d: &Option<Dated>| d.as_ref().map_or_else(String::new, |d| format!("{} (from the {})", d.date, d.explained()));
    line("document", &document.id);
    let from = if document.title.is_empty() { String::new() } else { format!("{} (from the {})", flat(&document.title), document.title_evidence) };
    line("format", &document.format);
    line("title", &from);
    line("published", &dated(&document.published));
    line("event", &dated(&document.event_date));
    line("source", &document.origin.source);
    line("url", &document.url);
    line("genre", &given_genre(document, genre));
    line("speaker", &given_speaker(document));
    line("language", &document.languages().into_iter().map(Language::code).collect::<Vec<_>>().join(", "));
    for problem in contents.problems.iter().filter(|p| p.record == document.record) {
        line("problem", &format!("{}: {}", problem.kind, problem.message));
    }
    if let Some((how, count)) = suggest_split(&document.text).filter(|_| args.file.reading.spec().split.is_none() && document.record.is_empty()) {
        line("hint", &format!("seems to hold {count} documents; to take them apart: --split '{how}'"));
    }
    let mut furniture = 0;
    for (i, segment) in segments.iter().enumerate() {
        // Long navigation is shown by its beginning.
        furniture = if segment.voice == Voice::Boilerplate { furniture + 1 } else { 0 };
        if furniture > SHOWN_FURNITURE {
            let last = segments.get(i + 1).is_none_or(|s| s.voice != Voice::Boilerplate);
            if last {
                let _ = writeln!(out, "\n{FAINT}… {} more lines of boilerplate{FAINT:#}", furniture - SHOWN_FURNITURE);
            }
            continue;
        }
        let own: Vec<&Hit> = hits.iter().filter(|h| h.segment == i && h.within.is_none()).collect();
        show(&mut out, document, segment, &own, &matcher);
    }
    let counted = hits.iter().filter(|h| h.within.is_none()).count();
    let _ = writeln!(out, "\n{FAINT}{} in {}; offsets are bytes into the text{FAINT:#}", plural_of(counted, "formula"), plural_of(segments.len(), "segment"));
    print_styled(&out)?;
    Ok(ExitCode::SUCCESS)
}

fn given_genre(document: &Document, genre: Genre) -> String {
    if document.genre.is_some() { format!("{genre} (given)") } else { genre.to_string() }
}

fn given_speaker(document: &Document) -> String {
    if document.speaker.is_empty() { String::new() } else { format!("{} (given)", document.speaker) }
}

/// The documents of a file that holds several, a line each.
fn overview(contents: &Contents) -> String {
    let mut out = String::new();
    for d in &contents.documents {
        let date = d.date().map_or_else(|| "undated".to_owned(), |d| d.to_string());
        let _ = writeln!(out, "{STRONG}{}{STRONG:#} {date} {}", d.id, flat(&d.title));
    }
    for p in &contents.problems {
        let _ = writeln!(out, "{MARK}{}{MARK:#} {} {}: {}", p.kind, p.path, p.record, p.message);
    }
    let _ = writeln!(out, "\n{FAINT}{} documents; for one of them: tifa inspect FILE#RECORD{FAINT:#}", contents.documents.len());
    out
}

fn show(out: &mut String, document: &Document, segment: &Segment, hits: &[&Hit], matcher: &Matcher) {
    let who = if segment.speaker.is_some() { segment.speaker.name.as_str() } else { "–" };
    let colour = colour(segment.voice);
    let evidence = segment.evidence.map_or_else(String::new, |e| format!(" by {e}"));
    let date = segment.date.filter(|d| document.date() != Some(*d)).map_or_else(String::new, |d| format!(" on {d}"));
    let _ = write!(
        out,
        "\n{colour}{}{colour:#} {STRONG}{who}{STRONG:#}{FAINT}{evidence}{date} @{}{FAINT:#}\n  ",
        segment.voice,
        document.base + segment.range.start
    );
    let mut at = segment.range.start;
    for hit in hits {
        let _ = write!(out, "{}", flat(&document.text[at..hit.range.start.max(at)]));
        let id = &matcher.formulas()[hit.formula].id;
        let _ = write!(out, "{MARK}⟦{}⟧{MARK:#}{FAINT}[{id}]{FAINT:#}", flat(&document.text[hit.range.clone()]));
        at = hit.range.end;
    }
    let _ = writeln!(out, "{}", flat(&document.text[at.min(segment.range.end)..segment.range.end]));
}

fn flat(text: &str) -> String {
    printable(text)
}

/// Own words, questions and the rest are told apart; blue, yellow and cyan are left out, which cannot be read on every ground.
fn colour(voice: Voice) -> Style {
    match voice {
        Voice::Spoken | Voice::Reported | Voice::Quoted | Voice::Document | Voice::Joint => AnsiColor::Green.on_default(),
        Voice::Question => AnsiColor::Magenta.on_default(),
        Voice::Narration => STRONG,
        Voice::Title | Voice::Boilerplate => FAINT,
    }
}
