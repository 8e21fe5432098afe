//! What an earlier scan has left in its folder: which files it has read, and their rows.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::collect::{Collector, columns_of_documents};
use super::rows::Part;
use super::state::{self, FileState, Head, STATE};
use crate::corpus::Entry;
use crate::error::{Error, Result};
use crate::table::{HITS, SEGMENTS, TableReader};
use crate::text::hex;

/// A file that was changed so shortly before the scan was written may have been changed again since, within one tick of the clock.
const TICK: Duration = Duration::from_secs(2);
/// So many rows are taken at once.
const PORTION: usize = 1 << 14;

/// An earlier scan.
#[derive(Debug)]
pub(super) struct Earlier {
    pub folder: PathBuf,
    pub head: Head,
    pub files: Vec<FileState>,
    by_name: HashMap<String, usize>,
    /// When it was written, in nanoseconds.
    written: u64,
}

impl Earlier {
    /// That in `folder`.
    ///
    /// # Errors
    /// There is none, or not one of this version.
    pub fn load(folder: &Path) -> Result<Earlier> {
        let (head, files) = state::read(folder)?;
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for (i, file) in files.iter().enumerate() {
            // Of two of one name, neither can be told.
            by_name.entry(file.name.clone()).and_modify(|n| *n = usize::MAX).or_insert(i);
        }
        let written = state::stat(&folder.join(STATE)).map_or(0, |(_, modified)| modified);
        Ok(Earlier { folder: folder.to_owned(), head, files, by_name, written })
    }

    /// The number of the file at `path`, if it was read and is still as it was when it was read. `now` is what is known of it.
    pub fn unchanged(&self, path: &Path, now: &FileState) -> Option<usize> {
        let &number = self.by_name.get(&now.name)?;
        let before = self.files.get(number)?;
        if before.hash.is_empty() || before.size != now.size || before.said != now.said {
            return None;
        }
        let settled = u64::try_from((Duration::from_nanos(now.modified) + TICK).as_nanos()).is_ok_and(|t| t < self.written);
        if now.modified > 0 && now.modified == before.modified && settled {
            return Some(number);
        }
        (hash_of(path)? == before.hash).then_some(number)
    }
}

fn hash_of(path: &Path) -> Option<String> {
    let mut file = std::fs::File::open(path).ok()?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 18]);
    loop {
        match file.read(&mut buffer).ok()? {
            0 => return Some(hex(&hash.finalize())),
            n => hash.update(&buffer[..n]),
        }
    }
}

/// Takes rows out of the tables of an earlier scan, from the first file to the last.
#[derive(Debug)]
pub(super) struct Kept {
    documents: TableReader,
    segments: TableReader,
    hits: TableReader,
    /// The rows before those that are next.
    passed: [usize; 3],
    /// The rows before each file.
    before: Vec<[usize; 3]>,
    /// Files that stand side by side and are to be taken.
    waiting: Option<(usize, usize)>,
}

impl Kept {
    pub fn open(earlier: &Earlier) -> Result<Kept> {
        let mut at = [0; 3];
        let mut before = vec![at];
        for file in &earlier.files {
            at = [at[0] + file.documents, at[1] + file.segments, at[2] + file.hits];
            before.push(at);
        }
        Ok(Kept {
            documents: TableReader::open(&earlier.folder, "documents", columns_of_documents())?,
            segments: TableReader::open(&earlier.folder, "segments", SEGMENTS)?,
            hits: TableReader::open(&earlier.folder, "hits", HITS)?,
            passed: [0; 3],
            before,
            waiting: None,
        })
    }

    /// Puts a file's rows on the way to `to`.
    pub fn give(&mut self, file: usize, to: &mut Collector) -> Result<()> {
        match &mut self.waiting {
            Some((_, end)) if *end == file => *end += 1,
            _ => {
                self.flush(to)?;
                self.waiting = Some((file, file + 1));
            }
        }
        Ok(())
    }

    /// Gives what is still on its way.
    pub fn flush(&mut self, to: &mut Collector) -> Result<()> {
        let Some((first, end)) = self.waiting.take() else { return Ok(()) };
        self.pass_to(first)?;
        let [documents, segments, hits] = [0, 1, 2].map(|t| self.before[end][t] - self.before[first][t]);
        portions(documents).try_for_each(|n| to.documents(&self.documents.take(n)?))?;
        portions(segments).try_for_each(|n| to.segments(&self.segments.take(n)?))?;
        portions(hits).try_for_each(|n| to.hits(&self.hits.take(n)?))?;
        self.passed = self.before[end];
        Ok(())
    }

    /// Passes over what stands before a file.
    pub fn pass_to(&mut self, file: usize) -> Result<()> {
        let to = self.before[file];
        let skipped = [0, 1, 2].map(|t| to[t].checked_sub(self.passed[t]));
        let [Some(documents), Some(segments), Some(hits)] = skipped else {
            return Err(Error::Usage("the files of the earlier scan are not in order; scan again, with --fresh".into()));
        };
        self.documents.skip(documents)?;
        self.segments.skip(segments)?;
        self.hits.skip(hits)?;
        self.passed = to;
        Ok(())
    }

    /// The next rows.
    pub fn next(&mut self, [documents, segments, hits]: [usize; 3]) -> Result<Part> {
        self.passed = [self.passed[0] + documents, self.passed[1] + segments, self.passed[2] + hits];
        Ok(Part { documents: self.documents.take(documents)?, segments: self.segments.take(segments)?, hits: self.hits.take(hits)? })
    }
}

fn portions(rows: usize) -> impl Iterator<Item = usize> {
    (0..rows.div_ceil(PORTION)).map(move |i| PORTION.min(rows - i * PORTION))
}

/// A file as it is now, before it is read.
pub(super) fn look(entry: &Entry, said: &str) -> FileState {
    let (size, modified) = state::stat(&entry.path).unwrap_or((0, 0));
    let said = if said.is_empty() { String::new() } else { hex(&Sha256::digest(said.as_bytes())[..8]) };
    FileState { name: entry.name.clone(), size, modified, said, ..FileState::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portions_add_up() {
        for n in [0, 1, PORTION, PORTION + 1] {
            assert_eq!(portions(n).sum::<usize>(), n);
            assert!(portions(n).all(|p| p <= PORTION && p > 0));
        }
    }
}
