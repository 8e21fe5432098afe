//! Tables in the formats of other programs: read back as they were, and no text of a document does anything there.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};

use crate::{project, rows, tifa};

/// Words before and after a formula that try everything.
const NASTY: &str = "Gu <script>alert(1)</script> said \"a\" & 'b' | 50 % of #x_y {z} ~ ^ \\input $1 true multilateralism =cmd|' /C calc'!A0 <r><t>x</t></r> [a](http://x.example) @b";

/// A corpus of one record whose title and speaker are formulas to a spreadsheet.
fn corpus(folder: &Path) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let records = [
        ["=cmd|' /C calc'!A0", "2024-05-01", "@SUM(1;2)", NASTY],
        ["<r><t>bold</t></r>", "1890-01-01", "－1", "They spoke of true multilateralism."],
        ["http://x.example/", "2024-05-03", "一般发言人", "各方支持一带一路倡议。"],
    ];
    let lines: Vec<String> = records.iter().map(|r| r.map(quoted).join(",")).collect();
    let path = folder.join("talks.csv");
    std::fs::write(&path, format!("title,date,speaker,text\n{}\n", lines.join("\n"))).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The same, scanned.
fn scanned(folder: &Path) -> String {
    let (corpus, out) = (corpus(folder), folder.join("scanned"));
    run(&["scan", &corpus, "--out", out.to_str().unwrap(), "--format", "csv"]);
    out.to_str().unwrap().to_owned()
}

fn run(args: &[&str]) -> Vec<u8> {
    let run = tifa(args);
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    run.stdout
}

fn text(args: &[&str]) -> String {
    String::from_utf8(run(args)).unwrap()
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

/// A file within a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    std::io::read_to_string(zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap()).unwrap()
}

/// Holds a sheet against the CSV of the same table: as many rows, texts as texts, days as days, numbers as numbers.
fn assert_same(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, csv: &str) {
    let csv = crate::records(csv);
    let cells = book.worksheet_range(sheet).unwrap();
    assert_eq!(cells.get_size().0, csv.len(), "{sheet}");
    assert_eq!(book.worksheet_formula(sheet).unwrap().used_cells().count(), 0, "{sheet}");
    for (row, want) in csv.iter().enumerate() {
        for (column, want) in want.iter().enumerate() {
            let place = format!("{sheet}: {} in row {row}", csv[0][column]);
            match cells.get_value((row as u32, column as u32)).unwrap_or(&Data::Empty) {
                Data::Empty => assert_eq!(want, "", "{place}"),
                Data::String(text) => assert_eq!(text, want, "{place}"),
                Data::DateTime(day) => {
                    let (year, month, day, ..) = day.to_ymd_hms_milli();
                    assert_eq!(&format!("{year:04}-{month:02}-{day:02}"), want, "{place}");
                }
                Data::Float(x) => assert!((x - want.parse::<f64>().unwrap()).abs() < 5.1e-5, "{place}: {x} and {want}"),
                other => panic!("{place}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_workbook_reads_back_with_its_types_and_runs_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let corpus = scanned(dir.path());
    for command in [&["hits"][..], &["count", "--by", "document,speaker,formula"], &["kwic"], &["adopt"], &["trend", "--period", "year", "--show", "summary"]] {
        let ask = |format| run(&[command, &[&corpus, "--format", format]].concat());
        let bytes = ask("xlsx");
        assert_eq!(bytes, ask("xlsx"), "{command:?}");
        assert_same(&mut open(bytes), "Table", &String::from_utf8(ask("csv")).unwrap());
    }
    let bytes = run(&["hits", &corpus, "--format", "xlsx"]);
    let (sheet, core) = (part(&bytes, "xl/worksheets/sheet1.xml"), part(&bytes, "docProps/core.xml"));
    assert!(!sheet.contains("<f>") && !sheet.contains("hyperlink") && sheet.contains("<autoFilter") && sheet.contains("state=\"frozen\""));
    assert_eq!(core.matches(">1980-01-01T00:00:00Z<").count(), core.matches(":W3CDTF").count(), "{core}");
    // Also when the cell is changed.
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
    let cells = open(bytes).worksheet_range("Table").unwrap();
    let of = |name: &str| {
        let at = cells.rows().next().unwrap().iter().position(|c| *c == Data::String(name.into())).unwrap();
        cells.rows().skip(1).map(|r| r[at].clone()).collect::<Vec<_>>()
    };
    let speakers: Vec<String> = of("speaker").iter().map(ToString::to_string).collect();
    assert!(speakers.contains(&"@SUM(1;2)".to_owned()) && speakers.contains(&"－1".to_owned()), "{speakers:?}");
    let dates = of("date");
    assert!(matches!(dates[0], Data::DateTime(_)) && dates.contains(&Data::String("1890-01-01".into())), "{dates:?}");
    assert!(of("start").iter().all(|c| matches!(c, Data::Float(_))));
}

#[test]
fn csv_for_a_spreadsheet_is_guarded_and_reads_back() {
    let dir = tempfile::tempdir().unwrap();
    let corpus = corpus(dir.path());
    let (plain, excel) = (text(&["hits", &corpus]), text(&["hits", &corpus, "--excel"]));
    let guarded = rows(excel.strip_prefix('\u{FEFF}').unwrap());
    let starts = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];
    for (row, plain) in guarded.iter().zip(rows(&plain)) {
        for (name, cell) in row {
            assert!(!cell.starts_with(starts), "{name}: {cell}");
            assert_eq!(cell.strip_prefix('\'').filter(|c| c.starts_with(starts)).unwrap_or(cell), plain[name], "{name}");
        }
    }
    assert!(guarded.iter().any(|r| r["speaker"] == "'@SUM(1;2)") && guarded.iter().any(|r| r["right"].starts_with("'=cmd")));
    // Numbers stay numbers: those below nothing too.
    let compared = text(&["compare", &corpus, "--a", "year=2024", "--excel"]);
    let ratios: Vec<f64> = rows(&compared).iter().filter_map(|r| r["log_ratio"].parse().ok()).collect();
    assert!(ratios.iter().any(|x| *x < 0.0), "{compared}");
    // As a corpus, and as a table of a scan.
    let talks = dir.path().join("marked.csv");
    std::fs::write(&talks, format!("\u{FEFF}{}", std::fs::read_to_string(&corpus).unwrap())).unwrap();
    assert_eq!(rows(&text(&["hits", talks.to_str().unwrap()])).len(), rows(&plain).len());
    let scan = dir.path().join("scan");
    run(&["scan", &corpus, "--out", scan.to_str().unwrap(), "--format", "csv"]);
    std::fs::write(scan.join("hits.csv"), &excel).unwrap();
    assert_eq!(rows(&text(&["hits", scan.to_str().unwrap()])).len(), rows(&plain).len());
    for other in ["jsonl", "xlsx", "table", "markdown"] {
        let refused = tifa(&["hits", &corpus, "--excel", "--format", other]);
        assert!(refused.status.code() == Some(2) && String::from_utf8_lossy(&refused.stderr).contains("--excel: is for csv"));
    }
}

#[test]
fn json_markdown_and_latex_hold_nothing_that_acts() {
    let dir = tempfile::tempdir().unwrap();
    let corpus = scanned(dir.path());
    let csv = rows(&text(&["hits", &corpus]));
    let json: Vec<BTreeMap<String, serde_json::Value>> = serde_json::from_str(&text(&["hits", &corpus, "--format", "json"])).unwrap();
    assert_eq!(json.len(), csv.len());
    assert!(json.iter().zip(&csv).all(|(j, c)| j["left"].as_str().unwrap_or("") == c["left"] && j["start"].as_u64() == c["start"].parse().ok()));
    let markdown = text(&["hits", &corpus, "--format", "markdown"]);
    assert_eq!(markdown.lines().count(), csv.len() + 2);
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    assert!(markdown.lines().all(|line| bars(line) == bars(markdown.lines().next().unwrap())), "{markdown}");
    let page = pulldown(&markdown);
    assert!(page.contains("&lt;/script&gt;") && !page.contains("<script") && !page.contains("<a ") && !page.contains("<strong>"), "{page}");
    assert!(page.contains("=cmd|' /C calc'!A0") && page.contains("50 % of #x_y {z} ~ ^ \\input $1"), "{page}");
    let latex = text(&["hits", &corpus, "--format", "latex"]);
    assert!(latex.contains("usepackage{booktabs}") && latex.contains("usepackage{ctex}"));
    assert!(latex.contains("50 \\% of \\#x\\_y \\{z\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}input \\$1"), "{latex}");
    let ands = |line: &str| line.replace("\\&", "").matches('&').count();
    let body: Vec<&str> = latex.lines().filter(|l| l.ends_with(" \\\\")).collect();
    assert!(body.len() == csv.len() + 1 && body.iter().all(|line| ands(line) == ands(body[0])), "{latex}");
}

/// The table as HTML.
fn pulldown(markdown: &str) -> String {
    let mut page = String::new();
    pulldown_cmark::html::push_html(
        &mut page,
        pulldown_cmark::Parser::new_ext(markdown, pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH),
    );
    page.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[test]
fn the_workbook_of_a_report_has_its_tables_and_says_what_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("report");
    run(&["report", project("reports/sample/study.toml").to_str().unwrap(), "--out", out.to_str().unwrap(), "--quiet"]);
    let bytes = std::fs::read(out.join("tables.xlsx")).unwrap();
    let mut book = open(bytes);
    let sheets = book.sheet_names();
    assert!(sheets[0] == "About" && sheets.iter().any(|s| s == "hits") && !sheets.iter().any(|s| s == "segments"), "{sheets:?}");
    let tables: Vec<String> = std::fs::read_dir(out.join("tables")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(sheets.len(), tables.len(), "About in place of the segments");
    for name in &sheets[1..] {
        assert_same(&mut book, name, &std::fs::read_to_string(out.join(format!("tables/{name}.csv"))).unwrap());
    }
    let about = book.worksheet_range("About").unwrap();
    let facts: Vec<[String; 3]> = about.rows().skip(1).map(|r| [0, 1, 2].map(|i| r[i].to_string())).collect();
    let manifest: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("run.json")).unwrap()).unwrap();
    let has = |name: &str, value: &str| assert!(facts.iter().any(|f| f[1] == name && f[2].contains(value)), "{name} {value}: {facts:?}");
    has("tifa", manifest["version"].as_str().unwrap());
    has("SHA-256", manifest["inputs_hash"].as_str().unwrap());
    has("prc-diplomacy", manifest["lexicons"][0]["hash"].as_str().unwrap());
    has("period", "year");
    has("hits", "one row an occurrence of a formula");
    assert_eq!(
        facts.iter().filter(|f| f[0] == "sheet" && f[2].contains(" row") && f[2].contains(". All of it: tables/")).map(|f| f[1].as_str()).collect::<Vec<_>>(),
        sheets[1..]
    );
}
