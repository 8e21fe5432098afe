//! The classes of English words: which lists of the cues a word stands in, as bits. A word is looked up once, when a text is
//! split into words; every later question is a test of bits.

use std::ops::{BitOr, BitOrAssign, Range};

use rustc_hash::FxHashMap;

use super::cues::{LanguageCues, Phrases};
use super::names::possessive;
use crate::text::eight::first_eight;

/// A set of classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Classes(u64);

macro_rules! classes {
    ($($name:ident)*) => { classes!(@ 0; $($name)*); };
    (@ $bit:expr; $name:ident $($rest:ident)*) => {
        pub const $name: Classes = Classes(1 << ($bit));
        classes!(@ $bit + 1; $($rest)*);
    };
    (@ $bit:expr;) => {};
}

impl Classes {
    classes! {
        VERB STRONG PLAIN INVERTED JOINT_VERB PARTICIPLE ACCORDING TOPIC RELAY DEED POST ADDRESSING
        BETWEEN PREPOSITION SUBORDINATOR ASIDE SPEECH_ASIDE TIME CONJUNCTION CONNECTOR RELATIVE BY
        HE IT THEY ARTICLE INDEFINITE JOINT CROWD IMPERSONAL FIRST_PERSON
        MODIFIER OFFICE_WORD PAPER BODY ANONYMOUS SPOKESMAN SAME_OFFICE TITLE NOT_NAME PARTICLE
        // Not of one list: a word of several begins, goes on or ends with it.
        BEGINS_WORDING GOES_ON_WORDING ENDS_WORDING
        // An office, also after a prefix: "vice-chairman".
        OFFICE
        // Can be a part of a name here: in capitals, no office, no number, no word that is none.
        NAME
        // Ends in 's.
        POSSESSIVE
    }

    /// Whether it holds one of `any`.
    pub const fn has(self, any: Classes) -> bool {
        self.0 & any.0 != 0
    }

    fn set(&mut self, class: Classes, holds: bool) {
        if holds {
            *self |= class;
        }
    }
}

impl BitOr for Classes {
    type Output = Classes;

    fn bitor(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

impl BitOrAssign for Classes {
    fn bitor_assign(&mut self, other: Classes) {
        self.0 |= other.0;
    }
}

/// The classes of which wordings of several words are looked for.
const WORDED: Classes = Classes(
    Classes::VERB.0
        | Classes::STRONG.0
        | Classes::PLAIN.0
        | Classes::INVERTED.0
        | Classes::JOINT_VERB.0
        | Classes::PARTICIPLE.0
        | Classes::ACCORDING.0
        | Classes::TOPIC.0
        | Classes::JOINT.0,
);

/// The classes of single words.
#[derive(Debug, Default)]
struct Words {
    /// Those of at most eight bytes, as numbers.
    short: FxHashMap<u64, Classes>,
    long: FxHashMap<Box<str>, Classes>,
}

impl Words {
    fn add(&mut self, word: &str, classes: Classes) {
        let of = if word.len() <= 8 { self.short.entry(number(word, 0..word.len())).or_default() } else { self.long.entry(word.into()).or_default() };
        *of |= classes;
    }

    /// The classes of the word that stands in `text` at `word`.
    fn of(&self, text: &str, word: Range<usize>) -> Classes {
        let of = if word.len() <= 8 { self.short.get(&number(text, word)) } else { self.long.get(&text[word]) };
        of.copied().unwrap_or_default()
    }
}

/// The word of at most eight bytes that stands in `text` at `word`, as a number.
fn number(text: &str, word: Range<usize>) -> u64 {
    first_bytes(first_eight(&text.as_bytes()[word.start..]), word.len())
}

/// The first `n` of eight bytes.
fn first_bytes(eight: u64, n: usize) -> u64 {
    if n < 8 { eight & ((1 << (8 * n)) - 1) } else { eight }
}

/// The classes of all words of the cues of a language, and of its wordings of several words.
#[derive(Debug, Default)]
pub(super) struct Lexis {
    words: Words,
    wordings: FxHashMap<Box<str>, Classes>,
    /// The most words in one of `wordings`.
    pub longest: usize,
}

impl Lexis {
    pub fn of(cues: &LanguageCues) -> Self {
        let mut lexis = Lexis::default();
        for (class, list) in lists(cues) {
            list.iter().for_each(|wording| lexis.add(wording, class));
        }
        cues.same_office.keys().for_each(|office| lexis.add(office, Classes::SAME_OFFICE));
        lexis
    }

    fn add(&mut self, wording: &str, class: Classes) {
        let words: Vec<&str> = wording.split(' ').collect();
        let [first, rest @ ..] = words.as_slice() else { return };
        let [between @ .., last] = rest else {
            self.words.add(first, class);
            return;
        };
        if !class.has(WORDED) {
            return;
        }
        self.longest = self.longest.max(words.len());
        *self.wordings.entry(wording.into()).or_default() |= class;
        self.words.add(first, if class == Classes::JOINT { Classes::default() } else { Classes::BEGINS_WORDING });
        between.iter().for_each(|word| self.words.add(word, Classes::GOES_ON_WORDING));
        self.words.add(last, Classes::GOES_ON_WORDING | Classes::ENDS_WORDING);
    }

    /// The classes of a wording of several words.
    pub fn wording(&self, wording: &str) -> Classes {
        self.wordings.get(wording).copied().unwrap_or_default()
    }

    /// The classes of the word that is the first `n` of eight bytes, letters and digits of ASCII, no more than seven.
    pub fn short_word(&self, eight: u64, n: usize, capital: bool) -> Classes {
        let mut classes = self.words.short.get(&first_bytes(eight, n)).copied().unwrap_or_default();
        let office = classes.has(Classes::TITLE);
        classes.set(Classes::OFFICE, office);
        // In a folded text what is no small letter is a digit.
        let digits = || eight.to_le_bytes()[..n].iter().any(u8::is_ascii_digit);
        classes.set(Classes::NAME, capital && !office && !classes.has(Classes::NOT_NAME) && !digits());
        classes
    }

    /// The classes of the word that stands in the folded `text` at `range`, and begins with a capital in the source if `capital`.
    pub fn word_at(&self, text: &str, range: Range<usize>, capital: bool) -> Classes {
        let listed = |word: &str| self.words.of(word, 0..word.len());
        let word = &text[range.clone()];
        let mut classes = self.words.of(text, range);
        let (mut plain, mut of_particle) = (classes, false);
        // Most words are letters only.
        if !word.bytes().all(|b| b.is_ascii_lowercase()) {
            let bare = possessive(word);
            if bare.len() < word.len() {
                plain = listed(bare);
            }
            let office = |word: &str| word.rsplit_once('-').is_some_and(|(_, last)| listed(last).has(Classes::TITLE));
            plain.set(Classes::OFFICE, office(bare));
            classes.set(Classes::OFFICE, office(word));
            classes.set(Classes::POSSESSIVE, word.ends_with("'s"));
            // al-Sabah
            of_particle = word.split_once('-').is_some_and(|(first, rest)| listed(first).has(Classes::PARTICLE) && !rest.is_empty());
            plain.set(Classes::NOT_NAME, word.bytes().any(|b| b.is_ascii_digit()));
        }
        classes.set(Classes::OFFICE, classes.has(Classes::TITLE));
        classes.set(Classes::NAME, (capital || of_particle) && !plain.has(Classes::TITLE | Classes::OFFICE | Classes::NOT_NAME));
        classes
    }
}

/// Each list whose single words are asked for, and its class.
fn lists(cues: &LanguageCues) -> [(Classes, &Phrases); 40] {
    [
        (Classes::VERB, &cues.verbs),
        (Classes::STRONG, &cues.strong),
        (Classes::PLAIN, &cues.plain),
        (Classes::INVERTED, &cues.inverted),
        (Classes::JOINT_VERB, &cues.joint_verbs),
        (Classes::PARTICIPLE, &cues.participles),
        (Classes::ACCORDING, &cues.according),
        (Classes::TOPIC, &cues.topics),
        (Classes::RELAY, &cues.relays),
        (Classes::DEED, &cues.deeds),
        (Classes::POST, &cues.posts),
        (Classes::ADDRESSING, &cues.addressing),
        (Classes::BETWEEN, &cues.between),
        (Classes::PREPOSITION, &cues.prepositions),
        (Classes::SUBORDINATOR, &cues.subordinators),
        (Classes::ASIDE, &cues.asides),
        (Classes::SPEECH_ASIDE, &cues.speech_asides),
        (Classes::TIME, &cues.times),
        (Classes::CONJUNCTION, &cues.conjunctions),
        (Classes::CONNECTOR, &cues.connectors),
        (Classes::RELATIVE, &cues.relatives),
        (Classes::BY, &cues.by),
        (Classes::HE, &cues.he),
        (Classes::IT, &cues.it),
        (Classes::THEY, &cues.they),
        (Classes::ARTICLE, &cues.articles),
        (Classes::INDEFINITE, &cues.indefinite),
        (Classes::JOINT, &cues.joint),
        (Classes::CROWD, &cues.crowds),
        (Classes::IMPERSONAL, &cues.impersonal),
        (Classes::FIRST_PERSON, &cues.first_person),
        (Classes::MODIFIER, &cues.modifiers),
        (Classes::OFFICE_WORD, &cues.office_words),
        (Classes::PAPER, &cues.papers),
        (Classes::BODY, &cues.bodies),
        (Classes::ANONYMOUS, &cues.anonymous),
        (Classes::SPOKESMAN, &cues.spokesmen),
        (Classes::TITLE, &cues.titles),
        (Classes::NOT_NAME, &cues.not_names),
        (Classes::PARTICLE, &cues.particles),
    ]
}

#[cfg(test)]
impl Lexis {
    pub fn word(&self, word: &str, capital: bool) -> Classes {
        self.word_at(word, 0..word.len(), capital)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::Cues;
    use crate::text::Language;

    #[test]
    fn a_word_has_the_classes_of_its_lists() {
        let cues = Cues::builtin().of(Language::En).unwrap();
        let lexis = Lexis::of(cues);
        for (class, list) in lists(cues) {
            for wording in list.iter() {
                let several = wording.contains(' ');
                let found = if several { lexis.wording(wording) } else { lexis.word(wording, false) };
                assert!(found.has(class) || (several && !class.has(WORDED)), "{wording}");
            }
        }
        let name = |word: &str, capital| lexis.word(word, capital).has(Classes::NAME);
        assert!(name("varga", true) && name("al-sabah", false) && name("varga's", true));
        assert!(!name("varga", false) && !name("minister's", true) && !name("vice-minister", true) && !name("g7", true) && !name("although", true));
        assert!(lexis.word("vice-minister", false).has(Classes::OFFICE) && !lexis.word("vice-minister's", false).has(Classes::OFFICE));
    }

    /// A verb of several words is looked for by its words, so that it must hold nothing else.
    #[test]
    fn verbs_are_words_and_blanks() {
        let cues = Cues::builtin().of(Language::En).unwrap();
        for (_, list) in lists(cues).into_iter().filter(|(class, _)| class.has(WORDED)) {
            assert!(list.iter().all(|verb| verb.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'))));
        }
    }
}
