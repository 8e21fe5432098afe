//! What depends on all documents: which are copies of others, and which are translations.
//!
//! Little is kept of each document until all of them are there: its id, date, language, signature and number of hits, some 500
//! bytes. All of it stands in the tables too, so that scans of parts can be put together first.

use std::collections::HashSet;

use polars::prelude::*;

use super::copies::copies;
use super::rows::{Formulas, Scanned};
use super::translations::translations;
use crate::corpus::Signature;
use crate::error::{Error, Result};

/// The documents, as far as they matter for the whole.
#[derive(Debug, Default)]
pub(super) struct Whole {
    /// Their ids, one after the other, and where each ends.
    ids: String,
    ends: Vec<usize>,
    items: Vec<Item>,
    /// Names of languages, by number.
    languages: Vec<String>,
    bins: Vec<u8>,
    marks: Vec<u32>,
    /// The document whose hits came last.
    current: usize,
    /// The formulas that occur.
    pub formulas: HashSet<String>,
}

/// A document, as far as it matters here.
#[derive(Debug)]
struct Item {
    date: Option<i32>,
    language: u8,
    hits: u32,
    /// Hash of its letters; 0 without any.
    exact: u64,
    /// Where its MinHash stands in `bins`, if it has one.
    bins: Option<usize>,
    /// Where the marks of its title, and then those of its text, stand in `marks`.
    title: usize,
    text: usize,
    end: usize,
}

/// What is found out at the end.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// For each document the one of which it is a copy.
    pub copies: Vec<Option<usize>>,
    /// For each document the one of which it is a translation.
    pub translations: Vec<Option<usize>>,
}

impl Whole {
    /// Adds documents.
    pub fn add_documents(&mut self, documents: &DataFrame) -> Result<()> {
        let text = |name: &str| -> Result<StringChunked> { Ok(documents.column(name)?.str()?.clone()) };
        let (ids, languages, signatures) = (text("document")?, text("language")?, text("signature")?);
        let dates = documents.column("date")?.date()?.physical().clone();
        for (((id, language), signature), date) in ids.iter().zip(languages.iter()).zip(signatures.iter()).zip(dates.iter()) {
            self.add(id.unwrap_or(""), date, language.unwrap_or(""), &Signature::from_cell(signature.unwrap_or("")));
        }
        Ok(())
    }

    /// Adds a document. `date` is in days since 1970, as tables have it; its languages are joined with `|`.
    pub fn add(&mut self, id: &str, date: Option<i32>, languages: &str, signature: &Signature) {
        self.ids.push_str(id);
        self.ends.push(self.ids.len());
        let language = self.language(languages.split('|').next().unwrap_or(""));
        let item = self.item(date, language, signature);
        self.items.push(item);
    }

    /// Adds a document that has just been read, with its hits.
    pub fn add_read(&mut self, read: &Scanned, formulas: &Formulas) {
        let date = read.document.date().and_then(crate::table::day_number);
        self.add(&read.document.id, date, &read.languages, &read.signature);
        if let Some(item) = self.items.last_mut() {
            item.hits = u32::try_from(read.hits.len()).unwrap_or(u32::MAX);
        }
        for hit in &read.hits {
            let formula = formulas.ids[hit.hit.formula].as_str();
            if !self.formulas.contains(formula) {
                self.formulas.insert(formula.to_owned());
            }
        }
    }

    /// Adds hits, which are in the order of the documents.
    pub fn add_hits(&mut self, hits: &DataFrame) -> Result<()> {
        let (documents, formulas) = (hits.column("document")?.str()?, hits.column("formula")?.str()?);
        for (document, formula) in documents.iter().zip(formulas.iter()) {
            let (document, formula) = (document.unwrap_or(""), formula.unwrap_or(""));
            while self.current < self.len() && self.id(self.current) != document {
                self.current += 1;
            }
            let Some(item) = self.items.get_mut(self.current) else {
                return Err(Error::Usage(format!("the hits of `{document}` do not stand where its document does; scan the corpus again, with --fresh")));
            };
            item.hits += 1;
            if !self.formulas.contains(formula) {
                self.formulas.insert(formula.to_owned());
            }
        }
        Ok(())
    }

    fn language(&mut self, name: &str) -> u8 {
        let at = self.languages.iter().position(|l| l == name).unwrap_or_else(|| {
            self.languages.push(name.to_owned());
            self.languages.len() - 1
        });
        u8::try_from(at).unwrap_or(u8::MAX)
    }

    fn item(&mut self, date: Option<i32>, language: u8, signature: &Signature) -> Item {
        let bins = (signature.bins.len() == crate::corpus::BINS).then_some(self.bins.len());
        if bins.is_some() {
            self.bins.extend(&signature.bins);
        }
        let title = self.marks.len();
        self.marks.extend(&signature.title);
        let text = self.marks.len();
        self.marks.extend(&signature.marks);
        let exact = u64::from_str_radix(&signature.exact, 16).unwrap_or(0);
        Item { date, language, hits: 0, exact, bins, title, text, end: self.marks.len() }
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn id(&self, i: usize) -> &str {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.ids[start..self.ends[i]]
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|i| self.id(i))
    }

    /// How many hits the documents have of which `is_meant` holds.
    pub fn hits(&self, is_meant: impl Fn(usize) -> bool) -> usize {
        self.items.iter().enumerate().filter(|(i, _)| is_meant(*i)).map(|(_, item)| item.hits as usize).sum()
    }

    pub fn date(&self, i: usize) -> Option<i32> {
        self.items[i].date
    }

    /// The number of its main language; none if that is not known.
    pub fn language_of(&self, i: usize) -> Option<u8> {
        let language = self.items[i].language;
        self.languages.get(usize::from(language)).filter(|l| *l != "und").map(|_| language)
    }

    pub fn exact(&self, i: usize) -> Option<u64> {
        Some(self.items[i].exact).filter(|e| *e != 0)
    }

    /// Its MinHash; empty for a short text.
    pub fn bins(&self, i: usize) -> &[u8] {
        self.items[i].bins.map_or(&[], |at| &self.bins[at..at + crate::corpus::BINS])
    }

    /// The marks of its title, in order.
    pub fn title_marks(&self, i: usize) -> &[u32] {
        &self.marks[self.items[i].title..self.items[i].text]
    }

    /// The marks of its text, in order.
    pub fn text_marks(&self, i: usize) -> &[u32] {
        &self.marks[self.items[i].text..self.items[i].end]
    }

    /// Finds the copies and translations.
    pub fn mark(&self) -> Marked {
        // The first by date is the original; without a date, the last.
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_key(|&i| (self.date(i).is_none(), self.date(i), i));
        let copies = copies(self, &order);
        let translations = translations(self, &order, &copies);
        Marked { copies, translations }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The documents with these dates, languages and signatures; their ids are numbers.
    pub fn whole(of: &[(Option<i32>, &str, Signature)]) -> Whole {
        let mut whole = Whole::default();
        for (i, (date, language, signature)) in of.iter().enumerate() {
            whole.ids.push_str(&i.to_string());
            whole.ends.push(whole.ids.len());
            let language = whole.language(language);
            let item = whole.item(*date, language, signature);
            whole.items.push(item);
        }
        whole
    }

    #[test]
    fn what_is_kept_is_what_was_said() {
        let signature = Signature { exact: "00000000000000ff".into(), bins: vec![7; 128], title: vec![1], marks: vec![2, 3] };
        let whole = whole(&[(None, "und", Signature::default()), (Some(5), "en", signature)]);
        assert_eq!((whole.id(0), whole.id(1), whole.len()), ("0", "1", 2));
        assert_eq!((whole.exact(0), whole.exact(1), whole.language_of(0), whole.language_of(1)), (None, Some(255), None, Some(1)));
        assert_eq!((whole.bins(0).len(), whole.bins(1), whole.title_marks(1), whole.text_marks(1)), (0, &[7_u8; 128][..], &[1_u32][..], &[2_u32, 3][..]));
    }
}
