//! `tifa lexicon export`: the lexicons for other programs, or as a codebook.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::cli::Global;
use crate::cli::common::lexicons;
use crate::cli::output::print;
use crate::error::{Error, Result};
use crate::lexicon::{Formula, TITLE, codebook, export_csv, export_yaml};
use crate::table::write_whole;
use crate::text::plural_of;

/// A table of all patterns with all that is known (csv), a quanteda dictionary (yaml), or a codebook of a page a theme
/// (codebook, into the folder -o). What cannot be kept is said.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// Names of lexicons [default: all].
    #[arg(value_name = "LEXICON")]
    name: Vec<String>,
    /// What to write.
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    format: ExportFormat,
    /// The file to write, or for a codebook the folder [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    Csv,
    Yaml,
    Codebook,
}

pub(super) fn run(args: &ExportArgs, global: &Global) -> Result<ExitCode> {
    let lexicons = lexicons(global)?;
    let names: Vec<&str> = lexicons.lexicons().iter().map(|l| l.name.as_str()).collect();
    if let Some(unknown) = args.name.iter().find(|n| !names.contains(&n.as_str())) {
        return Err(Error::Usage(format!("{unknown}: no lexicon of that name; there are {}", names.join(", "))));
    }
    let meant = |f: &&Formula| args.name.is_empty() || args.name.contains(&f.lexicon);
    let export = match args.format {
        ExportFormat::Csv => export_csv(lexicons.formulas().filter(meant))?,
        ExportFormat::Yaml => export_yaml(lexicons.formulas().filter(meant)),
        ExportFormat::Codebook => {
            let folder = args.output.as_ref().ok_or_else(|| Error::Usage("give -o DIR for the pages of the codebook".into()))?;
            refuse_others(folder)?;
            std::fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
            for (name, page) in codebook(&lexicons, &|lexicon| args.name.is_empty() || args.name.iter().any(|n| n == lexicon)) {
                write_whole(&folder.join(name), page.as_bytes())?;
            }
            return Ok(ExitCode::SUCCESS);
        }
    };
    match &args.output {
        Some(path) => write_whole(path, export.text.as_bytes())?,
        None => print(export.text.as_bytes())?,
    }
    if !global.quiet {
        export.lost.iter().for_each(|l| say!("tifa: not kept: {l}"));
        say!("tifa: {}", plural_of(lexicons.formulas().filter(meant).count(), "formula"));
    }
    Ok(ExitCode::SUCCESS)
}

/// A folder that holds something else than a codebook is not written into.
fn refuse_others(folder: &Path) -> Result<()> {
    let is_codebook = std::fs::read_to_string(folder.join("README.md")).is_ok_and(|text| text.starts_with(TITLE));
    let is_empty = std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if is_codebook || is_empty {
        return Ok(());
    }
    Err(Error::Usage(format!("{}: holds something else than a codebook; give a new folder", folder.display())))
}
