//! A report: the tables and charts of a scan, and one self-contained page that shows them.

mod charts;
mod figures;
mod keys;
mod methods;
mod page;
mod settings;
mod tables;
mod words;
mod workbook;

pub use charts::{ChartOptions, Kind, chart};
pub use settings::{NamedComparison, Settings};
pub use words::{Ui, Words};

use polars::prelude::DataFrame;
use rayon::prelude::*;

use self::charts::Drawer;
use self::figures::{Counted, Frame, made_with};
use self::page::{Page, Sentences};
use self::tables::Tables;
use self::workbook::workbook_of;
use crate::analysis::period_for;
use crate::chart::{Style, to_png};
use crate::discover::Discovery;
use crate::error::Result;
use crate::lexicon::Lexicons;
use crate::scan::{Manifest, Scan};
use crate::table::{Format, Output, numbers, texts, to_bytes};

/// Makes the report on `scan`: `tables/`, `tables.xlsx`, `charts/` and `index.html`, and the manifest for its `run.json`. `found` is what no
/// lexicon holds, where that was looked for.
///
/// # Errors
/// A table that cannot be computed, a chart that cannot be drawn.
pub fn report(scan: &Scan, lexicons: &Lexicons, settings: &Settings, found: Option<&Discovery>) -> Result<(Output, Manifest)> {
    let words = Words::of(settings.ui)?;
    let tables = Tables::new(scan, period_for(scan, settings.period)?, settings, found);
    let mut output = Output::default();
    scan.add_tables(&mut output, "tables/", &[Format::Csv])?;
    for name in tables.files() {
        output.add(format!("tables/{name}.csv"), to_bytes(&tables.get(&name)?, Format::Csv)?);
    }
    let comparisons: Vec<&str> = settings.comparisons.iter().map(|c| c.name.as_str()).collect();
    let sentences = Sentences::of(&tables.get("evidence")?, &comparisons)?;
    let counted = counted(&tables)?;
    let frame = Frame { words: &words, lexicons, keys: &sentences.keys, top: settings.top, counted, note: made_with(&scan.manifest) };
    let drawer = Drawer { scan, tables: &tables, settings, frame: &frame, style: Style::default(), options: ChartOptions::default() };
    let figures = drawer.all()?;
    let pictures: Vec<Vec<u8>> = figures.par_iter().map(|f| to_png(&f.drawing.svg, &drawer.style.font)).collect::<Result<_>>()?;
    for (figure, png) in figures.iter().zip(pictures) {
        output.add(format!("charts/{}.png", figure.name), png);
        output.add(format!("charts/{}.svg", figure.name), figure.drawing.svg.clone().into_bytes());
    }
    let mut manifest = scan.manifest.clone();
    manifest.options.extend(settings.options(tables.period));
    output.add("tables.xlsx", workbook_of(&sheets(scan, &tables)?, &manifest, settings)?);
    let page =
        Page { scan, manifest: &manifest, tables: &tables, settings, frame: &frame, sentences: &sentences, figures: &figures, is_coarse: is_coarse(&tables)? };
    output.add("index.html", page.html()?.into_bytes());
    Ok((output, manifest))
}

/// The tables of a report's workbook, with their names. Not the segments: there are many, and they hold no text.
fn sheets(scan: &Scan, tables: &Tables<'_>) -> Result<Vec<(String, DataFrame)>> {
    let own = tables.files().into_iter().map(|name| Ok((name.clone(), tables.get(&name)?)));
    let of_scan = [("hits", &scan.hits), ("documents", &scan.documents), ("problems", &scan.problems)];
    own.chain(of_scan.map(|(name, table)| Ok((name.to_owned(), table.clone())))).collect()
}

/// Whether some occurrence has a date that is known to the month or year only.
fn is_coarse(tables: &Tables<'_>) -> Result<bool> {
    Ok(texts(&tables.get("evidence")?, "date")?.iter().any(|d| !d.is_empty() && d.len() < "2024-01-01".len()))
}

/// How much a report counts.
fn counted(tables: &Tables<'_>) -> Result<Counted> {
    let dates = tables.get("by_period")?;
    let undated = texts(&dates, tables.period.name())?.iter().zip(numbers(&dates, "occurrences")?).filter(|(p, _)| p.is_empty()).map(|(_, n)| n).sum();
    let documents = tables.get("documents")?.column("document")?.n_unique()? as u64;
    let occurrences = numbers(&dates, "occurrences")?.into_iter().sum();
    Ok(Counted { documents, occurrences, undated })
}
