//! The block elements of a page as a tree of numbers: whether one lies in another shows without a walk.

use std::ops::RangeInclusive;

/// The block elements of a page, numbered from 1 in the order in which they begin: those within another follow it.
#[derive(Debug)]
pub struct Blocks {
    /// The one around each; 0 for none.
    parent: Vec<usize>,
    /// The last one within each.
    last: Vec<usize>,
}

impl Default for Blocks {
    fn default() -> Self {
        Blocks { parent: vec![0], last: vec![0] }
    }
}

impl Blocks {
    /// Begins one within another.
    pub fn open(&mut self, parent: usize) -> usize {
        let number = self.parent.len();
        self.parent.push(parent);
        self.last.push(number);
        number
    }

    /// Ends one: what begins now is not within it.
    pub fn close(&mut self, number: usize) {
        self.last[number] = self.parent.len() - 1;
    }

    /// The one around it; `None` around the outermost.
    pub fn parent(&self, number: usize) -> Option<usize> {
        Some(self.parent[number]).filter(|p| *p > 0)
    }

    /// The outermost around `number`.
    pub fn outermost(&self, number: usize) -> Option<usize> {
        std::iter::successors(Some(number).filter(|n| *n > 0), |n| self.parent(*n)).last()
    }

    /// Those within `number`, itself first.
    pub fn within(&self, number: usize) -> RangeInclusive<usize> {
        number..=self.last[number]
    }

    /// What all elements hold, of things of a weight that stand in one.
    pub fn sums(&self, things: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
        let mut sums = vec![0; self.parent.len()];
        things.for_each(|(element, weight)| sums[element] += weight);
        for number in (1..sums.len()).rev() {
            sums[self.parent[number]] += sums[number];
        }
        sums
    }
}
