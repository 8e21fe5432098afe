//! Whose a use of a formula is, seen from the side that the formula comes from.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use polars::prelude::*;

use crate::analysis::filter::{Filter, Selected};
use crate::error::{Error, Result};
use crate::people::People;
use crate::scan::{Origin, Scan};
use crate::table::{numbers, texts};
use crate::text::fold;

/// In what way a side uses a formula that comes from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// In its own words, or in a source of its own.
    Own,
    /// In a text of several sides.
    Joint,
    /// Only reported, by a source of another side.
    Attributed,
}

impl Tier {
    pub fn name(self) -> &'static str {
        match self {
            Tier::Own => "own",
            Tier::Joint => "joint",
            Tier::Attributed => "attributed",
        }
    }
}

/// Who uses a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum User {
    /// The side that it comes from.
    Origin,
    /// Another.
    Other { tier: Tier, speaker: String, side: String },
    /// Somebody whose side is not known.
    Unknown,
    /// The reporter, or a voice that is nobody's.
    Nobody,
}

/// An occurrence of a formula whose origin is known.
pub(super) struct Use {
    pub formula: String,
    pub label: String,
    pub language: String,
    pub origin: Origin,
    pub user: User,
    pub stance: String,
    pub source: String,
    pub source_side: String,
    pub document: String,
    /// As exactly as it is known; may be empty.
    pub date: String,
    pub start: u64,
}

/// The uses that a filter leaves, and how many occurrences are of formulas without a known origin.
pub(super) struct Uses {
    pub all: Vec<Use>,
    pub without_origin: usize,
}

impl Uses {
    /// What `filter` leaves of `scan`. Formulas without a known origin are those of `assumed`, if that is given.
    pub fn of(scan: &Scan, filter: &Filter, assumed: Option<&str>) -> Result<Uses> {
        let origins = scan.manifest.origins.as_ref();
        let origins = origins.ok_or_else(|| Error::Usage("the scan does not say whose the formulas are; scan the corpus again".into()))?;
        let parties = Parties::of(scan)?;
        let Selected { hits, .. } = filter.select(scan, true)?;
        let hits = hits.with_column(date_text()).collect()?;
        let text = |name: &str| texts(&hits, name);
        let (formulas, labels, languages, dates) = (text("formula")?, text("label")?, text("language")?, text("day")?);
        let (speakers, sides, voices, stances) = (text("speaker")?, text("side")?, text("voice")?, text("stance")?);
        let (sources, source_sides, genres, documents) = (text("source")?, text("source_side")?, text("genre")?, text("document")?);
        let starts = numbers(&hits, "start")?;
        let mut uses = Uses { all: Vec::new(), without_origin: 0 };
        for i in 0..formulas.len() {
            let known = origins.get(&formulas[i]).cloned();
            let Some(origin) = known.or_else(|| Some(Origin { side: assumed?.to_owned(), first_use: String::new() })) else {
                uses.without_origin += 1;
                continue;
            };
            let words = Words {
                voice: &voices[i],
                speaker: &speakers[i],
                side: &sides[i],
                source: &sources[i],
                source_side: &source_sides[i],
                genre: &genres[i],
                document: &documents[i],
            };
            uses.all.push(Use {
                user: words.user(&origin, &parties),
                formula: formulas[i].clone(),
                label: labels[i].clone(),
                language: languages[i].clone(),
                origin,
                stance: stances[i].clone(),
                source: sources[i].clone(),
                source_side: source_sides[i].clone(),
                document: documents[i].clone(),
                date: dates[i].clone(),
                start: starts[i],
            });
        }
        Ok(uses)
    }
}

/// The date that counts, as exactly as it is known.
pub(super) fn date_text() -> Expr {
    let as_known = |coarse: &str, format: &str| (col("coarse").eq_missing(lit(coarse)), col("date").dt().strftime(format));
    let ((year, by_year), (month, by_month)) = (as_known("year", "%Y"), as_known("month", "%Y-%m"));
    when(year).then(by_year).when(month).then(by_month).otherwise(col("date").dt().strftime("%Y-%m-%d")).fill_null(lit("")).alias("day")
}

/// Whether `side` is one of the sides joined in `origin`.
pub(super) fn is_of(side: &str, origin: &str) -> bool {
    origin.split('|').any(|o| o == side)
}

/// What a hit says of who speaks.
struct Words<'a> {
    voice: &'a str,
    speaker: &'a str,
    side: &'a str,
    source: &'a str,
    source_side: &'a str,
    genre: &'a str,
    document: &'a str,
}

impl Words<'_> {
    fn user(&self, origin: &Origin, parties: &Parties) -> User {
        let other = |tier, speaker: &str, side: &str| User::Other { tier, speaker: speaker.to_owned(), side: side.to_owned() };
        let joint = |sides: &BTreeSet<String>| {
            let mut others: Vec<&str> = sides.iter().map(String::as_str).collect();
            if others.iter().all(|s| is_of(s, &origin.side)) {
                others.push("(unnamed)");
            }
            other(Tier::Joint, &others.join(" & "), &others.join("|"))
        };
        match self.voice {
            "narration" if is_of(self.source_side, &origin.side) => User::Origin,
            "narration" | "title" | "question" | "boilerplate" => User::Nobody,
            "joint" => joint(&parties.of_document(self.document)),
            "document" if self.genre == "joint" => joint(&parties.of_document(self.document)),
            "document" if self.speaker.is_empty() => match self.source_side {
                "" => User::Unknown,
                side if is_of(side, &origin.side) => User::Origin,
                side => other(Tier::Own, self.source, side),
            },
            _ if self.speaker.is_empty() => User::Nobody,
            _ if self.side.is_empty() => match parties.of_speakers(self.speaker) {
                sides if sides.len() > 1 => joint(&sides),
                _ => User::Unknown,
            },
            _ if is_of(self.side, &origin.side) => User::Origin,
            voice => {
                let own = matches!(voice, "spoken" | "document") || self.source_side == self.side;
                other(if own { Tier::Own } else { Tier::Attributed }, self.speaker, self.side)
            }
        }
    }
}

/// The sides that a text is of: those that its title names and those that speak in it.
struct Parties(HashMap<String, BTreeSet<String>>);

impl Parties {
    fn of(scan: &Scan) -> Result<Parties> {
        let people = People::builtin();
        let mut parties: HashMap<String, BTreeSet<String>> = HashMap::new();
        for (document, title) in texts(&scan.documents, "document")?.into_iter().zip(texts(&scan.documents, "title")?) {
            let named = people.sides_in(fold(&title).as_str()).map(str::to_owned).collect();
            parties.insert(document, named);
        }
        for (document, side) in texts(&scan.segments, "document")?.into_iter().zip(texts(&scan.segments, "side")?).filter(|(_, s)| !s.is_empty()) {
            parties.entry(document).or_default().insert(side);
        }
        Ok(Parties(parties))
    }

    fn of_document(&self, document: &str) -> BTreeSet<String> {
        self.0.get(document).cloned().unwrap_or_default()
    }

    /// The sides of several speakers joined by `&`.
    fn of_speakers(&self, speakers: &str) -> BTreeSet<String> {
        let side = |name: &str| People::builtin().person(name).map(|p| p.side.clone()).filter(|s| !s.is_empty());
        speakers.split(" & ").filter_map(side).collect()
    }
}

/// Uses by what they are of, in order.
pub(super) fn grouped<K: Ord>(uses: &[Use], key: impl Fn(&Use) -> Option<K>) -> BTreeMap<K, Vec<&Use>> {
    let mut groups: BTreeMap<K, Vec<&Use>> = BTreeMap::new();
    for found in uses {
        if let Some(key) = key(found) {
            groups.entry(key).or_default().push(found);
        }
    }
    // Without a date last.
    groups.values_mut().for_each(|g| g.sort_by_key(|u| (u.date.is_empty(), &u.date, &u.document, u.start)));
    groups
}
