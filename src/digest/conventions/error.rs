//! Errors in the settings of a corpus.

use crate::digest::rules::Part;
use crate::model::CustomFields;
use crate::yaml;

/// Error in a `digest-search.yaml`. The message names the key and the line.
#[derive(Debug, thiserror::Error)]
pub enum ConventionsError {
    /// Invalid or unsupported YAML.
    #[error(transparent)]
    Yaml(#[from] yaml::Error),
    /// An unknown key.
    #[error("{path}unknown key `{key}` at line {line}; expected {known}")]
    Unknown {
        /// Path of parent keys.
        path: String,
        /// Unknown key.
        key: String,
        /// Line, from 1.
        line: usize,
        /// Known keys.
        known: &'static str,
    },
    /// A value of the wrong type.
    #[error("{path}expected {expected} at line {line}, found {found}")]
    Form {
        /// Path of parent keys.
        path: String,
        /// Expected type.
        expected: &'static str,
        /// Actual type.
        found: &'static str,
        /// Line, from 1.
        line: usize,
    },
    /// A repeated key.
    #[error("{path}repeated key `{key}` at line {line}; merge both")]
    Repeated {
        /// Path of parent keys.
        path: String,
        /// Repeated key.
        key: String,
        /// Line of the second one, from 1.
        line: usize,
    },
    /// A custom field with the name of a built-in field, or of another key or column of output.
    #[error(
        "fields: `{name}` at line {line} is the name of a built-in field or column; give the field another one, such as \
         `fields: {{ my_{key}: {key} }}`"
    )]
    ReservedField {
        /// Name of the field.
        name: String,
        /// Key of front matter.
        key: String,
        /// Line, from 1.
        line: usize,
    },
    /// A custom field with an invalid name.
    #[error("{path}invalid name `{name}` at line {line}; use letters, digits, `-` and `_`, a letter first")]
    FieldName {
        /// Path of parent keys.
        path: String,
        /// Invalid name.
        name: String,
        /// Line, from 1.
        line: usize,
    },
    /// Too many custom fields.
    #[error(
        "more than {} custom fields at line {line}; remove some of `fields` or of the attributes of sources",
        CustomFields::MAX
    )]
    TooManyFields {
        /// Line of the first one too many, from 1.
        line: usize,
    },
    /// A layout without files.
    #[error("layouts: the layout at line {line} has no `files`; add a glob, such as `files: news/**`")]
    NoFiles {
        /// Line of the layout, from 1.
        line: usize,
    },
    /// A place that cannot have a part.
    #[error("layouts: {}: unknown place `{key}` at line {line}; expected {}", part.as_str(), alternatives(part.places()))]
    Place {
        /// The part.
        part: Part,
        /// Key of the place.
        key: String,
        /// Line, from 1.
        line: usize,
    },
    /// An invalid glob or regular expression.
    #[error("{path}invalid pattern `{text}` at line {line}: {message}")]
    Pattern {
        /// Path of parent keys.
        path: String,
        /// The pattern.
        text: String,
        /// Line, from 1.
        line: usize,
        /// The mistake in it.
        message: String,
    },
    /// A name assigned to two sources.
    #[error("sources: `{name}` at line {line} is a name of both `{first}` and `{second}`")]
    Ambiguous {
        /// Ambiguous name.
        name: String,
        /// First source.
        first: String,
        /// Second source.
        second: String,
        /// Line of the second one, from 1.
        line: usize,
    },
    /// A name of a source that is also a source.
    #[error("sources: `{name}`, a name of `{owner}` at line {line}, is also a source; put all names under one")]
    Chain {
        /// Name.
        name: String,
        /// Source that has the name.
        owner: String,
        /// Line of the name, from 1.
        line: usize,
    },
}

/// Returns some keys as a list with *or*.
fn alternatives(keys: &[&str]) -> String {
    match keys {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => keys.concat(),
    }
}
