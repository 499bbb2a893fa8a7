//! `docs/cli.md` is made from the program's help texts. `UPDATE_EXAMPLES=1` writes it anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::env::TestEnv;

/// Names of the commands, in the order of `--help`.
fn commands(help: &str) -> Vec<&str> {
    let table = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("  "));
    rows.filter(|row| !row.starts_with(' ')).filter_map(|row| row.split_whitespace().next()).collect()
}

/// The page: the help of the program, then that of each command.
fn reference() -> String {
    let env = TestEnv::new();
    let help = env.ok(&["--help"]);
    let mut page =
        "# Command line reference\n\nThis page holds the output of `digest-search --help` and of `digest-search \
                    COMMAND --help`. A test\n(`tests/it/cli_reference.rs`) generates it; do not edit it by hand.\n"
            .to_owned();
    let mut section = |title: &str, help: &str| {
        let lines: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
        write!(page, "\n## {title}\n\n```text\n{}\n```\n", lines.join("\n")).unwrap();
    };
    section("digest-search", &help);
    for command in commands(&help).into_iter().filter(|command| *command != "help") {
        section(command, &env.ok(&[command, "--help"]));
    }
    page
}

#[test]
fn the_reference_is_the_help_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let reference = reference();
    assert!(reference.matches("\n## ").count() >= 14, "{reference}");
    if std::env::var_os("UPDATE_EXAMPLES").is_some() {
        fs::write(&path, &reference).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == reference,
        "docs/cli.md differs from the help texts; run the tests with UPDATE_EXAMPLES=1"
    );
}
