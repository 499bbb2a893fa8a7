//! What can be wrong with a spec, and where.

use std::collections::BTreeSet;

use crate::backend::{self, did_you_mean};
use crate::diagnostic::{Diagnostic, Message};
use crate::insight;
use crate::options::{self, meant_command, meant_option, meant_value};
use crate::planning::nearest;
use crate::yaml::{self, Place};

/// So many values are few enough to be named whole.
const FEW: usize = 10;

/// What a section can have.
const CONTENTS: [&str; 7] = ["text", "query", "count", "compare", "trend", "stories", "gaps"];

/// A spec that can't be carried out.
#[derive(Debug, thiserror::Error)]
#[error("{problem}")]
pub struct SpecError {
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub problem: Problem,
    /// The query that is wrong, if one is.
    text: String,
}

/// What is wrong with a spec.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// What YAML of a spec can't be.
    #[error(transparent)]
    Yaml(#[from] yaml::Problem),
    /// More sections or variables than anyone writes.
    #[error("there are {found} {what}; at most {most} are read")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// Two keys that say the same.
    #[error("`{0}` is there beside `{1}`, which says the same")]
    Both(String, String),
    /// Days of all sections in two places.
    #[error("`{0}` is there beside days in `filters`")]
    DaysTwice(String),
    /// A key that there is not.
    #[error("there is no key `{key}` here")]
    UnknownKey {
        /// The key.
        key: String,
        /// Those that there are.
        known: Vec<String>,
        /// Whether there is no value behind it, as behind a comma in braces.
        is_alone: bool,
    },
    /// Nothing behind a key.
    #[error("`{0}` has no value")]
    NoValue(String),
    /// Another form of value than the key takes.
    #[error("`{key}` takes {takes}; this is {found}")]
    OtherForm {
        /// The key.
        key: String,
        /// What it takes.
        takes: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// A value that the key can't have.
    #[error("`{key}` can't be `{value}`")]
    Value {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// What is expected.
        expected: String,
        /// All that it can be, where these are few.
        known: Vec<String>,
    },
    /// Nothing to report.
    #[error("there are no sections")]
    NoSections,
    /// A section with nothing in it, or with several things.
    #[error("a section has {0}")]
    NotOneThing(String),
    /// An assertion where there is nothing to assert.
    #[error("there is nothing to assert of a text")]
    AssertOfText,
    /// A variable that there is not.
    #[error("there is no variable `{name}`")]
    UnknownVariable {
        /// Its name.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// A name that can't stand in braces.
    #[error("`{0}` is no name of a variable")]
    VariableName(String),
    /// A brace alone.
    #[error("this `{0}` is none of a variable")]
    Brace(char),
    /// A text that variables make too long.
    #[error("with its variables this has {0} bytes; at most {1} are read")]
    TooLongWithVariables(usize, usize),
    /// An assertion that can't be understood.
    #[error("`{0}` is no assertion")]
    Assertion(String),
    /// Something that can't be asserted of this.
    #[error("nothing is known as `{name}` of this section")]
    UnknownMeasure {
        /// What was written.
        name: String,
        /// What can be.
        known: Vec<String>,
    },
    /// A perspective that no topic has.
    #[error("there is no perspective `{name}`")]
    UnknownPerspective {
        /// What was written.
        name: String,
        /// The perspectives that there are.
        known: Vec<String>,
    },
    /// An option that can't be meant so.
    #[error(transparent)]
    Option(#[from] options::Error),
    /// A question that can't be answered.
    #[error(transparent)]
    Insight(#[from] insight::Error),
}

impl From<yaml::Error> for SpecError {
    fn from(error: yaml::Error) -> Self {
        Self::at(error.place, error.problem.into())
    }
}

impl SpecError {
    /// A problem at a place.
    pub(super) fn at(place: Place, problem: Problem) -> Self {
        Self { place, problem, text: String::new() }
    }

    /// The same, of this query.
    pub(super) fn of_query(self, text: &str) -> Self {
        Self { text: text.to_owned(), ..self }
    }

    /// The error as data.
    pub fn diagnostic(&self) -> Diagnostic {
        match &self.problem {
            Problem::Option(error) => error.diagnostic(&self.text),
            Problem::Insight(error) => error.diagnostic(&self.text),
            _ => Diagnostic::of("spec", self, self.hint()),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<Message> {
        match &self.problem {
            Problem::Option(_) | Problem::Insight(_) => self.diagnostic().hint,
            _ => self.own_hint().map(Message::from),
        }
    }

    fn own_hint(&self) -> Option<String> {
        let listed = |what: &str, known: &[String]| format!("{what} {}", known.join(", "));
        Some(match &self.problem {
            Problem::Yaml(problem) => of_yaml(problem).to_owned(),
            Problem::TooMany { .. } => "make two reports of it".to_owned(),
            Problem::Both(..) => "leave one of them out".to_owned(),
            Problem::DaysTwice(_) => "say the days of all sections in one place".to_owned(),
            Problem::UnknownKey { is_alone: true, .. } | Problem::NoValue(_) => {
                "write `key: value`, and several values as [a, b]".to_owned()
            }
            Problem::UnknownKey { key, known, .. } => near(key, known, &listed("keys are", known)),
            Problem::OtherForm { found: "a mapping", takes, .. } if *takes != "a list" => {
                "put quotation marks around a variable: \"{name}\"".to_owned()
            }
            Problem::OtherForm { takes: "a list", .. } => "write each on a line of its own behind `- `".to_owned(),
            Problem::OtherForm { takes: "a mapping", .. } => "write `key: value`, each on a line of its own".to_owned(),
            Problem::OtherForm { .. } => "write the value behind the key".to_owned(),
            Problem::Value { value, known, .. } if !known.is_empty() => near(value, known, &listed("it can be", known)),
            Problem::Value { expected, .. } => format!("write {expected}"),
            Problem::NoSections => "write `sections:` and below it, behind `- `, what is to be told".to_owned(),
            Problem::NotOneThing(_) => format!("give each section one of {}", CONTENTS.join(", ")),
            Problem::AssertOfText => "put it into the section that it is about".to_owned(),
            Problem::UnknownVariable { name, known } => {
                let near = did_you_mean(&nearest(name, known.iter().cloned().collect()));
                near.unwrap_or_else(|| {
                    "name it under `vars` with a value; a brace of a text is written twice: {{".to_owned()
                })
            }
            Problem::VariableName(_) => "letters, digits, - and _ are possible".to_owned(),
            Problem::Brace(brace) => format!("write {brace}{brace} for a brace that stands for itself"),
            Problem::TooLongWithVariables(..) => "set shorter values".to_owned(),
            Problem::Assertion(_) => "write a name, one of = != < <= > >= and a number, such as `total > 0`".to_owned(),
            Problem::UnknownMeasure { name, known } => near(name, known, &listed("there is", known)),
            Problem::UnknownPerspective { name, known } => {
                let known: BTreeSet<String> = known.iter().cloned().collect();
                let all = (known.len() <= FEW).then(|| {
                    format!(
                        "perspectives are {}",
                        known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                    )
                });
                let parts = [did_you_mean(&nearest(name, known)), all];
                Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|hint| !hint.is_empty())?
            }
            Problem::Option(_) | Problem::Insight(_) => return None,
        })
    }

    /// Whether the index is at fault, not the spec.
    pub fn is_of_index(&self) -> bool {
        let of_spec = |error: &backend::Error| {
            matches!(
                error,
                backend::Error::UnknownValue { .. }
                    | backend::Error::UnknownEntry { .. }
                    | backend::Error::TooManyWords { .. }
            )
        };
        matches!(&self.problem, Problem::Insight(insight::Error::Engine(error)) if !of_spec(error))
    }
}

/// What to do about what YAML of a spec can't be.
fn of_yaml(problem: &yaml::Problem) -> &'static str {
    match problem {
        yaml::Problem::Syntax(_) => {
            "put quotation marks around a value with signs in it, such as \"a: b\" or \"{topic}\""
        }
        yaml::Problem::TooLong(..) => "make two reports of it",
        yaml::Problem::TooDeep(_) => "a spec is a mapping with a list of `sections`",
        yaml::Problem::RepeatedKey(_) => "leave one of them out; several values of one key are a list: [a, b]",
        yaml::Problem::KeyNotScalar => "write `key: value`; put quotation marks around \"{name}\"",
        yaml::Problem::Alias | yaml::Problem::Tag => {
            "write out what is meant; put quotation marks around a value that begins so"
        }
        yaml::Problem::SeveralDocuments => "write a file for each report",
    }
}

/// The names nearest to what was written, then all.
fn near(written: &str, known: &[String], all: &str) -> String {
    let is_known = |name: &str| known.iter().any(|known| known == name);
    let meant = meant_option(written, is_known).or_else(|| meant_command(written, is_known));
    let meant = meant.or_else(|| meant_value(written, is_known)).map(str::to_owned);
    let near = || nearest(written, known.iter().cloned().collect()).into_iter().next();
    let near = meant.or_else(near).map(|name| format!("did you mean `{name}`? "));
    near.unwrap_or_default() + all
}
