//! Labels at the start of a turn: `Q:`, `Lin Jian:`, `SECRETARY RUBIO:`, `法新社记者：`, `答：`.

use std::collections::HashMap;
use std::ops::Range;

use super::cues::{Cues, LanguageCues};
use super::names::{looks_like_a_name, possessive};
use super::roster::Roster;
use super::segment::Speaker;
use crate::corpus::{Block, BlockKind, Document};
use crate::people::name_key;
use crate::text::Language;

/// The longest label, in characters and in words.
const LONGEST: (usize, usize) = (60, 8);

/// What a label makes of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Turn {
    /// A question, by a medium where the label names one.
    Question(Speaker),
    /// The words of that person.
    Answer(Speaker),
    /// The words of whoever answers here.
    Host,
}

/// The turns that the labels of some blocks of a document begin, and where those labels stand in its text.
pub(super) fn turns(document: &Document, blocks: &[Block], cues: &Cues, roster: &Roster<'_>) -> Vec<Option<(Turn, Range<usize>)>> {
    let labels: Vec<Option<Label<'_>>> = blocks.iter().map(|b| label(document, b, cues)).collect();
    let mut times: HashMap<String, usize> = HashMap::new();
    for label in labels.iter().flatten() {
        *times.entry(label.key.clone()).or_default() += 1;
    }
    let known: Vec<Option<Turn>> = labels.iter().map(|l| l.as_ref().and_then(|l| known(l, roster))).collect();
    let answered = known.iter().any(|t| matches!(t, Some(Turn::Answer(_) | Turn::Host)));
    let turn = |((label, known), block): ((Option<Label<'_>>, Option<Turn>), &Block)| {
        let label = label?;
        let turn = known.or_else(|| unknown(&label, times[&label.key], answered && asks(block), roster))?;
        let start = label.text.as_ptr() as usize - document.text.as_ptr() as usize;
        Some((turn, start..start + label.text.len()))
    };
    labels.into_iter().zip(known).zip(blocks).map(turn).collect()
}

struct Label<'a> {
    /// As written.
    text: &'a str,
    key: String,
    cues: &'a LanguageCues,
    language: Language,
}

/// The label of a block, if what stands before its first colon can be one.
fn label<'a>(document: &'a Document, block: &Block, cues: &'a Cues) -> Option<Label<'a>> {
    let language = block.language;
    let cues = cues.of(language)?;
    if block.kind != BlockKind::Body {
        return None;
    }
    let text = document.block_text(block);
    let head = text.trim_start_matches(['*', '_', ' ', '\u{3000}']);
    let colon = head.char_indices().take(LONGEST.0 + 1).find(|(_, c)| matches!(c, ':' | '：'));
    let written = match colon {
        Some((i, _)) => &head[..i],
        // "Q    Thank you" in transcripts without colons.
        None => {
            let (first, rest) = head.split_once([' ', '\t', '\u{a0}'])?;
            let asks = cues.question_labels.contains(&first.to_lowercase()) && first.chars().all(char::is_uppercase);
            if !asks || !(rest.starts_with("  ") || rest.starts_with('\t')) {
                return None;
            }
            first
        }
    };
    let written = written.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '《' | '》'));
    can_be_label(written, language, cues).then(|| Label { text: written, key: name_key(written), cues, language })
}

fn can_be_label(written: &str, language: Language, cues: &LanguageCues) -> bool {
    if written.is_empty() || written.contains(['(', '（', '，', '。', '"', '“', '/', '?', '？', '[', ']', ';']) {
        return false;
    }
    let known = |w: &str| cues.question_labels.contains(w) || cues.answer_labels.contains(w);
    if known(&written.to_lowercase()) {
        return true;
    }
    match language {
        Language::Zh => {
            written.chars().count() <= 16
                && cues.verbs.suffix_of(written).is_none()
                && cues.posts.suffix_of(written).is_none()
                && !written.contains(['、', ' '])
        }
        _ => {
            let words: Vec<&str> = written.split_whitespace().collect();
            let proper = |w: &&str| w.starts_with(char::is_uppercase) || cues.connectors.contains(w) || cues.particles.contains(w);
            words.len() <= LONGEST.1 && words.iter().all(proper) && words[0].starts_with(char::is_uppercase) && !written.contains(',')
        }
    }
}

/// A label that says of itself what it is.
fn known(label: &Label<'_>, roster: &Roster<'_>) -> Option<Turn> {
    let lower = label.text.to_lowercase();
    if label.cues.question_labels.contains(&lower) {
        return Some(Turn::Question(Speaker::none()));
    }
    if label.cues.answer_labels.contains(&lower) {
        return Some(Turn::Host);
    }
    if let Some(reporter) = label.cues.reporter.suffix_of(label.text) {
        let name = label.text[..label.text.len() - reporter.len()].trim_matches(['《', '》', ' ']);
        return Some(Turn::Question(asker(name, roster)));
    }
    if roster.people().medium(label.text).is_some() {
        return Some(Turn::Question(asker(label.text, roster)));
    }
    let name = without_titles(label.text, label.cues, label.language);
    let last = name.rsplit(' ').next().unwrap_or(&name);
    let person = roster.resolve(&name).or_else(|| roster.body(label.text)).or_else(|| roster.resolve(last).filter(|_| label.language == Language::En));
    if person.is_none() && name.is_empty() {
        // An office alone: whoever here holds it, else nobody.
        return Some(Turn::Answer(roster.holder(label.text, label.cues).unwrap_or_default()));
    }
    person.filter(|_| roster.people().place(&name).is_none()).map(Turn::Answer)
}

/// A label that names somebody whom nothing else names.
fn unknown(label: &Label<'_>, times: usize, asks: bool, roster: &Roster<'_>) -> Option<Turn> {
    if asks {
        return Some(Turn::Question(asker(label.text, roster)));
    }
    let name = without_titles(label.text, label.cues, label.language);
    let titled = name.len() < label.text.len();
    let words = name.split(' ').count();
    let person = match label.language {
        Language::Zh => looks_like_a_name(&name, label.cues),
        _ => words <= 4 && !name.contains(char::is_numeric) && label.cues.not_names.prefix_of(&name.to_lowercase()).is_none_or(|p| p.len() < name.len()),
    };
    (person && !name.is_empty() && roster.people().place(&name).is_none() && (times >= 2 || titled)).then(|| Turn::Answer(roster.unregistered(&name)))
}

fn asker(name: &str, roster: &Roster<'_>) -> Speaker {
    match roster.people().outlet(name) {
        Some(outlet) => Speaker { name: outlet.name.clone(), role: String::new(), side: outlet.side.clone() },
        None => Speaker { name: name.to_owned(), ..Speaker::none() },
    }
}

/// A label without the office before its name: SECRETARY RUBIO, Foreign Ministry Spokesperson Mao Ning, 外交部发言人毛宁.
fn without_titles(label: &str, cues: &LanguageCues, language: Language) -> String {
    if language == Language::Zh {
        let end = cues.titles.last_end_in(label).filter(|&end| end < label.len()).unwrap_or(0);
        return label[end..].to_owned();
    }
    let words: Vec<&str> = label.split_whitespace().collect();
    let is_title = |w: &str| cues.titles.contains(possessive(&w.to_lowercase()).trim_end_matches('.'));
    let last = words.iter().rposition(|w| is_title(w));
    let name = &words[last.map_or(0, |i| i + 1)..];
    // "Secretary of State Marco Rubio": what belongs to the office.
    let office = |w: &&&str| cues.connectors.contains(&w.to_lowercase()) || (last.is_some() && cues.not_names.contains(&w.to_lowercase()));
    name[name.iter().take_while(office).count()..].join(" ")
}

fn asks(block: &Block) -> bool {
    block.folded.as_str().contains(['?', '？'])
}
