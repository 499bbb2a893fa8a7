//! Parser of front matter, key by key: the writer does not escape YAML strings, so a quotation mark in the name of a
//! source makes the whole block invalid, though that key is not needed.

mod block;
mod count;
mod custom;
mod entries;
mod key;
mod misspelt;
mod node;
mod pair;
mod perspectives;
mod read;
#[cfg(test)]
mod tests;

pub use block::{NoBlock, block};
pub use count::boolean;
pub use custom::fields;
pub use entries::{Entry, entries, entries_of};
pub use key::is_own_key;
pub use misspelt::names;
pub use perspectives::MAX_PERSPECTIVES;
pub use read::{FrontMatter, read};
