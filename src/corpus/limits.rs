//! How large things may be. What is larger is refused before it stands in memory, and said.

use super::options::Reading;

/// A file that is no larger stands in memory while it is read. A larger one is read in passes, if it is a table of rows.
pub(super) const KEPT: u64 = if cfg!(test) { 1 << 20 } else { 32 << 20 };
/// What must stand in memory as a whole, and holds many documents or pictures, may be so many times as large as a document.
const TIMES: u64 = 4;

/// The kind of problem.
pub(super) const TOO_LARGE: &str = "too large";

/// The largest file that is read as a whole: one that holds a document, or one of several.
pub(super) fn largest(reading: &Reading, is_one: bool) -> u64 {
    if is_one { reading.max_document } else { reading.max_document.saturating_mul(TIMES) }
}

/// No table has more columns.
pub(super) const MOST_COLUMNS: usize = 200_000;

/// Says that something is too large; its size, where it is known.
pub(super) fn too_large(what: &str, size: Option<u64>, limit: u64) -> String {
    let size = size.map_or_else(String::new, |size| format!("{}, ", shown(size)));
    format!("{what} has {size}more than the limit of {}; split it, or raise the limit with --max-document", shown(limit))
}

/// As [`too_large`], of what must be read as a whole.
pub(super) fn whole_too_large(size: Option<u64>, limit: u64) -> String {
    let size = size.map_or_else(String::new, |size| format!("{}, ", shown(size)));
    let advice = "save a table as JSON lines or CSV in UTF-8, split other files, or raise --max-document";
    format!("the file has {size}more than the limit of {} for what must be read as a whole, {TIMES} times --max-document; {advice}", shown(limit))
}

/// A size in the unit in which it is short, cut so that it differs from the limit that it exceeds.
fn shown(bytes: u64) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
    let mut unit = 0;
    while unit + 1 < units.len() && bytes >> (10 * (unit + 1)) > 0 {
        unit += 1;
    }
    let whole = bytes >> (10 * unit);
    match (bytes - (whole << (10 * unit)), unit) {
        (0, _) => format!("{whole} {}", units[unit]),
        _ => format!("{bytes} bytes ({:.1} {})", bytes as f64 / (1_u64 << (10 * unit)) as f64, units[unit]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_short() {
        for (bytes, want) in
            [(12, "12 bytes"), (64 << 20, "64 MiB"), ((64 << 20) + 1, "67108865 bytes (64.0 MiB)"), (1_500_000_000, "1500000000 bytes (1.4 GiB)")]
        {
            assert_eq!(shown(bytes), want);
        }
        assert!(too_large("line 7", Some(5 << 30), 1 << 20).starts_with("line 7 has 5 GiB, more than the limit of 1 MiB; "));
        assert!(too_large("the text", None, 1 << 20).starts_with("the text has more than the limit of 1 MiB; "));
    }
}
