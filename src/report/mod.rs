//! Reports: a YAML file of sections, answered in order. A spec reads no other file and runs no program; the same spec
//! over the same corpus gives the same report.

mod answer;
mod assertion;
mod error;
mod keys;
mod schema;
mod spec;
#[cfg(test)]
mod tests;
mod vars;

pub use error::{Problem, SpecError};
pub use keys::syntax;
pub use schema::schema;
pub use spec::{Error, Spec};
pub use vars::SetError;
