//! A file of named sections → their answers, in the order of the file. The spec says what to ask; it reads no other file
//! and runs nothing. The same spec over the same corpus gives the same report.

mod answer;
mod assertion;
mod error;
mod keys;
mod schema;
mod spec;
#[cfg(test)]
mod tests;
mod vars;
mod yaml;

pub use error::{Place, Problem, SpecError};
pub use keys::syntax;
pub use schema::schema;
pub use spec::{Error, Spec};

use crate::backend::did_you_mean;
use crate::planning::nearest;

/// What a section can have.
const CONTENTS: [&str; 7] = ["text", "query", "count", "compare", "trend", "stories", "gaps"];

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
