//! Checks of a corpus: reads every file and reports findings. Writes nothing.

mod code;
mod days;
mod file;
mod finding;
mod folder;
mod sources;

pub use code::Code;
pub use finding::Finding;
pub use folder::{LintReport, lint};
