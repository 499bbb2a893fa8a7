//! Errors as data: message, position, option and hint. Messages name options as data, and each face writes them in its
//! own syntax.

use std::error::Error;
use std::fmt;
use std::ops::Range;

/// An option in a message, with an optional value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionRef {
    /// Name of the option.
    pub name: &'static str,
    /// Value of the option.
    pub value: Option<String>,
}

/// Returns an option without a value.
pub fn option(name: &'static str) -> OptionRef {
    OptionRef { name, value: None }
}

impl OptionRef {
    /// Sets the value.
    pub fn value(self, value: impl fmt::Display) -> Self {
        Self { value: Some(value.to_string()), ..self }
    }
}

/// Formatter of options for a face.
pub type Syntax = fn(&OptionRef) -> String;

/// Writes an option between backticks, independent of the face: `` `topic` ``.
pub fn plain(option: &OptionRef) -> String {
    match &option.value {
        Some(value) => format!("`{} {value}`", option.name),
        None => format!("`{}`", option.name),
    }
}

/// Part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Literal text.
    Text(String),
    /// An option.
    Option(OptionRef),
}

/// A message that may name options.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message(Vec<Part>);

/// Builds a [`Message`] from texts and options.
macro_rules! message {
    ($($part:expr),+ $(,)?) => {
        $crate::diagnostic::Message::default()$(.and($part))+
    };
}

pub(crate) use message;

impl Message {
    /// Appends a part.
    pub fn and(mut self, part: impl Into<Message>) -> Self {
        self.0.extend(part.into().0);
        self
    }

    /// Formats the message with options in a syntax.
    pub fn written(&self, syntax: Syntax) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Option(option) => syntax(option),
        };
        self.0.iter().map(part).collect()
    }

    /// Reports whether the message names an option.
    pub fn names(&self, name: &str) -> bool {
        self.0.iter().any(|part| matches!(part, Part::Option(option) if option.name == name))
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Message {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self(vec![Part::Text(text)])
    }
}

impl From<OptionRef> for Message {
    fn from(option: OptionRef) -> Self {
        Self(vec![Part::Option(option)])
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(plain))
    }
}

/// The option that an error concerns, and which of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConcernedOption {
    /// Name of the option.
    pub option: &'static str,
    /// Value in error.
    pub value: ValueRef,
}

/// Reference to one of an option's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueRef {
    /// By index, from 0.
    At(usize),
    /// By text.
    Text(String),
}

/// An error with its context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Machine-readable code.
    pub code: &'static str,
    /// Message in one line.
    pub message: Message,
    /// Chain of causes.
    pub causes: Vec<String>,
    /// Text in error, and the byte range at fault.
    pub span: Option<(String, Range<usize>)>,
    /// Option that the error concerns.
    pub option: Option<ConcernedOption>,
    /// Next step for the user.
    pub hint: Option<Message>,
}

impl Diagnostic {
    /// Returns a diagnostic with a message and a hint.
    pub fn new(code: &'static str, message: impl Into<Message>, hint: Option<Message>) -> Self {
        Self { code, message: message.into(), causes: Vec::new(), span: None, option: None, hint }
    }

    /// Converts an error and its causes.
    pub fn of(code: &'static str, error: &dyn Error, hint: Option<Message>) -> Self {
        let causes = std::iter::successors(error.source(), |cause| (*cause).source());
        Self { causes: causes.map(ToString::to_string).collect(), ..Self::new(code, error.to_string(), hint) }
    }

    /// Sets the text and the span at fault.
    pub fn in_text(self, text: &str, span: Option<Range<usize>>) -> Self {
        Self { span: span.map(|span| (text.to_owned(), span)).or(self.span), ..self }
    }

    /// Sets the option and the value in error.
    pub fn with_option(self, option: &'static str, value: ValueRef) -> Self {
        Self { option: Some(ConcernedOption { option, value }), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_face_writes_options_in_its_own_way() {
        let message = message!["choose one, such as ", option("topic").value("china-japan"), ", or leave it out"];
        let typed = |option: &OptionRef| format!("--{} {}", option.name, option.value.as_deref().unwrap_or_default());
        assert_eq!(message.written(typed), "choose one, such as --topic china-japan, or leave it out");
        assert_eq!(message.to_string(), "choose one, such as `topic china-japan`, or leave it out");
        assert!(message.names("topic") && !message.names("china-japan"));
    }
}
