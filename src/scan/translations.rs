//! Which documents tell in another language what an earlier one tells.
//!
//! Two texts that share a good part of the weight of their marks share at least one of the rarest of each: the commonest, which
//! together weigh less than that part, need not be looked up (the prefix filter of Chaudhuri, Ganti & Kaushik 2006). Each
//! document is therefore held only against those with which it shares such a mark, the rarest first, and against no more than
//! [`MOST`].

use std::collections::HashMap;
use std::ops::Range;

use super::copies::shared;
use super::whole::Whole;

/// Translations are dated within so many days of each other.
const DAYS: i32 = 1;
/// They share this much of their marks, weighted by how rare they are, and the next best does not come near.
const PAIR: f64 = 0.3;
const MARGIN: f64 = 0.05;
/// And at least so many of them.
const SHARED: usize = 3;
/// So many documents are compared with one, those first with which it shares the rarest marks.
const MOST: usize = 200;

/// For each document the one of another language and the same event that comes before it.
pub(super) fn translations(whole: &Whole, order: &[usize], copies: &[Option<usize>]) -> Vec<Option<usize>> {
    let originals: Vec<usize> = order.iter().copied().filter(|&i| copies[i].is_none()).collect();
    let weights = weights(whole, &originals);
    // Those with a date come first, by date.
    let dated = &originals[..originals.partition_point(|&i| whole.date(i).is_some())];
    let days: Vec<(i32, &[usize])> = dated.chunk_by(|&a, &b| whole.date(a) == whole.date(b)).filter_map(|d| Some((whole.date(*d.first()?)?, d))).collect();
    let mut best: Vec<Option<usize>> = vec![None; whole.len()];
    for (n, (date, day)) in days.iter().enumerate() {
        let around = &days[n.saturating_sub(DAYS as usize)..days.len().min(n + 1 + DAYS as usize)];
        let near: Vec<usize> = around.iter().filter(|(d, _)| (d - date).abs() <= DAYS).flat_map(|(_, d)| d.iter().copied()).collect();
        if let Some(mut days) = Days::of(whole, &near, &weights) {
            day.iter().for_each(|&i| best[i] = days.best(i));
        }
    }
    let mut of = vec![None; whole.len()];
    let mut earlier = vec![false; whole.len()];
    for &i in &originals {
        // Each is the best of the other.
        of[i] = best[i].filter(|&o| best[o] == Some(i) && earlier[o]);
        earlier[i] = true;
    }
    of
}

/// How much each mark says: the rarer, the more.
fn weights(whole: &Whole, originals: &[usize]) -> HashMap<u32, f64> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for &i in originals {
        all_marks(whole, i).into_iter().for_each(|mark| *counts.entry(mark).or_default() += 1);
    }
    let all = originals.len().max(1) as f64;
    counts.into_iter().map(|(mark, n)| (mark, (1.0 + all / f64::from(n)).ln())).collect()
}

/// The marks of the title and text of a document, in order.
fn all_marks(whole: &Whole, i: usize) -> Vec<u32> {
    let mut all = [whole.text_marks(i), whole.title_marks(i)].concat();
    all.sort_unstable();
    all.dedup();
    all
}

/// The documents of a few days, and where their rarest marks stand.
struct Days<'a> {
    whole: &'a Whole,
    weights: &'a HashMap<u32, f64>,
    /// By document: its place here.
    places: HashMap<usize, usize>,
    documents: Vec<usize>,
    /// The marks of each, in order.
    marks: Vec<u32>,
    own: Vec<Range<usize>>,
    /// By language and mark, the places of the documents that have it among their rarest.
    index: HashMap<(u8, u32), Vec<usize>>,
    languages: Vec<u8>,
    /// By place, the place of the document that was last held against it.
    seen: Vec<usize>,
}

impl<'a> Days<'a> {
    /// None if all that is dated so is in one language.
    fn of(whole: &'a Whole, near: &[usize], weights: &'a HashMap<u32, f64>) -> Option<Days<'a>> {
        let documents: Vec<usize> = near.iter().copied().filter(|&i| whole.language_of(i).is_some()).collect();
        let mut languages: Vec<u8> = documents.iter().filter_map(|&i| whole.language_of(i)).collect();
        languages.sort_unstable();
        languages.dedup();
        if languages.len() < 2 {
            return None;
        }
        let places = documents.iter().enumerate().map(|(place, &i)| (i, place)).collect();
        let seen = vec![usize::MAX; documents.len()];
        let mut days = Days { whole, weights, places, documents, marks: Vec::new(), own: Vec::new(), index: HashMap::new(), languages, seen };
        for place in 0..days.documents.len() {
            let i = days.documents[place];
            let start = days.marks.len();
            days.marks.extend(all_marks(whole, i));
            days.own.push(start..days.marks.len());
            let Some(language) = whole.language_of(i) else { continue };
            for mark in days.rarest(place) {
                days.index.entry((language, mark)).or_default().push(place);
            }
        }
        Some(days)
    }

    fn weight(&self, mark: u32) -> f64 {
        self.weights.get(&mark).copied().unwrap_or(0.0)
    }

    fn marks_of(&self, place: usize) -> &[u32] {
        &self.marks[self.own[place].clone()]
    }

    /// The rarest marks of a document, of which one at least it has in common with every document that it may be paired with.
    fn rarest(&self, place: usize) -> Vec<u32> {
        let mut marks: Vec<(f64, u32)> = self.marks_of(place).iter().map(|&m| (self.weight(m), m)).collect();
        marks.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut left: f64 = marks.iter().map(|(w, _)| w).sum();
        // A little less, as sums are rounded.
        let enough = PAIR * left * 0.999;
        let mut rarest = Vec::new();
        for (weight, mark) in marks {
            if left < enough {
                break;
            }
            rarest.push(mark);
            left -= weight;
        }
        rarest
    }

    /// The best counterpart of a document, if it stands out.
    fn best(&mut self, i: usize) -> Option<usize> {
        let place = *self.places.get(&i)?;
        let own = self.whole.language_of(i)?;
        let mut scores: Vec<(f64, usize)> = Vec::new();
        let mut compared = 0;
        let others: Vec<u8> = self.languages.iter().copied().filter(|l| *l != own).collect();
        for key in self.rarest(place).into_iter().flat_map(|mark| others.iter().map(move |l| (*l, mark))) {
            let Some(list) = self.index.get(&key) else { continue };
            for &other in list {
                if compared == MOST {
                    break;
                }
                if std::mem::replace(&mut self.seen[other], place) != place {
                    compared += 1;
                    scores.push((self.agreement(place, other), self.documents[other]));
                }
            }
        }
        scores.retain(|(score, _)| *score >= PAIR);
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        match scores.as_slice() {
            [first] => Some(first.1),
            [first, second, ..] if first.0 - second.0 >= MARGIN => Some(first.1),
            _ => None,
        }
    }

    /// The share of marks, by weight, in which two documents agree; 0 where their titles name nothing in common.
    fn agreement(&self, a: usize, b: usize) -> f64 {
        let (a_title, b_title) = (self.whole.title_marks(self.documents[a]), self.whole.title_marks(self.documents[b]));
        if !a_title.is_empty() && !b_title.is_empty() && shared(a_title, b_title) == 0 {
            return 0.0;
        }
        let (a, b) = (self.marks_of(a), self.marks_of(b));
        let (mut i, mut j, mut both) = (0, 0, 0);
        let (mut weight, mut whole) = (0.0, 0.0);
        while i < a.len() || j < b.len() {
            let mark = a.get(i).copied().unwrap_or(u32::MAX).min(b.get(j).copied().unwrap_or(u32::MAX));
            let (of_a, of_b) = (a.get(i) == Some(&mark), b.get(j) == Some(&mark));
            whole += self.weight(mark);
            if of_a && of_b {
                weight += self.weight(mark);
                both += 1;
            }
            (i, j) = (i + usize::from(of_a), j + usize::from(of_b));
        }
        if both < SHARED || whole <= 0.0 { 0.0 } else { weight / whole }
    }
}

#[cfg(test)]
mod tests {
    use super::super::whole::tests::whole;
    use super::*;
    use crate::corpus::{Signature, document_from_text};
    use crate::people::People;
    use crate::scan::copies::copies;

    fn item(date: i32, language: &'static str, text: &str) -> (Option<i32>, &'static str, Signature) {
        let document = document_from_text("a", text.to_owned(), People::builtin());
        (Some(date), language, Signature::of(&document, People::builtin()))
    }

    fn all(items: &[(Option<i32>, &str, Signature)]) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
        let marked = whole(items).mark();
        (marked.copies, marked.translations)
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
        let (copies, _) = all(&[item(1, "en", &first), item(2, "en", &second), item(3, "en", &other), item(4, "en", "Too short.")]);
        assert_eq!(copies, [None, Some(0), None, None]);
    }

    #[test]
    fn translations_are_paired_where_names_days_and_numbers_agree() {
        let zh = "王毅会见肯尼亚总统\n\n2018年5月16日，王毅在内罗毕会见肯尼亚总统，商定了1250个项目和37所学校。";
        let other = "王毅会见挪威首相\n\n2018年5月16日，王毅在奥斯陆会见挪威首相，谈到48艘船和2600名学生。";
        let en = "Wang Yi Meets with the President of Kenya\n\nOn May 16, 2018, Wang Yi met with the President of Kenya in Nairobi. They agreed on 1,250 projects and 37 schools.";
        let (copies, translations) = all(&[item(5, "zh", zh), item(5, "zh", other), item(6, "en", en), item(30, "en", en)]);
        assert_eq!(translations, [None, None, Some(0), None]);
        assert_eq!(copies, [None, None, None, Some(2)]);
    }

    /// As a comparison of each with each says.
    fn naive(whole: &Whole, order: &[usize], copies: &[Option<usize>]) -> Vec<Option<usize>> {
        let originals: Vec<usize> = order.iter().copied().filter(|&i| copies[i].is_none()).collect();
        let weights = weights(whole, &originals);
        let known = |i: usize| whole.language_of(i).zip(whole.date(i));
        let best = |i: usize| -> Option<usize> {
            let (language, date) = known(i)?;
            let near: Vec<usize> =
                originals.iter().copied().filter(|&o| known(o).is_some_and(|(l, d)| (d - date).abs() <= DAYS && (o == i || l != language))).collect();
            let days = Days::of(whole, &near, &weights)?;
            let own = near.iter().position(|&o| o == i)?;
            let mut scores: Vec<(f64, usize)> =
                (0..near.len()).filter(|&o| o != own).map(|o| (days.agreement(own, o), near[o])).filter(|(s, _)| *s >= PAIR).collect();
            scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let clear = scores.len() == 1 || scores.len() > 1 && scores[0].0 - scores[1].0 >= MARGIN;
            clear.then(|| scores[0].1)
        };
        let place = |i: usize| order.iter().position(|&o| o == i);
        (0..whole.len()).map(|i| originals.contains(&i).then(|| best(i).filter(|&o| best(o) == Some(i) && place(o) < place(i))).flatten()).collect()
    }

    #[test]
    fn rare_marks_find_what_a_comparison_of_all_with_all_finds() {
        let mut found = 0;
        for seed in 0..30 {
            let mut random = fastrand::Rng::with_seed(seed);
            let events: Vec<Vec<u32>> = (0..30).map(|_| (0..random.usize(3..9)).map(|_| random.u32(..300)).collect()).collect();
            let mut one = || {
                let mut marks = events[random.usize(..30)].clone();
                (0..random.usize(..4)).for_each(|_| marks.push(random.u32(..300)));
                marks.sort_unstable();
                marks.dedup();
                let title = if random.bool() { marks.iter().copied().take(1).collect() } else { Vec::new() };
                let language = ["en", "zh", "fr", "und"][random.usize(..4)];
                (Some(random.i32(0..5)), language, Signature { exact: format!("{:016x}", random.u64(1..)), bins: Vec::new(), title, marks })
            };
            let whole = whole(&(0..60).map(|_| one()).collect::<Vec<_>>());
            let mut order: Vec<usize> = (0..whole.len()).collect();
            order.sort_by_key(|&i| (whole.date(i), i));
            let copies = copies(&whole, &order);
            let pairs = translations(&whole, &order, &copies);
            found += pairs.iter().flatten().count();
            assert_eq!(pairs, naive(&whole, &order, &copies), "{seed}");
        }
        assert!(found > 30, "{found}");
    }
}
