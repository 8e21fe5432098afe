//! How frequent n-grams lie within each other.

use super::grams::{Gram, Grams};

/// The frequent n-grams, each with what it consists of. One is named by its level (its length less one) and its number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lattice<'g>(pub &'g Grams);

impl<'g> Lattice<'g> {
    pub fn gram(self, level: usize, number: u32) -> &'g Gram {
        &self.0.levels[level][number as usize]
    }

    /// Its tokens.
    pub fn tokens(self, level: usize, number: u32) -> Vec<u32> {
        let mut tokens = Vec::with_capacity(level + 1);
        let mut rest = number;
        for level in (0..=level).rev() {
            let gram = self.gram(level, rest);
            let mut first = rest;
            for level in (0..=level).rev() {
                first = self.gram(level, first).first;
            }
            tokens.push(first);
            rest = gram.last;
        }
        tokens
    }

    /// The beginnings of it, the longest first, that are shorter than it: how long, as a level, and their numbers.
    pub fn beginnings(self, level: usize, number: u32) -> Vec<u32> {
        self.chain(level, number, |gram| gram.first)
    }

    /// The ends of it, likewise.
    pub fn ends(self, level: usize, number: u32) -> Vec<u32> {
        self.chain(level, number, |gram| gram.last)
    }

    fn chain(self, level: usize, number: u32, next: impl Fn(&Gram) -> u32) -> Vec<u32> {
        let mut at = number;
        (1..=level)
            .rev()
            .map(|level| {
                at = next(self.gram(level, at));
                at
            })
            .collect()
    }

    /// Calls `each` with the level and number of everything that lies in it, but for itself.
    pub fn within(self, level: usize, number: u32, mut each: impl FnMut(usize, u32)) {
        let mut here = vec![number];
        for level in (1..=level).rev() {
            let mut below = vec![self.gram(level, here[0]).first];
            below.extend(here.iter().map(|n| self.gram(level, *n).last));
            below.iter().for_each(|n| each(level - 1, *n));
            here = below;
        }
    }
}
