//! From a file to its documents: unpacked, told by its content, decoded, read by its format, split, dated and laid out.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::container::{Member, members};
use super::dating::date_by_neighbours;
use super::discover::{Entry, STDIN, discover};
use super::document::{Document, Problem};
use super::encoding::{Decoded, damage, decode};
use super::formats;
use super::lay::{Source, lay};
use super::options::Reading;
use super::raw::{Field, Raw, Role, below};
use super::sidecar::Sidecars;
use super::sniff::{Format, format_of, text_format};
use super::split::split;
use super::tabular::{Table, raws};
use crate::error::Result;
use crate::people::People;
use crate::text::hex;

/// The files of a corpus, and how they are to be read.
#[derive(Debug)]
pub struct Corpus {
    entries: Vec<Entry>,
    sidecars: Sidecars,
    reading: Reading,
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Contents {
    /// Its documents, in order.
    pub documents: Vec<Document>,
    /// What could not be read as it should.
    pub problems: Vec<Problem>,
    /// SHA-256 of the file; empty if it could not be read.
    pub digest: String,
}

/// What is known of a file when all its documents have been given away.
#[derive(Debug, Default)]
pub struct Rest {
    /// What could not be read as it should.
    pub problems: Vec<Problem>,
    /// SHA-256 of the file; empty if it could not be read.
    pub digest: String,
}

/// So many bytes of text are given away at a time, or one document that is longer.
const BATCH: usize = 8 << 20;

impl Corpus {
    /// Finds the files under `inputs` (`-` is standard input) and what is said about them; what cannot be listed is a problem.
    ///
    /// # Errors
    /// An input that does not exist.
    pub fn open(inputs: &[impl AsRef<Path>], reading: Reading) -> Result<(Corpus, Vec<Problem>)> {
        let (mut entries, mut problems) = discover(inputs)?;
        let sidecars = Sidecars::load(&mut entries, &mut problems);
        Ok((Corpus { entries, sidecars, reading }, problems))
    }

    /// The files, by name.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Reads a file, and gives its documents to `take` in order, a batch at a time, so that a large file never stands in memory.
    pub fn read_each(&self, entry: &Entry, people: &People, take: &mut dyn FnMut(Vec<Document>)) -> Rest {
        let Contents { documents, problems, digest } = self.read(entry, people);
        let (mut batch, mut size) = (Vec::new(), 0);
        for document in documents {
            size += document.text.len();
            batch.push(document);
            if size >= BATCH {
                take(std::mem::take(&mut batch));
                size = 0;
            }
        }
        if !batch.is_empty() {
            take(batch);
        }
        Rest { problems, digest }
    }

    /// Reads a file.
    pub fn read(&self, entry: &Entry, people: &People) -> Contents {
        let mut contents = Contents::default();
        match bytes_of(entry) {
            Ok(bytes) => {
                contents.digest = hex(&Sha256::digest(&bytes));
                self.read_bytes(entry, bytes, people, &mut contents);
            }
            Err(message) => contents.problems.push(Problem::new(&entry.name, "unreadable", message)),
        }
        contents
    }

    fn read_bytes(&self, entry: &Entry, bytes: Vec<u8>, people: &People, contents: &mut Contents) {
        let mut raws = Vec::new();
        for member in members(&entry.name, bytes, &mut contents.problems) {
            let record = member.record.clone();
            match texts(member, &entry.name, &self.reading, &mut contents.problems) {
                Ok((found, format)) => raws.extend(found.into_iter().map(|raw| (raw, format.clone()))),
                Err((kind, message)) => contents.problems.push(Problem::of(&entry.name, &record, kind, message)),
            }
        }
        let by_name = self.reading.path_pattern.as_ref().map(|p| (p, p.read(&entry.name)));
        if let Some((pattern, None)) = &by_name {
            let message = format!("its name is not of the pattern {}", pattern.as_str());
            contents.problems.push(Problem::new(&entry.name, "metadata", message));
        }
        let by_name = by_name.and_then(|(_, said)| said).unwrap_or_default();
        let mut taken = HashMap::new();
        for (mut raw, format) in raws {
            // What the researcher says of a file goes before what the file says.
            let mut meta = self.sidecars.of(&entry.path, &raw.record);
            meta.add(&by_name);
            if let Some(genre) = self.reading.genre {
                meta.say(Field::Genre, genre.name(), "option");
            }
            meta.add(&raw.meta);
            raw.meta = meta;
            self.documents_of(raw, &Source::new(&entry.name, &format, people), &mut taken, contents);
        }
        if contents.documents.is_empty() && contents.problems.is_empty() {
            contents.problems.push(Problem::new(&entry.name, "empty", "holds no text"));
        }
        date_by_neighbours(&mut contents.documents);
        for document in &contents.documents {
            if let Some((kind, message)) = damage(&document.text) {
                contents.problems.push(Problem::of(&document.path, &document.record, kind, message));
            }
        }
    }

    /// Lays out a text, or the documents into which it is split.
    fn documents_of(&self, raw: Raw, source: &Source<'_>, taken: &mut HashMap<String, usize>, contents: &mut Contents) {
        let mut add = |mut part: Raw, source: &Source<'_>| {
            part.record = unused(&part.record, taken);
            let laid = lay(part, source);
            contents.problems.extend(laid.problems);
            contents.documents.push(laid.document);
        };
        let Some((above, parts)) = self.reading.split.as_ref().and_then(|how| split(&raw, how)) else { return add(raw, source) };
        // A part that shows no date of its own has that of what stands above all of them, or of the file.
        let source = source.part_of(&lay(Raw { record: String::new(), ..above }, source).document);
        parts.into_iter().for_each(|part| add(part, &source));
    }
}

/// `record`, with a number if another document of the file is called so: in an archive, names may stand twice.
fn unused(record: &str, taken: &mut HashMap<String, usize>) -> String {
    let mut name = record.to_owned();
    while taken.contains_key(&name) {
        let times = taken.entry(record.to_owned()).or_default();
        *times += 1;
        name = format!("{record}~{}", *times + 1);
    }
    taken.insert(name.clone(), 0);
    name
}

/// Reads the bytes of a file called `name`, for which no metadata file speaks.
pub fn read_bytes(name: &str, bytes: Vec<u8>, reading: &Reading, people: &People) -> Contents {
    let corpus = Corpus { entries: Vec::new(), sidecars: Sidecars::default(), reading: reading.clone() };
    let entry = Entry { name: name.to_owned(), path: name.into() };
    let mut contents = Contents { digest: hex(&Sha256::digest(&bytes)), ..Contents::default() };
    corpus.read_bytes(&entry, bytes, people, &mut contents);
    contents
}

/// The bytes of a file, or of standard input.
fn bytes_of(entry: &Entry) -> std::result::Result<Vec<u8>, String> {
    if entry.path == Path::new(STDIN) {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(|e| e.to_string())?;
        return Ok(bytes);
    }
    std::fs::read(&entry.path).map_err(|e| e.to_string())
}

type Failure = (&'static str, String);

/// The texts in a file, and the name of its format.
fn texts(member: Member, path: &str, reading: &Reading, problems: &mut Vec<Problem>) -> std::result::Result<(Vec<Raw>, String), Failure> {
    let Member { record, name, bytes } = member;
    let format = format_of(&name, &bytes);
    let (found, label) = match format {
        Format::Docx => (vec![docx(&bytes).map_err(|e| ("format", e))?], "Word document".to_owned()),
        Format::Pdf => (vec![pdf(&bytes).map_err(|e| ("format", e))?], "PDF".to_owned()),
        Format::Spreadsheet | Format::Parquet => {
            let label = if format == Format::Parquet { "Parquet" } else { "spreadsheet" };
            (of_tables(&binary_tables(format, bytes).map_err(|e| ("format", e))?, path, &record, reading, problems), label.to_owned())
        }
        Format::Other(what) => return Err(("format", what.to_owned())),
        _ => {
            let Decoded { text, encoding } = decode(&bytes).ok_or(("binary", "is no text, and no format that is read".to_owned()))?;
            let (found, label) = of_text(&name, text, path, &record, reading, problems)?;
            (found, format!("{label}, {encoding}"))
        }
    };
    let mut found = found;
    if !matches!(format, Format::Spreadsheet | Format::Parquet) {
        found.retain(|raw| {
            let filled = raw.text.contains(char::is_alphanumeric);
            if !filled {
                let record = if raw.record.is_empty() { &record } else { &raw.record };
                problems.push(Problem::of(path, record, "empty", "holds no text"));
            }
            filled
        });
    }
    for raw in &mut found {
        if raw.record.is_empty() {
            raw.record.clone_from(&record);
        }
    }
    Ok((found, label))
}

/// The texts in a decoded file.
fn of_text(
    name: &str,
    text: String,
    path: &str,
    record: &str,
    reading: &Reading,
    problems: &mut Vec<Problem>,
) -> std::result::Result<(Vec<Raw>, &'static str), Failure> {
    Ok(match text_format(name, &text) {
        Format::Html => (vec![html(&text).map_err(|e| ("format", e))?], "web page"),
        Format::Json => (of_tables(&[(String::new(), formats::json(&text))], path, record, reading, problems), "JSON"),
        Format::Csv => (of_tables(&[(String::new(), formats::csv(name, &text))], path, record, reading, problems), "table"),
        Format::Other(what) => return Err(("format", what.to_owned())),
        _ => {
            let mut raw = Raw::plain(text);
            match formats::front_matter(&raw.text) {
                Ok(Some((range, meta))) => {
                    raw.marks = vec![(range.clone(), Role::Margin), (range.end..raw.text.len(), Role::Text)];
                    raw.meta = meta;
                }
                Ok(None) => {}
                Err(message) => problems.push(Problem::of(path, record, "metadata", message)),
            }
            (vec![raw], "text")
        }
    })
}

/// The texts in tables. Of several sheets, those without a column for the text are passed over, if others have one.
fn of_tables(tables: &[(String, Table)], path: &str, record: &str, reading: &Reading, problems: &mut Vec<Problem>) -> Vec<Raw> {
    let mut found = Vec::new();
    let mut missed = Vec::new();
    for (sheet, table) in tables {
        let prefix = match (record, sheet.as_str(), tables.len()) {
            (record, _, 1) => record.to_owned(),
            (record, sheet, _) => below(record, sheet),
        };
        let mut own = Vec::new();
        let of_table = raws(table, path, &prefix, reading, &mut own);
        let (columns, others): (Vec<Problem>, Vec<Problem>) = own.into_iter().partition(|p| p.kind == "columns");
        missed.extend(columns);
        problems.extend(others);
        found.extend(of_table);
    }
    if found.is_empty() {
        problems.extend(missed);
    }
    for raw in &mut found {
        // Some tables hold their texts as markup.
        if ["</p>", "<br", "</div>", "</P>", "<BR", "&nbsp;", "&amp;", "&quot;", "&#"].iter().any(|tag| raw.text.contains(tag))
            && let Ok(read) = fragment(&raw.text)
        {
            (raw.text, raw.marks) = (read.text, read.marks);
        }
    }
    found
}

/// The tables of a file that is a table and nothing else, by the names of their sheets.
pub(super) fn tables(name: &str, bytes: Vec<u8>) -> std::result::Result<Vec<(String, Table)>, String> {
    match format_of(name, &bytes) {
        format @ (Format::Spreadsheet | Format::Parquet) => binary_tables(format, bytes),
        Format::Text => {
            let text = decode(&bytes).ok_or("is no text")?.text;
            match text_format(name, &text) {
                Format::Json => Ok(vec![(String::new(), formats::json(&text))]),
                Format::Csv => Ok(vec![(String::new(), formats::csv(name, &text))]),
                _ => Err("is no table".into()),
            }
        }
        _ => Err("is no table".into()),
    }
}

fn binary_tables(format: Format, bytes: Vec<u8>) -> std::result::Result<Vec<(String, Table)>, String> {
    if format == Format::Parquet { Ok(vec![(String::new(), parquet(bytes)?)]) } else { spreadsheet(&bytes) }
}

/// Each reader that a build may leave out, or a message in its place.
macro_rules! reader {
    ($feature:literal, $name:ident, $reader:ident, $input:ty, $output:ty, $what:literal) => {
        #[cfg(feature = $feature)]
        fn $name(input: $input) -> std::result::Result<$output, String> {
            formats::$reader(input)
        }
        #[cfg(not(feature = $feature))]
        fn $name(_: $input) -> std::result::Result<$output, String> {
            Err(concat!("this build does not read ", $what, "; build tifa with its default features").into())
        }
    };
}
reader!("html", html, html, &str, Raw, "web pages");
reader!("html", fragment, html_fragment, &str, Raw, "markup");
reader!("office", docx, docx, &[u8], Raw, "Word documents");
reader!("office", spreadsheet, spreadsheet, &[u8], Vec<(String, Table)>, "spreadsheets");
reader!("pdf", pdf, pdf, &[u8], Raw, "PDF");
reader!("parquet", parquet, parquet, Vec<u8>, Table, "Parquet");

/// Makes a document of plain text or Markdown. `path` is its name in the tables.
pub fn document_from_text(path: &str, text: String, people: &People) -> Document {
    lay(Raw::plain(text), &Source::new(path, "text, UTF-8", people)).document
}
#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, bytes: &[u8]) -> Contents {
        read_bytes(name, bytes.to_vec(), &Reading::default(), People::builtin())
    }

    #[test]
    fn no_file_is_passed_over_in_silence() {
        // A head without rows, an empty list, an archive with nothing in it.
        for (name, bytes) in [("a.csv", &b"title,text\n"[..]), ("a.json", b"{\"items\":[]}"), ("a.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")] {
            let contents = read(name, bytes);
            assert!(contents.documents.is_empty() && contents.problems.len() == 1, "{name}: {:?}", contents.problems);
        }
    }

    #[test]
    fn records_without_a_year_are_dated_by_those_around_them() {
        let record = |key: &str, value: &str| format!("{{\"text\": \"Words.\", \"{key}\": \"{value}\"}}\n");
        let file: String =
            [("date", "2020-05-01"), ("title", "May 3"), ("title", "May 5"), ("date", "2020-06-01"), ("title", "June 9")].map(|(k, v)| record(k, v)).concat();
        let days: Vec<String> = read("a.jsonl", file.as_bytes()).documents.iter().map(|d| d.date().map_or_else(String::new, |d| d.to_string())).collect();
        assert_eq!(days, ["2020-05-01", "2020-05-03", "2020-05-05", "2020-06-01", ""]);
    }

    #[test]
    fn names_that_stand_twice_are_told_apart() {
        let mut taken = HashMap::new();
        let names = ["a", "a", "b", "a~2", "a", "a~2"].map(|name| unused(name, &mut taken));
        assert_eq!(names, ["a", "a~2", "b", "a~2~2", "a~3", "a~2~3"]);
    }

    #[cfg(feature = "zip")]
    #[test]
    fn members_of_one_name_have_ids_of_their_own() {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for name in ["b/a.txt", "b\\a.txt"] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, b"Words.").unwrap();
        }
        let contents = read("x.zip", &zip.finish().unwrap().into_inner());
        assert_eq!(contents.documents.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["x.zip#b/a.txt", "x.zip#b/a.txt~2"]);
    }
}
