//! Spreadsheets: a file as it is, or the parts of one: sheet, strings, styles, workbook; after `XLSB` a binary sheet.

#![no_main]

const CONTENT_TYPES: &str =
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const PACKAGE: &str = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const STYLES: &str = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

/// One sheet called `S`, whose relation is `r1`.
const BINARY_WORKBOOK: &[u8] = b"\x9C\x01\x16\0\0\0\0\x01\0\0\0\x02\0\0\0r\x001\0\x01\0\0\0S\0\x90\x01\0\x9D\x01\0\x84\x01\0";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") || bytes.starts_with(b"\xD0\xCF") {
        tifa_fuzz::check("table.xlsx", bytes);
        tifa_fuzz::check("table.xls", bytes);
        return;
    }
    if let Some(sheet) = bytes.strip_prefix(b"XLSB") {
        let relations = RELATIONS.replace("sheet1.xml", "sheet1.bin");
        let file = [("xl/workbook.bin", BINARY_WORKBOOK), ("xl/_rels/workbook.bin.rels", relations.as_bytes()), ("xl/worksheets/sheet1.bin", sheet)];
        return tifa_fuzz::check("table.xlsx", &tifa_fuzz::zipped(file));
    }
    let mut parts = tifa_fuzz::parts(bytes);
    let (sheet, strings) = (parts.next().unwrap_or_default(), parts.next().unwrap_or(b"<sst/>"));
    let (styles, workbook) = (parts.next().unwrap_or(STYLES.as_bytes()), parts.next().unwrap_or(WORKBOOK.as_bytes()));
    let file = tifa_fuzz::zipped([
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", PACKAGE.as_bytes()),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/styles.xml", styles),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    tifa_fuzz::check("table.xlsx", &file);
    let types: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    tifa_fuzz::check("table.ods", &tifa_fuzz::zipped([("mimetype", types), ("content.xml", sheet), ("META-INF/manifest.xml", strings)]));
});
