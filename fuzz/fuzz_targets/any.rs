//! Any bytes under any name: the first byte chooses the ending.

#![no_main]

const ENDINGS: [&str; 20] =
    ["txt", "md", "html", "htm", "mht", "json", "jsonl", "csv", "tsv", "xlsx", "xls", "ods", "docx", "pdf", "zip", "gz", "txt.gz", "xml", "", "srt"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let name = format!("page.{}", ENDINGS[usize::from(*first) % ENDINGS.len()]);
    tifa_fuzz::check(&name, bytes);
});
