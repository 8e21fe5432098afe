//! Bytes that can be read from their beginning more than once: in memory, in a file, or packed in one of these.

use std::fs::{File, Metadata};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::discover::{Entry, STDIN};
use super::limits::KEPT;
use crate::text::hex;

/// What can be read at any place.
pub(super) trait Bytes: Read + Seek {}
impl<T: Read + Seek> Bytes for T {}

/// What has members by number.
#[cfg(feature = "zip")]
pub(super) trait Archive {
    fn member(&mut self, index: usize) -> io::Result<Box<dyn Read + '_>>;
}

#[cfg(feature = "zip")]
impl<T: Bytes> Archive for zip::ZipArchive<T> {
    fn member(&mut self, index: usize) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.by_index(index).map_err(io::Error::other)?))
    }
}

/// The bytes of a file, or of what is packed in one.
pub(super) enum Source<'a> {
    Memory(Vec<u8>),
    File(&'a mut Hashed),
    /// What unpacks to no more than so many bytes.
    Gzip(Box<Source<'a>>, u64),
    #[cfg(feature = "zip")]
    Member(&'a mut dyn Archive, usize, u64),
}

impl Source<'_> {
    /// Reads it from its beginning.
    pub fn reader(&mut self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match self {
            Source::Memory(bytes) => Box::new(bytes.as_slice()),
            Source::File(file) => {
                file.file.rewind()?;
                Box::new(Hashing { of: file, at: 0 })
            }
            Source::Gzip(packed, most) => {
                let packed = BufReader::with_capacity(1 << 16, packed.reader()?);
                Box::new(Bounded { reader: flate2::bufread::MultiGzDecoder::new(packed), left: *most })
            }
            #[cfg(feature = "zip")]
            Source::Member(zip, index, most) => Box::new(Bounded { reader: zip.member(*index)?, left: *most }),
        })
    }

    /// How many bytes there are, where that is known.
    pub fn size(&self) -> Option<u64> {
        match self {
            Source::Memory(bytes) => Some(bytes.len() as u64),
            Source::File(file) => Some(file.seen.len()),
            _ => None,
        }
    }

    /// The first bytes, and whether they are all.
    pub fn head(&mut self, length: usize) -> io::Result<(Vec<u8>, bool)> {
        let mut head = Vec::new();
        self.reader()?.take(length as u64 + 1).read_to_end(&mut head)?;
        let is_all = head.len() <= length;
        head.truncate(length);
        Ok((head, is_all))
    }

    /// All of it, if it is no more than `most`.
    pub fn whole(&mut self, most: u64) -> io::Result<Option<Vec<u8>>> {
        if self.size().is_some_and(|size| size > most) {
            return Ok(None);
        }
        if let Source::Memory(bytes) = self {
            return Ok(Some(std::mem::take(bytes)));
        }
        let mut bytes = Vec::new();
        self.reader()?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok((bytes.len() as u64 <= most).then_some(bytes))
    }
}

/// What must not grow beyond measure.
struct Bounded<R> {
    reader: R,
    left: u64,
}

/// What is said of an archive that does.
pub(super) const TRAP: &str = "unpacks to more than is sensible; unpack it and give the folder";

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| io::Error::other(TRAP))?;
        Ok(read)
    }
}

/// A large file, and the digest of it as far as it has been read.
pub(super) struct Hashed {
    pub file: File,
    seen: Metadata,
    hash: Sha256,
    hashed: u64,
}

impl Hashed {
    fn new(file: File) -> io::Result<Self> {
        let seen = file.metadata()?;
        Ok(Hashed { file, seen, hash: Sha256::new(), hashed: 0 })
    }

    /// The digest of what has not been read yet as well.
    fn digest(&mut self) -> io::Result<String> {
        if self.hashed < self.seen.len() {
            self.file.seek(SeekFrom::Start(self.hashed))?;
            let mut rest = Hashing { at: self.hashed, of: self };
            io::copy(&mut rest, &mut io::sink())?;
        }
        Ok(hex(&self.hash.clone().finalize()))
    }
}

/// Reads a file, and adds what is read for the first time to its digest.
struct Hashing<'a> {
    of: &'a mut Hashed,
    at: u64,
}

impl Read for Hashing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.of.file.read(buffer)?;
        let known = usize::try_from(self.of.hashed.saturating_sub(self.at)).unwrap_or(usize::MAX);
        if let Some(new) = buffer[..read].get(known..) {
            self.of.hash.update(new);
            self.of.hashed += new.len() as u64;
        }
        self.at += read as u64;
        Ok(read)
    }
}

/// A file that has been opened.
pub(super) struct Opened {
    /// Its bytes and their digest, if they are few.
    kept: Option<(Vec<u8>, String)>,
    file: Option<Hashed>,
}

impl Opened {
    /// Opens a file, or takes in standard input.
    pub fn new(entry: &Entry) -> Result<Opened, String> {
        let fail = |e: io::Error| e.to_string();
        if entry.path == Path::new(STDIN) {
            return spooled(&mut io::stdin().lock()).map_err(fail);
        }
        // To open a pipe waits for somebody to write into it.
        if !std::fs::metadata(&entry.path).map_err(fail)?.is_file() {
            return Err("is no regular file; passed over".into());
        }
        let mut file = Hashed::new(File::open(&entry.path).map_err(fail)?).map_err(fail)?;
        let mut kept = None;
        if file.seen.len() <= KEPT {
            let mut bytes = Vec::with_capacity(usize::try_from(file.seen.len()).unwrap_or(0) + 1);
            Read::by_ref(&mut file.file).take(KEPT + 1).read_to_end(&mut bytes).map_err(fail)?;
            kept = Some(few(bytes));
        }
        Ok(Opened { kept, file: Some(file) })
    }

    /// What is to be read, and its digest, where that is known.
    pub fn source(&mut self) -> Source<'_> {
        match (&mut self.kept, &mut self.file) {
            (None, Some(file)) => Source::File(file),
            (kept, _) => Source::Memory(kept.as_mut().map(|(bytes, _)| std::mem::take(bytes)).unwrap_or_default()),
        }
    }

    /// The digest of what has been read; `None` of a large file that has been refused.
    pub fn digest(&mut self, is_read: bool) -> io::Result<Option<String>> {
        match (&self.kept, &mut self.file) {
            (Some((_, digest)), _) => Ok(Some(digest.clone())),
            (None, Some(file)) if is_read || file.hashed == file.seen.len() => file.digest().map(Some),
            _ => Ok(None),
        }
    }

    /// Whether it is no longer what it was when it was opened.
    pub fn has_changed(&self) -> bool {
        let same = |now: &Metadata, seen: &Metadata| now.len() == seen.len() && now.modified().ok() == seen.modified().ok();
        self.file.as_ref().is_some_and(|of| !of.file.metadata().is_ok_and(|now| same(&now, &of.seen)))
    }
}

fn few(bytes: Vec<u8>) -> (Vec<u8>, String) {
    let digest = hex(&Sha256::digest(&bytes));
    (bytes, digest)
}

/// What comes only once: kept in memory if it is little, else in a file that goes when it is closed.
fn spooled(input: &mut dyn Read) -> io::Result<Opened> {
    let mut bytes = Vec::new();
    input.take(KEPT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 <= KEPT {
        return Ok(Opened { kept: Some(few(bytes)), file: None });
    }
    let mut file = tempfile::tempfile()?;
    file.write_all(&bytes)?;
    io::copy(input, &mut file)?;
    Ok(Opened { kept: None, file: Some(Hashed::new(file)?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_grows_beyond_its_bound() {
        let read = |left| {
            let mut out = Vec::new();
            Bounded { reader: &b"words"[..], left }.read_to_end(&mut out).map(|_| out)
        };
        assert_eq!(read(5).unwrap(), b"words");
        assert_eq!(read(4).unwrap_err().to_string(), TRAP);
    }

    #[test]
    fn a_file_is_read_again_and_its_change_is_seen() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, "words").unwrap();
        let mut opened = Opened::new(&Entry { name: "a".into(), path: path.clone() }).unwrap();
        assert!(!opened.has_changed());
        let mut source = opened.source();
        assert_eq!(source.head(2).unwrap(), (b"wo".to_vec(), false));
        assert_eq!(source.whole(4).unwrap(), None);
        assert_eq!(source.whole(5).unwrap().unwrap(), b"words");
        std::fs::write(&path, "word").unwrap();
        assert!(opened.has_changed());
        assert!(Opened::new(&Entry { name: "d".into(), path: dir.path().into() }).is_err());
    }

    #[test]
    fn much_input_is_kept_in_a_file() {
        let mut opened = spooled(&mut io::repeat(b'x').take(KEPT + 7)).unwrap();
        let mut source = opened.source();
        assert_eq!((source.size(), source.head(3).unwrap().0), (Some(KEPT + 7), b"xxx".to_vec()));
        let whole = Sha256::digest(vec![b'x'; usize::try_from(KEPT).unwrap() + 7]);
        assert_eq!((opened.digest(false).unwrap(), opened.digest(true).unwrap()), (None, Some(hex(&whole))));
    }
}
