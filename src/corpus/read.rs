//! From a file to its documents: unpacked, told by its content, decoded, read by its format, split, dated and laid out.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::container::members;
use super::desk::Desk;
use super::discover::{Entry, discover};
use super::document::{Document, Problem};
use super::lay::{Source as Place, lay};
use super::limits::largest;
use super::member::MemberReader;
use super::options::Reading;
use super::raw::Raw;
use super::rows::{SIZES, Sizes};
use super::sidecar::Sidecars;
use super::source::{Opened, Source};
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

    /// How they are read.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The files, by name.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// All that metadata files say of a file, in one text; empty if they say nothing.
    pub fn said_of(&self, entry: &Entry) -> String {
        self.sidecars.all_of(&entry.path)
    }

    /// Reads a file.
    pub fn read(&self, entry: &Entry, people: &People) -> Contents {
        let mut documents = Vec::new();
        let Rest { problems, digest } = self.read_each(entry, people, &mut |batch| documents.extend(batch));
        Contents { documents, problems, digest }
    }

    /// Reads a file, and gives its documents to `take` in order, a batch at a time: a large table never stands in memory.
    pub fn read_each(&self, entry: &Entry, people: &People, take: &mut dyn FnMut(Vec<Document>)) -> Rest {
        let mut opened = match Opened::new(entry) {
            Ok(opened) => opened,
            Err(message) => return Rest { problems: vec![Problem::new(&entry.name, "unreadable", message)], digest: String::new() },
        };
        let (mut problems, is_read) = self.read_source(entry, opened.source(), people, SIZES, take);
        let digest = opened.digest(is_read);
        if digest.is_err() || opened.has_changed() {
            problems.push(Problem::new(&entry.name, "unreadable", "was changed while it was read; read it again"));
        }
        Rest { problems, digest: digest.ok().flatten().unwrap_or_default() }
    }

    /// Reads a file, and says what is wrong with it, and whether it held a document.
    fn read_source(&self, entry: &Entry, source: Source<'_>, people: &People, sizes: Sizes, take: &mut dyn FnMut(Vec<Document>)) -> (Vec<Problem>, bool) {
        let mut unpacking = Vec::new();
        let mut desk = Desk::new(&self.reading, self.sidecars.of(&entry.path), &entry.name, people, take);
        let reader = MemberReader { reading: &self.reading, path: &entry.name, sizes };
        members(&entry.name, source, largest(&self.reading, false), &mut |member| reader.read(member, &mut desk), &mut unpacking);
        (desk.finish(unpacking), desk.has_given)
    }
}

/// Reads the bytes of a file called `name`, for which no metadata file speaks.
pub fn read_bytes(name: &str, bytes: Vec<u8>, reading: &Reading, people: &People) -> Contents {
    read_sized(name, bytes, reading, people, SIZES)
}

fn read_sized(name: &str, bytes: Vec<u8>, reading: &Reading, people: &People, sizes: Sizes) -> Contents {
    let corpus = Corpus { entries: Vec::new(), sidecars: Sidecars::default(), reading: reading.clone() };
    let entry = Entry { name: name.to_owned(), path: name.into() };
    let digest = hex(&Sha256::digest(&bytes));
    let mut documents = Vec::new();
    let (problems, _) = corpus.read_source(&entry, Source::Memory(bytes), people, sizes, &mut |batch| documents.extend(batch));
    Contents { documents, problems, digest }
}

/// Makes a document of plain text or Markdown. `path` is its name in the tables.
pub fn document_from_text(path: &str, text: String, people: &People) -> Document {
    lay(Raw::plain(text), &Place::new(path, "text, UTF-8", people)).document
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

    /// As a file is read that stands in memory, its table as a whole.
    fn read_whole(name: &str, text: &str) -> Contents {
        let (reading, mut documents, mut take) = (Reading::default(), Vec::new(), Vec::new());
        let text = crate::corpus::encoding::decode(text.as_bytes().to_vec()).unwrap().text;
        let is_lines = name.ends_with("jsonl");
        let table = if is_lines { crate::corpus::formats::json(&text) } else { crate::corpus::formats::csv(name, &text) };
        let mut found = Vec::new();
        let mut raws = crate::corpus::tabular::raws(table, name, "", &reading, &mut found);
        raws.iter_mut().for_each(crate::corpus::formats::unmark);
        let mut give = |batch: Vec<Document>| take.push(batch);
        let mut desk = Desk::new(&reading, None, name, People::builtin(), &mut give);
        desk.found = found;
        desk.put(raws, if is_lines { "JSON, UTF-8" } else { "table, UTF-8" }, false);
        let problems = desk.finish(Vec::new());
        documents.extend(take.into_iter().flatten());
        Contents { documents, problems, digest: String::new() }
    }

    /// However a table is cut, the same documents and problems come of it.
    fn assert_the_same(name: &str, text: &str) {
        let say = |c: Contents| {
            let documents = c.documents.iter().map(|d| format!("{} {} {:?} {:?} {:?} {}", d.id, d.text, d.title, d.published, d.event_date, d.speaker));
            documents.chain(c.problems.iter().map(|p| format!("{p:?}"))).collect::<Vec<_>>()
        };
        let want = say(read_whole(name, text));
        for (batch, part) in [(1, 1), (7, 3), (64, 16), (1 << 20, 1)] {
            let sizes = Sizes { batch, part };
            let got = say(read_sized(name, text.as_bytes().to_vec(), &Reading::default(), People::builtin(), sizes));
            assert_eq!(got, want, "{name} by {batch} and {part}: {text:?}");
        }
    }

    #[test]
    fn tables_come_to_the_same_in_parts_and_as_a_whole() {
        let lines = [
            "\u{FEFF}{\"id\": \"a\", \"text\": \"One.\"}\r\n\r\n{\"id\": \"b\", \"text\": \"Two\\nlines.\"}",
            "{\"id\": \"a\", \"text\": \"One.\"}\n{\"id\": \"a\", \"text\": \"Two.\"}\n",
            "{\"date\": \"3/4/2021\", \"text\": \"One.\"}\n{\"date\": \"25/4/2021\", \"text\": \"Two.\"}\n",
            "{\"text\": \"One.\"}\n{\"text\": \n[1]\n{\"text\": \"\\ud83d\", \"id\": 1}\n{\"text\": 1e999}\n{\"date\": \"2020\", \"Text\": 1.50}\n{\"text\": \"\"}\n\n",
            "{\"b\": 1, \"a\": 2}\n{\"c\": 1}\n",
            "{\"text\": \"a\", \"text\": \"b\", \"title\": null}\n{\"text\": [\"x\", {\"speaker\": \"S\", \"text\": \"y\"}]}\n",
            "{\"title\": \"May 3\", \"text\": \"x\", \"date\": \"2020-05-01\"}\n{\"title\": \"May 5\", \"text\": \"x\"}\n{\"text\": \"x\"}\n{\"text\": \"x\", \"date\": \"2020-06-01\"}\n{\"title\": \"June 9\", \"text\": \"x\"}\n",
        ];
        lines.iter().for_each(|text| assert_the_same("a.jsonl", text));
        let cells = [
            "\u{FEFF}id,text\r\na,\"One,\r\n\"\"two\"\"\"\r\n\r\nb,5\" nails\r\n",
            "id,text\na,x\n\n\na,y",
            "\u{FEFF}\u{FEFF}\r\n,\n\ntextid\n\",text \rtext\n;\n\"\"",
            "\u{FEFF}\u{FEFF}id,text\na,x\n",
            "text\n\n\u{FEFF}a\n\"b\nc\nd",
            "date,text\n2023-01-04,\"broken\n2023-01-05,Fifth\n2023-01-06,Sixth\n",
            "title,text\nA,one, two\n\n\"B\n\",three\nC,5\" x\n,\n \n",
            "\n\r\r\ntext;date\rx;25.4.2021\r\ny;3.4.2021",
            "text\n",
            "",
        ];
        cells.iter().for_each(|text| assert_the_same("a.csv", text));
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
        #[test]
        fn any_table_comes_to_the_same(
            cells in "(text|date|id|a b|\"|\"\"|,|,|;|\r\n|\n|\n|\r|25/4/2021|May 3|5\"|习|\u{FEFF}| ){0,40}",
            lines in proptest::collection::vec(proptest::sample::select(LINES), 2..12),
        ) {
            assert_the_same("a.csv", &format!("text,date,id\n{cells}"));
            assert_the_same("a.csv", &cells);
            let lines = lines.concat();
            if crate::corpus::formats::is_json_lines(&lines) == Some(true) {
                assert_the_same("a.jsonl", &lines);
            }
        }
    }

    fn kinds(contents: &Contents) -> Vec<(&'static str, &str)> {
        contents.problems.iter().map(|p| (p.kind, p.record.as_str())).collect()
    }

    #[test]
    fn what_is_too_large_is_refused_and_the_rest_is_read() {
        let reading = Reading { max_document: 1000, ..Reading::default() };
        let read = |name: &str, bytes: Vec<u8>| read_bytes(name, bytes, &reading, People::builtin());
        let long = "Words. ".repeat(200);
        let lines = format!("{{\"text\": \"One.\"}}\n{{\"text\": \"{long}\"}}\n{{\"text\": \"Two.\"}}\n");
        let cells = format!("id,text\na,One.\nb,\"{long}\"\nc,Two.\n");
        let array = format!("[{{\"text\": \"One.\"}}, {{\"text\": \"{long}\"}}, {{\"text\": \"Two.\"}}]");
        for (name, text, record) in [("a.jsonl", &lines, "2"), ("a.csv", &cells, "2"), ("a.json", &array, "2")] {
            let contents = read(name, text.clone().into_bytes());
            assert_eq!((contents.documents.len(), kinds(&contents)), (2, vec![("too large", record)]), "{name}");
            assert!(contents.problems[0].message.contains("--max-document"), "{:?}", contents.problems);
        }
        for (name, text) in [("a.txt", long.clone()), ("a.html", format!("<html><body><p>{long}</p></body></html>"))] {
            assert_eq!(kinds(&read(name, text.into_bytes())), [("too large", "")], "{name}");
        }
        let reading = Reading { split: Some("formfeed".parse().unwrap()), ..reading.clone() };
        let contents = read_bytes("a.txt", format!("One.\u{C}{}\u{C}Two.", long.repeat(2)).into_bytes(), &reading, People::builtin());
        assert_eq!(kinds(&contents), [("too large", "2")]);
    }

    /// A file that does not stand in memory gives what one does that is smaller.
    #[test]
    fn large_files_are_read_piece_by_piece_or_refused() {
        let dir = tempfile::tempdir().unwrap();
        let row = format!("{{\"id\": \"x\", \"text\": \"{}\"}}\n", "Words of some length. ".repeat(5_000));
        let many = usize::try_from(crate::corpus::limits::KEPT).unwrap() / row.len() + 2;
        let lines: String = (0..many).map(|i| row.replace("\"x\"", &format!("\"r{i}\""))).collect();
        let reading = Reading { max_document: 1 << 18, ..Reading::default() };
        let read = |name: &str, bytes: &[u8]| {
            let path = dir.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            let (corpus, _) = Corpus::open(&[&path], reading.clone()).unwrap();
            let mut largest = 0;
            let mut names = Vec::new();
            let rest = corpus.read_each(&corpus.entries()[0], People::builtin(), &mut |batch| {
                largest = largest.max(batch.iter().map(|d| d.text.len()).sum());
                names.extend(batch.into_iter().map(|d| d.record));
            });
            assert!(largest < 20 << 20, "{largest}");
            (names, rest)
        };
        let want: Vec<String> = (0..many).map(|i| format!("r{i}")).collect();
        let (names, rest) = read("a.jsonl", lines.as_bytes());
        assert_eq!((names, rest.problems, rest.digest), (want.clone(), vec![], hex(&Sha256::digest(&lines))));
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut packed, lines.as_bytes()).unwrap();
        let (names, rest) = read("b.jsonl.gz", &packed.finish().unwrap());
        assert!(names == want || rest.problems[0].message.contains("sensible"), "{:?}", rest.problems);
        for (name, text) in [("c.txt", &lines["{".len()..]), ("d.json", &format!("[{}]", lines.trim_end().replace('\n', ",")))] {
            let (names, rest) = read(name, text.as_bytes());
            assert_eq!((names.len(), rest.problems[0].kind, rest.digest.as_str()), (0, "too large", ""), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_vanished_files_are_problems() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.txt"), "Words.").unwrap();
        let pipe = dir.path().join("metadata.csv");
        let made = std::process::Command::new("mkfifo").arg(&pipe).arg(dir.path().join("run.json")).status();
        let (corpus, problems) = Corpus::open(&[dir.path()], Reading::default()).unwrap();
        if made.is_ok_and(|status| status.success()) {
            assert_eq!(problems.iter().map(|p| p.path.as_str()).collect::<Vec<_>>(), ["metadata.csv", "run.json"]);
        }
        std::fs::remove_file(dir.path().join("a.txt")).unwrap();
        let contents = corpus.read(&corpus.entries()[0], People::builtin());
        assert_eq!((kinds(&contents), contents.digest.as_str()), (vec![("unreadable", "")], ""));
    }

    const LINES: &[&str] = &[
        "{\"text\": \"Words.\"}\n",
        "{\"text\": \"Words and <b>more</b>.</p>\", \"id\": \"x\"}\r\n",
        "{\"id\": \"y\", \"text\": \"习近平指出。\", \"date\": \"25/4/2021\"}\n",
        "{\"id\": \"x\", \"text\": \"\", \"date\": \"4/25/2021\"}\n",
        "{\"title\": \"May 3\", \"text\": \"x\"}\n",
        "{\"z\": 1, \"text\": \"x\", \"date\": \"2020-05-01\", \"a\": [1, {}]}\n",
        "{\"Text\": \"x\", \"date\": \"2021-05-01\", \"text\": \"\\u00e9\\ud83d\\ude00\"}\n",
        "{\"text\": \"\\ud83d\", \"id\": \"x\"}\n",
        "{\"text\": \n",
        "\n",
        " \u{3000}\r\n",
        "{\"content\": \"A long content of words.\", \"year\": 2020}\n",
    ];
}
