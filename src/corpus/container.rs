//! Files in files: `.gz`, and `.zip` archives, whose members are read like files of their own.

use std::io::Read;

use super::document::Problem;
use super::sniff::{Format, format_of};

/// No file is unpacked beyond this size, and no archive as a whole: what grows further is taken for a trap.
const LARGEST: u64 = 1 << 30;
/// Nor beyond this many times its packed size, if that is much: texts pack to a tenth, traps to a thousandth.
const TIMES: u64 = 100;
/// So much is unpacked however small the archive.
const MUCH: u64 = 64 << 20;
/// Archives in archives are opened so deep.
const DEPTH: usize = 3;

/// The bytes of a file or of a member of an archive.
#[derive(Debug)]
pub(super) struct Member {
    /// Its path in the archive; empty for a file as it lies in the folder.
    pub record: String,
    /// The name by whose ending its format may be known.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What is in the file `name`: itself, or what it holds packed, in order.
pub(super) fn members(name: &str, bytes: Vec<u8>, problems: &mut Vec<Problem>) -> Vec<Member> {
    let mut out = Vec::new();
    let mut left = largest(bytes.len());
    unpack(Member { record: String::new(), name: name.to_owned(), bytes }, name, DEPTH, &mut left, &mut out, problems);
    out
}

fn unpack(member: Member, path: &str, depth: usize, left: &mut u64, out: &mut Vec<Member>, problems: &mut Vec<Problem>) {
    let record = member.record.clone();
    let result = match format_of(&member.name, &member.bytes) {
        Format::Gzip | Format::Zip if depth == 0 => Err("archives in archives in archives are not opened; unpack it".to_owned()),
        Format::Gzip => gunzip(&member.bytes, left).map(|bytes| {
            let name = member.name.strip_suffix(".gz").or(member.name.strip_suffix(".GZ")).unwrap_or(&member.name).to_owned();
            unpack(Member { record: member.record, name, bytes }, path, depth - 1, left, out, problems);
        }),
        Format::Zip => unzip(&member, path, depth, left, out, problems),
        _ => {
            out.push(member);
            Ok(())
        }
    };
    if let Err(message) = result {
        problems.push(Problem::of(path, &record, "archive", message));
    }
}

/// To what size so many packed bytes are unpacked.
fn largest(packed: usize) -> u64 {
    (packed as u64).saturating_mul(TIMES).clamp(MUCH, LARGEST)
}

fn gunzip(bytes: &[u8], left: &mut u64) -> Result<Vec<u8>, String> {
    bounded(&mut flate2::read::MultiGzDecoder::new(bytes), left)
}

/// Reads to the end, unless that is too far.
fn bounded(reader: &mut dyn Read, left: &mut u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = reader.take(*left + 1).read_to_end(&mut bytes).map_err(|e| format!("cannot be unpacked: {e}"))?;
    let rest = left.checked_sub(read as u64);
    // After a trap nothing more is unpacked: each of its members may be one.
    *left = rest.unwrap_or(0);
    rest.map(|_| bytes).ok_or_else(|| "unpacks to more than is sensible; unpack it and give the folder".to_owned())
}

#[cfg(feature = "zip")]
fn unzip(archive: &Member, path: &str, depth: usize, left: &mut u64, out: &mut Vec<Member>, problems: &mut Vec<Problem>) -> Result<(), String> {
    let fail = |e: zip::result::ZipError| format!("is a damaged zip archive: {e}");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&archive.bytes)).map_err(fail)?;
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
    for (name, i) in found {
        let record = super::raw::below(&archive.record, &name);
        let bytes = zip.by_index(i).map_err(|e| e.to_string()).and_then(|mut file| bounded(&mut file, left));
        match bytes {
            Ok(bytes) => unpack(Member { record, name, bytes }, path, depth - 1, left, out, problems),
            Err(message) => problems.push(Problem::of(path, &record, "archive", message)),
        }
    }
    Ok(())
}

/// The name of a member. Archives packed on Chinese systems write names in GB18030 without saying so.
#[cfg(feature = "zip")]
fn member_name<R: Read>(file: &zip::read::ZipFile<'_, R>) -> String {
    let raw = file.name_raw();
    let name = super::encoding::decode(raw).map_or_else(|| String::from_utf8_lossy(raw).into_owned(), |d| d.text);
    name.replace('\\', "/")
}

#[cfg(not(feature = "zip"))]
fn unzip(_: &Member, _: &str, _: usize, _: &mut u64, _: &mut Vec<Member>, _: &mut Vec<Problem>) -> Result<(), String> {
    Err("this build does not open zip archives; unpack it".into())
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

    #[test]
    fn packed_files_are_unpacked_and_broken_ones_are_problems() {
        let mut problems = Vec::new();
        let found = members("a.txt.gz", gz(b"words"), &mut problems);
        assert_eq!((found[0].name.as_str(), found[0].bytes.as_slice(), found.len()), ("a.txt", &b"words"[..], 1));
        let whole = gz(&b"words".repeat(1000));
        assert!(members("a.gz", whole[..whole.len() - 9].to_vec(), &mut problems).is_empty());
        let nested = (0..5).fold(b"words".to_vec(), |bytes, _| gz(&bytes));
        assert!(members("a.gz", nested, &mut problems).is_empty());
        assert_eq!(problems.len(), 2);
    }

    #[test]
    fn nothing_is_unpacked_after_a_trap() {
        let mut left = 4;
        assert!(bounded(&mut &b"words"[..], &mut left).is_err());
        assert!(bounded(&mut &b"w"[..], &mut left).is_err());
        assert!(bounded(&mut &b""[..], &mut left).is_ok());
        assert_eq!([largest(1000), largest(1 << 20), largest(1 << 40)], [MUCH, 100 << 20, LARGEST]);
    }

    #[cfg(feature = "zip")]
    #[test]
    fn members_of_an_archive_come_in_order_with_their_paths() {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, bytes) in [("b/c.txt", &b"two"[..]), ("a.txt", b"one"), ("__MACOSX/a.txt", b"x"), ("b/d.txt.gz", &gz(b"three"))] {
            zip.start_file(name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        let mut problems = Vec::new();
        let found: Vec<(String, Vec<u8>)> = members("x.zip", bytes.clone(), &mut problems).into_iter().map(|m| (m.record, m.bytes)).collect();
        let want = [("a.txt", "one"), ("b/c.txt", "two"), ("b/d.txt.gz", "three")];
        assert_eq!(found, want.map(|(n, b)| (n.to_owned(), b.as_bytes().to_vec())));
        assert!(problems.is_empty());
        members("x.zip", bytes[..bytes.len() / 2].to_vec(), &mut problems);
        assert_eq!(problems[0].kind, "archive");
    }
}
