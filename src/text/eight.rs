//! Eight bytes at a time, as one number: words of ASCII are found and told apart without looking at each letter.

/// The first eight of `bytes`, the first one lowest; zeros after the end.
pub fn first_eight(bytes: &[u8]) -> u64 {
    match bytes.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => bytes.iter().rev().fold(0, |sum, b| (sum << 8) | u64::from(*b)),
    }
}

/// How many of eight bytes, from the lowest on, are letters and digits of ASCII; all of them at once. Bytes of seven bits plus
/// what `c` wants to 0x80 have the highest bit where they are `c` or more.
pub fn letters_of(eight: u64) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = EACH * 0x80;
    let plain = eight & !HIGH;
    let lower = plain | (EACH * 0x20);
    let from = |bytes: u64, c: u8| bytes + EACH * u64::from(0x80 - c);
    let letter = from(lower, b'a') & !from(lower, b'z' + 1);
    let digit = from(plain, b'0') & !from(plain, b'9' + 1);
    let other = !((letter | digit) & !eight) & HIGH;
    other.trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits() {
        for c in 0..=255_u8 {
            let text = [b'a', b'Z', b'0', b'9', c, b'z', b'A', b'x'];
            assert_eq!(letters_of(u64::from_le_bytes(text)), if c.is_ascii_alphanumeric() { 8 } else { 4 }, "{c}");
        }
        assert_eq!(first_eight(b"ab"), u64::from_le_bytes(*b"ab\0\0\0\0\0\0"));
        assert_eq!(first_eight(b"abcdefghi"), u64::from_le_bytes(*b"abcdefgh"));
    }
}
