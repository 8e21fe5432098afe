//! A file, or a member of an archive, by its format: to texts, or to a table of rows that is read piece by piece.

use std::io;

use super::container::{Member, said};
use super::desk::Desk;
use super::document::Problem;
use super::encoding::{Decoded, decode};
use super::formats::{self, is_json_lines, json_begins};
use super::limits::{TOO_LARGE, largest, too_large, whole_too_large};
use super::options::Reading;
use super::raw::{Raw, Role, below};
use super::rows::Sizes;
use super::sniff::{Format, format_of, member_names, text_format};
use super::source::Source;
use super::stream::Stream;
use super::tabular::{Table, raws};

/// So much of a large file is looked at to tell what it is, and more where that does not tell.
const HEAD: usize = 1 << 20;

type Failure = (&'static str, String);

/// Reads the members of a file.
pub(super) struct MemberReader<'a> {
    pub reading: &'a Reading,
    pub path: &'a str,
    pub sizes: Sizes,
}

/// A member whose bytes have been taken from it.
struct Named {
    record: String,
    name: String,
    is_ambiguous: bool,
}

impl MemberReader<'_> {
    /// Reads a member.
    pub fn read(&self, member: Member<'_>, desk: &mut Desk<'_>) {
        let Member { record, name, source, format, is_ambiguous } = member;
        let named = Named { record, name, is_ambiguous };
        if let Err((kind, message)) = self.try_read(&named, source, format, desk) {
            desk.found.push(Problem::of(self.path, &named.record, kind, message));
        }
    }

    fn try_read(&self, named: &Named, mut source: Source<'_>, format: Format, desk: &mut Desk<'_>) -> Result<(), Failure> {
        match format {
            Format::Docx => self.put(named, docx(&self.whole(&mut source, false)?).map_err(|e| ("format", e))?, "Word document", desk),
            Format::Pdf => self.put(named, pdf(&self.whole(&mut source, false)?).map_err(|e| ("format", e))?, "PDF", desk),
            Format::Spreadsheet | Format::Parquet => {
                let label = if format == Format::Parquet { "Parquet" } else { "spreadsheet" };
                let tables = binary_tables(format, self.whole(&mut source, false)?).map_err(|e| ("format", e))?;
                self.put_tables(named, tables, label, desk);
            }
            Format::Other(what) => return Err(("format", what.to_owned())),
            _ if matches!(source, Source::Memory(_)) => {
                let bytes = self.whole(&mut source, false)?;
                return self.text(named, bytes, desk);
            }
            _ => return self.large_text(named, &mut source, desk),
        }
        Ok(())
    }

    /// All bytes of a file that holds one document, or several.
    fn whole(&self, source: &mut Source<'_>, is_one: bool) -> Result<Vec<u8>, Failure> {
        let (limit, size) = (largest(self.reading, is_one), source.size());
        let message = || if is_one { too_large("the text", size, limit) } else { whole_too_large(size, limit) };
        let failed = failure(source);
        source.whole(limit).map_err(failed)?.ok_or_else(|| (TOO_LARGE, message()))
    }

    /// A text in memory.
    fn text(&self, named: &Named, bytes: Vec<u8>, desk: &mut Desk<'_>) -> Result<(), Failure> {
        let size = bytes.len() as u64;
        let Decoded { text, encoding } = decode(bytes).ok_or(("binary", "is no text, and no format that is read".to_owned()))?;
        let label = |what: &str| format!("{what}, {encoding}");
        let format = text_format(&named.name, &text);
        if matches!(format, Format::Html | Format::Text) && self.reading.split.is_none() && size > self.reading.max_document {
            return Err((TOO_LARGE, too_large("the text", Some(size), self.reading.max_document)));
        }
        match format {
            Format::Html => self.put(named, html(&text).map_err(|e| ("format", e))?, &label("web page"), desk),
            Format::Json if self.reading.group_by.is_none() && is_json_lines(&text) == Some(true) => {
                self.rows(named, &mut Source::Memory(text.into_bytes()), None, &label("JSON"), desk)?;
            }
            Format::Csv if self.reading.group_by.is_none() => {
                self.rows(named, &mut Source::Memory(text.into_bytes()), Some(&named.name), &label("table"), desk)?;
            }
            Format::Json => self.put_tables(named, vec![(String::new(), formats::json(&text))], &label("JSON"), desk),
            Format::Csv => self.put_tables(named, vec![(String::new(), formats::csv(&named.name, &text))], &label("table"), desk),
            Format::Other(what) => return Err(("format", what.to_owned())),
            _ => {
                let mut raw = Raw::plain(text);
                match formats::front_matter(&raw.text) {
                    Ok(Some((range, meta))) => {
                        raw.marks = vec![(range.clone(), Role::Margin), (range.end..raw.text.len(), Role::Text)];
                        raw.meta = meta;
                    }
                    Ok(None) => {}
                    Err(message) => desk.found.push(Problem::of(self.path, &named.record, "metadata", message)),
                }
                self.put(named, raw, &label("text"), desk);
            }
        }
        Ok(())
    }

    /// A text that does not stand in memory: a table is read piece by piece, if it is one that can be.
    fn large_text(&self, named: &Named, source: &mut Source<'_>, desk: &mut Desk<'_>) -> Result<(), Failure> {
        let most = usize::try_from(largest(self.reading, false)).unwrap_or(usize::MAX);
        let mut length = HEAD;
        let (head, is_open) = loop {
            let (head, is_all) = source.head(length).map_err(failure(source))?;
            let is_open = is_open(&String::from_utf8_lossy(&head));
            if !is_open || is_all || length >= most {
                break (head, is_open);
            }
            length = length.saturating_mul(4).min(most);
        };
        let start = String::from_utf8_lossy(&head);
        let format = text_format(&named.name, &start);
        let is_utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
        let in_rows = match format {
            Format::Other(what) => return Err(("format", what.to_owned())),
            Format::Csv => true,
            // A first line without an end is one that is too large.
            Format::Json => is_json_lines(&start) == Some(true) || (is_open && memchr::memchr(b'\n', &head).is_none()),
            _ => false,
        };
        if in_rows && self.reading.group_by.is_none() && !is_utf16 {
            let (cells, label) = if format == Format::Csv { (Some(named.name.as_str()), "table, UTF-8") } else { (None, "JSON, UTF-8") };
            if self.rows(named, source, cells, label, desk)? {
                return Ok(());
            }
        }
        let is_one = !matches!(format, Format::Json | Format::Csv) && self.reading.split.is_none();
        let bytes = self.whole(source, is_one)?;
        self.text(named, bytes, desk)
    }

    /// The rows of a table; whether they are text in UTF-8.
    fn rows(&self, named: &Named, source: &mut Source<'_>, cells: Option<&str>, label: &str, desk: &mut Desk<'_>) -> Result<bool, Failure> {
        let is_decoded = matches!(source, Source::Memory(_));
        let stream = Stream { path: self.path, prefix: &named.record, cells, reading: self.reading, is_decoded, sizes: self.sizes };
        let failed = failure(source);
        let (head, _) = source.head(HEAD).map_err(failed)?;
        let survey = source.reader().and_then(|reader| stream.survey(reader, &head)).map_err(failed)?;
        if !is_decoded && !survey.watch.is_utf8(&head) {
            return Ok(false);
        }
        if let Some(columns) = stream.columns(&survey, &mut desk.found) {
            let mut each = |raws: Vec<Raw>, problems: Vec<Problem>| {
                desk.found.extend(problems);
                desk.put(raws, label, !named.is_ambiguous);
            };
            source.reader().and_then(|reader| stream.texts(reader, &survey, &columns, &mut each)).map_err(failed)?;
        }
        Ok(true)
    }

    /// The one text of a member.
    fn put(&self, named: &Named, mut raw: Raw, label: &str, desk: &mut Desk<'_>) {
        if raw.text.contains(char::is_alphanumeric) {
            raw.record.clone_from(&named.record);
            desk.put(vec![raw], label, false);
        } else {
            desk.found.push(Problem::of(self.path, &named.record, "empty", "holds no text"));
        }
    }

    /// The texts in tables. Of several sheets, those without a column for the text are passed over, if others have one.
    fn put_tables(&self, named: &Named, tables: Vec<(String, Table<'_>)>, label: &str, desk: &mut Desk<'_>) {
        let (mut found, mut missed) = (Vec::new(), Vec::new());
        let is_one = tables.len() == 1;
        for (sheet, table) in tables {
            let prefix = if is_one { named.record.clone() } else { below(&named.record, &sheet) };
            let mut own = Vec::new();
            found.extend(raws(table, self.path, &prefix, self.reading, &mut own));
            let (columns, others): (Vec<Problem>, Vec<Problem>) = own.into_iter().partition(|p| p.kind == "columns");
            missed.extend(columns);
            desk.found.extend(others);
        }
        if found.is_empty() {
            desk.found.extend(missed);
        }
        for raw in &mut found {
            formats::unmark(raw);
            if raw.record.is_empty() {
                raw.record.clone_from(&named.record);
            }
        }
        desk.put(found, label, false);
    }
}

/// Whether a text begins with an object of JSON that does not end in it, or behind which nothing has been seen.
fn is_open(head: &str) -> bool {
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    start.starts_with(['{', '[']) && (json_begins(start).is_none() || is_json_lines(start).is_none())
}

/// What is said of a source that cannot be read to its end.
fn failure(source: &Source<'_>) -> fn(io::Error) -> Failure {
    match source {
        Source::Memory(_) | Source::File(_) => |e| ("unreadable", e.to_string()),
        _ => |e| ("archive", said(&e)),
    }
}

/// The tables of a file that is a table and nothing else, by the names of their sheets.
pub(super) fn tables(name: &str, bytes: Vec<u8>) -> Result<Vec<(String, Table<'static>)>, String> {
    match format_of(name, &bytes, || member_names(io::Cursor::new(&bytes[..]))) {
        format @ (Format::Spreadsheet | Format::Parquet) => binary_tables(format, bytes),
        Format::Text => {
            let text = decode(bytes).ok_or("is no text")?.text;
            match text_format(name, &text) {
                Format::Json => Ok(vec![(String::new(), formats::json(&text).into_owned())]),
                Format::Csv => Ok(vec![(String::new(), formats::csv(name, &text))]),
                _ => Err("is no table".into()),
            }
        }
        _ => Err("is no table".into()),
    }
}

fn binary_tables(format: Format, bytes: Vec<u8>) -> Result<Vec<(String, Table<'static>)>, String> {
    if format == Format::Parquet { Ok(vec![(String::new(), parquet(bytes)?)]) } else { spreadsheet(&bytes) }
}

/// Each reader that a build may leave out, or a message in its place.
macro_rules! reader {
    ($feature:literal, $name:ident, $input:ty, $output:ty, $what:literal) => {
        #[cfg(feature = $feature)]
        fn $name(input: $input) -> Result<$output, String> {
            formats::$name(input)
        }
        #[cfg(not(feature = $feature))]
        fn $name(_: $input) -> Result<$output, String> {
            Err(concat!("this build does not read ", $what, "; build tifa with its default features").into())
        }
    };
}
reader!("html", html, &str, Raw, "web pages");
reader!("office", docx, &[u8], Raw, "Word documents");
reader!("office", spreadsheet, &[u8], Vec<(String, Table<'static>)>, "spreadsheets");
reader!("pdf", pdf, &[u8], Raw, "PDF");
reader!("parquet", parquet, Vec<u8>, Table<'static>, "Parquet");
