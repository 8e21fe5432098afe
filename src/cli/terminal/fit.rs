//! Tables that have to fit a terminal: what is empty, and then what matters least, is left out, and that is said.

use polars::prelude::*;

use super::grid::{Column as Shown, cut_start, grid, styled, width, width_of};
use super::{FAINT, Screen};
use crate::error::Result;
use crate::table::{is_right_aligned, shown};

/// Text wider than this is cut before anything is left out.
const LONG: usize = 40;
/// Text is never cut to less.
const LEAST_TEXT: usize = 14;
/// So many columns always stand.
const LEAST_COLUMNS: usize = 2;

/// What is left out next, after intervals and after ids beside which a label stands.
#[rustfmt::skip]
const LEAST: [&str; 36] = [
    "record", "path", "signature", "variant", "lexicon", "paragraph", "sentence", "segment", "first_sentence", "last_sentence", "event_date", "published",
    "date_evidence", "source_side", "url", "bytes", "role", "theme", "within", "serial", "overdispersion", "order", "order_a", "order_b", "of_documents",
    "unit", "units", "genre", "evidence", "side", "source", "exposure", "note", "left", "right", "end",
];

/// A table in columns, numbers to the right. Where the width is known, it fits.
///
/// # Errors
/// None that is known.
pub fn fitted(frame: &DataFrame, screen: &Screen) -> Result<String> {
    let mut columns = Vec::new();
    for column in frame.columns() {
        columns.push(Shown { right: is_right_aligned(column), ..Shown::left(column.name(), shown(column)?) });
    }
    let names: Vec<String> = columns.iter().map(|c| c.head.clone()).collect();
    Ok(narrowed(columns, &by_importance(&names), screen))
}

/// What to leave out, the least important first; columns that say something only together go together.
fn by_importance(names: &[String]) -> Vec<Vec<&str>> {
    let all = || names.iter().map(String::as_str);
    let interval = |name: &&str| *name == "interval" || name.ends_with("_low") || name.ends_with("_high");
    let labelled = |name: &&str| name.starts_with("formula") && names.contains(&name.replace("formula", "label"));
    let mut groups = vec![all().filter(interval).collect(), all().filter(labelled).collect()];
    groups.extend(LEAST.iter().filter_map(|least| all().find(|name| name == least)).map(|name| vec![name]));
    groups
}

/// The columns side by side, without those that are empty. If they are too wide, long text is cut, then the columns of `least` are left
/// out, a group at a time, then more text is cut, then the last columns go.
pub fn narrowed(mut columns: Vec<Shown>, least: &[Vec<&str>], screen: &Screen) -> String {
    let Some(room) = screen.width.map(|_| screen.columns()) else { return grid(&columns) };
    if columns.first().is_some_and(|c| !c.cells.is_empty()) {
        columns.retain(|c| !c.is_empty());
    }
    let mut left_out: Vec<String> = Vec::new();
    let too_wide = |columns: &[Shown]| width_of(columns).saturating_sub(room);
    if too_wide(&columns) > 0 {
        columns.iter_mut().for_each(|c| shorten(c, LONG));
    }
    for group in least {
        if too_wide(&columns) == 0 {
            break;
        }
        columns.retain(|c| {
            let goes = group.contains(&c.head.as_str());
            left_out.extend(goes.then(|| c.head.clone()));
            !goes
        });
    }
    while too_wide(&columns) > 0 {
        let excess = too_wide(&columns);
        let least = |c: &Shown| LEAST_TEXT.max(width(&c.head));
        let widest =
            (0..columns.len()).filter(|i| is_text(&columns[*i])).max_by_key(|i| columns[*i].width()).filter(|i| columns[*i].width() > least(&columns[*i]));
        match widest {
            // Not one alone is cut to nothing.
            Some(i) => {
                let most = columns[i].width().saturating_sub(excess).max(columns[i].width() * 3 / 4).max(least(&columns[i]));
                shorten(&mut columns[i], most);
            }
            None if columns.len() > LEAST_COLUMNS => left_out.extend(columns.pop().map(|c| c.head)),
            None => break,
        }
    }
    let mut out = grid(&columns);
    if !left_out.is_empty() {
        let said = format!(" too narrow for {}; --format csv has all", left_out.join(", "));
        out.push_str(&format!("{}\n", styled(&said, FAINT)));
    }
    out
}

fn is_text(column: &Shown) -> bool {
    !column.right || column.head == "left"
}

fn shorten(column: &mut Shown, most: usize) {
    if column.right && is_text(column) {
        column.cells.iter_mut().for_each(|c| c.text = cut_start(&c.text, most));
    } else if is_text(column) {
        column.cut(most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::text_column;

    fn frame() -> DataFrame {
        DataFrame::new_infer_height(vec![
            text_column("formula", ["community-of-shared-future"].into_iter()),
            text_column("label", ["community with a shared future for mankind"].into_iter()),
            text_column("note", [""].into_iter()),
            Column::new("rate".into(), vec![1.5]),
            Column::new("rate_low".into(), vec![1.0]),
            Column::new("rate_high".into(), vec![2.0]),
        ])
        .unwrap()
    }

    fn at(width: Option<usize>) -> String {
        let text = fitted(&frame(), &Screen { width, height: None }).unwrap();
        anstream::adapter::strip_str(&text).to_string()
    }

    #[test]
    fn where_there_is_room_all_columns_stand() {
        assert_eq!(at(None).lines().next().unwrap().split_whitespace().collect::<Vec<_>>(), ["formula", "label", "note", "rate", "rate_low", "rate_high"]);
        assert!(at(Some(120)).starts_with(" formula                     label                                       rate  rate_low  rate_high\n"));
    }

    #[test]
    fn else_intervals_go_first_then_ids_then_text_is_cut() {
        let lines = |width| at(Some(width)).lines().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(lines(80)[2], " too narrow for rate_low, rate_high; --format csv has all");
        assert_eq!(lines(60)[0], " label                                     rate");
        assert_eq!(lines(60)[2], " too narrow for rate_low, rate_high, formula; --format csv has all");
        assert_eq!(lines(40)[1], " community with a shared future f…  1.50");
        assert!([40, 60, 80, 120].iter().all(|w| lines(*w)[..2].iter().all(|l| width(l) <= *w)));
    }
}
