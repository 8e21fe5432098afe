//! A report: the tables and charts of a scan, and one self-contained page that shows them.

mod figures;
mod methods;
mod page;
mod sections;
mod tables;
mod workbook;

use polars::prelude::DataFrame;

use self::tables::Answers;
use self::workbook::workbook_of;
use crate::analysis::{Comparison, DateBasis, Dimension, Filter, Nested, Tier, concordance, count, period_for};
use crate::chart::{heatmap, to_png, trend};
use crate::error::Result;
use crate::lexicon::Lexicons;
use crate::scan::{Manifest, Scan};
use crate::table::{Format, Output, to_bytes};

/// What a report is to show.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The title of the page.
    pub title: String,
    /// On what it is about, in the words of whoever asked.
    pub description: String,
    /// Counts by date are by this; `None` takes what suits the corpus.
    pub period: Option<Dimension>,
    /// How many lines and columns the charts have at most.
    pub top: usize,
    /// What is counted.
    pub filter: Filter,
    /// Groups to compare.
    pub comparisons: Vec<NamedComparison>,
    /// Names for shares of documents, the highest first; none unless asked for.
    pub tiers: Vec<Tier>,
}

/// A comparison and the name of its table.
#[derive(Debug, Clone)]
pub struct NamedComparison {
    /// Of letters, digits and hyphens.
    pub name: String,
    /// The groups.
    pub comparison: Comparison,
}

/// The counts of a report.
#[derive(Debug)]
pub(crate) struct Counts {
    pub period: Dimension,
    pub by_date: DataFrame,
    pub by_speaker: DataFrame,
    pub by_date_and_speaker: DataFrame,
    pub by_theme: DataFrame,
    pub by_formula: DataFrame,
    /// Without formulas: how much each speaker said, and used in all.
    pub speakers: DataFrame,
    pub concordance: DataFrame,
    /// Text counted, by document.
    pub documents: DataFrame,
}

impl Counts {
    /// How many documents have text that counts.
    fn document_count(&self) -> Result<usize> {
        Ok(self.documents.column("document")?.n_unique()?)
    }

    /// The tables of a report, with their names.
    fn all(&self) -> [(&'static str, &DataFrame); 5] {
        [
            ("counts_by_date", &self.by_date),
            ("counts_by_speaker", &self.by_speaker),
            ("counts_by_date_and_speaker", &self.by_date_and_speaker),
            ("counts_by_theme", &self.by_theme),
            ("counts_by_formula", &self.by_formula),
        ]
    }

    fn of(scan: &Scan, settings: &Settings) -> Result<Counts> {
        let period = period_for(scan, settings.period)?;
        let speaker = Dimension::Column("speaker");
        let by = |dimensions: &[Dimension]| count(scan, dimensions, &settings.filter);
        Ok(Counts {
            period,
            by_date: by(&[period, Dimension::Formula])?,
            by_speaker: by(&[speaker, Dimension::Formula])?,
            by_date_and_speaker: by(&[period, speaker, Dimension::Formula])?,
            by_theme: by(&[Dimension::Theme])?,
            by_formula: by(&[Dimension::Formula])?,
            speakers: by(&[speaker])?,
            concordance: concordance(scan, &settings.filter)?,
            documents: by(&[Dimension::Column("document")])?,
        })
    }
}

/// Makes the report on `scan`: `tables/`, `tables.xlsx`, `charts/` and `index.html`, and the manifest for its `run.json`.
///
/// # Errors
/// A table that cannot be computed, a chart that cannot be drawn.
pub fn report(scan: &Scan, lexicons: &Lexicons, settings: &Settings) -> Result<(Output, Manifest)> {
    let counts = Counts::of(scan, settings)?;
    let mut output = Output::default();
    scan.add_tables(&mut output, "tables/", &[Format::Csv])?;
    let answers = Answers::of(scan, counts.period, settings)?;
    let tables: Vec<(&str, &DataFrame)> = counts.all().into_iter().chain(answers.all()).collect();
    for (name, table) in &tables {
        output.add(format!("tables/{name}.csv"), to_bytes(table, Format::Csv)?);
    }
    let charts = [
        ("trend", trend(&figures::trend_of(scan, &counts, lexicons, settings)?)?),
        ("speakers", heatmap(&figures::speakers_of(&counts, lexicons, settings)?)?),
    ];
    for (name, svg) in &charts {
        output.add(format!("charts/{name}.png"), to_png(svg)?);
        output.add(format!("charts/{name}.svg"), svg.clone().into_bytes());
    }
    let mut manifest = scan.manifest.clone();
    manifest.options.extend(options(settings, counts.period));
    // Not the segments: there are many, and they hold no text.
    let of_scan = [("hits", &scan.hits), ("documents", &scan.documents), ("problems", &scan.problems)];
    let sheets: Vec<(&str, &DataFrame)> = tables.into_iter().chain(of_scan).collect();
    output.add("tables.xlsx", workbook_of(&sheets, &manifest, settings)?);
    let page = page::page(scan, &manifest, &counts, &answers, lexicons, settings, &charts)?;
    output.add("index.html", page.into_bytes());
    Ok((output, manifest))
}

/// The settings that change the numbers, for `run.json`.
fn options(settings: &Settings, period: Dimension) -> Vec<String> {
    let filter = &settings.filter;
    let mut options = vec![format!("period={}", period.name()), format!("top={}", settings.top)];
    let lists = [
        ("speaker", &filter.speakers),
        ("side", &filter.sides),
        ("source", &filter.sources),
        ("language", &filter.languages),
        ("voice", &filter.voices),
        ("genre", &filter.genres),
        ("formula", &filter.formulas),
        ("theme", &filter.themes),
    ];
    options.extend(lists.iter().filter(|(_, l)| !l.is_empty()).map(|(name, list)| format!("{name}={}", list.join(","))));
    let days = [("since", filter.since), ("until", filter.until)];
    options.extend(days.iter().filter_map(|(name, day)| day.map(|d| format!("{name}={d}"))));
    for NamedComparison { name, comparison } in &settings.comparisons {
        let strata: Vec<&str> = comparison.strata.iter().map(|d| d.name()).collect();
        let strata = if strata.is_empty() { String::new() } else { format!(", strata {}", strata.join("+")) };
        options.push(format!(
            "compare={name}: {} / {}{strata}, prior {}, {} permutations",
            comparison.a,
            comparison.second(),
            comparison.prior,
            comparison.permutations
        ));
    }
    options.extend(settings.tiers.iter().map(|t| format!("heat={} from {}", t.name, t.least)));
    options.extend(filter.min_evidence.iter().map(|e| format!("min_evidence={e}")));
    if filter.keep_duplicates {
        options.push("duplicates=keep".into());
    }
    if filter.nested == Nested::All {
        options.push("nested=all".into());
    }
    if filter.roll_up {
        options.push("roll_up=true".into());
    }
    if filter.first_of_translations {
        options.push("translations=first".into());
    }
    if filter.date == DateBasis::Published {
        options.push("date=published".into());
    }
    options
}
