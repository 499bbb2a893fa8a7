//! The order of hits, and copies of an article that one hit stands for.

pub mod copies;
pub mod distinct;
mod greatest;
pub mod rank;
pub mod top;
