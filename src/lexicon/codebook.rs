//! The codebook: a page a theme that says in words what is counted under each formula, and where the claims about it come from.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::formula::Formula;
use super::{Lexicons, Variant};
use crate::text::Language;

/// How the index of a codebook begins.
pub const TITLE: &str = "# Codebook\n";

/// The pages as Markdown, each with the name of its file: `README.md`, then one a theme of the first level. A formula is on the page
/// of its main theme. `of` says which lexicons are meant, by their names.
pub fn codebook(lexicons: &Lexicons, of: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut by_theme: BTreeMap<&str, Vec<&Formula>> = BTreeMap::new();
    for formula in lexicons.formulas().filter(|f| of(&f.lexicon)) {
        by_theme.entry(formula.themes.first().map_or("other", String::as_str)).or_default().push(formula);
    }
    let described: Vec<&str> = lexicons.themes().iter().map(|t| t.id.as_str()).filter(|id| by_theme.contains_key(id)).collect();
    let mut order: Vec<&str> = Vec::new();
    for id in described.into_iter().chain(by_theme.keys().copied()) {
        if !order.contains(&id) {
            order.push(id);
        }
    }
    let mut pages = vec![(String::from("README.md"), index(lexicons, of, &order, &by_theme))];
    for id in order {
        pages.push((file_of(id), page(lexicons, id, &by_theme[id])));
    }
    pages
}

/// The file of a theme's page; the index has a name of its own.
fn file_of(id: &str) -> String {
    if id.eq_ignore_ascii_case("readme") { format!("theme-{id}.md") } else { format!("{id}.md") }
}

fn index(lexicons: &Lexicons, of: &dyn Fn(&str) -> bool, order: &[&str], by_theme: &BTreeMap<&str, Vec<&Formula>>) -> String {
    let made =
        "What is counted under each formula. Made from the lexicons by `tifa lexicon export --format codebook`; `docs/lexicon.md` explains the patterns.";
    let mut out = format!("{TITLE}\n{made}\n\n");
    out.push_str("| lexicon | version | formulas | of them with a sourced first use | content hash (SHA-256) |\n| --- | --- | ---: | ---: | --- |\n");
    for lexicon in lexicons.lexicons().iter().filter(|l| of(&l.name)) {
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
        let _ =
            writeln!(out, "| [{}]({}) | {} | {} |", cell(theme.label_in(Language::En)), file_of(id), cell(theme.label_in(Language::Zh)), by_theme[id].len());
    }
    out
}

fn page(lexicons: &Lexicons, id: &str, formulas: &[&Formula]) -> String {
    let theme = lexicons.theme(id);
    let mut out = format!("# {} · {}\n\n", theme.label_in(Language::En), theme.label_in(Language::Zh));
    let main = |f: &Formula| f.themes.get(1).filter(|t| t.starts_with(&format!("{id}/"))).cloned().unwrap_or_default();
    // Sections as the themes are described, then those that nobody describes, then what is of no inner theme.
    let mut sections: Vec<String> = Vec::new();
    let described = lexicons.themes().iter().filter(|t| t.parent() == Some(id)).map(|t| t.id.clone());
    for section in described.chain(formulas.iter().map(|f| main(f)).filter(|s| !s.is_empty())).chain([String::new()]) {
        if !sections.contains(&section) {
            sections.push(section);
        }
    }
    for section in sections {
        let own: Vec<&&Formula> = formulas.iter().filter(|f| main(f) == section).collect();
        if own.is_empty() {
            continue;
        }
        if !section.is_empty() {
            let theme = lexicons.theme(&section);
            let _ = writeln!(out, "## {} · {}\n", plain(theme.label_in(Language::En)), plain(theme.label_in(Language::Zh)));
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
    let side = if formula.side.is_empty() { String::new() } else { format!(" ({})", formula.side.replace('|', ", ")) };
    line("originator", format!("{}{side}", plain(&formula.originator)));
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
        let title = if s.url.is_empty() { plain(&s.title) } else { format!("[{}](<{}>)", plain(&s.title), s.url) };
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

/// A text in a line, in which no sign is Markdown.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().fold(String::new(), |mut out, c| {
        match c {
            '<' => out.push_str("&lt;"),
            '*' | '_' | '`' | '[' | ']' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
        out
    })
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    plain(text).replace('|', "\\|")
}
