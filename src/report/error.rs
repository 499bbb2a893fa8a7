//! Errors in a spec, with their places.

use std::collections::BTreeSet;

use crate::backend::{self, did_you_mean};
use crate::diagnostic::{Diagnostic, Message};
use crate::insight;
use crate::options::{self, command_synonym, option_synonym, value_synonym};
use crate::planning::nearest;
use crate::yaml::{self, Place};

/// Maximum number of values that a hint lists.
const FEW: usize = 10;

/// The kinds of content of a section.
const CONTENTS: [&str; 7] = ["text", "query", "count", "compare", "trend", "stories", "gaps"];

/// An error in a spec.
#[derive(Debug, thiserror::Error)]
#[error("{problem}")]
pub struct SpecError {
    /// The place of the error.
    pub place: Place,
    /// The problem.
    pub problem: Problem,
    /// The query text that the error concerns, if any.
    text: String,
}

/// The problem of a spec.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Invalid or unsupported YAML.
    #[error(transparent)]
    Yaml(#[from] yaml::Problem),
    /// Too many sections, variables or values.
    #[error("{found} {what}, expected at most {most}")]
    TooMany {
        /// The things that are too many.
        what: &'static str,
        /// The number in the spec.
        found: usize,
        /// The maximum.
        most: usize,
    },
    /// Two names of one option.
    #[error("`{0}` and `{1}` are the same option")]
    Both(String, String),
    /// Dates of all sections in two places.
    #[error("`{0}` conflicts with dates in `filters`")]
    DaysTwice(String),
    /// An unknown key.
    #[error("unknown key `{key}`")]
    UnknownKey {
        /// The key.
        key: String,
        /// The valid keys.
        known: Vec<String>,
        /// Whether the key has no value, as a word after a comma within braces.
        is_alone: bool,
    },
    /// A key without a value.
    #[error("`{0}` has no value")]
    NoValue(String),
    /// A value of another type.
    #[error("invalid value for `{key}`: expected {expected}, found {found}")]
    WrongType {
        /// The key.
        key: String,
        /// The expected type.
        expected: &'static str,
        /// The type in the spec.
        found: &'static str,
    },
    /// An invalid value.
    #[error("invalid value `{value}` for `{key}`")]
    Value {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// A description of the valid values.
        expected: String,
        /// The valid values, if they are a list.
        known: Vec<String>,
    },
    /// No sections.
    #[error("the spec has no sections")]
    NoSections,
    /// A section without content, or with several kinds of it.
    #[error("a section has {0}")]
    NotOneThing(String),
    /// An assertion about a text.
    #[error("`assert` is not valid in a text section")]
    AssertOfText,
    /// An unknown variable.
    #[error("unknown variable `{name}`")]
    UnknownVariable {
        /// The name.
        name: String,
        /// The variables of the spec.
        known: Vec<String>,
    },
    /// An invalid name of a variable.
    #[error("invalid variable name `{0}`")]
    VariableName(String),
    /// A brace without a variable.
    #[error("`{0}` is not part of a variable")]
    Brace(char),
    /// A text too long after substitution of its variables.
    #[error("the text has {0} bytes with its variables, expected at most {1}")]
    TooLongWithVariables(usize, usize),
    /// An invalid assertion.
    #[error("invalid assertion `{0}`")]
    Assertion(String),
    /// An unknown measure.
    #[error("unknown measure `{name}`")]
    UnknownMeasure {
        /// The name as written.
        name: String,
        /// The measures of the section.
        known: Vec<String>,
    },
    /// An unknown perspective.
    #[error("unknown perspective `{name}`")]
    UnknownPerspective {
        /// The name as written.
        name: String,
        /// The known perspectives.
        known: Vec<String>,
    },
    /// An invalid option.
    #[error(transparent)]
    Option(#[from] options::Error),
    /// A query that cannot be answered.
    #[error(transparent)]
    Insight(#[from] insight::Error),
}

impl From<yaml::Error> for SpecError {
    fn from(error: yaml::Error) -> Self {
        Self::at(error.place, error.problem.into())
    }
}

impl SpecError {
    /// Returns an error at a place.
    pub(super) fn at(place: Place, problem: Problem) -> Self {
        Self { place, problem, text: String::new() }
    }

    /// Returns the error with the query text that it concerns.
    pub(super) fn with_query(self, text: &str) -> Self {
        Self { text: text.to_owned(), ..self }
    }

    /// Returns the error as data.
    pub fn diagnostic(&self) -> Diagnostic {
        match &self.problem {
            Problem::Option(error) => error.diagnostic(&self.text),
            Problem::Insight(error) => error.diagnostic(&self.text),
            _ => Diagnostic::of("spec", self, self.hint()),
        }
    }

    /// Returns the hint.
    pub fn hint(&self) -> Option<Message> {
        match &self.problem {
            Problem::Option(_) | Problem::Insight(_) => self.diagnostic().hint,
            _ => self.own_hint().map(Message::from),
        }
    }

    fn own_hint(&self) -> Option<String> {
        let listed = |what: &str, known: &[String]| format!("{what} {}", known.join(", "));
        Some(match &self.problem {
            Problem::Yaml(problem) => yaml_hint(problem).to_owned(),
            Problem::TooMany { .. } => "split the report".to_owned(),
            Problem::Both(..) => "remove one of them".to_owned(),
            Problem::DaysTwice(_) => "put the dates of all sections in one place".to_owned(),
            Problem::UnknownKey { is_alone: true, .. } | Problem::NoValue(_) => {
                "write `key: value`, and several values as [a, b]".to_owned()
            }
            Problem::UnknownKey { key, known, .. } => near(key, known, &listed("valid keys:", known)),
            Problem::WrongType { found: "a mapping", expected, .. } if *expected != "a list" => {
                "put quotation marks around a variable: \"{name}\"".to_owned()
            }
            Problem::WrongType { expected: "a list", .. } => "write each item on its own line after `- `".to_owned(),
            Problem::WrongType { expected: "a mapping", .. } => "write each `key: value` on its own line".to_owned(),
            Problem::WrongType { .. } => "write the value after the key".to_owned(),
            Problem::Value { value, known, .. } if !known.is_empty() => {
                near(value, known, &listed("valid values:", known))
            }
            Problem::Value { expected, .. } => format!("write {expected}"),
            Problem::NoSections => "write `sections:`, and below it a list item `- ` for each section".to_owned(),
            Problem::NotOneThing(_) => format!("give each section one of {}", CONTENTS.join(", ")),
            Problem::AssertOfText => "move it to the section that it concerns".to_owned(),
            Problem::UnknownVariable { name, known } => {
                let near = did_you_mean(&nearest(name, known.iter().cloned().collect()));
                near.unwrap_or_else(|| "define it under `vars`, or write {{ for a literal brace".to_owned())
            }
            Problem::VariableName(_) => "use letters, digits, - and _".to_owned(),
            Problem::Brace(brace) => format!("write {brace}{brace} for a literal brace"),
            Problem::TooLongWithVariables(..) => "use shorter values".to_owned(),
            Problem::Assertion(_) => {
                "write a measure, one of = != < <= > >= and a number, such as `total > 0`".to_owned()
            }
            Problem::UnknownMeasure { name, known } => near(name, known, &listed("valid measures:", known)),
            Problem::UnknownPerspective { name, known } => {
                let known: BTreeSet<String> = known.iter().cloned().collect();
                let all = (known.len() <= FEW).then(|| {
                    format!(
                        "valid perspectives: {}",
                        known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                    )
                });
                let parts = [did_you_mean(&nearest(name, known)), all];
                Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|hint| !hint.is_empty())?
            }
            Problem::Option(_) | Problem::Insight(_) => return None,
        })
    }

    /// Reports whether the index causes the error, not the spec.
    pub fn is_of_index(&self) -> bool {
        let is_of_spec = |error: &backend::Error| {
            matches!(
                error,
                backend::Error::UnknownValue { .. }
                    | backend::Error::UnknownEntry { .. }
                    | backend::Error::TooManyWords { .. }
            )
        };
        matches!(&self.problem, Problem::Insight(insight::Error::Engine(error)) if !is_of_spec(error))
    }
}

/// Returns the hint for invalid YAML.
fn yaml_hint(problem: &yaml::Problem) -> &'static str {
    match problem {
        yaml::Problem::Syntax(_) => {
            "put quotation marks around a value with special characters, such as \"a: b\" or \"{topic}\""
        }
        yaml::Problem::TooLong(..) => "split the report",
        yaml::Problem::TooDeep(_) => "a spec is a mapping with a list of `sections`",
        yaml::Problem::RepeatedKey(_) => "remove one of them; several values of one key are a list: [a, b]",
        yaml::Problem::KeyNotScalar => "write `key: value`; put quotation marks around \"{name}\"",
        yaml::Problem::Alias | yaml::Problem::Tag => {
            "write the value in full; put quotation marks around a value that starts with such a character"
        }
        yaml::Problem::SeveralDocuments => "write one file per report",
    }
}

/// Returns a hint: the most similar known name, then all names.
fn near(written: &str, known: &[String], all: &str) -> String {
    let is_known = |name: &str| known.iter().any(|known| known == name);
    let synonym = option_synonym(written, is_known).or_else(|| command_synonym(written, is_known));
    let synonym = synonym.or_else(|| value_synonym(written, is_known)).map(str::to_owned);
    let similar = || nearest(written, known.iter().cloned().collect()).into_iter().next();
    let suggestion = synonym.or_else(similar).map(|name| format!("did you mean `{name}`? "));
    suggestion.unwrap_or_default() + all
}
