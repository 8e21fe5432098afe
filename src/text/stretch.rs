//! Stretches of text that folding changes in nothing but the case of ASCII letters.

use super::eight;

/// Whether folding changes `text` in nothing but the case of ASCII letters.
pub fn is_plain(text: &str) -> bool {
    !text.is_empty() && plain_ascii(text.as_bytes()) == text.len()
}

/// The length of the run at the start of `text` that folding changes in nothing but case: ASCII without markup and with single
/// blanks, letters or signs at both ends.
pub(super) fn plain_ascii(text: &[u8]) -> usize {
    let plain = |at: usize| text.get(at).is_some_and(|b| PLAIN[usize::from(*b)]);
    if !plain(0) {
        return 0;
    }
    let mut end = 0;
    let mut after_blank = false;
    // Most of it eight bytes at a time.
    while let Some(eight) = eight::ascii(&text[end..]) {
        let blanks = eight::is(eight, b' ');
        let markup = eight::is(eight, b'*') | eight::is(eight, b'<') | eight::between(eight, b'[', b'`') & !eight::is(eight, b'\\') & !eight::is(eight, b'^');
        let odd = markup | eight::between(eight, b'\t', b'\r') | blanks & eight::behind(blanks, after_blank);
        if odd != 0 {
            end += eight::first(odd);
            // Of two blanks, the first is no part of it either.
            return end - usize::from(text[end - 1] == b' ');
        }
        after_blank = eight::of_last(blanks);
        end += 8;
    }
    end -= usize::from(after_blank);
    loop {
        while plain(end) {
            end += 1;
        }
        if text.get(end) != Some(&b' ') || !plain(end + 1) {
            return end;
        }
        end += 1;
    }
}

/// The bytes that stand for themselves.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut b = 0;
    while b < 128 {
        let blank = matches!(b as u8, b'\t'..=b'\r' | b' ');
        let markup = matches!(b as u8, b'*' | b'`' | b'_' | b'<' | b'[' | b']');
        plain[b] = !blank && !markup;
        b += 1;
    }
    plain
};

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn plain_runs_end_where_they_do_byte_by_byte(text in "([a-zA-Z.,^\\\\-]{1,5}|[ ]{1,2}|[\\[\\]*_`<>\n\t\u{1}\u{7F}é人]){0,12}") {
            let bytes = text.as_bytes();
            let plain = |at: usize| bytes.get(at).is_some_and(|b| PLAIN[usize::from(*b)]);
            let single = |at: usize| bytes[at] == b' ' && at > 0 && plain(at - 1) && plain(at + 1);
            let end = (0..bytes.len()).find(|&at| !plain(at) && !single(at)).unwrap_or(bytes.len());
            proptest::prop_assert_eq!(plain_ascii(bytes), end);
        }
    }
}
