//! Front matter, read key by key: the writer does not escape YAML strings, so one source with a quotation mark in
//! its name makes the block as a whole invalid, though nothing in that key is needed.

mod block;
mod count;
mod key;
mod misspelt;
mod node;
mod pair;
mod perspectives;
mod read;
#[cfg(test)]
mod tests;

pub use block::{NoBlock, block};
pub use misspelt::names;
pub use perspectives::MAX_PERSPECTIVES;
pub use read::{FrontMatter, read};
