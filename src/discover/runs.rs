//! Runs of numbers in a temporary file: what is too much for memory, and only read from front to back.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::Path;

use crate::error::{Error, Result};

/// So many bytes are read or written at a time.
const BUFFER: usize = 1 << 18;

/// Runs of numbers, each of a place, being written.
#[derive(Debug)]
pub(super) struct Runs {
    file: BufWriter<File>,
    /// How many runs and numbers there are.
    runs: u64,
    pub numbers: u64,
}

impl Runs {
    /// None yet, in the folder for temporary files, or in that of `beside`.
    pub fn new(folder: &Path) -> Result<Runs> {
        let file = tempfile::tempfile_in(folder).map_err(|e| failed(&e))?;
        Ok(Runs { file: BufWriter::with_capacity(BUFFER, file), runs: 0, numbers: 0 })
    }

    /// Adds a run of `place`.
    pub fn add(&mut self, place: u32, run: &[u32]) -> Result<()> {
        let length = u32::try_from(run.len()).unwrap_or(u32::MAX);
        let mut write = |n: u32| self.file.write_all(&n.to_le_bytes()).map_err(|e| failed(&e));
        write(place)?;
        write(length)?;
        run.iter().try_for_each(|n| write(*n))?;
        self.runs += 1;
        self.numbers += run.len() as u64;
        Ok(())
    }

    /// Reads all of them in the order in which they came.
    pub fn each(&mut self, mut take: impl FnMut(u32, &[u32]) -> Result<()>) -> Result<()> {
        self.file.flush().map_err(|e| failed(&e))?;
        let file = self.file.get_mut();
        file.rewind().map_err(|e| failed(&e))?;
        let mut from = BufReader::with_capacity(BUFFER, &*file);
        let mut bytes = Vec::new();
        let mut run = Vec::new();
        for _ in 0..self.runs {
            let mut head = [0; 8];
            from.read_exact(&mut head).map_err(|e| failed(&e))?;
            let number = |b: &[u8]| b.iter().rev().fold(0_u32, |n, b| n << 8 | u32::from(*b));
            bytes.resize(4 * number(&head[4..]) as usize, 0);
            from.read_exact(&mut bytes).map_err(|e| failed(&e))?;
            run.clear();
            run.extend(bytes.chunks_exact(4).map(number));
            take(number(&head[..4]), &run)?;
        }
        Ok(())
    }
}

fn failed(e: &std::io::Error) -> Error {
    Error::Usage(format!("a temporary file cannot be used: {e}"))
}
