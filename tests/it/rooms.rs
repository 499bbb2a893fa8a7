//! The rooms of `src/` and which may use which, as the table in ARCHITECTURE.md says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Foreign crate → the room that may use it. Markdown has two: digests are read, and what a report's author wrote
/// is shown; and HTML: parts are written once, pages around them where they are served.
const HOMES: &[(&str, &str)] = &[
    ("notify", "cli"),
    ("clap_complete", "cli"),
    ("clap_mangen", "cli"),
    ("hyper", "serve"),
    ("hyper_util", "serve"),
    ("tokio", "serve"),
    // It hears signals.
    ("tokio", "cli"),
    ("percent_encoding", "serve"),
    ("rustix", "serve"),
    // It opens files without following links.
    ("rustix", "corpus"),
    ("rustix", "files"),
    ("rustix::fs", "files"),
    ("rustix::fs", "corpus"),
    ("csv", "render"),
    ("quick_xml", "render"),
    ("tantivy", "tantivy"),
    ("pulldown_cmark", "digest"),
    ("pulldown_cmark", "render"),
    ("maud", "render"),
    ("maud", "serve"),
    ("saphyr_parser", "yaml"),
    ("saphyr_parser", "digest"),
    ("frostem", "text"),
    ("strsim", "planning"),
    ("clap", "cli"),
    // It parses options, wherever they are written.
    ("clap", "options"),
    ("indicatif", "cli"),
];

pub fn sources() -> Vec<(String, String)> {
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
pub fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap()
}

pub fn room(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

/// The table of ARCHITECTURE.md: room → rooms that it may use.
fn rooms() -> BTreeMap<String, BTreeSet<String>> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |")?.split_once('`'));
    let room = |(name, rest): (&str, &str)| {
        let may = rest.rsplit(" | ").next().unwrap().split(", ").filter(|used| *used != "–").map(str::to_owned);
        (name.trim_end_matches('/').to_owned(), may.collect())
    };
    rows.map(room).collect()
}

#[test]
fn rooms_use_only_what_they_may() {
    let rooms = rooms();
    let mut seen = BTreeSet::new();
    for (file, text) in sources() {
        // The program's entry has no room; the library's names all of them.
        let room = room(&file);
        if matches!(room, "main" | "lib") {
            continue;
        }
        let may = rooms.get(room).unwrap_or_else(|| panic!("ARCHITECTURE.md has no room for {file}"));
        seen.insert(room.to_owned());
        for (i, _) in text.match_indices("crate::") {
            let used = text[i + 7..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
            assert!(used == room || may.contains(used), "{file} uses {used}");
        }
    }
    assert_eq!(seen, rooms.into_keys().collect(), "the rooms of ARCHITECTURE.md and of src");
}

#[test]
fn foreign_crates_have_one_home() {
    for (file, text) in sources() {
        // A test may look at what was made with the eyes of another.
        let text = without_tests(&text);
        for &(name, _) in HOMES {
            let is_home = HOMES.iter().any(|(known, home)| *known == name && *home == room(&file));
            // A room may be called as the crate is that it is about.
            let own = text.replace(&format!("crate::{name}::"), "");
            assert!(is_home || !own.contains(&format!("{name}::")), "{file} uses {name}, which belongs elsewhere");
        }
    }
}

/// What leads out of the program → the rooms that may use it. So what a digest, the settings of a corpus or a spec says can
/// lead to no other file, run nothing and ask nobody: the rooms that read them have no way to.
const WAYS_OUT: [(&str, &[&str]); 4] = [
    ("fs", &["cli", "corpus", "files", "ingest", "tantivy"]),
    ("process", &["cli", "main", "tantivy"]),
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

/// What a reader answers: only these rooms ask it. Others ask by `ask`, so that every face has the same answer and notes.
const QUESTIONS: [&str; 14] = [
    "commit",
    "contents",
    "days_near",
    "digest",
    "digests_on",
    "likely_sources",
    "nearest_ids",
    "sample",
    "search",
    "spelled",
    "stems",
    "suggestions",
    "tally",
    "values",
];

#[test]
fn ask_is_the_only_way_to_an_answer() {
    for (file, text) in sources() {
        if matches!(room(&file), "ask" | "ingest" | "insight") {
            continue;
        }
        for question in QUESTIONS {
            assert!(!text.contains(&format!("reader.{question}(")), "{file} asks a reader for {question}");
        }
        // `ask` answers requests, too.
        let is_answered =
            text.contains("request.answer(") || text.contains("Request::new(") && text.contains(".answer(");
        assert!(!is_answered, "{file} answers a request by itself");
    }
}
