//! A run repeated: the study that `run.json` holds is run again, and what differs is said.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::kept::leads_somewhere;
use super::{Study, StudyFile};
use crate::corpus::ReadingSpec;
use crate::error::{Error, Result};
use crate::scan::Manifest;
use crate::text::hex;

/// A report that was made, as far as its folder still shows it.
#[derive(Debug)]
pub struct Earlier {
    /// Its `run.json`.
    file: PathBuf,
    manifest: Manifest,
    /// The hashes of its tables that are still there.
    tables: BTreeMap<String, String>,
}

/// What is said anew when a run is repeated; what is not is as it was.
#[derive(Debug, Clone, Default)]
pub struct Anew {
    /// The corpus.
    pub corpus: Vec<PathBuf>,
    /// How it is read.
    pub reading: ReadingSpec,
    /// All lexicons beside the built-in ones.
    pub lexicons: Vec<PathBuf>,
    /// Whether the built-in lexicons are left out.
    pub no_builtin: bool,
    /// Corrections of attribution.
    pub corrections: Option<PathBuf>,
    /// The folder to write.
    pub out: Option<PathBuf>,
}

impl Earlier {
    /// Reads a `run.json`, or that of a folder.
    ///
    /// # Errors
    /// It cannot be read, or is not one of tifa's.
    pub fn load(run: &Path) -> Result<Earlier> {
        let file = if run.is_dir() { run.join("run.json") } else { run.to_owned() };
        let manifest = Manifest::load(&file).map_err(|e| match e {
            Error::Data { file, line, .. } => Error::Data { file, line, message: "is no run.json of tifa; give that of a report".into() },
            other => other,
        })?;
        let tables = tables(folder_of(&file), &manifest);
        Ok(Earlier { file, manifest, tables })
    }

    /// The study that was run, with what is said `anew`.
    ///
    /// # Errors
    /// A `run.json` without a study; a path of which it keeps only the name, and which is not given anew.
    pub fn study(&self, anew: Anew) -> Result<Study> {
        let name = self.file.display();
        let Some(study) = &self.manifest.study else {
            let report = self.manifest.outputs.iter().any(|f| f == "index.html");
            let why =
                if report { format!("is of tifa {}, which kept no study in it", self.manifest.version) } else { "is of a scan, not of a report".to_owned() };
            return Err(Error::Usage(format!("{name}: {why}; give `tifa report` the study.toml or the input")));
        };
        let parsed: Result<StudyFile, _> = serde_json::from_value(study.clone());
        let mut file =
            parsed.map_err(|e| Error::Usage(format!("{name}: the study in it cannot be read: {e}; give `tifa report` the study.toml or the input")))?;
        let folder = folder_of(&self.file);
        let mut lost: Vec<(PathBuf, &str)> = Vec::new();
        let mut places = |given: Vec<PathBuf>, kept: Vec<PathBuf>, how: &'static str| -> Vec<PathBuf> {
            if !given.is_empty() {
                return given;
            }
            lost.extend(kept.iter().filter(|p| !leads_somewhere(p)).map(|p| (p.clone(), how)));
            kept.iter().map(|p| folder.join(p.strip_prefix(".").unwrap_or(p))).collect()
        };
        file.corpus = places(anew.corpus, file.corpus, "INPUT");
        file.lexicons = places(anew.lexicons, file.lexicons, "--lexicon FILE");
        file.corrections = places(anew.corrections.into_iter().collect(), file.corrections.into_iter().collect(), "--corrections FILE").pop();
        if !lost.is_empty() {
            let names: Vec<String> = lost.iter().map(|(path, _)| format!("`{}`", path.display())).collect();
            let mut how: Vec<&str> = lost.iter().map(|(_, how)| *how).collect();
            how.dedup();
            let why = "only named in it, since no path leads there from its folder; give";
            return Err(Error::Usage(format!("{name}: {}: {why} {}", names.join(", "), how.join(" and "))));
        }
        file.reading.overlay(anew.reading);
        file.no_builtin |= anew.no_builtin;
        Ok(Study { file, out: anew.out.unwrap_or_else(|| folder.to_owned()) })
    }

    /// What differs in the run that `out` holds now, a line each; the last says if nothing does.
    ///
    /// # Errors
    /// There is no `run.json` in `out`.
    pub fn differences(&self, out: &Path) -> Result<Vec<String>> {
        let (then, now) = (&self.manifest, Manifest::load(&out.join("run.json"))?);
        let mut said = Said::default();
        said.change("version", &then.version, &now.version, "as before");
        lexicons(then, &now, &mut said);
        let files = |m: &Manifest| if m.files == 1 { "1 file".to_owned() } else { format!("{} files", m.files) };
        if (then.files, &then.inputs_hash) == (now.files, &now.inputs_hash) {
            said.same(format!("inputs: unchanged ({})", files(&now)));
        } else {
            said.differ(format!("inputs: changed ({} → {})", files(then), files(&now)));
        }
        for option in then.options.iter().filter(|o| !now.options.contains(o)) {
            said.differ(format!("options: no longer {option}"));
        }
        for option in now.options.iter().filter(|o| !then.options.contains(o)) {
            said.differ(format!("options: now {option}"));
        }
        let (before, after) = (&then.counts, &now.counts);
        for (what, n, m) in [("documents", before.documents, after.documents), ("hits", before.hits, after.hits), ("formulas", before.formulas, after.formulas)]
        {
            said.change(what, &n, &m, "as before");
        }
        self.tables_now(&tables(out, &now), &mut said);
        if before != after && !said.any {
            said.differ("counts: others than before; see run.json".into());
        }
        if !said.any {
            said.same("same in everything".into());
        }
        Ok(said.lines)
    }

    /// Compares the tables, if those of the earlier run were there.
    fn tables_now(&self, now: &BTreeMap<String, String>, said: &mut Said) {
        if self.tables.is_empty() {
            return;
        }
        let names: std::collections::BTreeSet<&String> = self.tables.keys().chain(now.keys()).collect();
        let differ: Vec<&str> = names.iter().filter(|n| self.tables.get(**n) != now.get(**n)).map(|n| n.as_str()).collect();
        match differ.as_slice() {
            [] => said.same(format!("tables: {}, the same bytes", names.len())),
            _ => said.differ(format!("tables: {} of {} differ ({})", differ.len(), names.len(), differ.join(", "))),
        }
    }
}

/// What is said of two runs.
#[derive(Debug, Default)]
struct Said {
    lines: Vec<String>,
    /// Whether anything differs.
    any: bool,
}

impl Said {
    fn same(&mut self, line: String) {
        self.lines.push(line);
    }

    fn differ(&mut self, line: String) {
        self.any = true;
        self.lines.push(line);
    }

    fn change<T: PartialEq + std::fmt::Display>(&mut self, what: &str, then: &T, now: &T, same: &str) {
        if then == now { self.same(format!("{what}: {now}, {same}")) } else { self.differ(format!("{what}: {then} → {now}")) }
    }
}

/// Lexicons that are gone, new or changed.
fn lexicons(then: &Manifest, now: &Manifest, said: &mut Said) {
    for old in &then.lexicons {
        let name = &old.name;
        match now.lexicons.iter().find(|l| l.name == *name) {
            None => said.differ(format!("lexicon {name}: missing (version {} then)", old.version)),
            Some(new) if new.version != old.version => said.differ(format!("lexicon {name}: version {} → {}", old.version, new.version)),
            Some(new) if new.hash != old.hash => said.differ(format!("lexicon {name}: changed, of the same version {}", new.version)),
            Some(_) => {}
        }
    }
    for new in now.lexicons.iter().filter(|l| then.lexicons.iter().all(|old| old.name != l.name)) {
        said.differ(format!("lexicon {}: new (version {})", new.name, new.version));
    }
}

/// The tables of a run that are in `folder`, with their hashes.
fn tables(folder: &Path, run: &Manifest) -> BTreeMap<String, String> {
    let names = run.outputs.iter().filter_map(|path| path.strip_prefix("tables/"));
    names.filter_map(|name| Some((name.to_owned(), hex(&Sha256::digest(std::fs::read(folder.join("tables").join(name)).ok()?))))).collect()
}

fn folder_of(run: &Path) -> &Path {
    run.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn earlier(study: &serde_json::Value) -> Earlier {
        let mut run = serde_json::json!({
            "program": "tifa", "version": "0.1.0", "lexicons": [{ "name": "un", "version": "1", "hash": "a", "formulas": 2 }], "inputs": ["in"],
            "files": 2, "inputs_hash": "x", "options": ["period=year"], "outputs": ["index.html"],
            "counts": { "documents": 2, "duplicates": 0, "segments": 4, "hits": 3, "formulas": 1, "problems": 0 }
        });
        run["study"] = study.clone();
        Earlier { file: "runs/a/run.json".into(), manifest: serde_json::from_value(run).unwrap(), tables: BTreeMap::new() }
    }

    #[test]
    fn the_study_of_a_run_is_found_again_or_what_is_to_be_given_is_said() {
        let kept = serde_json::json!({ "title": "T", "corpus": ["../../in", "./b"], "lexicons": ["../l.toml"], "corrections": "./c.csv" });
        let study = earlier(&kept).study(Anew::default()).unwrap();
        assert_eq!(study.file.corpus, [PathBuf::from("runs/a/../../in"), "runs/a/b".into()]);
        assert_eq!((study.file.lexicons, study.file.corrections), (vec!["runs/a/../l.toml".into()], Some("runs/a/c.csv".into())));
        assert_eq!(study.out, Path::new("runs/a"));
        let anew = Anew { corpus: vec!["z".into()], out: Some("o".into()), no_builtin: true, ..Anew::default() };
        let study = earlier(&kept).study(anew).unwrap();
        assert_eq!((study.file.corpus, study.out, study.file.no_builtin), (vec!["z".into()], "o".into(), true));
        for (kept, want) in [
            (serde_json::json!({ "title": "T", "corpus": ["in"], "lexicons": ["l.toml"] }), "`in`, `l.toml`: only named in it, since"),
            (serde_json::json!({ "title": "T", "corpus": ["in"], "lexicons": ["l.toml"] }), "give INPUT and --lexicon FILE"),
            (serde_json::json!({ "title": "T", "corpus": ["-"] }), "`-`: only named in it"),
            (serde_json::json!({ "title": "T", "corpus": ["./in"], "corrections": "c.csv" }), "give --corrections FILE"),
            (serde_json::json!({ "colour": 1 }), "the study in it cannot be read: unknown field `colour`"),
            (serde_json::Value::Null, "is of tifa 0.1.0, which kept no study in it"),
        ] {
            let message = earlier(&kept).study(Anew::default()).unwrap_err().to_string();
            assert!(message.starts_with("runs/a/run.json: ") && message.contains(want), "{message}");
        }
    }

    #[test]
    fn what_differs_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let said = |change: fn(&mut Manifest)| {
            let earlier = earlier(&serde_json::json!({ "title": "T" }));
            let mut now = earlier.manifest.clone();
            change(&mut now);
            crate::table::write_whole(&dir.path().join("run.json"), &now.to_json().unwrap()).unwrap();
            earlier.differences(dir.path()).unwrap()
        };
        let same = ["version: 0.1.0, as before", "inputs: unchanged (2 files)", "documents: 2, as before", "hits: 3, as before", "formulas: 1, as before"];
        assert_eq!(said(|_| ()), [&same[..], &["same in everything"]].concat());
        type Change = (fn(&mut Manifest), &'static str);
        let changes: [Change; 10] = [
            (|m| m.version = "9".into(), "version: 0.1.0 → 9"),
            (|m| m.lexicons[0].version = "2".into(), "lexicon un: version 1 → 2"),
            (|m| m.lexicons[0].hash = "b".into(), "lexicon un: changed, of the same version 1"),
            (|m| m.lexicons.clear(), "lexicon un: missing (version 1 then)"),
            (|m| m.lexicons.push(crate::scan::LexiconInfo { name: "us".into(), ..m.lexicons[0].clone() }), "lexicon us: new (version 1)"),
            (|m| m.inputs_hash = "y".into(), "inputs: changed (2 files → 2 files)"),
            (|m| m.options[0] = "period=day".into(), "options: no longer period=year"),
            (|m| m.options.push("top=3".into()), "options: now top=3"),
            (|m| m.counts.hits = 9, "hits: 3 → 9"),
            (|m| m.counts.problems = 9, "counts: others than before; see run.json"),
        ];
        for (change, want) in changes {
            let lines = said(change);
            assert!(lines.iter().any(|l| l == want) && !lines.contains(&"same in everything".to_owned()), "{want}: {lines:?}");
        }
    }
}
