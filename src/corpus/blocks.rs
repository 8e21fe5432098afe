//! A text in blocks: paragraphs (hard-wrapped lines joined), headings, and the furniture of a page.

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;
use memchr::{memchr, memchr2};

use super::dates::find_dates;
use super::document::BlockKind;
use super::layout::Layout;
use super::raw::Role;
use super::wrap::soft_breaks;
use crate::text::{Folded, fold, is_han};

/// A block before its language and its day are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub range: Range<usize>,
    pub kind: BlockKind,
    /// The value of a field line (`Title: …`), the text of a heading, else the whole.
    pub value: Range<usize>,
    /// The level of a Markdown heading, 1 to 6; 0 for a whole paragraph in bold.
    pub heading: Option<u8>,
    /// Which part of the document a field line names.
    pub field: Option<FieldLine>,
    /// Furniture that says nothing of the document: navigation, lists of other pages, running heads.
    pub margin: bool,
    /// Its text, folded.
    pub folded: Folded,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldLine {
    Title,
    Date,
    Source,
}

/// Cuts `text` into pieces, in order; `marks` are what its format says of its layout, if it does. Blank stretches belong to
/// no piece.
pub(super) fn pieces(text: &str, marks: &[(Range<usize>, Role)], layout: &Layout) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let end = line_end(text);
    if marks.is_empty() {
        paragraphs(text, 0..text.len(), end, layout, &mut pieces);
        running_heads(text, &mut pieces);
    }
    for (range, role) in marks {
        match role {
            Role::Text => paragraphs(text, range.clone(), end, layout, &mut pieces),
            Role::Paragraph => pieces.push(classify(text, trimmed(text, range.clone()), layout)),
            Role::Heading(level) => {
                let piece = classify(text, trimmed(text, range.clone()), layout);
                pieces.push(Piece { kind: BlockKind::Title, heading: Some(*level), field: None, ..piece });
            }
            Role::Head | Role::Margin => {
                for line in lines(text, range.clone(), end).filter(|l| !l.is_empty()) {
                    let piece = classify(text, line, layout);
                    pieces.push(Piece { kind: BlockKind::Boilerplate, heading: None, margin: *role == Role::Margin, ..piece });
                }
            }
        }
    }
    pieces
}

/// The sign that ends the lines of a text. Old files end them with a carriage return alone.
fn line_end(text: &str) -> u8 {
    if memchr(b'\n', text.as_bytes()).is_some() { b'\n' } else { b'\r' }
}

/// The lines of a stretch, without blanks at their ends.
fn lines(text: &str, range: Range<usize>, end: u8) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let start = at;
        let rest = text.as_bytes().get(start..range.end).filter(|rest| !rest.is_empty())?;
        at = memchr2(end, b'\x0C', rest).map_or(range.end, |i| start + i + 1);
        Some(trimmed(text, start..at))
    })
}

/// Cuts a stretch of running text into paragraphs, headings and furniture.
fn paragraphs(text: &str, range: Range<usize>, end: u8, layout: &Layout, pieces: &mut Vec<Piece>) {
    let mut run: Vec<Range<usize>> = Vec::new();
    for line in lines(text, range, end) {
        if line.is_empty() {
            flush(text, &mut run, layout, pieces);
        } else {
            run.push(line);
        }
    }
    flush(text, &mut run, layout, pieces);
}

/// Heads and feet that a browser or printer repeats on every page: lines with a page number, a time or an address that come
/// three times, apart from their numbers.
fn running_heads(text: &str, pieces: &mut [Piece]) {
    let key = |p: &Piece| text[p.range.clone()].chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>().replace("00", "0");
    let short = |p: &Piece| p.range.len() <= 400 && text[p.range.clone()].bytes().any(|b| b.is_ascii_digit());
    let numbered = |p: &Piece| p.range.len() <= 400 && is_numbered(&text[p.range.clone()]) && short(p);
    // Most texts have no such line.
    if !pieces.iter().any(numbered) {
        return;
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for piece in pieces.iter().filter(|p| short(p)) {
        *counts.entry(key(piece)).or_default() += 1;
    }
    for piece in pieces.iter_mut().filter(|p| numbered(p)) {
        if counts.get(&key(piece)).is_some_and(|n| *n >= 3) {
            (piece.kind, piece.margin, piece.field) = (BlockKind::Boilerplate, true, None);
        }
    }
}

/// Whether a line has an address, a page number, or a day and a time.
fn is_numbered(line: &str) -> bool {
    let slash = memchr(b'/', line.as_bytes()).is_some();
    // Without a slash a page number begins with its name.
    (slash && memchr(b':', line.as_bytes()).is_some()) || ((slash || line.starts_with(['p', 'P', '第'])) && is_page_number(line))
}

/// Whether a line ends or begins with a page number: `3/7`, `Page 3`, `- 3 -`, 第3页.
fn is_page_number(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let counter = |w: &str| w.split_once('/').is_some_and(|(a, b)| [a, b].iter().all(|n| (1..=4).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit())));
    let (first, last) = (words.next().unwrap_or(""), words.next_back().unwrap_or(""));
    counter(first) || counter(last) || first.eq_ignore_ascii_case("page") || (first.starts_with('第') && line.ends_with('页'))
}

/// `range` without blanks and invisible characters at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}');
    let piece = &text[range.clone()];
    let start = range.start + piece.len() - piece.trim_start_matches(blank).len();
    let end = range.start + piece.trim_end_matches(blank).len();
    start..end.max(start)
}

/// Turns the lines of a run without blank lines into pieces: one each, but lines broken at a fixed width are joined.
fn flush(text: &str, run: &mut Vec<Range<usize>>, layout: &Layout, pieces: &mut Vec<Piece>) {
    if let [line] = run.as_slice() {
        pieces.push(classify(text, line.clone(), layout));
        run.clear();
        return;
    }
    let breaks = soft_breaks(text, run, &|line| stands_alone(line, layout));
    let mut start = None;
    for (i, line) in run.iter().enumerate() {
        let from = *start.get_or_insert(line.start);
        if !breaks.get(i).copied().unwrap_or(false) {
            pieces.push(classify(text, from..line.end, layout));
            start = None;
        }
    }
    run.clear();
}

/// Lines that are never part of a broken paragraph: headings, furniture, dates, labelled turns.
fn stands_alone(line: &str, layout: &Layout) -> bool {
    let label = line.split_once([':', '：']).is_some_and(|(head, _)| {
        head.chars().count() <= 24 && head.split_whitespace().count() <= 3 && head.starts_with(|c: char| c.is_uppercase() || is_han(c))
    });
    label || line.starts_with('#') || classify(line, 0..line.len(), layout).kind == BlockKind::Boilerplate
}

fn classify(text: &str, range: Range<usize>, layout: &Layout) -> Piece {
    let line = &text[range.clone()];
    let folded = fold(line);
    let (kind, value, heading, field) = kind_of(text, &range, &folded, layout);
    Piece { range, kind, value, heading, field, margin: false, folded }
}

type Kind = (BlockKind, Range<usize>, Option<u8>, Option<FieldLine>);

/// The kind of a line, its value, the level of the heading that it is, and the part of the document that it names.
fn kind_of(text: &str, range: &Range<usize>, folded: &Folded, layout: &Layout) -> Kind {
    let line = &text[range.clone()];
    let within = |part: &str| {
        let start = range.start + (part.as_ptr() as usize - line.as_ptr() as usize);
        trimmed(text, start..start + part.len())
    };
    let hashes = line.bytes().take_while(|&b| b == b'#').count();
    if (1..=6).contains(&hashes) && line[hashes..].starts_with([' ', '\t', '\u{3000}']) {
        return (BlockKind::Title, within(line[hashes..].trim_end_matches('#')), Some(hashes as u8), None);
    }
    if let Some(field) = field_line(text, range, folded, layout) {
        return field;
    }
    if is_furniture(line, folded.as_str(), layout) || date_line(line, layout).is_some() {
        return (BlockKind::Boilerplate, range.clone(), None, None);
    }
    if let Some(bold) = line.strip_prefix("**").and_then(|l| l.strip_suffix("**"))
        && !bold.contains("**")
        && bold.chars().count() <= 120
        && !bold.ends_with(['.', '。', ':', '：', ',', '，', '；'])
    {
        return (BlockKind::Title, within(bold), Some(0), None);
    }
    (BlockKind::Body, range.clone(), None, None)
}

/// What a line is that names a part of the document.
fn field_line(text: &str, range: &Range<usize>, folded: &Folded, layout: &Layout) -> Option<Kind> {
    if !layout.begins_as_field(folded.as_str()) {
        return None;
    }
    let names = [(&layout.fields.title, FieldLine::Title), (&layout.fields.date, FieldLine::Date), (&layout.fields.source, FieldLine::Source)];
    names.into_iter().find_map(|(names, field)| {
        let name = names.iter().find(|name| folded.as_str().starts_with(name.as_str()))?;
        let start = range.start + folded.source(0..name.len()).end;
        let kind = if field == FieldLine::Title { BlockKind::Title } else { BlockKind::Boilerplate };
        let value = trimmed(text, start..range.end);
        let short = field == FieldLine::Source || text[value.clone()].chars().nth(200).is_none();
        (short && (field != FieldLine::Date || !find_dates(&text[value.clone()]).is_empty())).then_some((kind, value, None, Some(field)))
    })
}

/// Whether a line is page furniture: by its words, or because it is a row of links, a breadcrumb, or an address.
fn is_furniture(line: &str, folded: &str, layout: &Layout) -> bool {
    let bare = folded.trim_matches(|c: char| matches!(c, '<' | '>' | '[' | ']' | '(' | ')' | '【' | '】' | '|' | ' '));
    layout.is_boilerplate(bare)
        || (layout.begins_as_boilerplate(folded) && folded.chars().nth(200).is_none())
        || layout.holds_boilerplate(folded)
        || is_links(line)
        || is_breadcrumb(line)
        || (bare.starts_with("http") && !bare.contains(' '))
}

/// A line of Markdown links and little else.
fn is_links(line: &str) -> bool {
    let speaks = |part: &str| part.contains(char::is_alphanumeric);
    let (mut rest, mut links) = (line, 0);
    while let Some(open) = memchr(b'[', rest.as_bytes()) {
        if speaks(&rest[..open]) {
            return false;
        }
        let Some(middle) = rest[open..].find("](").map(|i| open + i) else { break };
        let Some(close) = rest[middle..].find(')').map(|i| middle + i) else { break };
        links += 1;
        rest = &rest[close + 1..];
    }
    links > 0 && !speaks(rest)
}

/// `Home > The Ministry > Activities`, in whatever signs.
fn is_breadcrumb(line: &str) -> bool {
    const SIGNS: [char; 4] = ['>', '›', '»', '＞'];
    const LONGEST: usize = 40;
    // Most lines are too long before the first sign, if there is one.
    let head = line.trim_start().chars().enumerate().take_while(|(i, c)| *i < LONGEST || SIGNS.contains(c) || c.is_whitespace());
    if !head.into_iter().any(|(_, c)| SIGNS.contains(&c)) {
        return false;
    }
    let short = |p: &str| !p.is_empty() && p.split_whitespace().count() <= 6 && p.chars().count() <= LONGEST && !p.contains(['<', '。', '.']);
    line.split(SIGNS).map(str::trim).all(short)
}

/// The day of a line that is a date (with weekday, time, brackets, a programme's name in book-title marks) and nothing else.
pub(super) fn date_line(line: &str, layout: &Layout) -> Option<NaiveDate> {
    if line.len() > 240 {
        return None;
    }
    let dates = find_dates(line);
    let [date] = dates.as_slice() else { return None };
    let day = date.full()?;
    let mut rest = format!("{} {}", &line[..date.range.start], &line[date.range.end..]);
    if let (Some(open), Some(close)) = (rest.find('《'), rest.find('》'))
        && open < close
    {
        rest.replace_range(open..close + '》'.len_utf8(), "");
    }
    let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let alone = words.all(|w| {
        let w = w.to_lowercase();
        let (en, zh) = (&layout.en, &layout.zh);
        let begins = |list: &[String]| list.iter().any(|p| w.starts_with(p.as_str()));
        w.chars().all(|c| c.is_ascii_digit()) || en.weekdays.contains(&w) || en.clock.contains(&w) || begins(&zh.weekdays) || begins(&zh.clock)
    });
    alone.then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(BlockKind, &str)> {
        pieces(text, &[], Layout::builtin()).into_iter().map(|p| (p.kind, &text[p.value])).collect()
    }

    #[test]
    fn furniture_headings_and_text() {
        use BlockKind::{Body, Boilerplate, Title};
        for (line, want) in [
            ("Home > China News", Boilerplate),
            ("[Home](#) [The Ministry](#)[Home](#) > [Activities](#)", Boilerplate),
            ("<Suggest To A Friend>", Boilerplate),
            ("[查看原文](https://x.example/a)", Boilerplate),
            ("Keywords: a, b", Boilerplate),
            ("Copyright©1998-2014, Ministry", Boilerplate),
            (" ( 2024.01.10 )", Boilerplate),
            ("2023-02-02 22:50", Boilerplate),
            ("Monday, January 20, 2025 ", Boilerplate),
            ("《新闻联播》（20230617）", Boilerplate),
            ("【来源】http://x.example/2024/01-10/1.shtml", Boilerplate),
            ("Title: A headline", Title),
            ("## A heading", Title),
            ("**某方案发布**", Title),
            ("Liu said, trade > war and 5 > 3 are facts of life in the region.", Body),
            ("On January 9, 2024, they met.", Body),
            ("Sources: none of them spoke.", Body),
            ("**央视网消息**（新闻联播）：大会举行。", Body),
        ] {
            assert_eq!(kinds(line)[0].0, want, "{line}");
        }
        assert_eq!(kinds("Title: A headline")[0].1, "A headline");
    }

    #[test]
    fn what_is_repeated_on_every_page_is_furniture() {
        let page =
            |n: usize, text: &str| format!("9/30/24, 6:17 PM Toward a Community with a Shared Future_Ministry\n{text}\nhttps://x.example/a.html {n}/3\n\n");
        let text = page(1, "The first page.") + &page(2, "(Applause.)") + &page(3, "(Applause.)");
        let body: Vec<&str> = kinds(&text).into_iter().filter(|(k, _)| *k == BlockKind::Body).map(|(_, t)| t).collect();
        assert_eq!(body, ["The first page.", "(Applause.)", "(Applause.)"]);
        assert_eq!(kinds("Q: And now?\nQ: And now?\nQ: And now?")[0].0, BlockKind::Body);
    }

    #[test]
    fn hard_wraps_are_joined_and_paragraphs_are_not() {
        let wrapped = "The delegation spoke of a community with a shared future\nfor mankind, and of other matters that the two of them\nhad in mind. The end.\n\nNext paragraph.";
        assert_eq!(kinds(wrapped).len(), 2);
        let narrow = "Wang said today that win-\nwin cooperation is what\ncounts most for all of\nthe region.";
        assert_eq!(kinds(narrow).len(), 1);
        let head = "Remarks by Ilse Varga at the Opening of the Forum in Port Selin\nIlse Varga\n2021-05-21";
        assert_eq!(kinds(head).len(), 3);
        assert_eq!(kinds("One line.\rAnother line.").len(), 2);
        let turns = "Q: Will the minister go there next week, as has been said?\nA: I have nothing on that at the moment for you.\nQ: Thanks.";
        assert_eq!(kinds(turns).len(), 3);
        let torn = "会议听取了某人所作的\n政府工作报告\n。会议号召大家坚持真正的多边主义，这一行很长，比一百二十列还要长，所以不会被当作按固定宽度折断的行，这里再写几个字凑足长度。\n下一段。";
        assert_eq!(kinds(torn).len(), 2, "{:?}", kinds(torn));
        let broken = "They spoke at length of a community with a shared\nfuture for mankind, and of more besides.\nMore.";
        assert_eq!(kinds(broken).len(), 2, "{:?}", kinds(broken));
        let paragraphs = "A line that is a paragraph of its own, and ends here.\nAnother line that is one as well, and it ends here too.\nShort.";
        assert_eq!(kinds(paragraphs).len(), 3);
    }
}
