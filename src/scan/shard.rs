//! Parts of a corpus: which documents a part has is told by their names alone, so that parts can be made anywhere and joined.
//!
//! Files are dealt whole, by the hash of their names. A large file may hold many records and is dealt by document: every part
//! reads it, so that names and dates are those of the whole, and attributes and searches its own documents.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::error::Error;

/// Files of this size on are dealt by document.
const LARGE: u64 = 1 << 20;

/// One of so many parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// Its number, from 1.
    pub part: u64,
    /// How many there are.
    pub of: u64,
}

impl Shard {
    /// Whether what is called `name` belongs to this part.
    pub(super) fn owns(self, name: &str) -> bool {
        let hash = Sha256::digest(name.as_bytes());
        let number = hash.iter().take(8).fold(0_u64, |n, b| n << 8 | u64::from(*b));
        number % self.of == self.part - 1
    }
}

/// Whether a file of this size is dealt by document.
pub(super) fn by_document(size: u64) -> bool {
    size >= LARGE
}

impl FromStr for Shard {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let parts = text.split_once('/').and_then(|(part, of)| Some((part.trim().parse().ok()?, of.trim().parse().ok()?)));
        match parts {
            Some((part, of)) if (1..=of).contains(&part) => Ok(Shard { part, of }),
            _ => Err(Error::Usage(format!("--shard {text}: write which part of how many, as 1/8, 2/8 … 8/8"))),
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.part, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_belongs_to_one_part() {
        let parts: Vec<Shard> = ["1/3", "2/3", " 3 / 3"].iter().map(|p| p.parse().unwrap()).collect();
        let mut sizes = [0; 3];
        for name in (0..300).map(|i| format!("{i}.txt")) {
            let owners: Vec<usize> = (0..3).filter(|&p| parts[p].owns(&name)).collect();
            assert_eq!(owners.len(), 1);
            sizes[owners[0]] += 1;
        }
        assert!(sizes.iter().all(|n| *n > 60), "{sizes:?}");
        assert_eq!(parts[1].to_string(), "2/3");
        for wrong in ["", "0/3", "4/3", "1", "1/0", "a/b"] {
            assert!(wrong.parse::<Shard>().unwrap_err().to_string().contains("as 1/8"), "{wrong}");
        }
    }
}
