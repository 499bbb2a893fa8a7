//! The README's examples are run, and give what the README shows.

use std::path::Path;
use std::process::Command;

use crate::env::{Run, TestEnv};

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

#[test]
fn examples_give_what_is_shown() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let env = TestEnv::with_sample();
    let bin = Path::new(env!("CARGO_BIN_EXE_digest-search")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let examples = examples(&readme);
    assert!(examples.len() >= 4);
    for (command, expected) in examples {
        let output = Command::new("sh")
            .args(["-c", &command])
            .current_dir(env.path(""))
            .env_clear()
            .env("PATH", &path)
            .env("COLUMNS", "80")
            .output()
            .unwrap();
        let run = Run::from(output);
        // What stands on stderr, such as warnings, is not shown.
        assert_eq!(run.stdout.trim_end(), expected.trim_end(), "$ {command}\n{}", run.stderr);
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
