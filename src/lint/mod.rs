//! What the owner of a corpus should know of it: reads all its files afresh, and writes nothing.

mod code;
mod days;
mod file;
mod finding;
mod folder;
mod sources;

pub use code::Code;
pub use finding::Finding;
pub use folder::{Linted, lint};
