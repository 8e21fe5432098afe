//! Words held at a distance or refused: the so-called "rules-based order", "we oppose the Cold War mentality".

use super::cues::Cues;
use crate::text::Language;

/// How far to the left of a formula its stance may be marked, in characters.
const REACH: usize = 60;

/// The stance towards what begins at `start` of a folded paragraph: `distanced`, `refused`, or nothing.
pub fn stance(folded: &str, start: usize, language: Language) -> &'static str {
    let Some(cues) = Cues::builtin().of(language) else { return "" };
    let before = &folded[..start];
    let from = before.char_indices().rev().nth(REACH).map_or(0, |(i, _)| i);
    // Only within the clause.
    let clause = before[from..].rsplit(['.', ';', ':', '。', '；', '，', '：', '!', '?']).next().unwrap_or("");
    let mut rest = clause.trim_end_matches([' ', '"', '“', '\'', '「']);
    let marked = |rest: &str, phrases: &super::cues::Phrases| {
        phrases
            .suffix_of(rest)
            .is_some_and(|p| language == Language::Zh || rest[..rest.len() - p.len()].chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
    };
    loop {
        if marked(rest, &cues.stance.distanced) {
            return "distanced";
        }
        if marked(rest, &cues.stance.refused) {
            return "refused";
        }
        let Some(skip) =
            cues.stance.between.suffix_of(rest).filter(|p| language == Language::Zh || rest.len() == p.len() || rest[..rest.len() - p.len()].ends_with(' '))
        else {
            return "";
        };
        rest = rest[..rest.len() - skip.len()].trim_end_matches([' ', '"', '“', '\'', '「']);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_and_plain() {
        for (text, formula, language, want) in [
            ("the so-called \"rules-based order\"", "rules-based order", Language::En, "distanced"),
            ("all should reject the cold war mentality", "cold war mentality", Language::En, "refused"),
            ("we firmly oppose any cold war mentality", "cold war mentality", Language::En, "refused"),
            ("china proposes the global security initiative", "global security initiative", Language::En, ""),
            ("they reject it. the global security initiative", "global security initiative", Language::En, ""),
            ("摒弃冷战思维", "冷战思维", Language::Zh, "refused"),
            ("所谓\"基于规则的国际秩序\"", "基于规则的国际秩序", Language::Zh, "distanced"),
            ("坚持真正的多边主义", "真正的多边主义", Language::Zh, ""),
        ] {
            assert_eq!(stance(text, text.find(formula).unwrap(), language), want, "{text}");
        }
    }
}
