//! The variants of a formula: from patterns to all that is looked for.

use std::borrow::Cow;
use std::sync::Arc;

use toml::Spanned;
use toml::de::DeValue;

use super::coordination::Slot;
use super::fields::{Fields, Placed};
use super::formula::{Formula, Variant, Wording};
use super::pattern::{expand, slot};
use super::rules::forms;
use crate::text::Language;

/// More literals than this from one formula are refused.
const MAX_FORMS: usize = 10_000;

/// Reads the variants, `not`, and what they stand for.
pub(super) fn variants(fields: &mut Fields<'_, '_>, formula: &mut Formula) {
    let before = fields.faults.count();
    for language in Language::ALL {
        for member in fields.list(language.code()) {
            variant(fields, formula, Some(language), &[], member);
        }
    }
    let spelled_out = formula.variants.len();
    let needs = fields.texts("needs");
    for member in fields.list("acronyms") {
        variant(fields, formula, None, &needs, member);
    }
    if spelled_out == 0 && fields.faults.count() == before {
        let at = fields.at;
        fields.fault(at, "no variant: give `en` or `zh`");
    }
    let not = fields.table("not", |f| Language::ALL.into_iter().flat_map(|l| f.texts(l.code())).collect::<Vec<_>>());
    for (pattern, at) in not.unwrap_or_default() {
        formula.exceptions.extend(literals(fields, &pattern, at));
        formula.not.push(pattern);
    }
    let needs: usize = formula.variants.iter().map(|v| v.needs.len()).sum();
    let forms = formula.wordings.iter().map(|w| w.forms.len()).sum::<usize>() + formula.exceptions.len() + needs;
    if forms > MAX_FORMS {
        let at = fields.at;
        fields.fault(at, format!("its variants stand for {forms} wordings, spellings included, and more than {MAX_FORMS} are too many; split it"));
    }
}

/// Adds one variant: a pattern, or a table with one; `language` is none for an acronym. It needs what its table says, or else
/// what `default` says.
fn variant(fields: &mut Fields<'_, '_>, formula: &mut Formula, language: Option<Language>, default: &[Placed], member: Spanned<DeValue<'_>>) {
    let at = member.span().start;
    let mut read = Variant { language, line: fields.faults.line(at), ..Variant::default() };
    let mut needs: Vec<Placed> = Vec::new();
    match member.get_ref() {
        DeValue::String(pattern) => read.pattern = pattern.to_string(),
        DeValue::Table(_) => {
            let Some(mut table) = Fields::under(member, "variant", fields.faults) else { return };
            table.of.clone_from(&formula.id);
            read.pattern = table.text("pattern").map_or_else(String::new, |(p, _)| p);
            read.since = table.date("since");
            read.until = table.date("until");
            needs = table.texts("needs");
            table.finish();
        }
        other => {
            let kind = other.type_str();
            return fields.fault(at, format!("a variant is a pattern in quotation marks or a table `{{ pattern = \"…\" }}`, and this is a {kind}"));
        }
    }
    if read.pattern.trim().is_empty() {
        return fields.fault(at, "an empty variant; remove it");
    }
    let mut needed: Vec<String> = Vec::new();
    for (pattern, at) in if needs.is_empty() { default.to_vec() } else { needs } {
        needed.extend(literals(fields, &pattern, at));
        read.needs.push(pattern);
    }
    let needs: Arc<[String]> = needed.into();
    let index = formula.variants.len();
    match expand(&read.pattern) {
        Err(message) => fields.fault(at, message),
        Ok(literals) if read.is_acronym() => literals.iter().for_each(|l| acronym(fields, formula, l, at, index, &needs)),
        Ok(literals) => literals.iter().for_each(|l| wording(fields, formula, l, at, index, &needs)),
    }
    formula.variants.push(read);
}

/// Adds an acronym, which has one form.
fn acronym(fields: &mut Fields<'_, '_>, formula: &mut Formula, literal: &str, at: usize, variant: usize, needs: &Arc<[String]>) {
    if !has_letters(literal) || literal.contains(['*', '<', '>']) {
        return fields.fault(at, format!("the acronym `{literal}` is to be letters as they stand in a text, with at most `{{a,b}}`, `[x]` and `(s)`"));
    }
    let literal = literal.to_owned();
    formula.wordings.push(Wording { forms: vec![literal.clone()], literal, variant, acronym: true, needs: needs.clone(), coordinated: false });
}

/// Adds the wording of one literal with its forms, and its slot if it has one.
fn wording(fields: &mut Fields<'_, '_>, formula: &mut Formula, literal: &str, at: usize, variant: usize, needs: &Arc<[String]>) {
    if let Some((before, part, after)) = slot(literal) {
        formula.slots.push(Slot { variant, before: before.to_owned(), part: part.to_owned(), after: after.to_owned(), needs: needs.clone() });
    }
    let literal = without_slot(literal).into_owned();
    if !has_letters(&literal) {
        return fields.fault(at, format!("the variant `{literal}` holds nothing that can be matched"));
    }
    match forms(&literal) {
        Err(message) => fields.fault(at, message),
        Ok(forms) => formula.wordings.push(Wording { literal, variant, forms, acronym: false, needs: needs.clone(), coordinated: false }),
    }
}

/// The literals of a pattern outside the variants, in all their forms.
fn literals(fields: &mut Fields<'_, '_>, pattern: &str, at: usize) -> Vec<String> {
    let all = expand(pattern).and_then(|literals| literals.iter().map(|l| forms(&without_slot(l))).collect::<Result<Vec<_>, _>>());
    match all {
        Ok(all) => {
            let all: Vec<String> = all.into_iter().flatten().collect();
            if let Some(empty) = all.iter().find(|l| !has_letters(l)) {
                fields.fault(at, format!("`{empty}` holds nothing that can be matched"));
            }
            all
        }
        Err(message) => {
            fields.fault(at, message);
            Vec::new()
        }
    }
}

/// The literal without the signs around its slot.
fn without_slot(literal: &str) -> Cow<'_, str> {
    let marked = literal.bytes().any(|b| matches!(b, b'<' | b'>'));
    if marked { Cow::Owned(literal.replace(['<', '>'], "")) } else { Cow::Borrowed(literal) }
}

fn has_letters(literal: &str) -> bool {
    literal.contains(char::is_alphanumeric)
}
