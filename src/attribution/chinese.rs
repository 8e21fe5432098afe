//! How Chinese sentences say who speaks: 王毅表示，…; 他还强调，…; 佐科请李强转达…，表示…; 双方一致认为….
//!
//! Chinese is not cut into words here: a verb of speech is looked for in each clause, and what stands before it in the clause
//! must be a subject, with nothing but adverbs and prepositional phrases between.

use std::cell::OnceCell;

use super::grammar::{Cue, Grammar, Reading, Sentence, Who};
use super::names::looks_like_a_name;
use super::segment::Speaker;
use crate::text::is_han;

/// Between a subject and its verb at most this many characters may stand.
const REACH: usize = 40;

/// What is asked of a clause before a verb lies so near to the verb, in characters: a name and what may stand behind it.
const NEAR: usize = 80;

/// What somebody does is told within so many characters after his name.
const DEED_REACH: usize = 60;

/// Reads one sentence.
pub(super) struct Reader<'a> {
    grammar: Grammar<'a>,
    sentence: Sentence<'a>,
    cue: OnceCell<Option<Cue>>,
    /// The person whom the sentence is about, and where his name ends.
    subject: OnceCell<Option<(Speaker, usize)>>,
    first_person: OnceCell<bool>,
    /// Where the first ceremony ends in the sentence.
    ceremony: OnceCell<Option<usize>>,
    /// The group, side or body that it begins with.
    somebody_else: OnceCell<Option<Who>>,
}

impl Reading for Reader<'_> {
    fn cue(&self) -> Option<&Cue> {
        self.cue.get_or_init(|| self.find_cue()).as_ref()
    }

    fn subject(&self) -> Option<&Speaker> {
        self.main_subject().map(|(speaker, _)| speaker)
    }

    fn of_person(&self) -> bool {
        true
    }

    fn deed(&self) -> bool {
        let Some((_, after)) = self.main_subject() else { return false };
        let rest = first_characters(&self.sentence.text()[*after..], DEED_REACH);
        self.grammar.cues.deeds.within(rest.split(['，', ',']).next().unwrap_or(""))
    }

    fn first_person(&self) -> bool {
        *self.first_person.get_or_init(|| self.grammar.cues.first_person.within(self.sentence.text()))
    }

    fn other(&self) -> bool {
        !begins_with_a_side(self.sentence.text()) && self.other_speaks()
    }

    fn side(&self) -> bool {
        begins_with_a_side(self.sentence.text()) && self.other_speaks()
    }

    fn enumerated(&self) -> bool {
        self.grammar.cues.enumerations.prefix_of(self.sentence.text()).is_some()
    }

    fn post(&self) -> bool {
        self.grammar.cues.posts.within(self.sentence.text())
    }

    fn hearing(&self) -> bool {
        self.grammar.cues.hearings.within(self.sentence.text())
    }

    fn closes(&self) -> bool {
        let (cues, text) = (self.grammar.cues, self.sentence.text());
        cues.closing_starts.prefix_of(text).is_some() || cues.closing_holds.within(text)
    }

    fn speechlike(&self) -> bool {
        let (cues, text) = (self.grammar.cues, self.sentence.text());
        cues.joint.prefix_of(text).is_none() && (cues.speech_starts.prefix_of(text).is_some() || self.first_person())
    }

    fn carries(&self) -> bool {
        let (cues, text) = (self.grammar.cues, self.sentence.text());
        let scene = || cues.scene_starts.prefix_of(text).is_some() || after_date(text).len() < text.len() || cues.scenes.within(text);
        self.first_person() || !scene()
    }
}

/// The first `n` characters of a text.
fn first_characters(text: &str, n: usize) -> &str {
    text.char_indices().nth(n).map_or(text, |(end, _)| &text[..end])
}

/// Whether a text has more than `n` characters.
fn is_longer(text: &str, n: usize) -> bool {
    text.len() > n && text.chars().nth(n).is_some()
}

impl<'a> Reader<'a> {
    pub(super) fn new(grammar: Grammar<'a>, sentence: Sentence<'a>) -> Self {
        Reader {
            grammar,
            sentence,
            cue: OnceCell::new(),
            subject: OnceCell::new(),
            first_person: OnceCell::new(),
            ceremony: OnceCell::new(),
            somebody_else: OnceCell::new(),
        }
    }

    /// The first verb of speech in the sentence that has a subject.
    fn find_cue(&self) -> Option<Cue> {
        let text = self.sentence.text();
        // Where the clause begins, and where the next verb may.
        let (mut clause, mut next) = (0, 0);
        for (here, c) in text.char_indices() {
            if here >= next
                && (self.grammar.cues.verbs.may_begin(c) || self.grammar.cues.joint_verbs.may_begin(c))
                && let Some(verb) = self.verb_at(here)
            {
                if let Some(cue) = self.cue_at(clause, here, verb) {
                    return Some(cue);
                }
                next = here + verb.len();
            }
            if matches!(c, '，' | ',' | '；' | ';' | '：' | ':') && !self.is_quoted(here) {
                clause = here + c.len_utf8();
            }
        }
        None
    }

    fn is_quoted(&self, at: usize) -> bool {
        self.sentence.passage.is_quoted(self.sentence.range.start + at)
    }

    /// The verb of speech at `here`, outside of quotations.
    fn verb_at(&self, here: usize) -> Option<&str> {
        let cues = self.grammar.cues;
        let rest = &self.sentence.text()[here..];
        let verb = cues.verbs.prefix_of(rest).or_else(|| cues.joint_verbs.prefix_of(rest))?;
        // 宣布了八项行动 tells what somebody did.
        let done = !cues.strong.contains(verb) && rest[verb.len()..].starts_with('了');
        (!done && !self.is_quoted(here) && !self.is_no_verb(here, here + verb.len())).then_some(verb)
    }

    /// Whether the verb at `start..end` is part of a word or phrase that is none (说明, 所称 …).
    fn is_no_verb(&self, start: usize, end: usize) -> bool {
        let text = self.sentence.text();
        let from = text[..start].char_indices().rev().nth(3).map_or(0, |(i, _)| i);
        let to = text[end..].char_indices().nth(3).map_or(text.len(), |(i, _)| end + i);
        let window = &text[from..to];
        window.char_indices().any(|(i, _)| {
            self.grammar.cues.not_verbs.prefix_of(&window[i..]).is_some_and(|p| from + i < end && start < from + i + p.len() && p.len() > end - start)
        })
    }

    /// The cue of the verb at `verb_start`, if it is one; its clause begins at `clause`.
    fn cue_at(&self, clause: usize, verb_start: usize, verb: &str) -> Option<Cue> {
        let cues = self.grammar.cues;
        let text = self.sentence.text();
        let before = &text[clause..verb_start];
        let opening = cues.openings.prefix_of(before).map_or(0, str::len);
        let head = before[opening..].trim_start_matches(['，', ',', ' ']);
        let strong = cues.strong.contains(verb);
        let offset = |part: &str| self.sentence.range.start + (part.as_ptr() as usize - text.as_ptr() as usize);
        let end = self.sentence.range.start + verb_start + verb.len();
        let found = |part: &str, who: Who| Some(Cue { from: offset(part), at: offset(part)..end, who, strong, after: false });
        if strong && let Some(who) = self.crowd_or_body(head) {
            return found(head, who);
        }
        if strong && cues.anonymous.suffix_of(head).is_some() && cues.joint.prefix_of(head).is_none() && self.subject_of(head).is_none() {
            return found(head, Who::Unknown);
        }
        if cues.impersonal.prefix_of(head).is_some() {
            return None;
        }
        if let Some(joint) = cues.joint.prefix_of(head) {
            let says = cues.joint_verbs.contains(verb) || strong;
            return if says && self.may_stand_between(&head[joint.len()..]) { found(head, Who::Joint) } else { None };
        }
        if !cues.verbs.contains(verb) {
            return None;
        }
        if let Some(he) = cues.he.prefix_of(head) {
            let plural = cues.they.prefix_of(head).is_some();
            let who = if plural { Who::Unknown } else { Who::Pronoun };
            return if self.may_stand_between(&head[he.len()..]) { found(head, who) } else { None };
        }
        if let Some((speaker, end)) = self.subject_of(head) {
            if self.may_stand_between(&head[end..]) {
                return found(head, Who::Named(speaker));
            }
            // 佐科请李强转达…问候，表示: another verb of the same subject comes first.
            return None;
        }
        // 李强充分肯定…，希望山东…: a later clause of somebody the sentence is about.
        if !strong && self.ceremony.get_or_init(|| cues.ceremonies.first_end_in(text)).is_some_and(|end| end <= clause) {
            return None;
        }
        if clause > 0 && (head.is_empty() || (strong && self.may_stand_between(head))) {
            let subject = self.main_subject().map(|(speaker, _)| Who::Named(speaker.clone()));
            let subject = subject.or_else(|| self.somebody_else.get_or_init(|| self.somebody_else_first()).clone());
            if strong || matches!(subject, Some(Who::Named(_))) {
                return found(before, subject.unwrap_or(Who::Elided));
            }
        }
        if strong && self.may_stand_between(head) {
            return found(before, Who::Elided);
        }
        if strong { self.unregistered(head).and_then(|who| found(head, who)) } else { None }
    }

    /// Adverbs, titles and prepositional phrases: nothing that has a verb of its own, as far as the list goes.
    fn may_stand_between(&self, middle: &str) -> bool {
        let middle = middle.trim();
        if middle.is_empty() {
            return true;
        }
        if is_longer(middle, REACH) {
            return false;
        }
        let rest = after_date(middle);
        if rest.len() < middle.len() {
            return self.may_stand_between(rest);
        }
        let Some(word) = self.grammar.cues.between.prefix_of(middle).or_else(|| self.grammar.cues.titles.prefix_of(middle)) else { return false };
        let rest = &middle[word.len()..];
        // A preposition takes its object with it, but no other verb.
        let preposition = self.grammar.cues.prepositions.contains(word) && !rest.contains('了') && !self.grammar.cues.verbs.within(rest);
        preposition || self.may_stand_between(rest)
    }

    /// The people that `head` begins with, after offices: who, and where the last name ends.
    fn subject_of(&self, head: &str) -> Option<(Speaker, usize)> {
        let (first, mut end) = self.person_in(head)?;
        let mut speaker = first;
        // 甲、乙和丙表示: all of them.
        while let Some(joined) = self.grammar.cues.joiners.prefix_of(&head[end..]).map(|j| &head[end + j.len()..]) {
            let at = head.len() - joined.len();
            let Some((next, length)) = self.person_in(joined) else { break };
            speaker = speaker.and(&next);
            end = at + length;
        }
        end += self.grammar.cues.and_others.prefix_of(&head[end..]).map_or(0, str::len);
        Some((speaker, end))
    }

    /// The person whose name `head` begins with, or begins with after an office.
    fn person_in(&self, head: &str) -> Option<(Speaker, usize)> {
        let roster = self.grammar.roster;
        let (start, end, person) = roster.people().first_in(head, REACH * 4)?;
        let office = &head[..start];
        (office.is_empty() || self.is_office(office)).then(|| (roster.registered(person), end))
    }

    /// Whether `text` reads as an office before a name: it ends in a title and holds no verb of speech.
    fn is_office(&self, text: &str) -> bool {
        self.grammar.cues.titles.suffix_of(text).is_some() && text.chars().count() <= REACH && !self.grammar.cues.strong.within(text)
    }

    /// Somebody whom the registry does not know: what follows an office, or a name that follows one elsewhere.
    fn unregistered(&self, head: &str) -> Option<Who> {
        let cues = self.grammar.cues;
        let roster = self.grammar.roster;
        if cues.prepositions.prefix_of(head).is_some() {
            return None;
        }
        // A name that ends before the verb does not begin long before it.
        let near = head.char_indices().rev().nth(NEAR).map_or(0, |(i, _)| i);
        let after_office = cues.titles.last_end_in(&head[near..]).map(|end| near + end).filter(|&end| end < head.len());
        if near > 0 && after_office.is_none() && cues.titles.suffix_of(head).is_none() {
            return None;
        }
        let (office, rest) = match after_office {
            Some(end) if !self.may_stand_between(&head[end..]) => (&head[..end], &head[end..]),
            // An office alone: whoever holds it.
            Some(_) => return self.office_alone(head),
            None if cues.titles.suffix_of(head).is_some() => return self.office_alone(head),
            None => ("", head),
        };
        let name = self.bare_name(rest)?;
        let known = (!office.is_empty() && looks_like_a_name(name, cues)) || roster.introduces(name);
        let length = name.chars().count();
        if !known || !(2..=20).contains(&length) || cues.titles.contains(name) || cues.joint.contains(name) {
            return None;
        }
        if office.is_empty() && !looks_like_a_name(name, cues) {
            return None;
        }
        let full = roster.fullest(name);
        let resolved = roster.resolve(&full).or_else(|| roster.of_state(name, office));
        let mut speaker = resolved.unwrap_or_else(|| roster.unregistered(&full));
        if speaker.role.is_empty() {
            speaker.role = office.to_owned();
        }
        Some(Who::Named(speaker))
    }

    /// 广大师生, 与会专家: people without names; 俄国防部: a body, as the text calls it.
    fn crowd_or_body(&self, head: &str) -> Option<Who> {
        let cues = self.grammar.cues;
        if is_longer(head, NEAR + 8) {
            return None;
        }
        let subject = self.without_adverbs(head);
        let addressed = |p: &str| p.chars().count() == 1 && subject.contains(p);
        let plain = subject.chars().count() <= REACH && subject.chars().all(|c| is_han(c) || c == '、') && self.subject_of(subject).is_none();
        if !plain || cues.prepositions.prefix_of(subject).is_some() || cues.prepositions.iter().any(addressed) || cues.he.prefix_of(subject).is_some() {
            return None;
        }
        let place = self.grammar.roster.people().chinese_place_in(subject);
        let several = cues.plurals.prefix_of(subject).is_some() && place.is_none_or(|(at, _)| at > 0);
        let written = || Who::Body(Speaker { name: subject.to_owned(), side: place.map_or_else(String::new, |(_, p)| p.id.clone()), ..Speaker::none() });
        // 中国代表, 海关总署相关负责人: somebody who speaks for a body, called as the text calls him.
        let office = cues.anonymous.suffix_of(subject).or_else(|| cues.delegates.suffix_of(subject));
        if let Some(office) = office.filter(|_| !several && subject.chars().count() <= 16) {
            let before = subject[..subject.len() - office.len()].trim_end_matches("有关").trim_end_matches("相关").trim_end_matches("新闻");
            let of_body = cues.bodies.suffix_of(before).is_some() || self.grammar.roster.body(before).is_some();
            if of_body || (cues.delegates.contains(office) && place.is_some_and(|(at, p)| at == 0 && p.zh.iter().any(|n| n == before))) {
                return Some(written());
            }
        }
        if cues.crowds.suffix_of(subject).is_some() || several {
            return Some(Who::Joint);
        }
        let names_body =
            cues.bodies.suffix_of(subject).is_some() && cues.impersonal.prefix_of(subject).is_none() && cues.office_leads.prefix_of(subject).is_none();
        if !names_body || !(3..=16).contains(&subject.chars().count()) || cues.joint.prefix_of(subject).is_some() {
            return None;
        }
        Some(self.grammar.roster.body(subject).map_or_else(written, Who::Body))
    }

    /// A subject without what may stand between it and its verb.
    fn without_adverbs<'t>(&self, head: &'t str) -> &'t str {
        let adverb = |(i, _): &(usize, char)| self.may_stand_between(&head[*i..]) && self.grammar.cues.titles.prefix_of(&head[*i..]).is_none();
        head.char_indices().skip(2).find(adverb).map_or(head, |(i, _)| &head[..i])
    }

    fn office_alone(&self, office: &str) -> Option<Who> {
        Some(self.grammar.roster.holder(office, self.grammar.cues).map_or(Who::Unknown, |holder| Who::Described(vec![holder])))
    }

    /// The characters of a name at the start of `rest`: up to where something begins that may stand before the verb.
    fn bare_name<'t>(&self, rest: &'t str) -> Option<&'t str> {
        let end = rest.char_indices().skip(2).find(|(i, _)| self.may_stand_between(&rest[*i..])).map_or(rest.len(), |(i, _)| i);
        let name = &rest[..end];
        let letters = |c: char| is_han(c) || matches!(c, '·' | '・');
        (name.chars().all(letters) && (name.contains(['·', '・']) || name.chars().count() <= 8)).then_some(name)
    }

    /// The person whom the sentence is about: who, and where in the sentence the name ends. Openings, and clauses of time and
    /// place, may come first.
    fn main_subject(&self) -> Option<&(Speaker, usize)> {
        self.subject.get_or_init(|| self.find_main_subject()).as_ref()
    }

    fn find_main_subject(&self) -> Option<(Speaker, usize)> {
        let text = self.sentence.text();
        let opening = self.grammar.cues.openings.prefix_of(text).map_or(0, str::len);
        let head = text[opening..].trim_start_matches(['，', ',', ' ']);
        for clause in head.split([',', ';']).take(3) {
            if let Some((speaker, end)) = self.subject_of(clause).or_else(|| self.introduced_in(clause)) {
                return Some((speaker, clause.as_ptr() as usize - text.as_ptr() as usize + end));
            }
            // Before the subject only a time or place may stand.
            if !self.is_adverbial(clause) {
                return None;
            }
        }
        None
    }

    /// The group, side or body, no person, with which the sentence begins: 与会领导人欢迎…，表示.
    fn somebody_else_first(&self) -> Option<Who> {
        let cues = self.grammar.cues;
        let text = self.sentence.text();
        let opening = cues.openings.prefix_of(text).map_or(0, str::len);
        let clause = text[opening..].trim_start_matches(['，', ',', ' ']).split([',', ';']).next().unwrap_or("");
        if self.is_adverbial(clause) || cues.first_person.within(clause) || cues.he.prefix_of(clause).is_some() {
            return None;
        }
        let head = first_characters(clause, 14);
        let place = self.grammar.roster.people().chinese_place_in(head).is_some_and(|(at, _)| at == 0);
        // 代表 and the like are offices and verbs too.
        let crowd = cues.crowds.iter().any(|w| !cues.titles.contains(w) && head.contains(w));
        if cues.joint.prefix_of(clause).is_some() || crowd {
            return Some(Who::Joint);
        }
        (place || cues.sides.within(head)).then_some(Who::Unknown)
    }

    /// Whether a clause only says when or where: 在…期间, 会见后, 20日上午.
    fn is_adverbial(&self, clause: &str) -> bool {
        let cues = self.grammar.cues;
        cues.adverbial_ends.suffix_of(clause).is_some()
            || cues.prepositions.prefix_of(clause).is_some()
            || cues.adverbial_starts.prefix_of(clause).is_some()
            || cues.openings.prefix_of(clause).is_some()
            || cues.scene_starts.prefix_of(clause).is_some()
            || after_date(clause).len() < clause.len()
    }

    /// Somebody who only this document knows, and whom it introduces elsewhere, at the start of a clause.
    fn introduced_in(&self, clause: &str) -> Option<(Speaker, usize)> {
        let roster = self.grammar.roster;
        let names = (2..=6).rev().filter_map(|n| clause.char_indices().nth(n).map(|(i, _)| &clause[..i]));
        let name = names.into_iter().find(|n| roster.introduces(n) && self.grammar.cues.titles.suffix_of(n).is_none())?;
        let full = roster.fullest(name);
        let speaker = roster.resolve(&full).unwrap_or_else(|| roster.unregistered(&full));
        Some((speaker, name.len()))
    }

    /// Whether the sentence begins with somebody who speaks and whom nothing here names: 乌克兰方面称.
    fn other_speaks(&self) -> bool {
        let text = self.sentence.text();
        let clause = text.split([',', '，', ';', ':', '。']).next().unwrap_or("");
        let cues = self.grammar.cues;
        let verb = clause.char_indices().skip(2).find_map(|(i, _)| cues.strong.prefix_of(&clause[i..]).map(|v| (i, i + v.len())));
        verb.is_some_and(|(start, end)| {
            let head = &clause[..start];
            !self.is_no_verb(start, end) && !self.may_stand_between(head) && cues.he.prefix_of(head).is_none() && cues.impersonal.prefix_of(head).is_none()
        })
    }
}

/// 澳方, 中方: a side, which may be the speaker's own.
fn begins_with_a_side(text: &str) -> bool {
    text.chars().nth(1) == Some('方')
}

/// What follows a day at the start of `text`: 12日, 1月31日, 2023年2月3日, also in brackets; all of it if there is none.
fn after_date(text: &str) -> &str {
    if let Some(inner) = text.strip_prefix('(') {
        let close = inner.find(')').filter(|&close| after_date(&inner[..close]).is_empty() && close > 0);
        return close.map_or(text, |close| &inner[close + 1..]);
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '年' | '月' | '日')).unwrap_or(text.len());
    let date = &text[..end];
    // 25年来 is no day.
    let day = date.starts_with(|c: char| c.is_ascii_digit()) && date.ends_with(['日', '月', '年']) && !text[end..].starts_with(['来', '前', '间']);
    if day { &text[end..] } else { text }
}
