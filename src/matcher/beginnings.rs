//! A small table of how a set of literals begins: says for sure where none of them does.

/// The first bytes of a set of literals, by their hashes.
#[derive(Debug)]
pub(super) struct Beginnings {
    /// A bit for each hash of a stem: small, and settles most.
    stems: Box<[u64; SLOTS / 64]>,
    /// A bit for the first two bytes of each literal that is too short for a stem.
    pairs: Box<[u64; SLOTS / 64]>,
    bits: Vec<u64>,
    shift: u32,
    /// Whether a literal begins with a sign of ASCII, or with nothing.
    signs: bool,
    /// Whether there are literals too short for a stem, of less than four bytes, and of less than eight.
    stemless: bool,
    tiny: bool,
    short: bool,
}

const SLOTS: usize = 1 << 16;

/// What tells apart how literals and texts begin, of their first eight bytes and their length: the first four bytes of ASCII text, the
/// first six of other text, which are two Han characters. `None` for what is too short.
pub(super) fn stem(first: u64, length: usize) -> Option<u64> {
    let bytes = if first & 0x80 == 0 { 4 } else { 6 };
    (length >= bytes).then_some(first & ((1 << (8 * bytes)) - 1))
}

/// The same for what is too short for it: the first byte, if any.
pub(super) fn tiny_stem(first: u64, length: usize) -> u64 {
    1 << 63 | if length == 0 { 0x100 } else { first & 0xFF }
}

/// What is looked up: a literal's first bytes, as many of these as it has. Of the longer ones first the eight that all have, which
/// mostly settles it.
#[derive(Clone, Copy)]
enum Bytes {
    One,
    Two,
    Three,
    Four,
    Long,
    Eight,
    Twelve,
    Sixteen,
}

impl Beginnings {
    pub fn of(literals: &[String]) -> Self {
        // A few bits in a hundred are set.
        let size = (literals.len() * 32).next_power_of_two().max(1 << 12);
        let (bits, shift) = (vec![0; size / 64], 64 - size.trailing_zeros());
        let none = || Box::new([0; SLOTS / 64]);
        let mut table = Beginnings { stems: none(), pairs: none(), bits, shift, signs: false, stemless: false, tiny: false, short: false };
        for literal in literals {
            table.add(literal.as_bytes());
        }
        table
    }

    fn add(&mut self, literal: &[u8]) {
        let (low, high) = window(literal);
        self.signs |= literal.first().is_none_or(|b| b.is_ascii() && !b.is_ascii_alphanumeric());
        if let Some(stem) = stem(low, literal.len()) {
            self.stems[slot(stem) / 64] |= 1 << (slot(stem) % 64);
        } else {
            self.stemless = true;
            match literal {
                // The empty one begins everywhere.
                [] => {
                    self.pairs.fill(u64::MAX);
                    self.bits.fill(u64::MAX);
                }
                [a] => (0..SLOTS).step_by(256).for_each(|b| self.pairs[(b + usize::from(*a)) / 64] |= 1 << (a % 64)),
                _ => self.pairs[(low & 0xFFFF) as usize / 64] |= 1 << (low % 64),
            }
        }
        match literal.len() {
            0..4 => self.tiny = true,
            4..8 => self.short = true,
            _ => self.set(Bytes::Long, low, 0),
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

    /// Whether there are literals too short for a stem.
    pub fn has_tiny(&self) -> bool {
        self.stemless
    }

    /// Whether a literal may begin at `at`; only if not, it is sure.
    #[inline]
    pub fn may_begin(&self, bytes: &[u8], at: usize) -> bool {
        let first = eight(&bytes[at..]);
        // What is too short for a stem has zeros at its end.
        let stem = slot(stem(first, 8).unwrap_or_default());
        let pair = (first & 0xFFFF) as usize;
        let known = self.stems[stem / 64] & (1 << (stem % 64)) != 0 || self.stemless && self.pairs[pair / 64] & (1 << (pair % 64)) != 0;
        known && self.looks_known(&bytes[at..])
    }

    /// The same by more bytes.
    fn looks_known(&self, bytes: &[u8]) -> bool {
        let (low, high) = window(bytes);
        let long = || self.has(Bytes::Sixteen, low, high) || self.has(Bytes::Twelve, low, high & 0xFFFF_FFFF) || self.has(Bytes::Eight, low, 0);
        let short = || self.has(Bytes::Four, low & 0xFFFF_FFFF, 0);
        let tiny = || self.has(Bytes::Three, low & 0xFF_FFFF, 0) || self.has(Bytes::Two, low & 0xFFFF, 0) || self.has(Bytes::One, low & 0xFF, 0);
        self.has(Bytes::Long, low, 0) && long() || self.short && short() || self.tiny && tiny()
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

/// Which of few bits stands for a stem.
fn slot(stem: u64) -> usize {
    (stem.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48) as usize
}

/// The first eight bytes, zeros after the end.
#[inline]
pub(super) fn eight(bytes: &[u8]) -> u64 {
    match bytes.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => bytes.iter().rev().fold(0, |whole, b| whole << 8 | u64::from(*b)),
    }
}

/// The first sixteen bytes, zeros after the end.
fn window(bytes: &[u8]) -> (u64, u64) {
    let whole = match bytes.first_chunk::<16>() {
        Some(chunk) => u128::from_le_bytes(*chunk),
        None => bytes.iter().rev().fold(0, |whole, b| whole << 8 | u128::from(*b)),
    };
    (whole as u64, (whole >> 64) as u64)
}
