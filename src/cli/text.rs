//! The words to search for, among the arguments of every command that takes them.

use std::borrow::Cow;
use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

/// Stands before an argument such as `-steel` while clap reads it, which would look for an option; then it goes again.
/// No text has this character.
const SHIELD: char = '\u{fdd0}';

/// The words to search for
#[derive(Debug, clap::Args)]
pub struct TextArgs {
    /// Words to search for
    #[arg(value_name = "TEXT", value_parser = unshielded)]
    text: Vec<String>,
}

impl TextArgs {
    /// What was typed.
    pub fn text(&self) -> String {
        self.text.join(" ")
    }
}

fn unshielded(arg: &str) -> Result<String, std::convert::Infallible> {
    Ok(arg.strip_prefix(SHIELD).unwrap_or(arg).to_owned())
}

/// The arguments with those that begin with a dash shielded, where a command takes TEXT: they are words to exclude, or
/// just begin so. What begins with two is an option, and what stands behind an option that takes a value is its value.
pub fn shielded(root: &Command, args: Vec<OsString>) -> Vec<OsString> {
    if !args.iter().any(|arg| may_be_text(&arg.to_string_lossy())) {
        return args;
    }
    let mut args = args.into_iter();
    let mut out: Vec<OsString> = args.next().into_iter().collect();
    let mut command = Cow::Borrowed(root);
    while let Some(arg) = args.next() {
        let typed = arg.to_str().unwrap_or_default();
        if typed == "--" {
            out.push(arg);
            break;
        }
        if let Some(name) = typed.strip_prefix("--") {
            let has_value = takes_value(root, name) || takes_value(&command, name);
            out.push(arg);
            out.extend(has_value.then(|| args.next()).flatten());
            continue;
        }
        if matches!(command, Cow::Borrowed(_))
            && let Some(called) = root.find_subcommand(typed)
        {
            let mut called = called.clone();
            called.build();
            command = Cow::Owned(called);
        }
        let is_text = may_be_text(typed) && takes_text(&command);
        out.push(if is_text { format!("{SHIELD}{typed}").into() } else { arg });
    }
    out.extend(args);
    out
}

/// Whether an argument looks like an option of one letter, and is none that all commands have.
fn may_be_text(typed: &str) -> bool {
    typed.starts_with('-') && !typed.starts_with("--") && !matches!(typed, "-" | "-h" | "-V")
}

fn takes_text(command: &Command) -> bool {
    let is_text = |arg: &Arg| arg.get_value_names().is_some_and(|names| names.iter().any(|name| name == "TEXT"));
    command.get_positionals().any(is_text)
}

/// Whether a command has such an option, with a value behind it.
fn takes_value(command: &Command, option: &str) -> bool {
    let takes = |arg: &Arg| matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    command.get_arguments().any(|arg| arg.get_long() == Some(option) && takes(arg))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn check(typed: &str, expect: &str) {
        let args = shielded(&crate::cli::Cli::command(), typed.split('|').map(Into::into).collect());
        let args: Vec<String> = args.into_iter().map(|arg| arg.into_string().expect("UTF-8")).collect();
        assert_eq!(args.join("|").replace(SHIELD, "!"), expect);
    }

    #[test]
    fn words_to_exclude_are_no_options() {
        check("x|query|trump|-tariffs|--any", "x|query|trump|!-tariffs|--any");
        check("x|--index|query|query|-a|- b|-…|-", "x|--index|query|query|!-a|!- b|!-…|-");
        check("x|query|-h|-V|--offset|3", "x|query|-h|-V|--offset|3");
        check("x|query|--offset|-5|-5|--source|-x", "x|query|--offset|-5|!-5|--source|-x");
        check("x|query|--any|-5|--limit=3|-b", "x|query|--any|!-5|--limit=3|!-b");
        check("x|query|--|-a", "x|query|--|-a");
        check("x|show|-a", "x|show|-a");
        check("x", "x");
    }
}
