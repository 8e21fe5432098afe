//! Where the texts of a file become documents: each with what is said of it elsewhere, split, named, laid out and looked over,
//! many side by side, and given away in order.

use std::collections::HashMap;

use rayon::prelude::*;

use super::document::{Document, Problem};
use super::encoding::damage;
use super::lay::{Laid, Source as Place, lay};
use super::limits::{TOO_LARGE, too_large};
use super::neighbours::Neighbours;
use super::options::Reading;
use super::raw::{Field, Meta, Raw};
use super::sidecar::{Said, said_of};
use super::split::split;
use crate::people::People;

/// So many bytes of text are given away at a time, or one document that is longer.
const BATCH: usize = 4 << 20;

/// What is said of all texts of a file.
struct Brief<'a> {
    reading: &'a Reading,
    said: Option<&'a Said>,
    by_name: Meta,
    path: &'a str,
    people: &'a People,
}

/// The texts of a file on their way.
pub(super) struct Desk<'a> {
    brief: Brief<'a>,
    /// The names of the documents, where two might be called the same.
    taken: HashMap<String, usize>,
    neighbours: Neighbours,
    ready: Vec<Document>,
    size: usize,
    take: &'a mut dyn FnMut(Vec<Document>),
    /// Whether a document has been given away.
    pub has_given: bool,
    /// What was wrong with what was found, in laying it out, and with the characters of the text.
    pub found: Vec<Problem>,
    laid: Vec<Problem>,
    damaged: Vec<Problem>,
}

/// A text that will be a document.
struct Job<'a> {
    raw: Raw,
    place: Place<'a>,
}

impl<'a> Desk<'a> {
    pub fn new(reading: &'a Reading, said: Option<&'a Said>, path: &'a str, people: &'a People, take: &'a mut dyn FnMut(Vec<Document>)) -> Self {
        let by_name = reading.path_pattern.as_ref().map(|p| (p, p.read(path)));
        let mut laid = Vec::new();
        if let Some((pattern, None)) = &by_name {
            laid.push(Problem::new(path, "metadata", format!("its name is not of the pattern {}", pattern.as_str())));
        }
        Desk {
            brief: Brief { reading, said, by_name: by_name.and_then(|(_, said)| said).unwrap_or_default(), path, people },
            taken: HashMap::new(),
            neighbours: Neighbours::default(),
            ready: Vec::new(),
            size: 0,
            take,
            has_given: false,
            found: Vec::new(),
            laid,
            damaged: Vec::new(),
        }
    }

    /// Takes texts of one format. `are_named` says that no two documents of the file can have their names.
    pub fn put(&mut self, raws: Vec<Raw>, format: &str, are_named: bool) {
        let brief = &self.brief;
        let prepared: Vec<Result<Vec<Job<'_>>, Problem>> = raws.into_par_iter().map(|raw| brief.prepare(raw, format)).collect();
        let mut jobs = Vec::new();
        for found in prepared {
            found.map_or_else(|problem| self.found.push(problem), |own| jobs.extend(own));
        }
        if !are_named || brief.reading.split.is_some() {
            for job in &mut jobs {
                job.raw.record = unused(&job.raw.record, &mut self.taken);
            }
        }
        let done: Vec<(Laid, Option<Problem>)> = jobs.into_par_iter().map(|job| finished(job.raw, &job.place)).collect();
        for (laid, damaged) in done {
            self.laid.extend(laid.problems);
            self.damaged.extend(damaged);
            self.size += laid.document.text.len();
            self.neighbours.push(laid.document, &mut self.ready);
        }
        if self.size >= BATCH {
            self.give();
        }
    }

    fn give(&mut self) {
        self.size = 0;
        if !self.ready.is_empty() {
            self.has_given = true;
            (self.take)(std::mem::take(&mut self.ready));
        }
    }

    /// Gives the last documents away, and says what was wrong with the file, in which `others` is as well.
    pub fn finish(&mut self, others: Vec<Problem>) -> Vec<Problem> {
        self.neighbours.finish(None, &mut self.ready);
        self.give();
        let mut problems = others;
        problems.append(&mut self.found);
        problems.append(&mut self.laid);
        if !self.has_given && problems.is_empty() {
            problems.push(Problem::new(self.brief.path, "empty", "holds no text"));
        }
        problems.append(&mut self.damaged);
        problems
    }
}

impl Brief<'_> {
    /// A text with what is said of it, or the documents into which it is split.
    fn prepare<'s>(&'s self, mut raw: Raw, format: &'s str) -> Result<Vec<Job<'s>>, Problem> {
        // What the researcher says of a file goes before what the file says.
        let mut meta = said_of(&raw.record, self.said);
        meta.add(&self.by_name);
        if let Some(genre) = self.reading.genre {
            meta.say(Field::Genre, genre.name(), "option");
        }
        meta.add(&raw.meta);
        raw.meta = meta;
        let place = Place::new(self.path, format, self.people);
        let Some((above, parts)) = self.reading.split.as_ref().and_then(|how| split(&raw, how)) else {
            self.measure(&raw)?;
            return Ok(vec![Job { raw, place }]);
        };
        parts.iter().try_for_each(|part| self.measure(part))?;
        // A part that shows no date of its own has that of what stands above all of them, or of the file.
        let place = place.part_of(&lay(Raw { record: String::new(), ..above }, &place).document);
        Ok(parts.into_iter().map(|raw| Job { raw, place: place.clone() }).collect())
    }

    fn measure(&self, raw: &Raw) -> Result<(), Problem> {
        let (size, limit) = (raw.text.len() as u64, self.reading.max_document);
        if size <= limit { Ok(()) } else { Err(Problem::of(self.path, &raw.record, TOO_LARGE, too_large("the text", Some(size), limit))) }
    }
}

fn finished(raw: Raw, place: &Place<'_>) -> (Laid, Option<Problem>) {
    let laid = lay(raw, place);
    let of = &laid.document;
    let damaged = damage(&of.text).map(|(kind, message)| Problem::of(&of.path, &of.record, kind, message));
    (laid, damaged)
}

/// `record`, with a number if another document of the file is called so: in an archive, names may stand twice.
fn unused(record: &str, taken: &mut HashMap<String, usize>) -> String {
    let mut name = record.to_owned();
    while taken.contains_key(&name) {
        let times = taken.entry(record.to_owned()).or_default();
        *times += 1;
        name = format!("{record}~{}", *times + 1);
    }
    taken.insert(name.clone(), 0);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_stand_twice_are_told_apart() {
        let mut taken = HashMap::new();
        let names = ["a", "a", "b", "a~2", "a", "a~2"].map(|name| unused(name, &mut taken));
        assert_eq!(names, ["a", "a~2", "b", "a~2~2", "a~3", "a~2~3"]);
    }
}
