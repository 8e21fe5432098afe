//! How files leave the program: whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::corpus::{STAGING, is_own_output};
use crate::error::{Error, Result};

/// Writes `bytes` to `path`, whole or not at all. What is there and is no regular file (a device, a pipe) is written to.
///
/// # Errors
/// What the file system says.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    write_with(path, |file| file.write_all(bytes))
}

/// Writes what `write` writes to `path`, as [`write_whole`] does.
///
/// # Errors
/// What the file system says.
pub fn write_with(path: &Path, write: impl FnOnce(&mut fs::File) -> std::io::Result<()>) -> Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let fail = |e| Error::io(path, e);
    if target.exists() && !target.is_file() {
        return fs::OpenOptions::new().write(true).open(&target).and_then(|mut f| write(&mut f)).map_err(fail);
    }
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = new_file(folder).map_err(fail)?;
    write(file.as_file_mut()).map_err(fail)?;
    file.persist(&target).map_err(|e| fail(e.error))?;
    Ok(())
}

/// A temporary file that is as readable as other new files are.
#[cfg(unix)]
fn new_file(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new().prefix(STAGING).permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn new_file(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().prefix(STAGING).tempfile_in(folder)
}

/// Refuses a folder that holds anything that is not tifa's own: a `run.json` of tifa's, or only a `study.toml` (and its
/// `corrections.csv`), or nothing, or no folder at all is fine. What an interrupted run has left counts as its own.
///
/// # Errors
/// A folder with other files; what the file system says.
pub fn check_folder(folder: &Path) -> Result<()> {
    let fail = |e| Error::io(folder, e);
    if !folder.exists() || is_own_output(folder) {
        return Ok(());
    }
    if !folder.is_dir() {
        return Err(Error::Usage(format!("{}: is a file; give --out a folder", folder.display())));
    }
    let names: Vec<String> =
        fs::read_dir(folder).map_err(fail)?.map(|e| Ok(e.map_err(fail)?.file_name().to_string_lossy().into_owned())).collect::<Result<_>>()?;
    if names.iter().any(|n| n.starts_with(STAGING)) {
        return Ok(());
    }
    match names.iter().find(|n| !matches!(n.as_str(), "study.toml" | "corrections.csv")) {
        Some(name) => {
            let message =
                format!("{}: holds `{name}` and no run.json of tifa's, so it is not one of its folders; give --out an empty or new one", folder.display());
            Err(Error::Usage(message))
        }
        None => Ok(()),
    }
}

/// The files of a scan or report, to be written together.
#[derive(Debug, Default)]
pub struct Output {
    files: BTreeMap<String, Vec<u8>>,
}

impl Output {
    /// Adds a file; `path` is relative to the folder, separated by `/`.
    pub fn add(&mut self, path: impl Into<String>, bytes: Vec<u8>) {
        self.files.insert(path.into(), bytes);
    }

    /// The paths of the files added so far, in order.
    pub fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    /// Writes all files into `folder`, as [`Staging`] does.
    ///
    /// # Errors
    /// A folder that holds something else; what the file system says.
    pub fn write(&self, folder: &Path, earlier: &[String]) -> Result<()> {
        let staging = Staging::begin(folder)?;
        for (path, bytes) in &self.files {
            let target = staging.path(path);
            make_parent(&target)?;
            fs::write(&target, bytes).map_err(|e| Error::io(&target, e))?;
        }
        staging.commit(&self.paths(), earlier)
    }
}

/// Files of a folder that are being written: first in a folder of their own inside it, then, when all of them are there, moved
/// into their places, `run.json` last. Dropped before that, it leaves nothing; what a killed run leaves, the next one takes away.
#[derive(Debug)]
pub struct Staging {
    folder: PathBuf,
    own: tempfile::TempDir,
    /// Held while this runs, so that no other run takes it for a dead one.
    _lock: fs::File,
    /// What a run that was killed while it moved its files may have left in their places.
    left: Vec<String>,
    /// Whether the folder was not there before.
    is_new: bool,
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.own.path());
        if self.is_new {
            // Only if nothing was moved into it.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Makes a file, of a staging folder: all that is written is made here, so that nothing is written in its place before it is whole.
///
/// # Errors
/// What the file system says.
pub fn create(path: &Path) -> Result<fs::File> {
    fs::File::create(path).map_err(|e| Error::io(path, e))
}

/// The file in a staging folder that is locked while its run lives.
const LOCK: &str = "lock";

impl Staging {
    /// Makes ready to write into `folder`, and takes away what dead runs have left there.
    ///
    /// # Errors
    /// A folder that holds something else, or into which another run is writing; what the file system says.
    pub fn begin(folder: &Path) -> Result<Staging> {
        check_folder(folder)?;
        let fail = |e| Error::io(folder, e);
        let is_new = !folder.exists();
        fs::create_dir_all(folder).map_err(fail)?;
        let own = tempfile::Builder::new().prefix(STAGING).tempdir_in(folder).map_err(fail)?;
        let lock = fs::File::create(own.path().join(LOCK)).map_err(fail)?;
        // Where files cannot be locked, runs are not told apart.
        let _ = lock.try_lock();
        fs::create_dir(own.path().join("new")).map_err(fail)?;
        let left = sweep(folder, own.path())?;
        Ok(Staging { folder: folder.to_owned(), own, _lock: lock, left, is_new })
    }

    /// Where a file is to be written that will stand at `path` in the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.own.path().join("new").join(path)
    }

    /// A folder for what is needed only while this runs.
    pub fn scratch(&self) -> &Path {
        self.own.path()
    }

    /// Moves `files` into their places. The files of an earlier run (`earlier`, from its `run.json`) are taken away; nothing else is.
    /// If anything fails, what was there before is put back.
    ///
    /// # Errors
    /// What the file system says.
    pub fn commit(self, files: &[String], earlier: &[String]) -> Result<()> {
        let (new, old) = (self.own.path().join("new"), self.own.path().join("old"));
        // Without a run.json the folder is not whole until the end.
        let mut moves: Vec<(&str, bool)> = vec![("run.json", false)];
        moves.extend(earlier.iter().chain(&self.left).filter(|p| *p != "run.json" && is_inside(p)).map(|p| (p.as_str(), false)));
        moves.extend(files.iter().filter(|p| *p != "run.json").map(|p| (p.as_str(), true)));
        moves.extend(files.iter().any(|p| p == "run.json").then_some(("run.json", true)));
        let mut done: Vec<(&str, bool)> = Vec::new();
        for (path, add) in moves {
            if let Err(e) = place(path, add, &self.folder, &new, &old) {
                for (path, add) in done.into_iter().rev() {
                    undo(path, add, &self.folder, &old);
                }
                return Err(e);
            }
            done.push((path, add));
        }
        Ok(())
    }
}

/// Moves what is at `path` out of the way and, to add a file, the new one there.
fn place(path: &str, add: bool, folder: &Path, new: &Path, old: &Path) -> Result<()> {
    let (target, kept) = (folder.join(path), old.join(path));
    if target.is_file() {
        make_parent(&kept)?;
        fs::rename(&target, &kept).map_err(|e| Error::io(&target, e))?;
    }
    if add {
        make_parent(&target)?;
        fs::rename(new.join(path), &target).map_err(|e| Error::io(&target, e))?;
    }
    Ok(())
}

/// Takes back what [`place`] did, as far as that can be done.
fn undo(path: &str, add: bool, folder: &Path, old: &Path) {
    if add {
        let _ = fs::remove_file(folder.join(path));
    }
    let _ = fs::rename(old.join(path), folder.join(path));
}

/// Takes away what dead runs have left, and says which files they may have put into their places.
fn sweep(folder: &Path, own: &Path) -> Result<Vec<String>> {
    let mut left = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| Error::io(folder, e))? {
        let path = entry.map_err(|e| Error::io(folder, e))?.path();
        let is_staging = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(STAGING));
        if !is_staging || path.file_name() == own.file_name() || !path.is_dir() {
            continue;
        }
        let lock = fs::File::open(path.join(LOCK));
        if lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock))) {
            let message = "another run of tifa is writing into it; wait until that is done, or give another --out";
            return Err(Error::Usage(format!("{}: {message}", folder.display())));
        }
        left.extend(["old", "new"].iter().flat_map(|side| outputs_in(&path.join(side).join("run.json"))));
        fs::remove_dir_all(&path).map_err(|e| Error::io(&path, e))?;
    }
    Ok(left)
}

/// The files that a `run.json` names.
fn outputs_in(path: &Path) -> Vec<String> {
    #[derive(serde::Deserialize)]
    struct Outputs {
        #[serde(default)]
        outputs: Vec<String>,
    }
    let outputs = fs::read(path).ok().and_then(|text| serde_json::from_slice::<Outputs>(&text).ok());
    outputs.map_or_else(Vec::new, |o| o.outputs)
}

fn make_parent(path: &Path) -> Result<()> {
    path.parent().map_or(Ok(()), |parent| fs::create_dir_all(parent).map_err(|e| Error::io(parent, e)))
}

/// Whether a path of an earlier `run.json` stays within the folder.
fn is_inside(path: &str) -> bool {
    !path.starts_with('/') && path.split('/').all(|part| !part.is_empty() && part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::is_interrupted;

    fn output(files: &[&str]) -> Output {
        let mut output = Output::default();
        for file in files {
            output.add(*file, file.as_bytes().to_vec());
        }
        output
    }

    const OURS: &[u8] = b"{ \"program\": \"tifa\" }";

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_second_run_leaves_nothing_of_the_first_and_everything_else() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("study.toml"), "x").unwrap();
        let mut first = output(&["tables/a.csv", "charts/b.svg", "hits.csv"]);
        first.add("run.json", OURS.to_vec());
        first.write(dir.path(), &[]).unwrap();
        fs::write(dir.path().join("charts/mine.svg"), "mine").unwrap();
        fs::create_dir(dir.path().join(".tifa-left")).unwrap();
        let mut second = output(&["tables/c.csv", "hits.parquet"]);
        second.add("run.json", OURS.to_vec());
        second.write(dir.path(), &[first.paths(), vec!["../outside".into(), "/etc/passwd".into()]].concat()).unwrap();
        assert_eq!(names(dir.path()), ["charts", "hits.parquet", "run.json", "study.toml", "tables"]);
        assert_eq!((names(&dir.path().join("charts")), names(&dir.path().join("tables"))), (vec!["mine.svg".into()], vec!["c.csv".into()]));
    }

    #[test]
    fn what_fails_half_way_is_taken_back() {
        let dir = tempfile::tempdir().unwrap();
        let mut first = output(&["hits.csv"]);
        first.add("run.json", OURS.to_vec());
        first.write(dir.path(), &[]).unwrap();
        // A folder stands where a file is to go.
        fs::create_dir_all(dir.path().join("tables/a.csv/x")).unwrap();
        assert!(output(&["hits.csv", "tables/a.csv", "run.json"]).write(dir.path(), &first.paths()).is_err());
        assert_eq!(names(dir.path()), ["hits.csv", "run.json", "tables"]);
        assert_eq!(fs::read(dir.path().join("run.json")).unwrap(), OURS);
    }

    #[test]
    fn what_a_run_left_that_was_killed_while_it_moved_its_files_goes() {
        let dir = tempfile::tempdir().unwrap();
        // It has moved the old run.json away and one table of its own into its place.
        for (path, text) in [(".tifa-x/old/run.json", "{\"outputs\": [\"hits.parquet\"]}"), (".tifa-x/new/run.json", "{\"outputs\": [\"a.csv\"]}")] {
            make_parent(&dir.path().join(path)).unwrap();
            fs::write(dir.path().join(path), text).unwrap();
        }
        fs::write(dir.path().join("hits.parquet"), "old").unwrap();
        fs::write(dir.path().join("a.csv"), "new").unwrap();
        assert!(is_interrupted(dir.path()));
        let mut third = output(&["hits.csv"]);
        third.add("run.json", OURS.to_vec());
        third.write(dir.path(), &[]).unwrap();
        assert_eq!(names(dir.path()), ["hits.csv", "run.json"]);
        assert!(!is_interrupted(dir.path()));
    }

    #[test]
    fn two_runs_at_once_do_not_mix() {
        let dir = tempfile::tempdir().unwrap();
        let first = Staging::begin(dir.path()).unwrap();
        assert!(Staging::begin(dir.path()).unwrap_err().to_string().contains("another run of tifa"));
        fs::write(first.path("run.json"), OURS).unwrap();
        first.commit(&["run.json".into()], &[]).unwrap();
        assert_eq!(names(dir.path()), ["run.json"]);
        drop(Staging::begin(dir.path()).unwrap());
        assert_eq!(names(dir.path()), ["run.json"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_devices_are_written_through() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("file.csv"), dir.path().join("link.csv"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write_whole(&link, b"new").unwrap();
        assert!(link.is_symlink() && fs::read(&file).unwrap() == b"new");
        write_whole(Path::new("/dev/null"), b"gone").unwrap();
        assert!(!Path::new("/dev/null").is_file());
    }

    #[test]
    fn foreign_folders_are_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in [("data.csv", "x"), ("run.json", "{\"lr\": 1}")] {
            fs::write(dir.path().join(name), text).unwrap();
            assert!(output(&["run.json"]).write(dir.path(), &[]).unwrap_err().to_string().contains("is not one of its folders"));
            assert_eq!(fs::read_to_string(dir.path().join(name)).unwrap(), text);
        }
    }
}
