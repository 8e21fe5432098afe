//! What fills the slots of templates: found again in the text, wherever a template stands and however rare its filler.

use std::collections::BTreeMap;
use std::path::Path;

use rustc_hash::FxHashMap;

use super::known::{Known, Nearest};
use super::selection::{Selection, Spot};
use super::templates::Template;
use super::tokens;
use super::uses::{Sight, Uses};
use crate::error::Result;
use crate::lexicon::{Formula, Lexicons};
use crate::scan::{Detail, How, Progress, Scan, Scanned};
use crate::text::Language;

/// So many characters around a template are shown.
const AROUND: usize = 60;

/// A template with what fills it.
#[derive(Debug, Clone)]
pub struct Filled {
    /// Its rank in its language, from 1.
    pub rank: usize,
    /// The template.
    pub template: Template,
    /// Where it stands.
    pub uses: Uses,
    /// What fills it, folded, and how often.
    pub fillers: BTreeMap<String, u64>,
    /// The known formula nearest to its fixed words.
    pub nearest: Option<Nearest>,
}

/// The templates of a language, by the token that a search for them begins with.
struct Index<'t> {
    templates: Vec<(usize, &'t Template)>,
    first: FxHashMap<&'t str, Vec<usize>>,
}

/// Finds and counts the `templates` in what is searched of the `inputs`.
///
/// # Errors
/// As [`Scan::of`].
pub(super) fn fill(
    inputs: &[impl AsRef<Path>],
    how: &How,
    selection: &Selection,
    templates: &[(usize, Template)],
    known: &Known,
    progress: &dyn Progress,
) -> Result<Vec<Filled>> {
    let blank = |(rank, template): &(usize, Template)| Filled {
        rank: *rank,
        template: template.clone(),
        uses: Uses::default(),
        fillers: BTreeMap::new(),
        nearest: known.nearest(&template.text()),
    };
    let mut all: Vec<Filled> = templates.iter().map(blank).collect();
    let indexes = [Language::En, Language::Zh].map(|language| Index::of(language, templates));
    let detail = Detail { text: true, ..Detail::default() };
    let answer = |read: &Scanned, _: &[Formula]| sights(read, selection, &indexes);
    let take = |sights: Vec<Sight>| {
        for sight in sights {
            let filled = &mut all[sight.entry];
            *filled.fillers.entry(sight.spelling.clone().unwrap_or_default()).or_default() += 1;
            filled.uses.add(Sight { spelling: None, ..sight });
        }
        Ok(())
    };
    Scan::ask(inputs, (how, detail), &Lexicons::default(), progress, answer, take)?;
    all.iter_mut().for_each(|filled| filled.uses.finish(&selection.speakers));
    Ok(all)
}

impl<'t> Index<'t> {
    fn of(language: Language, templates: &'t [(usize, Template)]) -> Index<'t> {
        let own: Vec<(usize, &Template)> = templates.iter().enumerate().filter(|(_, (_, t))| t.language == language).map(|(i, (_, t))| (i, t)).collect();
        let mut first: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (i, (_, template)) in own.iter().enumerate() {
            if let Some(token) = template.before.first().or(template.after.first()) {
                first.entry(&**token).or_default().push(i);
            }
        }
        Index { templates: own, first }
    }

    /// The templates that may stand in a run.
    fn in_run(&self, run: &[&str]) -> Vec<(usize, &'t Template)> {
        let mut found: Vec<usize> = run.iter().filter_map(|token| self.first.get(token)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|i| self.templates[i]).collect()
    }
}

fn sights(read: &Scanned, selection: &Selection, indexes: &[Index<'_>; 2]) -> Vec<Sight> {
    let mut found = Vec::new();
    for (number, spot) in selection.in_document(&read.document.id).iter().filter(|(_, s)| !s.place.reference) {
        let Some(row) = read.segments.get(*number as usize - 1) else { continue };
        let block = &read.document.blocks[row.segment.block];
        let text = &block.folded.as_str()[block.folded_range(&row.segment.range)];
        let at = |token: &str| {
            read.document.base
                + block.range.start
                + block.folded.source(token.as_ptr() as usize - block.folded.as_str().as_ptr() as usize..block.folded.as_str().len()).start
        };
        let index = usize::from(row.segment.language == Language::Zh);
        let mut look = |run: &[&str]| {
            for (entry, template) in indexes[index].in_run(run) {
                found.extend(
                    template
                        .find(run)
                        .into_iter()
                        .map(|filler| sight(entry, *spot, template, text, run, filler, |token| format!("{}@{}", read.document.id, at(token)))),
                );
            }
        };
        match row.segment.language {
            Language::Zh => tokens::chinese(text, &mut look),
            Language::En => tokens::english(text, &mut look),
            Language::Und => {}
        }
    }
    found
}

fn sight(entry: usize, spot: Spot, template: &Template, text: &str, run: &[&str], filler: std::ops::Range<usize>, place: impl Fn(&str) -> String) -> Sight {
    let blank = if template.language == Language::Zh { "" } else { " " };
    let (first, last) = (run[filler.start - template.before.len()], run[filler.end + template.after.len() - 1]);
    let offset = |token: &str| token.as_ptr() as usize - text.as_ptr() as usize;
    let (start, end) = (offset(first), offset(last) + last.len());
    let left = text[..start].char_indices().rev().nth(AROUND - 1).map_or(0, |(i, _)| i);
    let right = text[end..].char_indices().nth(AROUND).map_or(text.len(), |(i, _)| end + i);
    let context = format!("{}: {}[{}]{}", place(first), &text[left..start], &text[start..end], &text[end..right]).replace('|', "/");
    Sight { entry, spot, spelling: Some(run[filler].join(blank)), context: Some(context) }
}
