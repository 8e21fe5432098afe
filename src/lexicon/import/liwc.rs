//! LIWC dictionaries: between two lines of `%` the numbered categories, then words with the numbers of theirs. A category
//! becomes a formula; conditions in brackets cannot be kept.

use std::collections::HashMap;

use super::Imported;
use crate::error::{Error, Result};

pub(super) fn read(file: &str, text: &str) -> Result<Imported> {
    let wrong = |message: &str| Error::Usage(format!("{file}: {message}; a LIWC dictionary has its categories between two lines of %"));
    let mut lines = text.trim_start_matches('\u{FEFF}').lines().enumerate().map(|(i, l)| (i + 1, l.trim())).filter(|(_, l)| !l.is_empty());
    if lines.next().is_none_or(|(_, l)| l != "%") {
        return Err(wrong("no % on its first line"));
    }
    let mut imported = Imported::default();
    let mut categories: HashMap<&str, String> = HashMap::new();
    loop {
        match lines.next() {
            None => return Err(wrong("no second %")),
            Some((_, "%")) => break,
            Some((_, line)) => {
                let (number, name) = line.split_once(char::is_whitespace).unwrap_or((line, line));
                categories.insert(number, name.trim().to_owned());
                imported.entry(name.trim());
            }
        }
    }
    for (number, line) in lines {
        // A word of several parts is set apart from its numbers by a tab.
        let (word, numbers) = line.split_once('\t').or_else(|| line.split_once(char::is_whitespace)).unwrap_or((line, ""));
        let place = format!("line {number}");
        if numbers.contains(['(', ')', '<', '>', '/']) || word.contains(['(', ')']) {
            imported.lost.push(format!("{place}: `{line}`: conditions in brackets are not in the language of patterns"));
            continue;
        }
        if numbers.trim().is_empty() {
            imported.lost.push(format!("{place}: `{line}`: a word without a category"));
        }
        for category in numbers.split_whitespace() {
            match categories.get(category) {
                Some(name) => imported.glob(name, word.trim(), &place),
                None => imported.lost.push(format!("{place}: `{word}`: there is no category {category}")),
            }
        }
    }
    Ok(imported)
}
