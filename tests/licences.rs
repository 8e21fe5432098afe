//! Every package that is built in has a licence of `deny.toml`. `cargo deny check` asks more, of more platforms; this is what can be asked
//! everywhere.

use std::process::Command;

use crate::project;

#[test]
fn every_package_has_an_allowed_licence() {
    let rules: toml::Table = std::fs::read_to_string(project("deny.toml")).unwrap().parse().unwrap();
    let allowed: Vec<&str> = rules["licenses"]["allow"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
    let cargo = |args: &[&str]| {
        let run = Command::new(env!("CARGO")).args(args).current_dir(project("")).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    };
    let about = cargo(&["-vV"]);
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let metadata = cargo(&["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100);
    for package in packages {
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(is_allowed(licence, &allowed), "{} {}: the licence {licence} is not in deny.toml", package["name"], package["version"]);
    }
}

/// Whether one may choose allowed licences of `expression` only.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    any(&words, &mut 0, allowed)
}

fn any(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut good = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        good |= all(words, at, allowed);
    }
    good
}

fn all(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut good = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        good &= one(words, at, allowed);
    }
    good
}

fn one(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let first = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if first == "(" {
        let good = any(words, at, allowed);
        *at += 1;
        return good;
    }
    let mut licence = first.to_owned();
    if words.get(*at) == Some(&"WITH") {
        licence = words[*at - 1..(*at + 2).min(words.len())].join(" ");
        *at += 2;
    }
    allowed.contains(&licence.as_str())
}

#[test]
fn expressions_are_read() {
    let allowed = ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"];
    for (expression, want) in [
        ("MIT", true),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("(GPL-3.0 OR Zlib) AND MIT", true),
        ("MIT AND (GPL-3.0 OR BSD-2-Clause)", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
        ("Apache-2.0", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), want, "{expression}");
    }
}
