//! Variables: `{name}` in a text stands for a value. Values come in when the YAML is read already, so that whatever is in
//! them is text and no structure of the spec.

use super::error::{Problem, SpecError};
use crate::backend::did_you_mean;
use crate::planning::nearest;
use crate::yaml::Place;

/// No text of a spec is longer with its variables.
const MAX_BYTES: usize = 64 << 10;

/// The variables and their values.
#[derive(Debug, Default)]
pub struct Vars<'a> {
    /// Names and values, in the order of the spec.
    pub values: Vec<(String, String)>,
    /// The spec, to find the place of a name.
    pub source: &'a str,
}

/// Whether a name can stand in braces.
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

impl Vars<'_> {
    /// A text with the values in it. `{{` and `}}` stand for braces.
    pub fn filled(&self, text: &str, place: Place) -> Result<String, SpecError> {
        self.filled_with(text, place, str::to_owned)
    }

    /// A text with what is made of the values in it.
    pub fn filled_with(&self, text: &str, place: Place, made: fn(&str) -> String) -> Result<String, SpecError> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(behind) = rest.strip_prefix("{{").or_else(|| rest.strip_prefix("}}")) {
                out.push_str(&rest[..1]);
                rest = behind;
                continue;
            }
            let Some((name, behind)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) else {
                let brace = if rest.starts_with('{') { '{' } else { '}' };
                return Err(SpecError::at(self.find(&rest[..1], place), Problem::Brace(brace)));
            };
            let Some((_, value)) = self.values.iter().find(|(known, _)| known == name) else {
                let place = self.find(&format!("{{{name}}}"), place);
                if !is_name(name) {
                    return Err(SpecError::at(place, Problem::Brace('{')));
                }
                let known = self.values.iter().map(|(name, _)| name.clone()).collect();
                return Err(SpecError::at(place, Problem::UnknownVariable { name: name.to_owned(), known }));
            };
            out.push_str(&made(value));
            if out.len() > MAX_BYTES {
                return Err(SpecError::at(place, Problem::TooLongWithVariables(out.len(), MAX_BYTES)));
            }
            rest = behind;
        }
        out.push_str(rest);
        Ok(out)
    }

    /// Where something stands in the spec, from a place on; that place, where it is written otherwise.
    fn find(&self, what: &str, from: Place) -> Place {
        let lines = (1..).zip(self.source.lines()).skip(from.line - 1);
        let column = |line: usize, text: &str| {
            let skip = if line == from.line { from.column - 1 } else { 0 };
            let start = text.char_indices().nth(skip).map_or(text.len(), |(at, _)| at);
            Some(text[..start + text[start..].find(what)?].chars().count() + 1)
        };
        let mut found = lines.filter_map(|(line, text)| Some(Place { line, column: column(line, text)? }));
        found.next().unwrap_or(from)
    }
}

/// A value set for a variable that the spec has no use for.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// There is no such variable.
    #[error("the spec has no variable `{name}`")]
    Unknown {
        /// Its name.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// Nobody types that much.
    #[error("the value of `{name}` has {bytes} bytes; at most {most} are read")]
    TooLong {
        /// The variable.
        name: String,
        /// How long its value is.
        bytes: usize,
        /// How long it may be.
        most: usize,
    },
}

impl SetError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Unknown { known, .. } if known.is_empty() => "name it under `vars` in the spec".to_owned(),
            Self::Unknown { name, known } => {
                let near = did_you_mean(&nearest(name, known.iter().cloned().collect()));
                near.unwrap_or_else(|| format!("there is {}", known.join(", ")))
            }
            Self::TooLong { .. } => "set a shorter one".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let source = format!("title: x\ntext: |\n  é {text}\n");
        let values =
            [("topic", "us-mexico"), ("a", "{topic}: [x")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let vars = Vars { values: values.into(), source: &source };
        let told = vars.filled(text, Place { line: 2, column: 7 });
        let told = told.unwrap_or_else(|e| format!("{}:{} {e}", e.place.line, e.place.column));
        assert_eq!(told, expect, "{text}");
    }

    #[test]
    fn names_stand_for_values() {
        check("on {topic}, {a}", "on us-mexico, {topic}: [x");
        check("{{topic}} {{{topic}}} {{}}", "{topic} {us-mexico} {}");
        check("plain", "plain");
    }

    #[test]
    fn what_is_no_variable_is_said_with_its_place() {
        check("ab {topik}", "3:8 there is no variable `topik`");
        check("a {b c}", "3:7 this `{` is none of a variable");
        check("a { b", "3:7 this `{` is none of a variable");
        check("a }", "3:7 this `}` is none of a variable");
        check("{topic} {}", "3:13 this `{` is none of a variable");
    }
}
