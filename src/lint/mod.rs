//! Checks of a corpus: reads every file and reports findings. Writes nothing.

mod code;
mod corpus;
mod days;
mod error;
mod explain;
mod file;
mod finding;
mod folder;
mod found;
mod keys;
mod overview;
mod settings;
mod sources;

pub use code::Code;
pub use error::ExplainError;
pub use explain::{Explained, ExplainedLine, explain};
pub use finding::Finding;
pub use folder::{LintReport, lint};
pub use found::FoundPart;
pub use overview::{Overview, overview};
pub use settings::settings;
