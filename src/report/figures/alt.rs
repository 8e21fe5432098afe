//! What charts show, in words, for those who cannot see them.

use super::Frame;
use crate::chart::{Bars, Caption, Heatmap, Intervals, Stack, Timeline, Trend, Xray};

/// So many rows, lines or fields are told.
const TOLD: usize = 4;

fn told(caption: &Caption, parts: Vec<String>, frame: &Frame<'_>) -> String {
    let mut all = vec![caption.title.clone(), caption.subtitle.clone()];
    all.extend(if parts.is_empty() { vec![caption.empty.clone()] } else { parts });
    all.retain(|p| !p.is_empty());
    all.join(frame.words.say("mark.full_stop"))
}

fn listed<'a>(frame: &Frame<'_>, head: &str, entries: impl Iterator<Item = String> + 'a) -> String {
    format!("{head}{}{}", frame.words.say("mark.colon"), entries.take(TOLD).collect::<Vec<_>>().join(frame.words.say("mark.semicolon")))
}

/// Of each line its label, and where it is highest.
pub(in super::super) fn lines(data: &Trend, frame: &Frame<'_>) -> String {
    let line = |s: &crate::chart::Series| {
        let values = s.points.iter().enumerate().filter_map(|(i, p)| Some((p.as_ref()?.value, data.periods.get(i)?)));
        let highest = values.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
        highest.map_or_else(
            || s.label.clone(),
            |(v, period)| frame.words.fill("alt.highest", &[("label", &s.label), ("value", &format!("{v:.1}")), ("period", period)]),
        )
    };
    told(&data.caption, data.panels.iter().map(|p| listed(frame, &p.title, p.series.iter().map(line))).collect(), frame)
}

/// Of each layer its label.
pub(in super::super) fn stack(data: &Stack, frame: &Frame<'_>) -> String {
    told(&data.caption, data.panels.iter().map(|p| listed(frame, &p.title, p.layers.iter().map(|l| l.label.clone()))).collect(), frame)
}

/// The strongest fields.
pub(in super::super) fn heatmap(data: &Heatmap, frame: &Frame<'_>) -> String {
    let block = |b: &crate::chart::Block| {
        let mut fields: Vec<(f64, String)> = Vec::new();
        for row in &b.rows {
            let cells = row.cells.iter().zip(&b.columns).filter_map(|(c, column)| Some((c.share?, format!("{} × {column} ({})", row.label, c.text))));
            fields.extend(cells.filter(|(share, _)| *share > 0.0));
        }
        fields.sort_by(|a, b| b.0.total_cmp(&a.0));
        listed(frame, &b.title, fields.into_iter().map(|(_, text)| text))
    };
    told(&data.caption, data.blocks.iter().map(block).collect(), frame)
}

/// The longest bar of each.
pub(in super::super) fn bars(data: &Bars, frame: &Frame<'_>) -> String {
    let panel = |p: &crate::chart::BarPanel| p.rows.first().map_or_else(|| p.title.clone(), |bar| format!("{}: {} ({})", p.title, bar.label, bar.text));
    told(&data.caption, data.blocks.iter().map(|b| listed(frame, &b.title, b.panels.iter().map(panel))).collect(), frame)
}

/// The first bars of each block.
pub(in super::super) fn ranked(data: &Bars, frame: &Frame<'_>) -> String {
    let rows = |b: &crate::chart::BarBlock| b.panels.iter().flat_map(|p| &p.rows).map(|bar| format!("{} ({})", bar.label, bar.text)).collect::<Vec<_>>();
    told(&data.caption, data.blocks.iter().map(|b| listed(frame, &b.title, rows(b).into_iter())).collect(), frame)
}

/// The rows at both ends.
pub(in super::super) fn intervals(data: &Intervals, frame: &Frame<'_>) -> String {
    let block = |b: &crate::chart::IntervalBlock| {
        let clear: Vec<&crate::chart::IntervalRow> = b.rows.iter().filter(|r| r.clear).collect();
        let row = |r: &&crate::chart::IntervalRow| format!("{} {:.1}", r.label, r.value);
        // Some of both ends.
        let ends = clear.iter().take(TOLD / 2).chain(clear.iter().skip(TOLD / 2).rev().take(TOLD / 2));
        if clear.is_empty() {
            listed(frame, &b.title, std::iter::once(frame.words.say("alt.none_clear").to_owned()))
        } else {
            listed(frame, &b.title, ends.map(row))
        }
    };
    told(&data.caption, data.blocks.iter().map(block).collect(), frame)
}

/// What is said beside each lane.
pub(in super::super) fn xray(data: &Xray, frame: &Frame<'_>) -> String {
    told(&data.caption, data.blocks.iter().map(|b| listed(frame, &b.title, b.lanes.iter().map(|l| format!("{} {}", l.label, l.note)))).collect(), frame)
}

/// Who is first in each group.
pub(in super::super) fn timeline(data: &Timeline, frame: &Frame<'_>) -> String {
    let group = |g: &crate::chart::TimelineGroup| listed(frame, &g.title, g.rows.iter().map(|r| format!("{} {}", r.label, r.first)));
    told(&data.caption, data.groups.iter().take(TOLD).map(group).collect(), frame)
}
