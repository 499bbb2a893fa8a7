//! What was probably meant: by meaning first, then by letters.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, Command};
use digest_search::options::{meant_command, meant_option, meant_value};
use digest_search::planning::nearest;

use super::failure::Failure;
use super::formats::FORMATS;

/// Lists of up to so many names are shown whole.
const FEW: usize = 10;

/// The option of a command that is meant by another name, or all if these are few.
pub fn option(root: &Command, command: &Command, arg: &str) -> Option<String> {
    let Some(name) = arg.strip_prefix("--") else {
        let shorts: Vec<String> = command.get_arguments().filter_map(Arg::get_short).map(|c| format!("-{c}")).collect();
        return (arg.chars().count() == 2).then(|| format!("short options are {}", shorts.join(" ")));
    };
    let value = |option: &str| match option {
        "format" => FORMATS.iter().map(|(format, _)| format.as_str()).find(|format| *format == name),
        "sort" => meant_value(name, |value| matches!(value, "newest" | "oldest" | "relevance")),
        _ => None,
    };
    let by_meaning = || {
        meant(command, name).map(|option| match value(option) {
            Some(value) => format!("--{option} {value}"),
            None => format!("--{option}"),
        })
    };
    let of_command = || {
        let is_command = |name: &str| root.get_subcommands().any(|command| command.get_name() == name);
        let own = is_command(name).then(|| name.to_owned());
        own.or_else(|| meant_command(name, is_command).map(str::to_owned)).map(|name| format!("digest-search {name}"))
    };
    let names: Vec<&str> = command.get_arguments().filter_map(Arg::get_long).collect();
    let by_letters = || near(name, &names).map(|name| format!("--{name}"));
    let one = by_meaning().or_else(of_command).or_else(by_letters);
    one.map(|one| format!("did you mean `{one}`?"))
}

/// The name nearest to another by its letters, if any is near.
fn near(name: &str, known: &[&str]) -> Option<String> {
    // Of few, all would be near.
    let padded = known.iter().map(|known| (*known).to_owned()).chain((0..FEW).map(|n| format!("\u{fdd0}{n:>9}")));
    nearest(name, padded.collect()).into_iter().find(|name| !name.starts_with('\u{fdd0}'))
}

/// An error of clap in our words, where they say more.
pub fn failure(error: &Error, root: &Command) -> Option<Failure> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = text(ContextKind::InvalidSubcommand)?;
            let message = format!("unknown command `{name}`");
            Some(Failure::message("usage", message, command(root, name)))
        }
        ErrorKind::InvalidValue => {
            let Some(ContextValue::Strings(values)) = error.get(ContextKind::ValidValue) else { return None };
            let (option, value) = (text(ContextKind::InvalidArg)?, text(ContextKind::InvalidValue)?);
            let option = option.split([' ', '=']).next().unwrap_or(option);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            if values.is_empty() {
                return None;
            }
            let meant = meant_value(value, |known| values.contains(&known)).map(str::to_owned);
            let meant = meant.or_else(|| near(value, &values)).map(|value| format!("did you mean `{value}`? "));
            let hint = format!("{}values are {}", meant.unwrap_or_default(), values.join(", "));
            let message = match value {
                "" => format!("{option} needs a value"),
                value => format!("`{value}` is not a value of {option}"),
            };
            Some(Failure::message("usage", message, &hint))
        }
        _ => None,
    }
}

/// The command that is meant by another name.
fn command(root: &Command, name: &str) -> String {
    let names: Vec<&str> = root.get_subcommands().flat_map(Command::get_name_and_visible_aliases).collect();
    let meant = meant_command(&name.to_lowercase(), |known| names.contains(&known)).map(str::to_owned);
    match meant.or_else(|| near(&name.to_lowercase(), &names)) {
        Some(meant) => format!("did you mean `digest-search {meant}`?"),
        None => format!("to search for words, write `digest-search query {name}`; commands are {}", names.join(", ")),
    }
}

/// The option of a command with a long name.
pub fn long_option<'a>(command: &'a Command, name: &str) -> Option<&'a Arg> {
    let is_called = |arg: &&Arg| {
        arg.get_long() == Some(name) || arg.get_all_aliases().is_some_and(|aliases| aliases.contains(&name))
    };
    command.get_arguments().find(is_called)
}

/// Whether a command has an option that is meant by another name.
fn meant<'a>(command: &'a Command, name: &str) -> Option<&'a str> {
    let meant = meant_option(name, |option| long_option(command, option).is_some())?;
    long_option(command, meant).and_then(Arg::get_long)
}
