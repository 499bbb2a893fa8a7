//! Answers as Markdown to paste into a document.

mod blocks;
mod escape;

pub use blocks::{Context, write};
pub use escape::escaped;
