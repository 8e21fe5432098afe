//! Numbers of things, as messages say them.

/// `1 document`, `2 documents`.
pub fn plural_of(count: usize, noun: &str) -> String {
    if count == 1 { format!("{count} {noun}") } else { format!("{count} {noun}s") }
}
