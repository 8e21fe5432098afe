//! Tables of rows that never stand in memory as a whole: they are read twice, first for what all rows together say of the
//! columns, then for the texts. What is read at a time is read side by side.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};

use rayon::prelude::*;

use super::document::Problem;
use super::encoding::{Watch, lossy};
use super::evidence::{Evidence, may_hold};
use super::formats::{self, Head, UNCLOSED, is_unclosed, json_lines, quotes};
use super::limits::MOST_COLUMNS;
use super::options::Reading;
use super::raw::{Field, Raw};
use super::rows::{Cutter, Part, Sizes};
use super::tabular::{Bad, Columns, Row, Table};
use crate::text::letters;

/// A table of rows.
#[derive(Debug)]
pub(super) struct Stream<'a> {
    pub path: &'a str,
    /// The record below which its rows are named.
    pub prefix: &'a str,
    /// The name of the file if it is a table of cells; else it has an object a line.
    pub cells: Option<&'a str>,
    pub reading: &'a Reading,
    /// Whether it is known to be text.
    pub is_decoded: bool,
    pub sizes: Sizes,
}

/// What all rows together say.
#[derive(Debug, Default)]
pub(super) struct Survey {
    names: Vec<String>,
    of: HashMap<String, usize>,
    evidence: Evidence,
    bad: Vec<Bad>,
    head: Option<Head>,
    /// The last row, of which the end of the file says whether it is one.
    last: Option<Row<'static>>,
    /// Whether a cell of it holds a line end.
    is_broken: bool,
    /// The row that is none since a quotation mark is not closed.
    unclosed: Option<usize>,
    quotes: usize,
    last_sign: Option<char>,
    /// Whether it is text.
    pub watch: Watch,
}

/// The longest first row that names columns.
const LONGEST_HEAD: usize = 1 << 20;

type Reader<'r> = Box<dyn Read + 'r>;

impl Stream<'_> {
    /// The first pass, over bytes that begin with `head`.
    pub fn survey(&self, reader: Reader<'_>, head: &[u8]) -> io::Result<Survey> {
        let head = self.cells.map(|name| {
            let text = String::from_utf8_lossy(&head[..head.len().min(LONGEST_HEAD)]);
            Head::of(name, text.trim_start_matches('\u{FEFF}'))
        });
        let mut cutter = Cutter::new(reader, head.as_ref(), self.reading.max_document, self.sizes);
        let mut survey = Survey { head, ..Survey::default() };
        while let Some(batch) = cutter.next()? {
            survey.bad.extend(batch.refused);
            let bytes = batch.bytes;
            let read = |part: &Part| {
                let (bytes, mut watch) = (&bytes[part.range.clone()], Watch::default());
                let text = lossy(bytes);
                if !self.is_decoded {
                    watch.see(bytes, &text);
                }
                (text, watch)
            };
            let texts: Vec<_> = batch.parts.par_iter().map(read).collect();
            texts.iter().for_each(|(_, watch)| survey.watch.add(watch));
            let parts: Vec<(&Part, &str)> = batch.parts.iter().zip(texts.iter().map(|(text, _)| &**text)).collect();
            if self.cells.is_some() {
                survey.add_cells(&parts, self.reading);
            } else {
                survey.add_lines(&parts, self.reading);
            }
        }
        survey.finish();
        Ok(survey)
    }

    /// What the first pass found: the columns, if there are any that say something.
    pub fn columns(&self, survey: &Survey, problems: &mut Vec<Problem>) -> Option<Columns> {
        problems.extend(survey.bad.iter().map(|bad| bad.problem(self.path, self.prefix)));
        if survey.names.is_empty() && !survey.bad.is_empty() {
            return None;
        }
        if survey.names.len() >= MOST_COLUMNS {
            let message = format!("has more than {MOST_COLUMNS} different keys; those that come later are passed over");
            problems.push(Problem::of(self.path, self.prefix, "metadata", message));
        }
        let found = Columns::find(&survey.names, &survey.evidence, self.reading);
        found.map_err(|message| problems.push(Problem::of(self.path, self.prefix, "columns", message))).ok()
    }

    /// The second pass: gives the texts to `each`, in order, as they come.
    pub fn texts(&self, reader: Reader<'_>, survey: &Survey, columns: &Columns, each: &mut dyn FnMut(Vec<Raw>, Vec<Problem>)) -> io::Result<()> {
        let mut cutter = Cutter::new(reader, survey.head.as_ref(), self.reading.max_document, self.sizes);
        let wanted: HashSet<usize> = columns.all().collect();
        let names: HashMap<&str, usize> = wanted.iter().map(|c| (survey.names[*c].as_str(), *c)).collect();
        while let Some(batch) = cutter.next()? {
            let read = |part: &Part| {
                let text = lossy(&batch.bytes[part.range.clone()]);
                let mut problems = Vec::new();
                let mut raws = if let Some(head) = &survey.head {
                    let mut table = head.clone().rows(&text, (part.rows, part.lines + 1), &|column| wanted.contains(&column));
                    table.rows.retain(|row| Some(row.place) != survey.unclosed);
                    columns.texts(table.rows, self.path, self.prefix, &mut problems)
                } else {
                    let table = json_lines(&text, part.rows + 1, &|key| names.contains_key(key));
                    let places: HashMap<usize, usize> = table.columns.iter().enumerate().filter_map(|(i, n)| Some((*names.get(n.as_str())?, i))).collect();
                    let columns = columns.moved(|column| places.get(&column).copied());
                    columns.texts(table.rows, self.path, self.prefix, &mut problems)
                };
                raws.iter_mut().for_each(formats::unmark);
                (raws, problems)
            };
            let parts: Vec<(Vec<Raw>, Vec<Problem>)> = batch.parts.par_iter().map(read).collect();
            let (raws, problems): (Vec<Vec<Raw>>, Vec<Vec<Problem>>) = parts.into_iter().unzip();
            each(raws.into_iter().flatten().collect(), problems.into_iter().flatten().collect());
        }
        Ok(())
    }
}

impl Survey {
    fn add_lines(&mut self, parts: &[(&Part, &str)], reading: &Reading) {
        let has_sample = self.evidence.has_sample();
        let matters = |key: &str| {
            let letters = letters(key);
            !has_sample || [Field::Date, Field::Id].iter().any(|field| may_hold(&letters, key, *field, reading))
        };
        let tables: Vec<Table<'_>> = parts.par_iter().map(|(part, text)| json_lines(text, part.rows + 1, &matters)).collect();
        for table in tables {
            let places: Vec<usize> = table.columns.into_iter().map(|name| self.named(name)).collect();
            self.evidence.name(&self.names, reading);
            table.rows.iter().for_each(|row| self.evidence.add_at(row, &|column| places[column]));
            self.bad.extend(table.bad);
        }
    }

    fn named(&mut self, name: String) -> usize {
        let next = self.names.len();
        if next >= MOST_COLUMNS {
            return self.of.get(&name).copied().unwrap_or(next);
        }
        *self.of.entry(name).or_insert_with_key(|name| {
            self.names.push(name.clone());
            next
        })
    }

    fn add_cells(&mut self, parts: &[(&Part, &str)], reading: &Reading) {
        self.quotes += parts.par_iter().map(|(_, text)| quotes(text)).sum::<usize>();
        self.last_sign = parts.iter().rev().find_map(|(_, text)| text.trim_end().chars().next_back()).or(self.last_sign);
        let Some(head) = &mut self.head else { return };
        // The first row, in the last part with none before it, says what the others are.
        let firsts = parts.iter().take_while(|(part, _)| part.rows == 0).count();
        let mut tables: Vec<Table<'static>> = Vec::new();
        for (part, text) in &parts[..firsts] {
            tables.push(head.rows(text, (part.rows, part.lines + 1), &|_| true));
        }
        if self.names.is_empty() {
            self.names.clone_from(&head.columns);
            self.evidence.name(&self.names, reading);
        }
        let all = !self.evidence.has_sample();
        let dates_or_ids: HashSet<usize> = self.evidence.matter().collect();
        let rest = parts[firsts..].par_iter().map(|(part, text)| head.clone().rows(text, (part.rows, part.lines + 1), &|c| all || dates_or_ids.contains(&c)));
        tables.extend(rest.collect::<Vec<_>>());
        for mut table in tables {
            self.bad.extend(table.bad);
            let Some(last) = table.rows.pop() else { continue };
            self.is_broken = table.is_broken;
            for row in self.last.replace(last).iter().chain(&table.rows) {
                self.evidence.add(row);
            }
        }
    }

    fn finish(&mut self) {
        let Some(last) = self.last.take() else { return };
        if is_unclosed(self.quotes, self.last_sign) && self.is_broken {
            self.unclosed = Some(last.place);
            self.bad.push(Bad::new(&last.place.to_string(), UNCLOSED));
        } else {
            self.evidence.add(&last);
        }
    }
}
