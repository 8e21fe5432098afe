//! Which charts there are, and from which tables each is drawn.

use std::str::FromStr;

use super::figures::{self, Counted, Frame, alt};
use super::keys::Keys;
use super::page::Figure;
use super::tables::Tables;
use super::words::Words;
use super::{Settings, counted};
use crate::analysis::period_for;
use crate::chart::{self, Drawing, Style};
use crate::error::{Error, Result};
use crate::lexicon::Lexicons;
use crate::scan::Scan;

/// A kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Rates over time.
    Trend,
    /// Themes over time, stacked.
    Themes,
    /// Formulas by speakers.
    Speakers,
    /// Each speaker's formulas.
    Profiles,
    /// How two groups differ.
    Comparison,
    /// In which documents each formula stands.
    Dispersion,
    /// Which formulas stand together.
    Cooccurrence,
    /// Who takes a formula up, and when.
    Adoption,
    /// In which words a formula is said.
    Renderings,
}

impl Kind {
    /// All of them, in the order of a report, with their names and what they show.
    pub const ALL: [(Kind, &'static str, &'static str); 9] = [
        (Kind::Trend, "trend", "rates of the commonest formulas over time, with intervals, and how much text there was"),
        (Kind::Themes, "themes", "themes over time, stacked"),
        (Kind::Speakers, "speakers", "speakers by formulas: rates, like beside like"),
        (Kind::Profiles, "profiles", "the formulas of each speaker"),
        (Kind::Comparison, "comparison", "how two groups differ: log ratios with intervals"),
        (Kind::Adoption, "adoption", "who takes up a formula of another side, and when"),
        (Kind::Dispersion, "dispersion", "in which documents each formula stands, over time"),
        (Kind::Renderings, "renderings", "in which words a formula is said, over time"),
        (Kind::Cooccurrence, "cooccurrence", "which formulas stand in the same documents"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Kind::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, name, _)| name)
    }
}

impl FromStr for Kind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Kind> {
        let names = Kind::ALL.map(|(_, n, _)| n).join(", ");
        let found = Kind::ALL.iter().find(|(_, n, _)| *n == name);
        found.map(|(kind, ..)| *kind).ok_or_else(|| Error::Usage(format!("{name}: no kind of chart; there are {names}")))
    }
}

/// What may be asked of a chart beside what is counted.
#[derive(Debug, Clone)]
pub struct ChartOptions {
    /// Whether each line of a trend has a plot of its own; `None`: where they would tangle.
    pub apart: Option<bool>,
    /// In what formulas are together: document, paragraph or sentence.
    pub within: &'static str,
}

impl Default for ChartOptions {
    fn default() -> Self {
        ChartOptions { apart: None, within: "document" }
    }
}

/// Draws one chart of `scan`.
///
/// # Errors
/// A table that cannot be computed; no comparison among the settings where that is to be drawn; what plotters cannot draw.
pub fn chart(kind: Kind, scan: &Scan, lexicons: &Lexicons, settings: &Settings, options: ChartOptions, style: Style) -> Result<Drawing> {
    let words = Words::of(settings.ui)?;
    let tables = Tables::new(scan, period_for(scan, settings.period)?, settings, None);
    let keys = Keys::default();
    let counted: Counted = counted(&tables)?;
    let frame = Frame { words: &words, lexicons, keys: &keys, top: settings.top, counted, note: figures::made_with(&scan.manifest) };
    let drawer = Drawer { scan, tables: &tables, settings, frame: &frame, style, options };
    match kind {
        Kind::Comparison => match settings.comparisons.first() {
            Some(named) => Ok(drawer.comparison(&named.name)?.drawing),
            None => Err(Error::Usage("comparison: of which groups? give --a and, unless it is the rest, --b".into())),
        },
        _ => Ok(drawer.figure(kind)?.drawing),
    }
}

/// Draws the charts of some tables.
pub(super) struct Drawer<'a> {
    pub scan: &'a Scan,
    pub tables: &'a Tables<'a>,
    pub settings: &'a Settings,
    pub frame: &'a Frame<'a>,
    pub style: Style,
    pub options: ChartOptions,
}

impl Drawer<'_> {
    /// All that the settings ask for, or for which there is something.
    pub fn all(&self) -> Result<Vec<Figure>> {
        let mut figures = Vec::new();
        for (kind, ..) in Kind::ALL {
            let asked = self.settings.charts.contains(&kind);
            if !asked && !self.settings.charts.is_empty() {
                continue;
            }
            match kind {
                Kind::Comparison => {
                    for named in &self.settings.comparisons {
                        figures.push(self.comparison(&named.name)?);
                    }
                }
                Kind::Adoption if self.scan.manifest.origins.is_none() => {}
                _ => figures.extend(Some(self.figure(kind)?).filter(|f| asked || kind == Kind::Trend || !f.drawing.is_empty)),
            }
        }
        figures.extend(self.candidates()?);
        Ok(figures)
    }

    fn figure(&self, kind: Kind) -> Result<Figure> {
        let (frame, style, tables) = (self.frame, &self.style, self.tables);
        let (drawing, alt) = match kind {
            Kind::Trend => {
                let data = figures::lines(&tables.get("series")?, tables.period, self.options.apart, frame)?;
                (chart::trend(&data, style)?, alt::lines(&data, frame))
            }
            Kind::Themes => {
                let data = figures::themes(&tables.get("evidence")?, &tables.get("by_period")?, tables.period, frame)?;
                (chart::stack(&data, style)?, alt::stack(&data, frame))
            }
            Kind::Speakers => {
                let data = figures::speakers(&tables.get("profiles")?, self.settings.each, frame)?;
                (chart::heatmap(&data, style)?, alt::heatmap(&data, frame))
            }
            Kind::Profiles => {
                let data = figures::profiles(&tables.get("profiles")?, self.settings.each, frame)?;
                (chart::bars(&data, style)?, alt::bars(&data, frame))
            }
            Kind::Dispersion => {
                let data = figures::dispersion(&tables.get("evidence")?, &tables.get("dispersion")?, &tables.get("by_document_and_day")?, frame)?;
                (chart::xray(&data, style)?, alt::xray(&data, frame))
            }
            Kind::Cooccurrence => {
                let data = figures::together(&tables.get("cooccurrence")?, self.options.within, frame)?;
                (chart::heatmap(&data, style)?, alt::heatmap(&data, frame))
            }
            Kind::Adoption => {
                let data = figures::adoption(&tables.get("adoption")?, frame)?;
                (chart::timeline(&data, style)?, alt::timeline(&data, frame))
            }
            Kind::Renderings => {
                let data = figures::renderings(&tables.get("renderings")?, tables.period, frame)?;
                (chart::stack(&data, style)?, alt::stack(&data, frame))
            }
            Kind::Comparison => return self.comparison(self.settings.comparisons.first().map_or("", |c| &c.name)),
        };
        Ok(Figure { name: kind.name().to_owned(), drawing, alt })
    }

    /// What no lexicon holds, where that was looked for and something recurs.
    fn candidates(&self) -> Result<Option<Figure>> {
        let Some(table) = self.tables.candidates()? else { return Ok(None) };
        let data = figures::candidates(&table, &self.tables.get("documents")?, &self.tables.get("by_year")?, self.frame)?;
        let drawing = chart::bars(&data, &self.style)?;
        Ok((!drawing.is_empty).then(|| Figure { name: "candidates".to_owned(), drawing, alt: alt::ranked(&data, self.frame) }))
    }

    fn comparison(&self, name: &str) -> Result<Figure> {
        let table = format!("comparison_{name}");
        let named = self.settings.comparisons.iter().find(|c| c.name == name);
        let named = named.ok_or_else(|| Error::Usage(format!("no comparison is named {name}")))?;
        let data = figures::comparison(&self.tables.get(&table)?, named, self.frame)?;
        Ok(Figure { name: table, drawing: chart::intervals(&data, &self.style)?, alt: alt::intervals(&data, self.frame) })
    }
}
