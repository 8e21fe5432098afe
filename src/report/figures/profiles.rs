//! The formulas of each speaker.

use polars::prelude::DataFrame;

use super::super::keys::Key;
use super::{Frame, Rows};
use crate::analysis::{Dimension, NARRATION, UNATTRIBUTED};
use crate::chart::{Bar, BarBlock, BarPanel, Bars, thousands};
use crate::error::Result;
use crate::stats::poisson_interval;

/// So many formulas of each.
const FORMULAS: usize = 8;

/// The commonest formulas of the speakers (or sides, sources …: `each`) who use most, of the answer `profiles`.
pub(in super::super) fn profiles(table: &DataFrame, each: Dimension, frame: &Frame<'_>) -> Result<Bars> {
    let who = each.name();
    let rows = Rows::of(table, &[who, "formula", "label"], &["occurrences", "documents", "exposure"], &["rate", "expected"])?;
    let words = frame.words;
    let mut blocks = Vec::new();
    for (language, own) in rows.by_language() {
        let own: Vec<usize> =
            own.into_iter().filter(|i| !matches!(rows.text(who, *i), "" | NARRATION | UNATTRIBUTED) && rows.number("occurrences", *i) > 0).collect();
        let panel = |(speaker, all): (&str, u64)| {
            let mut of_them: Vec<usize> = own.iter().copied().filter(|i| rows.text(who, *i) == speaker).collect();
            of_them.sort_by_key(|i| (std::cmp::Reverse(rows.number("occurrences", *i)), *i));
            let exposure = of_them.first().map_or(0, |i| rows.number("exposure", *i));
            let bar = |i: &usize| {
                let formula = rows.text("formula", *i);
                let label = frame.label(formula, language, rows.text("label", *i));
                let expected = rows.real("expected", *i).unwrap_or(f64::INFINITY);
                let more = poisson_interval(rows.number("occurrences", *i) as f64).low > expected;
                Bar {
                    value: rows.real("rate", *i).unwrap_or(0.0),
                    text: format!("{} · {:.1}", rows.number("occurrences", *i), rows.real("rate", *i).unwrap_or(0.0)),
                    strong: more,
                    times: Vec::new(),
                    link: (each == Dimension::Column("speaker"))
                        .then(|| {
                            frame.keys.link(&[(Key::Formula, formula), (Key::Language, language), (Key::Speaker, speaker)], || {
                                format!("{speaker}, {label}: {}", frame.in_documents(rows.number("occurrences", *i), rows.number("documents", *i)))
                            })
                        })
                        .flatten(),
                    label,
                }
            };
            let n = [("who", speaker), ("n", &words.count(all, "n_occurrences")), ("exposure", &thousands(exposure)), ("unit", frame.unit(language))]
                .map(|(k, v)| (k, v.to_owned()));
            let n: Vec<(&str, &str)> = n.iter().map(|(k, v)| (*k, v.as_str())).collect();
            BarPanel { title: words.fill("chart.profile_of", &n), rows: of_them.iter().take(FORMULAS).map(bar).collect(), times: None }
        };
        let panels: Vec<BarPanel> = rows.commonest(who, &own, frame.top).into_iter().map(panel).collect();
        if !panels.is_empty() {
            let title = words.fill("chart.per_unit_of", &[("language", words.language(language)), ("unit", frame.unit(language)), ("who", words.value(who))]);
            blocks.push(BarBlock { title, panels });
        }
    }
    let title = words.fill("chart.profiles", &[("who", words.value(who))]);
    Ok(Bars {
        caption: frame.caption(title, &[words.say("chart.profiles_say").to_owned()]),
        blocks,
        own_scales: format!("{}{}", words.say("mark.semicolon"), words.say("chart.own_scales")),
    })
}
