//! Which of many overlapping occurrences stand.

use super::{Candidate, Kind, Pattern};

/// What becomes of an occurrence that is bounded and has the right case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stands, in the longer match of the formula `within` or in none.
    Stands { within: Option<usize> },
    /// A longer match of the same formula, or one that begins before it, covers it.
    Covered { by: Candidate },
    /// It lies in what the formula leaves out.
    Excepted { by: Candidate },
}

/// Per formula, exceptions are taken out and the leftmost-longest remain; then a match inside a longer one of another formula
/// is marked as lying within it. The candidates come back by start, the longer first; exceptions are not among them.
pub(super) fn resolve(mut candidates: Vec<Candidate>, patterns: &[Pattern]) -> Vec<(Candidate, Fate)> {
    let formula = |c: &Candidate| patterns[c.pattern].formula;
    // Within one formula: from left to right, the longer first, a spelled-out wording before an acronym.
    candidates.sort_unstable_by_key(|c| (formula(c), c.start, std::cmp::Reverse(c.end), patterns[c.pattern].kind != Kind::Wording, c.pattern));
    let mut judged: Vec<(Candidate, Fate)> = Vec::with_capacity(candidates.len());
    for own in candidates.chunk_by(|a, b| formula(a) == formula(b)) {
        // Of the exceptions that began so far, the one that reaches farthest.
        let mut exceptions = own.iter().filter(|c| patterns[c.pattern].kind == Kind::Exception).peekable();
        let mut widest: Option<&Candidate> = None;
        let mut last: Option<Candidate> = None;
        for c in own.iter().filter(|c| patterns[c.pattern].kind.is_wording()) {
            while let Some(e) = exceptions.next_if(|e| e.start <= c.start) {
                widest = widest.filter(|w| w.end >= e.end).or(Some(e));
            }
            let fate = match (widest.filter(|e| c.end <= e.end), last.filter(|l| c.start < l.end)) {
                (Some(e), _) => Fate::Excepted { by: *e },
                (None, Some(l)) => Fate::Covered { by: l },
                (None, None) => {
                    last = Some(*c);
                    Fate::Stands { within: None }
                }
            };
            judged.push((*c, fate));
        }
    }
    judged.sort_unstable_by_key(|(c, fate)| (c.start, std::cmp::Reverse(c.end), !matches!(fate, Fate::Stands { .. }), formula(c), c.pattern));
    mark_nested(&mut judged, patterns);
    judged
}

/// Marks each match that lies in a longer one of another formula; of several, in the longest (in bytes). What holds a match stands
/// before it.
fn mark_nested(judged: &mut [(Candidate, Fate)], patterns: &[Pattern]) {
    let mut open: Vec<Candidate> = Vec::new();
    for (c, fate) in judged {
        let Fate::Stands { within } = fate else { continue };
        open.retain(|o| o.end > c.start);
        let length = c.end - c.start;
        let holds = |o: &&Candidate| o.end >= c.end && o.end - o.start > length;
        *within = open.iter().filter(holds).max_by_key(|o| o.end - o.start).map(|o| patterns[o.pattern].formula);
        open.push(*c);
    }
}
