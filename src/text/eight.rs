//! Eight bytes at once, in one number; of ASCII where nothing else is said. Each answer has the highest bit of a byte set where it holds of that byte.
//!
//! Bytes of seven bits plus what `c` wants to 0x80 have the highest bit where they are `c` or more, and none carries into the next.

const EACH: u64 = 0x0101_0101_0101_0101;

/// The highest bit of each byte.
pub const HIGH: u64 = EACH * 0x80;

/// The first eight bytes, whatever they are, the first one lowest; zeros after the end.
#[inline]
pub fn first_eight(bytes: &[u8]) -> u64 {
    match bytes.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => bytes.iter().rev().fold(0, |sum, b| (sum << 8) | u64::from(*b)),
    }
}

/// How many bytes, from the first on, are letters and digits of ASCII; the others may be anything.
#[inline]
pub fn letters_of(eight: u64) -> usize {
    let plain = eight & !HIGH;
    first(!((letters(plain) | digits(plain)) & !eight) & HIGH)
}

/// The first eight bytes, if they are ASCII.
#[inline]
pub fn ascii(bytes: &[u8]) -> Option<u64> {
    bytes.first_chunk::<8>().map(|chunk| u64::from_le_bytes(*chunk)).filter(|eight| eight & HIGH == 0)
}

/// Which bytes lie in `first..=last`.
#[inline]
pub fn between(eight: u64, first: u8, last: u8) -> u64 {
    let from = |c: u8| eight + EACH * u64::from(0x80 - c);
    from(first) & !from(last + 1) & HIGH
}

/// Which bytes are `c`.
#[inline]
pub fn is(eight: u64, c: u8) -> u64 {
    !((eight ^ (EACH * u64::from(c))) + (HIGH - EACH)) & HIGH
}

/// Which bytes are letters.
#[inline]
pub fn letters(eight: u64) -> u64 {
    between(eight | (EACH * 0x20), b'a', b'z')
}

/// Which bytes are digits.
#[inline]
pub fn digits(eight: u64) -> u64 {
    between(eight, b'0', b'9')
}

/// Of how many bytes it holds.
#[inline]
pub fn count(answer: u64) -> u64 {
    (answer >> 7).wrapping_mul(EACH) >> 56
}

/// The place of the last byte of which it holds; of none, no place.
#[inline]
pub fn last(answer: u64) -> Option<usize> {
    (7_usize).checked_sub(answer.leading_zeros() as usize / 8)
}

/// The answer for the byte `n` before each byte; `before` is that of the eight bytes before these.
#[inline]
pub fn after(answer: u64, before: u64, n: u32) -> u64 {
    answer << (8 * n) | before >> (64 - 8 * n)
}

/// The answer for the byte before each byte; `before` for the one before the first.
#[inline]
pub fn behind(answer: u64, before: bool) -> u64 {
    answer << 8 | u64::from(before) << 7
}

/// Whether it holds of the last byte.
#[inline]
pub fn of_last(answer: u64) -> bool {
    answer >> 63 != 0
}

/// The place of the first byte of which it holds; eight if it holds of none.
#[inline]
pub fn first(answer: u64) -> usize {
    answer.trailing_zeros() as usize / 8
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

    #[test]
    fn each_byte_by_itself() {
        for a in 0..128_u8 {
            for b in [0, b' ', b'0', b'A', b'z', 0x7F] {
                let bytes = [b, a, b, b, a, a, b, a];
                let eight = ascii(&bytes).unwrap();
                let all = |f: &dyn Fn(u8) -> bool| bytes.iter().rev().fold(0_u64, |sum, b| sum << 8 | u64::from(f(*b)) << 7);
                assert_eq!(letters(eight), all(&|b| b.is_ascii_alphabetic()));
                assert_eq!(digits(eight), all(&|b| b.is_ascii_digit()));
                assert_eq!(is(eight, a), all(&|b| b == a));
                assert_eq!(between(eight, b'[', b'`'), all(&|b| (b'['..=b'`').contains(&b)));
            }
        }
        assert_eq!(ascii("abcdefgé".as_bytes()), None);
        assert_eq!((count(HIGH), count(0), last(HIGH), last(0x80 << 24), last(0)), (8, 0, Some(7), Some(3), None));
        assert_eq!(after(0x80, HIGH, 2), 0x80_8080);
        assert_eq!((first(0), first(HIGH), first(0x80 << 24), of_last(HIGH), of_last(1)), (8, 0, 3, true, false));
    }
}
