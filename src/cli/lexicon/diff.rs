//! `tifa lexicon diff`: two lexicons or two runs held against each other.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::Corpus;
use crate::cli::Global;
use crate::cli::common::{finished, say_problems};
use crate::cli::output::OutputArgs;
use crate::cli::progress::Bar;
use crate::curation::{changes, shifts};
use crate::error::{Error, Result};
use crate::lexicon::{Lexicon, Lexicons, builtin_lexicons, parse_lexicon};
use crate::scan::{How, Manifest, Scan, refuse_scans};

/// Of two lexicons: what is added, removed and changed (`change, formula, what, before, after`). Of two runs, or with --on: how the
/// counts of formulas differ, and which formulas swallow hits of others, which then lie in longer ones and do not count
/// (`formula, language, before, after, difference, swallowed_by, freed_from`). With --on a file is read as --lexicon reads it, beside the
/// built-in lexicons; a built-in lexicon that is named counts alone.
#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// A lexicon file, the name of a built-in lexicon, `builtin` for all of them, or a folder that `scan` or `report` has written.
    #[arg(value_name = "A")]
    before: PathBuf,
    /// What to hold against it.
    #[arg(value_name = "B")]
    after: PathBuf,
    #[command(flatten)]
    corpus: Corpus,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &DiffArgs, global: &Global) -> Result<ExitCode> {
    args.output.check()?;
    let mut code = ExitCode::SUCCESS;
    let table = match (Scan::is_in(&args.before), Scan::is_in(&args.after)) {
        (true, true) => {
            let (a, b) = (Scan::load(&args.before)?, Scan::load(&args.after)?);
            say_versions(&a.manifest, &b.manifest, global);
            shifts(&a, &b)?
        }
        (false, false) if args.corpus.on.is_empty() => {
            let (a, b) = (lexicons(&args.before)?, lexicons(&args.after)?);
            changes(&a.iter().collect::<Vec<_>>(), &b.iter().collect::<Vec<_>>())?
        }
        (false, false) => {
            refuse_scans(&args.corpus.on)?;
            let scan = |file: &Path| -> Result<Scan> {
                let lexicons = match builtin(file)? {
                    Some(named) => Lexicons::from_lexicons(named)?,
                    None => Lexicons::load(&[file], global.no_builtin)?,
                };
                let how = How { reading: args.corpus.reading.spec().reading()?, ..How::default() };
                Scan::made(&args.corpus.on, &how, &lexicons, &Bar::new(global))
            };
            let (a, b) = (scan(&args.before)?, scan(&args.after)?);
            say_problems(&b, global)?;
            code = finished(&b, global);
            shifts(&a, &b)?
        }
        _ => return Err(Error::Usage("give two lexicons, or two folders that `scan` or `report` has written".into())),
    };
    args.output.write(table)?;
    Ok(code)
}

/// The built-in lexicons that `name` names, if it names any and no file.
fn builtin(name: &Path) -> Result<Option<Vec<Lexicon>>> {
    if name.exists() {
        return Ok(None);
    }
    let all = builtin_lexicons()?;
    let meant: Vec<Lexicon> = all.into_iter().filter(|l| name == Path::new("builtin") || name == Path::new(&l.name)).collect();
    Ok((!meant.is_empty()).then_some(meant))
}

fn lexicons(name: &Path) -> Result<Vec<Lexicon>> {
    if let Some(builtin) = builtin(name)? {
        return Ok(builtin);
    }
    let file = name.display().to_string();
    let text =
        std::fs::read_to_string(name).map_err(|e| Error::Usage(format!("{file}: {e}; give a lexicon file, the name of a built-in one, or `builtin`")))?;
    Ok(vec![parse_lexicon(&file, &text)?])
}

/// Says which lexicons the two runs did not share, and whether they read the same.
fn say_versions(a: &Manifest, b: &Manifest, global: &Global) {
    if global.quiet {
        return;
    }
    let names: BTreeSet<&str> = a.lexicons.iter().chain(&b.lexicons).map(|l| l.name.as_str()).collect();
    for name in names {
        let of = |m: &Manifest| {
            let info = m.lexicons.iter().find(|l| l.name == name)?;
            Some(format!("{} ({} formulas, {})", info.version, info.formulas, &info.hash[..12.min(info.hash.len())]))
        };
        let (was, is) = (of(a), of(b));
        if was != is {
            let shown = |v: Option<String>| v.unwrap_or_else(|| "absent".into());
            say!("tifa: lexicon {name}: {}, then {}", shown(was), shown(is));
        }
    }
    if a.inputs_hash != b.inputs_hash {
        say!("tifa: the two runs read different files ({} and {}), so that counts differ for that reason too", a.files, b.files);
    }
}
