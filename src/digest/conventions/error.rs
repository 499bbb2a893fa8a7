//! Why the settings of a corpus cannot be used.

use crate::yaml;

/// A `digest-search.yaml` that can't be used. The text names the key and the line.
#[derive(Debug, thiserror::Error)]
pub enum ConventionsError {
    /// Not YAML as it is read here.
    #[error(transparent)]
    Yaml(#[from] yaml::Error),
    /// A key that there is not.
    #[error("{of}`{key}` at line {line} is unknown; keys here are {known}")]
    Unknown {
        /// The keys above it.
        of: String,
        /// The key.
        key: String,
        /// Its line, from 1.
        line: usize,
        /// The keys that there are.
        known: &'static str,
    },
    /// A value of another form.
    #[error("{of}expected {expected} at line {line}, found {found}")]
    Form {
        /// The keys above it.
        of: String,
        /// What it should be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
        /// Its line, from 1.
        line: usize,
    },
    /// A key is repeated.
    #[error("{of}`{key}` is repeated at line {line}; put everything under one")]
    Repeated {
        /// The keys above it.
        of: String,
        /// The key.
        key: String,
        /// The line of the second one, from 1.
        line: usize,
    },
    /// One name is given to two sources.
    #[error("sources: `{name}` is another name of both `{first}` and `{second}` at line {line}")]
    Ambiguous {
        /// The name given twice.
        name: String,
        /// The source that has it first.
        first: String,
        /// The other one.
        second: String,
        /// The line of the second one, from 1.
        line: usize,
    },
    /// Another name of one source has other names itself.
    #[error(
        "sources: `{name}`, another name of `{of}` at line {line}, has other names itself; put all names under one"
    )]
    Chain {
        /// The name.
        name: String,
        /// The source that it is given to.
        of: String,
        /// The line where it is, from 1.
        line: usize,
    },
}
