//! Lexicons for other programs: a table with all that is known, and a quanteda dictionary in YAML. What cannot be kept is
//! listed.

use std::collections::HashSet;

use super::formula::{Formula, Variant};
use crate::error::{Error, Result};
use crate::text::Language;

/// A file for another program, and what is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The file.
    pub text: String,
    /// What could not be kept.
    pub lost: Vec<String>,
}

/// The columns of the table: one row a pattern, with all that is known of its formula.
const COLUMNS: [&str; 27] = [
    "formula",
    "lexicon",
    "label_en",
    "label_zh",
    "themes",
    "parent",
    "kind",
    "language",
    "pattern",
    "since",
    "until",
    "needs",
    "originator",
    "side",
    "first_use",
    "occasion",
    "source_title",
    "source_publisher",
    "source_date",
    "source_url",
    "note",
    "example_en",
    "example_zh",
    "counterexample_en",
    "counterexample_zh",
    "line",
    "file",
];

/// `formulas` as a table in CSV, which `tifa lexicon import` reads again.
///
/// # Errors
/// None that is known.
pub fn export_csv<'f>(formulas: impl Iterator<Item = &'f Formula>) -> Result<Export> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut lost = vec!["the lexicons' names as wholes, versions and descriptions, and their themes' labels".to_owned()];
    let failed = |e: csv::Error| Error::Usage(e.to_string());
    writer.write_record(COLUMNS).map_err(failed)?;
    for formula in formulas {
        for variant in &formula.variants {
            let kind = if variant.is_acronym() { "acronym" } else { "variant" };
            writer.write_record(row(formula, kind, variant)).map_err(failed)?;
        }
        for pattern in &formula.not {
            let language = if pattern.chars().any(crate::text::is_han) { Language::Zh } else { Language::En };
            let variant = Variant { language: Some(language), pattern: pattern.clone(), ..Variant::default() };
            writer.write_record(row(formula, "not", &variant)).map_err(failed)?;
        }
        if formula.overrides {
            lost.push(format!("`{}`: that it takes the place of another", formula.id));
        }
    }
    let bytes = writer.into_inner().map_err(|e| Error::Usage(e.to_string()))?;
    Ok(Export { text: String::from_utf8_lossy(&bytes).into_owned(), lost })
}

fn row(formula: &Formula, kind: &str, variant: &Variant) -> Vec<String> {
    let first = formula.first_use.clone().unwrap_or_default();
    let source = first.source.unwrap_or_default();
    let of = |texts: &std::collections::BTreeMap<Language, String>, language: Language| texts.get(&language).cloned().unwrap_or_default();
    // `a/b` says that it lies in `a`.
    let inner = |t: &&String| !formula.themes.iter().any(|o| o.starts_with(&format!("{t}/")));
    vec![
        formula.id.clone(),
        formula.lexicon.clone(),
        of(&formula.label, Language::En),
        of(&formula.label, Language::Zh),
        formula.themes.iter().filter(inner).cloned().collect::<Vec<_>>().join("|"),
        formula.parent.clone().unwrap_or_default(),
        kind.to_owned(),
        variant.language.map_or("", Language::code).to_owned(),
        variant.pattern.clone(),
        variant.since.clone(),
        variant.until.clone(),
        variant.needs.join("|"),
        formula.originator.clone(),
        formula.side.clone(),
        first.date,
        first.occasion,
        source.title,
        source.publisher,
        source.date,
        source.url,
        formula.note.clone(),
        of(&formula.example, Language::En),
        of(&formula.example, Language::Zh),
        of(&formula.counterexample, Language::En),
        of(&formula.counterexample, Language::Zh),
        formula.line.to_string(),
        formula.file.clone(),
    ]
}

/// `formulas` as a quanteda dictionary: a key each, with all its wordings written out.
pub fn export_yaml<'f>(formulas: impl Iterator<Item = &'f Formula>) -> Export {
    let mut text = String::new();
    let (mut lost, mut all, mut acronyms, mut not, mut needs) = (Vec::new(), 0, Vec::new(), Vec::new(), Vec::new());
    for formula in formulas {
        all += 1;
        text.push_str(&format!("{}:\n", serde_json::Value::from(formula.id.as_str())));
        let mut said: HashSet<&str> = HashSet::new();
        for form in formula.wordings.iter().flat_map(|w| &w.forms) {
            if said.insert(form) {
                text.push_str(&format!("  - {}\n", serde_json::Value::from(form.as_str())));
            }
        }
        let id = formula.id.as_str();
        acronyms.extend(formula.acronyms().next().map(|_| id));
        not.extend((!formula.not.is_empty()).then_some(id));
        needs.extend(formula.variants.iter().any(|v| !v.needs.is_empty()).then_some(id));
    }
    lost.push(format!("labels, themes, parents, sources, notes, examples and periods of {all} formulas; that a longer formula hides a shorter one; that hyphen and blank are one"));
    for (what, ids) in
        [("the case of acronyms, and that they have to be spelled out", acronyms), ("what does not count (`not`)", not), ("what a wording needs", needs)]
    {
        if !ids.is_empty() {
            lost.push(format!("{what}: {}", ids.join(", ")));
        }
    }
    Export { text, lost }
}

#[cfg(test)]
mod tests {
    use super::super::import::{Dictionary, import};
    use super::super::{Lexicons, parse_lexicon};
    use super::*;

    #[test]
    fn what_is_exported_as_a_table_is_imported_the_same() {
        let lexicons = Lexicons::load(&[""; 0], false).unwrap();
        for lexicon in lexicons.lexicons() {
            let export = export_csv(lexicon.formulas.iter()).unwrap();
            let text = import("x.csv", &export.text, Dictionary::Csv).unwrap().to_toml(&lexicon.name, "x.csv");
            let again = parse_lexicon("x.toml", &text).unwrap();
            let facts = |f: &Formula| {
                let mut not = f.not.clone();
                not.sort();
                let variants: Vec<_> = f.variants.iter().map(|v| (v.language, v.pattern.clone(), v.period(), v.needs.clone())).collect();
                (f.id.clone(), f.label.clone(), f.parent.clone(), f.first_use.clone(), f.note.clone(), variants, not, f.example.clone())
            };
            for (a, b) in lexicon.formulas.iter().zip(&again.formulas) {
                assert_eq!(facts(a), facts(b));
            }
            assert_eq!(lexicon.formulas.len(), again.formulas.len());
        }
    }

    #[test]
    fn a_dictionary_for_quanteda_reads_again_and_lists_what_it_lacks() {
        let text =
            "name = \"x\"\nversion = \"1\"\n[[formula]]\nid = \"a\"\nen = [\"a \\\"centre\\\"\", \"civil*\"]\nacronyms = [\"AC\"]\nnot = { en = [\"b\"] }\n";
        let lexicon = parse_lexicon("x.toml", text).unwrap();
        let export = export_yaml(lexicon.formulas.iter());
        assert_eq!(export.text, "\"a\":\n  - \"a \\\"centre\\\"\"\n  - \"a \\\"center\\\"\"\n  - \"civil*\"\n  - \"AC\"\n");
        assert_eq!(export.lost.len(), 3, "{:?}", export.lost);
        assert_eq!(import("x.yml", &export.text, Dictionary::Quanteda).unwrap().len(), 1);
    }
}
