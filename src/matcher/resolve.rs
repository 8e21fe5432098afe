//! Which of many overlapping occurrences stand.

use super::{Candidate, Kind, Match, Pattern};

/// Per formula, exceptions are taken out and the leftmost-longest remain; then a match inside a longer one of another formula
/// is marked as lying within it.
pub(super) fn resolve(mut candidates: Vec<Candidate>, patterns: &[Pattern]) -> Vec<Match> {
    let formula = |c: &Candidate| patterns[c.pattern].formula;
    // Within one formula: from left to right, the longer first, a spelled-out wording before an acronym.
    candidates.sort_unstable_by_key(|c| (formula(c), c.start, std::cmp::Reverse(c.end), patterns[c.pattern].kind != Kind::Wording, c.pattern));
    let mut matches: Vec<Match> = Vec::new();
    for own in candidates.chunk_by(|a, b| formula(a) == formula(b)) {
        let exceptions: Vec<&Candidate> = own.iter().filter(|c| patterns[c.pattern].kind == Kind::Exception).collect();
        let mut free = 0;
        for c in own.iter().filter(|c| patterns[c.pattern].kind != Kind::Exception) {
            if c.start < free || exceptions.iter().any(|e| e.start <= c.start && c.end <= e.end) {
                continue;
            }
            free = c.end;
            matches.push(Match { start: c.start, end: c.end, formula: formula(c), wording: c.pattern, within: None });
        }
    }
    matches.sort_unstable_by_key(|m| (m.start, std::cmp::Reverse(m.end), m.formula));
    mark_nested(&mut matches);
    matches
}

/// Marks each match that lies in a longer one of another formula; of several, in the longest. `matches` are sorted by start,
/// the longer first, so what holds a match stands before it.
fn mark_nested(matches: &mut [Match]) {
    let mut open: Vec<(usize, usize, usize)> = Vec::new();
    for m in matches {
        open.retain(|(_, end, _)| *end > m.start);
        let length = m.end - m.start;
        let holds = |(start, end, _): &&(usize, usize, usize)| *end >= m.end && end - start > length;
        m.within = open.iter().filter(holds).max_by_key(|(start, end, _)| end - start).map(|(_, _, formula)| *formula);
        open.push((m.start, m.end, m.formula));
    }
}
