//! The rooms of `src/` and which may use which: what ARCHITECTURE.md says, held.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Room → rooms that it may use.
const ROOMS: [(&str, &[&str]); 17] = [
    ("ledger", &[]),
    ("corpus", &[]),
    ("digest", &[]),
    ("schema", &["digest"]),
    ("query", &["schema"]),
    ("engine", &["corpus", "digest", "schema", "query"]),
    ("ingest", &["corpus", "digest", "schema", "engine"]),
    ("lint", &["corpus", "digest"]),
    ("insight", &["schema", "query", "engine"]),
    ("options", &["schema", "query", "engine", "insight"]),
    ("render", &["schema", "query", "engine", "ingest", "insight", "lint"]),
    ("ask", &["digest", "query", "engine", "ingest", "insight", "lint", "options", "render"]),
    ("report", &["schema", "query", "engine", "insight", "options", "ask", "render"]),
    ("failure", &["query", "engine", "ingest", "insight", "ledger", "options", "ask", "render", "report"]),
    ("serve", &["schema", "query", "engine", "insight", "options", "ask", "failure", "render"]),
    ("cli", &[]),
    (
        "lib",
        &[
            "ask", "corpus", "digest", "engine", "failure", "ingest", "insight", "ledger", "lint", "options", "query",
            "render", "report", "schema", "serve",
        ],
    ),
];

/// Foreign crate → the room that may use it. Markdown has two: digests are read, and what a report's author wrote
/// is shown; and HTML: parts are written once, pages around them where they are served.
const HOMES: [(&str, &str); 25] = [
    ("notify", "cli"),
    ("clap_complete", "cli"),
    ("clap_mangen", "cli"),
    ("hyper", "serve"),
    ("hyper_util", "serve"),
    ("http_body_util", "serve"),
    ("tokio", "serve"),
    // It hears signals.
    ("tokio", "cli"),
    ("percent_encoding", "serve"),
    ("rustix", "serve"),
    // It opens files without following links.
    ("rustix", "corpus"),
    ("rustix::fs", "corpus"),
    ("csv", "render"),
    ("quick_xml", "render"),
    ("tantivy", "engine"),
    ("pulldown_cmark", "digest"),
    ("pulldown_cmark", "render"),
    ("maud", "render"),
    ("maud", "serve"),
    ("saphyr_parser", "report"),
    ("serde_yaml", "digest"),
    ("frostem", "schema"),
    ("strsim", "engine"),
    ("clap", "cli"),
    ("indicatif", "cli"),
];

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    for entry in walkdir::WalkDir::new(&root) {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|e| e == "rs") {
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            sources.push((name, fs::read_to_string(path).unwrap()));
        }
    }
    sources
}

/// The text of a file but for the tests at its end.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap()
}

fn room(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

#[test]
fn rooms_use_only_what_they_may() {
    let mut seen = BTreeSet::new();
    for (file, text) in sources() {
        let room = room(&file);
        if room == "main" {
            continue;
        }
        let (name, may) = ROOMS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("no room for {file}"));
        seen.insert(*name);
        for (i, _) in text.match_indices("crate::") {
            let used = text[i + 7..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
            assert!(used == room || may.contains(&used), "{file} uses {used}");
        }
    }
    assert_eq!(seen.len(), ROOMS.len(), "every room of the table is there");
}

#[test]
fn foreign_crates_have_one_home() {
    for (file, text) in sources() {
        // A test may look at what was made with the eyes of another.
        let text = without_tests(&text);
        for (name, _) in HOMES {
            let is_home = HOMES.iter().any(|(known, home)| *known == name && *home == room(&file));
            assert!(is_home || !text.contains(&format!("{name}::")), "{file} uses {name}, which belongs elsewhere");
        }
    }
}

/// What leads out of the program → the rooms that may use it. So what a digest, the settings of a corpus or a spec says can
/// lead to no other file, run nothing and ask nobody: the rooms that read them have no way to.
const WAYS_OUT: [(&str, &[&str]); 4] = [
    ("fs", &["cli", "corpus", "engine", "ingest", "ledger"]),
    ("process", &["cli", "engine", "main"]),
    ("env", &["cli"]),
    ("net", &["cli", "serve"]),
];

/// What paths do by themselves.
const PATH_METHODS: [&str; 9] = [
    "canonicalize",
    "exists",
    "is_dir",
    "is_file",
    "is_symlink",
    "metadata",
    "read_dir",
    "read_link",
    "symlink_metadata",
];

#[test]
fn only_some_rooms_reach_beyond_the_program() {
    for (file, text) in sources().into_iter().filter(|(file, _)| !file.ends_with("tests.rs")) {
        let used: String = without_tests(&text).lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        assert!(!used.contains("use std::{"), "{file}: each way out by a line of its own");
        for (way, rooms) in WAYS_OUT {
            let by_path = |method: &&str| way == "fs" && used.contains(&format!(".{method}("));
            let is_used = used.contains(&format!("std::{way}::"))
                || used.contains(&format!("std::{way};"))
                || PATH_METHODS.iter().any(by_path);
            assert!(!is_used || rooms.contains(&room(&file)), "{file} uses std::{way}");
        }
    }
}
