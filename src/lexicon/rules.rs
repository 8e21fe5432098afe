//! What is folded by rule, so that nobody has to write it out: serial commas, British and American spellings, 的 and 、.
//!
//! A rule turns one wording into the few that are the same to a reader. Each is applied to the lexicon, not to the text, so
//! what is looked for can be listed. (Hyphen and blank are one already to the matcher.)

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::error::{Result, parse_toml};
use crate::text::is_han;

/// More forms than this of one wording are refused.
const MAX_FORMS: usize = 512;

const SPELLING: (&str, &str) = ("lexicons/spelling.toml", include_str!("../../lexicons/spelling.toml"));

/// British and American spellings.
#[derive(Debug, Default)]
struct Spelling {
    /// The other spelling of a word; none where it has one only, though its ending says otherwise.
    words: HashMap<String, Option<String>>,
    /// The length of the shortest of them.
    shortest: usize,
    /// Endings and what they are on the other side, by their last byte, the longest first.
    endings: HashMap<u8, Vec<(String, String)>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpellingFile {
    endings: Vec<(String, String)>,
    fixed: Vec<String>,
    words: Vec<(String, String)>,
}

impl Spelling {
    fn parse(file: &str, text: &str) -> Result<Spelling> {
        let parsed: SpellingFile = parse_toml(file, text)?;
        let both = |pairs: Vec<(String, String)>| pairs.into_iter().flat_map(|(a, b)| [(a.clone(), b.clone()), (b, a)]).collect::<Vec<_>>();
        let mut all = both(parsed.endings);
        all.sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len()));
        let mut endings: HashMap<u8, Vec<(String, String)>> = HashMap::new();
        for (ending, other) in all {
            endings.entry(ending.bytes().last().unwrap_or_default()).or_default().push((ending, other));
        }
        let fixed = parsed.fixed.into_iter().map(|word| (word, None));
        let words: HashMap<String, Option<String>> = fixed.chain(both(parsed.words).into_iter().map(|(word, other)| (word, Some(other)))).collect();
        Ok(Spelling { shortest: words.keys().map(String::len).min().unwrap_or_default(), words, endings })
    }

    fn builtin() -> &'static Spelling {
        static BUILTIN: OnceLock<Spelling> = OnceLock::new();
        // A test holds the file to the format.
        BUILTIN.get_or_init(|| Spelling::parse(SPELLING.0, SPELLING.1).unwrap_or_default())
    }

    /// The other spelling of `word`, if there is one.
    fn other(&self, word: &str) -> Option<String> {
        let plain = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'*');
        let lower = if plain { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
        let known = if lower.len() < self.shortest { None } else { self.words.get(lower.as_ref()) };
        let other = match known {
            Some(other) => other.clone()?,
            None => {
                let alike = self.endings.get(lower.as_bytes().last()?)?;
                let (ending, other) = alike.iter().find(|(ending, _)| lower.ends_with(ending.as_str()))?;
                let stem = &lower[..lower.len() - ending.len()];
                // `wise`, `size` and the like have no stem to which an ending could be added.
                (stem.chars().count() > 2).then(|| format!("{stem}{other}"))?
            }
        };
        // In the case of the word, as far as the two agree.
        let kept: String = word.chars().zip(other.chars()).take_while(|(a, b)| a.to_lowercase().eq(b.to_lowercase())).map(|(a, _)| a).collect();
        let rest: String = other.chars().skip(kept.chars().count()).collect();
        Some(kept + &rest)
    }
}

/// All forms of `literal` that are the same by rule, itself first.
///
/// # Errors
/// A message if there are more than a few hundred.
pub fn forms(literal: &str) -> Result<Vec<String>, String> {
    let mut forms = Forms { literal, heads: Vec::new(), read: 0, too_many: false };
    if literal.chars().any(is_han) {
        chinese(literal, &mut forms);
    } else {
        english(literal, &mut forms);
    }
    forms.done()
}

/// The forms of a wording as it is read from its start.
struct Forms<'l> {
    literal: &'l str,
    /// All forms of what stands before `read`; none as long as there is but one.
    heads: Vec<String>,
    read: usize,
    too_many: bool,
}

impl Forms<'_> {
    /// What stands at `range` may as well be `other`.
    fn or(&mut self, range: Range<usize>, other: &str) {
        if self.too_many || 2 * self.heads.len() > MAX_FORMS {
            self.too_many = true;
            return;
        }
        if self.heads.is_empty() {
            self.heads.push(String::new());
        }
        let (same, plain) = (&self.literal[self.read..range.end], &self.literal[self.read..range.start]);
        self.heads = self.heads.iter().flat_map(|head| [[head, same, ""].concat(), [head, plain, other].concat()]).collect();
        self.read = range.end;
    }

    fn done(mut self) -> Result<Vec<String>, String> {
        let literal = self.literal;
        if self.too_many {
            return Err(format!("`{literal}` has more than {MAX_FORMS} forms by rule (commas, spellings, 的, 、); shorten it"));
        }
        if self.heads.is_empty() {
            return Ok(vec![literal.to_owned()]);
        }
        self.heads.iter_mut().for_each(|head| head.push_str(&literal[self.read..]));
        Ok(self.heads)
    }
}

/// The forms of an English wording: words in both spellings, and the comma before the last of a list or not.
fn english(literal: &str, forms: &mut Forms<'_>) {
    let spelling = Spelling::builtin();
    let mut listed = false;
    let mut at = 0;
    while let Some(c) = literal[at..].chars().next() {
        let rest = &literal[at..];
        if matches!(c, ' ' | ',') {
            let serial = [", and ", ", or ", " and ", " or ", ", & ", " & "].into_iter().find(|s| rest.starts_with(s));
            let Some(joiner) = serial else {
                listed |= c == ',';
                at += 1;
                continue;
            };
            let bare = joiner.trim_start_matches(',');
            if listed {
                let other = if joiner == bare { format!(",{bare}") } else { bare.to_owned() };
                forms.or(at..at + joiner.len(), &other);
            }
            listed |= joiner != bare;
            at += joiner.len();
            continue;
        }
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        if end == 0 {
            at += c.len_utf8();
            continue;
        }
        let end = if rest[end..].starts_with('*') { end + 1 } else { end };
        if let Some(other) = spelling.other(&rest[..end]) {
            forms.or(at..at + end, &other);
        }
        at += end;
    }
}

/// The forms of a Chinese wording: 的 and 、 between characters (or their quotation marks) may be there or not.
fn chinese(literal: &str, forms: &mut Forms<'_>) {
    let beside = |c: Option<char>| c.is_some_and(|c| is_han(c) && c != '的' || matches!(c, '“' | '”' | '"' | '《' | '》'));
    for (at, sign) in literal.match_indices(['的', '、']) {
        let end = at + sign.len();
        if beside(literal[..at].chars().next_back()) && beside(literal[end..].chars().next()) {
            forms.or(at..end, "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_that_are_one_by_rule() {
        for (literal, want) in [
            ("win-win cooperation", vec!["win-win cooperation"]),
            ("a, b and c", vec!["a, b and c", "a, b, and c"]),
            ("a, b, or c", vec!["a, b, or c", "a, b or c"]),
            ("a, and b", vec!["a, and b"]),
            ("Belt and Road", vec!["Belt and Road"]),
            ("Global Civilisation Initiative", vec!["Global Civilisation Initiative", "Global Civilization Initiative"]),
            ("UN-centered", vec!["UN-centered", "UN-centred"]),
            ("peaceful rise", vec!["peaceful rise"]),
            ("wise size", vec!["wise size"]),
            ("Defence", vec!["Defence", "Defense"]),
            ("moderniz* drive", vec!["moderniz* drive", "modernis* drive"]),
            ("共商、共建、共享", vec!["共商、共建、共享", "共商、共建共享", "共商共建、共享", "共商共建共享"]),
            ("真正的多边主义", vec!["真正的多边主义", "真正多边主义"]),
            ("中国的", vec!["中国的"]),
            ("一带一路", vec!["一带一路"]),
        ] {
            assert_eq!(forms(literal).unwrap(), want, "{literal}");
        }
    }

    #[test]
    fn too_many_forms_are_refused() {
        assert!(forms(&"人、".repeat(20)).unwrap_err().contains("more than 512 forms"));
    }

    #[test]
    fn the_spellings_are_well_formed() {
        let spelling = Spelling::parse(SPELLING.0, SPELLING.1).unwrap();
        assert_eq!(spelling.other("neighbour").as_deref(), Some("neighbor"));
        assert_eq!(spelling.other("Organization").as_deref(), Some("Organisation"));
        let parsed: SpellingFile = parse_toml(SPELLING.0, SPELLING.1).unwrap();
        for fixed in &parsed.fixed {
            assert!(parsed.words.iter().all(|(a, b)| fixed != a && fixed != b), "{fixed} is both fixed and a pair");
        }
    }
}
