//! In which documents each formula stands, over time.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::DataFrame;

use super::super::keys::Key;
use super::{Frame, Rows};
use crate::chart::{Lane, Tick, Xray, XrayBlock};
use crate::error::Result;
use crate::table::{rates, texts};

/// So many lanes for each one asked for.
const LANES: usize = 2;

/// The documents with each of the commonest formulas, from the occurrences (`evidence`), the answer `dispersion` and the counts by document and
/// day (`days`). A document of several days is one on each; without a day it is not drawn.
pub(in super::super) fn dispersion(evidence: &DataFrame, spread: &DataFrame, days: &DataFrame, frame: &Frame<'_>) -> Result<Xray> {
    let (formulas, labels, languages) = (texts(evidence, "formula")?, texts(evidence, "label")?, texts(evidence, "language")?);
    let (places, dates) = (texts(evidence, "document")?, texts(evidence, "date")?);
    let text = Rows::of(days, &["document", "day"], &["occurrences", "exposure"], &[])?;
    let dp = of_documents(spread)?;
    let mut blocks = Vec::new();
    for (language, own) in text.by_language() {
        let own: Vec<usize> = own.into_iter().filter(|i| text.number("exposure", *i) > 0).collect();
        let documents: BTreeSet<&str> = own.iter().map(|i| text.text("document", *i)).collect();
        let mut counts: BTreeMap<&str, BTreeMap<(&str, &str), u64>> = BTreeMap::new();
        for i in (0..formulas.len()).filter(|i| languages[*i] == language) {
            *counts.entry(&formulas[i]).or_default().entry((&places[i], &dates[i])).or_default() += 1;
        }
        let commonest = super::largest(counts.keys().copied(), counts.values().map(|c| c.values().sum()), frame.top * LANES);
        let lane = |(formula, n): (&str, u64)| {
            let fallback = formulas.iter().position(|f| f == formula).map_or("", |i| &labels[i]);
            let label = frame.label(formula, language, fallback);
            let tick = |((document, date), count): (&(&str, &str), &u64)| {
                let link = frame.keys.link(&[(Key::Formula, formula), (Key::Language, language), (Key::Document, document)], || {
                    format!("{document}: {}", frame.words.count(*count, "n_times"))
                });
                Some(Tick { day: date.parse().ok()?, count: *count, link })
            };
            let found = &counts[formula];
            let with_it: BTreeSet<&str> = found.keys().map(|(document, _)| *document).collect();
            let spread = dp.get(&(formula.to_owned(), language.to_owned())).map_or_else(String::new, |dp| format!(" · DP {dp:.2}"));
            let of = [("n", n.to_string()), ("documents", with_it.len().to_string()), ("all", documents.len().to_string())];
            let of: Vec<(&str, &str)> = of.iter().map(|(k, v)| (*k, v.as_str())).collect();
            Lane { note: format!("{}{spread}", frame.words.fill("chart.in_of_documents", &of)), ticks: found.iter().filter_map(tick).collect(), label }
        };
        blocks.push(XrayBlock {
            title: frame.words.language(language).to_owned(),
            documents: own.iter().filter_map(|i| text.text("day", *i).parse().ok()).collect(),
            documents_words: frame.words.count(documents.len() as u64, "n_documents"),
            lanes: commonest.into_iter().map(lane).collect(),
        });
    }
    blocks.retain(|b| b.lanes.iter().any(|l| !l.ticks.is_empty()));
    let said = [frame.undated(), frame.words.say("chart.dispersion_say").to_owned()];
    let caption = frame.caption(frame.words.say("chart.dispersion").to_owned(), &said);
    Ok(Xray {
        caption,
        counts_words: frame.words.say("chart.per_document").to_owned(),
        shares_words: frame.words.say("chart.of_documents_there").to_owned(),
        blocks,
    })
}

/// Gries's DP over documents, by formula and language.
fn of_documents(spread: &DataFrame) -> Result<BTreeMap<(String, String), f64>> {
    let (formulas, languages, over, dp) = (texts(spread, "formula")?, texts(spread, "language")?, texts(spread, "over")?, rates(spread, "dp")?);
    let rows = formulas.into_iter().zip(languages).zip(over).zip(dp);
    Ok(rows.filter(|((_, over), _)| over == "document").filter_map(|((key, _), dp)| Some((key, dp?))).collect())
}
