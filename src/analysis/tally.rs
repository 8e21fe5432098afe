//! Text and occurrences by document, cell by cell: what every statistic is made of.
//!
//! Documents are the unit of inference: what stands in one document is not independent. A cell is what is compared, one language of
//! one speaker in one year, say; a subject is what occurs, a formula or a theme.

use std::collections::{BTreeMap, HashMap};

use polars::prelude::*;

use super::dimension::Dimension;
use super::filter::{Filter, Selected};
use crate::error::Result;
use crate::scan::Scan;
use crate::table::{Columns, numbers, texts};

/// What occurs: the values of the dimensions of formulas, a formula with its label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Subject {
    pub values: Vec<String>,
    /// Empty for themes.
    pub label: String,
}

impl Subject {
    /// Its id: of the formula or theme.
    pub fn id(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }
}

/// The text of one language under one key, by document.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// The documents with text in it, by their number in [`Tally::documents`], with their exposure.
    pub text: Vec<(usize, f64)>,
    /// Of each subject that occurs, the documents in which it does and how often.
    pub uses: HashMap<usize, Vec<(usize, f64)>>,
}

impl Cell {
    pub fn exposure(&self) -> f64 {
        self.text.iter().map(|(_, e)| e).sum()
    }

    /// How often the subject occurs.
    pub fn occurrences(&self, subject: usize) -> f64 {
        self.uses_of(subject).iter().fold(0.0, |sum, (_, k)| sum + k)
    }

    /// The documents in which the subject occurs, and how often.
    pub fn uses_of(&self, subject: usize) -> &[(usize, f64)] {
        self.uses.get(&subject).map_or(&[], Vec::as_slice)
    }

    /// All that is in `cells`.
    pub fn sum<'c>(cells: impl Iterator<Item = &'c Cell>) -> Cell {
        let mut text: BTreeMap<usize, f64> = BTreeMap::new();
        let mut uses: HashMap<usize, BTreeMap<usize, f64>> = HashMap::new();
        for cell in cells {
            cell.text.iter().for_each(|(document, n)| *text.entry(*document).or_default() += n);
            for (subject, counts) in &cell.uses {
                let sums = uses.entry(*subject).or_default();
                counts.iter().for_each(|(document, n)| *sums.entry(*document).or_default() += n);
            }
        }
        Cell { text: text.into_iter().collect(), uses: uses.into_iter().map(|(subject, counts)| (subject, counts.into_iter().collect())).collect() }
    }

    /// Adds a document without a word in the language (it holds an acronym, say), if it is not there.
    fn add_empty(&mut self, document: usize) {
        if let Err(place) = self.text.binary_search_by_key(&document, |(d, _)| *d) {
            self.text.insert(place, (document, 0.0));
        }
    }
}

/// Cells with the values of their keys.
pub(super) type Keyed<'a> = Vec<(&'a [String], &'a Cell)>;

/// The cells of a selection.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// By language and the values of the keys.
    pub cells: BTreeMap<(String, Vec<String>), Cell>,
    /// What occurs, in order.
    pub subjects: Vec<Subject>,
    /// How many documents there are.
    pub documents: usize,
    /// Of the subjects, those whom the filter names: they have cells even if they occur nowhere.
    pub asked: Vec<usize>,
}

/// The columns that say what each row is of: a formula with its label, or a theme.
pub(super) fn of_subject<'a, R>(rows: &'a [R], by: Dimension, subject: impl Fn(&'a R) -> &'a Subject) -> Columns<'a, R> {
    let columns = Columns::of(rows).text(by.name(), |r| subject(r).id());
    if by == Dimension::Formula { columns.text("label", |r| &subject(r).label) } else { columns }
}

/// What text of a language is measured in.
pub(super) fn unit(language: &str) -> &'static str {
    if language == "zh" { "characters" } else { "words" }
}

impl Tally {
    /// What `filter` leaves of `scan`, by the `keys` (expressions over segments and hits, named `key0`, `key1` … here) and by the
    /// `subjects`, dimensions of formulas.
    pub fn of(scan: &Scan, filter: &Filter, keys: Vec<Expr>, subjects: &[Dimension]) -> Result<Tally> {
        let Selected { segments, hits } = filter.select(scan, subjects.contains(&Dimension::Formula))?;
        let names: Vec<String> = (0..keys.len()).map(|i| format!("key{i}")).collect();
        let keys: Vec<Expr> = keys.into_iter().zip(&names).map(|(key, name)| key.fill_null(lit("")).alias(name.as_str())).collect();
        let by: Vec<Expr> = names.iter().map(|n| col(n.as_str())).chain([col("language"), col("document")]).collect();
        let text = segments.with_columns(keys.clone()).group_by(by.clone()).agg([col("exposure").sum()]).sort(["document"], SortMultipleOptions::default());
        let mut hits = hits.with_columns(keys).with_column(col("label").fill_null(lit("")));
        if subjects.contains(&Dimension::Theme) {
            hits = by_single_theme(hits, filter);
        }
        let mut of_subject: Vec<&str> = subjects.iter().map(|d| d.name()).collect();
        if subjects.contains(&Dimension::Formula) {
            of_subject.push("label");
        }
        let by: Vec<Expr> = by.into_iter().chain(of_subject.iter().map(|c| col(*c))).collect();
        let uses = hits.group_by(by).agg([len().cast(DataType::Int64).alias("occurrences")]).sort(["document"], SortMultipleOptions::default());
        let asked = if subjects == [Dimension::Formula] { asked(scan, filter)? } else { Vec::new() };
        Tally::folded(&text.collect()?, &uses.collect()?, &names, &of_subject, &asked)
    }

    /// The numbers of the subjects that occur in any of the cells, and of those that were asked for, in order.
    pub fn occurring(&self, cells: &[(&[String], &Cell)]) -> Vec<usize> {
        let mut all: Vec<usize> = cells.iter().flat_map(|(_, cell)| cell.uses.keys().copied()).chain(self.asked.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn folded(text: &DataFrame, uses: &DataFrame, names: &[String], of_subject: &[&str], asked: &[Subject]) -> Result<Tally> {
        let columns = |frame: &DataFrame, names: &[&str]| -> Result<Vec<Vec<String>>> { names.iter().map(|n| texts(frame, n)).collect() };
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let row = |columns: &[Vec<String>], i: usize| -> Vec<String> { columns.iter().map(|c| c[i].clone()).collect() };
        let (keys, languages, documents) = (columns(text, &names)?, texts(text, "language")?, texts(text, "document")?);
        let mut numbered: HashMap<&str, usize> = HashMap::new();
        let mut tally = Tally::default();
        for (i, exposure) in numbers(text, "exposure")?.into_iter().enumerate() {
            let next = numbered.len();
            let document = *numbered.entry(&documents[i]).or_insert(next);
            if exposure > 0 {
                tally.cells.entry((languages[i].clone(), row(&keys, i))).or_default().text.push((document, exposure as f64));
            }
        }
        tally.documents = numbered.len();
        let subjects = columns(uses, of_subject)?;
        let with_label = of_subject.last() == Some(&"label");
        let subject = |i: usize| {
            let mut values = row(&subjects, i);
            let label = if with_label { values.pop().unwrap_or_default() } else { String::new() };
            Subject { values, label }
        };
        let (keys, languages, documents) = (columns(uses, &names)?, texts(uses, "language")?, texts(uses, "document")?);
        let mut all: Vec<Subject> = (0..uses.height()).map(subject).collect();
        let of_row = all.clone();
        let known = |wanted: &Subject, all: &[Subject]| all.iter().any(|s| s.values == wanted.values);
        let absent: Vec<Subject> = asked.iter().filter(|s| !known(s, &all)).cloned().collect();
        all.extend(absent);
        all.sort();
        all.dedup();
        for (i, occurrences) in numbers(uses, "occurrences")?.into_iter().enumerate() {
            let (Some(&document), Ok(subject)) = (numbered.get(documents[i].as_str()), all.binary_search(&of_row[i])) else { continue };
            let cell = tally.cells.entry((languages[i].clone(), row(&keys, i))).or_default();
            cell.add_empty(document);
            cell.uses.entry(subject).or_default().push((document, occurrences as f64));
        }
        tally.asked = asked.iter().filter_map(|wanted| all.iter().position(|s| s.values == wanted.values)).collect();
        tally.subjects = all;
        Ok(tally)
    }

    /// The languages, each with its cells, in order.
    pub fn by_language(&self) -> Vec<(&str, Keyed<'_>)> {
        let mut languages: BTreeMap<&str, Keyed<'_>> = BTreeMap::new();
        for ((language, key), cell) in &self.cells {
            languages.entry(language).or_default().push((key, cell));
        }
        languages.into_iter().collect()
    }
}

/// The formulas that the filter names, with their labels as far as the scan knows them.
fn asked(scan: &Scan, filter: &Filter) -> Result<Vec<Subject>> {
    if filter.formulas.is_empty() {
        return Ok(Vec::new());
    }
    let labels: HashMap<String, String> = texts(&scan.hits, "formula")?.into_iter().zip(texts(&scan.hits, "label")?).collect();
    let of_family = |id: &String| scan.manifest.families.as_ref().and_then(|f| f.get(id)).map(|f| f.label.clone());
    let subject = |id: &String| Subject { values: vec![id.clone()], label: labels.get(id).cloned().or_else(|| of_family(id)).unwrap_or_default() };
    Ok(filter.formulas.iter().map(subject).collect())
}

/// A row for each theme of a hit; of the themes asked for, if any are.
fn by_single_theme(hits: LazyFrame, filter: &Filter) -> LazyFrame {
    let themes = col("theme").fill_null(lit("")).str().split(lit("|"));
    let single = hits.with_column(themes).explode(by_name(["theme"], true, false), ExplodeOptions { empty_as_null: true, keep_nulls: true });
    match filter.themes.iter().map(|t| col("theme").eq(lit(t.clone()))).reduce(Expr::or) {
        Some(wanted) => single.filter(wanted),
        None => single,
    }
}
