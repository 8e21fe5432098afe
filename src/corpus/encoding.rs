//! From bytes to text: by the byte-order mark, as UTF-8 if it is that, by what the file declares, else by detection.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a file a declaration of its encoding may stand.
const DECLARATION: usize = 4096;

/// A text and how it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub text: String,
    /// The name of the encoding, as in the WHATWG standard.
    pub encoding: &'static str,
}

/// Reads `bytes` as text; `None` if they are no text in any encoding.
pub(super) fn decode(bytes: Vec<u8>) -> Option<Decoded> {
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        // The mark stays in UTF-8, where offsets are those of the file.
        return if encoding == UTF_8 { finish(UTF_8, bytes) } else { finish(encoding, bytes[length..].to_vec()) };
    }
    if let Some(encoding) = utf16_without_mark(&bytes) {
        return finish(encoding, bytes);
    }
    if memchr::memchr(0, &bytes).is_some() {
        return None;
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Tally::of(&text).is_text().then(|| Decoded { text, encoding: UTF_8.name() }),
        Err(e) => e.into_bytes(),
    };
    let declared = declared(&bytes).filter(|e| *e != UTF_8);
    if let Some(encoding) = declared
        && encoding.decode_without_bom_handling_and_without_replacement(&bytes).is_some()
    {
        return finish(encoding, bytes);
    }
    if wrongs(&bytes).is_slight() {
        return finish(UTF_8, bytes);
    }
    let encoding = declared.unwrap_or_else(|| detect(&bytes));
    finish(encoding, bytes)
}

/// How much of some bytes is UTF-8.
#[derive(Debug, Default, Clone, Copy)]
struct Wrongs {
    /// Places where they are not.
    wrong: usize,
    /// Characters beyond ASCII.
    good: usize,
}

impl Wrongs {
    /// A few bad bytes do not make a UTF-8 file another one.
    fn is_slight(self) -> bool {
        self.wrong == 0 || self.good > self.wrong * 4
    }
}

fn wrongs(bytes: &[u8]) -> Wrongs {
    let mut all = Wrongs::default();
    for chunk in bytes.utf8_chunks() {
        all.wrong += usize::from(!chunk.invalid().is_empty());
        // Every character but those of ASCII has one byte that begins it.
        all.good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
    }
    all
}

/// What a text is made of, by which it shows whether it is one.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    length: usize,
    controls: usize,
    lost: usize,
}

impl Tally {
    fn of(text: &str) -> Tally {
        let bytes = text.as_bytes();
        // Stretches short enough for their number to fit a byte, without a branch: many bytes at a time.
        let control = |b: &u8| u8::from(((*b < 0x20) & (*b != b'\t') & (*b != b'\n') & (*b != b'\r') & (*b != 0xC) & (*b != 0x1A)) | (*b == 0x7F));
        let controls = bytes.chunks(128).map(|chunk| usize::from(chunk.iter().fold(0_u8, |sum, b| sum + control(b)))).sum::<usize>();
        let mut tally = Tally { length: text.chars().count(), controls, lost: 0 };
        if !text.is_ascii() {
            // U+0080 to U+009F but U+0085, U+FFFE and U+FFFF; U+FFFD is what was lost.
            for at in memchr::memchr2_iter(0xC2, 0xEF, bytes) {
                match (bytes[at], bytes.get(at + 1), bytes.get(at + 2)) {
                    (0xC2, Some(0x85), _) => {}
                    (0xC2, Some(0x80..=0x9F), _) | (0xEF, Some(0xBF), Some(0xBE | 0xBF)) => tally.controls += 1,
                    (0xEF, Some(0xBF), Some(0xBD)) => tally.lost += 1,
                    _ => {}
                }
            }
        }
        tally
    }

    fn add(&mut self, other: Tally) {
        self.length += other.length;
        self.controls += other.controls;
        self.lost += other.lost;
    }

    /// Text holds next to no control characters.
    fn is_text(self) -> bool {
        self.controls * 100 <= self.length && self.lost * 4 <= self.length
    }
}

/// Bytes as text, in which U+FFFD stands for what is no UTF-8.
pub(super) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    // Faster than the way that looks for what is wrong.
    simdutf8::basic::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Watches bytes that come piece by piece, for whether they are a text in UTF-8.
#[derive(Debug, Default)]
pub(super) struct Watch {
    has_zero: bool,
    wrongs: Wrongs,
    tally: Tally,
}

impl Watch {
    /// Looks at the next piece, which ends where a character does.
    pub fn see(&mut self, bytes: &[u8], text: &str) {
        self.has_zero |= memchr::memchr(0, bytes).is_some();
        // What was read as it stands has nothing wrong in it.
        let own = if bytes == text.as_bytes() { Wrongs { wrong: 0, good: bytes.iter().filter(|b| **b >= 0xC0).count() } } else { wrongs(bytes) };
        self.wrongs = Wrongs { wrong: self.wrongs.wrong + own.wrong, good: self.wrongs.good + own.good };
        self.tally.add(Tally::of(text));
    }

    pub fn add(&mut self, other: &Watch) {
        self.has_zero |= other.has_zero;
        self.wrongs = Wrongs { wrong: self.wrongs.wrong + other.wrongs.wrong, good: self.wrongs.good + other.wrongs.good };
        self.tally.add(other.tally);
    }

    /// Whether it was text in UTF-8, as [`decode`] would have it; `head` is how it begins.
    pub fn is_utf8(&self, head: &[u8]) -> bool {
        let is_other = || declared(head).is_some_and(|e| e != UTF_8) || utf16_without_mark(&head[..head.len() & !1]).is_some();
        let other = || self.wrongs.wrong > 0 && is_other();
        let is_utf8 = head.starts_with(b"\xEF\xBB\xBF") || (!self.has_zero && self.wrongs.is_slight() && !other());
        is_utf8 && self.tally.is_text()
    }
}

fn finish(encoding: &'static Encoding, bytes: Vec<u8>) -> Option<Decoded> {
    // GBK is a part of GB18030, and files that say so use the rest as well.
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    let text = if encoding == UTF_8 {
        String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
    } else {
        encoding.decode_without_bom_handling(&bytes).0.into_owned()
    };
    Tally::of(&text).is_text().then(|| Decoded { text, encoding: encoding.name() })
}

/// UTF-16 that does not say so: in one of the two byte orders nearly all of it is letters, digits, Han characters and signs.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) || (!bytes.contains(&0) && std::str::from_utf8(bytes).is_ok()) {
        return None;
    }
    let usual = |unit: u16| matches!(unit, 9 | 10 | 13 | 0x20..=0x7E | 0xA0..=0x24F | 0x2010..=0x203A | 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF);
    let share = |read: fn([u8; 2]) -> u16| {
        let sample = &bytes[..bytes.len().min(1 << 16)];
        let units: Vec<u16> = sample.chunks_exact(2).map(|c| read([c[0], c[1]])).collect();
        // Of a Chinese text in another encoding, read by twos, much is Han as well; blanks and line ends are not.
        let blanks = units.iter().filter(|u| matches!(u, 10 | 13 | 0x20 | 0x3000 | 0x3001 | 0x3002 | 0xFF0C)).count();
        let usual = units.iter().filter(|u| usual(**u)).count();
        if blanks * 200 >= units.len() { usual as f64 / units.len() as f64 } else { 0.0 }
    };
    let (little, big) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    let (best, encoding) = if little >= big { (little, UTF_16LE) } else { (big, UTF_16BE) };
    (best >= 0.97).then_some(encoding)
}

/// The encoding that a page or an XML file names near its beginning.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|name| {
        let value = head[head.find(name)? + name.len()..].trim_start_matches(['"', '\'', ' ']);
        let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(value.len());
        Encoding::for_label(&value.as_bytes()[..end])
    })
}

/// The likeliest encoding. What is Chinese by its bytes is settled between the two Chinese ones.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    if guess == GBK || guess == BIG5 || guess == GB18030 || guess.is_single_byte() {
        return guess;
    }
    // Chinese is sometimes taken for Japanese or Korean, which have letters of their own.
    let (text, _) = guess.decode_without_bom_handling(bytes);
    let own = text.chars().filter(|c| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}')).count();
    if own * 8 >= text.chars().filter(|c| c.is_alphabetic()).count() {
        return guess;
    }
    let clean = |encoding: &'static Encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some();
    [GB18030, BIG5].into_iter().find(|e| clean(e)).unwrap_or(guess)
}

/// What UTF-8 looks like that was once read as Windows-1252 or GBK, and the mark of bytes that were lost on the way; at last
/// the sign for what cannot be read.
const MOJIBAKE: [&str; 13] = ["â€™", "â€œ", "â€\u{9d}", "â€“", "Ã©", "Ã¨", "Ã¼", "ï¼Œ", "ã€‚", "锟斤拷", "鈥", "ä¸", "\u{FFFD}"];

/// Whether there is anything with which a sign of damage begins. Each is looked for by itself: most texts have none, and that is seen
/// sooner so than by one search for all signs.
fn may_be_damaged(bytes: &[u8]) -> bool {
    memchr::memchr(0xC3, bytes).is_some() || ["锟", "鈥", "\u{FFFD}"].iter().any(|sign| memchr::memmem::find(bytes, sign.as_bytes()).is_some())
}

/// What is wrong with the characters of a text: how many were lost, or that it was once decoded wrongly.
pub(super) fn damage(text: &str) -> Option<(&'static str, String)> {
    static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(MOJIBAKE).ok());
    if text.is_ascii() || !may_be_damaged(text.as_bytes()) {
        return None;
    }
    let (mut lost, mut wrong) = ((usize::MAX, 0), (usize::MAX, 0));
    // No sign begins within another one.
    for found in SEARCH.as_ref()?.find_iter(text) {
        let (first, count) = if found.pattern().as_usize() + 1 == MOJIBAKE.len() { &mut lost } else { &mut wrong };
        (*first, *count) = ((*first).min(found.start()), *count + 1);
    }
    let line = |at: usize| 1 + text.as_bytes()[..at].iter().filter(|&&b| b == b'\n').count();
    if let (at, count @ 1..) = lost {
        let what = if count == 1 { "a character was".to_owned() } else { format!("{count} characters were") };
        return Some(("encoding", format!("{what} lost before the file was saved (U+FFFD, first in line {}); words with one are not found", line(at))));
    }
    let (at, count) = wrong;
    (count >= 3).then(|| ("mojibake", format!("{count} places look like text once read in the wrong encoding (first in line {}); get a clean copy", line(at))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZH: &str = "习近平指出，构建人类命运共同体，是世界各国人民前途所在。\n中方愿同各方一道努力，推动全球发展倡议落地。\n";
    const TW: &str = "外交部發言人表示，構建人類命運共同體，符合各國人民的共同利益。\n中方願同各方一道努力。\n";

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_encoding_gives_the_text_back() {
        let latin = "Mérö’s “café” – naïve";
        let with = |bom: &[u8], body: Vec<u8>| [bom, &body].concat();
        for (bytes, text, encoding) in [
            (ZH.as_bytes().to_vec(), ZH, "UTF-8"),
            (utf16(ZH, u16::to_le_bytes), ZH, "UTF-16LE"),
            (utf16(ZH, u16::to_be_bytes), ZH, "UTF-16BE"),
            (with(&[0xFF, 0xFE], utf16(ZH, u16::to_le_bytes)), ZH, "UTF-16LE"),
            (utf16("Plain words, no marks.", u16::to_le_bytes), "Plain words, no marks.", "UTF-16LE"),
            (GB18030.encode(ZH).0.into_owned(), ZH, "gb18030"),
            (BIG5.encode(TW).0.into_owned(), TW, "Big5"),
            (
                encoding_rs::SHIFT_JIS.encode("これは日本語の文章です。中国と日本の関係について話しました。\n").0.into_owned(),
                "これは日本語の文章です。中国と日本の関係について話しました。\n",
                "Shift_JIS",
            ),
            (encoding_rs::WINDOWS_1252.encode(latin).0.into_owned(), latin, "windows-1252"),
        ] {
            let decoded = decode(bytes).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
        }
        assert_eq!(decode(b"\xEF\xBB\xBFab".to_vec()).unwrap().text, "\u{FEFF}ab");
    }

    #[test]
    fn a_declaration_counts_and_true_utf8_counts_more() {
        let page = |charset: &str| format!("<html><meta charset={charset}><p>{TW}");
        assert_eq!(decode(BIG5.encode(&page("big5")).0.into_owned()).unwrap().encoding, "Big5");
        assert_eq!(decode(page("gb2312").into_bytes()).unwrap().encoding, "UTF-8");
    }

    #[test]
    fn bytes_that_are_no_text() {
        for bytes in [&b"\0\0"[..], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\x01\x02\x03\x04ab"] {
            assert_eq!(decode(bytes.to_vec()), None, "{bytes:?}");
        }
        assert!(decode("一个坏字节：\u{4e00}".as_bytes().iter().copied().chain([0xFF]).collect()).unwrap().text.ends_with('\u{FFFD}'));
    }

    #[test]
    fn damage_is_seen() {
        assert!(MOJIBAKE.iter().all(|sign| may_be_damaged(sign.as_bytes())));
        assert_eq!(damage("fine – “text”, café"), None);
        assert!(damage("one\ntwo \u{FFFD}").unwrap().1.contains("line 2"));
        assert_eq!(damage("Chinaâ€™s view, the USâ€™s view, itâ€™s").unwrap().0, "mojibake");
    }
}
