//! Patterns: what they stand for, and its forms; each is found in itself.

#![no_main]

use std::collections::HashSet;

use tifa::lexicon::{MAX_LITERALS, expand, forms};

libfuzzer_sys::fuzz_target!(|pattern: &str| {
    let Ok(literals) = expand(pattern) else { return };
    assert!(!literals.is_empty() && literals.len() <= MAX_LITERALS);
    assert_eq!(literals.iter().collect::<HashSet<_>>().len(), literals.len(), "one stands twice");
    for literal in &literals {
        assert!(!literal.is_empty() && !literal.contains(['{', '}', '[', ']']), "{literal:?}");
        assert_eq!(literal.split_whitespace().collect::<Vec<_>>().join(" "), *literal);
        if let Ok(forms) = forms(literal) {
            assert_eq!(forms.first(), Some(literal));
        }
    }
});
