//! The language of patterns: `{a,b}` is one of, `[x]` is there or not. A pattern stands for a finite list of literals.

/// Brackets nested deeper than this are refused.
const MAX_DEPTH: usize = 16;
/// More literals than this from one pattern are refused.
pub const MAX_LITERALS: usize = 2_000;

/// All literals that `pattern` stands for, in order, without repetitions.
///
/// # Errors
/// A message for an unclosed or stray bracket, an empty pattern, one that can be empty, or one that stands for more than
/// [`MAX_LITERALS`] literals.
pub fn expand(pattern: &str) -> Result<Vec<String>, String> {
    if pattern.trim().is_empty() {
        return Err("an empty variant; remove it".into());
    }
    let mut rest = pattern;
    let literals = sequence(&mut rest, false, 0)?;
    if let Some(stray) = rest.chars().next() {
        return Err(format!("`{stray}` without its opening bracket in `{pattern}`"));
    }
    let mut done: Vec<String> = Vec::new();
    for literal in literals {
        let literal = literal.split_whitespace().collect::<Vec<_>>().join(" ");
        if literal.is_empty() {
            return Err(format!("`{pattern}` can stand for nothing at all; something in it has to stay"));
        }
        if !done.contains(&literal) {
            done.push(literal);
        }
    }
    Ok(done)
}

/// Parses up to a closing bracket or, inside braces, a comma.
fn sequence(rest: &mut &str, in_braces: bool, depth: usize) -> Result<Vec<String>, String> {
    if depth > MAX_DEPTH {
        return Err(format!("brackets are nested more than {MAX_DEPTH} deep"));
    }
    let mut all = vec![String::new()];
    while let Some(c) = rest.chars().next() {
        if matches!(c, '}' | ']') || (in_braces && c == ',') {
            break;
        }
        *rest = &rest[c.len_utf8()..];
        let choices = match c {
            '{' => alternatives(rest, depth + 1)?,
            '[' => {
                let mut inner = sequence(rest, false, depth + 1)?;
                *rest = rest.strip_prefix(']').ok_or("`[` is not closed")?;
                inner.push(String::new());
                inner
            }
            c => vec![c.to_string()],
        };
        if all.len() * choices.len() > MAX_LITERALS {
            return Err(format!("the pattern stands for more than {MAX_LITERALS} wordings; split it"));
        }
        all = all.iter().flat_map(|head| choices.iter().map(move |tail| format!("{head}{tail}"))).collect();
    }
    Ok(all)
}

fn alternatives(rest: &mut &str, depth: usize) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    loop {
        all.extend(sequence(rest, true, depth)?);
        if all.len() > MAX_LITERALS {
            return Err(format!("the pattern stands for more than {MAX_LITERALS} wordings; split it"));
        }
        if let Some(after) = rest.strip_prefix(',') {
            *rest = after;
        } else {
            *rest = rest.strip_prefix('}').ok_or("`{` is not closed")?;
            return Ok(all);
        }
    }
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
        ] {
            let message = expand(pattern).unwrap_err();
            assert!(message.contains(want), "{pattern}: {message}");
        }
    }
}
