//! What a report is to show, and how that is written down.

use super::charts::Kind;
use super::words::Ui;
use crate::analysis::{Comparison, DateBasis, Dimension, Filter, Nested, Tier};

/// What a report is to show.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The title of the page.
    pub title: String,
    /// On what it is about, in the words of whoever asked.
    pub description: String,
    /// The language of the page's own words.
    pub ui: Ui,
    /// Counts by date are by this; `None` takes what suits the corpus.
    pub period: Option<Dimension>,
    /// How many lines and columns the charts have at most.
    pub top: usize,
    /// The charts; empty: all for which there is something.
    pub charts: Vec<Kind>,
    /// What is counted.
    pub filter: Filter,
    /// Groups to compare.
    pub comparisons: Vec<NamedComparison>,
    /// Names for shares of documents, the highest first; none unless asked for.
    pub tiers: Vec<Tier>,
    /// Whose profiles are drawn.
    pub each: Dimension,
    /// How many recurrent strings that no lexicon holds are shown of each language; 0: they were not asked for.
    pub discover: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            title: String::new(),
            description: String::new(),
            ui: Ui::En,
            period: None,
            top: 6,
            charts: Vec::new(),
            filter: Filter::default(),
            comparisons: Vec::new(),
            tiers: Vec::new(),
            each: Dimension::Column("speaker"),
            discover: 0,
        }
    }
}

/// A comparison and the name of its table.
#[derive(Debug, Clone)]
pub struct NamedComparison {
    /// Of letters, digits and hyphens.
    pub name: String,
    /// The groups.
    pub comparison: Comparison,
}

impl Settings {
    /// The settings that change the numbers, for `run.json`.
    pub(super) fn options(&self, period: Dimension) -> Vec<String> {
        let mut options = vec![format!("period={}", period.name()), format!("top={}", self.top)];
        options.extend(self.of_filter().into_iter().map(|(name, value)| format!("{name}={value}")));
        for NamedComparison { name, comparison } in &self.comparisons {
            let strata: Vec<&str> = comparison.strata.iter().map(|d| d.name()).collect();
            let strata = if strata.is_empty() { String::new() } else { format!(", strata {}", strata.join("+")) };
            options.push(format!(
                "compare={name}: {} / {}{strata}, prior {}, {} permutations",
                comparison.a,
                comparison.second(),
                comparison.prior,
                comparison.permutations
            ));
        }
        options.extend((self.discover > 0).then(|| format!("discover={}", self.discover)));
        options.extend(self.tiers.iter().map(|t| format!("heat={} from {}", t.name, t.least)));
        options
    }

    /// The filter as options of the command line and their values.
    pub(super) fn of_filter(&self) -> Vec<(&'static str, String)> {
        let filter = &self.filter;
        let lists = [
            ("speaker", &filter.speakers),
            ("side", &filter.sides),
            ("source", &filter.sources),
            ("language", &filter.languages),
            ("voice", &filter.voices),
            ("genre", &filter.genres),
            ("formula", &filter.formulas),
            ("theme", &filter.themes),
        ];
        let mut all: Vec<(&str, String)> = lists.iter().filter(|(_, l)| !l.is_empty()).map(|(name, list)| (*name, list.join(","))).collect();
        let days = [("since", filter.since), ("until", filter.until)];
        all.extend(days.iter().filter_map(|(name, day)| Some((*name, day.as_ref()?.to_string()))));
        all.extend(filter.min_evidence.iter().map(|e| ("min_evidence", e.clone())));
        let flags = [
            (filter.keep_duplicates, "duplicates", "keep"),
            (filter.nested == Nested::All, "nested", "all"),
            (filter.roll_up, "roll_up", "true"),
            (filter.first_of_translations, "translations", "first"),
            (filter.date == DateBasis::Published, "date", "published"),
        ];
        all.extend(flags.into_iter().filter(|(on, ..)| *on).map(|(_, name, value)| (name, value.to_owned())));
        all
    }
}

/// A value as a shell takes it.
pub(super) fn quoted(value: &str) -> String {
    let plain = !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || "-_./,".contains(c));
    if plain { value.to_owned() } else { format!("'{}'", value.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_for_a_shell() {
        assert_eq!(["Wang Yi", "O'Neill", "王毅", "", "$x"].map(quoted), ["'Wang Yi'", "'O'\\''Neill'", "王毅", "''", "'$x'"]);
    }
}
