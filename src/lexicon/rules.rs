//! What is folded by rule, so that nobody has to write it out: serial commas, British and American spellings, 的 and 、.
//!
//! A rule turns one wording into the few that are the same to a reader. Each is applied to the lexicon, not to the text, so
//! what is looked for can be listed. (Hyphen and blank are one already to the matcher.)

use std::collections::{BTreeMap, HashSet};
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
    /// The other spelling of a word.
    words: BTreeMap<String, String>,
    /// Endings and what they are on the other side, the longest first.
    endings: Vec<(String, String)>,
    /// Words that have one spelling, though their endings say otherwise.
    fixed: HashSet<String>,
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
        let mut endings = both(parsed.endings);
        endings.sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len()));
        Ok(Spelling { words: both(parsed.words).into_iter().collect(), endings, fixed: parsed.fixed.into_iter().collect() })
    }

    fn builtin() -> &'static Spelling {
        static BUILTIN: OnceLock<Spelling> = OnceLock::new();
        // A test holds the file to the format.
        BUILTIN.get_or_init(|| Spelling::parse(SPELLING.0, SPELLING.1).unwrap_or_default())
    }

    /// The other spelling of `word`, if there is one.
    fn other(&self, word: &str) -> Option<String> {
        let lower = word.to_lowercase();
        let other = match self.words.get(&lower) {
            Some(other) => other.clone(),
            None if self.fixed.contains(&lower) => return None,
            None => {
                let (ending, other) = self.endings.iter().find(|(ending, _)| lower.ends_with(ending.as_str()))?;
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
    let pieces = if literal.chars().any(is_han) { chinese(literal) } else { english(literal) };
    let count = pieces.iter().try_fold(1usize, |n, p| n.checked_mul(p.len()).filter(|n| *n <= MAX_FORMS));
    if count.is_none() {
        return Err(format!("`{literal}` has more than {MAX_FORMS} forms by rule (commas, spellings, 的, 、); shorten it"));
    }
    let mut all = vec![String::new()];
    for piece in pieces {
        all = all.iter().flat_map(|head| piece.iter().map(move |tail| format!("{head}{tail}"))).collect();
    }
    Ok(all)
}

/// The pieces of an English wording, each in its forms: words in both spellings, and the comma before the last of a list.
fn english(literal: &str) -> Vec<Vec<String>> {
    let spelling = Spelling::builtin();
    let mut pieces: Vec<Vec<String>> = Vec::new();
    let mut listed = false;
    let mut rest = literal;
    while let Some(c) = rest.chars().next() {
        let serial = [", and ", ", or ", " and ", " or ", ", & ", " & "].into_iter().find(|s| rest.starts_with(s));
        if let Some(joiner) = serial {
            let bare = joiner.trim_start_matches(',');
            let other = if joiner == bare { format!(",{bare}") } else { bare.to_owned() };
            pieces.push(std::iter::once(joiner.to_owned()).chain(listed.then_some(other)).collect());
            listed |= joiner != bare;
            rest = &rest[joiner.len()..];
            continue;
        }
        let letters = |c: char| c.is_alphabetic();
        let end = rest.find(|c| !letters(c)).unwrap_or(rest.len());
        let end = if rest[end..].starts_with('*') && end > 0 { end + 1 } else { end };
        if end == 0 {
            listed |= c == ',';
            pieces.push(vec![c.to_string()]);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let word = &rest[..end];
        pieces.push(std::iter::once(word.to_owned()).chain(spelling.other(word)).collect());
        rest = &rest[end..];
    }
    pieces
}

/// The pieces of a Chinese wording: 的 and 、 between characters (or their quotation marks) may be there or not.
fn chinese(literal: &str) -> Vec<Vec<String>> {
    let letters: Vec<char> = literal.chars().collect();
    let beside = |c: Option<&char>| c.is_some_and(|c| is_han(*c) && *c != '的' || matches!(c, '“' | '”' | '"' | '《' | '》'));
    let optional = |i: usize| matches!(letters[i], '的' | '、') && i > 0 && beside(letters.get(i - 1)) && beside(letters.get(i + 1));
    let piece = |(i, c): (usize, &char)| if optional(i) { vec![c.to_string(), String::new()] } else { vec![c.to_string()] };
    letters.iter().enumerate().map(piece).collect()
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
        for fixed in &spelling.fixed {
            assert!(!spelling.words.contains_key(fixed), "{fixed} is both fixed and a pair");
        }
    }
}
