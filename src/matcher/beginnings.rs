//! A small table of how a set of literals begins: says for sure where none of them does.

use crate::text::eight::first_eight;

/// The first bytes of a set of literals, by their hashes.
#[derive(Debug)]
pub(super) struct Beginnings {
    /// A bit for the first eight bytes of each literal that has so many: small, and settles most.
    longs: Box<[u64; 1 << LONG_BITS >> 6]>,
    /// A bit for the stem of each literal that has one, but no eight bytes.
    shorts: Box<[u64; 1 << SHORT_BITS >> 6]>,
    /// A bit for the first two bytes of each literal that is too short for a stem.
    pairs: Box<[u64; 1 << SHORT_BITS >> 6]>,
    /// Bits for more bytes of all literals.
    bits: Vec<u64>,
    shift: u32,
    /// Whether a literal begins with a sign of ASCII, or with nothing.
    signs: bool,
}

const LONG_BITS: usize = 17;
const SHORT_BITS: usize = 16;

/// What tells apart how literals and texts begin, of their first eight bytes and their length: the first four bytes of ASCII text, the
/// first six of other text, which are two Han characters. `None` for what is too short.
#[inline]
pub(super) fn stem(first: u64, length: usize) -> Option<u64> {
    let bytes = if first & 0x80 == 0 { 4 } else { 6 };
    (length >= bytes).then_some(first & ((1 << (8 * bytes)) - 1))
}

/// The same for what is too short for it: the first byte, if any.
pub(super) fn tiny_stem(first: u64, length: usize) -> u64 {
    1 << 63 | if length == 0 { 0x100 } else { first & 0xFF }
}

/// What is looked up of a literal in the large table: as many of these bytes as it has.
#[derive(Clone, Copy)]
enum Bytes {
    One,
    Two,
    Three,
    Four,
    Eight,
    Twelve,
    Sixteen,
}

impl Beginnings {
    pub fn of(literals: &[String]) -> Self {
        // A few bits in a hundred are set.
        let size = (literals.len() * 32).next_power_of_two().max(1 << 12);
        let (bits, shift) = (vec![0; size / 64], 64 - size.trailing_zeros());
        let (longs, shorts, pairs) = (Box::new([0; _]), Box::new([0; _]), Box::new([0; _]));
        let mut table = Beginnings { longs, shorts, pairs, bits, shift, signs: false };
        for literal in literals {
            table.add(literal.as_bytes());
        }
        table
    }

    fn add(&mut self, literal: &[u8]) {
        let (low, high) = window(literal);
        self.signs |= literal.first().is_none_or(|b| b.is_ascii() && !b.is_ascii_alphanumeric());
        match (literal, stem(low, literal.len())) {
            ([_, _, _, _, _, _, _, _, ..], _) => set(&mut *self.longs, place(low, LONG_BITS)),
            (_, Some(stem)) => set(&mut *self.shorts, place(stem, SHORT_BITS)),
            // The empty one begins everywhere.
            ([], None) => {
                self.pairs.fill(u64::MAX);
                self.bits.fill(u64::MAX);
            }
            ([a], None) => (0..1 << 16).step_by(256).for_each(|b| set(&mut *self.pairs, b + usize::from(*a))),
            (_, None) => set(&mut *self.pairs, (low & 0xFFFF) as usize),
        }
        match literal.len() {
            0 => {}
            1 => self.set(Bytes::One, low, 0),
            2 => self.set(Bytes::Two, low, 0),
            3 => self.set(Bytes::Three, low, 0),
            4..8 => self.set(Bytes::Four, low & 0xFFFF_FFFF, 0),
            8..12 => self.set(Bytes::Eight, low, 0),
            12..16 => self.set(Bytes::Twelve, low, high & 0xFFFF_FFFF),
            _ => self.set(Bytes::Sixteen, low, high),
        }
    }

    /// Whether a literal begins with a sign of ASCII, or with nothing.
    pub fn has_signs(&self) -> bool {
        self.signs
    }

    /// Whether a literal too short for a stem may begin with these bytes.
    #[inline]
    pub fn may_be_tiny(&self, first: u64) -> bool {
        has(&*self.pairs, (first & 0xFFFF) as usize)
    }

    /// Whether a literal may begin at `at`, by a short look; only if not, it is sure.
    #[inline]
    pub fn may_begin(&self, bytes: &[u8], at: usize) -> bool {
        let first = first_eight(&bytes[at..]);
        // What is too short for it has zeros at its end.
        let stem = stem(first, 8).unwrap_or_default();
        has(&*self.longs, place(first, LONG_BITS)) | has(&*self.shorts, place(stem, SHORT_BITS)) | self.may_be_tiny(first)
    }

    /// The same by a longer one.
    pub fn is_likely(&self, bytes: &[u8], at: usize) -> bool {
        let (low, high) = window(&bytes[at..]);
        let long = || self.has(Bytes::Sixteen, low, high) || self.has(Bytes::Twelve, low, high & 0xFFFF_FFFF) || self.has(Bytes::Eight, low, 0);
        let four = || self.has(Bytes::Four, low & 0xFFFF_FFFF, 0);
        let tiny = || self.has(Bytes::Three, low & 0xFF_FFFF, 0) || self.has(Bytes::Two, low & 0xFFFF, 0) || self.has(Bytes::One, low & 0xFF, 0);
        has(&*self.longs, place(low, LONG_BITS)) && long() || four() || self.may_be_tiny(low) && tiny()
    }

    fn set(&mut self, bytes: Bytes, low: u64, high: u64) {
        let (word, bit) = self.place(bytes, low, high);
        self.bits[word] |= bit;
    }

    fn has(&self, bytes: Bytes, low: u64, high: u64) -> bool {
        let (word, bit) = self.place(bytes, low, high);
        self.bits[word] & bit != 0
    }

    /// Which bit stands for these first bytes.
    fn place(&self, bytes: Bytes, low: u64, high: u64) -> (usize, u64) {
        const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
        let mixed = (low ^ (bytes as u64) << 59).wrapping_mul(ODD);
        let hash = (mixed ^ mixed >> 32 ^ high).wrapping_mul(ODD) >> self.shift;
        ((hash / 64) as usize, 1 << (hash % 64))
    }
}

/// Which of few bits stands for some bytes.
#[inline]
fn place(bytes: u64, bits: usize) -> usize {
    (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)) as usize
}

#[inline]
fn has(bits: &[u64], place: usize) -> bool {
    bits.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 != 0)
}

fn set(bits: &mut [u64], place: usize) {
    bits[place / 64] |= 1 << (place % 64);
}

/// The first sixteen bytes, zeros after the end.
fn window(bytes: &[u8]) -> (u64, u64) {
    let whole = match bytes.first_chunk::<16>() {
        Some(chunk) => u128::from_le_bytes(*chunk),
        None => bytes.iter().rev().fold(0, |whole, b| whole << 8 | u128::from(*b)),
    };
    (whole as u64, (whole >> 64) as u64)
}
