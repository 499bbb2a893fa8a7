//! The rooms of `src/` and their allowed uses, as in the table of ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Foreign crate → rooms that may use it. Markdown has two: digests are parsed, and text by the author of a report
/// is rendered; HTML, too: answers are rendered in one room, pages in another.
const HOMES: &[(&str, &str)] = &[
    ("notify", "cli"),
    ("clap_complete", "cli"),
    ("clap_mangen", "cli"),
    ("hyper", "serve"),
    ("hyper_util", "serve"),
    ("tokio", "serve"),
    ("tokio", "current"),
    // It handles signals.
    ("tokio", "cli"),
    ("tokio", "mcp"),
    // It writes its messages to standard output: the one exception to `cli` alone printing.
    ("rmcp", "mcp"),
    ("percent_encoding", "serve"),
    ("percent_encoding", "mcp"),
    ("rustix", "serve"),
    // It opens files without following links.
    ("rustix", "corpus"),
    ("rustix", "files"),
    ("rustix::fs", "files"),
    ("rustix::fs", "corpus"),
    ("csv", "render"),
    ("quick_xml", "render"),
    ("tantivy", "tantivy"),
    ("ureq", "opensearch"),
    ("base64", "opensearch"),
    ("pulldown_cmark", "digest"),
    ("pulldown_cmark", "render"),
    ("maud", "render"),
    ("maud", "serve"),
    ("saphyr_parser", "yaml"),
    ("saphyr_parser", "digest"),
    ("frostem", "text"),
    ("toml", "digest"),
    ("whatlang", "digest"),
    ("shlex", "cli"),
    ("shlex", "ingest"),
    ("regex", "digest"),
    ("globset", "digest"),
    ("strsim", "planning"),
    ("clap", "cli"),
    // It parses options, in any file.
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

/// The text of a file without the tests at its end.
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
fn rooms_use_only_allowed_rooms() {
    let rooms = rooms();
    let mut seen = BTreeSet::new();
    for (file, text) in sources() {
        // The entry point of the program is in no room; that of the library names all.
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
        // Tests may use other crates.
        let text = without_tests(&text);
        for &(name, _) in HOMES {
            let is_home = HOMES.iter().any(|(known, home)| *known == name && *home == room(&file));
            // A room may have the name of a crate.
            let own = text.replace(&format!("crate::{name}::"), "");
            assert!(is_home || !own.contains(&format!("{name}::")), "{file} uses {name}, which belongs elsewhere");
        }
    }
}

/// Access to the outside of the program → rooms that may use it. Digests, settings of a corpus and specs cannot
/// lead to other files, programs or hosts: the rooms that read them have no access.
const WAYS_OUT: [(&str, &[&str]); 4] = [
    ("fs", &["cli", "corpus", "files", "ingest", "tantivy"]),
    ("process", &["cli", "main", "opensearch", "tantivy"]),
    // Credentials are taken from the environment only where they are used.
    ("env", &["cli", "opensearch"]),
    ("net", &["cli", "opensearch", "serve"]),
];

/// Methods of paths with file access.
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
        assert!(!used.contains("use std::{"), "{file}: one import a line");
        for (way, rooms) in WAYS_OUT {
            let by_path = |method: &&str| way == "fs" && used.contains(&format!(".{method}("));
            let is_used = used.contains(&format!("std::{way}::"))
                || used.contains(&format!("std::{way};"))
                || PATH_METHODS.iter().any(by_path);
            assert!(!is_used || rooms.contains(&room(&file)), "{file} uses std::{way}");
        }
    }
}

/// Methods of a reader: only these rooms call them. Others use `ask`, so that every face has the same answers and notes.
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
fn answers_are_made_by_ask_only() {
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
