//! `tifa explain`: why these words were given to this speaker, and why a formula matched there or did not.

use std::fmt::Write as _;
use std::ops::Range;
use std::process::ExitCode;

use clap::Args;

use super::Global;
use super::common::lexicons;
use super::output::print_styled;
use super::terminal::{FAINT, MARK, STRONG, printable};
use super::text::OneFile;
use crate::attribution::{Attribution, Segment, attributed};
use crate::corpus::Document;
use crate::error::{Error, Result};
use crate::lexicon::Variant;
use crate::matcher::{Matcher, Outcome, Trace, deviation};
use crate::people::People;

/// Says which cue, label or rule gave the words at an offset to their speaker, where that speech began, and what ended it; which
/// wording of which formula matched there, which others matched and lost, and why a near miss did not match.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    #[command(flatten)]
    file: OneFile,
    /// Where: bytes into the text as `tifa text` prints it, as in the columns `start` and `end`.
    #[arg(long, value_name = "OFFSET")]
    at: usize,
}

/// So much of a text is shown at most, in characters.
const SHOWN: usize = 160;

pub(super) fn run(args: &ExplainArgs, global: &Global) -> Result<ExitCode> {
    let (contents, record) = args.file.contents("explain", args.file.reading.spec(), false)?;
    let holds = |d: &&Document| (d.base..d.base + d.text.len()).contains(&args.at);
    let document = match contents.documents.iter().find(holds).filter(|_| record.is_none() && args.file.reading.spec().split.is_some()) {
        Some(part) => part,
        None => args.file.document(&contents, record.as_deref())?,
    };
    let at = args.at.checked_sub(document.base).filter(|at| *at < document.text.len());
    let at = at.ok_or_else(|| Error::Usage(format!("--at {}: the text goes from {} to {}", args.at, document.base, document.base + document.text.len())))?;
    let Attribution { genre, segments } = attributed(document, &args.file.reading.spec().reading()?, People::builtin());
    let Some(i) = segments.iter().position(|s| at < s.range.end) else {
        return Err(Error::Usage(format!("--at {}: nothing but blanks from there on", args.at)));
    };
    let matcher = Matcher::new(&lexicons(global)?)?;
    let mut out = String::new();
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(out, "{FAINT}{name:<9}{FAINT:#} {}", if value.is_empty() { "–" } else { value });
    };
    let segment = &segments[i];
    line("document", &document.id);
    line("genre", genre.name());
    line("words", &shown(document, &segment.range));
    line("speaker", &speaker(segment));
    line("voice", segment.voice.name());
    line("evidence", segment.evidence.map_or("", |e| e.name()));
    line("because", segment.why.rule.text());
    if let Some(cue) = &segment.why.cue {
        line("cue", &shown(document, cue));
    }
    let (from, to) = run_of(&segments, i);
    line("run", &format!("from {} to {}", document.base + segments[from].range.start, document.base + segments[to].range.end));
    line("ended by", &ended(document, &segments, to));
    for trace in matcher.trace(document, &segments, at)? {
        let (name, value) = formula(document, &trace, &matcher);
        line(name, &value);
    }
    print_styled(&out)?;
    Ok(ExitCode::SUCCESS)
}

fn speaker(segment: &Segment) -> String {
    if !segment.speaker.is_some() {
        return String::new();
    }
    let known: Vec<&str> = [&segment.speaker.role, &segment.speaker.side].into_iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
    let office = if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) };
    format!("{STRONG}{}{STRONG:#}{office}", segment.speaker.name)
}

/// The first and last segment of the speech of which segment `i` is part.
fn run_of(segments: &[Segment], i: usize) -> (usize, usize) {
    let same = |j: usize| segments[j].speaker == segments[i].speaker && segments[j].why.cue == segments[i].why.cue && segments[i].why.cue.is_some();
    let from = (0..i).rev().take_while(|&j| same(j)).last().unwrap_or(i);
    let to = (i + 1..segments.len()).take_while(|&j| same(j)).last().unwrap_or(i);
    (from, to)
}

/// What comes after the run, and by what rule it is no part of it.
fn ended(document: &Document, segments: &[Segment], last: usize) -> String {
    match segments.get(last + 1) {
        None => "the end of the document".into(),
        Some(next) => format!("{}: {}", next.why.rule.text(), shown(document, &next.range)),
    }
}

/// A wording at the place, and what became of it: `formula` if it won, `lost` if another did or it does not count, `near` if it is all but
/// there.
fn formula(document: &Document, trace: &Trace, matcher: &Matcher) -> (&'static str, String) {
    let place = |range: &Range<usize>| shown(document, range);
    let (name, why) = match &trace.outcome {
        Outcome::Counted => ("formula", String::new()),
        Outcome::Within(outer) => ("lost", format!(", lies in {} and does not count by itself", matcher.formulas()[*outer].id)),
        Outcome::Covered(by) => ("lost", format!(", covered by {} of the same formula", place(by))),
        Outcome::Excepted(by) => ("lost", format!(", which the formula leaves out in {}", place(by))),
        Outcome::InsideAWord => ("lost", ", does not begin and end where words do".to_owned()),
        Outcome::AcrossVoices => ("lost", ", lies on both sides of a change of speaker or voice".to_owned()),
        Outcome::OtherCase => ("lost", ", an acronym in another case".to_owned()),
        Outcome::NeedsMore => ("lost", format!(", counts only where the document also has {}", needed(trace, matcher))),
        Outcome::Near { missing, instead } => {
            let what = deviation(missing, instead);
            ("near", format!(", {what}, is no wording of it"))
        }
    };
    let formula = &matcher.formulas()[trace.formula];
    let pattern = variant(trace, matcher).map(|v| v.pattern.as_str()).filter(|p| *p != trace.variant);
    let pattern = pattern.map_or_else(String::new, |p| format!(" of the pattern {p}"));
    let style = if matches!(trace.outcome, Outcome::Counted) { MARK } else { STRONG };
    (name, format!("{style}{}{style:#}, by the wording “{}”{pattern}: {}{why}", formula.id, trace.variant, place(&trace.range)))
}

/// The variant of the lexicon to which the wording belongs.
fn variant<'m>(trace: &Trace, matcher: &'m Matcher) -> Option<&'m Variant> {
    let formula = &matcher.formulas()[trace.formula];
    let wording = formula.wordings.iter().find(|w| w.literal == trace.variant)?;
    Some(&formula.variants[wording.variant])
}

/// What a wording needs that the document has not.
fn needed(trace: &Trace, matcher: &Matcher) -> String {
    match variant(trace, matcher).map(|v| &v.needs).filter(|n| !n.is_empty()) {
        Some(needs) => needs.join(" or "),
        None => "another wording of the formula".to_owned(),
    }
}

/// A stretch with its offsets, its end left out where it is long.
fn shown(document: &Document, range: &Range<usize>) -> String {
    let text = printable(&document.text[range.clone()]).split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = text.char_indices().nth(SHOWN).map_or(text.len(), |(i, _)| i);
    let more = if cut < text.len() { " …" } else { "" };
    format!("{}{more} @{}–{}", &text[..cut], document.base + range.start, document.base + range.end)
}
