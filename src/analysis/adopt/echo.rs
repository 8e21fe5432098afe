//! Whether in a meeting the other side takes up what the originator's side says.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::*;

use super::known_side;
use super::uses::{Parties, Use, User, Uses, is_of, is_of_two};
use crate::analysis::dimension::date_text;
use crate::analysis::filter::{Filter, Selected};
use crate::error::Result;
use crate::scan::Scan;
use crate::table::{Columns, numbers, texts};

/// What a side says in a document in one language.
#[derive(Debug, Default)]
struct Said {
    exposure: u64,
    /// Of that, in the voice `spoken`.
    spoken: u64,
    speakers: BTreeSet<String>,
}

/// A meeting as a document tells of it.
#[derive(Debug, Default)]
struct Meeting {
    /// The first, where there are several.
    date: String,
    genre: String,
    source: String,
    source_side: String,
    sides: BTreeMap<String, Said>,
}

struct Row<'a> {
    document: &'a str,
    meeting: &'a Meeting,
    origin_uses: Vec<&'a Use>,
    side: &'a str,
    said: &'a Said,
    uses: Vec<&'a Use>,
    speakers: String,
}

/// Of each meeting in which the side that a formula comes from uses it: whether the other side uses it too. A meeting is a readout or transcript
/// in which two sides, and no third, have words, each at least a twentieth of them. The columns are those of the answer `echo`. Uses with a stance are left out, and so is what a
/// source narrates. What `filter` says of speakers chooses the other side.
///
/// # Errors
/// As [`super::adopt`].
pub fn echo(scan: &Scan, assumed: Option<&str>, filter: &Filter) -> Result<DataFrame> {
    let assumed = assumed.map(known_side).transpose()?;
    let anybody = filter.of_anybody();
    let parties = Parties::in_scan(scan)?;
    let of_all = Uses::of(scan, &anybody, assumed.as_deref(), &parties)?;
    let others = Uses::of(scan, filter, assumed.as_deref(), &parties)?;
    let everybody = meetings(scan, &anybody)?;
    let mut meetings = meetings(scan, filter)?;
    meetings.retain(|key, meeting| is_meeting(&meeting.genre) && everybody.get(key).is_some_and(|m| is_of_two(m.sides.values().map(|s| s.exposure))));
    let origins = of_all.all.iter().filter(|u| matches!(u.user, User::Origin { .. }));
    let plain = origins.chain(others.all.iter().filter(|u| matches!(u.user, User::Other { .. }))).filter(|u| u.stance.is_empty());
    let mut found: BTreeMap<(&str, &str, &str), Vec<&Use>> = BTreeMap::new();
    for one in plain {
        found.entry((&one.document, &one.language, &one.formula)).or_default().push(one);
    }
    let mut rows: Vec<Row<'_>> = Vec::new();
    for ((document, language, _), mut uses) in found {
        uses.sort_by_key(|u| u.start);
        let (origin_uses, others): (Vec<&Use>, Vec<&Use>) = uses.into_iter().partition(|u| matches!(u.user, User::Origin { .. }));
        let Some(meeting) = meetings.get(&(document.to_owned(), language.to_owned())) else { continue };
        let Some(origin) = origin_uses.first().map(|u| u.origin.side.as_str()) else { continue };
        for (side, said) in meeting.sides.iter().filter(|(side, _)| !is_of(side, origin)) {
            let uses = others.iter().copied().filter(|u| matches!(&u.user, User::Other { side: own, .. } if own == side)).collect();
            let speakers = said.speakers.iter().map(String::as_str).collect::<Vec<_>>().join("|");
            rows.push(Row { document, meeting, origin_uses: origin_uses.clone(), side, said, uses, speakers });
        }
    }
    Columns::of(&rows)
        .text("document", |r| r.document)
        .text("date", |r| &r.meeting.date)
        .text("source", |r| &r.meeting.source)
        .text("formula", |r| &r.origin_uses[0].formula)
        .text("label", |r| &r.origin_uses[0].label)
        .text("language", |r| &r.origin_uses[0].language)
        .text("origin", |r| &r.origin_uses[0].origin.side)
        .number("origin_occurrences", |r| Some(r.origin_uses.len() as f64))
        .text("other_side", |r| r.side)
        .text("speakers", |r| &r.speakers)
        .number("exposure", |r| Some(r.said.exposure as f64))
        .number("occurrences", |r| Some(r.uses.len() as f64))
        .text("echo", |r| match r.uses.first() {
            None => "no",
            Some(first) if first.start < r.origin_uses[0].start => "first",
            Some(_) => "yes",
        })
        .text("tier", |r| if r.meeting.source_side == r.side || 2 * r.said.spoken > r.said.exposure { "own" } else { "attributed" })
        .frame()
}

fn is_meeting(genre: &str) -> bool {
    matches!(genre, "readout" | "transcript")
}

/// Who has words in which document, by document and language.
fn meetings(scan: &Scan, filter: &Filter) -> Result<BTreeMap<(String, String), Meeting>> {
    let Selected { segments, .. } = filter.select(scan, true)?;
    let segments = segments.filter(col("exposure").gt(lit(0)).and(col("side").is_not_null())).with_column(date_text()).collect()?;
    let text = |name: &str| texts(&segments, name);
    let (documents, languages, sides, speakers, voices) = (text("document")?, text("language")?, text("side")?, text("speaker")?, text("voice")?);
    let (dates, sources, source_sides, exposure) = (text("day")?, text("source")?, text("source_side")?, numbers(&segments, "exposure")?);
    let genres = text("genre")?;
    let mut meetings: BTreeMap<(String, String), Meeting> = BTreeMap::new();
    for i in 0..documents.len() {
        let meeting = meetings.entry((documents[i].clone(), languages[i].clone())).or_default();
        if meeting.date.is_empty() || dates[i] < meeting.date {
            meeting.date.clone_from(&dates[i]);
        }
        meeting.genre.clone_from(&genres[i]);
        meeting.source.clone_from(&sources[i]);
        meeting.source_side.clone_from(&source_sides[i]);
        let said = meeting.sides.entry(sides[i].clone()).or_default();
        said.exposure += exposure[i];
        said.spoken += if voices[i] == "spoken" { exposure[i] } else { 0 };
        said.speakers.insert(speakers[i].clone());
    }
    Ok(meetings)
}
