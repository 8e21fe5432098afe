//! The words of charts and pages, in the language of whoever reads them: `words/en.toml` and `words/zh.toml`.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::error::{Error, Result, parse_toml};
use crate::text::Language;

/// The language of a report's own words; what documents say stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ui {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

impl FromStr for Ui {
    type Err = Error;

    fn from_str(name: &str) -> Result<Ui> {
        match name {
            "en" => Ok(Ui::En),
            "zh" => Ok(Ui::Zh),
            _ => Err(Error::Usage(format!("{name}: no language of the interface; there are en and zh"))),
        }
    }
}

impl Ui {
    /// Its code for HTML.
    pub(super) fn html(self) -> &'static str {
        match self {
            Ui::En => "en",
            Ui::Zh => "zh-Hans",
        }
    }

    /// The language.
    pub fn language(self) -> Language {
        match self {
            Ui::En => Language::En,
            Ui::Zh => Language::Zh,
        }
    }

    fn file(self) -> (&'static str, &'static str) {
        match self {
            Ui::En => ("words/en.toml", include_str!("words/en.toml")),
            Ui::Zh => ("words/zh.toml", include_str!("words/zh.toml")),
        }
    }
}

/// The words of a language.
#[derive(Debug)]
pub struct Words {
    /// Which.
    pub ui: Ui,
    sections: BTreeMap<String, BTreeMap<String, String>>,
}

impl Words {
    /// Those of `ui`.
    ///
    /// # Errors
    /// None: both files are part of the program, and a test reads them.
    pub fn of(ui: Ui) -> Result<Words> {
        let (name, text) = ui.file();
        Ok(Words { ui, sections: parse_toml(name, text)? })
    }

    fn find(&self, section: &str, key: &str) -> Option<&str> {
        self.sections.get(section)?.get(key).map(String::as_str)
    }

    /// What is said under a key.
    pub fn say<'a>(&'a self, key: &'a str) -> &'a str {
        let section = key.split_once('.').and_then(|(section, name)| self.find(section, name));
        section.unwrap_or(key)
    }

    /// The same, with each `{name}` replaced.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.say(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// A number of things: `one` and `many` of the section, which hold `{n}`.
    pub fn count(&self, n: u64, what: &str) -> String {
        let key = if n == 1 { format!("{what}.one") } else { format!("{what}.many") };
        self.fill(&key, &[("n", &crate::chart::thousands(n))])
    }

    /// The head of a column.
    pub fn column(&self, name: &str) -> String {
        self.find("column", name).map_or_else(|| name.replace('_', " "), str::to_owned)
    }

    /// A value that tables hold in English: a voice, a genre …; what is none of these stays.
    pub fn value<'a>(&'a self, value: &'a str) -> &'a str {
        self.find("value", value).unwrap_or(value)
    }

    /// The same in a column, which may decide what it means; several are joined by `|`.
    pub fn cell(&self, column: &str, value: &str) -> String {
        let one = |part: &str| self.find("value", &format!("{column}.{part}")).or_else(|| self.find("value", part)).map(str::to_owned);
        let known: Option<Vec<String>> = value.split('|').map(one).collect();
        match known {
            Some(parts) => parts.join(self.say("mark.comma")),
            None if matches!(column, "changes" | "sources" | "side" | "origin" | "note") => value.replace('|', self.say("mark.comma")),
            None => value.to_owned(),
        }
    }

    /// The name of a language of documents.
    pub fn language(&self, code: &str) -> &str {
        self.find("language", code).unwrap_or_else(|| self.say("language.other"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn holes(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn both_languages_say_the_same() {
        let (en, zh) = (Words::of(Ui::En).unwrap(), Words::of(Ui::Zh).unwrap());
        for (section, own) in &en.sections {
            for (key, text) in own {
                let other = zh.find(section, key).unwrap_or_else(|| panic!("zh.toml has no {section}.{key}"));
                assert_eq!(holes(text), holes(other), "{section}.{key}");
            }
        }
        let free = |s: &&String| matches!(s.as_str(), "column" | "value");
        assert_eq!(en.sections.keys().filter(|s| !free(s)).collect::<Vec<_>>(), zh.sections.keys().filter(|s| !free(s)).collect::<Vec<_>>());
        for section in zh.sections.keys().filter(|s| !free(s)) {
            assert!(zh.sections[section].keys().eq(en.sections[section].keys()), "{section}");
        }
    }

    /// Every `say("…")`, `fill("…"` and `count(…, "…")` of the sources is there, and nothing else.
    #[test]
    fn what_is_asked_for_is_there() {
        let en = Words::of(Ui::En).unwrap();
        let mut asked = BTreeSet::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report"), Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    let dotted = |w: &&str| w.contains('.') && w.split('.').all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
                    asked.extend(text.split('"').filter(dotted).map(str::to_owned));
                }
            }
        }
        for (section, own) in en.sections.iter().filter(|(s, _)| !matches!(s.as_str(), "column" | "value" | "language")) {
            let whole = asked.contains(&format!("count.{section}")) || section.starts_with("n_");
            for key in own.keys() {
                assert!(whole || asked.contains(&format!("{section}.{key}")), "nobody says {section}.{key}");
            }
        }
        let sections: Vec<&String> = en.sections.keys().collect();
        for key in asked.iter().filter(|k| !k.ends_with(".css") && !k.ends_with(".js") && sections.iter().any(|s| k.starts_with(&format!("{s}.")))) {
            assert_ne!(en.say(key), key, "en.toml has no {key}");
        }
    }
}
