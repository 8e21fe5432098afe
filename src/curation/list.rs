//! All formulas as a table.

use polars::prelude::*;

use crate::error::Result;
use crate::lexicon::{Formula, Lexicons, Variant};
use crate::table::text_column;
use crate::text::Language;

/// One row a formula: `formula, lexicon, label_en, label_zh, theme, parent, originator, first_use, en, zh, acronyms, not, note`; several values
/// of a cell are joined with `|`.
///
/// # Errors
/// What polars cannot put together.
pub fn formulas(lexicons: &Lexicons) -> Result<DataFrame> {
    let text = |name: &str, get: &dyn Fn(&Formula) -> String| {
        let values: Vec<String> = lexicons.formulas().map(get).collect();
        text_column(name, values.iter().map(String::as_str))
    };
    let label = |language: Language| move |f: &Formula| f.label.get(&language).cloned().unwrap_or_default();
    let joined = |variants: &mut dyn Iterator<Item = &Variant>| variants.map(|v| v.pattern.as_str()).collect::<Vec<_>>().join("|");
    let patterns = |language: Language| move |f: &Formula| joined(&mut f.patterns(language));
    Ok(DataFrame::new_infer_height(vec![
        text("formula", &|f| f.id.clone()),
        text("lexicon", &|f| f.lexicon.clone()),
        text("label_en", &label(Language::En)),
        text("label_zh", &label(Language::Zh)),
        text("theme", &|f| f.themes.join("|")),
        text("parent", &|f| f.parent.clone().unwrap_or_default()),
        text("originator", &|f| f.originator.clone()),
        text("first_use", &|f| f.first_use.as_ref().map_or_else(String::new, |u| u.date.clone())),
        text("en", &patterns(Language::En)),
        text("zh", &patterns(Language::Zh)),
        text("acronyms", &|f| joined(&mut f.acronyms())),
        text("not", &|f| f.not.join("|")),
        text("note", &|f| f.note.clone()),
    ])?)
}
