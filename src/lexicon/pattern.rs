//! The language of patterns: `{a,b}` is one of, `[x]` is there or not, `noun(s)` is singular or plural, `word*` is any ending of
//! that word. A pattern stands for a finite list of literals; of the signs only `*` is still in them, and `<` and `>` where a
//! part can stand in a list with those of other formulas (see [`super::coordination`]).

use std::collections::HashSet;

use crate::text::is_han;

/// Brackets nested deeper than this are refused.
const MAX_DEPTH: usize = 16;
/// More literals than this from one pattern are refused.
pub const MAX_LITERALS: usize = 2_000;
/// A wildcard needs so many letters before it.
const MIN_STEM: usize = 2;

/// All literals that `pattern` stands for, in order, without repetitions.
///
/// # Errors
/// A message for an unclosed or stray bracket, an empty pattern, one that can be empty, a sign in the wrong place, or a
/// pattern that stands for more than [`MAX_LITERALS`] literals.
pub fn expand(pattern: &str) -> Result<Vec<String>, String> {
    if pattern.trim().is_empty() {
        return Err("an empty variant; remove it".into());
    }
    let mut rest = pattern;
    let literals = sequence(&mut rest, false, 0)?;
    if let Some(stray) = rest.chars().next() {
        return Err(format!("`{stray}` without its opening bracket in `{pattern}`"));
    }
    let mut done: Vec<String> = Vec::with_capacity(literals.len());
    for literal in literals {
        let literal = with_single_blanks(literal);
        if literal.is_empty() {
            return Err(format!("`{pattern}` can stand for nothing at all; something in it has to stay"));
        }
        numbers(literal, &mut done)?;
        if done.len() > 2 * MAX_LITERALS {
            without_repetitions(&mut done)?;
        }
    }
    without_repetitions(&mut done)?;
    for literal in &done {
        check_wildcards(literal)?;
        check_slot(literal)?;
    }
    Ok(done)
}

/// `literal` with one blank wherever there is any white space inside, and none around it.
fn with_single_blanks(literal: String) -> String {
    let mut before = ' ';
    let clean = literal.chars().all(|c| {
        let fits = !c.is_whitespace() || c == ' ' && before != ' ';
        before = c;
        fits
    });
    if clean && before != ' ' {
        return literal;
    }
    literal.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_repetitions(literals: &mut Vec<String>) -> Result<(), String> {
    if literals.len() < 2 {
        return Ok(());
    }
    let mut seen: HashSet<&str> = HashSet::with_capacity(literals.len());
    let first: Vec<bool> = literals.iter().map(|literal| seen.insert(literal)).collect();
    let mut first = first.into_iter();
    literals.retain(|_| first.next().unwrap_or(true));
    if literals.len() > MAX_LITERALS { Err(too_many()) } else { Ok(()) }
}

fn too_many() -> String {
    format!("the pattern stands for more than {MAX_LITERALS} wordings; split it")
}

/// Parses up to a closing bracket or, inside braces, a comma.
fn sequence(rest: &mut &str, in_braces: bool, depth: usize) -> Result<Vec<String>, String> {
    if depth > MAX_DEPTH {
        return Err(format!("brackets are nested more than {MAX_DEPTH} deep"));
    }
    let mut all = vec![String::new()];
    loop {
        let end = rest.bytes().position(|b| matches!(b, b'{' | b'[' | b'}' | b']') || (in_braces && b == b',')).unwrap_or(rest.len());
        let (plain, after) = rest.split_at(end);
        all.iter_mut().for_each(|head| head.push_str(plain));
        *rest = after;
        let choices = if let Some(inside) = rest.strip_prefix('{') {
            *rest = inside;
            alternatives(rest, depth + 1)?
        } else if let Some(inside) = rest.strip_prefix('[') {
            *rest = inside;
            let mut inner = sequence(rest, false, depth + 1)?;
            *rest = rest.strip_prefix(']').ok_or("`[` is not closed")?;
            inner.push(String::new());
            inner
        } else {
            return Ok(all);
        };
        if all.len() * choices.len() > MAX_LITERALS {
            return Err(too_many());
        }
        all = all.iter().flat_map(|head| choices.iter().map(move |tail| [head.as_str(), tail].concat())).collect();
    }
}

fn alternatives(rest: &mut &str, depth: usize) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    loop {
        all.extend(sequence(rest, true, depth)?);
        if all.len() > MAX_LITERALS {
            return Err(too_many());
        }
        if let Some(after) = rest.strip_prefix(',') {
            *rest = after;
        } else {
            *rest = rest.strip_prefix('}').ok_or("`{` is not closed")?;
            return Ok(all);
        }
    }
}

/// Adds `literal` with each `noun(s)` as singular and as plural.
fn numbers(literal: String, done: &mut Vec<String>) -> Result<(), String> {
    if !(literal.contains('(') && literal.contains("(s)")) {
        done.push(literal);
        return Ok(());
    }
    let mut heads: Vec<String> = vec![String::new()];
    let mut rest = literal.as_str();
    while let Some((before, after)) = rest.split_once("(s)") {
        let stem = before.trim_end_matches(|c: char| c.is_alphabetic());
        let noun = &before[stem.len()..];
        if noun.is_empty() || noun.chars().any(is_han) || after.starts_with(char::is_alphanumeric) {
            return Err(format!("`(s)` stands after an English noun, and not as in `{literal}`"));
        }
        if heads.len() * 2 > MAX_LITERALS {
            return Err(too_many());
        }
        heads = heads.iter().flat_map(|head| [[head, before].concat(), [head, stem, &plural(noun)].concat()]).collect();
        rest = after;
    }
    done.extend(heads.into_iter().map(|head| head + rest));
    Ok(())
}

/// The regular English plural of `noun`.
fn plural(noun: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|e| noun.ends_with(e));
    if let Some(stem) = noun.strip_suffix("sis") {
        format!("{stem}ses")
    } else if ends(&["s", "x", "z", "ch", "sh"]) {
        format!("{noun}es")
    } else if noun.ends_with('y') && !ends(&["ay", "ey", "iy", "oy", "uy"]) {
        format!("{}ies", &noun[..noun.len() - 1])
    } else {
        format!("{noun}s")
    }
}

/// A wildcard stands for the end of a word: after letters, and before no more of them.
fn check_wildcards(literal: &str) -> Result<(), String> {
    for (at, _) in literal.match_indices('*') {
        let stem: Vec<char> = literal[..at].chars().rev().take_while(|c| c.is_alphanumeric()).collect();
        if stem.first().copied().is_some_and(is_han) {
            return Err(format!("`*` stands for the end of a word, which Chinese does not mark: `{literal}`"));
        }
        if stem.len() < MIN_STEM {
            return Err(format!("`*` needs at least {MIN_STEM} letters of the word before it: `{literal}`"));
        }
        if literal[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '*') {
            return Err(format!("`*` stands at the end of a word, and not as in `{literal}`"));
        }
    }
    Ok(())
}

/// There is at most one `<part>`, with something beside it.
fn check_slot(literal: &str) -> Result<(), String> {
    if !literal.bytes().any(|b| matches!(b, b'<' | b'>')) {
        return Ok(());
    }
    let wrong = || Err(format!("`<…>` stands once, around a part that can stand in a list, with words beside it, and not as in `{literal}`"));
    match (literal.matches('<').count(), literal.matches('>').count()) {
        (1, 1) => match slot(literal) {
            Some((before, part, after)) if !part.trim().is_empty() && !format!("{before}{after}").trim().is_empty() => Ok(()),
            _ => wrong(),
        },
        _ => wrong(),
    }
}

/// The part in `<…>` with what stands before and after it.
pub(super) fn slot(literal: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = literal.split_once('<')?;
    let (part, after) = rest.split_once('>')?;
    Some((before, part, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expands() {
        for (pattern, want) in [
            ("one{-, }China principle", vec!["one-China principle", "one China principle"]),
            ("[human ]community", vec!["human community", "community"]),
            ("a[{b,c} ]d", vec!["ab d", "ac d", "ad"]),
            ("x[,] y", vec!["x, y", "x y"]),
            ("人类{命运,}共同体", vec!["人类命运共同体", "人类共同体"]),
            ("{a,a}", vec!["a"]),
            ("initiative(s)", vec!["initiative", "initiatives"]),
            ("community(s) of state(s)", vec!["community of state", "community of states", "communities of state", "communities of states"]),
            ("{crisis,approach,day}(s)", vec!["crisis", "crises", "approach", "approaches", "day", "days"]),
            ("civilization* exchange*", vec!["civilization* exchange*"]),
            ("Global <Security> Initiative", vec!["Global <Security> Initiative"]),
            ("(ASEAN)", vec!["(ASEAN)"]),
        ] {
            assert_eq!(expand(pattern).unwrap(), want, "{pattern}");
        }
    }

    #[test]
    fn refuses() {
        for (pattern, want) in [
            ("", "empty"),
            ("  ", "empty"),
            ("[x]", "nothing at all"),
            ("{a,b", "`{` is not closed"),
            ("a]b", "without its opening"),
            ("[a", "`[` is not closed"),
            (&"[".repeat(100_000), "16 deep"),
            ("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "more than 2000"),
            (&"a(s) ".repeat(30_000), "more than 2000"),
            (&format!("{}{}", "x{a,b}".repeat(10), " aa(s)".repeat(10)), "more than 2000"),
            ("(s)", "after an English noun"),
            ("目标(s)", "after an English noun"),
            ("goal(s)man", "after an English noun"),
            ("*ism", "at least 2 letters"),
            ("a*", "at least 2 letters"),
            ("hege*ism", "at the end of a word"),
            ("文明*", "Chinese does not mark"),
            ("Global <Security Initiative", "`<…>` stands once"),
            ("<Security>", "`<…>` stands once"),
            ("a > b < c", "`<…>` stands once"),
        ] {
            let message = expand(pattern).unwrap_err();
            assert!(message.contains(want), "{pattern}: {message}");
        }
    }
}
