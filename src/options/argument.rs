//! An option as its declaration has it: what a face needs to read it, and to describe it.

use clap::{Arg, ArgAction};

use super::values::PATTERNS;

/// An option of a question.
#[derive(Debug, Clone)]
pub struct Argument {
    arg: Arg,
    form: ValueParser,
}

/// The form of an option's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueParser {
    /// Any text.
    Text,
    /// Yes or no.
    Flag,
    /// One of these names.
    OneOf(Vec<String>),
    /// A text that a regular expression matches.
    Pattern(&'static str),
}

impl Argument {
    pub(super) fn new(arg: Arg) -> Self {
        Self { form: form(&arg), arg }
    }

    /// An option of a face alone, with any number of texts between commas.
    pub fn texts(name: &'static str, help: &'static str) -> Self {
        Self::new(Arg::new(name).help(help).action(ArgAction::Append).value_delimiter(','))
    }

    /// The name.
    pub fn name(&self) -> &str {
        self.arg.get_long().unwrap_or_else(|| self.arg.get_id().as_str())
    }

    /// Other names.
    pub fn aliases(&self) -> Vec<&str> {
        self.arg.get_visible_aliases().unwrap_or_default()
    }

    /// The help text.
    pub fn help(&self) -> String {
        self.arg.get_help().map(ToString::to_string).unwrap_or_default()
    }

    /// The form of a value.
    pub fn form(&self) -> &ValueParser {
        &self.form
    }

    /// The value that it has where none is written.
    pub fn default_value(&self) -> Option<&str> {
        self.arg
            .get_default_values()
            .first()
            .and_then(|value| value.to_str())
            .filter(|_| self.form != ValueParser::Flag)
    }

    /// Whether it has any number of values. The words to search for are one text.
    pub fn is_list(&self) -> bool {
        matches!(self.arg.get_action(), ArgAction::Append) && self.name() != "text"
    }

    /// The values in a text: several, where commas may stand between them.
    pub fn split(&self, text: &str) -> Vec<String> {
        let is_one_of = matches!(self.form, ValueParser::OneOf(_));
        match self.arg.get_value_delimiter().or(is_one_of.then_some(',')).filter(|_| self.is_list()) {
            Some(delimiter) => text.split(delimiter).map(|value| value.trim().to_owned()).collect(),
            None => vec![text.to_owned()],
        }
    }

    /// Whether it has its place among the arguments of a command, and no name there.
    pub fn is_positional(&self) -> bool {
        self.arg.is_positional()
    }

    /// Whether a question needs it.
    pub fn is_required(&self) -> bool {
        self.arg.is_required_set()
    }

    /// Whether it is offered to nobody.
    pub fn is_hidden(&self) -> bool {
        self.arg.is_hide_set()
    }
}

fn form(arg: &Arg) -> ValueParser {
    let names = arg.get_possible_values();
    let value_name = arg.get_value_names().and_then(|names| names.first());
    let pattern = PATTERNS.iter().find(|(name, _)| value_name.is_some_and(|value| value == name));
    match (arg.get_action(), pattern) {
        (ArgAction::SetTrue, _) => ValueParser::Flag,
        _ if !names.is_empty() => ValueParser::OneOf(names.iter().map(|name| name.get_name().to_owned()).collect()),
        (_, Some((_, pattern))) => ValueParser::Pattern(pattern),
        _ => ValueParser::Text,
    }
}
