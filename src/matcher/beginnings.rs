//! A small table of how a set of literals begins: says for sure where none of them does.

/// The first bytes of a set of literals, by their hashes.
#[derive(Debug)]
pub(super) struct Beginnings {
    first: [bool; 256],
    bits: Vec<u64>,
    shift: u32,
    /// Whether there are literals of less than four bytes, and of less than eight.
    tiny: bool,
    short: bool,
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
        let mut table = Beginnings { first: [false; 256], bits: vec![0; size / 64], shift: 64 - size.trailing_zeros(), tiny: false, short: false };
        for literal in literals {
            table.add(literal.as_bytes());
        }
        table
    }

    fn add(&mut self, literal: &[u8]) {
        let (low, high) = window(literal);
        match literal.first() {
            Some(b) => self.first[usize::from(*b)] = true,
            // The empty one begins everywhere.
            None => {
                self.first = [true; 256];
                self.bits.fill(u64::MAX);
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

    /// Whether a literal begins with `byte`.
    pub fn has_first(&self, byte: u8) -> bool {
        self.first[usize::from(byte)]
    }

    /// Whether a literal may begin at `at`; only if not, it is sure.
    pub fn may_begin(&self, bytes: &[u8], at: usize) -> bool {
        let (low, high) = window(&bytes[at..]);
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

/// The first sixteen bytes, zeros after the end.
fn window(bytes: &[u8]) -> (u64, u64) {
    let whole = match bytes.first_chunk::<16>() {
        Some(chunk) => u128::from_le_bytes(*chunk),
        None => bytes.iter().rev().fold(0, |whole, b| whole << 8 | u128::from(*b)),
    };
    (whole as u64, (whole >> 64) as u64)
}
