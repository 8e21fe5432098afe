//! The sections of the page.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use polars::prelude::{DataFrame, SortMultipleOptions};

use super::Page;
use super::grid::{Grid, ranked};
use crate::chart::thousands;
use crate::error::Result;
use crate::report::NamedComparison;
use crate::report::keys::{Key, adopter};
use crate::report::methods::anchor;
use crate::table::{numbers, texts};

/// The id of a section, its title, and what is in it.
type Section = (&'static str, String, Markup);

impl Page<'_> {
    pub(super) fn sections(&self) -> Result<Vec<Section>> {
        let w = self.frame.words;
        let all = [
            ("read", "page.read", Some(self.read()?)),
            ("trend", "page.trend", Some(self.trend()?)),
            ("speakers", "page.speakers", Some(self.speakers()?)),
            ("comparisons", "page.comparisons", self.comparisons()?),
            ("themes", "page.themes", Some(self.themes()?)),
            ("adoption", "page.adoption", self.adoption()?),
            ("formulas", "page.formulas", Some(self.formulas()?)),
            ("candidates", "page.candidates", self.candidates()?),
        ];
        Ok(all.into_iter().filter_map(|(id, title, content)| Some((id, w.say(title).to_owned(), content?))).collect())
    }

    /// The chart of that name, if there is one.
    pub(super) fn chart(&self, name: &str) -> Markup {
        html! { @for figure in self.figures.iter().filter(|f| f.name == name) { (figure.markup(self.frame)) } }
    }

    /// A table in which the occurrences ask for the sentences with these keys.
    fn table(&self, frame: &DataFrame, caption: &str, file: &str, columns: &[&str], keys: &[(Key, &str)]) -> Result<Markup> {
        let links = BTreeMap::from([("occurrences", self.queries(frame, keys)?)]);
        self.linked(frame, self.frame.words.say(caption).to_owned(), file, columns, links)
    }

    fn linked(&self, frame: &DataFrame, caption: String, file: &str, columns: &[&str], links: BTreeMap<&str, Vec<Option<String>>>) -> Result<Markup> {
        Grid { frame, caption, file, columns, links }.markup(self.frame)
    }

    /// What the rows ask for: these keys, each with the value of a column.
    fn queries(&self, frame: &DataFrame, keys: &[(Key, &str)]) -> Result<Vec<Option<String>>> {
        let columns: Vec<(Key, Vec<String>)> = keys.iter().map(|(key, c)| Ok((*key, texts(frame, c)?))).collect::<Result<_>>()?;
        let query = |row: usize| {
            let parts: Vec<(Key, &str)> = columns.iter().map(|(key, values)| (*key, values[row].as_str())).collect();
            self.frame.keys.query(&parts)
        };
        Ok((0..frame.height()).map(query).collect())
    }

    /// What the occurrences of formulas ask for, in rows that count only what is dated and in others.
    fn of_formulas(&self, frame: &DataFrame, is_dated: impl Fn(usize) -> bool) -> Result<Vec<Option<String>>> {
        let (formulas, languages) = (texts(frame, "formula")?, texts(frame, "language")?);
        let query = |row: usize| {
            let mut parts = vec![(Key::Formula, formulas[row].as_str()), (Key::Language, languages[row].as_str())];
            parts.extend((is_dated(row) && self.frame.counted.undated > 0).then_some((Key::Dated, "")));
            self.frame.keys.query(&parts)
        };
        Ok((0..frame.height()).map(query).collect())
    }

    fn methods_link(&self, section: &str) -> Markup {
        html! { a href={ "#" (anchor(section)) } { (self.frame.words.say("page.methods")) } }
    }

    fn read(&self) -> Result<Markup> {
        let documents = &self.scan.documents;
        let columns = ["document", "title", "published", "event_date", "source", "genre", "language", "words", "characters", "duplicate_of", "translation_of"];
        let shown = documents.sort(["date", "document"], SortMultipleOptions::default().with_nulls_last(true))?;
        // A number of a document leads to its sentences.
        let own = self.queries(&shown, &[(Key::Document, "document")])?;
        let links = BTreeMap::from([("document", own)]);
        let w = self.frame.words;
        Ok(html! {
            (self.linked(&super::summary::sources(documents)?, w.say("page.sources").to_owned(), "documents.csv", &["source", "genre", "language", "documents", "first", "last", "words", "characters"], BTreeMap::new())?)
            details {
                summary { (w.say("page.documents")) " (" (thousands(documents.height() as u64)) ")" }
                (self.linked(&shown, w.say("page.documents").to_owned(), "documents.csv", &columns, links)?)
            }
            @if self.scan.problems.height() > 0 {
                details {
                    summary { (w.say("page.problems")) " (" (thousands(self.scan.problems.height() as u64)) ")" }
                    (self.linked(&self.scan.problems, w.say("page.problems").to_owned(), "problems.csv", &["path", "record", "kind", "message"], BTreeMap::new())?)
                }
            }
        })
    }

    fn trend(&self) -> Result<Markup> {
        let w = self.frame.words;
        let columns =
            ["label", "language", "occurrences", "documents", "first_seen", "last_seen", "status", "tau", "q", "slope", "changes", "change_q", "note"];
        let trend = ranked(&self.tables.get("trend")?)?;
        let links = BTreeMap::from([("occurrences", self.of_formulas(&trend, |_| true)?)]);
        let period = self.tables.period.name();
        let heat = ["label", "language", period, "documents", "of_documents", "share", "share_low", "share_high", "tier"];
        Ok(html! {
            (self.chart("trend"))
            p.note { (w.say("page.first_seen")) " " (self.methods_link("trends")) }
            (self.linked(&trend, w.say("page.change").to_owned(), "trend.csv", &columns, links)?)
            @if !self.settings.tiers.is_empty() {
                (self.linked(&self.tables.get("series")?, w.say("page.heat").to_owned(), "series.csv", &heat, BTreeMap::new())?)
            }
        })
    }

    fn speakers(&self) -> Result<Markup> {
        let columns = ["speaker", "language", "occurrences", "documents", "exposure", "unit", "rate", "rate_low", "rate_high", "interval"];
        Ok(html! {
            (self.chart("speakers"))
            (self.table(&ranked(&self.tables.get("speakers")?)?, "page.speakers_table", "counts_by_speaker.csv", &columns, &[(Key::Speaker, "speaker"), (Key::Language, "language")])?)
            (self.chart("profiles"))
        })
    }

    fn comparisons(&self) -> Result<Option<Markup>> {
        let w = self.frame.words;
        let parts: Vec<Markup> = self.settings.comparisons.iter().map(|named| self.comparison(named)).collect::<Result<_>>()?;
        Ok((!parts.is_empty()).then(|| {
            html! {
                p.note { (w.say("page.log_ratio")) " " (self.methods_link("comparing")) }
                @for part in &parts { (part) }
            }
        }))
    }

    fn comparison(&self, named: &NamedComparison) -> Result<Markup> {
        let w = self.frame.words;
        let name = format!("comparison_{}", named.name);
        let frame = self.tables.get(&name)?;
        let mut columns = vec![
            "label",
            "language",
            "occurrences_a",
            "occurrences_b",
            "rate_a",
            "rate_b",
            "log_ratio",
            "log_ratio_low",
            "log_ratio_high",
            "interval",
            "p",
            "q",
        ];
        if !named.comparison.strata.is_empty() {
            columns.extend(["rate_ratio", "stratified_ratio", "stratified_low", "stratified_high"]);
        }
        columns.push("note");
        let order = SortMultipleOptions::default().with_order_descending_multi([false, true]).with_nulls_last(true).with_maintain_order(true);
        let clearest = frame.sort(["p", "g2"], order)?;
        let differs: BTreeSet<(String, String)> =
            texts(&frame, "language")?.into_iter().zip(texts(&frame, "differs")?).filter(|(_, d)| !d.is_empty()).collect();
        let (formulas, languages) = (texts(&clearest, "formula")?, texts(&clearest, "language")?);
        let side = |side: &str| {
            let group = format!("{} {side}", named.name);
            let query = |(f, l): (&String, &String)| self.frame.keys.query(&[(Key::Formula, f), (Key::Language, l), (Key::Group, &group)]);
            formulas.iter().zip(&languages).map(query).collect::<Vec<_>>()
        };
        let links = BTreeMap::from([("occurrences_a", side("a")), ("occurrences_b", side("b"))]);
        let listed = |d: &str| d.split('|').map(|c| w.column(c)).collect::<Vec<_>>().join(w.say("mark.comma"));
        Ok(html! {
            h3 { (named.comparison.a) " (a) · " (self.second(named)) " (b)" }
            @for (language, differs) in &differs {
                p.note { (w.fill("page.differ", &[("language", w.language(language)), ("columns", &listed(differs))])) }
            }
            (self.chart(&name))
            (self.linked(&clearest, w.say("page.clearest").to_owned(), &format!("{name}.csv"), &columns, links)?)
        })
    }

    pub(super) fn second(&self, named: &NamedComparison) -> String {
        named.comparison.b.as_ref().map_or_else(|| self.frame.words.say("page.the_rest").to_owned(), ToString::to_string)
    }

    fn themes(&self) -> Result<Markup> {
        let w = self.frame.words;
        let columns = ["theme", "language", "occurrences", "documents", "exposure", "unit", "rate", "rate_low", "rate_high", "share"];
        let themes = ranked(&self.tables.get("counts_by_theme")?)?;
        Ok(html! {
            (self.chart("themes"))
            p.note { (w.say("page.several_themes")) }
            (self.table(&themes, "page.themes", "counts_by_theme.csv", &columns, &[(Key::Theme, "theme"), (Key::Language, "language")])?)
        })
    }

    fn adoption(&self) -> Result<Option<Markup>> {
        if self.scan.manifest.origins.is_none() {
            return Ok(None);
        }
        let w = self.frame.words;
        let frame = self.tables.get("adoption")?;
        if frame.height() == 0 {
            return Ok(None);
        }
        let columns = ["label", "language", "origin", "tier", "speaker", "side", "stance", "occurrences", "documents", "first", "last", "sources"];
        let (formulas, languages) = (texts(&frame, "formula")?, texts(&frame, "language")?);
        let (tiers, speakers) = (texts(&frame, "tier")?, texts(&frame, "speaker")?);
        let (sides, stances) = (texts(&frame, "side")?, texts(&frame, "stance")?);
        let query = |row: usize| {
            let adopter = adopter(&tiers[row], &speakers[row], &sides[row], &stances[row]);
            self.frame.keys.query(&[(Key::Formula, &formulas[row]), (Key::Language, &languages[row]), (Key::Adopter, &adopter)])
        };
        let links = BTreeMap::from([("occurrences", (0..frame.height()).map(query).collect::<Vec<_>>())]);
        Ok(Some(html! {
            p.note { (w.say("page.tiers")) " " (self.methods_link("adoption")) }
            ul.note { @for (count, which) in self.tables.left_out()? { li { (w.fill("page.left_out", &[("n", &thousands(count as u64)), ("which", w.value(which))])) } } }
            (self.chart("adoption"))
            (self.linked(&frame, w.say("page.other_sides").to_owned(), "adoption.csv", &columns, links)?)
        }))
    }

    fn formulas(&self) -> Result<Markup> {
        let w = self.frame.words;
        let columns = ["label", "language", "occurrences", "documents", "exposure", "unit", "rate", "rate_low", "rate_high", "interval", "share"];
        let spread = ["label", "language", "over", "parts", "range", "occurrences", "dp", "dp_norm", "note"];
        let pairs = ["label_a", "label_b", "language", "within", "together", "units_a", "units_b", "units", "lift", "npmi", "note"];
        let keys = [(Key::Formula, "formula"), (Key::Language, "language")];
        let together = self.tables.get("cooccurrence")?;
        let dispersion = ranked(&self.tables.get("dispersion")?)?;
        let over = texts(&dispersion, "over")?;
        let links = BTreeMap::from([("occurrences", self.of_formulas(&dispersion, |row| over[row] != "document")?)]);
        Ok(html! {
            (self.table(&ranked(&self.tables.get("counts_by_formula")?)?, "page.formulas", "counts_by_formula.csv", &columns, &keys)?)
            (self.chart("dispersion"))
            details { summary { (w.say("page.spread")) " (" (thousands(dispersion.height() as u64)) ")" } p.note { (self.methods_link("dispersion")) } (self.linked(&dispersion, w.say("page.spread").to_owned(), "dispersion.csv", &spread, links)?) }
            (self.chart("renderings"))
            (self.chart("cooccurrence"))
            details { summary { (w.say("page.together")) " (" (thousands(together.height() as u64)) ")" } p.note { (self.methods_link("cooccurrence")) } (self.linked(&together, w.say("page.together").to_owned(), "cooccurrence.csv", &pairs, BTreeMap::new())?) }
        })
    }

    pub(super) fn behind_numbers(&self, room: usize) -> Markup {
        html! {
            p.note { (self.frame.words.say("page.behind")) }
            (self.sentences.markup(self.frame, room, |formula| self.of_formula(formula)))
        }
    }

    /// How much text counts, in words or characters.
    pub(super) fn exposure(&self, unit: &str) -> Result<u64> {
        let documents = self.tables.get("documents")?;
        Ok(texts(&documents, "unit")?.iter().zip(numbers(&documents, "exposure")?).filter(|(u, _)| *u == unit).map(|(_, n)| n).sum())
    }
}
