//! Regression cases, each a file of `tests/cases`: a comment, files, then commands with their output.
//!
//! ```text
//! What went wrong, and what is right.
//! -- c/t/2026-02-10.md --
//! text of a file, up to the next such line
//! -- run --
//! $ digest-search index c 2>&1
//! lines of the output; `...` matches any number of lines
//! [exit 1]
//! ```
//!
//! Commands run in `sh`, in a folder for each case. stderr is compared if a
//! command has `2>&1`; an exit code other than 0 is stated. `UPDATE_CASES=1` writes the actual output into the files that
//! differ; read the diff before you commit it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;

use crate::env::{Run, TestEnv};

/// The name between the dashes of a line that opens a file or the commands.
fn section(line: &str) -> Option<&str> {
    line.strip_prefix("-- ")?.strip_suffix(" --")
}

/// Writes the files of a case and returns its commands, each with the output stated below it.
fn unpack(env: &TestEnv, case: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    let mut files: Vec<(&str, String)> = Vec::new();
    let mut is_run = false;
    for line in case.split_inclusive('\n') {
        match (section(line.trim_end()), line.strip_prefix("$ "), commands.last_mut(), files.last_mut()) {
            (Some("run"), ..) => is_run = true,
            (Some(name), ..) => files.push((name, String::new())),
            (None, Some(command), ..) if is_run => commands.push((command.trim_end().to_owned(), String::new())),
            (None, None, Some((_, output)), _) => output.push_str(line),
            (_, _, None, Some((_, text))) if !is_run => text.push_str(line),
            _ => {}
        }
    }
    files.iter().for_each(|(name, text)| env.write(name, text));
    commands
}

fn run(env: &TestEnv, command: &str) -> String {
    let bin = Path::new(env!("CARGO_BIN_EXE_digest-search")).parent().unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).current_dir(env.path("")).env_clear().env("COLUMNS", "100");
    shell.env("PATH", format!("{}:{}", bin.display(), std::env::var("PATH").unwrap()));
    let Run { code, mut stdout, .. } = shell.output().unwrap().into();
    if !stdout.is_empty() && !stdout.ends_with('\n') {
        stdout.push('\n');
    }
    if code == 0 { stdout } else { format!("{stdout}[exit {code}]\n") }
}

/// Reports whether lines match.
fn matches(stated: &[&str], lines: &[&str]) -> bool {
    match stated.split_first() {
        None => lines.is_empty(),
        Some((&"...", rest)) => (0..=lines.len()).any(|n| matches(rest, &lines[n..])),
        Some((first, rest)) => lines.first() == Some(first) && matches(rest, &lines[1..]),
    }
}

/// Returns the difference of a case, if any.
fn check(path: &Path) -> Option<String> {
    let case = fs::read_to_string(path).unwrap();
    let env = TestEnv::new();
    let commands = unpack(&env, &case);
    assert!(commands.iter().any(|(command, _)| command.contains("digest-search")), "{}: runs nothing", path.display());
    let (mut now, mut differs) = (case.split_inclusive("-- run --\n").next().unwrap().to_owned(), String::new());
    for (command, stated) in commands {
        let output = run(&env, &command);
        let is_right = matches(&stated.lines().collect::<Vec<_>>(), &output.lines().collect::<Vec<_>>());
        if !is_right {
            differs += &format!("{}\n$ {command}\nexpected:\n{stated}got:\n{output}\n", path.display());
        }
        now += &format!("$ {command}\n{}", if is_right { stated } else { output });
    }
    if differs.is_empty() {
        return None;
    }
    if std::env::var_os("UPDATE_CASES").is_some() {
        fs::write(path, now).unwrap();
        return None;
    }
    Some(differs)
}

#[test]
fn cases_have_the_expected_output() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let cases: Vec<PathBuf> = files.filter(|file| file.file_type().is_file()).map(|file| file.into_path()).collect();
    assert!(!cases.is_empty());
    let differs: Vec<String> = cases.par_iter().filter_map(|path| check(path)).collect();
    assert!(differs.is_empty(), "{} of {} cases:\n\n{}", differs.len(), cases.len(), differs.join("\n"));
}
