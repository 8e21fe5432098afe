//! What depends on all documents: which are copies of others, and which are translations. Derived from the table of documents
//! alone, so that scans of parts can be put together first.

use std::collections::{BTreeSet, HashMap};

use polars::prelude::*;

use crate::corpus::Signature;
use crate::error::Result;
use crate::table::text_column;

/// Texts that share this much are copies of one another.
const COPY: f64 = 0.8;
/// And of the people, states and days that one of them names, the other names this share: forms in which only those differ are no copies.
const SAME_NAMES: f64 = 0.6;
/// And they are dated within so many days of each other: what is said again next year is no copy.
const REPRINT: i32 = 31;
/// Candidates agree in all bins of one band of this size.
const BAND: usize = 4;
/// Translations are dated within so many days of each other.
const DAYS: i32 = 1;
/// They share this much of their marks, weighted by how rare they are, and the next best does not come near.
const PAIR: f64 = 0.3;
const MARGIN: f64 = 0.05;
/// And at least so many of them.
const SHARED: usize = 3;

/// A document, as far as it matters here.
struct Item {
    id: String,
    date: Option<i32>,
    language: String,
    signature: Signature,
}

/// Fills the columns `duplicate_of` and `translation_of`.
pub(super) fn mark_copies(documents: &mut DataFrame) -> Result<()> {
    let items = items(documents)?;
    // The first by date is the original; without a date, the last.
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|&i| (items[i].date.is_none(), items[i].date, i));
    let copies = copies(&items, &order);
    let translations = translations(&items, &order, &copies);
    let cells = |of: &[Option<usize>]| of.iter().map(|o| o.map_or(String::new(), |o| items[o].id.clone())).collect::<Vec<String>>();
    for (name, of) in [("duplicate_of", &copies), ("translation_of", &translations)] {
        documents.with_column(text_column(name, cells(of).iter().map(String::as_str)))?;
    }
    Ok(())
}

fn items(documents: &DataFrame) -> Result<Vec<Item>> {
    let text = |name: &str| -> Result<Vec<String>> { Ok(documents.column(name)?.str()?.iter().map(|v| v.unwrap_or("").to_owned()).collect()) };
    let dates: Vec<Option<i32>> = documents.column("date")?.date()?.physical().iter().collect();
    let (ids, languages, signatures) = (text("document")?, text("language")?, text("signature")?);
    let rows = ids.into_iter().zip(languages).zip(signatures).zip(dates);
    let main = |languages: String| languages.split('|').next().unwrap_or("").to_owned();
    Ok(rows.map(|(((id, language), s), date)| Item { id, date, language: main(language), signature: Signature::from_cell(&s) }).collect())
}

/// For each document the one of which it is a copy: the first in order that it resembles.
fn copies(items: &[Item], order: &[usize]) -> Vec<Option<usize>> {
    let mut of = vec![None; items.len()];
    let mut place = vec![0; items.len()];
    order.iter().enumerate().for_each(|(n, &i)| place[i] = n);
    let mut exact: HashMap<&str, usize> = HashMap::new();
    let mut bands: HashMap<(usize, &[u8]), Vec<usize>> = HashMap::new();
    for &i in order {
        let signature = &items[i].signature;
        if signature.exact.is_empty() {
            continue;
        }
        let mut candidates: BTreeSet<(usize, usize)> = exact.get(signature.exact.as_str()).map(|&o| (place[o], o)).into_iter().collect();
        let own = || signature.bins.chunks_exact(BAND).enumerate();
        for band in own() {
            candidates.extend(bands.get(&band).into_iter().flatten().map(|&o| (place[o], o)));
        }
        of[i] = candidates.into_iter().map(|(_, o)| o).find(|&o| is_copy(&items[i], &items[o]));
        if of[i].is_none() {
            exact.entry(&signature.exact).or_insert(i);
            own().for_each(|band| bands.entry(band).or_default().push(i));
        }
    }
    of
}

fn is_copy(a: &Item, b: &Item) -> bool {
    if a.date.zip(b.date).is_some_and(|(a, b)| (a - b).abs() > REPRINT) {
        return false;
    }
    let (a, b) = (&a.signature, &b.signature);
    if a.exact == b.exact {
        return true;
    }
    let (a_names, b_names) = (a.names(), b.names());
    // Of the one that names fewer: notes and a dateline may have been added to the other.
    let fewer = a_names.len().min(b_names.len());
    a.resemblance(b) >= COPY && a_names.intersection(&b_names).count() as f64 >= SAME_NAMES * fewer as f64
}

/// For each document the one of another language and the same event that comes before it.
fn translations(items: &[Item], order: &[usize], copies: &[Option<usize>]) -> Vec<Option<usize>> {
    let originals: Vec<usize> = order.iter().copied().filter(|&i| copies[i].is_none()).collect();
    let weights = weights(items, &originals);
    let mut by_day: HashMap<i32, Vec<usize>> = HashMap::new();
    for &i in &originals {
        if let Some(date) = items[i].date {
            by_day.entry(date).or_default().push(i);
        }
    }
    // The best counterpart of each, if it stands out.
    let best = |i: usize| -> Option<usize> {
        let date = items[i].date?;
        let near = (date - DAYS..=date + DAYS).filter_map(|d| by_day.get(&d)).flatten();
        let others = near.filter(|&&o| items[o].language != items[i].language && [&items[o], &items[i]].iter().all(|d| d.language != "und"));
        let mut scores: Vec<(f64, usize)> = others.map(|&o| (agreement(&items[i], &items[o], &weights), o)).filter(|(s, _)| *s >= PAIR).collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        match scores.as_slice() {
            [first] => Some(first.1),
            [first, second, ..] if first.0 - second.0 >= MARGIN => Some(first.1),
            _ => None,
        }
    };
    let mut of = vec![None; items.len()];
    let mut place = vec![0; items.len()];
    order.iter().enumerate().for_each(|(n, &i)| place[i] = n);
    for &i in &originals {
        // Each is the best of the other.
        if let Some(other) = best(i).filter(|&o| best(o) == Some(i) && place[o] < place[i]) {
            of[i] = Some(other);
        }
    }
    of
}

/// How much each mark says: the rarer, the more.
fn weights(items: &[Item], originals: &[usize]) -> HashMap<u32, f64> {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for &i in originals {
        let signature = &items[i].signature;
        for mark in signature.marks.iter().chain(&signature.title).collect::<BTreeSet<_>>() {
            *counts.entry(*mark).or_default() += 1;
        }
    }
    let all = originals.len().max(1) as f64;
    counts.into_iter().map(|(mark, n)| (mark, (1.0 + all / n as f64).ln())).collect()
}

/// The share of marks, by weight, in which two documents agree; 0 where their titles name nothing in common.
fn agreement(a: &Item, b: &Item, weights: &HashMap<u32, f64>) -> f64 {
    let set = |marks: &[u32]| marks.iter().copied().collect::<BTreeSet<u32>>();
    let (a_title, b_title) = (set(&a.signature.title), set(&b.signature.title));
    if !a_title.is_empty() && !b_title.is_empty() && a_title.is_disjoint(&b_title) {
        return 0.0;
    }
    let (a_all, b_all) = (&set(&a.signature.marks) | &a_title, &set(&b.signature.marks) | &b_title);
    let weight = |marks: &BTreeSet<u32>| marks.iter().map(|m| weights.get(m).copied().unwrap_or(0.0)).sum::<f64>();
    let shared = &a_all & &b_all;
    let whole = weight(&(&a_all | &b_all));
    if shared.len() < SHARED || whole <= 0.0 { 0.0 } else { weight(&shared) / whole }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::document_from_text;
    use crate::people::People;

    fn item(id: &str, date: i32, language: &str, text: &str) -> Item {
        let document = document_from_text(id, text.to_owned(), People::builtin());
        Item { id: id.to_owned(), date: Some(date), language: language.to_owned(), signature: Signature::of(&document, People::builtin()) }
    }

    fn all(items: &[Item]) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
        let order: Vec<usize> = (0..items.len()).collect();
        let copies = copies(items, &order);
        let translations = translations(items, &order, &copies);
        (copies, translations)
    }

    /// A readout of some length, about a state.
    fn readout(state: &str, sentences: usize) -> String {
        let body: String =
            (0..sentences).map(|i| format!("On the {i}th matter the two sides agreed to work together on item number {i} of the list. ")).collect();
        format!(
            "Varga Meets the President of {state}\n\nOn May 16, 2018, Varga met the President of {state}. {body}{state} is a friend, and {state} will remain one."
        )
    }

    #[test]
    fn the_same_readout_on_two_sites_is_one_and_forms_filled_in_are_not() {
        let first = readout("Kenya", 30);
        let second =
            first.replace("agreed to work together on item number 7", "agreed to work closely together on item number 7") + "\n\n(The Port Selin Gazette)";
        let other = readout("Norway", 30).replace("May 16", "June 2");
        let (copies, _) = all(&[item("a", 1, "en", &first), item("b", 2, "en", &second), item("c", 3, "en", &other), item("d", 4, "en", "Too short.")]);
        assert_eq!(copies, [None, Some(0), None, None]);
    }

    #[test]
    fn translations_are_paired_where_names_days_and_numbers_agree() {
        let zh = "王毅会见肯尼亚总统\n\n2018年5月16日，王毅在内罗毕会见肯尼亚总统，商定了1250个项目和37所学校。";
        let other = "王毅会见挪威首相\n\n2018年5月16日，王毅在奥斯陆会见挪威首相，谈到48艘船和2600名学生。";
        let en = "Wang Yi Meets with the President of Kenya\n\nOn May 16, 2018, Wang Yi met with the President of Kenya in Nairobi. They agreed on 1,250 projects and 37 schools.";
        let (copies, translations) = all(&[item("a", 5, "zh", zh), item("b", 5, "zh", other), item("c", 6, "en", en), item("d", 30, "en", en)]);
        assert_eq!(translations, [None, None, Some(0), None]);
        assert_eq!(copies, [None, None, None, Some(2)]);
    }
}
