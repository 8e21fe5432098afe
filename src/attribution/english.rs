//! How English sentences say who speaks: "Liu said, …", "…, he added", "Noting that …, Qin Gang said that …",
//! "According to X, …", "…, saying that …", and appositions, offices and adverbs between.

use super::grammar::{Cue, Grammar, Reading, Sentence, Who};
use super::names::{joined, name_run, office_start, possessive};
use super::passage::Token;
use super::segment::Speaker;

/// Reads one sentence.
pub(super) fn read(grammar: &Grammar<'_, '_>, sentence: &Sentence<'_, '_>) -> Reading {
    let tokens = sentence.passage.tokens_in(&sentence.range);
    let reader = Reader { grammar, sentence, tokens };
    let subject = reader.main_subject();
    let text = sentence.text();
    let cues = grammar.cues;
    let opening = cues.closing_starts.prefix_of(text).is_some();
    let words = |n: usize| tokens.iter().filter(|t| t.word).take(n);
    Reading {
        cue: reader.cue(subject.as_ref()),
        deed: reader.is_deed(subject.as_ref()),
        post: words(24).any(|t| cues.posts.contains(t.text)),
        closes: opening || cues.closing_holds.within(text),
        speechlike: words(60).any(|t| cues.speechlike.contains(t.text)) || cues.speechlike.within(text),
        enumerated: false,
        of_person: subject.as_ref().is_some_and(|s| s.person),
        subject: subject.map(|s| s.speaker),
    }
}

struct Reader<'g, 's, 'a, 'r, 'p> {
    grammar: &'g Grammar<'a, 'r>,
    sentence: &'s Sentence<'p, 'a>,
    tokens: &'s [Token<'a>],
}

/// The first subject of a sentence: who, and the token after it.
struct Subject {
    speaker: Speaker,
    next: usize,
    person: bool,
}

impl Reader<'_, '_, '_, '_, '_> {
    fn cue(&self, subject: Option<&Subject>) -> Option<Cue> {
        self.trailing().or_else(|| self.according()).or_else(|| self.leading()).or_else(|| self.later_verb(subject))
    }

    /// The number of tokens of the verb of speech at `i`, if there is one there.
    fn verb_at(&self, i: usize, verbs: &super::cues::Phrases) -> Option<usize> {
        if i > 0 && self.tokens[i].capital {
            return None;
        }
        let most = verbs.most_words.min(self.tokens.len() - i);
        (1..=most).rev().find(|&n| {
            let (first, last) = (&self.tokens[i], &self.tokens[i + n - 1]);
            verbs.contains(&self.sentence.passage.text[first.start..last.end])
        })
    }

    fn is_strong(&self, i: usize) -> bool {
        self.verb_at(i, &self.grammar.cues.strong).is_some()
    }

    fn quoted(&self, i: usize) -> bool {
        self.sentence.passage.is_quoted(self.tokens[i].start)
    }

    fn start(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(self.sentence.range.start, |t| t.start)
    }

    /// `"…," Lee said.` and `…, said Lee, the mayor.`: the whole sentence is his.
    fn trailing(&self) -> Option<Cue> {
        let verbs = &self.grammar.cues.verbs;
        let mut unknown = None;
        for i in (3..self.tokens.len()).rev() {
            if self.quoted(i) {
                continue;
            }
            let Some(length) = self.verb_at(i, verbs) else { continue };
            match self.trailing_subject(i, length) {
                Some(Who::Unknown) => unknown = Some(Who::Unknown),
                Some(who) => return Some(Cue { from: self.sentence.range.start, who, strong: true }),
                None => {}
            }
        }
        unknown.map(|who| Cue { from: self.sentence.range.start, who, strong: true })
    }

    /// Whose words stand before the verb of speech at `i`, if they do.
    fn trailing_subject(&self, i: usize, length: usize) -> Option<Who> {
        let cues = self.grammar.cues;
        let after = &self.tokens[i + length..];
        // No further than it matters: a text without full stops is one sentence.
        let words = after.iter().filter(|t| t.word).take(41).count();
        let first = after.first().map_or("", |t| t.text);
        if words > 40 || first == "that" || first == ":" {
            return None;
        }
        let enough = |start: usize| self.tokens[..start].iter().filter(|t| t.word).nth(3).is_some();
        // Subject and verb after the words.
        if let Some((start, who)) = self.subject_before(i)
            && let Some(start) = self.after_comma(start)
            && enough(start)
            && !self.opens_like_an_aside(start)
        {
            let told = cues.addressing.contains(self.tokens[i].text);
            let quoted = self.ends_quotation(start);
            let aside = first == "," || cues.subordinators.contains(first) || cues.times.contains(first);
            if words == 0 || quoted || (words <= 24 && (aside || told)) {
                return Some(who);
            }
        }
        // Verb and subject after the words.
        let comma = self.tokens.get(i - 1).is_some_and(ends_words);
        if comma && enough(i - 1) && (self.ends_quotation(i) || (self.tokens[i - 1].text == "," && words <= 24)) {
            return self.subject_from(i + length).0;
        }
        None
    }

    /// Where a subject that begins at `start` or a few words before follows a comma or a quotation.
    fn after_comma(&self, start: usize) -> Option<usize> {
        (start.saturating_sub(4)..=start).rev().take_while(|&s| s == start || self.tokens[s].word).find(|&s| s > 0 && ends_words(&self.tokens[s - 1]))
    }

    /// Whether a quotation ends right before token `at`.
    fn ends_quotation(&self, at: usize) -> bool {
        let before = &self.tokens[at - 1];
        self.sentence.passage.quotes.iter().any(|q| q.range.end >= before.start && q.range.end <= self.tokens[at].start + 1)
    }

    /// "In this regard, Qin Gang mentioned …" opens with an aside and not with his words.
    fn opens_like_an_aside(&self, end: usize) -> bool {
        let before = &self.tokens[..end];
        let commas = || before.iter().filter(|t| t.text == ",").count();
        self.grammar.cues.asides.contains(self.tokens[0].text) && before.iter().filter(|t| t.word).nth(11).is_none() && commas() == 1
    }

    /// "According to Wang Yi, …" and "…, according to Wang Yi."
    fn according(&self) -> Option<Cue> {
        let phrases = &self.grammar.cues.according;
        let i = (0..self.tokens.len()).find(|&i| !self.quoted(i) && self.verb_at(i, phrases).is_some())?;
        let next = i + self.verb_at(i, phrases)?;
        let (who, _) = self.subject_from(next);
        let who = who.filter(|w| matches!(w, Who::Named(_) | Who::Body(_)))?;
        let from = if i == 0 || self.tokens[i - 1].text == "," { self.sentence.range.start } else { return None };
        Some(Cue { from, who, strong: true })
    }

    /// The first verb of speech with a subject of its own: "Liu said, …".
    fn leading(&self) -> Option<Cue> {
        let cues = self.grammar.cues;
        for i in 1..self.tokens.len() {
            if self.quoted(i) {
                continue;
            }
            let joint = self.verb_at(i, &cues.joint_verbs).is_some();
            let verb = self.verb_at(i, &cues.verbs).is_some();
            if !joint && !verb {
                continue;
            }
            let Some((start, who)) = self.subject_before(i) else { continue };
            if (who == Who::Joint && !joint) || (who != Who::Joint && !verb) {
                continue;
            }
            let from = if start == 0 || self.opens_with_speech(start) { self.sentence.range.start } else { self.start(start) };
            return Some(Cue { from, who, strong: self.is_strong(i) });
        }
        None
    }

    /// "Noting that …, Qin Gang said": what stands before the subject is already his. So is a quotation.
    fn opens_with_speech(&self, subject: usize) -> bool {
        let first = &self.tokens[0];
        self.verb_at(0, &self.grammar.cues.participles).is_some() || (first.text == "\"" && subject > 2)
    }

    /// A verb that shares its subject with an earlier one: "Guterres agreed … and expressed …", "He spoke of …, saying that …".
    fn later_verb(&self, subject: Option<&Subject>) -> Option<Cue> {
        let subject = subject.filter(|s| s.person)?;
        let cues = self.grammar.cues;
        for i in subject.next..self.tokens.len() {
            if self.quoted(i) || i == 0 {
                continue;
            }
            let before = self.tokens[i - 1].text;
            let shares = before == "and" && self.verb_at(i, &cues.verbs).is_some();
            let participle = before == "," && self.verb_at(i, &cues.participles).is_some();
            if shares || participle {
                let strong = participle || self.is_strong(i);
                return Some(Cue { from: self.start(i), who: Who::Named(subject.speaker.clone()), strong });
            }
        }
        None
    }

    /// The subject that ends before token `verb`: where it begins, and who it is. `None` if there is none, or if it stands in
    /// a subordinate clause.
    fn subject_before(&self, verb: usize) -> Option<(usize, Who)> {
        let cues = self.grammar.cues;
        let mut end = verb;
        while end > 0 && verb - end < 4 && cues.between.contains(self.tokens[end - 1].text) {
            end -= 1;
        }
        let end = self.before_apposition(end);
        if end == 0 {
            return None;
        }
        let (start, who) = self.subject_ending(end)?;
        let before = start.checked_sub(1).map(|i| &self.tokens[i]);
        if before.is_some_and(|t| cues.subordinators.contains(t.text) || matches!(t.text, "-" | "(")) {
            return None;
        }
        Some((start, who))
    }

    /// Skips ", Minister of …," back to the name it explains.
    fn before_apposition(&self, end: usize) -> usize {
        if end == 0 || self.tokens[end - 1].text != "," {
            return end;
        }
        let from = end.saturating_sub(26);
        let Some(open) = (from..end - 1).rev().find(|&i| self.tokens[i].text == ",") else { return 0 };
        let inner = &self.tokens[open + 1..end - 1];
        let names_office =
            inner.iter().any(|t| self.grammar.cues.titles.contains(t.text)) || inner.first().is_some_and(|t| matches!(t.text, "a" | "an" | "the" | "who"));
        if names_office && open > 0 { open } else { 0 }
    }

    fn subject_ending(&self, end: usize) -> Option<(usize, Who)> {
        let cues = self.grammar.cues;
        let last = &self.tokens[end - 1];
        if cues.he.contains(last.text) || cues.they.contains(last.text) {
            return Some((end - 1, if cues.he.contains(last.text) { Who::Pronoun } else { Who::Unknown }));
        }
        for n in (1..=cues.joint.most_words.min(end)).rev() {
            let start = end - n;
            if cues.joint.contains(&self.sentence.passage.text[self.tokens[start].start..last.end]) {
                return Some((start, Who::Joint));
            }
        }
        if let Some(found) = self.body_ending(end) {
            return Some(found);
        }
        // The longest name that ends here.
        let name = (1..=5.min(end)).rev().find(|n| name_run(self.tokens, end - n, cues) == *n);
        if let Some(n) = name {
            let name_start = self.grammar.roster.name_start(self.tokens, end - n, end, cues);
            let start = office_start(self.tokens, name_start, cues);
            return Some((start, self.who(name_start, end, start < name_start)));
        }
        if last.word && (cues.titles.contains(last.text) || cues.anonymous.contains(last.text)) {
            return self.office_ending(end);
        }
        (last.capital && last.word).then(|| (office_start(self.tokens, end, cues), Who::Unknown))
    }

    /// A body whose name, of one to nine words, ends before `end`.
    fn body_ending(&self, end: usize) -> Option<(usize, Who)> {
        let last = &self.tokens[end - 1];
        let text = self.sentence.passage.text;
        (1..=9.min(end)).rev().find_map(|n| {
            let first = &self.tokens[end - n];
            let body = first.capital.then(|| self.grammar.roster.body(possessive(&text[first.start..last.end]))).flatten()?;
            let start = if end > n && self.tokens[end - n - 1].text == "the" { end - n - 1 } else { end - n };
            Some((start, Who::Body(body)))
        })
    }

    /// "The Foreign Minister", "the spokesperson": whoever here holds that office.
    fn office_ending(&self, end: usize) -> Option<(usize, Who)> {
        let cues = self.grammar.cues;
        let mut start = end - 1;
        while start > 0
            && self.tokens[start - 1].word
            && (self.tokens[start - 1].capital || cues.titles.contains(self.tokens[start - 1].text))
            && self.tokens[start - 1].text != "the"
        {
            start -= 1;
        }
        let office: Vec<&str> = self.tokens[start..end].iter().map(|t| t.text).collect();
        if start > 0 && self.tokens[start - 1].text == "the" {
            start -= 1;
        }
        let holder = self.grammar.roster.holder(&office.join(" ")).map(Who::Office);
        // A spokesman without a name is called what the document calls him, if it says whose.
        let whose = self.tokens[start..end].iter().any(|t| t.capital && t.text != "the");
        let unnamed = || {
            (whose && cues.anonymous.contains(self.tokens[end - 1].text)).then(|| {
                Who::Body(Speaker {
                    name: joined(&self.tokens[start..end]).trim_start_matches("The ").trim_start_matches("An ").trim_start_matches("A ").to_owned(),
                    ..Speaker::none()
                })
            })
        };
        Some((start, holder.or_else(unnamed).unwrap_or(Who::Unknown)))
    }

    /// Whom the name tokens `from..to` mean.
    fn who(&self, from: usize, to: usize, titled: bool) -> Who {
        let name = &self.tokens[from..to];
        let words: Vec<&str> = name.iter().filter(|t| t.word).map(|t| possessive(t.source)).collect();
        let full = words.join(" ");
        let roster = self.grammar.roster;
        if let Some(speaker) = roster.resolve(&full) {
            return Who::Named(speaker);
        }
        let title = from.checked_sub(1).map(|i| self.tokens[i].text).filter(|_| titled && words.len() == 1);
        if let Some(speaker) = title.and_then(|title| roster.titled(title, &full)) {
            return Who::Named(speaker);
        }
        if roster.people().outlet(&full).is_some() {
            return roster.body(&full).map_or(Who::Unknown, Who::Body);
        }
        // A name that nothing explains is the document's own; one word is enough only after an office.
        if roster.people().place(&full).is_some() {
            return Who::Unknown;
        }
        if words.len() >= 2 || titled { Who::Named(roster.unregistered(&full)) } else { Who::Unknown }
    }

    /// The subject that begins at token `i`: who, and the token after it.
    fn subject_from(&self, i: usize) -> (Option<Who>, usize) {
        let cues = self.grammar.cues;
        if self.tokens.get(i).is_some_and(|t| cues.he.contains(t.text)) {
            return (Some(Who::Pronoun), i + 1);
        }
        let first = if self.tokens.get(i).is_some_and(|t| t.text == "the") { i + 1 } else { i };
        for n in (1..=9.min(self.tokens.len().saturating_sub(first))).rev() {
            let (a, b) = (&self.tokens[first], &self.tokens[first + n - 1]);
            // "The Ministry of Defense Spokesperson Zhang …" is about Zhang.
            let goes_on = self.tokens.get(first + n).is_some_and(|t| t.word && (t.capital || cues.titles.contains(t.text)));
            if let Some(body) = self.grammar.roster.body(possessive(&self.sentence.passage.text[a.start..b.end])).filter(|_| !goes_on && a.capital) {
                return (Some(Who::Body(body)), first + n);
            }
        }
        // Office words, then a name: a known one anywhere in them, else the first that can be one.
        let office_words =
            |t: &&Token<'_>| t.word && (t.capital || cues.titles.contains(t.text) || cues.connectors.contains(t.text) || cues.not_names.contains(t.text));
        let reach = first + self.tokens[first.min(self.tokens.len())..].iter().take(20).take_while(office_words).count();
        for at in first..reach {
            if let Some(n) = (2..=4.min(reach - at)).rev().find(|n| self.grammar.roster.people().person(&joined(&self.tokens[at..at + n])).is_some()) {
                return (Some(self.who(at, at + n, at > first)), at + n);
            }
        }
        let mut at = first;
        while at < self.tokens.len() && at - first < 20 {
            let run = name_run(self.tokens, at, cues);
            let titled = self.tokens[first..at].iter().any(|t| cues.titles.contains(t.text));
            // "Treasury Secretary …" begins with an office.
            let office = self.tokens.get(at + run).is_some_and(|t| t.capital && cues.titles.contains(t.text));
            // "Orland's Foreign Minister …" is about the minister.
            let owner = run > 0 && self.tokens[at + run - 1].text.ends_with("'s");
            if run > 0 && !office && !owner && (titled || at == first) {
                let name = self.grammar.roster.name_start(self.tokens, at, at + run, cues);
                return (Some(self.who(name, at + run, titled)), at + run);
            }
            let t = &self.tokens[at];
            if !office_words(&t) {
                break;
            }
            at += 1;
        }
        (None, at)
    }

    /// The person or body that the sentence begins with.
    fn main_subject(&self) -> Option<Subject> {
        let mut first = 0;
        // "New York, January 9th—Liu Jianchao …"
        if let Some(dash) = self.tokens.iter().take(12).position(|t| t.text == "—") {
            first = dash + 1;
        } else if self.tokens.first().is_some_and(|t| self.grammar.cues.asides.contains(t.text)) {
            // "On October 17, 2023, Foreign Minister Wang Yi …"
            first = self.tokens.iter().take(12).rposition(|t| t.text == ",").map_or(0, |c| c + 1);
        }
        let (who, next) = self.subject_from(first);
        match who? {
            Who::Named(speaker) => Some(Subject { speaker, next, person: true }),
            Who::Body(speaker) => Some(Subject { speaker, next, person: false }),
            _ => None,
        }
    }

    /// Whether the subject does something in the next words.
    fn is_deed(&self, subject: Option<&Subject>) -> bool {
        let Some(subject) = subject else { return false };
        let mut next = subject.next;
        if self.tokens.get(next).is_some_and(|t| t.text == ",") {
            next = self.tokens.iter().skip(next + 1).take(24).position(|t| t.text == ",").map_or(next, |i| next + 2 + i);
        }
        self.tokens.iter().skip(next).take(3).any(|t| self.grammar.cues.deeds.contains(t.text))
    }
}

/// Whether a token ends words that somebody is then said to have spoken.
fn ends_words(token: &Token<'_>) -> bool {
    matches!(token.text, "," | "\"" | "?" | "!")
}
