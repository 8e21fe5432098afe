//! `tifa lexicon import`: a lexicon from a dictionary of another tool.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::Global;
use crate::cli::output::print;
use crate::error::{Error, Result};
use crate::lexicon::{Dictionary, import};
use crate::table::write_whole;
use crate::text::plural_of;

/// Writes a lexicon file to look over. What cannot be kept is said, and stands in the file as comments.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The dictionary.
    file: PathBuf,
    /// What it is: quanteda (YAML), liwc (.dic) or csv [default: by its ending].
    #[arg(long, value_name = "KIND")]
    from: Option<Dictionary>,
    /// What to call the lexicon [default: the name of the file].
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The file to write [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &ImportArgs, global: &Global) -> Result<ExitCode> {
    let file = args.file.display().to_string();
    let ending = args.file.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default();
    let unknown = |_| Error::Usage(format!("{file}: say with --from what kind of dictionary it is: quanteda, liwc or csv"));
    let kind = args.from.map_or_else(|| ending.parse().map_err(unknown), Ok)?;
    let bytes = std::fs::read(&args.file).map_err(|e| Error::io(&args.file, e))?;
    let text = String::from_utf8(bytes).map_err(|_| Error::Usage(format!("{file}: is not in UTF-8; convert it")))?;
    let imported = import(&file, &text, kind)?;
    let base = args.file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let origin = args.file.file_name().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let lexicon = imported.to_toml(args.name.as_deref().unwrap_or(&base), &origin);
    match &args.output {
        Some(path) => write_whole(path, lexicon.as_bytes())?,
        None => print(lexicon.as_bytes())?,
    }
    if !global.quiet {
        imported.lost.iter().for_each(|l| say!("tifa: not kept: {l}"));
        say!("tifa: {}, {} not kept; look it over, then `tifa lexicon check` it", plural_of(imported.len(), "formula"), imported.lost.len());
    }
    Ok(ExitCode::SUCCESS)
}
