//! Names and offices as they stand in text: where one begins and ends, in either language.

use rustc_hash::{FxHashMap, FxHashSet};

use super::classes::Classes;
use super::cues::LanguageCues;
use super::tokens::Token;
use crate::people::People;
use crate::text::is_han;

/// The signs between the parts of a foreign name in Chinese.
pub(super) const DOTS: [char; 3] = ['·', '・', '•'];

/// No wording that may follow a Chinese name is so long, in characters.
const AHEAD: usize = 32;

/// What stands at a place in a document's text where a Chinese name may.
pub(super) struct Candidate<'t> {
    /// The characters of names there, as many as matter.
    run: &'t str,
    /// Where in it the last part begins of a name with middle dots.
    last_part: usize,
    /// The beginnings of that part, of two to six characters.
    pub prefixes: Vec<&'t str>,
}

/// What at `at` in a document's text may be a Chinese name.
pub(super) fn candidate_at<'t>(all: &'t str, at: usize, cues: &LanguageCues) -> Option<Candidate<'t>> {
    let rest = &all[at..];
    let last_part = last_part(rest);
    let length = rest[last_part..].char_indices().take(AHEAD).take_while(|(_, c)| is_of_name(*c)).last().map_or(0, |(i, c)| i + c.len_utf8());
    let run = &rest[..last_part + length];
    let part = &run[last_part..];
    // A verb of two characters or more is no part of a name.
    let verb = |(i, _): &(usize, char)| [&cues.verbs, &cues.deeds].iter().any(|w| w.prefix_of(&part[*i..]).is_some_and(|v| v.chars().count() >= 2));
    let part = part.char_indices().take(7).skip(2).find(verb).map_or(part, |(i, _)| &part[..i]);
    let ends = part.char_indices().map(|(i, c)| i + c.len_utf8());
    let prefixes: Vec<&str> = ends.skip(1).take(5).map(|end| &part[..end]).collect();
    (!prefixes.is_empty()).then_some(Candidate { run, last_part, prefixes })
}

/// The Chinese name that a candidate is. Nothing marks its end: of the beginnings of what stands there, the longest that the
/// document uses as often as the shortest is taken; one that occurs once ends where a verb or particle begins.
pub(super) fn name_of<'t>(candidate: &Candidate<'t>, uses: &Uses<'t>, cues: &LanguageCues) -> Option<&'t str> {
    let Candidate { run, last_part, prefixes } = candidate;
    let times = uses.of(prefixes.first()?);
    let ends = |p: &&&str| {
        let after = &run[last_part + p.len()..];
        after.is_empty() || [&cues.verbs, &cues.deeds, &cues.between, &cues.prepositions, &cues.name_ends].iter().any(|w| w.prefix_of(after).is_some())
    };
    let name = if times >= 2 { prefixes.iter().rev().find(|p| uses.of(p) * 3 >= times * 2) } else { prefixes.iter().find(ends) }?;
    let end = last_part + name.len();
    if !looks_like_a_name(&run[..end], cues) {
        return None;
    }
    let known = [&cues.joint, &cues.impersonal, &cues.titles, &cues.deeds, &cues.verbs, &cues.between];
    (!known.iter().any(|w| w.prefix_of(&run[..end]).is_some())).then_some(&run[..end])
}

/// How often a document uses what may be names in it.
pub(super) struct Uses<'t> {
    /// Of each beginning of a candidate: how often it stands in the text, and where the last of them ends.
    times: FxHashMap<&'t str, (usize, usize)>,
}

impl<'t> Uses<'t> {
    /// Counts the beginnings of candidates in all of the text, in one pass.
    pub fn count<'c>(all: &'t str, candidates: impl Iterator<Item = &'c Candidate<'t>>) -> Self
    where
        't: 'c,
    {
        let mut times: FxHashMap<&str, (usize, usize)> = candidates.flat_map(|c| c.prefixes.iter().map(|p| (*p, (0, 0)))).collect();
        let firsts: FxHashSet<char> = times.keys().filter_map(|p| p.chars().next()).collect();
        for (at, _) in all.char_indices().filter(|(_, c)| firsts.contains(c)) {
            // Whatever has a beginning of three characters has one of two.
            for end in all[at..].char_indices().map(|(i, c)| at + i + c.len_utf8()).skip(1).take(5) {
                let Some((times, free)) = times.get_mut(&all[at..end]) else { break };
                if at >= *free {
                    *times += 1;
                    *free = end;
                }
            }
        }
        Uses { times }
    }

    fn of(&self, prefix: &str) -> usize {
        self.times.get(prefix).map_or(0, |(times, _)| *times)
    }
}

/// The office that ends at the end of `before`: from the state it is of, or else from where something ends that leads to one.
pub(super) fn chinese_office<'t>(before: &'t str, people: &People, cues: &LanguageCues) -> &'t str {
    let from = before.char_indices().rev().take(20).take_while(|(_, c)| is_han(*c)).last().map_or(before.len(), |(i, _)| i);
    let office = &before[from..];
    match people.chinese_place_in(office) {
        Some((at, _)) => &office[at..],
        None => &office[cues.office_leads.last_end_in(office).filter(|&end| end < office.len()).unwrap_or(0)..],
    }
}

/// Whether Chinese characters can be a person's name: a surname and one or two characters more, or characters with which
/// foreign names are written.
pub(super) fn looks_like_a_name(name: &str, cues: &LanguageCues) -> bool {
    let foreign = |c: char| DOTS.contains(&c) || cues.transliteration.contains(c.encode_utf8(&mut [0; 4]));
    let surname = cues.surnames.prefix_of(name).map_or(0, |s| s.chars().count());
    let given = name.chars().count() - surname;
    (surname > 0 && (1..=2).contains(&given) && !name.contains(DOTS)) || (name.chars().count() >= 2 && name.chars().all(foreign))
}

/// Where the last part begins of the name with middle dots at the start of `rest`; no part is longer than seven characters.
fn last_part(rest: &str) -> usize {
    let mut start = 0;
    while let Some((i, c)) = rest[start..].char_indices().take(8).take_while(|(_, c)| is_of_name(*c)).find(|(_, c)| DOTS.contains(c)) {
        start += i + c.len_utf8();
    }
    start
}

fn is_of_name(c: char) -> bool {
    is_han(c) || DOTS.contains(&c)
}

/// The words of some tokens.
pub(super) fn joined(tokens: &[Token<'_>]) -> String {
    tokens.iter().filter(|t| t.word).map(|t| possessive(t.source)).collect::<Vec<_>>().join(" ")
}

pub(super) fn written(tokens: &[Token<'_>]) -> String {
    tokens.iter().map(|t| possessive(t.source)).collect::<Vec<_>>().join(" ").replace(" .", ".")
}

/// A word without its 's.
pub(super) fn possessive(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// Whether a text begins with the name of an account: "@RealAnnLee posted", ".@AnnLee".
pub(super) fn begins_with_an_account(text: &str) -> bool {
    text.trim_start_matches('.').starts_with('@')
}

/// No name has more parts.
pub(super) const LONGEST_NAME: usize = 5;

/// How many tokens from `i` on make a name: capitalised words that are no offices or countries, with particles between.
pub(super) fn name_run(tokens: &[Token<'_>], i: usize) -> usize {
    let part = |t: &Token<'_>| t.is(Classes::NAME);
    let mut end = i;
    while end < tokens.len() && end - i < LONGEST_NAME {
        let initial = || tokens[end].text == "." && end > i && tokens[end - 1].text.len() == 1;
        if part(&tokens[end]) {
            end += 1;
            if tokens[end - 1].is(Classes::POSSESSIVE) {
                break;
            }
        } else if end > i && initial() && tokens.get(end + 1).is_some_and(part) {
            end += 1;
        } else if end > i && tokens[end].is(Classes::PARTICLE) && tokens.get(end + 1).is_some_and(part) {
            end += 2;
        } else {
            break;
        }
    }
    end - i
}

/// No office is longer, in tokens: text in capitals would be nothing but one.
const LONGEST_OFFICE: usize = 64;

/// The office that ends right before token `i`: "Chinese Foreign Minister", "President of the Assembly".
pub(super) fn office_before(tokens: &[Token<'_>], i: usize) -> Option<String> {
    let start = office_start(tokens, i);
    let has_title = tokens[start..i].iter().any(|t| t.is(Classes::TITLE));
    has_title.then(|| tokens[start..i].iter().filter(|t| t.word).map(|t| t.source).collect::<Vec<_>>().join(" "))
}

/// Whether an office ends right before token `i`.
pub(super) fn is_after_office(tokens: &[Token<'_>], i: usize) -> bool {
    tokens[office_start(tokens, i)..i].iter().any(|t| t.is(Classes::TITLE))
}

/// Where the office that ends before token `i` begins: capitalised words and titles, with `of`, `the`, `for` among them.
pub(super) fn office_start(tokens: &[Token<'_>], i: usize) -> usize {
    let mut start = i;
    let mut titled = false;
    while start > 0 && i - start < LONGEST_OFFICE {
        let t = &tokens[start - 1];
        let belongs = t.word && (t.capital || t.is(Classes::TITLE | Classes::CONNECTOR)) || t.text == "(" || t.text == ")";
        // "Receives" in a title in capitals is a verb all the same.
        let subordinate = t.is(Classes::SUBORDINATOR | Classes::DEED) && !t.is(Classes::CONNECTOR);
        if !belongs || subordinate {
            break;
        }
        // "Ann Lee and Orland's President Ana Tane": another person.
        if titled && t.text == "and" && start >= 2 && name_run(tokens, start - 2) == 1 {
            break;
        }
        titled |= t.is(Classes::TITLE);
        start -= 1;
    }
    while start < i && (tokens[start].is(Classes::CONNECTOR) || !tokens[start].word) {
        start += 1;
    }
    start
}

/// The office in apposition after token `i`: ", Minister of the International Department of …,".
pub(super) fn office_after(tokens: &[Token<'_>], i: usize) -> Option<String> {
    if tokens.get(i)?.text != "," {
        return None;
    }
    let rest = &tokens[i + 1..];
    let titled = rest.iter().take(6).any(|t| t.is(Classes::TITLE));
    let end = rest.iter().take(24).position(|t| matches!(t.text, "," | "." | ";" | "—" | ":")).filter(|_| titled)?;
    let office = &rest[..end];
    let titled = office.iter().take(6).any(|t| t.is(Classes::TITLE));
    let verb = office.iter().any(|t| !t.capital && t.is(Classes::DEED | Classes::VERB));
    if !titled || verb {
        return None;
    }
    let words: Vec<&str> = office.iter().filter(|t| t.word).map(|t| t.source).collect();
    let skip = usize::from(words.first().is_some_and(|w| ["a", "an", "the", "The"].contains(w)));
    Some(words[skip..].join(" "))
}
