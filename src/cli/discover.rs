//! `tifa discover`: the formulas that no lexicon holds yet.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::common::{QueryArgs, columns_of, finished_with, lexicons, say_absent, say_problems_of};
use super::output::{Shown, check_place};
use super::progress::Bar;
use super::{Global, terminal};
use crate::discover::{Against, Discover, Discovery, Kind, Wanted, candidates, draft, near_variants, templates};
use crate::error::{Error, Result};
use crate::lexicon::Lexicons;
use crate::scan::How;
use crate::table::write_whole;
use crate::text::plural_of;

/// The arguments of `tifa discover`.
#[derive(Debug, Args)]
#[command(after_long_help = columns_of(&["candidates", "templates", "near_variants"]))]
pub(super) struct DiscoverArgs {
    /// How many candidates are shown of each language, at most.
    #[arg(long, value_name = "N", default_value_t = 500)]
    top: usize,
    /// What is shown: candidates; templates, formulas with a slot and what fills it; or variants, known formulas that changed a word.
    #[arg(long, value_name = "WHAT", default_value = "candidates")]
    show: ShowArg,
    /// The least number of occurrences of a candidate.
    #[arg(long, value_name = "N", default_value_t = 4)]
    min_occurrences: u32,
    /// The least number of documents that have it.
    #[arg(long, value_name = "N", default_value_t = 3)]
    min_documents: u32,
    /// Hold candidates against other text too: `rest` (what the filters leave out), a group of the same corpus as `compare` takes it
    /// ("until=2020", "speaker=Wang Yi"), or files and folders of another corpus.
    #[arg(long, value_name = "WHAT")]
    against: Vec<String>,
    /// Show these as well: name, title, place, date, organisation, boilerplate, and known (what the lexicons hold).
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    keep: Vec<String>,
    /// Write the candidates as a lexicon to be looked over, with wordings under one id and English and Chinese paired.
    #[arg(long, value_name = "FILE")]
    as_lexicon: Option<PathBuf>,
    #[command(flatten)]
    query: QueryArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShowArg {
    Candidates,
    Templates,
    Variants,
}

pub(super) fn run(args: &DiscoverArgs, global: &Global) -> Result<ExitCode> {
    args.query.output.check()?;
    if let Some(file) = &args.as_lexicon {
        if args.show != ShowArg::Candidates {
            return Err(Error::Usage("--as-lexicon: is of candidates; leave out --show, or write templates and variants with -o".into()));
        }
        check_place(file)?;
    }
    let request = args.request()?;
    let how = How { words: false, ..args.query.inputs.how(args.query.shard)? };
    let inputs = &args.query.inputs.input;
    let lexicons = if global.no_builtin && global.lexicon.is_empty() { Lexicons::default() } else { lexicons(global)? };
    let scan = Discover::scan(inputs, &how, &Bar::new(global))?;
    say_absent(&scan, &request.filter, global)?;
    let found = request.find(inputs, &how, &scan, &lexicons, &args.query.output.folder(), &Bar::new(global))?;
    say_problems_of(&found.problems, scan.documents.height(), global)?;
    if !global.quiet {
        say_notes(&found, &request);
    }
    if let Some(file) = &args.as_lexicon {
        let name = file.file_stem().map_or_else(|| "candidates".into(), |n| n.to_string_lossy());
        write_whole(file, draft(&name, &found.entries).as_bytes())?;
        if !global.quiet {
            say!(
                "tifa: {} written to {}; look them over, then `tifa lexicon check {}`",
                plural_of(found.entries.len(), "candidate"),
                file.display(),
                file.display()
            );
        }
    }
    let shown = match args.show {
        ShowArg::Candidates => Shown::with(candidates(&found)?, terminal::candidates),
        ShowArg::Templates => templates(&found)?.into(),
        ShowArg::Variants => near_variants(&found)?.into(),
    };
    args.query.output.write(shown)?;
    Ok(finished_with(found.problems.height(), global))
}

fn say_notes(found: &Discovery, request: &Discover) {
    if found.entries.is_empty() && found.templates.is_empty() && found.changed_words.is_empty() {
        let (occurrences, documents) = (request.wanted.occurrences, request.wanted.documents);
        let least = format!("{} in {}", plural_of(occurrences as usize, "occurrence"), plural_of(documents as usize, "document"));
        say!("tifa: nothing recurs with at least {least}; see --min-occurrences and --min-documents, and --split for files with many documents");
    }
    if found.undated > 0 {
        say!("tifa: {} without a date left out: --since divides the period", plural_of(found.undated, "segment"));
    }
    if let Some(least) = found.raised {
        say!("tifa: of some lengths only what occurs at least {least} times was kept: there is more than can be");
    }
}

impl DiscoverArgs {
    fn request(&self) -> Result<Discover> {
        let mut filter = self.query.filter.filter()?;
        if !filter.formulas.is_empty() || !filter.themes.is_empty() {
            return Err(Error::Usage("--formula and --theme choose among known formulas; discover looks for what no lexicon holds".into()));
        }
        let since = filter.since.take();
        let is_known = |k: &&String| k.as_str() == "known";
        let kinds = self.keep.iter().filter(|k| !is_known(k)).map(|k| Kind::named(k)).chain([Ok(Kind::Phrase)]).collect::<Result<_>>()?;
        let wanted = Wanted {
            occurrences: self.min_occurrences.max(2),
            documents: self.min_documents.max(1),
            most: self.top,
            kinds,
            templates: self.show == ShowArg::Templates,
        };
        let (paths, texts): (Vec<&String>, Vec<&String>) = self.against.iter().partition(|a| Path::new(a).exists());
        let against = match texts.as_slice() {
            [] => None,
            [one] if one.as_str() == "rest" => Some(Against::Rest),
            [one] if one.contains('=') => Some(Against::Group(one.parse()?)),
            [one] => return Err(Error::Usage(format!("--against {one}: there is no such file; give rest, a group as in side=US, or files and folders"))),
            _ => return Err(Error::Usage("--against: one group only; several conditions go into one, as in \"side=US;year=2024\"".into())),
        };
        let against_inputs = paths.into_iter().map(PathBuf::from).collect();
        Ok(Discover {
            filter,
            since,
            against,
            against_inputs,
            wanted,
            keep_known: self.keep.iter().any(|k| is_known(&k)),
            changed_words: self.show == ShowArg::Variants,
        })
    }
}
