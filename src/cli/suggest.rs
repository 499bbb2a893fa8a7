//! Suggestions for unknown names: synonyms first, then names with similar letters.

use clap::{Arg, Command};
use digest_search::options::{command_synonym, option_synonym, value_synonym};
use digest_search::planning::nearest;

use super::formats::FORMATS;

/// Number of names below which similarity would find all.
const FEW: usize = 10;

/// Returns a hint with the option that an unknown one probably means, or with all short options.
pub fn option(root: &Command, command: &Command, arg: &str) -> Option<String> {
    let Some(name) = arg.strip_prefix("--") else {
        let shorts: Vec<String> = command.get_arguments().filter_map(Arg::get_short).map(|c| format!("-{c}")).collect();
        return (arg.chars().count() == 2).then(|| format!("short options: {}", shorts.join(" ")));
    };
    let value = |option: &str| match option {
        "format" => FORMATS.iter().map(|(format, _)| format.as_str()).find(|format| *format == name),
        "sort" => value_synonym(name, |value| matches!(value, "newest" | "oldest" | "relevance")),
        _ => None,
    };
    let by_synonym = || {
        find_synonym(command, name).map(|option| match value(option) {
            Some(value) => format!("--{option} {value}"),
            None => format!("--{option}"),
        })
    };
    let of_command = || {
        let is_command = |name: &str| root.get_subcommands().any(|command| command.get_name() == name);
        let own = is_command(name).then(|| name.to_owned());
        own.or_else(|| command_synonym(name, is_command).map(str::to_owned)).map(|name| format!("digest-search {name}"))
    };
    let names: Vec<&str> = command.get_arguments().filter_map(Arg::get_long).collect();
    let by_letters = || near(name, &names).map(|name| format!("--{name}"));
    let one = by_synonym().or_else(of_command).or_else(by_letters);
    one.map(|one| format!("did you mean `{one}`?"))
}

/// Returns the most similar name by its letters, if any is similar.
pub fn near(name: &str, known: &[&str]) -> Option<String> {
    // Padding, since in a short list all names are near.
    let padded = known.iter().map(|known| (*known).to_owned()).chain((0..FEW).map(|n| format!("\u{fdd0}{n:>9}")));
    nearest(name, padded.collect()).into_iter().find(|name| !name.starts_with('\u{fdd0}'))
}

/// Returns a hint with the command that an unknown name probably means.
pub fn command(root: &Command, name: &str) -> String {
    let names: Vec<&str> = root.get_subcommands().flat_map(Command::get_name_and_visible_aliases).collect();
    let suggested = command_synonym(&name.to_lowercase(), |known| names.contains(&known)).map(str::to_owned);
    match suggested.or_else(|| near(&name.to_lowercase(), &names)) {
        Some(name) => format!("did you mean `digest-search {name}`?"),
        None => format!("to search for words, use `digest-search query {name}`; commands: {}", names.join(", ")),
    }
}

/// Returns the option of a command with a long name or alias.
pub fn long_option<'a>(command: &'a Command, name: &str) -> Option<&'a Arg> {
    let has_name = |arg: &&Arg| {
        arg.get_long() == Some(name) || arg.get_all_aliases().is_some_and(|aliases| aliases.contains(&name))
    };
    command.get_arguments().find(has_name)
}

/// Returns the option of a command with a synonym.
fn find_synonym<'a>(command: &'a Command, name: &str) -> Option<&'a str> {
    let option = option_synonym(name, |option| long_option(command, option).is_some())?;
    long_option(command, option).and_then(Arg::get_long)
}
