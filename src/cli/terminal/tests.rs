//! The views of small tables, as they stand on a screen.

use polars::prelude::*;

use super::*;
use crate::table::text_column;

fn plain(text: crate::error::Result<String>) -> String {
    anstream::adapter::strip_str(&text.unwrap()).to_string()
}

fn wide(width: usize) -> Screen {
    Screen { width: Some(width), height: None }
}

fn numbers(name: &str, values: &[Option<f64>]) -> Column {
    Column::new(name.into(), values)
}

/// A formula, a language, and occurrences and exposure of the months of 2024; no exposure is a gap.
type Monthly<'a> = (&'a str, &'a str, &'a [(f64, f64)]);

struct Point {
    formula: String,
    language: String,
    month: String,
    occurrences: Option<f64>,
    exposure: f64,
}

fn series_of(rows: &[Monthly<'_>]) -> (DataFrame, DataFrame) {
    let mut points = Vec::new();
    for (formula, language, values) in rows {
        for (i, (k, n)) in values.iter().enumerate() {
            points.push(Point {
                formula: (*formula).to_owned(),
                language: (*language).to_owned(),
                month: format!("2024-{:02}", i + 1),
                occurrences: (*n > 0.0).then_some(*k),
                exposure: *n,
            });
        }
    }
    let text = |name: &str, get: fn(&Point) -> &str| text_column(name, points.iter().map(get));
    let of = |get: fn(&Point) -> Option<f64>| points.iter().map(get).collect::<Vec<_>>();
    let frame = DataFrame::new_infer_height(vec![
        text("formula", |p| &p.formula),
        text("label", |p| &p.formula),
        text("language", |p| &p.language),
        text("month", |p| &p.month),
        text("unit", |p| if p.language == "zh" { "characters" } else { "words" }),
        numbers("occurrences", &of(|p| p.occurrences)),
        numbers("exposure", &of(|p| Some(p.exposure))),
        numbers("rate", &of(|p| p.occurrences.map(|k| k * 10_000.0 / p.exposure))),
    ]);
    let sums: Vec<Option<f64>> = rows.iter().map(|r| Some(r.2.iter().map(|(k, _)| k).sum())).collect();
    let presence = DataFrame::new_infer_height(vec![
        text_column("formula", rows.iter().map(|r| r.0)),
        text_column("label", rows.iter().map(|r| r.0)),
        text_column("language", rows.iter().map(|r| r.1)),
        numbers("occurrences", &sums),
        numbers("documents", &vec![Some(1.0); rows.len()]),
        text_column("status", rows.iter().map(|_| "in use")),
    ]);
    (frame.unwrap(), presence.unwrap())
}

#[test]
fn a_series_is_a_line() {
    let (frame, presence) = series_of(&[
        ("seldom", "zh", &[(0.0, 100.0), (0.0, 0.0), (1.0, 200.0), (4.0, 200.0)]),
        ("人类命运共同体", "zh", &[(8.0, 100.0), (0.0, 0.0), (1.0, 200.0), (0.0, 200.0)]),
        ("never", "zh", &[(0.0, 100.0), (0.0, 0.0), (0.0, 200.0), (0.0, 200.0)]),
    ]);
    let want = "
 Occurrences per 10,000 characters (zh), 2024-01 to 2024-04, by month.
 Each line to its own highest rate: _ is none, · no text.

 formula         n  docs  rate  highest  in       status
 人类命运共同体  9     1  █·▁_   800.00  2024-01  in use
 seldom          5     1  _·▂█   200.00  2024-04  in use
 never           0     1  _·__                    in use
";
    assert_eq!(format!("\n{}", plain(series(&frame, &presence, &wide(100)))), want);
}

#[test]
fn languages_share_an_axis_and_narrow_lines_are_squeezed() {
    let (frame, presence) = series_of(&[("a", "en", &[(1.0, 100.0); 12]), ("a", "zh", &[(2.0, 100.0); 3])]);
    let view = plain(series(&frame, &presence, &wide(100)));
    assert!(view.contains("per 10,000 characters (zh) or words (en), 2024-01 to 2024-12"), "{view}");
    assert!(view.contains(" a        en  12     1  ████████████") && view.contains(" a        zh   6     1  ███·········"), "{view}");
    let (frame, presence) = series_of(&[("a formula with a long name", "en", &[(1.0, 100.0); 12])]);
    let view = plain(series(&frame, &presence, &wide(48)));
    assert!(view.contains("\n a formula with a…  12     1  ████████████") && !view.contains("status") && view.lines().all(|l| grid::width(l) <= 48), "{view}");
    let (frame, presence) = series_of(&[("a", "en", &[(1.0, 100.0); 12])]);
    let long: Vec<String> = (1..=48).map(|i| format!("{}-{:02}", 2020 + (i - 1) / 12, (i - 1) % 12 + 1)).collect();
    let mut many = (0..4).map(|_| frame.clone()).reduce(|a, b| a.vstack(&b).unwrap()).unwrap();
    many.with_column(text_column("month", long.iter().map(String::as_str))).unwrap();
    let view = plain(series(&many, &presence, &wide(60)));
    assert!(view.contains("a mark is 4 months") && view.contains(" ████████████ ") && view.lines().all(|l| grid::width(l) <= 60), "{view}");
    let (frame, presence) = series_of(&[("once", "en", &[(1.0, 100.0)])]);
    assert!(plain(series(&frame, &presence, &wide(60))).contains("2024-01, one month."));
}

#[test]
fn more_rows_than_a_terminal_has_are_said() {
    let rows: Vec<Monthly<'_>> = vec![("a", "en", &[(1.0, 10.0)]); 30];
    let (frame, mut presence) = series_of(&rows);
    let names: Vec<String> = (0..30).map(|i| format!("f{i:02}")).collect();
    presence.with_column(text_column("label", names.iter().map(String::as_str))).unwrap();
    let view = plain(series(&frame, &presence, &Screen { width: Some(80), height: Some(20) }));
    assert!(view.contains(" … and 16 more; --format csv has all") && view.lines().count() <= 20, "{view}");
}

/// (formula, a, b, log ratio, low, high, z, q)
type Compared<'a> = (&'a str, f64, f64, f64, Option<f64>, Option<f64>, f64, f64);

fn comparison_of(rows: &[Compared<'_>]) -> DataFrame {
    let of = |name: &str, get: fn(&Compared<'_>) -> Option<f64>| numbers(name, &rows.iter().map(get).collect::<Vec<_>>());
    let text = |name: &str, get: for<'a> fn(&Compared<'a>) -> &'a str| text_column(name, rows.iter().map(get));
    DataFrame::new_infer_height(vec![
        text("formula", |r| r.0),
        text("label", |r| r.0),
        text("language", |_| "en"),
        text("unit", |_| "words"),
        of("occurrences_a", |r| Some(r.1)),
        of("occurrences_b", |r| Some(r.2)),
        of("of_documents_a", |_| Some(30.0)),
        of("of_documents_b", |_| Some(1.0)),
        of("exposure_a", |_| Some(10_000.0)),
        of("exposure_b", |_| Some(10_000.0)),
        of("rate_a", |r| Some(r.1)),
        of("rate_b", |r| Some(r.2)),
        of("log_ratio", |r| Some(r.3)),
        of("log_ratio_low", |r| r.4),
        of("log_ratio_high", |r| r.5),
        of("z", |r| Some(r.6)),
        of("q", |r| Some(r.7)),
        text("differs", |_| "voice|quarter"),
        text("note", |r| if r.2 == 0.0 { "zero in b" } else { "" }),
    ])
    .unwrap()
}

#[test]
fn a_comparison_has_bars_and_the_clearest_difference_first() {
    let frame = comparison_of(&[
        ("unsure", 5.0, 4.0, 0.32, Some(-0.5), Some(1.1), 0.5, 0.8),
        ("only a", 3.0, 0.0, 2.8, Some(0.4), None, 1.5, 0.03),
        ("rather b", 1.0, 4.0, -2.0, Some(-2.9), Some(-1.0), -2.5, 0.0004),
    ]);
    let names = Names { a: "speaker=X".into(), b: "the rest".into() };
    let want = "
 a  speaker=X  en: 30 documents, 10,000 words
 b  the rest  en: 1 document, 10,000 words
 They also differ in voice, quarter (en); --strata holds such things fixed.
 Rates per 10,000. Right of 0 is more in a, left of it more in b; +1 is twice as often, +2 four
 times. Coloured where q < 0.05.

              a (n)     b (n)  −3             0             +3  log ratio  95 %                 q
 rather b  1.00 (1)  4.00 (4)   ├───●────┤    │                     −2.00  [−2.90, −1.00]  <0.001
 only a    3.00 (3)  0.00 (0)                 │ ├────────────▸  none in b  [0.40, …]        0.030
 unsure    5.00 (5)  4.00 (4)               ├─┼─●──┤                +0.32  [−0.50, 1.10]    0.800
";
    assert_eq!(format!("\n{}", plain(comparison(&frame, &names, &wide(98)))), want);
    let coloured = comparison(&frame, &names, &wide(98)).unwrap();
    let styled = |name: &str| coloured.lines().any(|l| l.contains(name) && l.contains("\u{1b}[3"));
    assert!(styled("rather b") && styled("only a") && !styled("unsure"), "{coloured}");
    assert!(plain(comparison(&frame, &names, &wide(70))).lines().skip(6).all(|l| grid::width(l) <= 70));
}

/// Formula, date, speaker, words before, formula as it stands, words after.
type Said = [&'static str; 6];

#[test]
fn a_concordance_is_lined_up_at_the_formula() {
    let rows: [Said; 3] = [
        ["shared-future", "2024-01-02", "沈芷岚", "我们愿推动构建", "人类命运共同体", "，共同发展。"],
        ["shared-future", "", "", "They spoke of", "a community with a shared future", ", and of fish."],
        ["other", "2024-01-02", "Ilse Varga", "", "win-win", "ties"],
    ];
    let text = |name: &str, get: fn(&Said) -> &'static str| text_column(name, rows.iter().map(get));
    let frame = DataFrame::new_infer_height(vec![
        text("formula", |r| r[0]),
        text("date", |r| r[1]),
        text("speaker", |r| r[2]),
        text("voice", |r| if r[2].is_empty() { "narration" } else { "spoken" }),
        text("stance", |r| if r[0] == "other" { "refused" } else { "" }),
        text("document", |_| "a.txt"),
        numbers("start", &[Some(7.0); 3]).cast(&DataType::Int64).unwrap(),
        text("left", |r| r[3]),
        text("text", |r| r[4]),
        text("right", |r| r[5]),
    ])
    .unwrap();
    let narrow = "
 shared-future  2 occurrences

  我们愿推动构建  人类命运共同体  ，共同发展。
    2024-01-02  沈芷岚 (spoken)  a.txt@7
   They spoke of  a community with a shared future  , and of fish.
    undated  – (narration)  a.txt@7

 other  1 occurrence

    win-win  ties
    2024-01-02  Ilse Varga (spoken, refused)  a.txt@7
";
    assert_eq!(format!("\n{}", plain(lines(&frame, &wide(80)))), narrow);
    let beside = plain(lines(&frame, &wide(160)));
    let at = |mark: &str| beside.lines().find_map(|l| l.find(mark).map(|i| grid::width(&l[..i]))).unwrap();
    assert_eq!(at("人类命运"), at("a community"), "{beside}");
    assert!(beside.contains(" 2024-01-02  沈芷岚 (spoken)  我们愿推动构建  人类命运共同体  ，共同发展。"), "{beside}");
    assert!(beside.contains("\n undated     – (narration)     They spoke of  a community"), "{beside}");
}
