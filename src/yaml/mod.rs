//! YAML as a tree in which everything knows its place. Every value is the text that was written: `no`, `2026-01` and `1-2`
//! are what they look like, and mean what their reader makes of them.

mod error;
mod node;
mod tree;

pub use error::{Error, Place, Problem};
pub use node::{Key, Node, Value};
pub use tree::{Limits, read};
