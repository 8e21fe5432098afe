//! How files leave the program: whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use crate::error::{Error, Result};

/// The folders and files that tifa writes into a folder of its own. What is there of an earlier run and not written again is
/// taken away, so that no folder holds tables of two runs.
const OWN: [&str; 4] = ["index.html", "tables", "charts", "run.json"];

/// Writes `bytes` to `path`, whole or not at all.
///
/// # Errors
/// What the file system says.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let io = |e| Error::io(path, e);
    let mut file = tempfile::Builder::new().prefix(".tifa-").tempfile_in(folder).map_err(io)?;
    file.write_all(bytes).map_err(io)?;
    readable_by_all(&file).map_err(io)?;
    file.persist(path).map_err(|e| Error::io(path, e.error))?;
    Ok(())
}

/// Temporary files are private; a table is as readable as other new files.
#[cfg(unix)]
fn readable_by_all(file: &tempfile::NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &tempfile::NamedTempFile) -> std::io::Result<()> {
    Ok(())
}

/// Makes `folder` ready to be written into: it is made if it is not there, and refused if it holds anything that is not
/// tifa's own: a `run.json`, or only a `study.toml`, or nothing is fine.
///
/// # Errors
/// A folder with other files; what the file system says.
pub fn claim_folder(folder: &Path) -> Result<()> {
    let io = |e| Error::io(folder, e);
    fs::create_dir_all(folder).map_err(io)?;
    if folder.join("run.json").is_file() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(io)? {
        let name = entry.map_err(io)?.file_name();
        if name != "study.toml" {
            let message = format!(
                "{}: holds `{}` and no run.json, so it is not one of tifa's folders; give --out an empty or new one",
                folder.display(),
                name.to_string_lossy()
            );
            return Err(Error::Usage(message));
        }
    }
    Ok(())
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

    /// Writes all files into `folder`: first beside it, then, when all of them are there, into their places, `run.json` last.
    ///
    /// # Errors
    /// A folder that holds something else; what the file system says.
    pub fn write(&self, folder: &Path) -> Result<()> {
        claim_folder(folder)?;
        let io = |e| Error::io(folder, e);
        let staging = tempfile::Builder::new().prefix(".tifa-").tempdir_in(folder).map_err(io)?;
        for (path, bytes) in &self.files {
            let target = staging.path().join(path);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent).map_err(|e| Error::io(parent, e))?;
            }
            fs::write(&target, bytes).map_err(|e| Error::io(&target, e))?;
        }
        // Without a run.json the folder is not whole until the end.
        remove(&folder.join("run.json"))?;
        for entry in fs::read_dir(folder).map_err(io)? {
            let name = entry.map_err(io)?.file_name().to_string_lossy().into_owned();
            let table = name.split_once('.').is_some_and(|(stem, ending)| is_table(stem) && ["csv", "parquet"].contains(&ending));
            if OWN.contains(&name.as_str()) || table {
                remove(&folder.join(&name))?;
            }
        }
        let tops: Vec<&str> = self.files.keys().filter_map(|p| p.split('/').next()).collect();
        let last = |top: &&str| *top == "run.json";
        for top in tops.iter().filter(|t| !last(t)).chain(tops.iter().filter(|t| last(t))) {
            let (from, to) = (staging.path().join(top), folder.join(top));
            if from.exists() {
                fs::rename(&from, &to).map_err(|e| Error::io(&to, e))?;
            }
        }
        Ok(())
    }
}

fn is_table(stem: &str) -> bool {
    super::TABLES.iter().any(|(name, _)| *name == stem)
}

fn remove(path: &Path) -> Result<()> {
    let done = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match done {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::io(path, e)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(files: &[&str]) -> Output {
        let mut output = Output::default();
        for file in files {
            output.add(*file, file.as_bytes().to_vec());
        }
        output
    }

    #[test]
    fn a_second_run_leaves_nothing_of_the_first() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("study.toml"), "x").unwrap();
        output(&["tables/a.csv", "charts/b.svg", "hits.csv", "run.json"]).write(dir.path()).unwrap();
        output(&["tables/c.csv", "hits.parquet", "run.json"]).write(dir.path()).unwrap();
        let mut names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, ["hits.parquet", "run.json", "study.toml", "tables"]);
        assert!(!dir.path().join("tables/a.csv").exists());
    }

    #[test]
    fn foreign_folders_are_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("data.csv"), "x").unwrap();
        let message = output(&["run.json"]).write(dir.path()).unwrap_err().to_string();
        assert!(message.contains("`data.csv`"), "{message}");
        assert_eq!(fs::read_to_string(dir.path().join("data.csv")).unwrap(), "x");
    }
}
