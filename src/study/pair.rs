//! The two groups that a new study holds against each other: persons, else speakers, sides or sources with documents enough. A report must be
//! able to make the comparison, so it is tried.

use super::overview::Overview;
use crate::analysis::{Comparison, Filter, Group, compare};
use crate::error::{Error, Result};
use crate::people::People;
use crate::scan::Scan;
use crate::table::texts;

/// How many of the groups with the most documents are thought of.
const GROUPS: usize = 10;
/// How many pairs of groups are tried.
const TRIED: usize = 12;
/// By how much the documents of persons who are known count more than those of other speakers.
const PERSONS: usize = 4;
/// Fewer shuffles are none; here only whether a comparison can be made is of interest.
const SHUFFLES: usize = 99;

/// Two groups with much text of one language.
pub(super) struct Pair<'a> {
    pub column: &'static str,
    pub language: &'a str,
    pub names: [&'a str; 2],
    pub documents: [usize; 2],
}

impl Pair<'_> {
    /// The documents of the smaller group. Those of persons who are known count more than those of ministries and armies.
    fn weight(&self) -> usize {
        let people = People::builtin();
        let known = self.column == "speaker" && self.names.iter().all(|name| people.person(name).is_some());
        self.documents[1] * if known { PERSONS } else { 1 }
    }
}

/// The best pair of speakers, else of sides, else of sources, that can be compared.
pub(super) fn pair<'a>(scan: &Scan, overview: &'a Overview) -> Result<Option<Pair<'a>>> {
    for (column, tally) in [("speaker", &overview.speakers), ("side", &overview.sides), ("source", &overview.sources)] {
        let mut pairs: Vec<Pair<'a>> = Vec::new();
        for (language, ..) in &overview.languages {
            // What separates values cannot be in one.
            let plain = |name: &str| !name.contains([',', ';']) && name.trim() == name;
            let ranked: Vec<(&str, usize)> = tally.ranked_in(language).into_iter().filter(|(name, _)| plain(name)).take(GROUPS).collect();
            for (i, b) in ranked.iter().enumerate() {
                pairs.extend(ranked[..i].iter().map(|a| Pair { column, language, names: [a.0, b.0], documents: [a.1, b.1] }));
            }
        }
        pairs.sort_by_key(|p| std::cmp::Reverse((p.weight(), p.documents[0])));
        for pair in pairs.into_iter().take(TRIED) {
            if can_be_compared(scan, &pair)? {
                return Ok(Some(pair));
            }
        }
    }
    Ok(None)
}

/// Whether a report would make the comparison. It is made, of one formula.
fn can_be_compared(scan: &Scan, pair: &Pair<'_>) -> Result<bool> {
    let [Ok(a), Ok(b)] = pair.names.map(|name| format!("{}={name}", pair.column).parse::<Group>()) else { return Ok(false) };
    let comparison = Comparison { permutations: SHUFFLES, ..Comparison::of(a, Some(b)) };
    let formulas = texts(&scan.hits, "formula")?.into_iter().take(1).collect();
    match compare(scan, &comparison, &Filter { formulas, ..Filter::default() }) {
        Ok(_) => Ok(true),
        Err(Error::Usage(_)) => Ok(false),
        Err(e) => Err(e),
    }
}
