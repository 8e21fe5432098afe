//! What a file is: by its content, and where that does not tell, by its name.

use std::io::{Read, Seek};

use super::formats::json_begins;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Plain text or Markdown.
    Text,
    Html,
    /// JSON: one value, or one a line.
    Json,
    /// Cells set apart by commas, tabs or semicolons.
    Csv,
    Spreadsheet,
    Docx,
    Pdf,
    Parquet,
    Gzip,
    Zip,
    /// Something that is recognised and not read: what it is, and what to do.
    Other(&'static str),
}

/// Beginnings of files that are no text.
const SIGNATURES: [(&[u8], Format); 14] = [
    (b"%PDF-", Format::Pdf),
    (b"PAR1", Format::Parquet),
    (b"\x1F\x8B", Format::Gzip),
    (b"{\\rtf", Format::Other("is a Rich Text file; save it as .docx or .txt")),
    (b"\x89PNG", Format::Other("is an image; tifa reads text")),
    (b"\xFF\xD8\xFF", Format::Other("is an image; tifa reads text")),
    (b"GIF8", Format::Other("is an image; tifa reads text")),
    (b"7z\xBC\xAF", Format::Other("is a 7z archive; unpack it")),
    (b"Rar!", Format::Other("is a rar archive; unpack it")),
    (b"BZh", Format::Other("is packed with bzip2; unpack it")),
    (b"\xFD7zXZ", Format::Other("is packed with xz; unpack it")),
    (b"\x28\xB5\x2F\xFD", Format::Other("is packed with zstd; unpack it")),
    (b"SQLite format 3", Format::Other("is a database; export its table as CSV")),
    (b"\x00\x00\x00 ftyp", Format::Other("is a film or sound file; tifa reads text")),
];

/// The format of a file called `name` that begins with the given bytes; `names` are those of what it holds, if it is an archive.
pub(super) fn format_of(name: &str, bytes: &[u8], names: impl FnOnce() -> Vec<String>) -> Format {
    let ending = ending(name);
    if let Some((_, format)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return *format;
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Format::Other("is a tar archive; unpack it");
    }
    // Some PDFs begin with a few stray bytes.
    if ending == "pdf" && bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-") {
        return Format::Pdf;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zipped(&ending, bytes, &names());
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        // Old Office files of every kind begin alike.
        return if ending == "xls" { Format::Spreadsheet } else { Format::Other("is an old Office file; save it as .docx or .xlsx") };
    }
    Format::Text
}

/// The format of a text by what stands in it, then by its name.
pub(super) fn text_format(name: &str, text: &str) -> Format {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if start[..start.floor_char_boundary(2_000)].contains("multipart/related") {
        return Format::Other("is a web archive; save the page as .html");
    }
    if looks_like_html(start) {
        return Format::Html;
    }
    if start.starts_with(['{', '[']) && json_begins(start) == Some(true) {
        return Format::Json;
    }
    match ending(name).as_str() {
        "csv" | "tsv" | "tab" => Format::Csv,
        "json" | "jsonl" | "ndjson" => Format::Json,
        "html" | "htm" | "shtml" | "xhtml" if start.contains("</") || start.contains("<p") || start.contains("<P") => Format::Html,
        "pdf" | "docx" | "doc" | "xlsx" | "xls" | "ods" | "parquet" | "zip" => {
            Format::Other("is not what the ending of its name says; rename it, or get it again")
        }
        "mht" | "mhtml" => Format::Other("is a web archive; save the page as .html"),
        _ => Format::Text,
    }
}

/// The ending of a name, in lower case, without the dot; that of what is packed for `.gz`.
pub(super) fn ending(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    let name = name.strip_suffix(".gz").unwrap_or(name);
    name.rsplit_once('.').map_or_else(String::new, |(_, e)| e.to_lowercase())
}

/// The names of the members of an archive; none if it is damaged.
#[cfg(feature = "zip")]
pub(super) fn member_names(bytes: impl Read + Seek) -> Vec<String> {
    let archive = zip::ZipArchive::new(bytes);
    archive.map_or_else(|_| Vec::new(), |a| a.file_names().filter_map(|n| Some(n.ok()?.into_owned())).collect())
}

#[cfg(not(feature = "zip"))]
pub(super) fn member_names(_: impl Read + Seek) -> Vec<String> {
    Vec::new()
}

/// Office files are zip archives with certain members.
fn zipped(ending: &str, bytes: &[u8], own: &[String]) -> Format {
    // The members of an archive may be Office files themselves: only its own names count.
    let holds = |name: &str| own.iter().any(|n| n.starts_with(name));
    let is_a = |kind: &[u8]| bytes.get(..200).unwrap_or(bytes).windows(kind.len()).any(|w| w == kind);
    if matches!(ending, "epub" | "jar") {
        return Format::Other("is an archive of pages; unpack it");
    }
    if holds("[Content_Types].xml") || matches!(ending, "docx" | "xlsx" | "pptx") {
        if holds("word/document") || ending == "docx" {
            return Format::Docx;
        }
        if holds("xl/workbook.") || ending == "xlsx" {
            return Format::Spreadsheet;
        }
        return Format::Other("is an Office file that is neither a document nor a spreadsheet; save its text as .docx or .txt");
    }
    if is_a(b"application/vnd.oasis.opendocument.spreadsheet") {
        return Format::Spreadsheet;
    }
    if is_a(b"mimetypeapplication/vnd.oasis.opendocument") {
        return Format::Other("is an OpenDocument file; save it as .docx or .txt");
    }
    Format::Zip
}

/// Whether a text begins as a web page does.
fn looks_like_html(start: &str) -> bool {
    let head: String = start.chars().take(2_000).flat_map(char::to_lowercase).collect();
    // Comments and an XML declaration may come first.
    let mut rest = head.as_str();
    while let Some((open, close)) = [("<!--", "-->"), ("<?xml", "?>")].into_iter().find(|(open, _)| rest.starts_with(open)) {
        let Some(end) = rest[open.len()..].find(close) else { return head.contains("<html") };
        rest = rest[open.len() + end + close.len()..].trim_start();
    }
    ["<!doctype html", "<html", "<head", "<body", "<meta ", "<div", "<p>", "<table", "<script", "<title>"].iter().any(|tag| rest.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_before_the_name() {
        for (name, content, want) in [
            ("a.txt", "<!DOCTYPE html><html>", Format::Html),
            ("a", "<!-- saved from url=(0014)http://x.example/ -->\n<html>", Format::Html),
            ("a.html", "Just words.", Format::Text),
            ("a.html", "words <p>more</p>", Format::Html),
            ("a.json", "{\"a\": 1}\n{\"a\": 2}", Format::Json),
            ("a.txt", "[{\"a\": 1}]", Format::Json),
            ("a.md", "[Home](#) > [Activities](#)", Format::Text),
            ("a.md", "[1] A note", Format::Text),
            ("a.TSV", "a\tb", Format::Csv),
            ("a.txt", "{curly} words", Format::Text),
            ("a.pdf", "<html><p>Not found", Format::Html),
        ] {
            assert_eq!(text_format(name, content), want, "{name} {content}");
        }
        assert!(matches!(text_format("a.pdf", "words"), Format::Other(_)));
        let tar = [&[0; 257][..], b"ustar", &[0; 200]].concat();
        assert_eq!(format_of("a.tar", &tar, Vec::new), Format::Other("is a tar archive; unpack it"));
        assert_eq!(format_of("a.txt", b"%PDF-1.7", Vec::new), Format::Pdf);
        assert_eq!(format_of("a.doc", b"\xD0\xCF\x11\xE0", Vec::new), Format::Other("is an old Office file; save it as .docx or .xlsx"));
        assert_eq!(ending("x/y.JSONL.gz"), "jsonl");
    }
}
