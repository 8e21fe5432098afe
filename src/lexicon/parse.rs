//! From a lexicon file to formulas.

use std::collections::{BTreeMap, HashMap};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use sha2::{Digest, Sha256};
use toml::de::DeTable;

use super::fields::{Faults, Fields, Placed};
use super::formula::{FirstUse, Formula, Lexicon, Source, Theme};
use super::variants::variants;
use crate::error::{Error, Fault, Result, toml_fault};
use crate::text::Language;

/// Parses a lexicon; `file` is how messages call it.
///
/// # Errors
/// All that is wrong with the file, each with its line.
pub fn parse_lexicon(file: &str, text: &str) -> Result<Lexicon> {
    let (lexicon, faults) = read_lexicon(file, text);
    if faults.is_empty() { Ok(lexicon) } else { Err(Error::Faults(faults)) }
}

/// What can be read of a lexicon, and all that is wrong with it in the order of its lines.
pub fn read_lexicon(file: &str, text: &str) -> (Lexicon, Vec<Fault>) {
    let mut faults = Faults::of(file, text);
    let hash = crate::text::hex(&Sha256::digest(text.as_bytes()));
    let mut lexicon = Lexicon { hash, ..Lexicon::default() };
    if let Some(table) = table_of(text, &mut faults) {
        read(Fields::new(table, 0, &mut faults), &mut lexicon);
    }
    (lexicon, faults.into_sorted())
}

/// The table that `text` is; `None` if it is no TOML.
fn table_of<'t>(text: &'t str, faults: &mut Faults) -> Option<DeTable<'t>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let (at, message) = toml_fault(text, error);
        faults.add(at, message);
    }
    errors.is_empty().then(|| table.into_inner())
}

/// Parses a file of themes.
///
/// # Errors
/// All that is wrong with the file, each with its line.
pub fn parse_themes(file: &str, text: &str) -> Result<Vec<Theme>> {
    let mut faults = Faults::of(file, text);
    let mut all = Vec::new();
    if let Some(table) = table_of(text, &mut faults) {
        let mut fields = Fields::new(table, 0, &mut faults);
        all = themes(&mut fields, file);
        fields.finish();
    }
    if faults.count() == 0 { Ok(all) } else { Err(Error::Faults(faults.into_sorted())) }
}

fn read(mut fields: Fields<'_, '_>, lexicon: &mut Lexicon) {
    lexicon.name = fields.words("name");
    lexicon.version = fields.words("version");
    lexicon.description = fields.words("description");
    if lexicon.name.is_empty() {
        fields.fault(0, "the lexicon has no name; write `name = \"…\"` at its top");
    }
    if lexicon.version.is_empty() {
        fields.fault(0, "the lexicon has no version; write `version = \"1\"` at its top");
    }
    let file = fields.faults.file().to_owned();
    lexicon.themes = themes(&mut fields, &file);
    let entries = fields.list("formula");
    if entries.is_empty() && !lexicon.name.is_empty() {
        fields.fault(0, "no [[formula]] in the lexicon");
    }
    let mut lines: HashMap<String, usize> = HashMap::new();
    let (faults, name) = (&*fields.faults, &lexicon.name);
    let read: Vec<(Option<Formula>, Faults)> = entries
        .into_par_iter()
        .map(|entry| {
            let mut own = faults.of_part();
            let formula = Fields::under(entry, "formula", &mut own).and_then(|f| formula(f, name, &file));
            (formula, own)
        })
        .collect();
    for (formula, own) in read {
        fields.faults.extend(own);
        let Some(formula) = formula else { continue };
        if let Some(first) = lines.get(&formula.id) {
            fields.faults.add_line(formula.line, format!("the id `{}` is already on line {first}; rename or merge", formula.id));
            continue;
        }
        lines.insert(formula.id.clone(), formula.line);
        lexicon.formulas.push(formula);
    }
    fields.finish();
}

fn themes(fields: &mut Fields<'_, '_>, file: &str) -> Vec<Theme> {
    let mut themes: Vec<Theme> = Vec::new();
    for entry in fields.list("theme") {
        let Some(mut theme) = Fields::under(entry, "theme", fields.faults) else { continue };
        let line = theme.faults.line(theme.at);
        let (id, at) = theme.text("id").unwrap_or((String::new(), theme.at));
        let label = theme.each("label").into_iter().map(|(l, (text, _))| (l, text)).collect();
        if !is_theme_id(&id) {
            theme.fault(at, format!("the theme `{id}` is to be of letters, digits and hyphens, with at most one `/`"));
        }
        theme.finish();
        if themes.iter().any(|t| t.id == id) {
            fields.fault(at, format!("the theme `{id}` is described twice"));
        }
        themes.push(Theme { id, label, file: file.to_owned(), line });
    }
    themes
}

fn is_theme_id(id: &str) -> bool {
    let part = |p: &str| !p.is_empty() && p.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    id.split('/').all(part) && id.split('/').count() <= 2
}

/// The formula of one entry; `None` where too little is right to go on.
fn formula(mut fields: Fields<'_, '_>, lexicon: &str, file: &str) -> Option<Formula> {
    let line = fields.faults.line(fields.at);
    let Some((id, at)) = fields.text("id") else {
        let at = fields.at;
        fields.fault(at, "a formula without an id; give it one of letters, digits and hyphens");
        return None;
    };
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        fields.fault(at, format!("the id `{id}` is to be of letters, digits and hyphens"));
    }
    fields.of.clone_from(&id);
    let mut formula = Formula { lexicon: lexicon.to_owned(), file: file.to_owned(), line, id, ..Formula::default() };
    let labels = fields.each("label");
    for (text, at) in labels.values() {
        if text.trim().is_empty() {
            fields.fault(*at, "an empty label; leave it out or fill it in");
        }
    }
    formula.label = plain(labels);
    formula.themes = formula_themes(&mut fields);
    formula.parent = fields.text("parent").map(|(p, _)| p);
    formula.originator = fields.words("originator");
    formula.side = fields.words("side");
    formula.first_use = first_use(&mut fields);
    formula.overrides = fields.flag("override");
    formula.note = fields.words("note");
    variants(&mut fields, &mut formula);
    formula.example = plain(fields.each("example"));
    formula.counterexample = plain(fields.each("counterexample"));
    fields.finish();
    Some(formula)
}

fn plain(texts: BTreeMap<Language, Placed>) -> BTreeMap<Language, String> {
    texts.into_iter().map(|(language, (text, _))| (language, text)).collect()
}

/// The themes, each after the one in which it lies.
fn formula_themes(fields: &mut Fields<'_, '_>) -> Vec<String> {
    let mut themes: Vec<String> = Vec::new();
    for (theme, at) in fields.texts("themes") {
        if !is_theme_id(&theme) {
            fields.fault(at, format!("the theme `{theme}` is to be of letters, digits and hyphens, with at most one `/`"));
        }
        let outer = theme.split_once('/').map(|(outer, _)| outer.to_owned());
        for id in outer.into_iter().chain([theme]) {
            if !themes.contains(&id) {
                themes.push(id);
            }
        }
    }
    themes
}

fn first_use(fields: &mut Fields<'_, '_>) -> Option<FirstUse> {
    fields.table("first_use", |f| {
        let first = f.date("date");
        if first.is_empty() {
            let at = f.at;
            f.fault(at, "a first use without a date; write `date = \"2013-03-23\"`, or a month or year");
        }
        let occasion = f.words("occasion");
        let source = f.table("source", |s| Source { title: s.words("title"), publisher: s.words("publisher"), date: s.date("date"), url: s.words("url") });
        FirstUse { date: first, occasion, source }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"name = "x"
version = "1"
[[formula]]
id = "a"
label = { en = "A" }
en = ["alpha"]
"#;

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, line, want) in [
            (GOOD.replace("id = \"a\"", "id = \"a\"\ncolour = 1"), 5, "unknown field `colour`"),
            (GOOD.replace("[\"alpha\"]", "[\"alpha\", \"\"]"), 6, "`a`: an empty variant"),
            (GOOD.replace("alpha", "al[pha"), 6, "`[` is not closed"),
            (GOOD.replace("alpha", "\u{200B}"), 6, "nothing that can be matched"),
            (format!("{GOOD}[[formula]]\nid = \"a\"\nlabel = {{}}\nen = [\"b\"]\n"), 7, "the id `a` is already on line 3"),
            (GOOD.replace("\"a\"", "\"a b\""), 4, "letters, digits and hyphens"),
            (GOOD.replace("id = \"a\"\n", ""), 3, "without an id"),
            (GOOD.replace("en = [\"alpha\"]", ""), 3, "no variant"),
            (GOOD.replace("alpha", "---"), 6, "nothing that can be matched"),
            (GOOD.replace("\"A\"", "\" \""), 5, "an empty label"),
            (GOOD.replace("\"x\"", "\"\""), 1, "no name"),
            (GOOD.replace("version = \"1\"", ""), 1, "no version"),
            ("name = \"x\"\nversion = \"1\"\n".into(), 1, "no [[formula]]"),
            (GOOD.replace("{ en = \"A\" }", "{ fr = \"A\" }"), 5, "unknown field `fr`"),
            (GOOD.replace("version = \"1\"", "version = "), 2, ""),
            (GOOD.replace("[\"alpha\"]", "\"alpha\""), 6, "`en` is to be a list"),
            (GOOD.replace("[\"alpha\"]", "[3]"), 6, "a variant is a pattern"),
            (GOOD.replace("[\"alpha\"]", "[{ pattern = \"alpha\", when = 1 }]"), 6, "unknown field `when`"),
            (GOOD.replace("[\"alpha\"]", "[{ pattern = \"alpha\", until = \"May\" }]"), 6, "`until = May` is no date"),
            (format!("{GOOD}acronyms = [\"G*\"]\n"), 7, "`*` needs"),
            (format!("{GOOD}acronyms = [\"GDI*\"]\n"), 7, "letters as they stand"),
            (format!("{GOOD}first_use = {{ date = \"2013-13\" }}\n"), 7, "is no date"),
            (format!("{GOOD}first_use = {{ occasion = \"x\" }}\n"), 7, "without a date"),
            (format!("{GOOD}override = 1\n"), 7, "true or false"),
            (format!("{GOOD}themes = [\"a/b/c\"]\n"), 7, "at most one `/`"),
            (format!("{GOOD}not = {{ en = [\"x{{\"] }}\n"), 7, "`{` is not closed"),
            (GOOD.replace("alpha", "a{1,2,3,4,5,6,7,8,9}{1,2,3,4,5,6,7,8,9}{1,2,3,4,5,6,7,8,9}{1,2,3}"), 6, "more than 2000"),
        ] {
            let message = parse_lexicon("f.toml", &text).unwrap_err().to_string();
            assert!(message.starts_with(&format!("f.toml:{line}: ")) && message.contains(want), "want line {line} {want}, got {message}");
        }
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let text = "name = \"x\"\n[[formula]]\nid = \"a b\"\ncolour = 1\nen = [\"x{\", \"\"]\n[[formula]]\nzh = [\"好\"]\n";
        let message = parse_lexicon("f.toml", text).unwrap_err().to_string();
        let lines: Vec<&str> = message.lines().map(|l| l.split(": ").next().unwrap()).collect();
        assert_eq!(lines, ["f.toml:1", "f.toml:3", "f.toml:4", "f.toml:5", "f.toml:5", "f.toml:6"], "{message}");
    }

    #[test]
    fn a_good_file_parses() {
        let lexicon = parse_lexicon("f.toml", GOOD).unwrap();
        assert_eq!((lexicon.formulas[0].id.as_str(), lexicon.formulas[0].line), ("a", 3));
        assert_eq!(lexicon.hash.len(), 64);
    }

    #[test]
    fn everything_a_formula_can_have() {
        let text = r#"name = "x"
version = "1"
[[theme]]
id = "t/u"
label = { en = "U" }
[[formula]]
id = "a"
themes = ["t/u", "v"]
originator = "Somebody"
first_use = { date = 2013-03-23, occasion = "A speech", source = { title = "T", publisher = "P", date = 2013 } }
en = [{ pattern = "colour of hope(s)", since = 2011, until = "2017-10", needs = ["rain"] }, "b"]
needs = ["rain"]
acronyms = [{ pattern = "COH", needs = ["c*x", "hope"] }, "HOC"]
"#
        .replace("c*x", "car*");
        let lexicon = parse_lexicon("f.toml", &text).unwrap();
        let formula = &lexicon.formulas[0];
        assert_eq!(formula.themes, ["t", "t/u", "v"]);
        assert_eq!(formula.wordings[1].forms, ["colour of hopes", "color of hopes"]);
        assert_eq!((formula.wordings[0].needs.to_vec(), formula.variants[0].period().as_str()), (vec!["rain".to_owned()], "2011 to 2017-10"));
        assert_eq!(formula.first_use.as_ref().unwrap().source.as_ref().unwrap().date, "2013");
        assert_eq!(formula.acronyms().map(|v| v.needs.join(" ")).collect::<Vec<_>>(), ["car* hope", "rain"]);
        assert_eq!((formula.patterns(Language::En).count(), formula.line), (2, 6));
        assert_eq!(lexicon.themes[0].parent(), Some("t"));
    }
}
