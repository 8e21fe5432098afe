//! Labels at the start of a turn: `Q:`, `Lin Jian:`, `SECRETARY RUBIO:`, `法新社记者：`, `答：`.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::cues::{Cues, LanguageCues};
use super::grammar::Readings;
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
    /// The words of whoever answers here: whom the title names, else whom the text introduced last.
    Host,
}

/// The turns that the labels of some blocks of a document begin, and where those labels stand in its text. One label has one
/// role throughout: who asks more often than not is the one who asks.
pub(super) fn turns(document: &Document, blocks: &[Block], readings: &[Readings<'_>], cues: &Cues, roster: &Roster<'_>) -> Vec<Option<(Turn, Range<usize>)>> {
    let labels: Vec<Option<Label<'_>>> = blocks.iter().map(|b| label(document, b, cues)).collect();
    let mut uses: FxHashMap<&str, Uses> = FxHashMap::default();
    for (label, block) in labels.iter().zip(blocks) {
        let Some(label) = label else { continue };
        let uses = uses.entry(&label.key).or_default();
        uses.times += 1;
        uses.asks += usize::from(asks(block));
    }
    let mut introduced = Introduced::of(readings);
    let known_turn = |(i, label): (usize, &Option<Label<'_>>)| label.as_ref().and_then(|label| known(label, roster, || introduced.before(i)));
    let known_turns: Vec<Option<Turn>> = labels.iter().enumerate().map(known_turn).collect();
    // Where somebody asks or answers, whoever else asks is one who asks.
    let answered = known_turns.iter().flatten().next().is_some();
    let turn = |(label, known): (&Option<Label<'_>>, Option<Turn>)| {
        let label = label.as_ref()?;
        let turn = known.or_else(|| unknown(label, &uses[label.key.as_str()], answered, roster))?;
        let start = label.text.as_ptr() as usize - document.text.as_ptr() as usize;
        Some((turn, start..start + label.text.len()))
    };
    labels.iter().zip(known_turns).map(turn).collect()
}

/// Whom the text introduces, read no further than is asked.
pub(super) struct Introduced<'r, 'a> {
    readings: &'r [Readings<'a>],
    read: usize,
    last: Option<&'r Speaker>,
}

impl<'r, 'a> Introduced<'r, 'a> {
    pub fn of(readings: &'r [Readings<'a>]) -> Self {
        Introduced { readings, read: 0, last: None }
    }

    /// Whom the paragraphs before number `end` introduced last: "President Calloway spoke to the press".
    pub fn before(&mut self, end: usize) -> Option<&'r Speaker> {
        while self.read < end {
            if let Some(told) = self.readings[self.read].first().filter(|r| r.deed() && r.subject().is_some()) {
                self.last = told.subject().filter(|_| told.of_person() || told.hearing());
            }
            self.read += 1;
        }
        self.last
    }
}

/// How often a label stands in a document, and how often what follows is a question.
#[derive(Debug, Default)]
struct Uses {
    times: usize,
    asks: usize,
}

struct Label<'a> {
    /// As written, without a time or a number behind it.
    text: &'a str,
    key: String,
    /// A time or a number stood behind it: "Speaker 1 (00:12)".
    counted: bool,
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
    let written = match colon_of(head) {
        Some(i) => &head[..i],
        // "Q    Thank you" in transcripts without colons.
        None => {
            let (first, rest) = head.split_once([' ', '\t', '\u{a0}'])?;
            let apart = rest.starts_with("  ") || rest.starts_with('\t');
            (apart && first.chars().all(char::is_uppercase) && cues.question_labels.contains(&first.to_lowercase())).then_some(first)?
        }
    };
    let written = written.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '《' | '》'));
    let (written, counted) = without_count(written);
    can_be_label(written, language, cues).then(|| Label { text: written, key: name_key(written), counted, cues, language })
}

/// Where the colon after a label stands; those of a time in brackets are none.
fn colon_of(head: &str) -> Option<usize> {
    // No character has more than four bytes, and a wide colon begins with this one.
    let reach = &head.as_bytes()[..head.len().min((LONGEST.0 + 12) * 4)];
    memchr::memchr2(b':', "：".as_bytes()[0], reach)?;
    let mut brackets = 0_usize;
    head.char_indices().take(LONGEST.0 + 12).find_map(|(i, c)| {
        match c {
            '(' | '[' | '（' => brackets += 1,
            ')' | ']' | '）' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        (brackets == 0 && matches!(c, ':' | '：')).then_some(i)
    })
}

/// A label without the time, place or number behind it, and whether one stood there: "Ann Lee (03:10)", "Reporter 2".
fn without_count(written: &str) -> (&str, bool) {
    let bare = match written.rfind(['(', '[', '（']) {
        Some(open) if open > 0 && written.ends_with([')', ']', '）']) => written[..open].trim_end(),
        _ => written,
    };
    let plain = bare.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let plain = if plain.chars().count() < 3 { bare } else { plain };
    (plain, plain.len() < written.len())
}

fn can_be_label(written: &str, language: Language, cues: &LanguageCues) -> bool {
    // 会后，有记者问及：
    let written = if language == Language::Zh {
        written.rsplit(['，', ',']).next().filter(|w| cues.reporter.suffix_of(w).is_some()).unwrap_or(written)
    } else {
        written
    };
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
            let lower = written.to_lowercase();
            let outlet = cues.reporter.suffix_of(&lower).map_or(words.len(), |_| words.len() - 1);
            words.len() <= LONGEST.1 && words[..outlet].iter().all(proper) && words[0].starts_with(char::is_uppercase) && !written.contains(',')
        }
    }
}

/// A label that says of itself what it is; `introduced` is whom the text told of last.
fn known<'r>(label: &Label<'_>, roster: &Roster<'_>, introduced: impl FnOnce() -> Option<&'r Speaker>) -> Option<Turn> {
    let lower = label.text.to_lowercase();
    if label.cues.not_people.contains(&lower) {
        return None;
    }
    if label.cues.question_labels.contains(&lower) {
        return Some(Turn::Question(Speaker::none()));
    }
    if label.cues.answer_labels.contains(&lower) {
        return Some(Turn::Host);
    }
    if let Some(reporter) = label.cues.reporter.suffix_of(&lower).filter(|_| lower.len() == label.text.len()) {
        let name = label.text[..label.text.len() - reporter.len()].trim_matches(['《', '》', ' ']);
        // 会后有俄罗斯记者问及 names no medium.
        let known = label.language != Language::Zh || roster.people().outlet(name).is_some() || (!name.contains(['有', '，', ',']) && !name.is_empty());
        return Some(Turn::Question(if known { asker(name, roster) } else { Speaker::none() }));
    }
    if roster.people().medium(label.text).is_some() {
        return Some(Turn::Question(asker(label.text, roster)));
    }
    let name = without_titles(label.text, label.cues, label.language);
    let last = name.rsplit(' ').next().unwrap_or(&name);
    let person = roster.resolve(&name).or_else(|| roster.body(label.text)).or_else(|| roster.resolve(last).filter(|_| label.language == Language::En));
    if person.is_none() && name.is_empty() {
        // An office alone: whoever here holds it, else nobody.
        let holders = roster.holders_of(label.text, label.cues);
        let meant = if holders.len() > 1 { introduced().filter(|s| holders.contains(s)) } else { holders.first() };
        return Some(Turn::Answer(meant.cloned().unwrap_or_default()));
    }
    person.filter(|_| roster.people().place(&name).is_none()).map(Turn::Answer)
}

/// A label that names somebody whom nothing else names.
fn unknown(label: &Label<'_>, uses: &Uses, answered: bool, roster: &Roster<'_>) -> Option<Turn> {
    // "Speaker 1 (00:12)" is somebody else than whoever spoke before, if nobody known.
    let nobody = label.cues.not_people.contains(&label.text.to_lowercase());
    let own_words = label.language == Language::Zh && label.cues.speechlike.within(label.text);
    if answered && uses.asks * 2 > uses.times && !own_words {
        return Some(Turn::Question(if nobody { Speaker::none() } else { asker(label.text, roster) }));
    }
    if nobody {
        return (uses.times >= 2 || label.counted).then(|| Turn::Answer(Speaker::none()));
    }
    let name = without_titles(label.text, label.cues, label.language);
    let titled = name.len() < label.text.len();
    let words = name.split(' ').count();
    let person = match label.language {
        Language::Zh => looks_like_a_name(&name, label.cues),
        _ => words <= 4 && !name.contains(char::is_numeric) && label.cues.not_names.prefix_of(&name.to_lowercase()).is_none_or(|p| p.len() < name.len()),
    };
    let named = person && !name.is_empty() && roster.people().place(&name).is_none();
    let heard = uses.times >= 2 || titled || label.counted;
    (named && heard).then(|| Turn::Answer(roster.unregistered(&in_title_case(&name))))
}

/// A name in capitals as one usually writes it: ILSE VARGA.
fn in_title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || !name.is_ascii() || !name.contains(' ') {
        return name.to_owned();
    }
    let word = |w: &str| w.split_at_checked(1).map_or_else(String::new, |(first, rest)| format!("{first}{}", rest.to_lowercase()));
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn asker(name: &str, roster: &Roster<'_>) -> Speaker {
    match roster.people().outlet(name) {
        Some(outlet) => Speaker { name: outlet.name.clone(), role: String::new(), side: outlet.side.clone() },
        None => Speaker::named(name),
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
