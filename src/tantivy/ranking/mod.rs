//! Ranking of hits, and collapsing of copies of an article.

pub mod copies;
pub mod distinct;
mod greatest;
pub mod rank;
pub mod top;
