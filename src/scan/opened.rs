//! A corpus that is to be scanned: its files, what is to be done with each, and what is wrong with none of them.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use rayon::prelude::*;

use super::How;
use super::earlier::{Earlier, look};
use super::folder::all_problems;
use super::pass::{Job, Make, Pass, Target};
use super::progress::Progress;
use super::rows::Detail;
use super::shard::by_document;
use super::state::{FileState, Wrong, stat};
use super::whole::Whole;
use crate::corpus::{Corpus, Problem, is_interrupted};
use crate::error::{Error, Result};
use crate::matcher::Matcher;
use crate::people::People;

/// What is asked of the files.
pub(super) struct Ask<'a> {
    pub how: &'a How,
    pub matcher: &'a Matcher,
    pub detail: Detail,
    pub progress: &'a dyn Progress,
}

pub(super) struct Opened {
    corpus: Corpus,
    problems: Vec<Problem>,
    /// The options that change the result, as `name=value`.
    pub options: Vec<String>,
}

impl Opened {
    /// Lists the files.
    pub fn of(inputs: &[impl AsRef<Path>], how: &How) -> Result<Opened> {
        let mut options = how.reading.options();
        options.extend(how.corrections.option());
        options.extend(how.shard.map(|s| format!("shard={s}")));
        if let Some(folder) = inputs.iter().map(AsRef::as_ref).find(|i| is_interrupted(i)) {
            let message = "holds a scan or report that is being written or was interrupted; wait for it, or make it again";
            return Err(Error::Usage(format!("{}: {message}", folder.display())));
        }
        let (corpus, problems) = Corpus::open(inputs, how.reading.clone())?;
        if corpus.entries().is_empty() && problems.is_empty() {
            return Err(Error::Usage("no files in the input; give files or folders with documents (`docs/formats.md` lists what is read)".into()));
        }
        Ok(Opened { corpus, problems, options })
    }

    /// What is to be done with each file: those of which `earlier` has the rows are kept.
    pub fn jobs(&self, how: &How, earlier: Option<&Earlier>) -> Vec<Job<'_>> {
        let job = |entry| {
            let state = look(entry, &self.corpus.said_of(entry));
            let is_own = how.shard.is_none_or(|s| by_document(state.size) || s.owns(&state.name));
            is_own.then(|| Job { kept: earlier.and_then(|e| e.unchanged(&entry.path, &state)), entry, state })
        };
        self.corpus.entries().par_iter().filter_map(job).collect()
    }

    /// Reads, attributes and searches: what `make` makes of each document goes to `to`.
    ///
    /// # Errors
    /// What `to` says.
    pub fn search<T: Send>(&self, ask: &Ask<'_>, jobs: &[Job<'_>], make: Make<'_, T>, to: &mut impl Target<T>) -> Result<()> {
        let pass = Pass {
            corpus: &self.corpus,
            people: People::builtin(),
            matcher: ask.matcher,
            corrections: &ask.how.corrections,
            shard: ask.how.shard,
            detail: ask.detail,
            progress: ask.progress,
        };
        pass.run(jobs, make, to)?;
        ask.progress.end();
        Ok(())
    }

    /// What is wrong with no single file, when all have been read: `files`, with so many documents that `whole` knows.
    ///
    /// # Errors
    /// Nothing could be read, and it is not that this part of the corpus is empty.
    pub fn problems(&self, how: &How, whole: &Whole, files: &[FileState]) -> Result<Vec<Wrong>> {
        let own = |p: &Problem| how.shard.is_none_or(|s| s.owns(&format!("{}#{}", p.path, p.record)));
        let listed = self.problems.iter().filter(|p| own(p)).cloned();
        let problems: Vec<Wrong> = listed.chain(self.strangers(how, whole)).map(Wrong::from).collect();
        if whole.len() == 0 && how.shard.is_none() {
            let first: Vec<String> = all_problems(&problems, files).iter().take(3).map(|p| format!("\n  {}: {}", p.path, p.message)).collect();
            let files = if files.len() == 1 { "1 file".to_owned() } else { format!("{} files", files.len()) };
            return Err(Error::Usage(format!("nothing could be read in {files}:{}\n`docs/formats.md` lists what is read", first.concat())));
        }
        Ok(problems)
    }

    /// The corrections of documents that are not there. Of those that another part has, that one speaks.
    fn strangers(&self, how: &How, whole: &Whole) -> Vec<Problem> {
        if how.corrections.is_empty() {
            return Vec::new();
        }
        let known: HashSet<&str> = whole.ids().collect();
        let Some(shard) = how.shard else { return how.corrections.of_others(|id| known.contains(id)) };
        let sizes: HashMap<&str, u64> = self.corpus.entries().iter().filter_map(|e| Some((e.name.as_str(), stat(&e.path)?.0))).collect();
        // A document is called as its file, or so with its record after it.
        let is_dealt_by = |id: &str| {
            let ends = id.match_indices('#').map(|(at, _)| at).chain([id.len()]);
            let file = ends.filter_map(|end| sizes.get_key_value(&id[..end])).next();
            shard.owns(file.filter(|(_, size)| !by_document(**size)).map_or(id, |(name, _)| name))
        };
        how.corrections.of_others(|id| known.contains(id) || !is_dealt_by(id))
    }
}
