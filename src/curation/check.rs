//! A lexicon held against itself: what cannot match, what matches twice, what its own examples say, and what has no source.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::finding::{Finding, Level};
use crate::error::{Fault, Result};
use crate::lexicon::{BUILTIN_THEMES, Formula, Lexicons, Theme, Wording};
use crate::matcher::{Match, Matcher, key};
use crate::text::fold;

/// So many of the longer formulas in which a variant stands are named.
const SHOWN: usize = 3;

/// All that is wrong or odd with the formulas of the `files` among `lexicons` (all of them, if none is named), given what
/// the parser has already found; by file and line.
///
/// # Errors
/// Lexicons too large to be searched for.
pub fn check(lexicons: &Lexicons, faults: Vec<Fault>, files: &[String]) -> Result<Vec<Finding>> {
    let matcher = Matcher::new(lexicons)?;
    let meant = |file: &str| files.is_empty() || files.iter().any(|f| f == file);
    let mut findings: Vec<Finding> = faults.into_iter().map(Finding::of_fault).collect();
    for formula in lexicons.formulas().filter(|f| meant(&f.file)) {
        facts(formula, &mut findings);
        examples(formula, &matcher, &mut findings);
        repeated(formula, &mut findings);
        unmatchable(formula, &matcher, &mut findings);
    }
    shared(lexicons, &meant, &mut findings);
    nested(lexicons, &matcher, &meant, &mut findings);
    themes(lexicons, &meant, &mut findings);
    findings.sort_by(|a, b| (&a.file, a.line, a.level, &a.variant, &a.message).cmp(&(&b.file, b.line, b.level, &b.variant, &b.message)));
    Ok(findings)
}

/// Labels, the first use and its source, and the periods of variants.
fn facts(formula: &Formula, findings: &mut Vec<Finding>) {
    let mut say = |level, kind, message: String| findings.push(Finding::of(formula, level, kind, message));
    for language in formula.languages().iter().filter(|l| !formula.label.contains_key(l)) {
        say(Level::Warning, "no label", format!("no label in {}; give `label = {{ {} = \"…\" }}`", language.code(), language.code()));
    }
    if let Some(first) = &formula.first_use {
        match &first.source {
            None => say(Level::Error, "no source", format!("the first use of {} has no source; give title, publisher and date, or leave it out", first.date)),
            Some(source) => {
                let parts = [("title", &source.title), ("publisher", &source.publisher), ("date", &source.date)];
                let missing: Vec<&str> = parts.iter().filter(|(_, value)| value.is_empty()).map(|(name, _)| *name).collect();
                if !missing.is_empty() {
                    say(
                        Level::Error,
                        "no source",
                        format!("the source of the first use has no {}; give it, or leave the first use out", missing.join(", no ")),
                    );
                } else if is_before(&source.date, &first.date) {
                    say(
                        Level::Error,
                        "no source",
                        format!("the source of {} is older than the first use of {}; one of the dates is wrong", source.date, first.date),
                    );
                }
            }
        }
        if first.occasion.is_empty() {
            say(Level::Warning, "no occasion", "the first use has no occasion; say in which speech or text".into());
        }
    }
    for variant in formula.variants.iter().filter(|v| !v.since.is_empty() && is_before(&v.until, &v.since)) {
        let message = format!("it ends in {} before it begins in {}", variant.until, variant.since);
        findings.push(Finding::of_variant(formula, variant, Level::Error, "period", message));
    }
}

/// Whether the date `a` lies wholly before `b`; both may be years or months.
fn is_before(a: &str, b: &str) -> bool {
    let shared = a.len().min(b.len());
    !a.is_empty() && a[..shared] < b[..shared]
}

/// What the examples and counter-examples say.
fn examples(formula: &Formula, matcher: &Matcher, findings: &mut Vec<Finding>) {
    for language in formula.languages() {
        let code = language.code();
        let mut say = |level, kind, message: String| findings.push(Finding::of(formula, level, kind, message));
        match formula.example.get(&language) {
            None => say(Level::Warning, "no example", format!("no example in {code}; give a sentence that holds it")),
            Some(text) => match standing(formula, matcher, text) {
                Standing::Counted => {}
                Standing::Within(outer) => say(Level::Error, "example missed", format!("in its example it lies in `{outer}` and is not counted: {text}")),
                Standing::Absent => say(Level::Error, "example missed", format!("its example does not hold it: {text}")),
            },
        }
        match formula.counterexample.get(&language) {
            None => say(Level::Warning, "no example", format!("no counter-example in {code}; give a sentence that nearly holds it")),
            Some(text) if standing(formula, matcher, text) == Standing::Counted => {
                say(Level::Error, "counter-example hit", format!("its counter-example holds it: {text}"));
            }
            Some(_) => {}
        }
    }
}

/// How a formula stands in a text.
#[derive(PartialEq, Eq)]
enum Standing {
    Counted,
    Within(String),
    Absent,
}

fn standing(formula: &Formula, matcher: &Matcher, text: &str) -> Standing {
    let formulas = matcher.formulas();
    let found = matcher.find_in(text);
    let own: Vec<_> = found.iter().filter(|m| formulas[m.formula].id == formula.id).collect();
    match own.iter().find(|m| m.within.is_none()).or(own.first()) {
        None => Standing::Absent,
        Some(m) => m.within.map_or(Standing::Counted, |w| Standing::Within(formulas[w].id.clone())),
    }
}

/// Variants of which all is said by others of the formula. Of two that say the same, the later one.
fn repeated(formula: &Formula, findings: &mut Vec<Finding>) {
    let mut own: BTreeMap<usize, BTreeSet<(String, bool)>> = BTreeMap::new();
    for wording in formula.wordings.iter().filter(|w| !w.coordinated) {
        own.entry(wording.variant).or_default().extend(keys(wording));
    }
    let mut said: HashMap<&(String, bool), BTreeSet<usize>> = HashMap::new();
    for (variant, forms) in &own {
        forms.iter().for_each(|form| _ = said.entry(form).or_default().insert(*variant));
    }
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    // A part that can stand in a list says more than its own wording.
    for (variant, forms) in own.iter().rev().filter(|(v, _)| !formula.variants[**v].pattern.contains('<')) {
        let others = |form: &(String, bool)| said[form].iter().copied().find(|o| o != variant && !gone.contains(o));
        let Some(by) = forms.iter().map(others).collect::<Option<BTreeSet<usize>>>() else { continue };
        gone.insert(*variant);
        let by: Vec<String> = by.into_iter().map(|o| format!("`{}` on line {}", formula.variants[o].pattern, formula.variants[o].line)).collect();
        let message = format!("shadowed: all that it says is said by {}; remove it", by.join(" and "));
        findings.push(Finding::of_variant(formula, &formula.variants[*variant], Level::Warning, "shadowed", message));
    }
}

/// Wordings that are not even found in themselves.
fn unmatchable(formula: &Formula, matcher: &Matcher, findings: &mut Vec<Finding>) {
    let formulas = matcher.formulas();
    let mut dead: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for wording in &formula.wordings {
        let found = |form: &String| {
            // A hyphen in a word is a blank to the matcher, and never its first or last sign.
            if key(form).starts_with('-') || key(form).ends_with('-') {
                return false;
            }
            let form = form.replace('*', "");
            let folded = fold(&form);
            let covers = |m: &Match| formulas[m.formula].id == formula.id && m.start == 0 && m.end == folded.as_str().len();
            matcher.find(&folded, &form, &[]).iter().any(covers)
        };
        if !wording.forms.iter().any(found) {
            dead.entry(wording.variant).or_default().push(&wording.literal);
        }
    }
    for (variant, mut literals) in dead {
        literals.dedup();
        let message =
            format!("can never match: `{}` is not even found in itself; its own `not` leaves it out, or a sign at its edge does", literals.join("`, `"));
        findings.push(Finding::of_variant(formula, &formula.variants[variant], Level::Error, "never matches", message));
    }
}

/// Wordings under two ids.
fn shared(lexicons: &Lexicons, meant: &dyn Fn(&str) -> bool, findings: &mut Vec<Finding>) {
    let mut owners: HashMap<(String, bool), (&Formula, usize)> = HashMap::new();
    let mut said: BTreeSet<(&str, usize, &str)> = BTreeSet::new();
    for formula in lexicons.formulas() {
        for wording in formula.wordings.iter().filter(|w| !w.coordinated) {
            for key in keys(wording) {
                let (other, theirs) = *owners.entry(key).or_insert((formula, wording.variant));
                if other.id == formula.id || !(meant(&formula.file) || meant(&other.file)) || !said.insert((&formula.id, wording.variant, &other.id)) {
                    continue;
                }
                // The user is told of the file that he has given.
                let here = (formula, wording.variant);
                let (told, its, other, theirs) = if meant(&formula.file) { (here.0, here.1, other, theirs) } else { (other, theirs, here.0, here.1) };
                // An acronym counts where its own formula is spelled out, and what needs something else where that is.
                let apart = wording.acronym || told.variants[its].needs != other.variants[theirs].needs;
                let level = if apart { Level::Note } else { Level::Error };
                let place = format!("{}:{}", other.file, other.variants[theirs].line);
                let message = format!("`{}` is under two ids: also under `{}` ({place}), so that both count; keep it in one", wording.literal, other.id);
                findings.push(Finding::of_variant(told, &told.variants[its], level, "two ids", message));
            }
        }
    }
}

/// Variants that stand in longer wordings of formulas that are no relatives.
fn nested(lexicons: &Lexicons, matcher: &Matcher, meant: &dyn Fn(&str) -> bool, findings: &mut Vec<Finding>) {
    let formulas = matcher.formulas();
    let mut inside: BTreeMap<(usize, usize), BTreeMap<&str, &str>> = BTreeMap::new();
    for outer in formulas {
        for wording in outer.wordings.iter().filter(|w| !w.acronym && !w.coordinated) {
            let text = wording.literal.replace('*', "");
            for m in matcher.find(&fold(&text), &text, &[]).into_iter().filter(|m| formulas[m.formula].id != outer.id && m.within.is_some()) {
                let variant = formulas[m.formula].wordings[m.wording].variant;
                inside.entry((m.formula, variant)).or_default().entry(&outer.id).or_insert(&wording.literal);
            }
        }
    }
    for ((f, variant), outers) in inside {
        let formula = &formulas[f];
        let related = |id: &str| lexicons.ancestors(id).contains(&formula.id.as_str()) || lexicons.ancestors(&formula.id).contains(&id);
        let outers: Vec<(&str, &str)> = outers.into_iter().filter(|(id, _)| !related(id)).collect();
        let about = meant(&formula.file) || outers.iter().any(|(id, _)| lexicons.formula(id).is_some_and(|f| meant(&f.file)));
        if let (false, true) = (outers.is_empty(), about) {
            let list: Vec<String> = outers.iter().take(SHOWN).map(|(id, literal)| format!("`{literal}` ({id})")).collect();
            let more = if outers.len() > SHOWN { format!(" and {} more", outers.len() - SHOWN) } else { String::new() };
            let message = format!("shadowed where it stands in {}{more}: such a hit counts for the longer formula only", list.join(", "));
            findings.push(Finding::of_variant(formula, &formula.variants[variant], Level::Note, "shadowed", message));
        }
    }
}

/// Themes that nobody describes, and those that nobody uses.
fn themes(lexicons: &Lexicons, meant: &dyn Fn(&str) -> bool, findings: &mut Vec<Finding>) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for formula in lexicons.formulas() {
        for theme in &formula.themes {
            used.insert(theme);
            if meant(&formula.file) && lexicons.theme(theme).line == 0 {
                let message = format!("the theme `{theme}` is described nowhere; correct it, or describe it with [[theme]]");
                findings.push(Finding::of(formula, Level::Warning, "unknown theme", message));
            }
        }
        if formula.themes.is_empty() && meant(&formula.file) {
            findings.push(Finding::of(formula, Level::Warning, "no theme", "belongs to no theme; give `themes = [\"…\"]`".into()));
        }
    }
    let complete = lexicons.has_builtin();
    let told = |t: &&Theme| meant(&t.file) && (complete || t.file != BUILTIN_THEMES);
    for theme in lexicons.themes().iter().filter(told).filter(|t| !used.contains(t.id.as_str())) {
        let message = format!("no formula is of the theme `{}`; remove it", theme.id);
        let (file, line) = (theme.file.clone(), theme.line);
        findings.push(Finding { level: Level::Warning, kind: "unused theme", file, line, formula: String::new(), variant: String::new(), message, seen: None });
    }
}

/// What two wordings share that match the same text: any of their forms, and whether they are acronyms.
fn keys(wording: &Wording) -> impl Iterator<Item = (String, bool)> {
    let form = |f: &String| if wording.acronym { f.clone() } else { key(f) };
    wording.forms.iter().map(move |f| (form(f), wording.acronym))
}
