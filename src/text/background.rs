//! How common a string is in ordinary English and Chinese.
//!
//! A corpus alone does not tell a formula from a turn of phrase: "true multilateralism" and "on the other hand" both recur. What tells them
//! apart is how often either would come in text of no particular kind. `lexicons/background/` has counts of such text, and says where
//! they are from; this module reads off them how probable a string is, seen before or not.
//!
//! English is a chain of words, each given those before it, with "stupid" back-off: Brants, T., Popat, A. C., Xu, P., Och, F. J. & Dean, J.
//! (2007), "Large Language Models in Machine Translation", *Proceedings of EMNLP-CoNLL*. Chinese is a sequence of words that are
//! independent of each other, cut where their product is greatest. Both make an unlisted stock phrase rarer than it is.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::Language;

const ENGLISH: &str = include_str!("../../lexicons/background/en.tsv");
const CHINESE: &str = include_str!("../../lexicons/background/zh.tsv");

/// The line of the Chinese file after which strings are longer than one word.
const STRINGS: &str = "# strings";

/// What is left of a word's probability where the words before it are listed with others and not with it (Brants et al.).
const BACK_OFF: f64 = 0.4;

/// An unlisted word is taken to be this much as frequent as the rarest listed one.
const FLOOR: f64 = 0.1;

/// The longest that is listed, in words and in characters; a test holds the files to it.
const LONGEST_ENGLISH: usize = 5;
const LONGEST_CHINESE: usize = 10;

/// N-grams and how often each comes in a million words or characters.
type Table = FxHashMap<&'static str, f32>;

/// An English n-gram.
#[derive(Debug, Clone, Copy, Default)]
struct Words {
    per_million: f32,
    /// Whether longer ones that begin with it are listed.
    goes_on: bool,
}

/// How common words and strings are in ordinary English and Chinese.
#[derive(Debug)]
pub struct Background {
    /// With one blank between words.
    english: FxHashMap<&'static str, Words>,
    /// Per million Han characters, as are the strings.
    words: Table,
    strings: Table,
    /// Per million words, of an English word that is not listed.
    unknown_word: f64,
    /// Per million characters, of a Chinese word that is not listed.
    unknown_character: f64,
    /// Words in a Han character: the share of characters that begin a word.
    words_a_character: f64,
}

impl Background {
    /// The built-in background. It is read when first asked for.
    pub fn builtin() -> &'static Background {
        static BUILTIN: OnceLock<Background> = OnceLock::new();
        BUILTIN.get_or_init(|| Background::parse(ENGLISH, CHINESE))
    }

    fn parse(english: &'static str, chinese: &'static str) -> Self {
        let (words, strings) = chinese.split_once(STRINGS).unwrap_or((chinese, ""));
        let (listed, words, strings) = (table(english), table(words), table(strings));
        let (unknown_word, unknown_character) = (rarest(&listed) * FLOOR, rarest(&words) * FLOOR);
        let mut english: FxHashMap<_, _> = listed.iter().map(|(&ngram, &per_million)| (ngram, Words { per_million, goes_on: false })).collect();
        for (before, _) in listed.keys().filter_map(|ngram| ngram.rsplit_once(' ')) {
            if let Some(before) = english.get_mut(before) {
                before.goes_on = true;
            }
        }
        let words_a_character = words.values().map(|&r| f64::from(r)).sum::<f64>() / 1e6;
        Self { english, words, strings, unknown_word, unknown_character, words_a_character }
    }

    /// How often a listed `ngram` comes in a million words (English: lower case, one blank between words) or Han characters (Chinese:
    /// simplified). `None` if it is not listed, which says that it is rarer than those that are, or that its words come together no more
    /// often than they would by chance.
    pub fn per_million(&self, language: Language, ngram: &str) -> Option<f64> {
        let found = match language {
            Language::En => self.english.get(ngram).map(|words| words.per_million),
            Language::Zh => self.words.get(ngram).or_else(|| self.strings.get(ngram)).copied(),
            Language::Und => None,
        };
        found.map(f64::from)
    }

    /// The natural logarithm of the probability that `words`, in lower case, stand at a given place of ordinary English: with N words, they
    /// are expected `exp` of it times N times. 0 for no words.
    pub fn english(&self, words: &[&str]) -> f64 {
        let before = |at: usize| &words[at.saturating_sub(LONGEST_ENGLISH - 1)..at];
        (0..words.len()).map(|at| self.after(before(at), words[at]).ln()).sum()
    }

    /// The probability of `word` after the words `before`.
    fn after(&self, before: &[&str], word: &str) -> f64 {
        let Some((_, shorter)) = before.split_first() else {
            return self.english.get(word).map_or(self.unknown_word, |words| f64::from(words.per_million)) / 1e6;
        };
        let mut ngram = before.join(" ");
        let Some(all) = self.english.get(ngram.as_str()).filter(|words| words.goes_on) else {
            // Nothing is known of what follows: nothing speaks against `word`.
            return self.after(shorter, word);
        };
        ngram.push(' ');
        ngram.push_str(word);
        match self.english.get(ngram.as_str()) {
            Some(with) => f64::from(with.per_million / all.per_million).min(1.0),
            None => BACK_OFF * self.after(shorter, word),
        }
    }

    /// The natural logarithm of the probability that `text`, in simplified characters, stands at a given place of ordinary Chinese: with N
    /// characters, it is expected `exp` of it times N times. It is that of the likeliest way to cut `text` into listed words and
    /// strings. 0 for no text.
    pub fn chinese(&self, text: &str) -> f64 {
        self.likeliest(text, |word| self.per_million(Language::Zh, word)).last().map_or(0.0, |(best, _)| *best)
    }

    /// `text`, in simplified characters, cut into words where that is likeliest.
    pub fn cut<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let edges = edges(text);
        let best = self.likeliest(text, |word| self.words.get(word).copied().map(f64::from));
        let mut words = Vec::new();
        let mut end = edges.len() - 1;
        while end > 0 {
            let start = best[end].1;
            words.push(&text[edges[start]..edges[end]]);
            end = start;
        }
        words.reverse();
        words
    }

    /// For each edge of a character of `text`, the greatest logarithm of the probability of what stands before it, and at which edge its
    /// last word begins. `rate` says of a string how often it comes, if it is listed.
    fn likeliest(&self, text: &str, rate: impl Fn(&str) -> Option<f64>) -> Vec<(f64, usize)> {
        let edges = edges(text);
        let mut best = vec![(f64::NEG_INFINITY, 0); edges.len()];
        best[0].0 = 0.0;
        for start in 0..edges.len() - 1 {
            // A word is as probable as it is frequent among words, and where the text begins, among characters.
            let among: f64 = if start == 0 { 1.0 } else { self.words_a_character };
            for end in start + 1..edges.len().min(start + LONGEST_CHINESE + 1) {
                let rate = match rate(&text[edges[start]..edges[end]]) {
                    Some(rate) => rate,
                    None if end == start + 1 => self.unknown_character,
                    None => continue,
                };
                let whole = best[start].0 + (rate / 1e6 / among).ln();
                if whole > best[end].0 {
                    best[end] = (whole, start);
                }
            }
        }
        best
    }

    /// Whether `text` is one listed Chinese word of at least two characters.
    pub fn is_word(&self, text: &str) -> bool {
        text.chars().nth(1).is_some() && self.words.contains_key(text)
    }
}

/// Where the characters of `text` begin, and where it ends.
fn edges(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn table(lines: &'static str) -> Table {
    lines.lines().filter(|line| !line.starts_with('#')).filter_map(entry).collect()
}

fn entry(line: &'static str) -> Option<(&'static str, f32)> {
    let (ngram, rate) = line.split_once('\t')?;
    Some((ngram, rate.parse().ok()?))
}

/// How often the rarest word comes.
fn rarest(table: &Table) -> f64 {
    let words = table.iter().filter(|(ngram, _)| !ngram.contains(' '));
    words.map(|(_, &rate)| f64::from(rate)).reduce(f64::min).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(text: &str) -> f64 {
        Background::builtin().english(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn files_are_read_whole() {
        let lines = |text: &'static str| text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
        let background = Background::builtin();
        assert_eq!(background.english.len(), lines(ENGLISH));
        assert_eq!(background.words.len() + background.strings.len(), lines(CHINESE));
        assert!(background.english.len() > 50_000 && background.words.len() > 50_000 && background.strings.len() > 1_000);
        let rates = background.words.values().chain(background.strings.values()).copied();
        assert!(rates.chain(background.english.values().map(|words| words.per_million)).all(|rate| rate > 0.0 && rate < 100_000.0));
        assert!(background.english.keys().all(|ngram| ngram.split(' ').count() <= LONGEST_ENGLISH));
        assert!(background.words.keys().chain(background.strings.keys()).all(|text| text.chars().count() <= LONGEST_CHINESE));
        assert!((0.4..0.8).contains(&background.words_a_character), "{}", background.words_a_character);
    }

    #[test]
    fn what_longer_ones_begin_with_is_listed() {
        let background = Background::builtin();
        for (before, _) in background.english.keys().filter_map(|ngram| ngram.rsplit_once(' ')) {
            assert!(background.english.contains_key(before), "{before}");
        }
    }

    #[test]
    fn stock_phrases_are_likelier_than_formulas() {
        for (common, rare) in [
            ("of the", "win win"),
            ("on the other hand", "shared future for mankind"),
            ("at the same time", "community of shared future"),
            ("as well as", "global security initiative"),
            ("one of the most", "practice true multilateralism"),
            ("in the united states", "in the united mankind"),
        ] {
            assert!(english(common) > english(rare) + 4.0, "{common} {}, {rare} {}", english(common), english(rare));
        }
        for (common, rare) in [
            ("与此同时", "命运共同体"),
            ("另一方面", "真正的多边主义"),
            ("从某种意义上", "合作共赢新格局"),
            ("自己的问题", "人类命运共同体"),
            ("我们的生活", "全球安全倡议"),
        ] {
            let of = |text| Background::builtin().chinese(text);
            assert!(of(common) > of(rare) + 2.0, "{common} {}, {rare} {}", of(common), of(rare));
        }
    }

    #[test]
    fn the_chain_backs_off() {
        let background = Background::parse("a\t500000\na b\t100000\na b c\t50000\na b c a\t10000\nb\t200000\nb d\t20000\nc\t1000\nd\t10\n", "");
        for (words, probability) in [
            (vec![], 1.0),
            (vec!["a"], 0.5),
            (vec!["a", "b"], 0.1),
            (vec!["a", "b", "c"], 0.05),
            (vec!["a", "b", "c", "a"], 0.01),
            (vec!["b", "a", "b", "c", "a"], 0.2 * BACK_OFF * 0.5 * 0.2 * 0.5 * 0.2),
            (vec!["a", "b", "c", "d"], 0.05 * BACK_OFF * 1e-5),
            (vec!["b", "d", "a"], 0.02 * 0.5),
            (vec!["a", "b", "d"], 0.1 * BACK_OFF * 0.1),
            (vec!["b", "c"], 0.2 * BACK_OFF * 0.001),
            (vec!["c", "b", "d"], 0.001 * 0.2 * 0.1),
            (vec!["a", "e"], 0.5 * BACK_OFF * 1e-6),
        ] {
            let found = background.english(&words).exp();
            assert!((found / probability - 1.0).abs() < 1e-5, "{words:?} {found} {probability}");
        }
    }

    #[test]
    fn text_is_cut_where_it_is_likeliest() {
        let background = Background::parse("", "一\t100000\n一二\t50000\n三\t200000\n二\t50000\n二三\t100000\n# strings\n一二三四\t10\n");
        let words_a_character = 0.5;
        for (text, probability) in [
            ("", 1.0),
            ("一", 0.1),
            ("一二三", 0.1 * 0.1 / words_a_character),
            ("一二三四", 1e-5 * (0.1 * 0.1 / words_a_character * 0.005 / words_a_character / 1e-5_f64).max(1.0)),
            ("四", 0.005),
        ] {
            let found = background.chinese(text).exp();
            assert!((found / probability - 1.0).abs() < 1e-5, "{text} {found} {probability}");
        }
        assert_eq!(background.cut("一二三四"), ["一", "二三", "四"]);
        assert_eq!(background.cut(""), [""; 0]);
        assert!(background.is_word("一二") && !background.is_word("一") && !background.is_word("一二三四"));
    }

    #[test]
    fn of_unlisted_and_other_languages_nothing_is_said() {
        let background = Background::builtin();
        assert!(background.per_million(Language::En, "of the").is_some_and(|rate| (1_000.0..10_000.0).contains(&rate)));
        assert!(background.per_million(Language::Zh, "的").is_some_and(|rate| (10_000.0..60_000.0).contains(&rate)));
        assert_eq!(background.per_million(Language::Und, "the"), None);
        assert_eq!(background.per_million(Language::En, "tianxia of the"), None);
        assert!(background.is_word("另一方面") && !background.is_word("命运共同体"));
    }
}
