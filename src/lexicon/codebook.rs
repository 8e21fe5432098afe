//! The codebook: a page a theme that says in words what is counted under each formula, and where the claims about it come from.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::formula::{Formula, Theme};
use super::{Lexicons, Variant};
use crate::text::Language;

/// The pages as Markdown, each with the name of its file: `README.md`, then one a theme of the first level. A formula is on the page
/// of its main theme.
pub fn codebook(lexicons: &Lexicons) -> Vec<(String, String)> {
    let mut by_theme: BTreeMap<&str, Vec<&Formula>> = BTreeMap::new();
    for formula in lexicons.formulas() {
        by_theme.entry(formula.themes.first().map_or("other", String::as_str)).or_default().push(formula);
    }
    let described: Vec<&str> = lexicons.themes().iter().map(|t| t.id.as_str()).filter(|id| by_theme.contains_key(id)).collect();
    let mut order: Vec<&str> = Vec::new();
    for id in described.into_iter().chain(by_theme.keys().copied()) {
        if !order.contains(&id) {
            order.push(id);
        }
    }
    let mut pages = vec![(String::from("README.md"), index(lexicons, &order, &by_theme))];
    for id in order {
        pages.push((format!("{id}.md"), page(lexicons, id, &by_theme[id])));
    }
    pages
}

fn index(lexicons: &Lexicons, order: &[&str], by_theme: &BTreeMap<&str, Vec<&Formula>>) -> String {
    let mut out = String::from(
        "# Codebook\n\nWhat is counted under each formula. Made from the lexicons by `tifa lexicon export --format codebook`; `docs/lexicon.md` explains the patterns.\n\n",
    );
    out.push_str("| lexicon | version | formulas | of them with a sourced first use | content hash (SHA-256) |\n| --- | --- | ---: | ---: | --- |\n");
    for lexicon in lexicons.lexicons() {
        let sourced = lexicon.formulas.iter().filter(|f| f.first_use.is_some()).count();
        let _ = writeln!(
            out,
            "| {} | {} | {} | {sourced} | `{}` |",
            lexicon.name,
            lexicon.version,
            lexicon.formulas.len(),
            &lexicon.hash[..16.min(lexicon.hash.len())]
        );
    }
    out.push_str("\n| theme | | formulas |\n| --- | --- | ---: |\n");
    for id in order {
        let theme = lexicons.theme(id);
        let _ = writeln!(out, "| [{}]({id}.md) | {} | {} |", theme.label_in(Language::En), theme.label_in(Language::Zh), by_theme[id].len());
    }
    out
}

fn page(lexicons: &Lexicons, id: &str, formulas: &[&Formula]) -> String {
    let theme = lexicons.theme(id);
    let mut out = format!("# {} · {}\n\n", theme.label_in(Language::En), theme.label_in(Language::Zh));
    let inner: Vec<&Theme> = lexicons.themes().iter().filter(|t| t.parent() == Some(id)).collect();
    let main = |f: &Formula| f.themes.get(1).filter(|t| t.starts_with(&format!("{id}/"))).cloned().unwrap_or_default();
    let sections = inner.iter().map(|t| (t.id.clone(), Some(*t))).chain([(String::new(), None)]);
    for (section, theme) in sections {
        let own: Vec<&&Formula> = formulas.iter().filter(|f| main(f) == section).collect();
        if own.is_empty() {
            continue;
        }
        if let Some(theme) = theme {
            let _ = writeln!(out, "## {} · {}\n", theme.label_in(Language::En), theme.label_in(Language::Zh));
        } else if out.contains("\n## ") {
            out.push_str("## Others\n\n");
        }
        own.iter().for_each(|f| entry(lexicons, f, &mut out));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn entry(lexicons: &Lexicons, formula: &Formula, out: &mut String) {
    let labels: Vec<String> = formula.label.values().map(|l| plain(l)).collect();
    let _ = writeln!(out, "### {}\n", if labels.is_empty() { formula.id.clone() } else { labels.join(" · ") });
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "- {name}: {value}");
        }
    };
    line("id", format!("`{}`, in {}", formula.id, formula.lexicon));
    line("themes", formula.themes.join(", "));
    line("a species of", formula.parent.as_ref().map_or_else(String::new, |p| format!("`{p}`")));
    let species: Vec<String> = lexicons.formulas().filter(|f| f.parent.as_ref() == Some(&formula.id)).map(|f| format!("`{}`", f.id)).collect();
    line("its species", species.join(", "));
    line("originator", plain(&formula.originator));
    line("first use", first_use(formula));
    line("note", plain(&formula.note));
    for language in Language::ALL {
        line(&format!("variants ({})", language.code()), formula.patterns(language).map(variant).collect::<Vec<_>>().join("; "));
    }
    line("acronyms (where spelled out)", formula.acronyms().map(variant).collect::<Vec<_>>().join("; "));
    line("not", formula.not.iter().map(|p| code(p)).collect::<Vec<_>>().join("; "));
    let each = |texts: &BTreeMap<Language, String>| texts.values().map(|t| plain(t)).collect::<Vec<_>>().join(" / ");
    line("counts", each(&formula.example));
    line("does not count", each(&formula.counterexample));
    out.push('\n');
}

fn first_use(formula: &Formula) -> String {
    let Some(first) = &formula.first_use else { return String::new() };
    let source = first.source.as_ref().map_or_else(String::new, |s| {
        let title = if s.url.is_empty() { plain(&s.title) } else { format!("[{}](<{}>)", plain(&s.title).replace(['[', ']'], ""), s.url) };
        format!(" (source: {title}, {}, {})", plain(&s.publisher), s.date)
    });
    format!("{}, {}{source}", first.date, plain(&first.occasion))
}

fn variant(variant: &Variant) -> String {
    variant.with_facts(&code(&variant.pattern))
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

/// A text in which nothing is Markdown.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('<', "&lt;").replace('*', "\\*").replace('_', "\\_")
}
