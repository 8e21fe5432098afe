//! The columns of the tables that analyses yield, in one place: `--help` and `docs/columns.md` say what stands here.

use super::proposals::{candidates, near_variants, templates};
use super::{ColumnSpec, Kind, number, text};

/// A table that an analysis yields.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its name: of a file in `tables/`, of a section of `docs/columns.md`.
    pub name: &'static str,
    /// What it is, and what one row is.
    pub about: &'static str,
    /// Its columns, in order.
    pub columns: Vec<ColumnSpec>,
}

impl Answer {
    /// The answer of that name.
    pub fn named(name: &str) -> Option<Answer> {
        answers().into_iter().find(|a| a.name == name)
    }

    /// Its columns as running text, for `--help`.
    pub fn help(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(|c| format!("{}: {}", c.name, c.meaning)).collect();
        format!("{}\n  {}", self.about, columns.join("\n  "))
    }
}

pub(super) const fn real(name: &'static str, meaning: &'static str) -> ColumnSpec {
    ColumnSpec { name, kind: Kind::Real, meaning }
}

/// What stands before the others: a formula (or with `--by theme` a theme) in one language.
fn subject() -> Vec<ColumnSpec> {
    vec![
        text("formula", "id of the formula; with --by theme this is `theme`"),
        text("label", "its label; not with --by theme"),
        text("language", "en, zh or und; languages are never pooled"),
    ]
}

const UNIT: ColumnSpec = text("unit", "what exposure is counted in: words of spaced scripts, Han characters of Chinese");

/// What is said of a count.
fn measures() -> Vec<ColumnSpec> {
    vec![
        number("occurrences", "how often; a zero where there is text and no occurrence"),
        number("documents", "documents with at least one occurrence"),
        number("exposure", "the text in the same cell, with the same filters"),
        UNIT,
        real("rate", "occurrences per 10,000 of exposure; empty without exposure"),
        real("rate_low", "lower end of the 95 % interval of the rate"),
        real("rate_high", "its upper end"),
        text(
            "interval",
            "how that was made: bootstrap (by document); clusters (exact Poisson of the documents with it, times the mean in them; where fewer than 5 have it); poisson (exact; below 20 documents with text, or without an occurrence; too narrow for clustered counts)",
        ),
        number("of_documents", "documents with text in the cell"),
        real("share", "documents divided by of_documents"),
        real("share_low", "lower end of its 95 % interval (Wilson)"),
        real("share_high", "its upper end"),
    ]
}

fn joined(parts: impl IntoIterator<Item = Vec<ColumnSpec>>) -> Vec<ColumnSpec> {
    parts.into_iter().flatten().collect()
}

/// All tables that analyses yield.
pub fn answers() -> Vec<Answer> {
    let of = |name, about, columns| Answer { name, about, columns };
    let language = vec![text("language", "en, zh or und; languages are never pooled")];
    let tier = vec![text("tier", "heat by share of documents; only in the report of a study that sets `heat`")];
    vec![
        of(
            "counts",
            "What `count` prints, and the counts_by_….csv of a report, one row a cell of the columns counted by, which come first (a formula with its `label`)",
            joined([language, measures()]),
        ),
        of(
            "comparison",
            "What `compare --a … [--b …]` prints, one row a formula and language: the two groups, how they differ, and how sure that is; a language in which one of them has no text has no rows",
            joined([subject(), comparison()]),
        ),
        of("profiles", "What `compare --profiles COLUMN` prints, one row a value of the column (a speaker, say) and formula", profiles()),
        of("distances", "What `compare --distances COLUMN` prints, one row a pair of values with at least 10 occurrences each", distances()),
        of(
            "series",
            "What `trend` prints, one row a formula, language and period; a period without text is a row without counts and rates",
            joined([subject(), vec![PERIOD], measures(), tier]),
        ),
        of("trend", "What `trend --show summary` prints, one row a formula and language", joined([subject(), trend()])),
        of("changes", "What `trend --show changes` prints, one row a change point", joined([subject(), changes()])),
        of(
            "renderings",
            "What `trend --show renderings` prints, one row a formula, language, period and wording; periods without the formula have no rows",
            joined([subject(), renderings()]),
        ),
        of("dispersion", "What `disperse` prints, one row a formula, language and way of dividing the text", joined([subject(), dispersion()])),
        of(
            "cooccurrence",
            "What `cooccur` prints, one row a pair of formulas that occur in the same unit; --show matrix: the counts or --measure as a square",
            cooccurrence(),
        ),
        of("adoption", "What `adopt` prints, one row a formula, language, speaker, tier and stance; the tiers are never summed", adoption()),
        of(
            "candidates",
            "What `discover` prints, one row a candidate: a recurrent string that no lexicon holds, the likeliest formulas of each language first",
            candidates(),
        ),
        of("templates", "What `discover --show templates` prints, one row a formula with a slot", templates()),
        of(
            "near_variants",
            "What `discover --show variants` prints, one row a wording that deviates from a known one in a word, or has words put before or after it",
            near_variants(),
        ),
        of("echo", "What `adopt --echo` prints, one row a meeting (a document), formula and other side", echo()),
    ]
}

const PERIOD: ColumnSpec = text("period", "the period; the name of the column is day, week, month, quarter or year");

fn profiles() -> Vec<ColumnSpec> {
    let rest = vec![
        number("occurrences", "how often the speaker uses the formula"),
        number("documents", "documents in which that is"),
        number("exposure", "the speaker's text"),
        UNIT,
        real("rate", "occurrences per 10,000 of exposure"),
        real("expected", "occurrences to expect if all had the same rate"),
        real("residual", "adjusted residual: how far the count is from it in standard deviations, if occurrences were independent; it ranks and does not test"),
        number(
            "order",
            "the speaker's place in an order in which like profiles stand together; empty below 10 occurrences, and for (narration), (unattributed) and text without a value",
        ),
        text(
            "note",
            "few expected (below 5): the residual means little, however large; nothing to compare with: the text is all of one, or the formula nowhere",
        ),
    ];
    joined([vec![text("speaker", "the value of the column asked for, whose name this bears")], subject(), rest])
}

fn distances() -> Vec<ColumnSpec> {
    vec![
        text("speaker_a", "the first value of the column asked for, whose name this bears"),
        text("speaker_b", "the second"),
        text("language", "en, zh or und"),
        number("occurrences_a", "occurrences of all formulas that make up the first profile"),
        number("occurrences_b", "of the second"),
        real("distance", "Jensen–Shannon distance of the shares of formulas: 0 the same, 1 nothing in common; small profiles differ by chance alone"),
        number("order_a", "place of the first in an order in which like profiles stand together"),
        number("order_b", "place of the second"),
    ]
}

fn renderings() -> Vec<ColumnSpec> {
    vec![
        PERIOD,
        text("rendering", "the wording as it stands, in small letters"),
        number("occurrences", "how often"),
        number("of_occurrences", "occurrences of the formula in the period, in any wording"),
        real("share", "the one divided by the other"),
        real("share_low", "lower end of its 95 % interval (Wilson; too narrow, as wordings of one document are alike)"),
        real("share_high", "its upper end"),
    ]
}

fn comparison() -> Vec<ColumnSpec> {
    vec![
        UNIT,
        number("occurrences_a", "occurrences in a"),
        number("occurrences_b", "in b"),
        number("documents_a", "documents of a with at least one"),
        number("documents_b", "of b"),
        number("of_documents_a", "documents with text of a"),
        number("of_documents_b", "of b"),
        number("exposure_a", "text of a"),
        number("exposure_b", "of b"),
        real("rate_a", "occurrences per 10,000 in a"),
        real("rate_b", "in b"),
        real("log_ratio", "binary logarithm of rate_a ÷ rate_b: 1 is twice as often in a, −1 in b; a zero counts as half an occurrence"),
        real("log_ratio_low", "lower end of its 95 % interval; empty without an occurrence in a"),
        real("log_ratio_high", "its upper end; empty without an occurrence in b"),
        text(
            "interval",
            "how that was made: bootstrap (by document); clusters (score, of the documents with it; where a group has none); poisson (score; below 20 documents in a group; too narrow for clustered counts)",
        ),
        real("percent_difference", "by how many per cent rate_a is above rate_b; empty if that is zero"),
        real("g2", "log-likelihood ratio of the table of four cells; it ranks and does not test, as words of one document are not independent"),
        real("log_odds", "log-odds ratio (natural) drawn towards 0 by a Dirichlet prior of the pooled rates; --prior says how heavy"),
        real("z", "it divided by its standard deviation; ranks formulas, does not test"),
        real("p", "by permutation of documents between the groups, two-sided"),
        real("q", "p adjusted for all rows of the table (Benjamini–Hochberg)"),
        real("rate_ratio", "rate_a ÷ rate_b; only with --strata"),
        number("strata", "strata with text of both groups; only with --strata"),
        number("strata_a", "occurrences of a in them; only with --strata"),
        number("strata_b", "of b; only with --strata"),
        real("stratified_ratio", "Mantel–Haenszel rate ratio over them; only with --strata"),
        real("stratified_low", "lower end of its 95 % interval, made as `interval` says; only with --strata"),
        real("stratified_high", "its upper end; only with --strata"),
        text("differs", "in what else the groups' texts differ (by more than 0.2 of their exposure): voice, source, genre, quarter"),
        text(
            "note",
            "few documents (below 20 in a group), few occurrences (below 10 in both together), zero in a, zero in b; no p (fewer than 20 ways to deal the documents); text of both left out (words of several at once that are of both groups); no shared stratum, zero in the shared strata (no stratified ratio)",
        ),
    ]
}

fn trend() -> Vec<ColumnSpec> {
    vec![
        text("period", "the length of periods: day, week, month, quarter or year"),
        number("periods", "periods with text"),
        number("gaps", "periods without, between the first and the last"),
        number("occurrences", "occurrences with a date as exact as the period"),
        number("documents", "documents with at least one"),
        text("corpus_start", "the first period with text: nothing is known of before"),
        text("corpus_end", "the last one"),
        text("first_seen", "the first day with an occurrence; not the first use"),
        text("last_seen", "the last day with one"),
        text("censored", "left: it is there in the first period already, so it may be older; right: it is there in the last"),
        real("tau", "Mann–Kendall: pairs of periods in which the rate rises less those in which it falls, by all pairs"),
        real("p", "its two-sided probability without a trend; too small where `serial` is large"),
        real("q", "p adjusted for all rows of the table (Benjamini–Hochberg)"),
        real("slope", "Theil–Sen: change of the rate per period; with --seasonal per year"),
        real("slope_low", "lower end of its 95 % interval; empty with --seasonal"),
        real("slope_high", "its upper end"),
        real("serial", "correlation of what is left of each period's rate beside the slope with the next one that has text; above 0.3 or so p is too small"),
        text("changes", "periods that begin with a new rate, where change_p is at most 0.04; of many series some do by chance: see change_q"),
        real("change_p", "how likely it is that the same periods in random order divide as well"),
        real("change_q", "it adjusted for all rows of the table (Benjamini–Hochberg)"),
        real("overdispersion", "how many times as much as Poisson counts the counts vary between changes"),
        number("silent_documents", "documents (or days of a log) with text since the last one with an occurrence"),
        real(
            "silent_p",
            "how likely so many periods without it are, if it is used in as many periods as before (Solow 1993); one of a single occasion always looks gone",
        ),
        real("silent_q", "it adjusted for all rows of the table (Benjamini–Hochberg)"),
        text(
            "status",
            "in use: it occurs in the last period; retired: silent_q is below 0.05 (it may come back all the same); silent: it is above; seen once: in one period; not seen",
        ),
        text("note", "few periods (below 8), few years (--seasonal), few occurrences (below 10), constant rate"),
    ]
}

fn changes() -> Vec<ColumnSpec> {
    vec![
        text("period", "the first period with the new rate; the name of the column is day, week, month, quarter or year"),
        UNIT,
        real("rate_before", "occurrences per 10,000 since the change before, or the start"),
        real("rate_after", "until the next change, or the end"),
        number("occurrences_before", "occurrences in the first of these stretches"),
        number("occurrences_after", "in the second"),
        number("exposure_before", "text in the first"),
        number("exposure_after", "in the second"),
        real("change_p", "of the formula's changes together"),
        real("change_q", "it adjusted for all formulas (Benjamini–Hochberg)"),
    ]
}

fn dispersion() -> Vec<ColumnSpec> {
    vec![
        text("over", "what the text is divided into: document, or day … year"),
        number("parts", "parts with text"),
        number("range", "parts with at least one occurrence"),
        number("occurrences", "how often"),
        number("exposure", "the text"),
        UNIT,
        real("dp", "deviation of proportions (Gries 2008): 0 spread as the text is … 1 all in one small part"),
        real("dp_norm", "it divided by the most it can be (Lijffijt & Gries 2012)"),
        text("note", "few occurrences (below 10, or fewer than parts): DP is large then whatever the spread; one part: there is none"),
    ]
}

fn cooccurrence() -> Vec<ColumnSpec> {
    vec![
        text("formula_a", "id of the first formula"),
        text("label_a", "its label"),
        text("formula_b", "id of the second"),
        text("label_b", "its label"),
        text("language", "en, zh or und"),
        text("within", "the unit: document, paragraph or sentence"),
        number("together", "units with both"),
        number("units_a", "units with the first"),
        number("units_b", "units with the second"),
        number("units", "units with text"),
        real("lift", "how many times as often as by chance they occur together"),
        real("npmi", "normalised pointwise mutual information: −1 never, 0 as by chance, 1 always together"),
        real("g2", "log-likelihood ratio; it ranks and does not test, as units of one document are not independent"),
        number("documents", "documents in which they occur together"),
        text("note", "few units (together in fewer than 5)"),
    ]
}

fn adoption() -> Vec<ColumnSpec> {
    vec![
        text("formula", "id of the formula"),
        text("label", "its label"),
        text("language", "en, zh or und"),
        text("origin", "side of its originator, several joined with |"),
        text(
            "tier",
            "own: in the speaker's own words (spoken, or a body's own text) or in a source of the speaker's side; joint: in a text of several sides; attributed: only reported, and by a source of another side, or of none that is known",
        ),
        text("speaker", "who; a body's own text: its source; a joint text: its parties, as far as the source says them"),
        text("side", "the speaker's side"),
        text("stance", "empty for plain use; distanced or refused uses have rows of their own"),
        number("occurrences", "how often"),
        number("documents", "in how many documents"),
        text("first", "the first day"),
        text("first_document", "the document of the first use; `kwic --formula … --speaker …` shows them all"),
        text("last", "the last day"),
        text("sources", "the sources of these documents, as far as they are known"),
        text("source_sides", "their sides"),
        text("origin_first", "the first day on which the originator's side uses it in the corpus, in its own words or sources"),
        number("lag_days", "days from there to `first`; negative if the corpus has the speaker before"),
        text("first_use", "first documented use, as the lexicon has it"),
    ]
}

fn echo() -> Vec<ColumnSpec> {
    vec![
        text("document", "the meeting: the readout or transcript that tells of it: two sides, and no third, have words in it, each at least a twentieth"),
        text("date", "its day"),
        text("source", "who tells of it"),
        text("formula", "id of the formula"),
        text("label", "its label"),
        text("language", "en, zh or und"),
        text("origin", "side of its originator, which uses the formula there"),
        number("origin_occurrences", "how often it does, narration and uses with a stance left out"),
        text("other_side", "another side with words in the document"),
        text("speakers", "its speakers there"),
        number("exposure", "their words or characters"),
        number("occurrences", "how often they use the formula"),
        text("echo", "yes: after the originator's side has; first: before it; no"),
        text("tier", "of those words: own (most of them are spoken, or the source is of that side) or attributed"),
    ]
}
