//! A scan straight into a folder: its tables are never whole in memory, and of files that it has read before and that are as they
//! were, the rows are kept.

use std::io::Write;
use std::path::Path;

use polars::prelude::DataFrame;

use super::collect::{self, Collector};
use super::earlier::{Earlier, Kept};
use super::manifest::{Counts, Lore, Manifest};
use super::pass::Job;
use super::progress::Progress;
use super::state::{self, FileState, Head, STATE, Wrong};
use super::{How, Opened, Scan, base_name};
use crate::error::{Error, Result};
use crate::lexicon::Lexicons;
use crate::table::{Format, PROBLEMS, Staging, TABLES, TableWriter, create};

/// What was written into a folder.
#[derive(Debug)]
pub struct Written {
    /// What it was made from, and how much was found.
    pub manifest: Manifest,
    /// One row a file that could not be read as it should.
    pub problems: DataFrame,
    /// What the folder's earlier scan was good for.
    pub again: Again,
}

/// What the earlier scan of a folder was good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// There was none, or it was not to be used.
    First,
    /// The rows of unchanged files were kept.
    Kept {
        /// Files that are new or have changed.
        read: usize,
        /// Files that are as they were.
        kept: usize,
        /// Files that are no longer there.
        dropped: usize,
    },
    /// Nothing of it could be kept, and why.
    Nothing(String),
}

impl Scan {
    /// Scans `inputs` into `folder`, with tables in `formats`. What an earlier scan there has read and what is as it was then is not read
    /// again, unless `fresh`; the bytes written are the same.
    ///
    /// # Errors
    /// A folder that holds something else, or into which another run is writing; otherwise as [`Scan::of`].
    pub fn into_folder(
        inputs: &[impl AsRef<Path>],
        how: &How,
        lexicons: &Lexicons,
        folder: &Path,
        formats: &[Format],
        fresh: bool,
        progress: &dyn Progress,
    ) -> Result<Written> {
        let opened = Opened::of(inputs, how)?;
        let staging = Staging::begin(folder)?;
        let head = Head::of(opened.options.clone(), Lore::of(lexicons));
        let (earlier, mut again) = if fresh { (None, Again::First) } else { earlier(folder, &head) };
        let mut kept = earlier.as_ref().map(Kept::open).transpose()?;
        let jobs = opened.jobs(how, earlier.as_ref());
        if let (Some(earlier), Again::Kept { read, kept, dropped }) = (&earlier, &mut again) {
            *kept = jobs.iter().filter(|j| j.kept.is_some()).count();
            (*read, *dropped) = (jobs.len() - *kept, earlier.dropped(&jobs));
        }
        let mut to = Collector::in_folder(staging.path("").as_path(), staging.scratch(), formats)?;
        progress.begin(jobs.iter().filter(|j| j.kept.is_none()).count());
        let files = earlier.as_ref().map_or(&[][..], |e| &e.files);
        to.fill(&opened, how, lexicons, &jobs, kept.as_mut().map(|k| (k, files)), progress)?;
        let problems = opened.problems(how, &to.whole, &to.files)?;
        let inputs = inputs.iter().map(|i| base_name(i.as_ref())).collect();
        let (manifest, problems) = finish(to, Head { problems, ..head }, inputs, folder, staging, formats)?;
        Ok(Written { manifest, problems, again })
    }
}

/// The scan in `folder` of which rows can be kept, or why there is none.
fn earlier(folder: &Path, head: &Head) -> (Option<Earlier>, Again) {
    if !folder.join(STATE).is_file() || !Scan::is_in(folder) {
        return (None, Again::First);
    }
    match Earlier::load(folder) {
        Err(e) => (None, Again::Nothing(e.to_string())),
        Ok(earlier) => match head.difference(&earlier.head) {
            Some(difference) => (None, Again::Nothing(difference)),
            None if !state::tables_stand(folder, &earlier.head) => (None, Again::Nothing("its tables are not as they were written".into())),
            None => (Some(earlier), Again::Kept { read: 0, kept: 0, dropped: 0 }),
        },
    }
}

impl Earlier {
    /// How many of its files are no longer there.
    fn dropped(&self, jobs: &[Job<'_>]) -> usize {
        let names: std::collections::HashSet<&str> = jobs.iter().map(|j| j.state.name.as_str()).collect();
        self.files.iter().filter(|f| !names.contains(f.name.as_str())).count()
    }
}

/// Ends the tables, writes down what they were made from, and moves everything into its place.
pub(super) fn finish(to: Collector, mut head: Head, inputs: Vec<String>, folder: &Path, staging: Staging, formats: &[Format]) -> Result<(Manifest, DataFrame)> {
    let new = staging.path("");
    let marked = to.whole.mark();
    let (segments, hits) = (to.segments, to.hits);
    let (whole, files) = to.finish(&new, staging.scratch(), formats, &marked)?;
    let all = all_problems(&head.problems, &files);
    let problems = collect::problems(&all)?;
    let mut table = TableWriter::create(&new, "problems", PROBLEMS, formats)?;
    table.write(&problems)?;
    table.finish()?;
    let mut outputs: Vec<String> = TABLES.iter().flat_map(|(name, _)| formats.iter().map(move |f| format!("{name}.{}", f.ending()))).collect();
    outputs.sort();
    head.tables = outputs.iter().filter_map(|name| Some((name.clone(), state::stat(&new.join(name))?.0))).collect();
    state::write(&new.join(STATE), &head, &files)?;
    let mut manifest = Manifest::new(inputs, &files, head.options, head.lore);
    manifest.count(Counts::of(&whole, &marked, segments, hits, &all, &files), &whole.formulas);
    outputs.extend([STATE.to_owned(), "run.json".to_owned()]);
    manifest.outputs.clone_from(&outputs);
    let path = new.join("run.json");
    create(&path)?.write_all(&manifest.to_json()?).map_err(|e| Error::io(path, e))?;
    staging.commit(&outputs, &Manifest::earlier_outputs(folder))?;
    Ok((manifest, problems))
}

/// The problems of files and of none, in order.
pub(super) fn all_problems(of_none: &[Wrong], files: &[FileState]) -> Vec<Wrong> {
    let mut all: Vec<Wrong> = of_none.iter().chain(files.iter().flat_map(|f| &f.problems)).cloned().collect();
    all.sort();
    all
}
