//! The columns of what `discover` prints.

use super::answers::real;
use super::{ColumnSpec, date, number, text};

/// Those of known formulas that changed a word.
pub(super) fn near_variants() -> Vec<ColumnSpec> {
    vec![
        text("formula", "id of the known formula"),
        text("label", "its label"),
        text("language", "the language of the wording"),
        text("wording", "the known wording"),
        text("found", "the words that stand in its place"),
        text("how", "replaced, inserted or omitted (inside), before or after (put to it)"),
        text("missing", "the words that are missing"),
        text("instead", "those that are there instead, or beside"),
        number("occurrences", "how often"),
        number("documents", "documents in which that is"),
        date("first", "the first day, of those known"),
        date("last", "the last"),
        text("change", "new, rising, steady, falling or gone; only with --since, as all up to `documents_since`"),
        number("before", "occurrences before the day of --since"),
        number("since", "occurrences since"),
        number("documents_before", "documents with it before"),
        number("documents_since", "documents with it since"),
        text("contexts", "a few of the places: document@offset, the words around it"),
    ]
}

/// Those of formulas with a slot.
pub(super) fn templates() -> Vec<ColumnSpec> {
    vec![
        number("rank", "the rank in its language, by score and by how little is shown before it"),
        text("template", "the fixed words, and … for the slot: one to three English words (one at an end), one to six Chinese characters"),
        text("language", "en or zh"),
        number("occurrences", "how often it occurs, with whatever filler"),
        number("documents", "documents in which that is"),
        number("speakers", "how many different speakers have it"),
        date("first", "the first day, of those known"),
        date("last", "the last"),
        number("fillers", "how many different fillers there are"),
        real("score", "how much its fixed words look like a formula; only its order means something"),
        text("filled_by", "the fillers, the commonest first, 40 at most, as china-africa=12|china-asean=9"),
        text("nearest", "id of the known formula that is nearest, or of which a wording makes up most of it"),
        text("contexts", "the first place, the last, and the first of another speaker: day, speaker, document@offset, the folded words around it"),
    ]
}

/// Those of candidates.
pub(super) fn candidates() -> Vec<ColumnSpec> {
    vec![
        number("rank", "the rank in its language, by score and by how little is shown before it"),
        text("candidate", "the string as it is usually written"),
        text("language", "en or zh"),
        text("kind", "phrase, or with --keep: name, title, place, date, organisation, boilerplate (for the most part in one long sentence)"),
        number("occurrences", "how often it occurs, in any of its variants: what `count --nested all` says with the lexicon of --as-lexicon"),
        number("documents", "documents in which that is"),
        number("speakers", "how many different speakers have it"),
        date("first", "the first day, of those known"),
        date("last", "the last"),
        real("score", "how much it looks like a formula: a weighted sum of what follows (docs/methods.md); only its order means something"),
        number("own_occurrences", "how often the string itself occurs, without its variants"),
        real("spread", "the share of 64 parts of the period, with as many documents each, in which it occurs"),
        real("npmi", "cohesion: normalised pointwise mutual information where it falls apart most easily; 1 is never apart"),
        real("c_value", "C-value: occurrences less those in longer candidates, times the logarithm of its length"),
        real("entropy", "branching entropy of the side with less, over the greatest possible: 0 always the same neighbour, 1 never twice the same"),
        real("fixedness", "its share among the candidates that differ from it in one word or character, on average over these"),
        real("quoted", "the share of its occurrences in quotation marks"),
        real("keyness", "natural logarithm of its rate over that in ordinary language (lexicons/background)"),
        real("politics", "how much of it are words of politics (lexicons/candidates.toml)"),
        number("in_reference", "occurrences in what --against names; only with that"),
        real("contrast", "natural logarithm of its rate over that in the reference, half an occurrence added to both; only with --against"),
        text(
            "change",
            "new (absent before), rising, steady, falling or gone (absent since), empty where its language has no text on one side; only with --since, as all up to `z`",
        ),
        number("before", "occurrences before the day of --since"),
        number("since", "occurrences since"),
        number("documents_before", "documents with it before"),
        number("documents_since", "documents with it since"),
        real("rate_before", "occurrences per 10,000 words or characters before"),
        real("rate_since", "since"),
        real("log_ratio", "binary logarithm of rate_since ÷ rate_before, half an occurrence added to both"),
        real("z", "the logarithm of the ratio of the shares of documents that have it, over its standard deviation; rising and falling are beyond 1.96"),
        text("nearest", "id of the nearest known formula, if one is near"),
        real("likeness", "how near: twice the longest common subsequence of words (characters) over both lengths; 1 is the same"),
        text("difference", "what it has instead of that formula's words, or beside them"),
        text("partner", "the candidate of the other language that comes on the same days or in aligned documents, if they choose each other"),
        real("partner_dice", "how often they come together: Dice's coefficient of the days or pairs of documents"),
        text("variants", "longer wordings that hold it and shorter ones that hardly occur without it, joined with |"),
        text("parts", "shorter candidates that are left out as they are often part of it"),
        text("years", "occurrences by year, as 2019=4|2020=11"),
        text("contexts", "the first place, the last, and the first of another speaker: day, speaker, document@offset, the words around it"),
    ]
}
