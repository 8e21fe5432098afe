//! Text that waits until it is known which of it is wanted: little in memory, more in a file of its own.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use tempfile::spooled_tempfile_in;

use crate::error::{Error, Result};

/// So many bytes are kept in memory.
const KEPT: usize = 16 << 20;

/// Portions of text, in order.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    bytes: tempfile::SpooledTempFile,
    /// Where each portion ends.
    ends: Vec<u64>,
}

impl Spool {
    /// Nothing yet. What does not stay in memory goes into a nameless file in `folder`.
    pub fn in_folder(folder: &Path) -> Spool {
        Spool { folder: folder.to_owned(), bytes: spooled_tempfile_in(KEPT, folder), ends: Vec::new() }
    }

    /// Adds a portion.
    ///
    /// # Errors
    /// What the file system says.
    pub fn add(&mut self, portion: &[u8]) -> Result<()> {
        if !portion.is_empty() {
            self.bytes.write_all(portion).map_err(|e| Error::io(&self.folder, e))?;
        }
        self.ends.push(self.ends.last().unwrap_or(&0) + portion.len() as u64);
        Ok(())
    }

    /// Where the portions stand that are wanted, by their numbers; those that follow one another together.
    pub fn ranges(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<Range<u64>> {
        let mut ranges: Vec<Range<u64>> = Vec::new();
        let mut start = 0;
        for (number, &end) in self.ends.iter().enumerate() {
            if start < end && is_wanted(number) {
                match ranges.last_mut().filter(|last| last.end == start) {
                    Some(last) => last.end = end,
                    None => ranges.push(start..end),
                }
            }
            start = end;
        }
        ranges
    }

    /// Writes what stands at `ranges`.
    ///
    /// # Errors
    /// What the file system says.
    pub fn write(self, ranges: &[Range<u64>], to: &mut impl Write) -> io::Result<()> {
        match self.bytes.into_inner() {
            tempfile::SpooledData::InMemory(bytes) => {
                let bytes = bytes.into_inner();
                let within = |range: &Range<u64>| bytes.get(usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?);
                ranges.iter().filter_map(within).try_for_each(|part| to.write_all(part))
            }
            tempfile::SpooledData::OnDisk(mut file) => ranges.iter().try_for_each(|range| copy(&mut file, range, to)),
        }
    }
}

fn copy(file: &mut File, range: &Range<u64>, to: &mut impl Write) -> io::Result<()> {
    file.seek(SeekFrom::Start(range.start))?;
    io::copy(&mut file.take(range.end - range.start), to).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_comes_back_from_memory_and_from_a_file() {
        let dir = tempfile::tempdir().unwrap();
        for size in [1_usize, KEPT / 5] {
            let mut spool = Spool::in_folder(dir.path());
            for n in 0..8_u8 {
                spool.add(&vec![b'a' + n; if n == 3 { 0 } else { size }]).unwrap();
            }
            let ranges = spool.ranges(|n| n != 1 && n != 6);
            assert_eq!(ranges.len(), 3);
            let mut bytes = Vec::new();
            spool.write(&ranges, &mut bytes).unwrap();
            let want: Vec<u8> = [0, 2, 4, 5, 7].into_iter().flat_map(|n| vec![b'a' + n; size]).collect();
            assert!(bytes == want, "{size}");
        }
    }
}
