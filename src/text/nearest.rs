//! The name that was probably meant by one that is not known.

/// Names less alike than this are others.
const ALIKE: f64 = 0.6;
/// Shorter beginnings of names say nothing.
const BEGINNING: usize = 3;

/// The one of `candidates` that is nearest to `name`, if any is near: alike by Damerau–Levenshtein distance over the length of the longer, or
/// one the beginning of the other, or the same in the first half of the longer. Case does not matter; of two as near, the first.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.trim().to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = likeness(&name, &candidate.to_lowercase());
        if likeness > best.map_or(0.0, |(most, _)| most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// From 0, other, to 1, the same.
fn likeness(a: &str, b: &str) -> f64 {
    let alike = strsim::normalized_damerau_levenshtein(a, b);
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (shorter, longer) = {
        let (a, b) = (a.chars().count(), b.chars().count());
        (a.min(b), a.max(b))
    };
    let beginning = match shared {
        n if n < BEGINNING => 0.0,
        n if n == shorter => ALIKE,
        n if n * 2 >= longer => n as f64 / longer as f64,
        _ => 0.0,
    };
    if alike >= ALIKE { alike.max(beginning) } else { beginning }
}

/// What is said of a `name` that is none of `known`: the nearest of them, else all.
pub fn none_of(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("not known; did you mean {near}?"),
        None => format!("not one of {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        let keys = ["title", "description", "corpus", "reading", "lexicons", "period", "top", "filter", "compare", "heat", "permutations"];
        for (name, want) in [
            ("perod", Some("period")),
            ("Period", Some("period")),
            ("preiod", Some("period")),
            ("desc", Some("description")),
            ("comparison", Some("compare")),
            ("lexicon", Some("lexicons")),
            ("filters", Some("filter")),
            ("perm", Some("permutations")),
            ("colour", None),
            ("", None),
            ("x", None),
            ("to", Some("top")),
            ("人类", None),
        ] {
            assert_eq!(nearest(name, keys), want, "{name}");
        }
        assert_eq!(nearest("spokn", ["quoted", "spoken"]), Some("spoken"));
        assert_eq!(nearest("王义", ["王毅", "王义伟"]), Some("王义伟"));
        assert_eq!(nearest("ab", [""; 0]), None);
    }

    #[test]
    fn the_nearest_or_the_list() {
        assert_eq!(none_of("mont", &["day", "month"]), "not known; did you mean month?");
        assert_eq!(none_of("decade", &["day", "month"]), "not one of day, month");
    }
}
