fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let lex = tifa::lexicon::Lexicons::load(&[""; 0], false).unwrap();
    let scan = tifa::scan::Scan::of(&[&args[0]], &lex).unwrap();
    let _ = std::fs::remove_dir_all(&args[1]);
    scan.write(std::path::Path::new(&args[1]), &[tifa::table::Format::Csv]).unwrap();
}
