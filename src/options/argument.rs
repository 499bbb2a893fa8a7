//! Description of an option, read from its clap declaration.

use clap::{Arg, ArgAction};

use super::values::{NUMBERS, Number, PATTERNS};

/// An option of a command.
#[derive(Debug, Clone)]
pub struct Argument {
    arg: Arg,
    form: ValueParser,
}

/// The type of an option's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueParser {
    /// Any text.
    Text,
    /// A boolean.
    Flag,
    /// One of these names.
    OneOf(Vec<String>),
    /// A number.
    Number(Number),
    /// Text that matches a regular expression.
    Pattern(&'static str),
}

impl Argument {
    pub(super) fn new(arg: Arg) -> Self {
        Self { form: form(&arg), arg }
    }

    /// Returns an option of one front end, with a comma-separated list of texts.
    pub fn texts(name: &'static str, help: &'static str) -> Self {
        Self::new(Arg::new(name).help(help).action(ArgAction::Append).value_delimiter(','))
    }

    /// Returns an option of one front end, with one text.
    pub fn text(name: &'static str, help: &'static str) -> Self {
        Self::new(Arg::new(name).help(help))
    }

    /// Makes the option required.
    pub fn required(self) -> Self {
        Self::new(self.arg.required(true))
    }

    /// Returns the long name, or the id of a positional argument.
    pub fn name(&self) -> &str {
        self.arg.get_long().unwrap_or_else(|| self.arg.get_id().as_str())
    }

    /// Returns the visible aliases.
    pub fn aliases(&self) -> Vec<&str> {
        self.arg.get_visible_aliases().unwrap_or_default()
    }

    /// Returns the help text.
    pub fn help(&self) -> String {
        self.arg.get_help().map(ToString::to_string).unwrap_or_default()
    }

    /// Returns the type of a value.
    pub fn form(&self) -> &ValueParser {
        &self.form
    }

    /// Returns the default value; none for a flag.
    pub fn default_value(&self) -> Option<&str> {
        self.arg
            .get_default_values()
            .first()
            .and_then(|value| value.to_str())
            .filter(|_| self.form != ValueParser::Flag)
    }

    /// Reports whether the option takes a list. The words to search for are one text.
    pub fn is_list(&self) -> bool {
        matches!(self.arg.get_action(), ArgAction::Append) && self.name() != "text"
    }

    /// Splits a text into values, at commas if the option takes a list of them.
    pub fn split(&self, text: &str) -> Vec<String> {
        let is_one_of = matches!(self.form, ValueParser::OneOf(_));
        match self.arg.get_value_delimiter().or(is_one_of.then_some(',')).filter(|_| self.is_list()) {
            Some(delimiter) => text.split(delimiter).map(|value| value.trim().to_owned()).collect(),
            None => vec![text.to_owned()],
        }
    }

    /// Reports whether the option is a positional argument of its command.
    pub fn is_positional(&self) -> bool {
        self.arg.is_positional()
    }

    /// Reports whether the option is required.
    pub fn is_required(&self) -> bool {
        self.arg.is_required_set()
    }

    /// Reports whether the option is hidden.
    pub fn is_hidden(&self) -> bool {
        self.arg.is_hide_set()
    }
}

fn form(arg: &Arg) -> ValueParser {
    let names = arg.get_possible_values();
    let value_name = arg.get_value_names().and_then(|names| names.first()).map(|name| name.as_str());
    fn of<T: Copy>(names: &[(&str, T)], value_name: Option<&str>) -> Option<T> {
        names.iter().find(|(name, _)| value_name == Some(name)).map(|(_, value)| *value)
    }
    match arg.get_action() {
        ArgAction::SetTrue => ValueParser::Flag,
        _ if !names.is_empty() => ValueParser::OneOf(names.iter().map(|name| name.get_name().to_owned()).collect()),
        _ => of(&NUMBERS, value_name)
            .map(ValueParser::Number)
            .or_else(|| of(&PATTERNS, value_name).map(ValueParser::Pattern))
            .unwrap_or(ValueParser::Text),
    }
}
