//! The command that lists the sentences behind a number: `tifa kwic` with the report's filter and what the number adds to it. Where that cannot be
//! said exactly with options, there is none.

use super::Page;
use crate::analysis::speakers_named;
use crate::report::NamedComparison;
use crate::report::keys::Key;
use crate::report::settings::quoted;

/// An option and its value.
pub(super) type Given = (String, String);

impl Page<'_> {
    /// The options that a key adds.
    pub(super) fn options_of(&self, key: Key, value: &str) -> Option<Vec<Given>> {
        let one = |name: &str| (!value.contains(',')).then(|| vec![(name.to_owned(), value.to_owned())]);
        match key {
            Key::Formula => one("formula"),
            Key::Language => one("language"),
            Key::Theme => one("theme"),
            Key::Speaker => {
                let meant = speakers_named(self.scan, &[value.to_owned()]).ok()?;
                one("speaker").filter(|_| meant == [value])
            }
            // A document known to the year or month only has a first day, by which it is found, but is of no shorter period.
            Key::Period if !self.is_coarse => days_of(value).map(|(first, last)| vec![("since".to_owned(), first), ("until".to_owned(), last)]),
            Key::Group => {
                let (name, side) = value.rsplit_once(' ')?;
                of_group(self.settings.comparisons.iter().find(|c| c.name == name)?, side)
            }
            Key::Period | Key::Document | Key::Adopter | Key::Rendering | Key::Dated | Key::Once => None,
        }
    }

    /// The command that writes candidates as a lexicon. Its `--since` divides the period, and which formulas count is of no matter to it.
    pub(super) fn as_lexicon(&self) -> String {
        let other = ["since", "formula", "theme", "nested", "roll_up"];
        let kept = self.settings.of_filter().into_iter().filter(|(name, _)| !other.contains(name)).map(|(name, value)| (name.to_owned(), value));
        let all: Vec<String> = kept.map(|given| format!(" {}", written(&given))).collect();
        format!("tifa discover INPUT{} --top={} --as-lexicon=FILE", all.concat(), self.settings.discover)
    }

    /// The command for one formula.
    pub(super) fn of_formula(&self, formula: &str) -> String {
        let kept = self.settings.of_filter().into_iter().filter(|(name, _)| *name != "formula").map(|(name, value)| (name.to_owned(), value));
        let all: Vec<Given> = kept.chain([("formula".to_owned(), formula.to_owned())]).collect();
        format!("tifa kwic INPUT {}", all.iter().map(written).collect::<Vec<_>>().join(" "))
    }
}

/// An option as it is typed.
fn written((name, value): &Given) -> String {
    match name.as_str() {
        "roll_up" => "--roll-up".to_owned(),
        _ => format!("--{}={}", name.replace('_', "-"), quoted(value)),
    }
}

/// The options for a group that can be told by them.
fn of_group(named: &NamedComparison, side: &str) -> Option<Vec<Given>> {
    let group = if side == "a" { named.comparison.a.to_string() } else { named.comparison.b.as_ref()?.to_string() };
    let one = |part: &str| {
        let (column, value) = part.split_once('=')?;
        let known = ["side", "source", "language", "voice", "genre"];
        known.contains(&column.trim()).then(|| (column.trim().to_owned(), value.trim().to_owned()))
    };
    group.split(';').filter(|p| !p.trim().is_empty()).map(one).collect()
}

/// The first and last day of a period.
fn days_of(period: &str) -> Option<(String, String)> {
    let (first, last) = match (period.split_once("-Q"), period.split_once("-W")) {
        (Some((year, quarter)), _) => {
            let quarter: u32 = quarter.parse().ok()?;
            (format!("{year}-{:02}", quarter * 3 - 2), format!("{year}-{:02}", quarter * 3))
        }
        (_, Some((year, week))) => {
            let day = |weekday| chrono::NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, weekday);
            (day(chrono::Weekday::Mon)?.to_string(), day(chrono::Weekday::Sun)?.to_string())
        }
        _ => (period.to_owned(), period.to_owned()),
    };
    let day = |text: &str, last: bool| crate::analysis::parse_day(text, last).ok().map(|d| d.to_string());
    Some((day(&first, false)?, day(&last, true)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_and_values_become_options() {
        let days = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        assert_eq!(days_of("2023-Q2"), days("2023-04-01", "2023-06-30"));
        assert_eq!(days_of("2020-W53"), days("2020-12-28", "2021-01-03"));
        assert_eq!(days_of("2024-02"), days("2024-02-01", "2024-02-29"));
        assert_eq!(days_of("2023"), days("2023-01-01", "2023-12-31"));
        let given = |name: &str, value: &str| written(&(name.to_owned(), value.to_owned()));
        assert_eq!((given("speaker", "Wang Yi"), given("roll_up", "true")), ("--speaker='Wang Yi'".into(), "--roll-up".into()));
        assert_eq!((given("min_evidence", "cue"), given("speaker", "-x")), ("--min-evidence=cue".into(), "--speaker=-x".into()));
    }
}
