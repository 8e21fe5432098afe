//! `tifa lexicon check`: whether lexicons are sound, and what of them a corpus has.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::Corpus;
use crate::cli::Global;
use crate::cli::common::say_list;
use crate::cli::output::{OutputArgs, print_styled};
use crate::curation::{Finding, Level, check, check_on, findings_table};
use crate::error::{Error, Result};
use crate::lexicon::Lexicons;
use crate::text::plural_of;

/// Finds variants that can never match, one wording under two ids, wordings that another shadows, examples that are missed and
/// counter-examples that are hit, first uses without a source, themes that nobody uses or describes. With a corpus also
/// variants that are never seen, and words that deviate from a variant in one word.
///
/// Columns: `level, kind, place, formula, variant, message, found, occurrences, documents, first, last, contexts`. The exit code is 2
/// where there are errors, and with --strict 1 where there are warnings or problems with the corpus.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Lexicon files; they are read together with the built-in lexicons, as --lexicon does [default: all lexicons].
    #[arg(value_name = "FILE")]
    file: Vec<PathBuf>,
    #[command(flatten)]
    corpus: Corpus,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &CheckArgs, global: &Global) -> Result<ExitCode> {
    args.output.check()?;
    let mut files: Vec<&PathBuf> = global.lexicon.iter().collect();
    files.extend(args.file.iter().filter(|f| !global.lexicon.contains(f)));
    let (lexicons, faults) = Lexicons::read(&files, global.no_builtin)?;
    let meant: Vec<String> = args.file.iter().map(|f| f.display().to_string()).collect();
    let mut findings = check(&lexicons, faults, &meant)?;
    let mut problem = false;
    if !args.corpus.on.is_empty() {
        let (seen, problems) = check_on(&lexicons, &meant, &args.corpus.on, args.corpus.reading.spec().reading()?)?;
        findings.extend(seen);
        say_list(&problems, "with what was read", global);
        problem = !problems.is_empty();
    }
    if args.output.is_for_reading() {
        let line = |f: &Finding| {
            let contexts = f.seen.as_ref().map_or_else(String::new, |s| {
                let times = format!(" ({}, {})", plural_of(s.occurrences as usize, "time"), plural_of(s.documents as usize, "document"));
                s.contexts.iter().fold(times, |all, c| format!("{all}\n    {c}"))
            });
            let formula = if f.formula.is_empty() { String::new() } else { format!("{}: ", f.formula) };
            format!("{}: {}: {formula}{}{contexts}", f.place(), f.level.name(), f.message)
        };
        print_styled(&findings.iter().map(|f| line(f) + "\n").collect::<String>())?;
    } else {
        args.output.write(findings_table(&findings)?)?;
    }
    let count = |level: Level| findings.iter().filter(|f| f.level == level).count();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    if !global.quiet {
        let formulas = lexicons.formulas().filter(|f| meant.is_empty() || meant.contains(&f.file)).count();
        let found = [plural_of(errors, "error"), plural_of(warnings, "warning"), plural_of(count(Level::Note), "note")].join(", ");
        say!("tifa: {} checked: {found}", plural_of(formulas, "formula"));
    }
    if lexicons.formulas().next().is_none() {
        return Err(Error::Usage("no formula could be read".into()));
    }
    Ok(ExitCode::from(if errors > 0 { 2 } else { u8::from(global.strict && (warnings > 0 || problem)) }))
}
