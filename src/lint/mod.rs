//! Checks of a corpus: reads every file and reports findings. Writes nothing.

mod code;
mod corpus;
mod days;
mod explain;
mod file;
mod finding;
mod folder;
mod found;
mod overview;
mod sources;

pub use code::Code;
pub use explain::{ExplainError, Explained, ExplainedLine, explain};
pub use finding::Finding;
pub use folder::{LintReport, lint};
pub use overview::{FoundPart, Overview, overview};
