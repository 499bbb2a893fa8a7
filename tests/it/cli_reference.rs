//! `docs/cli.md`, generated from the help texts. `UPDATE_EXAMPLES=1` writes it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::env::TestEnv;

const INTRODUCTION: &str = "\
# Command line reference

This page has the help of each command, as `digest-search COMMAND --help` prints it. Options that several commands share
are described once, [at the end](#shared-options). The tests generate this page; do not edit it by hand.
";

/// The number of commands with the same option from which it is a shared option.
const SHARED: usize = 3;

/// The names of the commands, in the order of `--help`.
fn commands(help: &str) -> Vec<&str> {
    let table = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("  "));
    rows.filter(|row| !row.starts_with(' ')).filter_map(|row| row.split_whitespace().next()).collect()
}

/// Parts of a help text, in order: each option with its description, and each unindented line with the lines below it.
fn parts(help: &str) -> Vec<String> {
    let mut parts = Vec::<String>::new();
    for line in help.lines().map(str::trim_end) {
        let indentation = line.len() - line.trim_start().len();
        let is_option = (1..=6).contains(&indentation) && line.trim_start().starts_with('-');
        let is_start = is_option || (indentation == 0 && !line.is_empty());
        match parts.last_mut().filter(|_| !is_start) {
            Some(part) => writeln!(part, "{line}").unwrap(),
            None => parts.push(format!("{line}\n")),
        }
    }
    parts
}

/// The long name of the option of a part.
fn option(part: &str) -> Option<&str> {
    part.starts_with(' ').then(|| part.split_whitespace().find(|word| word.starts_with("--")).unwrap())
}

/// A code block of parts, without headings of empty sections.
fn block(parts: &[String]) -> String {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        let is_heading =
            option(part).is_none() && part.trim_end().lines().count() == 1 && part.trim_end().ends_with(':');
        let is_empty = parts.get(index + 1).is_none_or(|next| option(next).is_none());
        if !(is_heading && is_empty) {
            text.push_str(part);
        }
    }
    format!("\n```text\n{}\n```\n", text.trim_end())
}

/// The page: the help of the program, that of each command, and the shared options.
fn reference() -> String {
    let env = TestEnv::new();
    let help = env.ok(&["--help"]);
    let names = commands(&help);
    let texts = names.iter().filter(|name| **name != "help").map(|name| (*name, env.ok(&[name, "--help"])));
    let helps: Vec<_> = [("digest-search", help.clone())].into_iter().chain(texts).collect();
    let helps: Vec<_> = helps.iter().map(|(name, help)| (*name, parts(help))).collect();
    let is_shared = |part: &String| {
        let has_it = |parts: &Vec<String>| parts.iter().any(|other| other.trim_end() == part.trim_end());
        option(part).is_some() && helps.iter().filter(|(_, parts)| has_it(parts)).count() >= SHARED
    };
    let mut page = INTRODUCTION.to_owned();
    let mut all_shared = Vec::<String>::new();
    for (name, parts) in &helps {
        let (shared, own): (Vec<_>, Vec<_>) = parts.iter().cloned().partition(is_shared);
        let options: Vec<_> = shared.iter().filter_map(|part| option(part)).map(|name| format!("`{name}`")).collect();
        write!(page, "\n## {name}\n{}\nShared options: {}\n", block(&own), options.join(", ")).unwrap();
        for part in shared {
            let part = format!("{}\n\n", part.trim_end());
            if !all_shared.contains(&part) {
                all_shared.push(part);
            }
        }
    }
    write!(page, "\n## Shared options\n{}", block(&all_shared)).unwrap();
    page
}

#[test]
fn the_reference_equals_the_help() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let reference = reference();
    assert!(reference.matches("\n## ").count() >= 16, "{reference}");
    if std::env::var_os("UPDATE_EXAMPLES").is_some() {
        fs::write(&path, &reference).unwrap();
    }
    let page = fs::read_to_string(&path).unwrap_or_default();
    assert!(page == reference, "docs/cli.md differs from the help texts; run the tests with UPDATE_EXAMPLES=1");
}
