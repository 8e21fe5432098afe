//! Which documents tell in another language what an earlier one tells.
//!
//! Two texts that share a good part of the weight of their marks share at least one of the rarest of each: the commonest, which
//! together weigh less than that part, need not be looked up (the prefix filter of Chaudhuri, Ganti & Kaushik 2006). Each
//! document is therefore held only against those with which it shares such a mark, the rarest first, and against no more than
//! [`MOST`].

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

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

/// So many days are made ready at once.
const AT_ONCE: usize = 64;

/// For each document the one of another language and the same event that comes before it.
pub(super) fn translations(whole: &Whole, order: &[usize], copies: &[Option<usize>]) -> Vec<Option<usize>> {
    let originals: Vec<usize> = order.iter().copied().filter(|&i| copies[i].is_none()).collect();
    let weights = weights(whole, &originals);
    // Those with a date come first, by date.
    let dated = &originals[..originals.partition_point(|&i| whole.date(i).is_some())];
    let days: Vec<(i32, &[usize])> = dated.chunk_by(|&a, &b| whole.date(a) == whole.date(b)).filter_map(|d| Some((whole.date(*d.first()?)?, d))).collect();
    let mut best: Vec<Option<usize>> = vec![None; whole.len()];
    for from in (0..days.len()).step_by(AT_ONCE) {
        let to = days.len().min(from + AT_ONCE);
        let first = from.saturating_sub(DAYS as usize);
        let ready: Vec<Day> = days[first..days.len().min(to + DAYS as usize)].par_iter().map(|(date, all)| Day::of(whole, *date, all, &weights)).collect();
        let of_day = |n: usize| {
            let around = &ready[(n - first).saturating_sub(DAYS as usize)..ready.len().min(n - first + 1 + DAYS as usize)];
            Near::of(whole, around, days[n].0).map_or_else(Vec::new, |mut near| near.best())
        };
        let found: Vec<Vec<(usize, Option<usize>)>> = (from..to).into_par_iter().map(of_day).collect();
        found.into_iter().flatten().for_each(|(i, other)| best[i] = other);
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
fn weights(whole: &Whole, originals: &[usize]) -> FxHashMap<u32, f64> {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    let mut marks = Vec::new();
    for &i in originals {
        marks.clear();
        add_marks(whole, i, &mut marks);
        marks.iter().for_each(|mark| *counts.entry(*mark).or_default() += 1);
    }
    let all = originals.len().max(1) as f64;
    counts.into_iter().map(|(mark, n)| (mark, (1.0 + all / f64::from(n)).ln())).collect()
}

/// Adds the marks of the title and text of a document, in order.
fn add_marks(whole: &Whole, i: usize, marks: &mut Vec<u32>) {
    let (mut a, mut b) = (whole.text_marks(i), whole.title_marks(i));
    while let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_first(), b.split_first()) {
        marks.push(*x.min(y));
        (a, b) = (if x <= y { rest_a } else { a }, if y <= x { rest_b } else { b });
    }
    marks.extend(a.iter().chain(b));
}

/// The documents of a day whose language is known, and where their rarest marks stand.
struct Day {
    date: i32,
    documents: Vec<usize>,
    /// The languages of each, and of all.
    language: Vec<u8>,
    languages: Vec<u8>,
    /// The marks of each, in order, with their weights.
    marks: Vec<(u32, f64)>,
    own: Vec<Range<usize>>,
    /// The rarest marks of each, the rarest first.
    rarest: Vec<Vec<u32>>,
    /// By language and mark, the places of the documents that have it among their rarest.
    index: FxHashMap<(u8, u32), Vec<usize>>,
}

impl Day {
    fn of(whole: &Whole, date: i32, all: &[usize], weights: &FxHashMap<u32, f64>) -> Day {
        let (documents, language): (Vec<usize>, Vec<u8>) = all.iter().filter_map(|&i| Some((i, whole.language_of(i)?))).unzip();
        let mut languages = language.clone();
        languages.sort_unstable();
        languages.dedup();
        let mut day = Day { date, documents, language, languages, marks: Vec::new(), own: Vec::new(), rarest: Vec::new(), index: FxHashMap::default() };
        let mut own = Vec::new();
        for place in 0..day.documents.len() {
            own.clear();
            add_marks(whole, day.documents[place], &mut own);
            let start = day.marks.len();
            day.marks.extend(own.iter().map(|mark| (*mark, weights.get(mark).copied().unwrap_or(0.0))));
            day.own.push(start..day.marks.len());
            let rarest = rarest(&day.marks[start..]);
            rarest.iter().for_each(|mark| day.index.entry((day.language[place], *mark)).or_default().push(place));
            day.rarest.push(rarest);
        }
        day
    }

    fn marks_of(&self, place: usize) -> &[(u32, f64)] {
        &self.marks[self.own[place].clone()]
    }
}

/// The rarest marks, of which one at least a document has in common with every document that it may be paired with.
fn rarest(marks: &[(u32, f64)]) -> Vec<u32> {
    let mut marks = marks.to_vec();
    marks.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut left: f64 = marks.iter().map(|(_, w)| w).sum();
    // A little less, as sums are rounded.
    let enough = PAIR * left * 0.999;
    let mut rarest = Vec::new();
    for (mark, weight) in marks {
        if left < enough {
            break;
        }
        rarest.push(mark);
        left -= weight;
    }
    rarest
}

/// A day with those around it.
struct Near<'a> {
    whole: &'a Whole,
    day: &'a Day,
    around: Vec<&'a Day>,
    languages: Vec<u8>,
    /// By day around it and place, the place of the document that was last held against it.
    seen: Vec<Vec<usize>>,
}

impl<'a> Near<'a> {
    /// None if all that is dated so is in one language.
    fn of(whole: &'a Whole, around: &'a [Day], date: i32) -> Option<Near<'a>> {
        let day = around.iter().find(|d| d.date == date)?;
        let around: Vec<&Day> = around.iter().filter(|d| (d.date - date).abs() <= DAYS).collect();
        let mut languages: Vec<u8> = around.iter().flat_map(|d| d.languages.iter().copied()).collect();
        languages.sort_unstable();
        languages.dedup();
        let seen = around.iter().map(|d| vec![usize::MAX; d.documents.len()]).collect();
        (languages.len() > 1).then_some(Near { whole, day, around, languages, seen })
    }

    /// The best counterpart of each document of the day.
    fn best(&mut self) -> Vec<(usize, Option<usize>)> {
        (0..self.day.documents.len()).map(|place| (self.day.documents[place], self.best_of(place))).collect()
    }

    /// The best counterpart of a document, if it stands out.
    fn best_of(&mut self, place: usize) -> Option<usize> {
        let mut scores: Vec<(f64, usize)> = Vec::new();
        let mut compared = 0;
        let own = self.day.language[place];
        for mark in &self.day.rarest[place] {
            for language in self.languages.iter().filter(|l| **l != own) {
                for (day, seen) in self.around.iter().zip(&mut self.seen) {
                    for &other in day.index.get(&(*language, *mark)).map_or(&[][..], Vec::as_slice) {
                        if compared == MOST {
                            break;
                        }
                        if std::mem::replace(&mut seen[other], place) != place {
                            compared += 1;
                            scores.push((agreement(self.whole, (self.day, place), (day, other)), day.documents[other]));
                        }
                    }
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
}

/// The share of marks, by weight, in which two documents agree; 0 where their titles name nothing in common.
fn agreement(whole: &Whole, (day, place): (&Day, usize), (other_day, other): (&Day, usize)) -> f64 {
    let (a_title, b_title) = (whole.title_marks(day.documents[place]), whole.title_marks(other_day.documents[other]));
    if !a_title.is_empty() && !b_title.is_empty() && shared(a_title, b_title) == 0 {
        return 0.0;
    }
    let (a, b) = (day.marks_of(place), other_day.marks_of(other));
    let (mut i, mut j, mut both) = (0, 0, 0);
    let (mut weight, mut whole) = (0.0, 0.0);
    while let Some(&(mark, w)) = a.get(i).into_iter().chain(b.get(j)).min_by_key(|(mark, _)| *mark) {
        let (of_a, of_b) = (a.get(i).is_some_and(|(m, _)| *m == mark), b.get(j).is_some_and(|(m, _)| *m == mark));
        whole += w;
        if of_a && of_b {
            weight += w;
            both += 1;
        }
        (i, j) = (i + usize::from(of_a), j + usize::from(of_b));
    }
    if both < SHARED || whole <= 0.0 { 0.0 } else { weight / whole }
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
            let day = Day::of(whole, 0, &near, &weights);
            let own = near.iter().position(|&o| o == i)?;
            let mut scores: Vec<(f64, usize)> =
                (0..near.len()).filter(|&o| o != own).map(|o| (agreement(whole, (&day, own), (&day, o)), near[o])).filter(|(s, _)| *s >= PAIR).collect();
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
