//! Where dates stand in a text, whether or not there are such days.
//!
//! Every form has digits or the sign for a month. These are looked for, and each form is tried where one stands. The tests
//! hold what is found against regular expressions, which tell the forms shortest.

use std::ops::Range;
use std::sync::OnceLock;

use memchr::{memchr_iter, memmem};
use regex::Regex;

use super::dates::{Found, number};
use super::layout::Layout;

/// The forms, the fuller before the sparer. Where two begin at the same place, the order decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// 2024-01-10, 2024年1月10日
    YearFirst,
    /// 20240110
    Joined,
    /// January 10, 2024; May 5-6
    MonthDay,
    /// 10 January 2024, 5th of May
    DayMonth,
    /// 1/30/2024. Which of the two is the month shows where one is above 12.
    Slashed,
    /// 1月10日, 10日
    Day,
    /// 二〇二四年一月十日
    Chinese,
}

const FORMS: usize = 7;

/// The dates of all forms in `text`: those of one form in order and without overlaps.
pub(super) fn written(text: &str) -> Vec<(Form, Found)> {
    let bytes = text.as_bytes();
    let ascii = text.is_ascii();
    let mut scan = Scan { text, bytes, from: [0; FORMS], found: Vec::new() };
    let wide = !ascii && has_wide_digit(bytes);
    let mut at = 0;
    while let Some(start) = next_digit(bytes, at, wide) {
        let mut end = start;
        while let Some((_, next)) = scan.digit(end) {
            end = next;
        }
        scan.at_digits(start..end);
        at = end;
    }
    if !ascii {
        memmem::find_iter(bytes, "月").for_each(|month| scan.chinese(month));
    }
    scan.found
}

/// Whether a text has what every form has.
pub(super) fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    next_digit(bytes, 0, false).is_some() || (!text.is_ascii() && (memmem::find(bytes, "月".as_bytes()).is_some() || has_wide_digit(bytes)))
}

fn has_wide_digit(bytes: &[u8]) -> bool {
    memchr_iter(0xEF, bytes).any(|i| matches!(bytes[i..], [a, b, c, ..] if is_wide_digit(a, b, c)))
}

fn is_wide_digit(a: u8, b: u8, c: u8) -> bool {
    (a == 0xEF) & (b == 0xBC) & (0x90..=0x99).contains(&c)
}

/// Where the next digit stands; of full width only if `wide`.
pub(super) fn next_digit(bytes: &[u8], from: usize, wide: bool) -> Option<usize> {
    if wide {
        return (from..bytes.len()).find(|&i| bytes[i].is_ascii_digit() || matches!(bytes[i..], [a, b, c, ..] if is_wide_digit(a, b, c)));
    }
    let mut at = from;
    // A stretch at once: most have none.
    for chunk in bytes[from..].chunks(64) {
        if chunk.iter().fold(false, |any, b| any | b.is_ascii_digit()) {
            return chunk.iter().position(u8::is_ascii_digit).map(|i| at + i);
        }
        at += chunk.len();
    }
    None
}

struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// Where each form may begin again.
    from: [usize; FORMS],
    found: Vec<(Form, Found)>,
}

impl Scan<'_> {
    /// Tries the forms whose first or only number stands at `run`, which holds digits and has none beside it.
    fn at_digits(&mut self, run: Range<usize>) {
        self.year_first(&run);
        self.joined(&run);
        self.month_day(&run);
        self.day_month(&run);
        self.slashed(&run);
        self.day(&run);
    }

    fn year_first(&mut self, run: &Range<usize>) -> Option<()> {
        let start = self.begin(Form::YearFirst, run, 4)?;
        let (year, at) = self.year(start)?;
        let (month, at) = self.number(self.separator(at, '年')?, 2)?;
        let (day, at) = self.number(self.separator(at, '月')?, 2)?;
        let end = self.sign(self.blanks(at), '日').unwrap_or(at);
        self.push(Form::YearFirst, start..end, Some(year), Some(month), day);
        Some(())
    }

    fn joined(&mut self, run: &Range<usize>) -> Option<()> {
        // In a longer number there is no date.
        let start = Some(self.back(run, 8)).filter(|s| *s == run.start && *s < self.back(run, 7))?;
        let (year, at) = self.year(start)?;
        let (month, then) = self.number(at, 2)?;
        let (day, end) = self.number(then, 2)?;
        if matches!(self.bytes[at], b'0' | b'1') && matches!(self.bytes[then], b'0'..=b'3') && end == run.end {
            self.push(Form::Joined, start..end, Some(year), Some(month), day);
        }
        Some(())
    }

    fn month_day(&mut self, run: &Range<usize>) -> Option<()> {
        let before = &self.text[..run.start];
        let before = before.strip_suffix(char::is_whitespace).unwrap_or(before);
        let before = before.strip_suffix('.').unwrap_or(before);
        let letters = before.bytes().rev().take(LONGEST_NAME + 1).take_while(u8::is_ascii_alphabetic).count();
        let start = before.len() - letters;
        let month = month_named(&before[start..])?;
        if start < self.from[Form::MonthDay as usize] || self.text[..start].chars().next_back().is_some_and(is_word) {
            return None;
        }
        let (day, at) = self.number(run.start, 2)?;
        let at = self.ordinal(at);
        if !self.ends_word(at) {
            return None;
        }
        let (year, end) = self.year_after_range(at).or_else(|| self.year_after_comma(at)).map_or((None, at), |(y, end)| (Some(y), end));
        self.push(Form::MonthDay, start..end, year, Some(month), day);
        Some(())
    }

    /// The year after the second day of several: `-6, 2024`.
    fn year_after_range(&self, at: usize) -> Option<(i32, usize)> {
        let at = self.blank(at);
        let at = self.sign(at, '-').or_else(|| self.sign(at, '–'))?;
        let at = self.blank(at);
        // Of `5-62017` the year is 2017.
        [2, 1].into_iter().find_map(|digits| self.year_after_comma(self.ordinal(self.number(at, digits)?.1)))
    }

    /// `, 2024`, with or without the comma.
    fn year_after_comma(&self, at: usize) -> Option<(i32, usize)> {
        let at = self.sign(self.blank(at), ',').unwrap_or(at);
        self.year(self.blanks(at)).filter(|(_, end)| self.ends_word(*end))
    }

    fn day_month(&mut self, run: &Range<usize>) -> Option<()> {
        let start = run.start;
        let (day, at) = self.number(start, 2).filter(|(_, end)| *end == run.end)?;
        if start < self.from[Form::DayMonth as usize] {
            return None;
        }
        let at = self.ordinal(at);
        let gap = self.text[at..].chars().next().filter(|c| *c == '-' || c.is_whitespace())?;
        let at = at + gap.len_utf8();
        let of = self.bytes.get(at..at + 2).filter(|w| w.eq_ignore_ascii_case(b"of")).map(|_| self.blank(at + 2)).filter(|after| *after > at + 2);
        let at = of.unwrap_or(at);
        let letters = self.bytes[at..].iter().take(LONGEST_NAME + 1).take_while(|b| b.is_ascii_alphabetic()).count();
        let month = month_named(&self.text[at..at + letters])?;
        let at = at + letters;
        if !self.ends_word(at) || self.text[..start].chars().next_back().is_some_and(is_word) {
            return None;
        }
        let at = self.sign(at, '.').unwrap_or(at);
        let comma = self.sign(at, ',').unwrap_or(at);
        let gap = &self.text[comma..];
        let year_at = self.text.len() - gap.trim_start_matches(|c: char| c == '-' || c.is_whitespace()).len();
        let (year, end) = self.year(year_at).filter(|(_, end)| self.ends_word(*end)).map_or((None, at), |(y, end)| (Some(y), end));
        self.push(Form::DayMonth, start..end, year, Some(month), day);
        Some(())
    }

    fn slashed(&mut self, run: &Range<usize>) -> Option<()> {
        let at = self.sign(run.end, '/')?;
        let start = self.back(run, 2).max(self.from[Form::Slashed as usize]);
        let (a, _) = self.number(start, 2).filter(|(_, end)| *end == run.end)?;
        let (b, at) = self.number(at, 2)?;
        let (year, end) = self.year(self.sign(at, '/')?)?;
        let (month, day) = if b > 12 || a == b { (a, b) } else { (b, a) };
        self.from[Form::Slashed as usize] = end;
        if a > 12 || b > 12 || a == b {
            self.push(Form::Slashed, start..end, Some(year), Some(month), day);
        }
        Some(())
    }

    fn day(&mut self, run: &Range<usize>) -> Option<()> {
        let start = self.back(run, 2).max(self.from[Form::Day as usize]);
        let (first, _) = self.number(start, 2).filter(|(_, end)| *end == run.end)?;
        let at = self.blanks(run.end);
        let day_sign = |at: usize| self.sign(at, '日').or_else(|| self.sign(at, '号'));
        if let Some(end) = day_sign(at) {
            self.push(Form::Day, start..end, None, None, first);
        } else {
            let (day, at) = self.number(self.blanks(self.sign(at, '月')?), 2)?;
            let end = day_sign(self.blanks(at))?;
            self.push(Form::Day, start..end, None, Some(first), day);
        }
        Some(())
    }

    /// The form in Chinese numerals around the sign for a month at `month`.
    fn chinese(&mut self, month: usize) {
        let before = &self.text[..month];
        let units = |c: char| "一二三四五六七八九".contains(c);
        let start = match before.strip_suffix(|c: char| units(c) || c == '十') {
            Some(rest) if before.ends_with(['一', '二']) && rest.ends_with('十') => rest.len() - '十'.len_utf8(),
            Some(rest) => rest.len(),
            None => return,
        };
        let after = &self.text[month + '月'.len_utf8()..];
        let day = &after[..after.find(|c: char| !(units(c) || matches!(c, '十' | '廿' | '卅'))).unwrap_or(0)];
        let closed = after[day.len()..].chars().next().filter(|c| matches!(c, '日' | '号'));
        let (Some(sign), 1..=3) = (closed, day.chars().count()) else { return };
        let end = self.text.len() - after.len() + day.len() + sign.len_utf8();
        let months = number(&self.text[start..month]);
        let year = self.text[..start].strip_suffix('年').and_then(|years| {
            let from = years.char_indices().rev().nth(3)?.0;
            years[from..].chars().all(|c| units(c) || matches!(c, '〇' | '○' | '零')).then_some(from)
        });
        let years = year.and_then(|from| number(&self.text[from..start - '年'.len_utf8()])).and_then(|y| i32::try_from(y).ok());
        if let Some(day) = number(day) {
            self.push(Form::Chinese, year.unwrap_or(start)..end, years, months, day);
        }
    }

    /// Keeps a date, unless a digit on either side makes it part of a longer number.
    fn push(&mut self, form: Form, range: Range<usize>, year: Option<i32>, month: Option<u32>, day: u32) {
        self.from[form as usize] = range.end;
        let closed = self.text[range.clone()].ends_with(['日', '号']);
        let before = self.text[..range.start].chars().next_back();
        let after = self.text[range.end..].chars().next().filter(|_| !closed);
        if ![before, after].into_iter().flatten().any(char::is_numeric) {
            self.found.push((form, Found { range, year, month, day }));
        }
    }

    /// Where the last `digits` of a run begin, if it has so many and the form may begin there.
    fn begin(&self, form: Form, run: &Range<usize>, digits: usize) -> Option<usize> {
        let start = self.back(run, digits);
        (start >= self.from[form as usize] && self.number(start, digits).is_some_and(|(_, end)| end == run.end)).then_some(start)
    }

    /// Where the last `digits` of a run begin, or the run, if it has fewer.
    fn back(&self, run: &Range<usize>, digits: usize) -> usize {
        let mut at = run.end;
        for _ in 0..digits {
            if at > run.start {
                at -= if self.bytes[at - 1].is_ascii_digit() { 1 } else { 3 };
            }
        }
        at
    }

    /// The digit at a place, and where the next character begins.
    fn digit(&self, at: usize) -> Option<(u32, usize)> {
        match *self.bytes.get(at..)? {
            [c @ b'0'..=b'9', ..] => Some((u32::from(c - b'0'), at + 1)),
            [a, b, c, ..] if is_wide_digit(a, b, c) => Some((u32::from(c - 0x90), at + 3)),
            _ => None,
        }
    }

    /// The number of one digit up to `most` at a place, and its end.
    fn number(&self, at: usize, most: usize) -> Option<(u32, usize)> {
        let (mut value, mut end) = self.digit(at)?;
        for _ in 1..most {
            let Some((digit, next)) = self.digit(end) else { break };
            (value, end) = (value * 10 + digit, next);
        }
        Some((value, end))
    }

    /// The year of four digits at a place, 19.. or 20.., and its end.
    fn year(&self, at: usize) -> Option<(i32, usize)> {
        let rest = self.bytes.get(at..)?;
        let century = ["19", "20", "１９", "２０"].iter().find(|c| rest.starts_with(c.as_bytes()))?;
        let (tens, next) = self.digit(at + century.len())?;
        let (ones, end) = self.digit(next)?;
        let hundreds = if matches!(*century, "19" | "１９") { 1900 } else { 2000 };
        Some((hundreds + (tens * 10 + ones) as i32, end))
    }

    /// The end of what stands between the parts of a date: a sign, or `word` between blanks.
    fn separator(&self, at: usize, word: char) -> Option<usize> {
        match self.bytes.get(at)? {
            b'-' | b'.' | b'/' => Some(at + 1),
            _ => self.sign(self.blanks(at), word).map(|at| self.blanks(at)),
        }
    }

    /// The end of `sign`, if it stands there.
    fn sign(&self, at: usize, sign: char) -> Option<usize> {
        self.text[at..].starts_with(sign).then_some(at + sign.len_utf8())
    }

    /// Past one blank.
    fn blank(&self, at: usize) -> usize {
        self.text[at..].chars().next().filter(|c| c.is_whitespace()).map_or(at, |c| at + c.len_utf8())
    }

    /// Past all blanks.
    fn blanks(&self, at: usize) -> usize {
        self.text.len() - self.text[at..].trim_start().len()
    }

    /// Past the ending of an ordinal number.
    fn ordinal(&self, at: usize) -> usize {
        let ending = self.bytes.get(at..at + 2).unwrap_or(b"");
        if [b"st", b"nd", b"rd", b"th"].iter().any(|e| ending.eq_ignore_ascii_case(*e)) { at + 2 } else { at }
    }

    /// Whether what ends at a place is not followed by a letter or digit.
    fn ends_word(&self, at: usize) -> bool {
        !self.text[at..].chars().next().is_some_and(is_word)
    }
}

/// Letters of the longest name of a month.
const LONGEST_NAME: usize = 9;

/// The month of that name, written out or as its first three letters; "Sept" is neither, but common.
pub(super) fn month_named(name: &str) -> Option<u32> {
    let months = &Layout::builtin().en.months;
    let head = name.get(..3)?;
    let at = months.iter().position(|m| m.get(..3).is_some_and(|m| m.eq_ignore_ascii_case(head)))?;
    let whole = name.len() == 3 || name.eq_ignore_ascii_case(&months[at]) || name.eq_ignore_ascii_case("sept");
    whole.then_some(at as u32 + 1)
}

/// Whether regular expressions take `c` for part of a word.
fn is_word(c: char) -> bool {
    static OTHER: OnceLock<Regex> = OnceLock::new();
    match c {
        _ if c.is_ascii() => c.is_ascii_alphanumeric() || c == '_',
        _ if c.is_alphabetic() => true,
        // Marks and joiners.
        _ => OTHER.get_or_init(|| Regex::new(r"^\w").expect("a pattern of this file compiles")).is_match(c.encode_utf8(&mut [0; 4])),
    }
}

#[cfg(test)]
mod tests;
