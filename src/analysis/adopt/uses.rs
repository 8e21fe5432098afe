//! Whose a use of a formula is, seen from the side that the formula comes from.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::analysis::dimension::date_text;
use crate::analysis::filter::{Filter, Selected};
use crate::error::{Error, Result};
use crate::people::People;
use crate::scan::{Origin, Scan};
use crate::table::{numbers, texts};
use crate::text::fold;

/// A side with less than one in so many words is there in passing.
const PASSING: u64 = 20;

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
    /// The side that it comes from: in its own words or sources, or as others report it.
    Origin { own: bool },
    /// A source of that side, in its narration.
    OriginNarrates,
    /// Another.
    Other { tier: Tier, speaker: String, side: String },
    /// Nobody who could be said to take it up.
    Nobody(Why),
}

/// Why a use is nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// It is the reporter's, a title, a question: not looked at.
    NoSpeech,
    /// Nothing shows who speaks.
    Unnamed,
    /// The speaker's side is not known.
    NoSide,
    /// A joint text, and no other side is named.
    NoParties,
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
    /// Its date as exactly as it is known; may be empty.
    pub date: String,
    pub start: u64,
}

/// The uses that a filter leaves, and how many occurrences are of formulas without a known origin.
pub(super) struct Uses {
    pub all: Vec<Use>,
    pub without_origin: usize,
}

impl Uses {
    /// How many are nobody's, for this reason.
    pub fn count(&self, why: Why) -> usize {
        self.all.iter().filter(|u| u.user == User::Nobody(why)).count()
    }

    /// What `filter` leaves of `scan`. Formulas without a known origin are taken for those of `assumed`, if that is given.
    pub fn of(scan: &Scan, filter: &Filter, assumed: Option<&str>, parties: &Parties) -> Result<Uses> {
        let origins = scan.manifest.origins.as_ref();
        let origins = origins.ok_or_else(|| Error::Usage("the scan does not say whose the formulas are; scan the corpus again".into()))?;
        let Selected { hits, .. } = filter.select(scan, true)?;
        let hits = hits.with_column(date_text()).collect()?;
        let text = |name: &str| texts(&hits, name);
        let (formulas, labels, languages, dates) = (text("formula")?, text("label")?, text("language")?, text("day")?);
        let (speakers, sides, voices, stances) = (text("speaker")?, text("side")?, text("voice")?, text("stance")?);
        let (sources, source_sides, genres, documents) = (text("source")?, text("source_side")?, text("genre")?, text("document")?);
        let (starts, paragraphs) = (numbers(&hits, "start")?, numbers(&hits, "paragraph")?);
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
                place: (&documents[i], paragraphs[i]),
            };
            uses.all.push(Use {
                user: words.user(&origin, parties),
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
    /// The document and the paragraph.
    place: (&'a str, u64),
}

impl Words<'_> {
    fn user(&self, origin: &Origin, parties: &Parties) -> User {
        let is_origin = |side: &str| is_of(side, &origin.side);
        let other = |tier, speaker: &str, side: &str| User::Other { tier, speaker: speaker.to_owned(), side: side.to_owned() };
        let joint = |sides: &BTreeSet<String>| {
            let sides: Vec<&str> = sides.iter().map(String::as_str).collect();
            if sides.iter().all(|s| is_origin(s)) { User::Nobody(Why::NoParties) } else { other(Tier::Joint, &sides.join(" & "), &sides.join("|")) }
        };
        // The whole text is its source's.
        let of_source = || match self.source_side {
            "" => User::Nobody(Why::NoSide),
            side if is_origin(side) => User::Origin { own: true },
            side => other(Tier::Own, self.source, side),
        };
        match self.voice {
            "narration" if is_origin(self.source_side) => User::OriginNarrates,
            "narration" | "title" | "question" | "boilerplate" => User::Nobody(Why::NoSpeech),
            "joint" => joint(&parties.of(self.place, self.genre)),
            "document" if self.genre == "joint" => joint(&parties.of(self.place, self.genre)),
            "document" if self.speaker.is_empty() => of_source(),
            "spoken" if self.speaker.is_empty() && matches!(self.genre, "address" | "statement" | "letter") => of_source(),
            _ if self.speaker.is_empty() => User::Nobody(Why::Unnamed),
            _ if self.side.is_empty() => match sides_of_speakers(self.speaker) {
                sides if sides.len() > 1 => joint(&sides),
                _ => User::Nobody(Why::NoSide),
            },
            voice => {
                let own = matches!(voice, "spoken" | "document") || self.source_side == self.side;
                let tier = if own { Tier::Own } else { Tier::Attributed };
                if is_origin(self.side) { User::Origin { own } } else { other(tier, self.speaker, self.side) }
            }
        }
    }
}

/// The sides that a joint text is of.
pub(super) struct Parties {
    /// Those that the title of each document names.
    titles: HashMap<String, BTreeSet<String>>,
    /// Those that speak in each document, with the size of what they say.
    documents: HashMap<String, BTreeMap<String, u64>>,
    /// Those that speak in each paragraph.
    paragraphs: HashMap<(String, u64), BTreeSet<String>>,
}

impl Parties {
    pub fn in_scan(scan: &Scan) -> Result<Parties> {
        let people = People::builtin();
        let mut parties = Parties { titles: HashMap::new(), documents: HashMap::new(), paragraphs: HashMap::new() };
        for (document, title) in texts(&scan.documents, "document")?.into_iter().zip(texts(&scan.documents, "title")?) {
            parties.titles.insert(document, people.sides_in(fold(&title).as_str()).map(str::to_owned).collect());
        }
        let (documents, sides, paragraphs) = (texts(&scan.segments, "document")?, texts(&scan.segments, "side")?, numbers(&scan.segments, "paragraph")?);
        let (words, characters) = (numbers(&scan.segments, "words")?, numbers(&scan.segments, "characters")?);
        for (i, side) in sides.into_iter().enumerate().filter(|(_, side)| !side.is_empty()) {
            *parties.documents.entry(documents[i].clone()).or_default().entry(side.clone()).or_default() += words[i] + characters[i];
            parties.paragraphs.entry((documents[i].clone(), paragraphs[i])).or_default().insert(side);
        }
        Ok(parties)
    }

    /// Of a joint document those that its title names, if it names several; of a readout of two sides these two; else only those that
    /// speak in the paragraph: what "everybody" says in the news is not said by all who speak in them.
    fn of(&self, (document, paragraph): (&str, u64), genre: &str) -> BTreeSet<String> {
        let titled = self.titles.get(document).cloned().unwrap_or_default();
        let said = self.documents.get(document);
        let speaking: BTreeSet<String> = said.into_iter().flat_map(|sides| sides.keys().cloned()).collect();
        match genre {
            "joint" if titled.len() > 1 => titled,
            "joint" => &titled | &speaking,
            "readout" if said.is_some_and(|sides| is_of_two(sides.values().copied())) => speaking,
            _ => self.paragraphs.get(&(document.to_owned(), paragraph)).cloned().unwrap_or_default(),
        }
    }
}

/// Whether two sides, and no third, have words in a document, and neither only in passing: in news of the day others do.
pub(super) fn is_of_two(sizes: impl Iterator<Item = u64>) -> bool {
    let sizes: Vec<u64> = sizes.collect();
    let all: u64 = sizes.iter().sum();
    sizes.len() == 2 && sizes.iter().all(|n| n * PASSING >= all)
}

/// The sides of several speakers joined by `&`.
fn sides_of_speakers(speakers: &str) -> BTreeSet<String> {
    let side = |name: &str| People::builtin().person(name).map(|p| p.side.clone()).filter(|s| !s.is_empty());
    speakers.split(" & ").filter_map(side).collect()
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
