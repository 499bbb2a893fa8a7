//! Errors of the command line in the program's own words, from what clap knows of them.

use std::error::Error as _;

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use digest_search::options::value_synonym;

use super::failure::Failure;
use super::suggest::{command, near};

/// Returns an error of clap as a failure.
pub fn failure(error: &Error, root: &Command) -> Failure {
    let (message, hint) = words(error, root);
    Failure::message("usage", message, hint.unwrap_or_else(|| "see --help".to_owned()))
}

fn words(error: &Error, root: &Command) -> (String, Option<String>) {
    let option = option(text(error, ContextKind::InvalidArg));
    let value = text(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = text(error, ContextKind::InvalidSubcommand);
            (format!("unknown command `{name}`"), Some(command(root, name)))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            (format!("{option} requires a value"), valid(error, value))
        }
        ErrorKind::InvalidValue => (format!("invalid value `{value}` for {option}"), valid(error, value)),
        ErrorKind::ValueValidation => (
            format!("invalid value `{value}` for {option}"),
            error.source().map(|expected| format!("expected: {expected}")),
        ),
        ErrorKind::MissingRequiredArgument => {
            let missing: Vec<&str> = texts(error, ContextKind::InvalidArg).into_iter().map(self::option).collect();
            (format!("missing: {}", missing.join(", ")), None)
        }
        ErrorKind::ArgumentConflict => {
            let other: Vec<&str> = texts(error, ContextKind::PriorArg).into_iter().map(self::option).collect();
            match other.is_empty() || other == [option] {
                true => (format!("{option} may be given only once"), None),
                false => (format!("{option} cannot be combined with {}", other.join(", ")), None),
            }
        }
        ErrorKind::TooManyValues => (format!("unexpected value `{value}` for {option}"), None),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            let number = |kind| match error.get(kind) {
                Some(ContextValue::Number(number)) => Some(*number),
                _ => None,
            };
            let needed = number(ContextKind::ExpectedNumValues).or_else(|| number(ContextKind::MinValues));
            let (needed, given) = (needed.unwrap_or(1), number(ContextKind::ActualNumValues).unwrap_or(0));
            (format!("{option} requires {needed} values; {given} given"), None)
        }
        kind => (kind.as_str().unwrap_or("invalid command line").to_owned(), None),
    }
}

/// Returns the hint with the value that an unknown one probably means, and all valid ones.
fn valid(error: &Error, value: &str) -> Option<String> {
    let values = texts(error, ContextKind::ValidValue);
    let suggested = value_synonym(value, |known| values.contains(&known)).map(str::to_owned);
    let suggested = suggested.or_else(|| near(value, &values)).map(|value| format!("did you mean `{value}`? "));
    (!values.is_empty()).then(|| format!("{}valid values: {}", suggested.unwrap_or_default(), values.join(", ")))
}

/// Returns an option without the placeholder of its value: `--topic` of `--topic <TOPIC>`. Arguments without a name are placeholders.
fn option(option: &str) -> &str {
    option.split([' ', '=']).next().unwrap_or(option).trim_matches(['<', '>', '[', ']', '.'])
}

fn text(error: &Error, kind: ContextKind) -> &str {
    texts(error, kind).first().copied().unwrap_or_default()
}

fn texts(error: &Error, kind: ContextKind) -> Vec<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text],
        Some(ContextValue::Strings(texts)) => texts.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}
