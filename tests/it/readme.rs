//! The examples of the documents: each command has the output shown below it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::env::{Run, TestEnv};

/// The files that a page shows: blocks with a file name, as in `python rates.py`.
fn files(markdown: &str) -> Vec<(&str, &str)> {
    let blocks = markdown.split("```").skip(1).step_by(2);
    let named = blocks.filter_map(|block| {
        let (head, content) = block.split_once('\n')?;
        Some((head.split_once(' ')?.1, content))
    });
    named.collect()
}

/// The commands of the `console` blocks, each with the output shown below it.
fn examples(markdown: &str) -> Vec<(String, String)> {
    let mut examples: Vec<(String, String)> = Vec::new();
    let mut in_console = false;
    for line in markdown.lines() {
        match line.strip_prefix("```") {
            Some(kind) => in_console = kind == "console",
            None if !in_console => {}
            None => match (line.strip_prefix("$ "), examples.last_mut()) {
                (Some(command), _) => examples.push((command.to_owned(), String::new())),
                (None, Some((_, output))) => output.push_str(&format!("{line}\n")),
                (None, None) => panic!("output without a command: {line}"),
            },
        }
    }
    examples
}

/// Runs the examples of a page in a folder with the sample corpus. README indexes it; for other
/// pages it is indexed. Examples that need a missing program are skipped.
fn check(page: &str, least: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let env = if page == "README.md" { TestEnv::with_sample() } else { TestEnv::indexed() };
    env.copy_reports();
    // Mail is written into this folder.
    env.write("bin/mail", "#!/bin/sh\necho \"$@\" > mailed; cat >> mailed\n");
    fs::set_permissions(env.path("bin/mail"), fs::Permissions::from_mode(0o755)).unwrap();
    let python = python_with_pandas();
    if let Some(python) = &python {
        std::os::unix::fs::symlink(python, env.path("bin/python3")).unwrap();
    }
    let bin = Path::new(env!("CARGO_BIN_EXE_digest-search")).parent().unwrap();
    let path = format!("{}:{}:{}", env.path("bin").display(), bin.display(), std::env::var("PATH").unwrap());
    let mut text = fs::read_to_string(root.join(page)).unwrap();
    files(&text).into_iter().for_each(|(name, content)| env.write(name, content));
    let examples = examples(&text);
    assert!(examples.len() >= least);
    let update = std::env::var_os("UPDATE_EXAMPLES").is_some();
    for (command, expected) in examples {
        let is_missing = |tool: &str| match tool {
            "pandas" => command.starts_with("python3") && python.is_none(),
            _ => command.split_whitespace().any(|word| word == tool) && !is_there(tool),
        };
        if let Some(tool) = ["jq", "sqlite3", "pandas"].into_iter().find(|tool| is_missing(tool)) {
            assert!(std::env::var_os("CI").is_none(), "{tool} is not installed");
            continue;
        }
        let output = Command::new("sh")
            .args(["-c", &command])
            .current_dir(env.path(""))
            .env_clear()
            .env("PATH", &path)
            .env("COLUMNS", "80")
            .output()
            .unwrap();
        let run = Run::from(output);
        // stderr, such as warnings, is not shown.
        if update {
            let shown = |output: &str| format!("$ {command}\n{}", output.trim_end()).trim_end().to_owned() + "\n";
            let (before, now) = (format!("$ {command}\n{expected}"), shown(&run.stdout));
            text = text.replacen(&before, &now, 1);
            continue;
        }
        assert_eq!(run.stdout.trim_end(), expected.trim_end(), "$ {command}\n{}", run.stderr);
    }
    if update {
        fs::write(root.join(page), text).unwrap();
    }
    if page == "docs/recipes.md" {
        let mailed = fs::read_to_string(env.path("mailed")).unwrap();
        assert!(mailed.starts_with("-s New on tariffs desk@example.com\n- "), "{mailed}");
    }
}

/// The first Python on the path that has pandas.
fn python_with_pandas() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let has_pandas = |python: &PathBuf| {
        Command::new(python).args(["-c", "import pandas"]).output().is_ok_and(|output| output.status.success())
    };
    folders.into_iter().map(|folder| folder.join("python3")).find(has_pandas)
}

fn is_there(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Pages with examples, and the least number of examples on each.
const PAGES: [(&str, usize); 11] = [
    ("README.md", 3),
    ("docs/comparison.md", 3),
    ("docs/counts.md", 3),
    ("docs/digests.md", 1),
    ("docs/formats.md", 3),
    ("docs/indexing.md", 2),
    ("docs/layouts.md", 1),
    ("docs/query-language.md", 5),
    ("docs/recipes.md", 14),
    ("docs/reports.md", 4),
    ("docs/stories.md", 2),
];

#[test]
fn examples_have_the_shown_output() {
    std::thread::scope(|scope| {
        for (page, least) in PAGES {
            std::thread::Builder::new().name(page.to_owned()).spawn_scoped(scope, move || check(page, least)).unwrap();
        }
    });
}

#[test]
fn every_page_with_examples_is_checked() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(root.join("docs")).unwrap() {
        let name = format!("docs/{}", entry.unwrap().file_name().to_str().unwrap());
        let has_examples =
            name.ends_with(".md") && fs::read_to_string(root.join(&name)).unwrap().contains("```console");
        assert!(!has_examples || PAGES.iter().any(|(page, _)| *page == name), "{name}");
    }
}

#[test]
fn every_example_in_the_help_of_query_finds_something() {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    let bin = Path::new(env!("CARGO_BIN_EXE_digest-search")).parent().unwrap();
    let help = env.ok(&["help", "query"]) + &env.ok(&["query", "-h"]);
    let examples: Vec<&str> =
        help.lines().map(str::trim).filter(|line| line.starts_with("digest-search query")).collect();
    assert!(examples.len() >= 15, "{help}");
    for command in examples {
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        let mut shell = Command::new("sh");
        let output =
            shell.args(["-c", command]).current_dir(env.path("")).env_clear().env("PATH", path).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{command}: {output:?}");
    }
}
