//! Variables: `{name}` in a text is replaced by a value. Values are substituted after the YAML is parsed, so they cannot
//! change its structure.

use super::error::{Problem, SpecError};
use crate::backend::did_you_mean;
use crate::planning::nearest;
use crate::yaml::Place;

/// Maximum length of a text after substitution, in bytes.
const MAX_BYTES: usize = 64 << 10;

/// The variables and their values.
#[derive(Debug, Default)]
pub struct Vars<'a> {
    /// Names and values, in the order of the spec.
    pub values: Vec<(String, String)>,
    /// The text of the spec, to find the place of a name.
    pub source: &'a str,
}

/// Reports whether a name is valid for a variable.
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

impl Vars<'_> {
    /// Substitutes variables in a text. `{{` and `}}` are literal braces.
    pub fn substitute(&self, text: &str, place: Place) -> Result<String, SpecError> {
        self.substitute_with(text, place, str::to_owned)
    }

    /// Substitutes variables in a text, with each value transformed by `escape`.
    pub fn substitute_with(&self, text: &str, place: Place, escape: fn(&str) -> String) -> Result<String, SpecError> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(after) = rest.strip_prefix("{{").or_else(|| rest.strip_prefix("}}")) {
                out.push_str(&rest[..1]);
                rest = after;
                continue;
            }
            let Some((name, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) else {
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
            out.push_str(&escape(value));
            if out.len() > MAX_BYTES {
                return Err(SpecError::at(place, Problem::TooLongWithVariables(out.len(), MAX_BYTES)));
            }
            rest = after;
        }
        out.push_str(rest);
        Ok(out)
    }

    /// Returns the place of a text in the spec from a place on; that place if it is written otherwise.
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

/// An invalid `--set` on the command line.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// An unknown variable.
    #[error("unknown variable `{name}`")]
    Unknown {
        /// The name.
        name: String,
        /// The variables of the spec.
        known: Vec<String>,
    },
    /// A value that is too long.
    #[error("the value of `{name}` has {bytes} bytes, expected at most {most}")]
    TooLong {
        /// The variable.
        name: String,
        /// The length of the value.
        bytes: usize,
        /// The maximum.
        most: usize,
    },
}

impl SetError {
    /// Returns the hint.
    pub fn hint(&self) -> String {
        match self {
            Self::Unknown { known, .. } if known.is_empty() => "define it under `vars` in the spec".to_owned(),
            Self::Unknown { name, known } => {
                let near = did_you_mean(&nearest(name, known.iter().cloned().collect()));
                near.unwrap_or_else(|| format!("valid variables: {}", known.join(", ")))
            }
            Self::TooLong { .. } => "use a shorter value".to_owned(),
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
        let text_or_error = vars.substitute(text, Place { line: 2, column: 7 });
        let text_or_error = text_or_error.unwrap_or_else(|e| format!("{}:{} {e}", e.place.line, e.place.column));
        assert_eq!(text_or_error, expect, "{text}");
    }

    #[test]
    fn names_are_replaced_by_values() {
        check("on {topic}, {a}", "on us-mexico, {topic}: [x");
        check("{{topic}} {{{topic}}} {{}}", "{topic} {us-mexico} {}");
        check("plain", "plain");
    }

    #[test]
    fn invalid_variables_are_errors_with_a_place() {
        check("ab {topik}", "3:8 unknown variable `topik`");
        check("a {b c}", "3:7 `{` is not part of a variable");
        check("a { b", "3:7 `{` is not part of a variable");
        check("a }", "3:7 `}` is not part of a variable");
        check("{topic} {}", "3:13 `{` is not part of a variable");
    }
}
