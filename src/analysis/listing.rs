//! Every occurrence, written as the documents are read.

use std::path::Path;

use super::each::Dates;
use super::filter::Filter;
use crate::attribution::{Evidence, Segment};
use crate::error::Result;
use crate::lexicon::{Formula, Lexicons};
use crate::scan::{Asked, Detail, How, Progress, Scan, Scanned};
use crate::table::{CsvCells, HITS, Spool};
use crate::text::Language;

/// The rows of [`super::selected_hits`] as CSV, in `spool`: for each document a portion, empty if `filter` leaves nothing of it but for being a
/// copy or a translation. `filter` names nothing.
///
/// # Errors
/// As [`Scan::of`]; what the file system says.
pub fn list_hits(inputs: &[impl AsRef<Path>], how: &How, lexicons: &Lexicons, progress: &dyn Progress, filter: &Filter, spool: &mut Spool) -> Result<Asked> {
    let detail = Detail { words: true, places: true, signature: filter.asks_for_copies(), ..Detail::default() };
    let answer = |read: &Scanned, formulas: &[Formula]| rows(read, formulas, filter);
    Scan::ask(inputs, (how, detail), lexicons, progress, answer, |rows: Vec<u8>| spool.add(&rows))
}

/// The names of the columns.
pub fn hits_head() -> Vec<u8> {
    let mut cells = CsvCells::default();
    HITS.iter().for_each(|c| cells.text(c.name));
    cells.end();
    cells.into_bytes()
}

/// The rows of a document: cells in the order of [`HITS`].
fn rows(read: &Scanned, formulas: &[Formula], filter: &Filter) -> Vec<u8> {
    let document = &read.document;
    let dates = Dates::of(read, filter.date);
    let [mut name, mut origin, mut of_segment, mut all] = [(); 4].map(|()| CsvCells::default());
    [&document.id, &document.path, &document.record].into_iter().for_each(|text| name.text(text));
    [&document.event_date, &document.published].into_iter().for_each(|date| origin.date(date.as_ref().map(|d| d.date)));
    [document.origin.source.as_str(), &document.origin.side, read.genre].into_iter().for_each(|text| origin.text(text));
    let mut last = usize::MAX;
    for row in read.hits.iter().filter(|row| filter.has_hit(&row.hit)) {
        let hit = &row.hit;
        let segment = &read.segments[hit.segment].segment;
        if !Filter::has_voice(segment) {
            continue;
        }
        if std::mem::replace(&mut last, hit.segment) != hit.segment {
            of_segment.clear();
            who(segment, &mut of_segment);
        }
        all.cells(&name);
        [hit.segment + 1, row.paragraph, row.sentence].into_iter().for_each(|n| all.number(n));
        all.date(dates.of_segment(segment).0);
        all.cells(&origin);
        all.cells(&of_segment);
        all.text(row.stance);
        what(&formulas[hit.formula], &mut all);
        all.text(&hit.variant);
        all.text(&row.text);
        all.number(document.base + hit.range.start);
        all.number(document.base + hit.range.end);
        all.text(hit.within.map_or("", |formula| &formulas[formula].id));
        all.text(&row.left);
        all.text(&row.right);
        all.end();
    }
    all.into_bytes()
}

fn who(segment: &Segment, cells: &mut CsvCells) {
    let speaker = &segment.speaker;
    cells.text(segment.language.code());
    [&speaker.name, &speaker.role, &speaker.side].into_iter().for_each(|text| cells.text(text));
    cells.text(segment.voice.name());
    cells.text(segment.evidence.map_or("", Evidence::name));
}

fn what(formula: &Formula, cells: &mut CsvCells) {
    cells.text(&formula.lexicon);
    cells.text(&formula.id);
    cells.text(formula.label_in(Language::En));
    match formula.themes.as_slice() {
        [theme] => cells.text(theme),
        themes => cells.text(&themes.join("|")),
    }
}
