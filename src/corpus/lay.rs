//! Lays a text out as a document: title, address, dates, languages, and its blocks.

use super::blocks::{FieldLine, Piece, pieces};
use super::dating::{Clues, date_of};
use super::document::{Block, BlockKind, Dated, Document, Problem};
use super::genre::Genre;
use super::layout::Layout;
use super::origin::origin_of;
use super::raw::{Field, Meta, Raw};
use crate::people::People;
use crate::text::{Language, letters, plain};

/// Where a text comes from.
#[derive(Debug, Clone)]
pub(super) struct Source<'a> {
    path: &'a str,
    format: &'a str,
    people: &'a People,
    whole: Option<Dated>,
}

impl<'a> Source<'a> {
    pub fn new(path: &'a str, format: &'a str, people: &'a People) -> Self {
        Source { path, format, people, whole: None }
    }

    /// The source of the parts of a file, which all have the date of what stands above them, if they show none.
    pub fn part_of(&self, above: &Document) -> Self {
        let whole = above.published.clone().map(|d| Dated { evidence: "file", ..d });
        Source { whole, ..self.clone() }
    }
}

/// A document, and what about it is not as it should be.
#[derive(Debug)]
pub(super) struct Laid {
    pub document: Document,
    pub problems: Vec<Problem>,
}

/// Makes a document of a text.
pub(super) fn lay(raw: Raw, source: &Source<'_>) -> Laid {
    let layout = Layout::builtin();
    let Raw { record, text, marks, meta, pictures, base } = raw;
    let mut pieces = pieces(&text, &marks, layout);
    mark_headlines(&text, &mut pieces, layout);
    let given = meta.get(Field::Title);
    let (title, title_evidence) = match given {
        Some(given) => {
            mark_title(&text, &mut pieces, &given.value);
            (plain(&given.value), given.by)
        }
        None => find_title(&text, &mut pieces, layout),
    };
    let url = meta.get(Field::Url).map_or_else(|| find_url(&text, &pieces), |g| g.value.clone());
    let file_name = source.path.rsplit('/').next().unwrap_or(source.path);
    // The name of a file that holds several documents dates none of them, unless they are parts of one text.
    let file_name = if record.is_empty() { file_name } else { "" };
    let clues =
        Clues { text: &text, pieces: &pieces, title: &title, url: &url, file_name, given: &meta, pictures: &pictures, whole: source.whole.clone(), layout };
    let dating = date_of(&clues);
    let mut problems: Vec<Problem> = dating.problems.iter().map(|message| Problem::of(source.path, &record, "date", message.clone())).collect();
    let genre = meta.get(Field::Genre).map(|g| g.value.parse::<Genre>()).transpose();
    if let Err(wrong) = &genre {
        problems.push(Problem::of(source.path, &record, "metadata", wrong.to_string()));
    }
    let languages = languages(&text, &pieces, layout, meta.value(Field::Language));
    let blocks: Vec<Block> = pieces
        .into_iter()
        .zip(languages)
        .zip(&dating.parts)
        .map(|((piece, language), date)| Block { range: piece.range, kind: piece.kind, language, date: *date, folded: piece.folded })
        .collect();
    let origin = origin_of(&url, &meta, &blocks, source.people);
    let document = Document {
        id: if record.is_empty() { source.path.to_owned() } else { format!("{}#{record}", source.path) },
        path: source.path.to_owned(),
        record,
        bytes: text.len() as u64,
        title,
        title_evidence,
        published: dating.published,
        event_date: dating.event,
        origin,
        speaker: speaker(&meta, source.people),
        genre: genre.ok().flatten(),
        url,
        blocks,
        base,
        text,
        format: source.format.to_owned(),
    };
    Laid { document, problems }
}

/// The speaker that is given. An author is one only if he is somebody who is known, and not a reporter.
fn speaker(meta: &Meta, people: &People) -> String {
    let flat = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    match meta.get(Field::Speaker) {
        Some(given) => flat(&given.value),
        None => meta.get(Field::Author).map(|g| flat(&g.value)).filter(|name| people.person(name).is_some()).unwrap_or_default(),
    }
}

/// Makes titles of the lines between a heading such as "In brief" (新闻摘要) and the next heading.
fn mark_headlines(text: &str, pieces: &mut [Piece], layout: &Layout) {
    let mut within = false;
    for piece in pieces {
        if piece.heading.is_some() {
            within = layout.boilerplate.headlines.iter().any(|h| *h == letters(&text[piece.value.clone()]));
        } else if within && piece.kind == BlockKind::Body {
            piece.kind = BlockKind::Title;
        }
    }
}

/// Makes a title of the first lines of the text that repeat the title given.
fn mark_title(text: &str, pieces: &mut [Piece], title: &str) {
    let wanted = letters(title);
    let first = pieces.iter_mut().filter(|p| p.kind != BlockKind::Boilerplate).take(2);
    for piece in first.filter(|p| p.kind == BlockKind::Body && p.range.len() <= 2 * title.len() + 16) {
        if letters(&text[piece.value.clone()]) == wanted {
            piece.kind = BlockKind::Title;
        }
    }
}

/// The title: a `Title:` field, else the highest heading above the text, else a first line that is no sentence. A line taken
/// for the title becomes one.
fn find_title(text: &str, pieces: &mut [Piece], layout: &Layout) -> (String, &'static str) {
    let plain = |piece: &Piece| plain(&text[piece.value.clone()]);
    if let Some(field) = pieces.iter().find(|p| p.field == Some(FieldLine::Title)) {
        return (plain(field), "field");
    }
    let top = pieces.iter().position(|p| p.kind == BlockKind::Body && is_prose(&text[p.range.clone()])).unwrap_or(pieces.len());
    let heading = pieces[..top].iter().filter(|p| p.heading.is_some_and(|level| level > 0)).min_by_key(|p| p.heading);
    if let Some(heading) = heading {
        return (plain(heading), "heading");
    }
    // The first line that is not furniture, if it is short and no sentence, and something follows.
    let Some(first) = pieces.iter().position(|p| p.kind != BlockKind::Boilerplate) else { return (String::new(), "") };
    let line = &text[pieces[first].range.clone()];
    let follows = pieces[first + 1..].iter().any(|p| p.kind == BlockKind::Body);
    let turns = pieces[first + 1..].iter().find(|p| p.kind == BlockKind::Body).is_some_and(|p| is_turn(line) && is_turn(&text[p.range.clone()]));
    if follows && first <= top && !is_prose(line) && !is_labelled(line) && !turns && layout.language_of(line).is_some() {
        pieces[first].kind = BlockKind::Title;
        return (plain(&pieces[first]), "first line");
    }
    (String::new(), "")
}

/// Whether a line is a sentence or more, and so no title.
fn is_prose(line: &str) -> bool {
    let line = line.trim_end_matches(['*', ' ', '_']);
    line.ends_with(['.', '。', '；', ';', ':', '：', ',', '，']) || line.chars().nth(220).is_some() || line.contains('。')
}

/// `Name: words`, `问：…`: a turn of a transcript, no title.
fn is_labelled(line: &str) -> bool {
    line.split_once([':', '：'])
        .is_some_and(|(head, rest)| head.chars().count() <= 3 || (rest.chars().nth(60).is_some() && head.split_whitespace().count() <= 4))
}

/// `Name: words`, as two lines after each other are in a transcript.
fn is_turn(line: &str) -> bool {
    line.split_once([':', '：']).is_some_and(|(head, rest)| head.chars().count() <= 30 && head.split_whitespace().count() <= 4 && !rest.trim().is_empty())
}

/// The address that the document gives as its source.
fn find_url(text: &str, pieces: &[Piece]) -> String {
    let furniture = pieces.iter().filter(|p| p.kind == BlockKind::Boilerplate && !p.margin);
    let mut urls = furniture.filter_map(|p| {
        let line = &text[p.range.clone()];
        let at = line.find("http://").or_else(|| line.find("https://"))?;
        let end = line[at..].find(|c: char| c.is_whitespace() || matches!(c, ')' | '）' | '>' | '"' | '，' | '。')).map_or(line.len(), |i| at + i);
        Some((p.field == Some(FieldLine::Source), &line[at..end]))
    });
    let first = urls.next();
    let named = first.filter(|(field, _)| *field).or_else(|| urls.find(|(field, _)| *field));
    named.or(first).map_or_else(String::new, |(_, url)| url.to_owned())
}

/// The language of each piece; one without letters has that of most of the text. A language that is given settles what
/// words alone do not: whether Latin letters are English.
fn languages(text: &str, pieces: &[Piece], layout: &Layout, given: &str) -> Vec<Language> {
    let given = given.to_lowercase();
    let latin = match given.get(..2) {
        Some("en") => Some(Language::En),
        None | Some("zh" | "ch") => None,
        Some(_) => Some(Language::Und),
    };
    let of = |p: &Piece| {
        let found = layout.language_of(&text[p.range.clone()]);
        found.map(|l| latin.filter(|_| l != Language::Zh).unwrap_or(l))
    };
    let own: Vec<Option<Language>> = pieces.iter().map(of).collect();
    let mut size = [(Language::En, 0), (Language::Zh, 0), (Language::Und, 0)];
    for (piece, language) in pieces.iter().zip(&own) {
        for (l, n) in &mut size {
            *n += if Some(*l) == *language { piece.range.len() } else { 0 };
        }
    }
    let main = size.iter().max_by_key(|(_, n)| *n).map_or(Language::Und, |(l, _)| *l);
    own.into_iter().map(|l| l.unwrap_or(main)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{BlockKind, Dated, document_from_text};

    fn read(text: &str) -> Document {
        document_from_text("a.txt", text.to_owned(), People::builtin())
    }

    const BODY: &str = "\n\nThe minister met his guest in the capital and they spoke of many things for an hour.\n";

    #[test]
    fn titles() {
        for (head, want) in [
            ("Varga Meets with Orlo Tane\n ( 2024.01.10 )", "Varga Meets with Orlo Tane"),
            ("Home > China News\nVarga Holds Talks\n\n2023-02-02 22:50", "Varga Holds Talks"),
            ("[Home](#) [About](#)\n\n## Varga Meets Tane\n\n2023-10-17 21:25", "Varga Meets Tane"),
            ("# 王某会见外长\n\n《新闻联播》（20231017）", "王某会见外长"),
            ("Tuesday, April 8, 2025", ""),
            ("Q: What of it?\nA: Nothing.", ""),
            ("Some words that end in a full stop.", ""),
            ("some\u{a0}words *in* italics", "some words in italics"),
        ] {
            assert_eq!(read(&format!("{head}{BODY}")).title, want, "{head}");
        }
        assert_eq!(read(&format!("中方重视双方合作。\nTitle: A meeting{BODY}")).title, "A meeting");
    }

    #[test]
    fn dates_with_their_evidence() {
        let dates = |text: &str| {
            let d = read(text);
            let say = |d: Option<Dated>| d.map_or_else(String::new, |d| format!("{} {}", d.date, d.evidence));
            (say(d.published), say(d.event_date))
        };
        let want = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(dates("A Meets B\n ( 2024.01.10 )\n\nNew York, January 9th—A met B here today."), want("2024-01-10 line", "2024-01-09 dateline"));
        assert_eq!(dates("A Meets B\n\n2023-10-17 21:25\n\nOn October 16, 2023, A met B."), want("2023-10-17 line", "2023-10-16 lead"));
        assert_eq!(dates("2019年2月14日发言人主持记者会\n\n问：你好？\n答：好。"), want("2019-02-14 title", "2019-02-14 title"));
        assert_eq!(dates("A于1月9日会见B。\n【来源】http://x.example/2024/01-10/1.shtml"), want("2024-01-10 line", "2024-01-09 lead"));
        assert_eq!(dates("Tuesday, April 8, 2025\nThe spokesman answers questions."), want("2025-04-08 line", "2025-04-08 line"));
        assert_eq!(dates("A Meets B\n\nThey met on Monday."), want("", ""));
        assert_eq!(dates("# 某社创刊40周年\n\n2023-01-01\n\n某人发来贺信。\n\n1日下午，庆祝大会举行。"), want("2023-01-01 line", "2023-01-01 text"));
        assert_eq!(dates("# 某社创刊40周年\n\n2023-03-01\n\n某人发来贺信。2月1日，庆祝大会举行。"), want("2023-03-01 line", ""));
    }

    #[test]
    fn the_parts_of_a_log_carry_their_own_days() {
        let d = read("Monday, January 20, 2025\nA spoke in public.\n\nTuesday, January 21, 2025\nB spoke in public.\n");
        let days: Vec<String> = d.blocks.iter().filter(|b| b.kind == BlockKind::Body).map(|b| b.date.map_or_else(String::new, |d| d.to_string())).collect();
        assert_eq!(days, ["2025-01-20", "2025-01-21"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_ordered_blocks(text in "(#{0,2} ?|\\*\\*|\\[|\\]\\(|2024.01.10|一|Q: |word |[.。:>\n\n《》“]){0,60}") {
            let d = read(&text);
            let mut at = 0;
            for block in &d.blocks {
                proptest::prop_assert!(at <= block.range.start && block.range.start < block.range.end);
                proptest::prop_assert!(d.text.get(block.range.clone()).is_some());
                at = block.range.end;
            }
        }
    }
}
