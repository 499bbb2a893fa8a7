//! Errors as data: what failed, where, which option is concerned, and what to do next. Sentences name options as data,
//! and each face writes those in its own syntax.

use std::error::Error;
use std::fmt;
use std::ops::Range;

/// An option in a sentence, maybe with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The option's name.
    pub name: &'static str,
    /// The value to give it.
    pub value: Option<String>,
}

/// Names an option in a sentence.
pub fn option(name: &'static str) -> Named {
    Named { name, value: None }
}

impl Named {
    /// The same with a value.
    pub fn value(self, value: impl fmt::Display) -> Self {
        Self { value: Some(value.to_string()), ..self }
    }
}

/// How a face writes an option.
pub type Syntax = fn(&Named) -> String;

/// Options as words between backticks, whatever the face: `` `topic` ``.
pub fn plain(option: &Named) -> String {
    match &option.value {
        Some(value) => format!("`{} {value}`", option.name),
        None => format!("`{}`", option.name),
    }
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words.
    Text(String),
    /// An option.
    Option(Named),
}

/// A sentence that may name options.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message(Vec<Part>);

/// Makes a [`Message`] of texts and options.
macro_rules! message {
    ($($part:expr),+ $(,)?) => {
        $crate::diagnostic::Message::default()$(.and($part))+
    };
}

pub(crate) use message;

impl Message {
    /// The same with another part behind it.
    pub fn and(mut self, part: impl Into<Message>) -> Self {
        self.0.extend(part.into().0);
        self
    }

    /// Writes the sentence, with options in a syntax.
    pub fn written(&self, syntax: Syntax) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Option(option) => syntax(option),
        };
        self.0.iter().map(part).collect()
    }

    /// Whether it names an option.
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

impl From<Named> for Message {
    fn from(option: Named) -> Self {
        Self(vec![Part::Option(option)])
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(plain))
    }
}

/// Which option is concerned, and which of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concerned {
    /// The option's name.
    pub option: &'static str,
    /// The value.
    pub value: Which,
}

/// One of an option's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// By its place, from 0.
    At(usize),
    /// By its text.
    Text(String),
}

/// What failed, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The sort of error, for programs.
    pub code: &'static str,
    /// What failed, in a line.
    pub message: Message,
    /// What made it so.
    pub causes: Vec<String>,
    /// A text and the bytes of it that are wrong.
    pub span: Option<(String, Range<usize>)>,
    /// The option concerned.
    pub option: Option<Concerned>,
    /// The next thing to do.
    pub hint: Option<Message>,
}

impl Diagnostic {
    /// An error without more than a message and a hint.
    pub fn new(code: &'static str, message: impl Into<Message>, hint: Option<Message>) -> Self {
        Self { code, message: message.into(), causes: Vec::new(), span: None, option: None, hint }
    }

    /// An error as it says itself, with its causes.
    pub fn of(code: &'static str, error: &dyn Error, hint: Option<Message>) -> Self {
        let causes = std::iter::successors(error.source(), |cause| (*cause).source());
        Self { causes: causes.map(ToString::to_string).collect(), ..Self::new(code, error.to_string(), hint) }
    }

    /// The same, of a part of a text.
    pub fn in_text(self, text: &str, span: Option<Range<usize>>) -> Self {
        Self { span: span.map(|span| (text.to_owned(), span)).or(self.span), ..self }
    }

    /// The same, of a value of an option.
    pub fn of_option(self, option: &'static str, value: Which) -> Self {
        Self { option: Some(Concerned { option, value }), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_face_writes_options_in_its_own_way() {
        let message = message!["choose one, such as ", option("topic").value("china-japan"), ", or leave it out"];
        let typed = |option: &Named| format!("--{} {}", option.name, option.value.as_deref().unwrap_or_default());
        assert_eq!(message.written(typed), "choose one, such as --topic china-japan, or leave it out");
        assert_eq!(message.to_string(), "choose one, such as `topic china-japan`, or leave it out");
        assert!(message.names("topic") && !message.names("china-japan"));
    }
}
