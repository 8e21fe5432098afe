//! Files in files: `.gz`, and `.zip` archives, whose members are read like files of their own, one after the other.

use std::io::{BufReader, Cursor};

use super::document::Problem;
use super::limits::{KEPT, TOO_LARGE, whole_too_large};
use super::sniff::{Format, format_of, member_names};
use super::source::{Bytes, Source, TRAP};

/// No file is unpacked beyond this size, and no archive as a whole: what grows further is taken for a trap.
const LARGEST: u64 = 1 << 40;
/// Nor beyond this many times its packed size, if that is much: texts pack to a tenth, traps to a thousandth.
const TIMES: u64 = 100;
/// So much is unpacked however small the archive.
const MUCH: u64 = 64 << 20;
/// Archives in archives are opened so deep.
const DEPTH: usize = 3;
/// No archive of more members is opened.
#[cfg(feature = "zip")]
const MOST_MEMBERS: usize = 1_000_000;
/// So much of a file is looked at to tell what it is.
const HEAD: usize = 1 << 16;

/// The bytes of a file or of a member of an archive.
pub(super) struct Member<'a> {
    /// Its path in the archive; empty for a file as it lies in the folder.
    pub record: String,
    /// The name by whose ending its format may be known.
    pub name: String,
    pub source: Source<'a>,
    pub format: Format,
    /// Whether others of its archive may be called the same, or like something in it.
    pub is_ambiguous: bool,
}

/// Gives to `each` what is in the file at `path`: itself, or what it holds packed, in order.
pub(super) fn members(path: &str, source: Source<'_>, most: u64, each: &mut dyn FnMut(Member<'_>), problems: &mut Vec<Problem>) {
    let left = largest(source.size().unwrap_or(0));
    let mut unpacking = Unpacking { path, most, left, each, problems };
    unpacking.unpack(Packed { record: String::new(), name: path.to_owned(), source, is_ambiguous: false }, DEPTH);
}

struct Packed<'a> {
    record: String,
    name: String,
    source: Source<'a>,
    is_ambiguous: bool,
}

struct Unpacking<'e> {
    path: &'e str,
    /// The largest archive in an archive.
    most: u64,
    /// So much may still be unpacked.
    left: u64,
    each: &'e mut dyn FnMut(Member<'_>),
    problems: &'e mut Vec<Problem>,
}

impl Unpacking<'_> {
    fn unpack(&mut self, packed: Packed<'_>, depth: usize) {
        let record = packed.record.clone();
        if let Err((kind, message)) = self.try_unpack(packed, depth) {
            self.problems.push(Problem::of(self.path, &record, kind, message));
        }
    }

    fn try_unpack(&mut self, packed: Packed<'_>, depth: usize) -> Result<(), (&'static str, String)> {
        let Packed { record, name, mut source, is_ambiguous } = packed;
        let failed = |e: std::io::Error| ("archive", said(&e));
        let format = match &mut source {
            Source::Memory(bytes) => format_of(&name, bytes, || member_names(Cursor::new(&bytes[..]))),
            source => {
                let (head, _) = source.head(HEAD).map_err(|e| ("unreadable", e.to_string()))?;
                format_of(&name, &head, || if let Source::File(file) = source { member_names(BufReader::new(&mut file.file)) } else { Vec::new() })
            }
        };
        match format {
            Format::Gzip | Format::Zip if depth == 0 => Err(("archive", "archives in archives in archives are not opened; unpack it".to_owned())),
            Format::Gzip => {
                let name = name.strip_suffix(".gz").or(name.strip_suffix(".GZ")).unwrap_or(&name).to_owned();
                let mut source = Source::Gzip(Box::new(source), self.left);
                let kept = self.kept(&mut source).map_err(failed)?;
                self.unpack(Packed { record, name, source: kept.map_or(source, Source::Memory), is_ambiguous }, depth - 1);
                Ok(())
            }
            Format::Zip => match source {
                Source::File(file) => self.unzip(Box::new(BufReader::new(&mut file.file)), &record, depth),
                mut source => match source.whole(self.most).map_err(failed)? {
                    Some(bytes) => self.unzip(Box::new(Cursor::new(bytes)), &record, depth),
                    None => Err((TOO_LARGE, whole_too_large(None, self.most))),
                },
            },
            format => {
                (self.each)(Member { record, name, source, format, is_ambiguous });
                Ok(())
            }
        }
    }

    /// What is packed, if it is little.
    fn kept(&mut self, source: &mut Source<'_>) -> std::io::Result<Option<Vec<u8>>> {
        // After a trap nothing more is unpacked: each of its members may be one.
        let kept = source.whole(KEPT).inspect_err(|e| self.left = if said(e) == TRAP { 0 } else { self.left })?;
        self.left -= kept.as_ref().map_or(0, |bytes| bytes.len() as u64).min(self.left);
        Ok(kept)
    }

    #[cfg(feature = "zip")]
    fn unzip(&mut self, bytes: Box<dyn Bytes + '_>, record: &str, depth: usize) -> Result<(), (&'static str, String)> {
        let fail = |e: zip::result::ZipError| ("archive", format!("is a damaged zip archive: {e}"));
        let mut zip = zip::ZipArchive::new(bytes).map_err(fail)?;
        if zip.len() > MOST_MEMBERS {
            return Err(("archive", format!("holds {} files, more than are read from one archive; unpack it", zip.len())));
        }
        let mut found: Vec<(String, usize)> = Vec::new();
        for i in 0..zip.len() {
            let Ok(file) = zip.by_index_raw(i) else { continue };
            let name = member_name(&file);
            // Folders, and what packing programs leave in archives.
            let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
            if file.is_file() && !hidden {
                found.push((name, i));
            }
        }
        found.sort();
        let is_ambiguous = found.windows(2).any(|pair| pair[0].0 == pair[1].0) || found.iter().any(|(name, _)| name.contains('#'));
        for (name, i) in found {
            let record = super::raw::below(record, &name);
            let mut source = Source::Member(&mut zip, i, self.left);
            match self.kept(&mut source) {
                Ok(kept) => {
                    let is_kept = kept.is_some();
                    self.unpack(Packed { record, name, source: kept.map_or(source, Source::Memory), is_ambiguous }, depth - 1);
                    if !is_kept {
                        self.left = self.left.saturating_sub(zip.by_index_raw(i).map_or(0, |file| file.size()));
                    }
                }
                Err(e) => self.problems.push(Problem::of(self.path, &record, "archive", said(&e))),
            }
        }
        Ok(())
    }

    #[cfg(not(feature = "zip"))]
    fn unzip(&mut self, _: Box<dyn Bytes + '_>, _: &str, _: usize) -> Result<(), (&'static str, String)> {
        Err(("archive", "this build does not open zip archives; unpack it".into()))
    }
}

/// To what size so many packed bytes are unpacked.
fn largest(packed: u64) -> u64 {
    packed.saturating_mul(TIMES).clamp(MUCH, LARGEST)
}

/// What went wrong while something was unpacked.
pub(super) fn said(error: &std::io::Error) -> String {
    let message = error.to_string();
    if message == TRAP { message } else { format!("cannot be unpacked: {message}") }
}

/// The name of a member. Archives packed on Chinese systems write names in GB18030 without saying so.
#[cfg(feature = "zip")]
fn member_name<R: std::io::Read>(file: &zip::read::ZipFile<'_, R>) -> String {
    let raw = file.name_raw();
    let name = super::encoding::decode(raw.to_vec()).map_or_else(|| String::from_utf8_lossy(raw).into_owned(), |d| d.text);
    name.replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn found(name: &str, bytes: Vec<u8>, problems: &mut Vec<Problem>) -> Vec<(String, String, Vec<u8>)> {
        let mut out = Vec::new();
        let mut each = |mut m: Member<'_>| out.push((m.record, m.name, m.source.whole(1 << 30).unwrap().unwrap()));
        members(name, Source::Memory(bytes), 1 << 20, &mut each, problems);
        out
    }

    #[test]
    fn packed_files_are_unpacked_and_broken_ones_are_problems() {
        let mut problems = Vec::new();
        let words = found("a.txt.gz", gz(b"words"), &mut problems);
        assert_eq!(words, [(String::new(), "a.txt".to_owned(), b"words".to_vec())]);
        let whole = gz(&b"words".repeat(1000));
        assert!(found("a.gz", whole[..whole.len() - 9].to_vec(), &mut problems).is_empty());
        let nested = (0..5).fold(b"words".to_vec(), |bytes, _| gz(&bytes));
        assert!(found("a.gz", nested, &mut problems).is_empty());
        assert_eq!(problems.len(), 2);
    }

    #[test]
    fn nothing_is_unpacked_after_a_trap() {
        let (mut each, mut problems) = (|_: Member<'_>| (), Vec::new());
        let mut unpacking = Unpacking { path: "a", most: 1, left: 4, each: &mut each, problems: &mut problems };
        let mut unpack = |bytes: &[u8]| unpacking.kept(&mut Source::Gzip(Box::new(Source::Memory(gz(bytes))), unpacking.left)).map_err(|e| said(&e));
        assert_eq!(unpack(b"words").unwrap_err(), TRAP);
        assert!(unpack(b"w").is_err());
        assert!(unpack(b"").is_ok());
        assert_eq!([largest(1000), largest(1 << 20), largest(1 << 40)], [MUCH, 100 << 20, LARGEST]);
    }

    #[cfg(feature = "zip")]
    #[test]
    fn members_of_an_archive_come_in_order_with_their_paths() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, bytes) in [("b/c.txt", &b"two"[..]), ("a.txt", b"one"), ("__MACOSX/a.txt", b"x"), ("b/d.txt.gz", &gz(b"three"))] {
            zip.start_file(name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        let mut problems = Vec::new();
        let got: Vec<(String, Vec<u8>)> = found("x.zip", bytes.clone(), &mut problems).into_iter().map(|(record, _, bytes)| (record, bytes)).collect();
        let want = [("a.txt", "one"), ("b/c.txt", "two"), ("b/d.txt.gz", "three")];
        assert_eq!(got, want.map(|(n, b)| (n.to_owned(), b.as_bytes().to_vec())));
        assert!(problems.is_empty());
        found("x.zip", bytes[..bytes.len() / 2].to_vec(), &mut problems);
        assert_eq!(problems[0].kind, "archive");
    }
}
