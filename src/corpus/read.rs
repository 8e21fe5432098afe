//! From the bytes of a file to a document.

use std::path::Path;

use super::blocks::{Field, Piece, pieces};
use super::dating::date_of;
use super::discover::Entry;
use super::document::{Block, BlockKind, Document, Problem};
use super::layout::Layout;
use super::origin::origin_of;
use crate::people::People;
use crate::text::{Language, fold, plain};

/// Files with these endings (or none) are plain text or Markdown.
const TEXT: [&str; 5] = ["txt", "text", "md", "markdown", ""];

/// Reads a file.
///
/// # Errors
/// A problem, where the file cannot be read, is not text, or is in an encoding other than UTF-8.
pub fn read_file(entry: &Entry, people: &People) -> Result<Document, Problem> {
    let problem = |kind, message: String| Problem::new(&entry.name, kind, message);
    let ending = Path::new(&entry.name).extension().map_or_else(String::new, |e| e.to_string_lossy().to_lowercase());
    if !TEXT.contains(&ending.as_str()) {
        return Err(problem("format", format!("files of type .{ending} are not read; plain text (.txt) and Markdown (.md) are")));
    }
    let bytes = std::fs::read(&entry.path).map_err(|e| problem("unreadable", e.to_string()))?;
    if bytes.contains(&0) {
        return Err(problem("binary", "holds zero bytes: not a text file, or one in UTF-16; save it as UTF-8".into()));
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let good = e.utf8_error().valid_up_to();
        let line = 1 + e.as_bytes()[..good].iter().filter(|&&b| b == b'\n').count();
        problem("encoding", format!("line {line}: not valid UTF-8 (byte {good}); save it as UTF-8"))
    })?;
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
        return Err(problem("empty", "holds no text".into()));
    }
    if looks_like_html(&text) {
        return Err(problem("format", "is a web page by its content; save its text as .txt".into()));
    }
    Ok(document_from_text(&entry.name, text, people))
}

fn looks_like_html(text: &str) -> bool {
    let head: String = text.trim_start_matches('\u{FEFF}').trim_start().chars().take(15).flat_map(char::to_lowercase).collect();
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head")
}

/// Makes a document of plain text or Markdown. `path` is its name in the tables.
pub fn document_from_text(path: &str, text: String, people: &People) -> Document {
    let layout = Layout::builtin();
    let mut pieces = pieces(&text, layout);
    let (title, title_evidence) = find_title(&text, &mut pieces, layout);
    let url = find_url(&text, &pieces);
    let file_name = path.rsplit('/').next().unwrap_or(path);
    let dating = date_of(&text, &pieces, &title, &url, file_name, layout);
    let languages = languages(&text, &pieces, layout);
    let blocks: Vec<Block> = pieces
        .iter()
        .zip(languages)
        .zip(&dating.parts)
        .map(|((piece, language), date)| Block {
            range: piece.range.clone(),
            kind: piece.kind,
            language,
            date: *date,
            folded: fold(&text[piece.range.clone()]),
        })
        .collect();
    let origin = origin_of(&url, &blocks, people);
    Document {
        id: path.to_owned(),
        path: path.to_owned(),
        record: String::new(),
        bytes: text.len() as u64,
        title,
        title_evidence,
        published: dating.published,
        event_date: dating.event,
        origin,
        url,
        blocks,
        text,
    }
}

/// The title: a `Title:` field, else the highest heading above the text, else a first line that is no sentence. A line taken
/// for the title becomes one.
fn find_title(text: &str, pieces: &mut [Piece], layout: &Layout) -> (String, &'static str) {
    let plain = |piece: &Piece| plain(&text[piece.value.clone()]);
    if let Some(field) = pieces.iter().find(|p| p.field == Some(Field::Title)) {
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
    if follows && first <= top && !is_prose(line) && !is_labelled(line) && layout.language_of(line).is_some() {
        pieces[first].kind = BlockKind::Title;
        return (plain(&pieces[first]), "first line");
    }
    (String::new(), "")
}

/// Whether a line is a sentence or more, and so no title.
fn is_prose(line: &str) -> bool {
    let line = line.trim_end_matches(['*', ' ', '_']);
    line.chars().count() > 220 || line.ends_with(['.', '。', '；', ';', ':', '：', ',', '，']) || line.contains('。')
}

/// `Name: words`, `问：…`: a turn of a transcript, no title.
fn is_labelled(line: &str) -> bool {
    line.split_once([':', '：']).is_some_and(|(head, rest)| head.chars().count() <= 3 || (rest.chars().count() > 60 && head.split_whitespace().count() <= 4))
}

/// The address that the document gives as its source.
fn find_url(text: &str, pieces: &[Piece]) -> String {
    let furniture = pieces.iter().filter(|p| p.kind == BlockKind::Boilerplate);
    let mut urls = furniture.filter_map(|p| {
        let line = &text[p.range.clone()];
        let at = line.find("http://").or_else(|| line.find("https://"))?;
        let end = line[at..].find(|c: char| c.is_whitespace() || matches!(c, ')' | '）' | '>' | '"' | '，' | '。')).map_or(line.len(), |i| at + i);
        Some((p.field == Some(Field::Source), &line[at..end]))
    });
    let first = urls.next();
    let named = first.filter(|(field, _)| *field).or_else(|| urls.find(|(field, _)| *field));
    named.or(first).map_or_else(String::new, |(_, url)| url.to_owned())
}

/// The language of each piece; one without letters has that of most of the text.
fn languages(text: &str, pieces: &[Piece], layout: &Layout) -> Vec<Language> {
    let own: Vec<Option<Language>> = pieces.iter().map(|p| layout.language_of(&text[p.range.clone()])).collect();
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
            let say = |d: Option<super::super::Dated>| d.map_or_else(String::new, |d| format!("{} {}", d.date, d.evidence));
            (say(d.published), say(d.event_date))
        };
        let want = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(dates("A Meets B\n ( 2024.01.10 )\n\nNew York, January 9th—A met B here today."), want("2024-01-10 line", "2024-01-09 dateline"));
        assert_eq!(dates("A Meets B\n\n2023-10-17 21:25\n\nOn October 16, 2023, A met B."), want("2023-10-17 line", "2023-10-16 lead"));
        assert_eq!(dates("2019年2月14日发言人主持记者会\n\n问：你好？\n答：好。"), want("2019-02-14 title", "2019-02-14 title"));
        assert_eq!(dates("A于1月9日会见B。\n【来源】http://x.example/2024/01-10/1.shtml"), want("2024-01-10 url", "2024-01-09 lead"));
        assert_eq!(dates("Tuesday, April 8, 2025\nThe spokesman answers questions."), want("2025-04-08 line", "2025-04-08 line"));
        assert_eq!(dates("A Meets B\n\nThey met on Monday."), want("", ""));
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
