//! YAML as a tree with the position of every node. Scalars are text as written, such as `no`, `2026-01` and `1-2`,
//! without implicit types.

mod error;
mod node;
mod tree;

pub use error::{Error, Place, Problem};
pub use node::{Key, Node, Value};
pub use tree::{Limits, read};
