//! One text in every format and encoding gives the same hits; whatever else is in a file gives a document or a problem.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use tifa::corpus::{Reading, read_bytes};
use tifa::people::People;

use crate::{rows, tifa};

const TITLE: &str = "顾文洲会见来访外长";
const DATE: &str = "2023-05-06";
const PARAGRAPHS: [&str; 3] = [
    "5月6日，外交部长顾文洲在海港市会见来访的外长，双方就共同关心的问题交换了意见，并商定继续保持接触。",
    "顾文洲表示，中方愿同各方一道践行真正的多边主义，推动构建人类命运共同体，落实全球发展倡议，共建“一带一路”，让发展成果惠及各国人民。",
    "外长表示，该国支持全球安全倡议，愿同中方深化务实合作。",
];

fn text() -> String {
    format!("{TITLE}\n\n{DATE}\n\n{}\n", PARAGRAPHS.join("\n\n"))
}

fn traditional(text: &str) -> String {
    let pairs = "顾顧访訪会會见見来來长長这這关關问問题題换換见見继繼续續触觸愿願边邊义義动動构構类類运運体體实實发發划劃让讓达達国國该該议議双雙带帶护護银銀实實践踐共共务務对對为為于於与與";
    let chars: Vec<char> = pairs.chars().collect();
    let map: BTreeMap<char, char> = chars.chunks(2).map(|c| (c[0], c[1])).collect();
    text.chars().map(|c| map.get(&c).copied().unwrap_or(c)).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

fn big5(text: &str) -> Vec<u8> {
    let (bytes, _, lost) = encoding_rs::BIG5.encode(text);
    assert!(!lost, "not all of the text is traditional");
    bytes.into_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn html() -> String {
    let body: String = PARAGRAPHS.iter().map(|p| format!("<p>　　{}</p>\n", escaped(p).replace("命运", "<b>命</b><span>运</span>"))).collect();
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>{TITLE} — 某国外交部</title></head><body>\
         <div class=nav><ul><li><a href=/>首页：构建人类命运共同体专题</a></li><li><a href=/a>部长活动</a></li></ul></div>\
         <div class=box><h1>{TITLE}</h1><div class=time>{DATE} 09:30</div><div class=content>{body}</div></div>\
         <div class=footer><p>版权所有。坚持真正的多边主义，推动构建人类命运共同体，共建“一带一路”，这是一句页脚的话。</p></div></body></html>"
    )
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx() -> Vec<u8> {
    let paragraph = |style: &str, text: &str| {
        // A run ends in the middle of a formula, as it does after every correction.
        let runs: Vec<String> = text.split_inclusive("人类").map(|r| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(r))).collect();
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", runs.concat())
    };
    let body: String = PARAGRAPHS.iter().map(|p| paragraph("Normal", p)).collect();
    let deleted = "<w:p><w:del><w:r><w:delText>全球文明倡议</w:delText></w:r></w:del></w:p>";
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{}{}{body}{deleted}</w:body></w:document>", paragraph("Title", TITLE), paragraph("Normal", DATE));
    let header = "<w:hdr xmlns:w=\"w\"><w:p><w:r><w:t>人类命运共同体研究</w:t></w:r></w:p></w:hdr>";
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes()), ("word/header1.xml", header.as_bytes())])
}

fn xlsx() -> Vec<u8> {
    let cell =
        |column: char, row: usize, text: &str| format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", escaped(text));
    let row = |number: usize, cells: [&str; 3]| {
        format!("<row r=\"{number}\">{}</row>", ['A', 'B', 'C'].iter().zip(cells).map(|(c, t)| cell(*c, number, t)).collect::<String>())
    };
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{}{}</sheetData></worksheet>",
        row(1, ["标题", "日期", "正文"]),
        row(2, [TITLE, DATE, &PARAGRAPHS.join("\n\n")])
    );
    let workbook = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    let root = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// A PDF of two pages, broken at 30 characters a line, with a running head that holds a formula and a page number.
fn pdf() -> Vec<u8> {
    let mut lines: Vec<(String, bool)> = vec![(TITLE.to_owned(), true), (DATE.to_owned(), true)];
    for paragraph in PARAGRAPHS {
        let chars: Vec<char> = paragraph.chars().collect();
        lines.extend(chars.chunks(30).enumerate().map(|(i, c)| (c.iter().collect(), i == 0)));
    }
    let show = |x: usize, y: usize, text: &str| {
        let hex: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
        format!("BT /F1 12 Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET\n")
    };
    let half = 5;
    let page = |number: usize, lines: &[(String, bool)]| {
        let mut y = 720;
        let mut content = show(60, 810, "人类命运共同体研究") + &show(300, 30, &format!("{number}/2"));
        for (line, first) in lines {
            y -= if *first { 30 } else { 16 };
            content += &show(60, y, line);
        }
        content
    };
    let contents = [page(1, &lines[..half]), page(2, &lines[half..])];
    let mut objects: Vec<String> = vec!["<</Type/Catalog/Pages 2 0 R>>".into(), "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>".into()];
    for i in 0..2 {
        objects.push(format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F1 7 0 R>>>>>>", 5 + i));
    }
    objects.extend(contents.iter().map(|c| format!("<</Length {}>>\nstream\n{c}endstream", c.len())));
    objects.push("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[8 0 R]>>".into());
    objects.push(
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 9 0 R>>"
            .into(),
    );
    objects.push(
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
            .into(),
    );
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let start = out.len();
    out += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    places.iter().for_each(|p| out += &format!("{p:010} 00000 n \n"));
    out += &format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.into_bytes()
}

/// (formula, speaker, voice, date) of each counted hit.
fn hits(file: &Path) -> Vec<[String; 4]> {
    let dir = tempfile::tempdir().unwrap();
    let run = tifa(&["scan", "--quiet", file.to_str().unwrap(), "--out", dir.path().join("out").to_str().unwrap()]);
    assert!(run.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&run.stderr));
    let table = |name: &str| rows(&std::fs::read_to_string(dir.path().join("out").join(name)).unwrap());
    let problems = table("problems.csv");
    assert!(problems.is_empty(), "{}: {problems:?}", file.display());
    assert_eq!(table("documents.csv")[0]["published"], DATE, "{}", file.display());
    let counted = table("hits.csv").into_iter().filter(|h| h["within"].is_empty() && h["voice"] != "boilerplate");
    counted.map(|h| ["formula", "speaker", "voice", "date"].map(|c| h[c].clone())).collect()
}

#[test]
fn one_text_in_every_format_and_encoding_gives_the_same_hits() {
    let dir = tempfile::tempdir().unwrap();
    let csv = format!("title,date,text\r\n{TITLE},{DATE},\"{}\"\r\n", PARAGRAPHS.join("\r\n\r\n"));
    let json = format!("{{\"title\": \"{TITLE}\", \"date\": \"{DATE}\", \"text\": {:?}}}\n", PARAGRAPHS.join("\n\n"));
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text().as_bytes()).unwrap();
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("utf8.txt", text().into_bytes()),
        ("bom.txt", format!("\u{FEFF}{}", text()).into_bytes()),
        ("utf16.txt", utf16(&text())),
        ("gb18030.txt", encoding_rs::GB18030.encode(&text()).0.into_owned()),
        ("big5.txt", big5(&traditional(&text()))),
        ("traditional.txt", traditional(&text()).into_bytes()),
        ("front.md", format!("---\ntitle: {TITLE}\ndate: '{DATE}'\n---\n\n{}\n", PARAGRAPHS.join("\n\n")).into_bytes()),
        ("page.html", html().into_bytes()),
        ("page-gb.shtml", encoding_rs::GB18030.encode(&html().replace("utf-8", "gb2312")).0.into_owned()),
        ("word.docx", docx()),
        ("sheet.xlsx", xlsx()),
        ("print.pdf", pdf()),
        ("table.csv", csv.clone().into_bytes()),
        ("excel.csv", [&[0xEF, 0xBB, 0xBF], csv.replace(',', ";").as_bytes()].concat()),
        ("lines.jsonl", json.clone().into_bytes()),
        ("array.json", format!("[{json}]").into_bytes()),
        ("packed.txt.gz", gz.finish().unwrap()),
        ("packed.zip", zip(&[("in/utf8.txt", text().as_bytes())])),
    ];
    let mut want = None;
    for (name, bytes) in files {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let got = hits(&path);
        let want = want.get_or_insert_with(|| got.clone());
        assert_eq!(&got, want, "{name}");
    }
    let want = want.unwrap();
    let ids: Vec<&str> = want.iter().map(|h| h[0].as_str()).collect();
    assert_eq!(ids, ["true-multilateralism", "community-shared-future", "global-development-initiative", "belt-and-road", "global-security-initiative"]);
    assert!(want[..4].iter().all(|h| h[1] == "顾文洲"), "{want:?}");
}

#[test]
fn parquet_is_read_like_any_table() {
    let dir = tempfile::tempdir().unwrap();
    let csv = dir.path().join("t.csv");
    std::fs::write(&csv, format!("title,date,text\n{TITLE},{DATE},\"{}\"\n", PARAGRAPHS.join("\n\n"))).unwrap();
    let out = dir.path().join("scan");
    assert!(tifa(&["scan", "--quiet", csv.to_str().unwrap(), "--out", out.to_str().unwrap(), "--format", "parquet"]).status.success());
    // The table of hits has texts of its own: the words to the left of each.
    let run = tifa(&["count", out.join("hits.parquet").to_str().unwrap(), "--column", "text=left", "--column", "id=start", "--by", "language"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(String::from_utf8_lossy(&run.stdout).contains("\nzh,"), "{}", String::from_utf8_lossy(&run.stdout));
}

fn stdout(args: &[&str]) -> String {
    let run = tifa(args);
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn what_a_researcher_knows_about_his_files_counts() {
    let dir = tempfile::tempdir().unwrap();
    let corpus = dir.path().join("corpus");
    std::fs::create_dir_all(corpus.join("sub")).unwrap();
    for name in ["VLM_3_2020.txt", "sub/ORL_4_2021.txt", "notes.txt"] {
        std::fs::write(corpus.join(name), format!("Mr. President, we of {name} stand for true multilateralism in this hall.\n")).unwrap();
    }
    let out = dir.path().join("out");
    let (c, o) = (corpus.to_str().unwrap(), out.to_str().unwrap());
    stdout(&["scan", "--quiet", c, "--out", o, "--path-pattern", "{country}_{session}_{year}"]);
    let table = |name: &str| rows(&std::fs::read_to_string(out.join(name)).unwrap());
    let documents: Vec<(String, String, String)> =
        table("documents.csv").into_iter().map(|d| (d["path"].clone(), d["date"].clone(), d["source"].clone())).collect();
    let want = [("VLM_3_2020.txt", "2020-01-01", "VLM"), ("notes.txt", "", ""), ("sub/ORL_4_2021.txt", "2021-01-01", "ORL")];
    assert_eq!(documents, want.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
    assert_eq!(table("problems.csv")[0]["path"], "notes.txt");
    // Only the year is known: there is no month to count by.
    assert!(stdout(&["count", o, "--by", "month", "--formula", "true-multilateralism"]).contains("\n,en,3,3,"));
    assert!(stdout(&["count", o, "--by", "year", "--formula", "true-multilateralism"]).contains("\n2020,en,1,1,"));

    std::fs::write(
        corpus.join("metadata.csv"),
        "path,date,speaker,title\nVLM_3_2020.txt,2020-09-22,Ilse Varga,Address\nsub/ORL_4_2021.txt,2021-09-21,Ana Tane,\ngone.txt,2020-01-02,,\n",
    )
    .unwrap();
    stdout(&["scan", "--quiet", c, "--out", o]);
    let hits: Vec<[String; 4]> = table("hits.csv").into_iter().map(|h| ["speaker", "evidence", "date", "voice"].map(|c| h[c].clone())).collect();
    assert_eq!(hits[0], ["Ilse Varga", "metadata", "2020-09-22", "spoken"].map(str::to_owned));
    assert_eq!(hits[2], ["Ana Tane", "metadata", "2021-09-21", "spoken"].map(str::to_owned));
    let problems: Vec<(String, String)> = table("problems.csv").into_iter().map(|p| (p["path"].clone(), p["kind"].clone())).collect();
    assert_eq!(problems, [("metadata.csv".to_owned(), "metadata".to_owned()), ("notes.txt".to_owned(), "metadata".to_owned())]);
}

#[test]
fn a_speaker_column_gives_way_to_what_the_text_says() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("speeches.csv");
    let speech =
        "We stand for true multilateralism. Ana Tane, President of Orland, said that the Belt and Road Initiative is a public good. We thank her for that.";
    let report = "Ilse Varga met her guest. Varga said that she supports the Global Security Initiative.\n\nAfter the talks on global governance, the guest left for the airport.";
    std::fs::write(&file, format!("speaker,date,text\nIlse Varga,2021-05-06,\"{speech}\"\nIlse Varga,2021-05-07,\"{report}\"\n")).unwrap();
    let table = rows(&stdout(&["hits", file.to_str().unwrap(), "--voice", "spoken,reported,narration"]));
    let said: Vec<[&str; 3]> = table.iter().map(|h| ["formula", "speaker", "evidence"].map(|c| h[c].as_str())).collect();
    assert_eq!(said[0], ["true-multilateralism", "Ilse Varga", "metadata"]);
    assert_eq!(said[1], ["belt-and-road", "Ana Tane", "cue"]);
    assert!(said.contains(&["global-security-initiative", "Ilse Varga", "cue"]) && said.contains(&["global-governance", "", ""]), "{said:?}");
}

#[test]
fn a_row_a_turn_keeps_its_speaker_and_its_voice() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("turns.csv");
    let rows_of = "title,date,speaker,text\nConf,2023-01-04,AFP,What of true multilateralism?\nConf,2023-01-04,Mao Ning,We uphold true multilateralism.\n\
                   Conf,2023-01-05,Q,And true multilateralism?\nConf,2023-02-05,Mao Ning,We uphold true multilateralism.\n";
    std::fs::write(&file, rows_of).unwrap();
    let table = rows(&stdout(&["hits", file.to_str().unwrap(), "--group-by", "title", "--voice", "spoken,question"]));
    let said: Vec<[&str; 3]> = table.iter().map(|h| ["speaker", "voice", "date"].map(|c| h[c].as_str())).collect();
    let want = [["AFP", "question", "2023-01-04"], ["Mao Ning", "spoken", "2023-01-04"], ["", "question", "2023-01-05"], ["Mao Ning", "spoken", "2023-02-05"]];
    assert_eq!(said, want);
}

#[test]
fn parts_without_a_date_do_not_take_that_of_another() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("three.txt");
    std::fs::write(
        &file,
        "Doc 1\nThey spoke of true multilateralism.\n\u{C}Doc 2\n2023-06-05\nOf true multilateralism.\n\u{C}Doc 3\nAnd of true multilateralism again.\n",
    )
    .unwrap();
    let table = rows(&stdout(&["hits", file.to_str().unwrap(), "--split", "formfeed"]));
    assert_eq!(table.iter().map(|h| h["date"].as_str()).collect::<Vec<_>>(), ["", "2023-06-05", ""]);
}

#[test]
fn standard_input_is_json_lines() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tifa")).args(["hits", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let line = "{\"date\": \"2021-05-06\", \"speaker\": \"Ilse Varga\", \"text\": \"We stand for true multilateralism.\"}\n";
    child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    let table = rows(&String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap());
    assert_eq!(["document", "speaker", "date"].map(|c| table[0][c].as_str()), ["-#1", "Ilse Varga", "2021-05-06"]);
}

#[test]
fn a_missing_text_column_is_said_with_the_columns_there_are() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("t.csv");
    std::fs::write(&file, "headline,words\nA,We stand for true multilateralism.\n").unwrap();
    let run = tifa(&["hits", file.to_str().unwrap()]);
    let message = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.code() == Some(2) && message.contains("`headline`, `words`") && message.contains("--column text=NAME"), "{message}");
    assert_eq!(rows(&stdout(&["hits", file.to_str().unwrap(), "--column", "text=words"])).len(), 1);
}

#[test]
fn parts_of_a_file_keep_its_offsets() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("log.md");
    let log = "# Log\n\n### Varga Meets Tane\n\n2021-05-06\n\nVarga spoke of true multilateralism.\n\n### 顾文洲讲话\n\n2021-05-07\n\n顾文洲表示，坚持真正的多边主义。\n";
    std::fs::write(&file, log).unwrap();
    let table = rows(&stdout(&["hits", file.to_str().unwrap(), "--split", "###"]));
    assert_eq!(table.iter().map(|h| h["document"].as_str()).collect::<Vec<_>>(), ["log.md#1", "log.md#2"]);
    for hit in &table {
        let range = hit["start"].parse::<usize>().unwrap()..hit["end"].parse::<usize>().unwrap();
        assert_eq!(&log[range], hit["text"]);
    }
    assert_eq!(table.iter().map(|h| h["date"].as_str()).collect::<Vec<_>>(), ["2021-05-06", "2021-05-07"]);
    assert_eq!(stdout(&["text", file.to_str().unwrap()]), log);
    assert_eq!(stdout(&["text", &format!("{}#2", file.display()), "--split", "###"]), log);
}

#[test]
fn files_without_documents_are_problems() {
    let mut bytes = xlsx();
    // The directory of the archive names other members.
    let directory = bytes.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    bytes[directory + 50] = 0;
    for (name, bytes) in
        [("a.csv", b"title,text\n".to_vec()), ("a.json", b"[]".to_vec()), ("a.jsonl", b"\n".to_vec()), ("a.xlsx", bytes), ("a.html", b"<html>".to_vec())]
    {
        let contents = read_bytes(name, bytes, &Reading::default(), People::builtin());
        assert!(contents.documents.is_empty() && !contents.problems.is_empty(), "{name}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]

    /// Any bytes under any name give a document or a problem.
    #[test]
    fn any_bytes_are_a_document_or_a_problem(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400),
        head in proptest::sample::select(vec![&b""[..], b"<html><p>", b"{\"text\": \"", b"text,date\n", b"%PDF-1.4\n", b"PK\x03\x04", b"\x1F\x8B\x08", b"---\n", b"PAR1"]),
        ending in proptest::sample::select(vec!["txt", "md", "html", "csv", "json", "jsonl", "docx", "xlsx", "xls", "pdf", "parquet", "zip", "gz", "bin"]),
    ) {
        let contents = read_bytes(&format!("a.{ending}"), [head, &bytes].concat(), &Reading::default(), People::builtin());
        proptest::prop_assert!(!contents.documents.is_empty() || !contents.problems.is_empty());
        for document in &contents.documents {
            let mut at = 0;
            for block in &document.blocks {
                proptest::prop_assert!(at <= block.range.start && document.text.get(block.range.clone()).is_some());
                at = block.range.end;
            }
        }
    }

    /// The same for damaged files of every format.
    #[test]
    fn damaged_files_are_a_document_or_a_problem(which in 0..4_usize, at in 0.0..1.0_f64, byte in proptest::prelude::any::<u8>(), cut in proptest::prelude::any::<bool>()) {
        let (name, mut bytes) = [("a.docx", docx()), ("a.xlsx", xlsx()), ("a.pdf", pdf()), ("a.html", html().into_bytes())].into_iter().nth(which).unwrap();
        let place = (at * bytes.len() as f64) as usize;
        bytes[place] = byte;
        if cut {
            bytes.truncate(place);
        }
        let contents = read_bytes(name, bytes, &Reading::default(), People::builtin());
        proptest::prop_assert!(!contents.documents.is_empty() || !contents.problems.is_empty());
    }
}
