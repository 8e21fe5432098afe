//! How a study is kept in `run.json`: what is as usual is left out, and no path is absolute.
//!
//! A path that can be written from the folder of `run.json` begins with `.` (`./lexicon.toml`, `../corpus`). Of any other only the last part is
//! kept, and whoever repeats the run has to say where it is.

use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use super::file::{CompareSpec, StudyFile};

/// The study of a run that is written into `out`.
pub(super) fn kept(study: &StudyFile, out: &Path) -> Value {
    let place = |path: &PathBuf| PathBuf::from(written_from(out, path));
    let places = |paths: &[PathBuf]| paths.iter().map(place).collect();
    let study =
        StudyFile { corpus: places(&study.corpus), lexicons: places(&study.lexicons), corrections: study.corrections.as_ref().map(place), ..study.clone() };
    let mut value = serde_json::to_value(&study).unwrap_or_default();
    leave_out(&mut value, &serde_json::to_value(StudyFile::default()).unwrap_or_default());
    let usual = serde_json::to_value(CompareSpec::default()).unwrap_or_default();
    value.get_mut("compare").and_then(Value::as_array_mut).into_iter().flatten().for_each(|compare| leave_out(compare, &usual));
    value
}

/// Takes the keys away that are as in `usual`.
fn leave_out(value: &mut Value, usual: &Value) {
    let (Value::Object(keys), Value::Object(usual)) = (value, usual) else { return };
    keys.retain(|key, value| usual.get(key) != Some(value));
    for (key, value) in keys.iter_mut() {
        leave_out(value, usual.get(key).unwrap_or(&Value::Null));
    }
}

/// Whether a path of [`kept`] can be followed.
pub(super) fn leads_somewhere(path: &Path) -> bool {
    matches!(path.components().next(), Some(Component::CurDir | Component::ParentDir))
}

/// `path` as written from the folder `out`, if that can be told from the two names alone, else its last part.
fn written_from(out: &Path, path: &Path) -> String {
    let parts = if path == Path::new("-") { None } else { from(out, path) };
    match parts {
        Some(parts) if parts.first().is_some_and(|p| p == "..") => parts.join("/"),
        Some(parts) => [&[".".to_owned()], &parts[..]].concat().join("/"),
        None => path.file_name().map_or_else(|| "input".to_owned(), |name| name.to_string_lossy().into_owned()),
    }
}

/// The parts of `path` from `out`; `None` if the two have no beginning in common that is known.
fn from(out: &Path, path: &Path) -> Option<Vec<String>> {
    if let Ok(below) = path.strip_prefix(out) {
        return plain(below);
    }
    if out.is_absolute() || path.is_absolute() {
        return None;
    }
    let (out, path) = (plain(out)?, plain(path)?);
    let shared = out.iter().zip(&path).take_while(|(a, b)| a == b).count();
    let up = &out[shared..];
    (!up.iter().any(|p| p == "..")).then(|| up.iter().map(|_| "..".to_owned()).chain(path[shared..].iter().cloned()).collect())
}

/// The parts of a relative path, with `..` only at its beginning.
pub(super) fn plain(path: &Path) -> Option<Vec<String>> {
    let mut parts: Vec<String> = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            Component::ParentDir if parts.last().is_some_and(|p| p != "..") => {
                parts.pop();
            }
            Component::ParentDir => parts.push("..".into()),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_from_the_folder_or_only_named() {
        for (out, path, want) in [
            ("reports/a", "reports/a/../../corpus", "../../corpus"),
            ("/home/x/a", "/home/x/a/../corpus", "../corpus"),
            ("/home/x/a", "/home/x/a/lexicon.toml", "./lexicon.toml"),
            ("out", "corpus", "../corpus"),
            ("out", "out", "."),
            ("a/./b", "a/c/../d.txt", "../d.txt"),
            ("../out", "corpus", "corpus"),
            ("../out", "../corpus", "../corpus"),
            ("out", "../corpus", "../../corpus"),
            (".", "./corpus", "./corpus"),
            ("out", "/home/x/corpus", "corpus"),
            ("/home/x/out", "/home/x/corpus", "corpus"),
            ("/home/x/out", "corpus", "corpus"),
            ("out", "/", "input"),
            ("out", "-", "-"),
        ] {
            let written = written_from(Path::new(out), Path::new(path));
            assert_eq!(written, want, "{path} from {out}");
            assert!(!Path::new(&written).is_absolute() && leads_somewhere(Path::new(&written)) == written.starts_with('.'));
        }
    }

    #[test]
    fn what_is_as_usual_is_left_out_and_comes_back() {
        let mut study = StudyFile { title: "T".into(), corpus: vec!["out/in".into()], ..StudyFile::default() };
        study.filter.voice = vec!["spoken".into()];
        study.compare.push(CompareSpec { name: "x".into(), a: "side=CN".into(), ..CompareSpec::default() });
        let value = kept(&study, Path::new("out"));
        assert_eq!(value["filter"], serde_json::json!({ "voice": ["spoken"] }));
        assert_eq!(value["compare"], serde_json::json!([{ "name": "x", "a": "side=CN" }]));
        assert_eq!(value.as_object().unwrap().keys().collect::<Vec<_>>(), ["compare", "corpus", "filter", "title"]);
        let back: StudyFile = serde_json::from_value(value).unwrap();
        assert_eq!(back, StudyFile { corpus: vec!["./in".into()], ..study });
    }
}
