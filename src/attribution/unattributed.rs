//! Documents whose text is not read for who speaks: counting alone, and fast.

use super::engine::{Attribution, attribute};
use super::segment::{Evidence, Rule, Segment, Speaker, Voice, Why};
use crate::corpus::{BlockKind, Document, Genre, Reading};
use crate::people::People;

/// Who speaks in `document`, as `reading` wants it known.
pub fn attributed(document: &Document, reading: &Reading, people: &People) -> Attribution {
    if reading.no_attribution { unattributed(document, people) } else { attribute(document, people) }
}

/// Every block as one segment: titles and furniture as such, all else in the voice of the document. Only a speaker whom the input gives
/// is one.
fn unattributed(document: &Document, people: &People) -> Attribution {
    let given = given(document, people);
    let segment = |(block, b): (usize, &crate::corpus::Block)| {
        let (voice, rule) = match b.kind {
            BlockKind::Title => (Voice::Title, Rule::Heading),
            BlockKind::Boilerplate => (Voice::Boilerplate, Rule::Furniture),
            BlockKind::Body if given.is_some() => (Voice::Document, Rule::Given),
            BlockKind::Body => (Voice::Document, Rule::NotRead),
        };
        let speaker = if b.kind == BlockKind::Body { given.clone() } else { Speaker::none() };
        Segment {
            block,
            range: b.range.clone(),
            evidence: speaker.is_some().then_some(Evidence::Metadata),
            speaker,
            voice,
            why: Why::from(rule),
            language: b.language,
            date: b.date.or(document.date()),
        }
    };
    Attribution { genre: document.genre.unwrap_or(Genre::Article), segments: document.blocks.iter().enumerate().map(segment).collect() }
}

fn given(document: &Document, people: &People) -> Speaker {
    match people.person(&document.speaker) {
        Some(person) => Speaker { name: person.name.clone(), role: String::new(), side: person.side.clone() },
        None => Speaker::named(document.speaker.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{document_from_text, read_bytes};

    #[test]
    fn nobody_speaks_but_whom_the_input_names() {
        let people = People::builtin();
        let text = "Varga Meets Tane\n\n2023-02-02\n\nTane said, Orland supports it.\n";
        let document = document_from_text("a.txt", text.to_owned(), people);
        let segments = unattributed(&document, people).segments;
        assert_eq!(segments.iter().map(|s| s.voice).collect::<Vec<_>>(), [Voice::Title, Voice::Boilerplate, Voice::Document]);
        assert!(segments.iter().all(|s| !s.speaker.is_some() && s.evidence.is_none()));
        let line = b"{\"text\": \"It is so.\", \"speaker\": \"Ilse Varga\"}";
        let document = read_bytes("a.jsonl", line.to_vec(), &Reading::default(), people).documents.remove(0);
        let segments = unattributed(&document, people).segments;
        assert_eq!((segments[0].speaker.name.as_str(), segments[0].voice, segments[0].evidence), ("Ilse Varga", Voice::Document, Some(Evidence::Metadata)));
    }
}
