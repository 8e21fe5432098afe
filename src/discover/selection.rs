//! Which segments are searched, and which are only held against them.

use chrono::NaiveDate;
use polars::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::grams::{Place, SLICES};
use super::texts::LANGUAGES;
use crate::analysis::{Filter, Group, speaker_expr};
use crate::error::Result;
use crate::scan::Scan;
use crate::table::{day_number, numbers, texts};
use crate::text::Language;

/// What candidates are held against, beside ordinary language.
#[derive(Debug, Clone)]
pub enum Against {
    /// All of the corpus that the filters leave out.
    Rest,
    /// A part of it.
    Group(Group),
}

/// The segments of a corpus that matter.
#[derive(Debug, Default)]
pub(super) struct Selection {
    /// The numbers of documents.
    numbers: FxHashMap<String, u32>,
    /// By document: the numbers of segments, and what they are.
    spots: Vec<Vec<(u32, Spot)>>,
    /// The speakers, as tables show them.
    pub speakers: Vec<String>,
    speaker_numbers: FxHashMap<String, u32>,
    /// What a document stands or falls with, where that is in both languages.
    units: Vec<Option<Unit>>,
    /// How many such units there are.
    pub shared_units: usize,
    /// How many documents of a language are searched, before the day that divides the period and since.
    documents: FxHashMap<Language, [usize; 2]>,
    /// How many segments are left out, as they have no day and the period is divided.
    pub undated: usize,
}

/// Documents in two languages that tell the same, or all of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Unit {
    Day(i32),
    /// The number of the first of them.
    Documents(u32),
}

/// A segment that matters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub place: Place,
    /// The number of its speaker.
    pub speaker: u32,
    pub day: Option<i32>,
}

impl Selection {
    /// What `filter` leaves of `scan`, and what that is held `against`. With `since`, the period is divided there.
    pub fn of(scan: &Scan, filter: &Filter, against: Option<&Against>, since: Option<NaiveDate>) -> Result<Selection> {
        let mut selection = Selection::default();
        let since = since.and_then(day_number);
        let mut searched = rows(filter.select(scan, false)?.segments)?;
        let all = searched.len();
        if since.is_some() {
            // What has no day is neither before nor since.
            searched.retain(|row| row.day.is_some());
        }
        selection.undated = all - searched.len();
        let is_late = |row: &Row| since.is_some_and(|since| row.day.is_some_and(|day| day >= since));
        let mut taken: FxHashSet<(&str, u32)> = FxHashSet::default();
        for row in &searched {
            selection.add(row, Place { late: is_late(row), ..Place::default() });
            taken.insert((&row.document, row.segment));
        }
        selection.align(scan, &searched)?;
        selection.slice();
        for language in LANGUAGES {
            let own = || searched.iter().filter(|row| row.language == language.code());
            let of = |late: bool| own().filter(|row| is_late(row) == late).map(|row| row.document.as_str()).collect::<FxHashSet<&str>>().len();
            selection.documents.insert(language, [of(false), of(true)]);
        }
        let whole = Filter {
            languages: filter.languages.clone(),
            keep_duplicates: filter.keep_duplicates,
            first_of_translations: filter.first_of_translations,
            date: filter.date,
            ..Filter::default()
        };
        let others = match against {
            None => Vec::new(),
            Some(Against::Rest) => rows(whole.select(scan, false)?.segments)?,
            Some(Against::Group(group)) => rows(whole.select(scan, false)?.segments.filter(group.expr(scan)?))?,
        };
        for row in others.iter().filter(|row| !taken.contains(&(row.document.as_str(), row.segment))) {
            selection.add(row, Place { reference: true, ..Place::default() });
        }
        Ok(selection)
    }

    fn add(&mut self, row: &Row, place: Place) {
        let next = self.spots.len() as u32;
        let document = *self.numbers.entry(row.document.clone()).or_insert(next);
        if document == next {
            self.spots.push(Vec::new());
        }
        let speaker = *self.speaker_numbers.entry(row.speaker.clone()).or_insert(self.speakers.len() as u32);
        if speaker as usize == self.speakers.len() {
            self.speakers.push(row.speaker.clone());
        }
        let place = Place { document, speaker: (speaker % u32::from(SLICES)) as u8, ..place };
        self.spots[document as usize].push((row.segment, Spot { place, speaker, day: row.day }));
    }

    /// Cuts the period into parts of as many documents each, by their first day; without days, in their order.
    fn slice(&mut self) {
        let day = |spots: &Vec<(u32, Spot)>| spots.iter().filter_map(|(_, s)| s.day).min();
        let mut order: Vec<usize> = (0..self.spots.len()).collect();
        order.sort_by_key(|d| (day(&self.spots[*d]), *d));
        let all = order.len().max(1);
        for (rank, document) in order.into_iter().enumerate() {
            let slice = (rank * usize::from(SLICES) / all) as u8;
            self.spots[document].iter_mut().for_each(|(_, spot)| spot.place.slice = slice);
        }
    }

    /// How many documents of a language are searched, before the day that divides the period and since.
    pub fn documents(&self, language: Language) -> [usize; 2] {
        self.documents.get(&language).copied().unwrap_or_default()
    }

    /// The segments of a document that matter, by number from 1.
    pub fn in_document(&self, id: &str) -> &[(u32, Spot)] {
        self.numbers.get(id).map_or(&[], |number| &self.spots[*number as usize])
    }

    /// With what a document is aligned, if that is in both languages.
    pub fn unit_of(&self, document: u32) -> Option<Unit> {
        self.units.get(document as usize).copied().flatten()
    }

    /// Aligns each document with its translation, the others with those of their day.
    fn align(&mut self, scan: &Scan, searched: &[Row]) -> Result<()> {
        let number = |id: &String| self.numbers.get(id).copied();
        let (ids, originals) = (texts(&scan.documents, "document")?, texts(&scan.documents, "translation_of")?);
        let mut units: Vec<Option<Unit>> = self.spots.iter().map(|spots| spots.iter().find_map(|(_, s)| s.day).map(Unit::Day)).collect();
        for (own, original) in ids.iter().zip(&originals).filter_map(|(id, original)| Some((number(id)?, number(original)?))) {
            units[own as usize] = Some(Unit::Documents(original));
            units[original as usize] = Some(Unit::Documents(original));
        }
        let mut languages: FxHashMap<Unit, FxHashSet<&str>> = FxHashMap::default();
        for row in searched {
            if let Some(unit) = number(&row.document).and_then(|n| units[n as usize]) {
                languages.entry(unit).or_default().insert(&row.language);
            }
        }
        languages.retain(|_, languages| languages.contains("en") && languages.contains("zh"));
        units.iter_mut().for_each(|unit| *unit = unit.filter(|u| languages.contains_key(u)));
        self.shared_units = languages.len();
        self.units = units;
        Ok(())
    }

    /// Makes all of it the reference of another one.
    pub fn into_reference(mut self) -> Selection {
        self.spots.iter_mut().flatten().for_each(|(_, spot)| spot.place.reference = true);
        self
    }
}

/// What a table of segments says of one.
struct Row {
    document: String,
    segment: u32,
    speaker: String,
    language: String,
    day: Option<i32>,
}

fn rows(segments: LazyFrame) -> Result<Vec<Row>> {
    let columns = [col("document"), col("segment"), speaker_expr().fill_null(lit("")).alias("speaker"), col("language"), col("date")];
    let frame = segments.select(columns).collect()?;
    let [documents, speakers, languages] = ["document", "speaker", "language"].map(|name| texts(&frame, name));
    let days = frame.column("date")?.cast(&DataType::Int32)?;
    let all = documents?.into_iter().zip(numbers(&frame, "segment")?).zip(speakers?).zip(languages?).zip(days.i32()?.iter());
    let row = |((((document, segment), speaker), language), day)| Row { document, segment: segment as u32, speaker, language, day };
    Ok(all.map(row).collect())
}
