//! Which files there are: folders are walked, in a stable order, and each file is named relative to the input it was found in.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::document::Problem;
use crate::error::{Error, Result};

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name in the tables: relative to the input given, separated by `/`.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// All files under `inputs`, sorted by name, without repetitions. What cannot be listed is a problem. Hidden files and
/// folders are passed over, as are folders that hold a `run.json` (tifa's own output).
///
/// # Errors
/// An input that does not exist; no input.
pub fn discover(inputs: &[impl AsRef<Path>]) -> Result<(Vec<Entry>, Vec<Problem>)> {
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    for input in inputs {
        let input = input.as_ref();
        let missing = |e| Error::Usage(format!("{}: {e}; give files or folders that are there", input.display()));
        let kind = std::fs::metadata(input).map_err(missing)?;
        if kind.is_dir() {
            walk(input, &mut entries, &mut problems);
        } else {
            let name = input.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            entries.push(Entry { name, path: input.to_owned() });
        }
    }
    entries.sort();
    entries.dedup();
    tell_apart(&mut entries);
    Ok((entries, problems))
}

fn walk(input: &Path, entries: &mut Vec<Entry>, problems: &mut Vec<Problem>) {
    let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with('.');
    let own_output = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_type().is_dir() && e.path().join("run.json").is_file();
    let files = WalkDir::new(input).follow_links(true).into_iter().filter_entry(|e| !hidden(e) && !own_output(e));
    for file in files {
        match file {
            Ok(file) if file.file_type().is_dir() => {}
            Ok(file) => entries.push(Entry { name: relative(input, file.path()), path: file.into_path() }),
            Err(e) => {
                let name = e.path().map_or_else(String::new, |p| relative(input, p));
                let message = match e.loop_ancestor() {
                    Some(ancestor) => format!("a link that leads back to its own folder {}; passed over", relative(input, ancestor)),
                    None => e.io_error().map_or_else(|| e.to_string(), ToString::to_string),
                };
                problems.push(Problem::new(&name, "unreadable", message));
            }
        }
    }
}

fn relative(input: &Path, path: &Path) -> String {
    let parts: Vec<_> = path.strip_prefix(input).unwrap_or(path).components().map(|c| c.as_os_str().to_string_lossy()).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

/// Files of different inputs may share a name; then the folder above is named too.
fn tell_apart(entries: &mut [Entry]) {
    // Sorted by name, so that files of one name stand side by side.
    let same = |a: Option<&Entry>, b: &Entry| a.is_some_and(|a| a.name == b.name);
    let shared: Vec<bool> = (0..entries.len()).map(|i| same(entries.get(i + 1), &entries[i]) || (i > 0 && same(entries.get(i - 1), &entries[i]))).collect();
    for (entry, _) in entries.iter_mut().zip(shared).filter(|(_, shared)| *shared) {
        let parent = entry.path.ancestors().nth(1 + entry.name.matches('/').count());
        if let Some(above) = parent.and_then(Path::file_name) {
            entry.name = format!("{}/{}", above.to_string_lossy(), entry.name);
        }
    }
    entries.sort();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_stable_and_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, "x").unwrap();
            path
        };
        file("in/b.txt");
        file("in/sub/a.txt");
        file("in/.hidden/c.txt");
        file("in/report/run.json");
        file("in/report/d.txt");
        let other = file("two/b.txt");
        let (entries, problems) = discover(&[dir.path().join("in"), other]).unwrap();
        let names: Vec<_> = entries.iter().map(|e| e.name.as_str()).collect();
        assert_eq!(names, ["in/b.txt", "sub/a.txt", "two/b.txt"]);
        assert!(problems.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_is_a_problem_and_the_rest_is_read() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
        let (entries, problems) = discover(&[dir.path()]).unwrap();
        assert_eq!((entries.len(), problems.len()), (1, 1));
        assert!(problems[0].message.contains("leads back"), "{problems:?}");
    }

    #[test]
    fn no_such_input() {
        assert!(discover(&["no/such/file"]).unwrap_err().to_string().starts_with("no/such/file: "));
    }
}
