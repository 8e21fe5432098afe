//! Hashes of words and characters that stay the same from run to run: what is written to tables is made of them.

/// FNV-1a over characters.
#[derive(Debug, Clone, Copy)]
pub struct Fnv(pub u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xCBF2_9CE4_8422_2325)
    }
}

impl Fnv {
    /// Adds a character; of ASCII, that is its byte.
    #[inline]
    pub fn add(&mut self, c: u32) {
        self.0 = (self.0 ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01B3);
    }

    /// The hash of all characters of `text`.
    pub fn of(text: &str) -> Self {
        let mut hash = Fnv::default();
        text.chars().for_each(|c| hash.add(c as u32));
        hash
    }
}

/// The finaliser of SplitMix64: every bit of the result depends on every bit of `x`.
#[inline]
pub fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}
