//! DOCX (crates `zip` and `quick-xml`): paragraphs, headings by their style, running heads as furniture. What is marked as
//! deleted is left out, what is marked as inserted is there.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::corpus::raw::{Field, Raw, Role};

/// No document is unpacked beyond this size.
const LARGEST: u64 = 256 << 20;

/// The text of a document.
///
/// # Errors
/// It is damaged or locked.
pub fn document(bytes: &[u8]) -> Result<Raw, String> {
    let fail = |e: &dyn std::fmt::Display| format!("is a damaged or locked Word document: {e}");
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| fail(&e))?;
    let mut raw = Raw::default();
    let mut names: Vec<String> = zip.file_names().filter_map(|n| Some(n.ok()?.into_owned())).collect();
    names.sort();
    let mut left = LARGEST;
    let body = part(&mut zip, "word/document.xml", &mut left)?.ok_or_else(|| fail(&"it has no text"))?;
    for (text, style) in paragraphs(&body).map_err(|e| fail(&e))? {
        raw.push(&text, role(&style));
    }
    for name in names {
        let file = name.strip_prefix("word/").unwrap_or("");
        let role = match file {
            _ if file.starts_with("footnotes") || file.starts_with("endnotes") => Role::Text,
            _ if file.starts_with("header") || file.starts_with("footer") => Role::Margin,
            _ => continue,
        };
        let Some(xml) = part(&mut zip, &name, &mut left)? else { continue };
        for (text, _) in paragraphs(&xml).map_err(|e| fail(&e))? {
            raw.push(&text, role);
        }
    }
    if let Some(xml) = part(&mut zip, "docProps/core.xml", &mut left)?
        && !raw.marks.iter().any(|(_, r)| matches!(r, Role::Heading(_)))
        && let Some(title) = element(&xml, "title")
    {
        raw.meta.say(Field::Title, &title, "properties");
    }
    Ok(raw)
}

/// A part, if it is there and is text. All parts together may be `left` long.
fn part(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str, left: &mut u64) -> Result<Option<String>, String> {
    let mut bytes = Vec::new();
    let Ok(Ok(read)) = zip.by_name(name).map(|file| file.take(*left + 1).read_to_end(&mut bytes)) else { return Ok(None) };
    *left = left.checked_sub(read as u64).ok_or_else(|| format!("unpacks to more than {} MiB", LARGEST >> 20))?;
    Ok(String::from_utf8(bytes).ok())
}

fn role(style: &str) -> Role {
    let style = style.to_lowercase();
    let level = style.strip_prefix("heading").and_then(|n| n.trim().parse::<u8>().ok()).filter(|n| (1..=6).contains(n));
    match (level, style.as_str()) {
        (Some(level), _) => Role::Heading(level),
        (None, "title") => Role::Heading(1),
        _ => Role::Text,
    }
}

/// The paragraphs of a part, each with the name of its style.
fn paragraphs(xml: &str) -> Result<Vec<(String, String)>, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let (mut out, mut text, mut style) = (Vec::new(), String::new(), String::new());
    // Elements whose text counts, and those in which nothing does.
    let (mut in_text, mut skipped) = (false, 0_usize);
    loop {
        match reader.read_event()? {
            Event::Start(e) if is_skipped(&e) => skipped += 1,
            Event::End(e) if matches!(e.local_name().as_ref(), "Fallback" | "del" | "moveFrom") => skipped = skipped.saturating_sub(1),
            Event::Eof => break,
            _ if skipped > 0 => {}
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "t" => in_text = true,
                "br" | "cr" => text.push('\n'),
                "tab" => text.push('\t'),
                "noBreakHyphen" => text.push('\u{2011}'),
                "pStyle" => style = attribute(&e, "val"),
                _ => {}
            },
            Event::Text(e) if in_text => text.push_str(&e),
            Event::CData(e) if in_text => text.push_str(&e),
            Event::GeneralRef(e) if in_text => text.push_str(&reference(&e)),
            Event::End(e) => match e.local_name().as_ref() {
                "t" => in_text = false,
                "p" => out.push((std::mem::take(&mut text), std::mem::take(&mut style))),
                _ => {}
            },
            _ => {}
        }
    }
    Ok(out)
}

fn is_skipped(e: &BytesStart<'_>) -> bool {
    matches!(e.local_name().as_ref(), "Fallback" | "del" | "moveFrom")
}

fn attribute(e: &BytesStart<'_>, name: &str) -> String {
    let found = e.attributes().flatten().find(|a| a.key.local_name().as_ref() == name);
    found.map_or_else(String::new, |a| a.value.into_owned())
}

/// The character that a reference (`&amp;`, `&#8217;`) stands for.
fn reference(e: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = e.resolve_char_ref() {
        return c.to_string();
    }
    quick_xml::escape::resolve_xml_entity(e).unwrap_or("").to_owned()
}

/// The text of the first element of that name.
fn element(xml: &str, name: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let (mut inside, mut text) = (false, String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(e) if e.local_name().as_ref() == name => inside = true,
            Event::Text(e) if inside => text.push_str(&e),
            Event::GeneralRef(e) if inside => text.push_str(&reference(&e)),
            Event::End(_) if inside => return Some(text),
            Event::Eof => return None,
            _ => {}
        }
    }
}
