//! Lexicon files: all that is wrong is said with a line of the file, and what is sound can be searched for.

#![no_main]

use tifa::lexicon::{Lexicons, read_lexicon};
use tifa::matcher::Matcher;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (lexicon, faults) = read_lexicon("fuzz.toml", text);
    let lines = text.matches('\n').count() + 1;
    assert!(faults.iter().all(|f| (1..=lines).contains(&f.line)) && faults.is_sorted_by_key(|f| f.line), "{faults:?}");
    for formula in &lexicon.formulas {
        assert!(formula.wordings.iter().all(|w| w.variant < formula.variants.len() && w.forms.first() == Some(&w.literal)), "{formula:?}");
        assert!((1..=lines).contains(&formula.line) && formula.variants.iter().all(|v| (1..=lines).contains(&v.line)));
    }
    if !faults.is_empty() {
        return;
    }
    let Ok(set) = Lexicons::from_lexicons(vec![lexicon]) else { return };
    let matcher = Matcher::new(&set).expect("a sound lexicon can be searched for");
    for wording in set.formulas().flat_map(|f| &f.wordings).take(50) {
        // One wording may lie in a longer one, or be excepted; it is not lost in a panic.
        matcher.find_in(&wording.literal.replace('*', "s"));
    }
});
