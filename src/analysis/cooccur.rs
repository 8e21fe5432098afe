//! Which formulas stand together: in the same document, paragraph or sentence.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::*;

use super::filter::{Filter, Selected};
use crate::error::{Error, Result};
use crate::scan::Scan;
use crate::stats::{Association, association};
use crate::table::{Columns, numbers, texts};

/// A pair together in fewer units than this says so.
const FEW_UNITS: usize = 5;

/// Within what formulas stand together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Within {
    /// The document.
    #[default]
    Document,
    /// The paragraph.
    Paragraph,
    /// The sentence.
    Sentence,
}

impl Within {
    fn name(self) -> &'static str {
        match self {
            Within::Document => "document",
            Within::Paragraph => "paragraph",
            Within::Sentence => "sentence",
        }
    }
}

/// What a matrix shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Measure {
    /// Units with both; with itself, units with the formula.
    #[default]
    Together,
    /// Normalised pointwise mutual information.
    Npmi,
    /// Lift.
    Lift,
    /// The log-likelihood ratio.
    G2,
}

/// A document, paragraph and sentence, as far as the unit goes that deep.
type Unit<'a> = (&'a str, u64, u64);

/// The formulas in each unit, by id and label.
type Found<'a> = BTreeMap<Unit<'a>, BTreeSet<(&'a str, &'a str)>>;

/// The pairs of formulas of a scan.
#[derive(Debug)]
pub struct Cooccurrence {
    within: Within,
    languages: Vec<OfLanguage>,
}

#[derive(Debug)]
struct OfLanguage {
    code: String,
    units: usize,
    /// Id, label, and the number of units with it.
    formulas: Vec<(String, String, usize)>,
    /// By the numbers of two formulas, the first less than the second: units and documents with both.
    pairs: BTreeMap<(usize, usize), (usize, usize)>,
}

struct Row<'a> {
    of: &'a OfLanguage,
    first: usize,
    second: usize,
    together: usize,
    documents: usize,
    found: Option<Association>,
}

impl Cooccurrence {
    /// What `filter` leaves of `scan`.
    ///
    /// # Errors
    /// A filter with an unknown value.
    pub fn of(scan: &Scan, within: Within, filter: &Filter) -> Result<Cooccurrence> {
        let Selected { segments, hits } = filter.select(scan, true)?;
        let (segments, hits) = (segments.filter(col("exposure").gt(lit(0))).collect()?, hits.collect()?);
        let (documents, languages, paragraphs) = (texts(&segments, "document")?, texts(&segments, "language")?, numbers(&segments, "paragraph")?);
        let (first, last) = (numbers(&segments, "first_sentence")?, numbers(&segments, "last_sentence")?);
        let mut units: BTreeMap<&str, BTreeSet<Unit<'_>>> = BTreeMap::new();
        for (i, document) in documents.iter().enumerate() {
            let sentences = if within == Within::Sentence { first[i]..=last[i] } else { 0..=0 };
            let paragraph = if within == Within::Document { 0 } else { paragraphs[i] };
            units.entry(&languages[i]).or_default().extend(sentences.map(|s| (document.as_str(), paragraph, s)));
        }
        let (documents, languages, paragraphs) = (texts(&hits, "document")?, texts(&hits, "language")?, numbers(&hits, "paragraph")?);
        let (sentences, ids, labels) = (numbers(&hits, "sentence")?, texts(&hits, "formula")?, texts(&hits, "label")?);
        let mut found: BTreeMap<&str, Found<'_>> = BTreeMap::new();
        for (i, document) in documents.iter().enumerate() {
            let unit = match within {
                Within::Document => (document.as_str(), 0, 0),
                Within::Paragraph => (document.as_str(), paragraphs[i], 0),
                Within::Sentence => (document.as_str(), paragraphs[i], sentences[i]),
            };
            // Text without a word of its language (an acronym) is a unit all the same.
            units.entry(&languages[i]).or_default().insert(unit);
            found.entry(&languages[i]).or_default().entry(unit).or_default().insert((&ids[i], &labels[i]));
        }
        let of = |(code, found): (&str, Found<'_>)| OfLanguage::of(code, units.get(code).map_or(0, BTreeSet::len), &found);
        Ok(Cooccurrence { within, languages: found.into_iter().map(of).collect() })
    }

    /// One row a pair that is together in at least `least` units: the answer `cooccurrence`; by language, the most closely bound first.
    ///
    /// # Errors
    /// None that is known.
    pub fn pairs(&self, least: usize) -> Result<DataFrame> {
        let mut rows: Vec<Row<'_>> = Vec::new();
        for of in &self.languages {
            let count = of.formulas.len();
            let all = (0..count).flat_map(|first| (first + 1..count).map(move |second| (first, second)));
            let row = |(first, second): (usize, usize)| {
                let (together, documents) = of.together(first, second);
                Row { of, first, second, together, documents, found: of.association(first, second) }
            };
            rows.extend(all.filter(|(a, b)| of.together(*a, *b).0 >= least).map(row));
        }
        let g2 = |r: &Row<'_>| r.found.map_or(0.0, |a| a.g2 * (a.lift - 1.0).signum());
        rows.sort_by(|x, y| x.of.code.cmp(&y.of.code).then(g2(y).total_cmp(&g2(x))).then((x.first, x.second).cmp(&(y.first, y.second))));
        Columns::of(&rows)
            .text("formula_a", |r| &r.of.formulas[r.first].0)
            .text("label_a", |r| &r.of.formulas[r.first].1)
            .text("formula_b", |r| &r.of.formulas[r.second].0)
            .text("label_b", |r| &r.of.formulas[r.second].1)
            .text("language", |r| &r.of.code)
            .text("within", |_| self.within.name())
            .number("together", |r| Some(r.together as f64))
            .number("units_a", |r| Some(r.of.formulas[r.first].2 as f64))
            .number("units_b", |r| Some(r.of.formulas[r.second].2 as f64))
            .number("units", |r| Some(r.of.units as f64))
            .real("lift", |r| r.found.map(|a| a.lift))
            .real("npmi", |r| r.found.map(|a| a.npmi))
            .real("g2", |r| r.found.map(|a| a.g2))
            .number("documents", |r| Some(r.documents as f64))
            .text("note", |r| if r.together < FEW_UNITS { "few units" } else { "" })
            .frame()
    }

    /// A square of the `top` formulas in most units, by language. A formula and itself have the number of its units, or nothing.
    ///
    /// # Errors
    /// Text in several languages: a square is of one.
    pub fn matrix(&self, measure: Measure, top: usize) -> Result<DataFrame> {
        // A stray hit in text of an unknown language does not count as another one.
        let known: Vec<&OfLanguage> = self.languages.iter().filter(|l| l.code != "und" || self.languages.len() == 1).collect();
        let codes: Vec<&str> = known.iter().map(|l| l.code.as_str()).collect();
        let [of] = known.as_slice() else {
            if codes.is_empty() {
                return Columns::<()>::of(&[]).text("formula", |()| "").text("label", |()| "").text("language", |()| "").frame();
            }
            return Err(Error::Usage(format!("a matrix is of one language, and there are {}; choose one with --language", codes.join(", "))));
        };
        let mut shown: Vec<usize> = (0..of.formulas.len()).collect();
        shown.sort_by_key(|i| (std::cmp::Reverse(of.formulas[*i].2), *i));
        shown.truncate(top);
        shown.sort_unstable();
        let value = |a: usize, b: usize| -> Option<f64> {
            let found = || of.association(a.min(b), a.max(b));
            match measure {
                Measure::Together if a == b => Some(of.formulas[a].2 as f64),
                Measure::Together => Some(of.together(a.min(b), a.max(b)).0 as f64),
                _ if a == b => None,
                Measure::Npmi => found().map(|x| x.npmi),
                Measure::Lift => found().map(|x| x.lift),
                Measure::G2 => found().map(|x| x.g2),
            }
        };
        let mut columns = Columns::of(&shown).text("formula", |i| &of.formulas[*i].0).text("label", |i| &of.formulas[*i].1).text("language", |_| &of.code);
        for other in &shown {
            let name = &of.formulas[*other].0;
            columns = if measure == Measure::Together { columns.number(name, |i| value(*i, *other)) } else { columns.real(name, |i| value(*i, *other)) };
        }
        columns.frame()
    }
}

impl OfLanguage {
    fn of(code: &str, units: usize, found: &Found<'_>) -> OfLanguage {
        let mut formulas: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        found.values().flatten().for_each(|f| *formulas.entry(*f).or_default() += 1);
        let number: BTreeMap<(&str, &str), usize> = formulas.keys().enumerate().map(|(i, f)| (*f, i)).collect();
        let mut pairs: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
        let mut last: BTreeMap<(usize, usize), &str> = BTreeMap::new();
        for ((document, ..), together) in found {
            let together: Vec<usize> = together.iter().map(|f| number[f]).collect();
            for (i, first) in together.iter().enumerate() {
                for second in &together[i + 1..] {
                    let pair = pairs.entry((*first, *second)).or_default();
                    pair.0 += 1;
                    // Units come document by document.
                    pair.1 += usize::from(last.insert((*first, *second), document) != Some(document));
                }
            }
        }
        let formulas = formulas.into_iter().map(|((id, label), n)| (id.to_owned(), label.to_owned(), n)).collect();
        OfLanguage { code: code.to_owned(), units, formulas, pairs }
    }

    fn together(&self, first: usize, second: usize) -> (usize, usize) {
        self.pairs.get(&(first, second)).copied().unwrap_or_default()
    }

    fn association(&self, first: usize, second: usize) -> Option<Association> {
        let units = |i: usize| self.formulas[i].2 as f64;
        association(self.together(first, second).0 as f64, units(first), units(second), self.units as f64)
    }
}
