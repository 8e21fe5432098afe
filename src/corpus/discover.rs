//! Which files there are: folders are walked, in a stable order, and each file is named relative to the input it was found in.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::document::Problem;
use crate::error::{Error, Result};

/// The input that is standard input, and its name in the tables.
pub const STDIN: &str = "-";

/// No `run.json` is larger.
const LARGEST_RUN: u64 = 256 << 20;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name in the tables: relative to the input given, separated by `/`.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// All files under `inputs`, sorted by name, without repetitions. What cannot be listed is a problem. Hidden files and
/// folders are passed over, as are folders that hold a `run.json` (tifa's own output) or half of one.
///
/// # Errors
/// An input that does not exist; no input.
pub fn discover(inputs: &[impl AsRef<Path>]) -> Result<(Vec<Entry>, Vec<Problem>)> {
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    for input in inputs {
        let input = input.as_ref();
        if input == Path::new(STDIN) {
            entries.push(Entry { name: STDIN.to_owned(), path: input.to_owned() });
            continue;
        }
        let missing = |e| Error::Usage(format!("{}: {e}; give files or folders that are there", input.display()));
        let kind = std::fs::metadata(input).map_err(missing)?;
        if kind.is_dir() {
            walk(input, &mut entries, &mut problems);
        } else if !kind.is_file() {
            return Err(Error::Usage(format!("{}: is neither a file nor a folder", input.display())));
        } else {
            let name = input.file_name().map_or_else(String::new, shown);
            entries.push(Entry { name, path: input.to_owned() });
        }
    }
    entries.sort();
    let mut seen = HashSet::new();
    entries.retain(|e| seen.insert(std::fs::canonicalize(&e.path).unwrap_or_else(|_| e.path.clone())));
    tell_apart(&mut entries);
    Ok((entries, problems))
}

fn walk(input: &Path, entries: &mut Vec<Entry>, problems: &mut Vec<Problem>) {
    let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with('.');
    let own_output = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_type().is_dir() && (is_own_output(e.path()) || is_interrupted(e.path()));
    let files = WalkDir::new(input).follow_links(true).into_iter().filter_entry(|e| !hidden(e) && !own_output(e));
    for file in files {
        match file {
            Ok(file) if file.file_type().is_dir() => {}
            Ok(file) if !file.file_type().is_file() => {
                problems.push(Problem::new(&relative(input, file.path()), "unreadable", "is no regular file; passed over"));
            }
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
    let parts: Vec<_> = path.strip_prefix(input).unwrap_or(path).components().map(|c| shown(c.as_os_str())).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

/// A name as text. Bytes that are no UTF-8 are written out, `\xE9`, so that two names stay two.
fn shown(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02X}")));
    }
    text
}

/// Files of different inputs may share a name; then as many of the folders above are named as tell them apart.
fn tell_apart(entries: &mut [Entry]) {
    for _ in 0..64 {
        // Sorted by name, so that files of one name stand side by side.
        let shared: Vec<usize> = (0..entries.len()).filter(|&i| same(entries, i, i + 1) || (i > 0 && same(entries, i - 1, i))).collect();
        if shared.is_empty() {
            return;
        }
        for i in shared {
            let full = std::fs::canonicalize(&entries[i].path).unwrap_or_else(|_| entries[i].path.clone());
            let parts: Vec<String> = full.components().map(|c| shown(c.as_os_str())).collect();
            let own = entries[i].name.matches('/').count() + 1;
            if let Some(folder) = parts.len().checked_sub(own + 1).and_then(|n| parts.get(n)).filter(|f| *f != "/") {
                entries[i].name = format!("{folder}/{}", entries[i].name);
            }
        }
        entries.sort();
    }
}

fn same(entries: &[Entry], a: usize, b: usize) -> bool {
    entries.get(b).is_some_and(|other| other.name == entries[a].name)
}

/// How the names of the folders begin in which files are written before they are moved to their places.
pub const STAGING: &str = ".tifa-";

/// Whether a run is writing into `folder`, or died while it did, and nothing whole is there.
pub fn is_interrupted(folder: &Path) -> bool {
    let is_staging = |e: std::fs::DirEntry| e.file_name().to_string_lossy().starts_with(STAGING) && e.file_type().is_ok_and(|t| t.is_dir());
    !is_own_output(folder) && std::fs::read_dir(folder).is_ok_and(|mut entries| entries.any(|e| e.is_ok_and(is_staging)))
}

/// Whether a folder holds a scan or report that tifa wrote: a `run.json` that says so.
pub fn is_own_output(folder: &Path) -> bool {
    let path = folder.join("run.json");
    // To open a pipe waits for somebody to write into it.
    let is_file = std::fs::metadata(&path).is_ok_and(|found| found.is_file() && found.len() <= LARGEST_RUN);
    is_file && std::fs::read_to_string(path).is_ok_and(|text| text.contains("\"program\": \"tifa\""))
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
        std::fs::write(file("in/report/run.json"), "{ \"program\": \"tifa\" }").unwrap();
        std::fs::write(file("in/other/run.json"), "{}").unwrap();
        file("in/other/e.txt");
        file("in/report/d.txt");
        let other = file("two/b.txt");
        let third = file("three/two/b.txt");
        let again = dir.path().join("in/../two/b.txt");
        let (entries, problems) = discover(&[dir.path().join("in"), other, third, again]).unwrap();
        let names: Vec<_> = entries.iter().map(|e| e.name.as_str()).collect();
        let top = format!("{}/two/b.txt", dir.path().file_name().unwrap().to_string_lossy());
        assert_eq!(names, [top.as_str(), "in/b.txt", "other/e.txt", "other/run.json", "sub/a.txt", "three/two/b.txt"]);
        assert!(problems.is_empty());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_no_text_are_told_apart() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        for name in [&b"caf\xe9.txt"[..], b"caf\xe8.txt", "café.txt".as_bytes()] {
            std::fs::write(dir.path().join(OsStr::from_bytes(name)), "x").unwrap();
        }
        let names: Vec<String> = discover(&[dir.path()]).unwrap().0.into_iter().map(|e| e.name).collect();
        assert_eq!(names, ["caf\\xE8.txt", "caf\\xE9.txt", "café.txt"]);
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

    #[cfg(unix)]
    #[test]
    fn names_of_every_kind_are_told_apart() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        for name in [&b"a\xFF.txt"[..], b"a\xFE.txt", b"two\nlines.txt"] {
            std::fs::write(dir.path().join(OsStr::from_bytes(name)), "x").unwrap();
        }
        let (entries, problems) = discover(&[dir.path()]).unwrap();
        let names: Vec<&str> = entries.iter().map(|e| e.name.as_str()).collect();
        assert_eq!((names, problems), (vec!["a\\xFE.txt", "a\\xFF.txt", "two\nlines.txt"], vec![]));
    }

    #[test]
    fn no_such_input() {
        assert!(discover(&["no/such/file"]).unwrap_err().to_string().starts_with("no/such/file: "));
    }
}
